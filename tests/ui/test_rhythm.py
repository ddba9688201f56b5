"""Rhythms and the filling queue, at the keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from netcrm.domain.occasions import Occasion
from netcrm.domain.rhythm import Sabbatical
from netcrm.store import Store
from netcrm.store.looking import Look
from netcrm.ui.app import NetcrmApp
from netcrm.ui.screens.main import Found, MainScreen
from tests.driving import drive, main_screen, seen, settle, shown, type_text
from tests.world import TODAY, a_store, added, day, frozen, logged, names, person

BIRTHDAY = Occasion(kind="birthday", label="birthday", month=11, day=28, year=1976)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two scouts who have been silent for ten weeks, and one of whom nothing was heard for years."""
    with a_store(tmp_path) as store:
        for name in ("Bela Kovács", "Hank Morrow"):
            logged(store, added(store, person(name, tags=("scouts",))), days_ago=70)
        logged(store, added(store, person("Zed Long", cadence=7)), days_ago=900)
        yield store


async def run_command(pilot: Pilot[None], name: str) -> None:
    """Run a command by its name, from the palette."""
    await pilot.press("ctrl+p")
    await settle(pilot)
    await type_text(pilot, name)
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)


class TestRhythmKey:
    """`f`: how often to be in touch."""

    def test_of_a_person(self, store: Store) -> None:
        """Typed, shown while it is typed, kept, and taken back by one key."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("f")
            await type_text(pilot, "6w")
            assert seen(pilot.app, "every 6 weeks · Bela Kovács")
            await pilot.press("enter")
            await settle(pilot)
            assert seen(pilot.app, "Changed the rhythm with Bela Kovács")
            assert any(line.lstrip("│ ").startswith("◐ Bela") for line in shown(pilot.app))
            assert seen(pilot.app, "every 6 weeks · last 2 months ago")
            await pilot.press("u")
            await settle(pilot)

        drive(store, script)
        (bela,) = store.people.named("bela")
        assert store.people.lines([bela.id])[bela.id].cadence is None

    def test_what_stands_there_is_replaced(self, store: Store) -> None:
        """The rhythm so far stands in the line, and typing begins anew."""
        (bela,) = store.people.named("bela")
        store.people.set_cadence([bela.id], 30)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("f")
            assert seen(pilot.app, "monthly · Bela")
            await type_text(pilot, "never")
            await pilot.press("enter")
            await settle(pilot)
            assert seen(pilot.app, "no reminders")

        drive(store, script)

    def test_of_a_tag(self, store: Store) -> None:
        """Everybody who bears it follows."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("f")
            await type_text(pilot, "#scouts monthly")
            assert seen(pilot.app, "#scouts monthly · 2 bear it; who has a rhythm of their own keeps it")
            await pilot.press("enter")
            await settle(pilot)
            assert sum("○" in line for line in shown(pilot.app)) == 3
            assert seen(pilot.app, "Changed the rhythm with #scouts: monthly")

        drive(store, script)
        assert store.people.count_out_of_rhythm(TODAY) == 2

    def test_what_is_none(self, store: Store) -> None:
        """The line stays to be mended, and escape leaves all as it was."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("f")
            await type_text(pilot, "often")
            await pilot.press("enter")
            assert seen(pilot.app, "“often” is no rhythm")
            await pilot.press("escape")
            main_screen(pilot.app)

        before = len(store.history.acts())
        drive(store, script)
        assert len(store.history.acts()) == before

    def test_of_those_marked(self, store: Store) -> None:
        """One act for all of them."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("v", "v", "f")
            await type_text(pilot, "monthly")
            assert seen(pilot.app, "monthly · 2 people")
            await pilot.press("enter")
            await settle(pilot)

        drive(store, script)
        assert store.history.acts()[0].label == "changed the rhythm with Bela Kovács and Hank Morrow"


class TestBump:
    """`B`: begin again, without a contact."""

    def test_bump(self, store: Store) -> None:
        """The dot turns, the timeline stays; undo turns it back."""
        (bela,) = store.people.named("bela")
        store.people.set_cadence([bela.id], 30)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("B")
            await settle(pilot)
            assert seen(pilot.app, "● Bela")
            assert seen(pilot.app, "Began the rhythm with Bela Kovács again")
            await pilot.press("u")
            await settle(pilot)
            assert seen(pilot.app, "○ Bela")

        drive(store, script)


