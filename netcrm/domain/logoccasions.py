"""The occasions in a log line: ``Hank's birthday is 14 Dec``, ``daughter Ana graduates 12 Jun``."""

import re
from dataclasses import dataclass
from datetime import date

from netcrm.domain.dates import CalendarDay, read_calendar_day, read_day
from netcrm.domain.logwords import KIN, PERSON
from netcrm.domain.occasions import Occasion

_FORMS: tuple[tuple[str, str, str, bool], ...] = (
    (r"birthday|bday|b-day", "birthday", "birthday", True),
    (r"(?:was\s+)?born", "birth", "birthday", True),
    (r"wedding\s+anniversary", "anniversary", "wedding anniversary", True),
    (r"anniversary", "anniversary", "anniversary", True),
    (r"name\s?day", "other", "name day", True),
    (r"graduation", "graduation", "graduation", False),
    (r"(?:will\s+)?graduates?|is\s+graduating", "graduation", "graduates", False),
    (r"wedding", "wedding", "wedding", False),
    (r"(?:gets|is\s+getting|will\s+get)\s+married|marries|will\s+marry", "wedding", "gets married", False),
    (r"(?:baby\s+)?(?:is\s+)?due", "birth", "baby due", False),
    (r"retire(?:s|ment)|will\s+retire", "other", "retires", False),
)
"""What an occasion is called: the words, its kind, its label, and whether it comes every year."""

_WORDS = "|".join(f"(?P<form{number}>{words})" for number, (words, *_) in enumerate(_FORMS))

_OCCASION = re.compile(
    rf"(?P<whom>(?:[^\s,;:]+\s+){{0,7}}?)(?:{_WORDS})(?:\s+(?:is|was)\b)?\s*[:,]?\s*(?P<day>\S.*)",
    re.IGNORECASE | re.DOTALL,
)

_WHOM = re.compile(
    rf"""(?:(?P<of>{PERSON}+(?:\s+and\s+{PERSON}+)?)(?P<genitive>['’]s?)?\s*)?
    (?:(?:his|her|their|the|our|my)\s+)?
    (?:(?P<kin>{KIN})\b(?P<kins>['’]s?)?\s*(?P<name>\S+(?:\s+\S+){{0,2}})?)?\s*""",
    re.IGNORECASE | re.VERBOSE,
)

_GENITIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Draft:
    """An occasion as it stands in the line, before it is known who its person is.

    Attributes:
        start: Where the clause begins.
        end: Where it ends.
        at: Where its words stand, without the person's own name.
        whose_at: Where that name stands; None when the clause names only a relative, or nobody.
    """

    start: int
    end: int
    occasion: Occasion
    at: tuple[int, int]
    whose_at: tuple[int, int] | None


def read_occasion(line: str, shape: str, start: int, end: int, today: date) -> Draft | None:
    """Read one clause as an occasion: whose, what, and its day; the whole clause must be that.

    ``went to Hank's birthday party`` has no day and more words, so it is none; nor is what lies behind and
    does not come again (``Amara's wedding on 3 May 2020``).

    Args:
        line: The line as it was typed.
        shape: The line with names filled by `PERSON`.
        start: Where the clause begins.
        end: Where it ends.
        today: The day it is written on.
    """
    start = end - len(shape[start:end].lstrip())
    match = _OCCASION.fullmatch(shape[start:end])
    if match is None:
        return None
    form = next(number for number in range(len(_FORMS)) if match[f"form{number}"])
    whom = _WHOM.fullmatch(match["whom"])
    if whom is None:
        return None
    day = _day(match["day"], today)
    if day is None:
        return None
    _, kind, label, yearly = _FORMS[form]
    year = day.year
    if not yearly:
        coming = day.nearest(today, "future")
        if coming is None or coming < today:
            return None
        year = coming.year
    whose = ""
    if whom["kin"]:
        name = ""
        if whom["name"]:
            at = start + whom.start("name")
            name = _GENITIVE.sub("", line[at : at + len(whom["name"])].strip())
        whose = f"{whom['kin'].lower()} {name}".strip()
    if kind == "birth" and label == "birthday" and not whose:
        kind = "birthday"
    occasion = Occasion(
        kind=kind, label=label, whose=whose, month=day.month, day=day.day, year=year, yearly=yearly
    )
    if not whom["of"]:
        return Draft(start, end, occasion, (start, end), None)
    named = (start + whom.start("of"), start + whom.end("of"))
    genitive = len(whom["genitive"] or "")
    return Draft(start, end, occasion, (named[1] + genitive, end), named)


def _day(text: str, today: date) -> CalendarDay | None:
    """A day of the calendar, or one in words that is still to come (``tomorrow``)."""
    said = text.strip().rstrip("!")
    for candidate in (said, said.rstrip(".")):
        if (written := read_calendar_day(candidate)) is not None:
            return written
        near = read_day(candidate, today, prefer="future")
        if near is not None and near >= today:
            return CalendarDay(near.month, near.day)
    return None
