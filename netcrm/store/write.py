"""The only way to change anything: an act, whole or not at all, that can be taken back.

Every change of a row goes through an `Act`, which keeps what is needed to undo it in the same transaction,
and then has everything that is derived from the rows made again.
"""

import json
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from netcrm.domain.changes import Change
from netcrm.domain.patterns import pattern
from netcrm.store.derived import Touched, refresh
from netcrm.store.errors import EditedElsewhere, StoreError
from netcrm.store.file import File, explained, sqlite_errors
from netcrm.store.locks import write_lock
from netcrm.store.standing import Standing

if TYPE_CHECKING:
    from sqlite_utils import Database

    from netcrm.domain.gives import GiveDraft
    from netcrm.domain.groups import GroupDraft
    from netcrm.domain.people import Profile
    from netcrm.domain.timeline import Entry

Said = TypeVar("Said", "Profile", "Entry", "GiveDraft", "GroupDraft")
"""What a form edits."""

Row = Mapping[str, str | int | None]
"""A record, or some columns of one, by column name."""

_LONE = pattern("[\ud800-\udfff]")

ACTS_KEPT = 1000
"""How many acts can be taken back; older ones are let go as new ones come."""

_CLOSING_SECONDS = 0.2
"""How long closing waits for a writer: nothing is gained by waiting longer, and every command ends so."""

_FEEDS = {
    "people": (("id", "profiles"),),
    "tags": (("id", "tags"),),
    "sabbaticals": (("id", "sabbaticals"),),
    "contact_points": (("person_id", "profiles"),),
    "person_tags": (("person_id", "profiles"),),
    "relations": (("person_id", "profiles"),),
    "occasions": (("person_id", "profiles"),),
    "wants": (("person_id", "profiles"),),
    "offers": (("person_id", "profiles"),),
    "further_fields": (("person_id", "profiles"),),
    "interactions": (("id", "interactions"), ("group_id", "groups")),
    "interaction_people": (("person_id", "people"), ("interaction_id", "interactions")),
    "interaction_tags": (("interaction_id", "interactions"),),
    "gives": (("id", "gives"), ("person_id", "people"), ("group_id", "groups")),
    "groups": (("id", "groups"),),
    "group_members": (("group_id", "groups"), ("person_id", "people")),
    "group_questions": (("group_id", "groups"),),
    "positions": (("person_id", "profiles"),),
    "sparks": (("id", "sparks"),),
    "introductions": (("id", "introductions"), ("one_id", "people"), ("other_id", "people")),
}
"""For each table the columns that name what it feeds, and the set of `Touched` that it belongs to."""


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
        stamped = {"uuid": str(uuid.uuid4()), "created": self._now, "updated": self._now, **_storable(row)}
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
        columns = tuple(rows[0])
        named = ", ".join(("id", "uuid", "created", "updated", *columns))
        sql = f"INSERT INTO {table} ({named}) VALUES ({', '.join('?' * (4 + len(columns)))})"
        try:
            self._connection.executemany(sql, self._stamped(ids, columns, rows))
        except UnicodeEncodeError:  # hardly ever: to look at every text beforehand takes longer
            self._connection.execute(f"DELETE FROM {table} WHERE id >= ?", (ids[0],))
            self._connection.executemany(sql, self._stamped(ids, columns, map(_storable, rows)))
        self._note_insert(table, ids[0], ids[-1])
        for column, which in _FEEDS.get(table, ()):
            fed: set[int] = getattr(self.touched, which)
            if column == "id":
                fed.update(ids)
            elif column in columns:
                fed.update(value for row in rows if isinstance(value := row[column], int))
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
        new = {name: value for name, value in _storable(changes).items() if old[name] != value}
        if not new:
            return False
        self._touch_by_id(table, row_id)
        new["updated"] = self._now
        assignments = ", ".join(f"{name} = ?" for name in new)
        self._connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*new.values(), row_id))
        images = (_image({name: old[name] for name in new}), _image(new))
        self._log.append(("update", table, row_id, row_id, *images))
        if new.keys() & {column for column, _ in _FEEDS.get(table, ())}:
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
            "INSERT INTO acts (at, label, session) VALUES (?, ?, ?)",
            (self._now, whole(self.label), session),
        )
        act_id = cursor.lastrowid
        assert act_id is not None
        connection.executemany(
            "INSERT INTO act_rows (act_id, change, tbl, first_id, last_id, before, after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(act_id, *entry) for entry in self._log],
        )
        connection.execute(
            "DELETE FROM acts WHERE id <= (SELECT id FROM acts ORDER BY id DESC LIMIT 1 OFFSET ?)",
            (ACTS_KEPT,),
        )
        return self.touched.as_change(self.label, act_id)

    def _stamped(
        self, ids: Sequence[int], columns: Sequence[str], rows: Iterable[Row]
    ) -> Iterator[tuple[str | int | None, ...]]:
        """The values of new records, each with an id, a UUID and the time."""
        # A column more, so that there are several: of one it would be no tuple.
        values = itemgetter(*columns, columns[0])
        now = self._now
        for row_id, key, row in zip(ids, _uuids(len(ids)), rows, strict=True):
            yield (row_id, key, now, now, *values(row)[:-1])

    def _note_insert(self, table: str, first: int, last: int) -> None:
        """Note new ids; a run of neighbours in one table is one entry, which keeps imports small."""
        if self._log:
            change, previous, begin, end, _, _ = self._log[-1]
            if change == "insert" and previous == table and end + 1 == first:
                self._log[-1] = ("insert", table, begin, last, None, None)
                return
        self._log.append(("insert", table, first, last, None, None))

    def _touch_by_id(self, table: str, row_id: int) -> None:
        columns = [column for column, _ in _FEEDS.get(table, ())]
        if columns == ["id"]:
            touch(self.touched, table, row_id, {})
        elif columns:
            values = self._connection.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row_id,)
            ).fetchone()
            touch(self.touched, table, row_id, dict(zip(columns, values, strict=True)))


