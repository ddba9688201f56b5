"""Who works and worked where: what the store keeps of it, and what it reads from life events."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from netcrm.domain.imports import Card
from netcrm.domain.organisations import Organisation, Position
from netcrm.domain.people import Profile
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, a_store, added, entry, logged, names, only, person

LATER = TODAY + timedelta(days=30)
LATEST = TODAY + timedelta(days=60)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return a_store(tmp_path)


def found(store: Store, name: str) -> Organisation:
    """An organisation that is in the book."""
    organisation = store.organisations.get(name)
    assert organisation is not None
    return organisation


def edited(store: Store, person_id: int, *, on: object = LATER, **fields: object) -> None:
    """Somebody's form, filled in otherwise."""
    before = store.people.get(person_id)
    assert before is not None
    profile = replace(before.profile, **fields)  # type: ignore[arg-type]  # as the tests name them
    store.people.edit(person_id, profile, before.profile, on)  # type: ignore[arg-type]  # a day


class TestView:
    """The view over people."""

    def test_now_and_before(self, store: Store) -> None:
        """Everybody who works there however they wrote it, by name; and who did."""
        hank = added(store, person("Hank Morrow", organisation="ACME Inc.", title="Clerk"))
        bela = added(store, person("Bela Kovács", organisation="Acme GmbH"))
        christina = added(store, person("Christina Vale", organisation="Acme"))
        added(store, person("Amara Okafor", organisation="ESO"))
        edited(store, hank, organisation="Northwind", title="Scout leader")
        acme = found(store, "acme ltd")
        assert names(store, acme.now) == ["Bela Kovács", "Christina Vale"]
        assert [(one.person_id, one.position) for one in acme.before] == [
            (hank, Position("ACME Inc.", "Clerk", until_on=LATER))
        ]
        assert (bela, christina) == acme.now

    def test_who_was_put_away_is_not_there(self, store: Store) -> None:
        """Neither now nor before; brought back they are."""
        hank = added(store, person("Hank Morrow", organisation="Acme"))
        store.people.archive([hank])
        assert store.organisations.get("Acme") is None
        store.people.archive([hank], archived=False)
        assert found(store, "Acme").now == (hank,)

    def test_nothing(self, store: Store) -> None:
        """An empty book has no organisations, and nobody works at a word that is none."""
        assert not store.organisations.all()
        added(store, person("Otto Weiss", organisation="Freelance"))
        assert not store.organisations.all()


class TestEdited:
    """What the form leaves behind."""

    def test_it_is_one_act_with_the_edit(self, store: Store) -> None:
        """Taken back with it, and done again with it."""
        hank = added(store, person("Hank Morrow", organisation="Acme", title="Clerk"))
        edited(store, hank, organisation="Northwind")
        assert [one.position.organisation for one in store.organisations.positions(hank)] == ["Acme"]
        store.history.undo()
        assert not store.organisations.positions(hank)
        assert found(store, "Acme").now == (hank,)
        store.history.redo()
        assert [one.position.until_on for one in store.organisations.positions(hank)] == [LATER]

    def test_one_after_the_other(self, store: Store) -> None:
        """Each began when the one before it ended; the last stands first."""
        hank = added(store, person("Hank Morrow", organisation="Acme", title="Clerk"))
        edited(store, hank, organisation="Fjord", title="Clerk")
        edited(store, hank, on=LATEST, organisation="Kestrel", title="Head")
        assert [one.position for one in store.organisations.positions(hank)] == [
            Position("Fjord", "Clerk", LATER, LATEST),
            Position("Acme", "Clerk", None, LATER),
        ]

    def test_a_slip_is_no_position(self, store: Store) -> None:
        """What is corrected on the day on which it was written was never true."""
        hank = added(store, person("Hank Morrow", organisation="Amce"))
        edited(store, hank, on=TODAY, organisation="Acme")
        assert not store.organisations.positions(hank)
        edited(store, hank, organisation="Fjrod")
        edited(store, hank, organisation="Fjord")
        assert [one.position.organisation for one in store.organisations.positions(hank)] == ["Acme"]

    def test_nothing_else_leaves_anything_behind(self, store: Store) -> None:
        """Another city, another spelling."""
        hank = added(store, person("Hank Morrow", organisation="Acme", title="Clerk"))
        edited(store, hank, city="Bristol", organisation="ACME Ltd")
        assert not store.organisations.positions(hank)


class TestImported:
    """What a later import tells."""

    def test_the_old_job_is_kept_in_the_same_act(self, store: Store) -> None:
        """With the life event and the congratulation; one undo takes all of it back."""
        then = Profile(name="Amara Okafor", organisation="ESO", title="Astronomer")
        now = replace(then, organisation="ESA", title="Head of Science")
        store.imports.bring_in(
            [Card(profile=then, source="linkedin", key="in/amara")], "Connections.csv", today=TODAY
        )
        amara = only(frozenset(store.people.ids()))
        store.imports.bring_in(
            [Card(profile=now, source="linkedin", key="in/amara")], "Connections.csv", today=LATER
        )
        held = Position("ESO", "Astronomer", until_on=LATER)
        assert [one.position for one in store.organisations.positions(amara)] == [held]
        assert [one.position for one in found(store, "ESO").before] == [held]
        assert found(store, "ESA").now == (amara,)
        store.history.undo()
        assert not store.organisations.positions(amara)
        assert found(store, "ESO").now == (amara,)


class TestTold:
    """What life events tell, read and never written."""

    def test_who_left(self, store: Store) -> None:
        """Where the event names an organisation that is in the book, and tells of one person."""
        added(store, person("Christina Vale", organisation="Acme"))
        hank, jo = added(store, "Hank Morrow"), added(store, "Jo March")
        logged(store, hank, days_ago=9, kind="life event", text="Hank left Acme after nine years")
        logged(store, hank, jo, days_ago=8, kind="life event", text="left Acme")
        logged(store, jo, days_ago=7, kind="note", text="left Acme")
        (held,) = found(store, "Acme").before
        assert (held.person_id, held.id) == (hank, 0)
        assert held.position == Position("Acme", until_on=TODAY - timedelta(days=9))
        assert not store.organisations.positions(hank)

    def test_who_came(self, store: Store) -> None:
        """Of whom the form says nothing, they work there until it is told otherwise."""
        added(store, person("Christina Vale", organisation="Acme"))
        added(store, person("Amara Okafor", organisation="ESO"))
        hank = added(store, "Hank Morrow")
        store.timeline.log(entry(hank, days_ago=9, kind="life event", text="New job: clerk at ACME"))
        assert hank in found(store, "Acme").now
        store.timeline.log(entry(hank, days_ago=1, kind="life event", text="joined ESO"))
        assert hank in found(store, "ESO").now
        (held,) = found(store, "Acme").before
        assert (held.person_id, held.position.title) == (hank, "clerk")


class TestForget:
    """A position that never was one."""

    def test_it_goes_and_comes_back(self, store: Store) -> None:
        """One act, that undo takes back."""
        hank = added(store, person("Hank Morrow", organisation="Acme"))
        edited(store, hank, organisation="Fjord")
        (held,) = found(store, "Acme").before
        change = store.organisations.forget(held.id)
        assert change.label == "took off that Hank Morrow worked at Acme"
        assert change.people == {hank}
        assert store.organisations.get("Acme") is None
        store.history.undo()
        assert found(store, "Acme").before == (held,)

    def test_it_is_gone_already(self, store: Store) -> None:
        """Another program was quicker."""
        with pytest.raises(StoreError, match="no longer there"):
            store.organisations.forget(7)
