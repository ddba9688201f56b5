"""Opening the file: who may read it, what it must be, and the lock that writers share."""

import contextlib
import fcntl
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from netcrm.domain.text import fold, words
from netcrm.store.errors import StoreError

APPLICATION_ID = 0x4E43524D
"""``NCRM``: tells the file from any other SQLite file (sqlite.org/fileformat2.html, offset 68)."""

SCHEMA_VERSION = 1
"""How many migrations a file of this version has; a test holds it to the list of migrations."""

LOCK_SECONDS = 5.0
"""How long a writer waits for another one before it says so. An act takes milliseconds."""

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\x00"


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, made and brought up to date where needed.

    The header is looked at before SQLite is, so that a file which is refused stays byte for byte as it was.

    Raises:
        StoreError: If it is not a netcrm file, comes from a newer netcrm, or can't be read or written.
    """
    version = _header_version(path)
    if version is None:
        _create(path)
        version = 0
    try:
        connection = sqlite3.connect(
            path, timeout=LOCK_SECONDS, isolation_level=None, cached_statements=256, check_same_thread=True
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.create_function("folded", 1, fold, deterministic=True)
        connection.create_function("folded_words", 1, _folded_words, deterministic=True)
        if version < SCHEMA_VERSION:
            _migrate(connection, path)
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise explained(error, path) from error
    return connection


@contextlib.contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Hold the advisory lock that every commit and checkpoint of this file is made under.

    SQLite before 3.51.3 can lose a commit when one connection writes while another checkpoints
    (sqlite.org/wal.html, the WAL-reset bug); one `flock` around both closes that, and lets two programs
    queue in order instead of failing with "database is locked".

    Raises:
        StoreError: If another program holds it for longer than `LOCK_SECONDS`.
    """
    lock = path.with_name(path.name + "-lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreError(f"{path} can't be written: {_reason(error)}.") from error
    try:
        _wait_for(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def explained(error: sqlite3.Error, path: Path) -> StoreError:
    """The sentence for an error of SQLite's."""
    code = getattr(error, "sqlite_errorname", "") or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(f"Another program is writing to {path}. Close it, or try again in a moment.")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(f"{path} can't be written. Check that the file and its folder are yours: ls -la.")
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return StoreError(f"The disk could not take it, and nothing was changed in {path}. Make room first.")
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreError(f"{path} is damaged. Put a backup in its place; nothing was changed.")
    return StoreError(f"{path} could not be used ({code or type(error).__name__}); nothing was changed.")


def _header_version(path: Path) -> int | None:
    """The schema version of an existing file; None when there is no file yet, or an empty one."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise StoreError(f"{path} is not a file. Choose another with --db.")
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} can't be read: {_reason(error)}.") from error
    if not header:
        return None
    if not header.startswith(_MAGIC):
        raise StoreError(f"{path} is not a netcrm file. Choose another with --db.")
    version = int.from_bytes(header[60:64], "big")
    application = int.from_bytes(header[68:72], "big")
    if version == 0 and application == 0 and _is_unfinished(path):
        return 0
    if application != APPLICATION_ID:
        raise StoreError(f"{path} belongs to another program. Choose another file with --db.")
    if version > SCHEMA_VERSION:
        raise StoreError(f"{path} was written by a newer netcrm. Install that version to open it.")
    return version


def _is_unfinished(path: Path) -> bool:
    """Whether a file has no tables yet: netcrm was stopped between making it and filling it."""
    connection = sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def _create(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite gives -wal and -shm the same mode."""
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, mode=0o700)
            path.parent.chmod(0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StoreError(f"{path} can't be made: {_reason(error)}.") from error


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date, all of it or none; another program may be doing the same."""
    from sqlite_utils import Database  # costs 0.1 s, and an up-to-date file never needs it

    from netcrm.store.migrations import migrations

    with write_lock(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            migrations.apply(Database(connection))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _wait_for(descriptor: int, path: Path) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise StoreError(
                    f"Another program is writing to {path}. Close it, or try again in a moment."
                ) from None
            time.sleep(0.005)


def _folded_words(text: str | None) -> str:
    return " ".join(words(text)) if text else ""


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refused it").lower()
