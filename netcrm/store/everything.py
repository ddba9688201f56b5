"""The everything shelf: all entries, of whomever, newest first, and those of them that a search finds.

A page comes by one of two ways. What is rare (a word, a tag, a person) is gathered whole by its index, put in
order and cut. What is common is met soon on a walk down the days, which checks each entry as it passes. A
short walk tells which of the two it is; after a long one that meets too little, all there is is gathered.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Final

from netcrm.domain.query import Query
from netcrm.domain.text import words
from netcrm.domain.timeline import Interaction
from netcrm.domain.values import dataclass
from netcrm.store.connection import aside
from netcrm.store.file import File
from netcrm.store.search import SAID, conditions_of, prefix_of
from netcrm.store.timeline import PAGE, Cursor, Timeline

ENTRIES: Final = PAGE
"""Entries of a page."""

_TRIED: Final = 500
"""Entries of the short walk."""

_TRIED_FEW: Final = 10
"""Met fewer times on it, something may be rare; met once in fifty, it fills a page in good time."""

_GATHERED_MOST: Final = 10_000
"""Entries up to which something is rare. Of a million what there is more of is met once in a hundred."""

_WALKED_MOST: Final = 30_000
"""Entries that the long walk passes before it gives up."""

_MOST: Final = 32
"""Terms that are looked for; see `netcrm.store.search`."""

Values = Sequence[str | int | None]


@dataclass(frozen=True, slots=True)
class _Condition:
    """One thing that has to be true of an entry, said in two ways.

    Attributes:
        gather: A query for the ids of all entries of which it is true; an id may come twice.
        check: The same as a condition on a row of ``interactions``.
    """

    gather: str
    gathered: Values
    check: str
    checked: Values


class Finding:
    """Finds entries on one connection.

    Args:
        connection: Where to read.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ids(
        self,
        query: Query,
        after: Cursor | None,
        limit: int,
        *,
        today: date | None = None,
        oldest_first: bool = False,
    ) -> Sequence[int]:
        """The ids of a page; the arguments are those of `Everything.entries`."""
        conditions = list(_conditions(query, today))
        span = _Span(query, after, oldest_first)
        if not conditions:
            return self._walk(conditions, span, None, limit)
        end = self._end_of_walk(span, _TRIED)
        found = self._walk(conditions, span, end, limit)
        if len(found) == limit or end is None:
            return found
        if len(found) < _TRIED_FEW and (rare := self._rarest(conditions)) is not None:
            rest = [condition for condition in conditions if condition is not rare]
            return self._gather([rare], rest, span, limit)
        end = self._end_of_walk(span, _WALKED_MOST)
        found = self._walk(conditions, span, end, limit)
        return found if len(found) == limit or end is None else self._gather(conditions, [], span, limit)

    def count(self, query: Query, today: date | None = None) -> int:
        """How many entries a search finds. It reads all of them: for a moment when nobody waits."""
        gathers = [(f"id IN ({one.gather})", one.gathered) for one in _conditions(query, today)]
        sql, values = _both([*_Span(query).bounds(), *gathers])
        return int(self._connection.execute(f"SELECT count(*) FROM interactions{sql}", values).fetchone()[0])

    def _rarest(self, conditions: Sequence[_Condition]) -> _Condition | None:
        """The condition of which the fewest entries are, if these are few enough to be gathered."""
        few: list[tuple[int, int]] = []
        for place, condition in enumerate(conditions):
            (count,) = self._connection.execute(
                f"SELECT count(*) FROM ({condition.gather} LIMIT ?)",
                (*condition.gathered, _GATHERED_MOST + 1),
            ).fetchone()
            if count <= _GATHERED_MOST:
                few.append((count, place))
        return conditions[min(few)[1]] if few else None

    def _gather(
        self, gathers: Sequence[_Condition], checks: Sequence[_Condition], span: "_Span", limit: int
    ) -> Sequence[int]:
        """Gather, put in order, cut.

        The plus keeps SQLite from walking (sqlite.org/optoverview.html, 2.1).
        """
        said = [(f"id IN ({one.gather})", one.gathered) for one in gathers]
        said += [(one.check, one.checked) for one in checks]
        sql, values = _both([*span.bounds("+"), *said])
        order = f"+day {span.way}, +id {span.way}"
        return self._read(f"SELECT id FROM interactions{sql} ORDER BY {order} LIMIT ?", (*values, limit))

    def _walk(
        self, conditions: Sequence[_Condition], span: "_Span", end: Cursor | None, limit: int
    ) -> Sequence[int]:
        """Walk the days, and check each entry."""
        said = [(one.check, one.checked) for one in conditions]
        if end is not None:
            said.append((f"(day, id) {span.before} (?, ?)", (end.day.isoformat(), end.id)))
        sql, values = _both([*span.bounds(), *said])
        order = f"day {span.way}, id {span.way}"
        return self._read(f"SELECT id FROM interactions{sql} ORDER BY {order} LIMIT ?", (*values, limit))

    def _end_of_walk(self, span: "_Span", most: int) -> Cursor | None:
        """Where a walk of so many entries gives up; None where it comes to the end of all before."""
        sql, values = _both(span.bounds())
        row = self._connection.execute(
            f"SELECT day, id FROM interactions{sql} ORDER BY day {span.way}, id {span.way} LIMIT 1 OFFSET ?",
            (*values, most),
        ).fetchone()
        return Cursor(date.fromisoformat(row[0]), row[1]) if row else None

    def _read(self, sql: str, values: Values) -> Sequence[int]:
        return [row[0] for row in self._connection.execute(sql, values)]


