"""Whether the book is whole, and putting in order what can be."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from netcrm.store import private
from netcrm.store.backups import (
    alone_in,
    copy,
    folder_of,
    is_empty,
    kept,
    remove,
    sound,
    where_it_stands,
)
from netcrm.store.beginnings import mended
from netcrm.store.connection import SCHEMA_VERSION, has_todays_tables, refuse_what_others_can_change, teach
from netcrm.store.derived import rebuild
from netcrm.store.errors import Damaged, StoreError, reason
from netcrm.store.file import APPLICATION_ID, File, explained, how_to_look, sqlite_errors
from netcrm.store.indexes import PEOPLE_FTS, PEOPLE_MATTER, TIMELINE_FTS
from netcrm.store.salvaging import Source, legible

OLD = timedelta(days=7)
"""How old the newest backup may be while something has changed since."""

SEARCHES = ("people_fts", "timeline_fts", "people_matter")
"""The derived tables that are indexes of words (sqlite.org/fts5.html)."""

DERIVED = (*SEARCHES, "person_words", "person_facts")
"""The tables that are made from the records by `netcrm.store.derived`."""

_NO_BOOK = "no netcrm file"
"""What is wrong with another program's file."""

_IN_MEMORY = 256_000_000
"""How large a book may be, in bytes, to be copied into memory where no file can be made."""

_REPAIR = "repair"
"""What mends a finding: `netcrm.store.repairing`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and how it is.

    Attributes:
        name: What was looked at, in a word that stays the same.
        good: Whether all is well.
        said: How it is, in a sentence.
        todo: What mends it: ``repair``, ``backup``, ``restore``, ``salvage`` (``restore``, or a repair
            for what can still be read), or a sentence; empty where all is well.
    """

    name: str
    good: bool
    said: str
    todo: str = ""


def check(file: File, now: datetime) -> Sequence[Finding]:
    """Look at everything, and change nothing.

    Args:
        file: The book. Others may have it open, and write.
        now: The time, with its zone.

    Raises:
        StoreError: There is no book, it can't be read, or it is a newer netcrm's or another program's.
    """
    return list(_looked_at(file, now))


def _looked_at(file: File, now: datetime) -> Iterator[Finding]:
    yield _privacy(file)
    with _opened(file) as connection:
        pages = _pages(file, connection)
        yield pages
        if pages.good:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            yield _references(connection)
            if has_todays_tables(version):
                yield _copies(connection)
                yield _history(connection)
                yield from _derived(file, connection)
            else:
                yield Finding(
                    "version",
                    True,
                    "The book is an older netcrm's: it is brought up to date when it is opened.",
                )
        yield _backups(file, connection if pages.good else None, now)
    yield _leftovers(file)


@contextlib.contextmanager
def _opened(file: File) -> Iterator[sqlite3.Connection]:
    """Open the book to look at it; what no one can look at is refused in a sentence."""
    path = file.path
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise StoreError(f"There is no file {path}.") from None
    except OSError as error:
        raise StoreError(f"{path} can't be read: {reason(error)}.") from error
    if not path.is_file():
        raise StoreError(f"{path} is not a file. Choose another with --db.")
    if not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
        raise StoreError(f"{path} can't be read. Check that it is yours: ls -la.")
    try:
        connection = file.open(how_to_look(file))
    except sqlite_errors() as error:
        raise explained(error, path) from error
    with contextlib.closing(connection):
        with contextlib.suppress(*sqlite_errors()):
            application = int(connection.execute("PRAGMA application_id").fetchone()[0])
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if size and application not in (APPLICATION_ID, 0):
                raise StoreError(f"{path} belongs to another program. Choose another file with --db.")
            if version > SCHEMA_VERSION:
                raise StoreError(f"{path} was written by a newer netcrm. Install that version to open it.")
        yield connection


# Each thing that is looked at


def _privacy(file: File) -> Finding:
    """Nobody else can read or write the book, what lies beside it, or its backups."""
    folder = folder_of(file)
    beside = [file.beside(suffix) for suffix in ("", "-wal", "-shm", "-lock", "-open")]
    there = [path for path in (*beside, folder, *(one.file.path for one in kept(file))) if path.exists()]
    open_to_others = [path for path in there if path.stat().st_mode & 0o077]
    if open_to_others:
        said = f"Others can get at {_listed(open_to_others)}."
        return Finding("privacy", False, said, _REPAIR)
    try:
        refuse_what_others_can_change(file.path, file.path.stat())
    except OSError:
        pass  # it is told by what looks into it
    except StoreError as error:
        said, _, todo = str(error).partition(": ")
        return Finding("privacy", False, f"{said}.", f"{todo[:1].upper()}{todo[1:]}")
    strange = [path for path in there if path.stat().st_uid != os.geteuid()]
    if strange:
        said = f"{_listed(strange)} {'belong' if len(strange) > 1 else 'belongs'} to somebody else."
        return Finding("privacy", False, said, "Run netcrm as they do, or ask them to give it to you: chown.")
    return Finding("privacy", True, "Only you can read the book and its backups.")


