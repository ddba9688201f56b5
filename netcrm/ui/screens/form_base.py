"""A form: fields in groups, saved as one value; what was typed is never lost in silence."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input, TextArea

from netcrm.domain.changes import Change
from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import GroupDraft
from netcrm.domain.people import Profile
from netcrm.domain.timeline import Entry
from netcrm.store.errors import EditedElsewhere, StoreError
from netcrm.ui.ink import Part, caption, part
from netcrm.ui.screens.form_rows import ChoiceControl, Group, Heading, Row, TextControl, Wrapped
from netcrm.ui.screens.once import Modal

Answer = TypeVar("Answer", Profile, Entry, GiveDraft, GroupDraft)

Changes: TypeAlias = Mapping[str, Any]
"""What was read from the fields that changed, by name. A form's table says which type each field reads, so
that `dataclasses.replace` can take them all; mypy can't follow a table."""

_NARROW = 50
"""Cells below which the labels stand above the controls."""

_THEIRS_MOST = 400
"""Characters shown of what another window wrote into the same field: a note may be long."""

_FLAT = 12
"""Lines below which the foot would leave no room for the fields."""


class Unfit(Exception):
    """The fields do not make a value together.

    Args:
        field: The name of the field to mend.
        sentence: What to write.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class _Body(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields; they are scrolled by moving through them."""


