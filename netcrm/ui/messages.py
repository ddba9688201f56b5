"""What travels up: the screen hears it and decides.

Written out, where `dataclasses.dataclass` would compile three methods of each before the first paint.
"""

from textual.message import Message


class StoreChanged(Message):
    """Another program has written to the store: anything may have changed."""


class FileReplaced(Message):
    """Another file stands where the one that is open stood, or none, and can't be gone on with yet.

    Args:
        why: What to do, in a sentence; empty when it is over.
    """

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class CommandChosen(Message):
    """A command was chosen with the mouse.

    Args:
        action: The action to run.
    """

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
