"""The wants shelf, and the answer to an ask. Every act of theirs is in test_every_act.py too."""

import time
from datetime import timedelta

import pytest

from netcrm.domain.changes import Change
from netcrm.domain.query import parse
from netcrm.domain.seed import Seed
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, added, entry, logged, only, person

THEN = TODAY - timedelta(days=100)


def said(store: Store, person_id: int) -> list[tuple[str, str]]:
    """Side and text of what someone wants and offers."""
    return [(want.side, want.text) for want in store.wants.of(person_id)]


class TestReading:
    """What people want and offer."""

    def test_wants_before_offers_each_in_its_order(self, store: Store) -> None:
        """As the form shows them; whoever has none has none."""
        hank = added(store, person("Hank Morrow", wants=("tents", "a stove"), offers=("a van",)))
        assert said(store, hank) == [("want", "tents"), ("want", "a stove"), ("offer", "a van")]
        assert store.wants.of(hank + 1) == []

    def test_what_a_form_wrote_counts_from_the_day_it_came(self, store: Store) -> None:
        """There is no confirmation yet."""
        (want,) = store.wants.of(added(store, person(wants=("designers",))))
        assert (want.created_on, want.confirmed_on, want.known_on) == (TODAY, None, TODAY)

    def test_stale(self, store: Store) -> None:
        """The oldest first, nobody's who is archived; both sides."""
        hank = added(store, person("Hank Morrow", wants=("tents",)))
        jo = added(store, person("Jo March", offers=("proofs",)))
        gone = added(store, person("Farid Haddad"))
        store.wants.add(hank, ["a stove"], today=THEN)
        store.wants.add(jo, offers=["a reading"], today=THEN - timedelta(days=1))
        store.wants.add(gone, ["optics"], today=THEN)
        store.people.archive([gone])
        assert [(named.name, want.text) for named, want in store.wants.stale(TODAY)] == [
            ("Jo March", "a reading"),
            ("Hank Morrow", "a stove"),
        ]
        assert [want.text for _, want in store.wants.all()] == ["tents", "a stove", "proofs", "a reading"]
        assert len(store.wants.all(archived=True)) == 5

    def test_the_form_keeps_what_is_known(self, store: Store) -> None:
        """Editing something else, or moving a want, does not make an old one new."""
        hank = added(store, person("Hank Morrow"))
        store.wants.add(hank, ["tents", "a stove"], today=THEN)
        store.people.edit(hank, person("Hank Morrow", wants=("a stove", "tents"), city="Bath"))
        assert [(want.text, want.confirmed_on) for want in store.wants.of(hank)] == [
            ("a stove", THEN),
            ("tents", THEN),
        ]

    def test_one_person_among_many(self, store: Store) -> None:
        """The index is used: what one of 20,000 people wants is read in well under a millisecond."""
        people = [
            person(f"Person {number}", wants=("this", "that"), offers=("it",)) for number in range(20_000)
        ]
        store.seed(Seed(people=people))
        began = time.perf_counter()
        for person_id in range(1, 101):
            assert len(store.wants.of(person_id)) == 3
        assert time.perf_counter() - began < 0.5


class TestAdding:
    """Noting what someone wants and offers."""

    def test_it_goes_behind_what_is_there(self, store: Store) -> None:
        """It is known of the day it was said, and found by a search."""
        hank = added(store, person("Hank Morrow", wants=("tents",)))
        change = store.wants.add(hank, [" a   stove "], ["a van"], today=TODAY)
        assert change.label == "noted that Hank Morrow wants a stove and offers a van"
        assert change.people == {hank}
        assert said(store, hank) == [("want", "tents"), ("want", "a stove"), ("offer", "a van")]
        assert store.wants.of(hank)[1].confirmed_on == TODAY
        assert list(store.search.people(parse("want:stove"), today=TODAY)) == [hank]
        known = store.people.get(hank)
        assert known is not None
        assert known.profile.wants == ("tents", "a stove")

    def test_again(self, store: Store) -> None:
        """What is noted already, accents and case aside, is thereby still true; it is not noted twice."""
        hank = added(store, person("Hank Morrow"))
        store.wants.add(hank, ["Café chairs"], today=THEN)
        assert store.wants.add(hank, ["cafe CHAIRS"], today=TODAY)
        (want,) = store.wants.of(hank)
        assert (want.text, want.confirmed_on) == ("Café chairs", TODAY)
        assert store.wants.add(hank, ["Café chairs"], today=TODAY) == Change()

    def test_nobody(self, store: Store) -> None:
        """Who is not there wants nothing."""
        with pytest.raises(StoreError):
            store.wants.add(7, ["tents"], today=TODAY)


