"""What the three panes have in common: a list drawn line by line, only as far as it is seen.

A pane is a plain widget whose lines are drawn as they are shown (`inked`): no widget a row, no virtual
size, so that a key costs the same with ten people and with a hundred thousand, and is on the screen in the
very next frame.
"""

from asyncio import get_running_loop
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip

from netcrm.ui import commands
from netcrm.ui.ink import Line, caption
from netcrm.ui.widgets.drawn import runs
from netcrm.ui.widgets.inked import Inked

_SOON_SECONDS = 0.03
"""After a key. Sooner, and it would be done before the key's own frame is on the screen; much later, and a
key held down would come again before it."""


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
        drawn, line_at = self._drawn.get, self.line_at
        changed = {y for y in range(self._laid_out.height) if drawn(y) != line_at(y)}
        if changed:
            self._refresh_lines(*runs(changed))

    def soon(self, do: Callable[[], object]) -> None:
        """Do what nobody waits for in a moment, when what has changed now is drawn, and on the screen."""
        get_running_loop().call_later(_SOON_SECONDS, self.call_later, do)

    def say_above(self, text: str) -> None:
        """Write into the upper border; unlike `border_title` this has no more than that drawn again."""
        said = Content(caption(text))
        if said != self._border_title:
            self._border_title = said
            top = self.styles.gutter.top
            self._refresh_lines((-top, 1 - top))

    def say_below(self, text: str) -> None:
        """Write into the lower border, as `say_above`."""
        said = Content(text)
        if said != self._border_subtitle:
            self._border_subtitle = said
            below = self.size.height + self.styles.gutter.bottom
            self._refresh_lines((below - 1, below))

    def _refresh_lines(self, *stretches: tuple[int, int]) -> None:
        """Draw lines again, each stretch from its first to before its end; 0 is the first of the content.

        With both sides, though those stay: what is drawn need then not be cut out of what was kept.
        """
        left, width = self.styles.gutter.left, self.outer_size.width
        self.refresh(*(Region(-left, start, width, end - start) for start, end in stretches))

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
            self._styles_cache.clear()  # hidden meanwhile, and of the same size again, it may have changed
            if self.count():
                self.keep_in_view()
        return super().render_lines(crop)

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """A line, on the cursor's ground where it is of the highlighted row; it is noted for `redraw`."""
        self._drawn[y] = line, highlighted = self.line_at(y)
        if not highlighted:
            return line, ""
        return line, "cursor" if self.has_focus else "cursor-away"

    def lay_out(self) -> None:
        """Lay the lines out for the size there is, and note which: hidden, it changes unseen."""
        self._laid_out = self.size
        self.reflow()

    def reflow(self) -> None:
        """Wrap again what is wrapped to the size; called by `lay_out`."""
