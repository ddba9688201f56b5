"""The file as SQLite has it: how it is opened, and what its errors mean."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from netcrm.store.errors import Damaged, StoreError
from netcrm.store.locks import LOCK_SECONDS

APPLICATION_ID = 0x4E43524D
"""``NCRM``: tells the file from any other SQLite file (sqlite.org/fileformat2.html, offset 68)."""

SqliteErrors = tuple[type[Exception], ...]


@dataclass(frozen=True, slots=True)
class File:
    """One SQLite file of netcrm's: the book itself, or a backup of it.

    Attributes:
        path: Where it is, with its links followed (`os.path.realpath`): locks and logs lie beside the real
            one.
    """

    path: Path

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

    def open(self, how: str = "") -> sqlite3.Connection:
        """Open it, and leave transactions to whoever asks.

        Args:
            how: Parameters of SQLite's URI, such as ``mode=ro`` (sqlite.org/uri.html); without, it is made
                where it is missing.

        Raises:
            One of `sqlite_errors`: It can't be opened.
        """
        return sqlite3.connect(
            f"{self.path.as_uri()}?{how}" if how else self.path,
            uri=bool(how),
            timeout=LOCK_SECONDS,
            isolation_level=None,
            cached_statements=256,
        )

    def beside(self, suffix: str) -> Path:
        """The path of what lies beside it under its name and a suffix: ``-wal``, ``-lock``."""
        return self.path.with_name(self.path.name + suffix)


def sqlite_errors(*others: type[Exception]) -> SqliteErrors:
    """What SQLite raises, by whichever library it is reached, and others; for ``except``."""
    return (sqlite3.Error, *others)


def sqlite_code(error: BaseException | None) -> str:
    """SQLite's name for an error, such as ``SQLITE_FULL``; empty for one of the library itself."""
    return getattr(error, "sqlite_errorname", "") or ""


def explained(error: BaseException, path: Path) -> StoreError:
    """The sentence for an error of SQLite's."""
    code = sqlite_code(error)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(f"Another program is writing to {path}. Close it, or try again in a moment.")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(f"{path} can't be written. Check that the file and its folder are yours: ls -la.")
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return StoreError(f"The disk could not take it, and nothing was changed in {path}. Make room first.")
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Damaged(f"{path} is damaged; nothing was changed. netcrm check says what can be done.")
    return StoreError(f"{path} could not be used ({code or type(error).__name__}); nothing was changed.")
