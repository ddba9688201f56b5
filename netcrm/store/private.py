"""Files and folders that only their owner can read, whatever the umask; and writing them for good."""

import contextlib
import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
"""The modes of what netcrm makes. They are set once more behind `open` and `mkdir`, since a umask can take
from them too, even what the owner needs."""


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
    """Make a folder, and those that are missing on the way to it; what is there keeps its mode."""
    for folder in reversed([one for one in (path, *path.parents) if not one.exists()]):
        try:
            folder.mkdir(mode=FOLDER)
        except FileExistsError:
            continue  # another program made it at the same moment
        folder.chmod(FOLDER)


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
