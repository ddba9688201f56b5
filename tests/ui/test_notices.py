"""What the header says was done, and for how long it promises that a key turns it back."""

import asyncio

import pytest
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.ui.acts import acting
from tests.driving import MEDIUM, NARROW, drive, look_for_others, main_screen, seen, shown, type_text
from tests.world import added, entry, frozen


class TestOffers:
    """A notice offers a key only as long as the key turns the act that it speaks of."""

    def test_an_act_on_another_screen(self, store: Store) -> None:
        """The header offered to take back a line, when u would take back what was removed since."""
        added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "talked about kites\n")
            assert seen(pilot.app, "u takes it back")
            await pilot.press("T")
            await pilot.pause()
            await pilot.press("x", "escape")
            await pilot.pause()
            assert main_screen(pilot.app)
            assert not seen(pilot.app, "takes it back")

        drive(store, script)

    def test_undone_on_another_screen(self, store: Store) -> None:
        """Nor does it offer what has been taken back there, or ^r what has been done again."""
        added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "talked about kites\n")
            await pilot.press("c")
            await pilot.pause()
            await pilot.press("u", "escape")
            await pilot.pause()
            assert main_screen(pilot.app)
            assert not seen(pilot.app, "takes it back")
            await pilot.press("ctrl+r", "u")
            await pilot.pause()
            assert seen(pilot.app, "^r does it again")
            await pilot.press("J")
            await pilot.pause()
            await pilot.press("ctrl+r", "escape")
            await pilot.pause()
            assert not seen(pilot.app, "does it again")

        drive(store, script)

    def test_a_screen_that_wrote_nothing(self, store: Store) -> None:
        """Who only looks elsewhere still finds the offer, which is still true."""
        added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "talked about kites\n")
            await pilot.press("T")
            await pilot.pause()
            await pilot.press("escape")
            await pilot.pause()
            assert seen(pilot.app, "u takes it back")

        drive(store, script)

    def test_another_program(self, store: Store) -> None:
        """What another program has done since is what u would take back."""
        hank = added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "talked about kites\n")
            assert seen(pilot.app, "u takes it back")
            with Store(store.path, frozen) as other:
                other.timeline.log(entry(hank, text="from the command line"))
            look_for_others(pilot.app)
            await pilot.pause()
            assert seen(pilot.app, "from the command line")
            assert not seen(pilot.app, "takes it back")

        drive(store, script)

    def test_every_notice_ends(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """The timer ran out once, and then never again: the second notice stood for good."""
        monkeypatch.setattr(acting, "NOTICE_SECONDS", 0.05)
        added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            for _ in range(2):
                await pilot.press("B")
                assert main_screen(pilot.app).header._notice
                await asyncio.sleep(0.15)
                assert not main_screen(pilot.app).header._notice

        drive(store, script)


class TestTooLong:
    """What was done may be told in more words than there is room for; what the key does is told whole."""

    @pytest.mark.parametrize("size", [MEDIUM, NARROW])
    def test_on_another_screen(self, store: Store, size: tuple[int, int]) -> None:
        """The sentence filled the title, and the key that takes it back was cut away."""
        store.timeline.log(entry(added(store, "Hank Morrow" * 12), text="kites"))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T")
            await pilot.pause()
            await pilot.press("x")
            await pilot.pause()
            (said,) = (line for line in shown(pilot.app) if "takes it back" in line)
            assert said.endswith("… · u takes it back")

        drive(store, script, size)
