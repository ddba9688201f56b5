"""Sparks in the store: kept, passed on, never twice to one person, taken back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from netcrm.domain.gives import GiveDraft, section, why_now
from netcrm.domain.groups import GroupDraft
from netcrm.domain.sparks import SPARK_KINDS, Spark, SparkDraft
from netcrm.domain.sparktext import read_spark
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, added, dump, only, person, queued

OPENING = read_spark("job: designer of climate maps https://kestrel.example/118 until 4 Dec", TODAY)


@pytest.fixture
def people(store: Store) -> dict[str, int]:
    """Three people whom it would interest, and one whom it would not."""
    return {
        "Grace": added(store, person("Grace Lindqvist", wants=("design work",), tags=("maps",))),
        "Kavya": added(store, person("Kavya Iyer", tags=("climate",))),
        "Inês": added(store, person("Inês Carvalho", title="Designer")),
        "Don": added(store, person("Don Orlando", title="Baker")),
    }


def ranked(store: Store, spark: SparkDraft | Spark = OPENING, **how: int) -> list[str]:
    """The names of whom a spark would interest."""
    return [match.person.name for match in store.sparks.rank(spark, TODAY, **how)]


def pass_on(store: Store, *people: int, spark: SparkDraft = OPENING, spark_id: int = 0) -> int:
    """Pass a spark on; return its id."""
    gives = [GiveDraft(person_id=key, words=f"Tell {key}") for key in people]
    change = store.sparks.pass_on(spark, gives, TODAY, spark_id=spark_id)
    return spark_id or only(change.sparks)


class TestKeeping:
    """What is kept."""

    def test_as_it_was(self, store: Store) -> None:
        """A spark is read back as it was kept, with the day."""
        kept = store.sparks.get(only(store.sparks.keep(OPENING).sparks))
        assert kept is not None
        assert (kept.draft, kept.created_on) == (OPENING, TODAY)

    def test_newest_first(self, store: Store) -> None:
        """The newest is listed first."""
        for title in ("one", "two", "three"):
            store.sparks.keep(SparkDraft(kind="article", title=title))
        assert [spark.title for spark in store.sparks.all()] == ["three", "two", "one"]

    def test_the_same(self, store: Store) -> None:
        """The very same is found again, whatever its day; another is not."""
        key = only(store.sparks.keep(OPENING).sparks)
        same = store.sparks.same(replace(OPENING, until=None))
        assert same is not None and same.id == key
        assert store.sparks.same(replace(OPENING, title="another")) is None

    def test_let_go(self, store: Store, people: dict[str, int]) -> None:
        """What went to nobody can be let go, and brought back; what went to somebody stays."""
        key = only(store.sparks.keep(OPENING).sparks)
        before = dump(store)
        store.sparks.remove(key)
        assert not store.sparks.all()
        store.history.undo()
        assert dump(store) == before
        pass_on(store, people["Grace"], spark_id=key)
        with pytest.raises(StoreError, match="stays"):
            store.sparks.remove(key)
        with pytest.raises(StoreError, match="no longer there"):
            store.sparks.remove(999)


class TestPassingOn:
    """`pass_on`."""

    def test_one_act(self, store: Store, people: dict[str, int]) -> None:
        """The spark and a give each, in one act that is taken back whole."""
        before = dump(store)
        change = store.sparks.pass_on(
            OPENING,
            [GiveDraft(person_id=people[name], words=f"Tell {name}") for name in ("Grace", "Kavya")],
            TODAY,
        )
        assert change.label == f"queued for Grace Lindqvist and Kavya Iyer: “{OPENING.title}”"
        gives = store.sparks.given_to(only(change.sparks))
        assert [(give.words, give.kind, give.link, give.source) for give in gives] == [
            ("Tell Grace", "opening", OPENING.link, "spark"),
            ("Tell Kavya", "opening", OPENING.link, "spark"),
        ]
        assert store.sparks.got() == {only(change.sparks): 2}
        store.history.undo()
        assert dump(store) == before

    @pytest.mark.parametrize("kind", SPARK_KINDS)
    def test_kinds(self, store: Store, people: dict[str, int], kind: str) -> None:
        """A give of each kind of spark can be queued."""
        spark_id = pass_on(store, people["Don"], spark=SparkDraft(kind=kind, title="An owl"))
        assert store.sparks.given_to(spark_id)[0].spark_id == spark_id

    def test_no_room(self, store: Store, people: dict[str, int]) -> None:
        """Beyond the week's room they stand under Later, and the label says how many."""
        for number in range(4):
            queued(store, people["Don"], f"Give {number}", promised=True)
        gives = [GiveDraft(person_id=people[name], words=name) for name in ("Grace", "Kavya", "Inês")]
        change = store.sparks.pass_on(replace(OPENING, until=None), gives, TODAY)
        assert change.label == f"queued for 3: “{OPENING.title}” · 2 of them under Later"

    def test_a_last_day(self, store: Store, people: dict[str, int]) -> None:
        """What is of use until a day is due by it, and so let in however full the week is."""
        for number in range(6):
            queued(store, people["Don"], f"Give {number}", promised=True)
        group = only(store.groups.found(GroupDraft(name="Astronomers")).groups)
        near = replace(OPENING, until=TODAY + timedelta(days=3))
        gives = [GiveDraft(person_id=people["Grace"], words="Tell"), GiveDraft(group_id=group, words="Post")]
        change = store.sparks.pass_on(near, gives, TODAY)
        assert "Later" not in change.label
        queue = {give.whom.name: give for give in store.gives.queue(TODAY) if give.id in change.gives}
        assert {(give.due, give.later) for give in queue.values()} == {(near.until, False)}
        assert {section(give, TODAY) for give in queue.values()} == {"This week"}
        assert why_now(queue["Astronomers"], TODAY) == "until Wed"

    @pytest.mark.parametrize("days", [0, -1])
    def test_a_day_that_is_over(self, store: Store, people: dict[str, int], days: int) -> None:
        """Nothing is due today, or late, from the start."""
        pass_on(store, people["Grace"], spark=replace(OPENING, until=TODAY + timedelta(days=days)))
        (give,) = store.gives.queue(TODAY)
        assert give.due is None

    def test_kept_first(self, store: Store, people: dict[str, int]) -> None:
        """Kept in an act of its own, it outlives the undoing of all its gives; a second undo takes it."""
        nothing = dump(store)
        key = only(store.sparks.keep(OPENING).sparks)
        kept = dump(store)
        pass_on(store, people["Grace"], people["Kavya"], spark_id=key)
        store.history.undo()
        assert dump(store) == kept
        store.history.undo()
        assert dump(store) == nothing

    def test_a_long_title(self, store: Store, people: dict[str, int]) -> None:
        """Whom it is for stands before the title, which is cut between words."""
        draft = SparkDraft(kind="article", title="moons " * 14)
        change = store.sparks.pass_on(draft, [GiveDraft(person_id=people["Don"], words="Tell")], TODAY)
        assert change.label.startswith("queued for Don Orlando: “moons ")
        assert change.label.endswith(" moons …”") and len(change.label) < 75

    def test_nobody_there(self, store: Store) -> None:
        """For somebody who is not there nothing is done at all."""
        before = dump(store)
        with pytest.raises(StoreError):
            pass_on(store, 77)
        assert dump(store) == before


