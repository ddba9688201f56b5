"""What a spark is: what was understood of it, and the text itself with the words that somebody shares."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Size

from netcrm.domain.gives import say_day
from netcrm.domain.interest import spans
from netcrm.domain.rhythm import span
from netcrm.domain.sparks import SPARK_KINDS, SparkDraft, expired
from netcrm.ui.ink import Line, Part, part, width_of, wrap
from netcrm.ui.widgets.inked import Inked
from netcrm.ui.widgets.spark_panes import KIND_NAMES, SHORT_NAMES
from netcrm.ui.widgets.text_field import TextField

_LABEL = 7
"""Cells before what a label says."""

_LINE_MOST = 400
"""Characters of a line that was pasted: one of ten thousand would take a third of a second to draw."""

_ROOMY = 36
"""Cells from which on there is room for whole words and gaps."""

_TITLE_LINES = 2
"""Lines kept for the title, so that nothing moves when it grows."""


class SparkFacts(Inked):
    """What was understood: kind, title, link, until when. As high whatever is in it.

    Args:
        chosen: Called with a kind that was clicked.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"ink--picked", "ink--link"}

    DEFAULT_CSS = """
    SparkFacts { height: auto; width: 1fr; }
    SparkFacts > .ink--picked { color: $accent; text-style: bold; }
    SparkFacts > .ink--link { color: $secondary; text-style: underline; }
    """

    def __init__(self, chosen: Callable[[str], None]) -> None:
        super().__init__(id="facts")
        self._chosen = chosen
        self._spark: SparkDraft | None = None
        self._today = date.min

    def show(self, spark: SparkDraft | None, today: date) -> None:
        """Show what was understood; None while there is nothing yet."""
        self._spark, self._today = spark, today
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The kinds, the title's lines, link, until, and three gaps and the label of the text."""
        return len(self._kinds(width)) + 1 + _TITLE_LINES + 2 + 2

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """A line of them; where there is but one, all in short."""
        if self.size.height == 1:
            return self._in_short(), ""
        lines = self._lines(width)
        if y == self.size.height - 1:
            return [Part("text", "dim")], ""
        return lines[y] if y < len(lines) else (), ""

    def on_click(self, event: events.Click) -> None:
        """Choose the kind that was clicked."""
        offset = event.get_content_offset(self)
        lines = self._kinds(self.size.width)
        if offset is None or offset.y >= len(lines):
            return
        place = 0
        for said in lines[offset.y]:
            place += width_of([said])
            if offset.x < place:
                names = [*KIND_NAMES.items(), *SHORT_NAMES.items()]
                kind = next((kind for kind, name in names if name == said.text.strip()), "")
                if kind:
                    self._chosen(kind)
                return

    def _in_short(self) -> Line:
        """Kind and day, where there is room for one line only."""
        if self._spark is None:
            return [Part("text", "dim")]
        until = [Part("  until ", "dim"), *self._until(self._spark)] if self._spark.until else []
        return [Part(KIND_NAMES[self._spark.kind], "picked"), *until]

    def _lines(self, width: int) -> Sequence[Line]:
        spark = self._spark
        lines: list[Line] = [*self._kinds(width), ()]
        if spark is None:
            return [*lines, *(_labelled(label, Part("–", "dim")) for label in ("title", "link", "until"))]
        title = wrap([part(spark.title, "strong")], max(1, width - _LABEL))
        lines.append(_labelled("title", *title[0]))
        for more in title[1:_TITLE_LINES]:
            last = len(title) > _TITLE_LINES
            lines.append([Part(" " * _LABEL), *more, *([Part(" …", "dim")] if last else [])])
        lines.append(_labelled("link", part(spark.link, "link") if spark.link else Part("–", "dim")))
        lines.append(_labelled("until", *self._until(spark)))
        return lines

    def _until(self, spark: SparkDraft) -> Line:
        day = spark.until
        if day is None:
            return [Part("–", "dim")]
        if expired(spark, self._today):
            return [part(f"was of use until {say_day(day, self._today)}", "warm")]
        ahead = (day - self._today).days
        year = f" {day.year}" if ahead > _YEAR_AHEAD else ""
        when = {0: "today", 1: "tomorrow"}.get(ahead, f"in {span(ahead)}")
        gap = "  " if self.size.width >= _ROOMY else " "
        return [Part(f"{day:%a} {day.day} {day:%b}{year}"), Part(f"{gap}{when}", "dim")]

    def _kinds(self, width: int) -> Sequence[Line]:
        """The kinds, the present one strong, on as many lines as they need."""
        lines: list[list[Part]] = [[Part("kind".ljust(_LABEL), "dim")]]
        names = KIND_NAMES if width >= _ROOMY else SHORT_NAMES
        for kind in SPARK_KINDS:
            name = names[kind]
            begun = len(lines[-1]) > 1
            if begun and width_of(lines[-1]) + 2 + len(name) > width:
                lines.append([Part(" " * _LABEL)])
                begun = False
            role = "picked" if self._spark and self._spark.kind == kind else "dim"
            lines[-1] += [Part("  "), Part(name, role)] if begun else [Part(name, role)]
        return lines


