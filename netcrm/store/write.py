"""The only way to change anything: an act, whole or not at all, that can be taken back.

Every change of a row goes through an `Act`, which keeps what is needed to undo it in the same transaction,
and then has everything that is derived from the rows made again.
"""

import json
import secrets
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from netcrm.domain.changes import Change
from netcrm.store.connection import explained, write_lock
from netcrm.store.derived import Touched, refresh
from netcrm.store.errors import StoreError

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = Mapping[str, str | int | None]
"""A record, or some columns of one, by column name."""

ACTS_KEPT = 1000
"""How many acts can be taken back; older ones are let go as new ones come."""

_REFERS = {
    "people": ("id", None),
    "contact_points": ("person_id", None),
    "person_tags": ("person_id", None),
    "relations": ("person_id", None),
    "occasions": ("person_id", None),
    "wants": ("person_id", None),
    "offers": ("person_id", None),
    "gives": ("person_id", None),
    "further_fields": ("person_id", None),
    "interactions": (None, "id"),
    "interaction_people": ("person_id", "interaction_id"),
    "interaction_tags": (None, "interaction_id"),
}
"""For each table the columns that name the person and the interaction whose derived rows it feeds."""


class Act:
    """One act of the user, while it is being written.

    Attributes:
        label: The act in words, past tense; may be set as late as its end.
        touched: The people and interactions whose derived rows have to be made again.
        change: What it changed, once it is whole.
    """

    def __init__(
        self, connection: sqlite3.Connection, label: str, now: str, database: Callable[[], "Database"]
    ) -> None:
        self.label = label
        self.touched = Touched()
        self.change = Change()
        self._connection = connection
        self._database = database
        self._now = now
        self._log: list[tuple[str, str, int, int, str | None, str | None]] = []

    def insert(self, table: str, row: Row) -> int:
        """Write a new record, stamped with a UUID and the time, and return its id."""
        stamped = {"uuid": str(uuid.uuid4()), "created": self._now, "updated": self._now, **row}
        columns = ", ".join(stamped)
        marks = ", ".join("?" * len(stamped))
        cursor = self._connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(stamped.values())
        )
        row_id = cursor.lastrowid
        assert row_id is not None
        self._note_insert(table, row_id, row_id)
        touch(self.touched, table, row_id, stamped)
        return row_id

    def insert_many(self, table: str, rows: Sequence[Row]) -> range:
        """Write many new records with the same columns in one go and return their ids, in the rows' order."""
        if not rows:
            return range(0)
        (last,) = self._connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        ids = range(last + 1, last + 1 + len(rows))
        self._database().table(table).insert_all(
            (
                {
                    "id": row_id,
                    "uuid": str(uuid.uuid4()),
                    "created": self._now,
                    "updated": self._now,
                    **row,
                }
                for row_id, row in zip(ids, rows, strict=True)
            ),
            batch_size=1000,
        )
        self._note_insert(table, ids[0], ids[-1])
        for row_id, row in zip(ids, rows, strict=True):
            touch(self.touched, table, row_id, row)
        return ids

    def update(self, table: str, row_id: int, changes: Row) -> bool:
        """Change columns of a record; return whether anything became different."""
        columns = tuple(changes)
        listed = ", ".join(columns)
        before = self._connection.execute(
            f"SELECT {listed}, updated FROM {table} WHERE id = ?", (row_id,)
        ).fetchone()
        if before is None:
            raise StoreError("It is no longer there: another program removed it. Nothing was changed.")
        old = dict(zip((*columns, "updated"), before, strict=True))
        new = {name: value for name, value in changes.items() if old[name] != value}
        if not new:
            return False
        new["updated"] = self._now
        assignments = ", ".join(f"{name} = ?" for name in new)
        self._connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*new.values(), row_id))
        images = (_image({name: old[name] for name in new}), _image(new))
        self._log.append(("update", table, row_id, row_id, *images))
        self._touch_by_id(table, row_id)
        return True

    def delete(self, table: str, row_id: int) -> None:
        """Remove a record; its image stays in the history."""
        self._touch_by_id(table, row_id)
        image = _read_image(self._connection, table, row_id)
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        self._log.append(("delete", table, row_id, row_id, image, None))

    def write_down(self, session: str) -> Change:
        """Make what is derived again, put the act into the history, and say what changed."""
        if not self._log:
            return Change()
        refresh(self._connection, self.touched)
        connection = self._connection
        connection.execute("DELETE FROM acts WHERE undone = 1")
        cursor = connection.execute(
            "INSERT INTO acts (at, label, session) VALUES (?, ?, ?)", (self._now, self.label, session)
        )
        act_id = cursor.lastrowid
        assert act_id is not None
        connection.executemany(
            "INSERT INTO act_rows (act_id, change, tbl, first_id, last_id, before, after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(act_id, *entry) for entry in self._log],
        )
        connection.execute("DELETE FROM acts WHERE id <= ?", (act_id - ACTS_KEPT,))
        return Change(
            label=self.label,
            people=frozenset(self.touched.people),
            interactions=frozenset(self.touched.interactions),
            gives=frozenset(self.touched.gives),
            act=act_id,
        )

    def _note_insert(self, table: str, first: int, last: int) -> None:
        """Note new ids; a run of neighbours in one table is one entry, which keeps imports small."""
        if self._log:
            change, previous, begin, end, _, _ = self._log[-1]
            if change == "insert" and previous == table and end + 1 == first:
                self._log[-1] = ("insert", table, begin, last, None, None)
                return
        self._log.append(("insert", table, first, last, None, None))

    def _touch_by_id(self, table: str, row_id: int) -> None:
        named = [column for column in _REFERS.get(table, ()) if column]
        if named:
            values = self._connection.execute(
                f"SELECT {', '.join(named)} FROM {table} WHERE id = ?", (row_id,)
            ).fetchone()
            touch(self.touched, table, row_id, dict(zip(named, values, strict=True)))


