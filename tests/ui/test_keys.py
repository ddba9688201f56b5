"""Other keys, as config.toml gives them."""

import pytest
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.ui.app import NetcrmApp
from netcrm.ui.commands import EVERY, Command, keymap_of, remapped, shown_key
from tests.driving import WIDE, drive, main_screen, seen
from tests.world import TODAY


def command(command_id: str, table: "tuple[Command, ...] | list[Command]") -> Command:
    """A command of a table."""
    return next(one for one in table if one.id == command_id)


class TestRemapped:
    """The table with other keys."""

    def test_none(self) -> None:
        """Nothing set is nothing changed."""
        assert tuple(remapped({})) == EVERY
        assert keymap_of(EVERY) == {}

    @pytest.mark.parametrize(
        ("written", "named", "shown"),
        [
            ("W", "W", "W"),
            ("!", "exclamation_mark", "!"),
            ("#", "number_sign", "#"),
            ("-", "minus", "-"),
            ("ctrl+x", "ctrl+x", "^x"),
            ("^x", "ctrl+x", "^x"),
            ("F2", "f2", "f2"),
            ("delete", "delete", "delete"),
        ],
    )
    def test_as_people_write_them(self, written: str, named: str, shown: str) -> None:
        """Letters, signs, and names."""
        done = command("give.done", list(remapped({"give.done": [written]})))
        assert done.keys == (named,)
        assert done.shown_key == shown

    def test_swapped(self) -> None:
        """Two commands may change their keys with one another."""
        table = list(remapped({"give.done": ["z"], "give.snooze": ["space"]}))
        assert command("give.done", table).keys == ("z",)
        assert command("give.snooze", table).keys == ("space",)

    @pytest.mark.parametrize(
        "keys", [{"log": ["a"]}, {"move.down": ["a"]}, {"nothing": ["x"]}, {"log": ["foo"]}]
    )
    def test_refused(self, keys: dict[str, list[str]]) -> None:
        """One key for two in one place, and what is no command or no key."""
        with pytest.raises(ValueError, match=r"\.$"):
            remapped(keys)

    def test_other_screens_too(self) -> None:
        """What a screen of its own has is remapped like the rest; its places are looked at one by one."""
        assert command("spark.choose", list(remapped({"spark.choose": ["m"]}))).keys == ("m",)
        assert command("spark.remove", list(remapped({"spark.remove": ["space"]}))).keys == ("space",)
        with pytest.raises(ValueError, match=r"both spark\.choose and spark\.wording"):
            remapped({"spark.wording": ["space"]})

    def test_every_key_can_be_written(self) -> None:
        """What the table has may be written in the file as it is shown, or as Textual names it."""
        for one in EVERY:
            for key in one.keys:
                assert command(one.id, list(remapped({one.id: [key]}))).keys == (key,), shown_key(key)


class TestTheApp:
    """What the keys do then."""

    def test_other_keys(self, world: Store) -> None:
        """The new key does it, the old one does not; what shared the old one keeps it."""
        table = remapped({"give.drop": ["W"], "move.down": ["N", "down"], "log": ["exclamation_mark"]})

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("j")
            assert main.people.cursor == 0
            await pilot.press("N", "down")
            assert main.people.cursor == 2
            await pilot.press("3")
            give = main.gives.give
            assert give is not None
            assert seen(pilot.app, "W Not for them")
            await pilot.press("x")
            assert main.gives.lists(give.id)
            await pilot.press("W")
            assert not main.gives.lists(give.id)
            await pilot.press("2")
            entry = main.timeline.entry
            await pilot.press("x")
            assert main.timeline.entry != entry
            await pilot.press("question_mark", *"jjjjjjjjjjjjjjjjjjjjjjjj")
            assert seen(pilot.app, "!           Log what happened")

        drive(world, script, WIDE, NetcrmApp(world, lambda: TODAY, table))

    def test_of_another_screen(self, world: Store) -> None:
        """The new key takes the step, and the footer and the help of that screen teach it."""
        table = remapped({"introduction.next": ["N"]})

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("i")
            assert seen(pilot.app, "N ")
            before = len(world.history.acts())
            await pilot.press("space")
            assert len(world.history.acts()) == before
            await pilot.press("N")
            assert len(world.history.acts()) == before + 1
            await pilot.press("question_mark")
            assert seen(pilot.app, "N           Take the next step")

        drive(world, script, WIDE, NetcrmApp(world, lambda: TODAY, table))
