"""Opening the file: who may read it, what it must be, and the lock that writers share."""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from netcrm.domain.rhythm import Sabbatical, day_after
from netcrm.domain.stems import stem
from netcrm.domain.text import fold, words
from netcrm.store.errors import Encrypted, StoreError, WrongKey, reason
from netcrm.store.file import File, explained, sqlite_code, sqlite_errors
from netcrm.store.locks import write_lock

if TYPE_CHECKING:
    from netcrm.store.cipher import Keys

APPLICATION_ID = 0x4E43524D
"""``NCRM``: tells the file from any other SQLite file (sqlite.org/fileformat2.html, offset 68)."""

SCHEMA_VERSION = 3
"""How many migrations a file of this version has; a test holds it to the list of migrations."""


def unlock(
    file: File, keys: "Keys | None", enter: Callable[[], None] = lambda: None
) -> tuple[File, sqlite3.Connection]:
    """Open a file that may be encrypted; the key is asked for only then.

    Args:
        file: The file.
        keys: Gives the passphrases to try; None where there are none.
        enter: As `connect` has it.

    Returns:
        The file, with its key where it has one, and a connection to it.

    Raises:
        StoreError: As `connect`, or if no key opens it.
    """
    try:
        return file, connect(file, enter)
    except Encrypted:
        file = unlocked(file, keys)
        return file, connect(file, enter)


def unlocked(file: File, keys: "Keys | None") -> File:
    """A file with the key that opens it, where it is encrypted; it is looked at, and not changed.

    Args:
        file: The file, without a key.
        keys: Gives the passphrases to try; None where there are none.

    Raises:
        StoreError: If no key opens it, or it is no netcrm file that could be opened.
    """
    try:
        version_of(file)
        return file
    except Encrypted:
        if keys is None:
            raise
    from netcrm.store.cipher import keyed

    for tried in keyed(file, keys):
        with contextlib.suppress(WrongKey):
            version_of(tried)
            return tried
    raise WrongKey(file.path)


def connect(file: File, enter: Callable[[], None] = lambda: None) -> sqlite3.Connection:
    """Open the file, made and brought up to date where needed.

    It is looked at before anything is changed, so that a file which is refused stays byte for byte as it was.

    Args:
        file: The file.
        enter: Called when it is known to be a book, and before anything else of it is opened.

    Raises:
        Encrypted: If it is encrypted, and has no key with it.
        StoreError: If it is not a netcrm file, comes from a newer netcrm, or can't be read or written.
    """
    path = file.path
    if version_of(file) is None:
        _create(path)
    connection = None
    try:
        enter()
        connection = file.open()
        _prepare(connection, file)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite_errors()):
            if sqlite_code(error) == "SQLITE_NOTADB":
                version_of(file)  # it was put in the place of another while one waited to enter
            raise explained(error, path) from error
        raise
    return connection


@contextlib.contextmanager
def aside(file: File) -> Iterator[sqlite3.Connection]:
    """Open a file that is open already once more, only to be read; for another thread.

    Args:
        file: The file.

    Yields:
        A connection that can't write; it is closed at the end.

    Raises:
        StoreError: If the file could not be opened or read.
    """
    try:
        with contextlib.closing(file.open("mode=ro")) as connection:
            teach(connection)
            yield connection
    except sqlite_errors() as error:
        raise explained(error, file.path) from error


def version_of(file: File) -> int | None:
    """The schema version of an existing file, 0 when it has no tables yet; None when there is no file.

    SQLite itself is asked, read-only and as if the file could not change: a plain `open` would, at its close,
    drop the locks that other connections of this process hold on it (sqlite.org/howtocorrupt.html, 2.2).

    Raises:
        Encrypted: It is encrypted, and has no key with it.
        StoreError: It is not a netcrm file, comes from a newer netcrm, or can't be read.
    """
    path = file.path
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} can't be read: {reason(error)}.") from error
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{path} is not a file. Choose another with --db.")
    logged = file.beside("-wal").exists()
    try:
        try:
            version, application, empty = _look(file, "mode=ro&immutable=1")
        except sqlite_errors() as error:
            if not (logged and sqlite_code(error) == "SQLITE_NOTADB"):
                raise
            # A power cut may have torn the first page: the log has it whole.
            version, application, empty = _look(file, "mode=ro")
        if application == 0 and logged:
            # It may have only just been made, by whichever program: what that wrote is still in its log.
            version, application, empty = _look(file, "mode=ro")
    except sqlite_errors() as error:
        if sqlite_code(error).startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM")):
            raise StoreError(f"{path} can't be read. Check that it is yours: ls -la.") from error
        if file.key is not None:
            raise WrongKey(path) from error
        from netcrm.store.cipher import looks_encrypted

        if looks_encrypted(file):
            raise Encrypted(path) from error
        raise StoreError(f"{path} is not a netcrm file. Choose another with --db.") from error
    if application == 0 and version == 0 and empty:
        return 0
    if application != APPLICATION_ID:
        raise StoreError(f"{path} belongs to another program. Choose another file with --db.")
    if version > SCHEMA_VERSION:
        raise _too_new(path)
    return version


