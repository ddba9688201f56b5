"""Taking someone out of the backups: each is made anew without them, and the one with them is overwritten.

What can't be made anew at all, since it is damaged or of another key, goes whole; but only what was named to
whoever was asked before. On anything else, such as a full disk, a backup stays.
"""

import contextlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from netcrm.domain.values import dataclass
from netcrm.store import backups, private
from netcrm.store.connection import bring_up_to_date, connect, teach, version_of
from netcrm.store.errors import Damaged, Encrypted, StoreError, WrongKey, reason
from netcrm.store.file import FROZEN, File, sqlite_code, sqlite_errors
from netcrm.store.standing import Standing
from netcrm.store.taking_out import take_out, write_anew
from netcrm.store.write import Writer

_STAMP = r"\d{4}-\d\d-\d\dT\d{6}(\.\d+)?Z"
_BOOK = re.compile(_STAMP + r"-[a-z]+\.db", re.ASCII)
_BYTES = re.compile(_STAMP + r"-damaged(-\d+)?(-wal)?", re.ASCII)
_LOG = re.compile(_STAMP + r"-[a-z]+\.(wal|db-wal|db-journal)", re.ASCII)
"""What netcrm itself puts among the backups: books, damaged ones' bytes, logs. Nothing else is touched."""

DAMAGED, ANOTHER_KEY, AN_OLD_LOG = "damaged", "of another key", "an old log"
"""Why a backup can't be made anew, and goes whole."""


@dataclass(frozen=True, slots=True)
class Left:
    """A backup that is to lose someone, and what is the matter with it.

    Attributes:
        path: Where it is.
        why: Why it goes whole, or why it could not be cleaned; to stand behind its name.
    """

    path: Path
    why: str


def going_whole(file: File, uuids: Sequence[str]) -> Iterator[Left]:
    """What among the backups may have someone, and can't be cleaned of them; every page of each is read."""
    for path in _ours(file):
        with contextlib.suppress(StoreError):
            backup, why = _fit(file, path)
            if why and _may_hold(backup, why, uuids):
                yield Left(path, why)


def room_needed(file: File) -> int:
    """How many bytes making the largest backup anew takes: a copy, and all its pages once more in its log."""
    return 2 * max((path.stat().st_size for path in _ours(file)), default=0)


def clean(
    file: File,
    uuids: Sequence[str],
    clock: Callable[[], datetime],
    whole: Collection[str],
    only: Collection[str] = (),
) -> tuple[int, list[Left], list[Left]]:
    """Take someone out of each backup that has them.

    Args:
        file: The book; nobody may have it open.
        uuids: Whose.
        clock: Tells the time.
        whole: The names of those that may go whole, as was said before.
        only: The names of those that are left to be done; none for all.

    Returns:
        How many were cleaned, which went whole, and which could not be cleaned and stayed as they are.

    Raises:
        StoreError: Another program is making a copy.
    """
    cleaned, gone, left = 0, list[Left](), list[Left]()
    folder = backups.folder_of(file)
    with backups.alone_in(folder):
        for path in _ours(file):
            if only and path.name not in only:
                continue
            try:
                backup, why = _fit(file, path)
                if not _may_hold(backup, why, uuids):
                    continue
                _has_one_name(path)
                if not why:
                    _clean(backup, uuids, clock)
                    cleaned += 1
                elif path.name in whole:
                    private.wipe(path)
                    gone.append(Left(path, why))
                else:
                    left.append(Left(path, why))
            except FileNotFoundError:
                continue
            except (StoreError, OSError) as error:
                left.append(Left(path, _reason(error)))
        private.sync(folder)
    return cleaned, gone, left


