"""The lines that a widget has drawn, kept as the screen takes them.

At each frame Textual asks every widget for all of its lines, filters each, and frames those that are new in
some dozen steps that most widgets need and ours don't. That was half of what a key took.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.geometry import Region, Size
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

    A line of the content is put between the two sides, which are the same at each. The upper and the lower
    border Textual draws, and everything where the widget is not opaque. Of what else a style may ask for a
    content, tint, hatch and the text's own opacity, nothing is done: no style of ours does.
    """

    def __init__(self) -> None:
        super().__init__()
        self._size = Size()
        self._kept: dict[int, Strip] = {}
        self._sides: tuple[Strip, Strip] | None = None
        self._background = Color(0, 0, 0)
        self._framed: dict[tuple[tuple[Part, ...], str], Strip] = {}

    def clear(self) -> None:
        """Forget everything: the size, the colours or the border may be others."""
        super().clear()
        self._kept.clear()
        self._sides = None
        self._framed.clear()

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines of an `Inked` widget; of those that were there only the changed ones are drawn."""
        size = widget.region.size
        if size != self._size:
            self.clear()
            self._size, self._width = size, size.width
        kept, dirty = self._kept, self._dirty_lines
        changed = {y for y in crop.line_range if y in dirty or y not in kept}
        if changed:
            content = self._draw_content(cast("Inked", widget), changed)
            for start, end in runs(changed - content):
                drawn = super().render_widget(widget, Region(0, start, size.width, end - start))
                kept.update(zip(range(start, end), drawn, strict=True))
            dirty -= content
        lines = [kept[y] for y in crop.line_range]
        across = crop.column_span
        return lines if across == (0, size.width) else [strip.crop(*across) for strip in lines]

    def _draw_content(self, widget: "Inked", changed: Collection[int]) -> set[int]:
        """Draw those of the changed lines that are content; return which they were."""
        top, _, _, left = widget.styles.gutter
        width, height = widget.size
        lines = {y for y in changed if 0 <= y - top < height}
        if not lines or widget.opacity != 1.0:
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
            self._kept[y] = framed
        return lines


class Covered(Widget):
    """Has nothing of its own to draw: what is in it covers it. If it did not, what is behind would show.

    It stands behind another base, of which alone the rules are inherited.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """No lines."""
        return []