class TestSabbatical:
    """Being away, from the palette."""

    def test_away_and_back(self, store: Store) -> None:
        """Until a day; then, on the same command, back."""

        async def script(pilot: Pilot[None]) -> None:
            await run_command(pilot, "Sabbatical")
            await type_text(pilot, "until 10 Jan")
            assert seen(pilot.app, "away until Sunday 10 January · 50 days, back on Mon 11 Jan")
            await pilot.press("enter")
            await settle(pilot)
            assert store.rhythm.sabbatical(TODAY) == Sabbatical(TODAY, day("2027-01-10"))
            await run_command(pilot, "Sabbatical")
            assert seen(pilot.app, "Sabbatical · away until 10 Jan")
            await type_text(pilot, "back")
            await pilot.press("enter")
            await settle(pilot)

        drive(store, script)
        assert store.rhythm.sabbatical(TODAY) is None

    def test_back_from_nowhere(self, store: Store) -> None:
        """Said calmly."""

        async def script(pilot: Pilot[None]) -> None:
            await run_command(pilot, "Sabbatical")
            await type_text(pilot, "back")
            await pilot.press("enter")
            await settle(pilot)
            assert seen(pilot.app, "No sabbatical is on.")

        drive(store, script)


def test_the_long_silent(store: Store) -> None:
    """The command lists whom nothing was heard of for long, and escape shows everybody again."""

    async def script(pilot: Pilot[None]) -> None:
        await run_command(pilot, "Long silent")
        assert seen(pilot.app, "1 of 1")
        assert seen(pilot.app, "1 People · is:silent")
        assert main_screen(pilot.app).people.person_id == store.people.named("zed")[0].id
        await pilot.press("escape")
        await settle(pilot)
        assert seen(pilot.app, "of 3")

    drive(store, script)
    assert names(store, [line.id for line in store.people.long_silent(TODAY)]) == ["Zed Long"]


class TestFilling:
    """The queue fills itself."""

    def test_at_the_start(self, store: Store) -> None:
        """What there is to give is found, said, and taken back by one key, for good."""
        (bela,) = store.people.named("bela")
        store.people.set_cadence([bela.id], 30)

        async def script(pilot: Pilot[None]) -> None:
            await settle(pilot)
            assert seen(pilot.app, "Found 1 thing to give.")
            assert seen(pilot.app, "Say hello again")
            await pilot.press("u")
            await settle(pilot)
            assert not seen(pilot.app, "✦ Say hello again")

        drive(store, script)
        assert not store.filling.fill(TODAY)

    def test_not_while_somebody_types(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was found is queued between the keys, not under them."""
        (bela,) = store.people.named("bela")
        store.people.set_cadence([bela.id], 30)

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            monkeypatch.setattr("netcrm.ui.screens.main.IDLE_SECONDS", 0.2)
            await pilot.press("j")
            main._fill(Found(Look(store._connection, store.preferences, TODAY)))
            assert not store.gives.queue(TODAY)
            await pilot.pause(0.5)
            assert seen(pilot.app, "Found 1 thing to give.")

        monkeypatch.setattr(MainScreen, "_fill_queue", lambda screen: None)
        drive(store, script)

    def test_nothing_new_is_no_news(self, store: Store) -> None:
        """The header says how things stand."""

        async def script(pilot: Pilot[None]) -> None:
            await settle(pilot)
            assert seen(pilot.app, "3 people")
            assert not seen(pilot.app, "Found")

        drive(store, script)

    def test_at_midnight(self, store: Store) -> None:
        """The next day has its own."""
        added(store, person("Eve", occasions=(replace(BIRTHDAY, month=12, day=7),)))
        now = [TODAY]

        def today() -> date:
            return now[0]

        async def script(pilot: Pilot[None]) -> None:
            await settle(pilot)
            assert not seen(pilot.app, "Found")
            now[0] += timedelta(days=1)
            main_screen(pilot.app)._look_at_the_day()
            await settle(pilot)
            assert seen(pilot.app, "Wish Eve a happy")

        drive(store, script, app=NetcrmApp(store, today))

    def test_a_birthday_in_the_form_comes_with_the_person(self, store: Store) -> None:
        """Who is added with one that is near has a wish waiting, and one undo takes back both."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "Hank Morrow: birthday 28 Nov 1976")
            await pilot.press("enter")
            await settle(pilot)
            assert seen(pilot.app, "Wish Hank a happy birthday")
            await pilot.press("u")
            await settle(pilot)
            assert not seen(pilot.app, "✦ Wish Hank")

        drive(store, script)

    def test_a_file_that_another_program_writes(self, store: Store) -> None:
        """Where the lock can't be had nothing is found, nothing breaks, and nothing is said."""
        (bela,) = store.people.named("bela")
        store.people.set_cadence([bela.id], 30)

        async def script(pilot: Pilot[None]) -> None:
            await settle(pilot)
            assert not seen(pilot.app, "Found")

        with Store(store.path, frozen) as other, other._writer.transaction():
            drive(store, script)
        assert store.filling.fill(TODAY)


class TestAway:
    """What the header says of a sabbatical."""

    def test_header(self, store: Store) -> None:
        """While it is on, until when."""
        added(store)
        store.rhythm.take_sabbatical(TODAY, day("2027-01-10"))

        async def script(pilot: Pilot[None]) -> None:
            assert "away until 10 Jan" in shown(pilot.app)[0]

        drive(store, script)