def _ours(file: File) -> list[Path]:
    """The books, the damaged ones' bytes and the logs that netcrm has put aside, newest last."""
    folder = backups.folder_of(file)
    found: list[Path] = []
    with contextlib.suppress(OSError):
        found += [
            path for path in folder.iterdir() if any(n.fullmatch(path.name) for n in (_BOOK, _BYTES, _LOG))
        ]
    older = re.compile(re.escape(file.path.name) + r"-v\d+\.bak")
    with contextlib.suppress(OSError):
        found += [path for path in file.path.parent.iterdir() if older.fullmatch(path.name)]
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _fit(file: File, path: Path) -> tuple[File, str]:
    """How a backup is opened, and why it can't be made anew; empty where it can.

    Raises:
        StoreError: It can't be read at all just now.
    """
    backup = file.alike(path)
    if _BYTES.fullmatch(path.name):
        return backup, DAMAGED
    if _LOG.fullmatch(path.name):
        return backup, AN_OLD_LOG
    private.tighten(path)
    for one in (backup, File(path)):
        try:
            version = version_of(one)
        except (Encrypted, WrongKey):
            continue
        except Damaged:
            return one, DAMAGED
        if not version:
            return one, DAMAGED
        try:
            backups.sound(one)
        except Damaged:
            return one, DAMAGED
        return one, ""
    return backup, ANOTHER_KEY


def _may_hold(backup: File, why: str, uuids: Sequence[str]) -> bool:
    """Whether a backup has someone, or can't be asked; whom an undo took out is in its history still."""
    if why:
        return True
    try:
        with contextlib.closing(backup.open(FROZEN)) as connection:
            return any(
                connection.execute(
                    "SELECT EXISTS (SELECT 1 FROM people WHERE uuid = ?1)"
                    " OR EXISTS (SELECT 1 FROM act_rows WHERE instr(before, ?1) OR instr(after, ?1))"
                    " OR EXISTS (SELECT 1 FROM settings WHERE instr(name, ?1))",
                    (uuid,),
                ).fetchone()[0]
                for uuid in uuids
            )
    except sqlite_errors():
        return True


def _clean(backup: File, uuids: Sequence[str], clock: Callable[[], datetime]) -> None:
    """Make a backup without them, put it in the place of the one with them, and overwrite that.

    Raises:
        StoreError: It could not be done; the backup is as it was.
        OSError: The same.
    """
    path = backup.path
    part = replace(backup, path=path.with_name(f".{path.name}.part"))
    try:
        with contextlib.closing(backup.open(FROZEN)) as connection:
            backups.copy(connection, part)
        _take_out_of(part, uuids, clock)
        backups.sound(part)
        private.sync(part.path)
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            part.path.replace(path)
            private.sync(path.parent)  # before: a power cut would bring the old name back, to noise
            private.overwrite(descriptor)
        finally:
            os.close(descriptor)
    except sqlite_errors() as error:
        raise StoreError(_reason(error)) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal", "-lock", "-open"):
            with contextlib.suppress(OSError):
                private.wipe(part.beside(suffix))
            with contextlib.suppress(OSError):
                part.beside(suffix).unlink(missing_ok=True)


def _take_out_of(part: File, uuids: Sequence[str], clock: Callable[[], datetime]) -> None:
    """Take someone out of a copy that nobody else knows of; an older netcrm's is brought up to date."""
    with contextlib.closing(part.open()) as connection:
        teach(connection)
        bring_up_to_date(connection, part.path)
    with contextlib.closing(connect(part, clock)) as connection:
        with Writer(connection, part, clock, Standing(part)).unrecorded() as act:
            take_out(act, connection, uuids)
        write_anew(connection, part)
    with contextlib.closing(part.open()) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _has_one_name(path: Path) -> None:
    """Refuse a backup that has another name elsewhere: what is overwritten here would be gone there too."""
    if path.stat().st_nlink > 1:
        raise StoreError("it has a second name, a hard link: take that away first")


def _reason(error: BaseException) -> str:
    """Why a backup could not be cleaned, in a few words."""
    cause = error.__cause__ if isinstance(error, StoreError) and error.__cause__ else error
    code = sqlite_code(cause)
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return "the disk could not take it"
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another program has it open"
    if code.startswith("SQLITE_"):
        return f"it could not be written, {code}"
    if isinstance(cause, OSError):
        return reason(cause)
    return str(error).rstrip(".")
