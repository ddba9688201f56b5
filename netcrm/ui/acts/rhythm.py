"""What the keys do to rhythms: how often, from today again, away for a while; and who is long silent."""

from typing import TYPE_CHECKING

from netcrm.domain.rhythm import Sabbatical
from netcrm.ui.acts.acting import Acting

if TYPE_CHECKING:
    from netcrm.domain.rhythmline import RhythmLine

_LONG_SILENT = "is:silent"
"""The search that finds those who are no longer suggested."""


class RhythmActs(Acting):
    """Acts on the rhythm with the person selected, with those marked, or with everybody."""

    async def action_rhythm(self) -> None:
        """Say how often to be in touch with the person selected, with those marked, or by tag."""
        from netcrm.ui.screens.rhythm import RhythmPrompt

        people = self._chosen()
        if not people:
            self.say("First add someone with a.", good=False)
            return
        ids = [person.id for person in people]
        found = [person.profile.cadence for key in ids if (person := self._store.people.get(key))]
        shared = found[0] if found and len(set(found)) == 1 else None

        def said(read: "RhythmLine | None") -> None:
            if read is None:
                return
            if read.tag:
                self.act(lambda: self._store.rhythm.set_for_tag(read.tag, read.cadence))
            else:
                self._acted(self.act(lambda: self._store.people.set_cadence(ids, read.cadence)))

        whom = people[0].name if len(people) == 1 else f"{len(people)} people"
        await self.app.push_screen(RhythmPrompt(whom, shared, self._store.rhythm.bearing), said)

    def action_bump(self) -> None:
        """Begin the rhythm with the person selected, or with those marked, again today."""
        people = self._chosen()
        ids = [person.id for person in people if self._has_rhythm(person.id)]
        if ids:
            self._acted(self.act(lambda: self._store.rhythm.bump(ids, self._today())))
        elif people:
            whom = people[0].name if len(people) == 1 else "them"
            self.say(f"There is no rhythm with {whom}; f sets one.")

    def _has_rhythm(self, person_id: int) -> bool:
        """Whether one wishes to be in touch with someone, by their own rhythm or by that of a tag."""
        person = self._store.people.get(person_id)
        return bool(person and person.cadence)

    async def action_sabbatical(self) -> None:
        """Be away until a day, or back."""
        from netcrm.ui.screens.rhythm import SabbaticalPrompt

        today, rhythm = self._today(), self._store.rhythm

        def said(read: Sabbatical | bool | None) -> None:
            if isinstance(read, Sabbatical):
                self.act(lambda: rhythm.take_sabbatical(read.from_on, read.until_on))
            elif read is not None and not self.act(lambda: rhythm.end_sabbatical(today)):
                self.say("No sabbatical is on.", good=False)

        await self.app.push_screen(SabbaticalPrompt(rhythm.sabbatical(today), today), said)

    def action_long_silent(self) -> None:
        """List those who have been silent for so long that they are no longer suggested."""
        self.action_search(_LONG_SILENT)
        self.action_pane("people")
