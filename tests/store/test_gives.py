"""The gives shelf: what waits, what the week has room for, and what becomes of a give."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from netcrm.domain.gives import LANDED, WEEKLY_ROOM, Give, GiveDraft, Room, section, why_now
from netcrm.domain.preferences import Preferences
from netcrm.domain.sparks import SparkDraft
from netcrm.domain.timeline import CONTACT_KINDS
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, added, day, frozen, logged, only, queued

YESTERDAY, TOMORROW = day("2026-11-21"), day("2026-11-23")


@pytest.fixture
def amara(store: Store) -> int:
    """The id of someone in the book."""
    return added(store, "Amara Okafor")


def waiting(store: Store) -> Sequence[tuple[str, str]]:
    """The queue in its order, each give with its section."""
    return [(section(give, TODAY), give.words) for give in store.gives.queue(TODAY)]


def fill_the_week(store: Store, room: int = WEEKLY_ROOM) -> None:
    """Queue as many small gives as a week has room for, each for somebody else."""
    for number in range(room):
        queued(store, added(store, f"Person {number}"), f"{number}")


def get(store: Store, give_id: int) -> Give:
    """A give that is there."""
    found = store.gives.get(give_id)
    assert found
    return found


class TestQueueing:
    """A give comes into the queue."""

    def test_every_field_comes_back(self, store: Store, amara: int) -> None:
        """What was queued is what is read."""
        draft = GiveDraft(
            person_id=amara,
            words="Send the paper",
            kind="article",
            link="https://papers.example/1",
            due=TOMORROW,
            promised=True,
            effort="L",
            source="spark",
            why="her field",
            later=True,
        )
        give = get(store, only(store.gives.add(draft, TODAY).gives))
        for field in GiveDraft.__dataclass_fields__:
            read = getattr(give, field)
            assert read == getattr(draft, field), field
        assert (give.state, give.created_on, give.whom.name) == ("queued", TODAY, "Amara Okafor")

    def test_order(self, store: Store, amara: int) -> None:
        """By section; in each promises by day first, then the rest by day, then as they came."""
        queued(store, amara, "loose")
        queued(store, amara, "later", later=True)
        queued(store, amara, "tomorrow", due=TOMORROW)
        queued(store, amara, "promised for tomorrow", due=TOMORROW, promised=True)
        queued(store, amara, "late", due=YESTERDAY)
        queued(store, amara, "next month", due=day("2026-12-24"))
        queued(store, amara, "now", due=TODAY)
        assert waiting(store) == [
            ("Overdue", "late"),
            ("Today", "now"),
            ("This week", "promised for tomorrow"),
            ("This week", "tomorrow"),
            ("This week", "loose"),
            ("Later", "next month"),
            ("Later", "later"),
        ]

    def test_the_longer_silent_first(self, store: Store) -> None:
        """Among what has no day: first what they wish for, a mere hello last, between by silence."""
        for name, silent in (("Near", 3), ("Far", 200), ("Farther", 300)):
            logged(store, added(store, name), days_ago=silent)
        near, far, farther = store.people.ids()[2], store.people.ids()[0], store.people.ids()[1]
        queued(store, farther, "Say hello", kind="reconnect", source="cadence")
        queued(store, near, "an article")
        queued(store, far, "a talk")
        queued(store, near, "a job", source="want")
        assert [words for _, words in waiting(store)] == ["a job", "a talk", "an article", "Say hello"]

    def test_of_someone_archived(self, store: Store, amara: int) -> None:
        """What waits for someone who was put away waits out of sight, and comes back with them."""
        queued(store, amara, "Send the paper")
        store.people.archive([amara])
        assert waiting(store) == []
        assert store.gives.room(TODAY).waiting == 0
        store.people.archive([amara], archived=False)
        assert waiting(store) == [("This week", "Send the paper")]

    def test_counted_on_the_person(self, store: Store, amara: int) -> None:
        """The list shows how many wait: queued and snoozed, not those given or dropped."""
        gives = [queued(store, amara, f"give {number}", due=TODAY) for number in range(4)]
        store.gives.snooze(gives[:1], TOMORROW, TODAY)
        store.gives.give(gives[1:2], TODAY)
        store.gives.drop(gives[2:3], TODAY)
        assert store.people.lines([amara])[amara].gives_waiting == 2


class TestRoom:
    """A week has room for so much giving."""

    def test_full(self, store: Store, amara: int) -> None:
        """One more than there is room for stands under Later, and one calm line says so."""
        fill_the_week(store)
        change = store.gives.add(GiveDraft(person_id=amara, words="one more"), TODAY)
        assert (
            change.label == "queued “one more” for Amara Okafor · this week is full, so it stands under Later"
        )
        assert waiting(store)[-1] == ("Later", "one more")
        assert store.gives.room(TODAY) == Room(size=WEEKLY_ROOM, given=0, waiting=WEEKLY_ROOM)
        assert store.gives.room(TODAY).left == 0

    def test_effort(self, store: Store, amara: int) -> None:
        """A large give takes more room than a small one, and may find no room where a small one does."""
        queued(store, amara, "large", effort="L")
        assert store.gives.room(TODAY).left == 1
        queued(store, added(store, "Bela"), "middling", effort="M")
        queued(store, added(store, "Hank"), "small")
        assert waiting(store) == [("This week", "large"), ("This week", "small"), ("Later", "middling")]

    @pytest.mark.parametrize("bound", [{"promised": True}, {"due": TOMORROW}])
    def test_always_let_in(self, store: Store, amara: int, bound: dict[str, object]) -> None:
        """A promise is let in however full the week is; so is what has a day of its own."""
        fill_the_week(store)
        queued(store, amara, "bound", **bound)
        assert ("This week", "bound") in waiting(store)
        assert store.gives.room(TODAY).waiting == WEEKLY_ROOM + 1
        assert store.gives.room(TODAY).left == 0

    def test_a_persons_share(self, store: Store, amara: int) -> None:
        """One taker cannot drain the week: beyond their share, what is new for them stands under Later."""
        queued(store, amara, "middling", effort="M")
        store.gives.give([queued(store, amara, "small")], TODAY)
        change = store.gives.add(GiveDraft(person_id=amara, words="one more"), TODAY)
        assert change.label == (
            "queued “one more” for Amara Okafor"
            " · Amara Okafor has had a good share of the week, so it stands under Later"
        )
        queued(store, amara, "promised", promised=True)
        queued(store, amara, "with a day", due=TOMORROW)
        queued(store, added(store, "Bela"), "for another")
        assert waiting(store)[-1] == ("Later", "one more")
        assert len(waiting(store)) == 5

    def test_more_than_a_share_at_once(self, store: Store, amara: int) -> None:
        """Who has had nothing this week may have one large thing."""
        queued(store, amara, "large", effort="L")
        assert waiting(store) == [("This week", "large")]

    def test_room_and_share_as_preferred(self, tmp_path: Path) -> None:
        """Both are the user's to set."""
        with Store(tmp_path / "own.db", frozen, Preferences(room=2, share=1)) as store:
            one, other, third = (added(store, name) for name in ("One", "Other", "Third"))
            queued(store, one, "first")
            assert "good share" in store.gives.add(GiveDraft(person_id=one, words="second"), TODAY).label
            queued(store, other, "third")
            assert "week is full" in store.gives.add(GiveDraft(person_id=third, words="last"), TODAY).label

    def test_light_ones(self, store: Store) -> None:
        """One light give to three serious ones; a second light one stands under Later and says why."""
        people = [added(store, f"Person {number}") for number in range(9)]
        queued(store, people[0], "a cartoon", kind="delight")
        draft = GiveDraft(person_id=people[1], words="a song", kind="delight")
        assert store.gives.add(draft, TODAY).label == (
            "queued “a song” for Person 1 · one light thing to 3 serious ones, so it stands under Later"
        )
        for number in range(2, 5):
            queued(store, people[number], str(number))
        assert not store.gives.no_room(replace(draft, words="a joke"), TODAY)
        assert store.gives.no_room(replace(draft, words="a joke", due=TODAY), TODAY) == ""

    def test_put_off_by_oneself(self, store: Store, amara: int) -> None:
        """What is queued for later anyway is not said to find no room."""
        fill_the_week(store)
        change = store.gives.add(GiveDraft(person_id=amara, words="some day", later=True), TODAY)
        assert change.label == "queued “some day” for Amara Okafor"

    def test_given_this_week_counts(self, store: Store, amara: int) -> None:
        """What was given since Monday has taken its room; what was given last week has not."""
        store.gives.give([queued(store, amara, "last Sunday")], day("2026-11-15"))
        assert store.gives.room(TODAY).given == 0
        store.gives.give([queued(store, amara, "on Monday", effort="M")], day("2026-11-16"))
        room = store.gives.room(TODAY)
        assert (room.given, room.left, room.filled, room.free) == (2, 3, "▰▰", "▱▱▱")
        queued(store, amara, "on Tuesday")
        room = store.gives.room(TODAY)
        assert (room.filled, room.taken, room.free, room.words) == ("▰▰", "▰", "▱▱", "2 given, 1 waiting")

    def test_dropping_makes_room(self, store: Store, amara: int) -> None:
        """What is dropped or put off takes no room any more."""
        first, second = queued(store, amara, "one"), queued(store, amara, "two")
        store.gives.drop([first], TODAY)
        store.gives.snooze([second], day("2026-12-24"), TODAY)
        assert store.gives.room(TODAY).left == WEEKLY_ROOM


