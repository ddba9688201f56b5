"""What travels up: the screen hears it and decides."""

from dataclasses import dataclass

from textual.message import Message


class StoreChanged(Message):
    """Another program has written to the store: anything may have changed."""


@dataclass
class FileReplaced(Message):
    """Another file stands where the one that is open stood, or none, and can't be gone on with yet.

    Attributes:
        why: What to do, in a sentence; empty when it is over.
    """

    why: str


@dataclass
class CommandChosen(Message):
    """A command was chosen with the mouse.

    Attributes:
        action: The action to run.
    """

    action: str
