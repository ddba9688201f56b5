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
    lock = path.with_name(path.name + "-lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreError(f"{path} can't be written: {reason(error)}.") from error
    try:
        _wait_for(descriptor, path, LOCK_SECONDS if seconds is None else seconds)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, path: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
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
