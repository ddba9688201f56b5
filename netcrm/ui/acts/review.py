"""What the key does that looks back, and how what is chosen there is opened here."""

from datetime import date
from typing import TYPE_CHECKING

from netcrm.ui.acts.everything import EverythingActs
from netcrm.ui.acts.groups import GroupActs

if TYPE_CHECKING:
    from netcrm.ui.widgets.review_panes import Opened


class ReviewActs(GroupActs, EverythingActs):
    """Looking back on a week or a year."""

    def on_mount(self) -> None:
        """Nothing has been looked back on yet."""
        self._looked_back_on: date | None = None

    async def action_review(self) -> None:
        """Open the review, where it was when something of it was opened last."""
        from netcrm.ui.screens.review import ReviewScreen

        async def left(opened: "Opened | None") -> None:
            self._looked_back_on = opened.day if opened else None
            if opened is not None:
                await self._open(opened)

        screen = ReviewScreen(self._store, self._today(), self._looked_back_on)
        await self.app.push_screen(screen, left)

    async def _open(self, opened: "Opened") -> None:
        """Show on this screen what was chosen, or on another, from which one comes back to the review."""
        if opened.search:
            self.action_search(opened.search)
            self.action_pane("people")
        elif opened.entries:
            await self.open_everything(opened.entries, self.action_review)
        elif opened.person_id is not None:
            self.show_someone(opened.person_id)
            if opened.entry_id is not None:
                self.action_pane("timeline")
                self.timeline.highlight(opened.entry_id)
        elif opened.group_id is not None:
            await self.open_groups(opened.group_id, self.action_review)
        elif opened.entry_id is not None and (entry := self._store.timeline.get(opened.entry_id)):
            await self.open_everything(f"since:{entry.day} until:{entry.day}", self.action_review)
