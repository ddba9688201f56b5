"""Undo and redo: the order of things, and when they are refused."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from netcrm.domain.imports import Card
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint
from netcrm.store import Store
from netcrm.store.errors import ChangedSince, DoneElsewhere
from netcrm.store.write import ACTS_KEPT
from tests.ciphered import outside
from tests.world import TODAY, a_store, added, day, dump, entry, logged, names, person, queued, ticking


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store whose clock goes on, so that no two acts bear one time."""
    with a_store(tmp_path, ticking()) as opened:
        yield opened


def everybody(store: Store) -> list[str]:
    """The names of all, in order."""
    return names(store, store.people.ids())


def behind_its_back(store: Store, *statements: str) -> None:
    """Another program, which knows nothing of the history, writes to the file."""
    with closing(outside(store.path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


class TestOrder:
    """Undo takes the newest act, redo the one that was taken back last."""

    def test_newest_first(self, store: Store) -> None:
        """Acts are taken back one by one from the end, and done again from there."""
        for name in ("Amara", "Bela", "Christina"):
            added(store, name)
        seen = [everybody(store)]
        while store.history.undo():
            seen.append(everybody(store))
        assert seen == [["Amara", "Bela", "Christina"], ["Amara", "Bela"], ["Amara"], []]
        back = [everybody(store)]
        while store.history.redo():
            back.append(everybody(store))
        assert back == seen[::-1]

    def test_nothing_left(self, store: Store) -> None:
        """Where there is nothing to take back or do again, nothing happens and the change is empty."""
        assert not store.history.undo()
        assert not store.history.redo()
        added(store, "Amara")
        assert not store.history.redo()

    def test_a_new_act_clears_redo(self, store: Store) -> None:
        """What was taken back can't be done again once something else was done."""
        added(store, "Amara")
        store.history.undo()
        added(store, "Bela")
        assert not store.history.redo()
        assert everybody(store) == ["Bela"]
        assert [act.label for act in store.history.acts()] == ["added Bela"]

    def test_an_act_that_changes_nothing_is_none(self, store: Store) -> None:
        """Saving a form as it was leaves no act behind, and what can be done again stays so."""
        amara = added(store, "Amara")
        added(store, "Bela")
        store.history.undo()
        assert not store.people.edit(amara, person("Amara"))
        assert len(store.history.acts()) == 2
        assert store.history.redo().label == "added Bela"

    def test_acts_are_told_newest_first(self, store: Store) -> None:
        """The history says what was done, when, and whether it stands."""
        added(store, "Amara")
        added(store, "Bela")
        store.history.undo()
        newest, oldest = store.history.acts()
        assert (newest.label, newest.undone) == ("added Bela", True)
        assert (oldest.label, oldest.undone) == ("added Amara", False)
        assert newest.at > oldest.at
        assert store.history.acts(limit=1) == [newest]

    def test_given_then_undone_twice(self, store: Store) -> None:
        """Space, then undo twice: the give waits again, then it was never queued."""
        amara = added(store, "Amara")
        give = queued(store, amara)
        store.gives.give([give], TODAY)
        store.history.undo()
        assert [waiting.id for waiting in store.gives.queue(TODAY)] == [give]
        assert not store.timeline.of(amara)
        store.history.undo()
        assert not store.gives.queue(TODAY)


class TestTwoWindows:
    """The history is the file's; but what was done elsewhere is not taken back unseen."""

    @pytest.fixture
    def other(self, store: Store) -> Iterator[Store]:
        """Another window on the same book."""
        with Store(store.path, ticking()) as opened:
            yield opened

    def test_the_others_newer_act(self, store: Store, other: Store) -> None:
        """What another window did since is told first, and stands; asked again, undo takes it back."""
        added(store, "Amara")
        added(other, "Bela")
        with pytest.raises(
            DoneElsewhere, match=r"^“added Bela” was done elsewhere: undo again takes it back\.$"
        ):
            store.history.undo()
        assert everybody(store) == ["Amara", "Bela"]
        assert store.history.undo().label == "added Bela"
        assert store.history.undo().label == "added Amara"
        assert everybody(other) == []

    def test_each_is_told(self, store: Store, other: Store) -> None:
        """Having been told of one act is not having been told of the next."""
        for name in ("Amara", "Bela"):
            added(other, name)
        for name in ("Bela", "Amara"):
            with pytest.raises(DoneElsewhere, match=f"added {name}"):
                store.history.undo()
            assert store.history.undo().label == f"added {name}"

    def test_told_of_one_while_another_came(self, store: Store, other: Store) -> None:
        """What came after the telling is told as well."""
        added(other, "Amara")
        with pytest.raises(DoneElsewhere, match="added Amara"):
            store.history.undo()
        added(other, "Bela")
        with pytest.raises(DoneElsewhere, match="added Bela"):
            store.history.undo()
        assert everybody(store) == ["Amara", "Bela"]

    def test_what_stood_there_when_it_was_opened(self, store: Store) -> None:
        """What was done before by whomever stood on the screen when this was opened: it needs no telling."""
        added(store, "Amara")
        with Store(store.path, ticking()) as later:
            assert later.history.undo().label == "added Amara"

    def test_ones_own(self, store: Store, other: Store) -> None:
        """One's own newest act needs no telling, whatever the other window did before it."""
        added(other, "Amara")
        added(store, "Bela")
        assert store.history.undo().label == "added Bela"
        assert store.history.redo().label == "added Bela"

    def test_what_the_other_took_back(self, store: Store, other: Store) -> None:
        """What was taken back elsewhere is not done again unseen either."""
        added(store, "Amara")
        with pytest.raises(DoneElsewhere):
            other.history.undo()
        other.history.undo()
        with pytest.raises(
            DoneElsewhere, match=r"^“added Amara” was taken back elsewhere: redo again does it"
        ):
            store.history.redo()
        assert everybody(store) == []
        assert store.history.redo().label == "added Amara"
        with Store(store.path, ticking()) as later:
            later.history.undo()
            assert later.history.redo()

    def test_the_other_changed_the_same_rows(self, store: Store, other: Store) -> None:
        """An act under another's newer one can't be reached: the newer one goes first, being told."""
        amara = added(store, "Amara")
        store.people.set_cadence([amara], 30)
        other.people.set_cadence([amara], 90)
        with pytest.raises(DoneElsewhere):
            store.history.undo()
        assert _cadence(other, amara) == 90
        store.history.undo()
        assert _cadence(other, amara) == 30
        store.history.undo()
        assert _cadence(other, amara) is None


def _cadence(store: Store, person_id: int) -> int | None:
    found = store.people.get(person_id)
    assert found
    return found.profile.cadence


class TestRefusal:
    """An act that can't be taken back whole is not taken back at all."""

    def test_changed_row(self, store: Store) -> None:
        """A field that was changed since by another program is not overwritten."""
        both = [added(store, "Amara"), added(store, "Bela")]
        store.people.set_cadence(both, 30)
        behind_its_back(store, "UPDATE people SET cadence = 90 WHERE name = 'Bela'")
        before = dump(store)
        with pytest.raises(ChangedSince, match="changed the rhythm with Amara and Bela"):
            store.history.undo()
        assert dump(store) == before

    def test_another_field_is_no_hindrance(self, store: Store) -> None:
        """What was changed elsewhere in the same row stays, and the act's own field goes back."""
        amara = added(store, "Amara")
        store.people.set_cadence([amara], 30)
        behind_its_back(store, "UPDATE people SET city = 'Garching'")
        store.history.undo()
        found = store.people.get(amara)
        assert found
        assert (found.profile.city, found.profile.cadence) == ("Garching", None)

    def test_changed_since_it_was_added(self, store: Store) -> None:
        """Someone added and then changed elsewhere is not taken out."""
        added(store, "Amara")
        behind_its_back(store, "UPDATE people SET city = 'Garching', updated = '2027-01-01T00:00:00+00:00'")
        with pytest.raises(ChangedSince):
            store.history.undo()
        assert everybody(store) == ["Amara"]

    def test_something_hangs_on_it(self, store: Store) -> None:
        """Someone of whom another program wrote something is not taken out from under it."""
        amara = added(store, "Amara")
        behind_its_back(
            store,
            "INSERT INTO wants (uuid, created, updated, person_id, text)"
            f" VALUES ('u', 'c', 'u', {amara}, 'x')",
        )
        with pytest.raises(ChangedSince, match="“added Amara” can't be turned back"):
            store.history.undo()
        assert everybody(store) == ["Amara"]

    def test_taken_out_already(self, store: Store) -> None:
        """What another program removed can't be removed again."""
        added(store, person("Amara", wants=("a bigger mirror",)))
        behind_its_back(store, "DELETE FROM wants")
        with pytest.raises(ChangedSince):
            store.history.undo()

    def test_redo_of_a_change(self, store: Store) -> None:
        """What was changed since it was taken back is not overwritten by doing it again."""
        amara = added(store, "Amara")
        store.people.set_cadence([amara], 30)
        store.history.undo()
        behind_its_back(store, "UPDATE people SET cadence = 90")
        with pytest.raises(ChangedSince):
            store.history.redo()

    def test_redo_of_a_removal(self, store: Store) -> None:
        """An entry that was changed since its removal was taken back is not removed again."""
        amara = added(store, "Amara")
        coffee = logged(store, amara, text="Coffee")
        store.timeline.remove(coffee)
        store.history.undo()
        behind_its_back(store, "UPDATE interactions SET text = 'Tea'")
        with pytest.raises(ChangedSince):
            store.history.redo()
        found = store.timeline.get(coffee)
        assert found
        assert found.text == "Tea"

    def test_its_place_is_taken(self, store: Store) -> None:
        """What can't be put back, because something else stands there now, is not put back in part."""
        amara = added(store, "Amara")
        store.timeline.remove(logged(store, amara, text="Coffee"))
        behind_its_back(
            store,
            "INSERT INTO interactions (id, uuid, created, updated, day, kind)"
            " VALUES (1, 'u', 'c', 'u', '2026-01-01', 'note')",
        )
        before = dump(store)
        with pytest.raises(ChangedSince):
            store.history.undo()
        assert dump(store) == before

    def test_a_refusal_hides_nothing(self, store: Store) -> None:
        """Once the other program's change is gone, the act can be taken back as ever."""
        amara = added(store, "Amara")
        store.people.set_cadence([amara], 30)
        behind_its_back(store, "UPDATE people SET cadence = 90")
        with pytest.raises(ChangedSince):
            store.history.undo()
        behind_its_back(store, "UPDATE people SET cadence = 30")
        assert store.history.undo()


class TestSize:
    """How much is kept, and how much can be taken back at once."""

    def test_a_thousand_acts_are_kept(self, store: Store) -> None:
        """The newest thousand can be taken back; older ones are let go, and stand."""
        for number in range(ACTS_KEPT + 20):
            store.settings.put("number", str(number))
        assert len(store.history.acts(limit=2000)) == ACTS_KEPT
        taken_back = 0
        while store.history.undo():
            taken_back += 1
        assert taken_back == ACTS_KEPT
        assert store.settings.get("number") == "19"

    def test_what_was_let_go_leaves_nothing(self, store: Store) -> None:
        """The rows of an act that was let go, or cleared by a new one, go with it."""
        for number in range(ACTS_KEPT + 5):
            store.settings.put("number", str(number))
        store.history.undo()
        store.settings.put("number", "last")
        with closing(outside(store.path)) as connection:
            (acts,) = connection.execute("SELECT count(DISTINCT act_id) FROM act_rows").fetchone()
            (rows,) = connection.execute("SELECT count(*) FROM act_rows").fetchone()
        assert acts == rows == ACTS_KEPT

    def test_an_import_of_two_thousand(self, store: Store) -> None:
        """A whole file is one act: one undo takes out everything of it, and redo brings it in again."""
        hank = added(store, person("Hank Morrow", email="hank@morrow.example"))
        store.timeline.log(entry(hank, text="Tent"))
        before = dump(store)
        cards = [
            Card(
                source="vcard",
                key=f"urn:{number}",
                profile=person(
                    f"Person {number}",
                    points=(
                        ContactPoint("email", f"{number}@people.example"),
                        ContactPoint("phone", f"{number}"),
                    ),
                    tags=(f"tag {number % 50}",),
                    occasions=(Occasion(kind="birthday", label="birthday", month=1, day=number % 28 + 1),),
                ),
            )
            for number in range(1999)
        ]
        cards.append(
            Card(source="google", profile=person("Hank Morrow", email="hank@morrow.example", city="X"))
        )
        report, change = store.imports.bring_in(cards, "all.vcf")
        after = dump(store)
        assert (report.added, report.updated) == (1999, 1)
        assert len(change.people) == 2000
        store.history.undo()
        assert dump(store) == before
        store.history.redo()
        assert dump(store) == after

    def test_undoing_an_import_beside_a_long_queue(self, store: Store) -> None:
        """Taking people out looks for what hangs on them by an index, whatever is in the book."""
        plan = store._connection.execute(
            "EXPLAIN QUERY PLAN SELECT 1 FROM gives WHERE person_id = ?", (1,)
        ).fetchall()
        assert "USING COVERING INDEX gives_person" in plan[0][3]

    def test_day_of_a_removed_entry(self, store: Store) -> None:
        """The last contact goes back with the entry that was it."""
        amara = added(store, "Amara")
        logged(store, amara, days_ago=10)
        newest = logged(store, amara, days_ago=1)
        store.timeline.remove(newest)
        assert store.people.lines([amara])[amara].last_on == day("2026-11-12")
        store.history.undo()
        assert store.people.lines([amara])[amara].last_on == day("2026-11-21")
