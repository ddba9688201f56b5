"""What is made from the records: search pages, the name index, and each person's facts.

All of it can be made again from the records at any time, so it has no history; `refresh` does so for the
people and interactions an act touched, inside the act.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice

from netcrm.domain.changes import Change
from netcrm.domain.rhythm import DRIFTING_AFTER, SILENT_AFTER, Sabbatical, day_after
from netcrm.domain.text import words

CONTACT = "kind NOT IN ('note', 'life event')"
"""The kinds that count as having been in touch; written as the partial index has it, so that it is used."""

_SORTED_MOST = 200
"""Characters of a name that people are sorted by: each word of the name is kept with them."""

_NAMED_MOST = 500
"""Words of a name and its nicknames by which a person can be named; a search finds them by each."""

_FURTHER_MOST = 2000
"""Characters of an unknown property that are searched: a photo in base64 is no text."""


@dataclass(slots=True)
class Touched:
    """The ids of what an act touched.

    Attributes:
        profiles: People whose own records changed: their search page and names are made again.
        people: People of whom something else changed: only what is counted of them is made again.
        tags: Tags whose rhythm may have changed, and with it that of whoever bears them.
        sabbaticals: Sabbaticals, which shift everybody's rhythm.
    """

    profiles: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    interactions: set[int] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    sabbaticals: set[int] = field(default_factory=set)
    gives: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)
    sparks: set[int] = field(default_factory=set)
    introductions: set[int] = field(default_factory=set)

    def as_change(self, label: str, act: int) -> Change:
        """What was touched, as the act tells it."""
        return Change(
            label=label,
            people=frozenset(self.people | self.profiles),
            interactions=frozenset(self.interactions),
            gives=frozenset(self.gives),
            groups=frozenset(self.groups),
            sparks=frozenset(self.sparks),
            introductions=frozenset(self.introductions),
            act=act,
        )


def refresh(connection: sqlite3.Connection, touched: Touched) -> None:
    """Make the derived rows of what was touched again; rows of what is gone go."""
    concerned = _concerned(connection, touched)
    if touched.interactions:
        _refresh_timeline(connection, json.dumps(sorted(touched.interactions)))
    if others := touched.people - touched.profiles:
        connection.execute(_COUNTS, (json.dumps(sorted(others)),))
    if touched.tags and concerned:
        connection.execute(_CADENCES, (json.dumps(sorted(concerned)),))
    if touched.sabbaticals:
        _shift(connection)
    else:
        others |= concerned - touched.profiles
    touched.people |= concerned
    if others:
        connection.execute(_DUE, (json.dumps(sorted(others)),))
    if touched.profiles:
        ids = json.dumps(sorted(touched.profiles))
        _refresh_facts(connection, ids)
        _refresh_pages(connection, ids)
        _refresh_names(connection, ids)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make everything derived again from nothing."""
    for table in ("people_fts", "people_matter", "timeline_fts", "person_words", "person_facts"):
        connection.execute(f"DELETE FROM {table}")
    everything = Touched(
        profiles={row[0] for row in connection.execute("SELECT id FROM people")},
        interactions={row[0] for row in connection.execute("SELECT id FROM interactions")},
    )
    refresh(connection, everything)


def _concerned(connection: sqlite3.Connection, touched: Touched) -> set[int]:
    """Whose rhythm hangs on the tags or the sabbaticals that were touched."""
    if touched.sabbaticals:
        found = connection.execute("SELECT person_id FROM person_facts WHERE cadence IS NOT NULL")
    elif touched.tags:
        found = connection.execute(
            "SELECT person_id FROM person_tags WHERE tag_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(touched.tags)),),
        )
    else:
        return set()
    return {person_id for (person_id,) in found}


