"""Opening the file: who may read it, what it must be, and the lock that writers share."""

import contextlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from netcrm.domain.rhythm import day_after
from netcrm.domain.text import fold, words
from netcrm.store import private
from netcrm.store.derived import read_sabbaticals
from netcrm.store.errors import Damaged, Encrypted, StoreError, WrongKey, reason
from netcrm.store.file import APPLICATION_ID as APPLICATION_ID
from netcrm.store.file import FROZEN, File, explained, has_no_room, how_to_look, sqlite_code, sqlite_errors
from netcrm.store.locks import write_lock
from netcrm.store.standing import Standing

if TYPE_CHECKING:
    from netcrm.store.backups import Backup
    from netcrm.store.cipher import Keys

SCHEMA_VERSION = 4
"""How many migrations a file of this version has; a test holds it to the list of migrations."""

TABLES_SINCE = 3
"""The version since which the tables are those of today, as a test holds too: what came after are indexes. A
file of it can be read as it is, and what is derived in it need not be made again."""

FORGETTING = "forgetting "
"""How settings begin that say of a forgetting that it is not done (`netcrm.store.forgetting`)."""


def unlock(
    file: File, keys: "Keys | None", clock: Callable[[], datetime]
) -> tuple[File, sqlite3.Connection, Standing]:
    """Open a file that may be encrypted, to keep it open; the key is asked for only then.

    Args:
        file: The file.
        keys: Gives the passphrases to try; None where there are none.
        clock: As `connect` has it.

    Returns:
        The file, with its key where it has one, a connection to it, and its standing.

    Raises:
        StoreError: As `connect`, or if no key opens it.
    """
    standing = Standing(file)
    try:
        return file, connect(file, clock, standing), standing
    except Encrypted:
        from netcrm.store.backups import kept

        file = unlocked(file, keys, [backup.file.path for backup in kept(file)])
        standing = Standing(file)
        try:
            return file, connect(file, clock, standing), standing
        except (Damaged, WrongKey) as error:
            said = str(error)
            if isinstance(error, WrongKey):  # it opens a backup
                said = f"{file.path} is damaged: its beginning can't be read. Nothing was changed."
            raise Damaged(said, file) from error


