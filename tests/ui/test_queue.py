"""The queue as a whole: several at once, some of it, and what is asked afterwards."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot

from netcrm.domain.givefilter import GiveFilter
from netcrm.domain.gives import Give, GiveDraft
from netcrm.domain.queue import Queue
from netcrm.store import Store
from netcrm.ui.screens.landed import LandedQuestion
from netcrm.ui.screens.main import MainScreen
from tests.driving import MEDIUM, NARROW, TINY, WIDE, drive, main_screen, seen, shown, type_text
from tests.world import TODAY, added, day, person, queued


@pytest.fixture
def friends(store: Store) -> list[int]:
    """Four people, a give without a day waiting for each of the first three."""
    people = [added(store, name) for name in ("Ada Lovelace", "Bela Kovács", "Cleo Marsh", "Don Orlando")]
    for key, kind in zip(people, ("article", "opening", "article"), strict=False):
        queued(store, key, f"Send the {kind}", kind=kind, due=TODAY)
    return people


class TestMarkingGives:
    """Marks in the Give pane: v marks, and a key acts on all that is marked, as one act."""

    def test_given(self, store: Store, friends: list[int]) -> None:
        """The space key gives all that is marked; u brings all of it back."""

        async def script(pilot: Pilot[None]) -> None:
            gives = main_screen(pilot.app).gives
            await pilot.press("3", "v", "v")
            assert len(gives.marked) == 2
            assert seen(pilot.app, "2 marked")
            assert seen(pilot.app, "✦▎Send the article")
            await pilot.press("space")
            assert [give.person_id for give in store.gives.queue(TODAY)] == friends[2:3]
            assert not gives.marked
            assert seen(pilot.app, "Gave 2 gives")
            await pilot.press("u")
            assert len(store.gives.queue(TODAY)) == 3

        drive(store, script)

    def test_snoozed(self, store: Store, friends: list[int]) -> None:
        """The key z lets all of it rest."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "v", "j", "v", "z")
            assert seen(pilot.app, "Snooze · 2 gives")
            await type_text(pilot, "after christmas\n")
            resting = {give.person_id: give.snoozed_until for give in store.gives.queue(TODAY)}
            back = day("2026-12-27")
            assert resting == {friends[0]: back, friends[1]: None, friends[2]: back}
            await pilot.press("u")
            assert not any(give.snoozed_until for give in store.gives.queue(TODAY))

        drive(store, script)

    def test_dropped(self, store: Store, friends: list[int]) -> None:
        """The key x drops all of it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "v", "v", "v", "x")
            assert not store.gives.queue(TODAY)
            await pilot.press("u")
            assert len(store.gives.queue(TODAY)) == 3

        drive(store, script)

    def test_unmarked(self, store: Store, friends: list[int]) -> None:
        """The key v again takes one mark away, escape all of them, and only then leaves the pane."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("3", "v", "v", "k", "v")
            assert list(main.gives.marked) == [store.gives.queue(TODAY)[0].id]
            await pilot.press("escape")
            assert not list(main.gives.marked)
            assert main.gives.has_focus
            await pilot.press("escape")
            assert main.people.has_focus

        drive(store, script)

    def test_what_is_gone_is_not_marked(self, store: Store, friends: list[int]) -> None:
        """A give that another program took away takes its mark with it."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("3", "v", "v")
            store.gives.drop(main.gives.marked[:1], TODAY)
            main.reload()
            assert len(main.gives.marked) == 1

        drive(store, script)

    def test_nothing_to_mark(self, store: Store) -> None:
        """In an empty pane v does nothing, nor in the timeline."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("v", "2", "v", "3", "v", "escape")
            assert not main_screen(pilot.app).gives.marked

        drive(store, script)


