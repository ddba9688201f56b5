"""Files that can't be used: each one sentence that says what to do, exit code 1, and nothing changed.

Everything goes through the real command line, in a process of its own, and where it is about what someone may
do as somebody whom the file system keeps out.
"""

import contextlib
import fcntl
import functools
import importlib
import os
import pkgutil
import random
import re
import resource
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import netcrm
from netcrm.cli import program
from netcrm.store import Store
from netcrm.store.backups import kept
from netcrm.store.connection import APPLICATION_ID, SCHEMA_VERSION
from netcrm.store.file import File
from tests.benchmarks.bench_store import write_book
from tests.cli.test_app import Opener
from tests.cli.test_app import terminal as terminal
from tests.store.test_backups import backup, damage
from tests.store.test_salvaging import leaves, tear
from tests.world import a_store, added, frozen

NOBODY = 65534
SECRET = "Xanthippe"
"""A private word that stands in every book here, and may stand in no sentence."""


@dataclass(frozen=True)
class Said:
    """How a command ended.

    Attributes:
        code: Its exit code.
        out: What it printed.
        err: What it said on stderr.
    """

    code: int
    out: str
    err: str

    def refused(self, path: Path | str = "") -> str:
        """It ended in one sentence that names the file and says what to do; nothing private in it."""
        assert self.code == 1, (self.out, self.err)
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert re.fullmatch(r"\S.* .*[.]", line), line
        assert str(path) in line
        assert "Traceback" not in line and SECRET not in line
        return line


def run(*args: str | Path, prepare: Callable[[], object] = lambda: None) -> Said:
    """Run the program in a process of its own: this one forked, which takes a tenth of starting anew.

    Args:
        args: What one would type.
        prepare: Called in that process before anything else.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        _load()
        child = os.fork()
        if not child:
            code = 99
            try:
                prepare()
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
                code = program.run([str(arg) for arg in args])
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
        return Said(os.waitstatus_to_exitcode(status), *texts)


def run_as_nobody(*args: str | Path) -> Said:
    """Run the program as somebody whom the file system keeps out, where the tests are run by root."""
    return run(*args, prepare=_become_nobody)


def _become_nobody() -> None:
    os.environ["XDG_CONFIG_HOME"] = "/nonexistent"
    if not os.geteuid():
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


@functools.cache
def _load() -> None:
    """Load all that a command may need: Python itself may lie where nobody can read it."""
    for module in pkgutil.walk_packages(netcrm.__path__, "netcrm."):
        if not module.name.startswith(("netcrm.ui", "netcrm.__main__")):
            importlib.import_module(module.name)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anybody may go through, of whom the commands are run by."""
    with tempfile.TemporaryDirectory(prefix="netcrm-test-") as name:
        yield Path(name)


@pytest.fixture
def book(folder: Path) -> Path:
    """A book with someone in it and a backup, closed, of whom the commands are run by."""
    with a_store(folder) as store:
        added(store, SECRET)
        backup(store)
    return folder / "netcrm.db"


def given(folder: Path) -> None:
    """Give a folder and all in it to nobody."""
    if not os.geteuid():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def held(folder: Path) -> Mapping[str, object]:
    """Each thing in a folder, byte for byte, with its mode; locks aside, which hold nothing."""
    return {
        str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
        if not path.name.endswith(("-lock", "-open", "-shm"))
        and not (path.name.endswith("-wal") and not path.stat().st_size)
    }


