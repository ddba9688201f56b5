"""What the keys do to gives: queue, give, snooze, drop, edit."""

from datetime import date

from netcrm.domain.gives import GiveDraft
from netcrm.ui.acts.acting import Acting


class GiveActs(Acting):
    """Acts on the give selected."""

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

    async def _edit_give(self) -> None:
        from netcrm.ui.screens.form import GiveForm

        give = self.gives.give
        if give is None:
            return

        def filled(draft: GiveDraft | None) -> None:
            if draft is not None:
                self.act(lambda: self._store.gives.edit(give.id, draft, give.draft))

        await self.app.push_screen(GiveForm(give, today=self._today()), filled)
