"""The queue fills itself: what is found, when, in which words, and that nothing is found twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from netcrm.domain.gives import Give
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import NEVER
from netcrm.domain.preferences import FILLS, Preferences
from netcrm.domain.timeline import Entry
from netcrm.store import Store
from netcrm.store.filling import OCCASIONS_MOST
from tests.world import TODAY, a_store, added, day, dump, entry, frozen, logged, only, person, queued

BIRTHDAY = Occasion(kind="birthday", label="birthday", month=11, day=28, year=1976)
"""Hank's fiftieth, in six days."""

GRADUATION = Occasion(
    kind="graduation", label="graduates", whose="daughter Ana", month=12, day=1, year=2026, yearly=False
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return a_store(tmp_path)


def found(store: Store, today: date = TODAY) -> Sequence[Give]:
    """What a fill on a day queues, in the queue's order."""
    change = store.filling.fill(today)
    return [give for give in store.gives.queue(today) if give.id in change.gives]


def words(store: Store, today: date = TODAY) -> Sequence[str]:
    """What a fill on a day queues, in words."""
    return [give.words for give in found(store, today)]


class TestOccasions:
    """Congratulations, in time."""

    def test_a_birthday(self, store: Store) -> None:
        """Due on the day, small, with how old they turn; it says what it found."""
        hank = added(store, person("Hank Morrow", occasions=(BIRTHDAY,)))
        change = store.filling.fill(TODAY)
        assert change.label == "found 1 thing to give"
        give = store.gives.get(only(change.gives))
        assert give
        assert (give.person_id, give.words, give.why) == (hank, "Wish Hank a happy birthday", "turns 50")
        assert (give.kind, give.due, give.effort) == ("congratulation", day("2026-11-28"), "S")
        assert (give.source, give.occasion_year, give.promised) == ("occasion", 2026, False)

    def test_of_someone_of_theirs(self, store: Store) -> None:
        """It is the person who is congratulated."""
        added(store, person("Christina Vale", occasions=(GRADUATION,)))
        assert words(store) == ["Congratulate Christina: Ana (daughter) graduates"]

    def test_the_name_they_go_by(self, store: Store) -> None:
        """The given name where it is known, else the first word."""
        added(store, person("Dr. Amara Okafor", given="Amara", occasions=(BIRTHDAY,)))
        assert words(store) == ["Wish Amara a happy birthday"]

    @pytest.mark.parametrize(
        ("days", "count"), [(-1, 0), (0, 1), (14, 1), (15, 0), (364, 0)], ids=lambda value: str(value)
    )
    def test_in_time(self, store: Store, days: int, count: int) -> None:
        """From fourteen days before, up to the day itself."""
        on = TODAY + timedelta(days=days)
        added(store, person(occasions=(replace(BIRTHDAY, month=on.month, day=on.day),)))
        assert len(found(store)) == count

    def test_notice_of_its_own(self, store: Store) -> None:
        """An occasion may say itself how long before it shows up, over the turn of the year too."""
        soon = replace(BIRTHDAY, month=1, day=20)
        added(store, person("Ana", occasions=(replace(soon, notice=60),)))
        added(store, person("Bea", occasions=(soon,)))
        added(store, person("Cem", occasions=(replace(BIRTHDAY, notice=5),)))
        (give,) = found(store)
        assert (give.words, give.due, give.why) == (
            "Wish Ana a happy birthday",
            day("2027-01-20"),
            "turns 51",
        )
        assert give.occasion_year == 2027

    def test_notice_by_kind(self, tmp_path: Path) -> None:
        """What the user prefers holds for a kind, where the occasion does not say its own."""
        preferences = Preferences(notice={"birthday": 3, "graduation": 30})
        late = replace(GRADUATION, month=12, day=20)
        with Store(tmp_path / "own.db", frozen, preferences) as store:
            added(store, person("Ana", occasions=(BIRTHDAY,)))
            added(store, person("Bea", occasions=(replace(BIRTHDAY, notice=10),)))
            added(store, person("Cem", occasions=(late, replace(late, notice=7, whose="son Eli"))))
            assert words(store) == ["Wish Bea a happy birthday", "Congratulate Cem: Ana (daughter) graduates"]

    @pytest.mark.parametrize(
        ("today", "due"),
        [("2027-02-14", "2027-02-28"), ("2027-02-28", "2027-02-28"), ("2028-02-15", "2028-02-29")],
    )
    def test_29_february(self, store: Store, today: str, due: str) -> None:
        """It falls on the 28th in a common year, and is found from the right day on."""
        added(store, person(occasions=(replace(BIRTHDAY, month=2, day=29, year=1996),)))
        assert not found(store, day(today) - timedelta(days=20))
        assert [give.due for give in found(store, day(today))] == [day(due)]

    def test_nobody_who_is_away(self, store: Store) -> None:
        """Neither who is archived nor who is never to be suggested, by themselves or by their tags."""
        added(store, person("Ana", occasions=(BIRTHDAY,), cadence=NEVER))
        bea = added(store, person("Bea", occasions=(BIRTHDAY,)))
        store.people.archive([bea])
        added(store, person("Cem", occasions=(BIRTHDAY,), tags=("rivals",)))
        store.rhythm.set_for_tag("rivals", NEVER)
        assert found(store) == []

    def test_the_day_of_a_death(self, store: Store) -> None:
        """It is no congratulation: a warm word; and nothing can be given to who has died."""
        death = Occasion(kind="death", label="died", whose="mother Ada", month=11, day=28, year=2020)
        added(store, person("Amara Okafor", occasions=(death, replace(death, whose=""))))
        (give,) = found(store)
        assert (give.words, give.kind, give.why) == (
            "Send Amara a warm word",
            "reconnect",
            "Ada (mother) died",
        )


class TestAsManyAsAreBearable:
    """A book of a lifetime has hundreds of birthdays within a fortnight."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        """A birthday more a day than fit, and three of people with a rhythm, on the last day of notice."""
        store = a_store(tmp_path)
        for number in range(OCCASIONS_MOST):
            added(store, person(f"Near {number}", occasions=(replace(BIRTHDAY, day=22 + number % 8),)))
        last = TODAY + timedelta(days=14)
        far = replace(BIRTHDAY, month=last.month, day=last.day)
        for number in range(3):
            added(store, person(f"Friend {number}", cadence=90, occasions=(far,)))
            added(store, person(f"Far {number}", occasions=(far,)))
        return store

    def test_those_in_rhythm_then_the_nearest(self, store: Store) -> None:
        """So many come, not one more; whom one wishes to be in touch with comes before who is nearer."""
        gives = [give for give in found(store) if give.source == "occasion"]
        assert len(gives) == OCCASIONS_MOST
        assert sum(give.whom.name.startswith("Friend") for give in gives) == 3
        assert not any(give.whom.name.startswith("Far") for give in gives)
        left = {f"Near {number}" for number in range(OCCASIONS_MOST)} - {give.whom.name for give in gives}
        assert all(int(name.split()[1]) % 8 == 7 for name in left)  # the latest of them

    def test_the_rest_comes_as_it_draws_near(self, store: Store) -> None:
        """Not on the same day, though all was dropped or taken back; the day after, in one act."""
        wishes = [give.id for give in found(store) if give.source == "occasion"]
        assert not store.filling.fill(TODAY)
        store.gives.drop(wishes, TODAY)
        assert not store.filling.fill(TODAY)
        tomorrow = TODAY + timedelta(days=1)
        assert len([give for give in found(store, tomorrow) if give.source == "occasion"]) == 6

    def test_what_waits_unheeded_keeps_nothing_out(self, store: Store) -> None:
        """Wishes whose day has passed take no place of those to come."""
        found(store)
        assert len(store.gives.queue(TODAY)) >= OCCASIONS_MOST
        later = TODAY + timedelta(days=10)
        wishes = {give.whom.name for give in found(store, later) if give.source == "occasion"}
        assert wishes == {"Far 0", "Far 1", "Far 2"}

    def test_who_is_typed_in(self, store: Store) -> None:
        """Somebody who is added comes at once, however many wait."""
        found(store)
        amara = only(store.people.add(person("Amara Okafor", occasions=(BIRTHDAY,)), today=TODAY).people)
        assert [give.words for give in store.gives.waiting_for(TODAY, person_id=amara)] == [
            "Wish Amara a happy birthday"
        ]

    def test_aside(self, store: Store) -> None:
        """What was looked for in another thread is the same, and needs no second look at everybody."""
        look = store.filling.look(TODAY)
        assert look
        assert look.near
        asked: list[str] = []
        store._connection.set_trace_callback(asked.append)
        change = store.filling.fill(TODAY, look)
        store._connection.set_trace_callback(None)
        assert len(change.gives) == OCCASIONS_MOST + 3  # and hellos to the friends
        assert not any("min(notice)" in said for said in asked)
        store.history.undo()
        assert not store.gives.queue(TODAY)


class TestLongOver:
    """What nobody waits for any more."""

    def test_it_goes_by_itself(self, store: Store) -> None:
        """A wish is belated for some weeks; then it goes, in an act that says so and can be taken back."""
        added(store, person("Hank Morrow", occasions=(BIRTHDAY,)))
        store.filling.fill(TODAY)
        birthday = day("2026-11-28")
        assert not store.filling.fill(birthday + timedelta(days=45))
        change = store.filling.fill(birthday + timedelta(days=46))
        assert change.label == "let 1 go whose day is long over"
        assert store.gives.queue(birthday) == []
        store.history.undo()
        assert [give.words for give in store.gives.queue(birthday)] == ["Wish Hank a happy birthday"]

    def test_the_next_year_is_not_crowded(self, store: Store) -> None:
        """A year later there is one wish, the new one."""
        added(store, person("Hank Morrow", occasions=(BIRTHDAY,)))
        store.filling.fill(TODAY)
        change = store.filling.fill(day("2027-11-20"))
        assert change.label == "found 1 thing to give and let 1 go whose day is long over"
        assert [give.why for give in store.gives.queue(TODAY)] == ["turns 51"]

    def test_what_is_mine_stays(self, store: Store) -> None:
        """What was promised, typed, or put off to a later day is not touched."""
        hank = added(store, person("Hank Morrow", occasions=(BIRTHDAY,)))
        store.filling.fill(TODAY)
        (wish,) = store.gives.queue(TODAY)
        store.gives.snooze([wish.id], day("2027-06-01"), TODAY)
        queued(store, hank, "Send the map", due=TODAY)
        assert not store.filling.fill(day("2027-03-01"))
        assert len(store.gives.queue(TODAY)) == 2


class TestCongratulated:
    """A log line that says that one has congratulated."""

    @pytest.mark.parametrize("text", ["Congratulated Hank", "Sent Hank a birthday card"])
    def test_it_closes_this_year_s(self, store: Store, text: str) -> None:
        """What waits was given by it, until it is undone; next year it is suggested again."""
        hank = added(store, person("Hank Morrow", occasions=(BIRTHDAY,)))
        found(store)
        before = dump(store)
        store.timeline.log(entry(hank, kind="gave", text=text), today=TODAY)
        assert not store.gives.queue(TODAY)
        assert words(store) == []
        assert words(store, day("2027-11-20")) == ["Wish Hank a happy birthday"]
        store.history.undo()
        store.history.undo()
        assert dump(store) == before

    @pytest.mark.parametrize(
        ("kind", "text", "days_ago"),
        [
            ("gave", "Sent Hank a book", 0),
            ("call", "Congratulated Hank", 0),
            ("gave", "Sent Hank a birthday card", 350),
        ],
    )
    def test_what_is_none(self, store: Store, kind: str, text: str, days_ago: int) -> None:
        """Another thing, mere talk, and last year's leave it waiting."""
        hank = added(store, person("Hank Morrow", occasions=(BIRTHDAY,)))
        found(store)
        store.timeline.log(entry(hank, kind=kind, text=text, days_ago=days_ago), today=TODAY)
        assert [give.words for give in store.gives.queue(TODAY)] == ["Wish Hank a happy birthday"]


class TestOnce:
    """Nothing is found twice."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        """Someone with a birthday, and someone who has been silent."""
        store = a_store(tmp_path)
        added(store, person("Hank Morrow", occasions=(BIRTHDAY,)))
        logged(store, added(store, person("Bela Kovács", cadence=30)), days_ago=100)
        return store

    def test_again(self, store: Store) -> None:
        """A second look finds nothing, and is no act."""
        assert len(found(store)) == 2
        acts = store.history.acts()
        assert not store.filling.fill(TODAY)
        assert not store.filling.fill(TODAY + timedelta(days=3))
        assert store.history.acts() == acts

    def test_after_undo(self, store: Store) -> None:
        """What was taken back is not found again; done again, it is there."""
        ids = {give.id for give in found(store)}
        store.history.undo()
        assert not store.gives.queue(TODAY)
        assert not store.filling.fill(TODAY)
        store.history.redo()
        assert {give.id for give in store.gives.queue(TODAY)} == ids

    @pytest.mark.parametrize("end", ["give", "drop"])
    def test_after_it_was_given_or_was_not_for_them(self, store: Store, end: str) -> None:
        """Neither is found again, though dropping a hello leaves the silence; the year after comes again."""
        getattr(store.gives, end)([give.id for give in found(store)], TODAY)
        assert not store.filling.fill(TODAY)
        assert not store.filling.fill(TODAY + timedelta(days=20))
        later = day("2027-11-20")
        assert "Wish Hank a happy birthday" in words(store, later)

    def test_a_restart_and_a_second_program(self, store: Store) -> None:
        """What one program found, another does not find, now or later."""
        with Store(store.path, frozen) as other:
            assert len(found(store)) == 2
            assert not other.filling.fill(TODAY)
        store.close()
        with Store(store.path, frozen) as again:
            assert not again.filling.fill(TODAY)

    def test_two_that_look_at_once(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who finds something, and has to wait for the other, looks again and finds it done."""
        with Store(store.path, frozen) as other:
            act = store._writer.act

            def after_the_other(label: str = "") -> object:
                monkeypatch.undo()
                assert other.filling.fill(TODAY)
                return act(label)

            monkeypatch.setattr(store._writer, "act", after_the_other)
            assert not store.filling.fill(TODAY)
        assert len(store.gives.queue(TODAY)) == 2

    def test_an_occasion_that_is_reworded(self, store: Store) -> None:
        """Saying it otherwise, or adding the year, makes no other occasion of it."""
        found(store)
        hank = store.people.get(1)
        assert hank
        reworded = replace(BIRTHDAY, label="birthday at last", year=1977, notice=20)
        store.people.edit(1, replace(hank.profile, occasions=(reworded,)), today=TODAY)
        (give,) = [give for give in store.gives.queue(TODAY) if give.person_id == 1]
        assert give.occasion_id
        store.history.undo()
        assert store.people.get(1) == hank

    def test_an_occasion_on_another_day(self, store: Store) -> None:
        """The wish for the wrong day goes with it, and that for the right day comes; undo turns both back."""
        found(store)
        hank = store.people.get(1)
        assert hank
        store.people.edit(1, replace(hank.profile, occasions=(replace(BIRTHDAY, day=30),)), today=TODAY)
        assert [give.due for give in store.gives.queue(TODAY) if give.person_id == 1] == [day("2026-11-30")]
        store.history.undo()
        assert [give.due for give in store.gives.queue(TODAY) if give.person_id == 1] == [day("2026-11-28")]

    @pytest.mark.parametrize("end", ["give", "drop"])
    def test_a_day_that_is_corrected_afterwards(self, store: Store, end: str) -> None:
        """One birthday is wished well once: not again on the right day, but the year after."""
        (wish,) = [give for give in found(store) if give.source == "occasion"]
        getattr(store.gives, end)([wish.id], TODAY)
        hank = store.people.get(1)
        assert hank
        store.people.edit(1, replace(hank.profile, occasions=(replace(BIRTHDAY, day=30),)), today=TODAY)
        assert not [give for give in store.gives.queue(TODAY) if give.person_id == 1]
        assert not store.filling.fill(TODAY + timedelta(days=3))
        assert "Wish Hank a happy birthday" in words(store, day("2027-11-20"))

    def test_another_occasion_is_no_correction(self, store: Store) -> None:
        """Someone else's birthday, or what is only of no kind too, is another occasion."""
        exam = replace(BIRTHDAY, kind="other", label="exam", year=None)
        hank = store.people.get(1)
        assert hank
        store.people.edit(1, replace(hank.profile, occasions=(BIRTHDAY, exam)), today=TODAY)
        store.gives.give([give.id for give in store.gives.queue(TODAY) if give.person_id == 1], TODAY)
        others = (replace(BIRTHDAY, day=30, whose="son Eli"), replace(exam, day=30, label="move"))
        store.people.edit(1, replace(hank.profile, occasions=others), today=TODAY)
        assert len([give for give in store.gives.queue(TODAY) if give.person_id == 1]) == 2

    def test_what_was_given_outlives_its_occasion(self, store: Store) -> None:
        """An occasion that goes takes along what waits for it, and leaves what was given."""
        (wish,) = [give for give in found(store) if give.source == "occasion"]
        store.gives.give([wish.id], TODAY)
        hank = store.people.get(1)
        assert hank
        store.people.edit(1, replace(hank.profile, occasions=()))
        given = store.gives.get(wish.id)
        assert given
        assert (given.state, given.occasion_id) == ("given", None)


class TestSilence:
    """Saying hello again."""

    def silent(self, store: Store, name: str, days_ago: int, cadence: int = 30) -> int:
        """Someone last met some days ago."""
        person_id = added(store, person(name, cadence=cadence))
        logged(store, person_id, days_ago=days_ago)
        return person_id

    def test_hello(self, store: Store) -> None:
        """It says for how long there was silence, and has no day by which."""
        bela = self.silent(store, "Bela Kovács", 122)
        (give,) = found(store)
        assert (give.person_id, give.words, give.why) == (bela, "Say hello again", "4 months")
        assert (give.kind, give.source, give.due, give.effort) == ("reconnect", "cadence", None, "S")

    def test_somebody_never_met(self, store: Store) -> None:
        """There is no again yet."""
        added(store, person("Farid Haddad", cadence=30))
        assert [(give.words, give.why) for give in found(store)] == [("Say hello", "not in touch yet")]

    def test_who(self, store: Store) -> None:
        """Ripe and drifting ones; not who is in rhythm, nor who is silent for a dozen cadences and more."""
        for name, days_ago in (
            ("In rhythm", 30),
            ("Ripe", 31),
            ("Drifting", 100),
            ("Last", 360),
            ("Long", 361),
        ):
            self.silent(store, name, days_ago)
        self.silent(store, "Never", 100, NEVER)
        assert [give.whom.name for give in found(store)] == ["Last", "Drifting", "Ripe"]

    def test_the_longest_against_their_rhythm_first(self, store: Store) -> None:
        """Ten weeks are long for a weekly rhythm, not for a yearly one; more than a room is too much."""
        for cadence in (7, 30, 60, 80, 90, 95, 96):
            self.silent(store, str(cadence), 3 + cadence + cadence // 7, cadence)
        self.silent(store, "weekly", 70, 7)
        assert {give.whom.name for give in found(store)} == {"weekly", "7", "30", "60", "80"}

    def test_no_more_within_a_week(self, store: Store) -> None:
        """As long as they wait, and until the week is over, no others come."""
        for number in range(12):
            self.silent(store, str(number), 60 + number)
        first = found(store)
        assert len(first) == 5
        store.gives.give([give.id for give in first], TODAY)
        assert not found(store, TODAY)
        monday = TODAY + timedelta(days=1)
        second = found(store, monday)
        assert len(second) == 5
        store.gives.drop([give.id for give in second[:3]], monday)
        assert not found(store, monday)
        assert len(found(store, monday + timedelta(days=7))) == 2

    def test_not_while_something_says_hello(self, store: Store) -> None:
        """Neither while a reconnect waits, nor what is given within the week; later is another matter."""
        queued(store, self.silent(store, "Reconnect", 60), kind="reconnect", later=True)
        queued(store, self.silent(store, "Soon", 60), due=TODAY + timedelta(days=6))
        queued(store, self.silent(store, "Late", 60), due=TODAY + timedelta(days=7))
        birthday = added(store, person("Birthday", cadence=30, occasions=(replace(BIRTHDAY, day=24),)))
        logged(store, birthday, days_ago=60)
        assert {(give.whom.name, give.source) for give in found(store)} == {
            ("Late", "cadence"),
            ("Birthday", "occasion"),
        }

    def test_who_was_put_away_keeps_nobody_out(self, store: Store) -> None:
        """Hellos that wait for archived people took all the room, and nobody was suggested any more."""
        for number in range(10):
            self.silent(store, str(number), 60 + number)
        store.people.archive([give.whom.id for give in found(store)])
        assert len(found(store, TODAY + timedelta(days=7))) == 5

    def test_not_on_a_sabbatical(self, store: Store) -> None:
        """Who is away is not told of anybody's silence."""
        self.silent(store, "Bela Kovács", 100)
        store.rhythm.take_sabbatical(TODAY, TODAY + timedelta(days=10))
        assert not found(store)
        assert found(store, TODAY + timedelta(days=11))

    def test_another_silence(self, store: Store) -> None:
        """Once they were in touch, a new silence is another one."""
        bela = self.silent(store, "Bela Kovács", 100)
        (hello,) = found(store)
        store.gives.give([hello.id], TODAY)
        assert words(store, TODAY + timedelta(days=31)) == ["Say hello again"]
        assert store.people.name(bela)

    @pytest.mark.parametrize(
        ("kind", "days_ago", "state"),
        [("call", 0, "given"), ("met", 20, "given"), ("call", 40, "queued"), ("note", 0, "queued")],
    )
    def test_being_in_touch_answers_it(self, store: Store, kind: str, days_ago: int, state: str) -> None:
        """A contact that brings them back in rhythm is the hello; once taken out, it waits again."""
        bela = self.silent(store, "Bela Kovács", 100)
        (hello,) = found(store)
        change = store.timeline.log(entry(bela, kind=kind, days_ago=days_ago), today=TODAY)
        answered = store.gives.get(hello.id)
        assert answered
        assert answered.state == state
        store.timeline.remove(only(change.interactions))
        again = store.gives.get(hello.id)
        assert again
        assert again.state == "queued"

    @pytest.mark.parametrize("how", ["own", "never", "form", "tag", "tag off", "bump"])
    def test_no_rhythm_no_hello(self, store: Store, how: str) -> None:
        """With the rhythm goes the hello, which was not dropped; promised, or on a day, it stays."""
        store.rhythm.set_for_tag("scouts", 30)
        mine, bela, cleo = (
            added(store, person(name, tags=("scouts",)) if "tag" in how else person(name, cadence=30))
            for name in ("Mine", "Bela", "Cleo")
        )
        for one in (mine, bela, cleo):
            logged(store, one, days_ago=100)
        hellos = {give.person_id: give for give in found(store)}
        store.gives.edit(hellos[mine].id, replace(hellos[mine].draft, promised=True))
        store.gives.snooze([hellos[bela].id], TODAY + timedelta(days=3), TODAY)
        everybody = [mine, bela, cleo]
        match how:
            case "own":
                store.people.set_cadence(everybody, None)
            case "never":
                store.people.set_cadence(everybody, NEVER)
            case "form":
                for one in everybody:
                    whole = store.people.get(one)
                    assert whole
                    store.people.edit(one, replace(whole.profile, cadence=None))
            case "tag":
                store.rhythm.set_for_tag("scouts", NEVER)
            case "tag off":
                store.people.tag(everybody, remove=["scouts"])
            case "bump":
                store.rhythm.bump(everybody, TODAY)
        assert [give.person_id for give in store.gives.queue(TODAY)] == [mine]
        assert not store.gives.dropped()
        assert not store.filling.fill(TODAY)
        store.timeline.log(entry(mine), today=TODAY)
        assert not store.gives.queue(TODAY)

    def test_another_rhythm_keeps_it(self, store: Store) -> None:
        """A slower rhythm, or that of a tag in the place of their own, takes no hello away."""
        bela = self.silent(store, "Bela Kovács", 100)
        store.people.tag([bela], add=["scouts"])
        store.rhythm.set_for_tag("scouts", 30)
        found(store)
        store.people.set_cadence([bela], None)
        store.rhythm.set_for_tag("scouts", 60)
        assert len(store.gives.queue(TODAY)) == 1

    def test_being_answered_takes_no_room(self, store: Store) -> None:
        """Meeting those whose hellos wait leaves the week its room; saying hello of oneself takes some."""
        people = [self.silent(store, f"Person {number}", 100) for number in range(5)]
        hellos = {give.person_id: give.id for give in found(store)}
        store.timeline.log(entry(*people[:4]), today=TODAY)
        assert store.gives.room(TODAY).given == 0
        store.gives.give([hellos[people[4]]], TODAY)
        assert store.gives.room(TODAY).given == 1

    @pytest.mark.parametrize("hello_first", [True, False])
    def test_a_give_and_a_hello_are_one_contact(self, store: Store, hello_first: bool) -> None:
        """Marked together, what is given is the hello, whichever was marked first."""
        bela = self.silent(store, "Bela Kovács", 100)
        (hello,) = found(store)
        marked = [queued(store, bela), hello.id]
        store.gives.give(marked[::-1] if hello_first else marked, TODAY)
        assert [written.kind for written in store.timeline.of(bela)] == ["gave", "met"]
        assert not store.gives.queue(TODAY)

    def test_another_give_answers_it_too(self, store: Store) -> None:
        """Who gives something else has said hello."""
        bela = self.silent(store, "Bela Kovács", 100)
        (hello,) = found(store)
        store.gives.give([queued(store, bela)], TODAY)
        assert not store.gives.queue(TODAY)
        store.history.undo()
        assert hello.id in {give.id for give in store.gives.queue(TODAY)}


class TestTheLastDays:
    """There are days on which no others follow."""

    @pytest.mark.parametrize("today", ["9999-12-10", "9999-12-27", "9999-12-31"])
    def test_of_the_calendar(self, store: Store, today: str) -> None:
        """What is near is found as ever, up to the last day."""
        added(store, person("Hank Morrow", occasions=(replace(BIRTHDAY, month=12, day=31, notice=60),)))
        added(store, person("Bela Kovács", occasions=(replace(BIRTHDAY, month=1, day=3),)))
        assert words(store, day(today)) == ["Wish Hank a happy birthday"]
        assert [named.name for _, named, _ in store.people.coming(day(today), 30)] == ["Hank Morrow"]


class TestSwitches:
    """Each source can be turned off."""

    @pytest.mark.parametrize("off", FILLS)
    def test_off(self, tmp_path: Path, off: str) -> None:
        """What is off finds nothing; what is on still does."""
        with Store(tmp_path / "own.db", frozen, Preferences(fills=frozenset(FILLS) - {off})) as store:
            logged(store, added(store, person("Bela", cadence=30)), days_ago=100)
            store.people.add(person("Hank", occasions=(BIRTHDAY,)), TODAY)
            store.filling.fill(TODAY)
            assert {give.source for give in store.gives.queue(TODAY)} == {"occasion", "cadence"} - {off}

    def test_the_room(self, tmp_path: Path) -> None:
        """Who has room for two is told of two; where the week is full they stand under Later."""
        with Store(tmp_path / "own.db", frozen, Preferences(room=2)) as store:
            for number in range(4):
                logged(store, added(store, person(str(number), cadence=30)), days_ago=100)
            queued(store, added(store), effort="M")
            assert [give.later for give in found(store)] == [True, True]


class TestWithinAnAct:
    """What an act brings that is due soon is queued in it."""

    def test_add(self, store: Store) -> None:
        """A new person's birthday; one undo takes back both."""
        change = store.people.add(person("Hank Morrow", occasions=(BIRTHDAY,)), TODAY)
        assert change.label == "added Hank Morrow, queued “Wish Hank a happy birthday”"
        assert len(store.gives.queue(TODAY)) == 1
        assert not store.filling.fill(TODAY)
        store.history.undo()
        assert store.people.count() == 0
        assert not store.gives.queue(TODAY)

    def test_log(self, store: Store) -> None:
        """A day that a line notes."""
        christina = added(store, "Christina Vale")
        change = store.timeline.log(
            Entry(day=TODAY, people=(christina,), kind="call"),
            occasions=[(christina, GRADUATION), (christina, replace(GRADUATION, month=6, year=2027))],
            today=TODAY,
        )
        assert change.label.endswith("queued “Congratulate Christina: Ana (daughter) graduates”")
        assert len(change.gives) == 1
        store.history.undo()
        person_ = store.people.get(christina)
        assert person_
        assert (person_.profile.occasions, person_.gives_waiting) == ((), 0)

    def test_without_a_day(self, store: Store) -> None:
        """Who does not say the day leaves it for the next fill."""
        assert not store.people.add(person(occasions=(BIRTHDAY,))).gives
        assert found(store)
