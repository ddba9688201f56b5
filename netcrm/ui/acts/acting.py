"""Doing one act of the store, saying what became of it, and taking it back.

The acts are plain classes, mixed into the screen: Textual goes through the rules, bindings and handlers of
every class of widgets, and for two dozen of them that took a tenth of the start.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from netcrm.domain.changes import Change
from netcrm.domain.givefilter import GiveFilter
from netcrm.domain.people import Named
from netcrm.store.errors import DoneElsewhere, StoreError

if TYPE_CHECKING:
    from textual.events import ScreenResume
    from textual.timer import Timer

    from netcrm.ui.screens.form_base import Answer, Form
    from netcrm.ui.screens.panes import PanesScreen as _Mixed
else:
    _Mixed = object

Back = Callable[[], Awaitable[None]]
"""Opens again the screen from which another was opened."""

NOTICE_SECONDS = 8.0
"""How long the header says what was done: long enough to read and to reach for the key that undoes it."""


class Acting(_Mixed):
    """The panes, and how an act is done on them: each calls one method of the store."""

    def on_mount(self) -> None:
        """Nothing has been said, and nothing typed."""
        self._notice_timer: Timer | None = None
        self._offered = (0, 0)
        self._begun: dict[tuple[int, ...], str] = {}

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

    async def fill_in(
        self,
        form: "Form[Answer]",
        save: "Callable[[Answer, Answer], Change]",
        then: Callable[[Change], None] | None = None,
    ) -> None:
        """Have a form filled in; what is saved with it is shown, and said.

        Args:
            form: The form.
            save: As `netcrm.ui.screens.form_base.Form.save`: calls one writing method of the store.
            then: Told what changed.
        """

        def left(said: "Answer | None") -> None:
            if said is not None:
                change = self.act(lambda: form.change)
                if then is not None:
                    then(change)

        form.save = save
        await self.app.push_screen(form, left)

    def say(self, text: str, key: str = "", *, good: bool = True) -> None:
        """Say something in the header for a while."""
        self.header.notice(text, key, good=good)
        self._offered = self._store.history.nearest() if key else (0, 0)
        if self._notice_timer is not None:
            self._notice_timer.stop()
        self._notice_timer = self.set_timer(NOTICE_SECONDS, self._end_notice)

    def _end_notice(self) -> None:
        self.header.notice("")

    def _end_old_offer(self) -> None:
        """End a notice whose key would turn another act by now than the one it speaks of."""
        if any(self._offered) and self._offered != self._store.history.nearest():
            self._offered = (0, 0)
            self._end_notice()

    def reload(self) -> None:
        """Read again what is on the screen; whoever wrote, the header promises nothing that is not so."""
        super().reload()
        self._end_old_offer()

    def on_screen_resume(self, event: "ScreenResume") -> None:
        """Another screen has been left, which may have written."""
        self._end_old_offer()

    def action_undo(self) -> None:
        """Take back the last act."""
        self._turn(self._store.history.undo, "Taken back", "u", "^r", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(self._store.history.redo, "Done again", "^r", "u", "Nothing to redo.")

    def _turn(self, turn: Callable[[], Change], said: str, again: str, back: str, nothing: str) -> None:
        try:
            change = turn()
        except DoneElsewhere as error:
            self.reload()
            self.say(error.what, again, good=False)
            return
        except StoreError as error:
            self.say(str(error), good=False)
            return
        if change:
            self.reload()
            self._keep_gives(change)
            self.say(f"{said}: {change.label}", back)
        else:
            self.say(nothing, good=False)

    def _keep(self, change: Change, among: Sequence[int] = ()) -> None:
        """Highlight someone an act was about, if it was not the one highlighted."""
        people = [person_id for person_id in among if person_id > 0] or sorted(change.people)
        if people and self.people.person_id not in people:
            if not self.people.lists(people[0]):
                self.leave_search()
            self.people.highlight(people[0])

    def _keep_gives(self, change: Change) -> None:
        """Highlight a give that an act was about, if it waits.

        Only who is in the queue is shown whom it is for: undoing must not choose someone else for the next
        key.
        """
        if self._give_filter and not all(self.gives.lists(give_id) for give_id in change.gives):
            self.filter_gives(GiveFilter())
        first = min((give_id for give_id in change.gives if self.gives.lists(give_id)), default=None)
        if first is None:
            return
        self.gives.highlight(first, unheard=True)
        if self._pane() == "give" and self.gives.give:
            self._walk(self.gives.give)

    def _chosen(self) -> Sequence[Named]:
        """The people marked, where one is among them; else the one selected."""
        marked = self.people.marked if self._pane() == "people" else ()
        if not marked:
            selected = self._selected()
            return [selected] if selected else []
        lines = self._store.people.lines(marked)
        return [Named(key, lines[key].name) for key in marked if key in lines]

    def _acted(self, change: Change) -> None:
        """What was marked has been acted on: it is not acted on again by the next key."""
        if change:
            self.people.unmark()
            self.gives.unmark()

    def _keeper(self, about: tuple[int, ...]) -> tuple[str, Callable[[str], None]]:
        """A line that was begun in a prompt and left, and what keeps one.

        Args:
            about: The people whom the prompt is for; none for the log line, which names them itself.
        """

        def keep(text: str) -> None:
            self._begun.pop(about, None)
            if text:
                self._begun[about] = text

        return self._begun.get(about, ""), keep

    def _selected_group(self) -> Named | None:
        """The group that is shown where a person's timeline would stand, since the give is for it."""
        group = self._store.groups.get(self._shown_group) if self._shown_group else None
        return Named(group.id, group.name) if group else None

    def _selected(self) -> Named | None:
        """Whose timeline is shown: the one that every key is about, wherever the highlight of the list is."""
        return Named(self._shown, self._store.people.name(self._shown)) if self._shown else None


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
