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
from netcrm.domain.gives import Give, GiveDraft, section
from netcrm.domain.people import Named, Profile
from netcrm.domain.query import Query, parse
from netcrm.domain.timeline import Entry, Interaction
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.timeline import Cursor
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.messages import CommandChosen, StoreChanged
from netcrm.ui.screens.form import EntryForm, GiveForm, PersonForm
from netcrm.ui.screens.help import HelpScreen
from netcrm.ui.screens.lines import GivePrompt, SnoozePrompt, TagChange, TagsPrompt
from netcrm.ui.screens.log import Logged, LogPrompt
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

    def _keep(self, change: Change, among: Sequence[int] = ()) -> None:
        """Highlight someone an act was about, if it was not the one highlighted."""
        people = [person_id for person_id in among if person_id > 0] or sorted(change.people)
        if people and self.people.person_id not in people:
            self.people.highlight(people[0])

    def action_add_person(self) -> None:
        """Add a person in a form."""

        def filled(profile: Profile | None) -> None:
            if profile is not None:
                change = self.act(lambda: self._store.people.add(profile))
                self._keep(change)

        self.app.push_screen(self._person_form(Profile(), "Add a person"), filled)

    def action_log(self) -> None:
        """Log a line."""

        def said(logged: Logged | None) -> None:
            if logged is None:
                return
            read = logged.understood
            change = self.act(
                lambda: self._store.timeline.log(
                    read.entry, gives=read.drafts, occasions=read.dates, newcomers=logged.newcomers
                )
            )
            self._keep(change, [person.id for person in read.everyone])

        selected = self._selected()
        self.app.push_screen(LogPrompt(self._store.people, self._today(), selected), said)

    def action_new_give(self) -> None:
        """Queue something to do for the person selected."""
        selected = self._selected()
        if selected is None:
            self.say("First choose whom it is for, or add them with a.", good=False)
            return
        today = self._today()

        def said(draft: GiveDraft | None) -> None:
            if draft is not None:
                change = self.act(lambda: self._store.gives.add(draft, today))
                for give_id in change.gives:
                    self.gives.highlight(give_id)

        self.app.push_screen(GivePrompt(selected, self._store.gives.room(today), today), said)

    def action_give_done(self) -> None:
        """Given: out of the queue, into the timeline."""
        give = self.gives.give
        if give is not None:
            self.act(lambda: self._store.gives.give([give.id], self._today()))

    def action_snooze(self) -> None:
        """Let a give rest until a day."""
        give, today = self.gives.give, self._today()
        if give is None:
            return

        def said(until: date | None) -> None:
            if until is not None:
                self.act(lambda: self._store.gives.snooze([give.id], until, today))

        self.app.push_screen(SnoozePrompt(give.words, today), said)

    def action_drop(self) -> None:
        """Not for them."""
        give = self.gives.give
        if give is not None:
            self.act(lambda: self._store.gives.drop([give.id], self._today()))

    def action_tags(self) -> None:
        """Change the tags of the person selected."""
        person = self._store.people.get(self.people.person_id or 0)
        if person is None:
            return

        def said(change: TagChange | None) -> None:
            if change is not None and (change.add or change.remove):
                self.act(lambda: self._store.people.tag([person.id], add=change.add, remove=change.remove))

        profile = person.profile
        self.app.push_screen(TagsPrompt(profile.name, profile.tags, self._store.people.tags()), said)

    def action_archive(self) -> None:
        """Put the person away, or bring them back."""
        person = self.people.person
        if person is not None:
            self.act(lambda: self._store.people.archive([person.id], archived=not person.archived))

    def action_remove_entry(self) -> None:
        """Take the entry out of the timeline."""
        entry = self.timeline.entry
        if entry is not None:
            self.act(lambda: self._store.timeline.remove(entry.id))

    def action_open(self) -> None:
        """Open what is selected: a person's timeline, then each thing's form."""
        if self._pane() == "people":
            self.action_pane("timeline")
        else:
            self.action_edit()

    def action_edit(self) -> None:
        """Edit what is selected."""
        {"people": self._edit_person, "timeline": self._edit_entry, "give": self._edit_give}[self._pane()]()

    def _edit_person(self) -> None:
        person = self._store.people.get(self._shown or 0)
        if person is None:
            return

        def filled(profile: Profile | None) -> None:
            if profile is not None:
                self.act(lambda: self._store.people.edit(person.id, profile))

        self.app.push_screen(self._person_form(person.profile, person.profile.name), filled)

    def _edit_entry(self) -> None:
        entry = self.timeline.entry
        if entry is None:
            self._edit_person()
            return

        def filled(new: Entry | None) -> None:
            if new is not None:
                self.act(lambda: self._store.timeline.edit(entry.id, new))

        self.app.push_screen(EntryForm(entry, today=self._today(), named=self._store.people.named), filled)

    def _edit_give(self) -> None:
        give = self.gives.give
        if give is None:
            return

        def filled(draft: GiveDraft | None) -> None:
            if draft is not None:
                self.act(lambda: self._store.gives.edit(give.id, draft))

        self.app.push_screen(GiveForm(give, today=self._today()), filled)

    def _person_form(self, profile: Profile, title: str) -> PersonForm:
        people = self._store.people
        return PersonForm(profile, title=title, today=self._today(), named=people.named, name_of=people.name)

    def _selected(self) -> Named | None:
        person = self.people.person
        return Named(person.id, person.name) if person else None

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen())

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
        self._turn(self._store.history.undo, "Taken back", "^r", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(self._store.history.redo, "Done again", "u", "Nothing to redo.")

    def _turn(self, turn: Callable[[], Change], said: str, key: str, nothing: str) -> None:
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
