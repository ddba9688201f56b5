"""What a form is made of: a field with its label, its control, and what is wrong with it."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, part, wrap
from netcrm.ui.safety import LineField, typed
from netcrm.ui.widgets.inked import Inked
from netcrm.ui.widgets.text_field import TextField

_LINE_MOST = 5_000
"""Letters of a line that can be edited: a longer one would hold up every key."""

_LINES_MOST = 50_000
"""Letters of lines that can be edited: 2 MB would take seconds to open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form, declared once.

    Attributes:
        name: The attribute of the value that it edits.
        label: What stands before it.
        shown: The stored value as text.
        read: Makes a value of text, or raises `ValueError` with a sentence for the user.
        help: What can be written, in a line.
        lines: Whether it holds several lines.
        choices: What there is to choose from, each a value and its words; then there is nothing to type.
        means: What a text is understood as, in words; it may raise `ValueError`.
    """

    name: str
    label: str
    shown: str
    read: Callable[[str], object] = str.strip
    help: str = ""
    lines: bool = False
    choices: Sequence[tuple[str, str]] = ()
    means: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together."""

    title: str
    fields: Sequence[Field]


class Heading(Static):
    """What a group of fields is called; never text from outside."""

    DEFAULT_CSS = """
    Heading { margin-top: 1; color: $foreground 75%; text-style: bold; }
    Heading:first-child { margin-top: 0; }
    """


