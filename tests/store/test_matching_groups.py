"""Groups for a spark: in which it would be welcome, because of what, and never twice."""

import pytest

from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import GroupDraft
from netcrm.domain.interest import say
from netcrm.domain.matching_groups import because_of
from netcrm.domain.sparks import SPARK_KINDS, SparkDraft
from netcrm.domain.sparktext import fill_in, posting, read_spark
from netcrm.store import Store
from tests.world import TODAY, added, dump, only, person

POSTERS = read_spark("article: circus posters by letterpress https://posters.example/1", TODAY)


@pytest.fixture
def book(store: Store) -> dict[str, int]:
    """A book of some people, and three groups."""
    for number in range(30):
        added(store, person(f"Somebody {number}", title="Baker"))
    members = [added(store, person(name, tags=("circus", "letterpress"))) for name in ("Ana", "Bea")]
    groups = (
        GroupDraft(name="Circus Marketers", topics=("posters", "ticketing"), members=tuple(members)),
        GroupDraft(name="Slow Readers", kind="book club", topics=("novels",), members=tuple(members)),
        GroupDraft(name="Choir", topics=("madrigals",), members=(members[0],)),
    )
    return {draft.name: only(store.groups.found(draft).groups) for draft in groups}


def welcome(store: Store, spark: SparkDraft = POSTERS, spark_id: int = 0) -> dict[str, str]:
    """The groups in which a spark would be welcome, best first, each with why."""
    found = store.sparks.rank_groups(spark, TODAY, spark_id=spark_id)
    return {match.group.name: say(because_of(match)) for match in found}


class TestRanking:
    """`rank_groups`."""

    def test_because(self, store: Store, book: dict[str, int]) -> None:
        """By its topics, and a little by what several members care about: that alone is not enough."""
        assert welcome(store) == {"Circus Marketers": "talks of posters · members care about #letterpress"}

    def test_name(self, store: Store, book: dict[str, int]) -> None:
        """By its name, where no topic says so."""
        assert welcome(store, read_spark("a choir by the sea", TODAY)) == {"Choir": "choir"}

    def test_archived(self, store: Store, book: dict[str, int]) -> None:
        """What was put away is not suggested."""
        store.groups.archive(book["Circus Marketers"])
        assert "Circus Marketers" not in welcome(store)

    def test_never_twice(self, store: Store, book: dict[str, int]) -> None:
        """Where it, or its link, went is suggested no more, whatever became of it; after undo it is."""
        group = book["Circus Marketers"]
        before = dump(store)
        give = GiveDraft(group_id=group, words="Post it")
        change = store.sparks.pass_on(POSTERS, [give], TODAY)
        assert change.label == "queued for Circus Marketers: “circus posters by letterpress”"
        assert "Circus Marketers" not in welcome(store)
        store.gives.drop(change.gives, TODAY)
        assert "Circus Marketers" not in welcome(store, spark_id=only(change.sparks))
        assert store.sparks.got() == {}
        store.history.undo()
        store.history.undo()
        assert dump(store) == before
        assert "Circus Marketers" in welcome(store)

    def test_people_are_the_same(self, store: Store, book: dict[str, int]) -> None:
        """What was posted in a group was not said to its members."""
        before = list(store.sparks.rank(POSTERS, TODAY))
        store.sparks.pass_on(POSTERS, [GiveDraft(group_id=book["Circus Marketers"], words="Post it")], TODAY)
        assert [match.person for match in store.sparks.rank(POSTERS, TODAY)] == [one.person for one in before]

    def test_aside(self, store: Store, book: dict[str, int]) -> None:
        """Aside finds the same."""
        with store.sparks.aside() as ranking:
            assert list(ranking.groups(POSTERS, TODAY)) == list(store.sparks.rank_groups(POSTERS, TODAY))

    def test_none(self, store: Store) -> None:
        """Without groups there are none."""
        assert welcome(store) == {}


class TestWording:
    """What to do with a spark for a group."""

    @pytest.mark.parametrize("kind", SPARK_KINDS)
    def test_posting(self, kind: str) -> None:
        """Each kind has words with a place for a name."""
        words = fill_in(posting(SparkDraft(kind=kind, title="An owl #birds")), "Choir")
        assert words.startswith("Post ") and "in Choir: An owl" in words and "#" not in words
