"""Screens that are left once: a second enter or esc, in the same burst of keys, finds them gone already.

Textual pops whatever screen is on top when one is dismissed; dismissed twice, a prompt would take the screen
beneath it along.
"""

from typing import Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

Result = TypeVar("Result")


class FullScreen(Screen[Result], Generic[Result]):
    """A screen that fills the terminal, and is left once."""

    left = False
    """Whether it has been left."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result; nothing, when it has been left."""
        if self.left:
            return AwaitComplete()
        self.left = True
        return super().dismiss(result)


class Modal(ModalScreen[Result], Generic[Result]):
    """A screen over another, that is left once."""

    left = False
    """Whether it has been left."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result; nothing, when it has been left."""
        if self.left:
            return AwaitComplete()
        self.left = True
        return super().dismiss(result)
