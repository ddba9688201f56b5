"""The lines that a widget has drawn, kept as the screen takes them.

At each frame Textual asks every widget for all of its lines, filters each, and frames those that are new in
some dozen steps that most widgets need and ours don't. That was half of what a key took.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.css.styles import StylesBase
from textual.geometry import Region, Size, Spacing
from textual.strip import Strip
from textual.widget import Widget

_FRAMED_MOST = 1024
"""Lines remembered with their frame: those that have scrolled come again elsewhere."""


def _runs(lines: Collection[int]) -> Iterator[tuple[int, int]]:
    """Lines next to each other as one: the first of each, and the one behind its last."""
    for start in sorted(y for y in lines if y - 1 not in lines):
        end = start + 1
        while end in lines:
            end += 1
        yield start, end


class Drawn(StylesCache):
    """What a widget has drawn. Only lines that have changed are drawn, framed and filtered again."""

    def __init__(self) -> None:
        super().__init__()
        self._crop = Region()
        self._kept: list[Strip] = []
        self._sides: tuple[Strip, Strip] | None = None
        self._framed: dict[int, tuple[Strip, Strip]] = {}

    def clear(self) -> None:
        """Forget everything: the size, the colours or the border may be others."""
        super().clear()
        self._kept = []
        self._sides = None
        self._framed.clear()

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines of a widget; of those that were there only the changed ones are drawn."""
        if crop != self._crop or not self._kept:
            self._kept = super().render_widget(widget, crop)
            self._crop = crop
        elif self._dirty_lines:
            for start, end in _runs(self._dirty_lines.intersection(crop.line_range)):
                changed = super().render_widget(widget, Region(crop.x, start, crop.width, end - start))
                self._kept[start - crop.y : end - crop.y] = changed
        return self._kept

    def render_line(
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        border_title: Any,
        border_subtitle: Any,
        opacity: float,
        *rest: Any,
    ) -> Strip:
        """A line with its frame, of which the sides are the same at each."""
        gutter = styles.gutter

        def whole(render: Callable[[int], Strip]) -> Strip:
            return super(Drawn, self).render_line(
                styles, y, size, content_size, padding, base_background, background,
                render, border_title, border_subtitle, opacity, *rest,
            )  # fmt: skip

        if not 0 <= y - gutter.top < content_size.height or opacity != 1.0:
            return whole(render_content_line)
        content = render_content_line(y - gutter.top)
        if content.cell_length != content_size.width:
            return whole(lambda _: content)
        if self._sides is None:
            framed = whole(lambda _: content)
            end = gutter.left + content_size.width
            self._sides = framed.crop(0, gutter.left), framed.crop(end, size.width)
            return framed
        kept = self._framed.get(id(content))
        if kept is None:
            if len(self._framed) >= _FRAMED_MOST:
                self._framed.clear()
            left, right = self._sides
            # The content is kept with it, so that no other gets its id.
            kept = self._framed[id(content)] = content, Strip([*left, *content, *right], size.width)
        return kept[1]
