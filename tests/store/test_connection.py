"""Opening the file: what is refused, who may read it, and what two programs at once may do."""

import contextlib
import fcntl
import json
import multiprocessing
import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlite_utils import Database

from netcrm.domain import gives, introductions, occasions, people, sparks, timeline
from netcrm.domain.query import parse
from netcrm.store import Store
from netcrm.store.backups import kept
from netcrm.store.connection import APPLICATION_ID, SCHEMA_VERSION, TABLES_SINCE
from netcrm.store.errors import StoreError
from netcrm.store.file import File
from netcrm.store.locks import LOCK_SECONDS
from netcrm.store.migrations import migrations
from tests.ciphered import library, outside, plain_only
from tests.world import TODAY, a_store, added, dump, entry, frozen, names, person, ticking

SIDES = ("", "-wal", "-shm", "-lock", "-open")
"""The endings of the files that belong to a store."""


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """A test that waits for something that never comes ends with an error."""
    signal.alarm(60)
    yield
    signal.alarm(0)


def raw(path: Path) -> contextlib.closing[sqlite3.Connection]:
    """A connection of some other program's."""
    return contextlib.closing(outside(path))


def everything_in(folder: Path) -> Mapping[str, tuple[int, int, bytes]]:
    """Each thing in a folder: its mode, when it was changed, and what is in it.

    Of a -shm only that it is there: it holds no content, and every reader notes itself in it.
    """
    return {
        str(file): (0, 0, b"")
        if file.name.endswith("-shm")
        else (
            file.lstat().st_mode,
            file.lstat().st_mtime_ns,
            file.read_bytes() if file.is_file() else b"",
        )
        for file in sorted(folder.rglob("*"))
    }


class TestANewFile:
    """A file that is not there yet."""

    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
    def test_is_private(self, tmp_path: Path, umask: int) -> None:
        """Whatever the umask, only its owner can read the file, its log, its lock and the new folders."""
        path = tmp_path / "share" / "netcrm" / "netcrm.db"
        before = os.umask(umask)
        try:
            with Store(path, frozen) as store:
                added(store)
                modes = {side: stat.S_IMODE(Path(f"{path}{side}").stat().st_mode) for side in SIDES}
        finally:
            os.umask(before)
        assert modes == dict.fromkeys(SIDES, 0o600)
        assert [stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:2]] == [0o700, 0o700]

    def test_leaves_an_existing_folder_alone(self, tmp_path: Path) -> None:
        """Somebody's own folder keeps its mode: ``--db /tmp/x.db`` must not shut ``/tmp``."""
        tmp_path.chmod(0o755)
        a_store(tmp_path).close()
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755

    def test_an_empty_file_is_new(self, tmp_path: Path) -> None:
        """What ``mktemp`` makes is taken for a new file, and made private."""
        path = tmp_path / "netcrm.db"
        path.touch(0o644)
        with a_store(tmp_path) as store:
            added(store)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_stopped_half_way(self, tmp_path: Path) -> None:
        """A file without tables, left by a program that was stopped early, is made whole."""
        with raw(tmp_path / "netcrm.db") as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        with a_store(tmp_path) as store:
            assert store.people.count() == 0

    def test_is_netcrms(self, tmp_path: Path) -> None:
        """The file says whose it is and how far its schema has come."""
        a_store(tmp_path).close()
        with raw(tmp_path / "netcrm.db") as connection:
            assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
            assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)

    def test_strange_names(self, tmp_path: Path) -> None:
        """A path may hold what means something in an address."""
        path = tmp_path / "50 % off?#1&mode=ro" / "netz é.db"
        for _ in range(2):
            with Store(path, frozen) as store:
                added(store)
        assert sorted(file.name for file in path.parent.iterdir()) == [
            "netz é.db",
            "netz é.db-lock",
            "netz é.db-open",
        ]


