"""Copies of the book that the app keeps: the day's in idle time, and one when it is asked for."""

import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.store.backups import kept
from netcrm.store.file import File
from netcrm.ui.app import NetcrmApp
from tests.driving import drive, main_screen, seen, settle, type_text
from tests.world import NOW, TODAY, added


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits until nobody types."""
    monkeypatch.setattr("netcrm.ui.acts.keeping._IDLE_SECONDS", 0.01)


def app_over(store: Store) -> NetcrmApp:
    """The app as the command line opens it."""
    return NetcrmApp(store, lambda: TODAY, daily=True)


async def until_kept(pilot: Pilot[None], store: Store) -> None:
    """Wait for a backup, or for what is said where none could be kept."""
    end = time.monotonic() + 20
    while not kept(File(store.path)) and time.monotonic() < end and not seen(pilot.app, "could "):
        await pilot.pause(0.02)
    await settle(pilot)


class TestTheDays:
    """The day's backup."""

    def test_after_the_first_paint(self, world: Store) -> None:
        """It is made without a word, while one works."""
        added(world)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("j")
            await until_kept(pilot, world)
            assert seen(pilot.app, "people")

        drive(world, script, app=app_over(world))
        assert [backup.why for backup in kept(File(world.path))] == ["daily"]

    def test_not_in_the_demo(self, world: Store) -> None:
        """A book that is gone when one quits needs none."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.pause(0.2)
            await settle(pilot)

        drive(world, script)
        assert not kept(File(world.path))

    def test_not_kept(self, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is said once, calmly; one goes on working."""
        monkeypatch.setattr("netcrm.store.backups._ROOM", 1e12)
        added(world)

        async def script(pilot: Pilot[None]) -> None:
            await until_kept(pilot, world)
            assert seen(pilot.app, "The day's backup could not be kept.")
            main_screen(pilot.app).say("")
            main_screen(pilot.app).keep_daily()
            await settle(pilot)
            assert not seen(pilot.app, "could not be kept")

        drive(world, script, app=app_over(world))

    def test_quitting_waits_for_none(self, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Half a copy is given up, and nothing is left of it."""
        monkeypatch.setattr("netcrm.store.backups._PAGES", 1)
        stopped: list[bool] = []
        added(world)
        back_up = Store.back_up_daily

        def slowly(store: Store, stop: object) -> object:
            def asked() -> bool:
                time.sleep(0.2)
                stopped.append(stop())  # type: ignore[operator]  # as the app gives it
                return stopped[-1]

            return back_up(store, asked)

        monkeypatch.setattr(Store, "back_up_daily", slowly)

        async def script(pilot: Pilot[None]) -> None:
            while not stopped:
                await pilot.pause(0.02)

        began = time.monotonic()
        drive(world, script, app=app_over(world))
        assert time.monotonic() - began < 20
        assert stopped[-1] is True and len(stopped) < 40
        assert not list(Path(f"{world.path}-backups").iterdir())


class TestAskedFor:
    """“Back up now” in the palette."""

    def test_palette(self, world: Store) -> None:
        """It keeps one, and says so."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("ctrl+p")
            await type_text(pilot, "back up")
            await settle(pilot)
            await pilot.press("enter")
            await until_kept(pilot, world)
            assert seen(pilot.app, "Kept a copy of everything")

        drive(world, script)
        (made,) = kept(File(world.path))
        assert (made.why, made.at.date()) == ("asked", NOW.date())

    def test_not_kept(self, world: Store) -> None:
        """It is said why not, each time."""
        Path(f"{world.path}-backups").write_text("mine")

        async def script(pilot: Pilot[None]) -> None:
            for _ in range(2):
                await pilot.app.screen.run_action("back_up")
                await until_kept(pilot, world)
                assert seen(pilot.app, "is no folder")
                main_screen(pilot.app).say("")

        drive(world, script)


class TestADamagedFile:
    """What the file says no more."""

    def test_the_sentence_is_kept_for_the_terminal(self, world: Store) -> None:
        """Nothing of the file's is on the screen that it leaves: the command line says what helps."""
        import sqlite3

        def torn(*_: object) -> None:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorname = "SQLITE_CORRUPT"
            raise error

        app = NetcrmApp(world, lambda: TODAY)

        async def script(pilot: Pilot[None]) -> None:
            pilot.app.screen.call_later(torn)
            await pilot.pause()

        with pytest.raises(sqlite3.DatabaseError):
            drive(world, script, app=app)
        assert app.fault is not None
        assert "is damaged" in str(app.fault)
        assert not app._exit_renderables