def _shift(connection: sqlite3.Connection) -> None:
    """Make the days of everybody's rhythm again, and write those that have become others.

    Many share the day of their last contact and the rhythm, so each pair of them is reckoned once, here:
    asked of SQLite a person at a time it takes twice as long.
    """
    (said,) = connection.execute(f"SELECT {_SABBATICALS}").fetchone()
    away = read_sabbaticals(said or "")
    known: dict[tuple[str, int, int], tuple[str, ...]] = {}
    changed: list[tuple[str | int, ...]] = []
    for person_id, since, first, cadence, *before in connection.execute(_RHYTHMS).fetchall():
        key = since, first, cadence
        days = known.get(key)
        if days is None:
            day = date.fromisoformat(since)
            days = known[key] = tuple(
                day_after(day, (cadences - first) * cadence, away).isoformat()
                for cadences in (1, DRIFTING_AFTER, SILENT_AFTER)
            )
        if days != tuple(before):
            changed.append((*days, person_id))
    connection.executemany(
        "UPDATE person_facts SET due_on = ?, drifting_on = ?, silent_on = ? WHERE person_id = ?", changed
    )


@lru_cache(maxsize=4)
def read_sabbaticals(said: str) -> Sequence[Sabbatical]:
    """Sabbaticals as ``2026-12-01/2027-01-10``, in a row."""
    return [Sabbatical(*map(date.fromisoformat, one.split("/"))) for one in said.split()]


def _refresh_facts(connection: sqlite3.Connection, ids: str) -> None:
    connection.execute("DELETE FROM person_facts WHERE person_id IN (SELECT value FROM json_each(?))", (ids,))
    connection.execute(_FACTS, (ids,))
    connection.execute(_DUE, (ids,))


def _refresh_pages(connection: sqlite3.Connection, ids: str) -> None:
    connection.execute("DELETE FROM people_fts WHERE rowid IN (SELECT value FROM json_each(?))", (ids,))
    connection.execute(_PAGES, (ids,))
    connection.execute("DELETE FROM people_matter WHERE rowid IN (SELECT value FROM json_each(?))", (ids,))
    connection.execute(_MATTER, (ids,))


def _refresh_timeline(connection: sqlite3.Connection, ids: str) -> None:
    connection.execute("DELETE FROM timeline_fts WHERE rowid IN (SELECT value FROM json_each(?))", (ids,))
    connection.execute(_ENTRIES, (ids,))


def _refresh_names(connection: sqlite3.Connection, ids: str) -> None:
    connection.execute("DELETE FROM person_words WHERE person_id IN (SELECT value FROM json_each(?))", (ids,))
    rows = connection.execute(
        "SELECT person_id, sort_name, name, nicknames FROM person_facts JOIN people ON id = person_id"
        " WHERE person_id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    entries = (
        (word, sort_name, person_id)
        for person_id, sort_name, name, nicknames in rows.fetchall()
        for word in islice(_words_once((name, *json.loads(nicknames))), _NAMED_MOST)
    )
    connection.executemany("INSERT INTO person_words (word, sort_name, person_id) VALUES (?, ?, ?)", entries)


def _words_once(texts: Iterable[str]) -> Iterable[str]:
    """The words of some texts, each once."""
    return dict.fromkeys(word for text in texts for word in words(text))


CADENCE = """coalesce(people.cadence,
    (SELECT coalesce(min(nullif(tags.cadence, 0)), min(tags.cadence)) FROM person_tags
        JOIN tags ON tags.id = tag_id WHERE person_id = people.id))"""
"""The cadence that holds: a person's own, else the shortest of their tags; a tag's never if it is alone."""

_COUNTED = f"""
    (SELECT max(day) FROM interaction_people WHERE person_id = people.id AND {CONTACT}),
    (SELECT count(*) FROM gives WHERE person_id = people.id AND state IN ('queued', 'snoozed')),
    (SELECT count(*) FROM interaction_people WHERE person_id = people.id AND kind = 'gave'),
    (SELECT count(*) FROM interaction_people WHERE person_id = people.id AND kind = 'asked')
"""

_FACTS = f"""
INSERT INTO person_facts (person_id, sort_name, archived, cadence, last_on, gives_waiting, gave, asked)
SELECT id, substr(folded(iif(sort = '', name, sort)), 1, {_SORTED_MOST}), archived, {CADENCE}, {_COUNTED}
FROM people WHERE id IN (SELECT value FROM json_each(?))
"""

SILENT_SINCE = """max(coalesce(last_on, ''), coalesce(bumped_on, ''))"""
"""Since when the two of you are silent: the day of the last contact, or of a bump after it; else empty."""

_SABBATICALS = "(SELECT group_concat(from_on || '/' || until_on, ' ') FROM sabbaticals)"


