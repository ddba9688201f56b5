"""The search line above the people: finds as one types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from netcrm.domain.text import plain
from netcrm.ui.safety import LineField


class SearchField(LineField):
    """The field itself; it hands every letter on as soon as its value is set, which saves a frame."""

    def watch_value(self, value: str) -> None:
        """Search for what stands there now."""
        bar = self.parent.parent if self.parent else None
        if isinstance(bar, SearchBar) and bar.is_open:
            bar.typed(value)


class SearchBar(Horizontal):
    """A search line that appears when it is asked for, and says what it did not understand.

    Args:
        typed: Called with what stands in the line as soon as that changes: what is found is to be in the same
            frame as the letter, and a message would take one more.
    """

    @dataclass
    class Left(Message):
        """The line was left.

        Attributes:
            kept: Whether the search still holds: after enter, but not after escape.
        """

        kept: bool

    DEFAULT_CSS = """
    SearchBar { height: auto; layout: vertical; background: $surface; padding: 0 1; }
    SearchBar Horizontal { height: 1; }
    SearchBar #slash { width: 2; color: $accent; text-style: bold; }
    SearchBar SearchField { height: 1; border: none; padding: 0; background: $surface; width: 1fr; }
    SearchBar SearchField:focus { border: none; }
    SearchBar #problem { color: $warning; height: auto; display: none; }
    SearchBar #problem.-shown { display: block; }
    """

    def __init__(self, typed: Callable[[str], None]) -> None:
        super().__init__()
        self.typed = typed
        self._problem = ""

    def on_mount(self) -> None:
        """Not there until it is asked for."""
        self.display = False

    def compose(self) -> ComposeResult:
        """The line, and under it what was not understood."""
        with Horizontal():
            yield Static("/", id="slash", markup=False)
            yield SearchField(compact=True, select_on_focus=False)
        yield Static("", id="problem", markup=False)

    def open(self) -> SearchField:
        """Show the line, and return the field to type into."""
        self.add_class("-open")
        self.display = True
        return self.query_one(SearchField)

    def close(self) -> None:
        """Empty the line and put it away."""
        self.remove_class("-open")
        self.display = False
        self.query_one(SearchField).value = ""

    @property
    def is_open(self) -> bool:
        """Whether the line is there."""
        return self.has_class("-open")

    def explain(self, problems: Sequence[str]) -> None:
        """Say what was not understood: a sentence for each term that makes no sense."""
        said = " ".join(problems)
        if said == self._problem:
            return  # as a rule there is none, and to say so would lay the screen out anew at each letter
        self._problem = said
        problem = self.query_one("#problem", Static)
        problem.update(Content(plain(said)))
        problem.set_class(bool(problems), "-shown")

    def on_key(self, event: events.Key) -> None:
        """Leave the line with escape, enter or down."""
        if event.key not in ("escape", "enter", "down"):
            return
        event.stop()
        kept = event.key != "escape" and bool(self.query_one(SearchField).value)
        self.screen.set_focus(None)
        self.post_message(self.Left(kept))
