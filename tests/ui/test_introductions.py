"""The introductions screen, through the keyboard."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.ui.screens.introductions import IntroductionsScreen
from netcrm.ui.screens.main import MainScreen
from tests.driving import NARROW, drive, main_screen, opened, seen, settle, shown, type_text
from tests.ui.test_hostile import hostile
from tests.world import TODAY, added, person, queued

HANK, AMARA = 1, 2
WHY = "Hank wants a telescope night for the scouts · Amara offers a telescope night for schools"


@pytest.fixture
def two(store: Store) -> Store:
    """A book of Hank, who wants what Amara offers, for whom the queue has suggested nothing this week."""
    store._connection.execute("INSERT INTO suggested (key, day) VALUES ('want:x', ?)", (TODAY.isoformat(),))
    added(store, person("Hank Morrow", wants=("a telescope night for the scouts",), email="hank@x.example"))
    added(store, person("Amara Okafor", offers=("a telescope night for schools",), email="amara@x.example"))
    return store


def screen_of(pilot: Pilot[None]) -> IntroductionsScreen:
    """The introductions screen, when it is on top."""
    screen = pilot.app.screen
    assert isinstance(screen, IntroductionsScreen), screen
    return screen


async def open_it(pilot: Pilot[None]) -> IntroductionsScreen:
    """Open the screen, and wait for what it proposes."""
    await pilot.press("i")
    await settle(pilot)
    return screen_of(pilot)


class TestStepByStep:
    """From a proposal to what came of it, with one key."""

    def test_the_whole_way(self, two: Store) -> None:
        """Space takes each step; both are asked before they are introduced, and u takes each back."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            assert seen(pilot.app, "space Take it up")
            states = []
            for _ in range(6):
                await pilot.press("space")
                await settle(pilot)
                states.append(two.introductions.all()[0].state)
            assert states == ["idea", "asked one", "asked both", "asked both", "both said yes", "made"]
            assert two.timeline.of(AMARA)[0].text == f"Introduced Hank and Amara: {WHY}"
            assert seen(pilot.app, "u takes it back")
            await pilot.press("space")
            await type_text(pilot, "a night for forty scouts")
            await pilot.press("enter")
            assert two.introductions.all()[0].came_of_it == "a night for forty scouts"
            await pilot.press("u", "u")
            assert two.introductions.all()[0].state == "both said yes"
            assert not two.timeline.of(AMARA)
            await pilot.press("ctrl+r", "escape")
            await pilot.pause()
            assert seen(pilot.app, "Introduced Hank and Amara")

        drive(two, script)

    def test_one_side_at_a_time(self, two: Store) -> None:
        """2 asks the second first, and then notes a yes; once more there is nothing left to say."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("space", "2", "2", "2")
            (found,) = two.introductions.all()
            assert (found.state, found.other_yes_on, found.asked_one_on) == ("asked one", TODAY, None)
            assert seen(pilot.app, "Amara said yes already")

        drive(two, script)

    def test_enter_only_reads(self, two: Store) -> None:
        """It goes to the two and stays there; only space acts."""

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("enter", "enter")
            await settle(pilot)
            assert screen.focused is screen.pair
            assert not two.introductions.all()
            await pilot.press("escape", "space", "enter", "enter")
            await settle(pilot)
            assert two.introductions.all()[0].state == "idea"

        drive(two, script)

    def test_the_highlight_stays(self, two: Store) -> None:
        """On the same two: taken up, a step further, and taken back until they are only proposed."""
        added(two, person("Bela Kovács", wants=("a greenhouse for tomatoes",)))
        added(two, person("Carla Ruiz", offers=("a greenhouse for tomatoes",)))

        async def script(pilot: Pilot[None]) -> None:
            screen = await open_it(pilot)
            await pilot.press("down")
            assert screen.pairs.pair is not None
            chosen = set(screen.pairs.pair.people)
            for key in ("space", "space", "space", "u", "u", "u", "ctrl+r"):
                await pilot.press(key)
                await settle(pilot)
                assert screen.pairs.pair is not None
                assert set(screen.pairs.pair.people) == chosen, key

        drive(two, script)

    def test_a_no(self, two: Store) -> None:
        """It is let go, and stands under Not now; space takes it up again."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("space", "1", "x", "2")
            await settle(pilot)
            assert two.introductions.all()[0].note == "Amara would rather not"
            assert seen(pilot.app, "Not now")
            await pilot.press("space")
            assert two.introductions.all()[0].under_way

        drive(two, script)

    def test_not_over_their_heads(self, two: Store) -> None:
        """Made before two yeses needs a word on why; none is no."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("space", "m", "enter")
            assert seen(pilot.app, "Say why, or leave with esc")
            await type_text(pilot, "they met by chance")
            await pilot.press("enter")
            (found,) = two.introductions.all()
            assert (found.state, found.note) == ("made", "they met by chance")

        drive(two, script)

    def test_put_away(self, two: Store) -> None:
        """A proposal that is put away does not come back, but with u."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("x")
            await settle(pilot)
            assert seen(pilot.app, "Nobody comes to mind yet.")
            await pilot.press("u")
            await settle(pilot)
            assert seen(pilot.app, "Hank Morrow and Amara Okafor")

        drive(two, script)


