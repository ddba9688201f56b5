"""Wants and offers, and what is seen before an ask, through the keyboard. Today is a Sunday."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from netcrm.store import Store
from netcrm.ui.screens.ask import AskScreen
from netcrm.ui.screens.wants import WantsPrompt
from tests.driving import MEDIUM, NARROW, TINY, WIDE, drive, main_screen, seen, shown, type_text
from tests.ui.test_hostile import ALL
from tests.world import TODAY, added, entry, logged, person, queued

THEN = TODAY - timedelta(days=100)

SIZES = [(1, 1), (2, 3), TINY, (30, 8), (40, 10), NARROW, MEDIUM, (300, 100)]


def said(store: Store, person_id: int) -> list[tuple[str, str]]:
    """Side and text of what someone wants and offers."""
    return [(want.side, want.text) for want in store.wants.of(person_id)]


@pytest.fixture
def hank(store: Store) -> int:
    """Somebody who wants tents since long, a stove since today, and offers a van since long."""
    hank = added(store, "Hank Morrow")
    store.wants.add(hank, ["tents"], ["a van"], today=THEN)
    store.wants.add(hank, ["a stove"], today=TODAY)
    return hank


class TestWants:
    """The key w."""

    def test_they_are_added_in_a_line(self, store: Store) -> None:
        """What is understood stands beneath, live; then it stands in the head; one undo takes all back."""
        hank = added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("w")
            await type_text(pilot, "wants: Rust job; a flat; offers: pottery lessons")
            assert seen(pilot.app, "wants  Rust job · a flat")
            assert seen(pilot.app, "offers pottery lessons")
            await pilot.press("enter")
            await pilot.pause()
            assert said(store, hank) == [
                ("want", "Rust job"),
                ("want", "a flat"),
                ("offer", "pottery lessons"),
            ]
            assert seen(pilot.app, "Noted that Hank Morrow wants Rust job; a flat and offers pottery lessons")
            assert seen(pilot.app, "wants  Rust job · a flat")
            await pilot.press("u")
            assert said(store, hank) == []

        drive(store, script)

    def test_the_log_line_notes_them(self, store: Store) -> None:
        """They stand in the preview before, in the head after; one undo takes them and the entry back."""
        hank = added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "coffee with Hank; he is looking for a Rust job")
            assert seen(pilot.app, "adds  wants a Rust job · Hank Morrow")
            await pilot.press("enter")
            await pilot.pause()
            assert seen(pilot.app, "wants  a Rust job")
            assert seen(pilot.app, "noted that Hank Morrow wants a Rust job")
            await pilot.press("u")
            await pilot.pause()
            assert not seen(pilot.app, "wants  a Rust job")

        drive(store, script)
        assert not store.wants.of(hank)
        assert not store.timeline.count()

    def test_bare_text_is_a_want(self, store: Store, hank: int) -> None:
        """And what is there already is thereby still true."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("w")
            await type_text(pilot, "Tents; a map")
            assert seen(pilot.app, "Tents still true · a map")
            await pilot.press("enter")
            await pilot.pause()
            assert said(store, hank)[:3] == [("want", "tents"), ("want", "a stove"), ("want", "a map")]
            assert [want.text for _, want in store.wants.stale(TODAY)] == ["a van"]

        drive(store, script)

    def test_the_head_asks_and_w_and_enter_answer(self, store: Store, hank: int) -> None:
        """Of what is old the head asks quietly; an empty line says that it is all still true."""

        async def script(pilot: Pilot[None]) -> None:
            assert seen(pilot.app, "wants  a stove · tents  still true? w")
            assert seen(pilot.app, "offers a van  still true? w")
            await pilot.press("w")
            assert seen(pilot.app, "still true: all 2 older than 90 days")
            await pilot.press("enter")
            await pilot.pause()
            assert store.wants.stale(TODAY) == []
            assert not seen(pilot.app, "still true?")
            assert seen(pilot.app, "Still true: Hank Morrow wants tents and offers a van")
            await pilot.press("u")
            assert len(store.wants.stale(TODAY)) == 2

        drive(store, script)

    def test_one_is_confirmed_or_taken_off(self, store: Store, hank: int) -> None:
        """Up goes to what is known, first to what is old; y and x act on it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("w", "up", "y")
            await pilot.pause()
            assert [want.text for _, want in store.wants.stale(TODAY)] == ["a van"]
            await pilot.press("w", "up", "x")
            await pilot.pause()
            assert said(store, hank) == [("want", "tents"), ("want", "a stove")]
            await pilot.press("u")
            assert ("offer", "a van") in said(store, hank)

        drive(store, script)

    def test_one_is_corrected(self, store: Store, hank: int) -> None:
        """With e it comes into the line; escape leaves it as it was, an empty line complains."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("w", "up", "e", "escape")
            assert isinstance(pilot.app.screen, WantsPrompt)
            await pilot.press("e")
            field = pilot.app.screen.query_one(Input)
            assert field.value == "tents"
            await pilot.press("ctrl+u", "enter")
            assert seen(pilot.app, "Say it in some words")
            await type_text(pilot, "two tents")
            assert seen(pilot.app, "wants  two tents")
            await pilot.press("enter")
            await pilot.pause()
            assert said(store, hank)[0] == ("want", "two tents")
            assert said(store, hank)[2] == ("offer", "a van")

        drive(store, script)

    def test_leaving(self, store: Store, hank: int) -> None:
        """Escape goes from the list to the line, then out; nothing is changed, nor by a lone enter."""
        store.wants.confirm(store.wants.of(hank), TODAY)
        before = store.history.acts()

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("w", "up", "up", "up", "down", "down", "down", "down")
            assert isinstance(pilot.app.focused, Input)
            await pilot.press("up", "escape")
            assert isinstance(pilot.app.focused, Input)
            await pilot.press("escape")
            main_screen(pilot.app)
            await pilot.press("w", "enter")
            assert seen(pilot.app, "Say what they want or offer")
            await type_text(pilot, "offers:")
            await pilot.press("enter")
            assert seen(pilot.app, "Say what they want or offer")
            await pilot.press("up", "e")
            assert store.history.acts() == before

        drive(store, script)

    def test_the_header_does_not_nag(self, world: Store) -> None:
        """Only the head of someone's timeline asks."""

        async def script(pilot: Pilot[None]) -> None:
            assert world.wants.stale(TODAY)
            assert "true" not in shown(pilot.app)[0]

        drive(world, script)


