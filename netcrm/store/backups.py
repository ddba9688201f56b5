"""Copies of the book, kept in a folder beside it: made while it is in use, checked, thinned as they age.

Each is a whole book in one file, named for its time (UTC) and why it was made:
``2026-11-29T013000Z-daily.db``.
"""

import contextlib
import fcntl
import os
import re
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from netcrm.domain.thinning import spared
from netcrm.store import private
from netcrm.store.errors import Damaged, StoreError, reason
from netcrm.store.file import APPLICATION_ID, FROZEN, File, sqlite_code, sqlite_errors

ASKED = 10
"""How many are kept, besides, of those that somebody asked for, however old they are."""

STAMP = "%Y-%m-%dT%H%M%SZ"
"""How the time stands in the name of a backup, UTC (strftime(3))."""
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)-([a-z]+)\.db", re.ASCII)
_UNFINISHED = re.compile(r"\..+\.part(-journal|-wal|-shm)?")

_PAGES = 512
"""Pages copied at once, 2 MB: between them a copy can be given up, and other threads go on."""

_ROOM = 1.2
"""How much room a copy needs on the disk, as a multiple of the book's size."""

_BUSY_SECONDS = 20.0
"""How long one waits for another program that is making a copy."""

Stop = Callable[[], bool]
"""Whether to give up."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the book.

    Attributes:
        file: Its file, opened as the book is.
        at: When it was made, UTC.
        why: daily, asked, or before what: import, migration, restore, repair, encrypt, decrypt, forget; or
            replaced, of a file that another one took the place of while it was open.
    """

    file: File
    at: datetime
    why: str

    @property
    def name(self) -> str:
        """What it is called by: its file's name, without its ending."""
        return self.file.path.stem


@dataclass(frozen=True, slots=True)
class Contents:
    """What a book says of itself.

    Attributes:
        version: Of its schema.
        people: How many are in it.
        rows: How many rows each table has, the search pages' own included.
        acts: Where its history stands: two copies of one book that agree in this say the same.
    """

    version: int
    application: int
    people: int
    rows: tuple[tuple[str, int], ...]
    acts: tuple[int, ...]


class Stopped(StoreError):
    """A copy was given up half way, since whoever wanted it is leaving."""


def folder_of(file: File) -> Path:
    """Where the backups of a book lie; it need not be there."""
    return file.beside("-backups")


def kept(file: File) -> Sequence[Backup]:
    """The backups of a book, newest first. What else lies in their folder is passed over."""
    found = []
    with contextlib.suppress(OSError), os.scandir(folder_of(file)) as entries:
        for entry in entries:
            named = _NAME.fullmatch(entry.name)
            if named and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(ValueError):
                    at = datetime.fromisoformat(named[1])
                    found.append(Backup(replace(file, path=Path(entry.path)), at, named[2]))
    return sorted(found, key=lambda backup: (backup.at, backup.why), reverse=True)


def make(
    connection: sqlite3.Connection, file: File, why: str, now: datetime, *, stop: Stop = lambda: False
) -> Backup:
    """Keep a copy of the book as it stands, and thin the older ones.

    Others can read and write meanwhile: it is one moment's book. It is in its place only when it has been
    opened again and found to be sound and to say the same; what is left of one that was stopped half way
    goes with the next.

    Args:
        connection: An open connection to the book.
        file: The book.
        why: Why it is made; a word of `Backup.why`.
        now: The time, with its zone.
        stop: Asked again and again; true gives up.

    Raises:
        Damaged: The book can't be read whole. Nothing was changed.
        Stopped: It was given up.
        StoreError: No copy could be kept. Nothing was changed.
    """
    folder = folder_of(file)
    _need_room(connection, file)
    with alone_in(folder):
        for path in unfinished(file):
            with _explained(folder):
                private.discard(path)
        at = now.astimezone(UTC).replace(microsecond=0)
        taken = {backup.at for backup in kept(file)}
        while at in taken:
            at += timedelta(seconds=1)
        path = folder / f"{at.strftime(STAMP)}-{why}.db"
        part = replace(file, path=folder / f".{path.name}.part")
        copy(connection, part, stop=stop)
        with _explained(folder):
            part.path.replace(path)
            private.sync(folder)
        thin(file, max(now, at.astimezone(now.tzinfo)))
    return Backup(replace(file, path=path), at, why)


def copy(connection: sqlite3.Connection, target: File, *, stop: Stop = lambda: False) -> Contents:
    """Copy a book into a file that is not there yet; checked, and on the disk at the end.

    Raises:
        Damaged: What is copied can't be read whole, or the copy is not sound.
        Stopped: It was given up.
        StoreError: It could not be written.
    """

    def go_on(*_: object) -> None:
        if stop():
            raise Stopped("The copy was given up.")

    with _explained(target.path.parent):
        os.close(private.make_file(target.path))
    try:
        with _snapshot(connection), _explained(target.path.parent):
            said = contents(connection)
            with contextlib.closing(target.open()) as made:
                # No journal: of a copy that is not finished nothing is ever used.
                made.execute("PRAGMA journal_mode = OFF")
                made.execute("PRAGMA synchronous = OFF")
                connection.backup(made, pages=_PAGES, progress=go_on)
                # One file, that can be read where nothing may be written.
                made.execute("PRAGMA journal_mode = DELETE")
        go_on()
        if sound(target, stop=stop) != said:
            raise Damaged(f"A copy of {target.path} did not say the same as what was copied.")
        with _explained(target.path.parent):
            private.sync(target.path)
    except BaseException:
        remove(target)
        raise
    return said


