"""Google Contacts' CSV, as it was written until 2023 and as it is written since.

Google Contacts Help, "Export, back up or restore contacts". The older header begins with ``Name`` and
numbers its organisations and labels its values with ``Type``; the newer begins with ``First Name`` and
labels with ``Label``. In both, `` ::: `` stands between several values of one cell, and ``* `` before a
label means that it is the primary one, before a group that Google made it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import field

from netcrm.domain.imports import Card, Skipped
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Profile, Relation
from netcrm.domain.values import dataclass
from netcrm.exchange.tables import Row, Table
from netcrm.exchange.values import (
    SYSTEM_GROUPS,
    distinct,
    label,
    number,
    occasion,
    one_line,
    parse_day,
    sensible_sort,
    unique,
    with_name,
)

SOURCE = "google"

HEADERS = (
    frozenset({"name", "given name", "family name"}),
    frozenset({"first name", "last name", "labels"}),
    frozenset({"first name", "last name", "e-mail 1 - value"}),
    frozenset({"first name", "organization name", "e-mail 1 - value"}),
    frozenset({"first name", "last name", "phone 1 - value"}),
)
"""Sets of columns, in lower case, by one of which either header is known; no other program has them."""

_JOINT = " ::: "
_NUMBERED = re.compile(r"(.+?) (\d{1,4}) - (.+)", re.ASCII)

_TEXTS = {
    "name": "name",
    "given name": "given",
    "first name": "given",
    "additional name": "additional",
    "middle name": "additional",
    "family name": "family",
    "last name": "family",
    "name prefix": "prefix",
    "name suffix": "suffix",
    "nickname": "nickname",
    "file as": "sort",
    "birthday": "birthday",
    "notes": "note",
    "group membership": "groups",
    "labels": "groups",
    "organization name": "organisation",
    "organization title": "title",
}

_SAME_PART = {"type": "label"}
"""What the older format calls a part by another name."""

_VALUE_PARTS = frozenset({"label", "value"})
_ADDRESS_PARTS = ("po box", "extended address", "street", "city", "region", "postal code", "country")


@dataclass(slots=True)
class _Found:
    """What has been found of one row."""

    points: list[ContactPoint] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    further: list[Further] = field(default_factory=list)
    organisation: str = ""
    title: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that belong together: ``Phone 2 - Label`` and ``Phone 2 - Value``.

    Attributes:
        kind: ``phone``, in lower case.
        parts: The place of each part's column, by its name in lower case; ``type`` is called ``label``.
        columns: The whole name of each part's column, as it is written.
    """

    kind: str
    parts: dict[str, int] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where a table keeps what: made once for all its rows.

    Attributes:
        texts: The place of each simple field.
        groups: The columns that belong together.
        rest: The place and name of every other column.
    """

    texts: dict[str, int]
    groups: list[_Group]
    rest: list[tuple[int, str]]


def cards(table: Table) -> Iterator[Card | Skipped]:
    """The contacts of a table, one by one, and why a row is none.

    Args:
        table: A table whose header has the columns of one of `HEADERS`.
    """
    plan = _plan(table)
    for row in table.rows():
        yield _card(table, plan, row) if isinstance(row, Row) else row


def _plan(table: Table) -> _Plan:
    texts: dict[str, int] = {}
    groups: dict[str, _Group] = {}
    rest = []
    for place, name in enumerate(table.header):
        lowered = name.lower()
        simple = _TEXTS.get(lowered)
        match = _NUMBERED.fullmatch(lowered)
        part = _SAME_PART.get(match[3], match[3]) if match else ""
        if simple is not None and simple not in texts:
            texts[simple] = place
        elif match and part in _PARTS.get(match[1], ()):
            group = groups.setdefault(lowered[: match.end(2)], _Group(match[1]))
            group.parts.setdefault(part, place)
            group.columns.setdefault(part, name)
        else:
            rest.append((place, name))
    return _Plan(texts, list(groups.values()), rest)


def _card(table: Table, plan: _Plan, row: Row) -> Card | Skipped:
    cells = row.cells
    texts = dict.fromkeys(_TEXTS.values(), "")
    for simple, place in plan.texts.items():
        texts[simple] = cells[place].strip() if place < len(cells) else ""
    found = _Found(organisation=one_line(texts["organisation"]), title=one_line(texts["title"]))
    for group in plan.groups:
        if next(iter(group.parts.values())) >= len(cells):
            break  # the groups stand in the order of their columns
        parts = {part: cells[place].strip() for part, place in group.parts.items() if place < len(cells)}
        if any(text for part, text in parts.items() if part != "label"):
            _READERS[group.kind](found, group, parts)
    for place, name in plan.rest:
        if place >= len(cells):
            break
        if cells[place].strip():
            found.further.append(Further(name, cells[place].strip()))
    found.further += [Further("", cell) for cell in cells[len(table.header) :] if cell.strip()]
    if birthday := texts["birthday"]:
        _add_day(found, "Birthday", birthday, "birthday")

    profile = Profile(
        name=one_line(texts["name"]),
        given=one_line(texts["given"]),
        additional=one_line(texts["additional"]),
        family=one_line(texts["family"]),
        prefix=one_line(texts["prefix"]),
        suffix=one_line(texts["suffix"]),
        nicknames=unique(texts["nickname"].split(_JOINT)),
        sort=_sort(found, texts),
        organisation=found.organisation,
        title=found.title,
        city=found.city,
        note=texts["note"],
        points=distinct(found.points),
        tags=_tags(texts["groups"]),
        relations=tuple(found.relations),
        occasions=distinct(found.occasions),
        further=tuple(found.further),
    )
    named = with_name(profile, row.line)
    if named is None:
        return Skipped(row.line, "This row has nothing to call anyone by: no name, address or number.")
    return Card(profile=named, source=SOURCE, line=row.line)


def _sort(found: _Found, texts: dict[str, str]) -> str:
    """The file-as text where it is worth sorting by; kept either way."""
    file_as = texts["sort"]
    if not file_as:
        return ""
    found.further.append(Further("File As", file_as))
    return sensible_sort(file_as, " ".join(texts[part] for part in ("name", "given", "family")))


def _tags(groups: str) -> tuple[str, ...]:
    """The groups that say something of a person: ``* family`` does, though Google made it."""
    names = (name.strip().removeprefix("*").strip() for name in groups.split(_JOINT.strip()))
    return unique([name for name in names if name.lower() not in SYSTEM_GROUPS])


def _values(parts: dict[str, str]) -> list[str]:
    """The values of a cell, which may end with the joint and so without the space behind it."""
    return [value.strip() for value in parts.get("value", "").split(_JOINT.strip()) if value.strip()]


def _is_primary(parts: dict[str, str]) -> bool:
    return parts.get("label", "").startswith("*")


def _add_points(found: _Found, parts: dict[str, str], points: list[ContactPoint]) -> None:
    """Add the points of one group, primary ones before all others."""
    if _is_primary(parts):
        found.points[:0] = points
    else:
        found.points += points


def _read_email(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    name = label(parts.get("label", ""))
    _add_points(found, parts, [ContactPoint("email", one_line(value), name) for value in _values(parts)])


def _read_phone(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    name = label(parts.get("label", ""))
    _add_points(found, parts, [ContactPoint("phone", number(value), name) for value in _values(parts)])


def _read_website(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    name = label(parts.get("label", ""))
    _add_points(found, parts, [ContactPoint("url", one_line(value), name) for value in _values(parts)])


def _read_im(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    """A handle's label is its service, of which a cell names one for each value or one for all."""
    services = [one_line(service) for service in parts.get("service", "").split(_JOINT.strip())]
    for place, value in enumerate(_values(parts)):
        service = services[place] if place < len(services) else services[0]
        name = service.lower() or label(parts.get("label", ""))
        found.points.append(ContactPoint("handle", one_line(value), name))