class TestChanging:
    """Still true, otherwise, or not any more."""

    def test_confirm(self, store: Store) -> None:
        """Several at once are one act; it is taken back whole."""
        hank = added(store, person("Hank Morrow"))
        store.wants.add(hank, ["tents"], ["a van"], today=THEN)
        change = store.wants.confirm(store.wants.of(hank), TODAY)
        assert change.label == "still true: Hank Morrow wants tents and offers a van"
        assert not store.wants.stale(TODAY)
        store.history.undo()
        assert len(store.wants.stale(TODAY)) == 2

    def test_edit(self, store: Store) -> None:
        """It says something else, keeps its place, and is known of today."""
        hank = added(store, person("Hank Morrow"))
        store.wants.add(hank, ["tents", "a stove"], today=THEN)
        change = store.wants.edit(store.wants.of(hank)[0], "two tents", TODAY)
        assert change.label == "corrected: Hank Morrow wants two tents"
        assert said(store, hank) == [("want", "two tents"), ("want", "a stove")]
        with pytest.raises(ValueError, match="words"):
            store.wants.edit(store.wants.of(hank)[0], "  ", TODAY)

    def test_remove(self, store: Store) -> None:
        """It goes; one that is gone already says so, and nothing is changed."""
        hank = added(store, person("Hank Morrow", wants=("tents",), offers=("a van",)))
        tents, van = store.wants.of(hank)
        assert store.wants.remove([tents]).label == "no longer: Hank Morrow wants tents"
        assert said(store, hank) == [("offer", "a van")]
        with pytest.raises(StoreError, match="no longer there"):
            store.wants.remove([van, tents])
        assert said(store, hank) == [("offer", "a van")]
        with pytest.raises(StoreError):
            store.wants.confirm([tents], TODAY)


class TestAnswers:
    """What became of an ask."""

    def test_answer(self, store: Store) -> None:
        """It stands with the ask, with its day; the second answer takes the place of the first."""
        christina = added(store)
        ask = logged(store, christina, days_ago=9, text="for a reference", kind="asked")
        assert store.timeline.answer(ask, "yes", TODAY).label == "Christina Vale said yes"
        found = store.timeline.get(ask)
        assert found is not None
        assert (found.answer, found.answered_on) == ("yes", TODAY)
        store.timeline.answer(ask, "no", TODAY)
        assert store.timeline.of(christina)[0].answer == "no"
        assert store.timeline.answer(ask, "no", TODAY + timedelta(days=1)) == Change()

    def test_only_an_ask_has_one(self, store: Store) -> None:
        """Anything else, or what is no answer, is refused."""
        met = logged(store, added(store))
        with pytest.raises(ValueError, match="asked"):
            store.timeline.answer(met, "yes", TODAY)
        with pytest.raises(ValueError, match="yes or no"):
            store.timeline.answer(met, "perhaps", TODAY)
        with pytest.raises(StoreError):
            store.timeline.answer(999, "yes", TODAY)

    def test_the_form_keeps_and_changes_it(self, store: Store) -> None:
        """An edit of the text keeps the answer; another kind has none."""
        christina = added(store)
        ask = only(
            store.timeline.log(
                entry(christina, kind="asked", text="for a desk", answer="yes", answered_on=THEN)
            ).interactions
        )
        store.timeline.edit(
            ask,
            entry(christina, kind="asked", text="for a table"),
            entry(christina, kind="asked", text="for a desk"),
        )
        found = store.timeline.get(ask)
        assert found is not None
        assert (found.text, found.answer, found.answered_on) == ("for a table", "yes", THEN)
        store.timeline.edit(ask, entry(christina, kind="call", text="A call", answer="yes"))
        found = store.timeline.get(ask)
        assert found is not None
        assert (found.answer, found.answered_on) == ("", None)


class TestPassed:
    """What has passed between you."""

    def test_of_kinds_and_counts(self, store: Store) -> None:
        """The newest of some kinds, and how many there are of each."""
        christina, hank = added(store), added(store, "Hank Morrow")
        for days in (3, 1, 2):
            logged(store, christina, days_ago=days, text=f"gave {days}", kind="gave")
        logged(store, christina, hank, days_ago=0, text="each other", kind="introduced")
        logged(store, hank, days_ago=0, text="a pen", kind="gave")
        logged(store, christina, days_ago=0, text="for a pen", kind="asked")
        found = store.timeline.of_kinds(christina, ("gave", "introduced"), 3)
        assert [one.text for one in found] == ["each other", "gave 1", "gave 2"]
        assert store.timeline.counts(christina) == {"gave": 3, "introduced": 1, "asked": 1}
        assert store.timeline.counts(99) == {}
