"""The people shelf: add, edit, tag, archive; read one, a page of lines, or all ids in order."""

import json
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from netcrm.domain.changes import Change
from netcrm.domain.gives import GiveDraft
from netcrm.domain.occasions import Occasion, next_on, spans
from netcrm.domain.people import Named, Person, PersonLine, Profile, Relation, full_name
from netcrm.domain.rhythm import days_on
from netcrm.domain.text import fold, words
from netcrm.store import naming, rows
from netcrm.store.errors import StoreError
from netcrm.store.hellos import let_needless_go
from netcrm.store.write import Act, Row, Writer, carried_over

_NAMED_MOST = 3
"""People whom the label of an act names, so that it stays one line."""

_OUT_OF_RHYTHM = "person_facts.archived = 0 AND due_on < ?1 AND silent_on >= ?1"
"""Of whom it is true that they have been silent for longer than their cadence on a day, but not too long."""

_NEAR = """SELECT coalesce(cadence, 0) = 0, ?4, month, day, occasions.id
    FROM occasions JOIN person_facts USING (person_id)
    WHERE month = ?1 AND day BETWEEN ?2 AND ?3 AND archived = 0
        AND (year IS NULL OR iif(yearly, year <= ?4, year = ?4))"""
"""What falls into some days of a month of a year: whether of somebody without a rhythm, and its day. Of
people their facts tell it: those rows are small."""

_LONG_SILENT = "person_facts.archived = 0 AND due_on < ?1 AND silent_on < ?1"
"""Of whom it is true that they have been silent for a dozen of their cadences on a day, and more."""


Suggest = Callable[[Act, Collection[int], date], Sequence[GiveDraft]]
"""Queues, within an act, what the occasions of those it was about suggest on a day, and tells what."""


