"""Taking someone out of one file for good: out of its rows, its search pages, its free pages and its log."""

import sqlite3
from collections.abc import Sequence

from netcrm.store.derived import refresh
from netcrm.store.file import File
from netcrm.store.locks import write_lock
from netcrm.store.write import Act

_OWN = ("contact_points", "occasions", "wants", "offers", "further_fields", "imported_records", "positions")
"""Tables of what is said of a person alone."""

_LINKS = ("person_tags", "group_members")
"""Tables that tie a person to what stays."""


class Taking:
    """Taking one person out of the rows, in a transaction.

    Args:
        act: An act that is not recorded.
        connection: The connection it is on.
        person_id: Whom.
        uuid: Their UUID.
    """

    def __init__(self, act: Act, connection: sqlite3.Connection, person_id: int, uuid: str) -> None:
        self._act = act
        self._connection = connection
        self._person = person_id
        self._uuid = uuid

    def run(self) -> None:
        """Take everything out; of whom there is no record any more, what other records say."""
        if self._person:
            self._take_out_person()
        self._connection.execute("DELETE FROM suggested WHERE instr(key, ?)", (self._uuid,))
        self._connection.execute("DELETE FROM settings WHERE instr(name, ?)", (self._uuid,))
        # The history holds what records said before, and names in its labels: none of it can stay.
        self._connection.execute("DELETE FROM acts")

    def _take_out_person(self) -> None:
        act, person = self._act, self._person
        for (key,) in self._rows("SELECT id FROM gives WHERE person_id = ?", person):
            act.delete("gives", key)
        self._take_out_introductions()
        self._take_out_entries()
        for (key,) in self._rows(
            "SELECT id FROM gives WHERE occasion_id IN (SELECT id FROM occasions WHERE person_id = ?)", person
        ):
            act.update("gives", key, {"occasion_id": None})
        for table in (*_OWN, *_LINKS):
            for (key,) in self._rows(f"SELECT id FROM {table} WHERE person_id = ?", person):
                act.delete(table, key)
        for (key,) in self._rows("SELECT id FROM relations WHERE ? IN (person_id, other_id)", person):
            act.delete("relations", key)
        for (key,) in self._rows("SELECT id FROM people WHERE introduced_by = ?", person):
            act.update("people", key, {"introduced_by": None})
        act.delete("people", person)
        for (key,) in self._rows(
            "SELECT id FROM tags WHERE cadence IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM person_tags WHERE tag_id = tags.id)"
            " AND NOT EXISTS (SELECT 1 FROM interaction_tags WHERE tag_id = tags.id)"
        ):
            act.delete("tags", key)

    def _rows(self, query: str, *values: object) -> list[tuple[int]]:
        return self._connection.execute(query, values).fetchall()

    def _take_out_introductions(self) -> None:
        """Their introductions go, and what waits for the other side because of one."""
        for (key,) in self._rows("SELECT id FROM introductions WHERE ? IN (one_id, other_id)", self._person):
            for (give,) in self._rows(
                "SELECT id FROM gives WHERE introduction_id = ? AND state IN ('queued', 'snoozed')", key
            ):
                self._act.delete("gives", give)
            for (give,) in self._rows("SELECT id FROM gives WHERE introduction_id = ?", key):
                self._act.update("gives", give, {"introduction_id": None})
            self._act.delete("introductions", key)

    def _take_out_entries(self) -> None:
        """What is about them alone goes; what others took part in stays, without them."""
        only_theirs = entries_alone(self._connection, self._person)
        for (key,) in self._rows("SELECT id FROM interaction_people WHERE person_id = ?", self._person):
            self._act.delete("interaction_people", key)
        for entry in only_theirs:
            for (give,) in self._rows("SELECT id FROM gives WHERE interaction_id = ?", entry):
                self._act.update("gives", give, {"interaction_id": None})
            for (link,) in self._rows("SELECT id FROM interaction_tags WHERE interaction_id = ?", entry):
                self._act.delete("interaction_tags", link)
            self._act.delete("interactions", entry)


TOOK_PART = "SELECT count(*) FROM interaction_people WHERE person_id = ?"


def entries_alone(connection: sqlite3.Connection, person_id: int) -> Sequence[int]:
    """The entries that are about someone alone."""
    found = connection.execute(
        "SELECT interaction_id FROM interaction_people AS ip WHERE person_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM interaction_people WHERE interaction_id = ip.interaction_id AND person_id != ?)",
        (person_id, person_id),
    )
    return [key for (key,) in found]


def take_out(act: Act, connection: sqlite3.Connection, uuids: Sequence[str]) -> None:
    """Take someone out of every row, within an act that is not recorded; and the whole history with them.

    Args:
        act: The act.
        connection: The connection it is on.
        uuids: Theirs, and those of whoever was merged into them; a backup may have both, or neither.
    """
    for uuid in uuids:
        row = connection.execute("SELECT id FROM people WHERE uuid = ?", (uuid,)).fetchone()
        Taking(act, connection, row[0] if row else 0, uuid).run()
    refresh(connection, act.touched)


def write_anew(connection: sqlite3.Connection, file: File) -> None:
    """Leave nothing of what was deleted: in the search pages, in free pages, in the log of writes.

    Raises:
        One of `sqlite_errors`: The disk could not take it; what was deleted is so, and may be read still.
    """
    with write_lock(file.path):
        connection.execute("PRAGMA temp_store = MEMORY")  # what is written anew passes through no other file
        for table in ("people_fts", "people_matter", "timeline_fts"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        connection.execute("VACUUM")
        cut_log(connection)


def cut_log(connection: sqlite3.Connection) -> None:
    """Bring the log of writes into the file, and leave nothing of it."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
