"""Reading what can be read of a damaged book, plain and encrypted; and saying what could not be."""

import contextlib
import os
import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from netcrm.domain.query import parse
from netcrm.store import Store
from netcrm.store.checking import check
from netcrm.store.cipher import Key
from netcrm.store.errors import Damaged, Encrypted
from netcrm.store.file import File, sqlite_errors
from netcrm.store.recoding import copy_across
from netcrm.store.repairing import Repaired, repair
from tests.benchmarks.bench_store import write_book
from tests.ciphered import KEY, needs_sqlcipher
from tests.store.test_backups import backup
from tests.world import NOW, a_store, added, frozen, logged, person, queued

PEOPLE = 200
LOGGED = 40

kinds = pytest.mark.parametrize(
    "key", [None, pytest.param(KEY, marks=needs_sqlcipher)], ids=["plain", "encrypted"]
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> File:
    """A book of several hundred pages with a history, closed."""
    folder = tmp_path_factory.mktemp("written")
    with a_store(folder) as store:
        write_book(store, PEOPLE)
        for number in range(LOGGED):
            who = added(store, person(f"Person {number}", note=f"keeps bees, hive {number}"))
            logged(store, who, text=f"about hive {number}")
            queued(store, who, f"Send the paper {number}")
    return File(folder / "netcrm.db")


@pytest.fixture
def copied(written: File, tmp_path: Path) -> Callable[[Key | None], File]:
    """Makes a copy of it, plain or encrypted."""

    def copy(key: Key | None) -> File:
        file = File(tmp_path / "netcrm.db", key)
        if key is None:
            shutil.copy(written.path, file.path)
            file.path.chmod(0o600)
        else:
            copy_across(written, file)
        return file

    return copy


def tear(file: File, page: int) -> bytes:
    """Write noise over most of a page; what stood there."""
    with file.path.open("r+b") as book:
        book.seek((page - 1) * 4096 + 8)
        before = book.read(4000)
        book.seek((page - 1) * 4096 + 8)
        book.write(bytes(range(7, 207)) * 20)
    return before


def leaves(file: File, table: str, count: int = 1) -> Sequence[int]:
    """Pages with records of a table: found by what can no longer be read without them."""
    roots = {page for (page,) in _read(file, "SELECT rootpage FROM sqlite_master")}
    found: list[int] = []
    for page in range(2, file.path.stat().st_size // 4096):
        if page in roots:
            continue
        before = tear(file, page)
        with contextlib.suppress(*sqlite_errors()):
            _read(file, "SELECT * FROM sqlite_master")
            try:
                _read(file, f"SELECT * FROM {table} NOT INDEXED")
            except sqlite_errors():
                found.append(page)
        with file.path.open("r+b") as book:
            book.seek((page - 1) * 4096 + 8)
            book.write(before)
        if len(found) > count:  # the first is left: it has the oldest
            return found[1:]
    raise AssertionError(found)


def _read(file: File, query: str) -> Sequence[Sequence[object]]:
    with closing(file.open("mode=ro&immutable=1")) as book:
        return book.execute(query).fetchall()


def root(file: File, table: str) -> int:
    """The page that a table begins with."""
    with closing(file.open("mode=ro&immutable=1")) as book:
        (page,) = book.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return int(page)


def counted(file: File) -> dict[str, int]:
    """How many records the tables have that are looked at here."""
    with closing(file.open("mode=ro")) as book:
        return {
            table: int(book.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in ("people", "interactions", "gives", "acts", "interaction_people")
        }


def repaired(file: File) -> Repaired:
    """The book, read into a new file; all is well with that."""
    done = repair(file, NOW)
    assert done.aside
    assert [one.name for one in check(file, NOW) if not one.good] == ["backups"]
    return done


@kinds
class TestAPage:
    """One page is damaged: everything on the others is read."""

    def test_of_people(self, copied: Callable[[Key | None], File], key: Key | None) -> None:
        """Those on it are lost, with what refers to them, and are counted; nobody else is."""
        file = copied(key)
        before = counted(file)
        tear(file, *leaves(file, "people"))
        done = repaired(file)
        after = counted(file)
        lost = before["people"] - after["people"]
        assert 0 < lost < 60
        assert f"{lost} people" in done.lost
        assert before["interactions"] == after["interactions"]
        assert before["acts"] == after["acts"] or f"{before['acts'] - after['acts']} acts" in done.lost
        assert before["gives"] - after["gives"] < 60

    def test_of_the_third_version(self, copied: Callable[[Key | None], File], key: Key | None) -> None:
        """A book whose tables are those of today is read as one of today is."""
        file = copied(key)
        with closing(file.open()) as third:
            third.execute("DROP INDEX person_words_letter")
            third.execute("PRAGMA user_version = 3")
        before = counted(file)
        tear(file, *leaves(file, "people"))
        repaired(file)
        assert before["interactions"] == counted(file)["interactions"]

    def test_of_the_history(self, copied: Callable[[Key | None], File], key: Key | None) -> None:
        """What could be taken back in part only goes, and is counted; records do not."""
        file = copied(key)
        before = counted(file)
        tear(file, *leaves(file, "act_rows"))
        done = repaired(file)
        after = counted(file)
        lost = before.pop("acts") - after.pop("acts")
        assert after == before
        assert lost > 0 and f"{lost} acts of the history" in done.lost

    def test_of_an_index(self, copied: Callable[[Key | None], File], key: Key | None) -> None:
        """The records say all that it said: nothing is lost, and nothing is said to be."""
        file = copied(key)
        before = counted(file)
        tear(file, root(file, "sqlite_autoindex_people_1"))
        done = repaired(file)
        assert counted(file) == before
        assert done.lost == ""

    def test_an_index_too(self, copied: Callable[[Key | None], File], key: Key | None) -> None:
        """Without the index that tells what there was, one looks beyond the page all the same."""
        file = copied(key)
        before = counted(file)
        (page,) = leaves(file, "people")
        tear(file, page)
        tear(file, root(file, "sqlite_autoindex_people_1"))
        done = repaired(file)
        lost = before["people"] - counted(file)["people"]
        assert 0 < lost < 60
        assert f"{lost} people" in done.lost

    def test_two_apart(self, copied: Callable[[Key | None], File], key: Key | None) -> None:
        """What lies between two is read, in both directions."""
        file = copied(key)
        before = counted(file)
        first, *_, last = leaves(file, "interactions", 6)
        tear(file, first)
        tear(file, last)
        done = repaired(file)
        lost = before["interactions"] - counted(file)["interactions"]
        assert 0 < lost < 120
        assert f"{lost} entries" in done.lost

    def test_a_whole_table(self, copied: Callable[[Key | None], File], key: Key | None) -> None:
        """The others are read, and what it had is counted."""
        file = copied(key)
        before = counted(file)
        tear(file, root(file, "gives"))
        done = repaired(file)
        after = counted(file)
        assert after.pop("gives") == 0
        assert f"{before.pop('gives')} gives" in done.lost
        assert after == before


@kinds
def test_a_long_note(tmp_path: Path, key: Key | None) -> None:
    """Where only the end of a long note is damaged, whoever it is about stays, and it is said."""
    with a_store(tmp_path / "written") as store:
        for number in range(30):
            added(store, person(f"Person {number}", note="word " * 10_000 if number == 15 else ""))
    file = File(tmp_path / "netcrm.db", key)
    if key is None:
        shutil.copy(tmp_path / "written" / "netcrm.db", file.path)
        file.path.chmod(0o600)
        return_page = _end_of(file, b"word word")
    else:
        copy_across(File(tmp_path / "written" / "netcrm.db"), file)
        return_page = leaves(file, "people", 2)[-1]
    with file.path.open("r+b") as book:
        book.seek((return_page - 1) * 4096)
        book.write(os.urandom(4096) if key else b"\xff" * 4096)
    done = repaired(file)
    assert counted(file)["people"] == 30
    assert "a long text in 1 record" in done.lost


def _end_of(file: File, words: bytes) -> int:
    """The first page that holds nothing but words of a long text."""
    said = file.path.read_bytes()
    return next(
        page + 1
        for page in range(len(said) // 4096)
        if said[page * 4096 : page * 4096 + 4096].count(words) > 350
    )


class TestACutFile:
    """The file ends before its end."""

    @kinds
    def test_what_is_left(self, copied: Callable[[Key | None], File], key: Key | None) -> None:
        """SQLite reads nothing of it; what is there is read."""
        file = copied(key)
        before = counted(file)
        os.truncate(file.path, file.path.stat().st_size // 2 + 77)
        assert next(one for one in check(file, NOW) if one.name == "pages").todo == "salvage"
        done = repair(file, NOW)
        assert counted(file)["people"] > before["people"] // 2
        assert "Could not be read" in done.lost

    def test_how_much_there_was(self, copied: Callable[[Key | None], File]) -> None:
        """Where no index tells it any more, the newest whole backup does."""
        file = copied(None)
        before = counted(file)
        with Store(file.path, frozen) as store:
            backup(store)
        os.truncate(file.path, file.path.stat().st_size // 4)
        done = repair(file, NOW)
        after = counted(file)
        assert "at least" in done.lost
        assert f"{before['acts'] - after['acts']} acts of the history" in done.lost
        assert f"{before['gives'] - after['gives']} gives" in done.lost

    def test_it_can_be_gone_on_with(self, copied: Callable[[Key | None], File]) -> None:
        """New people get ids of their own, and are found."""
        file = copied(None)
        tear(file, *leaves(file, "people"))
        repair(file, NOW)
        with Store(file.path, frozen) as store:
            new = added(store, "Somebody new")
            assert new in store.search.people(parse("Somebody new"))
            assert store.history.nearest()[0]


def _never(path: Path) -> Sequence[str]:
    pytest.fail("asked for a key")


def _random(count: int) -> bytes:
    return bytes(random.Random(5).randrange(256) for _ in range(count))


BEGINNINGS: dict[str, Callable[[], bytes]] = {
    "noise": lambda: _random(100),
    "zeros": lambda: bytes(100),
    "a letter": lambda: b"sQLite",
    "a page of noise": lambda: _random(4096),
    "a page of zeros": lambda: bytes(4096),
}
"""What the beginning of a file is overwritten with."""


class TestTheBeginning:
    """The first page of a plain book is damaged."""

    @pytest.mark.parametrize("how", BEGINNINGS)
    def test_it_is_no_encrypted_one(self, copied: Callable[[Key | None], File], how: str) -> None:
        """It is damaged, and nobody is asked for a key."""
        file = copied(None)
        before = counted(file)
        with Store(file.path, frozen) as store:
            backup(store)
        with file.path.open("r+b") as book:
            book.write(BEGINNINGS[how]())
        with pytest.raises(Damaged, match="beginning can't be read"):
            Store(file.path, frozen, key=_never)
        assert next(one for one in check(file, NOW) if one.name == "pages").todo == "salvage"
        assert repair(file, NOW).lost == ""
        assert counted(file) == before

    def test_where_the_tables_are(self, copied: Callable[[Key | None], File]) -> None:
        """The pages that say so are the backup's, where they can't be read."""
        file = copied(None)
        before = counted(file)
        with Store(file.path, frozen) as store:
            backup(store)
        with closing(file.open()) as book:
            pages = book.execute(
                "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema' AND pagetype = 'leaf'"
            ).fetchall()
        for (page,) in pages:
            tear(file, page)
        assert repair(file, NOW).lost == ""
        assert counted(file) == before

    @pytest.mark.parametrize("how", ["noise", "zeros", "a letter"])
    def test_without_a_backup(self, copied: Callable[[Key | None], File], how: str) -> None:
        """Its other pages tell what it is, and its header is made anew."""
        file = copied(None)
        before = counted(file)
        with file.path.open("r+b") as book:
            book.write(BEGINNINGS[how]())
        with pytest.raises(Damaged, match="beginning can't be read"):
            Store(file.path, frozen, key=_never)
        assert repair(file, NOW).lost == ""
        assert counted(file) == before

    @needs_sqlcipher
    def test_noise_is_encrypted(self, copied: Callable[[Key | None], File]) -> None:
        """An encrypted one without a backup is not taken for a damaged one."""
        with pytest.raises(Encrypted):
            Store(copied(KEY).path, frozen)