class TestMarkingPeople:
    """Marks in the People pane."""

    def test_tags(self, store: Store, friends: list[int]) -> None:
        """The key t puts tags on all, and takes off what all had."""
        store.people.tag(friends, add=["old"], remove=[])
        store.people.tag(friends[:1], add=["hers"], remove=[])

        def tags(key: int) -> set[str]:
            found = store.people.get(key)
            assert found
            return set(found.profile.tags)

        async def script(pilot: Pilot[None]) -> None:
            people = main_screen(pilot.app).people
            await pilot.press("v", "v")
            assert seen(pilot.app, "2 marked")
            await pilot.press("t")
            assert seen(pilot.app, "2 people")
            await pilot.press(*["backspace"] * 5)
            await type_text(pilot, "#new\n")
            assert tags(friends[0]) == {"hers", "new"}
            assert tags(friends[1]) == {"new"}
            assert tags(friends[2]) == {"old"}
            assert not people.marked
            await pilot.press("u")
            assert tags(friends[1]) == {"old"}

        drive(store, script)

    def test_new_gives(self, store: Store, friends: list[int]) -> None:
        """The key n queues one give for each."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("v", "v", "v", "n")
            assert seen(pilot.app, "each of 3: Ada Lovelace, Bela Kovács, Cleo Marsh")
            await type_text(pilot, "share the Kestrel job by friday\n")
            made = [give for give in store.gives.queue(TODAY) if "Kestrel" in give.words]
            assert {give.person_id for give in made} == set(friends[:3])
            assert seen(pilot.app, "Ada Lovelace, Bela Kovács and Cleo Marsh")
            await pilot.press("u")
            assert len(store.gives.queue(TODAY)) == 3

        drive(store, script)

    def test_put_away(self, store: Store, friends: list[int]) -> None:
        """The key X puts all of them away, in one act."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("v", "v", "X")
            assert store.people.count() == 2
            await pilot.press("u")
            assert store.people.count() == 4

        drive(store, script)

    def test_found_by_several_searches(self, store: Store, friends: list[int]) -> None:
        """Marks stay while one searches for the next; the border says how many there are."""

        async def script(pilot: Pilot[None]) -> None:
            people = main_screen(pilot.app).people
            for name in ("ada", "don"):
                await pilot.press("slash")
                await type_text(pilot, f"{name}\n")
                await pilot.press("v", "escape")
                assert people.count() == 4
            assert set(people.marked) == {friends[0], friends[3]}
            assert seen(pilot.app, "2 marked")
            await pilot.press("escape")
            assert not people.marked

        drive(store, script)

    def test_elsewhere_the_one_selected(self, store: Store, friends: list[int]) -> None:
        """In another pane a key is about the one whose timeline is shown, as it says."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("v", "v", "2", "n")
            assert seen(pilot.app, "something to do for Cleo Marsh")

        drive(store, script)


class TestFilter:
    """Only some of the queue."""

    def test_by_kind_and_person(self, store: Store, friends: list[int]) -> None:
        """What is typed is shown on the border; escape shows everything again."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("3", "F")
            await type_text(pilot, "kind:art")
            assert seen(pilot.app, "2 of 3   Ada Lovelace, Cleo Marsh")
            await pilot.press("enter")
            assert main.gives.count() == 2
            assert seen(pilot.app, "3 Give · kind:article")
            await pilot.press("F")
            await type_text(pilot, " with:cleo\n")
            assert main.gives.count() == 1
            assert main.people.person_id == friends[2]
            await pilot.press("escape")
            assert main.gives.count() == 3
            assert main.focused is main.gives
            assert not seen(pilot.app, "3 Give ·")

        drive(store, script)

    def test_a_wrong_one(self, store: Store, friends: list[int]) -> None:
        """A wrong term is explained, and changes nothing."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "F")
            await type_text(pilot, "kind:foo\n")
            assert seen(pilot.app, "is no kind; there are opening")
            await pilot.press("escape")
            assert main_screen(pilot.app).gives.count() == 3

        drive(store, script)

    def test_none_of_these(self, store: Store, friends: list[int]) -> None:
        """When nothing is left it says how to come back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "F")
            await type_text(pilot, "zebra\n")
            assert seen(pilot.app, "None of these")
            await pilot.press("space", "z", "x", "v", "e", "escape")
            assert main_screen(pilot.app).gives.count() == 3

        drive(store, script)

    def test_only_theirs(self, store: Store, friends: list[int]) -> None:
        """The key = shows what waits for the one selected, from any pane; again shows all."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("j", "equals_sign")
            assert seen(pilot.app, '3 Give · with:"Bela Kovács"')
            assert main.gives.count() == 1
            await pilot.press("equals_sign")
            assert main.gives.count() == 3

        drive(store, script)

    def test_acting_on_what_is_left(self, store: Store, friends: list[int]) -> None:
        """Marks and keys act on what is shown only."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("3", "v", "v", "v")
            main.filter_gives(GiveFilter(kinds=("article",)))
            assert len(main.gives.marked) == 2
            await pilot.press("x")
            assert [give.kind for give in store.gives.queue(TODAY)] == ["opening"]

        drive(store, script)

    def test_a_new_give_is_seen(self, store: Store, friends: list[int]) -> None:
        """What is queued while a filter hides it ends the filter, so that it is seen."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            main.filter_gives(GiveFilter(kinds=("opening",)))
            await pilot.press("n")
            await type_text(pilot, "lend the tent by today\n")
            assert main.gives.give is not None
            assert main.gives.give.words == "Lend the tent"

        drive(store, script)


class TestDidItLand:
    """A week after a give, one quiet question."""

    @pytest.fixture
    def given(self, store: Store, friends: list[int]) -> int:
        """A give that was given eight days ago."""
        give = queued(store, friends[0], "Share the Kestrel opening", kind="opening", due=TODAY)
        store.gives.give([give], TODAY - timedelta(days=8))
        return give

    @pytest.mark.parametrize(
        ("key", "answer", "said"),
        [
            ("y", "yes", "landed with Ada"),
            ("n", "no", "did not land with Ada"),
            ("full_stop", "unsure", "nsure whether"),
        ],
    )
    def test_answered(self, store: Store, given: int, key: str, answer: str, said: str) -> None:
        """It stands at the foot of the queue; . asks it, and y, n or . answers; u takes the answer back."""

        async def script(pilot: Pilot[None]) -> None:
            assert seen(pilot.app, ". Did it land?")
            assert seen(pilot.app, "8 days ago")
            await pilot.press("full_stop")
            assert seen(pilot.app, "Shared the Kestrel opening")
            await pilot.press(key)
            found = store.gives.get(given)
            assert found
            assert found.landed == answer
            assert seen(pilot.app, said)
            assert not seen(pilot.app, "Did it land?")
            await pilot.press("u")
            assert seen(pilot.app, "Did it land?")

        drive(store, script)

    def test_later(self, store: Store, given: int) -> None:
        """Escape leaves it for another time."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("full_stop", "escape")
            assert isinstance(pilot.app.screen, MainScreen)
            assert seen(pilot.app, "Did it land?")

        drive(store, script)

    def test_it_blocks_no_key(self, store: Store, given: int) -> None:
        """While it is asked, n is a new give all the same."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "n")
            assert seen(pilot.app, "something to do for")

        drive(store, script)

    def test_nothing_to_ask(self, store: Store, friends: list[int]) -> None:
        """When nothing is asked, . says so."""

        async def script(pilot: Pilot[None]) -> None:
            assert not seen(pilot.app, "Did it land?")
            await pilot.press("full_stop")
            assert isinstance(pilot.app.screen, MainScreen)
            assert seen(pilot.app, "Nothing to ask about")

        drive(store, script)

    def test_in_the_timeline(self, store: Store, given: int, friends: list[int]) -> None:
        """What landed stands in the timeline; what lands with someone, in their head."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("full_stop", "y")
            assert seen(pilot.app, "✓ landed")
            assert not seen(pilot.app, "glad of")
            for days in (9, 10):
                give = queued(store, friends[0], "Another opening", kind="opening", due=TODAY)
                store.gives.give([give], TODAY - timedelta(days=days))
                await pilot.press("full_stop", "y")
            assert seen(pilot.app, "glad of openings")

        drive(store, script)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, TINY, (30, 8), (1, 1)])
    def test_any_size(self, store: Store, given: int, size: tuple[int, int]) -> None:
        """Marks, filter and question at every size, with a hostile name."""
        hostile = added(store, person("[/]\x1b]0;x\x07‮evil " + "w" * 200))
        give = queued(store, hostile, "[bold]\x1b[31m" + "x" * 300, kind="opening", due=TODAY)
        store.gives.give([give], TODAY - timedelta(days=7))
        queued(store, hostile, "[@click=app.bell]x[/]", due=TODAY)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "v", "v", "F")
            await type_text(pilot, "[/] kind:o")
            await pilot.press("enter", "escape", "equals_sign", "full_stop")
            assert isinstance(pilot.app.screen, LandedQuestion)
            assert "\x1b" not in "".join(shown(pilot.app))
            await pilot.press("escape", "equals_sign", "2", "1", "v", "t", "escape", "n", "escape")

        drive(store, script, size)


