"""The power goes, at any moment: every act that was confirmed before is there, and none is there by half.

The real program is run with a recorder before the C library (``recorder.c``); what it did to the disk is then
cut off at random points, each time with other luck for what had not been synced (`disk`), and what is left is
opened with netcrm's own store. What the book has to hold is known row by row: at each confirmation the files,
as the running system saw them, were a state of the book (records, derived rows, history), and what is left
must be the last state confirmed, or the one whose confirmation was on its way.

Each test says its seed when it fails; ``NETCRM_SEED`` sets it. The usual run cuts a few dozen times, the long
one (``pytest -m long tests/durability``) 300 times; ``NETCRM_IMAGES`` sets how often.
"""

import contextlib
import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random, SystemRandom

import pytest

from netcrm.store import Store
from tests.durability import recording
from tests.durability.conftest import Report
from tests.durability.disk import Disk, lay_out, replayed
from tests.durability.recording import Call, Event, Recorder
from tests.durability.sound import Old, digest, faults, opened
from tests.world import a_store

pytestmark = pytest.mark.skipif(bool(recording.unavailable()), reason=recording.unavailable())

SEED = int(os.environ.get("NETCRM_SEED") or SystemRandom().randrange(1_000_000))

FEW = 30
"""Images of the usual run; each takes some 30 ms."""

TEETH = 16
"""Images of each mode in the usual run. Of the modes that lose acts, the one that does so least does on a
third of the images, so that a run in a thousand sees none of it; then the test fails."""

MANY = int(os.environ.get("NETCRM_IMAGES") or 300)
"""Images of the long run."""

BOOK = "BOOK"
"""Stands for the book among what a program is told."""

MODES = {
    "WAL, FULL": (),
    "WAL, NORMAL": ("--synchronous", "NORMAL"),
    "DELETE, FULL": ("--journal", "DELETE", "--synchronous", "FULL"),
    "DELETE, EXTRA": ("--journal", "DELETE", "--synchronous", "EXTRA"),
}
"""The ways in which SQLite can keep its journal (sqlite.org/pragma.html#pragma_synchronous), and how the
writer is told. The first is netcrm's own: nothing is told then."""

ALL_BUT_CLOSING = "log,give,edit,tag,undo,redo,import"
"""What is done to compare the modes; a book that is opened anew would be in netcrm's own again."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What was recorded of a book.

    Attributes:
        under: The folder, as recorded.
        file: The book in it.
        before: What lay in the folder already.
        events: What was done, in order.
        states: The book's states by name (`digest`): new and empty, then one a confirmation.
    """

    under: Path
    file: Path
    before: Mapping[str, bytes]
    events: Sequence[Event]
    states: Sequence[str]

    @property
    def confirmations(self) -> Sequence[int]:
        """How many events had happened at each confirmation, it included."""
        return [number for number, event in enumerate(self.events, start=1) if _confirms(event)]


@dataclass(slots=True)
class Found:
    """What was found on the images.

    Attributes:
        images: How many were opened.
        confirmed: How many acts had been confirmed before the cuts, all together.
        lost: What was gone though it had been confirmed, a sentence an image.
        wrong: What was broken or there by half, a sentence each.
    """

    images: int = 0
    confirmed: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def _confirms(event: Event) -> bool:
    """Whether the program said then that an act is kept: the writer's line, or the command's."""
    return event.call == Call.SAID and (event.data.startswith(b"done ") or b"saved\t" in event.data)


