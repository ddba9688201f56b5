"""What can go wrong with the file: each a sentence that says what to do."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netcrm.store.file import File


class StoreError(Exception):
    """The file can't be opened, read or written; its text is one clear sentence for the user."""


class Damaged(StoreError):
    """The file is not whole, or is no book at all: one of its backups may be put in its place.

    Args:
        said: What is the matter, in a sentence.
        file: The file with its key, where that has been asked for already.
    """

    def __init__(self, said: str, file: "File | None" = None) -> None:
        super().__init__(said)
        self.file = file


class ChangedSince(StoreError):
    """An act can't be taken back whole, because something it wrote has been changed since."""


class DoneElsewhere(StoreError):
    """What would be turned was done, or taken back, in another window since; asked again, it is turned.

    Args:
        what: What was done or taken back there, in words.
        again: How to have it turned all the same.
    """

    def __init__(self, what: str, again: str) -> None:
        super().__init__(f"{what}: {again}.")
        self.what = what


class EditedElsewhere(StoreError):
    """A form and another window changed the same field to something else; nothing was written.

    Args:
        now: What is there now, by the name of each such field.
    """

    def __init__(self, now: Mapping[str, object]) -> None:
        self.now = now
        named = " and ".join(name.replace("_", " ") for name in now)
        super().__init__(f"The {named} was changed elsewhere since: nothing was written.")


class Replaced(StoreError):
    """Another file stands where the one that is open stood, or none: nothing is written to the old one."""


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
        sure: Whether it is the key: it does not open the file's backups either.
    """

    def __init__(self, path: Path, *, sure: bool = True) -> None:
        otherwise = "" if sure else " If it is the right one, the beginning of the file is damaged."
        super().__init__(f"That key does not open {path}.{otherwise}")


class Unsettled(StoreError):
    """A file is just being given another key, or whoever did so was stopped."""

    def __init__(self) -> None:
        super().__init__("The file is just being given another key. Try again in a moment.")


def reason(error: OSError) -> str:
    """Why the system refused something, to end a sentence with."""
    return (error.strerror or "the system refused it").lower()
