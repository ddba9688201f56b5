"""The lists of the review: rows under headings, of which those can be highlighted that open something."""

from collections.abc import Callable, Sequence
from datetime import date

from textual.content import Content

from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, caption, part, spread, width_of
from netcrm.ui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Opened:
    """What is to be opened; the screen beneath does so.

    Attributes:
        person_id: A person, to be highlighted.
        entry_id: An entry of their timeline, to be highlighted in it.
        group_id: A group.
        search: A search for people, as one would type it.
        entries: A search for entries, in the timeline of everything.
        day: The day on which the review stood, to come back to.
    """

    person_id: int | None = None
    entry_id: int | None = None
    group_id: int | None = None
    search: str = ""
    entries: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list.

    Attributes:
        left: What it says; cut where there is no room.
        right: What stands at its right end.
        opens: What it opens; None for a line that is only read.
    """

    left: Line = ()
    right: Line = ()
    opens: Opened | None = None


def heading(text: str, role: str = "heading") -> Item:
    """The heading of some rows."""
    return Item([part(text, role)])


def sections(*found: Sequence[Item]) -> list[Item]:
    """Sections with an empty line between them; those that are empty are left out."""
    items: list[Item] = []
    for section in filter(None, found):
        items += [Item(), *section] if items else section
    return items


Build = Callable[[int], Sequence[Item]]
"""Makes the lines of a list for a width in cells."""


class ReviewPane(Pane):
    """A list of items.

    Args:
        title: What it holds, as its border says.
        id: Its id.
    """

    def __init__(self, title: str, *, id: str) -> None:
        super().__init__(id=id)
        self.border_title = title
        self._build: Build = lambda width: ()
        self._items: Sequence[Item] = ()
        self._rows: list[int] = []
        self._about = ""

    @property
    def opened(self) -> Opened | None:
        """What the highlighted row opens."""
        return self._items[self._rows[self.cursor]].opens if self.cursor < len(self._rows) else None

    def show(self, build: Build, *, title: str = "", about: str = "", first: bool = False) -> None:
        """Show other items, keeping the highlight on what it was on.

        Args:
            build: Makes them.
            title: What they are; as before, when empty.
            about: What the lower border says while the list has no highlight.
            first: Highlight the first.
        """
        wanted = None if first else self.opened
        self._build, self._about = build, about
        if title:
            self.say_above(title)
        self.lay_out()
        places = [place for place, row in enumerate(self._rows) if self._items[row].opens == wanted]
        here = [place for place in places if place == self.cursor] or places or [self.cursor]
        self.cursor = 0 if first else max(0, min(here[0], len(self._rows) - 1))
        if first or not self.has_focus:
            self.top = 0
        self.keep_in_view()
        self._say_where()
        self.refresh()

    # Rows

    def count(self) -> int:
        """How many rows can be highlighted."""
        return len(self._rows)

    def go_to(self, row: int) -> None:
        """Highlight a row."""
        super().go_to(row)
        self._say_where()

    def on_focus(self) -> None:
        """Say which row is highlighted."""
        self.keep_in_view()
        self._say_where()

    def on_blur(self) -> None:
        """Begin again at the top."""
        self._say_where()
        self.refresh()

    def rows_per_page(self) -> int:
        """About how many rows are seen at once."""
        return max(1, self.size.height - 2)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted row is seen, with its heading, and what ends the list."""
        height, lines = max(1, self.size.height), len(self._items)
        if not self.has_focus or not self._rows:
            self.top = max(0, min(self.top, lines - height))
            return
        row = self._rows[self.cursor]
        start, end = row, row + 1
        while start and self._items[start - 1].opens is None and row - start < 2:
            start -= 1
        if self.cursor == 0:
            start = 0 if row < height else start
        if self.cursor == len(self._rows) - 1:
            end = lines if lines - start <= height else end
        self.top = max(0, min(self.top, start, lines - height))
        self.top = max(self.top, min(start, end - height), row + 1 - height)

    def row_at(self, y: int) -> int | None:
        """The row drawn at a line."""
        place = self.top + y
        return self._rows.index(place) if place in self._rows else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line, and whether it is the highlighted row; there is a highlight only where the focus is."""
        place = self.top + y
        if place >= len(self._items):
            return (), False
        item, width = self._items[place], max(1, self.size.width)
        line = spread(item.left, [Part(" "), *item.right], width) if item.right else item.left
        if item.right and width_of(item.right) > width * 2 // 3:
            line = item.left
        chosen = self.has_focus and self.cursor < len(self._rows) and self._rows[self.cursor] == place
        return line, chosen

    def reflow(self) -> None:
        """Make the items anew for the width."""
        self._items = self._build(max(1, self.size.width))
        self._rows = [place for place, item in enumerate(self._items) if item.opens is not None]

    def _say_where(self) -> None:
        if self.has_focus and self._rows:
            self.border_subtitle = f"{self.cursor + 1} of {len(self._rows)}"
        else:
            self.border_subtitle = Content(caption(self._about))
