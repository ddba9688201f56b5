"""The joy jar in the store: what lies in it, whom it would suit, and that nobody gets a thing twice."""

from datetime import timedelta

import pytest

from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import GroupDraft
from netcrm.domain.joy import read_delight, went
from netcrm.domain.sparks import Spark, SparkDraft
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, added, dump, only, person, queued

PENGUIN = read_delight("A penguin in a tie #cartoons https://pack-ice.example/p", TODAY)


@pytest.fixture
def hank(store: Store) -> int:
    """Someone who wants cartoons."""
    return added(store, person("Hank Morrow", wants=("cartoons for the newsletter",)))


def put_in(store: Store, draft: SparkDraft = PENGUIN) -> Spark:
    """A delight that has just been put into the jar."""
    spark = store.sparks.get(only(store.joy.put_in(draft).sparks))
    assert spark
    return spark


def titles(store: Store) -> list[str]:
    """What lies in the jar."""
    return [jarred.spark.title for jarred in store.joy.jar()]


def suits(store: Store, spark: Spark) -> list[str]:
    """Whom a delight would suit."""
    return [suited.person.name for suited in store.joy.suits(spark, TODAY)]


class TestTheJar:
    """What lies in it."""

    def test_newest_first(self, store: Store) -> None:
        """Delights only, whichever way they were kept; with their tags."""
        put_in(store)
        store.sparks.keep(SparkDraft(kind="article", title="Moons"))
        store.sparks.keep(SparkDraft(kind="delight", title="An owl"))
        assert titles(store) == ["An owl", "A penguin in a tie"]
        assert store.joy.jar()[1].spark.tags == ("cartoons",)

    def test_where_they_went(self, store: Store, hank: int) -> None:
        """How many had it, when last, and for how many it waits."""
        spark = put_in(store)
        change = store.joy.queue(spark.id, store.joy.one(hank, spark, TODAY), TODAY)
        (jarred,) = store.joy.jar()
        assert (jarred.given, jarred.waiting, jarred.last_on) == (0, 1, None)
        store.gives.give([only(change.gives)], TODAY)
        (jarred,) = store.joy.jar()
        assert (jarred.given, jarred.waiting, jarred.last_on) == (1, 0, TODAY)
        assert [give.state for give in store.joy.gone(spark)] == ["given"]

    def test_posted_in_a_group(self, store: Store) -> None:
        """What only a group got is not said to have gone to nobody."""
        spark = put_in(store)
        group = only(store.groups.found(GroupDraft(name="Choir")).groups)
        gives = [GiveDraft(group_id=group, words="Post it")]
        change = store.sparks.pass_on(PENGUIN, gives, TODAY, spark_id=spark.id)
        (jarred,) = store.joy.jar()
        assert went(jarred, TODAY) == "waits for one"
        store.gives.give(change.gives, TODAY)
        (jarred,) = store.joy.jar()
        assert (jarred.given, went(jarred, TODAY)) == (0, "went to a group · today")

    def test_taken_out(self, store: Store, hank: int) -> None:
        """It is gone, and undo brings it back; one that went to somebody is remembered all the same."""
        spark = put_in(store)
        before = dump(store)
        store.joy.take_out(spark.id)
        assert titles(store) == [] and store.sparks.get(spark.id) is None
        store.history.undo()
        assert dump(store) == before
        store.joy.queue(spark.id, store.joy.one(hank, spark, TODAY), TODAY)
        assert store.joy.take_out(spark.id).label == "took out of the jar: “A penguin in a tie”"
        assert titles(store) == [] and store.sparks.all() == []
        assert suits(store, spark) == []
        assert len(store.gives.queue(TODAY)) == 1

    def test_put_in_again(self, store: Store, hank: int) -> None:
        """What was taken out lies in it again, and whoever had it is still known."""
        spark = put_in(store)
        with pytest.raises(StoreError, match="lies in the jar already"):
            store.joy.put_in(PENGUIN)
        store.joy.queue(spark.id, store.joy.one(hank, spark, TODAY), TODAY)
        store.joy.take_out(spark.id)
        assert put_in(store).id == spark.id
        assert titles(store) == ["A penguin in a tie"]
        assert suits(store, spark) == []

    def test_nothing(self, store: Store) -> None:
        """Nothing can be put in, nor made of something; what is not there can't be taken out."""
        nothing = SparkDraft(kind="delight", title="")
        spark = put_in(store)
        with pytest.raises(ValueError, match="Say what it is"):
            store.joy.put_in(nothing)
        with pytest.raises(ValueError, match="Say what it is"):
            store.joy.edit(spark.id, nothing)
        with pytest.raises(StoreError, match="no longer there"):
            store.joy.take_out(99)


