"""What the keys do to the timeline: log a line, edit an entry, remove one."""

from typing import TYPE_CHECKING

from netcrm.ui.acts.acting import Acting

if TYPE_CHECKING:
    from netcrm.ui.screens.log import Logged


_OWN = (0,)
"""For whom a line of the journal is kept that was begun and left: for nobody, whose id no one has."""


class TimelineActs(Acting):
    """Acts on the timeline."""

    async def action_log(self) -> None:
        """Log a line."""
        await self._ask_for_a_line(journal=False)

    async def action_journal(self) -> None:
        """Write a note of one's own."""
        await self._ask_for_a_line(journal=True)

    async def _ask_for_a_line(self, *, journal: bool) -> None:
        from netcrm.ui.screens.log import LogPrompt, write_down

        def said(logged: "Logged | None") -> None:
            if logged is None:
                return
            change = self.act(lambda: write_down(self._store.timeline, logged, self._today()))
            if not change:
                keep(prompt.entered)
            if not journal:
                self._keep(change, [person.id for person in logged.understood.everyone])

        begun, keep = self._keeper(_OWN if journal else ())
        prompt = LogPrompt(
            self._store.people,
            self._today(),
            None if journal else self._selected(),
            value=begun,
            keep=keep,
            groups=self._store.groups.names(),
            journal=journal,
        )
        await self.app.push_screen(prompt, said)

    def action_enjoy(self) -> None:
        """Give the entry one star more for how good it was."""
        entry = self.timeline.entry
        if entry is not None:
            self.act(lambda: self._store.timeline.enjoy(entry.id, entry.one_star_more))

    def action_remove_entry(self) -> None:
        """Take the entry out of the timeline."""
        entry = self.timeline.entry
        if entry is not None:
            self.act(lambda: self._store.timeline.remove(entry.id))

    async def _edit_entry(self) -> None:
        from netcrm.ui.screens.entry_form import form_of

        entry = self.timeline.entry
        if entry is None:
            return

        form, timeline = form_of(entry, self._store, self._today()), self._store.timeline
        await self.fill_in(form, lambda said, before: timeline.edit(entry.id, said, before))