class Writer:
    """Begins acts on one connection, and takes them back.

    Args:
        connection: An open connection, from `netcrm.store.connection.connect`.
        file: Its file, for the lock and for messages.
        clock: Tells the time, with its zone, at which records are stamped; they bear it in UTC.
        standing: Tells whether the file still stands where it was opened.
    """

    def __init__(
        self, connection: sqlite3.Connection, file: File, clock: Callable[[], datetime], standing: Standing
    ) -> None:
        self._connection = connection
        self._file = file
        self._clock = clock
        self._standing = standing
        self.session = os.urandom(4).hex()

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
    def unrecorded(self) -> Iterator[Act]:
        """Like `act`, but not in the history: for filling an empty file, and for forgetting someone.

        What it writes can't be taken back, and neither can what was done before: of a file that is not empty
        the history has to go with it, or say nothing of the rows that were written.

        Yields:
            An act that is never written down; what is derived from its rows is left to the caller.
        """
        with self.transaction():
            yield Act(self._connection, "", self._stamp(), lambda: self.database)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the writers' lock; only `act` and the history use it."""
        connection = self._connection
        self._standing.check()
        with write_lock(self._file.path):
            self._standing.check()
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("PRAGMA defer_foreign_keys = ON")
                yield connection
                connection.execute("COMMIT")
            except sqlite_errors() as error:
                self._roll_back()
                raise explained(error, self._file.path) from error
            except BaseException:
                self._roll_back()
                raise
            self._standing.check()  # what is replaced at this very moment holds the act, but nobody finds it

    def close(self) -> None:
        """Close the connection; SQLite checkpoints then, hence the lock.

        Where the lock can't be had at once it is closed all the same: whoever holds it has the file open too,
        and only the last to close checkpoints, having locked everybody else out (``sqlite3WalClose``).
        """
        try:
            with write_lock(self._file.path, _CLOSING_SECONDS):
                self._connection.close()
        except StoreError:
            self._connection.close()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _stamp(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")


def touch(touched: Touched, table: str, row_id: int, row: Row) -> None:
    """Note what a record feeds."""
    for column, which in _FEEDS.get(table, ()):
        value = row_id if column == "id" else row.get(column)
        if isinstance(value, int):
            ids: set[int] = getattr(touched, which)
            ids.add(value)


def carried_over(said: Said, before: Said | None, now: Said) -> Said:
    """What a form changed, upon what is there now: another program may have written since it was opened.

    Of a field that holds several things, such as the tags, what was added and taken out here is done to what
    is there now.

    Args:
        said: What the form says.
        before: What it said when it was opened; None to take all that it says.
        now: What is there.

    Raises:
        EditedElsewhere: If both made something else of the same thing.
    """
    if before is None:
        return said
    changed: dict[str, Any] = {}  # by name: mypy can't follow which type each field has
    elsewhere: dict[str, object] = {}
    for name in (field.name for field in fields(said)):
        here: Any = getattr(said, name)
        first: Any = getattr(before, name)
        there: Any = getattr(now, name)
        if here in (first, there):
            continue
        if there == first:
            changed[name] = here
        elif isinstance(here, tuple) and {*first} - {*here} <= {*there}:
            changed[name] = _merged(here, first, there)
        else:
            elsewhere[name] = there
    if elsewhere:
        raise EditedElsewhere(elsewhere)
    return replace(now, **changed)


def _merged(here: tuple[Any, ...], first: tuple[Any, ...], there: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is there, without what was taken out here, and with what was added here."""
    gone = {*first} - {*here}
    added = [one for one in here if one not in first and one not in there]
    return (*(one for one in there if one not in gone), *added)


def whole(text: str) -> str:
    """Text as it can be stored: a lone surrogate, left by bytes that were no UTF-8, becomes U+FFFD."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def _storable(row: Row) -> Row:
    return {name: whole(value) if isinstance(value, str) else value for name, value in row.items()}


def _uuids(count: int) -> Iterator[str]:
    """So many random UUIDs (RFC 9562, version 4), of random bytes that are asked for all at once."""
    digits = os.urandom(16 * count).hex()
    for start in range(0, 32 * count, 32):
        one = digits[start : start + 32]
        variant = "89ab"[int(one[16], 16) & 3]
        yield f"{one[:8]}-{one[8:12]}-4{one[13:16]}-{variant}{one[17:20]}-{one[20:]}"


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
