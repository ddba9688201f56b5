"""The page of a group: its head, members, questions, what was learned and taught, its timeline by month.

Entries are read a page at a time and wrapped only as far as the view has come.
"""

from collections.abc import Callable, Sequence
from datetime import date

from netcrm.domain.gives import Give, say_day, why_now
from netcrm.domain.groups import LESSON_KINDS, Group, Member, Question, pulse
from netcrm.domain.rhythm import every, since, span
from netcrm.domain.timeline import Interaction
from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, cut, part, spread, width_of, wrap
from netcrm.ui.widgets.entry_lines import SIGN_ROLES, entry_lines, listed
from netcrm.ui.widgets.group_panes import pulse_parts
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.people_pane import WARMTH_ROLES

_NAMED_LEAST = 8
"""Cells of the names of members, at least."""

_WANTS_LEAST = 20
"""Cells beside a member's tags that are needed to say what they want, too."""

_HEAD_LABEL = 7
"""Cells before what a line of the head says: ``topics`` and a space."""

_AGE = 8
"""Cells beside a text: for the sign before it, and for how long ago it was."""

_NOTE_LINES = 3
"""Lines of the note that the page shows; the form has all of it."""


@dataclass(frozen=True, slots=True)
class Page:
    """All that is shown of one group.

    Attributes:
        questions: The open ones first.
        lessons: What was learned and taught, newest first.
        gives: What waits to be given to it, in the queue's order.
    """

    group: Group
    members: Sequence[Member] = ()
    questions: Sequence[Question] = ()
    lessons: Sequence[Interaction] = ()
    gives: Sequence[Give] = ()


Row = Member | Question | Interaction
"""What a row of the page is about."""

ReadPage = Callable[[Interaction | None], Sequence[Interaction]]


