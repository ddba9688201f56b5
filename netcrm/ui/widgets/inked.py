"""A widget drawn from parts of text, each with a role; the roles' colours stand here, once.

They are no component classes: Textual looks for the rules of each of those whenever it styles a widget, so at
each change of focus, and two dozen roles on half a dozen widgets took a fifth of the start.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.strip import Strip
from textual.widget import Widget

from netcrm.ui.ink import Line, Part, cut, width_of
from netcrm.ui.widgets.drawn import Drawn


class _Ink(NamedTuple):
    """How a role looks: variables of the theme, each with how much of it is seen, 0 to 1."""

    color: str = ""
    strength: float = 1.0
    bold: bool = False
    beneath: str = ""


_INKS = {
    "dim": _Ink("foreground", 0.6),
    "dim-cursor": _Ink("foreground", 0.85),
    "strong": _Ink("foreground", bold=True),
    "heading": _Ink("foreground", 0.75, bold=True),
    "brand": _Ink("primary", bold=True),
    "accent": _Ink("accent"),
    "accent-soft": _Ink("accent", 0.45),
    "tag": _Ink("secondary"),
    "good": _Ink("success"),
    "warm": _Ink("warning"),
    "alert": _Ink("error"),
    "warm-heading": _Ink("warning", bold=True),
    "alert-heading": _Ink("error", bold=True),
    "good-heading": _Ink("success", bold=True),
    "key": _Ink("footer-key-foreground", bold=True),
    "cursor": _Ink(strength=0.3, beneath="primary"),
    "cursor-away": _Ink(strength=0.14, beneath="primary"),
    "heat-0": _Ink("foreground", 0.22),
    "heat-1": _Ink("primary", 0.42),
    "heat-2": _Ink("primary", 0.62),
    "heat-3": _Ink("primary", 0.82),
    "heat-4": _Ink("primary", bold=True),
}
"""The roles. A widget may have further ones, as component classes ``ink--`` with the role behind it."""


class Inked(Widget):
    """Draws lines of parts. Colours come from the theme only, so that every theme works."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles: dict[str, Style] = {}
        self._styles_cache = Drawn()

    # What a subclass says

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """A line of the content.

        Args:
            y: Which, from the top.
            width: How many cells it takes; what goes beyond is cut off, and the rest filled up.

        Returns:
            Its parts, and the role whose background lies beneath all of it, or none.
        """
        raise NotImplementedError

    # Drawing

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All but the one for the terminal's own colours: none of the roles is drawn in those."""
        return [one for one in super().get_line_filters() if not isinstance(one, ANSIToTruecolor)]

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._styles.clear()
        self._styles_cache.clear()
        super().notify_style_update()

    def style_of(self, role: str) -> Style:
        """The style of a role, in the present theme."""
        style = self._styles.get(role)
        if style is None:
            if not role:
                style = self.rich_style
            elif role in _INKS:
                style = self._mixed(_INKS[role])
            else:
                style = self.get_component_rich_style(f"ink--{role}")
            self._styles[role] = style
        return style

    def _mixed(self, ink: _Ink) -> Style:
        """The style of an ink on this widget."""
        _, background = self.background_colors
        variables = self.app.theme_variables
        if ink.beneath:
            background += Color.parse(variables[ink.beneath]).multiply_alpha(ink.strength)
            return self.rich_style + Style.from_color(bgcolor=background.rich_color)
        color = background + Color.parse(variables[ink.color]).multiply_alpha(ink.strength)
        return self.rich_style + Style(color=color.rich_color, bold=True if ink.bold else None)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        return Strip(self.segments(*self.inked(y, width), width), width)

    def segments(self, line: Line, beneath: str, width: int) -> list[Segment]:
        """A line of parts as Textual draws it, cut or filled up to the width.

        Args:
            line: The parts.
            beneath: The role whose background lies beneath the whole line, or none.
            width: How many cells it takes.
        """
        taken = width_of(line)
        if taken > width:
            line = cut(line, width)
            taken = width_of(line)
        pieces = [*line, Part(" " * (width - taken))]
        if not beneath:
            return [Segment(text, self.style_of(role)) for text, role in pieces if text]
        ground = Style(bgcolor=self.style_of(beneath).bgcolor)
        return [
            Segment(text, self.style_of("dim-cursor" if role == "dim" else role) + ground)
            for text, role in pieces
            if text
        ]
