"""The review: a year in touch, what a week or a year held, and whom to look after.

Moving on reads what the new week held and its day; the map is read again only where the week lies on another
one, and what is worth a look today only once.
"""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from netcrm.domain.changes import Change
from netcrm.domain.review import Review, Span, days_from, map_of
from netcrm.domain.rhythm import days_on
from netcrm.store import Store
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.screens.working import WorkingScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.review_items import after_items, day_items, held_items, kept_items
from netcrm.ui.widgets.review_map import MapPane
from netcrm.ui.widgets.review_panes import Item, Opened, ReviewPane, sections

_NARROW, _WIDE = 70, 110
"""Columns below which there is one list beneath the map, and from which on there are three."""

_LOW = 18
"""Lines below which either the map is shown or a list."""

_ROOMY = 14
"""Lines of a list from which on a day has room that others of the week may need."""

_YEAR_WEEKS = 52


class ReviewScreen(WorkingScreen[Opened]):
    """A week or a year looked back on; left with what is to be opened, or nothing.

    Args:
        store: The open file.
        today: The day.
        at: The day to begin at; today, when None.
    """

    TABLE: ClassVar = commands.REVIEW

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_NARROW, "-medium"), (_WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-low"), (_LOW, "-mid"), (30, "-high")]  # noqa: RUF012

    DEFAULT_CSS = """
    ReviewScreen { background: $background; }
    ReviewScreen #places { height: 1fr; }
    ReviewScreen #map { height: 10; }
    ReviewScreen.-high #map { height: 12; }
    ReviewScreen #lists { layout: grid; height: 1fr; grid-size: 2 1; grid-columns: 11fr 9fr; }
    ReviewScreen.-wide #lists { grid-size: 3 1; grid-columns: 37fr 30fr 33fr; }
    ReviewScreen.-narrow #lists, ReviewScreen.-low #lists, ReviewScreen.-flat #lists {
        grid-size: 1 1; grid-columns: 1fr;
    }
    ReviewScreen.-low #map, ReviewScreen.-flat #map { height: 1fr; }
    ReviewScreen.-flat TitleBar, ReviewScreen.-flat FooterBar { display: none; }
    """

    def __init__(self, store: Store, today: date, at: date | None = None) -> None:
        super().__init__(store)
        self._today = today
        self._first = min(store.review.first_day() or today, today)
        self._day = at or today
        span = Span.week(self._day)
        self._review = store.review.read(span, today)

    def compose(self) -> ComposeResult:
        """The map, and the lists beneath it."""
        yield TitleBar("Review", "", self._today)
        with Container(id="places"):
            yield MapPane(self._go)
            with Container(id="lists"):
                yield ReviewPane("This week", id="held")
                yield ReviewPane("Worth keeping", id="kept")
                yield ReviewPane("Look after", id="after")
        yield FooterBar()

    def on_mount(self) -> None:
        """Show it."""
        self.map = self.query_one(MapPane)
        self.held, self.kept, self.after = self.query(ReviewPane)
        self.set_focus(self.map)
        self._draw(first=True)

    # Showing

    def refill(self, change: Change | None = None) -> None:
        """Read everything again, and draw it."""
        self._review = self._store.review.read(self._review.span, self._today)
        self._draw(again=True)

    def _go(self, day: date, kind: str = "") -> None:
        """Look back on the week or the year of another day, the nearest that there is.

        Args:
            day: The day.
            kind: ``week`` or ``year``; what is shown now, when empty.
        """
        before = self._review.span
        day = max(Span.week(self._first).first, min(day, self._today))
        span = Span.year(day) if (kind or before.kind) == "year" else Span.week(day)
        if span != before:
            looking, review = self._store.review, self._review
            touch = review.touch
            if map_of(span, self._today) != (touch.first, touch.last):
                touch = looking.touch(span, self._today)
            self._review = Review(self._today, touch, looking.held(span), review.after)
        self.bar.say("")
        self._day = day
        self._draw(first=span != before)

    def _draw(self, *, first: bool = False, again: bool = False) -> None:
        """Hand down what was read.

        Args:
            first: The week or the year is another one.
            again: Everything was read again. Without either only the day is another one.
        """
        review, today = self._review, self._today
        span, after = review.span, review.after
        entries = self._store.review.day(self._day)
        known = sum(review.touch.counts.get(self._day, {}).values())
        day = day_items(self._day, entries, known, today)

        def held(width: int) -> list[Item]:
            return held_items(review, width, roomy=self.held.size.height >= _ROOMY, day=day)

        def kept(width: int) -> list[Item]:
            return kept_items(review.held, width) or [Item(line) for line in _NOTHING_KEPT]

        def looked_after(width: int) -> list[Item]:
            items = after_items(after, today, width)
            if self.kept not in self._panes:
                items = sections(items, kept_items(review.held, width))
            return items or [Item(line) for line in _NOTHING_WAITS]

        self.bar.tell(span.title(today))
        self.map.show(review.touch, self._day, span)
        title = span.name if span.kind == "year" else span.words(today).capitalize()
        self.held.show(held, title=title, about=review.in_touch, first=first)
        if first or again:
            self.kept.show(kept, first=first)
            self.after.show(looked_after)
        self.show_footer()

    # Where one is

    @property
    def _panes(self) -> list[Pane]:
        """The panes that there are at this size, in their order."""
        panes: list[Pane] = [self.map, self.held, self.kept, self.after]
        return [pane for pane in panes if pane is not self.kept or self.size.width >= _WIDE]

    def place(self) -> str:
        """The map or a list, and whether a week or a year is looked back on."""
        where = "list" if isinstance(self.focused, ReviewPane) else "map"
        return f"{where}-{self._review.span.kind}"

    def on_descendant_focus(self) -> None:
        """A small terminal shows the list that has the focus."""
        self._show_panes()
        self.show_footer()

    def on_resize(self, event: events.Resize) -> None:
        """A small terminal shows one list or the map, a medium one two lists, a wide one three."""
        self.call_after_refresh(self._show_panes)

    def _show_panes(self) -> None:
        """Show as many panes as there is room for."""
        panes, focused = self._panes, self.focused
        if focused is self.kept and self.kept not in panes:
            self._to(self.after)
            return
        low, one = self.size.height < _LOW, self.size.width < _NARROW or self.size.height < _LOW
        shows_map = focused is self.map or not low
        alone = focused if isinstance(focused, ReviewPane) else None if low else self.held
        lists = [alone] if one else [pane for pane in panes if pane is not self.map]
        wanted: dict[Widget, bool] = {pane: pane in lists for pane in (self.held, self.kept, self.after)}
        wanted |= {self.map: shows_map, self.query_one("#lists"): any(lists)}
        for widget, shown in wanted.items():
            if widget.display != shown:  # even setting it to what it is has the screen laid out again
                widget.display = shown

    def _to(self, pane: Pane) -> None:
        """Go to a pane. What is to be focused has to be shown before."""
        self.query_one("#lists").display = True
        pane.display = True
        self.set_focus(pane)

    def action_next_pane(self, step: int) -> None:
        """To the next pane, or the one before."""
        panes = self._panes
        here = panes.index(self.focused) if isinstance(self.focused, Pane) and self.focused in panes else 0
        self._to(panes[(here + step) % len(panes)])

    def action_leave(self) -> None:
        """One step back: from a list to the map, from a year to its week, then out."""
        if isinstance(self.focused, ReviewPane):
            self._to(self.map)
        elif self._review.span.kind == "year":
            self.action_span("week")
        else:
            self.dismiss(None)

    # What the keys do

    def action_turn(self, step: int) -> None:
        """To the week or the year before, or after."""
        span = self._review.span
        if span.kind == "year":
            self.action_far(step)
        else:
            self._turn_by(7 * step)

    def action_far(self, step: int) -> None:
        """A year on, or back: to the same day of the week."""
        if self._review.span.kind == "week":
            self._turn_by(7 * _YEAR_WEEKS * step)
            return
        year = self._review.span.first.year + step
        if self._first.year <= year <= self._today.year:
            last = Span.year(date(year, 1, 1)).last
            self._go(min(self._today, last, days_on(date(year, 1, 1), self._day.timetuple().tm_yday - 1)))
        else:
            self._at_an_end(step)

    def _turn_by(self, days: int) -> None:
        begun = self._review.span
        self._go(days_from(self._day, days))
        if self._review.span == begun:
            self._at_an_end(days)

    def _at_an_end(self, step: int) -> None:
        self.bar.say("That is still to come." if step > 0 else "Nothing was noted before.")

    def action_span(self, kind: str) -> None:
        """Look back on the whole year, or on the week again."""
        self._go(self._day, kind)

    def action_today(self) -> None:
        """Back to today."""
        self._go(self._today)

    def action_entries(self) -> None:
        """To the entries of the day."""
        self._to(self.held)
        self.held.action_first()

    def action_open(self) -> None:
        """Open what is highlighted, on the screen beneath."""
        pane = self.focused
        if isinstance(pane, ReviewPane) and pane.opened is not None:
            self.dismiss(replace(pane.opened, day=self._day))


_NOTHING_KEPT: tuple[Line, ...] = (
    [Part("Bright moments stand here,", "dim")],
    [Part("and what you learned and taught:", "dim")],
    [Part("** in a log line is two stars.", "dim")],
)

_NOTHING_WAITS: tuple[Line, ...] = ([Part("Nobody drifts, nothing is near.", "dim")],)
