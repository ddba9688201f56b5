"""Picking one of several: who was meant, which of them."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from netcrm.domain.text import words
from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, caption, part
from netcrm.ui.screens.once import Modal
from netcrm.ui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things to pick.

    Attributes:
        label: What it is called.
        about: What tells it from the others.
        stays: Whether it can be picked whatever the others are narrowed to.
    """

    label: str
    about: str = ""
    stays: bool = False


_ROWS_MOST = 12
"""Options that are seen at once; of more, typing shows only some."""

_AROUND = 4
"""Lines of the panel around the options."""


class Options(Pane):
    """The options, a line each; of more than fit, typing shows only those with words that begin so.

    Args:
        options: What there is to pick.
        narrowed: Called when others are shown than before.
    """

    DEFAULT_CSS = """
    Options, Options:focus { border: none; padding: 0; background: $surface; height: auto; max-height: 12; }
    """

    def __init__(self, options: Sequence[Option], narrowed: Callable[[], None]) -> None:
        super().__init__(id="options")
        self._options = options
        self._narrowed = narrowed
        self._words = [words(f"{option.label} {option.about}") for option in options]
        self._shown: Sequence[int] = range(len(options))
        self._typed = ""

    @property
    def typed(self) -> str:
        """What was typed to narrow them."""
        return self._typed

    @property
    def meant(self) -> int:
        """How many are shown, what always stays left out."""
        return sum(not self._options[place].stays for place in self._shown)

    @property
    def rows(self) -> int:
        """How many lines there are for them."""
        return max(1, min(_ROWS_MOST, self.app.size.height - _AROUND))

    @property
    def narrows(self) -> bool:
        """Whether there are more than fit, so that letters are no keys but narrow them."""
        return len(self._options) > self.rows

    def narrow(self, typed: str) -> None:
        """Show only what was typed, the first of it highlighted."""
        self._typed = typed
        wanted = words(typed)
        meant = [
            place
            for place, known in enumerate(self._words)
            if all(any(word.startswith(one) for word in known) for one in wanted)
        ]
        kept = {*meant, *(place for place, option in enumerate(self._options) if option.stays)}
        self._shown = sorted(kept)
        first = next((place for place in meant if not wanted or not self._options[place].stays), 0)
        self.top = 0
        self.cursor = self._shown.index(first) if first in kept else 0
        self.keep_in_view()
        self.refresh()
        self._narrowed()

    def place_of(self, row: int) -> int | None:
        """Which option stands in a row."""
        return self._shown[row] if row < len(self._shown) else None

    def on_key(self, event: events.Key) -> None:
        """Narrow by letters, where there are more than fit; the digits still pick."""
        if not self.narrows:
            return
        if event.key == "backspace" and self._typed:
            self.narrow(self._typed[:-1])
        elif event.is_printable and event.character and not event.character.isdecimal():
            self.narrow((self._typed + event.character).lstrip())
        else:
            return
        event.stop()
        event.prevent_default()

    def count(self) -> int:
        """How many are shown."""
        return len(self._shown)

    def rows_per_page(self) -> int:
        """How many are seen at once."""
        return max(1, self.size.height)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted one is seen."""
        self.top = max(min(self.top, self.cursor), self.cursor - self.rows_per_page() + 1)

    def row_at(self, y: int) -> int | None:
        """The option drawn at a line."""
        return self.top + y if self.top + y < len(self._shown) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """An option."""
        row = self.row_at(y)
        if row is None:
            return ((Part("None begins so.", "dim"),) if not y and not self._shown else ()), False
        option = self._options[self._shown[row]]
        number = Part(f"{row + 1} " if row < 9 else "  ", "key")
        return [number, part(option.label), part(f"  {option.about}", "dim")], row == self.cursor

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line each; as high as before, however few they are narrowed to."""
        return min(self.rows, len(self._options))


class Pick(Modal[int | None]):
    """Asks for one of several; answers with its place, or None.

    Args:
        question: What is asked.
        options: What can be picked, at least one.
    """

    BINDINGS: ClassVar = [
        ("escape", "leave", "Back"),
        ("enter", "pick", "Pick"),
        ("ctrl+n", "move(1)", "Down"),
        ("ctrl+p", "move(-1)", "Up"),
        *((str(number), f"pick({number - 1})", "") for number in range(1, 10)),
    ]

    HAS_OWN_CTRL_P = True
    """It goes up, as ``ctrl+n`` goes down."""

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
            panel.border_title = Content(caption(self._question))
            yield Options(self._options, self._tell)

    def on_mount(self) -> None:
        """Say which keys there are."""
        self._tell()

    def on_resize(self) -> None:
        """As many lines as there is room for."""
        self.query_one(Options).refresh(layout=True)
        self._tell()

    def action_move(self, rows: int) -> None:
        """Move the highlight, also where letters narrow."""
        self.query_one(Options).action_move(rows)

    def action_pick(self, row: int | None = None) -> None:
        """Answer with the highlighted one, or with the one of a number."""
        options = self.query_one(Options)
        place = options.place_of(options.cursor if row is None else row)
        if place is not None:
            self.dismiss(place)

    def action_leave(self) -> None:
        """One step back: show all again, then leave without an answer."""
        options = self.query_one(Options)
        if options.typed:
            options.narrow("")
        else:
            self.dismiss(None)

    def _tell(self) -> None:
        """Say which keys there are, and how many options of how many are seen."""
        options = self.query_one(Options)
        every = sum(not option.stays for option in self._options)
        if options.typed:
            said = f"{options.typed.strip()} · {options.meant} of {every} · esc shows all"
        elif options.narrows:
            said = f"{min(every, options.rows)} of {every} · type to narrow"
        else:
            said = "enter picks · esc leaves"
        self.query_one("#panel").border_subtitle = Content(caption(said))
