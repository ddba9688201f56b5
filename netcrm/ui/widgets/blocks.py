"""A list of few rows that are all laid out at once, two lines each, under headings where there are any."""

from collections.abc import Callable, Sequence

from netcrm.ui.ink import Line, part
from netcrm.ui.widgets.pane import Pane

_ROW = 2
"""Lines that a row takes."""


class BlocksPane(Pane):
    """Rows of two lines. A subclass lays them out in `reflow`: `clear`, then `add_heading` and `add_row`.

    Args:
        highlighted: Called when the highlight has come to another row.
    """

    def __init__(self, highlighted: Callable[[], None], *, id: str) -> None:
        super().__init__(id=id)
        self._highlighted = highlighted
        self._empty: Sequence[Line] = ()
        self._lines: list[Line] = []
        self._owners: list[int | None] = []
        self._starts: list[int] = []

    # Laying out

    def clear(self) -> None:
        """Begin the layout anew."""
        self._lines, self._owners, self._starts = [], [], []

    def add_heading(self, text: str) -> None:
        """Put a heading beneath what there is, and a gap between."""
        lines: list[Line] = [[part(text, "heading")]]
        if self._lines:
            lines.insert(0, ())
        self._lines += lines
        self._owners += [None] * len(lines)

    def add_row(self, first: Line, second: Line) -> None:
        """Put the next row beneath what there is."""
        self._owners += [len(self._starts)] * _ROW
        self._starts.append(len(self._lines))
        self._lines += (first, second)

    def say_where(self) -> None:
        """Say in the lower border which of the rows is highlighted."""
        self.border_subtitle = f"{self.cursor + 1} of {self.count()}" if self.count() else ""

    # Rows

    def moved(self) -> None:
        """Tell the screen."""
        self.say_where()
        self._highlighted()

    def rows_per_page(self) -> int:
        """About how many rows are seen at once."""
        return max(1, self.size.height // _ROW)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted row is seen, with its heading where it is the first under one."""
        if self.cursor >= len(self._starts):
            self.top = 0
            return
        start = self._starts[self.cursor]
        end = start + _ROW
        if start and self._owners[start - 1] is None:
            start -= 1
        height = self.size.height
        self.top = max(0, min(self.top, start, len(self._lines) - height))
        self.top = max(self.top, min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The row drawn at a line."""
        place = self.top + y
        return self._owners[place] if place < len(self._owners) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A heading, or a line of a row; what to say when there is none."""
        if not self.count():
            return (self._empty[y] if y < len(self._empty) else ()), False
        place = self.top + y
        if place >= len(self._lines):
            return (), False
        owner = self._owners[place]
        return self._lines[place], owner is not None and owner == self.cursor
