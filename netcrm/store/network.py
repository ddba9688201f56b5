"""The networks shelf: what is known around a person, two steps of it in a handful of queries."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from netcrm.domain.introductions import first_name
from netcrm.domain.network import Link, Network
from netcrm.domain.people import Named
from netcrm.domain.relations import age
from netcrm.domain.text import words
from netcrm.store.relations import ties_of

_COLLEAGUES_MOST = 6
"""People of one organisation who are near for that alone; of more, it says little."""

_FAR = 40
"""Introductions that are followed back to someone whom you met yourself."""

_NEAR_MOST = 150
"""People around the centre whose own people are looked up."""


class Networks:
    """Who is near whom, and how one came to know them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def around(self, person_id: int, today: date) -> Network | None:
        """What is known around a person, two steps far; None when there is no such person.

        Args:
            person_id: Whom.
            today: The day by which people are so old.
        """
        row = self._connection.execute(
            "SELECT name, organisation FROM people WHERE id = ?", (person_id,)
        ).fetchone()
        if row is None:
            return None
        name, organisation = row
        names: dict[int, str] = {person_id: name}
        links = {person_id: [*self._links([person_id], names, today).get(person_id, ())]}
        links[person_id] += self._colleagues(person_id, organisation, names)
        near = dict.fromkeys(link.to for link in links[person_id] if link.to > 0)
        links |= self._links(list(near)[:_NEAR_MOST], names, today)
        came, met = self._came(person_id)
        return Network(centre=person_id, links=links, names=names, came=came, met=met)

    def _links(self, ids: Sequence[int], names: dict[int, str], today: date) -> dict[int, list[Link]]:
        """What leads from some people to others: relations, then introductions.

        Args:
            ids: Whose.
            names: What everyone is called who is met on the way; brought up to date.
            today: The day by which people are so old.
        """
        links: dict[int, list[Link]] = {key: [] for key in ids}
        for key, found in ties_of(self._connection, ids).items():
            for tie in found:
                to = tie.person_id if tie.person_id is not None else -tie.row_id
                names[to] = tie.name
                years = age(tie.kind, tie.name, tie.born, today)
                how = tie.how if years is None else f"{tie.how}, {years}"
                links[key].append(Link(to, how, tie.row_id))
        listed = json.dumps(list(ids))
        for key, key_name, by, by_name in self._connection.execute(_INTRODUCED_BY, (listed,)):
            names |= {key: key_name, by: by_name}
            if key in links:
                links[key].append(Link(by, "introduced you"))
            if by in links:
                links[by].append(Link(key, f"through {first_name(by_name)}"))
        for one, one_name, other, other_name in self._connection.execute(_MADE, (listed,)):
            names |= {one: one_name, other: other_name}
            if one in links:
                links[one].append(Link(other, "you introduced them"))
            if other in links:
                links[other].append(Link(one, "you introduced them"))
        return links

    def _colleagues(self, person_id: int, organisation: str, names: dict[int, str]) -> Iterable[Link]:
        """Who works at the same place, where those are few."""
        said = words(organisation)
        if not said:
            return []
        quoted = " + ".join(f'"{word}"' for word in said)
        found: Mapping[int, str] = dict(
            self._connection.execute(
                _SAME_PLACE, (f"work : {quoted}", organisation, person_id, _COLLEAGUES_MOST + 1)
            )
        )
        if len(found) > _COLLEAGUES_MOST:
            return []
        names |= found
        return [Link(key, f"also at {organisation}") for key in found]

    def _came(self, person_id: int) -> tuple[Sequence[Named], str]:
        """Who introduced you, who to them, and so on; and how you met the last of them."""
        found = self._connection.execute(_CAME, (person_id, _FAR)).fetchall()
        seen: dict[int, str] = {}
        met = ""
        for key, name, how in found:
            if key in seen:
                break
            seen[key], met = name, how
        del seen[person_id]
        return [Named(key, name) for key, name in seen.items()], met


_INTRODUCED_BY = """
SELECT one.id, one.name, by.id, by.name FROM people AS one JOIN people AS by ON by.id = one.introduced_by
WHERE one.id IN (SELECT value FROM json_each(?1))
UNION
SELECT one.id, one.name, by.id, by.name FROM people AS by JOIN people AS one ON one.introduced_by = by.id
WHERE by.id IN (SELECT value FROM json_each(?1)) ORDER BY 4, 2
"""
"""Whom you know through whom, from both sides."""

_MADE = """
SELECT one.id, one.name, other.id, other.name FROM introductions
    JOIN people AS one ON one.id = one_id JOIN people AS other ON other.id = other_id
WHERE state IN ('made', 'came of it') AND closed_on IS NULL
    AND (one_id IN (SELECT value FROM json_each(?1)) OR other_id IN (SELECT value FROM json_each(?1)))
ORDER BY introductions.id
"""
"""Whom you introduced to each other."""

_SAME_PLACE = """
SELECT id, people.name FROM people_fts CROSS JOIN people ON id = people_fts.rowid
WHERE people_fts MATCH ? AND organisation = ? AND id != ? AND archived = 0 LIMIT ?
"""
"""Who works at one place: found by the words of its name, which is quicker than to look at everybody."""

_CAME = """
WITH RECURSIVE came (id, step) AS (
    SELECT ?1, 0 UNION ALL
    SELECT introduced_by, step + 1 FROM came JOIN people USING (id)
    WHERE introduced_by IS NOT NULL AND step < ?2
)
SELECT came.id, name, met FROM came JOIN people USING (id) ORDER BY step
"""
"""A person, who introduced you to them, and so on."""