def _pages(file: File, connection: sqlite3.Connection) -> Finding:
    """Every page can be read, every index has what its table has, every value is of its column's kind."""
    try:
        faults = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(100)")]
        if faults == ["ok"] and connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            faults = [_NO_BOOK]
    except sqlite_errors() as error:
        if not isinstance(explained(error, file.path), Damaged):
            raise explained(error, file.path) from error
        faults = ["it can't be read"]
    if faults == ["ok"]:
        return Finding("pages", True, "Every page of the file is whole.")
    many = f"{len(faults)} faults" if len(faults) > 1 else "a fault"
    todo = "salvage" if faults != [_NO_BOOK] and _is_legible(file) else "restore"
    return Finding("pages", False, f"The file is damaged: SQLite finds {many} in it.", todo)


def _is_legible(file: File) -> bool:
    with (
        contextlib.suppress(StoreError),
        mended(file) as readable,
        contextlib.closing(Source(readable, how_to_look(readable))) as source,
    ):
        return legible(source)
    return False


def _references(connection: sqlite3.Connection) -> Finding:
    """Whatever a record refers to is there."""
    lost = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if lost:
        said = f"{lost:,} {'record refers' if lost == 1 else 'records refer'} to something that is not there."
        return Finding("references", False, said, _REPAIR)
    return Finding("references", True, "Whatever a record refers to is there.")


COPIES = """FROM interaction_people JOIN interactions ON interactions.id = interaction_id
    WHERE interaction_people.day != interactions.day OR interaction_people.kind != interactions.kind"""
"""Who took part in something, whose day and kind are not those that the interaction itself says."""


def _copies(connection: sqlite3.Connection) -> Finding:
    """The day and the kind that stand with who took part are the interaction's own."""
    (differing,) = connection.execute(f"SELECT count(*) {COPIES}").fetchone()
    if differing:
        said = f"In {differing:,} places the timelines say another day or kind than the entry itself."
        return Finding("timelines", False, said, _REPAIR)
    return Finding("timelines", True, "The timelines say of every entry what it says itself.")


UNREADABLE = """FROM act_rows WHERE (before IS NOT NULL AND NOT json_valid(before))
    OR (after IS NOT NULL AND NOT json_valid(after))
    OR (change != 'insert' AND before IS NULL) OR (change = 'update' AND after IS NULL)
    OR tbl NOT IN (SELECT name FROM sqlite_master WHERE type = 'table')
    OR act_id NOT IN (SELECT id FROM acts)"""
"""What has been kept to take acts back, and can't be read."""


def _history(connection: sqlite3.Connection) -> Finding:
    """Each act can be taken back as far as its images go."""
    (broken,) = connection.execute(f"SELECT count(DISTINCT act_id) {UNREADABLE}").fetchone()
    if broken:
        acts = "an act" if broken == 1 else f"{broken:,} acts"
        said = f"What undo needs to take back {acts} is not whole."
        return Finding("history", False, said, _REPAIR)
    (acts,) = connection.execute("SELECT count(*) FROM acts").fetchone()
    return Finding(
        "history", True, f"Undo has what it needs, {acts:,} {'act' if acts == 1 else 'acts'} deep."
    )


def _derived(file: File, connection: sqlite3.Connection) -> Iterator[Finding]:
    """What is made from the records is what would be made of them now.

    It is made anew in a copy, so that nobody who writes has to wait.
    """
    try:
        with _scratch(file, connection) as copied:
            yield from _made_anew(copied)
    except StoreError as error:
        todo = "Check again where there is room beside the book, and it can be written."
        yield Finding("search", False, f"The search could not be looked at. {error}", todo)


