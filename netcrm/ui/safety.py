"""The last gate before the terminal: no control character, escape sequence or direction override passes."""

from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.color import Color
from textual.filter import LineFilter
from textual.widgets import Input

from netcrm.domain.text import is_hidden, plain, without_hidden


class TextGate(LineFilter):
    """Takes out of every line that any widget draws what a terminal would act on instead of showing.

    The widgets clean what they draw already (`netcrm.domain.text.plain`); this one is for those that are not
    ours, and cleans in the same way. Each piece keeps its width, so that nothing shifts.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Clean the segments of a line."""
        for text, _, _ in segments:
            if not (text.isascii() and text.isprintable()) and _gated(text) != text:
                return [Segment(_gated(text), style) for text, style, _ in segments]
        return segments


@lru_cache(maxsize=4096)
def _gated(text: str) -> str:
    cleaned = plain(
        text if text.isprintable() else "".join(c for c in text if not is_hidden(c) or cell_len(c))
    )
    if cleaned == text:
        return text
    width = cell_len(text)
    return cleaned if cell_len(cleaned) == width else set_cell_size(cleaned, width)


def typed(text: str, *, lines: bool = False) -> str:
    """Text as it may stand in a field: nothing that a terminal acts on, line ends where allowed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not lines:
        return without_hidden(text.replace("\n", " "))
    return "\n".join(map(without_hidden, text.split("\n")))


class LineField(Input):
    """A line to type into; what is pasted is cleaned on its way in."""

    BINDINGS: ClassVar = [Binding("ctrl+j", "line_end", show=False)]

    def _on_paste(self, event: events.Paste) -> None:
        """Put in all of what is pasted: what stood in several lines, in one."""
        lines = [line for line in event.text.splitlines() if line.strip()]
        joined = lines[0] if len(lines) == 1 else " ".join(line.strip() for line in lines)
        self.insert_text_at_cursor(joined)
        event.prevent_default()
        event.stop()

    def action_line_end(self) -> None:
        """A line feed is no enter: a terminal that doesn't say what is pasted may send it between lines."""
        self.insert_text_at_cursor(" ")

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert text, cleaned, in the place of what is selected."""
        if self.selection.is_empty:
            super().insert_text_at_cursor(typed(text))
        else:
            self.replace(text, *sorted(self.selection))

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in the place of other text, cleaned."""
        super().replace(typed(text), start, end)
