"""What is made from the records: search pages, the name index, and each person's facts.

All of it can be made again from the records at any time, so it has no history; `refresh` does so for the
people and interactions an act touched, inside the act.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice

from netcrm.domain.changes import Change
from netcrm.domain.rhythm import DRIFTING_AFTER, SILENT_AFTER, Sabbatical, day_after
from netcrm.domain.text import words

CONTACT = "kind NOT IN ('note', 'life event')"
"""The kinds that count as having been in touch; written as the partial index has it, so that it is used."""

_AT_ONCE = 1000
"""People whose pages are made in one go."""

_SHORT = 60
"""Characters of a text whose stems are worth remembering: many share a title or a city, nobody a note."""

_SORTED_MOST = 200
"""Characters of a name that people are sorted by: each word of the name is kept with them."""

_NAMED_MOST = 500
"""Words of a name and its nicknames by which a person can be named; a search finds them by each."""

_FURTHER_MOST = 2000
"""Characters of an unknown property that are searched: a photo in base64 is no text."""


class Touched:
    """The ids of what an act touched.

    Args:
        profiles: As the attribute.
        interactions: As the attribute.

    Attributes:
        profiles: People whose own records changed: their search page and names are made again.
        people: People of whom something else changed: only what is counted of them is made again.
        tags: Tags whose rhythm may have changed, and with it that of whoever bears them.
        sabbaticals: Sabbaticals, which shift everybody's rhythm.
    """

    def __init__(self, profiles: Iterable[int] = (), interactions: Iterable[int] = ()) -> None:
        self.profiles = set(profiles)
        self.people: set[int] = set()
        self.interactions = set(interactions)
        self.tags: set[int] = set()
        self.sabbaticals: set[int] = set()
        self.gives: set[int] = set()
        self.groups: set[int] = set()
        self.sparks: set[int] = set()
        self.introductions: set[int] = set()

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


def rebuild(connection: sqlite3.Connection) -> None:
    """Make everything derived again from nothing."""
    for table in ("people_fts", "people_matter", "timeline_fts", "person_words", "person_facts"):
        connection.execute(f"DELETE FROM {table}")
    everything = Touched(
        profiles=(row[0] for row in connection.execute("SELECT id FROM people")),
        interactions=(row[0] for row in connection.execute("SELECT id FROM interactions")),
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


def _refresh_timeline(connection: sqlite3.Connection, ids: str) -> None:
    connection.execute("DELETE FROM timeline_fts WHERE rowid IN (SELECT value FROM json_each(?))", (ids,))
    connection.execute(_ENTRIES, (ids,))


def _refresh_pages(connection: sqlite3.Connection, ids: str) -> None:
    """Make the search pages, the stems and the words of the names again.

    SQLite only hands out the texts: to call back for each of a page's columns takes longer than to fold them.
    """
    for table, key in (("people_fts", "rowid"), ("people_matter", "rowid"), ("person_words", "person_id")):
        connection.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT value FROM json_each(?))", (ids,))
    names: list[tuple[str, str, int]] = []
    found = connection.execute(_TEXTS, (ids,))
    while rows := found.fetchmany(_AT_ONCE):
        pages: list[tuple[int | str, ...]] = []
        matters: list[tuple[int | str, ...]] = []
        for person_id, sort_name, nicknames, full, parts, *texts in rows:
            name = _folded(full)
            # Mostly the parts are the name once more.
            more = name if (said := " ".join(parts.split())) == full else _folded(said)
            also = _folded(" ".join(json.loads(nicknames))) if nicknames != "[]" else ""
            title, organisation, city, tags, met, met_on = [
                _folded_once(text) if text else "" for text in texts[:6]
            ]
            others = [_folded(text) if text else "" for text in texts[6:]]
            addresses, reach, note, relations, occasions, wants, offers, further = others
            pages.append(
                (
                    *(person_id, _joined(_joined(name, more), also), _joined(title, organisation)),
                    *(_joined(city, addresses), tags, reach),
                    *(
                        " ".join(filter(None, (note, met, met_on, relations, occasions))),
                        _joined(wants, offers),
                    ),
                    further,
                )
            )
            matters.append(
                (
                    *(person_id, _stems(wants), _stems(offers), _stems(tags), _stems(title)),
                    *(_stems(organisation), _stems(city), _stems(_joined(note, met))),
                )
            )
            named = dict.fromkeys((*name.split(), *also.split()))
            names += [(word, sort_name, person_id) for word in islice(named, _NAMED_MOST)]
        connection.executemany(_PAGES, pages)
        connection.executemany(_MATTER, matters)
    # In the order of their key: so each goes behind the one before.
    names.sort()
    connection.executemany("INSERT INTO person_words (word, sort_name, person_id) VALUES (?, ?, ?)", names)


def _joined(one: str, other: str) -> str:
    return f"{one} {other}" if one and other else one or other


def _folded(text: str) -> str:
    """The folded words of a text, a space between them."""
    return " ".join(words(text))


def _stems(folded: str) -> str:
    """The stems of folded words."""
    if not folded:
        return ""
    return _stems_once(folded) if len(folded) < _SHORT else _stemmed(folded)


_folded_once = lru_cache(maxsize=8192)(_folded)
"""The same of texts that come again and again, such as titles and cities."""


def _stemmed(folded: str) -> str:
    from netcrm.domain.stems import stem  # here, since nothing need be written

    return " ".join(map(stem, folded.split()))


_stems_once = lru_cache(maxsize=8192)(_stemmed)


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

_TEXTS = f"""
SELECT id, sort_name, nicknames, name,
    prefix || ' ' || given || ' ' || additional || ' ' || family || ' ' || suffix || ' ' || sort,
    title, organisation, city,
    coalesce((SELECT group_concat(tags.name, ' ') FROM person_tags JOIN tags ON tags.id = tag_id
        WHERE person_id = people.id), ''),
    met, coalesce(met_on, ''),
    coalesce((SELECT group_concat(value || ' ' || label, ' ') FROM contact_points
        WHERE person_id = people.id AND kind = 'address'), ''),
    coalesce((SELECT group_concat(value || ' ' || label, ' ') FROM contact_points
        WHERE person_id = people.id AND kind != 'address'), ''),
    note,
    coalesce((SELECT group_concat(kind || ' ' || name, ' ') FROM relations WHERE person_id = people.id), ''),
    coalesce((SELECT group_concat(kind || ' ' || label || ' ' || whose, ' ') FROM occasions
        WHERE person_id = people.id), ''),
    coalesce((SELECT group_concat(text, ' ') FROM wants WHERE person_id = people.id), ''),
    coalesce((SELECT group_concat(text, ' ') FROM offers WHERE person_id = people.id), ''),
    coalesce((SELECT group_concat(name || ' ' || raw, ' ') FROM further_fields
        WHERE person_id = people.id AND length(raw) < {_FURTHER_MOST}), '')
FROM people JOIN person_facts ON person_id = people.id
WHERE people.id IN (SELECT value FROM json_each(?))
"""
"""All that is searched of people, as `_refresh_pages` goes through it."""

_PAGES = """
INSERT INTO people_fts (rowid, name, work, place, tags, reach, words, wants, further)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_MATTER = """
INSERT INTO people_matter (rowid, wants, offers, tags, title, organisation, city, notes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""

_ENTRIES = """
INSERT INTO timeline_fts (rowid, text, place, tags)
SELECT id, folded_words(text), folded_words(place),
    folded_words((SELECT group_concat(tags.name, ' ') FROM interaction_tags JOIN tags ON tags.id = tag_id
        WHERE interaction_id = interactions.id))
FROM interactions WHERE id IN (SELECT value FROM json_each(?))
"""
