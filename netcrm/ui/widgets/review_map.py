"""The heat map of the review: a year in touch, a cell a day, a column a week."""

import calendar
from collections.abc import Callable
from datetime import date

from textual import events
from textual.content import Content

from netcrm.domain.review import HEAT, LEVELS, Span, Touch, days_from, talks_with
from netcrm.domain.rhythm import days_on
from netcrm.ui.ink import Line, Part, spread, width_of
from netcrm.ui.widgets.pane import Pane

_DAYS = 7

_LABEL = 4
"""Cells of a weekday's name and the space behind it."""

_PITCH = 2
"""Cells from one week to the next: as wide as a line is high, so that a day is a square."""

_CELLS = "·■■■■"
"""What a day looks like, by its level; the shade tells the higher ones apart."""

_NAMED = {0: "Mon", 2: "Wed", 4: "Fri", 6: "Sun"}

_WITH_MONTHS = 8
"""Lines from which on the months have one."""

_WITH_LEGEND = 10
"""Lines from which on there is a line under the days for what is shown, and one for the legend."""

_FOUR_WEEKS, _QUARTER = 28, 91


class MapPane(Pane):
    """A year of days, of which one is highlighted. Its rows are days; down is the day after.

    Args:
        go: Called with the day to which the highlight is to go. The screen decides where that is, since the
            year goes on beyond the map.
    """

    BORDER_TITLE = "A year in touch"

    def __init__(self, go: Callable[[date], None]) -> None:
        super().__init__(id="map")
        self._go = go
        self._touch = Touch.of(date.min, date.min, {}, 0)
        self._talks = 0
        self._day = date.min
        self._span = Span.week(date.min)
        self._left = 0

    def show(self, touch: Touch, day: date, span: Span) -> None:
        """Show a year, and in it a day and the span that is looked back on."""
        if touch is not self._touch:
            self._touch, self._talks = touch, touch.conversations
            self.border_subtitle = Content(talks_with(self._talks, touch.people))
            self._left = max(0, len(touch.weeks) - self._columns())
        self._day, self._span = day, span
        self.cursor = max(0, min((day - touch.first).days, self.count() - 1))
        self.keep_in_view()
        self.refresh()

    # Rows

    def count(self) -> int:
        """How many days there are."""
        return (self._touch.last - self._touch.first).days + 1

    def keep_in_view(self) -> None:
        """Scroll by weeks so that the highlighted day is seen."""
        week, columns = self.cursor // _DAYS, self._columns()
        self._left = max(0, min(self._left, week, len(self._touch.weeks) - columns))
        self._left = max(self._left, week - columns + 1)

    def rows_per_page(self) -> int:
        """Days that a page goes on by."""
        return _QUARTER

    def reflow(self) -> None:
        """As much of the year as fits, its end first."""
        self._left = max(0, len(self._touch.weeks) - self._columns())

    # Moving: the screen says where to

    def go_to(self, row: int) -> None:
        """Ask for a day by its number."""
        self._go(days_from(self._day, row - self.cursor))

    def action_half_page(self, direction: int) -> None:
        """Four weeks on, or back."""
        self.go_to(self.cursor + direction * _FOUR_WEEKS)

    def on_click(self, event: events.Click) -> None:
        """Highlight the day that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        week = self._left + (offset.x - self._indent()) // _PITCH
        weekday = offset.y - self._above()
        row = week * _DAYS + weekday
        if offset.x >= self._indent() and 0 <= weekday < _DAYS and 0 <= row < self.count():
            self.go_to(row)

    # Drawing

    def _indent(self) -> int:
        return _LABEL if self.size.width >= _LABEL + 4 * _PITCH else 1

    def _columns(self) -> int:
        """How many weeks fit."""
        return max(1, (self.size.width - self._indent()) // _PITCH)

    def _above(self) -> int:
        """The line of the Mondays: below the months, as far as there is room; else the highlight is seen."""
        height = self.size.height
        if height >= _DAYS:
            return 1 if height >= _WITH_MONTHS else 0
        return min(0, height - 1 - self.cursor % _DAYS)

    def row_at(self, y: int) -> int | None:
        """None: a line holds days of all weeks."""
        return None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """The months, what is shown, or the legend; days are drawn by `inked`."""
        below = y - self._above() - _DAYS
        if y < self._above():
            return self._months(), False
        if self.size.height < _WITH_LEGEND:
            return (), False
        return {0: self._shown(), 1: self._legend()}.get(below, ()), False

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """A line of days, or what stands above and below them."""
        weekday = y - self._above()
        return (self._days(weekday), "") if 0 <= weekday < _DAYS else super().inked(y, width)

    def _months(self) -> Line:
        """The months over the weeks in which they begin, each where the one before has ended."""
        said = ""
        for place, name in self._touch.months:
            column = self._indent() + (place - self._left) * _PITCH
            if place >= self._left and column > len(said) - (not said) and column + 3 <= self.size.width:
                said = said.ljust(column) + name
        return [Part(said, "dim")]

    def _days(self, weekday: int) -> Line:
        """One weekday of each week. The highlighted one stands between brackets, which need no colour.

        Days of one level that follow each other are one part: the fewer there are, the sooner they are drawn.
        """
        indent, cells, brackets = self._indent(), self._cells, "key" if self.has_focus else "dim"
        label = _NAMED.get(weekday, "") if indent == _LABEL else ""
        line = [Part(f"{label:<{indent - 1}}", "dim")]
        last = min(self._left + self._columns(), len(self._touch.weeks))
        closing = False
        for row in range(self._left * _DAYS + weekday, min(last * _DAYS, self.count()), _DAYS):
            level = self._touch.level(days_on(self._touch.first, row))
            role, here = f"heat-{level}", row == self.cursor
            if here or closing:
                line.append(Part("[" if here else "]", brackets))
                line.append(Part(cells[level], role))
            elif line[-1].role == role:
                line[-1] = Part(f"{line[-1].text} {cells[level]}", role)
            else:
                line.append(Part(f" {cells[level]}", role))
            closing = here
        return [*line, Part("]", brackets)] if closing else line

    @property
    def _cells(self) -> str:
        return HEAT if self.app.no_color else _CELLS

    def _shown(self) -> Line:
        """A line under the weeks that are looked back on."""
        first = max(0, (max(self._span.first, self._touch.first) - self._touch.first).days // _DAYS)
        last = (min(self._span.last, self._touch.last) - self._touch.first).days // _DAYS
        first, last = max(first, self._left), min(last, self._left + self._columns() - 1)
        if last < first:
            return ()
        before = " " * (self._indent() + (first - self._left) * _PITCH)
        return [Part(before), Part("▔" * ((last - first) * _PITCH + 1), "brand")]

    def _legend(self) -> Line:
        """Less and more, and at the other end what the highlighted day has."""
        cells = [Part(f"{cell} ", f"heat-{level}") for level, cell in enumerate(self._cells)]
        less = [Part(" " * self._indent()), Part("less ", "dim"), *cells, Part("more", "dim")]
        many = self._touch.on(self._day)
        talks = "1 conversation" if many == 1 else f"{many} conversations" if many else "a quiet day"
        on = f"{calendar.day_abbr[self._day.weekday()]} {self._day.day} {self._day:%b}"
        if self._day.year != self._touch.last.year:
            on += f" {self._day.year}"
        told = [Part(f"{on} · ", "dim"), Part(talks)]
        if width_of(less) + width_of(told) >= self.size.width:
            return less
        return spread(less, told, min(self.size.width, self._indent() + len(self._touch.weeks) * _PITCH))


assert len(_CELLS) == len(HEAT) == LEVELS + 1
