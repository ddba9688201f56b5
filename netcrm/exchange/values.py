"""What the formats have in common: dates without a year, labels, names, and the like."""

import calendar
import re
from collections.abc import Collection, Hashable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from netcrm.domain.imports import stand_in
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Profile, full_name
from netcrm.domain.text import fold, is_blank

T = TypeVar("T", bound=Hashable)

SYSTEM_GROUPS = frozenset({"mycontacts", "my contacts", "other contacts", "othercontacts"})
"""Groups that Google puts everyone into: they say nothing of a person, and so are no tags."""

NO_YEAR = 1604
"""The year that Apple's and others' programs write for a birthday whose year nobody knows."""

_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
"""Direction marks that Google and Apple put around numbers, so that they read well in Arabic text."""

_DAY = re.compile(
    r"(?:(?P<year>\d{4})-?|--?)(?P<month>\d{2})-?(?P<day>\d{2})(?:[T ].*)?", re.DOTALL | re.ASCII
)
_SHORT_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)

_LABELS = frozenset(
    (
        *("work", "home", "other", "main", "mobile", "cell", "iphone", "pager", "fax", "google voice"),
        *("work fax", "home fax", "other fax", "workfax", "homefax", "otherfax"),
        *("homepage", "profile", "blog", "school", "birthday", "anniversary"),
        *("spouse", "husband", "wife", "partner", "domestic partner", "child", "daughter", "son"),
        *("mother", "father", "parent", "sister", "brother", "sibling", "relative", "friend"),
        *("manager", "assistant", "colleague", "referred by"),
    )
)
"""Labels that programs choose from a list, so that their capitals mean nothing."""

_OCCASIONS = {
    "birthday": "birthday",
    "anniversary": "anniversary",
    "wedding": "wedding",
    "wedding anniversary": "wedding",
    "graduation": "graduation",
    "birth": "birth",
    "death": "death",
}


class Day(NamedTuple):
    """A day of the year, and the year if it is known."""

    year: int | None
    month: int
    day: int


def parse_day(text: str) -> Day | None:
    """Read a date as vCard and Google write it; None where it is no whole day.

    Takes ``1990-04-12``, ``19900412``, ``--0412``, ``--04-12`` (RFC 6350 section 4.3.1), Google's ``-04-12``
    and a time behind it, which is dropped.
    """
    text = text.strip()
    match = _DAY.fullmatch(text) or _SHORT_DAY.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    if year in (NO_YEAR, 0):
        year = None
    month, day = int(match["month"]), int(match["day"])
    leap_year = 2000
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or leap_year, month)[1]:
        return None
    return Day(year, month, day)


def occasion(day: Day, words: str) -> Occasion:
    """A yearly occasion; the words choose its kind, and are its label where no kind fits."""
    label = one_line(words) or "anniversary"
    kind = _OCCASIONS.get(label.lower(), "other")
    if kind != "other":
        label = label.lower()
    return Occasion(kind=kind, label=label, month=day.month, day=day.day, year=day.year)


def one_line(text: str) -> str:
    """Text for a field of one line: line breaks and odd white space become single spaces."""
    return text.strip() if text.isprintable() else " ".join(text.split())


def number(text: str) -> str:
    """A telephone number without the direction marks around it."""
    return one_line(text if text.isascii() else text.translate(_DIRECTIONS))


def label(text: str) -> str:
    """A label in netcrm's words: Apple's ``_$!<Home>!$_`` is ``home``, Google's ``* Work`` is ``work``.

    One that its owner made up keeps its capitals, since it is shown to them.
    """
    if match := _APPLE_LABEL.fullmatch(text.strip()):
        text = match[1]
    text = one_line(text).removeprefix("*").strip()
    known = text.lower().replace("_", " ")
    return known if known in _LABELS else text


def unique(items: Collection[str]) -> tuple[str, ...]:
    """The items cleaned to one line each, without empty and repeated ones, in their order."""
    return distinct([item for item in map(one_line, items) if item]) if items else ()


def distinct(items: Sequence[T]) -> tuple[T, ...]:
    """The items without repeated ones, in their order."""
    return tuple(items) if len(items) < 2 else tuple(dict.fromkeys(items))


def sensible_sort(text: str, name: str) -> str:
    """A text to sort by, where it says what the name does not (a reading in kana); else empty.

    ``Family, Given`` is what Evolution and Google write of their own accord for everyone. A list that
    shows the given name first could not be followed by the eye if it were ordered by it.
    """
    words = re.findall(r"\w+", fold(text))
    known = set(re.findall(r"\w+", fold(name)))
    return one_line(text.replace(";", " ")) if any(word not in known for word in words) else ""


def with_name(profile: Profile, line: int) -> Profile | None:
    """The profile with a name that is never empty, or None where there is nothing to name.

    A record without a name, an organisation or a way to reach anyone may still hold a birthday or a note.
    It is taken under a stand-in, so that an import loses nothing and its owner can say who it is.

    Args:
        profile: What a record says; its name, if it has one, in one line.
        line: The record's line, which tells one stand-in from another.
    """
    if not is_blank(profile.name):
        return profile
    name = one_line(full_name(profile))
    if not name and (profile.note or profile.occasions or profile.relations or profile.further):
        name = stand_in(line)
    return replace(profile, name=name) if name else None
