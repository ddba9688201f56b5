"""Which two people should meet: found through the index of wants, offers and tags, and weighed one by one.

Only the newest wants are looked at, each against all offers; so it takes about as long with a hundred
thousand people as with a thousand. Asked for in the background all the same, never on a key.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

from netcrm.domain.introducing import (
    EACH_MOST,
    LEAST,
    Need,
    Party,
    Proposal,
    an_interest,
    chosen,
    interest,
    meeting,
    need,
    of_interest,
    of_want,
    rare_most,
)
from netcrm.domain.matching import rarity
from netcrm.domain.people import Named
from netcrm.domain.synonyms import Synonyms
from netcrm.domain.text import fold
from netcrm.store.matching import Rarities, Remembered

_WANTS_MOST = 150
"""Wants that are held against what others offer, the newest."""

_OFFERING_MOST = 12
"""People whose offers are weighed for one want."""

_WANTING_MOST = 60
"""People whose wants are weighed for all that one person offers."""

_STEMS_MOST = 4
"""Words by which people are sought for one want, those that tell most; by two of them first, then by each."""

_TAGS_MOST = 300
"""Rare tags whose people are thought of together, the newest."""

_COMMON_SHARE = 0.01
"""Share of the book beyond which a word of a want finds nobody; in small books a dozen people may have it."""

_LOOKED_AT = 6
"""How many times the proposals wanted are looked at, since some of the pairs know each other already."""


@dataclass(slots=True)
class Pairs:
    """Pairs that know each other already, or were thought of before; asked one pair at a time."""

    connection: sqlite3.Connection
    _known: dict[frozenset[int], bool] = field(default_factory=dict)

    def __contains__(self, pair: frozenset[int]) -> bool:
        known = self._known.get(pair)
        if known is None:
            one, other = sorted(pair)
            row = self.connection.execute(_KNOWN, {"one": one, "other": other}).fetchone()
            known = self._known[pair] = bool(row[0]) or self._close(one, other)
        return known

    def _close(self, one: int, other: int) -> bool:
        """Whether the two work at one place, or one stands among the relations of the other by name only."""
        found = self.connection.execute(
            "SELECT id, name, organisation FROM people WHERE id IN (?, ?)", (one, other)
        )
        about = {person: (fold(name), fold(organisation)) for person, name, organisation in found}
        if len(about) == len((one, other)) and about[one][1] and about[one][1] == about[other][1]:
            return True
        return any(
            fold(name) == about[whom][0]
            for who, whom in ((one, other), (other, one))
            for (name,) in self.connection.execute("SELECT name FROM relations WHERE person_id = ?", (who,))
            if whom in about
        )


class Introducing:
    """Finds pairs on one connection.

    Args:
        connection: An open connection; it is only read.
        synonyms: Gives the words that mean the same, once they are needed.
        remembered: What is remembered of the book's words, in common with others on the same file.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        synonyms: Callable[[], Synonyms],
        remembered: Remembered | None = None,
    ) -> None:
        self._connection = connection
        self._synonyms = synonyms
        self._remembered = remembered or Remembered()

    def on(self, connection: sqlite3.Connection) -> "Introducing":
        """The same on another connection, what is remembered in common."""
        return Introducing(connection, self._synonyms, self._remembered)

    def proposals(
        self,
        limit: int,
        *,
        of: int | None = None,
        wants_only: bool = False,
        newest: int = _WANTS_MOST,
    ) -> Sequence[Proposal]:
        """Pairs who should meet, the best reasons first; none who know each other or were thought of before.

        Args:
            limit: The most to return.
            of: Only those with this person.
            wants_only: Leave out those that merely love the same things.
            newest: How many wants are held against what others offer.
        """
        look = self._look()
        found = list(_wanting(look, of, newest=newest))
        if not wants_only:
            found += _loving(look, of)
        strangers = _strangers(self._connection, found, limit * _LOOKED_AT)
        return chosen(strangers, limit, each=limit if of is not None else EACH_MOST)

    def _look(self) -> "_Look":
        return _Look(self._connection, self._synonyms(), Rarities(self._connection, self._remembered))

    def reason(self, one: int, other: int) -> str:
        """Why two should meet, in words, whether they know each other or not; empty where nothing says so."""
        look = self._look()
        both = {one, other}
        found = [
            proposal
            for person in both
            for proposal in (*_wanting(look, person, both), *_loving(look, person))
            if proposal.pair == both
        ]
        return max(found, key=lambda it: it.fit).why if found else ""


def _strangers(connection: sqlite3.Connection, found: Iterable[Proposal], most: int) -> Iterator[Proposal]:
    """The best of proposals whose two do not know each other, lazily: each pair costs a few look-ups."""
    pairs = Pairs(connection)
    left = most
    for proposal in sorted(found, key=lambda it: -it.fit):
        if left <= 0:
            return
        if proposal.pair not in pairs:
            left -= 1
            yield proposal


