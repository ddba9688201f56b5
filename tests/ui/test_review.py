"""The review, through the keyboard."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from netcrm.domain.review import Span
from netcrm.store import Store
from netcrm.ui.app import NetcrmApp
from netcrm.ui.screens.everything import EverythingScreen
from netcrm.ui.screens.groups import GroupsScreen
from netcrm.ui.screens.review import ReviewScreen
from netcrm.ui.widgets.review_panes import ReviewPane
from tests.driving import MEDIUM, NARROW, TINY, WIDE, drive, main_screen, seen, settle, shown
from tests.ui.test_hostile import hostile
from tests.world import TODAY, added, entry, logged


def screen_of(pilot: Pilot[None]) -> ReviewScreen:
    """The review, when it is on top."""
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen), screen
    return screen


async def open_it(pilot: Pilot[None]) -> ReviewScreen:
    """Open the review."""
    await pilot.press("r")
    await settle(pilot)
    return screen_of(pilot)


def span_of(screen: ReviewScreen) -> str:
    """Which week or year is looked back on."""
    return screen._review.span.name


class TestMoving:
    """Over days, weeks and years."""

    def test_over_days(self, world: Store) -> None:
        """Up and down go by days, over the border of a week; what each has stands beneath."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            assert seen(pilot.app, "Sun 22 Nov · today")
            await pilot.press("k")
            assert seen(pilot.app, "Sat 21 Nov · yesterday")
            assert seen(pilot.app, "Rosa and Nkechi  How to read")
            assert seen(pilot.app, "2 conversations")
            await pilot.press(*["up"] * 6)
            assert (span_of(screen), screen._day) == ("2026-W46", TODAY - timedelta(days=7))
            await pilot.press("j")
            assert span_of(screen) == "2026-W47"
            await pilot.press("ctrl+u")
            assert screen._day == TODAY - timedelta(days=6 + 28)

        drive(world, script)

    def test_over_weeks_and_years(self, world: Store) -> None:
        """Left and right go by what is shown; y shows the year, y or esc the week again."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            names = []
            for key in (
                "left",
                "h",
                "left_square_bracket",
                "right",
                "l",
                "right_square_bracket",
                "y",
                "left",
            ):
                await pilot.press(key)
                names.append(span_of(screen))
            assert names == [f"2026-W{week}" for week in (46, 45, 44, 45, 46, 47)] + ["2026", "2025"]
            assert seen(pilot.app, "you gave 8 times and asked twice in 2025")
            assert (
                screen.map._touch.conversations
                == screen._store.review.touch(Span.year(screen._day), TODAY).conversations
            )
            await pilot.press("escape")
            assert span_of(screen) == "2025-W47"
            await pilot.press("t", "left_curly_bracket")
            assert span_of(screen) == "2025-W47"
            await pilot.press("right_curly_bracket")
            assert span_of(screen) == "2026-W47"

        drive(world, script)

    def test_no_further_than_there_is(self, store: Store) -> None:
        """It goes back to the week of the first entry, and on to today; at an end it says so."""
        logged(store, added(store, "Amara"), days_ago=10)

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("right")
            assert seen(pilot.app, "That is still to come.")
            await pilot.press("left", "left", "left")
            assert (span_of(screen), screen._day) == ("2026-W46", TODAY - timedelta(days=13))
            assert seen(pilot.app, "Nothing was noted before.")
            await pilot.press("g")
            assert screen._day == TODAY - timedelta(days=13)
            await pilot.press("G")
            assert screen._day == TODAY
            await pilot.press("y", "left")
            assert span_of(screen) == "2026"

        drive(store, script)

    def test_the_map_follows(self, world: Store) -> None:
        """Beyond its left end the map is that of the year before; the week is on it."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("left_curly_bracket", *["left"] * 8)
            assert span_of(screen) == "2025-W39"
            assert screen.map._touch.first <= screen._day <= screen.map._touch.last
            assert any("[■]" in line or "[·]" in line for line in shown(pilot.app))

        drive(world, script, MEDIUM)

    def test_by_mouse(self, world: Store) -> None:
        """A click on a day highlights it."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.click(screen.map, offset=(2 + 4 + 2 * 50, 1 + 1 + 2))
            assert screen._day == screen.map._touch.weeks[50] + timedelta(days=2)

        drive(world, script)

    def test_it_reads_what_is_new_alone(self, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """A week on reads neither the year nor what is worth a look today again."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)

            def never(*_: object) -> None:
                raise AssertionError("read again")

            monkeypatch.setattr(world.review, "touch", never)
            monkeypatch.setattr(world.review, "after", never)
            await pilot.press("left", "k", "right")
            monkeypatch.setattr(world.review, "held", never)
            await pilot.press("k", "k")

        drive(world, script)


