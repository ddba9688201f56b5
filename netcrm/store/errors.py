"""What can go wrong with the file: each a sentence that says what to do."""


class StoreError(Exception):
    """The file can't be opened, read or written; its text is one clear sentence for the user."""


class ChangedSince(StoreError):
    """An act can't be taken back whole, because something it wrote has been changed since."""


class DoneElsewhere(StoreError):
    """What would be turned was done, or taken back, in another window since; asked again, it is turned."""


class Replaced(StoreError):
    """Another file stands where the one that is open stood, or none: nothing is written to the old one."""


def reason(error: OSError) -> str:
    """Why the system refused something, to end a sentence with."""
    return (error.strerror or "the system refused it").lower()