def copy_out(connection: sqlite3.Connection, file: File, path: Path) -> Contents:
    """Copy a book to wherever someone wants it; never over anything.

    Raises:
        Damaged: The book can't be read whole.
        StoreError: Something is there already, or it could not be written.
    """
    taken = StoreError(f"{path} is there already, so nothing was written. Choose another name.")
    if os.path.lexists(path):
        raise taken
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder {path.parent}: make it first, or choose another.")
    part = replace(file, path=path.resolve().with_name(f".{file.path.name}.{os.getpid()}.part"))
    said = copy(connection, part)
    try:
        with _explained(path.parent):
            try:
                os.link(part.path, path)
            except FileExistsError:
                raise taken from None
            except OSError:  # no links here, as on most sticks
                if os.path.lexists(path):
                    raise taken from None
                part.path.rename(path)
            private.sync(path.parent)
    finally:
        remove(part)
    return said


def sound(file: File, *, stop: Stop = lambda: False, how: str = FROZEN) -> Contents:
    """What a book says, when every page of it has been read and found whole.

    Args:
        file: A book that nobody writes to.
        stop: Asked again and again; true gives up.
        how: How to open it.

    Raises:
        Damaged: It is not whole, or no book.
        StoreError: It can't be read.
    """
    try:
        with contextlib.closing(file.open(how)) as connection:
            connection.set_progress_handler(lambda: int(stop()), 20_000)
            said = contents(connection)
            (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite_errors() as error:
        if stop():
            raise Stopped("The check was given up.") from error
        if sqlite_code(error).startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")):
            raise StoreError(f"{file.path} can't be read. Check that it is yours: ls -la.") from error
        raise Damaged(f"{file.path} is damaged, or no netcrm file.") from error
    if state != "ok" or said.application != APPLICATION_ID:
        raise Damaged(f"{file.path} is damaged, or no netcrm file.")
    return said


def people_in(file: File) -> int | None:
    """How many people are in a backup, told without reading it all; None where it can't be read."""
    try:
        with contextlib.closing(file.open(FROZEN)) as connection:
            return int(connection.execute("SELECT count(*) FROM people").fetchone()[0])
    except sqlite_errors():
        return None


def contents(connection: sqlite3.Connection) -> Contents:
    """What a book says of itself; reads no page that it need not.

    Raises:
        One of `sqlite_errors`: It can't be read, or is no book.
    """
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE 'sqlite_stat%' ORDER BY name"
    ).fetchall()
    rows = tuple(
        (table, int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]))
        for (table,) in tables
    )
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return Contents(
        int(version), int(application), dict(rows).get("people", 0), rows, where_it_stands(connection)
    )


def daily(file: File, now: datetime, *, stop: Stop = lambda: False) -> Backup | None:
    """Make the day's backup, where it has none and something has changed since the newest.

    It has a connection of its own, so that it can be asked for in another thread.

    Args:
        file: The book; it has to be open.
        now: The time, with its zone, which says what day it is.
        stop: Asked again and again; true gives up.

    Returns:
        The backup, or None where none was needed or it was given up.

    Raises:
        StoreError: It was needed, and could not be made.
    """
    if has_of_today(file, now):
        return None
    before = kept(file)
    try:
        with reading(file) as connection:
            with _explained(None):
                changed = not is_empty(connection) and not (
                    before and _says(before[0].file, where_it_stands(connection))
                )
            return make(connection, file, "daily", now, stop=stop) if changed else None
    except Stopped:
        return None


def has_of_today(file: File, now: datetime) -> bool:
    """Whether there is a backup of this day; told by their names alone."""
    return any(backup.at.astimezone(now.tzinfo).date() == now.date() for backup in kept(file))


