"""The app: opens the main screen over a store, and leaves the terminal and the user's data in peace."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from threading import Thread
from typing import ClassVar

from rich.text import Text
from textual import constants, on
from textual.driver import Driver
from textual.filter import Monochrome, NoColor

from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.file import explained, sqlite_errors
from netcrm.ui import commands
from netcrm.ui.colourless import Colourless
from netcrm.ui.commands import Command
from netcrm.ui.others import OTHERS_SECONDS, Among
from netcrm.ui.palette import commands_provider
from netcrm.ui.safety import TextGate
from netcrm.ui.screens.main import MainScreen
from netcrm.ui.terminal import Lent
from netcrm.ui.themes import DAY, NIGHT


class NetcrmApp(Among):
    """netcrm, full-screen.

    Args:
        store: The open file; the caller closes it.
        today: Tells the day; asked again, since an app may stay open past midnight.
        table: The commands of all screens, with the keys that the user gave them.
        daily: Keep the day's backup, once the screen has been drawn.

    Attributes:
        fault: What ended it, where that was the file; to be said when the terminal is there again.
    """

    TITLE = "netcrm"
    COMMANDS: ClassVar = {commands_provider}
    COMMAND_PALETTE_BINDING: ClassVar = "ctrl+p"
    CSS = "CommandList { min-width: 8; }"  # in six columns its rows would have none, which ended the app

    def __init__(
        self,
        store: Store,
        today: Callable[[], date],
        table: Sequence[Command] = commands.EVERY,
        *,
        daily: bool = False,
    ) -> None:
        super().__init__(store)
        self.daily = daily
        self.fault: StoreError | None = None
        self.today = today
        self.table = table
        self.set_keymap(commands.keymap_of(table))
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        chosen = os.environ.get("NETCRM_THEME", "")
        self.no_color = bool(os.environ.get("NO_COLOR"))
        # Set, rather than changed: there are no rules yet to be read again for it.
        theme = chosen if chosen in self.available_themes and not self.no_color else NIGHT.name
        self.set_reactive(NetcrmApp.theme, theme)
        # What was read of the rules so far was read in Textual's own colours, and would be again in these.
        self.stylesheet.set_variables(self.get_css_variables())
        # Textual's own filter for this turns colours into greys, which are colours still.
        self._filters = [one for one in self._filters if not isinstance(one, Monochrome | NoColor)]
        if self.no_color:
            self._filters.append(Colourless(NIGHT))
        self._filters.append(TextGate())

    def get_default_screen(self) -> MainScreen:
        """The main screen; pushed over an empty one it would be laid out and styled twice at first."""
        return MainScreen(self.store, self.today)

    def on_mount(self) -> None:
        """Begin to look for what others write."""
        self.set_interval(OTHERS_SECONDS, self.look_for_others)

    @on(Driver.SignalResume)
    def draw_again(self) -> None:
        """After ``fg`` the terminal is empty; where it has another size now, that has all drawn anew."""
        if isinstance(self._driver, Lent) and self._driver._get_terminal_size() == tuple(
            self.screen._compositor.size
        ):
            self.refresh(layout=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action is meant for the screen: a picker's ``ctrl+p`` is one up, not the palette."""
        return not (action == "command_palette" and getattr(self.screen, "HAS_OWN_CTRL_P", False))

    async def action_quit(self) -> None:
        """Quit; from a form or a prompt first go one step back, so that nothing typed is lost in silence."""
        leave = getattr(self.screen, "action_leave", None)
        if leave is None:
            self.exit()
        else:
            leave()

    def action_change_theme(self) -> None:
        """Choose other colours, where there are any."""
        if self.no_color:
            self.notify("NO_COLOR is set, so there are no colours to choose.", markup=False, timeout=3)
        else:
            super().action_change_theme()

    def action_help_quit(self) -> None:
        """Say, where a hand reached for ctrl+c, how one leaves; nothing that was typed is lost by it."""
        quits = commands.key_of("quit", self.table)
        back = getattr(self.screen, "action_leave", None) is not None
        said = "esc goes one step back." if back else f"{quits} quits; everything is saved already."
        say = getattr(self.screen, "say", None)
        if say is not None:
            say(said, good=False)
        else:
            self.notify(said, markup=False, timeout=3)

    # How it ends

    def get_driver_class(self) -> type[Driver]:
        """The terminal as netcrm takes it, unless the environment names another driver."""
        return super().get_driver_class() if constants.DRIVER else Lent

    def open(self) -> None:
        """Run until it is closed; after that nothing waits for it any more."""
        try:
            self.run()
        finally:
            if isinstance(self._driver, Lent):
                self._driver.patience.over()

    def exit(self, result: None = None, return_code: int = 0, message: object = None) -> None:
        """Close; where something holds that up, the program ends all the same a little later."""
        super().exit(result, return_code)
        self._begin_to_end(return_code)

    def leave(self, code: int) -> None:
        """Close as quitting does, when a signal says so; for the signal's handler, whatever it interrupts.

        Args:
            code: The exit code.
        """
        if self._loop is None:
            sys.exit(code)
        self._begin_to_end(code)
        self._loop.call_soon_threadsafe(self.exit, None, code)

    def _begin_to_end(self, code: int) -> None:
        if isinstance(self._driver, Lent):
            self._driver.patience.begin(code)
            Thread(target=self.store.let_go, daemon=True).start()

    def panic(self, *renderables: object) -> None:
        """End with one sentence, whatever there is to print of an error: it may hold private words."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End with one sentence: Textual's own report prints local variables, and so private notes."""
        if os.environ.get("NETCRM_DEBUG"):
            super()._fatal_error()
            return
        error = self._exception
        if isinstance(error, sqlite_errors(StoreError)):
            self.fault = error if isinstance(error, StoreError) else explained(error, self.store.path)
        elif not self._exit_renderables:
            self._exit_renderables.append(Text(_UNEXPECTED))
        self._close_messages_no_wait()
        self._begin_to_end(1)


_UNEXPECTED = "netcrm met an error it did not expect and has closed. Everything you saved is safe."
