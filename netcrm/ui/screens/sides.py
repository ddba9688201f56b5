"""Screens of two sides: a list, and beside it what is highlighted; a narrow terminal shows one of them."""

from typing import Generic

from textual import events
from textual.widget import Widget

from netcrm.ui.screens.once import Result
from netcrm.ui.screens.working import WorkingScreen
from netcrm.ui.widgets.pane import Pane

NARROW = 70
"""Columns below which one side is shown at a time: that which has the focus."""


class SidesScreen(WorkingScreen[Result], Generic[Result]):
    """A list and what is highlighted in it.

    A subclass yields a container ``#sides`` with the two: a pane or what holds one, and a pane. How wide they
    are it says in its CSS, for ``-wide``.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    SidesScreen { background: $background; }
    SidesScreen #sides { layout: grid; height: 1fr; grid-size: 2 1; }
    SidesScreen.-narrow #sides { grid-size: 1 1; grid-columns: 1fr; }
    SidesScreen.-flat TitleBar, SidesScreen.-flat FooterBar { display: none; }
    """

    @property
    def is_narrow(self) -> bool:
        """Whether one side is shown at a time."""
        return self.size.width < NARROW

    @property
    def is_beside(self) -> bool:
        """Whether one is at what is highlighted in the list, rather than at the list."""
        return self.focused is not None and self.focused is self._sides[1]

    @property
    def _sides(self) -> tuple[Widget, Widget]:
        listing, beside = self.query_one("#sides").children
        return listing, beside

    # Where one is

    def on_descendant_focus(self) -> None:
        """A narrow terminal shows the side that has the focus."""
        self._show_sides(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """A narrow terminal shows one side, a wider one both."""
        self._show_sides(event.size.width)

    def _show_sides(self, width: int) -> None:
        listing, beside = self._sides
        listing.display = width >= NARROW or not self.is_beside
        beside.display = width >= NARROW or self.is_beside

    # Moving between them

    def go_beside(self) -> None:
        """Go to what is highlighted in the list. What is to be focused has to be shown before."""
        beside = self._sides[1]
        beside.display = True
        self.set_focus(beside)

    def go_to_list(self) -> None:
        """Go to the list."""
        listing = self._sides[0]
        listing.display = True
        self.set_focus(listing if isinstance(listing, Pane) else listing.query_one(Pane))

    def action_other_pane(self) -> None:
        """From the list to what is beside it, and back."""
        if self.is_beside:
            self.go_to_list()
        else:
            self.go_beside()

    def action_read(self) -> None:
        """To what is beside the list."""
        if not self.is_beside:
            self.action_other_pane()

    def action_leave(self) -> None:
        """One step back: to the list, from the list out."""
        if self.is_beside:
            self.go_to_list()
        else:
            self.dismiss(None)