@contextlib.contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Nothing in a folder changes meanwhile."""
    before = held(folder)
    yield
    after = held(folder)
    assert after.keys() == before.keys()
    assert after == before


READING = ("find", "today", "show Xanthippe", "restore", "backup --list")
"""Commands that only read."""

WRITING = ("add Hank", "log 'coffee with Hank'", "undo", "backup", "give Hank lend the tent")
"""Commands that write, into the book or beside it."""

COMMANDS = (*READING[:3], *WRITING)


def corrupt(how: str) -> Callable[[Path], object]:
    """What damages a file in some way."""

    def zero(path: Path) -> None:
        path.write_bytes(bytes(path.stat().st_size))

    def begin(bytes_: bytes) -> Callable[[Path], object]:
        return lambda path: path.write_bytes(bytes_ + path.read_bytes()[len(bytes_) :])

    def trash(path: Path) -> None:
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * (size - 4096))

    return {
        "zeroed": zero,
        "its pages trashed": trash,
        "cut off": lambda path: os.truncate(path, path.stat().st_size // 2),
        "empty": lambda path: os.truncate(path, 0),
        "its header trashed": lambda path: damage(path, 1),
        "its header noise": begin(random.Random(7).randbytes(100)),
        "its header zeros": begin(bytes(100)),
        "a letter wrong": begin(b"SQLite formal 3"),
        "its first page noise": begin(random.Random(8).randbytes(4096)),
    }[how]


DAMAGES = (
    "zeroed",
    "its pages trashed",
    "cut off",
    "empty",
    "its header trashed",
    "its header noise",
    "its header zeros",
    "a letter wrong",
    "its first page noise",
)


class TestDamaged:
    """A book that is not whole: the sentence names the newest whole backup and the command for it."""

    @pytest.mark.parametrize("how", DAMAGES)
    def test_commands(self, book: Path, how: str) -> None:
        """Reading and writing ones."""
        corrupt(how)(book)
        with unchanged(book.parent):
            for command in ("find", "add Hank"):
                said = run("--db", book, *shlex.split(command)).refused(book)
                (newest,) = kept(File(book))
                assert f"netcrm --db {book} restore {newest.name} puts it back." in said
                assert "with 1 people" not in said

    @pytest.mark.parametrize("how", DAMAGES)
    def test_the_app(self, book: Path, terminal: Opener, how: str) -> None:
        """The same sentence, when the terminal is there again."""
        corrupt(how)(book)
        opened = terminal("--db", str(book))
        assert opened.code() == 1
        said = re.sub(r"\s+", " ", opened.out.decode().rpartition("\x1b")[2])
        assert "restore" in said and "puts it back." in said
        assert "Traceback" not in said and SECRET not in said

    @pytest.mark.parametrize("how", DAMAGES)
    def test_what_the_sentence_says_works(self, book: Path, how: str) -> None:
        """The command that it names brings everything back."""
        corrupt(how)(book)
        said = run("--db", book, "find").refused()
        command = re.search(r"netcrm (--db \S+ restore \S+) puts", said)
        assert command
        assert run(*command[1].split()).code == 0
        assert run("--db", book, "find").out.startswith(SECRET)

    def test_what_a_repair_could_not_read(self, folder: Path) -> None:
        """It is no all-clear: what is lost is counted, and what has it is named."""
        with a_store(folder) as store:
            write_book(store, 200)
            (newest,) = [backup(store)]
        book = folder / "netcrm.db"
        tear(File(book), *leaves(File(book), "people"))
        said = run("--db", book, "check", "--repair")
        assert said.code == 1
        (line,) = [line for line in said.out.splitlines() if "Could not be read, and is lost here: " in line]
        assert re.search(r"\d+ people, \d+ gives", line)
        assert f"netcrm --db {book} restore {newest.name} puts it back." in line
        assert run("--db", book, "check").code == 0

    def test_without_a_backup(self, book: Path) -> None:
        """It says what else there is to try."""
        shutil.rmtree(f"{book}-backups")
        corrupt("cut off")(book)
        assert "netcrm check" in run("--db", book, "find").refused(book)

    def test_the_newest_backup_is_damaged(self, book: Path) -> None:
        """One that is not whole is not offered."""
        with Store(book, frozen) as store:
            later = backup(store)
        corrupt("cut off")(book)
        corrupt("cut off")(later.file.path)
        said = run("--db", book, "find").refused(book)
        assert later.name not in said and "puts it back" in said


class TestOfAnotherKind:
    """What is no book of this netcrm's."""

    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_newer_version(self, book: Path, command: str) -> None:
        """It knows more than this program."""
        with contextlib.closing(sqlite3.connect(book)) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        with unchanged(book.parent):
            said = run("--db", book, *shlex.split(command)).refused(book)
        assert "Install that version" in said

    @pytest.mark.parametrize("command", COMMANDS)
    def test_no_database(self, folder: Path, command: str) -> None:
        """A text."""
        (folder / "notes.txt").write_text(SECRET)
        with unchanged(folder):
            said = run("--db", folder / "notes.txt", *shlex.split(command)).refused(folder / "notes.txt")
        assert "--db" in said

    @pytest.mark.parametrize("command", [*COMMANDS, "check", "restore latest"])
    @pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device"])
    def test_no_file(self, folder: Path, kind: str, command: str) -> None:
        """A folder, a pipe that nobody writes to, a socket, a device."""
        path = folder / "thing"
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "socket":
            with contextlib.closing(socket.socket(socket.AF_UNIX)) as listening:
                listening.bind(str(path))
        else:
            path = Path("/dev/zero")
        if command == "restore latest":
            said = run("--db", path, *shlex.split(command))
            assert (said.code, len(said.err.splitlines())) == (1, 1)
            return
        with unchanged(folder):
            assert "is not a file" in run("--db", path, *shlex.split(command)).refused(path)

    @pytest.mark.parametrize("kind", ["folder", "pipe", "text", "newer", "nowhere"])
    def test_the_app(self, book: Path, terminal: Opener, kind: str) -> None:
        """It is said before anything is drawn."""
        path = book.with_name("thing")
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "text":
            path.write_text(SECRET)
        elif kind == "newer":
            path = book
            with contextlib.closing(sqlite3.connect(book)) as connection:
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        else:
            path.symlink_to(book.with_name("unmounted"))
        with unchanged(book.parent):
            opened = terminal("--db", str(path))
            assert opened.code() == 1
        assert b"\x1b" not in opened.out
        assert len(opened.out.splitlines()) == 1
        assert SECRET.encode() not in opened.out

    def test_another_programs(self, folder: Path) -> None:
        """A browser's history."""
        with contextlib.closing(sqlite3.connect(folder / "places.db")) as connection:
            connection.execute("CREATE TABLE places (url)")
        (folder / "places.db").chmod(0o600)
        for command in (*COMMANDS, "check"):
            with unchanged(folder):
                said = run("--db", folder / "places.db", *shlex.split(command))
            if command != "check":
                said.refused(folder / "places.db")
            assert said.code == 1

    def test_not_there(self, folder: Path) -> None:
        """Reading makes no file; where there are backups they are offered."""
        for command in (*READING[:3], "undo", "backup", "check"):
            with unchanged(folder):
                run("--db", folder / "netcrm.db", *shlex.split(command)).refused(folder / "netcrm.db")

    def test_lost(self, book: Path) -> None:
        """A book that is gone, though its backups are there."""
        book.unlink()
        assert "puts it back" in run("--db", book, "find").refused(book)


