"""The duplicates screen: who may be in the book twice, two records side by side, and making one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from netcrm.domain.changes import Change
from netcrm.domain.duplicates import Pair, Sure
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.screens.sides import SidesScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.duplicate_panes import ComparePane, PairsPane, Side

_AT_ONCE = 2_000
"""People up to whom all is compared before the first paint: that takes some 30 milliseconds."""


@dataclass
class Found(Message):
    """The pairs have been found."""

    pairs: Sequence[Pair]
    problem: str = ""


class DuplicatesScreen(SidesScreen[int | None]):
    """Who may be in the book twice; answers with the id of someone to show on the main screen.

    Args:
        store: The open file.
        today: The day.
        two: The ids of two who were marked: they are the pair that is looked at.
    """

    TABLE: ClassVar = commands.DUPLICATES

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    DEFAULT_CSS = """
    DuplicatesScreen.-wide #sides { grid-columns: 40fr 60fr; }
    """

    def __init__(self, store: Store, today: date, two: tuple[int, int] | None = None) -> None:
        super().__init__(store)
        self._today = today
        self._two = two
        self._pairs: Sequence[Pair] = ()
        self._looked = False

    def compose(self) -> ComposeResult:
        """The pairs, and the one that is highlighted, side by side."""
        yield TitleBar("Twice in the book?", "one person, two records", self._today)
        with Container(id="sides"):
            yield PairsPane(self._follow)
            yield ComparePane(self.show_footer)
        yield FooterBar()

    def on_mount(self) -> None:
        """Look for them, and show them."""
        self.list, self.compare = self.query_one(PairsPane), self.query_one(ComparePane)
        self.refill()
        self.set_focus(self.list)

    # Reading and showing

    def refill(self, change: Change | None = None) -> None:
        """Look again who may be there twice: at once, or aside where that takes a while."""
        if self._two is not None:
            self._take(self._the_two(*self._two))
        elif self._store.people.count() <= _AT_ONCE:
            self._take(self._store.duplicates.pairs())
        else:
            there = self._store.people.lines([key for pair in self._pairs for key in (pair.one, pair.other)])
            self._pairs = [pair for pair in self._pairs if pair.one in there and pair.other in there]
            self._fill()
            self._look()

    def _the_two(self, one: int, other: int) -> Sequence[Pair]:
        there = self._store.people.lines([one, other])
        return [Pair(one, other, Sure.PERHAPS, ("you marked them",))] if len(there) > 1 else []

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        """Look for them aside."""
        try:
            with self._store.duplicates.aside() as finding:
                self.post_message(Found(finding.pairs()))
        except StoreError as error:
            self.post_message(Found((), str(error)))

    @on(Found)
    def _has_found(self, message: Found) -> None:
        if message.problem:
            self.bar.say(message.problem)
        else:
            self._take(message.pairs)

    def _take(self, pairs: Sequence[Pair]) -> None:
        self._pairs, self._looked = pairs, True
        self._fill()

    def _fill(self) -> None:
        self.list.show(self._pairs, self._store.people.lines, _NONE if self._looked else _LOOKING)
        self._follow()

    def _follow(self) -> None:
        """The highlight has moved, or what it is on."""
        pair = self.list.pair
        self.compare.show(pair, self._both(pair) if pair else None)
        self.show_footer()

    def _both(self, pair: Pair) -> tuple[Side, Side] | None:
        people = [self._store.people.get(key) for key in (pair.one, pair.other)]
        sides = [Side(person.profile, person.entries, person.gives_waiting) for person in people if person]
        return (sides[0], sides[1]) if len(sides) > 1 else None

    # Where one is

    def place(self) -> str:
        """At the list of pairs, or at the fields of one; or where there is nothing."""
        if self.list.pair is None:
            return "none"
        return "fields" if self.is_beside else "list"

    def go_beside(self) -> None:
        """Go to the fields, where there are any."""
        if self.list.pair is not None:
            super().go_beside()

    # Acting

    def action_take(self, other: bool) -> None:
        """Let the left one's stand, or the right one's."""
        self.compare.take(other)

    def action_choose(self) -> None:
        """Let the one stand that does not now."""
        self.compare.take()

    def action_merge(self) -> None:
        """Make one of the two."""
        pair = self.list.pair
        if pair is not None:
            theirs = frozenset(self.compare.theirs)
            self.act(lambda: self._store.duplicates.merge(pair.one, pair.other, theirs))
            self.go_to_list()

    def action_apart(self) -> None:
        """They are two."""
        pair = self.list.pair
        if pair is not None:
            self.act(lambda: self._store.duplicates.keep_apart(pair.one, pair.other))
            self.go_to_list()

    def action_show(self) -> None:
        """Show the left one on the main screen."""
        if self.list.pair is not None:
            self.dismiss(self.list.pair.one)


_LOOKING: Sequence[Line] = ([Part("Looking who is there twice …", "dim")],)

_NONE: Sequence[Line] = (
    [Part("Nobody is there twice.", "strong")],
    (),
    [Part("Mark two (", "dim"), Part("v", "key"), Part(") on the main", "dim")],
    [Part("screen to merge them here.", "dim")],
)
