"""The search shelf: which people a query finds, in which order.

What was typed never reaches SQL, nor FTS5 as syntax: it has been split into folded words of letters and
digits (`netcrm.domain.text.words`), and each is quoted and bound.

All that are found may be nearly everybody, and to gather and order them takes a moment. The first of them, as
many as a screen shows, come by whichever way is the shortest: those who are called so from the names' own
index; others are gathered where they are few, or else met on a walk down the list, which asks each of them.
"""

import json
import sqlite3
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Literal

from netcrm.domain.query import Query
from netcrm.domain.text import words
from netcrm.store.connection import aside
from netcrm.store.file import File, sqlite_errors

_MOST = 32
"""Terms, and words of a term, that are looked for: SQLite refuses a condition nested a thousand deep
(sqlite.org/limits.html), which a pasted page would make, and a person is found by far fewer."""

_FEW = 2_000
"""Hits of a word up to which whoever has it is looked up by itself, and put in order."""

_FOLLOWED_MOST = 20_000
"""Timeline hits of a word up to which all are followed to their people, 0.6 µs each. Where there are more, a
few people are asked for it one by one, some 30 µs each: on a walk it is soon met."""

_WALKED_MOST = 2_500
"""People whom a walk asks, each by itself, before it gives up."""

Order = Literal["name", "recent"]
"""By name, those whose name the search meets first; or whom one was last in touch with first."""

Values = Sequence[str | int | None]

_BY: dict[Order, str] = {"name": "sort_name, person_id", "recent": "last_on DESC, sort_name, person_id"}

_INDEX: dict[Order, str] = {"name": "person_facts_name", "recent": "person_facts_recent"}


