"""The People pane: two lines a person, read from the store as they come into view."""

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from netcrm.domain.people import PersonLine
from netcrm.domain.rhythm import Warmth, since
from netcrm.ui.ink import Line, Part, part, spread
from netcrm.ui.widgets.marking import MarkingPane

ROWS = 2
"""Lines a person takes: the name, and what they do."""

WARMTH_ROLES = {
    Warmth.IN_RHYTHM: "good",
    Warmth.RIPE: "warm",
    Warmth.DRIFTING: "alert",
    Warmth.NONE: "dim",
}


class PeoplePane(MarkingPane):
    """Everyone, or those a search has found.

    Args:
        highlighted: Called with a person's id as soon as they are highlighted, and None when nobody is. A
            call and not a message, so that their timeline is drawn in the same frame as the highlight.
    """

    BORDER_TITLE = "1 People"

    def __init__(self, highlighted: Callable[[int | None], None], *, id: str = "people") -> None:
        super().__init__(id=id)
        self._highlighted = highlighted
        self._ids: array[int] = array("Q")
        self._lines: dict[int, PersonLine] = {}
        self._rows: dict[int, tuple[Line, Line]] = {}
        self._read: Callable[[Sequence[int]], Mapping[int, PersonLine]] = lambda ids: {}
        self._today = date.min
        self._empty: Sequence[Line] = ()
        self._order = ""
        self._rest: Callable[[], array[int]] | None = None
        self._total: int | None = None

    @property
    def person_id(self) -> int | None:
        """Who is highlighted."""
        return self._ids[self.cursor] if self.cursor < len(self._ids) else None

    @property
    def person(self) -> PersonLine | None:
        """What the highlighted row shows."""
        return self._line(self.cursor) if self.cursor < len(self._ids) else None

    def show(
        self,
        ids: "array[int]",
        read: Callable[[Sequence[int]], Mapping[int, PersonLine]],
        today: date,
        *,
        order: str,
        empty: Sequence[Line] = (),
        keep: int | None = None,
        rest: "Callable[[], array[int]] | None" = None,
        later: Callable[[], None] | None = None,
        total: int | None = None,
    ) -> None:
        """Show people, keeping the highlight on the same person where they are still among them.

        Args:
            ids: The people, in order.
            read: Reads what the list shows of some of them.
            today: The day from which the time since the last contact counts.
            order: The order in words, for the lower border.
            empty: What to say when there is nobody.
            keep: Whom to highlight; the one highlighted now, when None.
            rest: Reads all of them, where these are only the first: when the first are on the screen, or when
                somebody asks for more.
            later: Called instead a moment later: it has all read aside, for `complete`.
            total: How many there are then, where that is known already.
        """
        wanted = self.person_id if keep is None else keep
        self._ids, self._read, self._today = ids, read, today
        self._order, self._empty = order, empty
        self._rest, self._total = rest, total
        self._lines.clear()
        self._rows.clear()
        self.cursor = self._place_of(wanted)
        self.keep_in_view()
        self.redraw()
        self._say_where()
        self._highlighted(self.person_id)
        self._read_ahead()
        if rest is not None and later is not None:
            self.soon(later)
        elif rest is not None:
            self.call_after_refresh(self._read_the_rest)

    @property
    def lacks_some(self) -> bool:
        """Whether only the first are there so far."""
        return self._rest is not None

    def complete(self, ids: "array[int]") -> None:
        """Show all, where only the first were shown: those stay where they are."""
        if self._rest is not None:
            self._rest = None
            self._ids = ids
            self._say_where()

    def _read_the_rest(self) -> None:
        if self._rest is not None:
            self.complete(self._rest())

    def lists(self, person_id: int) -> bool:
        """Whether a person is in the list."""
        self._read_the_rest()
        return person_id in self._ids

    def first_of(self, people: Collection[int]) -> int | None:
        """The first in the list who is one of these; None where not all of them are in it."""
        self._read_the_rest()
        wanted = set(people)
        found = [person_id for person_id in self._ids if person_id in wanted]
        return found[0] if found and len(found) == len(wanted) else None

    def highlight(self, person_id: int) -> None:
        """Highlight a person, if they are in the list."""
        self._read_the_rest()
        if person_id in self._ids:
            self.go_to(self._ids.index(person_id))

    # Rows

    def count(self) -> int:
        """How many people are listed, as far as they are read."""
        return len(self._ids)

    def go_to(self, row: int) -> None:
        """Highlight a row, the nearest there is; all are read where it is none of the first."""
        if row + self.rows_per_page() >= len(self._ids):
            self._read_the_rest()
        super().go_to(row)

    def action_last(self) -> None:
        """Highlight the last of all."""
        self._read_the_rest()
        super().action_last()

    def id_at(self, row: int) -> int:
        """Whose row it is."""
        return self._ids[row]

    def marks_changed(self) -> None:
        """Say how many are marked."""
        self._say_where()

    def moved(self) -> None:
        """Tell the screen who is highlighted now."""
        self._say_where()
        self._highlighted(self.person_id)
        self._read_ahead()

    def rows_per_page(self) -> int:
        """How many people are seen at once."""
        return max(1, self.size.height // ROWS)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted person is seen."""
        seen = self.rows_per_page()
        self.top = max(0, min(self.top, self.cursor, len(self._ids) - seen))
        self.top = max(self.top, self.cursor - seen + 1)

    def row_at(self, y: int) -> int | None:
        """The person drawn at a line."""
        row = self.top + y // ROWS
        return row if 0 <= row < len(self._ids) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """The name, or what they do."""
        if not self._ids:
            return (self._empty[y] if y < len(self._empty) else ()), False
        row = self.row_at(y)
        if row is None:
            return (), False
        person = self._line(row)
        highlighted = row == self.cursor
        if person is None:
            return (), highlighted
        lines = self._rows.get(person.id)
        if lines is None:
            lines = self._rows[person.id] = self._first_line(person), self._second_line(person)
        return lines[y % ROWS], highlighted

    def reflow(self) -> None:
        """Forget the lines: the width may be another, or who is marked."""
        self._rows.clear()

    def _first_line(self, person: PersonLine) -> Line:
        state = person.warmth(self._today)
        gives = f"✦{person.gives_waiting}" if person.gives_waiting else ""
        left = [Part(state.dot, WARMTH_ROLES[state]), self.bar(person.id), part(person.name, "strong")]
        right = [Part(gives, "accent"), Part(f"{since(person.last_on, self._today):>5}", "dim")]
        return spread(left, right, self._laid_out.width)

    def _second_line(self, person: PersonLine) -> Line:
        return [Part(" "), self.bar(person.id), part(person.headline, "dim")]

    def _line(self, row: int) -> PersonLine | None:
        person_id = self._ids[row]
        if person_id not in self._lines:
            seen = self._rows_seen()
            start = self.top if self.top <= row < self.top + seen else row
            self._read_lines(self._ids[start : start + seen])
        return self._lines.get(person_id)

    def _rows_seen(self) -> int:
        """How many people are seen at once, with one of whom only the first line is."""
        return max(1, -(-self.size.height // ROWS))

    def _read_ahead(self) -> None:
        """Read the page below, once this one is painted, where the next step down would have to read.

        In a large book each person is somewhere else in the file.
        """
        below = self.top + self._rows_seen()
        if below < len(self._ids) and self._ids[below] not in self._lines:
            self.soon(self._read_page_below)

    def _read_page_below(self) -> None:
        seen = self._rows_seen()
        self._read_lines(self._ids[self.top + seen : self.top + 2 * seen])

    def _read_lines(self, ids: "array[int]") -> None:
        unread = [one for one in ids if one not in self._lines]
        if unread:
            self._lines.update(self._read(unread))

    def _place_of(self, person_id: int | None) -> int:
        if person_id is None:
            return 0
        try:
            return self._ids.index(person_id)
        except ValueError:
            return max(0, min(self.cursor, len(self._ids) - 1))

    def _say_where(self) -> None:
        total = len(self._ids) if self._rest is None else self._total
        if total is None:
            self.say_below(f"{self._order} · {self.cursor + 1} of …")
            return
        said = f"{len(self.marked)} marked" if self.marked else self._order
        self.say_below(f"{said} · {self.cursor + 1} of {total}" if total else "")
