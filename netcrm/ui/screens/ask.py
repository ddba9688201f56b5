"""Before an ask: what has passed between you, privately, and a line to write the ask; or a give first."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Input

from netcrm.domain.asks import Passed, read_ask, say_passed
from netcrm.domain.gives import Give, say_day
from netcrm.domain.rhythm import ago
from netcrm.domain.timeline import SIGNS, Entry, Interaction
from netcrm.domain.values import dataclass
from netcrm.domain.wants import Want
from netcrm.ui.ink import Line, Part, caption, part, width_of, wrap
from netcrm.ui.safety import LineField
from netcrm.ui.screens.once import Modal
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.words import Words

_LABEL = 10
"""Cells before what a label says."""

_SIGN = 2
"""Cells of the sign before an entry, a promise or a want."""

_NARROW = 44
"""Cells below which a label stands above what it says, and nobody is told how long ago it was."""

_ROOMY = 30
"""Lines of the terminal from which there is an empty one between the groups."""

_FLAT = 12
"""Lines below which the foot would leave no room for what has passed."""

_EXAMPLE = "for a reference by Friday"
"""What the empty line shows while one writes."""

_TO_BEGIN = "enter begins to write it"
"""What it shows before: it is no field yet, and letters are keys."""

_CHROME = 8
"""Lines that are not for what has passed: two borders, the padding, the line to type, the foot and space."""


@dataclass(frozen=True, slots=True)
class GiveFirst:
    """Give something first.

    Attributes:
        want: What they want, that was chosen; None when nothing is known.
    """

    want: Want | None


@dataclass(frozen=True, slots=True)
class Answered:
    """An earlier ask has its answer.

    Attributes:
        interaction_id: The ask.
        answer: One of `netcrm.domain.timeline.ANSWERS`.
    """

    interaction_id: int
    answer: str


@dataclass(frozen=True, slots=True)
class LookAtWants:
    """Look at what they want and offer, and whether it is still true."""


AskAnswer = Entry | GiveFirst | Answered | LookAtWants
"""What comes of looking before an ask: the ask itself, or something else."""


class PassedPane(Pane, inherit_bindings=False):
    """What has passed. Its rows are what they want, one of which can be chosen; the rest is only read.

    Args:
        passed: What has passed.
        today: The day.
    """

    BINDINGS: ClassVar = [
        ("down,j", "move(1)", "Down"),
        ("up,k", "move(-1)", "Up"),
        ("pagedown,ctrl+d,space", "scroll(1)", "Page down"),
        ("pageup,ctrl+u", "scroll(-1)", "Page up"),
    ]

    DEFAULT_CSS = """
    PassedPane, PassedPane:focus { border: none; padding: 0; background: $surface; height: auto; }
    """

    def __init__(self, passed: Passed, today: date) -> None:
        super().__init__(id="passed")
        self._passed = passed
        self._today = today
        self._wants = [want for want in passed.wants if want.side == "want"]
        self._lines: list[tuple[Line, int | None]] = []
        self._roomy = True
        self._chosen = False

    @property
    def want(self) -> Want | None:
        """What is chosen of what they want."""
        return self._wants[self.cursor] if self._wants else None

    def count(self) -> int:
        """How many wants there are."""
        return len(self._wants)

    def rows_per_page(self) -> int:
        """How many lines are seen at once."""
        return max(1, self.size.height)

    def go_to(self, row: int) -> None:
        """Choose a want."""
        self._chosen = True
        super().go_to(row)

    def keep_in_view(self) -> None:
        """Scroll so that the chosen want is seen; the beginning, until one is chosen."""
        places = [place for place, (_, row) in enumerate(self._lines) if row == self.cursor]
        height = self.rows_per_page()
        if not places or not self._chosen or (self.cursor == 0 and places[-1] < height):
            self.top = 0
        else:
            self.top = max(min(self.top, places[0]), places[-1] - height + 1)

    def row_at(self, y: int) -> int | None:
        """The want drawn at a line."""
        place = self.top + y
        return self._lines[place][1] if place < len(self._lines) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line, and whether it is of the chosen want."""
        place = self.top + y
        if place >= len(self._lines):
            return (), False
        line, row = self._lines[place]
        return line, row is not None and row == self.cursor

    def action_move(self, rows: int) -> None:
        """Choose the next want; where there is none, scroll."""
        if 0 <= self.cursor + rows < self.count():
            self.go_to(self.cursor + rows)
        else:
            self._scroll(rows)

    def action_scroll(self, direction: int) -> None:
        """Scroll by about what is seen."""
        self._scroll(direction * max(1, self.rows_per_page() - 1))

    def _scroll(self, lines: int) -> None:
        self.top = max(0, min(self.top + lines, len(self._lines) - self.rows_per_page()))
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        self._roomy = viewport.height >= _ROOMY
        return len(self._written(width))

    def reflow(self) -> None:
        """Write it again for another width."""
        self._lines = self._written(self.size.width)

    # What it says

    def _written(self, width: int) -> list[tuple[Line, int | None]]:
        width = max(1, width)
        passed = self._passed
        groups: list[list[tuple[Line, int | None]]] = [
            [(line, None) for line in self._summary(width)],
            self._entries("gave", passed.gave, width),
            self._entries("got", passed.received, width),
            self._entries("asked", passed.asked, width),
            self._group("promised", [(self._promise(give), "", None) for give in passed.promises], width),
            self._group(
                "wants",
                [(self._want(want), self._old(want), place) for place, want in enumerate(self._wants)],
                width,
            ),
            self._group("offers", [(self._offers(), "", None)] if self._offers() else [], width),
        ]
        lines: list[tuple[Line, int | None]] = []
        for place, group in enumerate(group for group in groups if group):
            if place == 1 or (place and self._roomy):
                lines.append(((), None))
            lines += group
        return lines

    def _summary(self, width: int) -> Sequence[Line]:
        """The sentences in one line, or a line each where they do not fit."""
        said = say_passed(self._passed, self._today)
        whole = " ".join(said)
        texts = [whole] if len(whole) <= width else said
        return [line for text in texts for line in wrap([part(text)], width)]

    def _entries(
        self, label: str, entries: Sequence[Interaction], width: int
    ) -> list[tuple[Line, int | None]]:
        said = [(self._entry(entry), ago(entry.day, self._today), None) for entry in entries]
        return self._group(label, said, width)

    def _group(
        self, label: str, said: Sequence[tuple[Line, str, int | None]], width: int
    ) -> list[tuple[Line, int | None]]:
        """Lines under a label: each with how long ago it was at the right, and the row it is."""
        lines: list[tuple[Line, int | None]] = []
        narrow = width < _NARROW
        if narrow and said:
            lines.append(([Part(label, "dim")], None))
        for line, when, row in said:
            head = "" if narrow else f"{label if not lines else '':<{_LABEL}}"
            right = [Part(f"  {when}", "dim")] if when and not narrow else []
            room = width - len(head) - width_of(right)
            first, *rest = wrap(line, max(1, room)) or [[]]
            gap = Part(" " * max(0, room - width_of(first)))
            lines.append(([Part(head, "dim"), *first, gap, *right], row))
            signed = bool(line) and len(line[0].text) == _SIGN
            indent = Part(" " * (len(head) + _SIGN * signed))
            lines += [([indent, *more], row) for more in rest]
        return lines

    def _entry(self, entry: Interaction) -> Line:
        role = "alert" if entry.kind == "asked" else "accent"
        said = [Part(f"{SIGNS[entry.kind]} ", role), part(" ".join(entry.text.split()))]
        if entry.answer:
            said.append(
                Part(f"  →\N{NO-BREAK SPACE}{entry.answer}", "good" if entry.answer == "yes" else "dim")
            )
        elif entry.kind == "asked" and entry == self._passed.open_ask:
            said += [
                Part("  their answer? ", "dim"),
                Part("y", "key"),
                Part("\N{NO-BREAK SPACE}yes\N{NO-BREAK SPACE}", "dim"),
                Part("n", "key"),
                Part("\N{NO-BREAK SPACE}no", "dim"),
            ]
        elif entry.kind == "asked":
            said.append(Part("  no answer yet", "dim"))
        return said

    def _promise(self, give: Give) -> Line:
        due = f" · {say_day(give.due, self._today)}" if give.due else ""
        return [Part("✦ ", "accent"), part(give.words), Part(due, "dim")]

    def _want(self, want: Want) -> Line:
        asks = [Part("  still\N{NO-BREAK SPACE}true?", "dim")] if want.is_stale(self._today) else []
        return [Part("› ", "accent"), part(want.text), *asks]

    def _old(self, want: Want) -> str:
        return ago(want.known_on, self._today) if want.is_stale(self._today) else ""

    def _offers(self) -> Line:
        texts = [want.text for want in self._passed.wants if want.side == "offer"]
        return [part(" · ".join(texts))] if texts else []


