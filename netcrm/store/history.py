"""Undo and redo: each act taken back whole, across restarts, newest first."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from netcrm.domain.changes import Change
from netcrm.store.derived import Touched, refresh
from netcrm.store.errors import ChangedSince
from netcrm.store.write import Row, Writer, read_images, touch, write_images


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act as the history tells it.

    Attributes:
        label: The act in words.
        at: When it was done, UTC.
        undone: Whether it has been taken back, and could be done again.
    """

    id: int
    label: str
    at: datetime
    undone: bool


class History:
    """The acts that can be taken back, and those that can be done again."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    def acts(self, limit: int = 200) -> Sequence[PastAct]:
        """The acts, newest first."""
        rows = self._connection.execute(
            "SELECT id, label, at, undone FROM acts ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [
            PastAct(key, label, datetime.fromisoformat(at), bool(undone)) for key, label, at, undone in rows
        ]

    def undo(self) -> Change:
        """Take back the newest act that stands, whole; an empty change when there is none.

        Raises:
            ChangedSince: If something it wrote is no longer as it left it. Nothing is taken back then.
        """
        return self._turn("SELECT id, label FROM acts WHERE undone = 0 ORDER BY id DESC LIMIT 1", undo=True)

    def redo(self) -> Change:
        """Do again the act that was taken back last; an empty change when there is none.

        Raises:
            ChangedSince: If what it changes is no longer as it was. Nothing is done then.
        """
        return self._turn("SELECT id, label FROM acts WHERE undone = 1 ORDER BY id LIMIT 1", undo=False)

    def _turn(self, which: str, *, undo: bool) -> Change:
        with self._writer.transaction() as connection:
            found = connection.execute(which).fetchone()
            if found is None:
                return Change()
            act_id, label = found
            touched = Touched()
            rows = connection.execute(
                "SELECT id, change, tbl, first_id, last_id, before, after FROM act_rows WHERE act_id = ?"
                " ORDER BY id",
                (act_id,),
            ).fetchall()
            for row_id, change, table, first, last, before, after in reversed(rows) if undo else rows:
                turn = _Turn(connection, touched, label, row_id, table, first, last)
                if change == "update":
                    turn.set(json.loads(before if undo else after), json.loads(after if undo else before))
                elif (change == "insert") == undo:
                    turn.take_out(keep_in="after" if change == "insert" else None)
                else:
                    turn.put_in(json.loads(after if change == "insert" else f"[{before}]"))
            connection.execute("UPDATE acts SET undone = ? WHERE id = ?", (int(undo), act_id))
            refresh(connection, touched)
        return Change(
            label=label,
            people=frozenset(touched.people),
            interactions=frozenset(touched.interactions),
            gives=frozenset(touched.gives),
            act=act_id,
        )


@dataclass(frozen=True, slots=True)
class _Turn:
    """One entry of an act, being turned back or forth."""

    connection: sqlite3.Connection
    touched: Touched
    label: str
    entry: int
    table: str
    first: int
    last: int

    def set(self, wanted: Row, expected: Row) -> None:
        """Set columns to what they were, if they are still what the act made them."""
        images = read_images(self.connection, self.table, self.first, self.first)
        if not images or any(images[0][name] != value for name, value in expected.items()):
            raise self._changed_since()
        touch(self.touched, self.table, self.first, images[0])
        assignments = ", ".join(f"{name} = ?" for name in wanted)
        self.connection.execute(
            f"UPDATE {self.table} SET {assignments} WHERE id = ?", (*wanted.values(), self.first)
        )
        touch(self.touched, self.table, self.first, {**images[0], **wanted})

    def take_out(self, keep_in: str | None) -> None:
        """Remove records, keeping their images when nothing else has them."""
        images = read_images(self.connection, self.table, self.first, self.last)
        if len(images) != self.last - self.first + 1:
            raise self._changed_since()
        if keep_in:
            self.connection.execute(
                f"UPDATE act_rows SET {keep_in} = ? WHERE id = ?",
                (json.dumps(images, ensure_ascii=False, separators=(",", ":")), self.entry),
            )
        for row_id, image in enumerate(images, start=self.first):
            touch(self.touched, self.table, row_id, image)
        self.connection.execute(f"DELETE FROM {self.table} WHERE id BETWEEN ? AND ?", (self.first, self.last))

    def put_in(self, images: list[Row]) -> None:
        """Put records back, ids and stamps included."""
        try:
            write_images(self.connection, self.table, images)
        except sqlite3.IntegrityError as error:
            raise self._changed_since() from error
        for row_id, image in enumerate(images, start=self.first):
            touch(self.touched, self.table, row_id, image)

    def _changed_since(self) -> ChangedSince:
        return ChangedSince(f"“{self.label}” can't be turned back: something it wrote has changed since.")
