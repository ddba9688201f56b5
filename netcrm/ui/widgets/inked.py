"""A widget drawn from parts of text, each with a role; the roles' colours stand here, once."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from netcrm.ui.ink import Line, cut, width_of


class Inked(Widget):
    """Draws lines of parts. Colours come from the theme only, so that every theme works."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ink--dim",
        "ink--dim-cursor",
        "ink--strong",
        "ink--heading",
        "ink--brand",
        "ink--accent",
        "ink--accent-soft",
        "ink--tag",
        "ink--good",
        "ink--warm",
        "ink--alert",
        "ink--warm-heading",
        "ink--alert-heading",
        "ink--good-heading",
        "ink--key",
        "ink--cursor",
        "ink--cursor-away",
        "ink--heat-0",
        "ink--heat-1",
        "ink--heat-2",
        "ink--heat-3",
        "ink--heat-4",
    }

    DEFAULT_CSS = """
    Inked > .ink--dim { color: $foreground 60%; }
    Inked > .ink--dim-cursor { color: $foreground 85%; }
    Inked > .ink--strong { color: $foreground; text-style: bold; }
    Inked > .ink--heading { color: $foreground 75%; text-style: bold; }
    Inked > .ink--brand { color: $primary; text-style: bold; }
    Inked > .ink--accent { color: $accent; }
    Inked > .ink--accent-soft { color: $accent 45%; }
    Inked > .ink--tag { color: $secondary; }
    Inked > .ink--good { color: $success; }
    Inked > .ink--warm { color: $warning; }
    Inked > .ink--alert { color: $error; }
    Inked > .ink--warm-heading { color: $warning; text-style: bold; }
    Inked > .ink--alert-heading { color: $error; text-style: bold; }
    Inked > .ink--good-heading { color: $success; text-style: bold; }
    Inked > .ink--key { color: $footer-key-foreground; text-style: bold; }
    Inked > .ink--cursor { background: $primary 30%; }
    Inked > .ink--cursor-away { background: $primary 14%; }
    Inked > .ink--heat-0 { color: $foreground 22%; }
    Inked > .ink--heat-1 { color: $primary 42%; }
    Inked > .ink--heat-2 { color: $primary 62%; }
    Inked > .ink--heat-3 { color: $primary 82%; }
    Inked > .ink--heat-4 { color: $primary; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._styles.clear()
        super().notify_style_update()

    def style_of(self, role: str) -> Style:
        """The style of a role, in the present theme."""
        style = self._styles.get(role)
        if style is None:
            style = self.get_component_rich_style(f"ink--{role}") if role else self.rich_style
            self._styles[role] = style
        return style

    def strip(self, line: Line, *, highlight: str = "") -> Strip:
        """A line of parts as Textual draws it, cut or filled up to the width.

        Args:
            line: The parts.
            highlight: The role whose background lies beneath the whole line, or none.
        """
        width = self.size.width
        pieces = cut(line, width) if width_of(line) > width else line
        beneath = Style(bgcolor=self.style_of(highlight).bgcolor) if highlight else Style.null()
        dim = "dim-cursor" if highlight else "dim"
        segments = [
            Segment(text, self.style_of(dim if role == "dim" else role) + beneath)
            for text, role in pieces
            if text
        ]
        rest = width - width_of(pieces)
        if rest > 0:
            segments.append(Segment(" " * rest, self.style_of("") + beneath))
        return Strip(segments, width)
