"""What the key does to wants and offers: add, confirm, correct, take off."""

from typing import TYPE_CHECKING

from netcrm.ui.acts.acting import Acting

if TYPE_CHECKING:
    from netcrm.ui.screens.wants import WantsChange


class WantActs(Acting):
    """Acts on what the person selected wants and offers."""

    async def action_wants(self) -> None:
        """Ask what the person selected wants or offers, and whether it is still true."""
        from netcrm.ui.screens.wants import WantsPrompt

        selected = self._selected()
        if selected is None:
            self.say("First choose who it is about, or add them with a.", good=False)
            return
        person_id, today = selected.id, self._today()

        def said(change: "WantsChange | None") -> None:
            if change is not None:
                self._change_wants(person_id, change)

        await self.app.push_screen(WantsPrompt(selected.name, self._store.wants.of(person_id), today), said)

    def _change_wants(self, person_id: int, change: "WantsChange") -> None:
        wants, today = self._store.wants, self._today()
        if change.corrected is not None:
            want, text = change.corrected
            self.act(lambda: wants.edit(want, text, today))
        elif change.removed:
            self.act(lambda: wants.remove(change.removed))
        elif change.confirmed:
            self.act(lambda: wants.confirm(change.confirmed, today))
        else:
            said = change.said
            self.act(lambda: wants.add(person_id, said.wants, said.offers, today=today))