class Form(Modal[Answer | None], Generic[Answer]):
    """A form; its subclasses say which fields there are and what value they make.

    Args:
        title: What is edited, on the border.
        groups: The fields.

    Attributes:
        save: Keeps what the form says; given that, and what it was opened with. While it can't, the form
            stays with all that was typed.
        change: What keeping it changed.
    """

    ROWS_OF: ClassVar[Mapping[str, str]] = {}
    """The field in which an attribute of the value stands, where it is called otherwise."""

    BINDINGS: ClassVar = [
        Binding("ctrl+s", "save", "Save", priority=True),
        ("ctrl+o", "editor", "Your editor"),
        ("escape", "leave", "Back"),
        ("up", "app.focus_previous", "Field before"),
        ("down", "app.focus_next", "Next field"),
        ("pageup", "page(-1)", "Page up"),
        ("pagedown", "page(1)", "Page down"),
    ]

    DEFAULT_CSS = """
    Form { align: center middle; background: $background 60%; }
    Form #panel {
        width: 100; max-width: 96%; height: auto; background: $surface; padding: 1 0 0 1;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $foreground 60%;
    }
    Form _Body {
        height: auto; padding: 0 0 0 1; overflow-x: hidden; scrollbar-gutter: stable;
        scrollbar-size: 0 1; scrollbar-background: $surface; scrollbar-color: $foreground 25%;
        scrollbar-background-hover: $surface; scrollbar-background-active: $surface;
    }
    Form #foot { height: 2; margin-top: 1; padding: 0 2 0 1; }
    Form #panel.-flat { padding: 0; }
    Form #panel.-flat #foot { display: none; }
    Form .-narrow Row > * { margin-left: 0; }
    Form .-narrow LineControl, Form .-narrow TextControl, Form .-narrow ChoiceControl { margin: 1 0 0 0; }
    Form #panel.-narrow { width: 100%; max-width: 100%; }
    """

    _CHROME = 6
    """Lines of the panel that are not the fields': its border, two blank ones, and two of the foot."""

    def __init__(self, title: str, groups: Sequence[Group]) -> None:
        super().__init__()
        self._title = title
        self._groups = groups
        self._rows: dict[str, Row] = {}
        self._leaving = False
        self._told: tuple[Row | None, str] = (None, "")
        self._elsewhere: dict[str, Any] = {}
        self.save: Callable[[Answer, Answer], Change] | None = None
        self.change = Change()

    def compose(self) -> ComposeResult:
        """The fields by group, and a foot that explains the one focused."""
        with Vertical(id="panel") as panel:
            panel.border_title = Content(caption(self._title))
            panel.border_subtitle = "tab next · ctrl+s saves · esc leaves"
            self._suit(panel, self.app.size)
            with _Body():
                for group in self._groups:
                    if group.title:
                        yield Heading(group.title)
                    for field in group.fields:
                        row = self._rows[field.name] = Row(field)
                        yield row
                yield from self.more()
            yield Wrapped(id="foot")

    def more(self) -> ComposeResult:
        """What follows the fields."""
        yield from ()

    def made(self, changed: Changes) -> Answer:
        """The value to answer with.

        Args:
            changed: What was read from the fields that say anything else than at first, by name. The others
                keep what is stored, down to what a form can't show.

        Raises:
            Unfit: If it is no value yet.
        """
        raise NotImplementedError

    def opened(self) -> Answer:
        """The value that it was opened with."""
        raise NotImplementedError

    def groups_of(self, value: Answer) -> Sequence[Group]:
        """The fields as they would say another value."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin at the first field."""
        next(iter(self._rows.values())).control.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Let the fields have what the panel's frame leaves."""
        self._suit(self.query_one("#panel", Vertical), event.size)
        chrome = 2 if event.size.height < _FLAT else self._CHROME
        self.query_one(_Body).styles.max_height = max(1, int(event.size.height * 0.96) - chrome)

    @staticmethod
    def _suit(panel: Vertical, size: Size) -> None:
        """Lay the form out for a size; breakpoints would style everything once more when it is opened."""
        panel.set_class(size.width < _NARROW, "-narrow")
        panel.set_class(size.height < _FLAT, "-flat")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceControl.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | ChoiceControl.Changed) -> None:
        event.stop()
        row = self._row_of(event.control)
        if row is not None and row.control.has_focus:
            row.complain("")
            self._leaving = False
            self._told = (None, "")
            self._explain()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def on_descendant_focus(self) -> None:
        """Explain the field that is focused."""
        self._explain()

    def _explain(self) -> None:
        foot = self.query_one("#foot", Wrapped)
        row = self._row_of(self.focused)
        if self._leaving:
            foot.show([Part("Not saved · esc again leaves, ctrl+s saves", "warm")])
        elif row is not None and self._told[0] is row:
            foot.show([part(self._told[1], "warm")])
        else:
            foot.show(row.explained() if row else ())

    def _row_of(self, widget: Widget | None) -> Row | None:
        return next((row for row in self._rows.values() if row.control is widget), None)

    def action_page(self, step: int) -> None:
        """Scroll by a page."""
        body = self.query_one(_Body)
        (body.scroll_page_down if step > 0 else body.scroll_page_up)(animate=False)

    def action_editor(self) -> None:
        """Edit the field in the user's own editor, which has the terminal meanwhile."""
        from netcrm.ui.editing import edited

        row = self._row_of(self.focused)
        if row is None or not isinstance(row.control, TextControl):
            return
        text = row.text
        try:
            with self.app.suspend():
                done = edited(text, os.environ)
        except SuspendNotSupported:
            return
        if done.text != text:
            row.put(done.text)
        self._told = (row, done.said) if done.said else (None, "")
        self._explain()

    def action_save(self) -> None:
        """Keep what the fields say and answer with it, or say what is wrong; then nothing is saved."""
        if self.left:
            return
        changed: dict[str, object] = {}
        wrong: dict[str, str] = {}
        for name, row in self._rows.items():
            row.complain("")
            if row.changed:
                try:
                    changed[name] = row.field.read(row.text)
                except ValueError as error:
                    wrong[name] = str(error)
        if not wrong:
            try:
                answer = self.made(changed)
                if self.save is not None:
                    self.change = self.save(answer, self._before(answer))
            except Unfit as unfit:
                wrong[unfit.field] = str(unfit)
            except EditedElsewhere as edited:
                wrong = self._theirs(edited.now)
            except (StoreError, ValueError) as error:
                here = self._row_of(self.focused) or next(iter(self._rows.values()))
                wrong[here.field.name] = str(error)
            else:
                self.dismiss(answer)
                return
        for name, sentence in wrong.items():
            self._rows[name].complain(sentence)
        self._leaving = False
        self._rows[next(iter(wrong))].control.focus()
        self._explain()

    def _before(self, answer: Answer) -> Answer:
        """What it was opened with, as far as it was not said what another window made of it since."""
        opened = self.opened()
        told = {
            name: value
            for name, value in self._elsewhere.items()
            if getattr(answer, name) != getattr(opened, name)
        }
        return replace(opened, **told)

    def _theirs(self, now: Mapping[str, object]) -> dict[str, str]:
        """What another window made of fields that were changed here too, each in a sentence."""
        self._elsewhere |= now
        fields = [
            field
            for group in self.groups_of(replace(self.opened(), **self._elsewhere))
            for field in group.fields
        ]
        shown = {field.name: dict(field.choices).get(field.shown, field.shown) for field in fields}
        said: dict[str, str] = {}
        for name in now:
            row = self.ROWS_OF.get(name, name)
            row = row if row in self._rows else next(iter(self._rows))
            theirs = " · ".join(shown.get(row, "").split("\n"))
            theirs = f"{theirs[:_THEIRS_MOST]}…" if len(theirs) > _THEIRS_MOST else theirs
            made = f"was made “{theirs}”" if theirs else "was emptied"
            said[row] = f"It {made} elsewhere meanwhile: ctrl+s again keeps yours."
        return said

    def action_leave(self) -> None:
        """Leave without an answer; when something was typed, only at the second time."""
        if self._leaving or not any(row.changed for row in self._rows.values()):
            self.dismiss(None)
            return
        self._leaving = True
        self._explain()
