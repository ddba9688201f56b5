"""What the keys do with sparks: pass something on to whom it would interest."""

from typing import TYPE_CHECKING

from netcrm.domain.changes import Change
from netcrm.ui.acts.acting import Acting

if TYPE_CHECKING:
    from netcrm.ui.screens.spark import Plan


class SparkActs(Acting):
    """Acts on sparks."""

    def on_mount(self) -> None:
        """Nothing is in mind for any spark yet."""
        self._plans: dict[str, Plan] = {}

    async def action_spark(self) -> None:
        """Open the spark screen, with those chosen who are marked.

        What was done there is said here, and can be taken back here.
        """
        await self.open_spark()

    async def open_spark(self, spark_id: int = 0) -> None:
        """Open the spark screen.

        Args:
            spark_id: The kept spark to begin with; 0 to begin with an empty text.
        """
        from netcrm.ui.screens.spark import SparkScreen

        marks = self.people.marks

        def left(done: Change | None) -> None:
            if done is None:
                self.reload()
                return
            self.act(lambda: done)
            if done.gives:
                self._acted(done)
            self._keep_gives(done)

        screen = SparkScreen(self._store, self._today(), self._plans, begin_with=spark_id, chosen=marks)
        await self.app.push_screen(screen, left)
