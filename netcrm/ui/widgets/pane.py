"""What the three panes have in common: a list drawn line by line, only as far as it is seen.

A pane is a plain widget whose lines are drawn as they are shown (`render_line`): no widget a row, no virtual
size, so that a key costs the same with ten people and with a hundred thousand, and is on the screen in the
very next frame.
"""

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip

from netcrm.ui import commands
from netcrm.ui.ink import Line
from netcrm.ui.widgets.inked import Inked


class Pane(Inked, can_focus=True):
    """A bordered list with a highlight; what its rows are, its subclasses say.

    A row is one or more lines of the same thing; the highlight moves by rows, the view scrolls by lines.
    """

    BINDINGS: ClassVar = commands.bindings("list")

    DEFAULT_CSS = """
    Pane {
        border: round $foreground 25%;
        border-title-color: $foreground 55%;
        border-subtitle-color: $foreground 55%;
        border-title-align: left;
        border-subtitle-align: right;
        padding: 0 1;
        background: $background;
        color: $foreground;
        min-width: 1;
    }
    Pane:focus {
        border: round $primary;
        border-title-color: $primary;
        border-title-style: bold;
    }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.top = 0
        self._laid_out = Size()
        self._drawn: dict[int, tuple[Line, bool]] = {}

    # What a subclass says of its rows

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def moved(self) -> None:
        """The highlight has come to another row."""

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted row is seen."""
        raise NotImplementedError

    def row_at(self, y: int) -> int | None:
        """The row that is drawn at a line of the view."""
        raise NotImplementedError

    def line_at(self, y: int) -> tuple[Line, bool]:
        """The line of the view at ``y``, and whether it belongs to the highlighted row."""
        raise NotImplementedError

    def rows_per_page(self) -> int:
        """About how many rows are seen at once."""
        raise NotImplementedError

    # Moving

    def go_to(self, row: int) -> None:
        """Highlight a row, the nearest there is."""
        last = self.count() - 1
        row = max(0, min(row, last))
        if self.size != self._laid_out:
            self.lay_out()
        changed = row != self.cursor
        self.cursor = row
        self.keep_in_view()
        self.redraw()
        if changed and last >= 0:
            self.moved()

    def action_move(self, rows: int) -> None:
        """Move the highlight by rows."""
        self.go_to(self.cursor + rows)

    def action_half_page(self, direction: int) -> None:
        """Move the highlight by half of what is seen."""
        self.go_to(self.cursor + direction * max(1, self.rows_per_page() // 2))

    def action_page(self, direction: int) -> None:
        """Move the highlight by what is seen."""
        self.go_to(self.cursor + direction * max(1, self.rows_per_page()))

    def action_first(self) -> None:
        """Highlight the first row."""
        self.go_to(0)

    def action_last(self) -> None:
        """Highlight the last row."""
        self.go_to(self.count() - 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move with the wheel."""
        event.stop()
        self.action_move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move with the wheel."""
        event.stop()
        self.action_move(-3)

    def on_click(self, event: events.Click) -> None:
        """Highlight what was clicked."""
        offset = event.get_content_offset(self)
        row = self.row_at(offset.y) if offset is not None else None
        if row is not None:
            self.go_to(row)

    # Drawing

    def redraw(self) -> None:
        """Draw again the lines that have become others; most stay as they are when the highlight moves on."""
        if self.size != self._laid_out:
            self.refresh()
            return
        width, height = self.size
        changed = [Region(0, y, width, 1) for y in range(height) if self._drawn.get(y) != self.line_at(y)]
        if changed:
            self.refresh(*changed)

    def say_below(self, text: str) -> None:
        """Write into the lower border; unlike `border_subtitle` this has no more than that drawn again."""
        said = Content(text)
        if said != self._border_subtitle:
            self._border_subtitle = said
            around = self.styles.gutter
            below = self.size.height + around.bottom - 1
            self.refresh(Region(-around.left, below, self.outer_size.width, 1))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as there is room."""
        return container.height

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; lay them out again first when the size is another than the last time.

        Here and not on resize, since the region that a resize event finds may be that of the layout before.
        """
        if self.size != self._laid_out:
            self.lay_out()
            if self.count():
                self.keep_in_view()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        self._drawn[y] = line, highlighted = self.line_at(y)
        cursor = "cursor" if self.has_focus else "cursor-away"
        return self.strip(line, highlight=cursor if highlighted else "")

    def lay_out(self) -> None:
        """Lay the lines out for the size there is, and note which: hidden, it changes unseen."""
        self._laid_out = self.size
        self.reflow()

    def reflow(self) -> None:
        """Wrap again what is wrapped to the size; called by `lay_out`."""
