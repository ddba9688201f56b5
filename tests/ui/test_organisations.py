"""The organisations screen: who works or worked where; all of them marked, or sparked for, with one key."""

import pytest
from textual.app import App
from textual.pilot import Pilot

from netcrm.domain.gives import GiveDraft
from netcrm.domain.sparks import SparkDraft
from netcrm.store import Store
from netcrm.ui.screens import organisations
from netcrm.ui.screens.organisations import OrganisationsScreen
from netcrm.ui.screens.spark import SparkScreen
from tests.driving import MEDIUM, NARROW, TINY, drive, main_screen, seen, settle, type_text
from tests.ui.test_sparks import listed, ranked, spark_screen
from tests.world import TODAY, added, dump, logged, person

NORTHWIND = ["Grace Adeyemi", "Hank Morrow", "Małgorzata Zielińska", "Tom Ashworth"]
BEFORE = ["Mateus Rocha", "Priya Raghunathan", "Sanna Virtanen"]


def screen_of(app: App[None]) -> OrganisationsScreen:
    """The organisations screen, when it is on top."""
    screen = app.screen
    assert isinstance(screen, OrganisationsScreen), screen
    return screen


def highlighted(app: App[None]) -> str:
    """The name of the organisation that is highlighted."""
    one = screen_of(app).list.organisation
    return one.name if one else ""


def marked(app: App[None], store: Store) -> list[str]:
    """The names of those marked on the main screen."""
    return sorted(store.people.name(key) for key in main_screen(app).people.marked)


