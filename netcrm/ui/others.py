"""What others do to the file while the app is open: looked for here, for every screen."""

from typing import TYPE_CHECKING

from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.ui.inturn import InTurn
from netcrm.ui.messages import FileReplaced, StoreChanged

if TYPE_CHECKING:
    from textual.screen import Screen

    from netcrm.ui.screens.main import MainScreen

OTHERS_SECONDS = 0.5
"""How often the file is asked whether another program wrote to it, or put another in its place; asking takes
microseconds, and what was written shows within a second."""


class Among(InTurn):
    """An app that shares its file with other programs.

    Args:
        store: The open file.
    """

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self._version = store.version()
        self._refused = False

    def look_for_others(self) -> None:
        """Have every screen show what another program wrote; go on with another file that was put there."""
        if self.store.replaced:
            self._go_on()
            return
        if self._refused:
            self._refused = False
            self._say("")
        version = self.store.version()
        if version != self._version:
            self._version = version
            for screen in self.screen_stack:
                screen.post_message(StoreChanged())

    def _go_on(self) -> None:
        """Open the file that stands there now, once nothing is open that was begun over the old one."""
        main = self._main
        if main is None:
            return
        try:
            if not self._may_leave(main):
                self.store.stand()
                return
            kept = self.store.reopen()
        except StoreError as error:
            self._refused = True
            self._say(str(error))
            return
        self._refused = False
        self._version = self.store.version()
        from netcrm.ui.screens.once import FullScreen

        while self.screen is not main:
            screen = self.screen
            if isinstance(screen, FullScreen):
                screen.left = True
            self.pop_screen()
        main.begin_anew(kept)

    def _say(self, why: str) -> None:
        """Say on every screen why nothing can be written now, as long as it is so."""
        for screen in self.screen_stack:
            screen.post_message(FileReplaced(why))

    def _may_leave(self, main: "MainScreen") -> bool:
        """Whether all that is open above the main screen can be closed without anything typed being lost."""
        from netcrm.ui.screens.once import FullScreen

        above = self.screen_stack[self.screen_stack.index(main) + 1 :]
        return all(isinstance(screen, FullScreen) and not _typed(screen) for screen in above)

    @property
    def _main(self) -> "MainScreen | None":
        from netcrm.ui.screens.main import MainScreen

        return next((screen for screen in self.screen_stack if isinstance(screen, MainScreen)), None)


def _typed(screen: "Screen[object]") -> bool:
    """Whether something was typed on a screen."""
    from textual.widgets import Input, TextArea  # here, since a text area takes long to import

    return any(field.value for field in screen.query(Input)) or any(
        area.text for area in screen.query(TextArea)
    )