class _Look:
    """One look through the book, with what it remembers."""

    def __init__(self, connection: sqlite3.Connection, synonyms: Synonyms, rarities: Rarities) -> None:
        self.connection = connection
        self.synonyms = synonyms
        self._rarities = rarities
        self.people = self._rarities.people
        self.having = self._rarities.having
        self._most = max(12.0, self.people * _COMMON_SHARE)
        self._parties: dict[int, Party] = {}
        self._places: dict[str, bool] = {}

    def rare(self, stem: str) -> float:
        """How rare a stem is in the book, from 0 to 1; one of the two who share it is not counted."""
        return rarity(self.people, max(1, self.having(stem) - 1))

    def parties(self, ids: Collection[int]) -> Mapping[int, Party]:
        """What matters of some people, the archived left out."""
        new = json.dumps([person for person in ids if person not in self._parties])
        tags: dict[int, list[str]] = {}
        for person, tag in self.connection.execute(_TAGS_OF, (new,)):
            tags.setdefault(person, []).append(tag)
        for person, name, title, city in self.connection.execute(_PARTIES, (new,)):
            self._parties[person] = Party(Named(person, name), title, city, tuple(tags.get(person, ())))
        return self._parties

    def is_place(self, stem: str) -> bool:
        """Whether somebody lives in a place that is called so; not asked of words that are everywhere."""
        known = self._places.get(stem, None if self.having(stem) <= self._most else False)
        if known is None:
            row = self.connection.execute(
                "SELECT 1 FROM people_matter WHERE people_matter MATCH ? LIMIT 1", (f'city : "{stem}"',)
            ).fetchone()
            known = self._places[stem] = row is not None
        return known

    def telling(self, worth: Mapping[str, float]) -> list[str]:
        """The stems that find somebody, and not everybody, those that tell most first.

        Args:
            worth: What each tells.
        """
        found = [stem for stem in worth if 0 < self.having(stem) <= self._most]
        return sorted(found, key=lambda stem: (-worth[stem] * self.rare(stem), stem))


def _wanting(
    look: _Look, of: int | None, among: Collection[int] = (), *, newest: int = _WANTS_MOST
) -> Iterator[Proposal]:
    """Those of whom one wants what the other offers, or does."""
    if of is None:
        wants = look.connection.execute(_NEWEST_WANTS, (newest,)).fetchall()
        yield from _offering(look, wants, None)
        return
    own = look.connection.execute(_WANTS_OF, (json.dumps([of]),)).fetchall()
    yield from _offering(look, own, None)
    offers = [
        text for (text,) in look.connection.execute("SELECT text FROM offers WHERE person_id = ?", (of,))
    ]
    title = look.connection.execute("SELECT title FROM people WHERE id = ?", (of,)).fetchone()
    worth: dict[str, float] = {}
    for text in (*offers, *(title or ())):
        worth |= need(text, look.synonyms).worth
    wanting = set(among) or set(_found(look, "wants", worth, _WANTING_MOST))
    theirs = look.connection.execute(_WANTS_OF, (json.dumps(sorted(wanting - {of})),)).fetchall()
    yield from _offering(look, theirs, of)


def _offering(look: _Look, wants: Sequence[tuple[int, str]], by: int | None) -> Iterator[Proposal]:
    """Hold wants against what others offer.

    Args:
        look: The book.
        wants: Whose, and what.
        by: Only what this person offers.
    """
    read: list[tuple[int, Need, Collection[int]]] = []
    for person, text in wants:
        wanted = need(text, look.synonyms)
        found: Collection[int] = (
            [by] if by is not None else _found(look, "offers title", wanted.worth, _OFFERING_MOST)
        )
        read.append((person, wanted, found))
    parties = look.parties({person for who, _, found in read for person in (who, *found)})
    offers = _offers(look.connection, {person for _, _, found in read for person in found})
    for who, wanted, found in read:
        for person in found:
            if person == who or person not in parties or who not in parties:
                continue
            best = _best(look, wanted, parties[who], parties[person], offers.get(person, ()))
            if best is not None:
                yield best


def _best(look: _Look, wanted: Need, who: Party, giver: Party, offers: Sequence[str]) -> Proposal | None:
    """The best that someone has for a want, if it is good enough; what they offer before what they do."""
    weighed = [(meeting(wanted, who, offer, giver, look.rare, look.is_place), offer) for offer in offers]
    if giver.title:
        does = meeting(wanted, who, giver.title, giver, look.rare, look.is_place)
        weighed.append((does * _TITLE, ""))
    fit, offer = max(weighed, default=(0.0, ""))
    return of_want(who, wanted.text, giver, offer, fit) if fit >= LEAST else None