class Finding:
    """Finds people on one connection.

    Args:
        connection: Where to read.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def people(
        self, query: Query, limit: int = -1, *, today: date | None = None, order: Order = "name"
    ) -> "array[int]":
        """The ids of the people a query finds.

        Args:
            query: What to look for; every term has to hold.
            limit: The most ids to return; -1 for all.
            today: The day on which they have to be in the states that the query names, which find nobody
                without one.
            order: The order they come in.
        """
        typed = query.words[:_MOST]
        named: list[int] = []
        if limit > 0 and typed and order == "name":
            named = self._named(query, limit, today)
            if len(named) >= limit:
                return array("Q", named)
        hits = {word: self._hits(word, alone=len(query.words) == 1) for word in typed}
        common = {word for word, (_, entries) in hits.items() if entries > _FOLLOWED_MOST}
        if any(sum(both) <= _FEW for both in hits.values()):
            return self._gather(query, limit, today, order, common)
        if limit > 0 and (typed or _asks_timeline(query)):
            met = self._walk(query, limit, today, order, common)
            if met is not None:
                known = set(named)
                return array("Q", islice((*named, *(key for key in met if key not in known)), limit))
        return self._gather(query, limit, today, order)

    def _named(self, query: Query, limit: int, today: date | None) -> list[int]:
        """Those whose name a query meets, by name: all of them, or the first, as many as the limit."""
        find = self._connection.execute
        typed = list(dict.fromkeys(query.words[:_MOST]))
        rest = replace(query, words=())
        count = "SELECT count(*) FROM (SELECT 1 FROM person_words WHERE word >= ? AND word < ? LIMIT ?)"
        counts = [find(count, (*prefix_of(word), _FEW + 1)).fetchone()[0] for word in typed]
        if not all(counts):
            return []
        if rest == Query() and len(typed) == 1 and counts[0] > _FEW:
            return self._called(typed[0], limit)
        typed.insert(0, typed.pop(counts.index(min(counts))))
        called = "FROM person_words WHERE word >= ? AND word < ?" + (len(typed) - 1) * (
            " AND EXISTS (SELECT 1 FROM person_words AS other"
            " WHERE other.person_id = person_words.person_id AND other.word >= ? AND other.word < ?)"
        )
        bounds = [bound for word in typed for bound in prefix_of(word)]
        if rest == Query(archived=query.archived):
            return self._listed(f"SELECT person_id {called}", bounds, limit, archived=query.archived)
        sql, values = _both(
            ("+archived = ?", (int(query.archived),)),
            (f"person_id IN (SELECT person_id {called})", bounds),
            *conditions_of(rest, today),
        )
        found = find(
            f"SELECT person_id FROM person_facts AS facts WHERE {sql} ORDER BY sort_name, person_id LIMIT ?",
            (*values, limit),
        )
        return [key for (key,) in found]

    def _called(self, word: str, limit: int) -> list[int]:
        """Those in whose name a word begins so, where they are many: met among all with that letter."""
        found = "SELECT person_id FROM person_words WHERE substr(word, 1, 1) = ? AND word >= ? AND word < ?"
        return self._listed(found, (word[0], *prefix_of(word)), limit, archived=False)

    def _listed(self, found: str, bounds: Values, limit: int, *, archived: bool) -> list[int]:
        """Those of some rows of ``person_words``, by name, who are listed, or have been put away.

        That is looked up only as far as is read; the inner limit keeps the two apart
        (sqlite.org/optoverview.html, 11). Who comes twice, since two words of the name are met, counts once.
        """
        rows = self._connection.execute(
            f"SELECT person_id FROM ({found} ORDER BY sort_name, person_id LIMIT -1) AS met WHERE EXISTS"
            " (SELECT 1 FROM person_facts WHERE person_facts.person_id = met.person_id AND archived = ?)",
            (*bounds, int(archived)),
        )
        ids: dict[int, None] = {}
        while len(ids) < limit and (row := rows.fetchone()):
            ids[row[0]] = None
        return list(ids)

    def _hits(self, word: str, *, alone: bool) -> tuple[int, int]:
        """How many pages have a word, and how many entries: of many so many that they are too many."""
        condition = "SELECT count(*) FROM ({} LIMIT ?)"
        if alone and _is_short(word):
            names = condition.format("SELECT 1 FROM person_words WHERE word >= ? AND word < ?")
            return self._connection.execute(names, (*prefix_of(word), _FEW + 1)).fetchone()[0], 0
        counts = [
            self._connection.execute(
                condition.format(f"SELECT 1 FROM {table} WHERE {table} MATCH ?"), (_match(word), most + 1)
            ).fetchone()[0]
            for table, most in (("people_fts", _FEW), ("timeline_fts", _FOLLOWED_MOST))
        ]
        return counts[0], counts[1]

    def _gather(
        self,
        query: Query,
        limit: int,
        today: date | None,
        order: Order,
        common: Collection[str] = (),
    ) -> "array[int]":
        """All that are found, put in order, and then cut."""
        # Who is found is looked up one by one; only where nothing narrows are all read in their order. The
        # plus keeps SQLite from reading all in any case (sqlite.org/optoverview.html, 2.1).
        archived = "+archived = ?" if query else "archived = ?"
        sql, values = _both((archived, (int(query.archived),)), *conditions_of(query, today, common))
        by = _BY[order]
        if order == "name" and query.words:
            called, bounds = _name_condition(query.words[:_MOST])
            by, values = f"{called} DESC, {by}", (*values, *bounds)
        # In one value: row by row SQLite and Python would take turns, 0.3 µs each.
        (found,) = self._connection.execute(
            "SELECT json_group_array(person_id) FROM"
            f" (SELECT person_id FROM person_facts AS facts WHERE {sql} ORDER BY {by} LIMIT ?)",
            (*values, limit),
        ).fetchone()
        return array("Q", json.loads(found))

    def _walk(
        self, query: Query, limit: int, today: date | None, order: Order, common: Collection[str]
    ) -> "Sequence[int] | None":
        """The first that are met on a walk down the list; None where it gave up with too few.

        It gives up only where each is asked by itself: to look into what was gathered costs next to nothing.
        """
        said: list[tuple[str, Values]] = [("archived = ?", (int(query.archived),))]
        end = None
        if common or _asks_timeline(query):
            end = self._end_of_walk(query, order)
            said += [end] if end else []
        sql, values = _both(*said, *conditions_of(query, today, common))
        found = self._connection.execute(
            f"SELECT person_id FROM person_facts AS facts INDEXED BY {_INDEX[order]}"
            f" WHERE {sql} ORDER BY {_BY[order]} LIMIT ?",
            (*values, limit),
        )
        ids = [key for (key,) in found]
        return ids if len(ids) == limit or end is None else None

    def _end_of_walk(self, query: Query, order: Order) -> tuple[str, Values] | None:
        """What is true of as many as a walk may ask, and of who stands level with the last of them."""
        last = self._connection.execute(
            f"SELECT last_on, sort_name FROM person_facts WHERE archived = ? ORDER BY {_BY[order]}"
            " LIMIT 1 OFFSET ?",
            (int(query.archived), _WALKED_MOST),
        ).fetchone()
        if last is None:
            return None
        last_on, sort_name = last
        if order == "name":
            return "sort_name <= ?", (sort_name,)
        if last_on is not None:
            return "last_on >= ?", (last_on,)
        return "(last_on IS NOT NULL OR sort_name <= ?)", (sort_name,)


class Search(Finding):
    """Finding people by any word of what is known of them.

    Args:
        connection: Where to read.
        file: Its file, for what reads aside.
    """

    def __init__(self, connection: sqlite3.Connection, file: File) -> None:
        super().__init__(connection)
        self._file = file
        self._asides: list[sqlite3.Connection] = []

    @contextmanager
    def aside(self) -> Iterator[Finding]:
        """What finds in another thread, on a connection of its own that can't write.

        Raises:
            StoreError: If the file could not be read, or what was being read was `superseded`.
        """
        with aside(self._file) as connection:
            self._asides.append(connection)
            try:
                yield Finding(connection)
            finally:
                self._asides.remove(connection)

    def superseded(self) -> None:
        """Nobody waits any more for what is being found aside: it ends at once."""
        for connection in tuple(self._asides):
            with suppress(*sqlite_errors()):  # it has just been closed
                connection.interrupt()


_STATES = {
    "ripe": "(due_on < ? AND drifting_on >= ?)",
    "drifting": "drifting_on < ?",
    "silent": "silent_on < ?",
}
"""Of whom each of `netcrm.domain.query.STATES` is true on a day."""


def conditions_of(
    query: Query, today: date | None, common: Collection[str] = ()
) -> Iterator[tuple[str, Values]]:
    """What has to be true of a row of ``person_facts AS facts``, but for being archived or not.

    Args:
        query: As for `Search.people`.
        today: As for `Search.people`.
        common: Words in so many entries that each person is better asked for them by itself.
    """
    for state in query.states:
        yield _STATES[state], [today.isoformat() if today else None] * _STATES[state].count("?")
    yield from islice(_conditions(query, common), _MOST)


def _conditions(query: Query, common: Collection[str]) -> Iterator[tuple[str, Sequence[str | int]]]:
    for word in query.words:
        yield _word(word, alone=len(query.words) == 1, common=word in common)
    for tag in query.tag:
        yield (
            "person_id IN (SELECT person_id FROM person_tags JOIN tags ON tags.id = tag_id"
            " WHERE substr(folded, 1, ?) = ?)",
            (len(tag), tag),
        )
    for column, texts in (("place", query.city), ("wants", query.want + query.offer)):
        for text in texts:
            yield _in_column(column, text)
    for column, texts in (("organisation", query.org), ("title", query.title)):
        for text in texts:
            yield _in_own(column, text)
    for table, texts in (("wants", query.want), ("offers", query.offer)):
        for text in texts:
            yield (
                f"person_id IN (SELECT person_id FROM {table} WHERE instr(' ' || folded_words(text), ?))",
                (f" {' '.join(words(text))}",),
            )
    if any(not words(text) for text in (*query.group, *query.place)):
        yield "0", ()
        return
    for text in query.group:
        yield (
            "person_id IN (SELECT person_id FROM group_members JOIN groups ON groups.id = group_id"
            " WHERE instr(' ' || folded_words(groups.name), ?))",
            (f" {' '.join(words(text))}",),
        )
    for text in query.place:
        yield (
            "person_id IN (SELECT person_id FROM interaction_people WHERE interaction_id IN"
            " (SELECT rowid FROM timeline_fts WHERE timeline_fts MATCH ?))",
            (_at_place(text),),
        )
    if _asks_timeline(query):
        yield _timeline(query)


def _word(word: str, *, alone: bool, common: bool) -> tuple[str, Sequence[str | int]]:
    """Somewhere in what is known of a person a word begins so.

    A single letter begins words in everybody's notes: it is looked for in names, and beside other words it
    may be a word of its own too, as in ``vitamin c``.
    """
    short = _is_short(word)
    in_names = "SELECT person_id FROM person_words WHERE word >= ? AND word < ?"
    if short and alone:
        return f"person_id IN ({in_names})", prefix_of(word)
    on_page = "SELECT rowid FROM people_fts WHERE people_fts MATCH ?"
    if short:
        on_page = f"{in_names} UNION ALL {on_page}"
    bound = (*(prefix_of(word) if short else ()), _match(word))
    if common:
        return (
            f"(+person_id IN ({on_page}) OR EXISTS (SELECT 1 FROM interaction_people AS theirs"
            " CROSS JOIN timeline_fts_content ON timeline_fts_content.id = theirs.interaction_id"
            f" WHERE theirs.person_id = facts.person_id AND instr({SAID}, ?)))",
            (*bound, f" {word}{' ' * short}"),
        )
    followed = (
        "SELECT person_id FROM (SELECT rowid AS hit FROM timeline_fts WHERE timeline_fts MATCH ?)"
        " CROSS JOIN interaction_people ON interaction_id = hit"
    )
    return f"person_id IN ({on_page} UNION ALL {followed})", (*bound, _match(word))


SAID = "' ' || c0 || ' ' || c1 || ' ' || c2 || ' '"
"""All words of an entry as FTS5 keeps them (sqlite.org/fts5.html, 9.2): text, place, tags, folded already."""


def _is_short(word: str) -> bool:
    """Whether a word is a single letter, of an alphabet."""
    return len(word) == 1 and word.isascii()


def _match(word: str) -> str:
    """What FTS5 looks for to find a word, or, of more than a letter, a beginning."""
    return f'"{word}"' if _is_short(word) else f'"{word}"*'


def _both(*said: tuple[str, Values]) -> tuple[str, Values]:
    """All of some conditions, and what is bound in them."""
    return " AND ".join(sql for sql, _ in said), [value for _, values in said for value in values]


def _in_column(column: str, text: str) -> tuple[str, Sequence[str | int]]:
    """A column of a person's search page holds these words, the last perhaps unfinished."""
    phrase = " ".join(words(text))
    if not phrase:
        return "0", ()
    return (
        "person_id IN (SELECT rowid FROM people_fts WHERE people_fts MATCH ?)",
        (f'{column} : "{phrase}"*',),
    )


