"""Picking one of several: who was meant, which of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from netcrm.domain.text import plain
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.once import Modal
from netcrm.ui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things to pick.

    Attributes:
        label: What it is called.
        about: What tells it from the others.
    """

    label: str
    about: str = ""


class Options(Pane):
    """The options, a line each."""

    DEFAULT_CSS = """
    Options, Options:focus { border: none; padding: 0; background: $surface; height: auto; max-height: 12; }
    """

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__(id="options")
        self._options = options

    def count(self) -> int:
        """How many there are."""
        return len(self._options)

    def rows_per_page(self) -> int:
        """How many are seen at once."""
        return max(1, self.size.height)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted one is seen."""
        self.top = max(min(self.top, self.cursor), self.cursor - self.rows_per_page() + 1)

    def row_at(self, y: int) -> int | None:
        """The option drawn at a line."""
        return self.top + y if self.top + y < len(self._options) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """An option."""
        row = self.row_at(y)
        if row is None:
            return (), False
        option = self._options[row]
        number = Part(f"{row + 1} " if row < 9 else "  ", "key")
        return [number, part(option.label), part(f"  {option.about}", "dim")], row == self.cursor

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line each."""
        return len(self._options)


class Pick(Modal[int | None]):
    """Asks for one of several; answers with its place, or None.

    Args:
        question: What is asked.
        options: What can be picked, at least one.
    """

    BINDINGS: ClassVar = [
        ("escape", "leave", "Back"),
        ("enter", "pick", "Pick"),
        *((str(number), f"pick({number - 1})", "") for number in range(1, 10)),
    ]

    DEFAULT_CSS = """
    Pick { align: center middle; background: $background 60%; }
    Pick #panel {
        width: 64; max-width: 95%; height: auto; background: $surface; padding: 1 2;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $foreground 60%;
    }
    """

    def __init__(self, question: str, options: Sequence[Option]) -> None:
        super().__init__()
        self._question = question
        self._options = options

    def compose(self) -> ComposeResult:
        """The options."""
        with Vertical(id="panel") as panel:
            panel.border_title = Content(plain(self._question))
            panel.border_subtitle = "enter picks · esc leaves"
            yield Options(self._options)

    def action_pick(self, place: int | None = None) -> None:
        """Answer with the highlighted one, or with the one of a number."""
        place = self.query_one(Options).cursor if place is None else place
        if place < len(self._options):
            self.dismiss(place)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