def _look(file: File, how: str) -> tuple[int, int, bool]:
    """The schema version, the program whose file it is, and whether it has no tables."""
    with contextlib.closing(file.open(how)) as look:
        (application,) = look.execute("PRAGMA application_id").fetchone()
        version = _user_version(look)
        empty = application == 0 and look.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    return version, application, empty


def _create(path: Path) -> None:
    """Make an empty file that only its owner can read, and the folders that are missing on the way to it."""
    try:
        for folder in reversed([folder for folder in path.parents if not folder.exists()]):
            folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(f"{path} can't be made: {reason(error)}.") from error


def _prepare(connection: sqlite3.Connection, file: File) -> None:
    """Bring a new connection, and the file behind it, to what the rest of the store counts on."""
    path = file.path
    _keep_private(path)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        with write_lock(path):
            connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    teach(connection)
    version = _user_version(connection)
    if version < SCHEMA_VERSION:
        _migrate(connection, file)
    elif version > SCHEMA_VERSION:
        raise _too_new(path)
    connection.execute("PRAGMA foreign_keys = ON")


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that SQL of the store uses."""
    connection.create_function("folded", 1, fold, deterministic=True)
    connection.create_function("folded_words", -1, _folded_words, deterministic=True)
    connection.create_function("stemmed", -1, _stemmed, deterministic=True)
    connection.create_function("day_after", 3, _day_after, deterministic=True)


def _keep_private(path: Path) -> None:
    """Take the file, and the log beside it, from everybody else: a copied or restored one may be open to all.

    SQLite gives -wal and -shm the mode that the file itself has when it makes them.
    """
    for name in (path.name, path.name + "-wal", path.name + "-shm"):
        with contextlib.suppress(OSError):
            file = path.with_name(name)
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)


def _migrate(connection: sqlite3.Connection, file: File) -> None:
    """Bring the schema up to date, all of it or none; another program may be doing the same."""
    from sqlite_utils import Database  # costs 0.1 s, and an up-to-date file never needs it

    from netcrm.store.derived import rebuild
    from netcrm.store.migrations import migrations

    with write_lock(file.path):
        _back_up(connection, file)
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _user_version(connection) > SCHEMA_VERSION:
                raise _too_new(file.path)
            migrations.apply(Database(connection))
            rebuild(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _back_up(connection: sqlite3.Connection, file: File) -> None:
    """Keep a file as an older version left it, beside it, before it is brought up to date.

    The copy is made by SQLite's backup API and checked before anything is changed.
    """
    version = _user_version(connection)
    if not 0 < version < SCHEMA_VERSION:
        return
    first = file.beside(f"-v{version}.bak")
    later = (file.beside(f"-v{version}-{again}.bak") for again in count(2))
    copy = next(name for name in chain([first], later) if not name.exists())
    try:
        os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        with contextlib.closing(file.at(copy).open()) as kept:
            connection.backup(kept)
            (state,) = kept.execute("PRAGMA quick_check").fetchone()
            if state != "ok":
                raise StoreError(state)
    except sqlite_errors(OSError, StoreError) as error:
        copy.unlink(missing_ok=True)
        raise StoreError(
            f"{file.path} has to be brought up to date, and no copy of it could be kept as {copy.name}."
            " Nothing was changed: make room, or repair the file, first."
        ) from error


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _too_new(path: Path) -> StoreError:
    return StoreError(f"{path} was written by a newer netcrm. Install that version to open it.")


def _folded_words(*texts: str | None) -> str:
    """The folded words of all texts, as search pages hold them."""
    return " ".join(words(" ".join(filter(None, texts))))


def _day_after(start: str, days: int, sabbaticals: str | None) -> str:
    """`day_after` for SQL: days in ISO 8601, sabbaticals as ``2026-12-01/2027-01-10``, in a row."""
    return day_after(date.fromisoformat(start), days, _sabbaticals(sabbaticals or "")).isoformat()


@lru_cache(maxsize=4)
def _sabbaticals(said: str) -> Sequence[Sabbatical]:
    return [Sabbatical(*map(date.fromisoformat, one.split("/"))) for one in said.split()]


def _stemmed(*texts: str | None) -> str:
    """The stems of all texts, as `people_matter` holds them."""
    return " ".join(map(stem, words(" ".join(filter(None, texts)))))
