"""Whether the book is whole, and putting in order what is not."""

import os
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from netcrm.domain.query import parse
from netcrm.store import Store
from netcrm.store.backups import kept
from netcrm.store.checking import Finding, check
from netcrm.store.errors import Damaged, StoreError
from netcrm.store.file import File
from netcrm.store.repairing import repair
from tests.benchmarks.bench_store import write_book
from tests.store.test_backups import backup, damage
from tests.store.test_connection import everything_in
from tests.store.test_restoring import _without_locks
from tests.world import NOW, a_store, added, dump_of, entry, frozen, logged, names, queued

ALL = (
    "privacy",
    "pages",
    "references",
    "timelines",
    "history",
    "search",
    "lists",
    "backups",
    "leftovers",
)
"""What is looked at, in its order."""


@pytest.fixture
def book(world: Store, tmp_path: Path) -> File:
    """The demo world with a history and a backup, closed."""
    added(world, "Zoë Abel")
    world.timeline.log(entry(1, text="about kites"))
    backup(world)
    world.close()
    return File(tmp_path / "netcrm.db")


def broken(file: File, *statements: str) -> None:
    """Do to a book what no netcrm does."""
    with closing(file.open()) as connection:
        for statement in statements:
            connection.execute(statement)


def bad(file: File) -> list[str]:
    """The names of what is not well."""
    return [finding.name for finding in check(file, NOW) if not finding.good]


def found(file: File, name: str) -> Finding:
    """What is found of one thing."""
    return next(finding for finding in check(file, NOW) if finding.name == name)


BREAKS = {
    "a search page that is missing": ("search", "DELETE FROM people_fts WHERE rowid = 3"),
    "a search page of nobody": ("search", "INSERT INTO people_fts (rowid, name) VALUES (9999, 'ghost')"),
    "a search page with other words": ("search", "UPDATE people_fts SET name = 'ghost' WHERE rowid = 2"),
    "a page of the timeline's search": ("search", "DELETE FROM timeline_fts WHERE rowid = 1"),
    "a page of what matters": ("search", "DELETE FROM people_matter WHERE rowid = 1"),
    "an index of words that is torn": (
        "search",
        "DELETE FROM people_fts_data WHERE id = (SELECT max(id) FROM people_fts_data)",
    ),
    "an index of names that is missing": ("search", "DROP TABLE people_fts"),
    "an index of the timeline that is missing": ("search", "DROP TABLE timeline_fts"),
    "an index of what matters that is missing": ("search", "DROP TABLE people_matter"),
    "a name that is not listed": ("lists", "DELETE FROM person_words WHERE person_id = 1"),
    "a last contact that was not": ("lists", "UPDATE person_facts SET last_on = '1999-01-01'"),
    "an entry of a group that is gone": ("references", "UPDATE interactions SET group_id = 777 WHERE id = 1"),
    "an address of nobody": ("references", "UPDATE contact_points SET person_id = 777 WHERE id = 1"),
    "another day on the timeline": (
        "timelines",
        "UPDATE interaction_people SET day = '1999-01-01' WHERE id = 1",
    ),
    "an act that can't be read": ("history", "UPDATE act_rows SET tbl = 'nothing'"),
}


