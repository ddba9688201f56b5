"""The occasions in a log line: ``Hank's birthday is 14 Dec``, ``daughter Ana graduates 12 Jun``."""

import re
from datetime import date

from netcrm.domain.dates import CalendarDay, read_calendar_day, read_day, why_no_day
from netcrm.domain.logline.words import KIN, PERSON
from netcrm.domain.occasions import Occasion
from netcrm.domain.patterns import pattern
from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class _Form:
    """What an occasion is called: its words, its kind and label, and whether it comes every year."""

    words: str
    kind: str
    label: str
    yearly: bool


_FORMS = (
    _Form(r"birthday|bday|b-day", "birthday", "birthday", True),
    _Form(r"(?:was\s+)?born", "birth", "birthday", True),
    _Form(r"wedding\s+anniversary", "anniversary", "wedding anniversary", True),
    _Form(r"anniversary", "anniversary", "anniversary", True),
    _Form(r"name\s?day", "other", "name day", True),
    _Form(r"graduation", "graduation", "graduation", False),
    _Form(r"(?:will\s+)?graduates?|is\s+graduating", "graduation", "graduates", False),
    _Form(r"wedding", "wedding", "wedding", False),
    _Form(
        r"(?:gets|is\s+getting|will\s+get)\s+married|marries|will\s+marry", "wedding", "gets married", False
    ),
    _Form(r"(?:baby\s+)?(?:is\s+)?due", "birth", "baby due", False),
    _Form(r"retire(?:s|ment)|will\s+retire", "other", "retires", False),
)
"""What occasions are called; of two that fit, the earlier."""

_WORDS = "|".join(f"(?P<form{number}>{form.words})" for number, form in enumerate(_FORMS))

_OCCASION = pattern(
    rf"(?P<whom>(?:[^\s,;:]+\s+){{0,7}}?)(?:{_WORDS})(?:\s+of\s+(?P<owner>{PERSON}+))?(?:\s+(?:is|was)\b)?\s*[:,]?\s*(?P<day>\S.*)",
    re.IGNORECASE | re.DOTALL,
)

_WHOM = pattern(
    rf"""(?:(?P<of>{PERSON}+(?:\s+and\s+{PERSON}+)?)(?P<genitive>['’]s?)?\s*)?
    (?:(?:his|her|their|the|our|my)\s+)?
    (?:(?P<kin>{KIN})\b(?P<kins>['’]s?)?\s*(?P<name>\S+(?:\s+\S+){{0,2}}?)?)?\s*
    (?:[0-9]{{1,3}}(?:st|nd|rd|th)\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)

_GENITIVE = pattern(r"['’]s?$")


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
    start, end = end - len(shape[start:end].lstrip()), start + len(shape[start:end].rstrip())
    match = _OCCASION.fullmatch(shape, start, end)
    whom = _WHOM.fullmatch(shape, *match.span("whom")) if match else None
    day = _day(match["day"], today) if match else None
    if match is None or whom is None or day is None:
        return None
    form = next(form for number, form in enumerate(_FORMS) if match[f"form{number}"])
    whose = _whose(line, whom)
    year = day.year
    if not form.yearly:
        coming = day.nearest(today, "future")
        if coming is None or coming < today:
            return None
        year = coming.year
    own_birth = form.kind == "birth" and form.yearly and not whose
    occasion = Occasion(
        kind="birthday" if own_birth else form.kind,
        label=form.label,
        whose=whose,
        month=day.month,
        day=day.day,
        year=year,
        yearly=form.yearly,
    )
    if not whom["of"]:
        owner = match.span("owner") if match["owner"] else None
        return Draft(start, end, occasion, at=(start, end), whose_at=owner)
    behind = whom.end("genitive") if whom["genitive"] else whom.end("of")
    return Draft(start, end, occasion, at=(behind, end), whose_at=whom.span("of"))


def unread_occasion(shape: str, start: int, end: int, today: date) -> str:
    """Why the day of what is else an occasion is none: ``birthday 30 Feb``; nothing for any other clause."""
    start, end = end - len(shape[start:end].lstrip()), start + len(shape[start:end].rstrip())
    match = _OCCASION.fullmatch(shape, start, end)
    if match is None or _WHOM.fullmatch(shape, *match.span("whom")) is None:
        return ""
    return why_no_day(match["day"].strip().rstrip("!."), today)


def _whose(line: str, whom: re.Match[str]) -> str:
    """The relative, as the line names them: ``daughter Ana``; nothing when it is the person's own."""
    if not whom["kin"]:
        return ""
    name = line[whom.start("name") : whom.end("name")].strip() if whom["name"] else ""
    return f"{whom['kin'].lower()} {_GENITIVE.sub('', name)}".strip()


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