def unlocked(file: File, keys: "Keys | None", copies: Iterable[Path] = ()) -> File:
    """A file with the key that opens it, where it is encrypted; it is looked at, and not changed.

    Args:
        file: The file, without a key.
        keys: Gives the passphrases to try; None where there are none.
        copies: Copies of it, which the same key opens: they tell where its own beginning is damaged.

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

    copies = tuple(copies)
    for each in keyed(file, keys, copies):
        for tried in each:
            for one in (tried, *map(tried.alike, copies)):
                with contextlib.suppress(StoreError):
                    version_of(one)
                    return tried
    raise WrongKey(file.path, sure=bool(copies))


def connect(
    file: File, clock: Callable[[], datetime], standing: Standing | None = None
) -> sqlite3.Connection:
    """Open the file, made and brought up to date where needed.

    It is looked at before anything is changed, so that a file which is refused stays byte for byte as it was.
    One that can only be read is opened to be read.

    Args:
        file: The file.
        clock: Tells the time, with its zone, which the backup before a migration is named for.
        standing: For who keeps it open: is present from when the file is known to be a book.

    Raises:
        Encrypted: If it is encrypted, and has no key with it.
        StoreError: If it is not a netcrm file, comes from a newer netcrm, or can't be read or written.
    """
    path = file.path
    version = version_of(file)
    if version is None:
        _create(path)
    connection = None
    try:
        if has_todays_tables(version) and not _may_write(path):
            connection = _open_to_read(file)
            teach(connection)
            return connection
        if standing is not None:
            standing.enter()
        connection = file.open()
        if standing is not None:
            standing.check()  # before anything is read of it: its log, once opened, would be played into it
        _prepare(connection, file, clock)
        if standing is not None:
            standing.note()
    except BaseException as error:
        if connection is not None:
            connection.close()
        if has_todays_tables(version) and has_no_room(error):
            # SQLite can make no log beside it. Whoever only reads needs none.
            with contextlib.suppress(*sqlite_errors()):
                connection = _open_to_read(file)
                teach(connection)
                return connection
        if standing is not None:
            standing.leave()
        if isinstance(error, sqlite_errors()):
            if sqlite_code(error) == "SQLITE_NOTADB":
                version_of(file)  # it was put in the place of another while one waited to enter
            raise explained(error, path) from error
        raise
    return connection


def is_forgetting(connection: sqlite3.Connection) -> bool:
    """Whether somebody was being forgotten when that was stopped; asking takes microseconds."""
    with contextlib.suppress(*sqlite_errors()):  # of a damaged file others say so
        found = connection.execute(
            "SELECT 1 FROM settings WHERE name > ? AND name < ?", (FORGETTING, FORGETTING + "~")
        )
        return found.fetchone() is not None
    return False


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
        with contextlib.closing(open_to_read(file)) as connection:
            teach(connection)
            _ASIDES.append((file, connection))
            try:
                yield connection
            finally:
                _ASIDES.remove((file, connection))
    except sqlite_errors() as error:
        raise explained(error, file.path) from error


_ASIDES: list[tuple[File, sqlite3.Connection]] = []
"""The connections that are open aside, each with its file."""


def let_go(file: File) -> None:
    """End whatever is being read aside from a file, until nothing is: leaving waits for none of it."""
    while reading := [connection for each, connection in tuple(_ASIDES) if each == file]:
        for connection in reading:
            with contextlib.suppress(*sqlite_errors()):  # it has just been closed
                connection.interrupt()
        time.sleep(0.02)


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
        state = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} can't be read: {reason(error)}.") from error
    if not stat.S_ISREG(state.st_mode):
        raise StoreError(f"{path} is not a file. Choose another with --db.")
    refuse_what_others_can_change(path, state)
    if not state.st_size and _was_kept(file):
        raise Damaged(f"{path} is empty, and was not before: there are backups of it. Nothing was changed.")
    try:
        version, application, empty = _seen(file)
    except sqlite_errors() as error:
        if sqlite_code(error).startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM")):
            raise StoreError(f"{path} can't be read. Check that it is yours: ls -la.") from error
        if sqlite_code(error).startswith("SQLITE_CORRUPT"):
            raise explained(error, path) from error
        if file.key is not None:
            raise WrongKey(path) from error
        from netcrm.store.beginnings import was_plain
        from netcrm.store.cipher import looks_encrypted

        plain = was_plain(file)
        if plain:
            raise Damaged(f"{path} is damaged: its beginning can't be read. Nothing was changed.") from error
        if plain is not None or looks_encrypted(file):
            raise Encrypted(path) from error
        raise Damaged(f"{path} is not a netcrm file. Choose another with --db.") from error
    if application == 0 and version == 0 and empty:
        return 0
    if application != APPLICATION_ID:
        raise StoreError(f"{path} belongs to another program. Choose another file with --db.")
    if version > SCHEMA_VERSION:
        raise _too_new(path)
    return version


def _seen(file: File) -> tuple[int, int, bool]:
    """What `_look` finds; with the file's log, where the file alone does not say what it is.

    It may have only just been made, by whichever program, so that what was written is in its log still. Or a
    program is bringing the log into the file now, or was killed while it did: then the file alone looks
    damaged. And one that was being made when the machine went down has a journal of that, which only who may
    write can roll back; whoever opens it next has to.
    """
    with contextlib.suppress(*sqlite_errors()):
        found = _look(file, FROZEN)
        if found[1] or not file.beside("-wal").exists():
            return found
    try:
        return _look(file, "mode=ro")
    except sqlite_errors() as error:
        if sqlite_code(error) != "SQLITE_READONLY_ROLLBACK":
            raise
    return _look(file, "mode=rw")


def _look(file: File, how: str) -> tuple[int, int, bool]:
    """The schema version, the program whose file it is, and whether it has no tables."""
    with contextlib.closing(file.open(how)) as look:
        (application,) = look.execute("PRAGMA application_id").fetchone()
        version = _user_version(look)
        empty = application == 0 and look.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    return version, application, empty


def refuse_what_others_can_change(path: Path, state: os.stat_result) -> None:
    """Refuse a file that somebody else could write into, or put another in the place of.

    In a folder of everybody's that is sticky, as /tmp is, nobody can (stat(2)). That its group could is left
    to it: where a umask of 002 is usual, a group is its owner's alone.
    """
    if state.st_mode & 0o022:
        raise StoreError(f"{path} can be written by others: chmod 600 {_quoted(path)} makes it yours alone.")
    folder = path.parent
    with contextlib.suppress(OSError):
        mode = folder.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            raise StoreError(
                f"{folder} can be written by others, who could put another file in the place of {path.name}:"
                f" chmod o-w {_quoted(folder)} keeps them out."
            )
    if state.st_uid != os.geteuid() and _may_write(path):
        # What would be made beside it, their own netcrm could not use.
        raise StoreError(f"{path} belongs to somebody else: run netcrm as they do. Nothing was changed.")


def _was_kept(file: File) -> bool:
    from netcrm.store.backups import kept  # here, since it is hardly ever asked

    return bool(kept(file))


def _quoted(path: Path) -> str:
    """A path as a shell takes it."""
    import shlex  # here, since it takes half a millisecond, and hardly any file is refused

    return shlex.quote(str(path))


def _may_write(path: Path) -> bool:
    """Whether the file can be written, and its log and locks beside it."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(one, os.W_OK, effective_ids=effective) for one in (path, path.parent))


