"""What the key of the timeline of everything does."""

from netcrm.ui.acts.acting import Acting


class EverythingActs(Acting):
    """The timeline of everything, and back from it to a person."""

    async def action_everything(self) -> None:
        """Open the timeline of everything."""
        await self.open_everything()

    async def open_everything(self, search: str = "") -> None:
        """Open the timeline of everything; whom one chooses there is shown here.

        Args:
            search: What to search for in it at first, as it would be typed.
        """
        from netcrm.ui.screens.everything import EverythingScreen

        def left(person_id: int | None) -> None:
            self.reload()
            if person_id is not None:
                self.show_someone(person_id, "timeline")

        await self.app.push_screen(EverythingScreen(self._store, self._today(), search), left)
