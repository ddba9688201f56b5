"""Who is in the book twice, and making one of two."""

from itertools import count

import pytest

from netcrm.domain.duplicates import Sure
from netcrm.domain.groups import GroupDraft
from netcrm.domain.people import Profile, Relation
from netcrm.domain.query import parse
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, added, entry, logged, names, only, person, queued


def found(store: Store) -> list[tuple[int, int, Sure, tuple[str, ...]]]:
    """The pairs, as tuples."""
    return [(pair.one, pair.other, pair.sure, pair.because) for pair in store.duplicates.pairs()]


class TestFinding:
    """Pairs that may be one."""

    def test_a_rare_name(self, store: Store) -> None:
        """LinkedIn knows the firm and the phone knows the number: the name alone is what they share."""
        one = added(store, person("Amara Okafor", organisation="ESO"))
        other = added(store, person("Okafor, Amara", city="Lagos"))
        assert found(store) == [(one, other, Sure.PERHAPS, ("the same name",))]

    def test_a_common_name(self, store: Store) -> None:
        """Of a name that many bear a second sign is asked for."""
        places = count()
        for _ in range(4):
            added(store, person("Maria Silva", city=f"Town {next(places)}", organisation="Freelance"))
        assert found(store) == []
        last = added(store, person("Maria Silva", city="TOWN 2"))
        assert found(store) == [(3, last, Sure.LIKELY, ("the same name", "both in Town 2"))]

    def test_an_address(self, store: Store) -> None:
        """A like name and the same mail, however it is written."""
        one = added(store, person("Christina Vale", email="c@vale.example"))
        other = added(store, person("Chris Vale", email="C@Vale.example"))
        assert found(store) == [(one, other, Sure.LIKELY, ("a like name", "the same mail c@vale.example"))]

    def test_an_address_and_the_name(self, store: Store) -> None:
        """That is sure."""
        added(store, person("Christina Vale", email="c@vale.example"))
        added(store, person("christina vale", email="c@vale.example"))
        assert [pair.sure for pair in store.duplicates.pairs()] == [Sure.SURE]

    def test_a_shared_address(self, store: Store) -> None:
        """Who only shares a line with others is somebody else."""
        added(store, person("Christina Vale", email="office@acme.example"))
        added(store, person("Hank Morrow", email="office@acme.example"))
        assert found(store) == []

    def test_a_like_name_at_one_firm(self, store: Store) -> None:
        """However the firm is written."""
        one = added(store, person("Ibrahim Haddad", organisation="Acme"))
        other = added(store, person("I. Haddad", organisation="ACME Inc."))
        added(store, person("Ibrahim Hadad", organisation="Fjord"))
        assert found(store) == [(one, other, Sure.PERHAPS, ("a like name", "both at Acme"))]

    def test_put_away(self, store: Store) -> None:
        """Who is put away is no pair."""
        added(store, "Amara Okafor")
        store.people.archive([added(store, "Amara Okafor")])
        assert found(store) == []

    def test_kept_apart(self, store: Store) -> None:
        """Two of whom one said that they are two are not asked about again, until it is taken back."""
        one, other = added(store, "Amara Okafor"), added(store, "Amara Okafor")
        store.duplicates.keep_apart(other, one)
        assert found(store) == []
        store.history.undo()
        assert len(found(store)) == 1

    def test_the_surest_first(self, store: Store) -> None:
        """Then by name."""
        for name in ("Zoe Zander", "Bela Horvath"):
            added(store, name)
            added(store, name)
        added(store, person("Mia Moon", email="m@moon.example"))
        added(store, person("Mia Moon", email="m@moon.example"))
        first = [names(store, [pair.one])[0] for pair in store.duplicates.pairs()]
        assert first == ["Mia Moon", "Bela Horvath", "Zoe Zander"]

    def test_aside(self, store: Store) -> None:
        """In another thread they are the same."""
        added(store, "Amara Okafor")
        added(store, "Amara Okafor")
        with store.duplicates.aside() as finding:
            assert finding.pairs() == store.duplicates.pairs()