class TestAnOldFile:
    """A file that is there already."""

    def test_is_made_private_again(self, tmp_path: Path) -> None:
        """A file that was copied back, open to all, is taken from everybody else."""
        a_store(tmp_path).close()
        (tmp_path / "netcrm.db").chmod(0o644)
        with a_store(tmp_path) as store:
            added(store)
            for side in SIDES:
                assert stat.S_IMODE(Path(f"{store.path}{side}").stat().st_mode) == 0o600

    def test_through_a_link(self, tmp_path: Path) -> None:
        """A link is followed, and both names share one lock: it lies beside the real file."""
        (tmp_path / "real").mkdir()
        (tmp_path / "links").mkdir()
        a_store(tmp_path / "real").close()
        (tmp_path / "links" / "netcrm.db").symlink_to(tmp_path / "real" / "netcrm.db")
        with a_store(tmp_path / "links") as linked, a_store(tmp_path / "real") as direct:
            added(linked, "Amara")
            assert names(direct, direct.people.ids()) == ["Amara"]
            assert [file.name for file in (tmp_path / "links").iterdir()] == ["netcrm.db"]

    def test_while_it_is_new_elsewhere(self, tmp_path: Path) -> None:
        """A file that another window has just made opens, though all it says is in the log as yet."""
        with a_store(tmp_path) as first, a_store(tmp_path) as second:
            added(first, "Amara")
            assert names(second, second.people.ids()) == ["Amara"]

    def test_after_a_kill(self, tmp_path: Path) -> None:
        """What was acknowledged before a kill is there; so is what is derived from it."""
        script = (
            "import os, sys, pathlib\n"
            "from tests.world import a_store, added\n"
            "added(a_store(pathlib.Path(sys.argv[1])), 'Amara Okafor')\n"
            "os.kill(os.getpid(), 9)\n"
        )
        ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
        assert ended.returncode == -9
        with a_store(tmp_path) as store:
            assert names(store, store.people.ids()) == ["Amara Okafor"]

    @plain_only
    def test_a_damaged_page(self, tmp_path: Path) -> None:
        """What can't be read in a file that could be opened ended as an error that nobody had expected."""
        with a_store(tmp_path) as store:
            added(store)
        with raw(tmp_path / "netcrm.db") as connection:
            (page,) = connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE name = 'people'"
            ).fetchone()
            (size,) = connection.execute("PRAGMA page_size").fetchone()
        with (tmp_path / "netcrm.db").open("r+b") as file:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)
        with pytest.raises(StoreError, match="is damaged"), a_store(tmp_path) as store:
            store.people.get(1)

    def test_in_another_journal_mode(self, tmp_path: Path) -> None:
        """A file made by ``VACUUM INTO`` has no log ahead; it gets one."""
        a_store(tmp_path).close()
        with raw(tmp_path / "netcrm.db") as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        with a_store(tmp_path) as store:
            assert _pragma(store, "journal_mode") == "wal"

    def test_opening_changes_nothing(self, tmp_path: Path) -> None:
        """Opening and closing an up-to-date file leaves every byte of it."""
        a_store(tmp_path).close()
        before = (tmp_path / "netcrm.db").read_bytes()
        a_store(tmp_path).close()
        assert (tmp_path / "netcrm.db").read_bytes() == before

    @plain_only
    def test_a_second_opening_keeps_the_locks(self, tmp_path: Path) -> None:
        """Opening the file again in one process drops no lock that the first connection holds.

        Without them another program takes itself for the last to close, and removes the log in use.
        """
        taking_over = (
            "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())"
        )
        with a_store(tmp_path) as store:
            added(store)
            a_store(tmp_path).close()
            ended = subprocess.run(
                [sys.executable, "-c", taking_over, str(store.path), "PRAGMA journal_mode = DELETE"],
                check=False,
                capture_output=True,
                text=True,
            )
        assert "database is locked" in ended.stderr


