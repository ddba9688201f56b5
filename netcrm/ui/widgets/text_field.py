"""Lines to type into. A module of its own, since only forms need it and its import is not cheap."""

from collections.abc import Callable

from textual.widgets import TextArea

from netcrm.ui.safety import typed


class TextField(TextArea):
    """Lines to type into; what is pasted is cleaned on its way in."""

    def replace(self, insert: str, *args: object, **options: object) -> object:  # type: ignore[override]
        """Insert text, cleaned."""
        replace: Callable[..., object] = super().replace
        return replace(typed(insert, lines=True), *args, **options)