class AskScreen(Modal[AskAnswer | None]):
    """Shows what has passed, then asks what to do; answers with an `AskAnswer`, or None.

    Args:
        passed: What has passed.
        today: The day.
    """

    BINDINGS: ClassVar = [
        ("escape", "leave", "Back"),
        ("enter,a,l", "write", "Ask"),
        ("g", "give_first", "Give first"),
        ("y", "answer('yes')", "They said yes"),
        ("n", "answer('no')", "They said no"),
        ("w", "wants", "What they want"),
    ]

    DEFAULT_CSS = """
    AskScreen { align: center middle; background: $background 60%; }
    AskScreen #panel {
        width: 92; max-width: 96%; height: auto; background: $surface; padding: 1 2 0 2;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $foreground 60%;
    }
    AskScreen LineField, AskScreen LineField:focus {
        border: none; height: 1; padding: 0; background: $surface; width: 1fr;
    }
    AskScreen #line { height: 1; margin-top: 1; }
    AskScreen #label { width: 10; background: $surface; }
    AskScreen #foot { background: $surface; margin-top: 1; height: 1; }
    AskScreen #panel.-flat { padding: 0; width: 100%; max-width: 100%; }
    AskScreen #panel.-flat #line { margin-top: 0; }
    AskScreen #panel.-narrow #label { display: none; }
    AskScreen #panel.-flat #foot { display: none; }
    """

    def __init__(self, passed: Passed, today: date) -> None:
        super().__init__()
        self._passed = passed
        self._today = today

    def compose(self) -> ComposeResult:
        """What has passed, the line, and what the keys do."""
        with Vertical(id="panel") as panel:
            panel.border_title = Content(caption(f"Before you ask {self._passed.person.name}"))
            panel.border_subtitle = "only you see this"
            yield PassedPane(self._passed, self._today)
            with Horizontal(id="line"):
                yield Words([[Part("ask", "dim")]], id="label")
                yield LineField(placeholder=_TO_BEGIN, compact=True, select_on_focus=False)
            yield Words(id="foot")

    def on_mount(self) -> None:
        """Begin by reading."""
        self.set_focus(self.query_one(PassedPane))

    def on_resize(self, event: events.Resize) -> None:
        """Let what has passed have what the frame leaves."""
        flat = event.size.height < _FLAT
        panel = self.query_one("#panel", Vertical)
        panel.set_class(flat, "-flat")
        panel.set_class(event.size.width < _NARROW, "-narrow")
        chrome = 3 if flat else _CHROME
        self.query_one(PassedPane).styles.max_height = max(1, event.size.height - chrome)

    def on_descendant_focus(self) -> None:
        """Say what the keys do here."""
        self._say()

    def action_write(self) -> None:
        """Write the ask."""
        self.set_focus(self.query_one(LineField))

    def action_give_first(self) -> None:
        """Give something first: the want that is chosen."""
        self.dismiss(GiveFirst(self.query_one(PassedPane).want))

    def action_answer(self, answer: str) -> None:
        """Say what they said to the last ask, if that is not known."""
        if self._passed.open_ask is not None:
            self.dismiss(Answered(self._passed.open_ask.id, answer))

    def action_wants(self) -> None:
        """Look at what they want."""
        self.dismiss(LookAtWants())

    def action_leave(self) -> None:
        """From the line back to reading, then out; what was typed stays in the line."""
        pane = self.query_one(PassedPane)
        if pane.has_focus:
            self.dismiss(None)
        else:
            self.set_focus(pane)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._say()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        entry = read_ask(event.value, self._passed.person, self._today)
        if entry is not None:
            self.dismiss(entry)

    def _say(self) -> None:
        """In the foot: what the line means, or what the keys do."""
        foot = self.query_one("#foot", Words)
        field = self.query_one(LineField)
        field.placeholder = _EXAMPLE if field.has_focus else _TO_BEGIN
        foot.show([self._preview(field.value) if field.has_focus else self._keys()])

    def _preview(self, text: str) -> Line:
        entry = read_ask(text, self._passed.person, self._today)
        if entry is None:
            return [Part("What would you ask for? ", "dim"), Part("esc", "key"), Part(" back", "dim")]
        day = say_day(entry.day, self._today)
        when = [Part("logs ", "dim"), Part(day), Part("  ")]
        verb = "Asked " if entry.text[:1].islower() else ""
        tags = "".join(f" #{tag}" for tag in entry.tags)
        return [*when, Part("? ", "alert"), part(f"{verb}{entry.text}", "strong"), part(tags, "tag")]

    def _keys(self) -> Line:
        first = "give first" if self.query_one(PassedPane).want is None else "give first what is chosen"
        keys = [("enter", "ask"), ("g", first), ("w", "wants"), ("esc", "back")]
        line: list[Part] = []
        for key, label in keys:
            line += [Part(key, "key"), Part(f" {label}   ")]
        return line