class Wrapped(Inked):
    """Parts of text, as many lines high as they need."""

    DEFAULT_CSS = """
    Wrapped { width: 1fr; height: auto; }
    """

    def __init__(self, line: Line = (), *, classes: str | None = None, id: str | None = None) -> None:
        super().__init__(classes=classes, id=id)
        self._line = line

    def show(self, line: Line) -> None:
        """Show something else."""
        if line != self._line:
            self._line = line
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes; none when there is none."""
        return len(wrap(self._line, width)) if self._line else 0

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """A line of the text."""
        lines = wrap(self._line, width)
        return lines[y] if y < len(lines) else (), ""


class LineControl(LineField):
    """A line of a form; tabbing into it selects nothing, so that a slip of the hand replaces nothing."""

    DEFAULT_CSS = """
    LineControl, LineControl:focus {
        border: none; height: 1; padding: 0 1; width: 1fr;
        background: $background; background-tint: transparent;
    }
    LineControl:focus { background: $panel; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(typed(text), select_on_focus=False, validate_on=())


class TextControl(TextField):
    """Lines of a form, growing with what is in them; the arrows lead out of it at both ends."""

    DEFAULT_CSS = """
    TextControl, TextControl:focus {
        border: none; height: auto; min-height: 1; max-height: 8; padding: 0 1; width: 1fr;
        background: $background; scrollbar-size-vertical: 1;
    }
    TextControl:focus { background: $panel; }
    TextControl .text-area--cursor-line { background: transparent; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(typed(text, lines=True), tab_behavior="focus")
        self.move_cursor(self.document.end)

    def action_cursor_up(self, select: bool = False) -> None:
        """Up a line, or to the field before."""
        if not select and self._line_of_view() == 0:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down a line, or to the next field."""
        if not select and self._line_of_view() >= self.wrapped_document.height - 1:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    def _line_of_view(self) -> int:
        return self.wrapped_document.location_to_offset(self.cursor_location).y


class ChoiceControl(Inked, can_focus=True):
    """One of a few words: left and right go through them, a letter goes to the next that begins with it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"ink--picked"}

    BINDINGS: ClassVar = [
        ("left", "step(-1)", "Before"),
        ("right,space", "step(1)", "Next"),
        ("enter", "app.focus_next", "On"),
    ]

    DEFAULT_CSS = """
    ChoiceControl { width: 1fr; height: auto; }
    ChoiceControl > .ink--picked { color: $accent; text-style: bold; }
    ChoiceControl:focus > .ink--picked { background: $block-cursor-background; }
    """

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        choice: "ChoiceControl"

        @property
        def control(self) -> "ChoiceControl":
            """Where."""
            return self.choice

    def __init__(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self._choices = choices
        self._values = [value for value, _ in choices]
        self._at = self._values.index(value) if value in self._values else 0

    @property
    def value(self) -> str:
        """What is chosen."""
        return self._values[self._at]

    def choose(self, place: int) -> None:
        """Choose the word at a place."""
        if place != self._at:
            self._at = place
            self.refresh()
            self.post_message(self.Changed(self))

    def action_step(self, step: int) -> None:
        """Choose the next word, or the one before."""
        self.choose((self._at + step) % len(self._choices))

    def on_key(self, event: events.Key) -> None:
        """Choose the next word that begins with what is typed."""
        if not event.is_printable or event.character is None or event.character == " ":
            return
        event.stop()
        size = len(self._choices)
        for step in range(1, size + 1):
            place = (self._at + step) % size
            if any(text.lower().startswith(event.character.lower()) for text in self._choices[place]):
                self.choose(place)
                return

    def on_click(self, event: events.Click) -> None:
        """Choose the word that was clicked."""
        rows = self._laid(self.size.width)
        for place, start in rows[event.y] if event.y < len(rows) else ():
            if start <= event.x <= start + cell_len(self._choices[place][1]):
                self.choose(place)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words take."""
        return len(self._laid(width))

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """A line of words; a mark stands before the one that is chosen."""
        rows = self._laid(width)
        line: list[Part] = []
        for place, _ in rows[y] if y < len(rows) else ():
            picked = place == self._at
            role = "picked" if picked else "dim"
            line += [Part("›" if picked else " ", role), part(self._choices[place][1], role), Part(" ")]
        return line, ""

    def _laid(self, width: int) -> list[list[tuple[int, int]]]:
        """The words by line, each with its place among them and the cell it begins at."""
        rows: list[list[tuple[int, int]]] = [[]]
        x = 0
        for place, (_, label) in enumerate(self._choices):
            size = cell_len(label) + 2
            if rows[-1] and x + size > width + 1:
                rows.append([])
                x = 0
            rows[-1].append((place, x))
            x += size
        return rows


class Row(Widget):
    """A field: its label on the left, drawn by the row itself, and its control on the right.

    Each widget more makes a form with every field of a person slower to open, so there are two to a field.
    Of what is far too long for a form only the beginning can be edited; what is behind it stays as it is.
    """

    DEFAULT_CSS = """
    Row { height: auto; width: 100%; padding-right: 1; layout: vertical; color: $foreground 60%; }
    Row.-here { color: $primary; }
    Row > * { margin-left: 15; }
    Row > .complaint { padding: 0 1; }
    """

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._most = _LINES_MOST if field.lines else _LINE_MOST
        shown, self._rest = self._parted(field.shown)
        self.control: LineControl | TextControl | ChoiceControl
        if field.choices:
            self.control = ChoiceControl(field.choices, field.shown)
        elif field.lines:
            self.control = TextControl(shown)
        else:
            self.control = LineControl(shown)
        self._first = self.text

    def compose(self) -> ComposeResult:
        """The control."""
        yield self.control

    def render(self) -> Content:
        """The label."""
        return Content.styled(self.field.label, "bold" if self.has_class("-here") else "")

    def on_descendant_focus(self) -> None:
        """Show by the label that one is here."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Show that one is elsewhere."""
        self.remove_class("-here")

    @property
    def text(self) -> str:
        """What stands in the control, and behind it what is too long for one."""
        if isinstance(self.control, TextControl):
            return typed(self.control.text, lines=True) + self._rest
        return typed(self.control.value) + self._rest

    def put(self, text: str) -> None:
        """Let the lines say something else, all of them: also what is too long for the control."""
        assert isinstance(self.control, TextControl)
        shown, self._rest = self._parted(text)
        self.control.replace(shown, (0, 0), self.control.document.end)

    def _parted(self, text: str) -> tuple[str, str]:
        """The beginning of a text, that can be edited, and the rest."""
        return text[: self._most], text[self._most :]

    @property
    def changed(self) -> bool:
        """Whether it says anything else than at first."""
        return self.text != self._first

    def complain(self, sentence: str) -> None:
        """Say beneath the control what is wrong, or nothing any more."""
        for complaint in list(self.query(Wrapped)):
            complaint.remove()
        if sentence:
            self.mount(Wrapped([part(sentence, "alert")], classes="complaint"))

    def explained(self) -> Line:
        """What can be written here, and what is understood of what is."""
        if self._rest:
            return [
                Part(f"This is the beginning; {len(self._rest):,} letters behind it stay as they are.", "dim")
            ]
        if self.field.means is not None and self.changed and self.text.strip():
            try:
                return [Part("understood as ", "dim"), part(self.field.means(self.text), "good")]
            except ValueError:
                pass
        own = [Part(" · ", "dim"), Part("^o", "key"), Part(" your editor", "dim")] if self.field.lines else []
        return [part(self.field.help, "dim"), *own]