class TestRefused:
    """Whatever is no netcrm file is refused in one sentence and stays byte for byte as it was."""

    def refused(self, path: Path, why: str) -> None:
        """Opening a path fails with a sentence, and leaves the folder as it was."""
        before = everything_in(path.parent)
        with pytest.raises(StoreError, match=why) as caught:
            Store(path, frozen)
        assert re.fullmatch(r"[^\n]+ [^\n]+\.", str(caught.value))
        assert str(path) in str(caught.value)
        assert everything_in(path.parent) == before

    @pytest.mark.parametrize(
        "content",
        [
            b"hello",
            b"\x00" * 4096,
            b"SQLite format 3\x00",
            b"SQLite format 3\x00" + b"\xff" * 200,
            b"x" * 5000,
        ],
        ids=["text", "zeros", "a header's beginning", "a broken header", "more text"],
    )
    def test_no_database(self, tmp_path: Path, content: bytes) -> None:
        """A file of some other kind, or a damaged one."""
        path = tmp_path / "notes.txt"
        path.write_bytes(content)
        self.refused(path, "is not a netcrm file")

    @pytest.mark.parametrize("mode", ["DELETE", "WAL"])
    @pytest.mark.parametrize("application", [0, 0x12345678])
    def test_another_programs_database(self, tmp_path: Path, mode: str, application: int) -> None:
        """A browser's history, say."""
        path = tmp_path / "places.sqlite"
        with raw(path) as connection:
            connection.execute(f"PRAGMA journal_mode = {mode}")
            connection.execute(f"PRAGMA application_id = {application}")
            connection.execute("CREATE TABLE places (url)")
        self.refused(path, "belongs to another program")

    def test_another_programs_database_in_use(self, tmp_path: Path) -> None:
        """The other program is running, and what it wrote is still in its log."""
        path = tmp_path / "places.sqlite"
        with raw(path) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE places (url)")
            self.refused(path, "belongs to another program")

    def test_a_newer_netcrm(self, tmp_path: Path) -> None:
        """A file that knows more than this program would lose it."""
        a_store(tmp_path).close()
        path = tmp_path / "netcrm.db"
        with raw(path) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        (tmp_path / "netcrm.db-lock").unlink()
        self.refused(path, "written by a newer netcrm")

    def test_a_newer_netcrm_is_running(self, tmp_path: Path) -> None:
        """The newer version stands only in the log as yet."""
        with a_store(tmp_path) as store, raw(store.path) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
            with pytest.raises(StoreError, match="written by a newer netcrm"):
                a_store(tmp_path)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder is no file."""
        (tmp_path / "netcrm.db").mkdir()
        self.refused(tmp_path / "netcrm.db", "is not a file")

    def test_a_pipe(self, tmp_path: Path) -> None:
        """A pipe that nobody writes to is not waited for."""
        os.mkfifo(tmp_path / "pipe")
        self.refused(tmp_path / "pipe", "is not a file")

    def test_a_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor is a socket listened to."""
        monkeypatch.chdir(tmp_path)
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as listening:
            listening.bind("socket")
            self.refused(tmp_path / "socket", "is not a file")

    def test_a_link_to_something_else(self, tmp_path: Path) -> None:
        """What a link leads to is looked at, not the link."""
        (tmp_path / "notes.txt").write_text("hello")
        (tmp_path / "netcrm.db").symlink_to(tmp_path / "notes.txt")
        with pytest.raises(StoreError, match="is not a netcrm file"):
            a_store(tmp_path)
        assert (tmp_path / "notes.txt").read_text() == "hello"

    def test_links_in_a_circle(self, tmp_path: Path) -> None:
        """A link that leads to itself leads nowhere."""
        (tmp_path / "netcrm.db").symlink_to(tmp_path / "netcrm.db")
        with pytest.raises(StoreError, match="can't be read"):
            a_store(tmp_path)

    def test_below_a_file(self, tmp_path: Path) -> None:
        """A file has nothing below it."""
        (tmp_path / "notes.txt").write_text("hello")
        with pytest.raises(StoreError, match=r"can't be (read|made): not a directory\."):
            Store(tmp_path / "notes.txt" / "netcrm.db", frozen)

    def test_where_nothing_may_be_written(self) -> None:
        """A folder that is not ours: the sentence says so, and nothing hangs."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            folder.chmod(0o555)
            with as_nobody(), pytest.raises(StoreError, match=r"can't be made: permission denied\."):
                a_store(folder)

    @plain_only
    def test_where_nothing_may_be_read(self) -> None:
        """Somebody else's file."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            folder.chmod(0o755)
            a_store(folder).close()
            (folder / "netcrm.db").chmod(0o000)
            with as_nobody(), pytest.raises(StoreError, match=r"can't be read\. Check"):
                a_store(folder)

    def test_a_file_in_a_folder_that_may_not_be_written(self) -> None:
        """A file that can be read but not changed, such as one on a stick, is read; an act says why not."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            a_store(folder).close()
            (folder / "netcrm.db").chmod(0o444)
            (folder / "netcrm.db-lock").unlink()
            folder.chmod(0o555)
            before = everything_in(folder)
            with as_nobody(), a_store(folder) as store:
                assert store.people.count() == 0
                with pytest.raises(StoreError, match="can't be written"):
                    added(store)
            assert everything_in(folder) == before

    @plain_only
    def test_of_the_third_version(self) -> None:
        """So is one whose tables are those of today, though it can't be brought up to date."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with a_store(folder) as store:
                added(store, "Hank Morrow")
            back_to_the_third(folder / "netcrm.db")
            (folder / "netcrm.db").chmod(0o444)
            (folder / "netcrm.db-lock").unlink()
            folder.chmod(0o555)
            before = everything_in(folder)
            with as_nobody(), a_store(folder) as store:
                assert names(store, store.search.people(parse("m"), 5)) == ["Hank Morrow"]
            assert everything_in(folder) == before


