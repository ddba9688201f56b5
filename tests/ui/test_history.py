"""The history screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from netcrm.domain.people import Profile
from netcrm.store import Store
from netcrm.ui.screens.history import HistoryScreen
from tests.driving import MEDIUM, NARROW, drive, main_screen, seen, shown
from tests.world import a_store, added, person, ticking


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four acts."""
    with a_store(tmp_path, ticking()) as opened:
        for name in ("Amara", "Bela", "Christina"):
            added(opened, name)
        opened.people.edit(1, Profile(name="Amara", city="Garching"))
        yield opened


def the_history(pilot: Pilot[None]) -> HistoryScreen:
    """The screen."""
    screen = pilot.app.screen
    assert isinstance(screen, HistoryScreen)
    return screen


class TestLooking:
    """What stands there."""

    def test_acts(self, store: Store) -> None:
        """Each act by its label, newest first; beside the highlighted one what it changed."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("H")
            lines = [line for line in shown(pilot.app) if "● " in line]
            assert [line.split("● ")[1].split("  ")[0] for line in lines] == [
                "Edited Amara",
                "Added Christina",
                "Added Bela",
                "Added Amara",
            ]
            assert seen(pilot.app, "city  – → Garching")
            await pilot.press("j")
            assert seen(pilot.app, "+ Person  Christina")
            await pilot.press("escape")
            assert main_screen(pilot.app)

        drive(store, script)

    def test_others(self, store: Store, tmp_path: Path) -> None:
        """What another program did comes in, marked as another session's, and the highlight stays."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("H", "j")
            with a_store(tmp_path) as other:
                added(other, person("Dinis"))
            the_history(pilot)._look_for_others()
            await pilot.pause()
            assert seen(pilot.app, "Added Dinis")
            assert seen(pilot.app, "another session")
            assert seen(pilot.app, "+ Person  Christina")

        drive(store, script)

    def test_narrow(self, store: Store) -> None:
        """One side at a time; enter goes to what changed, esc back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("H")
            assert not seen(pilot.app, "What it changed")
            await pilot.press("enter")
            assert seen(pilot.app, "What it changed")
            await pilot.press("escape")
            assert not seen(pilot.app, "What it changed")

        drive(store, script, NARROW)


class TestWalking:
    """Back and forth."""

    def test_the_line_moves(self, store: Store) -> None:
        """Each u takes the line one act down, each ctrl+r one up; what is highlighted is what was turned."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("H", "u", "u")
            assert _line(pilot) == [
                "↶ Edited Amara",
                "↶ Added Christina",
                "─",
                "● Added Bela",
                "● Added Amara",
            ]
            assert the_history(pilot).acts.act == store.history.acts()[1]
            assert store.people.count() == 2
            await pilot.press("ctrl+r")
            assert _line(pilot) == [
                "↶ Edited Amara",
                "─",
                "● Added Christina",
                "● Added Bela",
                "● Added Amara",
            ]
            assert seen(pilot.app, "Done again: added Christina")

        drive(store, script)

    def test_to_here(self, store: Store) -> None:
        """U takes back everything down to the act, and on one taken back does again all up to it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("H", "j", "j", "U")
            assert seen(pilot.app, "Taken back: 3 acts")
            assert _line(pilot)[3] == "─"
            assert store.people.count() == 1
            await pilot.press("k", "U")
            assert seen(pilot.app, "Done again: 2 acts")
            assert store.people.count() == 3
            await pilot.press("escape")
            assert main_screen(pilot.app).people.count() == 3

        drive(store, script)

    def test_it_stops(self, store: Store) -> None:
        """It stops at what can't be taken back, with the sentence, and what was turned before stays so."""
        store._connection.execute("UPDATE people SET updated = 'x' WHERE name = 'Christina'")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("H", "G", "U")
            assert seen(pilot.app, "Taken back: 1 act. “added Christina” can't be turned back")
            assert [act.undone for act in store.history.acts()] == [True, False, False, False]

        drive(store, script)

    def test_not_unseen(self, store: Store, tmp_path: Path) -> None:
        """What another program did meanwhile is not taken back by it unseen."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("H", "j")
            with a_store(tmp_path) as other:
                added(other, "Dinis")
            await pilot.press("U")
            assert seen(pilot.app, "Another program has written meanwhile")
            assert seen(pilot.app, "Added Dinis")
            assert store.people.count() == 4

        drive(store, script, MEDIUM)


def _line(pilot: Pilot[None]) -> list[str]:
    """The acts and the line between them, as they stand on the screen."""
    lines = []
    for line in shown(pilot.app)[2:-2]:
        text = line.split("│")[1].strip()
        if text.startswith(("↶", "●")):
            lines.append(text)
        elif "taken back · ↓" in text:
            lines.append("─")
    return lines
