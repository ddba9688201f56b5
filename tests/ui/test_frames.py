"""What a key has drawn again: no more than what it changed, and all of that."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.ui.ink import Line
from netcrm.ui.widgets.pane import Pane
from tests.driving import drive, main_screen, shown


@contextmanager
def lines_drawn() -> Iterator[set[tuple[str, int]]]:
    """The lines of panes that are drawn meanwhile: the pane's id, and which."""
    drawn: set[tuple[str, int]] = set()
    draw = Pane.inked

    def noted(pane: Pane, y: int, width: int) -> tuple[Line, str]:
        drawn.add((pane.id or "", y))
        return draw(pane, y, width)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pane, "inked", noted)
        yield drawn


class TestOneKey:
    """One key, in the main screen."""

    def test_down_draws_the_two_rows(self, world: Store) -> None:
        """Of the people only the one left and the one come to; of the queue nothing."""

        async def script(pilot: Pilot[None]) -> None:
            with lines_drawn() as drawn:
                await pilot.press("j")
            assert {y for pane, y in drawn if pane == "people"} == {0, 1, 2, 3}
            assert not any(pane == "give" for pane, _ in drawn)
            assert any(pane == "timeline" for pane, _ in drawn)

        drive(world, script)

    def test_the_mouse_makes_nothing_new(self, world: Store) -> None:
        """What is under it is asked for its style; that draws no line again."""

        async def script(pilot: Pilot[None]) -> None:
            with lines_drawn() as drawn:
                await pilot.press("j")
                pilot.app.screen.get_style_at(5, 8)
                await pilot.press("j")
            assert {y for pane, y in drawn if pane == "people"} == set(range(6))

        drive(world, script)

    def test_what_changed_unseen(self, world: Store) -> None:
        """A pane that was hidden shows what it has by then."""

        async def script(pilot: Pilot[None]) -> None:
            people = main_screen(pilot.app).people
            await pilot.press("2")  # with the focus it would be styled anew, and so drawn
            around = main_screen(pilot.app).query_one("#left")
            around.display = False
            await pilot.pause()
            people.go_to(3)
            around.display = True
            await pilot.pause()
            seen = shown(pilot.app)
            people.refresh()
            await pilot.pause()
            assert seen == shown(pilot.app)

        drive(world, script)

    def test_what_is_left_is_what_all_anew_would_be(self, world: Store) -> None:
        """After many keys the screen shows what it would if everything were drawn again."""

        async def script(pilot: Pilot[None]) -> None:
            keys = "j j G k ctrl+u g ctrl+d 2 j j G g tab j j shift+tab 1 S j S z escape l escape J".split()
            for key in keys:
                await pilot.press(key)
                seen = shown(pilot.app)
                for pane in pilot.app.screen.query(Pane):
                    pane.refresh()
                await pilot.pause()
                assert seen == shown(pilot.app), key

        drive(world, script)

    def test_a_letter_of_a_search_is_in_the_frame_of_what_it_finds(self, world: Store) -> None:
        """The list is asked for as soon as the letter is there, with no message between the two."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash")
            everyone = main.people.count()
            main.search.query_one("SearchField").value = "hank"  # type: ignore[attr-defined]  # it is an Input
            assert 0 < main.people.count() < everyone

        drive(world, script)