_SINCE = f"iif({SILENT_SINCE} = '', date(people.created, '-1 day'), {SILENT_SINCE})"
"""From when the silence counts: whom you have not been in touch with yet is due the day before they came into
the book."""

_RHYTHMS = f"""
SELECT person_id, {_SINCE}, {SILENT_SINCE} = '', person_facts.cadence, due_on, drifting_on, silent_on
FROM person_facts JOIN people ON people.id = person_id WHERE person_facts.cadence > 0
"""


def _after(cadences: int) -> str:
    """The day on which so many cadences have passed in silence; as `_shift` has it."""
    passed = f"({cadences} - ({SILENT_SINCE} = '')) * person_facts.cadence"
    return f"day_after({_SINCE}, {passed}, {_SABBATICALS})"


_DUE = f"""
UPDATE person_facts SET (due_on, drifting_on, silent_on) =
    (SELECT {_after(1)}, {_after(DRIFTING_AFTER)}, {_after(SILENT_AFTER)}
    FROM people WHERE people.id = person_id AND person_facts.cadence > 0)
WHERE person_id IN (SELECT value FROM json_each(?))
"""

_COUNTS = f"""
UPDATE person_facts SET (last_on, gives_waiting, gave, asked) =
    (SELECT {_COUNTED} FROM people WHERE people.id = person_facts.person_id)
WHERE person_id IN (SELECT value FROM json_each(?))
"""

_CADENCES = f"""
UPDATE person_facts SET cadence = (SELECT {CADENCE} FROM people WHERE people.id = person_id)
WHERE person_id IN (SELECT value FROM json_each(?))
"""

_PAGES = f"""
INSERT INTO people_fts (rowid, name, work, place, tags, reach, words, wants, further)
SELECT id,
    folded_words(name, prefix, given, additional, family, suffix, sort,
        (SELECT group_concat(value, ' ') FROM json_each(nicknames))),
    folded_words(title, organisation),
    folded_words(city, (SELECT group_concat(value || ' ' || label, ' ') FROM contact_points
        WHERE person_id = people.id AND kind = 'address')),
    folded_words((SELECT group_concat(tags.name, ' ') FROM person_tags JOIN tags ON tags.id = tag_id
        WHERE person_id = people.id)),
    folded_words((SELECT group_concat(value || ' ' || label, ' ') FROM contact_points
        WHERE person_id = people.id AND kind != 'address')),
    folded_words(note, met, met_on,
        (SELECT group_concat(kind || ' ' || name, ' ') FROM relations WHERE person_id = people.id),
        (SELECT group_concat(kind || ' ' || label || ' ' || whose, ' ') FROM occasions
            WHERE person_id = people.id)),
    folded_words((SELECT group_concat(text, ' ') FROM wants WHERE person_id = people.id),
        (SELECT group_concat(text, ' ') FROM offers WHERE person_id = people.id)),
    folded_words((SELECT group_concat(name || ' ' || raw, ' ') FROM further_fields
        WHERE person_id = people.id AND length(raw) < {_FURTHER_MOST}))
FROM people WHERE id IN (SELECT value FROM json_each(?))
"""

_MATTER = """
INSERT INTO people_matter (rowid, wants, offers, tags, title, organisation, city, notes)
SELECT id,
    stemmed((SELECT group_concat(text, ' ') FROM wants WHERE person_id = people.id)),
    stemmed((SELECT group_concat(text, ' ') FROM offers WHERE person_id = people.id)),
    stemmed((SELECT group_concat(tags.name, ' ') FROM person_tags JOIN tags ON tags.id = tag_id
        WHERE person_id = people.id)),
    stemmed(title), stemmed(organisation), stemmed(city),
    stemmed(note, met)
FROM people WHERE id IN (SELECT value FROM json_each(?))
"""

_ENTRIES = """
INSERT INTO timeline_fts (rowid, text, place, tags)
SELECT id, folded_words(text), folded_words(place),
    folded_words((SELECT group_concat(tags.name, ' ') FROM interaction_tags JOIN tags ON tags.id = tag_id
        WHERE interaction_id = interactions.id))
FROM interactions WHERE id IN (SELECT value FROM json_each(?))
"""
