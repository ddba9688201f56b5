"""The Give pane: what there is to give, by when, and the week's room beneath it."""

from array import array
from collections.abc import Callable, Sequence
from datetime import date

from netcrm.domain.gives import SECTIONS, Give, Room, in_past, why_now
from netcrm.domain.queue import Queue, Read
from netcrm.domain.rhythm import ago
from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, part, spread, wrap
from netcrm.ui.widgets.marking import MarkingPane

_SECTION_ROLES = {
    "Overdue": "alert-heading",
    "Today": "warm-heading",
    "This week": "heading",
    "Later": "heading",
}

_ROOM_LINES = 2
"""Lines at the foot that the week's room takes: a gap, and the gauge."""

_QUESTION_LINES = 3
"""Lines above them that a question takes where there is height for it: a gap, the question, of what."""

_ROOMY = 14
"""Height in lines from which the question has lines of its own; below, it stands in the gap."""

_LOW = 11
"""Height in lines below which nothing is left empty, and the question waits until one is in the pane: what
there is to give today comes first."""

_WHY_LINES = 3
"""Lines that the reason of the highlighted give takes at most; that of any other takes one."""


_PAGE = 64
"""Gives read at a time; the tallest terminals show about as many."""

_READ_MOST = 8 * _PAGE
"""Gives kept at most: whoever walks through thousands has those read again that they come back to."""

_GIVE_LINES = 2
"""Lines that a give takes while it is folded: what to do, and for whom and why."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The gives under one heading, and where they stand.

    Attributes:
        name: One of `SECTIONS`.
        row: The first of them.
        count: How many there are.
        line: The line of the heading; those of the gives follow.
    """

    name: str
    row: int
    count: int
    line: int

    @property
    def end(self) -> int:
        """The line behind its last."""
        return self.line + 1 + self.count * _GIVE_LINES


