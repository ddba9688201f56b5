"""A pane that holds only what is seen of a timeline, against one that lays out all of it."""

import random
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.geometry import Size
from textual.pilot import Pilot

from netcrm.domain.groups import GroupDraft
from netcrm.domain.timeline import Interaction
from netcrm.store import Store
from netcrm.store.timeline import PAGE, Cursor
from netcrm.ui.ink import Line, Part
from netcrm.ui.screens.groups import GroupsScreen
from netcrm.ui.widgets.paged import PagedPane
from tests.driving import drive, main_screen, shown
from tests.world import TODAY, added, entry, only

HEAD: Sequence[Line] = ([Part("Who it is")], [Part("and how they are")], ())
ABOVE = ("a member", "another", "a question")


def happened(key: int, days_ago: int, lines: int = 1) -> Interaction:
    """An entry that is drawn in so many lines."""
    return Interaction(
        id=key,
        uuid=f"{key}",
        day=TODAY - timedelta(days=days_ago),
        kind="met",
        text="",
        people=(),
        enjoyment=lines,
    )


class Book:
    """A timeline in memory, with a count of the pages that were read of it."""

    def __init__(self, entries: Sequence[Interaction]) -> None:
        self.entries = list(entries)
        self.pages = 0
        self.sort()

    def sort(self) -> None:
        """Oldest first."""
        self.entries.sort(key=lambda one: (one.day, one.id))

    def read(self, after: Cursor | None, oldest_first: bool) -> Sequence[Interaction]:
        """A page, as the store gives it."""
        self.pages += 1
        keys = [(one.day, one.id) for one in self.entries]
        if oldest_first:
            start = 0 if after is None else bisect_left(keys, (after.day, after.id + 1))
            return self.entries[start : start + PAGE]
        end = len(keys) if after is None else bisect_left(keys, (after.day, after.id))
        return self.entries[max(0, end - PAGE) : end][::-1]

    def find(self, key: int) -> Interaction | None:
        """An entry by its id."""
        return next((one for one in self.entries if one.id == key), None)


class Window(PagedPane[str]):
    """The pane, without an app: of a size that is said, and drawn by nobody."""

    def __init__(self, book: Book, size: Size, **how: Any) -> None:
        super().__init__(id="window")
        self.told = size
        self.focused = True
        self.book = book
        self.above: Sequence[str] = how.pop("above", ())
        self.on_top: Sequence[Line] = how.pop("head", ())
        for name, value in how.items():
            setattr(self, name, value)
        self._read, self._find = book.read, book.find
        self.refill(None)

    @property
    def size(self) -> Size:
        """As it is said."""
        return self.told

    @property
    def has_focus(self) -> bool:  # type: ignore[override]  # it is a reactive
        """As it is said."""
        return self.focused

    def redraw(self) -> None:
        """Nobody looks."""

    def refresh(self, *_: object, **__: object) -> "Window":
        """Nobody looks."""
        return self

    def head(self) -> Sequence[Line]:
        """What is said."""
        return self.on_top

    def fixed_rows(self) -> Sequence[str]:
        """What is said."""
        return self.above

    def heading(self, place: int) -> str:
        """Of the rows above the entries, that they are so."""
        return "Above" if isinstance(self._rows[place], str) else super().heading(place)

    def lines_of(self, place: int) -> Sequence[Line]:
        """As many lines as it has."""
        return lines_of(self._rows[place], self._is_of_the_same_day(place))

    def view(self) -> list[tuple[str, bool]]:
        """What is seen, and what of it is marked."""
        seen = [self.line_at(y) for y in range(max(1, self.told.height))]
        return [("".join(text for text, _ in line), marked) for line, marked in seen]


def lines_of(row: str | Interaction, same_day: bool) -> Sequence[Line]:
    """A row as both draw it."""
    if isinstance(row, str):
        return [[Part(row)]]
    day = "" if same_day else f"{row.day}"
    return [[Part(f"{day} {row.id}.{number}")] for number in range(max(1, row.enjoyment))]