class TestLowPane:
    """On a terminal of 80 columns and 24 lines, where the pane is low."""

    def test_today_is_seen(self, store: Store, friends: list[int]) -> None:
        """What is due today stands there, though something is overdue and a question waits."""
        given = queued(store, friends[3], "Send the map")
        store.gives.give([given], TODAY - timedelta(days=8))
        queued(store, friends[3], "Send the paper", due=TODAY - timedelta(days=2))

        async def script(pilot: Pilot[None]) -> None:
            for text in ("Send the paper", "Today", "Send the article", "▰▰▰▰▱ 0 given, 4 waiting"):
                assert seen(pilot.app, text), text
            assert not seen(pilot.app, "Did it land?")
            await pilot.press("3")
            assert seen(pilot.app, "Did it land?")
            assert seen(pilot.app, "Send the article")
            await pilot.press("G")
            assert [line for line in shown(pilot.app) if "Send the article" in line]
            await pilot.press("1")
            assert not seen(pilot.app, "Did it land?")

        drive(store, script, MEDIUM)


class TestWhyUnfolds:
    """The highlighted give says the whole of its reason, while one is in the pane."""

    WHY = "the telescope of the school is broken, since the spring"

    def test_unfolds(self, store: Store, friends: list[int]) -> None:
        """On up to two lines more; it folds again when one goes on, and what is above stays where it was."""
        queued(store, friends[0], "Lend the lens", due=TODAY, why=self.WHY)
        queued(store, friends[3], "Lend the tube", due=TODAY, why=self.WHY)

        async def script(pilot: Pilot[None]) -> None:
            assert not seen(pilot.app, "spring")
            await pilot.press("3")
            gives = main_screen(pilot.app).gives
            gives.highlight(store.gives.queue(TODAY)[-1].id)
            await pilot.pause()
            assert sum("spring" in line for line in shown(pilot.app)) == 1
            place = _line_of(pilot, "Lend the tube")
            await pilot.press("k")
            assert sum("spring" in line for line in shown(pilot.app)) == 1
            assert _line_of(pilot, "Lend the tube") == place + 2
            for y in range(gives.size.height):
                row = gives.row_at(y)
                assert row is None or 0 <= row < gives.count()
            await pilot.press("1")
            assert not seen(pilot.app, "spring")

        drive(store, script)

    @pytest.mark.parametrize("size", [MEDIUM, NARROW, TINY, (1, 1), (30, 8)])
    def test_any_size(self, store: Store, friends: list[int], size: tuple[int, int]) -> None:
        """It walks through the whole queue at any size, and the highlighted give is in view."""
        for count in range(6):
            queued(store, friends[count % 4], f"Lend {count}", due=TODAY, why=self.WHY * 3)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", *("j" * 9), "G", *("k" * 9), "v", "escape", "escape")

        drive(store, script, size)