class TestGiving:
    """One keystroke both gives and logs."""

    def test_marks_and_logs(self, store: Store, amara: int) -> None:
        """The give is given today, and stands in the timeline, in the past tense, with its link."""
        give = queued(store, amara, "Send the paper", kind="article", link="https://papers.example/1")
        change = store.gives.give([give], TODAY)
        assert change.label == "gave “Send the paper” to Amara Okafor"
        assert change.gives == {give}
        assert change.people == {amara}
        (written,) = store.timeline.of(amara)
        assert (written.kind, written.text) == ("gave", "Sent the paper https://papers.example/1")
        found = get(store, give)
        assert (found.state, found.given_on, found.interaction_id) == ("given", TODAY, written.id)
        assert waiting(store) == []
        line = store.people.lines([amara])[amara]
        assert (line.last_on, line.gives_waiting) == (TODAY, 0)

    def test_a_hello_is_a_message(self, store: Store, amara: int) -> None:
        """Saying hello again gives nothing: it is a message, and a contact."""
        store.gives.give([queued(store, amara, "Say hello again", kind="reconnect")], TODAY)
        (written,) = store.timeline.of(amara)
        assert (written.kind, written.text) == ("message", "Said hello again")
        assert written.kind in CONTACT_KINDS
        found = store.people.get(amara)
        assert found
        assert found.gave == 0

    def test_twice(self, store: Store, amara: int) -> None:
        """A give that was given is not given again, neither by a second key nor by being marked twice."""
        give = queued(store, amara)
        store.gives.give([give, give], TODAY)
        assert not store.gives.give([give], TODAY)
        assert len(store.timeline.of(amara)) == 1
        assert len(store.history.acts()) == 3

    def test_several(self, store: Store, amara: int) -> None:
        """Several are one act, and one undo brings all of them back."""
        gives = [queued(store, amara, words) for words in ("Send the map", "Ring Hank")]
        assert store.gives.give(gives, TODAY).label == "gave 2 gives"
        assert [written.text for written in store.timeline.of(amara)] == ["Rang Hank", "Sent the map"]
        store.history.undo()
        assert {get(store, give).state for give in gives} == {"queued"}
        assert not store.timeline.of(amara)

    def test_one_that_is_gone(self, store: Store, amara: int) -> None:
        """A give that was taken back in another window can't be given: nothing is changed."""
        give = queued(store, amara)
        with pytest.raises(StoreError, match="no longer there"):
            store.gives.give([give, 99], TODAY)
        assert get(store, give).state == "queued"