def back_to_the_third(path: Path) -> None:
    """Make of a file what version 3 would have left."""
    with contextlib.closing(outside(path)) as third:
        third.execute("DROP INDEX person_words_letter")
        third.execute("DELETE FROM _sqlite_migrations WHERE name = 'm004_quick'")
        third.execute("PRAGMA user_version = 3")


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Act as a user whom the file system keeps out, where the tests are run by one whom it does not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


class TestTheConnection:
    """What the rest of the store counts on."""

    def test_pragmas(self, store: Store) -> None:
        """Nothing acknowledged is lost with the power, references hold, and others are waited for."""
        assert _pragma(store, "journal_mode") == "wal"
        assert _pragma(store, "synchronous") == 2
        assert _pragma(store, "foreign_keys") == 1
        assert _pragma(store, "secure_delete") == 1
        assert _pragma(store, "busy_timeout") == LOCK_SECONDS * 1000

    def test_version_tells_of_others(self, store: Store, tmp_path: Path) -> None:
        """The version stays the same under one's own writes, and changes with those of others."""
        before = store.version()
        added(store)
        assert store.version() == before
        with a_store(tmp_path) as other:
            added(other)
        assert store.version() != before


class TestTheSchema:
    """What the tables are."""

    def test_tables(self, store: Store) -> None:
        """These and no others: a mistyped name given to sqlite-utils would make one."""
        store.imports.bring_in([], "nothing")
        found = {
            name
            for (name,) in store._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        shadow = re.compile(r"_(fts|matter)_(data|idx|content|docsize|config)$")
        shadows = set(filter(shadow.search, found))
        assert found - shadows == {*RECORDS, *BESIDE}

    def test_all_are_strict(self, store: Store) -> None:
        """No column takes a value of another type; sqlite-utils' own table of migrations is not ours."""
        lax = {
            name
            for _, name, kind, _, _, strict in store._connection.execute("PRAGMA main.table_list")
            if kind == "table" and not strict and not name.startswith("sqlite_")
        }
        assert lax == {"_sqlite_migrations"}

    def test_every_record_can_be_synced(self, store: Store) -> None:
        """Each record bears a UUID of its own, and when it was made and changed."""
        for table in RECORDS:
            columns = {
                row[1]: (row[2], row[3]) for row in store._connection.execute(f"PRAGMA table_info({table})")
            }
            assert columns["id"][0] == "INTEGER", table
            assert [columns[name] for name in ("uuid", "created", "updated")] == [("TEXT", 1)] * 3, table

    def test_closed_sets(self, store: Store) -> None:
        """Every set of values that a column is held to is the domain's, value for value."""
        found = {}
        for table, sql in store._connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ):
            for column, values in re.findall(r"CHECK \((\w+) IN \(([^)]*)\)\)", sql):
                if "'" in values:
                    found[table, column] = tuple(re.findall(r"'([^']*)'", values))
        assert found == CLOSED_SETS

    def test_version_counts_the_migrations(self, store: Store) -> None:
        """The number in the file's header is how many migrations there are."""
        from sqlite_utils import Database

        assert [*migrations.applied(Database(store._connection))]
        assert len(migrations.applied(Database(store._connection))) == SCHEMA_VERSION
        assert not migrations.pending(Database(store._connection))

    def test_the_tables_since(self, store: Store) -> None:
        """What was added after that version are indexes alone."""
        known = sorted(one.name for one in migrations.applied(Database(store._connection)))
        database = Database(memory=True)
        migrations.apply(database, stop_before=known[TABLES_SINCE])
        tables = "SELECT name, sql FROM sqlite_master WHERE type != 'index' ORDER BY name"
        assert database.execute(tables).fetchall() == store._connection.execute(tables).fetchall()

    @pytest.mark.parametrize(
        "ask",
        [
            lambda store: store.sparks.given_to(1, "https://kestrel.example"),
            lambda store: store.sparks.rank(
                sparks.SparkDraft(kind="opening", title="maps", link="https://kestrel.example"), TODAY
            ),
            lambda store: store.gives.not_for(link="https://kestrel.example"),
            lambda store: store.gives.dropped(),
        ],
        ids=["given_to", "rank", "not_for", "dropped"],
    )
    def test_what_was_given_is_found_by_indexes(self, store: Store, ask: Callable[[Store], object]) -> None:
        """However much was given: to whom something went, or was not for, is found without reading all."""
        asked: list[str] = []
        store._connection.set_trace_callback(asked.append)
        ask(store)
        store._connection.set_trace_callback(None)
        mine = [query for query in asked if "FROM gives" in query and "landed IS NOT NULL" not in query]
        assert mine
        for query in mine:
            plan = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
            read = {step for step in plan if "gives" in step}
            assert read
            assert read <= {
                "SEARCH gives USING INDEX gives_spark (spark_id=?)",
                "SEARCH gives USING INDEX gives_link (link=?)",
                "SCAN gives USING INDEX gives_dropped",
            }, plan

    def test_every_reference_has_an_index(self, store: Store) -> None:
        """What is taken out is looked for wherever it could be referred to, without reading whole tables."""
        for table in RECORDS:
            for _, _, parent, column, *_ in store._connection.execute(f"PRAGMA foreign_key_list({table})"):
                (plan,) = store._connection.execute(
                    f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = ?", (1,)
                ).fetchall()
                assert plan[3].startswith("SEARCH"), f"{table}.{column} of {parent}"


