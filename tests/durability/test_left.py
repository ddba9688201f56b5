"""What a killed program or a machine that went down leaves beside a book, made by hand: each is opened.

The kills and cuts of the other modules come by these now and then; here each is certain.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from netcrm.store.errors import StoreError
from tests.durability.sound import faults, opened
from tests.world import a_store, added

PAGE = 4096
"""Bytes of a page."""


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A book whose log is whole, and of which only the first page has been brought from it into the file."""
    with a_store(tmp_path / "whole") as store:
        added(store, "Amara")
        log = store.path.with_name("netcrm.db-wal").read_bytes()
    file = tmp_path / "netcrm.db"
    file.write_bytes(store.path.read_bytes()[:PAGE])
    file.with_name("netcrm.db-wal").write_bytes(log)
    return file


def who(file: Path) -> list[str]:
    """Who is in a book; it has to be sound."""
    with opened(file) as store:
        assert not faults(store._connection)
        return [store.people.name(key) for key in store.people.ids()]


class TestALogThatWasBeingBroughtIn:
    """The file alone looks damaged; with its log it is whole. So it is while another program closes it."""

    def test_some_of_the_pages(self, left: Path) -> None:
        """The file is shorter than its first page says."""
        assert who(left) == ["Amara"]

    @pytest.mark.parametrize("torn", [b"\0" * 512, b"noise" * 100], ids=["zeros", "noise"])
    def test_a_torn_first_page(self, left: Path, torn: bytes) -> None:
        """The power went while the page was written that says what the file is."""
        left.write_bytes(torn + left.read_bytes()[len(torn) :])
        assert who(left) == ["Amara"]

    def test_without_its_log_it_is_refused(self, left: Path) -> None:
        """Nothing is made of a file that is really damaged, and it stays as it is."""
        left.with_name("netcrm.db-wal").unlink()
        content = left.read_bytes()
        with pytest.raises(StoreError):
            opened(left)
        assert left.read_bytes() == content


class TestAJournal:
    """What is left of a transaction that was not kept: who opens the file next rolls it back."""

    def cut_off(self, folder: Path, *statements: str) -> Path:
        """A file in the middle of a transaction, its journal beside it, as if its program had been killed."""
        with closing(sqlite3.connect(folder / "running.db", isolation_level=None)) as connection:
            connection.execute("PRAGMA cache_size = 1")
            for statement in (*statements, "BEGIN", "CREATE TABLE much (text)"):
                connection.execute(statement)
            connection.executemany("INSERT INTO much VALUES (?)", [("more than a page holds" * 20,)] * 200)
            for side in ("", "-journal"):
                (folder / f"book.db{side}").write_bytes((folder / f"running.db{side}").read_bytes())
        return folder / "book.db"

    def test_of_a_file_that_was_being_made(self, tmp_path: Path) -> None:
        """It is empty, so a new book."""
        file = self.cut_off(tmp_path)
        file.write_bytes(b"\0" * PAGE + file.read_bytes()[PAGE:])  # the first page is written last
        assert who(file) == []

    def test_of_another_program(self, tmp_path: Path) -> None:
        """It is refused, and the other program finds it and its journal as they were."""
        file = self.cut_off(tmp_path, "CREATE TABLE theirs (text)", "INSERT INTO theirs VALUES ('something')")
        before = [path.read_bytes() for path in sorted(tmp_path.glob("book.db*"))]
        with pytest.raises(StoreError, match="belongs to another program"):
            opened(file)
        assert [path.read_bytes() for path in sorted(tmp_path.glob("book.db*"))] == before
        with closing(sqlite3.connect(file)) as theirs:
            assert theirs.execute("SELECT * FROM theirs").fetchall() == [("something",)]
