"""The main screen: the panes, with what each key does put together from `netcrm.ui.acts`.

The screens that keys open are imported when they are opened: together they take longer than the first paint,
which need not wait for them. Opening is awaited, so that keys typed ahead go to what they open.
"""

import gc
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from netcrm.store.errors import StoreError
from netcrm.ui import commands
from netcrm.ui.acts.asks import AskActs
from netcrm.ui.acts.brief import BriefActs
from netcrm.ui.acts.duplicates import DuplicateActs
from netcrm.ui.acts.history import HistoryActs
from netcrm.ui.acts.introductions import IntroductionActs
from netcrm.ui.acts.joy import JoyActs
from netcrm.ui.acts.keeping import KeepingActs
from netcrm.ui.acts.organisations import OrganisationActs
from netcrm.ui.acts.people import PeopleActs
from netcrm.ui.acts.queue import QueueActs
from netcrm.ui.acts.reach import ReachActs
from netcrm.ui.acts.relations import RelationActs
from netcrm.ui.acts.review import ReviewActs
from netcrm.ui.acts.rhythm import RhythmActs
from netcrm.ui.acts.timeline import TimelineActs
from netcrm.ui.messages import CommandChosen, FileReplaced, StoreChanged
from netcrm.ui.screens.panes import PanesScreen

if TYPE_CHECKING:
    from netcrm.store.looking import Look

IDLE_SECONDS = 0.15
"""How long work that nobody waits for keeps still after the first paint, which comes in several steps: Python
runs one thread at a time."""

_DAY_SECONDS = 1.0
"""How often the day is looked at."""


class Found(Message):
    """There is something to queue.

    Args:
        look: What was found.
    """

    def __init__(self, look: "Look") -> None:
        super().__init__()
        self.look = look


class MainScreen(
    PeopleActs,
    BriefActs,
    RelationActs,
    TimelineActs,
    IntroductionActs,
    QueueActs,
    RhythmActs,
    OrganisationActs,
    DuplicateActs,
    JoyActs,
    AskActs,
    ReachActs,
    ReviewActs,
    HistoryActs,
    KeepingActs,
    PanesScreen,
):
    """The panes, and every act of the user on them.

    Args:
        store: The open file.
        today: Tells the day.
    """

    def on_mount(self) -> None:
        """Begin to look at the day."""
        self.set_interval(_DAY_SECONDS, self._look_at_the_day)
        self.call_after_refresh(self._import_the_rest)
        self.call_after_refresh(self._fill_queue)

    def on_unmount(self) -> None:
        """Nobody waits for what is still being looked for."""
        self._store.filling.leave_off()

    @work(thread=True)
    def _import_the_rest(self) -> None:
        """Import, once the panes are on the screen, what the first key may open."""
        sleep(IDLE_SECONDS)
        for name in (
            "log",
            "lines",
            "spark",
            "introductions",
            "form",
            "wants",
            "ask",
            "review",
            "groups",
            "everything",
            "organisations",
            "duplicates",
            "brief",
            "network",
            "joy",
            "history",
            "help",
        ):
            import_module(f"netcrm.ui.screens.{name}")
        # What has been imported stays: looking through all of it for garbage takes 50 to 80 ms of some key.
        gc.freeze()
        gc.enable()  # see `netcrm.cli.starting`

    def _look_at_the_day(self) -> None:
        """It may be past midnight."""
        if self._today() != self._day:
            self.post_message(StoreChanged())
            self._fill_queue()
            if getattr(self.app, "daily", False):
                self.keep_daily()

    @work(thread=True, exclusive=True, group="filling")
    def _fill_queue(self) -> None:
        """Look, aside, for what occasions, silence and the like suggest today; as a rule it is nothing."""
        if not self._store.preferences.fills:
            return
        sleep(IDLE_SECONDS)
        with suppress(StoreError):
            look = self._store.filling.look(self._today())
            if look is not None:
                self.post_message(Found(look))

    @on(Found)
    def _fill(self, message: Found) -> None:
        """Queue what was found, and say so; not while somebody types, who would feel it."""
        if getattr(self.app, "still_for", IDLE_SECONDS) < IDLE_SECONDS:
            self.set_timer(IDLE_SECONDS, lambda: self.post_message(message))
            return
        try:
            change = self._store.filling.fill(self._today(), message.look)
        except StoreError:
            return  # Another program is writing, or nothing may be written here: it is found the next time.
        if change:
            self.reload()
            self.say(f"{change.label[:1].upper()}{change.label[1:]}.", "u")

    @on(StoreChanged)
    def _others_wrote(self, message: StoreChanged) -> None:
        message.stop()
        self.reload()

    @on(FileReplaced)
    def _replaced(self, message: FileReplaced) -> None:
        message.stop()
        self.say(message.why, good=False)

    def begin_anew(self, kept: Path | None) -> None:
        """Show the file that took the place of the one that was open; what was begun over that is let go.

        Args:
            kept: Where what was open before is kept.
        """
        self.people.unmark()
        self.gives.unmark()
        self._begun = {about: line for about, line in self._begun.items() if not any(about)}
        self._shown = self._shown_group = self._before_give = None
        self.action_pane("people")
        self.reload()
        where = f"; the old one is kept in {kept.parent.name}" if kept else ", and this is the new one"
        self.say(f"The file was replaced{where}.", good=False)

    @on(CommandChosen)
    async def _run_chosen(self, message: CommandChosen) -> None:
        await self.run_action(message.action)

    async def action_open(self) -> None:
        """Open what is selected: a person's timeline, then each thing's form."""
        if self._pane() == "people":
            self.action_pane("timeline")
        else:
            await self.action_edit()

    async def action_edit(self) -> None:
        """Edit what is selected."""
        here = self._pane()
        if here == "give":
            await self._edit_give()
        elif here == "timeline" and self.timeline.entry is not None:
            await self._edit_entry()
        else:
            await self._edit_person()

    async def action_help(self) -> None:
        """Show every key."""
        from netcrm.ui.screens.help import HelpScreen

        await self.app.push_screen(HelpScreen(commands.table_of(self.app), signs=True))
