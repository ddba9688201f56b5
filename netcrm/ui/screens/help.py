"""Help: every key, from the table of commands."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Size

from netcrm.ui.commands import HEADINGS, Command, shown_key
from netcrm.ui.ink import Line, Part, wrap
from netcrm.ui.screens.once import Modal
from netcrm.ui.widgets.words import Words

_KEYS = 12
"""Cells that the keys take."""

_WHERE = {"people": "in People", "timeline": "in Timeline", "give": "in Give"}


class Keys(Words):
    """Lines of a key and a sentence each, which goes on beneath itself where it is longer than the width."""

    DEFAULT_CSS = """
    Keys { height: auto; }
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the sentences need."""
        return len(self._wrapped(width))

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """A line of the sentences."""
        lines = self._wrapped(width)
        return lines[y] if y < len(lines) else (), ""

    def _wrapped(self, width: int) -> Sequence[Line]:
        lines: list[Line] = []
        for line in self._lines:
            if len(line) < 2:
                lines.append(line)
                continue
            first, *rest = wrap(line[1:], max(8, width - _KEYS))
            lines += [[line[0], *first], *([Part(" " * _KEYS), *more] for more in rest)]
        return lines


class HelpScreen(Modal[None]):
    """Every command of a screen with its keys and a sentence.

    Args:
        table: The commands.
        signs: Whether to say what the signs of the main screen mean, too.
    """

    BINDINGS: ClassVar = [
        ("escape,q,question_mark", "leave", "Back"),
        ("j,down", "scroll(1)", "Down"),
        ("k,up", "scroll(-1)", "Up"),
    ]

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen VerticalScroll {
        width: 92; max-width: 96%; height: auto; max-height: 92%; background: $surface; padding: 1 2;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $foreground 60%; scrollbar-size-vertical: 1;
        scrollbar-color: $primary 40%; scrollbar-background: $surface;
    }
    HelpScreen Words { background: $surface; }
    """

    def __init__(self, table: Sequence[Command], *, signs: bool = False) -> None:
        super().__init__()
        self._table = table
        self._signs = signs

    def compose(self) -> ComposeResult:
        """The table."""
        lines = self._lines()
        with VerticalScroll() as panel:
            panel.border_title = "Help"
            panel.border_subtitle = "esc leaves"
            yield Keys(lines)

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def _lines(self) -> Sequence[Line]:
        lines: list[Line] = [
            [Part("Give first. What could you do for the people you know?", "strong")],
        ]
        for group in sorted({command.group for command in self._table}, key=HEADINGS.index):
            lines += [(), [Part(group, "heading")]]
            lines += [_line(command) for command in self._table if command.group == group and command.keys]
        if not self._signs:
            return lines
        return [
            *lines,
            (),
            [Part("People", "heading")],
            _legend("●", "good", "in rhythm"),
            _legend("◐", "warm", "ripe: time to be in touch again"),
            _legend("○", "alert", "drifting"),
            _legend("·", "dim", "no rhythm wished for"),
            _legend("✦", "accent", "something waits to be given"),
        ]


def _line(command: Command) -> Line:
    keys = " ".join(shown_key(key) for key in command.keys)
    where = f" ({_WHERE[command.where]})" if command.where in _WHERE else ""
    return [
        Part(keys + " " * max(1, _KEYS - cell_len(keys)), "key"),
        Part(command.help or f"{command.label}."),
        Part(where, "dim"),
    ]


def _legend(sign: str, role: str, meaning: str) -> Line:
    return [Part(f"{sign:<{_KEYS}}", role), Part(meaning)]
