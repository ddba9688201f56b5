"""The relations shelf: who has to do with whom, both ways; note a relation, take one out."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from netcrm.domain.changes import Change
from netcrm.domain.people import Relation
from netcrm.domain.relations import Tie, seen_back, ties
from netcrm.store.errors import StoreError
from netcrm.store.people import called, relation_columns
from netcrm.store.write import Writer


class Relations:
    """Who has to do with whom."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    # Reading

    def of(self, person_id: int) -> Sequence[Tie]:
        """Everyone one person has to do with: what stands with them, then what only the others say."""
        return ties_of(self._connection, [person_id]).get(person_id, ())

    # Writing

    def add(self, person_id: int, relation: Relation) -> Change:
        """Note whom somebody has to do with; what stands there already is not noted twice.

        Args:
            person_id: Whose relation it is.
            relation: What the other is to them, and who it is.

        Raises:
            ValueError: If it is they themselves, or nobody is named.
        """
        if relation.person_id == person_id:
            raise ValueError("That is they themselves; say who else it is.")
        if not relation.name.strip():
            raise ValueError("Say who it is: daughter Ana, 18.")
        with self._writer.act() as act:
            name = called(self._connection, [person_id])
            columns = relation_columns(relation)
            there = self._connection.execute(
                "SELECT id FROM relations WHERE person_id = ? AND kind = ? AND name = ?"
                " AND other_id IS ? ORDER BY id LIMIT 1",
                (person_id, relation.kind, relation.name, relation.person_id),
            ).fetchone()
            if there is not None and relation.born is not None:
                act.update("relations", there[0], {"born": relation.born})
            elif there is None:
                (position,) = self._connection.execute(
                    "SELECT coalesce(max(position) + 1, 0) FROM relations WHERE person_id = ?", (person_id,)
                ).fetchone()
                act.insert("relations", {"person_id": person_id, "position": position, **columns})
            act.label = f"noted {_said(relation.kind, relation.name)} of {name}"
        return act.change

    def remove(self, row_id: int) -> Change:
        """Take a relation out, on both sides.

        Raises:
            StoreError: If it is no longer there.
        """
        with self._writer.act() as act:
            row = self._connection.execute(
                "SELECT person_id, kind, name FROM relations WHERE id = ?", (row_id,)
            ).fetchone()
            if row is None:
                raise StoreError("That relation is no longer there. Nothing was changed.")
            person_id, kind, name = row
            act.label = f"took out {_said(kind, name)} of {called(self._connection, [person_id])}"
            act.delete("relations", row_id)
        return act.change


def ties_of(connection: sqlite3.Connection, ids: Iterable[int]) -> Mapping[int, Sequence[Tie]]:
    """Everyone some people have to do with, by id, in two queries; whoever has nobody is left out."""
    listed = json.dumps(list(ids))
    own: dict[int, list[Tie]] = {}
    back: dict[int, list[Tie]] = {}
    for person_id, row_id, kind, name, other_id, born in connection.execute(_OWN, (listed,)):
        tie = Tie(kind=kind, name=name, person_id=other_id, born=born, row_id=row_id)
        own.setdefault(person_id, []).append(tie)
    for person_id, row_id, kind, name, other_id in connection.execute(_BACK, (listed,)):
        back.setdefault(person_id, []).append(seen_back(kind, name, other_id, row_id))
    return {key: ties(own.get(key, ()), back.get(key, ())) for key in {**own, **back}}


def _said(kind: str, name: str) -> str:
    return f"{kind} {name}".strip()


_OWN = """SELECT relations.person_id, relations.id, relations.kind, coalesce(people.name, relations.name),
    other_id, born FROM relations LEFT JOIN people ON people.id = other_id
    WHERE relations.person_id IN (SELECT value FROM json_each(?)) ORDER BY position, relations.id"""
"""What stands with some people. Who is in the book bears the name that they have there now."""

_BACK = """SELECT other_id, relations.id, relations.kind, people.name, people.id
    FROM relations JOIN people ON people.id = relations.person_id
    WHERE other_id IN (SELECT value FROM json_each(?)) AND relations.person_id != other_id
    ORDER BY people.name, relations.id"""
"""What others say of some people."""
