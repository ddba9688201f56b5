"""Files and folders that only their owner can read, whatever the umask; and writing them for good."""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
"""The modes of what netcrm makes. They are set once more behind `open` and `mkdir`, since a umask can take
from them too, even what the owner needs."""


_CHUNK = 1 << 20
"""Bytes of noise that are written at once."""

_LOST = (errno.EIO, errno.ENOSPC, errno.EDQUOT)
"""What a file system says that tried to sync a folder and could not; others say that they never can."""

_BESIDE = "(-journal|-wal|-shm|-lock|-open)?"
"""What SQLite and netcrm put beside a file that they have open."""


def make_file(path: Path) -> int:
    """Make a file that is not there yet, and return its descriptor.

    Raises:
        FileExistsError: Something of that name is there, a link that leads nowhere included.
        OSError: The system refuses.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, FILE)
    with contextlib.suppress(PermissionError):  # a stick's file system may know no modes
        os.fchmod(descriptor, FILE)
    return descriptor


def make_folder(path: Path) -> None:
    """Make a folder, and those that are missing on the way to it; what is there keeps its mode.

    Each is in its folder after a power cut too. SQLite sees to that for the file itself, when it first syncs
    the log that it makes there (``UNIXFILE_DIRSYNC`` in os_unix.c), before anything is confirmed.
    """
    for folder in reversed([one for one in (path, *path.parents) if not one.exists()]):
        try:
            folder.mkdir(mode=FOLDER)
        except FileExistsError:
            continue  # another program made it at the same moment
        folder.chmod(FOLDER)
        sync(folder.parent)


def sync(path: Path) -> None:
    """Wait until a file's content, or a folder's names, are on the disk.

    Not every file system can sync a folder; where it can't there is nothing to wait for.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if path.is_dir():
            try:
                os.fsync(descriptor)
            except OSError as error:
                if error.errno in _LOST:
                    raise
        else:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def tighten(path: Path) -> None:
    """Take a file or a folder from everybody else, where it is there and ours."""
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if mode & 0o077 and not path.is_symlink():
            path.chmod(FOLDER if path.is_dir() else FILE)


def wipe(path: Path) -> None:
    """Overwrite a file with noise, and remove it."""
    path.chmod(FILE)
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        overwrite(descriptor)
    finally:
        os.close(descriptor)
    path.unlink()


def discard(path: Path) -> None:
    """Wipe a file that was not finished, where it is there.

    One with a second name only loses this one: `netcrm.store.backups.copy_out` links what is finished.
    """
    try:
        state = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(state.st_mode) and state.st_nlink == 1:
        wipe(path)
    else:
        path.unlink()


def left_behind(book: Path) -> Iterator[Path]:
    """The copies, whole or in part, that netcrm was making when it was stopped; those of the key aside.

    To be asked only by who has the book to themselves: until then they may be in the making. What was put
    aside since it could not be read (``-damaged``, ``-replaced.wal``) is no such copy: it is all there is.

    Args:
        book: The book, with its links followed; it need not be there.

    Yields:
        Files to `discard`.
    """
    name = re.escape(book.name)
    for folder, kinds in (
        (book.parent, rf"{name}-new{_BESIDE}|\.{name}\.\d+\.part{_BESIDE}"),
        (book.with_name(book.name + "-backups"), rf"\..+\.part{_BESIDE}"),
    ):
        with contextlib.suppress(OSError):
            for path in sorted(folder.iterdir()):
                if re.fullmatch(kinds, path.name, re.DOTALL) and stat.S_ISREG(path.lstat().st_mode):
                    yield path


def overwrite(descriptor: int) -> None:
    """Write noise over all of a file: zeros might be kept as a hole, and leave the old blocks as they are."""
    left = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(descriptor, os.urandom(min(left, _CHUNK)))
    os.fsync(descriptor)
