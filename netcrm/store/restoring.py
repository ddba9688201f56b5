"""Putting another file in the place of the book, so that at every moment one of the two is whole."""

import contextlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from netcrm.store import private
from netcrm.store.backups import STAMP, Backup, Contents, copy, folder_of, make, remove, sound, sweep
from netcrm.store.connection import SCHEMA_VERSION
from netcrm.store.errors import Damaged, StoreError, reason
from netcrm.store.file import APPLICATION_ID, FROZEN, File, explained, how_to_look, sqlite_errors
from netcrm.store.locks import alone, write_lock


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of the book that was there.

    Attributes:
        kept: The backup that was made of it; None where there was nothing, or it could not be read.
        aside: Where the bytes of one that could not be read are kept; None otherwise.
        people: How many people are in the new one.
    """

    kept: Backup | None
    aside: Path | None
    people: int


def restore(file: File, source: File, now: datetime) -> Replaced:
    """Put a copy of a backup in the place of the book, which is kept first.

    Args:
        file: The book; it need not be there.
        source: A backup of it, or any other book.
        now: The time, with its zone.

    Raises:
        Damaged: The backup is not whole.
        StoreError: It can't be done, or the book is open elsewhere. Nothing was changed.
    """
    _refuse_what_is_no_book(file)
    if source.path.exists() and file.path.exists() and source.path.samefile(file.path):
        raise StoreError(f"{source.path} is the book itself: choose one of its backups.")
    with _explained(file.path):
        private.make_folder(file.path.parent)
    if source.path in private.left_behind(file.path):
        raise StoreError(f"{source.path} is what is left of a copy that was not finished. Choose a backup.")
    with alone(file.path):
        said, how = checked(source)
        file = _keyed(file, source)
        sweep(file)
        with replacing(file) as new:
            if source.key is file.key:
                with contextlib.closing(source.open(how)) as connection:
                    copy(connection, new)
            else:
                from netcrm.store.recoding import copy_across  # here, since it brings in encryption

                copy_across(source, new)
            kept, aside = keep_what_is_there(file, "restore", now)
            put_in_place(new, file)
    return Replaced(kept, aside, said.people)


def _keyed(file: File, source: File) -> File:
    """The book, with the key it is to have: its own, or where there is none yet the backup's.

    Raises:
        StoreError: What is encrypted would be put back for everybody to read.
    """
    if source.key is None or file.key is not None:
        return file
    if file.path.exists() and file.path.stat().st_size:
        raise StoreError(
            f"{source.path} is encrypted, and {file.path} is not: it would lie there for everybody to read."
            " netcrm encrypt first, or move the plain one away. Nothing was changed."
        )
    return replace(file, key=source.key)


def checked(source: File) -> tuple[Contents, str]:
    """What a backup says, if it is whole and this netcrm knows its version; and how to open it.

    Raises:
        Damaged: It is not whole.
        StoreError: It can't be read, or is newer.
    """
    path = source.path
    if not path.is_file():
        raise StoreError(f"There is no file {path}.")
    how = how_to_look(source)
    said = sound(source, how=how)
    if said.version > SCHEMA_VERSION:
        raise StoreError(f"{path} was written by a newer netcrm. Install that version to restore it.")
    return said, how


@contextlib.contextmanager
def replacing(file: File) -> Iterator[File]:
    """A file beside the book, that is to take its place; gone again if it does not.

    Yields:
        The file; it is not there yet.
    """
    new = replace(file, path=file.beside("-new"))
    remove(new)
    try:
        yield new
    finally:
        remove(new)


def keep_what_is_there(file: File, why: str, now: datetime) -> tuple[Backup | None, Path | None]:
    """Keep the book as it stands: as a backup, or where it can't be read, its very bytes.

    Afterwards its log is in it, and not beside it.

    Returns:
        The backup, or the file with the bytes; none of the two where nothing was there.

    Raises:
        StoreError: It could not be kept.
    """
    path = file.path
    if not path.exists() or not path.stat().st_size:
        return None, None
    try:
        # First without a change: closing a damaged book that was open to be written can cost it its log.
        sound(file, how=how_to_look(file))
        with write_lock(path), contextlib.closing(file.open("mode=rw")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return make(connection, file, why, now), None
    except Damaged:
        return None, keep_bytes(file, now)
    except sqlite_errors() as error:
        refusal = explained(error, path)
        if isinstance(refusal, Damaged):
            return None, keep_bytes(file, now)
        raise refusal from error


def put_in_place(new: File, file: File) -> None:
    """Let a whole file take the place of the book, which has been kept.

    The log of the old one must be gone from the disk before the new one bears its name: SQLite would take it
    for the new one's (sqlite.org/howtocorrupt.html, 1.4).
    """
    folder = file.path.parent
    with _explained(file.path):
        for suffix in ("-wal", "-shm", "-journal"):
            file.beside(suffix).unlink(missing_ok=True)
        private.sync(folder)
        new.path.replace(file.path)
        private.sync(folder)


def keep_bytes(file: File, now: datetime) -> Path:
    """Copy the bytes of a book that can't be read, and of its log, to where its backups are."""
    folder = folder_of(file)
    name = f"{now.astimezone(UTC).strftime(STAMP)}-damaged"
    with _explained(file.path):
        private.make_folder(folder)
        to = folder / name
        number = 1
        while to.exists():
            number += 1
            to = folder / f"{name}-{number}"
        for suffix in ("", "-wal"):
            if file.beside(suffix).exists():
                target = to.with_name(to.name + suffix)
                try:
                    with (
                        os.fdopen(private.make_file(target), "wb") as there,
                        file.beside(suffix).open("rb") as here,
                    ):
                        shutil.copyfileobj(here, there)
                    private.sync(target)
                except OSError:
                    remove(replace(file, path=to, key=None))  # what it is encrypted with can't be known
                    raise
        private.sync(folder)
    return to


def _refuse_what_is_no_book(file: File) -> None:
    """Refuse to put a book over what is another program's, or no file."""
    path = file.path
    try:
        state = path.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path} can't be read: {reason(error)}.") from error
    if not stat.S_ISREG(state.st_mode):
        raise StoreError(f"{path} is not a file. Choose another with --db.")
    with contextlib.suppress(*sqlite_errors()), contextlib.closing(file.open(FROZEN)) as connection:
        if _application(connection) not in (APPLICATION_ID, 0):
            raise StoreError(f"{path} belongs to another program. Choose another file with --db.")


def _application(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} can't be replaced: {reason(error)}. Nothing was changed.") from error
