"""What the keys do to the timeline: log a line, edit an entry, remove one."""

from typing import TYPE_CHECKING

from netcrm.domain.timeline import Entry
from netcrm.ui.acts.acting import Acting

if TYPE_CHECKING:
    from netcrm.ui.screens.log import Logged


class TimelineActs(Acting):
    """Acts on the timeline."""

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
        begun, keep = self._keeper(())
        prompt = LogPrompt(self._store.people, self._today(), selected, value=begun, keep=keep)
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
        from netcrm.ui.screens.form import EntryForm

        entry = self.timeline.entry
        if entry is None:
            return

        def filled(new: Entry | None) -> None:
            if new is not None:
                self.act(lambda: self._store.timeline.edit(entry.id, new, entry.entry))

        await self.app.push_screen(
            EntryForm(entry, today=self._today(), named=self._store.people.named), filled
        )