class Whole:
    """What the pane stands for: every row, laid out, with a highlight and the line at the top of the view."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.cursor = self.top = 0
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out all there is."""
        window = self.window
        self.rows: list[str | Interaction] = [*window.above, *reversed(window.book.entries)]
        self.lines: list[tuple[str, int | None]] = [(text_of(line), None) for line in window.head()]
        self.begins, self.starts, self.ends = list[int](), list[int](), list[int]()
        heading, before = "", None
        for place, row in enumerate(self.rows):
            self.begins.append(0 if not place else len(self.lines))
            under = "Above" if isinstance(row, str) else f"{row.day:%B %Y}"
            if under != heading:
                self.lines += [("", None)] if self.lines else []
                self.lines.append((under, None))
            self.starts.append(len(self.lines))
            same = isinstance(row, Interaction) and isinstance(before, Interaction) and row.day == before.day
            self.lines += [(text_of(line), place) for line in lines_of(row, same)]
            self.ends.append(len(self.lines))
            heading, before = under, row

    @property
    def row(self) -> str | Interaction | None:
        """What is highlighted."""
        return self.rows[self.cursor] if self.rows else None

    def go_to(self, row: int) -> None:
        """Highlight a row."""
        self.cursor = max(0, min(row, len(self.rows) - 1))
        self.keep_in_view()

    def seen(self) -> list[tuple[str, int | None]]:
        """The lines of the view, fewer than it is high where there are no more."""
        trim = self.window.TRIMMED and self.top in self.begins[1:] and not self.lines[self.top][0]
        first = self.top + trim
        return self.lines[first : first + max(1, self.window.told.height)]

    def keep_in_view(self) -> None:
        """Scroll no more than it takes."""
        height = max(1, self.window.told.height)
        if not self.rows:
            self.top = 0
            return
        begin, end = self.begins[self.cursor], self.ends[self.cursor]
        above = self.starts[self.cursor] - begin
        start = begin + above - min(above, self.window.LEAD)
        if self.cursor == 0 and above < height:
            self.top = 0
        elif start <= self.top or end - start >= height:
            self.top = start
        else:
            self.top = max(self.top, end - height)
        self.top = max(0, self.top - (height - len(self.seen())))

    def resized(self) -> None:
        """The line at the top stays there, as far as it is still there."""
        self.keep_in_view()

    def refill(self, key: int | str | None, place: int) -> None:
        """All has been read again: the same is highlighted, at the same line of the view."""
        line = self.begins[place] - self.top if self.top and self.rows else None
        self.lay_out()
        keys = [row if isinstance(row, str) else row.id for row in self.rows]
        self.cursor = keys.index(key) if key in keys else max(0, min(place, len(self.rows) - 1))
        if line is not None and self.rows:
            self.top = max(0, self.begins[self.cursor] - line)
        if self.window.BESIDE and not self.window.focused:
            self.top = 0
        else:
            self.keep_in_view()

    def view(self) -> list[tuple[str, bool]]:
        """What is seen, and what of it is marked."""
        marked = self.window.focused or not self.window.BESIDE
        seen = [(text, marked and row is not None and row == self.cursor) for text, row in self.seen()]
        return seen + [("", False)] * (max(1, self.window.told.height) - len(seen))


def text_of(line: Line) -> str:
    """What a line says."""
    return "".join(text for text, _ in line)


