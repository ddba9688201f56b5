"""Rhythms that hang on tags, bumps and sabbaticals; and who is found by how their contact stands."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from netcrm.domain.people import NEVER
from netcrm.domain.query import parse
from netcrm.domain.rhythm import Sabbatical, Warmth
from netcrm.store import Store
from tests.world import TODAY, a_store, added, day, dump, dump_remade, logged, names, person, queued


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return a_store(tmp_path)


def stands(store: Store, person_id: int) -> tuple[int | None, Warmth]:
    """The cadence that holds for someone and how warm the contact is; list and person have to agree."""
    line, whole = store.people.lines([person_id])[person_id], store.people.get(person_id)
    assert whole
    assert (line.cadence, line.due_on, line.drifting_on) == (whole.cadence, whole.due_on, whole.drifting_on)
    assert line.warmth(TODAY) is whole.warmth(TODAY)
    return line.cadence, line.warmth(TODAY)


class TestTags:
    """A cadence by tag."""

    def test_their_own_wins_else_the_shortest(self, store: Store) -> None:
        """Own ones stay, never included; of several tags the shortest holds; without any there is none."""
        store.rhythm.set_for_tag("scouts", 30)
        store.rhythm.set_for_tag("family", 7)
        for cadence, tags, holds in (
            (None, ("scouts",), 30),
            (None, ("scouts", "Family"), 7),
            (90, ("scouts", "family"), 90),
            (NEVER, ("scouts",), NEVER),
            (None, ("other",), None),
            (None, (), None),
        ):
            key = added(store, person(f"{cadence} {tags}", cadence=cadence, tags=tags))
            logged(store, key, days_ago=10)
            assert stands(store, key)[0] == holds
            whole = store.people.get(key)
            assert whole
            assert whole.profile.cadence == cadence

    def test_a_tag_that_says_never(self, store: Store) -> None:
        """It holds where no other tag says how often."""
        store.rhythm.set_for_tag("rivals", NEVER)
        key = added(store, person(tags=("rivals",)))
        assert stands(store, key) == (NEVER, Warmth.NONE)
        store.people.tag([key], add=["scouts"])
        store.rhythm.set_for_tag("scouts", 30)
        assert stands(store, key)[0] == 30

    def test_those_concerned_follow(self, store: Store) -> None:
        """Changing it changes their dots at once, says whom it touched, and goes back and forth."""
        hank, bela = (added(store, person(name, tags=("scouts",))) for name in ("Hank", "Bela"))
        amara = added(store, "Amara")
        for key in (hank, bela, amara):
            logged(store, key, days_ago=20)
        before = dump(store)
        change = store.rhythm.set_for_tag("#Scouts", 14)
        assert change.people == {hank, bela}
        assert change.label == "changed the rhythm with #Scouts: every 2 weeks"
        assert stands(store, hank) == (14, Warmth.RIPE)
        assert store.people.count_out_of_rhythm(TODAY) == 2
        assert dump(store) == dump_remade(store)
        store.history.undo()
        assert dump(store) == before
        store.history.redo()
        assert stands(store, bela) == (14, Warmth.RIPE)
        store.people.tag([bela], remove=["scouts"])
        assert stands(store, bela) == (None, Warmth.NONE)
        store.rhythm.set_for_tag("scouts", None)
        assert stands(store, hank) == (None, Warmth.NONE)

    def test_asked(self, store: Store) -> None:
        """Which tags have one, and how many bear a tag."""
        added(store, person(tags=("scouts",)))
        store.people.archive([added(store, person(tags=("scouts",)))])
        store.rhythm.set_for_tag("scouts", 30)
        assert store.rhythm.of_tags() == {"scouts": 30}
        assert (store.rhythm.bearing("#none"), store.rhythm.bearing("Scouts")) == (0, 1)

    @pytest.mark.parametrize("tag", ["", "#", " # "])
    def test_no_tag(self, store: Store, tag: str) -> None:
        """Without a name it is none."""
        with pytest.raises(ValueError, match="needs a name"):
            store.rhythm.set_for_tag(tag, 7)


class TestBump:
    """A new start without a contact."""

    def test_it_begins_again(self, store: Store) -> None:
        """In rhythm from today, with nothing in the timeline; the last contact stays what it was."""
        bela = added(store, person("Bela", cadence=30))
        logged(store, bela, days_ago=100)
        change = store.rhythm.bump([bela], TODAY)
        assert change.label == "began the rhythm with Bela again"
        assert stands(store, bela) == (30, Warmth.IN_RHYTHM)
        line = store.people.lines([bela])[bela]
        assert (line.last_on, line.due_on) == (TODAY - timedelta(days=100), TODAY + timedelta(days=30))
        assert store.timeline.count() == 1

    def test_the_later_counts(self, store: Store) -> None:
        """A contact after the bump resets the rhythm as ever."""
        bela = added(store, person("Bela", cadence=30))
        store.rhythm.bump([bela], TODAY - timedelta(days=20))
        assert store.people.lines([bela])[bela].due_on == TODAY + timedelta(days=10)
        logged(store, bela, days_ago=5)
        assert store.people.lines([bela])[bela].due_on == TODAY + timedelta(days=25)

    def test_the_hello_goes(self, store: Store) -> None:
        """What was suggested for the silence is not needed; what was meant otherwise stays."""
        bela = added(store, person("Bela", cadence=30))
        logged(store, bela, days_ago=100)
        store.filling.fill(TODAY)
        mine = queued(store, bela, kind="reconnect")
        store.rhythm.bump([bela], TODAY)
        assert [give.id for give in store.gives.queue(TODAY)] == [mine]
        assert not store.gives.dropped()
        assert not store.filling.fill(TODAY)


class TestSabbatical:
    """Days away are no silence."""

    def test_it_shifts_all(self, store: Store) -> None:
        """Who is due within it, or after it, is due so much later; ripe before, one drifts so much later."""
        days = {"soon": 5, "late": 40, "ripe": -3}
        people = {name: added(store, person(name, cadence=50)) for name in days}
        for name, left in days.items():
            logged(store, people[name], days_ago=50 - left)
        change = store.rhythm.take_sabbatical(TODAY, TODAY + timedelta(days=19))
        assert change.people == set(people.values())
        lines = store.people.lines(list(people.values()))
        due = {name: lines[key].due_on for name, key in people.items()}
        assert due == {
            name: TODAY + timedelta(days=left + (20 if left > 0 else 0)) for name, left in days.items()
        }
        assert {lines[key].drifting_on for key in people.values()} == {
            TODAY + timedelta(days=50 + left + 20) for left in days.values()
        }
        assert dump(store) == dump_remade(store)
        store.history.undo()
        assert store.people.lines([people["soon"]])[people["soon"]].due_on == TODAY + timedelta(days=5)

    def test_what_is_on(self, store: Store) -> None:
        """The one that is on, else the next."""
        assert store.rhythm.sabbatical(TODAY) is None
        store.rhythm.take_sabbatical(day("2026-12-20"), day("2026-12-31"))
        assert store.rhythm.sabbatical(TODAY) == Sabbatical(day("2026-12-20"), day("2026-12-31"))
        store.rhythm.take_sabbatical(TODAY, day("2026-12-05"))
        assert store.rhythm.sabbatical(TODAY) == Sabbatical(TODAY, day("2026-12-05"))
        assert store.rhythm.sabbatical(day("2026-12-06")) == Sabbatical(day("2026-12-20"), day("2026-12-31"))

    @pytest.mark.parametrize(
        ("taken", "expected"),
        [
            ((-9, -6), [(-9, -6), (-4, 4), (10, 14)]),
            ((-9, -5), [(-9, 4), (10, 14)]),
            ((-9, 0), [(-9, 4), (10, 14)]),
            ((-1, 1), [(-4, 4), (10, 14)]),
            ((2, 7), [(-4, 7), (10, 14)]),
            ((5, 8), [(-4, 8), (10, 14)]),
            ((5, 9), [(-4, 14)]),
            ((-9, 20), [(-9, 20)]),
        ],
    )
    def test_those_that_meet_are_one(
        self, store: Store, taken: tuple[int, int], expected: list[tuple[int, int]]
    ) -> None:
        """Nothing of one is lost to another, whichever was taken first; undo takes them apart."""

        def after(days: int) -> date:
            return TODAY + timedelta(days=days)

        def all_of_them() -> list[tuple[int, int]]:
            rows = store._connection.execute("SELECT from_on, until_on FROM sabbaticals ORDER BY from_on")
            return [((day(first) - TODAY).days, (day(last) - TODAY).days) for first, last in rows]

        for first, last in ((-4, 4), (10, 14)):
            store.rhythm.take_sabbatical(after(first), after(last))
        store.rhythm.take_sabbatical(*map(after, taken))
        assert all_of_them() == expected
        if expected != [(-4, 4), (10, 14)]:
            store.history.undo()
        assert all_of_them() == [(-4, 4), (10, 14)]

    def test_back(self, store: Store) -> None:
        """Who comes back earlier was away till the day before; what was not begun is called off."""
        store.rhythm.take_sabbatical(TODAY - timedelta(days=5), TODAY + timedelta(days=5))
        assert store.rhythm.end_sabbatical(TODAY).label == "came back from the sabbatical"
        assert store.rhythm.sabbatical(TODAY - timedelta(days=1)) == Sabbatical(
            TODAY - timedelta(days=5), TODAY - timedelta(days=1)
        )
        store.rhythm.take_sabbatical(TODAY + timedelta(days=1), TODAY + timedelta(days=5))
        assert store.rhythm.end_sabbatical(TODAY).label == "called the sabbatical off"
        assert not store.rhythm.end_sabbatical(TODAY)

    def test_it_ends_after_it_begins(self, store: Store) -> None:
        """A slip is told, and nothing changes."""
        with pytest.raises(ValueError, match="ends after it begins"):
            store.rhythm.take_sabbatical(TODAY, TODAY - timedelta(days=1))
        assert not store.history.acts()


class TestStates:
    """Finding people by how their contact stands."""

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("is:ripe", ["Ripe"]),
            ("is:drifting", ["Drifting", "Silent"]),
            ("is:silent", ["Silent"]),
            ("is:ripe is:drifting", []),
            ("sil is:silent", ["Silent"]),
        ],
    )
    def test_found(self, store: Store, typed: str, expected: list[str]) -> None:
        """As their dots say; the long silent are among the drifting, and by themselves for review."""
        for name, days_ago in (("Warm", 3), ("Ripe", 40), ("Drifting", 70), ("Silent", 400)):
            logged(store, added(store, person(name, cadence=30)), days_ago=days_ago)
        added(store, "Nobody")
        assert names(store, store.search.people(parse(typed), today=TODAY)) == expected
        assert not store.search.people(parse(typed))
        assert [line.name for line in store.people.long_silent(TODAY)] == ["Silent"]
        assert store.people.count_out_of_rhythm(TODAY) == 2
