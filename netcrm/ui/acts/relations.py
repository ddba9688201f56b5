"""What the key does to see whom somebody has to do with."""

from netcrm.ui.acts.acting import Acting


class RelationActs(Acting):
    """Acts around the relations of the person selected."""

    async def action_relations(self) -> None:
        """Show whom the person selected has to do with; whoever is chosen there is shown here."""
        from netcrm.ui.screens.network import NetworkScreen

        selected = self._selected()
        if selected is None:
            self.say("First choose whose relations to see, or add them with a.", good=False)
            return

        def left(person_id: int | None) -> None:
            self.reload()
            if person_id is not None:
                self.show_someone(person_id)

        await self.app.push_screen(NetworkScreen(self._store, self._today(), selected), left)
