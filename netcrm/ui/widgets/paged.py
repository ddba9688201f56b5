"""Panes that show entries by month: a window onto a timeline, read and wrapped only as it is seen.

What is held of it is a run of entries that grows at the end to which one moves. From the newest to the oldest
one comes without what lies between: then a new run begins at the other end. So every key costs the same,
however long the timeline is and wherever in it one stands.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Generic, NamedTuple, TypeVar

from netcrm.domain.timeline import Interaction
from netcrm.store.timeline import PAGE, Cursor
from netcrm.ui.ink import Line, Part
from netcrm.ui.widgets.pane import Pane

Read = Callable[[Cursor | None, bool], Sequence[Interaction]]
"""Reads `PAGE` entries behind a place, or from the end: newest first, or, when true, oldest first."""

Find = Callable[[int], Interaction | None]
"""Reads an entry of the timeline by its id; None where it has none of that id."""

Fixed = TypeVar("Fixed")
"""A row that stands above all entries."""


class _Block(NamedTuple):
    """A row as it is drawn: the lines above it that belong to no row, how many they are, and its own."""

    lines: Sequence[Line]
    above: int


class Held(NamedTuple, Generic[Fixed]):
    """What is highlighted, and where, so that it can be found again after all has been read anew.

    Attributes:
        row: What.
        place: The how manieth of the rows that are held.
        fixed: Whether it stands above the entries.
        line: The line of the view at which it begins, with what stands above it; None where the view begins
            with the beginning, which is to stay so.
    """

    row: Fixed | Interaction
    place: int
    fixed: bool
    line: int | None


class PagedPane(Pane, Generic[Fixed]):
    """Entries, newest first, by month; above them may stand a head and some rows of another kind.

    A subclass says what stands above (`head`, `fixed_rows`), what each row stands under (`heading`) and how
    it is drawn (`lines_of`); it fills itself with `refill`. The view is anchored at a line of a row, since
    which line of the whole that is nobody knows.
    """

    LEAD: ClassVar[int] = 0
    """Lines above a row that are to be seen with it, if there are so many: its heading, and the blank."""

    TRIMMED: ClassVar[bool] = False
    """Whether a view that begins with the blank above a heading begins with the heading instead."""

    BESIDE: ClassVar[bool] = True
    """Whether it stands beside a list: without the focus it begins with the head, and nothing is marked."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._read: Read = lambda after, oldest_first: ()
        self._find: Find = lambda entry_id: None
        self._rows: list[Fixed | Interaction] = []
        self._fixed = 0
        self._at_newest = self._at_oldest = True
        self._top_row = 0
        self._blocks: list[_Block | None] = []
        self._seen: list[tuple[Line, int | None]] | None = None
        self._away: Held[Fixed] | None = None

    @property
    def row(self) -> Fixed | Interaction | None:
        """What is highlighted."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    @property
    def entry(self) -> Interaction | None:
        """The highlighted entry."""
        row = self.row
        return row if isinstance(row, Interaction) else None

    # What a subclass says

    def head(self) -> Sequence[Line]:
        """The lines above all rows; or what to say when there are none."""
        return ()

    def fixed_rows(self) -> Sequence[Fixed]:
        """The rows above the entries."""
        return ()

    def key_of(self, row: Fixed | Interaction) -> object:
        """What tells a row above the entries from the others."""
        return row

    def heading(self, place: int) -> str:
        """What a row stands under; it is said above the first of those under it."""
        row = self._rows[place]
        return f"{row.day:%B %Y}" if isinstance(row, Interaction) else ""

    def lines_of(self, place: int) -> Sequence[Line]:
        """A row as it is drawn, at least one line."""
        raise NotImplementedError

    # Filling

    def held(self) -> Held[Fixed] | None:
        """What is highlighted, for `refill`."""
        if self._away is not None or not self._rows:
            return self._away
        begins = self._at_newest and not self._top_row and not self.top
        line = None if begins else self._line_of_cursor()
        return Held(self._rows[self.cursor], self.cursor, self.cursor < self._fixed, line)

    def refill(self, held: Held[Fixed] | None) -> None:
        """Read again what is shown.

        Args:
            held: What to highlight, wherever it stands now, or what took its place; None for the first.
        """
        self._away = None
        self.lay_out()
        if held is not None and not held.fixed and isinstance(held.row, Interaction):
            self._keep(held.row)
        else:
            self._begin()
            self.cursor = self._place_of(held) if held is not None else 0
        if held is not None and held.line is not None:
            self._read_above()
            self._look_at(self.cursor, held.line)
        if self.BESIDE and not self.has_focus:
            self._rest()
        else:
            self.keep_in_view()
        self.redraw()

    def highlight(self, entry_id: int) -> None:
        """Highlight an entry, wherever it is; nothing where the timeline has none of that id."""
        self._away = None
        for place in range(self._fixed, len(self._rows)):
            row = self._rows[place]
            if isinstance(row, Interaction) and row.id == entry_id:
                self.go_to(place)
                return
        found = self._find(entry_id)
        if found is not None:
            was = self.entry
            self._around(found)
            newer = was is not None and (found.day, found.id) > (was.day, was.id)
            self._top_row = self.cursor if newer else 0
            self._jumped()

    def on_focus(self) -> None:
        """Show what is highlighted, unless it is the first: without the focus one saw the head."""
        held, self._away = self._away, None
        if held is not None and isinstance(held.row, Interaction):
            self._keep(held.row)
        if self.BESIDE and self.cursor:
            self.keep_in_view()
            self.refresh()

    # Rows

    def count(self) -> int:
        """How many rows are held."""
        return len(self._rows)

    def go_to(self, row: int) -> None:
        """Highlight a row, read as far as it needs; a row before the first is one that is newer."""
        self._away = None
        while row < 1 and not self._at_newest:
            row += self._read_newer()
        while row >= len(self._rows) and self._read_older():
            pass
        super().go_to(row)

    def action_first(self) -> None:
        """Highlight the first."""
        if self._at_newest:
            self.go_to(0)
        else:
            self._begin()
            self._top_row = len(self._rows) - 1  # one comes from below
            self._jumped()

    def action_last(self) -> None:
        """Highlight the oldest, without reading what lies between."""
        if self._at_oldest:
            self.go_to(len(self._rows) - 1)
        else:
            page = self._read(None, True)
            self._hold(reversed(page), at_newest=len(page) < PAGE, at_oldest=True)
            self.cursor = max(0, len(self._rows) - 1)
            self._jumped()

    def rows_per_page(self) -> int:
        """About how many rows are seen at once."""
        return max(1, self.size.height // 2)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted row is seen, with the head above the first when there is room."""
        self._seen = None
        if not self._rows:
            self._top_row = self.top = 0
            return
        height = max(1, self.size.height)
        self._read_above()
        block = self._block(self.cursor)
        start = block.above - min(block.above, self.LEAD)
        self.top = min(self.top, len(self._block(self._top_row).lines) - 1)
        whole = len(block.lines) - start
        if self.cursor == 0 and self._at_newest and block.above < height:
            self._top_row = self.top = 0
        elif (self.cursor, start) <= (self._top_row, self.top) or whole >= height:
            self._top_row, self.top = self.cursor, start
        else:
            row, used = self.cursor, len(block.lines)
            while used < height and row > self._top_row:
                row -= 1
                used += len(self._block(row).lines)
            if row != self._top_row or used - self.top > height:
                self._top_row, self.top = row, used - height
        missing = height - len(self._lines_seen())
        if missing > 0:  # behind the oldest: rather show what is above
            self._look_at(self._top_row, missing - self.top)
            self._seen = None

    def row_at(self, y: int) -> int | None:
        """The row drawn at a line."""
        lines = self._lines_seen()
        return lines[y][1] if y < len(lines) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of the head, a heading or a row."""
        lines = self._lines_seen()
        if y >= len(lines):
            return (), False
        line, row = lines[y]
        return line, row is not None and row == self.cursor and (self.has_focus or not self.BESIDE)

    def reflow(self) -> None:
        """Wrap again, as far as it is seen."""
        self._blocks = [None] * len(self._rows)
        self._seen = None

    # Reading, as far as the view needs

    def _hold(self, entries: Iterable[Interaction], *, at_newest: bool, at_oldest: bool) -> None:
        """Begin a new run."""
        fixed = self.fixed_rows() if at_newest else ()
        self._rows, self._fixed = [*fixed, *entries], len(fixed)
        self._at_newest, self._at_oldest = at_newest, at_oldest
        self.cursor = self._top_row = self.top = 0
        self.reflow()

    def _begin(self) -> None:
        """Hold the newest."""
        page = self._read(None, False)
        self._hold(page, at_newest=True, at_oldest=len(page) < PAGE)

    def _place_of(self, held: Held[Fixed]) -> int:
        """Where a row above the entries stands now, or what took its place."""
        kept = type(held.row), self.key_of(held.row)
        keys = [(type(row), self.key_of(row)) for row in self._rows[: self._fixed]]
        return keys.index(kept) if kept in keys else max(0, min(held.place, len(self._rows) - 1))

    def _around(self, entry: Interaction) -> None:
        """Hold what is about an entry, and highlight it, or what comes after where it was."""
        newer = self._read(Cursor(entry.day, entry.id), True)
        # Just before it, so that it is read again itself.
        older = self._read(Cursor(entry.day, entry.id + 1), False)
        self._hold([*reversed(newer), *older], at_newest=len(newer) < PAGE, at_oldest=len(older) < PAGE)
        self.cursor = max(0, min(self._fixed + len(newer), len(self._rows) - 1))

    def _keep(self, entry: Interaction) -> None:
        """Hold what is about an entry, which may be of another day by now, or have gone."""
        self._around(entry)
        if self.entry is None or self.entry.id != entry.id:
            again = self._find(entry.id)
            if again is not None:
                self._around(again)

    def _read_older(self) -> bool:
        """Read the page that follows; return whether there was more."""
        last = self._rows[-1] if self._rows else None
        if self._at_oldest or not isinstance(last, Interaction):
            return False
        page = self._read(Cursor(last.day, last.id), False)
        self._rows += page
        self._blocks += [None] * len(page)
        self._at_oldest = len(page) < PAGE
        return bool(page)

    def _read_newer(self) -> int:
        """Read the page before; return how many rows that gives, by which all places move."""
        first = self._rows[0]
        assert isinstance(first, Interaction)
        page = self._read(Cursor(first.day, first.id), True)
        self._at_newest = len(page) < PAGE
        fixed = self.fixed_rows() if self._at_newest else ()
        self._fixed = len(fixed)
        rows: list[Fixed | Interaction] = [*fixed, *reversed(page)]
        self._rows[:0] = rows
        # The first of those that were there may begin no month after all.
        self._blocks[:1] = [None] * (len(rows) + 1)
        self._seen = None
        self.cursor += len(rows)
        self._top_row += len(rows)
        return len(rows)

    def _read_above(self) -> None:
        """Read what may be seen above the highlight; of the first it must be known if it begins a month."""
        while self.cursor < max(1, self.size.height) and not self._at_newest:
            self._read_newer()

    # Laying out what is seen

    def _rest(self) -> None:
        """Begin the view with the head; one comes back to what is highlighted with the focus."""
        if not self._at_newest and self._rows:
            self._away = Held(self._rows[self.cursor], self.cursor, False, None)
            self._begin()
        self._top_row = self.top = 0
        self._seen = None

    def _line_of_cursor(self) -> int:
        """The line of the view at which the highlighted row begins, with what stands above it."""
        return sum(len(self._block(row).lines) for row in range(self._top_row, self.cursor)) - self.top

    def _look_at(self, row: int, line: int) -> None:
        """Let a row begin at a line of the view, as far as there are rows above it."""
        while row and line > 0:
            row -= 1
            line -= len(self._block(row).lines)
        self._top_row, self.top = row, max(0, -line)

    def _jumped(self) -> None:
        self.keep_in_view()
        self.redraw()
        self.moved()

    def _lines_seen(self) -> Sequence[tuple[Line, int | None]]:
        """The lines of the view, each with the row that it belongs to."""
        if self._seen is None:
            height = max(1, self._laid_out.height)
            lines: list[tuple[Line, int | None]] = []
            if not self._rows:
                lines = [(line, None) for line in self.head()]
            row = self._top_row
            while len(lines) <= height + self.top and (row < len(self._rows) or self._read_older()):
                block = self._block(row)
                lines += [(line, None if y < block.above else row) for y, line in enumerate(block.lines)]
                row += 1
            blank = self.TRIMMED and self._top_row and not self.top and not lines[0][0]
            first = self.top + bool(blank)
            self._seen = lines[first : first + height]
        return self._seen

    def _block(self, place: int) -> _Block:
        block = self._blocks[place]
        if block is None:
            lines = [] if place or not self._at_newest else [*self.head()]
            heading = self.heading(place)
            if heading and not (place and heading == self.heading(place - 1)):
                lines += [()] if lines or place else []
                lines.append([Part(heading, "heading")])
            above = len(lines)
            block = self._blocks[place] = _Block([*lines, *self.lines_of(place)], above)
        return block

    def _is_of_the_same_day(self, place: int) -> bool:
        """Whether an entry is of the same day as the one above it."""
        entry, above = self._rows[place], self._rows[place - 1] if place > self._fixed else None
        return isinstance(entry, Interaction) and isinstance(above, Interaction) and above.day == entry.day