RECORDS = (
    "people",
    "contact_points",
    "tags",
    "person_tags",
    "relations",
    "occasions",
    "wants",
    "offers",
    "further_fields",
    "imported_records",
    "groups",
    "group_members",
    "group_questions",
    "positions",
    "interactions",
    "interaction_people",
    "interaction_tags",
    "sparks",
    "gives",
    "introductions",
    "settings",
    "sabbaticals",
)
"""The tables of records."""

BESIDE = (
    "acts",
    "act_rows",
    "person_facts",
    "person_words",
    "people_fts",
    "timeline_fts",
    "people_matter",
    "matter_vocab",
    "suggested",
    "sqlite_sequence",
    "_sqlite_migrations",
)
"""The history, what is derived, and what SQLite and sqlite-utils keep for themselves."""

CLOSED_SETS = {
    ("contact_points", "kind"): people.POINT_KINDS,
    ("occasions", "kind"): occasions.OCCASION_KINDS,
    ("interactions", "kind"): timeline.KINDS,
    ("interactions", "answer"): timeline.ANSWERS,
    ("sparks", "kind"): sparks.SPARK_KINDS,
    ("gives", "kind"): gives.KINDS,
    ("gives", "effort"): tuple(gives.EFFORTS),
    ("gives", "source"): gives.SOURCES,
    ("gives", "state"): gives.STATES,
    ("gives", "landed"): gives.LANDED,
    ("introductions", "state"): introductions.INTRODUCTION_STATES,
    ("act_rows", "change"): ("insert", "update", "delete"),
}


