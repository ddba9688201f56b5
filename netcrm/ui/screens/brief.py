"""The brief screen: a card to read before you meet someone.

What you could give is looked for in a thread with a connection of its own; all else is there at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from netcrm.domain.brief import Brief, Chance, as_text
from netcrm.domain.changes import Change
from netcrm.domain.people import Named
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.ui import commands
from netcrm.ui.screens.working import WorkingScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.brief_pane import BriefPane


@dataclass
class Found(Message):
    """What one could give has been looked for."""

    could: Sequence[Chance]


class BriefScreen(WorkingScreen[bool]):
    """What is good to know before you meet someone; left with True to log how it was.

    Args:
        store: The open file.
        today: The day.
        person: Whom one is about to meet.
    """

    TABLE: ClassVar = commands.BRIEF

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    BriefScreen { background: $background; }
    BriefScreen #card { height: 1fr; align: center top; }
    BriefScreen BriefPane { max-width: 104; height: 100%; padding: 0 2; }
    BriefScreen.-flat TitleBar, BriefScreen.-flat FooterBar { display: none; }
    """

    def __init__(self, store: Store, today: date, person: Named) -> None:
        super().__init__(store)
        self._today = today
        self._person = person
        self._brief: Brief | None = None

    def compose(self) -> ComposeResult:
        """The card."""
        yield TitleBar("Brief", "what is good to know before you meet", self._today)
        with Container(id="card"):
            yield BriefPane()
        yield FooterBar()

    def on_mount(self) -> None:
        """Show what is there at once, and begin to look for what one could give."""
        self.pane = self.query_one(BriefPane)
        self.pane.say_above(self._person.name)
        self.set_focus(self.pane)
        self.refill()

    def refill(self, change: Change | None = None) -> None:
        """Read it again, and draw it."""
        self._brief = self._store.briefs.of(self._person.id, self._today)
        if self._brief is None:
            self.dismiss(False)
            return
        self.pane.show(self._brief, self._today)
        self._look()

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        """Look for what one could give, aside."""
        could: Sequence[Chance] = ()
        try:
            with self._store.briefs.aside() as finding:
                could = finding.could(self._person.id, self._today)
        except StoreError:
            pass  # All else is on the card; this is looked for again when it is opened again.
        self.post_message(Found(could))

    @on(Found)
    def _has_found(self, message: Found) -> None:
        if self._brief is not None:
            self._brief = replace(self._brief, could=message.could)
            self.pane.show(self._brief, self._today)

    # What the keys do

    def action_copy(self) -> None:
        """Copy it as text, cleaned."""
        if self._brief is not None:
            self.app.copy_to_clipboard(as_text(self._brief, self._today))
            self.bar.say("Copied, as text to take along.")

    def action_whole(self) -> None:
        """Shorten nothing, and scroll; or fit it on one screen again."""
        self.pane.show_whole(not self.pane.whole)

    def action_log(self) -> None:
        """Leave, to log how it was."""
        self.dismiss(True)
