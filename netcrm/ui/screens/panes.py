"""The three panes side by side, linked, and filled from the store; what keys do to it, `main` says."""

from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import get_current_worker

from netcrm.domain.givefilter import GiveFilter
from netcrm.domain.gives import Give, glad_of, say_day
from netcrm.domain.query import TERMS, Query, parse
from netcrm.domain.queue import Queue
from netcrm.domain.timeline import Interaction
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.search import Order
from netcrm.store.timeline import Cursor
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.widgets.bars import FooterBar, HeaderBar
from netcrm.ui.widgets.drawn import Covered
from netcrm.ui.widgets.give_pane import GivePane
from netcrm.ui.widgets.group_card import group_lines
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.people_pane import PeoplePane
from netcrm.ui.widgets.search_bar import SearchBar
from netcrm.ui.widgets.timeline_pane import TimelinePane

NARROW = 70
"""Columns below which one pane is shown at a time."""

FIRST_MOST = 60
"""People read before the first paint, and before that of what a letter finds: few enough not to be waited
for, and more than a screen shows; on a higher one as many as it has lines. All follow behind it; of a search
aside, until the next letter."""

_PLACES = {"people": "left", "timeline": "timeline", "give": "give"}
"""Where each pane stands in the grid: the people share theirs with the search line."""


_LATER_SECONDS = 0.15
"""How long after the first paint the end of a long queue is read."""


class FoundAll(Message):
    """All are found of whom the first are shown.

    Args:
        fill: Which filling of the list it was.
        ids: Who they are, in order.
    """

    def __init__(self, fill: int, ids: "array[int]") -> None:
        super().__init__()
        self.fill = fill
        self.ids = ids


class Ground(Container, Covered):
    """What the panes stand on."""


