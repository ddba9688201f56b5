"""The panes of the duplicates screen: the pairs, and two records side by side, field by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from netcrm.domain.duplicates import CHOSEN, Pair, Sure, joined
from netcrm.domain.people import PersonLine, Profile, Relation
from netcrm.ui.ink import Line, Part, cut, part, width_of
from netcrm.ui.widgets.pane import Pane

_ROWS = 2
"""Lines that a pair takes."""

_PAGE = 64
"""Pairs of whom the people are read at a time."""

_LABEL = 14
"""Cells of a field's name."""

_SIGNS = {Sure.SURE: ("●", "good"), Sure.LIKELY: ("◐", "warm"), Sure.PERHAPS: ("○", "dim")}
"""How sure a pair is, by a sign's shape and colour."""

ReadLines = Callable[[Sequence[int]], Mapping[int, PersonLine]]
"""Reads what a list shows of some people, by their ids."""


class PairsPane(Pane):
    """Pairs that may be one, two lines each: who, and why.

    Args:
        highlighted: Called when the highlight has come to another pair.
    """

    BORDER_TITLE = "Twice in the book?"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="pairs")
        self._highlighted = highlighted
        self._pairs: Sequence[Pair] = ()
        self._read: ReadLines = lambda ids: {}
        self._lines: dict[int, PersonLine] = {}
        self._empty: Sequence[Line] = ()

    @property
    def pair(self) -> Pair | None:
        """The highlighted one."""
        return self._pairs[self.cursor] if self.cursor < len(self._pairs) else None

    def show(self, pairs: Sequence[Pair], read: ReadLines, empty: Sequence[Line]) -> None:
        """Show pairs, keeping the highlight on the same one, or else where it is.

        Args:
            pairs: What there is, in order.
            read: Reads what is shown of people.
            empty: What to say when there is none.
        """
        wanted = (self.pair.one, self.pair.other) if self.pair else None
        self._pairs, self._read, self._empty = pairs, read, empty
        self._lines.clear()
        places = {(pair.one, pair.other): place for place, pair in enumerate(pairs)}
        fallback = max(0, min(self.cursor, len(pairs) - 1))
        self.cursor = places.get(wanted, fallback) if wanted else fallback
        self.keep_in_view()
        self.refresh()
        self._say_where()

    # Rows

    def count(self) -> int:
        """How many there are."""
        return len(self._pairs)

    def moved(self) -> None:
        """Tell the screen."""
        self._say_where()
        self._highlighted()

    def rows_per_page(self) -> int:
        """How many are seen at once."""
        return max(1, self.size.height // _ROWS)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted one is seen."""
        seen = self.rows_per_page()
        self.top = max(0, min(self.top, self.cursor, self.count() - seen))
        self.top = max(self.top, self.cursor - seen + 1)

    def row_at(self, y: int) -> int | None:
        """The pair drawn at a line."""
        row = self.top + y // _ROWS
        return row if 0 <= row < self.count() else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """Both names, or why they may be one."""
        if not self.count():
            return (self._empty[y] if y < len(self._empty) else ()), False
        row = self.row_at(y)
        if row is None:
            return (), False
        pair = self._pairs[row]
        sign, role = _SIGNS[pair.sure]
        if y % _ROWS:
            return [Part("  "), part(", ".join(pair.because), "dim")], row == self.cursor
        one, other = self._called(row, pair.one), self._called(row, pair.other)
        named: Line = [Part(sign, role), Part(" "), part(one, "strong")]
        if other != one:
            named = [*named, Part(" = ", "dim"), part(other, "strong")]
        return named, row == self.cursor

    def _called(self, row: int, person_id: int) -> str:
        if person_id not in self._lines:
            page = self._pairs[max(0, row - _PAGE // 2) : row + _PAGE]
            self._lines.update(self._read([key for pair in page for key in (pair.one, pair.other)]))
        line = self._lines.get(person_id)
        return line.name if line else ""

    def _say_where(self) -> None:
        total = self.count()
        self.border_subtitle = f"{self.cursor + 1} of {total}" if total else ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two.

    Attributes:
        entries: How many interactions they took part in.
        waiting: How many gives wait for them.
    """

    profile: Profile
    entries: int
    waiting: int


@dataclass(frozen=True, slots=True)
class _Field:
    """A row of the comparison.

    Attributes:
        name: The field, as `Profile` has it.
        chosen: Whether one of both has to win.
    """

    name: str
    one: str
    other: str
    chosen: bool = False


class ComparePane(Pane):
    """Two records side by side: of what they say otherwise one is chosen, all else is brought together."""

    BORDER_TITLE = "Side by side"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="compare")
        self._highlighted = highlighted
        self._sides: tuple[Side, Side] | None = None
        self._pair: tuple[int, int] | None = None
        self._fields: Sequence[_Field] = ()
        self.theirs: set[str] = set()

    def show(self, pair: Pair | None, sides: tuple[Side, Side] | None) -> None:
        """Show two; what was chosen of the same two stays chosen.

        Args:
            pair: Who they are.
            sides: What is known of them.
        """
        shown = (pair.one, pair.other) if pair else None
        if shown != self._pair:
            self.theirs.clear()
            self.cursor = self.top = 0
        self._pair, self._sides = shown, sides
        self._fields = _fields(*sides) if sides else ()
        self.cursor = max(0, min(self.cursor, len(self._fields) - 1))
        self.say_above(self._result().name if sides else self.BORDER_TITLE)
        self.border_subtitle = "←  → choose" if any(field.chosen for field in self._fields) else ""
        self.keep_in_view()
        self.refresh()

    def take(self, other: bool | None = None) -> None:
        """Let one of both stand in the highlighted field.

        Args:
            other: Whether it is the right one's; None for the one that stands not now.
        """
        if self.cursor >= len(self._fields) or not self._fields[self.cursor].chosen:
            return
        name = self._fields[self.cursor].name
        if other is None:
            other = name not in self.theirs
        (self.theirs.add if other else self.theirs.discard)(name)
        self.say_above(self._result().name)
        self.refresh()

    # Rows

    def count(self) -> int:
        """How many fields there are."""
        return len(self._fields)

    def moved(self) -> None:
        """Tell the screen."""
        self._highlighted()

    def rows_per_page(self) -> int:
        """How many are seen at once."""
        return max(1, self.size.height)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted one is seen."""
        seen = self.rows_per_page()
        self.top = max(0, min(self.top, self.cursor, self.count() - seen))
        self.top = max(self.top, self.cursor - seen + 1)

    def row_at(self, y: int) -> int | None:
        """The field drawn at a line."""
        row = self.top + y
        return row if 0 <= row < self.count() else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A field: its name, and what both say; what will stand is strong, with a dot."""
        row = self.row_at(y)
        if row is None:
            return (), False
        field = self._fields[row]
        label = [Part(f"{field.name.replace('_', ' '):<{_LABEL}}", "dim")]
        room = max(2, (self.size.width - _LABEL) // 2)
        right = field.name in self.theirs
        left = _cell(field.one, room, stands=not right, chosen=field.chosen)
        return [
            *label,
            *left,
            *_cell(field.other, room, stands=right, chosen=field.chosen),
        ], row == self.cursor

    def _result(self) -> Profile:
        assert self._sides is not None
        return joined(self._sides[0].profile, self._sides[1].profile, self.theirs)


def _cell(text: str, width: int, *, stands: bool, chosen: bool) -> Line:
    """What one says of a field, in its column."""
    sign = ("● " if stands else "○ ") if chosen else "  "
    role = "strong" if chosen and stands else "dim" if chosen else ""
    shown = cut([Part(sign, "accent" if stands else "dim"), part(text, role)], width - 1)
    return [*shown, Part(" " * (width - width_of(shown)))]


def _fields(one: Side, other: Side) -> Sequence[_Field]:
    """What at least one of them says, each field once."""
    mine, theirs = one.profile, other.profile
    found = []
    for name in CHOSEN:
        both = _said(getattr(mine, name)), _said(getattr(theirs, name))
        found.append(_Field(name, *both, chosen=all(both) and both[0] != both[1]))
    for name in ("points", "tags", "nicknames", "wants", "offers", "relations", "occasions"):
        pairs = (_items(getattr(mine, name)), _items(getattr(theirs, name)))
        found += [
            _Field({"points": "reach"}.get(name, name) if not at else "", *each)
            for at, each in enumerate(_zipped(*pairs))
        ]
    found.append(_Field("note", " ".join(mine.note.split()), " ".join(theirs.note.split())))
    found.append(_Field("timeline", _counted(one.entries, "entry"), _counted(other.entries, "entry")))
    found.append(_Field("gives waiting", _counted(one.waiting, "give"), _counted(other.waiting, "give")))
    return [field for field in found if field.one or field.other]


def _zipped(one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, str]]:
    count = max(len(one), len(other))
    return [(one[at] if at < len(one) else "", other[at] if at < len(other) else "") for at in range(count)]


def _items(values: Sequence[object]) -> Sequence[str]:
    """The items of a list in a word or two each."""
    said = []
    for value in values:
        if isinstance(value, Relation):
            said.append(f"{value.kind} {value.name}".strip())
        else:
            said.append(str(getattr(value, "value", None) or getattr(value, "label", value)))
    return said


def _counted(count: int, what: str) -> str:
    many = {"entry": "entries", "give": "gives"}[what]
    return f"{count} {what if count == 1 else many}" if count else ""


def _said(value: object) -> str:
    return "" if value is None else str(value)
