"""What the keys do to gives: queue, give, snooze, drop, edit."""

from dataclasses import replace
from datetime import date

from netcrm.domain.gives import GiveDraft
from netcrm.ui.acts.acting import Acting


class GiveActs(Acting):
    """Acts on the give selected, or on those marked."""

    async def action_new_give(self) -> None:
        """Queue something to do for the person selected, or for each of those marked, or for the group."""
        from netcrm.ui.screens.lines import GivePrompt

        group = self._selected_group()
        people = [group] if group else self._chosen()
        if not people:
            self.say("First choose whom it is for, or add them with a.", good=False)
            return
        today = self._today()
        gives = self._store.gives

        def said(draft: GiveDraft | None) -> None:
            if draft is not None:
                drafts = [replace(draft, person_id=person.id) for person in people]
                if group is not None:
                    drafts = [replace(draft, person_id=None, group_id=group.id)]
                change = self.act(lambda: gives.add_each(drafts, today))
                if not change:
                    keep(prompt.entered)
                self._acted(change)
                self._keep_gives(change)

        begun, keep = self._keeper(tuple(sorted(-one.id if group else one.id for one in people)))
        prompt = GivePrompt(
            people,
            gives.room(today),
            today,
            lambda draft: gives.no_room(
                replace(draft, person_id=None, group_id=group.id) if group else draft, today
            ),
            value=begun,
            keep=keep,
        )
        await self.app.push_screen(prompt, said)

    def action_give_done(self) -> None:
        """Given: out of the queue, into the timeline."""
        gives = self.gives.chosen
        if gives:
            ids = [give.id for give in gives]
            self._acted(self.act(lambda: self._store.gives.give(ids, self._today())))

    async def action_snooze(self) -> None:
        """Let gives rest until a day."""
        from netcrm.ui.screens.lines import SnoozePrompt

        gives, today = self.gives.chosen, self._today()
        if not gives:
            return

        def said(until: date | None) -> None:
            if until is not None:
                ids = [give.id for give in gives]
                self._acted(self.act(lambda: self._store.gives.snooze(ids, until, today)))

        what = gives[0].words if len(gives) == 1 else f"{len(gives)} gives"
        await self.app.push_screen(SnoozePrompt(what, today), said)

    def action_drop(self) -> None:
        """Not for them."""
        gives = self.gives.chosen
        if gives:
            ids = [give.id for give in gives]
            self._acted(self.act(lambda: self._store.gives.drop(ids, self._today())))

    async def _edit_give(self) -> None:
        from netcrm.ui.screens.form import GiveForm

        give = self.gives.give
        if give is None:
            return
        form, gives = GiveForm(give, today=self._today()), self._store.gives
        await self.fill_in(form, lambda said, before: gives.edit(give.id, said, before))
