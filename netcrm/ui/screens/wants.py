"""What someone wants and offers: a line to add to it, and above it what is known, to confirm or to mend."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size

from netcrm.domain.rhythm import ago
from netcrm.domain.text import fold, plain
from netcrm.domain.values import dataclass
from netcrm.domain.wants import SIDES, TRUE_DAYS, VERBS, Said, Want, read_wants
from netcrm.ui.ink import Line, Part, part, spread
from netcrm.ui.safety import LineField, typed
from netcrm.ui.screens.prompt import Prompt
from netcrm.ui.widgets.pane import Pane

_LABEL = 7
"""Cells before a text: ``offers`` and a space."""

_LISTED_MOST = 8
"""Lines of what is known that are seen at once; the prompt leaves the screen beneath it to be seen."""

_TYPING = "enter {enter} · esc leaves"
_CHOOSING = "y still true · e correct · x take off · esc back"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantsChange:
    """What is to become of someone's wants and offers; one of these.

    Attributes:
        said: What is new.
        confirmed: What is still true.
        removed: What is no longer true, or met.
        corrected: One, and what it should say.
    """

    said: Said = field(default_factory=Said)
    confirmed: tuple[Want, ...] = ()
    removed: tuple[Want, ...] = ()
    corrected: tuple[Want, str] | None = None


class Known(Pane, inherit_bindings=False):
    """What someone wants and offers, a line each.

    Args:
        wants: What is known.
        today: The day.
    """

    BINDINGS: ClassVar = [
        ("down,j", "down", "Down"),
        ("up,k", "move(-1)", "Up"),
        ("home", "first", "First"),
        ("end", "last", "Last"),
        ("y", "screen.confirm", "Still true"),
        ("e,enter", "screen.correct", "Correct"),
        ("x", "screen.take_off", "Take off"),
    ]

    DEFAULT_CSS = """
    Known, Known:focus {
        border: none; padding: 0; background: $surface; height: auto; margin-bottom: 1;
    }
    """

    def __init__(self, wants: Sequence[Want], today: date) -> None:
        super().__init__(id="known")
        self._wants = wants
        self._today = today
        self.styles.max_height = _LISTED_MOST
        self.display = bool(wants)

    @property
    def want(self) -> Want | None:
        """The highlighted one."""
        return self._wants[self.cursor] if self.cursor < len(self._wants) else None

    def count(self) -> int:
        """How many there are."""
        return len(self._wants)

    def rows_per_page(self) -> int:
        """How many are seen at once."""
        return max(1, self.size.height)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted one is seen."""
        self.top = max(min(self.top, self.cursor), self.cursor - self.rows_per_page() + 1)

    def row_at(self, y: int) -> int | None:
        """The one drawn at a line."""
        return self.top + y if self.top + y < len(self._wants) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """What it says, and since when it is known."""
        row = self.row_at(y)
        if row is None:
            return (), False
        want = self._wants[row]
        stale = want.is_stale(self._today)
        left = [Part(f"{VERBS[want.side]:<{_LABEL}}", "dim"), part(want.text)]
        right = [
            Part("  still true?" if stale else "", "warm"),
            Part(f"  {ago(want.known_on, self._today)}", "dim"),
        ]
        return spread(left, right, self.size.width), row == self.cursor and self.has_focus

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line each; on a low terminal the line to type goes first."""
        return min(len(self._wants), max(1, viewport.height - 9))

    def action_down(self) -> None:
        """To the next one, or on to the line."""
        if self.cursor >= self.count() - 1:
            self.screen.set_focus(self.screen.query_one(LineField))
        else:
            self.go_to(self.cursor + 1)


class WantsPrompt(Prompt[WantsChange]):
    """Asks what someone wants and offers.

    Args:
        name: Who.
        wants: What is known.
        today: The day.
    """

    ROWS: ClassVar[int] = 2

    BINDINGS: ClassVar = [("up", "choose", "Choose")]

    def __init__(self, name: str, wants: Sequence[Want], today: date) -> None:
        super().__init__(
            f"Wants and offers · {name}", example="wants: Rust job; a flat · offers: pottery lessons"
        )
        self._wants = wants
        self._today = today
        self._stale = tuple(want for want in wants if want.is_stale(today))
        self._correcting: Want | None = None

    def above(self) -> ComposeResult:
        """What is known."""
        yield Known(self._wants, self._today)

    def on_descendant_focus(self) -> None:
        """Say what the keys do here."""
        self._say_keys()
        self.query_one(Known).refresh()
        self.refresh_preview()

    def preview(self, text: str) -> Sequence[Line]:
        """What is new; with an empty line, what it takes."""
        if self._correcting is not None:
            return [_labelled(self._correcting.side, [part(text.strip() or "…", "good")])]
        said = read_wants(text)
        if said:
            have = {(want.side, fold(want.text)) for want in self._wants}
            return [
                _labelled(side, _each([pair for pair in said.pairs if pair[0] == side], have))
                for side in SIDES
                if any(pair[0] == side for pair in said.pairs)
            ]
        if self.query_one(Known).has_focus:
            return ()
        choose = [Part("   ↑", "key"), Part(" chooses one above", "dim")] if self._wants else []
        if self._stale:
            count = len(self._stale)
            which = "the one" if count == 1 else f"all {count}"
            return [
                [
                    Part("enter", "key"),
                    Part(f" still true: {which} older than {TRUE_DAYS} days", "dim"),
                ],
                [Part("↑", "key"), Part("     chooses one of them", "dim")],
            ]
        return [[Part("A want, unless you say offers: · several with ; between", "dim"), *choose]]

    def answer(self, text: str) -> None:
        """Correct what is being corrected, else add; an empty line says that all is still true."""
        if self._correcting is not None:
            if text:
                self.dismiss(WantsChange(corrected=(self._correcting, text)))
            else:
                self.complain("Say it in some words; esc leaves it as it was.")
        elif said := read_wants(text):
            self.dismiss(WantsChange(said=said))
        elif text:
            self.complain("Say what they want or offer: offers: pottery lessons.")
        elif self._stale:
            self.dismiss(WantsChange(confirmed=self._stale))
        else:
            self.complain("Say what they want or offer: offers: pottery lessons. esc leaves.")

    def action_choose(self) -> None:
        """Go up to what is known."""
        known = self.query_one(Known)
        if self._wants and not known.has_focus and self._correcting is None:
            stale = next((place for place, want in enumerate(self._wants) if want in self._stale), None)
            known.go_to(len(self._wants) - 1 if stale is None else stale)
            self.set_focus(known)

    def action_confirm(self) -> None:
        """The highlighted one is still true."""
        if want := self.query_one(Known).want:
            self.dismiss(WantsChange(confirmed=(want,)))

    def action_take_off(self) -> None:
        """The highlighted one is not true any more."""
        if want := self.query_one(Known).want:
            self.dismiss(WantsChange(removed=(want,)))

    def action_correct(self) -> None:
        """Take the highlighted one into the line, to be mended."""
        want = self.query_one(Known).want
        if want is None:
            return
        self._correcting = want
        field = self.query_one(LineField)
        field.value = typed(want.text)
        field.cursor_position = len(field.value)
        self.set_focus(field)

    def action_leave(self) -> None:
        """One step back: from correcting, from what is known to the line, then out."""
        field = self.query_one(LineField)
        if self._correcting is not None:
            self._correcting = None
            field.value = ""
            self.set_focus(self.query_one(Known))
        elif not field.has_focus:
            self.set_focus(field)
        else:
            self.dismiss(None)

    def _say_keys(self) -> None:
        panel = self.query_one("#panel", Vertical)
        if self.query_one(Known).has_focus:
            panel.border_subtitle = _CHOOSING
        elif self._correcting is not None:
            panel.border_subtitle = _TYPING.format(enter="corrects")
        else:
            panel.border_subtitle = _TYPING.format(enter=self.ENTER)


def _labelled(side: str, parts: Sequence[Part]) -> Line:
    return [Part(f"{VERBS[side]:<{_LABEL}}", "dim"), *parts]


def _each(pairs: Sequence[tuple[str, str]], have: set[tuple[str, str]]) -> Sequence[Part]:
    """What is said of a side; what is known already is thereby still true."""
    parts: list[Part] = []
    for side, text in pairs:
        known = (side, fold(text)) in have
        parts += [Part(" · ", "dim")] if parts else []
        parts += [Part(plain(text), "" if known else "good"), Part(" still true" if known else "", "dim")]
    return parts
