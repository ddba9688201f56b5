"""What the three panes have in common: a list drawn line by line, only as far as it is seen.

A pane is a plain widget whose lines are drawn as they are shown (`render_line`): no widget a row, no virtual
size, so that a key costs the same with ten people and with a hundred thousand, and is on the screen in the
very next frame.
"""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from netcrm.ui import commands
from netcrm.ui.ink import Line, cut, width_of


class Pane(Widget, can_focus=True):
    """A bordered list with a highlight; what its rows are, its subclasses say.

    A row is one or more lines of the same thing; the highlight moves by rows, the view scrolls by lines.
    """

    BINDINGS: ClassVar = commands.bindings("list")

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ink--dim",
        "ink--strong",
        "ink--heading",
        "ink--accent",
        "ink--tag",
        "ink--good",
        "ink--warm",
        "ink--alert",
        "ink--key",
        "ink--cursor",
        "ink--cursor-away",
    }

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
    Pane > .ink--dim { color: $foreground 58%; }
    Pane > .ink--strong { color: $foreground; text-style: bold; }
    Pane > .ink--heading { color: $foreground 72%; text-style: bold; }
    Pane > .ink--accent { color: $accent; }
    Pane > .ink--tag { color: $secondary; }
    Pane > .ink--good { color: $success; }
    Pane > .ink--warm { color: $warning; }
    Pane > .ink--alert { color: $error; }
    Pane > .ink--key { color: $accent; text-style: bold; }
    Pane > .ink--cursor { background: $block-cursor-background; }
    Pane > .ink--cursor-away { background: $block-cursor-background 40%; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.top = 0
        self._laid_out = Size()
        self._styles: dict[str, Style] = {}

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
        changed = row != self.cursor
        self.cursor = row
        self.keep_in_view()
        self.refresh()
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

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as there is room."""
        return container.height

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._styles.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; lay them out again first when the size is another than the last time.

        Here and not on resize, since the region that a resize event finds may be that of the layout before.
        """
        if self.size != self._laid_out:
            self._laid_out = self.size
            self.reflow()
            if self.count():
                self.keep_in_view()
        return super().render_lines(crop)

    def reflow(self) -> None:
        """The width has changed: what was wrapped to it has to be wrapped again."""

    def style_of(self, role: str) -> Style:
        """The style of a role, in the present theme."""
        style = self._styles.get(role)
        if style is None:
            style = self.get_component_rich_style(f"ink--{role}") if role else self.rich_style
            self._styles[role] = style
        return style

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        line, highlighted = self.line_at(y)
        return self.strip(line, width, highlighted=highlighted)

    def strip(self, line: Line, width: int, *, highlighted: bool = False) -> Strip:
        """A line of parts as Textual draws it, filled up to a width."""
        pieces = cut(line, width) if width_of(line) > width else line
        over = Style()
        if highlighted:
            cursor = self.style_of("cursor" if self.has_focus else "cursor-away")
            over = Style(bgcolor=cursor.bgcolor)
        segments = [Segment(text, self.style_of(role) + over) for text, role in pieces if text]
        rest = width - width_of(pieces)
        if rest > 0:
            segments.append(Segment(" " * rest, self.style_of("") + over))
        return Strip(segments, width)