class TestTwoPrograms:
    """The app, a script and another window use one file at once."""

    def test_a_held_lock(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A writer that waits too long says so, and nothing is half done; then it goes on."""
        monkeypatch.setattr("netcrm.store.locks.LOCK_SECONDS", 0.05)
        with a_store(tmp_path) as store:
            with (tmp_path / "netcrm.db-lock").open("rb") as held:
                fcntl.flock(held, fcntl.LOCK_EX)
                with pytest.raises(StoreError, match=r"Another program is writing to .* try again"):
                    added(store, "Amara")
                with pytest.raises(StoreError, match="Another program"):
                    store.history.undo()
            assert not store.history.acts()
            added(store, "Bela")
            assert names(store, store.people.ids()) == ["Bela"]

    def test_a_writer_without_manners(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A program that takes SQLite's own lock only is waited for too, and named in the same words."""
        monkeypatch.setattr("netcrm.store.file.LOCK_SECONDS", 0.05)
        with a_store(tmp_path) as store, raw(store.path) as connection:
            connection.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="Another program is writing to"):
                added(store)

    def test_an_act_is_the_only_writer_from_its_beginning(self, store: Store) -> None:
        """What an act has read can't be changed before it writes, even by a program without manners."""
        with store._writer.act("something"), raw(store.path) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(library().OperationalError, match="locked"):
                connection.execute("BEGIN IMMEDIATE")

    def test_closing_never_fails(self, tmp_path: Path) -> None:
        """Quitting while another program writes quits: it waited for as long as an act does."""
        store = a_store(tmp_path)
        with (tmp_path / "netcrm.db-lock").open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            began = time.monotonic()
            store.close()
            assert time.monotonic() - began < LOCK_SECONDS / 2
        with pytest.raises(library().ProgrammingError):
            store.people.count()

    def test_reading_while_another_writes(self, store: Store, tmp_path: Path) -> None:
        """A reader waits for nobody, and sees what stood before."""
        with a_store(tmp_path) as other, other._writer.act("never") as act:
            act.insert("tags", {"name": "x", "folded": "x"})
            assert store.people.count() == 0

    def test_both_make_the_file(self, tmp_path: Path) -> None:
        """Two programs that start at the same moment make one file, and both can use it."""
        tries = 12
        with two_programs() as (pool, barrier):
            opened = [
                pool.submit(open_new_files, barrier, tmp_path, tries, name) for name in ("Amara", "Bela")
            ]
            assert [future.result(50) for future in opened] == [tries, tries]
        for number in range(tries):
            with a_store(tmp_path / str(number)) as store:
                assert names(store, store.people.ids()) == ["Amara", "Bela"]

    def test_both_write(self, tmp_path: Path) -> None:
        """Two programs that log a hundred entries each at the same time lose none, and all can be undone."""
        with a_store(tmp_path) as store:
            amara = added(store, "Amara")
            with two_programs() as (pool, barrier):
                logs = [pool.submit(log_many, barrier, tmp_path, amara, 100, name) for name in ("one", "two")]
                assert [future.result(50) for future in logs] == [100, 100]
            assert store.timeline.count() == 200
            texts = {found.text for found in store.timeline.of(amara, limit=300)}
            assert texts == {f"{name} {number}" for name in ("one", "two") for number in range(100)}
        with a_store(tmp_path) as store:
            for _ in range(200):
                assert store.history.undo()
            assert store.timeline.count() == 0


