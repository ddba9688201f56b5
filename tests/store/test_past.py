"""What each act changed, in words; and the way back through hundreds of them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from netcrm.domain.imports import Card
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Profile
from netcrm.domain.sparks import SparkDraft
from netcrm.domain.turned import FieldChange, RowChange
from netcrm.store import Store
from netcrm.store.past import ROWS_MOST
from tests.store.test_every_act import ACTS, Book, book, written
from tests.world import a_store, added, dump, logged, person, queued, ticking

__all__ = ["book", "written"]

DEEP = 250
"""Acts that are taken back in a row."""


def told(store: Store, act: int) -> list[tuple[str, str, str]]:
    """What an act changed, without the fields."""
    return [(row.how, row.what, row.name) for row in store.past.shown(act).rows]


class TestWhatAnActChanged:
    """In the words of the screen, not of the file."""

    @pytest.mark.parametrize("name", ACTS)
    def test_every_act(self, book: Book, name: str) -> None:
        """Every act says what it changed, with names for what it points at, and as much when taken back."""
        change = ACTS[name](book)
        if not change:
            return
        shown = book.store.past.shown(change.act)
        assert shown.rows
        assert not shown.more
        said = [text for row in shown.rows for text in (row.what, row.name, *_of(row.fields))]
        assert not [text for text in said if "_" in text or "no longer there" in text or "[" in text]
        book.store.history.undo()
        again = book.store.past.shown(change.act)
        assert {(row.how, row.what) for row in again.rows} >= {(row.how, row.what) for row in shown.rows}

    def test_before_and_after(self, store: Store) -> None:
        """A field is told as it was and as it became: days, rhythms and people as one would say them."""
        ana = added(store, "Ana")
        amara = added(store, person("Amara", cadence=42, city="Garching"))
        store.people.edit(amara, person("Amara", cadence=30, city="Garching", introduced_by=ana))
        (row,) = store.past.shown(store.history.acts(1)[0].id).rows
        assert row == RowChange(
            "changed",
            "person",
            "Amara",
            [FieldChange("rhythm", "every 6 weeks", "monthly"), FieldChange("introduced by", "", "Ana")],
        )

    def test_added_and_removed(self, store: Store) -> None:
        """What came and what went is told with what was in it."""
        amara = added(store, "Amara")
        coffee = logged(store, amara, text="Coffee in the sun")
        assert told(store, store.history.acts(1)[0].id) == [
            ("added", "entry", "Coffee in the sun"),
            ("added", "who took part", "Amara"),
        ]
        act = store.timeline.remove(coffee).act
        assert ("removed", "entry", "Coffee in the sun") in told(store, act)

    def test_a_person_who_is_gone(self, store: Store) -> None:
        """Whom an act added and who was taken out again by its undoing is still called by name."""
        change = store.people.add(person("Amara", tags=("stars",), wants=("a bigger mirror",)))
        store.history.undo()
        assert told(store, change.act) == [
            ("added", "person", "Amara"),
            ("added", "want", "Amara · a bigger mirror"),
            ("added", "tag", "stars"),
            ("added", "tag of", "Amara · #stars"),
        ]

    def test_an_occasion(self, store: Store) -> None:
        """Its day is one field, not three."""
        amara = added(store, "Amara")
        birthday = Occasion(kind="birthday", label="birthday", month=12, day=14, year=1971)
        store.people.edit(amara, Profile(name="Amara", occasions=(birthday,)))
        (row,) = store.past.shown(store.history.acts(1)[0].id).rows
        assert FieldChange("on", "", "14 Dec 1971") in row.fields

    def test_a_large_import(self, store: Store) -> None:
        """Of thousands of records the first are told, and how many there are besides."""
        cards = [Card(profile=person(f"Person {n:04}"), source="vcard") for n in range(1000)]
        store.imports.bring_in(cards, "contacts.vcf")
        shown = store.past.shown(store.history.acts(1)[0].id)
        assert shown.rows[0].name.startswith("Person 0000, Person 0001, ")
        assert shown.rows[0].name.count("Person") == ROWS_MOST
        assert shown.more >= 1000 - ROWS_MOST


class TestDeep:
    """Back through hundreds of acts, across restarts, and forth again."""

    def test_undo_and_redo_all(self, tmp_path: Path) -> None:
        """Each is taken back by its name, in any session, and all of them are done again."""
        clock = ticking()
        with a_store(tmp_path, clock) as store:
            amara = added(store, "Amara")
            began = dump(store)
            labels = [_act(store, amara, turn) for turn in range(DEEP)]
            ended = dump(store)
        assert len(set(labels)) == DEEP
        back: list[str] = []
        while len(back) < DEEP:
            with a_store(tmp_path, clock) as store:
                back += [store.history.undo().label for _ in range(50)]
        assert back == labels[::-1]
        with a_store(tmp_path, clock) as store:
            assert dump(store) == began
            acts = store.history.acts(1000)
            assert [act.undone for act in acts] == [True] * DEEP + [False]
        forth: list[str] = []
        while len(forth) < DEEP:
            with a_store(tmp_path, clock) as store:
                forth += [store.history.redo().label for _ in range(50)]
        assert forth == labels
        with a_store(tmp_path, clock) as store:
            assert dump(store) == ended


def _act(store: Store, amara: int, turn: int) -> str:
    """One of several kinds of acts, with a label of its own."""
    match turn % 4:
        case 0:
            added(store, f"Person {turn}")
        case 1:
            queued(store, amara, f"Send paper {turn}")
        case 2:
            store.people.tag([amara], add=[f"tag{turn}"])
        case _:
            store.sparks.keep(SparkDraft(kind="article", title=f"Article {turn}"))
    return store.history.acts(1)[0].label


def _of(fields: Sequence[FieldChange]) -> list[str]:
    return [text for one in fields for text in (one.label, one.before, one.after)]