class TestLooking:
    """``check`` tells what is wrong, and changes nothing."""

    def test_a_whole_book(self, book: File) -> None:
        """Everything is looked at, and all is well."""
        findings = check(book, NOW)
        assert tuple(finding.name for finding in findings) == ALL
        assert [finding for finding in findings if not finding.good] == []
        assert not any(finding.todo for finding in findings)

    def test_while_it_is_open(self, book: File) -> None:
        """The app may be open, and write."""
        with Store(book.path, frozen) as store:
            added(store, "Meanwhile")
            assert bad(book) == []

    @pytest.mark.parametrize(("name", "statement"), BREAKS.values(), ids=BREAKS)
    def test_what_is_wrong(self, book: File, name: str, statement: str) -> None:
        """Each fault is found, where it is, and can be repaired; nothing is changed by looking."""
        broken(book, statement)
        before = everything_in(book.path.parent)
        assert name in bad(book)
        assert found(book, name).todo == "repair"
        after = everything_in(book.path.parent)
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert changed <= {f"{book.path}-backups"}  # whose time changes with what was made there for a while

    @pytest.mark.parametrize("suffix", ["", "-backups", "-lock", "backup"])
    def test_who_can_read_it(self, book: File, suffix: str) -> None:
        """A file that is open to others is named."""
        path = kept(book)[0].file.path if suffix == "backup" else book.beside(suffix)
        path.chmod(0o755)
        finding = found(book, "privacy")
        assert not finding.good and path.name in finding.said

    def test_no_backup(self, book: File) -> None:
        """A book without a backup is told of; an empty one needs none."""
        kept(book)[0].file.path.unlink()
        assert found(book, "backups").todo == "backup"
        a_store(book.path.parent / "new").close()
        assert found(File(book.path.parent / "new" / "netcrm.db"), "backups").good

    def test_an_old_backup(self, book: File) -> None:
        """Its age is told; it matters where something has changed since."""
        later = NOW + timedelta(days=12)
        (finding,) = [one for one in check(book, later) if one.name == "backups"]
        assert finding.good and "12 days old" in finding.said
        with Store(book.path, frozen) as store:
            added(store)
        (finding,) = [one for one in check(book, later) if one.name == "backups"]
        assert not finding.good and finding.todo == "backup"

    def test_a_damaged_backup(self, book: File) -> None:
        """The newest is read whole: it is what one would need."""
        damage(kept(book)[0].file.path)
        assert "not whole" in found(book, "backups").said

    def test_what_was_left(self, book: File) -> None:
        """What a killed program left is named."""
        (book.beside("-backups") / ".2026-11-22T080000Z-daily.db.part").touch()
        book.beside("-new").touch()
        assert bad(book) == ["leftovers"]

    @pytest.mark.parametrize("how", ["page", "cut", "zeros", "empty"])
    def test_a_damaged_file(self, book: File, how: str) -> None:
        """It is told, and what could help; what can't be looked at is left out."""
        _damaged(book, how)
        assert "pages" in bad(book)
        assert found(book, "pages").todo == ("salvage" if how == "page" else "restore")
        assert found(book, "backups").good

    def test_no_book(self, book: File) -> None:
        """What is none is refused in a sentence."""
        folder = book.path.parent
        with pytest.raises(StoreError, match="There is no file"):
            check(File(folder / "nothing.db"), NOW)
        with pytest.raises(StoreError, match="is not a file"):
            check(File(folder), NOW)
        broken(book, "PRAGMA user_version = 99")
        with pytest.raises(StoreError, match="newer netcrm"):
            check(book, NOW)
        broken(book, "PRAGMA user_version = 3", "PRAGMA application_id = 7")
        with pytest.raises(StoreError, match="another program"):
            check(book, NOW)


