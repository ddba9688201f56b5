"""Quiet groups and light things in the queue: when, in which words, and once only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from netcrm.domain.gives import Give, GiveDraft, why_now
from netcrm.domain.groups import GroupDraft, pulse
from netcrm.domain.joy import read_delight
from netcrm.domain.sparks import SparkDraft
from netcrm.domain.sparktext import read_spark
from netcrm.store import Store
from tests.world import TODAY, added, dump, entry, logged, only, person, queued


def found(store: Store, source: str, today: date = TODAY) -> Sequence[Give]:
    """What a fill on a day queues from a source."""
    change = store.filling.fill(today)
    queue = store.gives.queue(today)
    return [give for give in queue if give.id in change.gives and give.source == source]


class TestQuietGroups:
    """Drop in on them."""

    def group(
        self, store: Store, name: str = "Lisbon Designers", days_ago: int = 65, **fields: object
    ) -> int:
        """A group whose last interaction is some days ago."""
        draft = replace(GroupDraft(name=name, cadence=30, topics=("type", "design systems")), **fields)  # type: ignore[arg-type]  # as the tests name them
        key = only(store.groups.found(draft).groups)
        store.timeline.log(entry(days_ago=days_ago, kind="event", text="Fonts", group_id=key))
        return key

    def test_drop_in(self, store: Store) -> None:
        """It says for how long it has been quiet, and goes on saying so truly."""
        group = self.group(store)
        (give,) = found(store, "group")
        assert (give.group_id, give.words, give.kind) == (group, "Drop in on Lisbon Designers", "reconnect")
        assert (give.due, give.effort, give.why) == (None, "S", "")
        assert why_now(give, TODAY) == "quiet 2 months"
        assert why_now(give, TODAY - timedelta(days=10)) == "quiet 8 weeks"
        assert store.gives.give([give.id], TODAY).label == "dropped in on Lisbon Designers"

    @pytest.mark.parametrize(("days_ago", "count"), [(60, 0), (61, 1)])
    def test_how_long(self, store: Store, days_ago: int, count: int) -> None:
        """Quiet after twice its rhythm."""
        self.group(store, days_ago=days_ago)
        assert len(found(store, "group")) == count

    def test_which(self, store: Store) -> None:
        """None without a rhythm, put away, with a meeting agreed on, or with something waiting for it."""
        self.group(store, "No rhythm", cadence=None)
        store.groups.archive(self.group(store, "Away"))
        self.group(store, "Meets", next_on=TODAY)
        waits = self.group(store, "Waits")
        store.gives.add(GiveDraft(group_id=waits, words="Post the talk"), TODAY)
        self.group(store, "Met without a word", next_on=TODAY - timedelta(days=1))
        assert [give.whom.name for give in found(store, "group")] == ["Met without a word"]

    def test_never_been(self, store: Store) -> None:
        """One that was founded and nothing came of it."""
        store.groups.found(GroupDraft(name="Choir", cadence=7))
        assert not found(store, "group")
        (give,) = found(store, "group", TODAY + timedelta(days=15))
        assert (give.words, give.why) == ("Drop in on Choir", "not been there yet")

    def test_few(self, store: Store) -> None:
        """Two at most, the longest against their rhythm first; others once those are done, another week."""
        for name, days_ago in (("a", 70), ("b", 300), ("c", 200)):
            self.group(store, name, days_ago)
        first = found(store, "group")
        assert [give.whom.name for give in first] == ["b", "c"]
        store.gives.give([give.id for give in first], TODAY)
        assert not found(store, "group")
        assert [give.whom.name for give in found(store, "group", TODAY + timedelta(days=7))] == ["a"]

    def test_not_on_a_sabbatical(self, store: Store) -> None:
        """Who is away is not told of it."""
        self.group(store)
        store.rhythm.take_sabbatical(TODAY, TODAY + timedelta(days=3))
        assert not found(store, "group")

    def test_something_to_share(self, store: Store) -> None:
        """The newest that fits and is still of use; after that it is not suggested for it again."""
        group = self.group(store)
        for text in (
            "article: old design systems https://type.example/0",
            "article: design systems that age https://type.example/1",
            "event: a night of type, until 1 Nov 2026",
            "job: designer of type systems",
            "article: mushrooms",
        ):
            store.sparks.keep(read_spark(text, TODAY))
        (give,) = found(store, "group")
        assert give.why == "share: design systems that age"
        assert why_now(give, TODAY) == "quiet 2 months · share: design systems that age"
        assert give.link == "https://type.example/1"
        spark = store.sparks.get(give.spark_id or 0)
        assert spark
        assert not store.sparks.rank_groups(spark, TODAY, spark_id=spark.id)
        store.gives.give([give.id], TODAY)
        written = store.groups.get(group)
        assert written and written.last_on == TODAY

    @pytest.mark.parametrize("end", ["undo", "give", "drop"])
    def test_once(self, store: Store, end: str) -> None:
        """Once for a silence; a new silence is another one."""
        self.group(store)
        (give,) = found(store, "group")
        if end == "undo":
            store.history.undo()
        else:
            getattr(store.gives, end)([give.id], TODAY)
        assert not store.filling.fill(TODAY + timedelta(days=14))
        later = found(store, "group", TODAY + timedelta(days=62))
        assert len(later) == (end == "give")

    def test_giving_it_writes_its_entry(self, store: Store) -> None:
        """It stands in the group's timeline; taken out, it waits again; edited, it stays given."""
        group = self.group(store)
        (give,) = found(store, "group")
        before = dump(store)
        key = only(store.gives.give([give.id], TODAY).interactions)
        written = store.timeline.get(key)
        assert written
        assert (written.text, written.kind) == ("Dropped in on Lisbon Designers", "message")
        assert (written.group_id, written.people) == (group, ())
        store.timeline.edit(key, replace(written.entry, text="Dropped in, and stayed"))
        given = store.gives.get(give.id)
        assert given and given.state == "given"
        store.timeline.remove(key)
        again = store.gives.get(give.id)
        assert again and again.state == "queued"
        for _ in range(3):
            store.history.undo()
        assert dump(store) == before

    def test_a_note_is_no_visit(self, store: Store) -> None:
        """It neither ends the silence nor answers the drop-in: so the group's page counts, too."""
        group = self.group(store)
        note = entry(days_ago=1, text="The room is locked", kind="note", group_id=group)
        store.timeline.log(note, today=TODAY)
        (give,) = found(store, "group")
        assert why_now(give, TODAY) == "quiet 2 months"
        store.timeline.log(note, today=TODAY)
        assert [one.id for one in store.gives.queue(TODAY)] == [give.id]
        whole = store.groups.get(group)
        assert whole and pulse(whole, TODAY).quiet

    @pytest.mark.parametrize(("days_ago", "state"), [(0, "given"), (60, "given"), (61, "queued")])
    def test_any_later_interaction(self, store: Store, days_ago: int, state: str) -> None:
        """What brings the group back makes it needless, of whatever kind, and takes no room."""
        group = self.group(store, days_ago=100)
        (give,) = found(store, "group")
        change = store.timeline.log(entry(days_ago=days_ago, kind="learned", group_id=group), today=TODAY)
        answered = store.gives.get(give.id)
        assert answered and answered.state == state
        assert store.gives.room(TODAY).given == 0
        store.timeline.remove(only(change.interactions))
        again = store.gives.get(give.id)
        assert again and again.state == "queued"

    def test_posting_there_answers_it(self, store: Store) -> None:
        """Given together with something posted, they are one visit."""
        group = self.group(store)
        (give,) = found(store, "group")
        post = only(store.gives.add(GiveDraft(group_id=group, words="Post the talk"), TODAY).gives)
        store.gives.give([give.id, post], TODAY)
        whole = store.groups.get(group)
        assert whole and whole.entries == 2
        assert not store.gives.queue(TODAY)

    def test_no_rhythm_any_more(self, store: Store) -> None:
        """With its rhythm the drop-in goes; put away, it is not shown."""
        group = self.group(store)
        other = self.group(store, "Choir", 100)
        found(store, "group")
        store.groups.edit(group, GroupDraft(name="Lisbon Designers"))
        assert [give.whom.name for give in store.gives.queue(TODAY)] == ["Choir"]
        assert not store.gives.dropped()
        store.groups.archive(other)
        assert not store.gives.queue(TODAY)


