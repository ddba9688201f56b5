"""What the keys do to people: add, edit, tag, archive."""

from typing import TYPE_CHECKING

from netcrm.domain.people import Profile
from netcrm.ui.acts.acting import Acting

if TYPE_CHECKING:
    from netcrm.ui.screens.form import PersonForm
    from netcrm.ui.screens.lines import TagChange


class PeopleActs(Acting):
    """Acts on the person selected."""

    async def action_add_person(self) -> None:
        """Add a person in a form."""

        def filled(profile: Profile | None) -> None:
            if profile is not None:
                change = self.act(lambda: self._store.people.add(profile))
                self._keep(change)

        await self.app.push_screen(self._person_form(Profile(), "Add a person"), filled)

    async def action_tags(self) -> None:
        """Change the tags of the person selected."""
        from netcrm.ui.screens.lines import TagsPrompt

        person = self._store.people.get(self._shown or 0)
        if person is None:
            return

        def said(change: "TagChange | None") -> None:
            if change is not None and (change.add or change.remove):
                self.act(lambda: self._store.people.tag([person.id], add=change.add, remove=change.remove))

        profile = person.profile
        await self.app.push_screen(TagsPrompt(profile.name, profile.tags, self._store.people.tags()), said)

    def action_archive(self) -> None:
        """Put the person away, or bring them back."""
        person = self.people.person
        if person is not None:
            self.act(lambda: self._store.people.archive([person.id], archived=not person.archived))

    async def _edit_person(self) -> None:
        person = self._store.people.get(self._shown or 0)
        if person is None:
            return

        def filled(profile: Profile | None) -> None:
            if profile is not None:
                self.act(lambda: self._store.people.edit(person.id, profile, person.profile))

        await self.app.push_screen(self._person_form(person.profile, person.profile.name), filled)

    def _person_form(self, profile: Profile, title: str) -> "PersonForm":
        from netcrm.ui.screens.form import PersonForm

        people = self._store.people
        return PersonForm(profile, title=title, today=self._today(), named=people.named, name_of=people.name)