class TestRepairing:
    """``check --repair`` puts in order what can be."""

    def test_nothing_to_do(self, book: File) -> None:
        """A whole book stays byte for byte as it was."""
        before = _without_locks(book.path.parent)
        done = repair(book, NOW)
        assert (done.done, done.kept, done.aside) == ([], None, None)
        changed = [path for path, said in _without_locks(book.path.parent).items() if before[path] != said]
        assert changed in ([], [f"{book.path}-backups"])

    @pytest.mark.parametrize(("name", "statement"), BREAKS.values(), ids=BREAKS)
    def test_what_is_wrong(self, book: File, name: str, statement: str) -> None:
        """Each fault is mended, what is derived is as the records say, and a backup is kept first."""
        broken(book, statement)
        done = repair(book, NOW)
        assert done.done and done.kept and done.kept.why == "repair"
        assert [finding for finding in done.findings if not finding.good] == []
        assert bad(book) == []

    def test_what_is_derived_comes_back_as_it_was(self, book: File) -> None:
        """Row for row."""
        with closing(book.open()) as connection:
            before = dump_of(connection)
        broken(book, *(statement for name, statement in BREAKS.values() if name in ("search", "lists")))
        repair(book, NOW)
        with closing(book.open()) as connection:
            assert dump_of(connection) == before

    def test_references(self, tmp_path: Path) -> None:
        """What can do without is kept, without; what can't goes."""
        with a_store(tmp_path) as store:
            amara, hank = added(store, "Amara"), added(store, "Hank")
            alone, both = logged(store, hank, text="alone"), logged(store, amara, hank, text="both")
            queued(store, hank, "Send the paper")
        file = File(tmp_path / "netcrm.db")
        broken(file, "UPDATE people SET introduced_by = 2 WHERE id = 1", "DELETE FROM people WHERE id = 2")
        repair(file, NOW)
        with a_store(tmp_path) as store:
            assert names(store, store.people.ids()) == ["Amara"]
            assert [found.text for found in store.timeline.of(amara)] == ["both"]
            person = store.people.get(amara)
            assert person and person.profile.introduced_by is None
            assert store.gives.queue(NOW.date()) == []
            assert store.timeline.get(alone) and store.timeline.get(both)

    def test_modes(self, book: File) -> None:
        """Everything is its owner's alone again; nothing else is changed for it."""
        book.path.chmod(0o666)
        kept(book)[0].file.path.chmod(0o644)
        book.beside("-backups").chmod(0o755)
        done = repair(book, NOW)
        assert done.kept is None
        assert stat.S_IMODE(book.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept(book)[0].file.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(book.beside("-backups").stat().st_mode) == 0o700

    def test_leftovers(self, book: File) -> None:
        """They go."""
        (book.beside("-backups") / ".2026-11-22T080000Z-daily.db.part").touch()
        book.beside("-new").touch()
        repair(book, NOW)
        assert bad(book) == []

    def test_an_index_that_lacks_a_row(self, book: File) -> None:
        """SQLite's own indexes are made again too."""
        _without_index_rows(book)
        assert bad(book) == ["pages"]
        done = repair(book, NOW)
        assert done.kept and not done.aside
        assert bad(book) == []

    def test_open_elsewhere(self, book: File) -> None:
        """It is done alone."""
        broken(book, "DELETE FROM people_fts WHERE rowid = 3")
        with Store(book.path, frozen), pytest.raises(StoreError, match="open elsewhere"):
            repair(book, NOW)

    def test_a_damaged_leaf(self, tmp_path: Path) -> None:
        """Whoever lies on another page is read into a new file; the old one is kept byte for byte."""
        with a_store(tmp_path) as store:
            write_book(store, 300)
            everyone = names(store, range(1, 301))
        file = File(tmp_path / "netcrm.db")
        with closing(file.open()) as connection:
            pages = connection.execute(
                "SELECT pageno FROM dbstat WHERE name = 'people' AND pagetype = 'leaf'"
            ).fetchall()
        damage(file.path, pages[len(pages) // 2][0])
        before = file.path.read_bytes()
        assert "pages" in bad(file)
        done = repair(file, NOW)
        assert done.aside and done.aside.read_bytes() == before
        assert bad(file) == ["backups"]
        with a_store(tmp_path) as store:
            there = names(store, store.people.ids())
            assert 250 < len(there) < 300
            assert {everyone[0], everyone[-1]} <= set(there) <= set(everyone)
            assert 300 in store.search.people(parse(everyone[-1]))
            assert store.timeline.count() == 3000
            assert added(store, "Somebody new") > 300

    @pytest.mark.parametrize("how", ["cut", "zeros"])
    def test_nothing_can_be_read(self, book: File, how: str) -> None:
        """Then it is said, nothing is changed, and nothing more is kept of it."""
        _damaged(book, how)
        before = _without_locks(book.path.parent)
        with pytest.raises(Damaged):
            repair(book, NOW)
        after = _without_locks(book.path.parent)
        assert after.keys() == before.keys()
        assert book.path.read_bytes() == before[str(book.path)][2]  # type: ignore[index]


def _damaged(file: File, how: str) -> None:
    damages: dict[str, Callable[[], object]] = {
        "page": lambda: damage(file.path, 3),
        "cut": lambda: os.truncate(file.path, 9000),
        "zeros": lambda: file.path.write_bytes(bytes(file.path.stat().st_size)),
        "empty": lambda: os.truncate(file.path, 0),
    }
    damages[how]()


def _without_index_rows(file: File) -> None:
    """Take rows out of an index behind SQLite's back: it believes for a moment that there is no index."""
    with closing(file.open()) as connection:
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'interactions_day'"
        ).fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'interactions_day'",
            (sql, f"{sql} WHERE day > '2026-01-01'"),
        )
    with closing(file.open()) as connection:
        connection.execute("REINDEX interactions_day")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'interactions_day'", (sql,))