@contextlib.contextmanager
def _scratch(file: File, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A copy of the book: in a file, or in memory where that can't be and the book is no large one.

    Raises:
        StoreError: There is no room for it.
    """
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(alone_in(folder_of(file)))
            scratch = replace(file, path=folder_of(file) / ".check.part")
            remove(scratch)
            stack.callback(remove, scratch)
            copy(connection, scratch)
        except Damaged:
            raise
        except StoreError:
            if file.path.stat().st_size > _IN_MEMORY:
                raise
            # By the library that has the book open; it is a path that is no file's.
            by_sqlcipher = not isinstance(connection, sqlite3.Connection)
            copied = replace(file, path=Path(":memory:")).open(by_sqlcipher=by_sqlcipher)
            with contextlib.closing(copied):
                connection.backup(copied)
                yield copied
            return
        with contextlib.closing(scratch.open()) as copied:
            yield copied


def _made_anew(copied: sqlite3.Connection) -> Iterator[Finding]:
    teach(copied)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY"):
        copied.execute(f"PRAGMA {pragma}")
    torn = [table for table in SEARCHES if not _words_are_whole(copied, table)]
    said: dict[str, int] = {}
    try:
        for table in DERIVED:
            copied.execute(f"CREATE TABLE was_{table} AS SELECT {_key(table)} * FROM {table}")
        remake(copied)
        for table in DERIVED:
            now, was = f"SELECT {_key(table)} * FROM {table}", f"SELECT * FROM was_{table}"
            (more,) = copied.execute(f"SELECT count(*) FROM ({was} EXCEPT {now})").fetchone()
            (less,) = copied.execute(f"SELECT count(*) FROM ({now} EXCEPT {was})").fetchone()
            said[table] = max(more, less)
    except sqlite_errors():
        torn = torn or ["search"]
    differing = sum(said.get(table, 0) for table in SEARCHES)
    if torn or differing:
        what = f"{differing:,} of its pages differ from" if differing else "its index of words is not as"
        yield Finding("search", False, f"Search may miss people: {what} the records.", _REPAIR)
    else:
        yield Finding("search", True, "Search finds what stands in the records, and nothing else.")
    differing = sum(said.get(table, 0) for table in ("person_words", "person_facts"))
    if differing:
        yield Finding("lists", False, f"The lists differ from the records in {differing:,} places.", _REPAIR)
    elif said:
        yield Finding("lists", True, "The lists say what the records say.")


def remake(connection: sqlite3.Connection) -> None:
    """Make everything derived again, the indexes of words from nothing: a torn one can't even be emptied."""
    for table, made in zip(SEARCHES, (PEOPLE_FTS, TIMELINE_FTS, PEOPLE_MATTER), strict=True):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.execute(made)
    rebuild(connection)


def _words_are_whole(connection: sqlite3.Connection, table: str) -> bool:
    """Whether an index of words is what its own pages say (sqlite.org/fts5.html, 6.5)."""
    try:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    except sqlite_errors():
        return False
    return True


def _key(table: str) -> str:
    return "rowid AS id_of_page," if table in SEARCHES else ""


def _backups(file: File, connection: sqlite3.Connection | None, now: datetime) -> Finding:
    """There is a whole backup that is not too old."""
    backups = kept(file)
    changed = connection is not None and not is_empty(connection)
    if not backups:
        if connection is not None and not changed:
            return Finding("backups", True, "There is nothing in the book yet that a backup could keep.")
        return Finding(
            "backups", False, "There is no backup yet.", "backup" if connection is not None else ""
        )
    newest = backups[0]
    try:
        said = sound(newest.file)
    except StoreError:
        todo = f"Remove {newest.file.path}; the next one takes its place."
        return Finding("backups", False, "The newest backup is not whole.", todo)
    age = now - newest.at
    words = f"{len(backups)} {'backup' if len(backups) == 1 else 'backups'}; the newest is {_age(age)}"
    if age > OLD and connection is not None and said.acts != where_it_stands(connection):
        return Finding("backups", False, f"{words}, and something has changed since.", "backup")
    return Finding("backups", True, f"{words}, and whole.")


def _leftovers(file: File) -> Finding:
    """Nothing lies about that was left by a program that was stopped."""
    left = [*private.left_behind(file.path)]
    if left:
        return Finding("leftovers", False, f"Left by something that was stopped: {_listed(left)}.", _REPAIR)
    return Finding("leftovers", True, "Nothing is left over from anything that was stopped.")


def _listed(paths: Sequence[Path]) -> str:
    first = ", ".join(path.name for path in paths[:3])
    return f"{first} and {len(paths) - 3} more" if len(paths) > 3 else first


def _age(age: timedelta) -> str:
    """How old a backup is, in words."""
    if age < timedelta(minutes=2):
        return "new"
    for unit, length in (
        ("day", timedelta(days=1)),
        ("hour", timedelta(hours=1)),
        ("minute", timedelta(minutes=1)),
    ):
        many = age // length
        if many >= (2 if unit != "minute" else 1):
            return f"{many} {unit}s old"
    return "new"
