"""The duplicates screen: who may be in the book twice, and making one of two."""

import pytest
from textual.app import App
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.ui.screens import duplicates
from netcrm.ui.screens.duplicates import DuplicatesScreen
from tests.driving import MEDIUM, TINY, drive, main_screen, seen
from tests.world import added, dump, logged, person


def screen_of(app: App[None]) -> DuplicatesScreen:
    """The duplicates screen, when it is on top."""
    screen = app.screen
    assert isinstance(screen, DuplicatesScreen), screen
    return screen


@pytest.fixture
def twice(store: Store) -> Store:
    """Christina is there twice, and so is Hank."""
    added(store, person("Christina Vale", email="c@vale.example", title="Designer"))
    logged(store, added(store, person("Chris Vale", email="c@vale.example", title="Director")), text="Tea")
    added(store, "Hank Morrow")
    added(store, "Morrow, Hank")
    added(store, "Amara Okafor")
    return store


class TestPairs:
    """The list, and what is beside it."""

    def test_the_surest_first(self, twice: Store) -> None:
        """Why stands beneath, what both say beside it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("D")
            assert seen(pilot.app, "Christina Vale = Chris Vale")
            assert seen(pilot.app, "a like name, the same mail c@vale.example")
            assert seen(pilot.app, "● Designer") and seen(pilot.app, "○ Director")
            await pilot.press("j")
            assert seen(pilot.app, "Hank Morrow = Morrow, Hank")
            await pilot.press("o")
            shown = main_screen(pilot.app).people.person
            assert shown is not None and shown.name == "Hank Morrow"

        drive(twice, script)

    def test_merged(self, twice: Store) -> None:
        """One key makes one of the two; another takes it back, whole."""
        before = dump(twice)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("D", "m")
            assert seen(pilot.app, "Merged Chris Vale into Christina Vale")
            assert screen_of(pilot.app).list.count() == 1
            assert [entry.text for entry in twice.timeline.of(1)] == ["Tea"]
            await pilot.press("u")
            assert screen_of(pilot.app).list.count() == 2

        drive(twice, script)
        assert dump(twice) == before

    def test_field_by_field(self, twice: Store) -> None:
        """Of what both say otherwise one chooses; what loses stands in the note."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("D", "enter", "right", "j", "space", "m")
            merged = twice.people.get(1)
            assert merged is not None
            assert (merged.profile.name, merged.profile.title) == ("Chris Vale", "Director")
            assert merged.profile.note == "Before it was merged: title Designer."

        drive(twice, script)

    def test_two_people(self, twice: Store) -> None:
        """They are not listed any more, also the next time."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("D", "x", "x")
            assert seen(pilot.app, "Nobody is there twice.")
            await pilot.press("m", "x", "enter", "escape", "D")
            assert screen_of(pilot.app).list.count() == 0

        drive(twice, script)
        assert twice.people.count() == 5

    def test_two_that_are_marked(self, twice: Store) -> None:
        """Who is not found can be merged all the same."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("g", "v", "v", "D")
            pair = screen_of(pilot.app).list.pair
            assert pair is not None and pair.because == ("you marked them",)
            await pilot.press("m")
            assert seen(pilot.app, "Nobody is there twice.")
            await pilot.press("escape")
            assert main_screen(pilot.app).people.marked == ()

        drive(twice, script)
        assert twice.people.count() == 4

    def test_more_are_marked(self, twice: Store) -> None:
        """Two are merged, never three at once."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("g", "v", "v", "v", "D")
            assert seen(pilot.app, "Mark two people to merge")

        drive(twice, script)

    def test_a_large_book_is_read_aside(self, twice: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """The screen is there at once, the pairs follow, and after each act again."""
        monkeypatch.setattr(duplicates, "_AT_ONCE", 0)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("D")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert screen_of(pilot.app).list.count() == 2
            await pilot.press("m")
            assert screen_of(pilot.app).list.count() == 1
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert screen_of(pilot.app).list.count() == 1

        drive(twice, script)

    @pytest.mark.parametrize("size", [TINY, MEDIUM, (1, 1)])
    def test_any_size(self, twice: Store, size: tuple[int, int]) -> None:
        """No size is too small."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("D", "j", "enter", "j", "right", "G", "tab", "m")

        drive(twice, script, size=size)
