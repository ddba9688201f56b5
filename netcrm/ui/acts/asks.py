"""What the key does before an ask: look at what has passed, then ask, answer, or give first."""

from dataclasses import replace
from typing import TYPE_CHECKING

from netcrm.domain.gives import GiveDraft
from netcrm.domain.people import Named
from netcrm.domain.timeline import Entry
from netcrm.ui.acts.wants import WantActs

if TYPE_CHECKING:
    from netcrm.domain.asks import Passed
    from netcrm.domain.wants import Want
    from netcrm.ui.screens.ask import AskAnswer

_SHOWN = 3
"""How many entries of a kind are shown before an ask: enough to remember by, few enough to read."""


class AskActs(WantActs):
    """Acts around asking the person selected for something."""

    async def action_ask(self) -> None:
        """Before asking someone for something, show what has passed between you."""
        selected = self._selected()
        if selected is None:
            self.say("First choose whom you would ask, or add them with a.", good=False)
            return
        await self._look_before_asking(selected)

    async def _look_before_asking(self, person: Named) -> None:
        from netcrm.ui.screens.ask import Answered, AskScreen, GiveFirst, LookAtWants

        async def said(answer: "AskAnswer | None") -> None:
            match answer:
                case Entry():
                    self.act(lambda: self._store.timeline.log(answer, today=self._today()))
                case Answered(interaction_id, word):
                    self.act(lambda: self._store.timeline.answer(interaction_id, word, self._today()))
                    await self._look_before_asking(person)
                case GiveFirst(want):
                    await self._give_first(person, want)
                case LookAtWants():
                    await self.action_wants()

        await self.app.push_screen(AskScreen(self._passed(person), self._today()), said)

    async def _give_first(self, person: Named, want: "Want | None") -> None:
        """Queue something they want rather than asking."""
        from netcrm.ui.screens.lines import GivePrompt

        gives, today = self._store.gives, self._today()

        def said(draft: GiveDraft | None) -> None:
            if draft is not None:
                why = f"they want {want.text}" if want and want.text not in draft.words else ""
                first = replace(draft, source="ask", why=why or "before you ask")
                self._keep_gives(self.act(lambda: gives.add(first, today)))

        prompt = GivePrompt(
            [person],
            gives.room(today),
            today,
            lambda draft: gives.no_room(draft, today),
            value=want.text if want else "",
        )
        await self.app.push_screen(prompt, said)

    def _passed(self, person: Named) -> "Passed":
        from netcrm.domain.asks import GAVE_KINDS, Passed

        timeline = self._store.timeline
        return Passed(
            person=person,
            gave=timeline.of_kinds(person.id, GAVE_KINDS, _SHOWN),
            received=timeline.of_kinds(person.id, ["received"], _SHOWN),
            asked=timeline.of_kinds(person.id, ["asked"], _SHOWN),
            counts=timeline.counts(person.id),
            wants=self._store.wants.of(person.id),
            promises=[
                give
                for give in self._store.gives.waiting_for(self._today(), person_id=person.id)
                if give.promised
            ],
        )
