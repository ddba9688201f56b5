"""A few lines of parts that are only read: a preview, an explanation, a question."""

from collections.abc import Sequence

from netcrm.ui.ink import Line
from netcrm.ui.widgets.inked import Inked


class Words(Inked):
    """Some lines; as high as its style says, so that nothing jumps when they change."""

    DEFAULT_CSS = """
    Words { height: 1; width: 1fr; }
    """

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = lines

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._lines = lines
        self.refresh()

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """A line of them."""
        return self._lines[y] if y < len(self._lines) else (), ""
