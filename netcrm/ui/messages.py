"""What travels up: the screen hears it and decides."""

from dataclasses import dataclass

from textual.message import Message

from netcrm.domain.changes import Change


@dataclass
class StoreChanged(Message):
    """The store has changed.

    Attributes:
        change: What changed; None when another program did it, so that everything may have.
    """

    change: Change | None = None


@dataclass
class CommandChosen(Message):
    """A command was chosen with the mouse.

    Attributes:
        action: The action to run.
    """

    action: str
