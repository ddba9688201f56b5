"""What travels up: the screen hears it and decides."""

from dataclasses import dataclass

from textual.message import Message


class StoreChanged(Message):
    """Another program has written to the store: anything may have changed."""


@dataclass
class CommandChosen(Message):
    """A command was chosen with the mouse.

    Attributes:
        action: The action to run.
    """

    action: str
