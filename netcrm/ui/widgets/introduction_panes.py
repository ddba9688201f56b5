"""The panes of the introductions screen: the pairs, and the one pair that is highlighted, side by side."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest

from netcrm.domain.gives import say_day
from netcrm.domain.introducing import Proposal
from netcrm.domain.introductions import Introduction, Side, next_step, short_names, stands
from netcrm.domain.people import Named, Person
from netcrm.domain.rhythm import since
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, cut, part, spread, width_of, wrap
from netcrm.ui.widgets.blocks import BlocksPane
from netcrm.ui.widgets.pane import Pane

UNDER_WAY, PROPOSED, MADE, NOT_NOW = "Under way", "Proposed", "Made", "Not now"
"""The headings of the list."""

_SIGNS = {
    "idea": ("○", "dim"),
    "asked one": ("◔", "warm"),
    "asked both": ("◑", "warm"),
    "both said yes": ("◕", "good"),
    "made": ("●", "good"),
    "came of it": ("●", "good"),
}
"""How full the sign of each state is: with colour, but not by colour alone."""

_SIDE_BY_SIDE = 40
"""Cells from which on two people have room beside each other."""

_ROOMY = 24
"""Lines from which on all that the two want and offer is shown, and not only the first of it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: two people who should meet, proposed or under way.

    Attributes:
        heading: What it stands under.
        introduction: How far it has come, or None while it is only proposed.
        proposal: Why it is proposed, or None.
    """

    heading: str
    introduction: Introduction | None = None
    proposal: Proposal | None = None

    @property
    def people(self) -> tuple[Named, Named]:
        """The two."""
        found = self.introduction or self.proposal
        assert found is not None
        return found.one, found.other

    @property
    def key(self) -> tuple[int, ...]:
        """What tells it from the others, whatever becomes of it."""
        if self.introduction is not None:
            return (self.introduction.id,)
        return tuple(sorted(person.id for person in self.people))

    @property
    def why(self) -> str:
        """Why they should meet."""
        found = self.introduction or self.proposal
        return found.why if found else ""

    @property
    def kind(self) -> str:
        """What can be done with it: ``proposed``, ``open``, ``agreed``, ``made`` or ``closed``."""
        if self.introduction is None:
            return "proposed"
        if self.introduction.closed_on is not None:
            return "closed"
        return "made" if self.introduction.made else "agreed" if self.introduction.agreed else "open"


class PairsPane(BlocksPane):
    """Pairs under their headings, two lines each.

    Args:
        highlighted: Called when the highlight has come to another pair.
    """

    BORDER_TITLE = "Introductions"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(highlighted, id="pairs")
        self._pairs: Sequence[Pair] = ()
        self._today = date.min

    @property
    def pair(self) -> Pair | None:
        """The highlighted one."""
        return self._pairs[self.cursor] if self.cursor < len(self._pairs) else None

    def show(
        self,
        pairs: Sequence[Pair],
        today: date,
        *,
        keep: tuple[int, ...] | None = None,
        empty: Sequence[Line] = (),
    ) -> None:
        """Show pairs, keeping the highlight on the same one, or on what took its place.

        Args:
            pairs: What there is, in order.
            today: The day from which times count.
            keep: The key of the one to highlight; the one highlighted now, when None.
            empty: What to say when there is none.
        """
        wanted = keep or (self.pair.key if self.pair else None)
        self._pairs, self._today, self._empty = pairs, today, empty
        places = {pair.key: place for place, pair in enumerate(pairs)}
        self.cursor = places.get(wanted or (), max(0, min(self.cursor, len(pairs) - 1)))
        self.lay_out()
        self.keep_in_view()
        self.refresh()
        self.say_where()

    # Rows

    def count(self) -> int:
        """How many pairs there are."""
        return len(self._pairs)

    def reflow(self) -> None:
        """Lay the pairs out under their headings."""
        self.clear()
        heading = ""
        for pair in self._pairs:
            if pair.heading != heading:
                heading = pair.heading
                self.add_heading(heading)
            self.add_row(*self._row(pair))

    def _row(self, pair: Pair) -> tuple[Line, Line]:
        one, other = pair.people
        found = pair.introduction
        if found is None:
            sign, about, ago = Part("✧ ", "accent"), pair.why, ""
        else:
            glyph, role = _SIGNS[found.state] if found.closed_on is None else ("·", "dim")
            sign, about = Part(f"{glyph} ", role), stands(found, self._today)
            ago = since(found.closed_on or found.since, self._today)
        width = max(1, self.size.width)
        names = self._names(one, other, width - len("✧ ") - (len(ago) + 2 if ago else 0))
        return (
            spread([sign, *names], [Part(f" {ago}", "dim")], width) if ago else [sign, *names],
            [Part("  "), part(about, "dim")],
        )

    def _names(self, one: Named, other: Named, width: int) -> Line:
        """The names of the two, the second and then the first shortened where there is no room for all."""
        shorts = short_names(one, other)
        for first, second in ((one.name, other.name), (one.name, shorts[1]), shorts):
            names = [part(first, "strong"), Part(" and ", "dim"), part(second, "strong")]
            if width_of(names) <= width:
                break
        return names


@dataclass(frozen=True, slots=True)
class Meeting:
    """All that is shown of the two.

    Attributes:
        people: The two; None for one who is no longer there.
        letter_to: Whom the letter is to.
        letter: What one would write.
    """

    pair: Pair
    people: tuple[Person | None, Person | None]
    letter_to: str
    letter: str


class PairPane(Pane):
    """Two people side by side, why they should meet, the steps, and what to write. Its lines scroll."""

    def __init__(self) -> None:
        super().__init__(id="pair")
        self._meeting: Meeting | None = None
        self._today = date.min
        self._lines: list[Line] = []

    def show(self, meeting: Meeting | None, today: date) -> None:
        """Show two people, or nobody."""
        same = self._meeting is not None and meeting is not None
        if not (same and self._meeting and meeting and self._meeting.pair.key == meeting.pair.key):
            self.top = 0
        self._meeting, self._today = meeting, today
        self.lay_out()
        self.top = max(0, min(self.top, len(self._lines) - self.size.height))
        self.refresh()

    # Lines

    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def go_to(self, row: int) -> None:
        """Scroll to a line."""
        self.top = self.cursor = max(0, min(row, len(self._lines) - self.size.height))
        self.refresh()

    def action_last(self) -> None:
        """Scroll to the end."""
        self.go_to(len(self._lines))

    def rows_per_page(self) -> int:
        """How many lines are seen at once."""
        return max(1, self.size.height)

    def keep_in_view(self) -> None:
        """Scroll no further than to the end."""
        self.top = self.cursor = max(0, min(self.top, len(self._lines) - self.size.height))

    def row_at(self, y: int) -> int | None:
        """No line is a row of its own."""
        return None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line."""
        place = self.top + y
        return (self._lines[place] if place < len(self._lines) else ()), False

    def reflow(self) -> None:
        """Lay it out for the width there is."""
        self._lines = list(self._laid_out_for(self._meeting)) if self._meeting else []

    # What it says

    def _laid_out_for(self, meeting: Meeting) -> Sequence[Line]:
        width = max(1, self.size.width)
        lines = [*self._both(meeting, width)]
        if common := _in_common(meeting.people):
            lines += [(), *wrap([Part("both ", "dim"), *common], width)]
        if meeting.pair.why:
            lines += [(), [Part("Why", "heading")], *wrap([part(meeting.pair.why)], width)]
        found = meeting.pair.introduction
        if found is not None:
            lines += [(), *self._together(found, width)]
        if meeting.letter:
            lines += [(), *_letter(meeting, width)]
        return lines

    def _both(self, meeting: Meeting, width: int) -> Sequence[Line]:
        """The two beside each other, or one beneath the other."""
        blocks: list[Sequence[Line]] = []
        wide = width >= _SIDE_BY_SIDE
        cells = (width - 2) // 2 if wide else width
        for place in (0, 1):
            blocks.append(self._one(meeting, place, cells))
        if not wide:
            return [*blocks[0], (), *blocks[1]]
        heads = max(len(block) for block in blocks)
        steps = [self._steps(meeting, place) for place in (0, 1)]
        joined = zip_longest(*([*block, *[()] * (heads - len(block))] for block in blocks), fillvalue=())
        if meeting.pair.introduction is None:
            return [_beside(left, right, cells) for left, right in joined]
        return [
            *(_beside(left, right, cells) for left, right in joined),
            (),
            *(_beside(left, right, cells) for left, right in zip(*steps, strict=True)),
        ]

    def _one(self, meeting: Meeting, place: int, width: int) -> Sequence[Line]:
        person, named = meeting.people[place], meeting.pair.people[place]
        name = person.profile.name if person else named.name
        lines: list[Line] = [[Part(f"{place + 1} ", "key"), part(name, "strong")]]
        if person is not None:
            profile = person.profile
            work = ", ".join(text for text in (profile.title, profile.organisation) if text)
            about = " · ".join(text for text in (work, profile.city) if text)
            if about:
                lines += wrap([part(about, "dim")], width)
            roomy = self.size.height >= _ROOMY
            for word, texts in (("wants", profile.wants), ("offers", profile.offers)):
                for text in texts if roomy else texts[:1]:
                    said = wrap([Part(f"{word} ", "dim"), part(text)], width)
                    lines += said if roomy else [cut([Part(f"{word} ", "dim"), part(text)], width)]
        if (
            width < _SIDE_BY_SIDE
            and self.size.width < _SIDE_BY_SIDE
            and meeting.pair.introduction is not None
        ):
            lines += self._steps(meeting, place)
        return lines

    def _steps(self, meeting: Meeting, place: int) -> Sequence[Line]:
        """What was noted of one side: asked, and said yes."""
        found = meeting.pair.introduction
        if found is None:
            return [(), ()]
        side = found.sides[place]
        following = next_step(found)
        mine = (
            following is not None and following.person is not None and following.person.id == side.person.id
        )
        return [
            self._step("asked", "ask", side.asked, side.asked_on, mine and not side.asked),
            self._step("said yes", "a yes", side.yes, side.yes_on, mine and side.asked and not side.yes),
        ]

    def _step(self, done: str, to_do: str, reached: bool, on: date | None, is_next: bool) -> Line:
        if reached:
            return [
                Part("● ", "good"),
                Part(done),
                Part(f"  {say_day(on, self._today)}" if on else "", "dim"),
            ]
        if is_next:
            return [Part("▸ ", "accent"), Part(to_do, "strong")]
        return [Part("○ ", "dim"), Part(to_do, "dim")]

    def _together(self, found: Introduction, width: int) -> Sequence[Line]:
        """The steps of both: introduced, and what came of it; or that it was let go."""
        if found.closed_on is not None:
            let_go = f"let go {say_day(found.closed_on, self._today)}"
            note = f" · {found.note}" if found.note else ""
            return wrap([Part("· ", "dim"), Part(let_go), part(note, "dim")], width)
        step = next_step(found)
        kind = step.kind if step else ""
        lines: list[Line] = [
            self._step("introduced", "introduce them", found.made, found.made_on, kind == "make")
        ]
        if found.made and found.note:
            lines += wrap([part(f"  {found.note}", "dim")], width)
        if found.came_of_it:
            lines += wrap([Part("● ", "good"), part(found.came_of_it)], width)
        else:
            lines.append(self._step("", "what came of it", False, None, kind == "tell"))
        return lines