class Writer:
    """Begins acts on one connection, and takes them back.

    Args:
        connection: An open connection, from `netcrm.store.connection.connect`.
        path: The file, for its lock and its messages.
        clock: Tells the time, in UTC, at which records are stamped.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._path = path
        self._clock = clock
        self.session = secrets.token_hex(4)

    @cached_property
    def database(self) -> "Database":
        """The same connection as sqlite-utils sees it; made on first use, since importing it costs 0.1 s."""
        from sqlite_utils import Database

        return Database(self._connection)

    @contextmanager
    def act(self, label: str = "") -> Iterator[Act]:
        """One act: everything written inside is kept together, or, on any error, nothing of it.

        Begins IMMEDIATE, since sqlite-utils' `atomic()` begins deferred, and a deferred transaction that
        reads before it writes fails as soon as another program writes.

        Yields:
            The act; its `change` is set when the block ends.
        """
        with self.transaction():
            act = Act(self._connection, label, self._stamp(), lambda: self.database)
            yield act
            act.change = act.write_down(self.session)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the writers' lock; only `act` and the history use it."""
        connection = self._connection
        with write_lock(self._path):
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("PRAGMA defer_foreign_keys = ON")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                self._roll_back()
                raise explained(error, self._path) from error
            except BaseException:
                self._roll_back()
                raise

    def close(self) -> None:
        """Close the connection; SQLite checkpoints then, hence the lock."""
        with write_lock(self._path):
            self._connection.close()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _stamp(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")


def touch(touched: Touched, table: str, row_id: int, row: Row) -> None:
    """Note whose derived rows a record feeds."""
    person, interaction = _REFERS.get(table, (None, None))
    for column, ids in ((person, touched.people), (interaction, touched.interactions)):
        value = row_id if column == "id" else row.get(column or "")
        if column and isinstance(value, int):
            ids.add(value)
    if table == "gives":
        touched.gives.add(row_id)


def _image(values: Row) -> str:
    return json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))


def _read_image(connection: sqlite3.Connection, table: str, row_id: int) -> str:
    (image,) = read_images(connection, table, row_id, row_id)
    return _image(image)


def read_images(connection: sqlite3.Connection, table: str, first: int, last: int) -> list[Row]:
    """The records of a range of ids, whole, by column name."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id", (first, last))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def write_images(connection: sqlite3.Connection, table: str, images: Iterable[Row]) -> None:
    """Put records back as they were, ids and stamps included."""
    for image in images:
        columns = ", ".join(image)
        marks = ", ".join("?" * len(image))
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(image.values()))
