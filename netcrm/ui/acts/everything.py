"""What the key of the timeline of everything does."""

from netcrm.ui.acts.acting import Acting, Back


class EverythingActs(Acting):
    """The timeline of everything, and back from it to a person."""

    async def action_everything(self) -> None:
        """Open the timeline of everything."""
        await self.open_everything()

    async def open_everything(self, search: str = "", back: Back | None = None) -> None:
        """Open the timeline of everything; whom one chooses there is shown here.

        Args:
            search: What to search for in it at first, as it would be typed.
            back: Opens the screen that it was opened from, where one has chosen nobody.
        """
        from netcrm.ui.screens.everything import EverythingScreen

        async def left(person_id: int | None) -> None:
            self.reload()
            if person_id is not None:
                self.show_someone(person_id, "timeline")
            elif back is not None:
                await back()

        await self.app.push_screen(EverythingScreen(self._store, self._today(), search), left)
