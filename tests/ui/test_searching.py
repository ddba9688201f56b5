"""Searching as one types: the first who are found are on the screen before all are."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from netcrm.domain.imports import Card
from netcrm.domain.people import Profile
from netcrm.store import Store
from netcrm.store.search import Finding, Search
from tests.driving import drive, main_screen, seen, type_text
from tests.world import a_store, logged

MANY = 230


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """More people than are found at first, all of whom are found by one word."""
    store = a_store(tmp_path_factory.mktemp("many"))
    cards = [
        Card(
            profile=Profile(name=f"Person {number:03}", note="sails"), source="test", key=f"{number}", line=1
        )
        for number in range(MANY)
    ]
    store.imports.bring_in(cards, "people")
    return store


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many the screen waited for, search by search."""
    limits: list[int] = []
    find = Search.people

    def people(self: Search, query, limit=-1, **said):  # type: ignore[no-untyped-def]  # as `people` has them
        if isinstance(self, Search):
            limits.append(limit)
        return find(self, query, limit, **said)

    monkeypatch.setattr(Finding, "people", people)
    return limits


class TestManyFound:
    """A word by which more are found than a screen shows."""

    def test_no_letter_waits_for_all(
        self, many: Store, waits: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Not even in the other order; the count follows."""
        monkeypatch.setattr("netcrm.ui.widgets.pane._SOON_SECONDS", 0)

        async def script(pilot: Pilot[None]) -> None:
            for order in ("by name", "by last contact"):
                await pilot.press("slash")
                await type_text(pilot, "sails")
                await pilot.pause()
                await pilot.app.workers.wait_for_complete()
                await pilot.pause()
                assert seen(pilot.app, f"{order} · 1 of {MANY}")
                await pilot.press("escape", "escape", "S")
            assert len(waits) >= len("sails") * 2
            assert -1 not in waits

        drive(many, script)

    def test_the_last_of_all(self, many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """`end` goes there though not all are there yet; what is found aside then changes nothing."""
        monkeypatch.setattr("netcrm.ui.screens.panes.PanesScreen._find_the_rest", lambda self, fill: None)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("slash")
            await type_text(pilot, "sails")
            await pilot.press("enter")
            main = main_screen(pilot.app)
            assert main.people.count() < MANY
            assert seen(pilot.app, "1 of …")
            await pilot.press("j")
            assert main.people.count() < MANY
            await pilot.press("G")
            assert seen(pilot.app, f"{MANY} of {MANY}")
            main._find_aside(main._fills, main._query, main._today(), main._order)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert seen(pilot.app, f"{MANY} of {MANY}")

        drive(many, script)

    def test_what_was_found_for_another_word(self, many: Store) -> None:
        """It comes too late, and is not shown."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash")
            await type_text(pilot, "sails")
            earlier = main._fills, main._query, main._today(), main._order
            await type_text(pilot, "x")
            main._find_aside(*earlier)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert main.people.count() == 0

        drive(many, script)


class TestAnAct:
    """Something is written while a search is there."""

    def test_the_highlight_stays(self, many: Store, tmp_path: Path) -> None:
        """However far down the list it stands."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash")
            await type_text(pilot, "sails")
            await pilot.press("enter", "G", "k")
            someone = main.people.person_id
            assert someone is not None
            logged(many, someone, text="sailed")
            main.reload()
            await pilot.pause()
            assert main.people.person_id == someone
            assert seen(pilot.app, f"{MANY - 1} of {MANY}")

        drive(many, script)


class TestTheLineIsMadeLater:
    """The search line is made in a moment when nobody waits for anything."""

    def test_it_is_not_made_when_one_has_quit_by_then(self, tmp_path: Path) -> None:
        """Who quits in that very moment is not met by an error."""

        async def script(pilot: Pilot[None]) -> None:
            bar = main_screen(pilot.app).search
            bar.remove_children()
            await pilot.pause()
            pilot.app.exit()
            bar._in_a_while()
            assert not bar.children

        drive(a_store(tmp_path), script)
