"""The duplicates shelf: who may be in the book twice, and merging two into one.

Pairs are found by what two share, never by comparing everybody with everybody: addresses, whole names, and,
among those of one organisation, family names.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from netcrm.domain.changes import Change
from netcrm.domain.duplicates import NAMESAKES_MOST, SHARED_MOST, Pair, Sure, alike, joined
from netcrm.domain.merging import point_key
from netcrm.domain.organisations import firm, is_firm
from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.text import fold, words
from netcrm.store.connection import aside
from netcrm.store.file import File
from netcrm.store.merging import Merging
from netcrm.store.people import People, called
from netcrm.store.write import Writer

_APART = "apart {} {}"
"""The setting that says of two, by their UUIDs, that they are not one."""

_BLOCK_MOST = 200
"""People of one family name in one organisation who are compared: more are a clan, or a slip."""

_WORDED = {"email": "mail", "phone": "number", "url": "link", "address": "address", "handle": "name"}


class Duplicates:
    """Who may be in the book twice."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer, people: People, file: File) -> None:
        self._connection = connection
        self._writer = writer
        self._people = people
        self._file = file

    @contextmanager
    def aside(self) -> Iterator["Finding"]:
        """What finds them in another thread, on a connection of its own that can't write.

        Raises:
            StoreError: If the file could not be read.
        """
        with aside(self._file) as connection:
            yield Finding(connection)

    def pairs(self) -> Sequence[Pair]:
        """All pairs that may be one, the surest first, then by name."""
        return Finding(self._connection).pairs()

    # Writing

    def merge(self, kept_id: int, other_id: int, theirs: Iterable[str] = ()) -> Change:
        """Make one person of two: everything of the other's goes to the one who is kept.

        Args:
            kept_id: Who stays.
            other_id: Who goes into them.
            theirs: The fields of `netcrm.domain.duplicates.CHOSEN` of which the other's is to stand.

        Raises:
            StoreError: If one of them is no longer there.
            ValueError: If both are the same.
        """
        if kept_id == other_id:
            raise ValueError("That is one person already.")
        with self._writer.act() as act:
            names = called(self._connection, [other_id]), called(self._connection, [kept_id])
            kept, other = self._people.get(kept_id), self._people.get(other_id)
            assert kept is not None and other is not None  # `called` has just found them
            whole = _without_each_other(joined(kept.profile, other.profile, set(theirs)), kept_id, other_id)
            Merging(act, self._connection, kept_id, other_id).run(whole)
            act.label = f"merged {names[0]} into {names[1]}"
        return act.change

    def keep_apart(self, one_id: int, other_id: int) -> Change:
        """Say of two that they are not one: they are no pair any more."""
        with self._writer.act() as act:
            act.label = f"said that {called(self._connection, [one_id, other_id])} are two"
            one, other = (self._uuid(key) for key in (one_id, other_id))
            name = _APART.format(*sorted((one, other)))
            if not self._connection.execute("SELECT 1 FROM settings WHERE name = ?", (name,)).fetchone():
                act.insert("settings", {"name": name, "value": "yes"})
        return act.change

    def _uuid(self, person_id: int) -> str:
        (found,) = self._connection.execute("SELECT uuid FROM people WHERE id = ?", (person_id,)).fetchone()
        return str(found)


class _Known(NamedTuple):
    """What is compared of a person."""

    uuid: str
    name: str
    words: list[str]
    firm: str
    city: str


