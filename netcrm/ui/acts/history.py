"""What the key does with the history: open it."""

from netcrm.ui.acts.acting import Acting


class HistoryActs(Acting):
    """The acts that were done."""

    async def action_history(self) -> None:
        """Open the history."""
        from netcrm.ui.screens.history import HistoryScreen

        def left(_: None) -> None:
            self.reload()

        await self.app.push_screen(HistoryScreen(self._store, self._today), left)