class TestWords:
    """What one writes, and why."""

    def test_copied(self, two: Store) -> None:
        """Key y copies the letter to whose turn it is, Y shows the other's, and both get one at last."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("y")
            assert pilot.app.clipboard.startswith("Hi Hank,")
            assert "because you are looking for a telescope night" in pilot.app.clipboard
            await pilot.press("Y", "y")
            assert pilot.app.clipboard.startswith("Hi Amara,")
            await pilot.press("space", "1", "1", "2", "2", "y")
            assert pilot.app.clipboard.startswith("Hi Hank, hi Amara,")
            assert "amara@x.example" in pilot.app.clipboard

        drive(two, script)

    def test_why(self, two: Store) -> None:
        """Key e says otherwise why they should meet."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("space", "e", "ctrl+u")
            await type_text(pilot, "the moon")
            await pilot.press("enter")
            assert two.introductions.all()[0].why == "the moon"
            assert seen(pilot.app, "the moon")

        drive(two, script)


class TestBeginning:
    """By hand."""

    def test_new(self, two: Store) -> None:
        """Key n asks to whom the person selected is introduced, finds them as one types, and asks why."""
        added(two, "Bela Kovács")
        added(two, "Beatrix Hofer")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("g")
            first = main_screen(pilot.app).people.person_id
            await open_it(pilot)
            await pilot.press("n")
            await type_text(pilot, "be")
            assert seen(pilot.app, "Bela Kovács")
            await pilot.press("down", "enter")
            await type_text(pilot, "posters")
            await pilot.press("enter")
            await settle(pilot)
            (found,) = two.introductions.all()
            assert (found.one.id, found.other.name, found.why) == (first, "Bela Kovács", "posters")

        drive(two, script)

    def test_two_marked(self, two: Store) -> None:
        """Key i with two marked begins theirs, with the reason that is known."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("g", "v", "v", "i")
            await settle(pilot)
            assert seen(pilot.app, "why should they meet?")
            await pilot.press("enter")
            await settle(pilot)
            (found,) = two.introductions.all()
            assert {found.one.id, found.other.id} == {HANK, AMARA}
            assert found.why == WHY
            await pilot.press("escape")
            assert not main_screen(pilot.app).people.marked

        drive(two, script)

    def test_two_marked_again(self, two: Store) -> None:
        """Two who are being introduced are shown as they stand."""
        two.introductions.propose(HANK, AMARA, "", TODAY)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("g", "v", "v", "i")
            await settle(pilot)
            assert seen(pilot.app, "being introduced already")
            assert screen_of(pilot).pairs.pair is not None

        drive(two, script)

    def test_an_empty_book(self, store: Store) -> None:
        """It says what to press, and finds nobody without an error."""

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            assert seen(pilot.app, "introduces two people")
            await pilot.press("space", "x", "y", "e", "m", "1", "u", "n")
            await type_text(pilot, "nobody")
            await pilot.press("enter")
            assert seen(pilot.app, "Nobody is found by that")
            await pilot.press("escape", "escape")
            assert isinstance(pilot.app.screen, MainScreen)

        drive(store, script)


class TestFromTheQueue:
    """A give that is an introduction."""

    def test_space_opens_the_steps(self, two: Store) -> None:
        """It is not given in one go: its steps are opened, and the last of them gives it."""
        two.introductions.propose(HANK, AMARA, "the moon", TODAY)
        give = queued(
            two, HANK, "Introduce Hank and Amara", kind="introduction", introduction_id=1, due=TODAY
        )

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3")
            main_screen(pilot.app).gives.highlight(give)
            await pilot.press("space")
            await settle(pilot)
            assert screen_of(pilot).pairs.pair is not None
            assert two.introductions.all()[0].state == "idea"
            await pilot.press(*["space"] * 5, "escape")
            await pilot.pause()
            assert all(waiting.id != give for waiting in two.gives.queue(TODAY))

        drive(two, script)


class TestTheDemo:
    """On the made-up network."""

    def test_the_person_selected_comes_first(self, world_file: Path, tmp_path: Path) -> None:
        """Theirs stand at the top, whether under way or proposed; then the others, the furthest first."""
        with opened(world_file, tmp_path) as store:

            async def script(pilot: Pilot[None]) -> None:
                await open_it(pilot)
                lines = "\n".join(shown(pilot.app))
                assert lines.index("With Amara Okafor") < lines.index("Under way") < lines.index("Proposed")

            async def choose(pilot: Pilot[None]) -> None:
                (amara,) = store.people.named("amara okafor")
                main_screen(pilot.app).people.highlight(amara.id)
                await script(pilot)

            drive(store, choose)

    @pytest.mark.parametrize("size", [(1, 1), (30, 8), (24, 6), NARROW, (80, 24)])
    def test_any_size(self, world_file: Path, tmp_path: Path, size: tuple[int, int]) -> None:
        """It never dies, and a narrow terminal reads with tab."""
        with opened(world_file, tmp_path) as store:

            async def script(pilot: Pilot[None]) -> None:
                await open_it(pilot)
                await pilot.press(
                    *"jjGgk", "tab", *"jjGg", "tab", "space", "1", "u", "tab", "escape", "escape"
                )
                assert isinstance(pilot.app.screen, MainScreen)

            drive(store, script, size)

    @pytest.mark.parametrize("size", [(120, 36), (30, 8)])
    def test_hostile(self, store: Store, size: tuple[int, int]) -> None:
        """Names and reasons from outside are drawn as they are, and copied clean."""
        hostile(store)
        ids = list(store.people.ids())[:2]
        store.introductions.propose(ids[0], ids[1], "[/] \x1b]52;c;eA==\x07 \u202egnp", TODAY)

        async def script(pilot: Pilot[None]) -> None:
            await open_it(pilot)
            await pilot.press("y", "1", "e", "escape", "m", "escape", "x", "escape", "n", "escape")
            assert "\x1b" not in pilot.app.clipboard
            assert "\u202e" not in pilot.app.clipboard
            screen_of(pilot)

        drive(store, script, size)