class TestLinks:
    """A link is followed to what it leads to."""

    def test_to_a_book(self, book: Path) -> None:
        """It stays a link."""
        link = book.with_name("link.db")
        link.symlink_to(book)
        assert run("--db", link, "add", "Hank").code == 0
        assert link.is_symlink()
        assert "Hank" in run("--db", book, "find").out

    @pytest.mark.parametrize("command", [*COMMANDS, "check", "restore latest", "backup --list"])
    def test_nowhere(self, folder: Path, command: str) -> None:
        """No new book is made where a disk is not there."""
        (folder / "netcrm.db").symlink_to(folder / "unmounted" / "netcrm.db")
        with unchanged(folder):
            said = run("--db", folder / "netcrm.db", *shlex.split(command)).refused(folder / "netcrm.db")
        assert "is the disk of" in said

    def test_to_something_else(self, folder: Path) -> None:
        """What it leads to stays as it is."""
        (folder / "notes.txt").write_text(SECRET)
        (folder / "netcrm.db").symlink_to(folder / "notes.txt")
        with unchanged(folder):
            run("--db", folder / "netcrm.db", "add", "Hank").refused()


class TestPermissions:
    """What someone may do."""

    @pytest.mark.parametrize("mode", [0o400, 0o444])
    def test_a_read_only_file(self, book: Path, mode: int) -> None:
        """It can be read; what would write says why not."""
        given(book.parent)
        book.chmod(mode)
        self._reads_and_does_not_write(book)

    def test_a_read_only_folder(self, book: Path) -> None:
        """As on a disk that was mounted so."""
        for suffix in ("-lock", "-open"):
            Path(f"{book}{suffix}").unlink(missing_ok=True)
        given(book.parent)
        book.parent.chmod(0o555)
        self._reads_and_does_not_write(book)
        book.parent.chmod(0o755)

    def test_looking_at_it_in_a_read_only_folder(self, book: Path, folder: Path) -> None:
        """All is looked at; a copy can be kept elsewhere, and why not here is said in words."""
        shutil.rmtree(f"{book}-backups")
        (folder / "stick").mkdir()
        given(book.parent)
        book.parent.chmod(0o555)
        checked = run_as_nobody("--db", book, "check")
        assert "ok\tsearch" in checked.out and "ok\tlists" in checked.out
        assert "room" not in checked.out
        said = run_as_nobody("--db", book, "backup").refused()
        assert "No copy could be kept" in said and "SQLITE" not in said
        assert run_as_nobody("--db", book, "backup", folder / "stick" / "copy.db").code == 0
        book.parent.chmod(0o755)

    def test_looking_at_one_in_a_folder_of_everybodys(self, book: Path) -> None:
        """Whoever can put another file in the place of the book, or get at its backups, is told of."""
        book.parent.chmod(0o777)
        ended = run("--db", book, "check")
        assert ended.code == 1
        (line,) = [line for line in ended.out.splitlines() if "\tprivacy\t" in line]
        mending = re.search(r"(?i)(chmod o-w \S+) keeps them out", line)
        assert line.startswith("not") and mending
        subprocess.run(mending[1].lower().split(), check=True)
        assert "ok\tprivacy" in run("--db", book, "check").out
        Path(f"{book}-backups").chmod(0o777)
        assert f"not\tprivacy\tOthers can get at {book.name}-backups." in run("--db", book, "check").out
        assert run("--db", book, "check", "--repair").code == 0

    def _reads_and_does_not_write(self, book: Path) -> None:
        with unchanged(book.parent):
            for command in READING:
                ended = run_as_nobody("--db", book, *shlex.split(command))
                assert (ended.code, ended.err) == (0, ""), command
                assert SECRET in ended.out or command in ("today", "restore", "backup --list")
            for command in ("add Hank", "log 'coffee with Xanthippe'", "undo"):
                said = run_as_nobody("--db", book, *shlex.split(command)).refused(book)
                assert "can't be written" in said

    @pytest.mark.parametrize("command", ["find", "add Hank", "check"])
    def test_not_readable(self, book: Path, command: str) -> None:
        """Somebody else's."""
        if os.geteuid():
            pytest.skip("only root can make a file of somebody else's")
        book.parent.chmod(0o755)
        with unchanged(book.parent):
            said = run_as_nobody("--db", book, *shlex.split(command)).refused(book)
        assert "can't be read" in said

    def test_of_somebody_else(self, book: Path) -> None:
        """Root makes nothing beside it that its owner could not use."""
        if os.geteuid():
            pytest.skip("only root can write what belongs to somebody else")
        os.chown(book, NOBODY, NOBODY)
        for command in COMMANDS:
            with unchanged(book.parent):
                assert "belongs to somebody else" in run("--db", book, *shlex.split(command)).refused(book)

    @pytest.mark.parametrize("mode", [0o620, 0o602, 0o666, 0o664])
    def test_writable_by_others(self, book: Path, mode: int) -> None:
        """It is refused, whoever could have written what into it; the sentence mends it."""
        book = book.rename(book.with_name("my book's.db"))
        book.chmod(mode)
        for command in COMMANDS:
            with unchanged(book.parent):
                said = run("--db", book, *shlex.split(command)).refused(book)
        mending = re.search(r": (chmod 600 .+) makes it yours alone\.$", said)
        assert mending
        subprocess.run(mending[1], shell=True, check=True)
        assert run("--db", book, "find").code == 0

    def test_readable_by_others(self, book: Path) -> None:
        """That is mended without a word."""
        book.chmod(0o644)
        assert run("--db", book, "find").code == 0
        assert book.stat().st_mode & 0o777 == 0o600

    def test_a_folder_of_everybodys(self, book: Path) -> None:
        """Somebody could put another file in its place, unless the folder is sticky as /tmp is."""
        book.parent.chmod(0o777)
        said = run("--db", book, "find").refused(book.parent)
        command = re.search(r": (chmod o-w .+) keeps them out\.$", said)
        assert command
        book.parent.chmod(0o1777)
        assert run("--db", book, "find").code == 0
        book.parent.chmod(0o777)
        subprocess.run(command[1], shell=True, check=True)
        assert run("--db", book, "find").code == 0