Record = Callable[..., Recording]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built recorder."""
    return recording.build(tmp_path_factory.mktemp("recorder"))


@pytest.fixture
def record(library: Path, tmp_path: Path) -> Record:
    """Records runs of the program, one after another, each time on a disk of their own."""
    numbers = count()

    def recorded(*runs: Sequence[str], book: str = "book.db", old: Path | None = None) -> Recording:
        folder = tmp_path.resolve() / f"recorded-{next(numbers)}"
        under = folder / "disk"
        under.mkdir(parents=True)
        file = under / book
        if old:
            shutil.copy(old, file)
        before = recording.files(under)
        recorder = Recorder(library, under, folder / "log")
        for arguments in runs:
            told = [str(file) if argument == BOOK else argument for argument in arguments]
            recorder.run(*told, NETCRM_DB=str(file), NETCRM_HOME=str(folder))
        events = recorder.events()
        assert replayed(events, under, before).now() == recording.files(under), (
            "the recorder missed something"
        )
        states = [] if old else list(_states(events, under, file, folder / "states"))
        return Recording(under, file, before, events, states)

    return recorded


def _states(events: Iterable[Event], under: Path, file: Path, scratch: Path) -> Iterator[str]:
    """The state of a new book, then that at each confirmation."""
    with a_store(scratch / "new") as store:
        yield digest(store._connection)
    disk = Disk(under)
    for number, event in enumerate(events):
        disk.take(event)
        if _confirms(event):
            lay_out(disk.now(), under, scratch / str(number))
            copy = scratch / str(number) / file.relative_to(under)
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                yield digest(connection)
            shutil.rmtree(scratch / str(number))


def the_writer(acts: int, *more: str) -> Sequence[str]:
    """How the long-lived writer is run."""
    return ("-m", "tests.durability.writer", BOOK, "--seed", str(SEED), "--acts", str(acts), *more)


def said(line: str) -> Sequence[str]:
    """How a line is logged on the command line; whoever it names and is not in the book is added."""
    return ("-m", "netcrm", "log", "--new", line)


def images(recorded: Recording, times: int, scratch: Path) -> Iterator[tuple[int, Path]]:
    """Cut the power so often, and lay out what is left, each time in a folder that lasts until the next.

    Half of the cuts are at any call, the others right behind a confirmation, when least time was left.

    Yields:
        How many calls had been made, and the folder.
    """
    chance = Random(SEED)
    anywhere = range(len(recorded.events) + 1)
    cuts = Counter(
        chance.choice(recorded.confirmations or anywhere)
        if chance.random() < 0.5
        else chance.choice(anywhere)
        for _ in range(times)
    )
    disk = Disk(recorded.under, recorded.before)
    for number in anywhere:
        for _ in range(cuts[number]):
            lay_out(disk.cut(chance), recorded.under, scratch)
            yield number, scratch
            shutil.rmtree(scratch, ignore_errors=True)
        if number < len(recorded.events):
            disk.take(recorded.events[number])


def cut(recorded: Recording, times: int, scratch: Path) -> Found:
    """Cut the power so often, and look at what is left."""
    found = Found()
    for number, folder in images(recorded, times, scratch):
        confirmed = sum(done <= number for done in recorded.confirmations)
        look_at(recorded, folder, confirmed, f"seed {SEED}, cut at {number}", found)
    return found


def look_at(recorded: Recording, folder: Path, confirmed: int, where: str, found: Found) -> None:
    """Open what is left, and hold it to what had been confirmed."""
    found.images += 1
    found.confirmed += confirmed
    file = folder / recorded.file.relative_to(recorded.under)
    if confirmed and not file.exists():
        found.lost.append(f"{where}: the whole book, {confirmed} acts")
        return
    try:
        with opened(file) as store:
            found.wrong += [f"{where}: {fault}" for fault in faults(store._connection)]
            state = digest(store._connection)
    except Exception as error:
        found.wrong.append(f"{where}: {error!r}")
        return
    if state in recorded.states[confirmed : confirmed + 2]:
        return
    if state in recorded.states[:confirmed]:
        found.lost.append(f"{where}: {confirmed - recorded.states.index(state)} of {confirmed} acts")
    else:
        found.wrong.append(f"{where}: a state that there never was, after {confirmed} acts")


class TestThePowerGoes:
    """Whenever it does."""

    def hold(self, recorded: Recording, times: int, scratch: Path) -> None:
        """Nothing confirmed is lost, and nothing is there by half."""
        found = cut(recorded, times, scratch)
        assert not found.wrong
        assert not found.lost
        assert found.images == times
        assert found.confirmed >= times // 4, "hardly anything had been confirmed"

    def test_while_the_app_is_open(self, record: Record, tmp_path: Path) -> None:
        """A program that has the book open for long: whatever its store has confirmed is on the disk."""
        self.hold(record(the_writer(40)), FEW, tmp_path / "images")

    def test_between_commands(self, record: Record, tmp_path: Path) -> None:
        """``netcrm log`` again and again: what it has printed as saved is on the disk."""
        lines = (
            "coffee with Hank Morrow",
            "call with Amara Okello",
            "I'll send Hank Morrow the paper by Friday",
        )
        self.hold(record(*(said(line) for line in lines)), FEW, tmp_path / "images")

    def test_after_the_first_act(self, record: Record, tmp_path: Path) -> None:
        """The very first act, in folders that were not there before: they, the book and it are kept."""
        recorded = record(said("coffee with Hank Morrow"), book="new/and/newer/book.db")
        self.hold(recorded, FEW, tmp_path / "images")

    def test_while_a_book_is_brought_up_to_date(self, record: Record, old: Old, tmp_path: Path) -> None:
        """It is what it was, or up to date, and the next program brings it to the end."""
        self.hold_up_to_date(record, old, FEW // 2, tmp_path / "images")

    def hold_up_to_date(self, record: Record, old: Old, times: int, scratch: Path) -> None:
        """Nothing of an old book is lost, and nothing is there by half."""
        recorded = record(("-m", "netcrm", "find", "hank"), old=old.file)
        for number, folder in images(recorded, times, scratch):
            assert not old.faults(folder / recorded.file.name), f"seed {SEED}, cut at {number}"

    @pytest.mark.long
    def test_three_hundred_times(self, record: Record, tmp_path: Path, report: Report) -> None:
        """The same, with commands before and after, for long."""
        began = time.monotonic()
        runs = [said("coffee with Hank Morrow"), the_writer(120), said("call with Hank Morrow")]
        recorded = record(*runs, book="new/book.db")
        self.hold(recorded, MANY, tmp_path / "images")
        report(
            f"{MANY} images of {len(recorded.events)} calls and {len(recorded.confirmations)} confirmations,"
            f" nothing lost; {time.monotonic() - began:.0f} s; seed {SEED}"
        )

    @pytest.mark.long
    def test_while_a_book_is_brought_up_to_date_three_hundred_times(
        self, record: Record, old: Old, tmp_path: Path, report: Report
    ) -> None:
        """The same, for long."""
        began = time.monotonic()
        self.hold_up_to_date(record, old, MANY, tmp_path / "images")
        report(f"{MANY} images of a book brought up to date; {time.monotonic() - began:.0f} s; seed {SEED}")


class TestTheJournal:
    """Which of SQLite's ways to keep its journal netcrm uses, and why."""

    def test_netcrm_uses_the_chosen_one(self, store: Store) -> None:
        """WAL with FULL; the other tests here choose it."""
        assert _pragma(store, "journal_mode") == "wal"
        assert _pragma(store, "synchronous") == 2, "FULL"

    def choose(self, record: Record, times: int, scratch: Path) -> str:
        """Cut every mode as often; of those that lose nothing, take the one that waits least for the disk.

        Returns:
            What was found, in a line.
        """
        lost, waits = dict[str, int](), dict[str, float]()
        for mode, told in MODES.items():
            folder = scratch / mode.replace(", ", "-")
            recorded = record(the_writer(20, "--only", ALL_BUT_CLOSING, *told))
            found = cut(recorded, times, folder)
            assert not found.wrong, mode
            lost[mode] = len(found.lost)
            waits[mode] = replayed(recorded.events, recorded.under).syncs / len(recorded.states)
        figures = ", ".join(f"{mode}: {lost[mode]} lost, {waits[mode]:.1f} syncs an act" for mode in MODES)
        figures = f"{times} images each; {figures}; seed {SEED}"
        kept = [mode for mode, count in lost.items() if not count]
        assert min(kept, key=lambda mode: waits[mode]) == "WAL, FULL", figures
        assert set(kept) == {"WAL, FULL", "DELETE, EXTRA"}, figures
        return figures

    def test_the_test_has_teeth(self, record: Record, tmp_path: Path) -> None:
        """The same cuts lose acts with NORMAL, and where a journal goes without waiting for its folder."""
        self.choose(record, TEETH, tmp_path / "images")

    @pytest.mark.long
    def test_the_test_has_teeth_three_hundred_times(
        self, record: Record, tmp_path: Path, report: Report
    ) -> None:
        """The same, for long."""
        report(self.choose(record, MANY, tmp_path / "images"))


def _pragma(store: Store, name: str) -> object:
    return store._connection.execute(f"PRAGMA {name}").fetchone()[0]