class Walk:
    """The same keys, in both."""

    def __init__(self, seed: int, window: Window) -> None:
        self.chance = random.Random(seed)
        self.window, self.whole = window, Whole(window)
        self.key = 100_000
        self.half = max(1, window.told.height // 4)

    def move(self, rows: int) -> None:
        """Any number of rows."""
        self.window.action_move(rows)
        self.whole.go_to(self.whole.cursor + rows)

    def first(self) -> None:
        """``g``."""
        self.window.action_first()
        self.whole.go_to(0)

    def last(self) -> None:
        """``G``."""
        self.window.action_last()
        self.whole.go_to(len(self.whole.rows) - 1)

    def page(self, direction: int) -> None:
        """``ctrl+d``, ``ctrl+u`` and the page keys."""
        rows = max(1, self.window.rows_per_page())
        self.window.action_page(direction)
        self.whole.go_to(self.whole.cursor + direction * rows)

    def refill(self, change: Callable[[], None]) -> None:
        """An act: the timeline is another, and read again."""
        row, place = self.whole.row, self.whole.cursor
        held = self.window.held()
        change()
        self.window.book.sort()
        self.window.refill(held)
        self.whole.refill(row.id if isinstance(row, Interaction) else row, place)

    def act(self) -> None:
        """Change, move to another day, or take out what is highlighted; or add something."""
        book, row = self.window.book, self.whole.row
        kind = self.chance.choice(["enjoy", "edit", "remove", "add"])
        if kind == "add" or not isinstance(row, Interaction):
            self.key += 1
            made = happened(self.key, self.chance.randint(0, 400), self.chance.randint(1, 4))
            self.refill(lambda: book.entries.append(made))
            return
        at = book.entries.index(row)
        others: list[Interaction] = []
        if kind == "enjoy":
            others = [replace(row, enjoyment=self.chance.randint(1, 5))]
        elif kind == "edit":
            others = [replace(row, day=TODAY - timedelta(days=self.chance.randint(0, 400)))]
        self.refill(lambda: book.entries.__setitem__(slice(at, at + 1), others))

    def look_away(self) -> None:
        """Something is done elsewhere, and one comes back."""
        self.window.focused = False
        self.refill(lambda: None)
        assert self.window.view() == self.whole.view()
        if self.chance.random() < 0.5:
            self.refill_away()
        self.window.on_focus()
        self.window.focused = True
        if self.whole.cursor:
            self.whole.keep_in_view()

    def refill_away(self) -> None:
        """And once more, still elsewhere."""
        self.window.refill(self.window.held())
        assert self.window.view() == self.whole.view()

    def step(self) -> str:
        """One of all that can be done."""
        moves: Sequence[tuple[str, Callable[[], None]]] = (
            ("j", lambda: self.move(1)),
            ("k", lambda: self.move(-1)),
            ("down", lambda: self.move(self.chance.randint(1, 90))),
            ("up", lambda: self.move(-self.chance.randint(1, 90))),
            ("page down", lambda: self.page(1)),
            ("page up", lambda: self.page(-1)),
            ("g", self.first),
            ("G", self.last),
            ("act", self.act),
            *([("away", self.look_away)] if self.window.BESIDE else []),
        )
        said, move = self.chance.choices(moves, weights=[6, 6, 3, 3, 4, 4, 1, 2, 3, 1][: len(moves)])[0]
        move()
        return said


KINDS: Sequence[dict[str, object]] = (
    {"head": HEAD, "LEAD": 0},
    {"head": HEAD, "LEAD": 1, "above": ABOVE},
    {"LEAD": 2, "TRIMMED": True, "BESIDE": False},
)
"""Someone's timeline; a group's; that of everybody."""


class TestAgainstTheWhole:
    """After any keys the view is what it would be if everything were laid out."""

    @pytest.mark.parametrize("kind", range(len(KINDS)))
    @pytest.mark.parametrize("height", [1, 2, 5, 17, 48, 90])
    @pytest.mark.parametrize("entries", [0, 1, 7, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, 700])
    def test_any_walk(self, entries: int, height: int, kind: int) -> None:
        """Moving, paging, jumping, changing and taking out what is highlighted, looking elsewhere."""
        seed = entries * 1000 + height * 10 + kind
        chance = random.Random(seed)
        book = Book(
            [happened(n + 1, chance.randint(0, 400), chance.choice([1, 1, 2, 4])) for n in range(entries)]
        )
        walk = Walk(seed, Window(book, Size(40, height), **KINDS[kind]))
        done = list[str]()
        for _ in range(120):
            done.append(walk.step())
            assert walk.window.row == walk.whole.row, done[-8:]
            assert walk.window.view() == walk.whole.view(), done[-8:]

    @pytest.mark.parametrize("kind", range(len(KINDS)))
    def test_another_size(self, kind: int) -> None:
        """Whatever the sizes in between, what is highlighted is seen, and the end is as it would be."""
        book = Book([happened(number, number // 2, 1 + number % 3) for number in range(1, 400)])
        window = Window(book, Size(40, 20), **KINDS[kind])
        for height in (20, 3, 1, 50, 7, 20):
            window.action_move(67)
            window.told = Size(30 + height, height)
            window.lay_out()
            window.keep_in_view()
            assert height < 3 or any(marked for _, marked in window.view()), height
        whole = Whole(window)
        window.action_last()
        whole.go_to(len(whole.rows) - 1)
        assert window.view() == whole.view()


class TestWhatIsRead:
    """A key reads a page or two, however long the timeline is."""

    @pytest.mark.parametrize("kind", range(len(KINDS)))
    def test_each_key(self, kind: int) -> None:
        """To the end and back, a step there, and an act on what stands there."""
        book = Book([happened(number, number // 7, 2) for number in range(1, 5000)])
        window = Window(book, Size(40, 40), **KINDS[kind])

        def pages(act: Callable[[], object]) -> int:
            book.pages = 0
            act()
            window.view()
            return book.pages

        assert pages(window.action_last) == 1
        assert pages(lambda: window.action_move(-1)) == 0
        assert pages(lambda: window.refill(window.held())) <= 3
        assert window.entry and window.entry.id == 4999
        assert pages(lambda: window.action_page(-1)) <= 1
        assert pages(window.action_first) == 1
        assert pages(lambda: window.highlight(2500)) <= 3
        assert window.entry.id == 2500
        assert window.count() < 4 * PAGE

    def test_one_that_is_not_there(self) -> None:
        """Asked for an entry that the timeline has not, the highlight stays."""
        window = Window(Book([happened(number, number) for number in range(1, 300)]), Size(40, 20))
        window.action_last()
        seen = window.view()
        window.highlight(12345)
        assert window.entry and window.entry.id == 299 and window.view() == seen


class TestOnTheScreen:
    """Someone's timeline and a group's, through the keyboard."""

    @pytest.fixture
    def someone(self, store: Store) -> int:
        """Someone with 260 entries, all of a group too."""
        person = added(store)
        group = only(store.groups.found(GroupDraft(name="Choir", members=(person,))).groups)
        for days_ago in range(260):
            text = f"note {days_ago} " + "of this and that " * (days_ago % 9)
            store.timeline.log(entry(person, days_ago=days_ago, text=text, group_id=group))
        return person

    def test_the_end_of_a_timeline(self, store: Store, someone: int) -> None:
        """G shows the same as going there step by step; stars given there leave the highlight there."""
        screens: list[Sequence[str]] = []

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("2", "G")
            screens.append(shown(pilot.app))
            await pilot.press("g")
            for _ in range(258):
                main.timeline.action_move(1)
            await pilot.press("j")
            assert shown(pilot.app) == screens[0]
            await pilot.press("G", "k", "asterisk")
            assert main.timeline.entry and main.timeline.entry.text.startswith("note 258")
            assert main.timeline.entry.enjoyment == 1
            await pilot.press("3", "2")
            assert main.timeline.entry.text.startswith("note 258")
            main.reload()
            await pilot.press("1")
            main._shown = None
            main.reload()
            await pilot.pause()
            assert "note 0" in "\n".join(shown(pilot.app))
            await pilot.press("2")
            assert main.timeline.entry.text.startswith("note 258")

        drive(store, script)

    def test_the_end_of_a_group(self, store: Store, someone: int) -> None:
        """G shows the same as going there step by step; g comes back to the members."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "enter", "G")
            screen = pilot.app.screen
            assert isinstance(screen, GroupsScreen)
            there = shown(pilot.app)
            await pilot.press("g")
            assert screen.page.entry is None and screen.page.row is not None
            for _ in range(259):
                screen.page.action_move(1)
            await pilot.press("j")
            assert shown(pilot.app) == there
            assert screen.page.entry is not None

        drive(store, script)
