"""Files and folders that only their owner can read, whatever the umask; and writing them for good."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
"""The modes of what netcrm makes. They are set once more behind `open` and `mkdir`, since a umask can take
from them too, even what the owner needs."""

_CHUNK = 1 << 20
"""Bytes of noise that are written at once."""

_BESIDE = r"(-journal|-wal|-shm|-lock|-open)?"
"""What SQLite, and netcrm, make beside a file under its name."""


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
            with contextlib.suppress(OSError):
                os.fsync(descriptor)
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


def overwrite(descriptor: int) -> None:
    """Write noise over all of a file: zeros might be kept as a hole, and leave the old blocks as they are."""
    left = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(descriptor, os.urandom(min(left, _CHUNK)))
    os.fsync(descriptor)


def wipe_name(path: Path) -> None:
    """Wipe a file, or only take its name away where it has another: what is there is somebody's."""
    if path.lstat().st_nlink > 1:
        path.unlink()
    else:
        wipe(path)


def left_behind(book: Path) -> Iterator[Path]:
    """What a restore, a repair, a backup or a check that was killed has left, plain: parts of copies.

    It lies beside a book or among its backups; all of it is netcrm's own, and nothing of it is ever used.
    """
    new = re.compile(re.escape(book.name) + "-new" + _BESIDE)
    copied_out = re.compile(r"\..+\.(\d+)\.part" + _BESIDE)
    part = re.compile(r"\..+\.part" + _BESIDE)
    for path in _files_in(book.parent):
        copy = copied_out.fullmatch(path.name)
        if new.fullmatch(path.name) or (copy and not _runs(int(copy[1]))):
            yield path
    for path in _files_in(book.with_name(book.name + "-backups")):
        if part.fullmatch(path.name):
            yield path


def _files_in(folder: Path) -> list[Path]:
    """The ordinary files of a folder, by name; none where it is not there."""
    with contextlib.suppress(OSError):
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    return []


def _runs(process: int) -> bool:
    """Whether a process is there: the copy in its name may be of another book, and be made just now."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