def _read_address(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    """An address as Google formats it, or else its parts; these are kept as well, since we have no field."""
    split = {part: text.split(_JOINT) for part, text in parts.items()}
    count = max(len(values) for part, values in split.items() if part != "label")
    addresses = []
    for place in range(count):
        one = {part: values[place].strip() for part, values in split.items() if place < len(values)}
        lines = [one[part] for part in _ADDRESS_PARTS if one.get(part)]
        written = one.get("formatted", "") or "\n".join(lines)
        value = ", ".join(filter(None, map(one_line, written.splitlines())))
        if value:
            addresses.append(ContactPoint("address", value, label(parts.get("label", ""))))
        found.city = found.city or one_line(one.get("city", ""))
    _add_points(found, parts, addresses)
    for part in _ADDRESS_PARTS:
        if parts.get(part):
            found.further.append(Further(group.columns[part], parts[part]))


def _read_organisation(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    """The first organisation is the person's; whatever else is said of it and of others is kept."""
    for part, text in parts.items():
        several = _JOINT in text
        first = one_line(text.split(_JOINT)[0])
        if part == "name" and not found.organisation:
            found.organisation = first
        elif part == "title" and not found.title:
            found.title = first
        else:
            several = bool(text) and (part != "label" or text.strip("* ") != "")
        if several:
            found.further.append(Further(group.columns[part], text))


def _read_relation(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    kind = label(parts.get("label", "")) or "relation"
    found.relations += [Relation(kind, one_line(value)) for value in _values(parts)]


def _read_event(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    words = label(parts.get("label", ""))
    for value in _values(parts):
        _add_day(found, group.columns["value"], value, words)


def _read_custom_field(found: _Found, group: _Group, parts: dict[str, str]) -> None:
    """A custom field's label is its owner's name for it, which says more than the column's."""
    name = one_line(parts.get("label", "")) or group.columns["value"]
    found.further.append(Further(name, parts["value"]))


def _add_day(found: _Found, column: str, text: str, words: str) -> None:
    day = parse_day(text)
    if day is not None:
        found.occasions.append(occasion(day, words))
    else:
        found.further.append(Further(column, text))


_READERS: dict[str, Callable[[_Found, _Group, dict[str, str]], None]] = {
    "e-mail": _read_email,
    "phone": _read_phone,
    "website": _read_website,
    "im": _read_im,
    "address": _read_address,
    "organization": _read_organisation,
    "relation": _read_relation,
    "event": _read_event,
    "custom field": _read_custom_field,
}
"""How the columns of each kind are read."""

_PARTS = {
    **dict.fromkeys(_READERS, _VALUE_PARTS),
    "im": _VALUE_PARTS | {"service"},
    "address": frozenset({"label", "formatted", *_ADDRESS_PARTS}),
    "organization": frozenset(
        ("label", "name", "yomi name", "title", "department", "symbol", "location", "job description")
    ),
}
"""The parts of each kind that are read; a column of any other part is kept under its own name."""
