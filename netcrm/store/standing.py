"""Whether the file still stands where it was opened, and whether the log beside it is its own.

Another program may put a different file in the place of one that is open: a synchroniser, ``mv``, a backup
that is brought back. SQLite goes on with the one it has, which nobody will find any more; and whoever opens
the new one has SQLite play the old one's log into it, since nothing in a log says whose it is
(sqlite.org/howtocorrupt.html, 1.4). So it is noted beside the file which log was made for which file.
"""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from netcrm.store import private
from netcrm.store.errors import Replaced, StoreError, Unsettled
from netcrm.store.file import File
from netcrm.store.locks import Presence, present, write_lock

_Inode = tuple[int, int]


class Standing:
    """A book as it was found when it was opened.

    One that can only be read has nothing made beside it, and so is not entered.

    Args:
        file: The book.

    Attributes:
        aside: Where the log of a file that stood here before was put, if one was found.
    """

    def __init__(self, file: File) -> None:
        self.aside: Path | None = None
        self._file = file
        self._presence: Presence | None = None
        self._opened: _Inode | None = None

    def enter(self) -> None:
        """Be present, and put aside a log that belongs to another file than the one that stands here.

        Raises:
            Unsettled: If it is not at its end with another key.
            StoreError: If it can't be opened now.
        """
        self._presence = present(self._file.path)
        if self._file.is_unsettled:
            raise Unsettled
        if self._is_strange():
            with write_lock(self._file.path):
                if self._is_strange():
                    self._put_log_aside()
        self._opened = _inode(self._file.path)

    def note(self) -> None:
        """Note whose log lies beside the file; once it is open, and the log with it."""
        assert self._presence is not None
        log = _inode(self._file.beside("-wal"))
        if log and self._opened:
            note = f"{self._opened[0]} {self._opened[1]} {log[0]} {log[1]}\n"
            if self._presence.note != note:
                self._presence.note = note

    def leave(self) -> None:
        """Be present no longer."""
        if self._presence is not None:
            self._presence.close()

    @property
    def replaced(self) -> bool:
        """Whether another file, or none, stands where it was opened; asking takes microseconds."""
        return self._opened is not None and _inode(self._file.path) != self._opened

    def check(self) -> None:
        """Refuse where it no longer stands where it was opened.

        Raises:
            Replaced: If another file, or none, stands there. The text says what to do.
        """
        if not self.replaced:
            return
        name = self._file.path.name
        if _inode(self._file.path) is None:
            raise Replaced(f"{name} is gone: nothing was written. Put it back, or quit.")
        raise Replaced(f"{name} was replaced by another program: nothing was written. Leave this first.")

    def keep(self, connection: sqlite3.Connection) -> Path | None:
        """Keep what was open here, whole, among the backups: nobody finds the file itself any more.

        Args:
            connection: An open connection to it.

        Returns:
            Where it is kept; None where it could not be, as when the folder has moved along with all that is
            in it.
        """
        try:
            place = self._a_name_for("replaced.db")
            from netcrm.store.backups import copy  # here, since it is hardly ever needed

            part = replace(self._file, path=place.with_name(f".{place.name}.part"))
            copy(connection, part)
            part.path.rename(place)
            private.sync(place.parent)
        except (OSError, StoreError):
            return None
        return place

    def forget_log(self) -> None:
        """Remove a log that was put aside: all that it says has been kept with the file it belongs to."""
        if self.aside is not None:
            self.aside.unlink(missing_ok=True)
            self.aside = None

    def _is_strange(self) -> bool:
        """Whether the log that lies here was noted for a file which is not the one that stands here.

        In a folder copied as a whole lies another log than the one that was noted: it is the copied file's.
        """
        assert self._presence is not None
        try:
            device, number, *log = map(int, self._presence.note.split())
        except ValueError:
            return False
        if _inode(self._file.beside("-wal")) != tuple(log):
            return False
        return _inode(self._file.path) != (device, number)

    def _put_log_aside(self) -> None:
        """Keep the log by another name; who has it open, with the file it belongs to, goes on with it."""
        log = self._file.beside("-wal")
        if log.stat().st_size:
            self.aside = self._a_name_for("replaced.wal")
            log.rename(self.aside)
        else:
            log.unlink()
        self._file.beside("-shm").unlink(missing_ok=True)

    def _a_name_for(self, why: str) -> Path:
        """A name among the backups that nothing has yet."""
        folder = self._file.beside("-backups")
        folder.mkdir(mode=private.FOLDER, exist_ok=True)  # not those on the way: the book may have moved away
        return next(path for path in _names(folder, why) if not path.exists())


def _names(folder: Path, why: str) -> Iterator[Path]:
    at = datetime.now(UTC)
    for number in range(1_000_000):  # a later second, as backups do: any other name would not be listed
        yield folder / f"{at + timedelta(seconds=number):%Y-%m-%dT%H%M%SZ}-{why}"


def _inode(path: Path) -> _Inode | None:
    """Which file stands at a path; by `os.stat`, since opening it would drop the locks of SQLite's on it."""
    try:
        found = os.stat(path)  # noqa: PTH116  # half as long as Path.stat, and before every act
    except OSError:
        return None
    return found.st_dev, found.st_ino