class TestMerging:
    """Everything of the one goes to the other."""

    def test_what_happened(self, store: Store) -> None:
        """Both timelines are one, what both took part in once; search finds it by either's words."""
        one, other = added(store, person("Christina Vale", note="owls")), added(store, "Chris Vale")
        logged(store, one, text="Coffee")
        logged(store, other, text="Tea", days_ago=2)
        logged(store, one, other, text="Cake", days_ago=3)
        store.duplicates.merge(one, other)
        assert [it.text for it in store.timeline.of(one)] == ["Coffee", "Tea", "Cake"]
        assert store.people.get(other) is None
        assert list(store.search.people(parse("owls tea chris"), 10)) == [one]

    def test_what_waits(self, store: Store) -> None:
        """Gives go along; the same words wait once."""
        one, other = added(store, "Christina Vale"), added(store, "Chris Vale")
        queued(store, one, "Send the paper")
        queued(store, other, "Send the paper")
        queued(store, other, "Lend the tent")
        store.duplicates.merge(one, other)
        assert sorted(give.words for give in store.gives.queue(TODAY)) == ["Lend the tent", "Send the paper"]

    def test_groups_relations_introductions(self, store: Store) -> None:
        """They are a member once, nobody's relation to themselves, and introduced to others only."""
        one, other, third = (added(store, name) for name in ("Christina Vale", "Chris Vale", "Hank Morrow"))
        group = only(store.groups.found(GroupDraft(name="Choir", members=(one, other))).groups)
        store.relations.add(third, Relation("friend", "Chris Vale", other))
        store.relations.add(one, Relation("friend", "Chris Vale", other))
        store.introductions.propose(one, third, "owls", TODAY)
        farther = only(store.introductions.propose(other, third, "tea", TODAY).introductions)
        store.introductions.mark(farther, third, "yes", TODAY)
        store.introductions.propose(one, other, "names", TODAY)
        store.people.edit(other, Profile(name="Chris Vale", introduced_by=third))
        store.people.edit(third, Profile(name="Hank Morrow", introduced_by=other))
        store.duplicates.merge(one, other)
        (choir,) = [found for found in store.groups.all() if found.id == group]
        assert [member.id for member in choir.members] == [one]
        assert [(tie.person_id, tie.kind) for tie in store.relations.of(one)] == []
        assert [found.id for found in store.introductions.all()] == [farther]
        hank, christina = store.people.get(third), store.people.get(one)
        assert hank and christina
        assert (hank.profile.introduced_by, christina.profile.introduced_by) == (one, third)

    def test_undone(self, store: Store) -> None:
        """Both are there again, each with their own."""
        one, other = added(store, "Christina Vale"), added(store, "Chris Vale")
        logged(store, other, text="Tea")
        assert store.duplicates.merge(one, other).label == "merged Chris Vale into Christina Vale"
        store.history.undo()
        assert [it.text for it in store.timeline.of(other)] == ["Tea"]
        assert not store.timeline.of(one)

    def test_who_is_gone(self, store: Store) -> None:
        """Who is no longer there can't be merged."""
        one = added(store, "Christina Vale")
        with pytest.raises(StoreError, match="no longer there"):
            store.duplicates.merge(one, 99)
        with pytest.raises(ValueError, match="one person already"):
            store.duplicates.merge(one, one)

    def test_a_later_import(self, store: Store) -> None:
        """What another program knows of the one who went is known again, under the one who stayed."""
        from netcrm.domain.imports import Card

        card = Card(profile=person("Chris Vale", email="c@vale.example"), source="vcard", key="urn:chris")
        one = added(store, "Christina Vale")
        store.imports.bring_in([card], "contacts.vcf")
        (pair_other,) = [key for key in store.people.ids() if key != one]
        store.duplicates.merge(one, pair_other)
        report, _ = store.imports.bring_in([card], "contacts.vcf")
        assert (report.added, report.same) == (0, 1)
        logged(store, one, text="Tea")
        assert entry(one).people == (one,)
