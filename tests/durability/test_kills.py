"""SIGKILL, at any moment: every act that was confirmed is there, whole, and none is there by half.

The real program writes, in several ways (`lives`), and is killed at random, again and again on the same book.
Each time a copy of what is left is opened with netcrm's own store, and

- it is sound in itself: ``integrity_check``, ``foreign_key_check``, FTS5's own check, and everything derived
  is what it would be if it were made anew (`sound`);
- every act confirmed stands in the history as it was said, and its records in the book;
- everything done in that life can be taken back, act by act, and then every row is what it was before that
  life; done again, every row is what was found. Since each act's history is all that this is done by, no act
  is there by half, and none without its history.

The book itself is left as the killed program left it, log and all, for the next one to find.

Each test says its seed when it fails; ``NETCRM_SEED`` sets it, and with it what is done and when the program
is killed, as well as a busy machine lets it. The usual run kills some twenty times, the long one (``pytest -m
long tests/durability``) 300 times; ``NETCRM_KILLS=1000`` makes it a thousand.
"""

import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random, SystemRandom

import pytest

from netcrm.store import Store
from tests.durability import lives
from tests.durability.conftest import Report
from tests.durability.lives import Ledger, Life
from tests.durability.sound import Old, State, differing, faults, opened, state_of
from tests.durability.writer import Done, Hand

SEED = int(os.environ.get("NETCRM_SEED") or SystemRandom().randrange(1_000_000))

MANY = int(os.environ.get("NETCRM_KILLS") or 300)
"""Kills of the long run."""

A_BOOK = 100
"""Kills after which the long run begins a new book: to look at every row of it takes longer and longer."""

OFTEN: dict[Life, int] = {
    lives.one_writer: 8,
    lives.two_writers: 6,
    lives.in_a_checkpoint: 4,
    lives.in_an_import: 2,
    lives.commands: 3,
    lives.full_screen: 1,
}
"""How often the long run has each way, to one another."""


class Book:
    """A book that lives through kill after kill.

    Args:
        folder: Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "book.db"
        self._folder = folder
        self.confirmed = 0
        """Acts that had been confirmed, in all lives."""
        Hand(self.file, "eve", 0, say=lambda line: None).store.close()
        with opened(self.file) as store:
            self._before = state_of(store._connection)
            self._last = _last(store._connection)

    def outlive(self, life: Life, chance: Random) -> None:
        """Let a program live and die, and hold what is left to what it had confirmed.

        Raises:
            AssertionError: If anything is not as it has to be.
        """
        ledger = life(self.file, chance)
        assert ledger.said, "it was killed before it did anything"
        self.confirmed += len(ledger.done)
        copy = self._folder / "copy"
        copy.mkdir()
        for file in self._folder.glob("book.db*"):
            if not file.name.endswith("-lock"):
                shutil.copytree(file, copy / file.name) if file.is_dir() else shutil.copy(file, copy)
        with opened(copy / self.file.name) as store:
            connection = store._connection
            assert not faults(connection)
            assert not missing(connection, ledger)
            found = state_of(connection)
            self._go_back_and_forth(store, found)
            self._before, self._last = found, _last(connection)
        shutil.rmtree(copy)

    def _go_back_and_forth(self, store: Store, found: State) -> None:
        """Take back all acts of this life, then do them again."""
        turned = 0
        while store.history.nearest()[0] > self._last:
            assert store.history.undo()
            turned += 1
        assert not differing(self._before, state_of(store._connection))
        for _ in range(turned):
            assert store.history.redo()
        assert not differing(found, state_of(store._connection))


def _last(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM acts").fetchone()
    return int(last)


def missing(connection: sqlite3.Connection, ledger: Ledger) -> Sequence[str]:
    """What had been confirmed and is not there, a sentence each."""
    kept = {
        act: (label, bool(undone))
        for act, label, undone in connection.execute("SELECT id, label, undone FROM acts")
    }
    taken_back = {done.act: done.what == "undo" for done in ledger.done}  # as was confirmed last
    sentences = []
    for done in ledger.done:
        if done.what in ("undo", "redo"):
            continue
        off = taken_back[done.act] if done.act else False
        if done.act:
            label, off_now = kept.get(done.act, ("", True))
            if off_now != off and ("undo" if off_now else "redo") not in ledger.begun:
                sentences.append(f"act {done.act}, {done.label}, is {'not ' * off}taken back")
            if label != done.label and not off:
                sentences.append(f"act {done.act}, {done.label}, is not in the history")
            off = off_now
        if not off and not _there(connection, done):
            sentences.append(f"{done.what} {done.word} is not in the book")
    return sentences


def _there(connection: sqlite3.Connection, done: Done) -> bool:
    """Whether the records of an act bear its word; an edit may have been overwritten by a later one."""
    question = {
        "add": "SELECT count(*) FROM people WHERE name LIKE '%' || :word AND id = :row",
        "log": "SELECT count(*) FROM interactions WHERE text LIKE '%' || :word AND :row IN (id, 0)",
        "queue": "SELECT count(*) FROM gives WHERE words LIKE '%' || :word AND id = :row",
        "give": "SELECT count(*) FROM gives JOIN interactions ON interactions.id = interaction_id"
        " WHERE words LIKE '%' || :word AND text LIKE '%' || :word AND gives.id = :row AND state = 'given'",
        "tag": "SELECT count(*) FROM person_tags JOIN tags ON tags.id = tag_id"
        " WHERE name = :word AND person_id = :row",
        "import": "SELECT count(*) = :row FROM people WHERE family = :word",
    }.get(done.what)
    if question is None:
        return True
    return bool(connection.execute(question, {"word": done.word, "row": done.row}).fetchone()[0])


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with a few people in it."""
    return Book(tmp_path)


