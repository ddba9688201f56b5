"""The lines that a widget has drawn, kept as the screen takes them.

At each frame Textual asks every widget for all of its lines, filters each, and frames those that are new in
some dozen steps that most widgets need and ours don't. That was half of what a key took.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from netcrm.ui.ink import Part

if TYPE_CHECKING:
    from netcrm.ui.widgets.inked import Inked

_FRAMED_MOST = 1024
"""Lines remembered with their frame: those that have scrolled come again elsewhere."""


def runs(lines: Collection[int]) -> Iterator[tuple[int, int]]:
    """Lines next to each other as one: the first of each, and the one behind its last."""
    for start in sorted(y for y in lines if y - 1 not in lines):
        end = start + 1
        while end in lines:
            end += 1
        yield start, end


class Drawn(StylesCache):
    """What a widget has drawn. Only lines that have changed are drawn, framed and filtered again.

    A line of the content is put between the two sides, which are the same at each. All else, the upper and
    the lower border and whatever is not quite usual, Textual draws.

    Args:
        widget: Whose lines they are.
    """

    def __init__(self, widget: "Inked") -> None:
        super().__init__()
        self._widget = widget
        self._crop = Region()
        self._kept: list[Strip] = []
        self._sides: tuple[Strip, Strip] | None = None
        self._background = Color(0, 0, 0)
        self._framed: dict[tuple[tuple[Part, ...], str], Strip] = {}

    def clear(self) -> None:
        """Forget everything: the size, the colours or the border may be others."""
        super().clear()
        self._kept = []
        self._sides = None
        self._framed.clear()

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines of the widget; of those that were there only the changed ones are drawn."""
        width = widget.region.width
        if width != self._width:
            self.clear()
            self._width = width
        if crop != self._crop or not self._kept:
            self._crop, self._kept = crop, [Strip([])] * crop.height
            changed = set(crop.line_range)
        else:
            changed = self._dirty_lines.intersection(crop.line_range)
        if changed:
            content = self._draw_content(crop, changed)
            for start, end in runs(changed - content):
                drawn = super().render_widget(widget, Region(crop.x, start, crop.width, end - start))
                self._kept[start - crop.y : end - crop.y] = drawn
            self._dirty_lines -= content
        return self._kept

    def _draw_content(self, crop: Region, changed: Collection[int]) -> set[int]:
        """Draw those of the changed lines that are content and nothing else; return which they were."""
        widget = self._widget
        top, _, _, left = widget.styles.gutter
        width, height = widget.size
        lines = {y for y in changed if 0 <= y - top < height}
        if not lines or crop.column_span != (0, self._width) or widget.opacity != 1.0:
            return set()
        if self._sides is None:
            (whole,) = super().render_widget(widget, Region(0, min(lines), self._width, 1))
            self._sides = whole.crop(0, left), whole.crop(left + width, self._width)
            _, self._background = widget.background_colors
        before, behind = self._sides
        filters = widget.get_line_filters()
        for y in lines:
            line, beneath = widget.inked(y - top, width)
            key = tuple(line), beneath
            framed = self._framed.get(key)
            if framed is None:
                if len(self._framed) >= _FRAMED_MOST:
                    self._framed.clear()
                segments = widget.segments(line, beneath, width)
                for one in filters:
                    segments = one.apply(segments, self._background)
                framed = self._framed[key] = Strip([*before, *segments, *behind], self._width)
            self._kept[y - crop.y] = framed
        return lines