class Everything:
    """All entries of the timeline, whoever took part in them."""

    def __init__(self, connection: sqlite3.Connection, timeline: Timeline, file: File) -> None:
        self._timeline = timeline
        self._file = file
        self._finding = Finding(connection)

    def entries(
        self,
        query: Query,
        after: Cursor | None = None,
        limit: int = ENTRIES,
        *,
        today: date | None = None,
        oldest_first: bool = False,
    ) -> Sequence[Interaction]:
        """A page of the entries that a search finds, newest first.

        What a term says is said of the entry: its words and the names of who took part, its tag, kind, group,
        place, day and stars. What only people have (where they live and work, what they look for, how the
        contact stands) is said of someone who took part.

        Args:
            query: What to look for; every term has to hold.
            after: Where the page before ended; None for the first.
            limit: The most entries.
            today: The day on which someone has to be in the states that the query names.
            oldest_first: Whether to read from the oldest on, each page after the one before.
        """
        ids = self._finding.ids(query, after, limit, today=today, oldest_first=oldest_first)
        entries = self._timeline.among(ids)
        return [entries[key] for key in ids if key in entries]

    @contextmanager
    def aside(self) -> Iterator[Finding]:
        """What counts in another thread, on a connection of its own that can't write.

        Raises:
            StoreError: If the file could not be read.
        """
        with aside(self._file) as connection:
            yield Finding(connection)


class _Span:
    """The stretch of the timeline that a page is taken from, and which way it is read.

    Args:
        query: Its bounds and, if it names just one, its kind, which has an index in the order of days.
        after: Where the page before ended.
        oldest_first: Which way.
    """

    def __init__(self, query: Query, after: Cursor | None = None, oldest_first: bool = False) -> None:
        self._query = query
        self._after = after
        self.way = "ASC" if oldest_first else "DESC"
        self.before = "<=" if oldest_first else ">="
        self._behind = ">" if oldest_first else "<"

    def bounds(self, plus: str = "") -> list[tuple[str, Values]]:
        """The conditions that bound it; a plus before the columns keeps an index from being used."""
        query, bounds = self._query, list[tuple[str, Values]]()
        if len(query.kind) == 1:
            bounds.append((f"{plus}kind = ?", query.kind))
        if query.since:
            bounds.append((f"{plus}day >= ?", (query.since.isoformat(),)))
        if query.until:
            bounds.append((f"{plus}day <= ?", (query.until.isoformat(),)))
        if self._after:
            at = (self._after.day.isoformat(), self._after.id)
            bounds.append((f"({plus}day, {plus}id) {self._behind} (?, ?)", at))
        return bounds


def _both(conditions: Sequence[tuple[str, Values]]) -> tuple[str, Values]:
    if not conditions:
        return "", ()
    return f" WHERE {' AND '.join(sql for sql, _ in conditions)}", [
        value for _, values in conditions for value in values
    ]


def _conditions(query: Query, today: date | None) -> Iterator[_Condition]:
    """What has to be true of an entry, but for the bounds of `_Span`; first what is checked fastest."""
    if len(query.kind) > 1:
        among = f"kind IN ({', '.join('?' * len(query.kind))})"
        yield _Condition(f"SELECT id FROM interactions WHERE {among}", query.kind, among, query.kind)
    if query.stars:
        stars = "enjoyment > 0 AND enjoyment >= ?"
        yield _Condition(f"SELECT id FROM interactions WHERE {stars}", (query.stars,), stars, (query.stars,))
    for text in query.group[:_MOST]:
        yield _group(text)
    for tag in query.tag[:_MOST]:
        yield _tag(tag)
    for name in query.with_[:_MOST]:
        yield _with(name)
    for text in query.place[:_MOST]:
        yield _place(text)
    for word in query.words[:_MOST]:
        yield _word(word)
    yield from _people(query, today)


