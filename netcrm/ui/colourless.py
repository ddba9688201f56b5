"""Without colour (no-color.org): what a colour said is said by how the text is set.

Where one is, is reversed; where one was, in a pane left, is underlined; what stands back is dim.
"""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

_RAISED = 1.3
"""How much farther than the farthest of the plain surfaces a background must lie to be a highlight."""

_HERE = 2.4
"""How much farther it must lie to be where one is, and not where one was."""

_BACK = 0.72
"""Contrast, as a share of the plain text's, below which text stands back."""


class Colourless(LineFilter):
    """Takes the colours out of every line.

    Args:
        theme: The theme, by whose colours it is told what each colour means.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        colours = (theme.background, theme.surface, theme.panel, theme.foreground)
        self._ground, surface, panel, self._text = (Color.parse(colour or "black") for colour in colours)
        self._plain = max(_distance(self._ground, surface), _distance(self._ground, panel))
        self._styled = lru_cache(maxsize=2048)(self._style_without)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Set each segment without colour."""
        return [Segment(text, self._styled(style) if style else style) for text, style, _ in segments]

    def _style_without(self, style: Style) -> Style:
        behind = _of(style, "bgcolor") or self._ground
        away = _distance(behind, self._ground)
        text = _of(style, "color") or self._text
        is_here = bool(style.reverse) or away > self._plain * _HERE
        return Style(
            bold=style.bold,
            italic=style.italic,
            strike=style.strike,
            dim=not is_here and _distance(text, behind) < _distance(self._text, behind) * _BACK,
            underline=style.underline or (not is_here and away > self._plain * _RAISED),
            reverse=is_here,
            meta=style.meta or None,
        )


def _of(style: Style, name: str) -> Color | None:
    colour = getattr(style, name)
    if colour is None or colour.triplet is None:
        return None
    return Color(*colour.triplet)


def _distance(one: Color, other: Color) -> int:
    return abs(one.r - other.r) + abs(one.g - other.g) + abs(one.b - other.b)