class TestAsk:
    """The key A."""

    def test_what_has_passed(self, store: Store, hank: int) -> None:
        """In words, each way, with how long ago; the promises; and what they want and offer."""
        logged(store, hank, days_ago=90, text="for a tent", kind="asked")
        logged(store, hank, days_ago=4, text="a map of the moor", kind="gave")
        logged(store, hank, days_ago=400, text="a songbook", kind="received")
        queued(store, hank, "Lend the stove", promised=True, due=TODAY + timedelta(days=1))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("A")
            for text in (
                "You gave once, asked once; they gave to you once.",
                "The last ask, 3 months ago,",
                "has no answer yet.",
                "a map of the moor",
                "4 days ago",
                "a songbook",
                "for a tent",
                "Lend the stove · tomorrow",
                "› tents  still true?",
                "offers    a van",
            ):
                assert seen(pilot.app, text), text

        drive(store, script)

    def test_the_answer_comes_later(self, store: Store, hank: int) -> None:
        """With y or n; the screen shows it at once, the timeline too, and undo takes it back."""
        ask = logged(store, hank, days_ago=9, text="for a tent", kind="asked")
        older = logged(store, hank, days_ago=30, text="for a pan", kind="asked")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("A", "y")
            await pilot.pause()
            assert isinstance(pilot.app.screen, AskScreen)
            assert seen(pilot.app, "The last ask was 9 days ago, and they said yes.")
            await pilot.press("n")
            await pilot.pause()
            await pilot.press("y", "escape")
            assert seen(pilot.app, "for a tent → yes")
            assert seen(pilot.app, "for a pan → no")
            for number, answers in ((1, ("yes", "")), (2, ("", ""))):
                await pilot.press("u")
                found = [store.timeline.get(key) for key in (ask, older)]
                assert tuple(one.answer for one in found if one) == answers, number

        drive(store, script)

    def test_it_is_asked(self, store: Store, hank: int) -> None:
        """Enter writes a line; what it means stands beneath; it is logged."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("A", "enter")
            await type_text(pilot, "for a reference by Friday")
            assert seen(pilot.app, "Asked for a reference by Friday")
            await pilot.press("enter")
            await pilot.pause()
            main_screen(pilot.app)
            newest = store.timeline.of(hank)[0]
            assert (newest.kind, newest.text, newest.day) == ("asked", "for a reference by Friday", TODAY)
            assert seen(pilot.app, "Asked for a reference by Friday")
            await pilot.press("u")
            assert store.timeline.of(hank) == []

        drive(store, script)

    def test_it_becomes_a_give(self, store: Store, hank: int) -> None:
        """With g the chosen want stands in the give's line; what is queued says where it came from."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("A", "j", "g")
            await pilot.pause()
            field = pilot.app.screen.query_one(Input)
            assert field.value == "a stove"
            await pilot.press("home")
            await type_text(pilot, "lend ")
            await pilot.press("enter")
            await pilot.pause()
            (give,) = store.gives.queue(TODAY)
            assert (give.words, give.person_id, give.source) == ("Lend a stove", hank, "ask")
            assert store.timeline.of(hank) == []

        drive(store, script)

    def test_nothing_has_passed(self, store: Store) -> None:
        """It says so; no key breaks it; g gives without a want, w goes to the wants."""
        added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("A")
            assert seen(pilot.app, "Nothing of give and take stands between you yet.")
            await pilot.press("y", "n", "j", "k", "space", "pageup", "enter", "enter")
            assert isinstance(pilot.app.screen, AskScreen)
            await pilot.press("escape", "g", "escape", "A", "w")
            await pilot.pause()
            assert isinstance(pilot.app.screen, WantsPrompt)
            await pilot.press("escape")
            main_screen(pilot.app)
            assert store.history.acts()[0].label == "added Hank Morrow"

        drive(store, script)

    def test_escape(self, store: Store, hank: int) -> None:
        """From the line back to reading, with what was typed kept; then out, with nothing logged."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("A", "enter")
            await type_text(pilot, "for any")
            await pilot.press("escape", "enter")
            await type_text(pilot, "thing")
            assert pilot.app.screen.query_one(Input).value == "for anything"
            await pilot.press("escape", "escape")
            main_screen(pilot.app)
            assert store.timeline.of(hank) == []

        drive(store, script)

    def test_the_entry_s_form_has_the_answer(self, store: Store, hank: int) -> None:
        """Enter on an ask of the timeline; the day of the answer is kept with it."""
        ask = logged(store, hank, days_ago=9, text="for a tent", kind="asked")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("2", "enter")
            await pilot.pause()
            assert seen(pilot.app, "they said yes")
            await pilot.press("tab", "right", "right", "ctrl+s")
            await pilot.pause()
            found = store.timeline.get(ask)
            assert found is not None
            assert (found.answer, found.answered_on) == ("no", TODAY)
            assert seen(pilot.app, "for a tent → no")

        drive(store, script)


class TestSizes:
    """From one cell to a wall, and with hostile text."""

    @pytest.mark.parametrize("size", SIZES)
    def test_they_never_crash(self, store: Store, size: tuple[int, int]) -> None:
        """Long lists, long words, sequences."""
        eve = added(store, person(f"Eve {ALL}"))
        store.wants.add(eve, [ALL, "x" * 500, *map(str, range(30))], [ALL], today=THEN)
        for number in range(5):
            store.timeline.log(entry(eve, days_ago=number, text=f"{ALL} {number}", kind="asked"))
            store.timeline.log(entry(eve, days_ago=number, text=f"for {ALL} {number}", kind="gave"))
        queued(store, eve, ALL, promised=True)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("A", *"jjjjj", "pagedown", "pageup", "k", "enter", "x", "escape", "y")
            await pilot.pause()
            await pilot.press("g", "escape", "w", "up", "j", "k", "e", "x", "escape", "escape", "escape")
            await pilot.pause()
            for width, height in [(30, 8), (1, 1), WIDE]:
                await pilot.press("A")
                await pilot.resize_terminal(width, height)
                await pilot.pause()
                await pilot.press("escape", "w")
                await pilot.pause()
                await pilot.press("escape")

        drive(store, script, size)

    @pytest.mark.parametrize("key", ["w", "A"])
    def test_nobody_is_there(self, store: Store, key: str) -> None:
        """It says what to do first."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(key)
            assert seen(pilot.app, "First choose")

        drive(store, script)
