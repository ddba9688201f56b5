"""The search shelf: which people a query finds, in which order.

What was typed never reaches SQL, nor FTS5 as syntax: it has been split into folded words of letters and
digits (`netcrm.domain.text.words`), and each is quoted and bound.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from netcrm.domain.query import Query
from netcrm.domain.text import words

_ENTRIES_MOST = 20_000
"""Timeline hits of one word that are followed to their people, the newest. Of a word that is in more of
them, people of whom only older ones say it are not found.
"""

_MOST = 32
"""Terms, and words of a term, that are looked for: SQLite refuses a condition nested a thousand deep
(sqlite.org/limits.html), which a pasted page would make, and a person is found by far fewer."""


class Search:
    """Finding people by any word of what is known of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def people(self, query: Query, limit: int = -1, *, today: date | None = None) -> "array[int]":
        """The ids of the people a query finds: those whose name it meets first, then by name.

        Args:
            query: What to look for; every term has to hold.
            limit: The most ids to return; -1 for all.
            today: The day on which they have to be in the states that the query names, which find nobody
                without one.
        """
        if limit > 0 and (named := self._named(query, limit)) is not None:
            return named
        # Who is found is looked up one by one; only where nothing narrows are all read in their order. The
        # plus keeps SQLite from reading all in any case (sqlite.org/optoverview.html, 2.1).
        conditions = ["+archived = ?" if query else "archived = ?"]
        bound: list[str | int | None] = [int(query.archived)]
        for condition, condition_values in conditions_of(query, today):
            conditions.append(condition)
            bound += condition_values
        by_name, name_values = _name_condition(query.words[:_MOST])
        found = self._connection.execute(
            f"SELECT person_id FROM person_facts AS facts WHERE {' AND '.join(conditions)}"
            f" ORDER BY {by_name} DESC, sort_name, person_id LIMIT ?",
            (*bound, *name_values, limit),
        )
        return array("Q", (row[0] for row in found))

    def _named(self, query: Query, limit: int) -> "array[int] | None":
        """The first people a query finds, where names alone are as many: they come first, and are soon found.

        Returns:
            None where fewer are called so, or the query has more than words.
        """
        typed = query.words
        if not 0 < len(typed) <= _MOST or query != Query(words=typed, archived=query.archived):
            return None
        find = self._connection.execute
        count = "SELECT count(*) FROM person_words WHERE word >= ? AND word < ?"
        counts = [find(count, prefix_of(word)).fetchone()[0] for word in typed]
        if min(counts) < limit:
            return None
        rarest = counts.index(min(counts))
        others = [word for place, word in enumerate(typed) if place != rarest]
        also = (
            " AND EXISTS (SELECT 1 FROM person_words AS other"
            " WHERE other.person_id = person_words.person_id AND other.word >= ? AND other.word < ?)"
        )
        rows = find(
            f"SELECT person_id FROM person_words WHERE word >= ? AND word < ?{also * len(others)}"
            " ORDER BY sort_name, person_id LIMIT ?",
            (*prefix_of(typed[rarest]), *(bound for word in others for bound in prefix_of(word)), 3 * limit),
        )
        # One whose name has two such words stands in it twice, and some may have been put away.
        ids = list(dict.fromkeys(key for (key,) in rows))
        there = {
            key
            for (key,) in find(
                "SELECT person_id FROM person_facts"
                " WHERE person_id IN (SELECT value FROM json_each(?)) AND +archived = ?",
                (json.dumps(ids), int(query.archived)),
            )
        }
        named = array("Q", islice((key for key in ids if key in there), limit))
        return named if len(named) == limit else None


_STATES = {
    "ripe": "(due_on < ? AND drifting_on >= ?)",
    "drifting": "drifting_on < ?",
    "silent": "silent_on < ?",
}
"""Of whom each of `netcrm.domain.query.STATES` is true on a day."""


def conditions_of(query: Query, today: date | None) -> Iterator[tuple[str, Sequence[str | int | None]]]:
    """What has to be true of a row of ``person_facts AS facts``, but for being archived or not.

    Args:
        query: As for `Search.people`.
        today: As for `Search.people`.
    """
    for state in query.states:
        yield _STATES[state], [today.isoformat() if today else None] * _STATES[state].count("?")
    yield from islice(_conditions(query), _MOST)


def _conditions(query: Query) -> Iterator[tuple[str, Sequence[str | int]]]:
    for word in query.words:
        yield _word(word, alone=len(query.words) == 1)
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
    if query.kind or query.with_ or query.since or query.until or query.stars or query.place:
        yield _timeline(query)


def _word(word: str, *, alone: bool) -> tuple[str, Sequence[str | int]]:
    """Somewhere in what is known of a person a word begins so.

    A single letter begins words in everybody's notes: it is looked for in names, and beside other words it
    may be a word of its own too, as in ``vitamin c``.
    """
    short = len(word) == 1 and word.isascii()
    in_names = "SELECT person_id FROM person_words WHERE word >= ? AND word < ?"
    anywhere = (
        "SELECT rowid FROM people_fts WHERE people_fts MATCH ? UNION ALL"
        " SELECT person_id FROM (SELECT rowid AS hit FROM timeline_fts WHERE timeline_fts MATCH ?"
        " ORDER BY rowid DESC LIMIT ?) CROSS JOIN interaction_people ON interaction_id = hit"
    )
    match = f'"{word}"' if short else f'"{word}"*'
    if not short:
        return f"person_id IN ({anywhere})", (match, match, _ENTRIES_MOST)
    if alone:
        return f"person_id IN ({in_names})", prefix_of(word)
    return f"person_id IN ({in_names} UNION ALL {anywhere})", (*prefix_of(word), match, match, _ENTRIES_MOST)


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