def _found(look: _Look, columns: str, worth: Mapping[str, float], most: int) -> list[int]:
    """Who has some of the stems in columns of what is known of them: first who has two, then who has one."""
    seeking = (stem for stem in look.telling(worth) if not look.is_place(stem))
    telling = [f'"{stem}"' for stem in islice(seeking, _STEMS_MOST * most // _OFFERING_MOST)]
    queries = [" OR ".join(f"({one} AND {other})" for one, other in combinations(telling, 2)), *telling]
    found: dict[int, None] = {}
    for query in filter(None, queries):
        if len(found) >= most:
            break
        rows = look.connection.execute(
            "SELECT rowid FROM people_matter WHERE people_matter MATCH ? LIMIT ?",
            (f"{{{columns}}} : ({query})", most - len(found)),
        )
        found |= dict.fromkeys(person for (person,) in rows)
    return list(found)


def _offers(connection: sqlite3.Connection, people: Collection[int]) -> Mapping[int, Sequence[str]]:
    offers: dict[int, list[str]] = {}
    for person, text in connection.execute(
        "SELECT person_id, text FROM offers WHERE person_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(people)),),
    ):
        offers.setdefault(person, []).append(text)
    return offers


def _loving(look: _Look, of: int | None) -> Iterator[Proposal]:
    """Those who bear the same rare tags."""
    shared: dict[tuple[int, int], list[str]] = {}
    bearing: dict[str, int] = {}
    whose = "" if of is None else "WHERE tag_id IN (SELECT tag_id FROM person_tags WHERE person_id = ?)"
    found = look.connection.execute(
        _RARE_TAGS.format(whose=whose),
        (*(() if of is None else (of,)), rare_most(look.people), _TAGS_MOST),
    ).fetchall()
    for tag, listed in found:
        people = sorted(json.loads(listed))
        if not an_interest(tag):
            continue
        bearing[tag] = len(people)
        for place, one in enumerate(people):
            for other in people[place + 1 :]:
                if of is None or of in (one, other):
                    shared.setdefault((one, other), []).append(tag)
    parties = look.parties({person for pair in shared for person in pair})
    for (one, other), tags in shared.items():
        if one in parties and other in parties:
            tags.sort(key=lambda tag: (bearing[tag], tag))
            rare = [rarity(look.people, bearing[tag]) for tag in tags]
            fit = interest(parties[one], parties[other], rare)
            yield of_interest(parties[one], parties[other], tags, fit)


_TITLE = 0.9
"""What it is worth that somebody does what another wants: an offer of theirs would be surer."""

_NEWEST_WANTS = """SELECT wants.person_id, text FROM wants JOIN people ON people.id = person_id
    WHERE archived = 0 ORDER BY wants.id DESC LIMIT ?"""

_WANTS_OF = """SELECT person_id, text FROM wants JOIN people ON people.id = person_id
    WHERE archived = 0 AND person_id IN (SELECT value FROM json_each(?))"""

_PARTIES = """SELECT id, name, title, city FROM people
    WHERE archived = 0 AND id IN (SELECT value FROM json_each(?))"""

_TAGS_OF = """SELECT person_id, tags.name FROM person_tags JOIN tags ON tags.id = tag_id
    WHERE person_id IN (SELECT value FROM json_each(?))"""

_RARE_TAGS = """SELECT tags.name, json_group_array(person_id) FROM person_tags JOIN tags ON tags.id = tag_id
    {whose} GROUP BY tag_id HAVING count(*) BETWEEN 2 AND ? ORDER BY tag_id DESC LIMIT ?"""

_KNOWN = """SELECT
    EXISTS (SELECT 1 FROM introductions WHERE one_id = :one AND other_id = :other)
    OR EXISTS (SELECT 1 FROM introductions WHERE one_id = :other AND other_id = :one)
    OR EXISTS (SELECT 1 FROM people WHERE id = :one AND introduced_by = :other)
    OR EXISTS (SELECT 1 FROM people WHERE id = :other AND introduced_by = :one)
    OR EXISTS (SELECT 1 FROM relations WHERE person_id = :one AND other_id = :other)
    OR EXISTS (SELECT 1 FROM relations WHERE person_id = :other AND other_id = :one)
    OR EXISTS (SELECT 1 FROM interaction_people AS his CROSS JOIN interaction_people AS hers
        ON hers.interaction_id = his.interaction_id AND hers.person_id = :other WHERE his.person_id = :one)
    OR EXISTS (SELECT 1 FROM group_members AS his CROSS JOIN group_members AS hers
        ON hers.group_id = his.group_id AND hers.person_id = :other WHERE his.person_id = :one)"""
"""Whether two know each other as far as the book tells, or were thought of as a pair before."""