class SparkField(TextField):
    """The text of a spark, the words that somebody shares in colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"spark-field--shared"}

    DEFAULT_CSS = """
    SparkField, SparkField:focus {
        border: none; padding: 0; height: 1fr; width: 1fr; background: $background; color: $foreground;
        scrollbar-size-vertical: 1; scrollbar-color: $foreground 25%; scrollbar-background: $background;
    }
    SparkField .text-area--placeholder { color: $foreground 45%; }
    SparkField > .spark-field--shared { color: $accent; }
    """

    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__(text, id="text", tab_behavior="focus", placeholder=placeholder)
        self.highlight_cursor_line = False  # its style would lie over the colour of shared words
        self._shared: frozenset[str] = frozenset()
        self._colour: Style | None = None

    def replace(  # type: ignore[override]  # as in `TextField`: the rest is handed on as it comes
        self, insert: str, *args: object, **options: object
    ) -> object:
        """Insert text, its longest lines broken: each key costs as much as the line that it is typed into."""
        return super().replace(broken(insert), *args, **options)

    def share(self, words: frozenset[str]) -> None:
        """Colour words, wherever they stand, and others of their families."""
        if words != self._shared:
            self._shared = words
            self.notify_style_update()
            self.refresh()

    def notify_style_update(self) -> None:
        """Forget the colour of the theme before, and lines drawn in it."""
        self._colour = None
        super().notify_style_update()

    def get_line(self, line_index: int) -> Text:
        """A line of the text, with its shared words coloured."""
        line = super().get_line(line_index)
        if self._shared:
            self._colour = self._colour or Style(
                color=self.get_component_rich_style("spark-field--shared").color
            )
            for start, end in _spans(line.plain, self._shared):
                line.stylize(self._colour, start, end)
        return line


def broken(text: str) -> str:
    """A text whose lines are no longer than a long paragraph, broken behind a sentence or a word."""
    if len(text) <= _LINE_MOST:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > _LINE_MOST:
            end = rest.rfind(". ", _LINE_MOST // 2, _LINE_MOST) + 1
            end = end or rest.rfind(" ", 1, _LINE_MOST)
            end = end if end > 0 else _LINE_MOST
            lines.append(rest[:end])
            rest = rest[end:].removeprefix(" ")
        lines.append(rest)
    return "\n".join(lines)


@lru_cache(maxsize=256)
def _spans(line: str, words: frozenset[str]) -> Sequence[tuple[int, int]]:
    """Where words stand in a line, links aside: asked for each line of the view that a long one takes."""
    links = [match.span() for match in _LINK.finditer(line)]
    return [
        (start, end)
        for start, end in spans(line, words)
        if not any(begin <= start < stop for begin, stop in links)
    ]


_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def _labelled(label: str, *parts: Part) -> Line:
    return [Part(label.ljust(_LABEL), "dim"), *parts]


_YEAR_AHEAD = 180
"""Days ahead from which on a day is said with its year."""
