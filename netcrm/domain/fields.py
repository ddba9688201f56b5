"""Fields: how a value of several parts is written as text in a form, and read back.

What is said can be read again without loss, whatever a value holds (`netcrm.domain.fieldtext` tells how).
Every reader raises `ValueError` with one sentence that says what to write instead. Occasions have a module
of their own, `netcrm.domain.fieldoccasions`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, time

from netcrm.domain.dates import Direction, read_day, read_time
from netcrm.domain.fieldtext import MONTHS, divided, meant, quoted, read_each, says, written
from netcrm.domain.logline.words import KIN
from netcrm.domain.patterns import pattern
from netcrm.domain.people import NEVER, POINT_KINDS, ContactPoint, Named, Relation
from netcrm.domain.relations import read_born
from netcrm.domain.rhythm import every
from netcrm.domain.text import fold

Naming = Callable[[str], Sequence[Named]]
"""Finds the people who are called so, as ``store.people.named`` does."""


# Items of text


def say_lines(items: Iterable[str]) -> str:
    """Texts, one a line."""
    return "\n".join(map(written, items))


def read_lines(text: str, kept: Sequence[str] = ()) -> tuple[str, ...]:
    """Texts, one a line.

    Args:
        text: What was written.
        kept: The stored items; a line that says one of them as before stays that very one.
    """
    return read_each(text.split("\n"), meant, written, kept)


def say_nicknames(nicknames: Iterable[str]) -> str:
    """Nicknames with commas between."""
    return ", ".join(written(name, ",") for name in nicknames)


def read_nicknames(text: str, kept: Sequence[str] = ()) -> tuple[str, ...]:
    """Nicknames with commas or on lines of their own."""
    pieces = [piece for line in text.split("\n") for piece in divided(line, ",")]
    return read_each(pieces, meant, lambda name: written(name, ","), kept)


def say_tags(tags: Sequence[str]) -> str:
    """Tags: ``#design #lisbon``; with commas where one of them holds a space: ``#book club, #lisbon``."""
    said = [f"#{written(tag, ',')}" for tag in tags]
    if not any(c.isspace() for tag in said for c in tag):
        return " ".join(said)
    return ", ".join(said) + ("," if len(said) == 1 else "")


def read_tags(text: str) -> tuple[str, ...]:
    """Tags by spaces or, when there is a comma, by commas; each with a ``#`` before it or none."""
    pieces = [piece.strip() for line in text.split("\n") for piece in divided(line, ",")]
    if len(pieces) == 1:
        pieces = text.split()
    return tuple(meant(tag) for piece in pieces if (tag := piece.removeprefix("#")))


# Ways to reach someone


def say_points(points: Iterable[ContactPoint]) -> str:
    """Ways to reach someone, one a line: ``email work: a@b.example``, ``signal: @a``."""
    return "\n".join(map(_say_point, points))


def read_points(text: str, kept: Sequence[ContactPoint] = ()) -> tuple[ContactPoint, ...]:
    """Ways to reach someone, one a line; an address, a number or a link may stand alone.

    Raises:
        ValueError: If a line does not say what it is.
    """
    return read_each(text.split("\n"), _read_point, _say_point, kept)


_KINDS = {kind: kind for kind in POINT_KINDS} | {
    "e-mail": "email",
    "mail": "email",
    "mailto": "email",
    "tel": "phone",
    "telephone": "phone",
    "web": "url",
    "website": "url",
    "link": "url",
}
_PHONES = frozenset({"mobile", "cell", "fax", "pager", "landline"})
_PLACES = frozenset({"work", "home", "private", "personal", "office", "main", "other", "school"})