@contextlib.contextmanager
def reading(file: File) -> Iterator[sqlite3.Connection]:
    """Open a book that is open already once more, to copy it.

    Raises:
        StoreError: It can't be opened.
    """
    from netcrm.store.connection import open_to_read  # here, since it makes backups itself

    with _explained(None):
        connection = open_to_read(file)
    with contextlib.closing(connection):
        yield connection


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever written into a book: there is nothing to keep of it."""
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM people) OR EXISTS (SELECT 1 FROM acts)"
        " OR EXISTS (SELECT 1 FROM interactions)"
    )
    return not found.fetchone()[0]


def thin(file: File, now: datetime) -> Sequence[Backup]:
    """Remove the backups that are not to be kept any longer, and return them.

    Those that were asked for count as well; and the newest `ASKED` of them stay, whatever was made by itself
    since. The newest of all always stays.
    """
    backups = kept(file)
    stays = spared([backup.at for backup in backups], now)
    stays.update([backup.at for backup in backups if backup.why == "asked"][:ASKED])
    gone = [backup for backup in backups if backup.at not in stays]
    for backup in gone:
        with contextlib.suppress(OSError):  # it is tried again with the next one
            backup.file.path.unlink()
    return gone


def unfinished(file: File) -> Sequence[Path]:
    """What is left of copies that were stopped half way, or are being made at this moment."""
    with contextlib.suppress(OSError):
        return [path for path in folder_of(file).iterdir() if _UNFINISHED.fullmatch(path.name)]
    return []


def likely(file: File) -> Sequence[Backup]:
    """The backups, those first that one would want back: newest first, what something took the place of last.

    Whoever restores something a second time wants it again, and not what they have just left.
    """
    return sorted(kept(file), key=lambda backup: backup.why in ("restore", "replaced"))


def newest_sound(file: File) -> tuple[Backup, Contents] | None:
    """The newest backup that is whole, and what it says; None where there is none."""
    for backup in likely(file):
        with contextlib.suppress(StoreError):
            return backup, sound(backup.file)
    return None


def _need_room(connection: sqlite3.Connection, file: File) -> None:
    """Refuse to fill the disk with a copy: the book itself needs what is left of it.

    Raises:
        StoreError: It would.
    """
    folder = folder_of(file)
    with _explained(folder):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        disk = os.statvfs(file.path.parent)
    if disk.f_bavail * disk.f_frsize < pages * int(size) * _ROOM:  # SQLCipher gives the size as text
        raise StoreError(f"No copy could be kept: the disk has no room for it. Make some first in {folder}.")


def where_it_stands(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Where the history stands; it costs microseconds, however long it is.

    The number of acts ever written, those there, those taken back and which, and the people: an import
    without a history, as the demo's, shows in these only.
    """
    found = connection.execute(
        "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'acts'), (SELECT count(*) FROM acts),"
        " (SELECT count(*) FROM acts WHERE undone = 1), (SELECT sum(id) FROM acts WHERE undone = 1),"
        " (SELECT count(*) FROM people)"
    )
    return tuple(number or 0 for number in found.fetchone())


def _says(file: File, acts: tuple[int, ...]) -> bool:
    """Whether a backup stands where the history stands; one that can't be read does not."""
    try:
        with contextlib.closing(file.open(FROZEN)) as connection:
            return where_it_stands(connection) == acts
    except sqlite_errors():
        return False


@contextlib.contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """See one moment's book for a while, whatever others write: in pieces it would begin again each time."""
    if connection.in_transaction:
        yield
        return
    with _explained(None):
        connection.execute("BEGIN")
    try:
        with _explained(None):
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Make the folder where it is missing, and be the only one who makes a backup in it."""
    with _explained(folder):
        private.make_folder(folder)
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise StoreError(
                f"No copy could be kept: what has the name of their folder is no folder. Move {folder} away."
            )
        private.tighten(folder)
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        deadline = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise StoreError(
                        f"Another program is making a copy in {folder}. Try again in a moment."
                    ) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _explained(folder: Path | None) -> Iterator[None]:
    """Say in a sentence why no copy could be kept in a folder."""
    try:
        yield
    except sqlite_errors() as error:
        code = sqlite_code(error)
        if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise Damaged(
                "The book is damaged, so no copy of it could be kept: netcrm check says what can be done."
            ) from error
        if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            why = "the disk could not take it; make room first"
        elif code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            why = "another program is writing to it; try again in a moment"
        elif code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
            why = "nothing can be written there; see whose it is: ls -la"
        else:
            why = f"it could not be written ({code or type(error).__name__})"
        raise StoreError(f"No copy could be kept: {why}{f', in {folder}' if folder else ''}.") from error
    except OSError as error:
        raise StoreError(f"No copy could be kept: {reason(error)}, in {folder}.") from error


def remove(file: File) -> None:
    """Remove a file that was not finished, with what lies beside it; what is plain is overwritten."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path = file.beside(suffix)
        try:
            if file.key is None:
                private.discard(path)
        except OSError:
            pass  # at least its name goes
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def sweep(file: File) -> None:
    """Discard what is left of copies that were stopped; for who has the book to themselves.

    Raises:
        StoreError: It could not be done.
    """
    folder = folder_of(file)
    with contextlib.ExitStack() as held:
        if folder.is_dir():
            held.enter_context(alone_in(folder))
        for path in private.left_behind(file.path):
            try:
                private.discard(path)
            except OSError as error:
                raise StoreError(
                    f"{path}, which was left by something that was stopped, could not be overwritten:"
                    f" {reason(error)}. Nothing else was changed."
                ) from error