class TestSnoozing:
    """A give rests until a day."""

    def test_until(self, store: Store, amara: int) -> None:
        """It stands under that day, and says so; when the day has come it says that it is back."""
        give = queued(store, amara, "Send the paper")
        change = store.gives.snooze([give], day("2026-12-12"), TODAY)
        assert change.label == "snoozed “Send the paper” for Amara Okafor until 12 Dec"
        assert waiting(store) == [("Later", "Send the paper")]
        assert why_now(get(store, give), day("2026-12-14")) == "back since 2 days"

    def test_out_of_later(self, store: Store, amara: int) -> None:
        """What stood under Later stands under its day once it has one."""
        give = queued(store, amara, "Send the paper", later=True)
        store.gives.snooze([give], TOMORROW, TODAY)
        assert waiting(store) == [("This week", "Send the paper")]

    def test_given_while_it_rests(self, store: Store, amara: int) -> None:
        """A resting give can be given."""
        give = queued(store, amara)
        store.gives.snooze([give], TOMORROW, TODAY)
        assert store.gives.give([give], TODAY)
        assert waiting(store) == []


class TestDropping:
    """Not for them."""

    def test_leaves_the_queue_and_is_remembered(self, store: Store, amara: int) -> None:
        """It waits no more, and its day of dropping stays."""
        give = queued(store, amara, "Send the paper")
        assert store.gives.drop([give], TODAY).label == "dropped “Send the paper” for Amara Okafor"
        found = get(store, give)
        assert (found.state, found.dropped_on) == ("dropped", TODAY)
        assert waiting(store) == []
        assert not store.gives.give([give], TODAY)

    def test_the_same_thing_again(self, store: Store, amara: int) -> None:
        """The same words and kind, link or spark are known again, for that person only."""
        spark = only(store.sparks.keep(SparkDraft(kind="article", title="A new moon")).sparks)
        store.gives.drop(
            [
                queued(store, amara, "Send the  Paper", kind="article", link="https://a.example/1"),
                queued(store, amara, "Share it", kind="article", spark_id=spark),
            ],
            TODAY,
        )
        same = GiveDraft(person_id=amara, words="send the paper", kind="article")
        assert store.gives.is_not_for(same)
        assert not store.gives.is_not_for(replace(same, kind="help"))
        assert not store.gives.is_not_for(replace(same, words="Send the other paper"))
        assert not store.gives.is_not_for(replace(same, person_id=added(store, "Bela")))
        assert store.gives.is_not_for(replace(same, words="Look", kind="help", link="https://a.example/1"))
        assert store.gives.not_for(spark_id=spark) == {amara}
        assert store.gives.not_for() == frozenset()
        assert [give.words for give in store.gives.dropped()] == ["Share it", "Send the  Paper"]

    def test_taken_back(self, store: Store, amara: int) -> None:
        """What was dropped by mistake may be suggested again once that is undone."""
        store.gives.drop([queued(store, amara, "Send the paper")], TODAY)
        store.history.undo()
        assert not store.gives.is_not_for(GiveDraft(person_id=amara, words="Send the paper"))


