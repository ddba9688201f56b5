"""The main screen: what each key does to people, timeline and gives.

The screens that keys open are imported when they are opened: together they take longer than the first paint,
which need not wait for them. Opening is awaited, so that keys typed ahead go to what they open.
"""

from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from textual import on, work

from netcrm.domain.changes import Change
from netcrm.domain.gives import GiveDraft
from netcrm.domain.people import Named, Profile
from netcrm.domain.timeline import Entry
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.ui.messages import CommandChosen, StoreChanged
from netcrm.ui.screens.panes import PanesScreen

if TYPE_CHECKING:
    from netcrm.ui.screens.form import PersonForm
    from netcrm.ui.screens.lines import TagChange
    from netcrm.ui.screens.log import Logged

NOTICE_SECONDS = 8.0
"""How long the header says what was done: long enough to read and to reach for the key that undoes it."""

_OTHERS_SECONDS = 1.0
"""How often the file is asked whether another program wrote to it; asking takes microseconds."""


class MainScreen(PanesScreen):
    """The panes, and every act of the user on them: each calls one method of the store.

    Args:
        store: The open file.
        today: Tells the day.
    """

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        super().__init__(store, today)
        self._version = store.version()

    def on_mount(self) -> None:
        """Begin to look for what others write."""
        self._notice_timer = self.set_timer(NOTICE_SECONDS, self._end_notice, pause=True)
        self.set_interval(_OTHERS_SECONDS, self._look_for_others)
        self.call_after_refresh(self._import_the_rest)

    @work(thread=True)
    def _import_the_rest(self) -> None:
        """Import, once the panes are on the screen, what the first key may open."""
        for name in ("log", "lines", "form", "help"):
            import_module(f"netcrm.ui.screens.{name}")

    # Acting

    def act(self, do: Callable[[], Change]) -> Change:
        """Do one act of the store, show what became of it, and say so.

        Args:
            do: Calls one writing method of the store.
        """
        try:
            change = do()
        except (StoreError, ValueError) as error:
            self.say(str(error), good=False)
            return Change()
        self._walked = True
        self.reload()
        if change:
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
        """Another program may have written to the file, or it is past midnight."""
        version = self._store.version()
        if version != self._version or self._today() != self._day:
            self._version = version
            self.post_message(StoreChanged())

    @on(StoreChanged)
    def _others_wrote(self) -> None:
        self.reload()

    @on(CommandChosen)
    async def _run_chosen(self, message: CommandChosen) -> None:
        await self.run_action(message.action)

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
        if change:
            self.reload()
            self._keep_gives(change)
            self.say(f"{said}: {change.label}", key)
        else:
            self.say(nothing, good=False)

    # What the keys do

    def _keep(self, change: Change, among: Sequence[int] = ()) -> None:
        """Highlight someone an act was about, if it was not the one highlighted."""
        people = [person_id for person_id in among if person_id > 0] or sorted(change.people)
        if people and self.people.person_id not in people:
            if not self.people.lists(people[0]):
                self.leave_search()
            self.people.highlight(people[0])

    def _keep_gives(self, change: Change) -> None:
        """Highlight a give that an act was about, if it waits."""
        for give_id in change.gives:
            self.gives.highlight(give_id)
            if self._pane() == "give" and self.gives.give:
                self._follow(self.gives.give)

    async def action_add_person(self) -> None:
        """Add a person in a form."""

        def filled(profile: Profile | None) -> None:
            if profile is not None:
                change = self.act(lambda: self._store.people.add(profile))
                self._keep(change)

        await self.app.push_screen(self._person_form(Profile(), "Add a person"), filled)

    async def action_log(self) -> None:
        """Log a line."""
        from netcrm.ui.screens.log import LogPrompt

        def said(logged: "Logged | None") -> None:
            if logged is None:
                return
            read = logged.understood
            change = self.act(
                lambda: self._store.timeline.log(
                    read.entry,
                    gives=read.drafts,
                    occasions=read.dates,
                    newcomers=logged.newcomers,
                    today=self._today(),
                )
            )
            self._keep(change, [person.id for person in read.everyone])

        selected = self._selected()
        await self.app.push_screen(LogPrompt(self._store.people, self._today(), selected), said)

    async def action_new_give(self) -> None:
        """Queue something to do for the person selected."""
        from netcrm.ui.screens.lines import GivePrompt

        selected = self._selected()
        if selected is None:
            self.say("First choose whom it is for, or add them with a.", good=False)
            return
        today = self._today()

        def said(draft: GiveDraft | None) -> None:
            if draft is not None:
                change = self.act(lambda: self._store.gives.add(draft, today))
                self._keep_gives(change)

        await self.app.push_screen(GivePrompt(selected, self._store.gives.room(today), today), said)

    def action_give_done(self) -> None:
        """Given: out of the queue, into the timeline."""
        give = self.gives.give
        if give is not None:
            self.act(lambda: self._store.gives.give([give.id], self._today()))

    async def action_snooze(self) -> None:
        """Let a give rest until a day."""
        from netcrm.ui.screens.lines import SnoozePrompt

        give, today = self.gives.give, self._today()
        if give is None:
            return

        def said(until: date | None) -> None:
            if until is not None:
                self.act(lambda: self._store.gives.snooze([give.id], until, today))

        await self.app.push_screen(SnoozePrompt(give.words, today), said)

    def action_drop(self) -> None:
        """Not for them."""
        give = self.gives.give
        if give is not None:
            self.act(lambda: self._store.gives.drop([give.id], self._today()))

    async def action_tags(self) -> None:
        """Change the tags of the person selected."""
        from netcrm.ui.screens.lines import TagsPrompt

        person = self._store.people.get(self._shown or 0)
        if person is None:
            return

        def said(change: "TagChange | None") -> None:
            if change is not None and (change.add or change.remove):
                self.act(lambda: self._store.people.tag([person.id], add=change.add, remove=change.remove))

        profile = person.profile
        await self.app.push_screen(TagsPrompt(profile.name, profile.tags, self._store.people.tags()), said)

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

    async def action_open(self) -> None:
        """Open what is selected: a person's timeline, then each thing's form."""
        if self._pane() == "people":
            self.action_pane("timeline")
        else:
            await self.action_edit()

    async def action_edit(self) -> None:
        """Edit what is selected."""
        edit = {"people": self._edit_person, "timeline": self._edit_entry, "give": self._edit_give}
        await edit[self._pane()]()

    async def _edit_person(self) -> None:
        person = self._store.people.get(self._shown or 0)
        if person is None:
            return

        def filled(profile: Profile | None) -> None:
            if profile is not None:
                self.act(lambda: self._store.people.edit(person.id, profile, person.profile))

        await self.app.push_screen(self._person_form(person.profile, person.profile.name), filled)

    async def _edit_entry(self) -> None:
        from netcrm.ui.screens.form import EntryForm

        entry = self.timeline.entry
        if entry is None:
            await self._edit_person()
            return

        def filled(new: Entry | None) -> None:
            if new is not None:
                self.act(lambda: self._store.timeline.edit(entry.id, new, entry.entry))

        await self.app.push_screen(
            EntryForm(entry, today=self._today(), named=self._store.people.named), filled
        )

    async def _edit_give(self) -> None:
        from netcrm.ui.screens.form import GiveForm

        give = self.gives.give
        if give is None:
            return

        def filled(draft: GiveDraft | None) -> None:
            if draft is not None:
                self.act(lambda: self._store.gives.edit(give.id, draft, give.draft))

        await self.app.push_screen(GiveForm(give, today=self._today()), filled)

    def _person_form(self, profile: Profile, title: str) -> "PersonForm":
        from netcrm.ui.screens.form import PersonForm

        people = self._store.people
        return PersonForm(profile, title=title, today=self._today(), named=people.named, name_of=people.name)

    def _selected(self) -> Named | None:
        """Whose timeline is shown: the one that every key is about, wherever the highlight of the list is."""
        return Named(self._shown, self._store.people.name(self._shown)) if self._shown else None

    async def action_help(self) -> None:
        """Show every key."""
        from netcrm.ui.screens.help import HelpScreen

        await self.app.push_screen(HelpScreen())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