_EMAIL = pattern(r"[^\s@:,;]+@[^\s@:,;/]+\.[^\s@:,;/.]+")
_LINK = pattern(r"(?:https?|ftp)://\S+|www\.\S+", re.IGNORECASE)
_DOMAIN = pattern(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_NUMBER = pattern(r"[+(]{0,2}[0-9][0-9 ()./-]{3,}[0-9](?: ?(?:x|ext\.?) ?[0-9]+)?", re.IGNORECASE)


def _say_point(point: ContactPoint) -> str:
    value = written(point.value)
    if point.kind == "handle" and point.label:
        short = f"{written(point.label, ':')}: {value}"
        if says(short, point, _read_point):
            return short
    label = f" {written(point.label, ':')}" if point.label else ""
    return f"{point.kind}{label}: {value}"


def _read_point(line: str) -> ContactPoint:
    if kind := _kind_of_value(line) or ("url" if _DOMAIN.fullmatch(line) else ""):
        return ContactPoint(kind, meant(line))
    head, *rest = divided(line, ":")
    first, _, label = head.strip().partition(" ")
    kind, value = _KINDS.get(first.lower(), ""), ":".join(rest).strip()
    if not rest:
        label = label.strip()
        if kind and _kind_of_value(label) == kind:
            return ContactPoint(kind, meant(label))
        if line.startswith("@"):
            raise ValueError(f"Say which service {quoted(line)} is on: signal: {line[:40]}")
        raise ValueError(f"Say what {quoted(line)} is: email: a@b.example, phone: +44…, signal: @a.")
    if not value or not first:
        raise ValueError(f"{quoted(line)} lacks a half; write email work: a@b.example.")
    if kind:
        return ContactPoint(kind, meant(value), meant(label.strip()))
    whole = head.strip().lower()
    if whole in _PHONES:
        kind = "phone"
    elif whole in _PLACES or _LINK.fullmatch(value):
        kind = _kind_of_value(value)
    return ContactPoint(kind or "handle", meant(value), meant(head.strip()))


def _kind_of_value(value: str) -> str:
    """What kind of way an address, a number or a link is that stands alone; empty when it is none."""
    if _EMAIL.fullmatch(value):
        return "email"
    if _LINK.fullmatch(value):
        return "url"
    return "phone" if _NUMBER.fullmatch(value) else ""


# Relations


def say_relations(relations: Iterable[Relation]) -> str:
    """Relations, one a line: ``daughter: Ana``, ``daughter: Ana, born 2008``."""
    return "\n".join(map(_say_relation, relations))


def read_relations(
    text: str,
    kept: Sequence[Relation] = (),
    *,
    find: Callable[[str], int | None] = lambda name: None,
    today: date | None = None,
) -> tuple[Relation, ...]:
    """Relations, one a line; an age behind a name is kept as the year of birth.

    Args:
        text: What was written.
        kept: The stored ones: who is named as before stays linked to the same person in the book.
        find: The id of the one person in the book whom a name can mean; None when there is none.
        today: The day on which someone is so old; without one only a year of birth is understood.
    """
    names = {relation.name: relation.person_id for relation in kept}

    def read(line: str) -> Relation:
        relation = _read_relation(line, today)
        person_id = names[relation.name] if relation.name in names else find(relation.name)
        return replace(relation, person_id=person_id)

    return read_each(text.split("\n"), read, _say_relation, kept)


_KIN_FIRST = pattern(rf"(?P<kind>{KIN})\b\s*(?P<name>.*)", re.IGNORECASE)


def _say_relation(relation: Relation) -> str:
    born = f", born {relation.born:04d}" if relation.born is not None else ""
    if relation.kind:
        name = _written_name(relation.name) if relation.name or born else ""
        return f"{written(relation.kind, ':')}: {name}{born}".strip()
    short = _written_name(relation.name, ":") + born
    plain = replace(relation, person_id=None)
    return short if says(short, plain, _read_relation) else f"\\u{{}}: {_written_name(relation.name)}{born}"


def _written_name(name: str, marks: str = "") -> str:
    """A name, its commas escaped where an age would be read behind one of them."""
    return written(name, f"{marks}," if read_born(name.rpartition(",")[2], _ANY_DAY) is not None else marks)


_ANY_DAY = date(2000, 1, 1)


def _read_name(text: str, today: date | None) -> tuple[str, int | None]:
    """A name, and the year of birth, where an age or a year stands behind a comma."""
    *name, last = divided(text, ",")
    born = read_born(last, today) if name else None
    return meant(text if born is None else ",".join(name)), born


def _read_relation(line: str, today: date | None = None) -> Relation:
    head, *rest = divided(line, ":")
    if rest:
        name, born = _read_name(":".join(rest), today)
        return Relation(meant(head.strip()), name, born=born)
    if match := _KIN_FIRST.fullmatch(line):
        name, born = _read_name(match["name"], today)
        return Relation(meant(match["kind"]), name, born=born)
    name, born = _read_name(line, today)
    return Relation("", name, born=born)


# Rhythm, days, times


def say_cadence(cadence: int | None) -> str:
    """A cadence in words: ``every 6 weeks``, ``monthly``, ``never``, or nothing while undecided."""
    if cadence is None:
        return ""
    return "never" if cadence == NEVER else every(cadence)


def read_cadence(text: str) -> int | None:
    """A cadence in days: ``6 weeks``, ``monthly``, ``every 10 days``, ``never``; None for nothing.

    Raises:
        ValueError: If it is no rhythm.
    """
    folded = fold(text)
    if not folded or folded == every(None):
        return None
    if folded in _CADENCES:
        return _CADENCES[folded]
    if (match := _EVERY.fullmatch(folded)) and (match["count"] or match["unit"]):
        count = match["count"] or "1"
        number = int(count) if count.isdecimal() else _COUNTS[count]
        if 0 < (days := number * _UNITS[match["unit"] or "d"]) <= _RAREST:
            return days
    raise ValueError(f"{quoted(text)} is no rhythm; write 6 weeks, monthly, every 10 days or never.")


_COUNTS = {"a": 1, "an": 1, "one": 1, "other": 2, "two": 2, "second": 2, "couple of": 2, "three": 3}
_COUNTS |= {"four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}
_UNITS = {"d": 1, "day": 1, "w": 7, "week": 7, "fortnight": 14, "m": 30, "mo": 30, "month": 30}
_UNITS |= {"quarter": 90, "y": 365, "year": 365}
_EVERY = pattern(
    rf"(?:every )?(?:(?P<count>[0-9]{{1,5}}|{'|'.join(_COUNTS)}) ?)?(?:(?P<unit>{'|'.join(_UNITS)})s?)?"
)
_CADENCES = {"never": NEVER, "no": NEVER, "none": NEVER, "0": NEVER, every(NEVER): NEVER}
_CADENCES |= {every(days): days for days in (1, 7, 30, 90, 180, 365)}
_CADENCES |= {"fortnightly": 14, "biweekly": 14, "bimonthly": 60, "half-yearly": 180, "annually": 365}
_CADENCES |= {"every half year": 180, "half a year": 180, "once a week": 7, "once a month": 30}
_CADENCES |= {"once a year": 365}

_RAREST = 36_500
"""Days between contacts, at most: a hundred years."""


def say_date(day: date | None) -> str:
    """A day in full, ``12 Dec 2026``, or nothing."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}" if day else ""


def say_in_full(day: date | None) -> str:
    """A day with its weekday: ``Saturday, 12 December 2026``."""
    return f"{day:%A}, {day.day} {day:%B} {day.year:04d}" if day else "no day"


def read_date(text: str, today: date, *, prefer: Direction) -> date | None:
    """A day in words; None for nothing.

    Raises:
        ValueError: If it is no day.
    """
    if not text.strip():
        return None
    if (day := read_day(text.strip(), today, prefer=prefer)) is None:
        example = "yesterday, last friday" if prefer == "past" else "tomorrow, friday"
        raise ValueError(f"{quoted(text)} is no day; write {example}, 3 May or 3 May 2026.")
    return day


def say_time(at: time | None) -> str:
    """A time of day, ``14:30``, or nothing."""
    return f"{at:%H:%M}" if at else ""


def read_clock(text: str) -> time | None:
    """A time of day; None for nothing.

    Raises:
        ValueError: If it is no time.
    """
    if not text.strip():
        return None
    if (at := read_time(text.strip())) is None:
        raise ValueError(f"{quoted(text)} is no time; write 14:30, 2pm or noon.")
    return at


# People by name


def say_people(people: Iterable[Named]) -> str:
    """People by name, with commas between."""
    return ", ".join(written(person.name, ",") for person in people)


def read_people(text: str, named: Naming, kept: Sequence[Named] = ()) -> tuple[Named, ...]:
    """People by name, with commas between.

    Args:
        text: What was written.
        named: Finds people by name.
        kept: Those who stood there; a name as before means the same person.

    Raises:
        ValueError: If a name is nobody's, or could be two people's.
    """
    pieces = divided(text.replace("\n", ","), ",")
    return read_each(
        pieces, lambda name: find_person(meant(name), named), lambda p: written(p.name, ","), kept
    )


def find_person(name: str, named: Naming) -> Named:
    """The one person whom a name can mean; one whose whole name it is goes before all others.

    Raises:
        ValueError: If it is nobody's name, or could be two people's.
    """
    found = list(dict.fromkeys(named(fold(name))))
    whole = [person for person in found if fold(person.name) == fold(name)]
    if len(whole) == 1:
        return whole[0]
    if not found:
        raise ValueError(f"Nobody here is called {quoted(name)}; write the name as it stands in People.")
    if len(found) == 1:
        return found[0]
    if len(whole) == len(found):
        raise ValueError(f"{len(found)} people are called {quoted(name)}; tell their names apart first.")
    some = ", ".join(person.name for person in found[:3]) + (" …" if found[3:] else "")
    raise ValueError(f"{quoted(name)} could be {some}; write the whole name.")
