"""What the key does with groups: look at them, or add those who are marked to one."""

from collections.abc import Sequence

from netcrm.domain.people import Named
from netcrm.ui.acts.acting import Acting


class GroupActs(Acting):
    """Acts on the groups."""

    async def action_groups(self) -> None:
        """Show the groups; with people marked, ask to which they belong."""
        marked = self.people.marked if self._pane() == "people" else ()
        if marked:
            await self._add_to_group(marked)
        else:
            give = self.gives.give if self._pane() == "give" else None
            await self.open_groups(give.group_id if give else None)

    async def open_groups(self, at: int | None = None) -> None:
        """Open the groups; a member chosen there is shown here.

        Args:
            at: The id of the group to begin at.
        """
        from netcrm.ui.screens.groups import GroupsScreen

        def left(person: Named | None) -> None:
            self.reload()
            if person is not None:
                self.show_someone(person.id, "timeline")

        await self.app.push_screen(GroupsScreen(self._store, self._today(), at=at), left)

    async def _add_to_group(self, people: Sequence[int]) -> None:
        """Ask to which group people belong."""
        from netcrm.ui.screens.pick import Option, Pick

        groups = self._store.groups.all()
        if not groups:
            self.say("There is no group yet: c without marks, and then n, founds one.", good=False)
            return

        def picked(place: int | None) -> None:
            if place is not None:
                group = groups[place]
                change = self.act(lambda: self._store.groups.add_members(group.id, people))
                self._acted(change)
                if not change:
                    self.say(f"They belong to {group.name} already.")

        whom = f"{len(people)} people" if len(people) > 1 else self._store.people.name(people[0])
        options = [Option(group.name, group.kind) for group in groups]
        await self.app.push_screen(Pick(f"To which group do you add {whom}?", options), picked)