class TestLightThings:
    """One from the jar, now and then."""

    PENGUIN = read_delight("A penguin in a tie #cartoons https://pack-ice.example/p", TODAY)

    def friend(self, store: Store, name: str = "Hank Morrow", days_ago: int = 10, **fields: object) -> int:
        """Someone who wants cartoons, last met some days ago."""
        fields = {"wants": ("cartoons for the newsletter",), "cadence": 30, **fields}
        key = added(store, person(name, **fields))  # type: ignore[arg-type]  # as the tests name them
        logged(store, key, days_ago=days_ago)
        return key

    def put_in(self, store: Store, draft: SparkDraft = PENGUIN) -> int:
        """A delight that has just been put into the jar."""
        return only(store.joy.put_in(draft).sparks)

    def test_offered(self, store: Store) -> None:
        """In words, with why, light and small."""
        hank, spark = self.friend(store), self.put_in(store)
        (give,) = found(store, "joy")
        assert (give.person_id, give.words) == (hank, "Send Hank the penguin in a tie")
        assert (give.kind, give.effort, give.due, give.spark_id) == ("delight", "S", None, spark)
        assert give.link == "https://pack-ice.example/p"
        assert why_now(give, TODAY) == "wants “cartoons for the newsletter”"

    def test_whom(self, store: Store) -> None:
        """In rhythm or ripe; not drifting, without a rhythm, never to be suggested, or put away."""
        self.put_in(store)
        for number in range(30):
            added(store, f"Somebody {number}")
        self.friend(store, "Drifting", 61)
        self.friend(store, "No rhythm", cadence=None)
        self.friend(store, "Never", cadence=0)
        store.people.archive([self.friend(store, "Away")])
        added(store, person("Never met", wants=("cartoons",), cadence=30))
        assert not found(store, "joy")
        self.friend(store, "Ripe", 60)
        assert [give.whom.name for give in found(store, "joy")] == ["Ripe"]

    def test_the_best(self, store: Store) -> None:
        """Of all that lies in the jar, what suits somebody best."""
        for number in range(20):
            added(store, f"Somebody {number}")
        self.friend(store, "Hank Morrow", wants=("newsletters",))
        self.friend(store, "Bea", wants=("penguins in ties",))
        self.put_in(store)
        self.put_in(store, read_delight("An owl #newsletters", TODAY))
        assert [give.words for give in found(store, "joy")] == ["Send Bea the penguin in a tie"]

    def test_a_few_in_turn(self, store: Store) -> None:
        """Of a full jar a few are thought of on a day, and the others on the next ones."""
        for number in range(30):
            added(store, f"Somebody {number}")
        self.friend(store, wants=("herons",))
        for title in ("An owl", "A fox", "A heron", "An elk", "A yak", "A newt", "A crow"):
            self.put_in(store, SparkDraft(kind="delight", title=title))
        days = [TODAY + timedelta(days=number) for number in range(7)]
        offered = [give.words for day in days for give in found(store, "joy", day)]
        assert offered == ["Send Hank the heron"]

    def test_once_a_week(self, store: Store) -> None:
        """One at a time, and no other within a week of it."""
        self.friend(store)
        self.friend(store, "Bea")
        self.put_in(store)
        (give,) = found(store, "joy")
        for days in (0, 3, 20):
            assert not found(store, "joy", TODAY + timedelta(days=days))
        store.gives.give([give.id], TODAY)
        assert not found(store, "joy", TODAY + timedelta(days=6))
        assert len(found(store, "joy", TODAY + timedelta(days=7))) == 1

    def test_not_while_another_waits(self, store: Store) -> None:
        """Whatever its source; but what waits for somebody put away keeps nothing out."""
        self.friend(store)
        self.put_in(store)
        other = added(store, "Cleo")
        queued(store, other, "Sing a song", kind="delight")
        assert not found(store, "joy")
        store.people.archive([other])
        assert len(found(store, "joy")) == 1

    @pytest.mark.parametrize(("days_ago", "count"), [(59, 0), (60, 1)])
    def test_not_too_often(self, store: Store, days_ago: int, count: int) -> None:
        """Who got something light from you lately is left in peace."""
        hank = self.friend(store)
        give = queued(store, hank, "Sing a song", kind="delight")
        store.gives.give([give], TODAY - timedelta(days=days_ago))
        self.put_in(store)
        assert len(found(store, "joy")) == count

    def test_never_the_same(self, store: Store) -> None:
        """After x never that thing to them; another thing may come, after a rest."""
        self.friend(store, cadence=365)
        self.put_in(store)
        (give,) = found(store, "joy")
        store.gives.drop([give.id], TODAY)
        later = TODAY + timedelta(days=90)
        assert not found(store, "joy", later)
        self.put_in(store, read_delight("An owl #newsletter", TODAY))
        assert [give.words for give in found(store, "joy", later)] == ["Send Hank the owl"]

    def test_taken_back(self, store: Store) -> None:
        """What was taken back is not offered again to the same one."""
        self.friend(store)
        self.put_in(store)
        assert found(store, "joy")
        store.history.undo()
        assert not found(store, "joy", TODAY + timedelta(days=8))
        assert found(store, "joy", TODAY + timedelta(days=8)) == []

    def test_not_on_a_sabbatical(self, store: Store) -> None:
        """Who is away sends nothing."""
        self.friend(store)
        self.put_in(store)
        store.rhythm.take_sabbatical(TODAY, TODAY + timedelta(days=3))
        assert not found(store, "joy")