class TestQueueingSeveral:
    """Several gives in one act."""

    def test_one_act(self, store: Store) -> None:
        """One act, one undo; its label names whom it is for."""
        people = [added(store, name) for name in ("Amara", "Bela", "Hank", "Jo")]
        drafts = [GiveDraft(person_id=key, words="Share the opening") for key in people]
        assert (
            store.gives.add_each(drafts[:2], TODAY).label == "queued “Share the opening” for Amara and Bela"
        )
        store.history.undo()
        assert waiting(store) == []
        assert store.gives.add_each(drafts, TODAY).label == "queued “Share the opening” for 4 people"

    def test_some_of_them_later(self, store: Store) -> None:
        """How many found no room is said in one line."""
        fill_the_week(store, WEEKLY_ROOM - 1)
        people = [added(store, name) for name in ("Amara", "Bela", "Hank")]
        change = store.gives.add_each([GiveDraft(person_id=key, words="Hi") for key in people], TODAY)
        assert change.label == (
            "queued “Hi” for Amara, Bela and Hank · 2 of 3 stand under Later, where there is room"
        )

    def test_none(self, store: Store) -> None:
        """Nothing to queue is no act."""
        assert not store.gives.add_each([], TODAY)


class TestAfterwards:
    """A week after a give, one question: did it land?"""

    def gave(self, store: Store, person_id: int, days_ago: int, kind: str = "opening") -> int:
        """A give that was given some days ago."""
        give = queued(store, person_id, f"{kind} {days_ago}", kind=kind, due=TODAY)
        store.gives.give([give], TODAY - timedelta(days=days_ago))
        return give

    @pytest.mark.parametrize(("days", "asked"), [(6, False), (7, True), (60, True), (61, False)])
    def test_when(self, store: Store, amara: int, days: int, asked: bool) -> None:
        """From a week after the day on, for two months."""
        self.gave(store, amara, days)
        assert (store.gives.to_ask(TODAY) is not None) == asked

    @pytest.mark.parametrize("answer", LANDED)
    def test_once(self, store: Store, amara: int, answer: str) -> None:
        """The newest is asked about first; whatever is said, it is not asked about again, unless undone."""
        older, newer = self.gave(store, amara, 20), self.gave(store, amara, 8)
        assert asked_about(store) == newer
        store.gives.landed(newer, answer, TODAY)
        assert get(store, newer).landed == answer
        assert asked_about(store) == older
        store.history.undo()
        assert asked_about(store) == newer

    def test_not_of(self, store: Store, amara: int) -> None:
        """A hello gives nothing to land; what was dropped was not given; who was put away is left alone."""
        self.gave(store, amara, 10, kind="reconnect")
        store.gives.drop([queued(store, amara)], TODAY - timedelta(days=10))
        assert asked_about(store) is None
        self.gave(store, amara, 10)
        store.people.archive([amara])
        assert asked_about(store) is None

    def test_labels(self, store: Store, amara: int) -> None:
        """What was answered is said in words."""
        give = self.gave(store, amara, 8)
        said = [store.gives.landed(give, answer, TODAY).label for answer in LANDED]
        assert said == [
            "“opening 8” landed with Amara Okafor",
            "“opening 8” did not land with Amara Okafor",
            "unsure whether “opening 8” landed with Amara Okafor",
        ]
        with pytest.raises(ValueError, match="landed"):
            store.gives.landed(give, "perhaps", TODAY)

    def test_by_kind(self, store: Store, amara: int) -> None:
        """How often each kind landed and did not, by person; being unsure says nothing."""
        bela = added(store, "Bela")
        for kind, answer in (("opening", "yes"), ("opening", "yes"), ("opening", "no"), ("article", "no")):
            store.gives.landed(self.gave(store, amara, 8, kind), answer, TODAY)
        store.gives.landed(self.gave(store, bela, 8), "unsure", TODAY)
        assert store.gives.landed_kinds([amara, bela]) == {amara: {"opening": (2, 1), "article": (0, 1)}}
        assert list(store.gives.landed_kinds([amara])[amara]) == ["opening", "article"]
        assert store.gives.landed_kinds([]) == {}

    def test_in_the_timeline(self, store: Store, amara: int) -> None:
        """The entry that giving it wrote bears the answer."""
        give = self.gave(store, amara, 8)
        assert store.timeline.of(amara)[0].landed == ""
        store.gives.landed(give, "yes", TODAY)
        assert store.timeline.of(amara)[0].landed == "yes"