def _in_own(column: str, text: str) -> tuple[str, Sequence[str | int]]:
    """Like `_in_column` in the page's ``work``, which holds both, then in the column itself."""
    condition, values = _in_column("work", text)
    phrase = " ".join(words(text))
    return (
        f"{condition} AND instr(' ' || folded_words((SELECT {column} FROM people WHERE id = person_id)), ?)",
        (*values, f" {phrase}"),
    )


def _asks_timeline(query: Query) -> bool:
    """Whether a query says what one and the same interaction has to be."""
    return bool(query.kind or query.with_ or query.since or query.until or query.stars or query.place)


def _timeline(query: Query) -> tuple[str, Sequence[str | int]]:
    """One and the same interaction meets all that is said of kind, company and span."""
    conditions, values = ["mine.person_id = facts.person_id"], list[str | int]()
    if query.kind:
        conditions.append(f"mine.kind IN ({', '.join('?' * len(query.kind))})")
        values += query.kind
    if query.stars:
        conditions.append(
            "EXISTS (SELECT 1 FROM interactions"
            " WHERE interactions.id = mine.interaction_id AND enjoyment >= ?)"
        )
        values.append(query.stars)
    for place in query.place[:_MOST]:
        conditions.append(
            "mine.interaction_id IN (SELECT rowid FROM timeline_fts WHERE timeline_fts MATCH ?)"
        )
        values.append(_at_place(place))
    if query.since:
        conditions.append("mine.day >= ?")
        values.append(query.since.isoformat())
    if query.until:
        conditions.append("mine.day <= ?")
        values.append(query.until.isoformat())
    for name in query.with_[:_MOST]:
        for word in words(name)[:_MOST]:
            conditions.append(
                "EXISTS (SELECT 1 FROM interaction_people AS theirs JOIN person_words"
                " ON person_words.person_id = theirs.person_id WHERE theirs.interaction_id ="
                " mine.interaction_id AND theirs.person_id != mine.person_id AND word >= ? AND word < ?)"
            )
            values += prefix_of(word)
    return f"EXISTS (SELECT 1 FROM interaction_people AS mine WHERE {' AND '.join(conditions)})", values


def _at_place(text: str) -> str:
    """What FTS5 looks for to find an entry by its place, whose last word may be unfinished."""
    return f'place : "{" ".join(words(text))}"*'


def _name_condition(typed: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Whether every word typed begins a word of the name."""
    if not typed:
        return "NULL", ()
    one = "facts.person_id IN (SELECT person_id FROM person_words WHERE word >= ? AND word < ?)"
    return f"({' AND '.join([one] * len(typed))})", [bound for word in typed for bound in prefix_of(word)]


def prefix_of(word: str) -> tuple[str, str]:
    """The bounds between which all words lie that begin so."""
    return word, word + "\U0010ffff"