def _in_common(people: tuple[Person | None, Person | None]) -> list[Part]:
    """The tags that both bear, and the city where both live."""
    one, other = people
    if one is None or other is None:
        return []
    theirs = {fold(tag) for tag in other.profile.tags}
    tags = [tag for tag in one.profile.tags if fold(tag) in theirs]
    parts = [part(" ".join(f"#{tag}" for tag in tags), "tag")] if tags else []
    if one.profile.city and fold(one.profile.city) == fold(other.profile.city):
        parts += [Part(" · ", "dim") if parts else Part(""), Part("in ", "dim"), part(one.profile.city)]
    return parts


def _letter(meeting: Meeting, width: int) -> Sequence[Line]:
    title = [Part("To ", "heading"), part(meeting.letter_to, "heading")]
    lines: list[Line] = [spread(title, [Part("y", "key"), Part(" copies", "dim")], width)]
    for paragraph in meeting.letter.split("\n"):
        lines += wrap([part(paragraph, "dim")], width) if paragraph else [()]
    return lines


def _beside(left: Line, right: Line, width: int) -> Line:
    shown = cut(left, width)
    return [*shown, Part(" " * (width - width_of(shown) + 2)), *cut(right, width)]


def side_of(found: Introduction, place: int) -> tuple[Side, str]:
    """One of the two sides, and what they are called."""
    return found.sides[place], short_names(found.one, found.other)[place]