class TestOpening:
    """Everything on it opens what it shows."""

    def test_an_entry(self, world: Store) -> None:
        """Enter on a day goes to its entries, enter on one to its place in a timeline; r comes back."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("left", "enter")
            assert screen.focused is screen.held
            (entry_found, *_) = world.review.day(TODAY - timedelta(days=7))
            await pilot.press("enter")
            await pilot.pause()
            main = main_screen(pilot.app)
            assert main.people.person_id == entry_found.people[0].id
            assert main.timeline.entry == entry_found
            assert main.focused is main.timeline
            assert span_of(await open_it(pilot)) == "2026-W46"

        drive(world, script)

    def test_a_person(self, world: Store) -> None:
        """Who drifts is highlighted on the main screen, out of a search that leaves them out."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("slash", *"amara", "enter")
            screen = await open_it(pilot)
            await pilot.press("shift+tab")
            assert screen.focused is screen.after
            assert seen(pilot.app, "○ Jo March")
            await pilot.press("enter")
            await pilot.pause()
            main = main_screen(pilot.app)
            assert main.people.person is not None
            assert main.people.person.name == "Jo March"
            assert main.focused is main.people

        drive(world, script)

    def test_a_kind(self, world: Store) -> None:
        """A kind opens the entries of that kind, in that span."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("tab")
            rows = [
                item.opens for item in screen.held._items if item.opens and "kind:gave" in item.opens.entries
            ]
            assert len(rows) == 1
            while screen.held.opened != rows[0]:
                await pilot.press("j")
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, EverythingScreen)
            assert seen(pilot.app, "kind:gave since:2026-11-16 until:2026-11-22")
            assert seen(pilot.app, "Grace Lindqvist  Gave two old rain atlases, on loan")
            assert seen(pilot.app, "2 entries")

        drive(world, script)

    def test_a_group(self, world: Store) -> None:
        """A group opens its page."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("shift+tab")
            while not (screen.after.opened and screen.after.opened.group_id):
                await pilot.press("j")
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, GroupsScreen)
            assert seen(pilot.app, "Would the council turn off the lamps for one night?")

        drive(world, script)

    @pytest.mark.parametrize("what", ["entries", "group_id"])
    def test_and_back(self, world: Store, what: str) -> None:
        """Esc from there comes back to the review, on the day it stood on, then esc to the people."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("left", "shift+tab" if what == "group_id" else "tab")
            pane = screen.focused
            assert isinstance(pane, ReviewPane)
            while not (pane.opened and getattr(pane.opened, what)):
                await pilot.press("j")
            await pilot.press("enter")
            await pilot.pause()
            while isinstance(pilot.app.screen, EverythingScreen | GroupsScreen):
                await pilot.press("escape")
                await pilot.pause()
            again = pilot.app.screen
            assert isinstance(again, ReviewScreen)
            assert again is not screen
            assert again._day == TODAY - timedelta(days=7)
            await pilot.press("escape")
            await pilot.pause()
            assert main_screen(pilot.app)

        drive(world, script)

    def test_an_archived_person(self, store: Store) -> None:
        """Who is in no list is shown all the same."""
        amara, _ = added(store, "Amara"), added(store, "Bela")
        logged(store, amara, kind="gave", text="the paper")
        store.people.archive([amara], archived=True)

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("enter", "enter")
            await pilot.pause()
            main = main_screen(pilot.app)
            assert main.timeline.entry is not None
            assert main.timeline.entry.text == "the paper"

        drive(store, script)


class TestSizes:
    """As many panes as there is room for."""

    @pytest.mark.parametrize(
        ("size", "shows"),
        [
            (WIDE, ["map", "held", "kept", "after"]),
            (MEDIUM, ["map", "held", "after"]),
            (NARROW, ["map", "held"]),
            (TINY, ["map"]),
        ],
        ids=str,
    )
    def test_panes(self, world: Store, size: tuple[int, int], shows: list[str]) -> None:
        """Four, three, two or one; tab goes through all, esc back to the map and out."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            panes = (screen.map, screen.held, screen.kept, screen.after)
            assert [pane.id for pane in panes if pane.is_on_screen] == shows
            walked = []
            for _ in range(3 if size != WIDE else 4):
                await pilot.press("tab")
                await pilot.pause()
                assert screen.focused is not None
                assert screen.focused.is_on_screen
                walked.append(screen.focused.id)
            assert walked == [*(["held", "kept", "after"] if size == WIDE else ["held", "after"]), "map"]
            await pilot.press("tab", "escape")
            assert screen.focused is screen.map
            await pilot.press("escape")
            main_screen(pilot.app)

        drive(world, script, size)

    def test_the_pane_that_goes(self, world: Store) -> None:
        """With the focus on a list that a smaller terminal has no room for, its content has the focus."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("tab", "tab")
            assert screen.focused is screen.kept
            await pilot.resize_terminal(*MEDIUM)
            await pilot.pause()
            assert screen.focused is screen.after
            assert any(
                "Bright moments" in "".join(text for text, _ in item.left) for item in screen.after._items
            )

        drive(world, script)

    @pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 2), (9, 9), (30, 12), (200, 50)], ids=str)
    def test_any_size(self, world: Store, size: tuple[int, int]) -> None:
        """It never crashes."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("k", "left", "enter", "j", "G", "y", "tab", "G", "tab", "g")
            await pilot.resize_terminal(*WIDE)
            await pilot.pause()
            screen_of(pilot)

        drive(world, script, size)


