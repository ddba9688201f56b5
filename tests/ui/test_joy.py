"""The joy jar on the screen: what lies in it, sent on its way, put in, edited, taken out."""

import pytest
from textual.app import App
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.ui.screens.joy import JoyScreen
from netcrm.ui.screens.spark import SparkScreen
from tests.driving import MEDIUM, NARROW, TINY, WIDE, drive, main_screen, seen, type_text
from tests.world import TODAY, dump


def joy_screen(app: App[None]) -> JoyScreen:
    """The joy jar, when it is on top."""
    screen = app.screen
    assert isinstance(screen, JoyScreen), screen
    return screen


def sent(store: Store) -> list[tuple[str, str]]:
    """The gives that came out of the jar: for whom, and in which words."""
    return [(give.whom.name, give.words) for give in store.gives.queue(TODAY) if give.source == "joy"]


class TestSending:
    """Out of the jar, to somebody."""

    def test_by_the_footer_alone(self, world: Store) -> None:
        """Space queues it for the first; they are not suggested again; one undo takes it back."""
        before = dump(world)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("J", "j", "j", "j")
            screen = joy_screen(pilot.app)
            assert screen.jar.jarred and screen.jar.jarred.spark.title == "A penguin in a tie"
            assert seen(pilot.app, "✦ Send Hank the penguin in a tie")
            await pilot.press("space")
            assert sent(world) == [("Hank Morrow", "Send Hank the penguin in a tie")]
            assert seen(pilot.app, "Queued for Hank Morrow") and seen(pilot.app, "in the queue")
            assert screen.delight.suited and screen.delight.suited.person.name != "Hank Morrow"
            await pilot.press("u")
            assert dump(world) == before
            assert screen.delight.suited and screen.delight.suited.person.name == "Hank Morrow"
            await pilot.press("ctrl+r")
            assert len(sent(world)) == 1
            await pilot.press("escape")
            assert main_screen(pilot.app)

        drive(world, script, WIDE)

    def test_to_another(self, world: Store) -> None:
        """Enter goes to the people; down, and enter queues it for the second; escape goes back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("J", "enter", "j")
            screen = joy_screen(pilot.app)
            assert screen.place() == "whom" and screen.delight.suited
            name = screen.delight.suited.person.name
            await pilot.press("enter")
            assert [whom for whom, _ in sent(world)] == [name]
            await pilot.press("escape")
            assert screen.place() == "jar"

        drive(world, script, MEDIUM)

    def test_not_unseen(self, world: Store) -> None:
        """On a narrow terminal the first space shows for whom it would be."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("J", "space")
            assert not sent(world)
            assert joy_screen(pilot.app).place() == "whom"
            await pilot.press("space")
            assert len(sent(world)) == 1

        drive(world, script, NARROW)

    def test_how_warm(self, world: Store) -> None:
        """Before a name stands how warm the contact is, as everywhere."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("J")
            pane = joy_screen(pilot.app).delight
            assert pane.suited is not None
            person = world.people.get(pane.suited.person.id)
            assert person is not None
            assert seen(pilot.app, f"{person.warmth(TODAY).dot} {pane.suited.person.name}")

        drive(world, script)

    def test_nobody(self, store: Store) -> None:
        """With nobody in the book it says so, and nothing is queued."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("J", "n")
            await type_text(pilot, "An owl #owls\n")
            await pilot.press("space")
            assert seen(pilot.app, "nobody comes to mind")

        drive(store, script)

    def test_as_a_spark(self, world: Store) -> None:
        """It opens in the spark screen, at the people."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("J", "j", "s")
            await pilot.pause()
            screen = pilot.app.screen
            assert isinstance(screen, SparkScreen)
            assert screen._spark and screen._spark.title == "Cartoon: two bees and a spreadsheet"
            assert screen.place() == "people"

        drive(world, script)


class TestTheJar:
    """What lies in it."""

    def test_put_in_edited_taken_out(self, store: Store) -> None:
        """A line puts it in, another edits it, a key takes it out, and all of it can be taken back."""
        before = dump(store)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("J")
            assert seen(pilot.app, "The jar is empty.")
            await pilot.press("space", "e", "x", "s", "tab", "enter", "a")
            await type_text(pilot, "cartoon: a penguin in a tie #birds https://pack-ice.example/p")
            assert seen(pilot.app, "#cartoon #birds")
            await pilot.press("enter")
            await pilot.press("e")
            await type_text(pilot, " #ties\n")
            (jarred,) = store.joy.jar()
            assert jarred.spark.title == "a penguin in a tie"
            assert set(jarred.spark.tags) == {"cartoon", "birds", "ties"}
            assert jarred.spark.link == "https://pack-ice.example/p"
            await pilot.press("x")
            assert not store.joy.jar() and seen(pilot.app, "The jar is empty.")
            await pilot.press("u")
            assert len(store.joy.jar()) == 1
            await pilot.press("u", "u")
            assert dump(store) == before
            await pilot.press("n", "enter")
            assert seen(pilot.app, "Say what it is")

        drive(store, script)

    @pytest.mark.parametrize("size", [(1, 1), (3, 2), TINY, (40, 9)])
    def test_small(self, world: Store, size: tuple[int, int]) -> None:
        """It is drawn at any size."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("J", "tab", "G", "g", "tab", "j", "question_mark", "escape")
            assert joy_screen(pilot.app).jar.jarred

        drive(world, script, size)
