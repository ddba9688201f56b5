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
                self._show_anywhere(person_id)

        await self.app.push_screen(NetworkScreen(self._store, self._today(), selected), left)

    def _show_anywhere(self, person_id: int) -> None:
        """Show somebody, whom the list may not have: out of a search, or put away."""
        if not self.people.lists(person_id):
            self.leave_search()
        self.people.highlight(person_id)
        if self.people.person_id != person_id:
            self.action_pane("timeline")
            self._show_person(person_id)
