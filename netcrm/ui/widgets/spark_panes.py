"""The lists of the spark screen: whom something would interest, and the sparks that were kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from netcrm.domain.gives import say_day
from netcrm.domain.interest import GAUGE
from netcrm.domain.rhythm import since
from netcrm.domain.sparks import Spark, expired
from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, part, spread, width_of, wrap
from netcrm.ui.widgets.pane import Pane

KIND_NAMES = {
    "opening": "job opening",
    "article": "article",
    "event": "event",
    "congratulation": "congratulation",
    "delight": "delight",
}
"""What the kinds of sparks are called on the screen."""

SHORT_NAMES = {**KIND_NAMES, "opening": "job", "congratulation": "good news"}
"""What they are called where there is little room."""

_ROOMY = 14
"""Lines from which on rows stand apart from each other."""

_HEADED = 6
"""Lines from which on there is room for a head."""

_FOOT = 3
"""Lines that the foot takes: a gap, and two of words."""


class TwoLinePane(Pane):
    """Rows of two lines each, a gap between them where there is room; a line above them that stays.

    Args:
        moved: Called when the highlight has come to another row.
    """

    def __init__(self, moved: Callable[[], None], *, id: str) -> None:
        super().__init__(id=id)
        self._moved = moved
        self._head: Line = ()
        self._foot: Line = ()
        self._empty: Sequence[Line] = ()

    def row_lines(self, row: int) -> tuple[Line, Line]:
        """The two lines of a row."""
        raise NotImplementedError

    def show_foot(self, line: Line) -> None:
        """Say something at the foot of the pane; nothing takes no room."""
        if line != self._foot:
            self._foot = line
            self.keep_in_view()
            self.refresh()

    def moved(self) -> None:
        """Tell the screen."""
        self._moved()

    def rows_per_page(self) -> int:
        """About how many rows are seen at once."""
        return max(1, self._view_height() // self._step())

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted row is seen."""
        height, step = self._view_height(), self._step()
        start = self.cursor * step
        end = start + 2
        self.top = max(0, min(self.top, start, self.count() * step - height))
        self.top = max(self.top, min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The row drawn at a line."""
        y -= self._head_height()
        if y < 0:
            return None
        row, line = divmod(self.top + y, self._step())
        return row if y < self._view_height() and row < self.count() and line < 2 else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of the head, of a row, or of the foot."""
        if y < self._head_height():
            return (spread(self._head, (), self.size.width) if y == 0 else ()), False
        y -= self._head_height()
        view = self._view_height()
        if y >= view:
            return self._foot_line(y - view), False
        if not self.count():
            return (self._empty[y] if y < len(self._empty) else ()), False
        row, line = divmod(self.top + y, self._step())
        if row < self.count():
            return (self.row_lines(row)[line] if line < 2 else ()), line < 2 and row == self.cursor
        return (), False

    def _step(self) -> int:
        return 3 if self.size.height >= _ROOMY else 2

    def _head_height(self) -> int:
        """Lines that the head takes, with the gap after it where there is room."""
        height = self.size.height
        if not self._head or height < _HEADED:
            return 0
        return 2 if height >= _ROOMY else 1

    def _view_height(self) -> int:
        height = self.size.height
        foot = _FOOT if self._foot and height >= 3 * _FOOT else 0
        return height - foot - self._head_height()

    def _foot_line(self, y: int) -> Line:
        """The foot: a gap, then its words on two lines, the second of them the last of the pane."""
        if y == 0:
            return ()
        sign, *words = self._foot
        lines = wrap(words, max(1, self.size.width - width_of([sign])))
        if len(lines) == 1:
            return [sign, *lines[0]] if y == _FOOT - 1 else ()
        more = [Part("…")] if len(lines) > _FOOT - 1 else []
        return [sign, *lines[0]] if y == 1 else [Part("  "), *lines[1], *more]


@dataclass(frozen=True, slots=True)
class Whom:
    """Someone whom a spark would interest, or a group in which it would be welcome, as a row shows them.

    Attributes:
        id: The person's id; of a group its own with a minus before it.
        headline: Title and organisation; of a group what it is.
        last_on: The day of the last contact, or of the group's last interaction.
        blocks: How many blocks of the gauge of fit are filled.
        why: Says because of what, in so many characters; nothing where there is no reason any more.
    """

    id: int
    name: str
    headline: str
    last_on: date | None
    blocks: int
    why: Callable[[int], str]

    @property
    def is_group(self) -> bool:
        """Whether it is a group."""
        return self.id < 0


class WhomPane(TwoLinePane):
    """Whom a spark would interest, best first; those chosen bear a filled mark, groups one with corners."""

    BORDER_TITLE = "Whom would it interest"

    def __init__(self, moved: Callable[[], None]) -> None:
        super().__init__(moved, id="whom")
        self._people: Sequence[Whom] = ()
        self._chosen: dict[int, None] = {}
        self._whys: dict[tuple[int, int], str] = {}
        self._today = date.min

    @property
    def whom(self) -> Whom | None:
        """Who is highlighted."""
        return self._people[self.cursor] if self.cursor < len(self._people) else None

    @property
    def people(self) -> Sequence[Whom]:
        """Everyone in the list."""
        return self._people

    @property
    def chosen(self) -> Sequence[int]:
        """The ids of those chosen, in the order in which they were."""
        return tuple(self._chosen)

    def show(
        self,
        people: Sequence[Whom],
        today: date,
        *,
        head: Line,
        empty: Sequence[Line],
        follow: bool,
    ) -> None:
        """Show people.

        Args:
            people: Best first.
            today: The day from which the time since the last contact counts.
            head: What to say above them: who had it before.
            empty: What to say when there is nobody.
            follow: Keep the highlight on the same person; else it goes to the first.
        """
        wanted = self.whom.id if self.whom and follow else None
        self._people, self._today, self._head, self._empty = people, today, head, empty
        self._whys.clear()
        places = {person.id: place for place, person in enumerate(people)}
        fallback = min(self.cursor, len(people) - 1) if follow else 0
        self.cursor = max(0, places.get(wanted or 0, fallback))
        if not follow:
            self.top = 0
        self.keep_in_view()
        self.refresh()

    def choose(self) -> None:
        """Choose the one highlighted, or no longer, and go on to the next."""
        if self.whom is None:
            return
        if self.whom.id in self._chosen:
            del self._chosen[self.whom.id]
        else:
            self._chosen[self.whom.id] = None
        self.refresh()
        self.go_to(self.cursor + 1)

    def choose_these(self, people: Sequence[int]) -> None:
        """Choose just these, by their ids; whoever was chosen before no longer."""
        self._chosen = dict.fromkeys(people)
        self.refresh()

    def count(self) -> int:
        """How many people there are."""
        return len(self._people)

    def row_lines(self, row: int) -> tuple[Line, Line]:
        """Who, how well it fits and when one was last in touch; and because of what."""
        person, width = self._people[row], self.size.width
        chosen, open_ = ("◆ ", "◇ ") if person.is_group else ("◉ ", "○ ")
        mark = Part(chosen if person.id in self._chosen else open_, "accent")
        last = since(person.last_on, self._today)
        if width >= _WIDE:
            last = f"  {'last' if person.last_on else '    '} {last:<4}"
        else:
            last = f" {last:>4}"
        right = [
            Part(" " + "▰" * person.blocks, "accent"),
            Part("▱" * (GAUGE - person.blocks) + last, "dim"),
        ]
        name = part(person.name, "strong")
        column = 20 if width >= _WIDE else 12
        gap = " " * (max(1, column - width_of([name])) + 1)
        left = [mark, name, Part(gap), part(person.headline, "dim")]
        why = self._why(person, max(8, width - len("  because ")))
        return spread(left, right, width), [Part("  because ", "dim"), part(why)]

    def _why(self, person: Whom, most: int) -> str:
        """Why, asked once for a width: it is drawn with every key."""
        key = person.id, most
        if key not in self._whys:
            self._whys[key] = person.why(most) or ("you chose it" if person.is_group else "you chose them")
        return self._whys[key]


class KeptPane(TwoLinePane):
    """The sparks that were kept, newest first."""

    BORDER_TITLE = "Kept sparks"

    def __init__(self, moved: Callable[[], None]) -> None:
        super().__init__(moved, id="kept")
        self._sparks: Sequence[Spark] = ()
        self._got: Mapping[int, int] = {}
        self._today = date.min

    @property
    def spark(self) -> Spark | None:
        """Which one is highlighted."""
        return self._sparks[self.cursor] if self.cursor < len(self._sparks) else None

    def show(
        self, sparks: Sequence[Spark], got: Mapping[int, int], today: date, *, empty: Sequence[Line]
    ) -> None:
        """Show sparks.

        Args:
            sparks: Newest first.
            got: How many people each went to, by its id.
            today: The day by which they are of use or have been.
            empty: What to say when there is none.
        """
        self._sparks, self._got, self._today, self._empty = sparks, got, today, empty
        self.cursor = max(0, min(self.cursor, len(sparks) - 1))
        self.border_subtitle = f"{len(sparks)} kept" if sparks else ""
        self.keep_in_view()
        self.refresh()

    def highlight(self, spark_id: int) -> bool:
        """Highlight a spark; return whether it is there."""
        places = [place for place, spark in enumerate(self._sparks) if spark.id == spark_id]
        if places:
            self.go_to(places[0])
        return bool(places)

    def count(self) -> int:
        """How many there are."""
        return len(self._sparks)

    def row_lines(self, row: int) -> tuple[Line, Line]:
        """The title; its kind, until when it is of use, and how many got it."""
        spark, width = self._sparks[row], self.size.width
        over = expired(spark, self._today)
        age = since(spark.created_on, self._today)
        first = spread(
            [Part("✦ ", "dim" if over else "accent"), part(spark.title, "dim" if over else "strong")],
            [Part(f" {age:>4}", "dim")],
            width,
        )
        about = [Part(f"  {KIND_NAMES[spark.kind]}", "dim")]
        if spark.until:
            day = say_day(spark.until, self._today)
            about.append(part(f" · was of use until {day}" if over else f" · until {day}", "dim"))
        if spark.id in self._got:
            count = self._got[spark.id]
            about.append(Part(f" · {count} {'person' if count == 1 else 'people'} got it", "good"))
        return first, about


_WIDE = 60
"""Cells of a pane from which on there is room to say what the days since the last contact are."""
