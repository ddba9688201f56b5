"""Forgetting someone for good: no file says a word of them any more."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.domain.imports import Card
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Relation
from netcrm.store import Store
from netcrm.store.backups import kept
from netcrm.store.checking import check
from netcrm.store.connection import connect
from netcrm.store.errors import StoreError
from netcrm.store.file import File
from netcrm.store.forgetting import Forgotten, forget
from tests.world import NOW, TODAY, a_store, added, entry, frozen, logged, only, person, queued, ticking

WORDS = ("quixotrix", "zebulba", "wolfram", "flugelhorn", "hypogean", "katabasis", "ullage", "brontide")
"""Words that stand only in what is about the one who is forgotten."""

MALLORY = person(
    "Mallory Quixotrix",
    note="Collects the zebulba",
    organisation="Wolfram Works",
    tags=("flugelhorn", "design"),
    points=(ContactPoint("email", "m@hypogean.example"),),
    wants=("a katabasis",),
    occasions=(Occasion(kind="other", label="the ullage", month=5, day=1),),
    further=(Further("X-SOUND", "X-SOUND:brontide"),),
)


def traces(folder: Path, words: Iterable[str] = WORDS) -> set[str]:
    """Which of the words stand in any file of a folder, in whatever case."""
    files = [path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()]
    return {word for word in words for content in files if word.encode() in content}


@pytest.fixture
def book(tmp_path: Path) -> tuple[Path, str]:
    """A book in which Mallory has left traces everywhere, and her UUID; it is closed."""
    with a_store(tmp_path, ticking()) as store:
        hank = added(store, "Hank Morrow")
        store.imports.bring_in([Card(profile=MALLORY, source="vcard", key="urn:quixotrix")], "contacts.vcf")
        (mallory,) = [key for key in store.people.ids() if key != hank]
        logged(store, mallory, text="Heard the brontide")
        logged(store, hank, mallory, text="Coffee with all")
        store.gives.give([queued(store, mallory, "Bring the ullage")], TODAY)
        queued(store, mallory, "Send the zebulba")
        store.groups.found(GroupDraft(name="Choir", members=(hank, mallory)))
        store.relations.add(hank, Relation("friend", "Mallory Quixotrix", mallory))
        store.introductions.propose(hank, mallory, "both know the katabasis", TODAY)
        store.people.edit(mallory, person("Mallory Quixotrix", note="No longer collects the wolfram"))
        store.history.undo()
        store.back_up("asked")
        found = store.people.get(mallory)
        assert found is not None
        uuid = found.uuid
    assert traces(tmp_path) == set(WORDS)
    return store.path, uuid


class TestForgetting:
    """Out of rows, search pages, history, free pages, the log of writes."""

    def test_no_file_says_a_word(self, book: tuple[Path, str]) -> None:
        """With the backups asked for, nothing is left in any file of the folder."""
        path, uuid = book
        assert forget(File(path), uuid, frozen, from_backups=True) == Forgotten(cleaned=1)
        assert traces(path.parent) == set()
        assert traces(path.parent, ["hank", "coffee"]) == {"hank", "coffee"}

    def test_backups_stay_unless_asked(self, book: tuple[Path, str]) -> None:
        """Without that the file itself has nothing left, and the backups are what they were."""
        path, uuid = book
        backup = kept(File(path))[0].file.path
        before = backup.read_bytes()
        assert forget(File(path), uuid, frozen, from_backups=False) == Forgotten()
        assert backup.read_bytes() == before
        backup.unlink()
        assert traces(path.parent) == set()

    def test_what_others_took_part_in_stays(self, book: tuple[Path, str]) -> None:
        """The rest of the book is whole, and what is left can be worked with."""
        path, uuid = book
        forget(File(path), uuid, frozen, from_backups=True)
        with a_store(path.parent) as store:
            (hank,) = store.people.ids()
            assert [it.text for it in store.timeline.of(hank)] == ["Coffee with all"]
            assert not store.relations.of(hank) and not store.introductions.all()
            assert [member.id for group in store.groups.all() for member in group.members] == [hank]
            assert not store.gives.queue(TODAY) and not store.history.acts()
            assert "flugelhorn" not in store.people.tags()
        assert all(finding.good for finding in check(File(path), frozen()))
        assert len(kept(File(path))) == 1
        with closing(connect(kept(File(path))[0].file, frozen)) as connection:
            assert connection.execute("SELECT name FROM people").fetchall() == [("Hank Morrow",)]

    def test_only_in_the_history_of_a_backup(self, tmp_path: Path) -> None:
        """Who was added after a backup of an undone adding is in its history, and goes from there too."""
        with a_store(tmp_path, ticking()) as store:
            mallory = added(store, MALLORY)
            found = store.people.get(mallory)
            assert found is not None
            store.history.undo()
            store.back_up("asked")
            store.history.redo()
        assert forget(File(store.path), found.uuid, frozen, from_backups=True) == Forgotten(cleaned=1)
        assert traces(tmp_path) == set()

    def test_what_can_t_be_cleaned_goes(self, book: tuple[Path, str]) -> None:
        """A backup that is damaged, and an old log among them, are removed whole."""
        path, uuid = book
        backup = kept(File(path))[0].file.path
        with backup.open("r+b") as damaged:
            damaged.seek(4096)
            damaged.write(b"zebulba " * 1024)
        (backup.parent / "2026-01-01T000000Z-replaced.wal").write_bytes(b"quixotrix")
        assert forget(File(path), uuid, frozen, from_backups=True).removed == 2
        assert traces(path.parent) == set()

    def test_while_it_is_open(self, book: tuple[Path, str]) -> None:
        """It is refused while another has the book open, and nothing is changed."""
        path, uuid = book
        with Store(path, frozen), pytest.raises(StoreError, match="quit it there first"):
            forget(File(path), uuid, frozen, from_backups=True)
        assert traces(path.parent) == set(WORDS)

    def test_nobody(self, book: tuple[Path, str]) -> None:
        """Who is not there can't be forgotten."""
        with pytest.raises(StoreError, match="no longer there"):
            forget(File(book[0]), "no such uuid", frozen, from_backups=False)


class TestReach:
    """What there is of someone, said before it goes."""

    def test_counted(self, book: tuple[Path, str]) -> None:
        """Entries about them alone, entries with others, gives, backups."""
        with a_store(book[0].parent) as store:
            reach = store.reach_of(2)
        assert (reach.name, reach.alone, reach.shared, reach.gives, reach.backups) == (
            "Mallory Quixotrix",
            2,
            1,
            2,
            1,
        )
        assert reach.named == ()

    def test_named_elsewhere(self, store: Store) -> None:
        """Where the words of the name stand together in what stays."""
        mallory = added(store, MALLORY)
        hank = added(store, person("Hank Morrow", note="Knows MALLORY Quixotrix from school"))
        logged(store, hank, text="Talked of Mallory Quixotrix")
        logged(store, hank, text="Talked of Mallory")
        store.timeline.log(entry(mallory, text="Mallory Quixotrix herself"))
        queued(store, hank, "Ask after Mallory Quixotrix")
        assert store.reach_of(mallory).named == (
            ("note", "Hank Morrow"),
            ("entry", NOW.date().isoformat()),
            ("give", "Hank Morrow"),
        )

    def test_nobody(self, store: Store) -> None:
        """Who is not there has no reach."""
        only(frozenset({added(store, "Hank Morrow")}))
        with pytest.raises(StoreError, match="no longer there"):
            store.reach_of(99)
