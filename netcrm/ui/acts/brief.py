"""What the key does before one meets someone."""

from netcrm.ui.acts.timeline import TimelineActs


class BriefActs(TimelineActs):
    """Acts around the brief of the person selected."""

    async def action_brief(self) -> None:
        """Show what is good to know before you meet the person selected."""
        from netcrm.ui.screens.brief import BriefScreen

        selected = self._selected()
        if selected is None:
            self.say("First choose whom you are about to meet, or add them with a.", good=False)
            return

        async def left(to_log: bool | None) -> None:
            if to_log:
                await self.action_log()

        await self.app.push_screen(BriefScreen(self._store, self._today(), selected), left)
