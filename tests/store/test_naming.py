"""Whom a name that nobody has just so may mean."""

from netcrm.store import Store
from tests.world import added, person


def near(store: Store, said: str) -> list[str]:
    """The names that come near."""
    return [named.name for named in store.people.near(said)]


class TestLike:
    """By the beginnings of the words of a name."""

    def test_beginnings(self, store: Store) -> None:
        """Of names and nicknames, in any order; never of what is noted."""
        hank = added(store, person("Hank Morrow", nicknames=("Skipper",), note="likes walnuts"))
        for said in ("ha", "mor ha", "Skip", "HANK"):
            assert list(store.people.like(said)) == [hank]
        for said in ("walnuts", "hank walnuts", "ank", "", "…"):
            assert not store.people.like(said)

    def test_archived(self, store: Store) -> None:
        """Only where nobody else is called so."""
        away, here = added(store, "Hank Morrow"), added(store, "Hanna Ek")
        store.people.archive([away])
        assert list(store.people.like("han")) == [here]
        assert list(store.people.like("mor")) == [away]


class TestNear:
    """With a slip of the hand."""

    def test_slips(self, store: Store) -> None:
        """A letter left out, doubled, or two that changed places."""
        for name in ("Christina Vale", "John Ek", "Hank Morrow"):
            added(store, name)
        for said, name in (("Chistina", "Christina Vale"), ("Jon", "John Ek"), ("Hnak", "Hank Morrow")):
            assert near(store, said) == [name]

    def test_order(self, store: Store) -> None:
        """Who comes near with more words first, then whose whole name does; not more than are asked for."""
        for name in ("Christina Vale", "Christina Amado", "Christine Vail", "Cristina Bo", "Hank Vale"):
            added(store, name)
        assert near(store, "Chistina Vale")[0] == "Christina Vale"
        assert len(near(store, "Chistina")) == 3

    def test_nobody(self, store: Store) -> None:
        """What is far, too short, no word, or put away."""
        store.people.archive([added(store, "Christina Vale")])
        added(store, "Bo Ek")
        for said in ("Chistina", "Zebedee", "Bu", "", "…"):
            assert not near(store, said)
