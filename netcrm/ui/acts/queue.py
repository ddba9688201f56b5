"""What the keys do to the queue as a whole: mark several, show some, ask whether what was given landed."""

from netcrm.domain.givefilter import GiveFilter
from netcrm.ui.acts.acting import Acting


class QueueActs(Acting):
    """Acts on what is shown of the queue."""

    def action_mark(self) -> None:
        """Mark what is highlighted, or take its mark away."""
        panes = {"people": self.people, "give": self.gives}
        pane = panes.get(self._pane())
        if pane is not None:
            pane.mark()

    async def action_filter_gives(self) -> None:
        """Show only some gives."""
        from netcrm.ui.screens.filter import FilterPrompt

        def said(narrowed: GiveFilter | None) -> None:
            if narrowed is not None:
                self.filter_gives(narrowed)

        queue = self._store.gives.queue(self._today())
        await self.app.push_screen(FilterPrompt(queue, str(self._give_filter)), said)

    def action_only_theirs(self) -> None:
        """Show only what waits for the person, or group, selected; what is shown so already, whole again."""
        selected, group = self._selected(), self._selected_group()
        if selected is None and group is None:
            return
        theirs = GiveFilter(person=selected, group=group)
        self.filter_gives(GiveFilter() if self._give_filter == theirs else theirs)

    async def action_landed(self) -> None:
        """Say whether what was given a while ago landed."""
        from netcrm.ui.screens.landed import LandedQuestion

        today = self._today()
        give = self._store.gives.to_ask(today)
        if give is None:
            self.say("Nothing to ask about: a week after a give, it asks whether it landed.")
            return
        given = give.id

        def said(answer: str | None) -> None:
            if answer is not None:
                self.act(lambda: self._store.gives.landed(given, answer, today))

        await self.app.push_screen(LandedQuestion(give, today), said)
