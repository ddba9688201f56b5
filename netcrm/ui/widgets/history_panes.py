"""The panes of the history screen: the acts by day, and what the one that is highlighted changed."""

from collections.abc import Callable, Sequence
from datetime import date

from netcrm.domain.past import PastAct, day_word
from netcrm.domain.text import shortened
from netcrm.domain.turned import RowChange, Shown
from netcrm.ui.ink import Line, Part, part, spread, wrap
from netcrm.ui.widgets.pane import Pane

_SIGNS = {"added": ("+", "good"), "changed": ("~", "warm"), "removed": ("−", "alert")}
"""The sign before a record, by what happened to it, and its role."""

_TEXT_MOST = 600
"""Characters of a field that are shown: a note may be a book."""


class ActsPane(Pane):
    """The acts, newest first, by day; a line between those taken back and those that stand.

    Args:
        highlighted: Called when the highlight has come to another act.
    """

    BORDER_TITLE = "Acts"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="acts")
        self._highlighted = highlighted
        self.acts: Sequence[PastAct] = ()
        self._session = ""
        self._today = date.min
        self._empty: Sequence[Line] = ()
        self._lines: list[tuple[Line, int | None]] = []
        self._starts: list[int] = []

    @property
    def act(self) -> PastAct | None:
        """The highlighted one."""
        return self.acts[self.cursor] if self.cursor < len(self.acts) else None

    def show(
        self, acts: Sequence[PastAct], session: str, today: date, *, keep: int = 0, empty: Sequence[Line] = ()
    ) -> None:
        """Show acts, keeping the highlight on the same one where it is still among them.

        Args:
            acts: What was done, newest first.
            session: This run of the program.
            today: The day.
            keep: The id of the one to highlight; the one highlighted now, when 0.
            empty: What to say when there is none.
        """
        wanted = keep or (self.act.id if self.act else 0)
        self.acts, self._session, self._today, self._empty = acts, session, today, empty
        places = {act.id: place for place, act in enumerate(acts)}
        self.cursor = places.get(wanted, max(0, min(self.cursor, len(acts) - 1)))
        self._say_where()
        self.lay_out()
        self.keep_in_view()
        self.refresh()

    def go_to_line(self) -> None:
        """Highlight the newest act that stands, beneath the line."""
        self.go_to(next((place for place, act in enumerate(self.acts) if not act.undone), 0))

    # Rows

    def count(self) -> int:
        """How many acts there are."""
        return len(self.acts)

    def moved(self) -> None:
        """Tell the screen."""
        self._say_where()
        self._highlighted()

    def rows_per_page(self) -> int:
        """About how many are seen at once."""
        return max(1, self.size.height // 2)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted act is seen, with what stands above it where that is a heading."""
        height = self.size.height
        if self.cursor >= len(self._starts):
            self.top = 0
            return
        start = self._starts[self.cursor]
        end = start + 2
        while start and self._lines[start - 1][1] is None:
            start -= 1
        self.top = max(0, min(self.top, start, len(self._lines) - height))
        self.top = max(self.top, min(end - 2, end - height))

    def row_at(self, y: int) -> int | None:
        """The act drawn at a line."""
        place = self.top + y
        return self._lines[place][1] if 0 <= place < len(self._lines) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of an act, a heading, or the line between."""
        if not self.acts:
            return (self._empty[y] if y < len(self._empty) else ()), False
        place = self.top + y
        if place >= len(self._lines):
            return (), False
        line, row = self._lines[place]
        return line, row is not None and row == self.cursor

    def reflow(self) -> None:
        """Lay the acts out by day."""
        self._lines, self._starts = [], []
        width = self.size.width
        heading = ""
        for row, act in enumerate(self.acts):
            at = act.at.astimezone()
            if not act.undone and (row == 0 or self.acts[row - 1].undone) and row:
                self._lines.append((_between(width), None))
            day = day_word(at.date(), self._today)
            if day != heading:
                if heading:
                    self._lines.append(((), None))
                self._lines.append(([Part(day, "heading")], None))
                heading = day
            self._starts.append(len(self._lines))
            self._lines += [(line, row) for line in self._act_lines(act, f"{at:%H:%M}", width)]
        if self.acts and self.acts[-1].undone:
            self._lines.append((_between(width), None))

    def _act_lines(self, act: PastAct, time: str, width: int) -> tuple[Line, Line]:
        """What was done, and when; whether it is taken back, and who did it."""
        sentence = f"{act.label[:1].upper()}{act.label[1:]}"
        sign = Part("↶ ", "dim") if act.undone else Part("● ", "good")
        first = spread([sign, part(sentence, "dim" if act.undone else "strong")], (), width)
        facts = [time]
        if act.undone:
            facts.append("taken back")
        if act.session != self._session:
            facts.append("another session")
        return first, [Part(f"  {' · '.join(facts)}", "dim")]

    def _say_where(self) -> None:
        total = self.count()
        undone = sum(act.undone for act in self.acts)
        back = f" · {undone} taken back" if undone else ""
        self.border_subtitle = f"{self.cursor + 1} of {total}{back}" if total else ""


def _between(width: int) -> Line:
    """The line between what was taken back and what stands."""
    words = " ↑ taken back · ↓ stands "
    side = max(0, width - len(words)) // 2
    return [
        Part("─" * side, "accent"),
        Part(words, "accent"),
        Part("─" * (width - side - len(words)), "accent"),
    ]


class WhatPane(Pane):
    """What an act changed, record by record: field by field what was, and what became of it."""

    BORDER_TITLE = "What it changed"

    def __init__(self) -> None:
        super().__init__(id="what")
        self._act: PastAct | None = None
        self._shown: Shown | None = None
        self._lines: list[tuple[Line, int | None]] = []
        self._starts: list[int] = []

    def show(self, act: PastAct | None, shown: Shown | None) -> None:
        """Show what an act changed, or nothing.

        Args:
            act: The act.
            shown: What it changed.
        """
        if (act and act.id) != (self._act and self._act.id):
            self.cursor = self.top = 0
        self._act, self._shown = act, shown
        self.say_above("What it would change" if act and act.undone else self.BORDER_TITLE)
        self.lay_out()
        self.cursor = max(0, min(self.cursor, self.count() - 1))
        self.keep_in_view()
        self.refresh()

    # Rows

    def count(self) -> int:
        """How many records it tells of."""
        return len(self._starts)

    def rows_per_page(self) -> int:
        """About how many are seen at once."""
        return max(1, self.size.height // 3)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted record is seen; the first with the act's label above it."""
        height = self.size.height
        if self.cursor >= len(self._starts):
            self.top = 0
            return
        start = self._starts[self.cursor]
        last = self.cursor + 1 >= len(self._starts)
        end = len(self._lines) if last else self._starts[self.cursor + 1] - 1
        self.top = max(0, min(self.top, start if self.cursor else 0, len(self._lines) - height))
        self.top = max(self.top, min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The record drawn at a line."""
        place = self.top + y
        return self._lines[place][1] if 0 <= place < len(self._lines) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of the label, or of a record."""
        place = self.top + y
        if place >= len(self._lines):
            return (), False
        line, row = self._lines[place]
        return line, self.has_focus and row is not None and row == self.cursor

    def reflow(self) -> None:
        """Lay the label and the records out."""
        self._lines, self._starts = [], []
        act, shown, width = self._act, self._shown, self.size.width
        if act is None or shown is None:
            return
        sentence = f"{act.label[:1].upper()}{act.label[1:]}"
        self._lines += [(line, None) for line in wrap([part(sentence, "strong")], width)]
        for row, change in enumerate(shown.rows):
            self._lines.append(((), None))
            self._starts.append(len(self._lines))
            self._lines += [(line, row) for line in _record(change, width)]
        if shown.more:
            more = f"and {shown.more:,} more".replace(",", "\u2009")
            self._lines += [((), None), ([Part(more, "dim")], None)]


def _record(change: RowChange, width: int) -> Sequence[Line]:
    """A record: what it is and which one, then its fields."""
    sign, role = _SIGNS[change.how]
    what = change.what[:1].upper() + change.what[1:]
    head = [
        Part(f"{sign} ", role),
        Part(f"{what}  ", "dim"),
        part(shortened(change.name, _TEXT_MOST), "strong"),
    ]
    lines: list[Line] = list(_hanging(head, width))
    for field in change.fields:
        said: list[Part] = [Part(f"{field.label}  ", "dim")]
        before, after = shortened(field.before, _TEXT_MOST), shortened(field.after, _TEXT_MOST)
        if change.how == "changed":
            said += [part(before or "–", "dim"), Part(" → ", "accent"), part(after or "–")]
        else:
            said.append(part(after or before, "dim" if change.how == "removed" else ""))
        lines += _hanging([Part("  "), *said], width)
    return lines


def _hanging(line: Line, width: int) -> Sequence[Line]:
    """A line that goes on beneath itself, in from the margin."""
    sign, *rest = line
    first, *more = wrap(rest, max(1, width - 2)) or [[]]
    return [[sign, *first], *([Part("    "), *again] for again in more)]