_NOBODY = _Condition("SELECT id FROM interactions WHERE 0", (), "0", ())
"""What is true of no entry."""


def _word(word: str) -> _Condition:
    """A word begins so in an entry, in the name of who took part, or in that of its group.

    A single letter begins too many words: it is one of its own, or begins a name.
    """
    short = len(word) == 1 and word.isascii()
    bounds, spaced = prefix_of(word), f" {word}{' ' * short}"
    named = "SELECT person_id FROM person_words WHERE word >= ? AND word < ?"
    groups = "group_id IN (SELECT id FROM groups WHERE instr(' ' || folded_words(name), ?))"
    return _Condition(
        "SELECT rowid FROM timeline_fts WHERE timeline_fts MATCH ?"
        f" UNION ALL SELECT interaction_id FROM interaction_people WHERE person_id IN ({named})"
        f" UNION ALL SELECT id FROM interactions WHERE {groups}",
        (f'"{word}"' if short else f'"{word}"*', *bounds, f" {word}"),
        f"(EXISTS (SELECT 1 FROM timeline_fts_content WHERE id = interactions.id AND instr({SAID}, ?))"
        f" OR {_took_part('word >= ? AND word < ?')} OR ifnull({groups}, 0))",
        (spaced, *bounds, f" {word}"),
    )


def _took_part(condition: str) -> str:
    """Of someone who took part, a word of the name meets a condition."""
    return (
        "EXISTS (SELECT 1 FROM interaction_people AS theirs CROSS JOIN person_words"
        " ON person_words.person_id = theirs.person_id"
        f" WHERE theirs.interaction_id = interactions.id AND {condition})"
    )


def _with(name: str) -> _Condition:
    """Someone took part whose name has all these words, the last ones perhaps unfinished."""
    typed = words(name)[:_MOST]
    if not typed:
        return _NOBODY
    one = "SELECT person_id FROM person_words WHERE word >= ? AND word < ?"
    them = " INTERSECT ".join([one] * len(typed))
    bounds = [bound for word in typed for bound in prefix_of(word)]
    also = f" AND +theirs.person_id IN ({them})" if len(typed) > 1 else ""
    return _Condition(
        f"SELECT interaction_id FROM interaction_people WHERE person_id IN ({them})",
        bounds,
        _took_part(f"word >= ? AND word < ?{also}"),
        [*prefix_of(typed[0]), *(bounds if also else ())],
    )


def _tag(tag: str) -> _Condition:
    tags = "IN (SELECT id FROM tags WHERE substr(folded, 1, ?) = ?)"
    return _Condition(
        f"SELECT interaction_id FROM interaction_tags WHERE tag_id {tags}",
        (len(tag), tag),
        f"EXISTS (SELECT 1 FROM interaction_tags WHERE interaction_id = interactions.id AND +tag_id {tags})",
        (len(tag), tag),
    )


def _place(text: str) -> _Condition:
    phrase = " ".join(words(text))
    if not phrase:
        return _NOBODY
    return _Condition(
        "SELECT rowid FROM timeline_fts WHERE timeline_fts MATCH ?",
        (f'place : "{phrase}"*',),
        "EXISTS (SELECT 1 FROM timeline_fts_content WHERE id = interactions.id AND instr(' ' || c1, ?))",
        (f" {phrase}",),
    )


def _group(text: str) -> _Condition:
    phrase = " ".join(words(text))
    if not phrase:
        return _NOBODY
    groups = "group_id IN (SELECT id FROM groups WHERE instr(' ' || folded_words(name), ?))"
    return _Condition(f"SELECT id FROM interactions WHERE {groups}", (f" {phrase}",), groups, (f" {phrase}",))


def _people(query: Query, today: date | None) -> Iterator[_Condition]:
    """Someone took part of whom all is true that only people have."""
    theirs = Query(
        city=query.city,
        org=query.org,
        title=query.title,
        want=query.want,
        offer=query.offer,
        states=query.states,
        archived=query.archived,
    )
    if not theirs:
        return
    said: list[tuple[str, Values]] = [("archived = 1", ())] if query.archived else []
    said += conditions_of(replace(theirs, archived=False), today)
    sql, values = _both(said)
    them = f"IN (SELECT person_id FROM person_facts AS facts{sql})"
    yield _Condition(
        f"SELECT interaction_id FROM interaction_people WHERE person_id {them}",
        values,
        # The plus keeps SQLite from looking each of them up for each entry.
        "EXISTS (SELECT 1 FROM interaction_people"
        f" WHERE interaction_id = interactions.id AND +person_id {them})",
        values,
    )
