"""The pane of the timeline of everything: a window onto it, read and wrapped as it is seen.

What is held of it is a run of entries that grows at the end to which one moves. From the newest to the oldest
one comes without what lies between: then a new run begins at the other end.
"""

from collections.abc import Callable, Mapping, Sequence

from netcrm.domain.timeline import Interaction
from netcrm.store.everything import ENTRIES
from netcrm.store.timeline import Cursor
from netcrm.ui.ink import Line, Part
from netcrm.ui.widgets.entry_lines import entry_lines
from netcrm.ui.widgets.pane import Pane

Read = Callable[[Cursor | None, bool], Sequence[Interaction]]
"""Reads a page behind a place, or from the end: newest first, or, when true, oldest first."""


class EverythingPane(Pane):
    """Entries of everybody, newest first, by month. A row is an entry."""

    BORDER_TITLE = "Everything"

    def __init__(self, moved: Callable[[], None], *, id: str = "everything") -> None:
        super().__init__(id=id)
        self._moved = moved
        self._read: Read = lambda after, oldest_first: ()
        self._groups: Mapping[int, str] = {}
        self._empty: Sequence[Line] = ()
        self._entries: list[Interaction] = []
        self._at_newest = self._at_oldest = True
        self._top_row = 0
        self._blocks: dict[int, Sequence[Line]] = {}
        self._seen: list[tuple[Line, int | None]] | None = None

    @property
    def entry(self) -> Interaction | None:
        """The highlighted entry."""
        return self._entries[self.cursor] if self.cursor < len(self._entries) else None

    def show(
        self,
        read: Read,
        groups: Mapping[int, str],
        *,
        around: Interaction | None = None,
        centred: bool = False,
        empty: Sequence[Line] = (),
    ) -> None:
        """Show entries.

        Args:
            read: Reads them.
            groups: The names of all groups, by their ids.
            around: The entry to highlight, or where it was, if it is no longer there; None for the newest.
            centred: Whether that stands in the midst of the view, rather than where the highlight was.
            empty: What to say when there are none.
        """
        at = self.size.height // 3 if centred else self._line_of_cursor()
        self._read, self._groups, self._empty = read, groups, empty
        self.lay_out()
        if around is None:
            self._begin()
        else:
            newer = read(Cursor(around.day, around.id), True)
            # Just before it, so that it is read again itself.
            older = read(Cursor(around.day, around.id + 1), False)
            self._entries = [*reversed(newer), *older]
            self._at_newest, self._at_oldest = len(newer) < ENTRIES, len(older) < ENTRIES
            self.cursor = max(0, min(len(newer), len(self._entries) - 1))
            self._look_at(self.cursor, at)
        self.keep_in_view()
        self.refresh()

    def say_count(self, count: int | None) -> None:
        """Say how many there are, once that is known."""
        said = "…" if count is None else f"{count:,}".replace(",", "\u2009")
        self.border_subtitle = f"{said} {'entry' if count == 1 else 'entries'}" if count != 0 else ""

    # Rows

    def count(self) -> int:
        """How many entries are held."""
        return len(self._entries)

    def moved(self) -> None:
        """Tell that another entry is highlighted."""
        self._moved()

    def go_to(self, row: int) -> None:
        """Highlight an entry, read as far as it needs; a row before the first is one that is newer."""
        while row < 1 and not self._at_newest:
            row += self._read_newer()
        while row >= len(self._entries) and self._read_older():
            pass
        super().go_to(row)

    def action_first(self) -> None:
        """Highlight the newest."""
        if self._at_newest:
            self.go_to(0)
        else:
            self._begin()
            self._jumped()

    def action_last(self) -> None:
        """Highlight the oldest, without reading what lies between."""
        if not self._at_oldest:
            page = self._read(None, True)
            self._entries = list(reversed(page))
            self._at_newest, self._at_oldest = len(page) < ENTRIES, True
            self.cursor = max(0, len(page) - 1)
            self._top_row = self.top = 0
            self._jumped()
        else:
            self.go_to(len(self._entries) - 1)

    def rows_per_page(self) -> int:
        """How many entries are seen at once."""
        rows = {row for _, row in self._lines_seen() if row is not None}
        return max(1, len(rows) - 1)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted entry is seen, with its month when there is room."""
        self._seen = None
        if not self._entries:
            self._top_row = self.top = 0
            return
        height = max(1, self.size.height)
        # So many above it may be seen; and of the first of all it must be known whether it begins a month.
        while self.cursor < height and not self._at_newest:
            self._read_newer()
        whole = len(self._block(self.cursor))
        if self.cursor <= self._top_row or whole > height:
            self._top_row, self.top = self.cursor, 0
        else:
            row, used = self.cursor, whole
            while used < height and row > self._top_row:
                row -= 1
                used += len(self._block(row))
            if row != self._top_row or used - self.top > height:
                self._top_row, self.top = row, used - height
        missing = height - len(self._lines_seen())
        if missing > 0:  # behind the oldest: rather show what is above
            self._look_at(self._top_row, missing - self.top)
            self._seen = None

    def row_at(self, y: int) -> int | None:
        """The entry drawn at a line."""
        lines = self._lines_seen()
        return lines[y][1] if y < len(lines) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A month or a line of an entry."""
        if not self._entries:
            return (self._empty[y] if y < len(self._empty) else ()), False
        lines = self._lines_seen()
        if y >= len(lines):
            return (), False
        line, row = lines[y]
        return line, row == self.cursor

    def reflow(self) -> None:
        """Wrap again, as far as it is seen."""
        self._forget()

    # Reading, as far as the view needs

    def _begin(self) -> None:
        """Begin again with the newest."""
        page = self._read(None, False)
        self._entries = list(page)
        self._at_newest, self._at_oldest = True, len(page) < ENTRIES
        self.cursor = self._top_row = self.top = 0

    def _read_older(self) -> bool:
        """Read the page that follows; return whether there was more."""
        if self._at_oldest or not self._entries:
            return False
        last = self._entries[-1]
        page = self._read(Cursor(last.day, last.id), False)
        self._entries += page
        self._at_oldest = len(page) < ENTRIES
        return bool(page)

    def _read_newer(self) -> int:
        """Read the page before; return how many entries it has, by which all places move."""
        first = self._entries[0]
        page = self._read(Cursor(first.day, first.id), True)
        self._entries[:0] = reversed(page)
        self._at_newest = len(page) < ENTRIES
        self.cursor += len(page)
        self._top_row += len(page)
        self._forget()  # The first of those that were there may begin no month after all.
        return len(page)

    # Laying out what is seen

    def _line_of_cursor(self) -> int:
        """The line of the view at which the highlighted entry begins, its month above it."""
        return sum(len(self._block(row)) for row in range(self._top_row, self.cursor)) - self.top

    def _look_at(self, row: int, line: int) -> None:
        """Let an entry begin at a line of the view, as far as there are entries above it."""
        while row and line > 0:
            row -= 1
            line -= len(self._block(row))
        self._top_row, self.top = row, max(0, -line)

    def _jumped(self) -> None:
        self._forget()
        self.keep_in_view()
        self.refresh()
        self.moved()

    def _forget(self) -> None:
        self._blocks.clear()
        self._seen = None

    def _lines_seen(self) -> Sequence[tuple[Line, int | None]]:
        """The lines of the view, each with the entry that it belongs to."""
        height = max(1, self.size.height)
        if self._seen is None:
            lines: list[tuple[Line, int | None]] = []
            row = self._top_row
            while len(lines) <= height + self.top and (row < len(self._entries) or self._read_older()):
                block = self._block(row)
                months = _months_of(block, self._entries[row], self._before(row))
                lines += [(line, None if place < months else row) for place, line in enumerate(block)]
                row += 1
            # The blank above a month is not needed where the view begins with it.
            first = self.top + (bool(self._top_row) and not self.top and not lines[0][0])
            self._seen = lines[first : first + height]
        return self._seen

    def _before(self, row: int) -> Interaction | None:
        return self._entries[row - 1] if row else None

    def _block(self, row: int) -> Sequence[Line]:
        """An entry as it is drawn, with its month above where that begins."""
        entry, before = self._entries[row], self._before(row)
        block = self._blocks.get(entry.id)
        if block is None:
            lines: list[Line] = []
            if _begins_month(entry, before):
                lines = [*([()] if before else []), [Part(f"{entry.day:%B %Y}", "heading")]]
            lines += entry_lines(
                entry,
                max(1, self.size.width),
                same_day=before is not None and before.day == entry.day,
                group=self._groups.get(entry.group_id or 0, ""),
                names_first=True,
            )
            block = self._blocks[entry.id] = lines
        return block


def _begins_month(entry: Interaction, before: Interaction | None) -> bool:
    return before is None or (before.day.year, before.day.month) != (entry.day.year, entry.day.month)


def _months_of(block: Sequence[Line], entry: Interaction, before: Interaction | None) -> int:
    """How many lines of a block are its month's."""
    return (1 + (before is not None)) * _begins_month(entry, before)