class GivePane(MarkingPane):
    """The queue, in its order and under its headings, read from the store as it comes into view.

    Args:
        highlighted: Called with the give that the highlight has come to.
    """

    BORDER_TITLE = "3 Give"

    def __init__(self, highlighted: Callable[[Give], None], *, id: str = "give") -> None:
        super().__init__(id=id)
        self._highlighted = highlighted
        self._queue = Queue(array("Q"))
        self._read: Read = lambda ids: {}
        self._gives: dict[int, Give] = {}
        self._listed: frozenset[int] | None = None
        self._today = date.min
        self._room = Room(size=0, given=0, waiting=0)
        self._empty: Sequence[Line] = ()
        self._question: Give | None = None
        self._question_key = ""
        self._blocks: list[_Block] = []
        self._made: dict[int, tuple[Line, Line]] = {}
        self._why: list[Line] = []

    @property
    def give(self) -> Give | None:
        """The highlighted give."""
        return self._give(self.cursor) if self.cursor < len(self._queue) else None

    @property
    def chosen(self) -> Sequence[Give]:
        """The gives marked, else the highlighted one."""
        if self.marked:
            found = self._read(self.marked)
            return [found[give_id] for give_id in self._queue.ids if give_id in found]
        return [self.give] if self.give else []

    def show(
        self,
        queue: Queue,
        read: Read,
        room: Room,
        today: date,
        *,
        empty: Sequence[Line] = (),
        question: Give | None = None,
        key: str = "",
    ) -> None:
        """Show the queue, keeping the highlight on the same give, or on the one that took its place.

        Args:
            queue: What waits, in order.
            read: Reads some of it.
            room: The week's room.
            today: The day by which they are overdue or later.
            empty: What to say when nothing waits.
            question: What was given a while ago, of which it is asked whether it landed.
            key: The key that answers.
        """
        wanted = self._queue.ids[self.cursor] if self.cursor < len(self._queue) else None
        self._queue, self._read, self._room, self._today, self._empty = queue, read, room, today, empty
        self._listed = None
        self._gives.clear()
        place = self._place_of(wanted)
        self.cursor = max(0, min(self.cursor, len(queue) - 1)) if place is None else place
        self._question, self._question_key = question, key
        if self.marked:
            self.keep_marks(queue.ids)
        self.lay_out()
        self.keep_in_view()
        self.refresh()
        self.marks_changed()

    def highlight(self, give_id: int, *, unheard: bool = False) -> None:
        """Highlight a give, if it is in the queue.

        Args:
            give_id: Which.
            unheard: Tell nobody.
        """
        place = self._place_of(give_id)
        if place is None:
            return
        if unheard:
            self.cursor = place
            self.keep_in_view()
            self.refresh()
        else:
            self.go_to(place)

    def lists(self, give_id: int) -> bool:
        """Whether a give is shown."""
        if self._listed is None:
            self._listed = frozenset(self._queue.ids)
        return give_id in self._listed

    def _place_of(self, give_id: int | None) -> int | None:
        try:
            return self._queue.ids.index(give_id) if give_id is not None else None
        except ValueError:
            return None

    def _give(self, row: int) -> Give | None:
        """A give, read with those around it when it is first seen; None where it is gone meanwhile."""
        give_id = self._queue.ids[row]
        if give_id not in self._gives:
            if len(self._gives) > _READ_MOST:
                self._gives.clear()
                self._made.clear()
            start = max(0, row - _PAGE // 2)
            self._gives.update(self._read(self._queue.ids[start : start + _PAGE]))
        return self._gives.get(give_id)

    # Rows

    def id_at(self, row: int) -> int:
        """The id of a give."""
        return self._queue.ids[row]

    def marks_changed(self) -> None:
        """Say how many are marked, or what the week has room for."""
        if self.marked:
            self.border_subtitle = f"{len(self.marked)} marked"
        else:
            self.border_subtitle = _room_left(self._room) if self._queue else ""

    def count(self) -> int:
        """How many gives wait."""
        return len(self._queue)

    def moved(self) -> None:
        """Tell the screen which give is highlighted now."""
        if self.give:
            self._highlighted(self.give)

    def rows_per_page(self) -> int:
        """About how many gives are seen at once."""
        return max(1, self._view_height() // 2)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted give is seen, with its heading where it is the first under one."""
        if self.cursor >= len(self._queue):
            self.top = 0
            return
        self._unfold()
        start = self._start(self.cursor)
        end = start + 1 + len(self._why)
        if any(start == block.line + 1 for block in self._blocks):
            start -= 1
        height = self._view_height()
        lines = self._blocks[-1].end
        self.top = max(0, min(self.top, start, lines + len(self._why) - 1 - height))
        self.top = max(self.top, min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The give drawn at a line."""
        return self._owner(self._folded(self.top + y)) if y < self._view_height() else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A heading, a give, or the week's room."""
        if y >= self._view_height() and (self._queue or self._question):
            return self._foot(y - self._view_height()), False
        if not self._queue:
            return (self._empty[y] if y < len(self._empty) else ()), False
        place = self._folded(self.top + y)
        owner = self._owner(place)
        if owner is None:
            return self._heading(place), False
        if owner != self.cursor or not self.has_focus:
            return self._lines(owner)[place - self._start(owner)], False
        nth = self.top + y - self._start(owner)
        return (self._why[nth - 1] if nth else self._lines(owner)[0]), True

    def reflow(self) -> None:
        """Lay the queue out under its headings: only where each begins, since all else follows from that."""
        self._made.clear()
        self._blocks = []
        row = line = 0
        for name, count in zip(SECTIONS, self._queue.counts, strict=True):
            if count:
                if self._blocks and not self._is_low():
                    line += 1
                block = _Block(name, row, count, line)
                self._blocks.append(block)
                row, line = row + count, block.end
        self._unfold()

    def _start(self, row: int) -> int:
        """The first line of a give."""
        block = next(block for block in self._blocks if row < block.row + block.count)
        return block.line + 1 + (row - block.row) * _GIVE_LINES

    def _owner(self, place: int) -> int | None:
        """Whose line it is; None for a heading, a gap, and what is below the last."""
        block = next((block for block in self._blocks if place < block.end), None)
        if block is None or place <= block.line:
            return None
        return block.row + (place - block.line - 1) // _GIVE_LINES

    def _heading(self, place: int) -> Line:
        name = next((block.name for block in self._blocks if block.line == place), "")
        return [Part(name, _SECTION_ROLES[name]), Part("")] if name else ()

    def _lines(self, row: int) -> tuple[Line, Line]:
        """A give's lines, made when they are first seen."""
        if row not in self._made:
            give = self._give(row)
            if give is None:
                return (), ()
            bar = self.bar(give.id)
            why = part(f"{give.whom.name} · {why_now(give, self._today)}", "dim")
            self._made[row] = [Part("✦", "accent"), bar, part(give.words)], [Part(" "), bar, why]
        return self._made[row]

    def on_focus(self) -> None:
        """The reason of the highlighted give unfolds."""
        self._refold()

    def on_blur(self) -> None:
        """It folds again."""
        self._refold()

    def _refold(self) -> None:
        self.keep_in_view()
        self.refresh()

    def _unfold(self) -> None:
        """Wrap the reason of the highlighted give while one is in the pane.

        Its further lines are no part of the layout, so that moving on lays nothing else out again.
        """
        self._why = []
        if self.cursor < len(self._queue):
            line = self._lines(self.cursor)[1]
            self._why = [line]
            if not line:
                return
            *beside, why = line
            wrapped = wrap([why], max(1, self.size.width - len(beside)))
            if self.has_focus and len(wrapped) > 1:
                texts = ["".join(piece.text for piece in line).strip() for line in wrapped]
                texts[_WHY_LINES - 1 :] = [" ".join(texts[_WHY_LINES - 1 :])]
                self._why = [[*beside, Part(text, why.role)] for text in texts if text]

    def _folded(self, place: int) -> int:
        """The line as it would be with nothing unfolded, of a line as it is seen."""
        second = self._start(self.cursor) + 1 if self.cursor < len(self._queue) else place
        return place if place <= second else max(second, place - max(0, len(self._why) - 1))

    def _is_low(self) -> bool:
        return self.size.height < _LOW

    def _view_height(self) -> int:
        height = self.size.height
        foot = _ROOM_LINES
        if self._question and height >= _ROOMY:
            foot += _QUESTION_LINES
        elif self._is_low() and not (self._question and self.has_focus):
            foot -= 1
        return height - foot if height > 3 * _ROOM_LINES else height

    def _foot(self, y: int) -> Line:
        """A line of the foot: a question, if there is one, and the week's room."""
        lines: list[Line] = [(), self._gauge() if self._queue else ()]
        given = self._question
        if given and self.size.height >= _ROOMY:
            when = ago(given.given_on, self._today) if given.given_on else ""
            asked = spread(self._asked(), [Part(when, "dim")], max(1, self.size.width))
            what = part(f"  {given.whom.name} · {in_past(given.words)}", "dim")
            lines = [(), asked, [what], *lines]
        elif given:
            lines[0] = [*self._asked(), part(f"  {in_past(given.words)}", "dim")]
        return lines[y - (self.size.height - self._view_height())]

    def _asked(self) -> Line:
        return [Part(f"{self._question_key} ", "key"), Part("Did it land?")]

    def _gauge(self) -> Line:
        return [*gauge(self._room), Part(f" {self._room.words}", "dim")]


def gauge(room: Room) -> Line:
    """The week's room a block each: what was given, what waits, what is free."""
    return [Part(room.filled, "accent"), Part(room.taken, "accent-soft"), Part(room.free, "dim")]


def _room_left(room: Room) -> str:
    """What the week has room for still, in a few words."""
    return f"room for {room.left} more this week" if room.left else "this week is full"