def open_to_read(file: File) -> sqlite3.Connection:
    """Open a file that others may be writing to, or beside which nothing can be made.

    Raises:
        One of `sqlite_errors`: It can't be read.
    """
    connection = file.open("mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite_errors() as error:
        connection.close()
        refused = sqlite_code(error).startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))
        if not refused and not has_no_room(error):
            raise
        return _open_to_read(file)
    return connection


def _open_to_read(file: File) -> sqlite3.Connection:
    """Open a file that can't be written, or beside which nothing can be made.

    Where nothing is in its log, nobody is writing to it, and SQLite has to make nothing beside it to read it.
    """
    connection = file.open(how_to_look(file))
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _create(path: Path) -> None:
    """Make an empty file that only its owner can read, and the folders that are missing on the way to it."""
    try:
        private.make_folder(path.parent)
        with contextlib.suppress(FileExistsError):
            os.close(private.make_file(path))
    except OSError as error:
        raise StoreError(f"{path} can't be made: {reason(error)}.") from error


def _prepare(connection: sqlite3.Connection, file: File, clock: Callable[[], datetime]) -> None:
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
        _migrate(connection, file, clock)
    elif version > SCHEMA_VERSION:
        raise _too_new(path)
    connection.execute("PRAGMA foreign_keys = ON")


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that SQL of the store uses."""
    connection.create_function("folded", 1, fold, deterministic=True)
    connection.create_function("folded_words", -1, _folded_words, deterministic=True)
    connection.create_function("day_after", 3, _day_after, deterministic=True)


def _keep_private(path: Path) -> None:
    """Take the file, and the log beside it, from everybody else: a copied or restored one may be open to all.

    SQLite gives -wal and -shm the mode that the file itself has when it makes them.
    """
    for name in (path.name, path.name + "-wal", path.name + "-shm"):
        private.tighten(path.with_name(name))


def _migrate(connection: sqlite3.Connection, file: File, clock: Callable[[], datetime]) -> None:
    """Bring a file up to date, and keep it before as it was; another program may be doing the same."""
    with write_lock(file.path):
        before = _back_up(connection, file, clock)
        try:
            bring_up_to_date(connection, file.path)
        except BaseException:
            if before is not None:  # it is as it was, and will be tried again
                before.file.path.unlink(missing_ok=True)
            raise


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the schema of a file up to date, where it is not; all of it or none.

    Args:
        connection: To it, taught; nobody else writes.
        path: Where it is.

    Raises:
        StoreError: A newer netcrm has been there meanwhile.
    """
    if _user_version(connection) == SCHEMA_VERSION:
        return
    from sqlite_utils import Database  # costs 0.1 s, and an up-to-date file never needs it

    from netcrm.store.derived import rebuild
    from netcrm.store.migrations import migrations

    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _user_version(connection)
        if version > SCHEMA_VERSION:
            raise _too_new(path)
        migrations.apply(Database(connection))
        if version < TABLES_SINCE:
            rebuild(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(connection: sqlite3.Connection, file: File, clock: Callable[[], datetime]) -> "Backup | None":
    """Keep a file as an older version left it among its backups, before it is brought up to date."""
    from netcrm.store.backups import make  # here, since an up-to-date file never needs it

    if not 0 < _user_version(connection) < SCHEMA_VERSION:
        return None
    try:
        return make(connection, file, "migration", clock())
    except StoreError as error:
        raise type(error)(
            f"{file.path} has to be brought up to date, and no copy of it could be kept before that."
            f" Nothing was changed. {error}"
        ) from error


def has_todays_tables(version: object) -> bool:
    """Whether a file of a version, None where there is no file, can be read as it is."""
    return version in range(TABLES_SINCE, SCHEMA_VERSION + 1)


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _too_new(path: Path) -> StoreError:
    return StoreError(f"{path} was written by a newer netcrm. Install that version to open it.")


def _folded_words(*texts: str | None) -> str:
    """The folded words of all texts, as search pages hold them."""
    text = " ".join(filter(None, texts))
    return " ".join(words(text)) if text else ""


def _day_after(start: str, days: int, sabbaticals: str | None) -> str:
    """`day_after` for SQL: days in ISO 8601, sabbaticals as ``2026-12-01/2027-01-10``, in a row."""
    return day_after(date.fromisoformat(start), days, read_sabbaticals(sabbaticals or "")).isoformat()