class TestLocked:
    """Another program has it."""

    def test_by_a_netcrm(self, book: Path) -> None:
        """One that writes is waited for; one that goes on and on is named, soon."""
        with Path(f"{book}-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            began = time.monotonic()
            with unchanged(book.parent):
                said = run("--db", book, "add", "Hank").refused(book)
            assert "Another program is writing to" in said
            assert time.monotonic() - began < 10
            assert run("--db", book, "find").code == 0

    def test_by_another_program(self, book: Path) -> None:
        """One that holds SQLite's own lock."""
        with contextlib.closing(sqlite3.connect(book, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            assert "Another program" in run("--db", book, "add", "Hank").refused(book)

    def test_restore_while_it_is_open(self, book: Path) -> None:
        """The app would go on writing to what is no longer the book."""
        with Store(book, frozen), unchanged(book.parent):
            assert "quit it there first" in run("--db", book, "restore", "latest").refused(book)


class FullDisk:
    """A small disk of its own, that can be filled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, leave: int = 0) -> None:
        """Leave so many bytes."""
        filler = self.folder / "filler"
        descriptor = os.open(filler, os.O_WRONLY | os.O_CREAT, 0o600)
        with contextlib.suppress(OSError):
            while True:
                os.write(descriptor, bytes(4096))
        os.close(descriptor)
        os.truncate(filler, filler.stat().st_size // 4096 * 4096 - leave)

    def make_room(self) -> None:
        """Empty it again."""
        (self.folder / "filler").unlink(missing_ok=True)


@pytest.fixture
def disk(folder: Path) -> Iterator[FullDisk]:
    """A disk of 8 MB with a book on it."""
    place = folder / "disk"
    place.mkdir()
    mounted = (
        not os.geteuid()
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "none", str(place)],
            check=False,
            capture_output=True,
        ).returncode
    )
    if not mounted:
        pytest.skip("only root can mount a small disk")
    try:
        with a_store(place) as store:
            added(store, SECRET)
        yield FullDisk(place)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


MANY = "".join(f"BEGIN:VCARD\nFN:Somebody {number}\nNOTE:{'x' * 500}\nEND:VCARD\n" for number in range(1000))


class TestFullDisk:
    """Nothing more can be written: what there was stays whole, and the sentence says to make room."""

    def still_whole(self, disk: FullDisk) -> None:
        """The book is as it was, and goes on working when there is room again."""
        disk.make_room()
        book = disk.folder / "netcrm.db"
        assert run("--db", book, "find").out.startswith(SECRET)
        checked = run("--db", book, "check").out
        assert "ok\tpages" in checked and "ok\tsearch" in checked
        assert run("--db", book, "add", "Hank").code == 0

    @pytest.mark.parametrize("command", ["add Hank", "log 'coffee with Xanthippe'", "undo"])
    def test_an_act(self, disk: FullDisk, command: str) -> None:
        """It is not done."""
        disk.fill()
        with unchanged(disk.folder):
            said = run("--db", disk.folder / "netcrm.db", *shlex.split(command)).refused()
        assert "Make room first" in said
        self.still_whole(disk)

    @pytest.mark.parametrize("command", [*READING, "check", "history"])
    def test_reading(self, disk: FullDisk, command: str) -> None:
        """It takes no room."""
        book = disk.folder / "netcrm.db"
        assert run("--db", book, "backup").code == 0
        disk.fill()
        with unchanged(disk.folder):
            for _ in range(2):
                ended = run("--db", book, *shlex.split(command))
                assert (ended.code, ended.err) == (0, ""), ended
                assert SECRET in ended.out or command in ("today", "restore", "backup --list", "check")
        self.still_whole(disk)

    def test_an_act_for_which_there_is_half_the_room(self, disk: FullDisk) -> None:
        """At whichever page it ends, nothing of it is there; a bit more room, and it is whole."""
        book = disk.folder / "netcrm.db"
        ends = set()
        for room in range(0, 40 * 4096, 7 * 4096):
            disk.fill(room)
            ended = run("--db", book, "add", f"Bela {room}")
            disk.make_room()
            there = f"Bela {room}" in run("--db", book, "find").out
            assert there == (ended.code == 0), ended.err
            if ended.code:
                ended.refused()
            ends.add(ended.code)
        assert ends == {0, 1}
        assert "ok\tpages" in run("--db", book, "check").out

    def test_a_new_book(self, disk: FullDisk) -> None:
        """It is not made; later it is."""
        disk.fill()
        run("--db", disk.folder / "new.db", "add", "Hank").refused()
        disk.make_room()
        assert run("--db", disk.folder / "new.db", "add", "Hank").code == 0

    def test_a_backup(self, disk: FullDisk) -> None:
        """None is kept, nothing half is left, and the disk is not filled by trying."""
        disk.fill(200_000)
        with unchanged(disk.folder):
            said = run("--db", disk.folder / "netcrm.db", "backup").refused()
        assert "no room" in said
        self.still_whole(disk)

    def test_an_import(self, disk: FullDisk) -> None:
        """In the middle of it: nothing of it is there."""
        (disk.folder.parent / "many.vcf").write_text(MANY)
        book = disk.folder / "netcrm.db"
        disk.fill(900_000)
        before = book.read_bytes()
        said = run("--db", book, "import", disk.folder.parent / "many.vcf").refused()
        assert "Make room first" in said
        assert len(kept(File(book))) == 1
        with contextlib.closing(sqlite3.connect(book)) as connection:
            assert connection.execute("SELECT name FROM people").fetchall() == [(SECRET,)]
        assert len(book.read_bytes()) >= len(before)
        self.still_whole(disk)

    def test_the_days_backup(self, disk: FullDisk) -> None:
        """The act is done and said; that the backup could not be kept, besides."""
        disk.fill(400_000)
        ended = run("--db", disk.folder / "netcrm.db", "add", "Hank")
        assert ended.code == 0
        assert "Hank" in ended.out
        assert "the day's backup could not be kept" in ended.err
        assert len(ended.err.splitlines()) == 1

    def test_a_restore(self, disk: FullDisk) -> None:
        """The book that is there stays."""
        book = disk.folder / "netcrm.db"
        assert run("--db", book, "backup").code == 0
        assert run("--db", book, "add", "Hank").code == 0
        disk.fill(100_000)
        with unchanged(disk.folder):
            run("--db", book, "restore", "latest").refused()
        disk.make_room()
        assert "Hank" in run("--db", book, "find").out

    def test_forgetting(self, disk: FullDisk) -> None:
        """Without room nothing is begun; with too little it says what is done, and goes on with more."""
        book = disk.folder / "netcrm.db"
        assert run("--db", book, "add", "Mallory Vex", "--note", "zebulba").code == 0
        assert run("--db", book, "backup").code == 0
        disk.fill(100_000)
        with unchanged(disk.folder):
            said = run("--db", book, "forget", "Mallory Vex", "--backups", "--yes")
        assert said.code == 1 and "no room to do it" in said.err and len(said.err.splitlines()) == 1
        disk.make_room()
        assert run("--db", book, "forget", "Mallory Vex", "--backups", "--yes").code == 0
        assert not [
            path for path in disk.folder.rglob("*") if path.is_file() and b"zebulba" in path.read_bytes()
        ]
        self.still_whole(disk)

    def test_forgetting_on_a_disk_that_fills_meanwhile(self, disk: FullDisk) -> None:
        """Wherever it ends: both backups are there, and once there is room the rest is done."""
        book = disk.folder / "netcrm.db"
        assert run("--db", book, "add", "Mallory Vex", "--note", "zebulba").code == 0
        assert run("--db", book, "backup").code == 0
        there = {path: path.read_bytes() for path in disk.folder.rglob("*.db")}
        ends = set()
        for room in range(0, 2_500_000, 240_000):
            for path, content in there.items():
                path.write_bytes(content)
            disk.fill(room)
            said = run("--db", book, "forget", "Mallory", "--backups", "--yes", prepare=_think_there_is_room)
            assert len(said.err.splitlines()) == said.code
            ends.add(said.err.replace(str(disk.folder), "").partition(":")[0])
            assert len(kept(File(book))) == len(there) - 1
            disk.make_room()
            again = run("--db", book, "forget", "Mallory", "--backups", "--yes")
            assert not again.code or (not said.code and "Nobody is called" in again.err), again.err
            left = [
                path for path in disk.folder.rglob("*") if path.is_file() and b"zebulba" in path.read_bytes()
            ]
            assert not left, (room, said)
            assert run("--db", book, "find").out.startswith(SECRET)
            if not said.code:
                break
        assert "" in ends and any(end.startswith("Some backups may still hold") for end in ends)
        self.still_whole(disk)

    def test_a_migration(self, disk: FullDisk) -> None:
        """An older book stays one, until there is room."""
        old = disk.folder / "old.db"
        _first_version(old)
        refused = []
        for room in range(0, 3_000_000, 150_000):
            disk.fill(room)
            before = held(disk.folder)
            ended = run("--db", old, "find")
            if not ended.code:
                break
            refused.append(ended.refused())
            assert held(disk.folder) in (before, {**before, f"{old}-backups": (0o40700, b"")})
            disk.make_room()
        assert ended.out.startswith(SECRET)
        assert any("no copy of it could be kept before that" in said for said in refused)
        assert all("Make" in said for said in refused)

    def test_in_the_app(self, disk: FullDisk, terminal: Opener) -> None:
        """The app says so and goes on; what was typed was not saved, and is not said to be."""
        opened = terminal("--db", str(disk.folder / "netcrm.db"))
        opened.read_until(lambda: SECRET.encode() in opened.out)
        disk.fill()
        os.write(opened.screen, b"X")
        opened.read_until(lambda: b"Make room" in opened.out or b"could not take it" in opened.out)
        assert b"could not take it" in opened.out
        disk.make_room()
        os.write(opened.screen, b"q")
        assert opened.code() == 0
        self.still_whole(disk)


class TestNoMoreBytes:
    """As a full disk, where the tests are not run by root: a limit on the size of files."""

    @pytest.mark.parametrize("command", ["add Hank", "backup"])
    def test_an_act(self, book: Path, command: str) -> None:
        """It is not done, nothing is changed, and nothing half is left."""
        with unchanged(book.parent):
            run("--db", book, *shlex.split(command), prepare=_few_bytes).refused()
        assert run("--db", book, *shlex.split(command)).code == 0


def _think_there_is_room() -> None:
    shutil.disk_usage = lambda path: shutil._ntuple_diskusage(10**12, 0, 10**12)


def _few_bytes() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def _first_version(path: Path) -> None:
    from sqlite_utils import Database

    from netcrm.store.migrations import migrations

    path.touch(0o600)
    database = Database(path)
    migrations.apply(database, stop_before="m002_giving")
    database.execute(
        "INSERT INTO people (uuid, created, updated, name)"
        f" VALUES ('1', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '{SECRET}')"
    )
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute("PRAGMA user_version = 1")
    database.conn.commit()
    database.conn.execute("PRAGMA journal_mode = WAL")
    database.close()