def asked_about(store: Store) -> int | None:
    """The id of the give of which it is asked whether it landed."""
    give = store.gives.to_ask(TODAY)
    return give.id if give else None


class TestEditing:
    """A give is said otherwise."""

    def test_words_and_day(self, store: Store, amara: int) -> None:
        """Everything of the draft can be changed; what became of the give stays."""
        give = queued(store, amara, "Send the paper")
        draft = GiveDraft(person_id=amara, words="Send both papers", due=TOMORROW, effort="M", promised=True)
        assert store.gives.edit(give, draft).label == "edited “Send both papers”"
        found = get(store, give)
        assert (found.words, found.due, found.effort, found.promised) == (
            "Send both papers",
            TOMORROW,
            "M",
            True,
        )
        assert not store.gives.edit(give, draft)

    def test_for_somebody_else(self, store: Store, amara: int) -> None:
        """It may turn out to be for another person; both see it at once."""
        bela = added(store, "Bela")
        give = queued(store, amara)
        change = store.gives.edit(give, GiveDraft(person_id=bela, words="Send the paper"))
        assert change.people == {amara, bela}
        lines = store.people.lines([amara, bela])
        assert [lines[key].gives_waiting for key in (amara, bela)] == [0, 1]

    def test_what_another_program_wrote_meanwhile(self, store: Store, amara: int) -> None:
        """A form wrote all of the draft it was opened with, over what had been written since."""
        give = queued(store, amara, "Send the paper")
        opened = get(store, give).draft
        store.gives.edit(give, replace(opened, due=TOMORROW, effort="M"))
        store.gives.snooze([give], day("2026-12-24"), TODAY)
        change = store.gives.edit(give, replace(opened, words="Send both papers"), opened)
        assert change.label == "edited “Send both papers”"
        found = get(store, give)
        assert found.draft == replace(opened, words="Send both papers", due=TOMORROW, effort="M")
        assert found.snoozed_until == day("2026-12-24")

    def test_a_new_day_wakes_it(self, store: Store, amara: int) -> None:
        """A day that is set while it rests counts from then on; other words leave it resting."""
        give = queued(store, amara, "Send the paper")
        store.gives.snooze([give], day("2026-12-24"), TODAY)
        store.gives.edit(give, GiveDraft(person_id=amara, words="Send both papers"))
        assert waiting(store) == [("Later", "Send both papers")]
        store.gives.edit(give, GiveDraft(person_id=amara, words="Send both papers", due=TOMORROW))
        assert waiting(store) == [("This week", "Send both papers")]
        assert get(store, give).state == "queued"

    def test_one_that_is_not_there(self, store: Store, amara: int) -> None:
        """A give that is not there can't be edited."""
        with pytest.raises(StoreError, match="no longer there"):
            store.gives.edit(99, GiveDraft(person_id=amara, words="x"))
