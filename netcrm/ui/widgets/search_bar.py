"""The search line above the people: finds as one types."""

from collections.abc import Callable, Sequence

from textual import events
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from netcrm.ui.ink import caption
from netcrm.ui.safety import LineField
from netcrm.ui.widgets.drawn import Covered

_IDLE_SECONDS = 0.3
"""How long after the screen has come the line is made: the first paint has the machine for itself."""


class SearchField(LineField):
    """The field itself; it hands every letter on as soon as its value is set, which saves a frame."""

    def __init__(self, text: str) -> None:
        super().__init__(text, compact=True, select_on_focus=False)
        self.disable_messages(Input.Changed)  # nobody listens, and it would pass through six widgets

    virtual_size = Reactive(Size(0, 0))
    """How long what is typed is; Textual would lay the whole screen out anew for each letter of it."""

    def watch_value(self, value: str) -> None:
        """Search for what stands there now."""
        bar = self.parent.parent if self.parent else None
        if isinstance(bar, SearchBar) and bar.is_open:
            bar.typed(value)


class SearchLine(Horizontal, Covered):
    """The line itself, behind a slash.

    Args:
        field: What is typed into.
    """

    DEFAULT_CSS = """
    SearchLine { height: 1; }
    SearchLine #slash { width: 2; color: $accent; text-style: bold; }
    SearchLine SearchField { height: 1; border: none; padding: 0; background: $surface; width: 1fr; }
    SearchLine SearchField:focus { border: none; }
    """

    def __init__(self, field: "SearchField") -> None:
        super().__init__(Static("/", id="slash", markup=False), field)


class SearchBar(Container):
    """A search line that appears when it is asked for, and says what it did not understand.

    What it consists of is made when it is first asked for, or in a moment when nobody waits: a field has more
    rules, and styles in more steps, than all else on the screen.

    Args:
        typed: Called with what stands in the line as soon as that changes: what is found is to be in the same
            frame as the letter, and a message would take one more.
    """

    class Left(Message):
        """The line was left.

        Args:
            kept: Whether the search still holds: after enter, but not after escape.
        """

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    DEFAULT_CSS = """
    SearchBar { height: auto; layout: vertical; background: $surface; padding: 0 1; display: none; }
    SearchBar.-open { display: block; }
    SearchBar #problem { color: $warning; height: auto; display: none; }
    SearchBar #problem.-shown { display: block; }
    """

    def __init__(self, typed: Callable[[str], None]) -> None:
        super().__init__()
        self.typed = typed
        self._problem = ""

    def on_mount(self) -> None:
        """Get ready, in a while."""
        self.set_timer(_IDLE_SECONDS, self._in_a_while)

    def _in_a_while(self) -> None:
        if self.is_attached:  # who quits at once is not to be met by an error
            self._get_ready()

    def _get_ready(self, text: str = "") -> None:
        """Make the line, and under it what was not understood."""
        if not self.children:
            self._field = SearchField(text)
            self.mount(SearchLine(self._field), Static("", id="problem", markup=False))

    def open(self, text: str = "") -> SearchField:
        """Show the line, and return the field to type into.

        Args:
            text: What to search for at once, in place of what stands there; as it is when empty.
        """
        is_new = not self.children
        self._get_ready(text)
        self.add_class("-open")
        if text and is_new:
            self.typed(text)  # nothing watches a field before it is mounted
        elif text:
            self._field.value = text
        return self._field

    def close(self) -> None:
        """Empty the line and put it away."""
        self.remove_class("-open")
        if self.children:
            self._field.value = ""

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
        self._get_ready()
        problem = self.query_one("#problem", Static)
        problem.update(Content(caption(said)))
        problem.set_class(bool(problems), "-shown")

    def on_key(self, event: events.Key) -> None:
        """Leave the line with escape, enter or down."""
        if event.key not in ("escape", "enter", "down"):
            return
        event.stop()
        kept = event.key != "escape" and bool(self._field.value)
        self.screen.set_focus(None)
        self.post_message(self.Left(kept))