class TestKilled:
    """Whatever it was that ran."""

    @pytest.mark.parametrize(
        ("life", "times"),
        [
            (lives.one_writer, 5),
            (lives.two_writers, 4),
            (lives.in_a_checkpoint, 4),
            (lives.in_an_import, 3),
            (lives.commands, 3),
            (lives.full_screen, 1),
        ],
        ids=lambda value: getattr(value, "__name__", None),
    )
    def test_what_was_confirmed_is_there(self, book: Book, life: Life, times: int) -> None:
        """Nothing confirmed is lost, and nothing is there by half, however often it is killed."""
        chance = Random(SEED)
        for number in range(times):
            try:
                book.outlive(life, chance)
            except AssertionError as error:
                raise AssertionError(f"seed {SEED}, kill {number + 1}: {error}") from error
        assert book.confirmed or life in (lives.commands, lives.full_screen)

    @pytest.mark.long
    def test_hundreds_of_times(self, tmp_path: Path, report: Report) -> None:
        """All ways in any order, on one book, then the next."""
        chance, began, confirmed, ways = Random(SEED), time.monotonic(), 0, Counter[str]()
        for number in range(MANY):
            if number % A_BOOK == 0:
                folder = tmp_path / str(number)
                folder.mkdir()
                book = Book(folder)
            (life,) = chance.choices(list(OFTEN), list(OFTEN.values()))
            before = book.confirmed
            try:
                book.outlive(life, chance)
            except AssertionError as error:
                raise AssertionError(f"seed {SEED}, kill {number + 1}, {life.__name__}: {error}") from error
            confirmed += book.confirmed - before
            ways[life.__name__] += 1
        seconds = time.monotonic() - began
        report(f"{MANY} kills, {confirmed} acts confirmed, none lost; {seconds:.0f} s; seed {SEED}; {ways}")


class TestKilledWhileBroughtUpToDate:
    """A file of an older version is either still of that version, whole, or of this one."""

    def run(self, old: Old, folder: Path, times: int) -> Counter[int]:
        """Kill a program while it brings a copy up to date, so often; count the versions that are left."""
        chance, left = Random(SEED), Counter[int]()
        for number in range(times):
            file = folder / str(number) / "book.db"
            file.parent.mkdir()
            shutil.copy(old.file, file)
            lives.brought_up_to_date(file, chance)
            with closing(sqlite3.connect(file)) as connection:
                left[int(connection.execute("PRAGMA user_version").fetchone()[0])] += 1
            assert not old.faults(file), f"seed {SEED}, kill {number + 1}"
        return left

    def test_it_is_whole(self, old: Old, tmp_path: Path) -> None:
        """Whoever was in it is, and the next program brings it up to date."""
        assert self.run(old, tmp_path, 3).total() == 3

    @pytest.mark.long
    def test_it_is_whole_dozens_of_times(self, old: Old, tmp_path: Path, report: Report) -> None:
        """The same, for long; some of the kills have come before the end of it, others after."""
        began = time.monotonic()
        left = self.run(old, tmp_path, MANY // 5)
        assert len(left) == 2, left
        report(
            f"versions left by {left.total()} kills: {left}; {time.monotonic() - began:.0f} s; seed {SEED}"
        )
