"""What has to hold of a book, whatever happened to the program that wrote it or to the machine."""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from netcrm.store import Store
from netcrm.store.derived import rebuild

State = Mapping[str, Sequence[tuple[object, ...]]]
"""Every row of a book, by table, in the order of its keys."""

SEARCHES = ("people_fts", "timeline_fts", "people_matter")
"""The tables of FTS5."""

HISTORY = frozenset(("acts", "act_rows", "sqlite_sequence", "suggested"))
"""What an act and its undoing change besides the book; what was suggested once stays so."""

_NEVER = frozenset(("_sqlite_migrations", "matter_vocab"))
"""When migrations ran, and a view of the search pages' words: neither is anything the user said."""


@dataclass(frozen=True, slots=True)
class Old:
    """A file of an older version.

    Attributes:
        file: Where it lies; it is only to be copied.
        people: How many there are in it.
        up_to_date: What it says once it has been brought up to date.
    """

    file: Path
    people: int
    up_to_date: State

    def faults(self, file: Path) -> Sequence[str]:
        """What is wrong with a copy that was being brought up to date; the next program brings it to the end.

        A backup that was kept beside it has everybody in it: what bears the name of one is whole.
        """
        said = []
        for beside in file.parent.rglob("*"):
            if beside.suffix in (".bak", ".db") and beside != file and not beside.name.startswith("."):
                with closing(sqlite3.connect(beside)) as kept:
                    if kept.execute("SELECT count(*) FROM people").fetchone() != (self.people,):
                        said.append(f"{beside.name} is no whole backup")
        with opened(file) as store:
            said += faults(store._connection)
            return [*said, *differing(self.up_to_date, state_of(store._connection))]


def state_of(connection: sqlite3.Connection, *, history: bool = False) -> State:
    """Every row that a connection sees: the records, what is derived from them, and, if asked, the history.

    Of the search pages it has what they hold; that their index agrees is FTS5's to check (`faults`).
    """
    leave_out = _NEVER if history else _NEVER | HISTORY
    found = connection.execute(
        "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {
        table: connection.execute(
            f"SELECT * FROM {table} ORDER BY 1, 2"
            if without_rowid
            else f"SELECT rowid, * FROM {table} ORDER BY rowid"
        ).fetchall()
        for table, without_rowid in found
        if table not in leave_out and not any(f"{search}_" in table for search in SEARCHES)
    }


def digest(connection: sqlite3.Connection) -> str:
    """A short name for a state, its history included: two books have the same only if every row is."""
    return hashlib.sha256(repr(state_of(connection, history=True)).encode()).hexdigest()[:16]


def faults(connection: sqlite3.Connection, *, derived: bool = True) -> Sequence[str]:
    """What is wrong with a book in itself; nothing when it is whole.

    Args:
        connection: The store's own, since the derived rows need its functions.
        derived: Whether to make everything derived anew, and see that it is the same.
    """
    said = [
        f"integrity_check: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"
    ]
    said += [f"foreign_key_check: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in SEARCHES:
            try:
                connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            except sqlite3.DatabaseError as error:
                said.append(f"{table}: {error}")
        if derived:
            before = state_of(connection)
            rebuild(connection)
            said += [f"derived otherwise: {table}" for table in differing(before, state_of(connection))]
    finally:
        connection.execute("ROLLBACK")
    return said


def differing(one: State, other: State) -> Sequence[str]:
    """The tables that two states differ in, with the first rows that only one of them has."""
    said = []
    for table in sorted(one.keys() | other.keys()):
        mine, theirs = one.get(table, ()), other.get(table, ())
        if mine != theirs:
            only = (
                [row for row in mine if row not in theirs][:2],
                [row for row in theirs if row not in mine][:2],
            )
            said.append(f"{table}: {only[0]} / {only[1]}")
    return said


def opened(file: Path) -> Store:
    """A book opened by netcrm's own store; whoever only looks at it need not wait for the disk afterwards."""
    store = Store(file, lambda: datetime.now(UTC))
    store._connection.execute("PRAGMA synchronous = OFF")
    return store
