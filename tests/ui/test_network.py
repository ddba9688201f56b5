"""The relations screen, through the keyboard."""

import pytest
from textual.pilot import Pilot

from netcrm.domain.people import Relation
from netcrm.store import Store
from netcrm.ui.screens.main import MainScreen
from netcrm.ui.screens.network import NetworkScreen
from tests.driving import drive, main_screen, seen, settle, type_text
from tests.ui.test_hostile import hostile
from tests.world import TODAY, added, person

ANA, BO, CY = 1, 2, 3


@pytest.fixture
def three(store: Store) -> Store:
    """Ana, whose friend is Bo, whose friend is Cy, through whom you know Ana."""
    for name in ("Ana Lopes", "Bo Nilsson", "Cy Young"):
        added(store, name)
    store.relations.add(ANA, Relation("friend", "Bo Nilsson", BO))
    store.relations.add(BO, Relation("boss", "Cy Young", CY))
    store.people.edit(ANA, person("Ana Lopes", introduced_by=CY), before=person("Ana Lopes"))
    return store


def centre(pilot: Pilot[None]) -> str:
    """Who is in the middle."""
    screen = pilot.app.screen
    assert isinstance(screen, NetworkScreen), screen
    return str(screen.pane.border_title)


class TestGoingAround:
    """From one to another."""

    def test_centre_and_back(self, three: Store) -> None:
        """Enter puts someone into the middle, esc goes back the same way, then out."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("R")
            assert centre(pilot) == "Ana Lopes"
            assert seen(pilot.app, "you ← Cy Young ← Ana Lopes")
            await pilot.press("enter")
            assert centre(pilot) == "Bo Nilsson"
            await pilot.press("enter")
            assert centre(pilot) == "Cy Young"
            assert seen(pilot.app, "report")
            await pilot.press("escape")
            assert centre(pilot) == "Bo Nilsson"
            assert isinstance(pilot.app.screen, NetworkScreen)
            assert pilot.app.screen.pane.branch is not None
            assert pilot.app.screen.pane.branch.key == CY
            await pilot.press("escape", "escape")
            assert isinstance(pilot.app.screen, MainScreen)

        drive(three, script)

    @pytest.mark.parametrize("key", ["m", "space"])
    def test_opened_on_the_main_screen(self, three: Store, key: str) -> None:
        """Also where a search had hidden them, or they were put away."""
        three.people.archive([CY])

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("slash", *"ana", "enter", "R", key)
            await settle(pilot)
            assert main_screen(pilot.app).people.person_id == BO
            await pilot.press("R", key)
            await settle(pilot)
            selected = main_screen(pilot.app)._selected()
            assert selected is not None and selected.id == CY
            assert seen(pilot.app, "archived")

        drive(three, script)

    def test_only_a_name(self, store: Store) -> None:
        """Who is not in the book can neither be put into the middle nor opened."""
        added(store, person("Ana", relations=(Relation("son", "Leo"),)))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("R", "enter", "m")
            assert centre(pilot) == "Ana"
            assert not seen(pilot.app, "Centre") and seen(pilot.app, "Take out")

        drive(store, script)


class TestWriting:
    """Add, take out, undo."""

    def test_add(self, three: Store) -> None:
        """In one line, with what was understood under it; it stands in the head of both."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("R", "a")
            await type_text(pilot, "daughter Eva, 18")
            assert seen(pilot.app, "daughter Eva, born 2008  not in the book")
            await pilot.press("enter", "a")
            await type_text(pilot, "mentor cy young")
            assert seen(pilot.app, "mentor Cy Young  in the book")
            await pilot.press("enter")
            assert [tie.words(TODAY) for tie in three.relations.of(ANA)] == [
                "friend Bo Nilsson",
                "daughter Eva, 18",
                "mentor Cy Young",
            ]
            assert seen(pilot.app, "Noted mentor Cy Young of Ana Lopes · u takes it back")
            await pilot.press("a")
            await type_text(pilot, "boss Ana Lopes\n")
            assert seen(pilot.app, "That is Ana Lopes themselves; say who else it is.")
            await pilot.press("escape")
            await pilot.press("escape")
            await settle(pilot)
            assert seen(pilot.app, "friend Bo Nilsson · daughter Eva, 18")
            await pilot.press("G")
            assert seen(pilot.app, "mentee Ana Lopes")

        drive(three, script)

    def test_something_is_missing(self, three: Store) -> None:
        """It says what, and keeps the line."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("R", "a")
            await type_text(pilot, "Eva")
            await pilot.press("enter")
            assert seen(pilot.app, "Say what “Eva” is to them")
            await pilot.press("escape")
            assert centre(pilot) == "Ana Lopes"

        drive(three, script)

    def test_take_out_and_undo(self, three: Store) -> None:
        """Also from the other side; an introduction stays."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("R", "x")
            assert not three.relations.of(BO)[0].words(TODAY).startswith("friend")
            await pilot.press("u")
            assert seen(pilot.app, "Taken back") and len(three.relations.of(ANA)) == 1
            await pilot.press("ctrl+r", "G", "x")
            assert seen(pilot.app, "introduced you") and not three.relations.of(ANA)

        drive(three, script)

    def test_keys_are_explained(self, three: Store) -> None:
        """Help shows this screen's."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("R", "question_mark")
            await settle(pilot)
            assert seen(pilot.app, "Put them into the middle.")

        drive(three, script)


class TestAnySize:
    """It never crashes."""

    @pytest.mark.parametrize("size", [(1, 1), (3, 2), (12, 5), (40, 10)])
    def test_hostile(self, store: Store, size: tuple[int, int]) -> None:
        """Whatever is written in it."""
        hostile(store)
        store.relations.add(1, Relation("x [/]\x1b[2J", "Bob", 2))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("R")
            await settle(pilot)
            await pilot.press("j", "G", "g", "k", "enter", "escape", "m")

        drive(store, script, size)
