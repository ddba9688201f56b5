"""What the keys do to people: add, edit, tag, archive."""

from typing import TYPE_CHECKING

from netcrm.domain.people import Profile
from netcrm.ui.acts.acting import Acting

if TYPE_CHECKING:
    from netcrm.ui.screens.form import PersonForm
    from netcrm.ui.screens.lines import TagChange


class PeopleActs(Acting):
    """Acts on the person selected, or on those marked."""

    async def action_add_person(self) -> None:
        """Add a person in a form."""
        people, today = self._store.people, self._today()
        form = self._person_form(Profile(), "Add a person")
        await self.fill_in(form, lambda said, _: people.add(said, today), self._keep)

    async def action_tags(self) -> None:
        """Change the tags of the person selected, or of all those marked."""
        from netcrm.ui.screens.lines import TagsPrompt

        ids = [person.id for person in self._chosen()]
        found = [person.profile for key in ids if (person := self._store.people.get(key))]
        if not found:
            return

        def said(change: "TagChange | None") -> None:
            if change is not None and (change.add or change.remove):
                people = self._store.people
                self._acted(self.act(lambda: people.tag(ids, add=change.add, remove=change.remove)))

        whom = found[0].name if len(found) == 1 else f"{len(found)} people, what all of them have"
        shared = [tag for tag in found[0].tags if all(tag in profile.tags for profile in found)]
        await self.app.push_screen(TagsPrompt(whom, shared, self._store.people.tags()), said)

    def action_archive(self) -> None:
        """Put the person away, or all those marked; or bring them back."""
        person = self.people.person
        if person is not None:
            ids = [chosen.id for chosen in self._chosen()]
            archived = not person.archived
            self._acted(self.act(lambda: self._store.people.archive(ids, archived=archived)))

    async def _edit_person(self) -> None:
        person = self._store.people.get(self._shown or 0)
        if person is None:
            return
        people, today = self._store.people, self._today()
        form = self._person_form(person.profile, person.profile.name)
        await self.fill_in(form, lambda said, before: people.edit(person.id, said, before, today))

    def _person_form(self, profile: Profile, title: str) -> "PersonForm":
        from netcrm.ui.screens.form import PersonForm

        people = self._store.people
        return PersonForm(profile, title=title, today=self._today(), named=people.named, name_of=people.name)
