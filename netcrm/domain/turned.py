"""What an act changed, in words: each record that it wrote, as it was and as it became."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from netcrm.domain.fields import say_cadence, say_date

How = Literal["added", "changed", "removed"]

Value = str | int | None

Row = Mapping[str, Value]
"""A record, or some columns of one, by column name."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A record that an act wrote, as it was and as it became.

    Attributes:
        table: The table it lies in.
        before: What it was; empty where it was added.
        after: What it became; empty where it was removed.
    """

    table: str
    before: Row
    after: Row

    @property
    def how(self) -> How:
        """What happened to it."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a record: what it was, and what it became; the other is empty where it came or went."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A record that an act changed, in words.

    Attributes:
        how: What happened to it.
        what: What it is: ``person``, ``tag``, ``entry``.
        name: What it is called, or what it belongs to.
        fields: Its fields; of one that was changed those that were.
    """

    how: How
    what: str
    name: str
    fields: Sequence[FieldChange]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an act changed.

    Attributes:
        rows: The records, in the order in which they were written.
        more: How many more there are than are told.
    """

    rows: Sequence[RowChange]
    more: int = 0


Naming = Callable[[str, int], str]
"""What a record of a table is called, by its id."""


def described(turned: Turned, called: Naming) -> RowChange | None:
    """A record that an act wrote, in words; None where it is of no interest to anybody.

    Args:
        turned: The record.
        called: Says what a record that it points at is called.
    """
    if turned.table in _UNTOLD:
        return None
    what, namers = _TABLES.get(turned.table, (_spaced(turned.table), ("name",)))
    before, after = turned.before, turned.after
    if turned.how == "changed":
        after = {**before, **after}
    if turned.table == "occasions":
        before, after = _dated(before), _dated(after)
    image = {**before, **after}
    named = [said for column in namers if (said := _said(column, image.get(column), called))]
    hidden = _HIDDEN | _REPEATED.get(turned.table, frozenset())
    if turned.how != "changed":
        hidden |= {*namers, *_AS_USUAL}
    changed = [column for column in image if column not in hidden]
    fields = [
        FieldChange(
            _label(turned.table, column),
            _said(column, before.get(column), called),
            _said(column, after.get(column), called),
        )
        for column in changed
    ]
    told = [field for field in fields if field.before != field.after]
    if turned.how == "changed" and not told:
        return None
    return RowChange(turned.how, what, " · ".join(named), told)


_UNTOLD = frozenset({"imported_records"})
"""Tables that only say how other programs know somebody."""

_HIDDEN = frozenset(
    "id uuid created updated position folded key occasion_id occasion_year landed_asked_on".split()
)
"""Columns that say nothing to anybody."""

_REPEATED = {
    "interaction_people": frozenset({"interaction_id", "day", "kind"}),
    "interaction_tags": frozenset({"interaction_id"}),
    "relations": frozenset({"other_id"}),
}
"""Columns that repeat what the record says to which another one belongs."""

_AS_USUAL = ("effort", "source", "state", "notice", "yearly")
"""Columns that are told only where they change: a new record has something in each."""

_TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "people": ("person", ("name",)),
    "contact_points": ("way to reach", ("person_id", "value")),
    "tags": ("tag", ("name",)),
    "person_tags": ("tag of", ("person_id", "tag_id")),
    "relations": ("relation", ("person_id", "kind", "name")),
    "occasions": ("occasion", ("person_id", "label")),
    "wants": ("want", ("person_id", "text")),
    "offers": ("offer", ("person_id", "text")),
    "positions": ("position", ("person_id", "organisation")),
    "further_fields": ("further field", ("person_id", "name")),
    "interactions": ("entry", ("text",)),
    "interaction_people": ("who took part", ("person_id",)),
    "interaction_tags": ("tag of the entry", ("tag_id",)),
    "gives": ("give", ("person_id", "group_id", "words")),
    "groups": ("group", ("name",)),
    "group_members": ("member", ("group_id", "person_id")),
    "group_questions": ("question", ("group_id", "text")),
    "sparks": ("spark", ("title",)),
    "introductions": ("introduction", ("one_id", "other_id")),
    "settings": ("setting", ("name",)),
    "sabbaticals": ("sabbatical", ()),
}
"""What a record of each table is, and the columns that say which one."""

_LABELS = {
    "person_id": "person",
    "one_id": "one",
    "other_id": "the other",
    "group_id": "group",
    "tag_id": "tag",
    "spark_id": "spark",
    "interaction_id": "entry",
    "introduction_id": "introduction",
    "cadence": "rhythm",
    "met": "how you met",
    "given": "given name",
    "family": "family name",
    "additional": "middle name",
    "enjoyment": "how good",
    "met_on": "met on",
    "archived": "put away",
    "bumped_on": "rhythm begun again",
    "next_on": "meets next",
    "notice": "days of notice",
}
_FIRST_NAMES = {("sparks", "title"): "what", ("interactions", "text"): "what happened"}

_POINTS_AT = {
    "person_id": "people",
    "one_id": "people",
    "other_id": "people",
    "introduced_by": "people",
    "group_id": "groups",
    "tag_id": "tags",
    "spark_id": "sparks",
    "interaction_id": "interactions",
    "introduction_id": "introductions",
}
"""The table that a column points into."""

_YES_OR_NO = frozenset({"archived", "promised", "later", "yearly", "answered"})

_LISTS = frozenset({"nicknames", "topics", "tags"})

_STARRED = "enjoyment"


def _dated(row: Row) -> Row:
    """An occasion with its day, month and year as one."""
    if "month" not in row:
        return row
    rest = {name: value for name, value in row.items() if name not in ("month", "day", "year")}
    month, year = int(row["month"] or 1), row.get("year")
    return {**rest, "on": f"{row['day']} {date(2000, month, 1):%b}{f' {year}' if year else ''}"}


def _label(table: str, column: str) -> str:
    return _FIRST_NAMES.get((table, column)) or _LABELS.get(column) or _spaced(column)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _said(column: str, value: Value, called: Naming) -> str:
    """A value as one would say it; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, int):
        return _number(column, value, called)
    if column in _LISTS:
        return ", ".join(map(str, json.loads(value)))
    if _is_day(value):
        return say_date(date.fromisoformat(value))
    return value


def _number(column: str, value: int, called: Naming) -> str:
    if column in _POINTS_AT:
        return called(_POINTS_AT[column], value)
    if column == "cadence":
        return say_cadence(value)
    if column in _YES_OR_NO:
        return "yes" if value else ""
    if column == _STARRED:
        return "★" * value
    return str(value)


def _is_day(text: str) -> bool:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