class TestNeverTwice:
    """Nobody is suggested twice."""

    def test_who_has_it(self, store: Store, people: dict[str, int]) -> None:
        """Whoever a spark went to is suggested no more for it, whatever became of it."""
        assert ranked(store)[0] == "Grace Lindqvist"
        assert set(ranked(store)) == {"Grace Lindqvist", "Kavya Iyer", "Inês Carvalho"}
        spark_id = pass_on(store, people["Grace"], people["Kavya"])
        assert ranked(store, spark_id=spark_id) == ["Inês Carvalho"]
        grace, kavya = store.sparks.given_to(spark_id)
        store.gives.give([grace.id], TODAY)
        store.gives.drop([kavya.id], TODAY)
        assert ranked(store, spark_id=spark_id) == ["Inês Carvalho"]
        assert store.sparks.got() == {spark_id: 1}

    def test_the_link(self, store: Store, people: dict[str, int]) -> None:
        """The same link typed anew is known by its link, and so is whom it went to."""
        pass_on(store, people["Grace"])
        other = read_spark("design maps https://kestrel.example/118", TODAY)
        assert "Grace Lindqvist" not in ranked(store, other)
        assert [give.whom.name for give in store.sparks.given_to(0, other.link)] == ["Grace Lindqvist"]
        assert not store.sparks.given_to(0)

    def test_taken_back(self, store: Store, people: dict[str, int]) -> None:
        """After undo they are suggested again."""
        pass_on(store, people["Grace"])
        store.history.undo()
        assert ranked(store)[0] == "Grace Lindqvist"

    def test_reopened(self, store: Store, people: dict[str, int]) -> None:
        """Passed on again, it is still one spark, as it is said now."""
        spark_id = pass_on(store, people["Grace"])
        later = replace(OPENING, title="designer", until=TODAY + timedelta(days=40))
        pass_on(store, people["Kavya"], spark=later, spark_id=spark_id)
        (spark,) = store.sparks.all()
        assert spark.draft == later
        assert [give.whom.name for give in store.sparks.given_to(spark_id)] == [
            "Grace Lindqvist",
            "Kavya Iyer",
        ]


class TestRanking:
    """`rank`, and `aside` for another thread."""

    def test_aside(self, store: Store, people: dict[str, int]) -> None:
        """Aside finds the same, and what was written a moment ago."""
        with store.sparks.aside() as ranking:
            assert list(ranking.rank(OPENING, TODAY)) == list(store.sparks.rank(OPENING, TODAY))
        store.people.tag([people["Don"]], add=["maps"])
        with store.sparks.aside() as ranking:
            assert "Don Orlando" in [match.person.name for match in ranking.rank(OPENING, TODAY)]

    def test_aside_in_a_thread(self, store: Store, people: dict[str, int]) -> None:
        """The very first ranking may be one in another thread: SQLite's connections belong to theirs."""

        def found() -> list[str]:
            with store.sparks.aside() as ranking:
                return [match.person.name for match in ranking.rank(OPENING, TODAY)]

        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(found).result() == ranked(store)

    def test_limit(self, store: Store, people: dict[str, int]) -> None:
        """As many as one asks for."""
        assert len(ranked(store, limit=2)) == 2

    def test_archived(self, store: Store, people: dict[str, int]) -> None:
        """Who was put away is not suggested."""
        store.people.archive([people["Grace"]])
        assert "Grace Lindqvist" not in ranked(store)

    def test_an_empty_book(self, store: Store) -> None:
        """Nobody, and no error."""
        assert ranked(store) == []
