"""The groups screen: the communities, and the page of one: members, questions, lessons, its timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from netcrm.domain.changes import Change
from netcrm.domain.groupline import of_group
from netcrm.domain.groups import Group, GroupDraft, Member, Question
from netcrm.domain.people import Named, PersonLine
from netcrm.domain.query import Query
from netcrm.domain.sharing import BothCare
from netcrm.domain.text import plain, shortened, words
from netcrm.domain.timeline import Interaction
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.timeline import Cursor
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.entry_form import form_of
from netcrm.ui.screens.group_form import GroupForm
from netcrm.ui.screens.group_prompts import (
    AttendancePrompt,
    Attended,
    FoundPrompt,
    GroupLinePrompt,
    MembersPrompt,
    NextMeeting,
    NextMeetingPrompt,
)
from netcrm.ui.screens.introducing import LinePrompt
from netcrm.ui.screens.log import Logged, write_down
from netcrm.ui.screens.sides import SidesScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.group_page import GroupPane, Page
from netcrm.ui.widgets.group_panes import GroupsPane

_FOUND_MOST = 12
"""People found while one types a name; those who are members already are taken out of them."""

_QUESTION_MOST = 50
"""Characters of a question in the title of a prompt."""


@dataclass
class Shared(Message):
    """Those who care about the same have been looked for.

    Attributes:
        both: Whoever was found.
    """

    both: Sequence[BothCare]


class GroupsScreen(SidesScreen[Named]):
    """The groups; answers with a member who is to be shown on the main screen, or None.

    Args:
        store: The open file.
        today: The day.
        at: The id of the group to begin at.
    """

    TABLE: ClassVar = commands.GROUPS

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    DEFAULT_CSS = "GroupsScreen.-wide #sides { grid-columns: 41fr 59fr; }"

    def __init__(self, store: Store, today: date, *, at: int | None = None) -> None:
        super().__init__(store)
        self._today = today
        self._at = at
        self._begun: dict[tuple[int, str], str] = {}
        self._both: Sequence[BothCare] = ()

    def compose(self) -> ComposeResult:
        """The groups, and the page of the one that is highlighted."""
        yield TitleBar("Groups", "where people meet around what they share", self._today)
        with Container(id="sides"):
            yield GroupsPane(self._follow)
            yield GroupPane(self.show_footer)
        yield FooterBar()

    def on_mount(self) -> None:
        """Show the groups."""
        self.groups, self.page = self.query_one(GroupsPane), self.query_one(GroupPane)
        self._fill(self._at)
        self.set_focus(self.groups)
        self._look()

    # Showing

    def _fill(self, keep: int | None = None) -> None:
        """Read the groups again, and show the page of the one that is highlighted."""
        shelf = self._store.groups
        groups = [*shelf.all(), *shelf.all(archived=True)]
        self.groups.show(groups, self._today, both=self._both, keep=keep)
        self._show_page()

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        """Look for those who care about the same, aside: a large book takes its time."""
        try:
            with self._store.sharing.aside() as shelf:
                self.post_message(Shared(shelf.both_care()))
        except StoreError:
            pass  # The groups are shown all the same; they are looked for again after the next act.

    @on(Shared)
    def _has_found(self, message: Shared) -> None:
        if message.both != self._both:
            self._both = message.both
            self._fill()

    def _follow(self) -> None:
        """The highlight has come to another row."""
        self.bar.say("")
        self._show_page()

    def _show_page(self) -> None:
        group, timeline = self.groups.group, self._store.timeline

        def read(after: Cursor | None, oldest_first: bool) -> Sequence[Interaction]:
            return timeline.of_group(group.id, after, oldest_first=oldest_first) if group else ()

        def find(entry_id: int) -> Interaction | None:
            found = timeline.get(entry_id)
            return found if found and group and found.group_id == group.id else None

        self.page.show(
            self._page_of(group) if group else None,
            read,
            self._today,
            find=find,
            empty=_shared(self.groups.both) if self.groups.both else (),
        )
        self.page.border_title = "You both" if self.groups.both else "The group"
        self.show_footer()

    def _page_of(self, group: Group) -> Page:
        shelf = self._store.groups
        return Page(
            group=group,
            members=shelf.members(group.id),
            questions=shelf.questions(group.id),
            lessons=self._store.timeline.lessons(group.id),
            gives=self._store.gives.waiting_for(self._today, group_id=group.id),
        )

    def place(self) -> str:
        """What is highlighted."""
        group = self.groups.group
        if group is None:
            return "both" if self.groups.both else "none"
        if group.archived:
            return "away"
        if not self.is_beside:
            return "list"
        match self.page.row:
            case Member():
                return "member"
            case Question(settled_on=None):
                return "question"
            case Question():
                return "settled"
            case Interaction():
                return "entry"
        return "page"

    def refill(self, change: Change | None = None) -> None:
        """Show what became of the groups; one that has come is highlighted."""
        listed = {group.id for group in (self.groups.group,) if group}
        changed = change.groups if change else frozenset()
        self._fill(min(changed) if changed and not changed & listed else None)
        if self.groups.group is None and self.is_beside:
            self.go_to_list()
        self._look()

    # Where one is

    def on_descendant_focus(self) -> None:
        """The highlight of the page is seen while one is at it."""
        if self.is_beside:
            self.page.keep_in_view()
        self.page.refresh()

    def go_beside(self) -> None:
        """Go to the page, where there is one."""
        if self.groups.group is not None:
            super().go_beside()

    def action_person(self) -> None:
        """Show a member, or who cares about the same, on the main screen."""
        if both := self.groups.both:
            self.dismiss(both.person)
        elif isinstance(row := self.page.row, Member):
            self.dismiss(row.named)

    # The group

    async def action_found(self) -> None:
        """Found a group."""

        def said(draft: GroupDraft | None) -> None:
            if draft is not None:
                self.act(lambda: self._store.groups.found(draft))

        await self.app.push_screen(FoundPrompt(self._today), said)

    async def action_edit(self) -> None:
        """Edit what is highlighted: the group, a question, an entry."""
        row = self.page.row if self.is_beside else None
        if isinstance(row, Question):
            await self._reword(row)
        elif isinstance(row, Interaction):
            await self._edit_entry(row)
        elif (group := self.groups.group) is not None:
            await self._edit_group(group)

    async def _edit_group(self, group: Group) -> None:
        form, groups = GroupForm(group.draft, today=self._today), self._store.groups
        await self.fill_in(form, lambda said, before: groups.edit(group.id, said, before))

    async def _edit_entry(self, entry: Interaction) -> None:
        form, timeline = form_of(entry, self._store, self._today), self._store.timeline
        await self.fill_in(form, lambda said, before: timeline.edit(entry.id, said, before))

    def action_put_away(self) -> None:
        """Put the group away, or bring it back."""
        if (group := self.groups.group) is not None:
            self.act(lambda: self._store.groups.archive(group.id, archived=not group.archived))

    async def action_next_meeting(self) -> None:
        """Say when it meets next."""
        group = self.groups.group
        if group is None:
            return

        def said(answer: NextMeeting | None) -> None:
            if answer is not None:
                self.act(lambda: self._store.groups.set_next(group.id, answer.day))

        await self.app.push_screen(NextMeetingPrompt(group, self._today), said)

    def action_copy_link(self) -> None:
        """Copy the group's link, cleaned."""
        group = self.groups.group
        if group is None or not group.link:
            self.bar.say("It has no link yet; e writes one down.")
            return
        self.app.copy_to_clipboard(plain(group.link))
        self.bar.say(f"Copied: {group.link}")

    async def action_spark(self) -> None:
        """Pass something on; what was done there is said here, and can be taken back here."""
        from netcrm.ui.screens.spark import SparkScreen

        def left(done: Change | None) -> None:
            if done is not None:
                self.act(lambda: done)

        await self.app.push_screen(SparkScreen(self._store, self._today, {}), left)

    # Its members

    async def action_members(self) -> None:
        """Add members, one name after the other."""
        group = self.groups.group
        if group is None:
            return

        def done(people: Sequence[Named]) -> None:
            ids = [person.id for person in people]
            self.act(lambda: self._store.groups.add_members(group.id, ids))

        members = frozenset(member.id for member in group.members)
        await self.app.push_screen(MembersPrompt(f"Who belongs to {group.name}?", self._find, members, done))

    def action_take_out(self) -> None:
        """Take out what is highlighted: a member of the group, a question, an entry."""
        group, store = self.groups.group, self._store
        match self.page.row:
            case Member(person=person) if group is not None:
                self.act(lambda: store.groups.remove_member(group.id, person.id))
            case Question(id=key):
                self.act(lambda: store.groups.remove_question(key))
            case Interaction(id=key):
                self.act(lambda: store.timeline.remove(key))

    # What happens in it

    async def action_log(self) -> None:
        """Log a meeting: first who was there, then what it was about."""
        group = self.groups.group
        if group is None:
            return
        members = [
            member.named for member in self._store.groups.members(group.id) if not member.person.archived
        ]

        async def there(attended: Attended | None) -> None:
            if attended is not None:
                await self._ask_line(group, attended, "met")

        if members:
            await self.app.push_screen(AttendancePrompt(group.name, members), there)
        else:
            await there(Attended((), frozenset()))

    async def action_lesson(self, kind: str) -> None:
        """A line of what was learned or taught; from the member that is highlighted, if one is."""
        group = self.groups.group
        if group is None:
            return
        row = self.page.row if self.is_beside else None
        people = (row.named,) if isinstance(row, Member) else ()
        await self._ask_line(group, Attended(people, frozenset()), kind)

    async def _ask_line(self, group: Group, attended: Attended, kind: str) -> None:
        about = (group.id, kind)

        def keep(text: str) -> None:
            self._begun.pop(about, None)
            if text:
                self._begun[about] = text

        def said(logged: Logged | None) -> None:
            if logged is not None:
                whole = replace(logged, understood=of_group(logged.understood, group))
                self.act(lambda: write_down(self._store.timeline, whole, self._today))

        prompt = GroupLinePrompt(
            self._store.people,
            self._today,
            group,
            attended,
            kind=kind,
            value=self._begun.get(about, ""),
            keep=keep,
        )
        await self.app.push_screen(prompt, said)

    # Its questions

    async def action_question(self) -> None:
        """Note a question to carry on."""
        group = self.groups.group
        if group is None:
            return

        def said(text: str | None) -> None:
            if text:
                self.act(lambda: self._store.groups.ask(group.id, text, self._today))

        await self.app.push_screen(
            LinePrompt(
                f"A question to carry on · {group.name}",
                [Part("It stands on the group's page until it is settled.", "dim")],
                example="Who comes to the circus alone?",
                missing="Say the question; esc leaves.",
            ),
            said,
        )

    async def _reword(self, question: Question) -> None:
        def said(text: str | None) -> None:
            if text:
                self.act(lambda: self._store.groups.reword(question.id, text))

        about = [Part("It stands on the group's page until it is settled.", "dim")]
        missing = "Say the question in some words; esc leaves it as it was."
        prompt = LinePrompt("The question", about, value=question.text, missing=missing)
        await self.app.push_screen(prompt, said)

    async def action_settle(self) -> None:
        """Settle a question, with what came of it."""
        question = self.page.row
        if not isinstance(question, Question):
            return

        def said(answer: str | None) -> None:
            if answer is not None:
                self.act(lambda: self._store.groups.settle(question.id, answer, self._today))

        await self.app.push_screen(
            LinePrompt(
                f"Settled · {shortened(question.text, _QUESTION_MOST)}",
                [Part("What came of it, or nothing: it stays on the page, settled.", "dim")],
                example="one ticket price, and a seat by the ring",
            ),
            said,
        )

    def action_reopen(self) -> None:
        """Carry a question on that was settled."""
        if isinstance(question := self.page.row, Question):
            self.act(lambda: self._store.groups.reopen(question.id))

    def _find(self, text: str) -> Sequence[PersonLine]:
        """People by what was typed, those whose name it is first."""
        wanted = tuple(words(text))
        found = self._store.search.people(Query(words=wanted), limit=_FOUND_MOST) if wanted else ()
        lines = self._store.people.lines(found)
        return [lines[key] for key in found if key in lines]


def _shared(both: BothCare) -> Sequence[Line]:
    """What stands beside someone who cares about the same."""
    bearing = "Nobody else you know does." if both.bearing <= 1 else f"So do {both.bearing} people you know."
    return [
        [part(both.person.name, "strong"), Part("  "), part(f"#{both.topic}", "tag")],
        [part(f"You both care about it: {both.why}.", "dim")],
        [Part(bearing, "dim")],
        (),
        [Part("enter", "key"), Part(" shows them; the next meeting of a group might please them.", "dim")],
        [Part("n", "key"), Part(" founds a group around it.", "dim")],
    ]
