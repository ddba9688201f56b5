"""Whom a name that nobody has just so may mean: by the beginnings of its words, or by a slip of the hand.

Only names and nicknames are looked at: what is noted of people names nobody.
"""

import sqlite3
from collections.abc import Sequence

from netcrm.domain.people import Named
from netcrm.domain.text import words
from netcrm.store.search import prefix_of

_WORDS_MOST = 8
"""Words of what was said that are looked for: names are shorter."""

_NEAR_ENOUGH = 0.75
"""How like two words are, by difflib, from which on one may be the other with a slip: ``Jon``, ``John``."""

_LETTERS_LEAST = 3
"""Letters of a word below which too many others come near."""

_COMPARED_MOST = 200
"""Characters of a name that are compared with what was said."""

_READ_MOST = 200
"""People who have a word that comes near of whom the names are compared."""


def like(connection: sqlite3.Connection, said: str) -> Sequence[int]:
    """The ids of those of whose names and nicknames words begin so, the archived only if nobody else.

    Args:
        connection: An open connection.
        said: Words of a name, or their beginnings, in any order.
    """
    wanted = words(said)[:_WORDS_MOST]
    if not wanted:
        return []
    one = "person_id IN (SELECT person_id FROM person_words WHERE word >= ? AND word < ?)"
    bound = [each for word in wanted for each in prefix_of(word)]
    for archived in (0, 1):
        found = connection.execute(
            f"SELECT person_id FROM person_facts WHERE +archived = ? AND {' AND '.join([one] * len(wanted))}"
            " ORDER BY sort_name, person_id",
            (archived, *bound),
        ).fetchall()
        if found:
            return [key for (key,) in found]
    return []


def near(connection: sqlite3.Connection, said: str, limit: int) -> Sequence[Named]:
    """Whose name what was said is with a slip of the hand, but for its first letter; the nearest first.

    Args:
        connection: An open connection.
        said: What was taken for a name.
        limit: The most people to return.
    """
    from difflib import SequenceMatcher  # here, since as a rule somebody is called so

    close: dict[str, float] = {}
    wanted = words(said)[:_WORDS_MOST]
    for word in wanted:
        if len(word) < _LETTERS_LEAST:
            continue
        compared = SequenceMatcher(b=word)
        for (known,) in connection.execute(
            "SELECT DISTINCT word FROM person_words WHERE word >= ? AND word < ?", prefix_of(word[0])
        ):
            compared.set_seq1(known)
            if (
                compared.real_quick_ratio() >= _NEAR_ENOUGH
                and compared.quick_ratio() >= _NEAR_ENOUGH
                and (ratio := compared.ratio()) >= _NEAR_ENOUGH
            ):
                close[known] = max(ratio, close.get(known, 0.0))
    found: dict[Named, float] = {}
    for known in sorted(close, key=close.__getitem__, reverse=True):
        for key, name in connection.execute(
            "SELECT id, name FROM person_words JOIN people ON id = person_id"
            " WHERE word = ? AND archived = 0 ORDER BY person_words.sort_name, id LIMIT ?",
            (known, _READ_MOST),
        ):
            found[Named(key, name)] = found.get(Named(key, name), 0.0) + close[known]
        if len(found) >= _READ_MOST:
            break
    # Of those who are as near, first whose whole name is the more like what was said.
    whole = SequenceMatcher(b=" ".join(wanted))

    def place(person: Named) -> tuple[float, float, str]:
        whole.set_seq1(" ".join(words(person.name[:_COMPARED_MOST])))
        return -found[person], -whole.ratio(), person.name

    return sorted(found, key=place)[:limit]