class GroupPane(Pane):
    """A group's page: its head, members, questions, what was learned and taught, and its timeline by month.

    A row is a member, a question or an entry; entries are read and wrapped only as far as they are seen.

    Args:
        highlighted: Called when the highlight has come to another row.
    """

    BORDER_TITLE = "The group"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="group")
        self._highlighted = highlighted
        self._page: Page | None = None
        self._empty: Sequence[Line] = ()
        self._read: ReadPage = lambda last: ()
        self._today = date.min
        self._rows: list[Row] = []
        self._fixed = 0
        self._complete = True
        self._lines: list[Line] = []
        self._owners: list[int | None] = []
        self._starts: list[int] = []
        self._names = 0

    @property
    def row(self) -> Row | None:
        """What is highlighted."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def show(self, page: Page | None, read: ReadPage, today: date, *, empty: Sequence[Line] = ()) -> None:
        """Show a group, keeping the highlight on the same row, or on what took its place.

        Args:
            page: What there is, or None when there is no group.
            read: Reads the page of entries that follows one, newest first; the first page after None.
            today: The day from which times count.
            empty: What to say when there is no group.
        """
        self._empty = empty
        same = self._page is not None and page is not None and self._page.group.id == page.group.id
        kept, was = (self._key(self.cursor), self.cursor) if same else (None, 0)
        self._page, self._read, self._today = page, read, today
        self._rows, self._complete = self._before_entries(page), page is None
        self._fixed = len(self._rows)
        if not same:
            self.top = 0
        while len(self._rows) <= was and not self._complete:
            self._read_more()
        keys = [self._key(row) for row in range(len(self._rows))]
        self.cursor = keys.index(kept) if kept in keys else max(0, min(was, len(self._rows) - 1))
        self.lay_out()
        self.keep_in_view()
        if not self.has_focus:
            self.top = 0
        self.refresh()

    def _key(self, row: int) -> tuple[type, bool, int] | None:
        """What tells a row from the others; what was learned stands both above the timeline and in it."""
        if row >= len(self._rows):
            return None
        found = self._rows[row]
        key = found.person.id if isinstance(found, Member) else found.id
        return type(found), row < self._fixed, key

    @staticmethod
    def _before_entries(page: Page | None) -> list[Row]:
        """The rows above the timeline."""
        if page is None:
            return []
        by_kind = [entry for kind in LESSON_KINDS for entry in page.lessons if entry.kind == kind]
        return [*page.members, *page.questions, *by_kind]

    # Rows

    def count(self) -> int:
        """How many rows there are; entries not read yet are counted by the store."""
        return self._fixed + (self._page.group.entries if self._page else 0)

    def moved(self) -> None:
        """Tell the screen."""
        self._highlighted()

    def go_to(self, row: int) -> None:
        """Highlight a row, read as far as it needs."""
        row = max(0, min(row, self.count() - 1))
        while row >= len(self._rows) and not self._complete:
            self._read_more()
        super().go_to(row)

    def rows_per_page(self) -> int:
        """About how many rows are seen at once."""
        return max(1, self.size.height // 2)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted row is seen, and the head with the first one."""
        height = max(1, self.size.height)
        while self.cursor >= len(self._starts) and self._wrap_next():
            pass
        if self.cursor >= len(self._starts):
            self.top = 0
            return
        start = self._starts[self.cursor]
        end = start + 1
        while end < len(self._owners) and self._owners[end] == self.cursor:
            end += 1
        if self.cursor == 0 and end <= height:
            self.top = 0
            return
        if start and self._owners[start - 1] is None:
            start -= 1
        self.top = max(min(self.top, start), min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The row drawn at a line."""
        self._wrap_to(self.top + y)
        place = self.top + y
        return self._owners[place] if place < len(self._owners) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of the head, a heading or a row."""
        place = self.top + y
        self._wrap_to(place)
        if place >= len(self._lines):
            return (), False
        owner = self._owners[place]
        return self._lines[place], owner is not None and owner == self.cursor and self.has_focus

    def reflow(self) -> None:
        """Begin again with the head; rows follow as they are seen."""
        self._lines, self._owners, self._starts = [], [], []
        if self._page is None:
            self._lines = [line for said in self._empty for line in wrap(said, max(1, self.size.width))]
            self._owners = [None] * len(self._lines)
        else:
            names = (width_of([part(member.person.name)]) for member in self._page.members)
            widest = max(_NAMED_LEAST, self.size.width * 2 // 5)
            self._names = min(max(names, default=0) + len("● "), widest)
            self._add(None, self._head(self._page.group))

    def _add(self, owner: int | None, lines: Sequence[Line]) -> None:
        self._lines += lines
        self._owners += [owner] * len(lines)

    # Reading and wrapping, as far as the view needs

    def _read_more(self) -> None:
        last = self._rows[-1] if len(self._rows) > self._fixed else None
        page = self._read(last if isinstance(last, Interaction) else None)
        self._rows += page
        self._complete = not page or len(self._rows) >= self.count()

    def _wrap_to(self, place: int) -> None:
        while place >= len(self._lines) and self._wrap_next():
            pass

    def _wrap_next(self) -> bool:
        """Wrap one more row; return whether there was one."""
        row = len(self._starts)
        if row >= len(self._rows):
            if not self._complete:
                self._read_more()
            if row >= len(self._rows):
                return False
        heading = self._heading(row)
        if heading and heading != (self._heading(row - 1) if row else ""):
            self._add(None, [(), [Part(heading, "heading")]])
        self._starts.append(len(self._lines))
        self._add(row, self._lines_of(row))
        return True

    def _heading(self, row: int) -> str:
        """What a row stands under."""
        found = self._rows[row]
        if isinstance(found, Member):
            return "Members"
        if isinstance(found, Question):
            return "Open questions" if found.open else "Settled"
        if row < self._fixed:
            return "Learned" if found.kind == "learned" else "Taught"
        return f"{found.day:%B %Y}"

    # What it says

    def _lines_of(self, row: int) -> Sequence[Line]:
        found, width = self._rows[row], max(1, self.size.width)
        if isinstance(found, Member):
            return [self._member(found, width)]
        if isinstance(found, Question):
            return self._question(found, width)
        if row < self._fixed:
            return self._lesson(found, width)
        before = self._rows[row - 1] if row > self._fixed else None
        same_day = isinstance(before, Interaction) and before.day == found.day
        return entry_lines(found, width, same_day=same_day)

    def _head(self, group: Group) -> Sequence[Line]:
        width = max(1, self.size.width)
        about = " · ".join(text for text in (group.kind, every(group.cadence or None)) if text)
        name: Line = [part(group.name, "strong")]
        beside: Line = [*name, Part("  "), part(about, "dim")]
        lines: list[Line] = [beside]
        if width_of(beside) > width:
            lines = [*wrap(name, width), *wrap([part(about, "dim")], width)]
        lines.append([*pulse_parts(pulse(group, self._today))])
        if group.archived:
            lines.append([Part("put away · x brings it back", "warm")])
        if group.link:
            lines.append([part(group.link, "tag")])
        if group.topics:
            lines += _labelled("topics", [part(", ".join(group.topics))], width)
        if group.note:
            said = wrap([part(" ".join(group.note.split()), "dim")], width)
            lines += said[:_NOTE_LINES]
        if group.next_on is not None:
            lines += [(), self._next(group.next_on, width)]
        if self._page and self._page.gives:
            lines += [(), *(self._waits(give, width) for give in self._page.gives)]
        if not group.members:
            lines += [(), [Part("a", "key"), Part(" adds who belongs to it.", "dim")]]
        return lines

    def _next(self, day: date, width: int) -> Line:
        ahead = (day - self._today).days
        when = "today" if not ahead else f"in {span(ahead)}" if ahead > 0 else ""
        left = [Part("▲ ", "warm"), Part(f"{say_day(day, self._today)} ", "warm"), Part(" next meeting")]
        if ahead < 0:
            left[-1] = Part(" was the day agreed on")
        return spread(left, [Part(f" {when}", "dim")], width) if when else left

    def _waits(self, give: Give, width: int) -> Line:
        """Something that waits to be given to the group, and why now."""
        left = [Part("✦ ", "accent"), part(give.words)]
        return spread(left, [part(f" {why_now(give, self._today)}", "dim")], width)

    def _member(self, member: Member, width: int) -> Line:
        """A member: name, and what they care about."""
        state = member.person.warmth(self._today)
        name = [Part(f"{state.dot} ", WARMTH_ROLES[state]), part(member.person.name, "strong")]
        if member.person.archived:
            return [*name, Part("  archived", "dim")]
        shown = cut(name, self._names)
        shown.append(Part(" " * (self._names - width_of(shown) + 2)))
        return [*shown, *cut(self._cares(member, width - width_of(shown)), max(0, width - width_of(shown)))]

    def _cares(self, member: Member, room: int) -> Line:
        """What a member cares about: their tags, and what they want.

        Where only one has room it is what they want, since in a group all bear its tags.
        """
        tags = part(" ".join(f"#{tag}" for tag in member.tags), "tag")
        wants = [Part("wants ", "dim"), part("; ".join(member.wants))] if member.wants else []
        if member.tags and wants:
            return [tags, Part("  "), *wants] if room - width_of([tags]) >= _WANTS_LEAST else wants
        return wants or [tags if member.tags else part(member.person.headline, "dim")]

    def _question(self, question: Question, width: int) -> Sequence[Line]:
        if question.open:
            age = since(question.asked_on, self._today)
            first, *more = wrap([part(question.text)], max(1, width - _AGE))
            head = spread([Part("? ", "accent"), *first], [Part(f" {age}", "dim")], width)
            return [head, *([Part("  "), *line] for line in more)]
        said = wrap([part(question.text, "dim")], max(1, width - 2))
        lines: list[Line] = [
            [Part("  " if place else "✓ ", "good"), *line] for place, line in enumerate(said)
        ]
        if question.answer:
            answer = wrap([Part("→ ", "dim"), part(question.answer)], max(1, width - 2))
            lines += [[Part("  "), *line] for line in answer]
        return lines

    def _lesson(self, entry: Interaction, width: int) -> Sequence[Line]:
        """What was learned or taught: a line, with whom, and when."""
        sign = Part("↓ " if entry.kind == "learned" else "↑ ", SIGN_ROLES[entry.kind])
        said = [part(" ".join(entry.text.split()))]
        if entry.people:
            said.append(part(f" ({listed([person.name for person in entry.people])})", "dim"))
        first, *more = wrap(said, max(1, width - _AGE))
        head = spread([sign, *first], [Part(f" {since(entry.day, self._today)}", "dim")], width)
        return [head, *([Part("  "), *line] for line in more)]


def _labelled(label: str, line: Line, width: int) -> Sequence[Line]:
    lines = wrap(line, max(1, width - _HEAD_LABEL))
    return [
        [Part(f"{'' if place else label:<{_HEAD_LABEL}}", "dim"), *line] for place, line in enumerate(lines)
    ]