class TestTheView:
    """Who works and worked where."""

    def test_from_the_list_to_a_person(self, world: Store) -> None:
        """It begins where the person selected works; enter goes to its people, then shows one of them."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*"jjjjjjjj", "O")
            assert highlighted(pilot.app) == "Acme"
            assert seen(pilot.app, "Works there now · 1") and seen(pilot.app, "Worked there before · 3")
            await pilot.press("enter", "j")
            assert seen(pilot.app, "Talent scout until Jun 2025 · now Recruiter")
            await pilot.press("enter")
            await pilot.pause()
            shown = main_screen(pilot.app).people.person
            assert shown is not None and shown.name == "Mina Park"

        drive(world, script)

    def test_searching_and_ordering(self, world: Store) -> None:
        """The first that is found is highlighted as one types; esc shows all again, then leaves."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "slash")
            await type_text(pilot, "vol")
            assert highlighted(pilot.app) == "Volta Commons"
            assert screen_of(pilot.app).list.count() == 2
            await pilot.press("enter", "j", "escape")
            assert screen_of(pilot.app).list.count() > 20
            await pilot.press("S", "g")
            assert highlighted(pilot.app) == "Acme"
            assert seen(pilot.app, "by name · 1 of")
            await pilot.press("slash")
            await type_text(pilot, "zzyzx")
            assert seen(pilot.app, "None found.")
            await pilot.press("m", "escape", "escape", "escape")
            main_screen(pilot.app)

        drive(world, script)

    def test_a_large_book_is_read_aside(self, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a thread; what was asked for is highlighted once it is there."""
        monkeypatch.setattr(organisations, "_AT_ONCE", 0)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*"jjjjjjjj", "O")
            await settle(pilot)
            assert highlighted(pilot.app) == "Acme"

        drive(world, script)

    @pytest.mark.parametrize("size", [(1, 1), (3, 2), TINY, NARROW])
    def test_any_size(self, world: Store, size: tuple[int, int]) -> None:
        """It never crashes, and every key still does what it does."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "enter", "G", "tab", "j", "enter", "ctrl+d", "escape", "m")
            await pilot.pause()
            assert len(main_screen(pilot.app).people.marked) == 3

        drive(world, script, size)


class TestMarking:
    """Everyone of an organisation in one key."""

    def test_the_next_key_is_for_all_of_them(self, world: Store) -> None:
        """M marks those who work there; n queues for each; one undo takes all of it back."""
        before = dump(world)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "m")
            await pilot.pause()
            assert marked(pilot.app, world) == NORTHWIND
            assert seen(pilot.app, "4 marked, everyone at Northwind")
            await pilot.press("n")
            await type_text(pilot, "ask after them\n")
            assert sum("after them" in give.words for give in world.gives.queue(TODAY)) == 4
            assert not main_screen(pilot.app).people.marked
            await pilot.press("u")
            assert dump(world) == before

        drive(world, script)

    def test_those_before_too(self, world: Store) -> None:
        """Also where a search does not find them; who was marked before stays so."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("v", "slash")
            await type_text(pilot, "hank")
            await pilot.press("enter", "O", "M")
            await pilot.pause()
            assert marked(pilot.app, world) == sorted([*NORTHWIND, *BEFORE, "Ahmed El-Sayed"])

        drive(world, script)


class TestSparking:
    """One text for all of them."""

    def test_layoffs(self, world: Store) -> None:
        """Everyone there is chosen and stands first; a give each is queued, and says why."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "s")
            assert listed(pilot.app) == NORTHWIND
            assert seen(pilot.app, "because works at Northwind")
            await pilot.press("tab", "enter")
            assert seen(pilot.app, "first say what it is")
            await type_text(pilot, "job: SRE #kubernetes")
            await ranked(pilot)
            assert listed(pilot.app)[:4] == NORTHWIND
            await pilot.press("tab")
            assert seen(pilot.app, "because works at Northwind · ")
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, OrganisationsScreen)
            assert seen(pilot.app, "u takes it back")
            queued = [give for give in world.gives.queue(TODAY) if "SRE" in give.words]
            assert sorted(give.person.name for give in queued if give.person) == NORTHWIND
            assert all(give.why.startswith("because works at Northwind") for give in queued)
            await pilot.press("u")
            assert not [give for give in world.gives.queue(TODAY) if "SRE" in give.words]

        drive(world, script)

    def test_of_those_who_are_marked(self, world: Store) -> None:
        """On the main screen: who was marked for a reason says it, who was marked by hand was chosen."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("v", "k", "O", "m", "s")
            await pilot.pause()
            assert listed(pilot.app) == ["Ahmed El-Sayed", *NORTHWIND]
            assert seen(pilot.app, "because you chose them") and seen(pilot.app, "because works at Northwind")
            await pilot.press("escape")
            assert len(main_screen(pilot.app).people.marked) == 5
            await pilot.press("s")
            await type_text(pilot, "cartoon: bear")
            await ranked(pilot)
            await pilot.press("tab", "enter")
            await pilot.pause()
            assert not main_screen(pilot.app).people.marked
            assert seen(pilot.app, "Queued for 5")

        drive(world, script)

    def test_the_footer_leads_to_them(self, world: Store) -> None:
        """In the text it says how many are chosen, and which key goes to them."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "s")
            assert seen(pilot.app, "tab To the 4 chosen")
            await pilot.press("tab", "space", "tab")
            assert seen(pilot.app, "tab To the 3 chosen")

        drive(world, script)

    def test_another_text(self, world: Store) -> None:
        """Taken out, the text leaves them chosen; what was kept is not in the way."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "s")
            await type_text(pilot, "x")
            await pilot.press("tab", "space", "tab", "backspace")
            await pilot.pause()
            screen = spark_screen(pilot.app)
            assert len(screen.whom.chosen) == 4 and screen.whom.display and not screen.kept.display
            await pilot.press("tab", "e", "E")
            assert isinstance(pilot.app.screen, SparkScreen)

        drive(world, script)

    def test_nobody_is_told_twice(self, world: Store) -> None:
        """Who had the very same is left out, though they were chosen."""
        hank = next(key for key in world.people.ids() if world.people.name(key) == "Hank Morrow")
        draft = SparkDraft(kind="delight", title="a bear with a plan", link="https://bear.example")
        world.sparks.pass_on(draft, [GiveDraft(person_id=hank, words="Make them smile")], TODAY)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "s")
            await type_text(pilot, "cartoon: https://bear.example")
            await ranked(pilot)
            assert "Hank Morrow" not in listed(pilot.app)
            assert seen(pilot.app, "3 chosen")

        drive(world, script)


class TestForgetting:
    """What never was so."""

    def test_a_position_is_taken_off(self, store: Store) -> None:
        """And comes back with undo; what a life event tells is left to the timeline."""
        christina = added(store, person("Christina Vale", organisation="Acme"))
        hank = added(store, person("Hank Morrow", organisation="Northwind"))
        logged(store, hank, kind="life event", text="left Acme", days_ago=3)
        later = TODAY.replace(month=12)
        store.people.edit(christina, person("Christina Vale", organisation="Fjord"), today=later)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "slash")
            await type_text(pilot, "acme")
            await pilot.press("enter", "enter")
            assert [held.id for held in screen_of(pilot.app).list.organisation.before] == [1, 0]  # type: ignore[union-attr]
            await pilot.press("j", "x")
            assert seen(pilot.app, "A life event in their timeline says so")
            await pilot.press("k", "x")
            assert not store.organisations.positions(christina)
            assert seen(pilot.app, "u takes it back")
            await pilot.press("u")
            assert len(store.organisations.positions(christina)) == 1

        drive(store, script)

    def test_the_last_of_them(self, store: Store) -> None:
        """An organisation of which nothing is left is gone, and the keys find nobody."""
        christina = added(store, person("Christina Vale", organisation="Acme"))
        store.people.edit(christina, person("Christina Vale"), today=TODAY.replace(month=12))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("O", "enter", "x")
            await pilot.pause()
            assert seen(pilot.app, "No organisations yet.")
            await pilot.press("m", "M", "s", "enter", "tab", "x", "escape")
            await pilot.pause()
            assert not main_screen(pilot.app).people.marked

        drive(store, script, MEDIUM)