class Finding:
    """Finds the pairs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def pairs(self) -> Sequence[Pair]:
        """All pairs that may be one, the surest first, then by name."""
        people = self._read()
        reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
        named: set[tuple[int, int]] = set()
        self._by_name(people, reasons, named)
        signs = self._by_point(people, reasons)
        self._by_firm(people, reasons)
        apart = self._apart()
        pairs = []
        for (one, other), because in reasons.items():
            uuids = tuple(sorted((people[one].uuid, people[other].uuid)))
            if uuids in apart:
                continue
            if (one, other) in signs:
                sure = Sure.SURE if (one, other) in named else Sure.LIKELY
            else:
                sure = Sure.LIKELY if (one, other) in named and len(because) > 1 else Sure.PERHAPS
            pairs.append(Pair(one, other, sure, tuple(because)))
        return sorted(pairs, key=lambda pair: (-pair.sure, people[pair.one].words, pair.one, pair.other))

    def _read(self) -> Mapping[int, _Known]:
        found = self._connection.execute(
            "SELECT id, uuid, name, organisation, city FROM people WHERE archived = 0 ORDER BY id"
        )
        return {
            key: _Known(uuid, name, words(name), firm(organisation) if organisation else "", fold(city))
            for key, uuid, name, organisation, city in found
        }

    def _by_name(
        self,
        people: Mapping[int, _Known],
        reasons: dict[tuple[int, int], list[str]],
        named: set[tuple[int, int]],
    ) -> None:
        """Those of one name: by it alone where it is rare, else with the firm, the city or the birthday."""
        namesakes: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for key, known in people.items():
            if len(known.words) > 1:
                namesakes[tuple(sorted(known.words))].append(key)
        several = [keys for keys in namesakes.values() if len(keys) > 1]
        born = self._birthdays({key for keys in several for key in keys})
        for keys in several:
            shared: dict[tuple[int, int], list[str]] = defaultdict(list)
            if len(keys) <= NAMESAKES_MOST:
                for pair in combinations(keys, 2):
                    shared[pair] = []
            for said, of in (
                ("both at {}", {key: people[key].firm for key in keys if is_firm(people[key].firm)}),
                ("both in {}", {key: people[key].city for key in keys if people[key].city}),
                ("the same birthday", {key: born[key] for key in keys if key in born}),
            ):
                alike_in: dict[str, list[int]] = defaultdict(list)
                for key, value in of.items():
                    alike_in[value].append(key)
                for value, sharing in alike_in.items():
                    for pair in combinations(sharing, 2):
                        shared[pair].append(said.format(self._written(said, value, sharing[0])))
            for pair, why in shared.items():
                named.add(pair)
                reasons[pair] += ["the same name", *why]

    def _written(self, said: str, value: str, person_id: int) -> str:
        """A firm or a city as it is written with somebody, rather than folded."""
        if "{}" not in said:
            return value
        column = "organisation" if said.startswith("both at") else "city"
        (written,) = self._connection.execute(
            f"SELECT {column} FROM people WHERE id = ?", (person_id,)
        ).fetchone()
        return str(written)

    def _by_point(
        self, people: Mapping[int, _Known], reasons: dict[tuple[int, int], list[str]]
    ) -> set[tuple[int, int]]:
        """Those of a like name who are reached by the same address, number or link."""
        reached: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        for person_id, kind, value in self._connection.execute(
            "SELECT person_id, kind, value FROM contact_points WHERE kind != 'address' ORDER BY person_id"
        ):
            if person_id in people:
                reached[point_key(ContactPoint(kind, value))].setdefault(person_id, value)
        signs = set()
        for (kind, _), by in reached.items():
            if not 1 < len(by) <= SHARED_MOST:
                continue
            for one, other in combinations(by, 2):
                first, second = people[one].words, people[other].words
                if (one, other) in reasons or alike(first, second) or set(first) & set(second):
                    if (one, other) not in signs and (one, other) not in reasons:
                        reasons[one, other].append("a like name")
                    reasons[one, other].append(f"the same {_WORDED[kind]} {by[one]}")
                    signs.add((one, other))
        return signs

    def _by_firm(self, people: Mapping[int, _Known], reasons: dict[tuple[int, int], list[str]]) -> None:
        """Those of a like name in one organisation."""
        blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
        for key, known in people.items():
            if is_firm(known.firm) and len(known.words) > 1:
                for word in {known.words[0], known.words[-1]}:
                    blocks[known.firm, word].append(key)
        found: dict[tuple[int, int], str] = {}
        for keys in blocks.values():
            if not 1 < len(keys) <= _BLOCK_MOST:
                continue
            for pair in combinations(keys, 2):
                if pair not in reasons and pair not in found:
                    one, other = (people[key].words for key in pair)
                    if alike(one, other):
                        found[pair] = "both at {}"
        for pair, said in found.items():
            reasons[pair] += ["a like name", said.format(self._written(said, "", pair[0]))]

    def _birthdays(self, keys: set[int]) -> Mapping[int, str]:
        found = self._connection.execute(
            "SELECT person_id, month, day FROM occasions WHERE kind = 'birthday' AND whose = ''"
        )
        return {key: f"{month}-{day}" for key, month, day in found if key in keys}

    def _apart(self) -> set[tuple[str, str]]:
        found = self._connection.execute("SELECT name FROM settings WHERE name LIKE 'apart %'")
        return {(name.split()[1], name.split()[2]) for (name,) in found}


def _without_each_other(profile: Profile, kept: int, other: int) -> Profile:
    """The person without a relation to themselves."""
    return replace(
        profile,
        relations=tuple(one for one in profile.relations if one.person_id not in (kept, other)),
        introduced_by=profile.introduced_by if profile.introduced_by not in (kept, other) else None,
    )
