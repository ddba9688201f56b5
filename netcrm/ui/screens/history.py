"""The history: what was done, newest first, what each act changed, and the way back and forth through it."""

from collections.abc import Callable, Sequence, Set
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container

from netcrm.domain.changes import Change
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.write import ACTS_KEPT
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.screens.sides import SidesScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.history_panes import ActsPane, WhatPane

_OTHERS_SECONDS = 1.0
"""How often the file is asked whether another program wrote to it; asking takes microseconds."""


class HistoryScreen(SidesScreen[None]):
    """The acts, and what the one that is highlighted changed.

    Args:
        store: The open file.
        today: Tells the day.
    """

    TABLE: ClassVar = commands.HISTORY

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    DEFAULT_CSS = "HistoryScreen.-wide #sides { grid-columns: 48fr 52fr; }"

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        super().__init__(store)
        self._today = today
        self._version = store.version()

    def compose(self) -> ComposeResult:
        """The acts, and what the one that is highlighted changed."""
        yield TitleBar("History", "what was done; all of it can be taken back", self._today())
        with Container(id="sides"):
            yield ActsPane(self._follow)
            yield WhatPane()
        yield FooterBar()

    def on_mount(self) -> None:
        """Show what was done."""
        self.acts, self.what = self.query_one(ActsPane), self.query_one(WhatPane)
        self._fill()
        self.acts.go_to_line()
        self.set_focus(self.acts)
        self.set_interval(_OTHERS_SECONDS, self._look_for_others)

    # Showing

    def refill(self, change: Change | None = None) -> None:
        """Read the acts again; one that was turned is highlighted."""
        self._fill(change.act if change else 0)

    def _fill(self, keep: int = 0) -> None:
        acts = self._store.history.acts(ACTS_KEPT)
        self.acts.show(acts, self._store.history.session, self._today(), keep=keep, empty=_EMPTY)
        if not acts and self.is_beside:
            self.go_to_list()
        self._follow()

    def _follow(self) -> None:
        """The highlight has moved: show what that act changed."""
        act = self.acts.act
        self.what.show(act, self._store.past.shown(act.id) if act else None)
        self.show_footer()

    def _look_for_others(self) -> None:
        """Another program may have written to the file."""
        version = self._store.version()
        if version != self._version:
            self._version = version
            self._fill()

    # Where one is

    def place(self) -> str:
        """At the acts, or at what one changed; nowhere while there are none."""
        if self.acts.act is None:
            return "none"
        return "what" if self.is_beside else "acts"

    def go_beside(self) -> None:
        """Go to what the act changed, where there is one."""
        if self.acts.act is not None:
            super().go_beside()

    # What the keys do

    def action_turn_to(self) -> None:
        """Take back every act down to the one highlighted, or do again all up to it; each is one step."""
        act = self.acts.act
        if act is None:
            return
        turn = self._store.history.redo if act.undone else self._store.history.undo
        turned, problem = self._turn_to(act.id, turn, known={one.id for one in self.acts.acts})
        self._fill(act.id if not problem else turned[-1] if turned else 0)
        count = len(turned)
        did = "Done again" if act.undone else "Taken back"
        said = f"{did}: {count} {'act' if count == 1 else 'acts'}" if count else ""
        self.bar.say(". ".join(filter(None, (said, problem))))

    def _turn_to(self, act_id: int, turn: Callable[[], Change], known: Set[int]) -> tuple[Sequence[int], str]:
        """Turn act after act until one; stop where one can't be turned, or has come in meanwhile.

        Returns:
            The acts that were turned, and why it stopped before the end.
        """
        turned: list[int] = []
        while not turned or turned[-1] != act_id:
            if set(self._store.history.nearest()) - {0, *known}:
                return turned, "Another program has written meanwhile: look again"
            try:
                change = turn()
            except StoreError as error:
                return turned, str(error)
            if not change:
                break
            turned.append(change.act)
        return turned, ""


_EMPTY: Sequence[Line] = (
    [Part("Nothing to take back yet.", "strong")],
    (),
    [Part("Whatever you do stands here,", "dim")],
    [Part("and ", "dim"), Part("u", "key"), Part(" takes it back, one act", "dim")],
    [Part("after the other.", "dim")],
)