class People:
    """Who is in the book.

    Args:
        connection: An open connection.
        writer: Writes on it.
        suggest: Queues what new occasions suggest.
    """

    def __init__(self, connection: sqlite3.Connection, writer: Writer, suggest: Suggest) -> None:
        self._connection = connection
        self._writer = writer
        self._suggest = suggest

    # Reading

    def count(self) -> int:
        """How many people are in the book, the archived left out."""
        # Of all rows SQLite counts the pages' cells, without looking at them; with a condition at each.
        row = self._connection.execute(
            "SELECT (SELECT count(*) FROM person_facts)"
            " - (SELECT count(*) FROM person_facts WHERE archived = 1)"
        ).fetchone()
        return int(row[0])

    def ids(self, order: str = "name", limit: int = -1, *, archived: bool = False) -> "array[int]":
        """All ids, or the first so many, in an order: ``name``, or ``recent`` for the last contact first."""
        by = {"name": "sort_name, person_id", "recent": "last_on DESC, sort_name, person_id"}[order]
        found = self._connection.execute(
            f"SELECT person_id FROM person_facts WHERE archived = ? ORDER BY {by} LIMIT ?",
            (int(archived), limit),
        )
        return array("Q", (row[0] for row in found))

    def lines(self, ids: Sequence[int]) -> Mapping[int, PersonLine]:
        """What the list shows of some people, by id."""
        found = self._connection.execute(
            f"SELECT {rows.LINE_COLUMNS} FROM people JOIN person_facts ON person_id = id"
            f" WHERE id IN ({', '.join('?' * len(ids))})",
            tuple(ids),
        )
        return {row[0]: rows.line(row) for row in found}

    def get(self, person_id: int) -> Person | None:
        """Everything about one person; None when there is no such person."""
        row = self._connection.execute(
            f"SELECT {rows.PERSON_COLUMNS} FROM people JOIN person_facts ON person_id = id WHERE id = ?",
            (person_id,),
        ).fetchone()
        if row is None:
            return None
        parts = rows.PersonParts(*(self._part(query, person_id) for query in _PARTS))
        (beside,) = self._part(_BESIDE, person_id)
        return rows.person(row, parts, beside)

    def name(self, person_id: int) -> str:
        """A person's name; empty when there is no such person."""
        row = self._connection.execute("SELECT name FROM people WHERE id = ?", (person_id,)).fetchone()
        return str(row[0]) if row else ""

    def named(self, folded: str, *, all_alike: bool = False) -> Sequence[Named]:
        """The people who are called so: by full name, by nickname, or by a run of words of their name.

        Archived people are meant only where nobody else is called so.

        Args:
            folded: The words, as `netcrm.domain.text.fold` gives them.
            all_alike: Whether the archived are meant as much as the others.
        """
        wanted = words(folded)
        if not wanted:
            return []
        if all_alike:
            return [*self._named(wanted, archived=False), *self._named(wanted, archived=True)]
        return self._named(wanted, archived=False) or self._named(wanted, archived=True)

    def like(self, said: str) -> Sequence[int]:
        """The ids of those of whose names and nicknames words begin so, by name; never by what is noted.

        Archived people are meant only where nobody else is called so.
        """
        return naming.like(self._connection, said)

    def near(self, said: str, limit: int = 3) -> Sequence[Named]:
        """Whose name what was said is with a slip of the hand, the nearest first.

        Args:
            said: What was taken for a name.
            limit: The most people to return.
        """
        return naming.near(self._connection, said, limit)

    def count_out_of_rhythm(self, today: date) -> int:
        """How many people have been silent for longer than their cadence, the long silent left out."""
        row = self._connection.execute(
            f"SELECT count(*) FROM person_facts WHERE {_OUT_OF_RHYTHM}", (today.isoformat(),)
        ).fetchone()
        return int(row[0])

    def tags(self) -> Sequence[str]:
        """Every tag that a person bears, the most used first."""
        found = self._connection.execute(
            "SELECT name FROM tags JOIN person_tags ON tag_id = tags.id GROUP BY tags.id"
            " ORDER BY count(*) DESC, folded"
        )
        return [row[0] for row in found]

    def tags_of(self, ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
        """The tags of some people, by id; whoever has none is left out."""
        found: dict[int, list[str]] = {}
        for key, tag in self._connection.execute(
            "SELECT person_id, name FROM person_tags JOIN tags ON tags.id = tag_id"
            f" WHERE person_id IN ({', '.join('?' * len(ids))}) ORDER BY person_tags.id",
            tuple(ids),
        ):
            found.setdefault(key, []).append(tag)
        return found

    def cities(self, ids: Sequence[int]) -> Mapping[int, str]:
        """Where some people live, by id; whoever it is not known of is left out."""
        marks = ", ".join("?" * len(ids))
        found = self._connection.execute(
            f"SELECT id, city FROM people WHERE id IN ({marks}) AND city != ''", tuple(ids)
        )
        return dict(found.fetchall())

    def out_of_rhythm(self, today: date, limit: int = -1) -> Sequence[PersonLine]:
        """Those who have been silent for longer than their cadence, whoever was due first at the top.

        Who has been silent for a dozen cadences is not among them, but among the `long_silent`.

        Args:
            today: The day to judge by.
            limit: The most people to return; -1 for all.
        """
        found = self._connection.execute(
            f"SELECT {rows.LINE_COLUMNS} FROM person_facts JOIN people ON id = person_id"
            f" WHERE {_OUT_OF_RHYTHM} ORDER BY due_on LIMIT ?2",
            (today.isoformat(), limit),
        )
        return [rows.line(row) for row in found]

    def long_silent(self, today: date) -> Sequence[PersonLine]:
        """Those who have been silent for so many cadences that they are no longer suggested, by name."""
        found = self._connection.execute(
            f"SELECT {rows.LINE_COLUMNS} FROM person_facts JOIN people ON id = person_id"
            f" WHERE {_LONG_SILENT} ORDER BY sort_name, person_id",
            (today.isoformat(),),
        )
        return [rows.line(row) for row in found]

    def coming(self, today: date, days: int) -> Sequence[tuple[date, Named, Occasion]]:
        """The occasions of the next days, today's included, in their order: when, whose, and what.

        Args:
            today: The first day.
            days: How many days after it are looked at.
        """
        return self.nearest(today, days)[0]

    def nearest(
        self, today: date, days: int, most: int | None = None
    ) -> tuple[Sequence[tuple[date, Named, Occasion]], int]:
        """The occasions that are `coming`, and how many more of them there are.

        Args:
            today: The first day.
            days: How many days after it are looked at.
            most: How many are returned, the nearest of those with whom one wishes to be in touch first; None
                for all.
        """
        near: list[tuple[bool, int, int, int, int]] = []
        for year, first, last in spans(today, days_on(today, days)):
            # Within one month its days bound the stretch of the index that is looked at.
            for month in range(first[0], last[0] + 1):
                least = first[1] if month == first[0] else 1
                most_of = last[1] if month == last[0] else 31
                near += self._connection.execute(_NEAR, (month, least, most_of, year)).fetchall()
        more = 0 if most is None else max(0, len(near) - most)
        chosen = sorted(near)[:most] if more else near
        found = self._connection.execute(
            "SELECT people.id, name, kind, label, month, day, whose, year, yearly, notice FROM occasions"
            " JOIN people ON people.id = person_id WHERE occasions.id IN (SELECT value FROM json_each(?))"
            " ORDER BY name, occasions.id",
            (json.dumps([occasion_id for *_, occasion_id in chosen]),),
        )
        coming = [(Named(key, name), rows.occasion(row)) for key, name, *row in found]
        dated = [(next_on(occasion, today), named, occasion) for named, occasion in coming]
        known = [(day, named, occasion) for day, named, occasion in dated if day is not None]
        return sorted(known, key=lambda one: one[0]), more

    # Writing

    def add(self, profile: Profile, today: date | None = None) -> Change:
        """Add a person.

        Args:
            profile: What is known of them.
            today: The day, to queue what their occasions suggest on it; None to leave that for later.

        Raises:
            ValueError: If there is nothing to call them by.
        """
        with self._writer.act() as act:
            person_id = insert_person(act, self._connection, profile)
            act.label = f"added {_called(profile)}{self._suggested(act, person_id, today)}"
        return act.change

    def edit(
        self, person_id: int, profile: Profile, before: Profile | None = None, today: date | None = None
    ) -> Change:
        """Make a person what the form says, and leave alone what it says already.

        Where they work or what they do there is another than before: that is kept as a position they held, if
        they have been in the book for a day at least; before that it was a slip.

        Args:
            person_id: Whom.
            profile: What the form says.
            before: What it was opened with: fields that are still so stay as they are in the file.
            today: The day, as for `add`, and on which a position that is no longer held ended; None to keep
                none.
        """
        with self._writer.act() as act:
            person = self.get(person_id)
            if person is None:
                raise StoreError("That person is no longer there. Nothing was changed.")
            profile = carried_over(profile, before, person.profile)
            edit_person(act, self._connection, person_id, profile)
            if today is not None and person.created.date() < today:
                self._note_left(act, person, profile, today)
            act.label = f"edited {_called(profile)}{self._suggested(act, person_id, today)}"
        return act.change

    def tag(self, ids: Iterable[int], *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Change:
        """Put tags on people and take others off."""
        new, old = list(add), {fold(tag) for tag in remove}
        said = " ".join([*(f"#{tag}" for tag in new), *(f"−#{tag}" for tag in sorted(old))])
        with self._writer.act() as act:
            people = list(dict.fromkeys(ids))
            for person_id in people:
                have = self.tags_of([person_id]).get(person_id, ())
                keep = [tag for tag in have if fold(tag) not in old]
                set_tags(act, self._connection, "person", person_id, [*keep, *new])
            let_needless_go(act, self._connection, people)
            act.label = f"tagged {called(self._connection, people)} {said}"
        return act.change

    def set_cadence(self, ids: Iterable[int], cadence: int | None) -> Change:
        """Wish for a rhythm with people: days between contacts, 0 for never, None for undecided."""
        with self._writer.act() as act:
            people = list(dict.fromkeys(ids))
            for person_id in people:
                act.update("people", person_id, {"cadence": cadence})
            let_needless_go(act, self._connection, people)
            act.label = f"changed the rhythm with {called(self._connection, people)}"
        return act.change

    def archive(self, ids: Iterable[int], *, archived: bool = True) -> Change:
        """Put people away, out of the lists and searches, or bring them back. Nothing of theirs is lost."""
        with self._writer.act() as act:
            people = list(dict.fromkeys(ids))
            for person_id in people:
                act.update("people", person_id, {"archived": int(archived)})
            act.label = f"{'archived' if archived else 'brought back'} {called(self._connection, people)}"
        return act.change

    def _suggested(self, act: Act, person_id: int, today: date | None) -> str:
        return suggested(self._suggest(act, [person_id], today)) if today else ""

    def _note_left(self, act: Act, person: Person, profile: Profile, today: date) -> None:
        from netcrm.domain.organisations import left_behind
        from netcrm.store.organisations import note_left

        left = left_behind(person.profile, profile)
        if left is not None:
            note_left(act, self._connection, person.id, replace(left, until_on=today))

    def _named(self, wanted: Sequence[str], *, archived: bool) -> Sequence[Named]:
        found = self._connection.execute(
            "SELECT id, name, nicknames FROM person_words JOIN people ON id = person_id"
            " WHERE word = ? AND archived = ? ORDER BY person_words.sort_name, id LIMIT 500",
            (wanted[0], int(archived)),
        ).fetchall()
        called = [
            (Named(key, name), [words(name), *map(words, json.loads(nicknames))])
            for key, name, nicknames in found
        ]
        exact = [named for named, names in called if wanted in names]
        runs = [named for named, names in called if any(_has_run(name, wanted) for name in names)]
        return exact or runs or [named for named, names in called if _has_in_order(names[0], wanted)]

    def _part(self, query: str, person_id: int) -> list[Any]:
        return self._connection.execute(query, (person_id,)).fetchall()


def called(connection: sqlite3.Connection, people: Sequence[int]) -> str:
    """Who they are, for the label of an act: up to three by name, more by number.

    Raises:
        StoreError: If one of them is no longer there.
    """
    names = [
        name
        for key in people
        for (name,) in connection.execute("SELECT name FROM people WHERE id = ?", (key,))
    ]
    if len(names) != len(people):
        raise StoreError("That person is no longer there. Nothing was changed.")
    if len(names) > _NAMED_MOST:
        return f"{len(names)} people"
    return " and ".join((*((", ".join(names[:-1]),) if names[1:] else ()), *names[-1:]))


def suggested(gives: Sequence[GiveDraft]) -> str:
    """What an act queued by itself, as the end of its label; empty where it queued nothing."""
    if not gives:
        return ""
    return f", queued “{gives[0].words}”" if len(gives) == 1 else f", found {len(gives)} things to give"


def insert_person(act: Act, connection: sqlite3.Connection, profile: Profile) -> int:
    """Write a new person and everything of theirs; return the id."""
    profile = replace(profile, name=_called(profile))
    person_id = act.insert("people", columns_of(profile))
    for table, records in children_of(profile).items():
        for position, record in enumerate(records):
            act.insert(table, {"person_id": person_id, "position": position, **record})
    set_tags(act, connection, "person", person_id, profile.tags)
    return person_id


def edit_person(act: Act, connection: sqlite3.Connection, person_id: int, profile: Profile) -> bool:
    """Bring a person's records to what a profile says; return whether anything became different."""
    profile = replace(profile, name=_called(profile))
    changed = act.update("people", person_id, columns_of(profile))
    for table, records in children_of(profile).items():
        changed |= _bring_to(act, connection, table, person_id, records)
    changed |= set_tags(act, connection, "person", person_id, profile.tags)
    if changed:
        let_needless_go(act, connection, [person_id])
    return changed


def set_tags(
    act: Act, connection: sqlite3.Connection, whose: str, record_id: int, tags: Iterable[str]
) -> bool:
    """Make the tags of a ``person`` or an ``interaction`` these; return whether any changed."""
    wanted = {fold(tag): tag for tag in tags if fold(tag)}
    table, column = f"{whose}_tags", f"{whose}_id"
    have = {
        folded: link
        for link, folded in connection.execute(
            f"SELECT {table}.id, folded FROM {table} JOIN tags ON tags.id = tag_id WHERE {column} = ?",
            (record_id,),
        )
    }
    for folded in have.keys() - wanted.keys():
        act.delete(table, have[folded])
    new = [tag for folded, tag in wanted.items() if folded not in have]
    for tag in new:
        act.insert(table, {column: record_id, "tag_id": tag_id(act, connection, tag)})
    return bool(new) or bool(have.keys() - wanted.keys())


def tag_id(act: Act, connection: sqlite3.Connection, tag: str) -> int:
    """The id of a tag, made where it is new."""
    row = connection.execute("SELECT id FROM tags WHERE folded = ?", (fold(tag),)).fetchone()
    return int(row[0]) if row else act.insert("tags", {"name": tag.strip(), "folded": fold(tag)})


def tag_ids_of(act: Act, connection: sqlite3.Connection, tags: Mapping[str, str]) -> Mapping[str, int]:
    """The ids of many tags by their folded names, those that are new made in one go.

    Args:
        act: The act that makes them.
        connection: The connection it is on.
        tags: The tags, by their folded names.
    """
    ids: dict[str, int] = {
        folded: key
        for key, folded in connection.execute(
            "SELECT id, folded FROM tags WHERE folded IN (SELECT value FROM json_each(?))",
            (json.dumps(list(tags)),),
        )
    }
    new = [folded for folded in tags if folded not in ids]
    made = act.insert_many("tags", [{"name": tags[folded].strip(), "folded": folded} for folded in new])
    return {**ids, **dict(zip(new, made, strict=True))}


def columns_of(profile: Profile) -> Row:
    """A person's own columns."""
    return {
        "name": profile.name,
        "given": profile.given,
        "additional": profile.additional,
        "family": profile.family,
        "prefix": profile.prefix,
        "suffix": profile.suffix,
        "nicknames": json.dumps(profile.nicknames, ensure_ascii=False) if profile.nicknames else "[]",
        "sort": profile.sort,
        "organisation": profile.organisation,
        "title": profile.title,
        "city": profile.city,
        "note": profile.note,
        "met": profile.met,
        "met_on": profile.met_on.isoformat() if profile.met_on else None,
        "cadence": profile.cadence,
        "introduced_by": profile.introduced_by,
    }


def children_of(profile: Profile) -> Mapping[str, Sequence[Row]]:
    """A person's records in other tables, in their order, by table."""
    return {
        "contact_points": [
            {"kind": point.kind, "label": point.label, "value": point.value}
            for point in profile.points
            if point.value
        ],
        "relations": [relation_columns(relation) for relation in profile.relations],
        "occasions": [occasion_columns(occasion) for occasion in profile.occasions],
        "wants": [{"text": text} for text in profile.wants if text],
        "offers": [{"text": text} for text in profile.offers if text],
        "further_fields": [{"name": further.name, "raw": further.raw} for further in profile.further],
    }


def relation_columns(relation: Relation) -> Row:
    """A relation's own columns."""
    return {
        "kind": relation.kind,
        "name": relation.name,
        "other_id": relation.person_id,
        "born": relation.born,
    }


def occasion_columns(occasion: Occasion) -> Row:
    """An occasion's own columns."""
    return {
        "kind": occasion.kind,
        "label": occasion.label,
        "month": occasion.month,
        "day": occasion.day,
        "whose": occasion.whose,
        "year": occasion.year,
        "yearly": int(occasion.yearly),
        "notice": occasion.notice,
    }


def _bring_to(
    act: Act, connection: sqlite3.Connection, table: str, person_id: int, records: Sequence[Row]
) -> bool:
    """Make a person's records in a table these: what is there already keeps its id and its history."""
    columns = _CHILD_COLUMNS[table]
    there = connection.execute(
        f"SELECT id, {', '.join(columns)} FROM {table} WHERE person_id = ? ORDER BY position, id",
        (person_id,),
    ).fetchall()
    free: dict[tuple[object, ...], list[int]] = {}
    for row_id, *values in there:
        free.setdefault(tuple(values), []).append(row_id)
    changed = False
    if table == "occasions":
        changed = _reword(act, free, records)
    for position, record in enumerate(records):
        matching = free.get(tuple(record[column] for column in columns))
        if matching:
            changed |= act.update(table, matching.pop(0), {"position": position})
        else:
            act.insert(table, {"person_id": person_id, "position": position, **record})
            changed = True
    for row_id in sorted(row_id for left in free.values() for row_id in left):
        if table == "occasions":
            _let_go(act, connection, row_id)
        act.delete(table, row_id)
        changed = True
    return changed


def _reword(act: Act, free: dict[tuple[object, ...], list[int]], records: Sequence[Row]) -> bool:
    """Let occasions whose words, year or notice were changed be the ones they were, with what hangs on them.

    Args:
        act: The act.
        free: The ids of those that are there, by their columns; brought up to date.
        records: Those that are to be there.

    Returns:
        Whether there were any.
    """
    columns = _CHILD_COLUMNS["occasions"]
    wanted = [tuple(record[column] for column in columns) for record in records]
    reworded = False
    for record, values in zip(records, wanted, strict=True):
        if free.get(values):
            continue
        for old in list(free):
            was = dict(zip(columns, old, strict=True))
            same = all(was[name] == record[name] for name in ("kind", "month", "day", "whose"))
            if same and old not in wanted and free[old]:
                row_id = free[old].pop()
                act.update("occasions", row_id, {name: record[name] for name in columns})
                free.setdefault(values, []).append(row_id)
                reworded = True
                break
    return reworded


def _let_go(act: Act, connection: sqlite3.Connection, occasion_id: int) -> None:
    """Part the gives from an occasion that goes; what waits only for its sake goes with it.

    Where its day was only corrected, what was given on it, or was not for them, was so for the one that takes
    its place: nobody is congratulated twice on one birthday.
    """
    successor = connection.execute(_SUCCESSOR, (occasion_id,)).fetchone()
    for give_id, waits in connection.execute(
        "SELECT id, source = 'occasion' AND state IN ('queued', 'snoozed') FROM gives WHERE occasion_id = ?",
        (occasion_id,),
    ).fetchall():
        if waits:
            act.delete("gives", give_id)
        else:
            act.update("gives", give_id, {"occasion_id": successor[0] if successor else None})


_SUCCESSOR = """
SELECT new.id FROM occasions AS old JOIN occasions AS new USING (person_id, kind, whose)
WHERE old.id = ? AND new.id != old.id AND (old.kind != 'other' OR folded(old.label) = folded(new.label))
ORDER BY new.id DESC LIMIT 1
"""
"""The occasion that takes another's place: the newest of the same kind of the same person. What is of no
kind has to be called the same."""


def _called(profile: Profile) -> str:
    name = full_name(profile)
    if not name:
        raise ValueError("A person needs a name, or at least a way to reach them.")
    return name


def _has_in_order(name: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the words stand in the name in this order, perhaps with others between them."""
    left = iter(name)
    return len(wanted) > 1 and all(word in left for word in wanted)


def _has_run(name: Sequence[str], wanted: Sequence[str]) -> bool:
    size = len(wanted)
    return any(list(name[start : start + size]) == list(wanted) for start in range(len(name) - size + 1))


_PARTS = (
    "SELECT kind, value, label FROM contact_points WHERE person_id = ? ORDER BY position, id",
    "SELECT name FROM person_tags JOIN tags ON tags.id = tag_id WHERE person_id = ? ORDER BY person_tags.id",
    "SELECT kind, name, other_id, born FROM relations WHERE person_id = ? ORDER BY position, id",
    "SELECT kind, label, month, day, whose, year, yearly, notice FROM occasions WHERE person_id = ?"
    " ORDER BY position, id",
    "SELECT text FROM wants WHERE person_id = ? ORDER BY position, id",
    "SELECT text FROM offers WHERE person_id = ? ORDER BY position, id",
    "SELECT name, raw FROM further_fields WHERE person_id = ? ORDER BY position, id",
)
"""The queries of `rows.PersonParts`, in its order."""

_BESIDE = """SELECT (SELECT count(*) FROM interaction_people WHERE person_id = ?1),
    EXISTS (SELECT 1 FROM relations WHERE person_id = ?1 OR other_id = ?1),
    EXISTS (SELECT 1 FROM group_members WHERE person_id = ?1),
    EXISTS (SELECT 1 FROM gives WHERE person_id = ?1 AND state = 'given' AND landed IN ('yes', 'no'))"""
"""What there is of a person elsewhere: so many entries, and whether there is any of the rest."""

_CHILD_COLUMNS = {
    "contact_points": ("kind", "label", "value"),
    "relations": ("kind", "name", "other_id", "born"),
    "occasions": ("kind", "label", "month", "day", "whose", "year", "yearly", "notice"),
    "wants": ("text",),
    "offers": ("text",),
    "further_fields": ("name", "raw"),
}
