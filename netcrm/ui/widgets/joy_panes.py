"""The panes of the joy jar: what lies in it, and the one that is highlighted, with whom it would suit."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import date

from netcrm.domain.gives import Give, say_day
from netcrm.domain.joy import Jarred, Suited, became, own_text, sending, topics_of, went
from netcrm.domain.rhythm import Warmth, since
from netcrm.domain.sparks import expired
from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, fit, part, spread, width_of, wrap
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.people_pane import WARMTH_ROLES
from netcrm.ui.widgets.spark_panes import TwoLinePane

_TEXT_LINES = 8
"""Lines of a delight's own text that are shown where there is room; `s` opens a longer one."""

_ROOMY = 18
"""Height in lines from which on all of the text is shown, and not only its beginning."""

_GONE_MOST = 6
"""People to whom it went that are named; of more, how many."""

_FOOT = 2
"""Lines at the foot that say what would be queued: a gap, and the words."""


class JarPane(TwoLinePane):
    """What lies in the jar, the newest first.

    Args:
        highlighted: Called when the highlight has come to another one.
    """

    BORDER_TITLE = "In the jar"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(highlighted, id="jar")
        self._jar: Sequence[Jarred] = ()
        self._today = date.min

    @property
    def jarred(self) -> Jarred | None:
        """The highlighted one."""
        return self._jar[self.cursor] if self.cursor < len(self._jar) else None

    def show(
        self, jar: Sequence[Jarred], today: date, *, keep: int | None = None, empty: Sequence[Line] = ()
    ) -> None:
        """Show what there is, keeping the highlight on the same one, or on what took its place.

        Args:
            jar: What lies in it, in order.
            today: The day from which times count.
            keep: The id of the one to highlight; the one highlighted now, when None.
            empty: What to say when there is nothing.
        """
        wanted = keep or (self.jarred.spark.id if self.jarred else None)
        self._jar, self._today, self._empty = jar, today, empty
        places = {jarred.spark.id: place for place, jarred in enumerate(jar)}
        self.cursor = places.get(wanted or 0, max(0, min(self.cursor, len(jar) - 1)))
        self.border_subtitle = f"{len(jar)} to smile at" if jar else ""
        self.keep_in_view()
        self.refresh()

    def count(self) -> int:
        """How many there are."""
        return len(self._jar)

    def row_lines(self, row: int) -> tuple[Line, Line]:
        """The title and how long it has been there; its tags, and where it has gone."""
        jarred, width = self._jar[row], self.size.width
        spark = jarred.spark
        over = expired(spark, self._today)
        age = since(spark.created_on, self._today)
        title = [
            Part("✦ ", "dim" if over else "accent"),
            part(spark.title, "dim" if over else "strong"),
        ]
        about = [Part("  "), part(topics_of(spark), "tag")] if spark.tags else []
        room = width - width_of(about) - 2
        short = f"{jarred.given} got it" if jarred.given else ""
        gone = next(
            (said for said in (went(jarred, self._today) or _NOBODY_YET, short) if len(said) <= room), ""
        )
        said = Part(f"  {gone}", "good" if jarred.given else "dim")
        return spread(title, [Part(f" {age:>4}", "dim")], width), [*about, said]


@dataclass(frozen=True, slots=True)
class Delight:
    """All that is shown of one.

    Attributes:
        gone: What became of it so far, the newest first.
        suited: Whom it would suit next, best first.
        warmth: How warm the contact with each of them is, by their ids.
    """

    jarred: Jarred
    gone: Sequence[Give]
    suited: Sequence[Suited]
    warmth: Mapping[int, Warmth] = field(default_factory=dict)


