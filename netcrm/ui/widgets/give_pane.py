"""The Give pane: what there is to give, by when, and the week's room beneath it."""

from collections.abc import Callable, Sequence
from datetime import date

from netcrm.domain.gives import Give, Room, in_past, section, why_now
from netcrm.domain.rhythm import ago
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


class GivePane(MarkingPane):
    """The queue, in its order and under its headings.

    Args:
        highlighted: Called with the give that the highlight has come to.
    """

    BORDER_TITLE = "3 Give"

    def __init__(self, highlighted: Callable[[Give], None], *, id: str = "give") -> None:
        super().__init__(id=id)
        self._highlighted = highlighted
        self._gives: Sequence[Give] = ()
        self._today = date.min
        self._room = Room(size=0, given=0, waiting=0)
        self._empty: Sequence[Line] = ()
        self._question: Give | None = None
        self._question_key = ""
        self._lines: list[Line | None] = []
        self._owners: list[int | None] = []
        self._starts: list[int] = []
        self._why: list[Line] = []

    @property
    def give(self) -> Give | None:
        """The highlighted give."""
        return self._gives[self.cursor] if self.cursor < len(self._gives) else None

    @property
    def chosen(self) -> Sequence[Give]:
        """The gives marked, else the highlighted one."""
        marked = [give for give in self._gives if give.id in self.marked]
        return marked or ([self.give] if self.give else [])

    def show(
        self,
        gives: Sequence[Give],
        room: Room,
        today: date,
        *,
        empty: Sequence[Line] = (),
        question: Give | None = None,
        key: str = "",
    ) -> None:
        """Show the queue, keeping the highlight on the same give, or on the one that took its place.

        Args:
            gives: What waits, in order.
            room: The week's room.
            today: The day by which they are overdue or later.
            empty: What to say when nothing waits.
            question: What was given a while ago, of which it is asked whether it landed.
            key: The key that answers.
        """
        wanted = self.give.id if self.give else None
        self._gives, self._room, self._today, self._empty = gives, room, today, empty
        places = {give.id: place for place, give in enumerate(gives)}
        self.cursor = places.get(wanted or 0, max(0, min(self.cursor, len(gives) - 1)))
        self._question, self._question_key = question, key
        self.keep_marks(places)
        self.lay_out()
        self.keep_in_view()
        self.refresh()
        self.marks_changed()

    def first_for(self, person_id: int | None) -> int | None:
        """The id of the first give that waits for someone; none does for nobody, whom a group's are for."""
        theirs = (give.id for give in self._gives if person_id is not None and give.person_id == person_id)
        return next(theirs, None)

    def highlight(self, give_id: int, *, unheard: bool = False) -> None:
        """Highlight a give, if it is in the queue.

        Args:
            give_id: Which.
            unheard: Tell nobody.
        """
        for place, give in enumerate(self._gives):
            if give.id != give_id:
                continue
            if unheard:
                self.cursor = place
                self.keep_in_view()
                self.refresh()
            else:
                self.go_to(place)

    def lists(self, give_id: int) -> bool:
        """Whether a give is shown."""
        return any(give.id == give_id for give in self._gives)

    # Rows

    def id_at(self, row: int) -> int:
        """The id of a give."""
        return self._gives[row].id

    def marks_changed(self) -> None:
        """Say how many are marked, or what the week has room for."""
        if self.marked:
            self.border_subtitle = f"{len(self.marked)} marked"
        else:
            self.border_subtitle = _room_left(self._room) if self._gives else ""

    def count(self) -> int:
        """How many gives wait."""
        return len(self._gives)

    def moved(self) -> None:
        """Tell the screen which give is highlighted now."""
        if self.give:
            self._highlighted(self.give)

    def rows_per_page(self) -> int:
        """About how many gives are seen at once."""
        return max(1, self._view_height() // 2)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted give is seen, with its heading where it is the first under one."""
        if self.cursor >= len(self._starts):
            self.top = 0
            return
        self._unfold()
        start = self._starts[self.cursor]
        end = start + 1 + len(self._why)
        if start and self._owners[start - 1] is None:
            start -= 1
        height = self._view_height()
        self.top = max(0, min(self.top, start, len(self._lines) + len(self._why) - 1 - height))
        self.top = max(self.top, min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The give drawn at a line."""
        place = self._folded(self.top + y)
        return self._owners[place] if y < self._view_height() and place < len(self._owners) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A heading, a give, or the week's room."""
        if y >= self._view_height() and (self._gives or self._question):
            return self._foot(y - self._view_height()), False
        if not self._gives:
            return (self._empty[y] if y < len(self._empty) else ()), False
        place = self._folded(self.top + y)
        if place >= len(self._lines):
            return (), False
        owner = self._owners[place]
        if owner is None or owner != self.cursor or not self.has_focus:
            return self._line(place), False
        nth = self.top + y - self._starts[owner]
        return (self._why[nth - 1] if nth else self._line(place)), True

    def reflow(self) -> None:
        """Lay the queue out under its headings."""
        self._lines, self._owners, self._starts = [], [], []
        heading = ""
        for row, give in enumerate(self._gives):
            under = section(give, self._today)
            if under != heading:
                if heading and not self._is_low():
                    self._lines.append(())
                    self._owners.append(None)
                self._lines.append([Part(under, _SECTION_ROLES[under]), Part("")])
                self._owners.append(None)
                heading = under
            self._starts.append(len(self._lines))
            self._lines += [None, None]
            self._owners += [row, row]
        self._unfold()

    def _line(self, place: int) -> Line:
        """A line, made when it is first seen: of a queue of thousands a screen shows a dozen."""
        line = self._lines[place]
        if line is None:
            row = self._owners[place]
            assert row is not None
            give, start = self._gives[row], self._starts[row]
            why = part(f"{give.whom.name} · {why_now(give, self._today)}", "dim")
            self._lines[start] = [Part("✦", "accent"), self.bar(give.id), part(give.words)]
            self._lines[start + 1] = [Part(" "), self.bar(give.id), why]
            line = self._lines[place]
            assert line is not None
        return line

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

        Its further lines are no part of `_lines`, so that moving on lays nothing else out again.
        """
        self._why = []
        if self.cursor < len(self._starts):
            *beside, why = self._line(self._starts[self.cursor] + 1)
            self._why = [[*beside, why]]
            wrapped = wrap([why], max(1, self.size.width - len(beside)))
            if self.has_focus and len(wrapped) > 1:
                texts = ["".join(piece.text for piece in line).strip() for line in wrapped]
                texts[_WHY_LINES - 1 :] = [" ".join(texts[_WHY_LINES - 1 :])]
                self._why = [[*beside, Part(text, why.role)] for text in texts if text]

    def _folded(self, place: int) -> int:
        """The place among `_lines` of a line as it is seen."""
        second = self._starts[self.cursor] + 1 if self.cursor < len(self._starts) else place
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
        lines: list[Line] = [(), self._gauge() if self._gives else ()]
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
