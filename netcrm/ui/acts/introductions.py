"""What the keys do with introductions: who should meet whom."""

from netcrm.domain.people import Named
from netcrm.ui.acts.gives import GiveActs

_TWO = 2


class IntroductionActs(GiveActs):
    """Acts on two people who should meet."""

    async def action_introduce(self) -> None:
        """Introduce the two who are marked; else show who should meet, the person selected first."""
        marked = self.people.marked
        if len(marked) == _TWO:
            names = [Named(key, self._store.people.name(key)) for key in marked]
            await self._open_introductions(pair=(names[0], names[1]))
        else:
            await self._open_introductions(self._selected())

    def action_give_done(self) -> None:
        """Given; an introduction goes step by step, on a screen of its own."""
        step_by_step = [give for give in self.gives.chosen if give.introduction_id is not None]
        if step_by_step:
            self.call_later(self._open_introductions, at=step_by_step[0].introduction_id)
        else:
            super().action_give_done()

    async def _open_introductions(
        self,
        person: Named | None = None,
        *,
        at: int | None = None,
        pair: tuple[Named, Named] | None = None,
    ) -> None:
        """Open the introductions.

        Args:
            person: Whose come first.
            at: Which to begin at.
            pair: Whom to begin to introduce.
        """
        from netcrm.ui.screens.introductions import IntroductionsScreen

        screen = IntroductionsScreen(self._store, self._today(), person, at=at, pair=pair)

        def left(_: None) -> None:
            self.people.unmark()
            self.reload()

        await self.app.push_screen(screen, left)