class DelightPane(Pane):
    """A delight whole, to whom it went, and whom it would suit next; its rows are the latter.

    Args:
        highlighted: Called when the highlight has come to another person.
    """

    BORDER_TITLE = "This one"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="delight")
        self._highlighted = highlighted
        self._delight: Delight | None = None
        self._today = date.min
        self._lines: list[Line] = []
        self._owners: list[int | None] = []
        self._starts: list[int] = []

    @property
    def suited(self) -> Suited | None:
        """The one for whom it would be queued."""
        found = self._delight.suited if self._delight else ()
        return found[self.cursor] if self.cursor < len(found) else None

    def show(self, delight: Delight | None, today: date, keep: Collection[int] = ()) -> None:
        """Show one, or nothing; the highlight stays on the same person as long as it is the same one.

        Args:
            delight: What there is to show.
            today: The day from which times count.
            keep: Ids of people of whom one is to be highlighted, if they are suggested.
        """
        before, person = self._delight, self.suited
        same = (
            before is not None and delight is not None and before.jarred.spark.id == delight.jarred.spark.id
        )
        self._delight, self._today = delight, today
        people = [suited.person.id for suited in delight.suited] if delight else []
        fallback = min(self.cursor, max(0, len(people) - 1)) if same else 0
        kept = person.person.id if person and same else None
        kept = next((one for one in people if one in keep), kept)
        self.cursor = people.index(kept) if kept in people else fallback
        if not same:
            self.top = 0
        self.lay_out()
        if same:
            self.keep_in_view()
        self.refresh()

    # Rows

    def count(self) -> int:
        """How many people are suggested."""
        return len(self._starts)

    def moved(self) -> None:
        """Tell the screen."""
        self._highlighted()

    def rows_per_page(self) -> int:
        """About how many of them are seen at once."""
        return max(1, self._view_height() // 2)

    def go_to(self, row: int) -> None:
        """Highlight a person; at the first of them, what stands above comes into view again."""
        super().go_to(row)
        if not self.cursor and row <= 0:
            self.top = 0
            self.keep_in_view()

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted person is seen, with the heading where it is the first."""
        height = self._view_height()
        most = max(0, len(self._lines) - height)
        if self.cursor >= len(self._starts):
            self.top = max(0, min(self.top, most))
            return
        start = self._starts[self.cursor]
        end = start + 2
        start -= not self.cursor
        self.top = max(0, min(self.top, start, most))
        self.top = max(self.top, min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The person drawn at a line."""
        place = self.top + y
        return self._owners[place] if y < self._view_height() and place < len(self._owners) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of the delight, of a person, or of the foot."""
        if y >= self._view_height():
            return (self._foot() if y == self.size.height - 1 else ()), False
        place = self.top + y
        if place >= len(self._lines):
            return (), False
        owner = self._owners[place]
        return self._lines[place], owner is not None and owner == self.cursor

    def reflow(self) -> None:
        """Lay it out for the width there is."""
        self._lines, self._owners, self._starts = [], [], []
        if self._delight is None:
            return
        self._lines += self._head(self._delight)
        self._owners += [None] * len(self._lines)
        for row, suited in enumerate(self._delight.suited):
            self._starts.append(len(self._lines))
            self._lines += self._row(suited, self._delight.warmth.get(suited.person.id, Warmth.NONE))
            self._owners += [row, row]

    # What it says

    def _head(self, delight: Delight) -> Sequence[Line]:
        spark, width = delight.jarred.spark, max(1, self.size.width)
        roomy = self.size.height >= _ROOMY
        gap: Sequence[Line] = [()] if roomy else []
        lines: list[Line] = [*wrap([part(spark.title, "strong")], width)]
        if spark.tags:
            lines += wrap([part(topics_of(spark), "tag")], width)
        if spark.link:
            lines.append([part(fit(part(spark.link).text, width), "tag")])
        if spark.until:
            over = "was of use until" if expired(spark, self._today) else "until"
            lines.append([Part(f"{over} {say_day(spark.until, self._today)}", "dim")])
        if text := own_text(spark):
            said = [line for each in text.splitlines() for line in wrap([part(each)], width)]
            most = _TEXT_LINES if roomy else 2
            more = [Part("…", "dim")]
            lines += [*gap, *said[:most], *([more] if len(said) > most else [])]
        if delight.gone:
            lines += [*gap, [Part("Went to", "heading")], *self._gone(delight.gone)]
        lines += [*gap, [Part("Would suit", "heading")]]
        if not delight.suited:
            lines += wrap(
                [Part("Nobody else comes to mind: s finds more, by what you say of it.", "dim")], width
            )
        return lines

    def _gone(self, gives: Sequence[Give]) -> Sequence[Line]:
        lines: list[Line] = []
        for give in gives[:_GONE_MOST]:
            sign = {"given": Part("● ", "good"), "dropped": Part("· ", "dim")}.get(
                give.state, Part("✦ ", "accent")
            )
            landed = Part("✓ ", "good") if give.landed == "yes" else sign
            lines.append([landed, part(give.whom.name), part(f"  {became(give, self._today)}", "dim")])
        more = len(gives) - _GONE_MOST
        return [*lines, *([[Part(f"  and {more} more", "dim")]] if more > 0 else [])]

    def _row(self, suited: Suited, warmth: Warmth) -> Sequence[Line]:
        width = max(1, self.size.width)
        last = since(suited.last_on, self._today)
        name = [Part(f"{warmth.dot} ", WARMTH_ROLES[warmth]), part(suited.person.name, "strong")]
        why = [Part("  because ", "dim"), part(suited.why)]
        return [spread(name, [Part(f"last {last:<4}" if width >= _LEAST else last, "dim")], width), why]

    def _foot(self) -> Line:
        """What would be queued."""
        if self._delight is None or self.suited is None:
            return ()
        words = sending(self._delight.jarred.spark, self.suited.called)
        return [Part("✦ ", "accent"), part(words)]

    def _view_height(self) -> int:
        height = self.size.height
        return height - _FOOT if height >= 4 * _FOOT and self._starts else height


_NOBODY_YET = "nobody has had it yet"

_LEAST = 30
"""Cells from which on there is room to say what the days since the last contact are."""
