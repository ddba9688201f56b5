"""The locks beside the file, by which the programs that have it open keep out of each other's way."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from netcrm.store.errors import StoreError, reason

LOCK_SECONDS = 2.0
"""How long a writer waits for another one before it says so. An act takes milliseconds; the app stands still
while it waits, and after more than this it would look dead."""

PASSING_SECONDS = 0.3
"""How long one who wants a book alone waits for others: a command that just ends is no reason to refuse."""

_AGAIN_SECONDS = 0.001
"""How often one who waits asks again: seldom, and one that writes without a pause would hardly ever be met
between two of its acts."""

_NOTE_MOST = 200
"""Bytes that are read of a note."""


@contextlib.contextmanager
def write_lock(path: Path, seconds: float | None = None) -> Iterator[None]:
    """Hold the advisory lock that every commit and checkpoint of this file is made under.

    SQLite before 3.51.3 can lose a commit when one connection writes while another checkpoints
    (sqlite.org/wal.html, the WAL-reset bug); one `flock` around both closes that, and lets two programs
    queue in order instead of failing with "database is locked".

    Args:
        path: The file.
        seconds: How long to wait for it; None for `LOCK_SECONDS`.

    Raises:
        StoreError: If another program holds it for longer.
    """
    descriptor = _open(path, "-lock")
    try:
        _wait_for(
            descriptor,
            fcntl.LOCK_EX,
            LOCK_SECONDS if seconds is None else seconds,
            f"Another program is writing to {path}. Close it, or try again in a moment.",
        )
        yield
    finally:
        os.close(descriptor)


class Presence:
    """That a book is open here: as long as it is held, `alone` refuses to everybody else.

    The kernel lets go of it when the program ends, however it ends.

    Args:
        descriptor: The file that is locked.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @property
    def note(self) -> str:
        """What stands in the file that is locked; a line of ASCII."""
        assert self._descriptor is not None
        return os.pread(self._descriptor, _NOTE_MOST, 0).decode("ascii", "replace")

    @note.setter
    def note(self, text: str) -> None:
        assert self._descriptor is not None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode("ascii"), 0)

    def close(self) -> None:
        """Let go of it; a second time changes nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def present(path: Path, seconds: float | None = None) -> Presence:
    """Say that a book is open here; any number of programs may at once.

    Args:
        path: The book, with its links followed.
        seconds: How long to wait for one that has it to itself; None for `LOCK_SECONDS`.

    Raises:
        StoreError: If another program has it to itself for longer, or nothing can be made beside it.
    """
    descriptor = _open(path, "-open")
    try:
        _wait_for(
            descriptor,
            fcntl.LOCK_SH,
            LOCK_SECONDS if seconds is None else seconds,
            f"Another netcrm is putting {path} in order, as restore does. Try again in a moment.",
        )
    except BaseException:
        os.close(descriptor)
        raise
    return Presence(descriptor)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Have a book to oneself: whoever wants to open it meanwhile waits, or is refused.

    Not even this program may have a `Store` over it open: close it first.

    Args:
        path: The book, with its links followed; it need not be there, its folder has to.

    Raises:
        StoreError: If it is open elsewhere, or nothing can be made beside it. Nothing was changed.
    """
    descriptor = _open(path, "-open")
    try:
        _wait_for(
            descriptor,
            fcntl.LOCK_EX,
            PASSING_SECONDS,
            f"netcrm is open elsewhere with {path}: quit it there first, and nothing was changed.",
        )
        yield
    finally:
        os.close(descriptor)


def _open(path: Path, suffix: str) -> int:
    """Open what is locked beside a file, made where it is missing, and never handed on to other programs."""
    lock = path.with_name(path.name + suffix)
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        descriptor = os.open(lock, flags, 0o600)
        if os.fstat(descriptor).st_mode & 0o600 != 0o600:
            os.fchmod(descriptor, 0o600)  # a umask has taken from it what we need ourselves
        return descriptor
    except OSError as error:
        raise StoreError(f"{path} can't be written: {reason(error)}.") from error


def _wait_for(descriptor: int, how: int, seconds: float, otherwise: str) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise StoreError(otherwise) from None
            time.sleep(_AGAIN_SECONDS)
