"""Merging two people: everything of the one goes to the other, within an act."""

import sqlite3
from typing import Any

from netcrm.domain.introductions import INTRODUCTION_STATES
from netcrm.domain.people import Profile
from netcrm.domain.text import fold
from netcrm.store.hellos import let_needless_go
from netcrm.store.people import edit_person
from netcrm.store.write import Act

MERGED = "merged:{}"
"""The setting by which is known into whom somebody was merged: their UUID in its name, the other as value."""


class Merging:
    """One merging under way.

    Args:
        act: The act.
        connection: The connection it is on.
        kept: The id of who stays.
        other: That of who goes.
    """

    def __init__(self, act: Act, connection: sqlite3.Connection, kept: int, other: int) -> None:
        self._act = act
        self._connection = connection
        self._kept = kept
        self._other = other

    def run(self, whole: Profile) -> None:
        """Move everything, and take the other out."""
        self._move("occasions")
        self._move("gives")
        self._move("imported_records")
        self._move_once("interaction_people", "interaction_id")
        self._move_once("group_members", "group_id")
        self._move_positions()
        self._move_introductions()
        self._move_relations_to()
        for (key,) in self._rows("SELECT id FROM people WHERE introduced_by = ?", self._other):
            self._act.update("people", key, {"introduced_by": self._kept if key != self._kept else None})
        for table in ("contact_points", "relations", "wants", "offers", "further_fields", "person_tags"):
            for (key,) in self._rows(f"SELECT id FROM {table} WHERE person_id = ?", self._other):
                self._act.delete(table, key)
        edit_person(self._act, self._connection, self._kept, whole)
        self._move_rhythm()
        self._drop_twin_gives()
        self._note_merged()
        self._act.delete("people", self._other)
        let_needless_go(self._act, self._connection, [self._kept])

    def _note_merged(self) -> None:
        """Keep who this was: backups hold them by that, and who is to be forgotten has to be found there."""
        ((kept,), (other,)) = (
            self._rows("SELECT uuid FROM people WHERE id = ?", key)[0] for key in (self._kept, self._other)
        )
        name = MERGED.format(other)
        for (key,) in self._rows("SELECT id FROM settings WHERE name = ?", name):
            self._act.delete("settings", key)
        self._act.insert("settings", {"name": name, "value": kept})

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _move(self, table: str) -> None:
        for (key,) in self._rows(f"SELECT id FROM {table} WHERE person_id = ? ORDER BY id", self._other):
            self._act.update(table, key, {"person_id": self._kept})

    def _move_once(self, table: str, of: str) -> None:
        """Move what a person can have only once: what both have goes."""
        have = {key for (key,) in self._rows(f"SELECT {of} FROM {table} WHERE person_id = ?", self._kept)}
        for key, record in self._rows(f"SELECT id, {of} FROM {table} WHERE person_id = ?", self._other):
            if record in have:
                self._act.delete(table, key)
            else:
                self._act.update(table, key, {"person_id": self._kept})

    def _move_positions(self) -> None:
        query = "SELECT id, organisation, title FROM positions WHERE person_id = ? ORDER BY position, id"
        held = {(fold(where), fold(what)) for _, where, what in self._rows(query, self._kept)}
        for key, where, what in self._rows(query, self._other):
            if (fold(where), fold(what)) in held:
                self._act.delete("positions", key)
            else:
                self._act.update("positions", key, {"person_id": self._kept})

    def _move_introductions(self) -> None:
        """Introductions of the two to each other go; of two with the same third one the further one stays."""
        for key, one, other in self._rows(
            "SELECT id, one_id, other_id FROM introductions WHERE ? IN (one_id, other_id)", self._other
        ):
            side, third = ("one_id", other) if one == self._other else ("other_id", one)
            if third == self._kept:
                self._drop_introduction(key, None)
                continue
            twins = self._rows(
                "SELECT id FROM introductions WHERE (one_id, other_id) IN (VALUES (?1, ?2), (?2, ?1))",
                self._kept,
                third,
            )
            self._act.update("introductions", key, {side: self._kept})
            *less, furthest = sorted((key, *(twin for (twin,) in twins)), key=self._how_far)
            for other_one in less:
                self._drop_introduction(other_one, furthest)

    def _how_far(self, introduction_id: int) -> tuple[int, int]:
        ((state,),) = self._rows("SELECT state FROM introductions WHERE id = ?", introduction_id)
        return INTRODUCTION_STATES.index(state), -introduction_id

    def _drop_introduction(self, key: int, instead: int | None) -> None:
        for (give,) in self._rows("SELECT id FROM gives WHERE introduction_id = ?", key):
            self._act.update("gives", give, {"introduction_id": instead})
        self._act.delete("introductions", key)

    def _move_relations_to(self) -> None:
        """Those who have to do with the one who goes have to do with the one who stays."""
        for key, whose, kind in self._rows(
            "SELECT id, person_id, kind FROM relations WHERE other_id = ?", self._other
        ):
            twin = self._rows(
                "SELECT id FROM relations WHERE person_id = ? AND kind = ? AND other_id = ?",
                whose,
                kind,
                self._kept,
            )
            if whose in (self._kept, self._other) or twin:
                self._act.delete("relations", key)
            else:
                self._act.update("relations", key, {"other_id": self._kept})

    def _move_rhythm(self) -> None:
        """The later beginning of the rhythm holds, and whoever was in the lists stays in them."""
        ((bumped, archived),) = self._rows(
            "SELECT max(coalesce(bumped_on, '')), min(archived) FROM people WHERE id IN (?, ?)",
            self._kept,
            self._other,
        )
        self._act.update("people", self._kept, {"bumped_on": bumped or None, "archived": archived})

    def _drop_twin_gives(self) -> None:
        """Of what waits twice in the same words the younger goes."""
        seen = set()
        for key, *said in self._rows(
            "SELECT id, kind, words, link FROM gives WHERE person_id = ? AND state IN ('queued', 'snoozed')"
            " ORDER BY id",
            self._kept,
        ):
            if tuple(said) in seen:
                self._act.delete("gives", key)
            seen.add(tuple(said))


def merged_into(connection: sqlite3.Connection, uuid: str) -> list[str]:
    """The UUIDs of all who were merged into somebody, and into those before."""
    found = connection.execute(
        "WITH RECURSIVE gone (uuid) AS (VALUES (?) UNION"
        " SELECT substr(name, 8) FROM settings JOIN gone ON value = gone.uuid WHERE name LIKE 'merged:%')"
        " SELECT uuid FROM gone",
        (uuid,),
    )
    return [one for (one,) in found if one != uuid]
