"""The app: opens the main screen over a store, and leaves the terminal and the user's data in peace."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from rich.text import Text

from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.file import explained, sqlite_errors
from netcrm.ui import commands
from netcrm.ui.commands import Command
from netcrm.ui.inturn import InTurn
from netcrm.ui.palette import commands_provider
from netcrm.ui.safety import TextGate
from netcrm.ui.screens.main import MainScreen
from netcrm.ui.themes import DAY, NIGHT


class NetcrmApp(InTurn):
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

    def __init__(
        self,
        store: Store,
        today: Callable[[], date],
        table: Sequence[Command] = commands.EVERY,
        *,
        daily: bool = False,
    ) -> None:
        super().__init__()
        self.daily = daily
        self.fault: StoreError | None = None
        self.store = store
        self.today = today
        self.table = table
        self.set_keymap(commands.keymap_of(table))
        self._filters.append(TextGate())
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        chosen = os.environ.get("NETCRM_THEME", "")
        self.theme = chosen if chosen in self.available_themes else NIGHT.name

    def on_mount(self) -> None:
        """Open the main screen."""
        self.push_screen(MainScreen(self.store, self.today))

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

    def _fatal_error(self) -> None:
        """End with one sentence: Textual's own report prints local variables, and so private notes."""
        if os.environ.get("NETCRM_DEBUG"):
            super()._fatal_error()
            return
        error = self._exception
        if isinstance(error, sqlite_errors(StoreError)):
            self.fault = error if isinstance(error, StoreError) else explained(error, self.store.path)
            self._close_messages_no_wait()
            return
        sentence = "netcrm met an error it did not expect and has closed. Everything you saved is safe."
        self._exit_renderables.append(Text(sentence))
        self._close_messages_no_wait()