class TestElse:
    """An empty book, hostile text, no colour."""

    def test_an_empty_book(self, store: Store) -> None:
        """Every key is safe, and it says what would stand there."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            assert seen(pilot.app, "A quiet day.")
            assert seen(pilot.app, "Bright moments stand here")
            await pilot.press("left", "y", "left", "enter", "j", "enter", "tab", "enter", "tab", "G", "enter")
            screen_of(pilot)

        drive(store, script)

    def test_hostile(self, store: Store) -> None:
        """Names, texts and tags are drawn as they are."""
        hostile(store)
        one = store.people.ids()[0]
        for kind in ("gave", "learned", "introduced"):
            text = "[/] [b]bold\x1b[2J \u202egnp"
            store.timeline.log(entry(one, kind=kind, text=text, tags=("[@click=app.quit]x",), enjoyment=3))

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("enter", "j", "y", "tab", "j")
            assert not any("\x1b" in line or "\u202e" in line for line in shown(pilot.app))
            screen_of(pilot)

        drive(store, script)

    def test_without_colour(self, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each level has a sign of its own."""
        monkeypatch.setenv("NO_COLOR", "1")

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            drawn = "".join(shown(pilot.app))
            assert all(sign in drawn for sign in "·□▤▦■")

        drive(world, script, WIDE, NetcrmApp(world, lambda: TODAY))
