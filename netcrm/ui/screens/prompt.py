"""One line to type, at the foot of the screen, and under it, live, what was understood."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.highlighter import Highlighter
from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from netcrm.domain.text import plain
from netcrm.ui.ink import Line, Part, caption
from netcrm.ui.safety import LineField, typed
from netcrm.ui.screens.once import Modal
from netcrm.ui.widgets.words import Words

Answer = TypeVar("Answer")


class Prompt(Modal[Answer | None], Generic[Answer]):
    """A prompt; its subclasses say what a line means and what comes of it.

    Args:
        title: What is asked, on the border.
        value: What stands in the line at first.
        example: What is shown while the line is empty; never text from outside.
        keep: Told, when the prompt is left, what to offer in the line the next time: what was typed but not
            entered, else nothing.

    Attributes:
        entered: What stood in the line when it was left, where `keep` is told.
    """

    BINDINGS: ClassVar = [("escape", "leave", "Back")]

    ROWS: ClassVar[int] = 2
    """Lines of the preview."""

    ENTER: ClassVar[str] = "saves"
    """What enter does, in a word."""

    REPLACES: ClassVar[bool] = False
    """Whether what is typed takes the place of what stands in the line at first."""

    DEFAULT_CSS = """
    Prompt { align: left bottom; background: $background 35%; overflow: hidden; }
    Prompt #panel {
        height: auto; width: 100%; background: $surface; padding: 0 1;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $foreground 60%;
    }
    Prompt LineField, Prompt LineField:focus {
        border: none; height: 1; padding: 0; background: $surface; width: 1fr;
    }
    Prompt Words { background: $surface; margin-top: 1; }
    """

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        example: str = "",
        keep: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._keep = keep
        self.entered = ""
        self._title = title
        self._value = typed(value)
        self._example = example

    def compose(self) -> ComposeResult:
        """The line, and what was understood of it."""
        with Vertical(id="panel") as panel:
            panel.border_title = Content(caption(self._title))
            again = "as you left it · " if self._keep and self._value else ""
            panel.border_subtitle = f"{again}enter {self.ENTER} · esc leaves"
            yield from self.above()
            yield LineField(
                value=self._value,
                placeholder=self._example,
                compact=True,
                select_on_focus=False,
                highlighter=self.highlighter(),
            )
            yield Words()

    def above(self) -> ComposeResult:
        """What stands above the line."""
        yield from ()

    def on_mount(self) -> None:
        """Make room for the preview, and begin."""
        self.query_one(Words).styles.height = self.ROWS
        field = self.query_one(LineField)
        if self.REPLACES:
            field.action_select_all()
        self.set_focus(field)
        self.refresh_preview()

    def highlighter(self) -> Highlighter | None:
        """What colours the line while it is typed."""
        return None

    def preview(self, text: str) -> Sequence[Line]:
        """What was understood of the line."""
        return ()

    def answer(self, text: str) -> None:
        """The line was entered: dismiss with an answer, or `complain`."""
        raise NotImplementedError

    def complain(self, sentence: str) -> None:
        """Say why the line can't be taken; it stays, to be mended."""
        said = (line for line in self.preview(self.text) if "".join(each.text for each in line) != sentence)
        lines = list(said)[: self.ROWS - 1]
        lines += [()] * (self.ROWS - 1 - len(lines))
        self.query_one(Words).show([*lines, [Part(plain(sentence), "alert")]])

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.query_one(LineField).value

    def refresh_preview(self) -> None:
        """Show again what is understood."""
        self.query_one(Words).show(self.preview(self.text))

    @on(Input.Changed)
    def _changed(self) -> None:
        self.refresh_preview()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.app.screen is self:  # and not left yet, nor asking something else, by the same key doubled
            self.answer(event.value.strip())

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with an answer, or without one; then a line that was begun is kept."""
        if self._keep is not None and not self.left:
            self.entered = self.text.strip()
            self._keep("" if result is not None else self.entered)
        return super().dismiss(result)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
