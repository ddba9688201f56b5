"""The file as SQLite has it: how it is opened, and what its errors mean."""

import contextlib
import errno
import os
import sqlite3
import sys
from dataclasses import field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from weakref import WeakSet

from netcrm.domain.values import dataclass
from netcrm.store.errors import Damaged, StoreError
from netcrm.store.locks import LOCK_SECONDS

if TYPE_CHECKING:
    from netcrm.store.cipher import Key

APPLICATION_ID = 0x4E43524D
"""``NCRM``: tells the file from any other SQLite file (sqlite.org/fileformat2.html, offset 68)."""

_LEAST_ROOM = 65_536
"""Bytes without which SQLite can't make what it needs beside a file (``WALINDEX_PGSZ``), and an act."""

SqliteErrors = tuple[type[Exception], ...]

_ciphered: "dict[tuple[int, int], WeakSet[sqlite3.Connection]]" = {}
"""The connections of SQLCipher's in this process, by the device and inode of their files.

It has a file even when that is only looked at: it and `sqlite3` are two libraries that know nothing of each
other, and one that closes a file drops the locks that the other holds (sqlite.org/howtocorrupt.html, 2.2.1).
"""

RECODING = "-recoding"
"""What lies beside a file while it is encrypted, decrypted or given another key."""

READY = f"{RECODING}-ready"
"""What lies there once all copies stand, and take their places; it goes last."""


@dataclass(frozen=True, slots=True)
class File:
    """One SQLite file of netcrm's: the book itself, or a backup of it.

    Attributes:
        path: Where it is, with its links followed (`os.path.realpath`): locks and logs lie beside the real
            one.
        key: What opens it; None where it is not encrypted.
    """

    path: Path
    key: "Key | None" = field(default=None, repr=False, compare=False)

    @classmethod
    def at(cls, path: Path) -> "File":
        """The file of a path, with its links followed.

        Raises:
            StoreError: It is a link that leads nowhere, as when the disk that it leads to is not there.
        """
        real = Path(os.path.realpath(path))
        if os.path.islink(path) and not os.path.exists(real):  # noqa: PTH110, PTH114  # these never fail
            raise StoreError(
                f"{path} is a link that leads nowhere, so it can't be read: is the disk of {real} there?"
                " Otherwise remove the link."
            )
        return cls(real)

    def open(self, how: str = "", *, by_sqlcipher: bool = False) -> sqlite3.Connection:
        """Open it, and leave transactions to whoever asks.

        Args:
            how: Parameters of SQLite's URI, such as ``mode=ro`` (sqlite.org/uri.html); without, it is made
                where it is missing.
            by_sqlcipher: Take the library for encrypted files though it has no key, to attach one that has.

        Raises:
            One of `sqlite_errors`: It can't be opened.
            StoreError: It has a key, and SQLCipher is not installed.
        """
        by_sqlcipher = by_sqlcipher or self.key is not None
        library: ModuleType = sqlite3
        how_else = {}
        if by_sqlcipher or (_ciphered and self.is_open_by_sqlcipher()):
            from netcrm.store.cipher import referable, sqlcipher

            library = sqlcipher()
            how_else = {"factory": referable()}
        connection: sqlite3.Connection = library.connect(
            f"{self.path.as_uri()}?{how}" if how else self.path,
            uri=bool(how),
            timeout=LOCK_SECONDS,
            isolation_level=None,
            cached_statements=256,
            **how_else,
        )
        if how_else:
            _ciphered.setdefault(self._is(), WeakSet()).add(connection)
        if self.key is not None:
            try:
                self.key.unlock(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def alike(self, path: Path) -> "File":
        """Another file that the same key opens: a copy, a backup."""
        return File(path, self.key)

    def beside(self, suffix: str) -> Path:
        """The path of what lies beside it under its name and a suffix: ``-wal``, ``-lock``."""
        return self.path.with_name(self.path.name + suffix)

    @property
    def is_unsettled(self) -> bool:
        """Whether encrypting it, decrypting it or giving it another key is under way, or was stopped."""
        return self.beside(RECODING).exists() or self.beside(READY).exists()

    def is_open_by_sqlcipher(self) -> bool:
        """Whether SQLCipher has it open in this process."""
        for connection in _ciphered.get(self._is(), ()):
            with contextlib.suppress(*sqlite_errors()):
                return connection.total_changes >= 0  # it is an error to ask one that is closed
        return False

    def _is(self) -> tuple[int, int]:
        with contextlib.suppress(OSError):
            stat = self.path.stat()
            return stat.st_dev, stat.st_ino
        return 0, 0


FROZEN = "mode=ro&immutable=1"
"""How to open a file that nobody writes to: nothing is made beside it, and its folder may be read-only."""


def how_to_look(file: File) -> str:
    """How to open a book to look at it: what was written last may lie in its log."""
    log = file.beside("-wal")
    with contextlib.suppress(OSError):
        if log.stat().st_size:
            return "mode=ro"
    return FROZEN


def has_no_room(error: BaseException) -> bool:
    """Whether an error, of SQLite's or of the system's, says that the disk takes nothing more."""
    cause = error.__cause__ if isinstance(error, StoreError) else error
    if isinstance(cause, OSError):
        return cause.errno in (errno.ENOSPC, errno.EDQUOT)
    return sqlite_code(cause).startswith(("SQLITE_FULL", "SQLITE_IOERR"))


def _is_full(path: Path) -> bool:
    """Whether the disk of a file that we may write has no room for anything."""
    with contextlib.suppress(OSError):
        disk = os.statvfs(path.parent)
        return disk.f_bavail * disk.f_frsize < _LEAST_ROOM and os.access(path, os.W_OK)
    return False


def sqlite_errors(*others: type[Exception]) -> SqliteErrors:
    """What SQLite raises, by whichever library it is reached, and others; for ``except``."""
    error = getattr(sys.modules.get("sqlcipher3"), "Error", None)
    return (sqlite3.Error, *([error] if error else []), *others)


def sqlite_code(error: BaseException | None) -> str:
    """SQLite's name for an error, such as ``SQLITE_FULL``; empty for one of the library itself."""
    return getattr(error, "sqlite_errorname", "") or ""


def explained(error: BaseException, path: Path) -> StoreError:
    """The sentence for an error of SQLite's."""
    code = sqlite_code(error)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(f"Another program is writing to {path}. Close it, or try again in a moment.")
    if code.startswith("SQLITE_READONLY") and _is_full(path):  # so it was opened to be read
        code = "SQLITE_FULL"
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(f"{path} can't be written. Check that the file and its folder are yours: ls -la.")
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return StoreError(f"The disk could not take it, and nothing was changed in {path}. Make room first.")
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Damaged(f"{path} is damaged; nothing was changed. netcrm check says what can be done.")
    return StoreError(f"{path} could not be used ({code or type(error).__name__}); nothing was changed.")
