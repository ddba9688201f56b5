"""Screens with keys of their own: each has a table of commands, a title, and a footer that teaches."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic

from textual import on

from netcrm.domain.changes import Change
from netcrm.store import Store
from netcrm.store.errors import DoneElsewhere, StoreError
from netcrm.ui import commands
from netcrm.ui.commands import Command
from netcrm.ui.messages import CommandChosen, FileReplaced, StoreChanged
from netcrm.ui.screens.once import FullScreen, Result
from netcrm.ui.widgets.bars import FooterBar, TitleBar

if TYPE_CHECKING:
    from netcrm.ui.screens.form_base import Answer, Form


class WorkingScreen(FullScreen[Result], Generic[Result]):
    """A full screen whose keys stand in a table of `netcrm.ui.commands`.

    A subclass gives its `TABLE`, makes `BINDINGS` of it with `netcrm.ui.commands.bindings_of`, yields a
    `TitleBar` and a `FooterBar`, and says in `place` where one is.

    Args:
        store: The open file.
    """

    TABLE: ClassVar[Sequence[Command]] = ()
    """The screen's commands."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._offered = (0, 0)
        self._behind = False
        self._places = commands.places_of(self.TABLE)

    @property
    def bar(self) -> TitleBar:
        """The title, which says for a moment what was done."""
        return self.query_one(TitleBar)

    @property
    def footer(self) -> FooterBar:
        """The footer, which teaches the next key."""
        return self.query_one(FooterBar)

    # What a subclass says

    def place(self) -> str:
        """Where one is: one of the places that `Command.where` of the table names."""
        return ""

    def refill(self, change: Change | None = None) -> None:
        """Read again what is shown, and draw it; what a change was about is highlighted."""

    # What others write

    @on(StoreChanged)
    def _others_wrote(self, message: StoreChanged) -> None:
        message.stop()
        if self.app.screen is self:
            self._catch_up()
        else:
            self._behind = True

    def on_screen_resume(self) -> None:
        """Another screen has been left, beneath which this one stood still."""
        if self._behind:
            self._catch_up()

    def _catch_up(self) -> None:
        """Show what others wrote; end what the title offers, if its key would turn another act by now."""
        self._behind = False
        if self.left:
            return
        self.refill()
        if any(self._offered) and self._offered != self._store.history.nearest():
            self._offered = (0, 0)
            self.bar.say("")

    @on(FileReplaced)
    def _replaced(self, message: FileReplaced) -> None:
        message.stop()
        self.bar.say(message.why)

    # Where one is

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action is meant for where one is."""
        return action not in self._places or self.place() in self._places[action]

    def commands_here(self) -> Sequence[Command]:
        """What can be done where one is; the palette lists it too."""
        table, place = commands.table_of(self.app, self.TABLE), self.place()
        return [command for command in table if not command.where or place in command.where.split()]

    def show_footer(self) -> None:
        """Teach what can be done where one is."""
        shown = [command for command in self.commands_here() if command.footer and command.keys]
        self.footer.show(shown)

    def on_descendant_focus(self) -> None:
        """The footer teaches what can be done here."""
        self.show_footer()

    @on(CommandChosen)
    async def _run_chosen(self, message: CommandChosen) -> None:
        await self.run_action(message.action)

    # Acts of the store

    def act(self, do: Callable[[], Change]) -> Change:
        """Do one act of the store, show what became of it, and say so.

        Args:
            do: Calls one writing method of the store.
        """
        try:
            change = do()
        except (StoreError, ValueError) as error:
            self.bar.say(str(error))
            return Change()
        self.refill(change)
        if change:
            key = commands.key_of("undo", commands.table_of(self.app))
            self.bar.say(f"{change.label[:1].upper()}{change.label[1:]}", f"{key} takes it back")
            self._offered = self._store.history.nearest()
        return change

    async def fill_in(self, form: "Form[Answer]", save: "Callable[[Answer, Answer], Change]") -> None:
        """Have a form filled in; what is saved with it is shown, and said.

        Args:
            form: The form.
            save: As `netcrm.ui.screens.form_base.Form.save`: calls one writing method of the store.
        """

        def left(said: "Answer | None") -> None:
            if said is not None:
                self.act(lambda: form.change)

        form.save = save
        await self.app.push_screen(form, left)

    def action_undo(self) -> None:
        """Take back the last act."""
        self._turn(self._store.history.undo, "Taken back", ("undo", "takes it back"), "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(self._store.history.redo, "Done again", ("redo", "does it again"), "Nothing to redo.")

    def _turn(self, turn: Callable[[], Change], said: str, again: tuple[str, str], nothing: str) -> None:
        try:
            change = turn()
        except DoneElsewhere as error:
            self.refill()
            command, does = again
            key = commands.key_of(command, commands.table_of(self.app))
            self.bar.say(error.what, f"{key} {does}")
            self._offered = self._store.history.nearest()
            return
        except StoreError as error:
            self.bar.say(str(error))
            return
        self._offered = (0, 0)
        self.refill(change)
        self.bar.say(f"{said}: {change.label}" if change else nothing)

    async def action_help(self) -> None:
        """Show every key of this screen."""
        from netcrm.ui.screens.help import HelpScreen

        await self.app.push_screen(HelpScreen(commands.table_of(self.app, self.TABLE)))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
