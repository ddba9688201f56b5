"""Copies of the book: how they are made and checked, and which of them are kept."""

import os
import sqlite3
import stat
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.thinning import DAYS, FRESH, MONTHS, WEEKS, spared
from netcrm.store import Store, backups
from netcrm.store.backups import ASKED, Backup, kept, make, thin
from netcrm.store.connection import aside
from netcrm.store.errors import Damaged, StoreError
from netcrm.store.file import FROZEN, File
from tests.world import NOW, a_store, added, dump, dump_of, frozen, logged

DAY = timedelta(days=1)


def file_of(store: Store) -> File:
    """The file of a store."""
    return File(store.path)


def backup(store: Store, why: str = "asked", now: datetime = NOW) -> Backup:
    """A backup that has just been made."""
    with aside(file_of(store)) as connection:
        return make(connection, file_of(store), why, now)


def said_by(file: File) -> object:
    """Everything that a backup says."""
    with closing(file.open(FROZEN)) as connection:
        in_memory = sqlite3.connect(":memory:")
        connection.backup(in_memory)
    with closing(in_memory):
        return dump_of(in_memory)


def damage(path: Path, page: int = 2) -> None:
    """Write rubbish over a page of a file."""
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


class TestMaking:
    """A copy of the book as it stands."""

    def test_it_says_the_same(self, world: Store) -> None:
        """Every row of every table, what is derived included."""
        made = backup(world)
        assert said_by(made.file) == dump(world)

    def test_what_is_only_in_the_log(self, store: Store) -> None:
        """What was written last lies in the log beside the file; it is in the copy all the same."""
        added(store, "Amara")
        assert Path(f"{store.path}-wal").stat().st_size
        with closing(backup(store).file.open(FROZEN)) as copy:
            assert copy.execute("SELECT name FROM people").fetchall() == [("Amara",)]

    def test_its_name_tells_when_and_why(self, store: Store) -> None:
        """In UTC, so that a change of zone or summer time confuses no order."""
        there = NOW.astimezone(timezone(timedelta(hours=5)))
        made = backup(store, "import", there)
        assert made.file.path == Path(f"{store.path}-backups") / "2026-11-22T090000Z-import.db"
        assert (made.at, made.why, made.name) == (NOW, "import", "2026-11-22T090000Z-import")
        assert kept(file_of(store)) == [made]

    def test_two_in_one_second(self, store: Store) -> None:
        """Neither takes the place of the other, and the later one is the newer."""
        first, second = backup(store), backup(store)
        assert kept(file_of(store)) == [second, first]
        assert first.file.path.exists() and second.file.path.exists()

    def test_it_is_one_file(self, store: Store) -> None:
        """It can be carried away and read where nothing may be written: no log belongs to it."""
        added(store)
        made = backup(store)
        assert [path.name for path in made.file.path.parent.iterdir()] == [made.file.path.name]
        assert made.file.path.read_bytes()[18:20] == b"\x01\x01"  # sqlite.org/fileformat2.html, 1.3.3

    def test_one_moment(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """What others write meanwhile is not in it, and makes nobody begin again."""
        monkeypatch.setattr("netcrm.store.backups._PAGES", 1)
        for number in range(50):
            added(store, f"Person {number}")
        asked = 0

        def writes_meanwhile() -> bool:
            nonlocal asked
            asked += 1
            if asked < 40:
                added(store, f"Late {asked}")
            return False

        with aside(file_of(store)) as connection:
            made = make(connection, file_of(store), "asked", NOW, stop=writes_meanwhile)
        with closing(made.file.open(FROZEN)) as copy:
            assert copy.execute("SELECT count(*) FROM people").fetchone() == (50,)
        assert asked < 1000

    def test_in_another_thread(self, world: Store) -> None:
        """The app makes it beside what it does."""
        made: list[Backup] = []
        thread = threading.Thread(target=lambda: made.append(world.back_up("asked")))
        thread.start()
        added(world, "Meanwhile")
        thread.join(30)
        assert kept(file_of(world)) == made

    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
    def test_only_its_owner_can_read_it(self, tmp_path: Path, umask: int) -> None:
        """Whatever the umask: the folder too, and the copy while it is being made."""
        modes: set[int] = set()
        before = os.umask(umask)
        try:
            with a_store(tmp_path) as store, aside(file_of(store)) as connection:
                added(store)

                def look() -> bool:
                    modes.update(
                        stat.S_IMODE(path.stat().st_mode) for path in Path(f"{store.path}-backups").iterdir()
                    )
                    return False

                made = make(connection, file_of(store), "asked", NOW, stop=look)
        finally:
            os.umask(before)
        assert modes == {0o600}
        assert stat.S_IMODE(made.file.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.file.path.parent.stat().st_mode) == 0o700

    def test_what_else_lies_there(self, store: Store) -> None:
        """Files of other names, folders and links are no backups, and stay."""
        folder = Path(f"{store.path}-backups")
        made = backup(store)
        (folder / "notes.txt").write_text("mine")
        (folder / "2026-11-22T100000Z-asked.db").mkdir()
        (folder / "2026-11-22T110000Z-asked.db").symlink_to(made.file.path)
        (folder / "2026-99-22T110000Z-asked.db").touch()
        assert kept(file_of(store)) == [made]
        backup(store, now=NOW + DAY)
        assert len(list(folder.iterdir())) == 6


class TestNotMade:
    """Where no copy can be kept, it is said, and nothing is left behind."""

    def nothing_left(self, store: Store) -> None:
        """No backup, whole or half."""
        folder = Path(f"{store.path}-backups")
        assert not folder.exists() or not list(folder.iterdir())

    def test_given_up(self, store: Store) -> None:
        """Whoever quits waits for no copy; half of one is of no use."""
        added(store)
        with aside(file_of(store)) as connection, pytest.raises(backups.Stopped):
            make(connection, file_of(store), "asked", NOW, stop=lambda: True)
        self.nothing_left(store)

    def test_left_by_a_kill(self, store: Store) -> None:
        """What a killed program left goes with the next one that is made."""
        made = backup(store)
        part = made.file.path.with_name(".2026-11-22T080000Z-daily.db.part")
        part.write_bytes(b"half")
        part.with_name(f"{part.name}-journal").touch()
        assert kept(file_of(store)) == [made]
        backup(store, now=NOW + DAY)
        assert not list(part.parent.glob(".*"))

    def test_a_damaged_book(self, tmp_path: Path) -> None:
        """It would be a damaged copy; those that are whole are not thinned for it."""
        with a_store(tmp_path) as store:
            added(store)
            whole = backup(store)
        damage(tmp_path / "netcrm.db", 5)
        with closing(File(tmp_path / "netcrm.db").open()) as connection, pytest.raises(Damaged):
            make(connection, whole.file, "asked", NOW)
        assert kept(File(tmp_path / "netcrm.db")) == [whole]

    def test_a_copy_that_says_something_else(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """A copy that lost a row on its way is none."""
        added(store)
        asked = backups.sound

        def lost_one(file: File, **how: object) -> backups.Contents:
            said = asked(file)
            return replace(said, rows=tuple((table, count - 1) for table, count in said.rows))

        monkeypatch.setattr("netcrm.store.backups.sound", lost_one)
        with pytest.raises(Damaged):
            backup(store)
        self.nothing_left(store)

    def test_no_room(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """The disk is not filled to the brim with copies: the book needs what is left of it."""
        monkeypatch.setattr("netcrm.store.backups._ROOM", 1e12)
        with pytest.raises(StoreError, match="the disk has no room for it"):
            backup(store)
        self.nothing_left(store)

    def test_a_file_where_the_folder_would_be(self, store: Store) -> None:
        """Somebody's file of that name stays."""
        there = Path(f"{store.path}-backups")
        there.write_text("mine")
        there.chmod(0o644)
        with pytest.raises(StoreError, match="is no folder"):
            backup(store)
        assert (there.read_text(), stat.S_IMODE(there.stat().st_mode)) == ("mine", 0o644)

    def test_a_link_where_the_folder_would_be(self, store: Store, tmp_path: Path) -> None:
        """Nobody is led to write private copies elsewhere."""
        (tmp_path / "elsewhere").mkdir()
        Path(f"{store.path}-backups").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(StoreError, match="is no folder"):
            backup(store)
        assert not list((tmp_path / "elsewhere").iterdir())

    def test_another_one_is_being_made(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two programs make theirs one after the other; one that waits too long says so."""
        monkeypatch.setattr("netcrm.store.backups._BUSY_SECONDS", 0.05)
        with (
            backups.alone_in(Path(f"{store.path}-backups")),
            pytest.raises(StoreError, match="Another program is making a copy"),
        ):
            backup(store)
        backup(store)


class TestChecking:
    """Whether a backup is whole."""

    def test_whole(self, world: Store) -> None:
        """What it says of itself is what the book says."""
        with aside(file_of(world)) as connection:
            assert backups.sound(backup(world).file) == backups.contents(connection)

    @pytest.mark.parametrize("page", [1, 2, 7])
    def test_damaged(self, world: Store, page: int) -> None:
        """A page of rubbish is found."""
        made = backup(world)
        damage(made.file.path, page)
        with pytest.raises(Damaged):
            backups.sound(made.file)

    def test_cut_off(self, world: Store) -> None:
        """So is a file that was only half copied."""
        made = backup(world)
        os.truncate(made.file.path, made.file.path.stat().st_size // 2)
        with pytest.raises(Damaged):
            backups.sound(made.file)

    def test_another_programs(self, tmp_path: Path) -> None:
        """Some other database is no backup."""
        with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
            connection.execute("CREATE TABLE places (url)")
        with pytest.raises(Damaged):
            backups.sound(File(tmp_path / "other.db"))

    def test_the_newest_whole_one(self, world: Store) -> None:
        """It is looked for from the newest on; what a restore has kept comes last."""
        whole = backup(world, now=NOW - 2 * DAY)
        damage(backup(world, now=NOW - DAY).file.path)
        left = backup(world, "restore", NOW)
        found = backups.newest_sound(file_of(world))
        assert found and found[0] == whole and found[1].people == world.people.count()
        damage(whole.file.path)
        found = backups.newest_sound(file_of(world))
        assert found and found[0] == left
        damage(left.file.path)
        assert backups.newest_sound(file_of(world)) is None


class TestTheDay:
    """A backup a day, when something has changed."""

    def daily(self, store: Store, now: datetime) -> Backup | None:
        return backups.daily(file_of(store), now)

    def test_one_a_day(self, store: Store) -> None:
        """The first of a day is made, and no second one whatever changes."""
        added(store)
        made = self.daily(store, NOW)
        assert made and made.why == "daily"
        added(store, "Hank")
        assert self.daily(store, NOW + timedelta(hours=2)) is None
        assert self.daily(store, NOW + DAY)

    def test_of_the_day_here(self, store: Store) -> None:
        """What day it is says the clock on the wall, not UTC."""
        zone = timezone(timedelta(hours=-9))
        evening = datetime(2026, 11, 22, 23, 0, tzinfo=zone)
        added(store)
        assert self.daily(store, evening)
        added(store, "Hank")
        assert self.daily(store, evening + timedelta(minutes=30)) is None
        assert self.daily(store, evening + timedelta(hours=2))

    def test_nothing_has_changed(self, store: Store) -> None:
        """A week in which nothing is written has none, and so pushes none out."""
        added(store)
        assert self.daily(store, NOW)
        for days in range(1, 8):
            assert self.daily(store, NOW + days * DAY) is None

    def test_undo_is_a_change(self, store: Store) -> None:
        """The number of acts stays the same, and the book does not; redone, it is as it was."""
        added(store)
        assert self.daily(store, NOW)
        store.history.undo()
        assert self.daily(store, NOW + DAY)
        store.history.redo()
        assert self.daily(store, NOW + 2 * DAY)
        store.history.undo()
        store.history.redo()
        assert self.daily(store, NOW + 3 * DAY) is None

    def test_any_backup_counts(self, store: Store) -> None:
        """A day on which one was asked for has one."""
        added(store)
        backup(store, "asked", NOW)
        assert self.daily(store, NOW) is None
        assert self.daily(store, NOW + DAY) is None

    def test_an_empty_book(self, store: Store) -> None:
        """There is nothing to keep."""
        assert self.daily(store, NOW) is None

    def test_a_damaged_newest(self, store: Store) -> None:
        """One that can't be read keeps nothing: another is made."""
        added(store)
        made = self.daily(store, NOW)
        assert made
        damage(made.file.path, 1)
        assert self.daily(store, NOW + DAY)

    def test_given_up(self, store: Store) -> None:
        """Whoever leaves is not told."""
        added(store)
        assert backups.daily(file_of(store), NOW, stop=lambda: True) is None
        assert not kept(file_of(store))


times = st.lists(
    st.integers(0, 800 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60
)


class TestThinning:
    """7 days, 4 weeks, 12 months."""

    @given(times)
    def test_few_stay(self, ats: Sequence[datetime]) -> None:
        """However many there were."""
        stays = spared(ats, NOW)
        assert stays <= set(ats)
        assert len(stays) <= DAYS + WEEKS + MONTHS + FRESH

    @given(times)
    def test_the_newest_stays(self, ats: Sequence[datetime]) -> None:
        """Always, however old it is, or from how far ahead."""
        for now in (NOW, NOW - 900 * DAY, NOW + 900 * DAY):
            assert not ats or max(ats) in spared(ats, now)

    @given(times)
    def test_once_is_enough(self, ats: Sequence[datetime]) -> None:
        """What stays, stays when it is thinned again."""
        stays = spared(ats, NOW)
        assert spared(list(stays), NOW) == stays

    @given(times)
    def test_the_last_of_each(self, ats: Sequence[datetime]) -> None:
        """The last of each of the newest days, weeks and months that have any is there."""
        stays = spared(ats, NOW)
        for count, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G %V"), (MONTHS, "%Y-%m")):
            for one in sorted({at.strftime(period) for at in ats}, reverse=True)[:count]:
                assert max(at for at in ats if at.strftime(period) == one) in stays

    @given(times)
    def test_what_was_just_made_stays(self, ats: Sequence[datetime]) -> None:
        """Even where a clock that went wrong has left some from times to come."""
        assert NOW in spared([*(at + 400 * DAY for at in ats), NOW], NOW)

    def test_three_years_of_days(self) -> None:
        """A backup every day: at any time there is one of each of the last 7 days, 4 weeks and 12 months."""
        ats: set[datetime] = set()
        for number in range(3 * 365):
            now = NOW + number * DAY
            ats = spared([*ats, now], now)
            if number > 400:
                ages = [(now - at).days for at in ats]
                assert ages.count(0) == 1
                assert set(range(7)) <= set(ages)
                weeks = {at.strftime("%G %V") for at in ats}
                assert {(now - week * 7 * DAY).strftime("%G %V") for week in range(WEEKS)} <= weeks
                assert len({(at.year, at.month) for at in ats}) >= MONTHS
                assert max(ages) > 300

    def test_a_morning_of_imports(self) -> None:
        """What was kept before each of a few imports of one morning is there until the next day."""
        ats = [NOW - timedelta(minutes=10 * number) for number in range(FRESH)]
        assert spared(ats, NOW) == set(ats)
        assert spared(ats, NOW + 2 * DAY) == {NOW}

    def test_asked_for(self, store: Store) -> None:
        """What somebody asked for is not pushed out by what is made by itself."""
        minute = timedelta(minutes=1)
        asked = [backup(store, now=NOW + number * minute) for number in range(ASKED + 2)]
        for number in range(FRESH + 2):
            backup(store, "import", NOW + (20 + number) * minute)
        thin(file_of(store), NOW + 40 * minute)
        stay = kept(file_of(store))
        assert [one for one in stay if one.why == "asked"] == asked[::-1][:ASKED]
        assert len([one for one in stay if one.why == "import"]) == FRESH

    def test_files(self, store: Store) -> None:
        """Those that are not to stay are removed, and nothing else."""
        made = [backup(store, "daily", NOW - number * DAY) for number in range(40)]
        stays = kept(file_of(store))
        assert 10 < len(stays) < 20
        assert made[0] in stays
        (Path(f"{store.path}-backups") / "notes.txt").touch()
        gone = thin(file_of(store), NOW + 400 * DAY)
        assert set(gone) == set(stays) - set(kept(file_of(store)))
        assert (Path(f"{store.path}-backups") / "notes.txt").exists()


class TestElsewhere:
    """A copy that is written where someone wants it."""

    def test_it_says_the_same(self, world: Store, tmp_path: Path) -> None:
        """And it is a book: it can be opened as one."""
        (tmp_path / "stick").mkdir()
        assert world.copy_to(tmp_path / "stick" / "netcrm.db") == world.people.count()
        assert stat.S_IMODE((tmp_path / "stick" / "netcrm.db").stat().st_mode) == 0o600
        assert [path.name for path in (tmp_path / "stick").iterdir()] == ["netcrm.db"]
        with Store(tmp_path / "stick" / "netcrm.db", frozen) as copy:
            assert dump(copy) == dump(world)

    @pytest.mark.parametrize("links", [True, False])
    def test_never_over_something(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
    ) -> None:
        """A file, a folder or a link of that name stays as it is, even one that leads nowhere."""
        if not links:  # as on a stick
            monkeypatch.setattr("os.link", _refuse)
        (tmp_path / "file").write_text("mine")
        (tmp_path / "folder").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "nowhere")
        for name in ("file", "folder", "link"):
            with pytest.raises(StoreError, match="is there already"):
                store.copy_to(tmp_path / name)
        assert (tmp_path / "file").read_text() == "mine"
        assert not (tmp_path / "nowhere").exists()
        store.copy_to(tmp_path / "free")
        assert backups.people_in(File(tmp_path / "free")) == 0
        assert not list(tmp_path.glob(".*"))

    def test_nowhere(self, store: Store, tmp_path: Path) -> None:
        """A folder that is not there is not made: its name may be a slip, or a disk that is not there."""
        with pytest.raises(StoreError, match="There is no folder"):
            store.copy_to(tmp_path / "stick" / "netcrm.db")


def _refuse(*_: object) -> None:
    raise PermissionError


def test_logged_entries_are_counted(store: Store) -> None:
    """A copy that lacks an entry is told from one that has it."""
    with aside(file_of(store)) as connection:
        before = backups.contents(connection)
        logged(store, added(store))
        assert backups.contents(connection) != before
    assert NOW.tzinfo is UTC