def _line_of(pilot: Pilot[None], text: str) -> int:
    return next(at for at, line in enumerate(shown(pilot.app)) if text in line)


class TestNoSuchDay:
    """A give by a day that the calendar does not have."""

    def test_prompt(self, store: Store, friends: list[int]) -> None:
        """The prompt says so, and waits."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("n")
            await type_text(pilot, "call her by 31 feb\n")
            assert seen(pilot.app, "31 feb is no day.")
            assert len(store.gives.queue(TODAY)) == 3

        drive(store, script)


class TestTurnedBack:
    """Undo and redo of what was queued."""

    def test_the_person_selected_stays(self, store: Store) -> None:
        """Doing again what was queued for someone else selected them, for whom the next key would act."""
        grace, hank = added(store, "Grace Lindqvist"), added(store, "Hank Morrow")
        queued(store, grace)
        queued(store, hank)

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            for key in ("u", "ctrl+r"):
                await pilot.press(key)
                await pilot.pause()
                assert main._shown == main.people.person_id == grace
            assert main.gives.give is not None
            await pilot.press("3", "u", "ctrl+r")
            await pilot.pause()
            assert main._shown == hank

        drive(store, script)


class TestLong:
    """A queue far longer than the screen."""

    def test_only_what_is_seen_is_read(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Opening the app, the last of them and back: some pages, with every heading where it belongs."""
        hank = added(store, "Hank Morrow")
        drafts = [
            GiveDraft(person_id=hank, words=f"Send {n}", due=TODAY + timedelta(days=n // 100 - 1))
            for n in range(1200)
        ]
        store.gives.add_each(drafts, TODAY)
        read: list[int] = []
        by_id = store.gives.by_id

        def counted(ids: Sequence[int]) -> Mapping[int, Give]:
            read.append(len(ids))
            return by_id(ids)

        monkeypatch.setattr(store.gives, "by_id", counted)

        async def script(pilot: Pilot[None]) -> None:
            gives = main_screen(pilot.app).gives
            assert sum(read) <= 64
            await pilot.press("3", "G")
            assert gives.count() == 1200
            assert gives.give is not None
            assert gives.give.words == "Send 1199"
            assert seen(pilot.app, "Send 1199")
            gives.highlight(store.gives.order(TODAY).ids[800])
            await pilot.pause()
            lines = shown(pilot.app)
            heading = next(at for at, line in enumerate(lines) if "Later" in line)
            assert "Send 800" in lines[heading + 1]
            await pilot.press("k")
            lines = shown(pilot.app)
            assert "Send 799" in next(line for line in lines if "✦" in line and "Send" in line)
            assert main_screen(pilot.app).gives.row_at(0) == 799
            await pilot.press("g")
            assert seen(pilot.app, "Overdue")
            assert gives.row_at(0) is None
            assert gives.row_at(1) == gives.row_at(2) == 0
            assert sum(read) <= 8 * 64

        drive(store, script)

    def test_what_is_gone_meanwhile(self, store: Store, friends: list[int]) -> None:
        """A give that another program took away is no longer drawn, and no key acts on it."""
        drafts = [GiveDraft(person_id=friends[0], words=f"Lend {n}", later=True) for n in range(200)]
        last = max(store.gives.add_each(drafts, TODAY).gives)

        async def script(pilot: Pilot[None]) -> None:
            gives = main_screen(pilot.app).gives
            store._connection.execute("DELETE FROM gives WHERE id = ?", (last,))
            await pilot.press("3", "G", "space", "x", "z", "e")
            assert gives.give is None
            assert isinstance(pilot.app.screen, MainScreen)
            assert len(store.gives.queue(TODAY)) == 202

        drive(store, script)


class TestLongQueue:
    """A queue longer than the screen: its Later is read after the first paint, or when it is looked at."""

    def test_whole_when_looked_at(self, store: Store, friends: list[int]) -> None:
        """All of it is there as soon as it has the focus, and End leads to its end."""
        for number in range(40):
            queued(store, friends[0], f"Send letter {number}", due=TODAY)
        queued(store, friends[3], "Send the atlas", later=True)

        async def script(pilot: Pilot[None]) -> None:
            gives = main_screen(pilot.app).gives
            await pilot.press("3", "end")
            assert gives.give is not None
            assert gives.give.words == "Send the atlas"

        drive(store, script, size=MEDIUM)

    def test_begins_with_what_is_seen(self, store: Store, friends: list[int]) -> None:
        """Nothing under Later is ordered before the first paint, unless there is room for it."""
        asked: list[bool] = []
        order = store.gives.order

        def watched(today: date, narrowed: GiveFilter | None = None, *, later: bool = True) -> Queue:
            asked.append(later)
            return order(today, narrowed, later=later)

        for number in range(40):
            queued(store, friends[0], f"Send letter {number}", due=TODAY)
        queued(store, friends[3], "Send the atlas", later=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store.gives, "order", watched)

            async def script(pilot: Pilot[None]) -> None:
                assert asked[0] is False
                await pilot.pause(0.3)
                assert asked == [False, True]

            drive(store, script, size=MEDIUM)