class TestSuits:
    """Whom it would suit next."""

    def test_because(self, store: Store, hank: int) -> None:
        """Whom it would interest, with why in words."""
        (suited,) = store.joy.suits(put_in(store), TODAY)
        assert (suited.person.id, suited.called) == (hank, "Hank")
        assert suited.why == "wants “cartoons for the newsletter”"

    @pytest.mark.parametrize("end", ["queue", "give", "drop"])
    def test_never_the_same(self, store: Store, hank: int, end: str) -> None:
        """Nobody is suggested it again, nor can be sent it: whatever became of it."""
        spark = put_in(store)
        suited = store.joy.one(hank, spark, TODAY)
        give = only(store.joy.queue(spark.id, suited, TODAY).gives)
        if end != "queue":
            getattr(store.gives, end)([give], TODAY)
        assert suits(store, spark) == []
        with pytest.raises(StoreError, match="nobody gets a thing twice"):
            store.joy.queue(spark.id, suited, TODAY)

    def test_those_who_like_light_things(self, store: Store) -> None:
        """Where no word is shared: with whom light things have landed, the one without for longest first."""
        glad, longer, not_so = (added(store, name) for name in ("Bela", "Cleo", "Dina"))
        for whom, days, answer in ((glad, 9, "yes"), (longer, 90, "yes"), (not_so, 9, "no")):
            give = queued(store, whom, "Send a song", kind="delight", due=TODAY)
            store.gives.give([give], TODAY - timedelta(days=days))
            store.gives.landed(give, answer, TODAY)
        spark = put_in(store, SparkDraft(kind="delight", title="Zzyzx"))
        assert [(one.person.name, one.why) for one in store.joy.suits(spark, TODAY)] == [
            ("Cleo", "smiles land with them"),
            ("Bela", "smiles land with them"),
        ]
        store.joy.queue(spark.id, store.joy.one(longer, spark, TODAY), TODAY)
        assert suits(store, spark) == ["Bela"]

    def test_who_made_it(self, store: Store, hank: int) -> None:
        """Whose own address the link leads to needs no copy."""
        maker = person("Chloé", email="chloe@pack-ice.example", tags=("cartoons",))
        added(store, maker)
        assert suits(store, put_in(store)) == ["Hank Morrow"]

    def test_few(self, store: Store) -> None:
        """No more than a light choice."""
        for number in range(9):
            added(store, person(f"Person {number}", tags=("cartoons",)))
        for number in range(40):
            added(store, f"Other {number}")
        assert len(suits(store, put_in(store))) == 5

    def test_the_give(self, store: Store, hank: int) -> None:
        """It is light, says why, and bears the link; it is one act, taken back whole."""
        spark = put_in(store)
        before = dump(store)
        change = store.joy.queue(spark.id, store.joy.suits(spark, TODAY)[0], TODAY)
        assert change.label == "queued for Hank Morrow: “A penguin in a tie”"
        (give,) = store.gives.queue(TODAY)
        assert (give.words, give.kind, give.source) == ("Send Hank the penguin in a tie", "delight", "joy")
        assert (give.link, give.why) == (spark.link, "wants “cartoons for the newsletter”")
        store.history.undo()
        assert dump(store) == before
