"""The timeline of everything: what happened with everybody, newest first, and any search in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from netcrm.domain.changes import Change
from netcrm.domain.people import Named
from netcrm.domain.query import BRIGHT, TERMS, Query, parse
from netcrm.domain.timeline import KINDS, SIGNS, Interaction
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.timeline import Cursor
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.screens.entry_form import form_of
from netcrm.ui.screens.log import Logged, LogPrompt, write_down
from netcrm.ui.screens.pick import Option, Pick
from netcrm.ui.screens.working import WorkingScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.everything_pane import EverythingPane
from netcrm.ui.widgets.search_bar import SearchBar

_COUNT_SECONDS = 0.3
"""How long nothing is typed before one counts what is found among `_MANY`: counting reads all of it."""

_MANY = 50_000
"""Entries of which a count takes longer than a key."""

_TITLE_MOST = 60
"""Characters of a search that the border shows."""


_TAUGHT = tuple(dict.fromkeys(("kind", "tag", "with", "group", "place", "since", "stars", "until", *TERMS)))
"""The terms of a search, those first that an entry has."""


@dataclass
class Counted(Message):
    """What a search finds has been counted.

    Attributes:
        query: The search.
        count: How many entries it finds.
    """

    query: Query
    count: int


class EverythingScreen(WorkingScreen[int | None]):
    """All entries; it is left with the id of the person to be shown, or with nothing.

    Args:
        store: The open file.
        today: The day.
        search: What to search for at first, as it would be typed.
    """

    TABLE: ClassVar = commands.EVERYTHING

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    EverythingScreen { background: $background; }
    EverythingScreen EverythingPane { height: 1fr; }
    EverythingScreen.-flat TitleBar, EverythingScreen.-flat FooterBar { display: none; }
    """

    def __init__(self, store: Store, today: date, search: str = "") -> None:
        super().__init__(store)
        self._today = today
        self._first = search
        self._query = Query()
        self._total = 0

    def compose(self) -> ComposeResult:
        """The search line, and the entries."""
        yield TitleBar("Timeline", "what happened, with everybody", self._today)
        yield SearchBar(self._found)
        yield EverythingPane(self._follow)
        yield FooterBar()

    def on_mount(self) -> None:
        """Show the newest, or what is searched for."""
        self.pane, self.search = self.query_one(EverythingPane), self.query_one(SearchBar)
        self._counting: Timer | None = None
        self.set_focus(self.pane)
        self._show()
        if self._first:
            self.search_for(self._first)

    # Showing

    def _show(self, around: Interaction | None = None, *, centred: bool = False) -> None:
        """Show what the search finds; the arguments are those of `EverythingPane.show`."""
        query, shelf, today = self._query, self._store.everything, self._today

        def read(after: Cursor | None, oldest_first: bool) -> Sequence[Interaction]:
            return shelf.entries(query, after, today=today, oldest_first=oldest_first)

        groups = {group.id: group.name for group in self._store.groups.names(archived=True)}
        empty = _NONE_FOUND if query else _NOTHING_YET
        self.pane.show(read, groups, around=around, centred=centred, empty=empty)
        said = str(query)
        title = f"Everything · {said[:_TITLE_MOST]}" if said else "Everything"
        self.pane.say_above(title)
        self.pane.say_count(0 if self.pane.entry is None else None)
        if self._counting is not None:
            self._counting.stop()
        if self._total > _MANY:
            self._counting = self.set_timer(_COUNT_SECONDS, self._count)
        else:
            self._count()
        self.show_footer()

    def refill(self, change: Change | None = None) -> None:
        """Read again, and highlight what was changed; where it was, if it is gone."""
        around = self.pane.entry
        changed = change.interactions if change else frozenset[int]()
        if changed and (around is None or around.id not in changed):
            around = self._store.timeline.get(max(changed)) or around
        elif around is not None and around.id in changed:
            around = self._store.timeline.get(around.id) or around
        self._show(around)

    def _follow(self) -> None:
        """Another entry is highlighted: what was said of the one before is over."""
        self.bar.say("")
        self.show_footer()

    def _count(self) -> None:
        self._count_aside(self._query)

    @work(thread=True, exclusive=True)
    def _count_aside(self, query: Query) -> None:
        """Count, aside."""
        try:
            with self._store.everything.aside() as finding:
                count = finding.count(query, self._today)
        except StoreError:
            return  # The entries are shown all the same.
        self.post_message(Counted(query, count))

    @on(Counted)
    def _has_counted(self, message: Counted) -> None:
        if not message.query:
            self._total = message.count
        if message.query == self._query:
            self.pane.say_count(message.count)

    # Where one is

    def place(self) -> str:
        """On an entry, typing a search, or where there is none."""
        if isinstance(self.focused, Input):
            return "typing"
        return "entry" if self.pane.entry else "none"

    def show_footer(self) -> None:
        """Teach what can be done here; while one types, the terms."""
        if self.place() == "typing":
            self.footer.show(commands.FINDING, hint=" ".join(f"{name}:" for name in _TAUGHT))
        else:
            super().show_footer()

    def action_leave(self) -> None:
        """One step back: out of a search, then out."""
        if self.search.is_open:
            self._leave_search()
        else:
            self.dismiss(None)

    # Searching

    def action_search(self) -> None:
        """Search as one types."""
        self.set_focus(self.search.open())

    def search_for(self, text: str) -> None:
        """Search for something, which stands in the search line then."""
        self.search.open(text)
        self._found(text)

    @on(SearchBar.Left)
    def _left_search(self, message: SearchBar.Left) -> None:
        if message.kept:
            self.set_focus(self.pane)
        else:
            self._leave_search()

    def _leave_search(self) -> None:
        """Show everything again, around the entry that was found."""
        around = self.pane.entry
        self.search.close()
        self._found("", around)
        self.set_focus(self.pane)

    def _found(self, text: str, around: Interaction | None = None) -> None:
        query = parse(text)
        self.search.explain(query.problems)
        query = replace(query, problems=())
        if query != self._query:
            self._query = query
            self._show(around, centred=True)

    async def action_kinds(self) -> None:
        """Show only some kinds."""
        options = [
            Option("Everything"),
            Option("★ bright moments", f"{BRIGHT} stars or more"),
            *(Option(f"{SIGNS[kind]} {kind}") for kind in KINDS),
        ]

        def picked(place: int | None) -> None:
            if place is None:
                return
            query = replace(self._query, kind=(), stars=0)
            if place == 1:
                query = replace(query, stars=BRIGHT)
            elif place > 1:
                query = replace(query, kind=(KINDS[place - _BEFORE_KINDS],))
            if query:
                self.search_for(str(query))
            elif self.search.is_open:
                self._leave_search()

        await self.app.push_screen(Pick("Show only", options), picked)

    # What the keys do to entries

    async def action_edit(self) -> None:
        """Edit the entry."""
        entry = self.pane.entry
        if entry is None:
            return

        form, timeline = form_of(entry, self._store, self._today), self._store.timeline
        await self.fill_in(form, lambda said, before: timeline.edit(entry.id, said, before))

    def action_enjoy(self) -> None:
        """Give the entry one star more for how good it was."""
        entry = self.pane.entry
        if entry is not None:
            self.act(lambda: self._store.timeline.enjoy(entry.id, entry.one_star_more))

    def action_remove(self) -> None:
        """Take the entry out."""
        entry = self.pane.entry
        if entry is not None:
            self.act(lambda: self._store.timeline.remove(entry.id))

    async def action_person(self) -> None:
        """Show on the main screen who took part; of several ask which."""
        people = self.pane.entry.people if self.pane.entry else ()
        if not people:
            self.bar.say("Nobody in particular took part.")
        elif len(people) == 1:
            self.dismiss(people[0].id)
        else:
            options = self._options(people)

            def picked(place: int | None) -> None:
                if place is not None:
                    self.dismiss(people[place].id)

            await self.app.push_screen(Pick("Show whom?", options), picked)

    def _options(self, people: Sequence[Named]) -> Sequence[Option]:
        lines = self._store.people.lines([person.id for person in people])
        return [
            Option(person.name, lines[person.id].headline if person.id in lines else "") for person in people
        ]

    async def action_log(self) -> None:
        """Log a line."""
        await self._ask_for_a_line(journal=False)

    async def action_journal(self) -> None:
        """Write a note of one's own."""
        await self._ask_for_a_line(journal=True)

    async def _ask_for_a_line(self, *, journal: bool) -> None:
        def said(logged: Logged | None) -> None:
            if logged is not None:
                self.act(lambda: write_down(self._store.timeline, logged, self._today))

        prompt = LogPrompt(
            self._store.people,
            self._today,
            None,
            groups=self._store.groups.names(),
            journal=journal,
        )
        await self.app.push_screen(prompt, said)


_BEFORE_KINDS = 2
"""Options that stand before the kinds."""

_NOTHING_YET: Sequence[Line] = (
    [Part("Nothing has happened here yet.", "strong")],
    (),
    [Part("l", "key"), Part(" logs a line about someone.", "dim")],
    [Part("@", "key"), Part(" keeps a note of your own.", "dim")],
)

_NONE_FOUND: Sequence[Line] = (
    [Part("Nothing found.", "strong")],
    (),
    [Part("esc", "key"), Part(" shows everything again.", "dim")],
)
