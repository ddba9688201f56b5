"""What can go wrong with the file: each a sentence that says what to do."""

from pathlib import Path


class StoreError(Exception):
    """The file can't be opened, read or written; its text is one clear sentence for the user."""


class Damaged(StoreError):
    """The file is not whole, or is no book at all: one of its backups may be put in its place."""


class ChangedSince(StoreError):
    """An act can't be taken back whole, because something it wrote has been changed since."""


class Encrypted(StoreError):
    """A file is encrypted, and no key was given.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is encrypted, and opens only with its key.")


class NoCipher(StoreError):
    """SQLCipher is needed, and is not installed."""


class WrongKey(StoreError):
    """A key does not open a file.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"That key does not open {path}.")


def reason(error: OSError) -> str:
    """Why the system refused something, to end a sentence with."""
    return (error.strerror or "the system refused it").lower()
