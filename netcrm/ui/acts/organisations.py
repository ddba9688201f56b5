"""What the key does with organisations: see who works or worked where, show one of them, mark all of them."""

from typing import TYPE_CHECKING

from netcrm.ui.acts.sparks import SparkActs

if TYPE_CHECKING:
    from netcrm.ui.screens.organisations import Marked


class OrganisationActs(SparkActs):
    """Acts on everyone of an organisation."""

    async def action_organisations(self) -> None:
        """Open the organisations, beginning with that of the person selected."""
        from netcrm.ui.screens.organisations import Marked, OrganisationsScreen, Shown

        person = self._store.people.get(self._shown or 0)

        def left(answer: Shown | Marked | None) -> None:
            self.reload()
            match answer:
                case Shown(person_id):
                    self.show_someone(person_id)
                case Marked():
                    self._mark_everyone(answer)

        screen = OrganisationsScreen(
            self._store, self._today(), self._plans, at=person.profile.organisation if person else ""
        )
        await self.app.push_screen(screen, left)

    def _mark_everyone(self, marked: "Marked") -> None:
        """Mark people, the first of them highlighted."""
        first = self.people.first_of(marked.people)
        if first is None:
            self.leave_search()
            first = self.people.first_of(marked.people)
        self.people.mark_these(marked.people)
        self.show_someone(first or next(iter(marked.people)))
        count = len(self.people.marked)
        self.say(f"{count} marked, {marked.words}: the next key is for all of them.")
