"""Undo and redo: each act taken back whole, across restarts, newest first."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from netcrm.domain.changes import Change
from netcrm.domain.past import PastAct
from netcrm.domain.values import dataclass
from netcrm.store.derived import Touched, refresh
from netcrm.store.errors import ChangedSince, DoneElsewhere, StoreError
from netcrm.store.file import sqlite_code
from netcrm.store.write import Row, Writer, read_images, touch, write_images


class History:
    """The acts that can be taken back, and those that can be done again.

    They are the file's, whoever did them. But what was done elsewhere since this was opened is turned only by
    who knows of it: it is told first, and turned when it is asked for again.
    """

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer
        (self._newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM acts").fetchone()
        undone = connection.execute("SELECT id FROM acts WHERE undone = 1")
        self._taken_back: set[int] = {act_id for (act_id,) in undone}
        self._told = (0, False)

    @property
    def session(self) -> str:
        """This run of the program, as its acts bear it."""
        return self._writer.session

    def acts(self, limit: int = 200) -> Sequence[PastAct]:
        """The acts, newest first."""
        rows = self._connection.execute(
            "SELECT id, label, at, undone, session FROM acts ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [
            PastAct(key, label, datetime.fromisoformat(at), bool(undone), session)
            for key, label, at, undone, session in rows
        ]

    def nearest(self) -> tuple[int, int]:
        """The ids of the acts that `undo` and `redo` would turn; 0 where there is none."""
        found = self._connection.execute(f"SELECT {_FIRST.format(_UNDO)}, {_FIRST.format(_REDO)}")
        undo, redo = found.fetchone()
        return undo, redo

    def undo(self) -> Change:
        """Take back the newest act that stands, whole; an empty change when there is none.

        Raises:
            DoneElsewhere: If it was done elsewhere since this was opened, and was not told yet.
            ChangedSince: If something it wrote is no longer as it left it. Nothing is taken back then.
        """
        return self._turn(_UNDO, back=True)

    def redo(self) -> Change:
        """Do again the act that was taken back last; an empty change when there is none.

        Raises:
            DoneElsewhere: If it was taken back elsewhere since this was opened, and was not told yet.
            ChangedSince: If what it changes is no longer as it was. Nothing is done then.
        """
        return self._turn(_REDO, back=False)

    def _turn(self, which: str, *, back: bool) -> Change:
        label = ""
        try:
            with self._writer.transaction() as connection:
                found = connection.execute(
                    f"SELECT id, label, at, session FROM acts {which} LIMIT 1"
                ).fetchone()
                if found is None:
                    return Change()
                act_id, label, at, session = found
                self._tell(act_id, label, session, back=back)
                touched = Touched()
                _turn_rows(connection, touched, act_id, at, back=back)
                connection.execute("UPDATE acts SET undone = ? WHERE id = ?", (int(back), act_id))
                refresh(connection, touched)
        except _Differs as error:
            raise _changed_since(label) from error
        except StoreError as error:
            # What hangs on a record that goes, or is gone, shows only when the transaction ends.
            if sqlite_code(error.__cause__).startswith("SQLITE_CONSTRAINT"):
                raise _changed_since(label) from error.__cause__
            raise
        (self._taken_back.add if back else self._taken_back.discard)(act_id)
        return touched.as_change(label, act_id)

    def _tell(self, act_id: int, label: str, session: str, *, back: bool) -> None:
        """Refuse for once what whoever sits here can't know of."""
        if back:
            known = session == self._writer.session or act_id <= self._newest
        else:
            known = act_id in self._taken_back
        if known or self._told == (act_id, back):
            return
        self._told = (act_id, back)
        if back:
            raise DoneElsewhere(f"“{label}” was done elsewhere", "undo again takes it back")
        raise DoneElsewhere(f"“{label}” was taken back elsewhere", "redo again does it again")


_UNDO, _REDO = "WHERE undone = 0 ORDER BY id DESC", "WHERE undone = 1 ORDER BY id"
"""Which act is taken back next, and which is done again."""

_FIRST = "coalesce((SELECT id FROM acts {} LIMIT 1), 0)"


def _turn_rows(connection: sqlite3.Connection, touched: Touched, act_id: int, at: str, *, back: bool) -> None:
    """Turn every entry of an act back, last first, or forth."""
    entries = connection.execute(
        "SELECT id, change, tbl, first_id, last_id, before, after FROM act_rows WHERE act_id = ? ORDER BY id",
        (act_id,),
    ).fetchall()
    for entry, change, table, first, last, before, after in reversed(entries) if back else entries:
        turn = _Turn(connection, touched, table, first, last)
        if change == "update":
            wanted, expected = (before, after) if back else (after, before)
            turn.set(json.loads(wanted), json.loads(expected))
        elif change == "insert" and back:
            # An insert has kept no image; its rows are as it left them if they bear its time still.
            images = turn.take_out({"updated": at})
            connection.execute("UPDATE act_rows SET after = ? WHERE id = ?", (_images(images), entry))
        elif change == "insert":
            turn.put_in(json.loads(after))
            connection.execute("UPDATE act_rows SET after = NULL WHERE id = ?", (entry,))
        elif back:
            turn.put_in([json.loads(before)])
        else:
            turn.take_out(json.loads(before))


class _Differs(Exception):
    """A record is not as the act left it."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One entry of an act, being turned back or forth."""

    connection: sqlite3.Connection
    touched: Touched
    table: str
    first: int
    last: int

    def set(self, wanted: Row, expected: Row) -> None:
        """Set columns to what they were, if they are still what the act made them."""
        (image,) = self._found(expected)
        touch(self.touched, self.table, self.first, image)
        assignments = ", ".join(f"{name} = ?" for name in wanted)
        self.connection.execute(
            f"UPDATE {self.table} SET {assignments} WHERE id = ?", (*wanted.values(), self.first)
        )
        touch(self.touched, self.table, self.first, {**image, **wanted})

    def take_out(self, expected: Row) -> Sequence[Row]:
        """Remove records, if they are still as expected; return their images."""
        images = self._found(expected)
        for row_id, image in enumerate(images, start=self.first):
            touch(self.touched, self.table, row_id, image)
        self.connection.execute(f"DELETE FROM {self.table} WHERE id BETWEEN ? AND ?", (self.first, self.last))
        return images

    def put_in(self, images: Sequence[Row]) -> None:
        """Put records back, ids and stamps included."""
        write_images(self.connection, self.table, images)
        for row_id, image in enumerate(images, start=self.first):
            touch(self.touched, self.table, row_id, image)

    def _found(self, expected: Row) -> Sequence[Row]:
        images = read_images(self.connection, self.table, self.first, self.last)
        if len(images) != self.last - self.first + 1:
            raise _Differs
        if any(image[name] != value for image in images for name, value in expected.items()):
            raise _Differs
        return images


def _images(images: Sequence[Row]) -> str:
    return json.dumps(images, ensure_ascii=False, separators=(",", ":"))


def _changed_since(label: str) -> ChangedSince:
    return ChangedSince(f"“{label}” can't be turned back: something it wrote has changed since.")
