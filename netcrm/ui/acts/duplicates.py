"""What the key does with those who are in the book twice: see them, and make one of two."""

from netcrm.ui.acts.acting import Acting


class DuplicateActs(Acting):
    """Acts on people who may be one."""

    async def action_duplicates(self) -> None:
        """Open the pairs; with two people marked, those two."""
        from netcrm.ui.screens.duplicates import DuplicatesScreen

        marked = [person.id for person in self._chosen()] if len(self.people.marked) > 1 else []
        if len(marked) > 2:
            self.say("Mark two people to merge, or nobody to see who is there twice.", good=False)
            return

        def left(person_id: int | None) -> None:
            self.people.unmark()
            self.reload()
            if person_id is not None:
                self.show_someone(person_id)

        two = (marked[0], marked[1]) if marked else None
        await self.app.push_screen(DuplicatesScreen(self._store, self._today(), two), left)