@contextlib.contextmanager
def two_programs() -> Iterator[tuple[ProcessPoolExecutor, Barrier]]:
    """Two processes that share nothing but the file, and a line from which they start together."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(2, mp_context=context) as pool:
        yield pool, manager.Barrier(2)  # type: ignore[misc]  # a proxy of the same methods


def open_new_files(barrier: Barrier, folder: Path, tries: int, name: str) -> int:
    """Open one new file after another, each at the same moment as the other process, and add a person."""
    for number in range(tries):
        barrier.wait(30)
        with a_store(folder / str(number)) as store:
            added(store, person(name))
    return tries


def log_many(barrier: Barrier, folder: Path, person_id: int, count: int, name: str) -> int:
    """Log entries one by one."""
    with a_store(folder) as store:
        barrier.wait(30)
        return sum(
            len(store.timeline.log(entry(person_id, text=f"{name} {number}")).interactions)
            for number in range(count)
        )


def _pragma(store: Store, name: str) -> object:
    return store._connection.execute(f"PRAGMA {name}").fetchone()[0]


class TestBringingUpToDate:
    """A file of an older version."""

    @pytest.fixture
    def old(self, tmp_path: Path) -> Path:
        """A file as version 1 left it, with someone in it."""
        path = tmp_path / "old.db"
        database = Database(path)
        migrations.apply(database, stop_before="m002_giving")
        database.execute(
            "INSERT INTO people (uuid, created, updated, name, cadence)"
            " VALUES ('1', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'Hank Morrow', 30)"
        )
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("PRAGMA user_version = 1")
        database.conn.commit()
        database.close()
        return path

    def test_it_is_all_there(self, old: Path) -> None:
        """Who was in it is, and can be found by what is derived."""
        with Store(old, ticking()) as store:
            assert [store.people.name(key) for key in store.people.ids()] == ["Hank Morrow"]
            assert list(store.search.people(parse("hank"))) == [1]

    def test_a_copy_is_kept(self, old: Path) -> None:
        """Among its backups, as it was, and for nobody else to read; once."""
        for _ in range(2):
            Store(old, ticking()).close()
        (copy,) = kept(File(old))
        assert copy.why == "migration"
        assert stat.S_IMODE(copy.file.path.stat().st_mode) == 0o600
        with contextlib.closing(sqlite3.connect(copy.file.path)) as held:
            assert held.execute("PRAGMA user_version").fetchone() == (1,)
            assert held.execute("SELECT name FROM people").fetchall() == [("Hank Morrow",)]

    def test_no_older_copy_is_overwritten(self, old: Path) -> None:
        """A file that was put back is brought up to date again, and kept again."""
        before = old.read_bytes()
        Store(old, frozen).close()
        (first,) = kept(File(old))
        held = first.file.path.read_bytes()
        old.write_bytes(before)
        Store(old, frozen).close()
        assert len(kept(File(old))) == 2
        assert first.file.path.read_bytes() == held

    def test_without_a_copy_it_stays_as_it_was(self, old: Path) -> None:
        """Where none can be kept, as when a file lies where the folder would, nothing is changed."""
        Path(f"{old}-backups").write_text("mine")
        with pytest.raises(StoreError, match="no copy of it could be kept before that"):
            Store(old, frozen)
        assert Path(f"{old}-backups").read_text() == "mine"
        with contextlib.closing(sqlite3.connect(old)) as held:
            assert held.execute("PRAGMA user_version").fetchone() == (1,)
            assert held.execute("SELECT name FROM people").fetchall() == [("Hank Morrow",)]

    def test_a_new_file_has_none(self, tmp_path: Path) -> None:
        """There is nothing to keep of it."""
        Store(tmp_path / "new.db", ticking()).close()
        assert not kept(File(tmp_path / "new.db"))

    @pytest.fixture
    def second(self, tmp_path: Path) -> Path:
        """A file as version 2 left it: a give was queued and dropped, another one queued and taken out."""
        path = tmp_path / "second.db"
        database = Database(path)
        migrations.apply(database, stop_before="m003_involved")
        at = [f"2026-01-01T00:00:0{second}.000+00:00" for second in range(4)]
        database.execute(
            "INSERT INTO people (uuid, created, updated, name) VALUES ('1', ?, ?, 'Hank Morrow')",
            (at[0], at[0]),
        )
        give = {"person_id": 1, "kind": "help", "words": "Lend the tent", "state": "dropped"}
        give |= {"id": 1, "uuid": "2", "created": at[1], "updated": at[2], "dropped_on": "2026-01-01"}
        database.table("gives").insert(give)
        gone = {**give, "id": 2, "uuid": "3", "state": "queued", "dropped_on": None, "updated": at[1]}
        dropped = [
            {name: image[name] for name in ("state", "dropped_on", "updated")} for image in (gone, give)
        ]
        for act, (change, first, last, *images) in enumerate(
            [("insert", 1, 2, None, None), ("update", 1, 1, *dropped), ("delete", 2, 2, gone, None)], start=1
        ):
            database.table("acts").insert({"id": act, "at": at[min(act, 2)], "label": change, "session": "s"})
            said = [json.dumps(image) if image else None for image in images]
            row = {"act_id": act, "change": change, "tbl": "gives", "first_id": first, "last_id": last}
            database.table("act_rows").insert({**row, "before": said[0], "after": said[1]})
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("PRAGMA user_version = 2")
        database.conn.commit()
        database.close()
        return path

    def test_what_was_done_before_can_be_taken_back(self, second: Path) -> None:
        """Gives stand in a table made anew; acts on them are undone, and done again, all the same."""
        with Store(second, ticking()) as store:
            assert [copy.why for copy in kept(File(second))] == ["migration"]
            stages = [dump(store)]
            for waiting in ([2], [1, 2], []):
                store.history.undo()
                assert [give.id for give in store.gives.queue(TODAY)] == waiting
                stages.append(dump(store))
            for stage in reversed(stages[:-1]):
                store.history.redo()
                assert dump(store) == stage
            assert not store._connection.execute("PRAGMA foreign_key_check").fetchall()
            assert _pragma(store, "integrity_check") == "ok"

    def test_only_an_index_is_added_to_the_third(self, tmp_path: Path) -> None:
        """What is derived is not made again for it, which would take a large file a while."""
        path = tmp_path / "third.db"
        with Store(path, ticking()) as store:
            added(store, "Hank Morrow")
        back_to_the_third(path)
        with contextlib.closing(outside(path)) as third, third:
            third.execute("UPDATE person_facts SET gave = 7")
        with Store(path, ticking()) as store:
            assert [copy.why for copy in kept(File(path))] == ["migration"]
            assert _pragma(store, "user_version") == SCHEMA_VERSION
            indexes = {name for _, name, *_ in store._connection.execute("PRAGMA index_list(person_words)")}
            assert "person_words_letter" in indexes
            assert store._connection.execute("SELECT gave FROM person_facts").fetchall() == [(7,)]
            assert [store.people.name(key) for key in store.search.people(parse("m"), 5)] == ["Hank Morrow"]
