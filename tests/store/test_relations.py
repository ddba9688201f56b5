"""The relations shelf, and the near network that is read from it."""

import pytest

from netcrm.domain.network import say_chain, tree
from netcrm.domain.people import Relation
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, added, person


def on_page(store: Store, person_id: int) -> list[str]:
    """What stands on somebody's page."""
    return [tie.words(TODAY) for tie in store.relations.of(person_id)]


def near(store: Store, person_id: int) -> list[tuple[str, str]]:
    """Who is around somebody, and what they are."""
    network = store.networks.around(person_id, TODAY)
    assert network is not None
    return [(f"{one.drawn}{one.name}", one.how) for one in tree(network)[1:]]


class TestBothWays:
    """A relation is written once and read from both sides."""

    def test_derived(self, store: Store) -> None:
        """On the other's page it stands the other way round, by the name that the one has now."""
        ana, bo = added(store, "Ana"), added(store, "Bo")
        store.relations.add(ana, Relation("mentor", "Bo", bo))
        assert (on_page(store, ana), on_page(store, bo)) == (["mentor Bo"], ["mentee Ana"])
        store.people.edit(ana, person("Ana Lopes"), before=person("Ana"))
        store.people.edit(bo, person("Bo Nilsson"), before=person("Bo"))
        assert (on_page(store, ana), on_page(store, bo)) == (["mentor Bo Nilsson"], ["mentee Ana Lopes"])

    def test_taken_out(self, store: Store) -> None:
        """From either side, for both; and undone for both."""
        ana, bo = added(store, "Ana"), added(store, "Bo")
        store.relations.add(ana, Relation("mentor", "Bo", bo))
        change = store.relations.remove(store.relations.of(bo)[0].row_id)
        assert change.label == "took out mentor Bo of Ana"
        assert on_page(store, ana) == on_page(store, bo) == []
        store.history.undo()
        assert on_page(store, bo) == ["mentee Ana"]
        with pytest.raises(StoreError, match="no longer there"):
            store.relations.remove(99)

    def test_not_twice(self, store: Store) -> None:
        """The same again says at most how old they are."""
        ana = added(store, "Ana")
        store.relations.add(ana, Relation("son", "Leo"))
        assert not store.relations.add(ana, Relation("son", "Leo"))
        store.relations.add(ana, Relation("son", "Leo", born=2015))
        assert not store.relations.add(ana, Relation("son", "Leo"))
        assert on_page(store, ana) == ["son Leo, 11"]

    def test_who_it_may_be(self, store: Store) -> None:
        """Somebody else, with a name."""
        ana = added(store, "Ana")
        for relation in (Relation("friend", "Ana", ana), Relation("friend", " ")):
            with pytest.raises(ValueError, match=r"\.$"):
                store.relations.add(ana, relation)


class TestTheYear:
    """The year of birth."""

    def test_kept_by_the_form_and_by_an_import(self, store: Store) -> None:
        """Written, read and edited with the rest."""
        ana = added(store, person("Ana", relations=(Relation("son", "Leo", born=2015),)))
        found = store.people.get(ana)
        assert found is not None and found.profile.relations == (Relation("son", "Leo", born=2015),)
        store.people.edit(ana, person("Ana", relations=(Relation("son", "Leo", born=2014),)))
        assert on_page(store, ana) == ["son Leo, 12"]


class TestNetwork:
    """What is around somebody."""

    def test_nobody(self, store: Store) -> None:
        """There is nothing around nobody."""
        assert store.networks.around(7, TODAY) is None

    def test_all_that_leads_to_others(self, store: Store) -> None:
        """Relations of both sides, who introduced you, whom you introduced, who works at the same place."""
        bela = added(store, person("Bela Kovács", relations=(Relation("son", "Leo", born=2015),)))
        her = added(store, person("Christina Vale", organisation="Acme Ltd.", introduced_by=bela))
        hank, tom, mina = (added(store, person(name, introduced_by=her)) for name in ("Hank", "Tom", "Mina"))
        added(store, person("Jo March", organisation="Acme Ltd."))
        added(store, person("Ed Other", organisation="Acme Ltd. Asia"))
        store.relations.add(hank, Relation("boss", "Christina Vale", her))
        store.introductions.propose(her, tom, "tents", TODAY)
        store.introductions.set_state(1, "made", TODAY, "by chance")
        store.introductions.propose(her, mina, "moons", TODAY)
        assert near(store, her) == [
            ("├─ Hank", "report · through Christina"),
            ("├─ Bela Kovács", "introduced you"),
            ("│  └─ Leo", "son, 11"),
            ("├─ Mina", "through Christina"),
            ("├─ Tom", "through Christina · you introduced them"),
            ("└─ Jo March", "also at Acme Ltd."),
        ]
        assert [branch for branch, _ in near(store, hank)][:2] == ["└─ Christina Vale", "   ├─ Bela Kovács"]

    def test_a_large_organisation_says_little(self, store: Store) -> None:
        """Where more than a few work, they are not near for that."""
        ids = [added(store, person(f"Person {number}", organisation="Acme")) for number in range(9)]
        assert near(store, ids[0]) == []

    def test_the_chain(self, store: Store) -> None:
        """Back to someone whom you met yourself."""
        don = added(store, person("Don Orlando", met="At a fair"))
        bela = added(store, person("Bela Kovács", introduced_by=don, met="Over a poster"))
        her = added(store, person("Christina Vale", introduced_by=bela))
        network = store.networks.around(her, TODAY)
        assert network is not None
        assert (say_chain(network), network.met) == (
            "you ← Don Orlando ← Bela Kovács ← Christina Vale",
            "At a fair",
        )

    def test_a_chain_that_is_a_circle(self, store: Store) -> None:
        """It ends where it would begin again."""
        ana = added(store, "Ana")
        bo = added(store, person("Bo", introduced_by=ana))
        store.people.edit(ana, person("Ana", introduced_by=bo))
        network = store.networks.around(ana, TODAY)
        assert network is not None and say_chain(network) == "you ← Bo ← Ana"
