"""Files of the user's own and of other programs, read whole and never without end.

What is no ordinary file is refused before it is read: a named pipe would wait for ever for someone who writes
to it, and a device may have no end.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path

_PIECE = 1 << 20
"""Bytes read at once."""


class NotOrdinary(OSError):
    """A pipe, a socket, a device or a folder: nothing that could be read whole."""

    def __init__(self) -> None:
        super().__init__("It is no ordinary file.")
        self.strerror = "it is no ordinary file"


class TooLarge(OSError):
    """More bytes than anybody could mean."""

    def __init__(self, most: int) -> None:
        super().__init__(f"It is larger than {size(most)}.")
        self.strerror = f"it is larger than {size(most)}"


class Changed(OSError):
    """Somebody was writing to it: what was read is neither what was there nor what will be."""

    def __init__(self) -> None:
        super().__init__("It changed while it was read.")
        self.strerror = "it changed while it was read, so read it again when it is whole"


def content(path: str | Path, most: int) -> bytes:
    """All of an ordinary file, whose size is what is read of it and not what it says of itself.

    Args:
        path: Where it is; a link is followed.
        most: Bytes that it may have.

    Raises:
        NotOrdinary: It is none.
        TooLarge: It has more.
        Changed: It was written to meanwhile.
        OSError: It can't be read.
        ValueError: The path is none.
    """
    # Without O_NONBLOCK, opening a named pipe waits for ever; a terminal must not become ours by being read.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise NotOrdinary
        data = bounded(file.read, most)
        after = os.fstat(descriptor)
        if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise Changed
        return data


def bounded(read: Callable[[int], bytes | None], most: int) -> bytes:
    """All that there is to read, a piece at a time, so that what ends early takes no more than it has.

    Args:
        read: Reads so many bytes at the most; nothing at the end.
        most: Bytes that there may be.

    Raises:
        TooLarge: There are more.
    """
    pieces: list[bytes] = []
    left = most + 1
    while piece := read(min(left, _PIECE)):
        pieces.append(piece)
        left -= len(piece)
        if left <= 0:
            raise TooLarge(most)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def size(most: int) -> str:
    """Bytes in words: ``256 MB``, ``100 kB``."""
    return f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"
