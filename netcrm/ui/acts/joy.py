"""What the key does with the joy jar: open it, and what is wanted of it as a spark."""

from typing import TYPE_CHECKING

from netcrm.ui.acts.sparks import SparkActs

if TYPE_CHECKING:
    from netcrm.ui.screens.joy import AsSpark


class JoyActs(SparkActs):
    """Acts on the light things."""

    async def action_joy(self) -> None:
        """Open the joy jar."""
        from netcrm.ui.screens.joy import JoyScreen

        async def left(wanted: "AsSpark | None") -> None:
            self.reload()
            if wanted is not None:
                await self.open_spark(wanted.spark_id)

        await self.app.push_screen(JoyScreen(self._store, self._today()), left)
