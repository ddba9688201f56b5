"""The organisations screen: who works or worked where; everyone there marked with one key, or sparked for.

Where the book is small it is read at once; where it is large, in a thread with a connection of its own.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Input

from netcrm.domain.changes import Change
from netcrm.domain.organisations import ORDERS, Organisation, called, ordered
from netcrm.domain.values import dataclass
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.screens.sides import SidesScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.organisation_panes import OrganisationsPane, WhoPane
from netcrm.ui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from netcrm.ui.screens.spark import Plan

_AT_ONCE = 5_000
"""People up to whom all is read before the first paint: that takes a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Someone is to be shown on the main screen."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Marked:
    """People are to be marked on the main screen.

    Attributes:
        people: Their ids, each with why: ``works at Acme``.
        words: Who they are: ``everyone at Acme``.
    """

    people: Mapping[int, str]
    words: str


@dataclass
class Found(Message):
    """The organisations have been read."""

    organisations: Sequence[Organisation]
    problem: str = ""


class OrganisationsScreen(SidesScreen[Shown | Marked | None]):
    """Who works or worked where; answers with whom to show or to mark on the main screen.

    Args:
        store: The open file.
        today: The day.
        plans: What one had in mind for sparks, as the spark screen has it.
        at: The name of the organisation to begin at, if it is there.
    """

    TABLE: ClassVar = commands.ORGANISATIONS

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    DEFAULT_CSS = """
    OrganisationsScreen.-wide #sides { grid-columns: 43fr 57fr; }
    OrganisationsScreen #list { height: 100%; }
    OrganisationsScreen #list OrganisationsPane { height: 1fr; }
    """

    def __init__(
        self, store: Store, today: date, plans: "MutableMapping[str, Plan]", *, at: str = ""
    ) -> None:
        super().__init__(store)
        self._today = today
        self._plans = plans
        self._at = at
        self._all: Sequence[Organisation] = ()
        self._looked = False
        self._order = ORDERS[0]
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The list with its search line, and the people of the one that is highlighted."""
        yield TitleBar("Organisations", "who works where, and who did", self._today)
        with Container(id="sides"):
            with Container(id="list"):
                yield SearchBar(self._search_for)
                yield OrganisationsPane(self._follow)
            yield WhoPane(self.show_footer)
        yield FooterBar()

    def on_mount(self) -> None:
        """Read who works where, and show it."""
        self.list, self.who = self.query_one(OrganisationsPane), self.query_one(WhoPane)
        self.search = self.query_one(SearchBar)
        self.refill()
        self.set_focus(self.list)

    # Reading and showing

    def refill(self, change: Change | None = None) -> None:
        """Read again who works where: at once, or aside where that takes a while."""
        if self._store.people.count() <= _AT_ONCE:
            self._take(self._store.organisations.all())
        else:
            self._fill()
            self._look()

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        """Read who works where, aside."""
        try:
            with self._store.organisations.aside() as shelf:
                self.post_message(Found(shelf.all()))
        except StoreError as error:
            self.post_message(Found((), str(error)))

    @on(Found)
    def _has_found(self, message: Found) -> None:
        if message.problem:
            self.bar.say(message.problem)
        else:
            self._take(message.organisations)

    def _take(self, organisations: Sequence[Organisation]) -> None:
        self._all, first, self._looked = ordered(organisations, self._order), not self._looked, True
        self._fill(keep=self._key_of(self._at) if first else "")

    def _key_of(self, name: str) -> str:
        """What the organisation with a spelling is known by; empty when there is none."""
        return next((one.key for one in self._all if name in one.written), "")

    def _fill(self, keep: str = "", *, begin: bool = False) -> None:
        """List what was read, as far as it is what was typed.

        Args:
            keep: What the one to highlight is known by; the one highlighted now, when empty.
            begin: Highlight the first.
        """
        found = called(self._all, self._typed)
        empty = _NONE_FOUND if self._typed else _NONE if self._looked else _LOOKING
        order = "by name" if self._order == "name" else "by people"
        if begin and found:
            keep = found[0].key
        self.list.show(found, self._store.people.lines, order=order, empty=empty, keep=keep)
        self._follow()

    def _follow(self) -> None:
        """The highlight has moved, or what it is on."""
        self.who.show(self.list.organisation, self._store.people.lines, self._today)
        self.show_footer()

    # Where one is

    def place(self) -> str:
        """At the search line, the list, or at someone who works there or did; or where there is nothing."""
        if isinstance(self.focused, Input):
            return "typing"
        if self.list.organisation is None:
            return "none"
        if not self.is_beside:
            return "list"
        held = self.who.held
        return "now" if held is None else "held" if held.id else "told"

    def show_footer(self) -> None:
        """Teach what can be done where one is; while one types, how to leave the line."""
        if self.place() == "typing":
            keep, leave = commands.SEARCHING
            self.footer.show([keep, replace(leave, label="All")])
        else:
            super().show_footer()

    def go_beside(self) -> None:
        """Go to the people, where there are any."""
        if self.list.organisation is not None:
            super().go_beside()

    def action_leave(self) -> None:
        """One step back: from the people to the list, out of a search, then out."""
        if self.search.is_open and not self.is_beside:
            self._search_for("")
            self.search.close()
        else:
            super().action_leave()

    # Searching and ordering

    def action_search(self) -> None:
        """Search as one types."""
        if self.is_beside:
            self.go_to_list()
        self.set_focus(self.search.open())

    @on(SearchBar.Left)
    def _left_search(self, message: SearchBar.Left) -> None:
        if not message.kept:
            self._search_for("")
            self.search.close()
        self.set_focus(self.list)

    def _search_for(self, text: str) -> None:
        begin = text != self._typed and bool(text)
        self._typed = text
        self._fill(begin=begin)

    def action_sort(self) -> None:
        """Order them by how many people they have, or by name."""
        self._order = ORDERS[1 - ORDERS.index(self._order)]
        self._all = ordered(self._all, self._order)
        self._fill()

    # Acting on people

    def _those_there(self) -> Mapping[int, str]:
        """Those who work at the organisation highlighted, each with why; where nobody does, those who did."""
        one = self.list.organisation
        if one is None:
            return {}
        return {key: one.reasons[key] for key in one.now} or one.reasons

    def action_mark_all(self, before: bool) -> None:
        """Mark everyone who works there on the main screen, or those too who did."""
        one = self.list.organisation
        if one is not None:
            people = one.reasons if before else self._those_there()
            self.dismiss(Marked(people, f"everyone at {one.name}"))

    def action_show(self) -> None:
        """Show the person on the main screen."""
        if self.who.person_id is not None:
            self.dismiss(Shown(self.who.person_id))

    async def action_spark(self) -> None:
        """Open the spark screen with everyone who works there chosen."""
        from netcrm.ui.screens.spark import SparkScreen

        chosen = self._those_there()
        if not chosen:
            return

        def left(done: Change | None) -> None:
            if done is None:
                self.refill()
            else:
                self.act(lambda: done)

        await self.app.push_screen(SparkScreen(self._store, self._today, self._plans, chosen=chosen), left)

    def action_forget(self) -> None:
        """Take it off that somebody worked there; what a life event tells is taken off in their timeline."""
        held = self.who.held
        if held is None:
            return
        if not held.id:
            self.bar.say("A life event in their timeline says so: enter shows it.")
            return
        self.act(lambda: self._store.organisations.forget(held.id))


_LOOKING: Sequence[Line] = ([Part("Looking for who works where …", "dim")],)

_NONE: Sequence[Line] = (
    [Part("No organisations yet.", "strong")],
    (),
    [Part("They stand here once you", "dim")],
    [Part("note where somebody works:", "dim")],
    [Part("the e key on the main screen.", "dim")],
)

_NONE_FOUND: Sequence[Line] = (
    [Part("None found.", "strong")],
    (),
    [Part("esc", "key"), Part(" shows all again.", "dim")],
)
