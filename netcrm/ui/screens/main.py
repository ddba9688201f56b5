"""The main screen: People, Timeline and Give, side by side and linked."""

from array import array
from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input

from netcrm.domain.changes import Change
from netcrm.domain.gives import Give, section
from netcrm.domain.query import Query, parse
from netcrm.domain.timeline import Interaction
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.timeline import Cursor
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.messages import CommandChosen, StoreChanged
from netcrm.ui.widgets.bars import FooterBar, HeaderBar
from netcrm.ui.widgets.give_pane import GivePane
from netcrm.ui.widgets.people_pane import PeoplePane
from netcrm.ui.widgets.search_bar import SearchBar
from netcrm.ui.widgets.timeline_pane import TimelinePane

NOTICE_SECONDS = 8.0
"""How long the header says what was done: long enough to read and to reach for the key that undoes it."""

_OTHERS_SECONDS = 1.0
"""How often the file is asked whether another program wrote to it; asking takes microseconds."""


class MainScreen(Screen[None]):
    """Owns what is shown; the panes only draw.

    Args:
        store: The open file.
        today: Tells the day.
    """

    BINDINGS: ClassVar = commands.bindings("everywhere", *commands.PANES)

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (70, "-medium"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    MainScreen { background: $background; }
    MainScreen #panes { layout: grid; height: 1fr; grid-gutter: 0 0; }
    MainScreen #left { height: 100%; }
    MainScreen #left PeoplePane { height: 1fr; }
    MainScreen.-wide #panes { grid-size: 3 1; grid-columns: 27fr 42fr 30fr; }
    MainScreen.-medium #panes { grid-size: 2 2; grid-columns: 2fr 3fr; grid-rows: 13fr 9fr; }
    MainScreen.-medium #left { row-span: 2; }
    MainScreen.-narrow #panes { grid-size: 1 1; }
    MainScreen.-narrow #panes > * { display: none; }
    MainScreen.-narrow #panes > .-current { display: block; }
    MainScreen.-flat HeaderBar, MainScreen.-flat FooterBar { display: none; }
    """

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        super().__init__()
        self._store = store
        self._today = today
        self._query = Query()
        self._order: Literal["name", "recent"] = "name"
        self._version = store.version()
        self._shown: int | None = None
        self._following_give = False

    def compose(self) -> ComposeResult:
        """Header, panes, footer."""
        yield HeaderBar()
        with Container(id="panes"):
            with Container(id="left", classes="-current"):
                yield SearchBar()
                yield PeoplePane(self._show_person)
            yield TimelinePane()
            yield GivePane(self._follow)
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
        self.people.focus()
        self.reload()
        self._notice_timer = self.set_timer(NOTICE_SECONDS, self._end_notice, pause=True)
        self.set_interval(_OTHERS_SECONDS, self._look_for_others)

    # Showing

    def reload(self, keep: int | None = None) -> None:
        """Read again what is on the screen, and draw it.

        Args:
            keep: The person to highlight; the one highlighted now, when None.
        """
        self._fill_people(keep)
        self._fill_gives()

    def _fill_people(self, keep: int | None = None) -> None:
        store, today = self._store, self._today()
        ids = self._found()
        self._shown = None
        self.people.border_title = f"1 People · {self._title()}" if self._query else "1 People"
        self.people.show(
            ids,
            store.people.lines,
            today,
            order="by name" if self._order == "name" else "by last contact",
            empty=_NOBODY_FOUND if self._query else _NOBODY_YET,
            keep=keep,
        )

    def _found(self) -> "array[int]":
        if self._query:
            return self._store.search.people(self._query)
        return self._store.people.ids(self._order)

    def _title(self) -> str:
        return str(self._query).replace("[", "(").replace("]", ")")[:24]

    def _fill_gives(self) -> None:
        today = self._today()
        queue = self._store.gives.queue(today)
        self.gives.show(queue, self._store.gives.room(today, queue), today, empty=_NOTHING_TO_GIVE)
        due = sum(section(give, today) in ("Overdue", "Today") for give in queue)
        self.header.show(self._store.people.count(), due, self._store.people.count_drifting(today), today)

    def _show_person(self, person_id: int | None) -> None:
        """Someone was highlighted: their timeline follows in the same frame."""
        if person_id == self._shown and person_id is not None:
            return
        self._shown = person_id
        person = self._store.people.get(person_id) if person_id is not None else None

        def read(last: Interaction | None) -> Sequence[Interaction]:
            assert person_id is not None
            after = Cursor(last.day, last.id) if last else None
            return self._store.timeline.of(person_id, after)

        empty = _NO_TIMELINE if person_id is None else ()
        self.timeline.show(person, read, self._today(), empty=empty)

    def _follow(self, give: Give) -> None:
        """A give was highlighted: show whom it is for."""
        self.people.highlight(give.person.id)
        if self.people.person_id != give.person.id:
            self._show_person(give.person.id)

    # Acting

    def act(self, do: Callable[[], Change], *, keep: int | None = None) -> Change:
        """Do one act of the store, show what became of it, and say so.

        Args:
            do: Calls one writing method of the store.
            keep: The person to highlight afterwards.
        """
        try:
            change = do()
        except (StoreError, ValueError) as error:
            self.say(str(error), good=False)
            return Change()
        self._version = self._store.version()
        if change:
            self.reload(keep)
            self.say(_sentence(change.label), "u")
        return change

    def say(self, text: str, key: str = "", *, good: bool = True) -> None:
        """Say something in the header for a while."""
        self.header.notice(text, key, good=good)
        self._notice_timer.reset()
        self._notice_timer.resume()

    def _end_notice(self) -> None:
        self.header.notice("")

    def _look_for_others(self) -> None:
        """Another program may have written to the file: ``netcrm log`` in the next terminal."""
        version = self._store.version()
        if version != self._version:
            self._version = version
            self.post_message(StoreChanged())

    @on(StoreChanged)
    def _others_wrote(self) -> None:
        self.reload()

    @on(CommandChosen)
    async def _run_chosen(self, message: CommandChosen) -> None:
        await self.run_action(message.action)

    # Moving between panes

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.query_one(f"#{name}").focus()

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane, or the one before."""
        here = self._pane()
        self.action_pane(commands.PANES[(commands.PANES.index(here) + step) % len(commands.PANES)])

    def action_back(self) -> None:
        """One step back: out of a search, then to the people."""
        if self._query and self._pane() == "people":
            self._search_for("")
            self.search.close()
        self.people.focus()

    def on_descendant_focus(self) -> None:
        """The footer teaches what the focused pane can do; a narrow terminal shows just that pane."""
        here = self._pane()
        self.footer.show(commands.footer(here))
        for place in self.query("#panes > *"):
            place.set_class(place.id == ("left" if here == "people" else here), "-current")

    def _pane(self) -> str:
        focused = self.focused
        if isinstance(focused, Input) or focused is None or focused.id not in commands.PANES:
            return "people"
        return focused.id

    # Searching

    def action_search(self) -> None:
        """Search as one types."""
        self.people.focus()
        self.search.open()

    @on(SearchBar.Typed)
    def _typed(self, message: SearchBar.Typed) -> None:
        self._search_for(message.text)

    @on(SearchBar.Left)
    def _left_search(self, message: SearchBar.Left) -> None:
        if not message.kept:
            self._search_for("")
        self.people.focus()

    def _search_for(self, text: str) -> None:
        self._query = parse(text)
        self._fill_people()
        if self._query:
            self.people.go_to(0)
        self.search.explain(self._query.problems, self.people.count())

    def action_sort(self) -> None:
        """Order by name, or by the last contact."""
        self._order = "recent" if self._order == "name" else "name"
        self._fill_people()

    # Undo and redo

    def action_undo(self) -> None:
        """Take back the last act."""
        self._turn(self._store.history.undo, "Taken back", "^r", "does it again", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(self._store.history.redo, "Done again", "u", "takes it back", "Nothing to redo.")

    def _turn(self, turn: Callable[[], Change], said: str, key: str, does: str, nothing: str) -> None:
        try:
            change = turn()
        except StoreError as error:
            self.say(str(error), good=False)
            return
        self._version = self._store.version()
        if change:
            self.reload()
            self.say(f"{said}: {change.label}", key)
        else:
            self.say(nothing, good=False)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


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

_NOTHING_TO_GIVE: Sequence[Line] = (
    [Part("Nothing waits to be given.", "strong")],
    (),
    [Part("n", "key"), Part(" queues something for", "dim")],
    [Part("  the person selected.", "dim")],
    (),
    [Part("Whom could you help", "dim")],
    [Part("or delight this week?", "dim")],
)