class PanesScreen(Screen[None]):
    """Owns what is shown; the panes only draw.

    Args:
        store: The open file.
        today: Tells the day.
    """

    BINDINGS: ClassVar = commands.bindings("everywhere", *commands.PANES)

    BLANK = True  # drawn as one line, so many times

    AUTO_FOCUS = ""  # what is first in the tree is focused and left again before the people are

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (NARROW, "-medium"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    PanesScreen { background: $background; }
    PanesScreen #panes { layout: grid; height: 1fr; grid-gutter: 0 0; }
    PanesScreen #left { height: 100%; }
    PanesScreen #left PeoplePane { height: 1fr; }
    PanesScreen.-wide #panes { grid-size: 3 1; grid-columns: 27fr 42fr 30fr; }
    PanesScreen.-medium #panes { grid-size: 2 2; grid-columns: 2fr 3fr; grid-rows: 13fr 9fr; }
    PanesScreen.-medium #left { row-span: 2; }
    PanesScreen.-narrow #panes { grid-size: 1 1; }
    PanesScreen.-flat HeaderBar, PanesScreen.-flat FooterBar { display: none; }
    """

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        super().__init__()
        self._store = store
        self._today = today
        self._query = Query()
        self._give_filter = GiveFilter()
        self._order: Order = "name"
        self._fills = 0
        self._shown: int | None = None
        self._shown_group: int | None = None
        self._day = date.min
        self._before_give: int | None = None
        self._walked = False
        self._is_new = True
        self._count: int | None = None
        self._lacks_later = False

    def compose(self) -> ComposeResult:
        """Header, panes, footer, as they stand at the size there is: else they would be laid out twice."""
        for breakpoints, size in zip(
            (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), self.app.size, strict=True
        ):
            self.add_class(*self._get_breakpoint_classes(size, breakpoints), update=False)
        yield HeaderBar()
        with Ground(id="panes"):
            with Ground(id="left"):
                yield SearchBar(self._search_for)
                yield PeoplePane(self._show_person)
            yield TimelinePane()
            yield GivePane(self._walk)
        yield FooterBar()

    def on_mount(self) -> None:
        """Show everything."""
        self.people, self.timeline, self.gives = (
            self.query_one(PeoplePane),
            self.query_one(TimelinePane),
            self.query_one(GivePane),
        )
        self.header, self.footer = self.query_one(HeaderBar), self.query_one(FooterBar)
        self.search = self.query_one(SearchBar)
        self.action_pane("people")
        self.reload()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Nothing has changed, at the start, since each widget got its style when it was made."""
        if self._is_new:
            self._is_new = event.refresh_styles = False

    # Showing

    def reload(self) -> None:
        """Read again what is on the screen, and draw it; whose timeline is shown stays so, listed or not."""
        shown, group = self._shown, self._shown_group
        self._count = None
        self._fill_people()
        if shown is not None and self._pane() != "people":
            self._show_person(shown)
        self._fill_gives()
        if group is not None and self._pane() != "people":
            self._show_group(group)

    def _fill_people(self, *, first: bool = False) -> None:
        """Read who is listed.

        Args:
            first: Highlight the first of them, rather than the one who was highlighted.
        """
        store, today = self._store, self._today()
        self._day = today
        self._fills += 1
        store.search.superseded()
        first_most = max(FIRST_MOST, self.app.size.height)
        ids = self._found(first_most)
        are_all = len(ids) != first_most
        stays = None if first else self.people.person_id
        if not are_all and stays is not None and stays not in ids:
            ids, are_all = self._found(), True
        self._shown = None
        self.people.say_above(f"1 People · {str(self._query)[:24]}" if self._query else "1 People")
        self.people.show(
            ids,
            store.people.lines,
            today,
            order="by name" if self._order == "name" else "by last contact",
            empty=_NOBODY_FOUND if self._query else _NOBODY_YET,
            keep=ids[0] if first and ids else None,
            rest=None if are_all else self._found,
            later=partial(self._find_the_rest, self._fills) if self._query else None,
            total=None if self._query else self._count_people(),
        )

    def _found(self, limit: int = -1) -> "array[int]":
        """Who is listed, in the order that is chosen: all, or the first so many."""
        self._store.search.superseded()
        if not self._query:
            return self._store.people.ids(self._order, limit)
        return self._store.search.people(self._query, limit, today=self._today(), order=self._order)

    def _find_the_rest(self, fill: int) -> None:
        if fill == self._fills and self.people.lacks_some:
            self._find_aside(fill, self._query, self._today(), self._order)

    @work(thread=True, exclusive=True, group="finding")
    def _find_aside(self, fill: int, query: Query, today: date, order: Order) -> None:
        """Find everyone, aside, of whom the first are shown; the next letter ends it."""
        if get_current_worker().is_cancelled:
            return
        with suppress(StoreError), self._store.search.aside() as finding:
            self.post_message(FoundAll(fill, finding.people(query, today=today, order=order)))

    @on(FoundAll)
    def _has_found_all(self, message: FoundAll) -> None:
        if message.fill == self._fills:
            self.people.complete(message.ids)

    def _count_people(self) -> int:
        """How many there are, counted once for each reading: that goes through all of them."""
        if self._count is None:
            self._count = self._store.people.count()
        return self._count

    def _order_gives(self, today: date) -> Queue:
        """The queue; for the first paint of a long one without its Later, which is far below the screen."""
        if self._is_new:
            sooner = self._store.gives.order(today, later=False)
            if len(sooner.ids) > self.app.size.height:
                self._lacks_later = True
                self.set_timer(_LATER_SECONDS, self._add_later)
                return sooner
        self._lacks_later = False
        return self._store.gives.order(today)

    def _add_later(self) -> None:
        """Show all of the queue, once it is looked at or nobody waits."""
        if self._lacks_later:
            self._fill_gives()

    def _fill_gives(self) -> None:
        today = self._today()
        queue = self._order_gives(today)
        narrowed = self._give_filter
        self.gives.say_above(f"3 Give · {str(narrowed)[:24]}" if narrowed else "3 Give")
        self.gives.show(
            self._store.gives.order(today, narrowed) if narrowed else queue,
            self._store.gives.by_id,
            self._store.gives.room(today, queue),
            today,
            empty=_NONE_OF_THESE if narrowed else _NOTHING_TO_GIVE,
            question=self._store.gives.to_ask(today),
            key=commands.key_of("give.landed", commands.table_of(self.app)),
        )
        away = self._store.rhythm.sabbatical(today)
        self.header.show(
            self._count_people(),
            queue.due,
            self._store.people.count_out_of_rhythm(today),
            today,
            say_day(away.until_on, today) if away and away.is_on(today) else "",
        )

    def _show_person(self, person_id: int | None) -> None:
        """Someone was highlighted: their timeline follows in the same frame."""
        if person_id == self._shown and person_id is not None:
            return
        self._shown, self._shown_group = person_id, None
        store = self._store
        person = store.people.get(person_id) if person_id is not None else None

        def read(after: Cursor | None, oldest_first: bool) -> Sequence[Interaction]:
            return self._store.timeline.of(person.id, after, oldest_first=oldest_first) if person else ()

        def find(entry_id: int) -> Interaction | None:
            found = self._store.timeline.get(entry_id)
            return found if found and any(one.id == person_id for one in found.people) else None

        empty = _NO_TIMELINE if person_id is None else ()
        self.timeline.show(
            person,
            read,
            self._today(),
            find=find,
            empty=empty,
            # A shelf with nothing of theirs is not asked.
            glad_of=glad_of(store.gives.landed_kinds([person.id])[person.id])
            if person and person.has_landed
            else "",
            wants=store.wants.of(person.id)
            if person and (person.profile.wants or person.profile.offers)
            else (),
            ties=store.relations.of(person.id) if person and person.has_ties else (),
            groups=store.groups.of_person(person.id) if person and person.has_groups else (),
        )

    def show_someone(self, person_id: int, pane: str = "people") -> None:
        """Show a person, out of a search that leaves them out; who has been put away is in no list.

        Args:
            person_id: Whom.
            pane: Where to go.
        """
        if not self.people.lists(person_id):
            self.leave_search()
        self.action_pane("people")
        self.people.highlight(person_id)
        listed = self.people.person_id == person_id
        self.action_pane(pane if listed else "timeline")
        if not listed:
            self._show_person(person_id)

    def _show_group(self, group_id: int) -> None:
        """The highlighted give is for a group: what it is stands where a person's timeline would."""
        group = self._store.groups.get(group_id)
        if group is None:
            return
        self._shown, self._shown_group = None, group_id
        today = self._today()
        lines = group_lines(group, today, self.timeline.size.width)
        self.timeline.show(None, lambda after, oldest_first: (), today, empty=lines)

    def _walk(self, give: Give) -> None:
        """The highlight moved to another give."""
        self._walked = True
        self._follow(give)

    def _enter_give(self) -> None:
        """The queue has got the focus: begin with what waits for the person shown, if anything does."""
        self._add_later()
        if self._before_give is None:
            self._before_give = self.people.person_id
            shown = self._shown
            own = self._store.gives.waiting_for(self._today(), person_id=shown) if shown is not None else ()
            first = next((give.id for give in own if self.gives.lists(give.id)), None)
            if first is not None:
                self.gives.highlight(first)
            self._walked = False
        if self.gives.give and not self._walked:
            self._follow(self.gives.give)

    def _leave_give(self) -> None:
        """Back at the people: who only looked into the queue finds the highlight where it was."""
        if self._before_give is not None and not self._walked:
            self.people.highlight(self._before_give)
        self._before_give = None

    def _follow(self, give: Give) -> None:
        """Show whom a give is for."""
        if give.group_id is not None:
            self._show_group(give.group_id)
        if give.person_id is None:
            return
        self.people.highlight(give.person_id)
        if self.people.person_id != give.person_id or self._shown_group is not None:
            self._show_person(give.person_id)

    # Moving between panes

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.set_focus(None)
        self._show_pane(name, self.size.width)

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane, or the one before."""
        here = self._pane()
        self.action_pane(commands.PANES[(commands.PANES.index(here) + step) % len(commands.PANES)])

    def filter_gives(self, narrowed: GiveFilter) -> None:
        """Show only some of the queue; an empty filter shows all of it."""
        self._give_filter = narrowed
        self._fill_gives()
        if self._pane() == "give" and self.gives.give:
            self._follow(self.gives.give)

    def action_back(self) -> None:
        """One step back: out of a search or a filter, of marks, then to the people.

        The search goes before the marks, so that those can be marked whom several searches find.
        """
        here = self._pane()
        if here == "people" and self.search.is_open:
            self.leave_search()
            self.action_pane("people")
        elif here == "give" and self._give_filter:
            self.filter_gives(GiveFilter())
        elif not ((here == "people" and self.people.unmark()) or (here == "give" and self.gives.unmark())):
            self.action_pane("people")

    def on_descendant_focus(self) -> None:
        """The footer teaches what the focused pane can do; a narrow terminal shows just that pane."""
        here = self._pane()
        if isinstance(self.focused, Input):
            self.footer.show(commands.SEARCHING, hint=" ".join(f"{name}:" for name in TERMS))
            return
        if here == "give":
            self._enter_give()
        elif here == "people":
            self._leave_give()
            self._show_person(self.people.person_id)
        self.footer.show(commands.footer(here, commands.table_of(self.app)))

    def on_resize(self, event: events.Resize) -> None:
        """A narrow terminal shows one pane, a wider one all of them."""
        self._show_pane(self._pane(), event.size.width)
        if self._shown_group is not None:
            self.call_after_refresh(self._show_group, self._shown_group)

    def _show_pane(self, name: str, width: int) -> None:
        """Show a pane, and on a narrow terminal no other.

        What is to be focused has to be shown before, and what has the focus must not be hidden, or Textual
        moves the focus on by itself.
        """
        places = {place.id or "": place for place in self.query("#panes > *")}
        places[_PLACES[name]].display = True
        self.set_focus(
            self.query_one(f"#{name}", Pane) if not isinstance(self.focused, Input) else self.focused
        )
        for place_id, place in places.items():
            place.display = width >= NARROW or place_id == _PLACES[name]

    def _pane(self) -> str:
        focused = self.focused
        if isinstance(focused, Input) or focused is None or focused.id not in commands.PANES:
            return "people"
        return focused.id

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action is meant for where the focus is: what one pane does, its key does only there."""
        where = commands.PANE_OF.get(action)
        return where is None or where == self._pane()

    # Searching

    def action_search(self, text: str = "") -> None:
        """Search as one types."""
        self.action_pane("people")
        self.set_focus(self.search.open(text))

    @on(SearchBar.Left)
    def _left_search(self, message: SearchBar.Left) -> None:
        if not message.kept:
            self.leave_search()
        self.action_pane("people")

    def _search_for(self, text: str) -> None:
        self._query = parse(text)
        self._fill_people(first=bool(self._query))
        self.search.explain(self._query.problems)

    def leave_search(self) -> None:
        """Show everyone again, with the highlight on whom the search had found."""
        self.search.close()
        self._search_for("")

    def action_sort(self) -> None:
        """Order by name, or by the last contact."""
        self._order = "recent" if self._order == "name" else "name"
        self._fill_people()


_NOBODY_YET: Sequence[Line] = (
    [Part("Nobody here yet.", "strong")],
    (),
    [Part("a", "key"), Part(" adds a person.", "dim")],
    [Part("l", "key"), Part(" logs a line about someone.", "dim")],
    (),
    [Part("Bring in whom you know:", "dim")],
    [Part("netcrm import FILE", "accent")],
    [Part("reads LinkedIn, Google", "dim")],
    [Part("and vCard exports.", "dim")],
)

_NOBODY_FOUND: Sequence[Line] = (
    [Part("Nobody found.", "strong")],
    (),
    [Part("esc", "key"), Part(" shows everyone again.", "dim")],
)

_NO_TIMELINE: Sequence[Line] = ([Part("What happens between you will stand here.", "dim")],)

_NONE_OF_THESE: Sequence[Line] = (
    [Part("None of these.", "strong")],
    (),
    [Part("esc", "key"), Part(" shows everything again.", "dim")],
)

_NOTHING_TO_GIVE: Sequence[Line] = (
    [Part("Nothing waits to be given.", "strong")],
    (),
    [Part("n", "key"), Part(" queues something for", "dim")],
    [Part("  the person selected.", "dim")],
    (),
    [Part("Whom could you help", "dim")],
    [Part("or delight this week?", "dim")],
)
