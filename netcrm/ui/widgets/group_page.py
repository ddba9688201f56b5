"""The page of a group: its head, members, questions, what was learned and taught, its timeline by month."""

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
from netcrm.ui.widgets.paged import Find, PagedPane, Read
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


class GroupPane(PagedPane[Row]):
    """A group's page: its head, members, questions, what was learned and taught, and its timeline by month.

    A row is a member, a question or an entry.

    Args:
        highlighted: Called when the highlight has come to another row.
    """

    BORDER_TITLE = "The group"

    LEAD = 1

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="group")
        self._highlighted = highlighted
        self._page: Page | None = None
        self._empty: Sequence[Line] = ()
        self._today = date.min
        self._names = 0

    def show(
        self,
        page: Page | None,
        read: Read,
        today: date,
        *,
        find: Find = lambda entry_id: None,
        empty: Sequence[Line] = (),
    ) -> None:
        """Show a group, keeping the highlight on the same row, or on what took its place.

        Args:
            page: What there is, or None when there is no group.
            read: Reads a page of its timeline.
            today: The day from which times count.
            find: Reads an entry of its timeline.
            empty: What to say when there is no group.
        """
        same = self._page is not None and page is not None and self._page.group.id == page.group.id
        held = self.held() if same else None
        self._page, self._read, self._find, self._today, self._empty = page, read, find, today, empty
        self.refill(held)

    def moved(self) -> None:
        """Tell the screen."""
        self._highlighted()

    def fixed_rows(self) -> Sequence[Row]:
        """The members, the questions, what was learned and what was taught."""
        page = self._page
        if page is None:
            return ()
        by_kind = [entry for kind in LESSON_KINDS for entry in page.lessons if entry.kind == kind]
        return [*page.members, *page.questions, *by_kind]

    def key_of(self, row: Row) -> object:
        """A member is told by who it is, all else by its own id."""
        return row.person.id if isinstance(row, Member) else row.id

    def head(self) -> Sequence[Line]:
        """What the group is; what to say when there is none."""
        if self._page is None:
            return [line for said in self._empty for line in wrap(said, max(1, self.size.width))]
        return self._head(self._page.group)

    def heading(self, place: int) -> str:
        """What a row stands under."""
        found = self._rows[place]
        if isinstance(found, Member):
            return "Members"
        if isinstance(found, Question):
            return "Open questions" if found.open else "Settled"
        if place < self._fixed:
            return "Learned" if found.kind == "learned" else "Taught"
        return super().heading(place)

    def reflow(self) -> None:
        """Measure the names, too."""
        super().reflow()
        members = self._page.members if self._page else ()
        names = (width_of([part(member.person.name)]) for member in members)
        widest = max(_NAMED_LEAST, self.size.width * 2 // 5)
        self._names = min(max(names, default=0) + len("● "), widest)

    def lines_of(self, place: int) -> Sequence[Line]:
        """A row."""
        found, width = self._rows[place], max(1, self.size.width)
        if isinstance(found, Member):
            return [self._member(found, width)]
        if isinstance(found, Question):
            return self._question(found, width)
        if place < self._fixed:
            return self._lesson(found, width)
        return entry_lines(found, width, same_day=self._is_of_the_same_day(place))

    # What it says

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
