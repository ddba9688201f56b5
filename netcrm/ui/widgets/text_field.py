"""Lines to type into. A module of its own, since only forms need it and its import is not cheap."""

from collections.abc import Callable

from textual import events
from textual.widgets import TextArea

from netcrm.ui.safety import typed


class TextField(TextArea):
    """Lines to type into; what is pasted is cleaned on its way in."""

    def take_ahead(self, event: events.Key) -> bool:
        """Take a key that was typed before the field was there; return whether it is one for the text."""
        text = "\n" if event.key == "enter" else event.character if event.is_printable else None
        if text:
            self.replace(text, *self.selection)
        return bool(text)

    def replace(self, insert: str, *args: object, **options: object) -> object:  # type: ignore[override]
        """Insert text, cleaned."""
        replace: Callable[..., object] = super().replace
        return replace(typed(insert, lines=True), *args, **options)
