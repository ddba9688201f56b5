"""Encrypting a file, decrypting it, giving it another key: all of it or nothing, whenever it is stopped."""

import contextlib
import errno
import os
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from netcrm.store import Store, private, recoding
from netcrm.store.cipher import Key
from netcrm.store.connection import version_of
from netcrm.store.errors import StoreError, WrongKey
from netcrm.store.file import READY, RECODING, File
from netcrm.store.recoding import is_encrypted, recode, settle
from tests.ciphered import KEY, PASSPHRASE, given, needs_sqlcipher, plain_only
from tests.world import a_store, added, dump_of, frozen, logged, names

pytestmark = [needs_sqlcipher, plain_only]

WORDS = b"marmalade"

OTHER = "another key altogether"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that cost nothing to derive."""
    monkeypatch.setattr("netcrm.store.cipher._ROUNDS", 10)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book, two backups of it, and the copy that an older netcrm kept."""
    folder = tmp_path_factory.mktemp("made")
    with a_store(folder) as store:
        logged(store, added(store, "Hank Morrow"), text="marmalade in the observatory")
    backups = folder / "netcrm.db-backups"
    backups.mkdir(0o700)
    for name in (backups / "2026-11-20T013000Z-daily.db", backups / "2026-11-21T013000Z-import.db"):
        shutil.copy(folder / "netcrm.db", name)
    with a_store(folder) as store:
        added(store, "Amara")
    shutil.copy(backups / "2026-11-20T013000Z-daily.db", folder / "netcrm.db-v2.bak")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """That folder, for one test."""
    return Path(shutil.copytree(made, tmp_path / "book"))


@pytest.fixture
def path(folder: Path) -> Path:
    """The book in it."""
    return folder / "netcrm.db"


def people(path: Path, *keys: str) -> list[str]:
    """Who is in a book."""
    with Store(path, frozen, key=given(*keys) if keys else None) as store:
        return names(store, store.people.ids())


def backups_of(folder: Path) -> list[Path]:
    """The backups in a folder, that of an older netcrm among them."""
    return [*sorted((folder / "netcrm.db-backups").iterdir()), folder / "netcrm.db-v2.bak"]


def showing(folder: Path) -> list[str]:
    """The files in a folder that show a word of a note."""
    return sorted(
        file.name for file in folder.rglob("*") if file.is_file() and WORDS in file.read_bytes().lower()
    )


def numbers_of(connection: sqlite3.Connection) -> list[int]:
    """What a file says of itself; SQLCipher gives some of it as text."""
    names = ("user_version", "application_id", "page_size")
    return [int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in names]


def everything_in(folder: Path) -> Mapping[str, bytes]:
    """What is in each file of a folder, the locks left out."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith(("-lock", "-open"))
    }


class TestThereAndBack:
    """Encrypted, given another key, decrypted."""

    def test_every_row(self, path: Path, folder: Path) -> None:
        """Each table holds the very rows that it held, and so do the backups; only then it needs a key."""
        plain = everything_in(folder)
        with closing(sqlite3.connect(path)) as connection:
            before = dump_of(connection)
        done = recode(path, None, lambda: PASSPHRASE)
        assert (done.backups, done.left) == (3, [])
        assert done.rows > 100
        assert showing(folder) == []
        assert people(path, PASSPHRASE) == ["Amara", "Hank Morrow"]
        with closing(done.file.open()) as connection:
            assert dump_of(connection) == before
            numbers = numbers_of(connection)
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        for backup in backups_of(folder):
            assert version_of(done.file.alike(backup)) == numbers[0]
            with pytest.raises(WrongKey):
                version_of(File(backup, KEY))
        recode(path, given(PASSPHRASE), None)
        assert everything_in(folder).keys() == plain.keys()
        with closing(sqlite3.connect(path)) as connection:
            assert dump_of(connection) == before
            assert numbers_of(connection) == numbers

    def test_another_key(self, path: Path, folder: Path) -> None:
        """The new one opens all, the old one nothing."""
        recode(path, None, lambda: PASSPHRASE)
        before = everything_in(folder)
        done = recode(path, given(PASSPHRASE), lambda: OTHER)
        with pytest.raises(WrongKey):
            people(path, PASSPHRASE)
        assert people(path, OTHER) == ["Amara", "Hank Morrow"]
        for backup in backups_of(folder):
            assert version_of(done.file.alike(backup))
        after = everything_in(folder)
        assert all(after[name][:16] != before[name][:16] for name in before), "the salt is another one too"

    def test_they_are_private(self, path: Path, folder: Path) -> None:
        """Whatever the umask."""
        before = os.umask(0)
        try:
            recode(path, None, lambda: PASSPHRASE)
        finally:
            os.umask(before)
        for file in (path, *backups_of(folder)):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_what_else_lies_there_is_told(self, path: Path, folder: Path) -> None:
        """A damaged file that was kept byte for byte, a log: they stay as they are, and so are named."""
        others = [folder / "netcrm.db-backups" / name for name in ("a.db-damaged", "b.db", "c.db-wal")]
        for other in others:
            other.write_bytes(b"marmalade")
        assert recode(path, None, lambda: PASSPHRASE).left == [others[1], others[0], others[2]]

    def test_through_a_link(self, path: Path, tmp_path: Path) -> None:
        """What the link leads to is encrypted; the link stays one."""
        link = tmp_path / "link.db"
        link.symlink_to(path)
        recode(link, None, lambda: PASSPHRASE)
        assert link.is_symlink()
        assert is_encrypted(path)

    def test_the_old_bytes_are_overwritten(self, path: Path, folder: Path) -> None:
        """Whoever still reads the old files' blocks reads noise."""
        old = [file.open("rb") for file in (path, *backups_of(folder))]
        sizes = [os.fstat(file.fileno()).st_size for file in old]
        recode(path, None, lambda: PASSPHRASE)
        for file, size in zip(old, sizes, strict=True):
            with file:
                content = file.read()
            assert len(content) == size
            assert b"SQLite" not in content
            assert WORDS not in content.lower()
            assert len(set(content[:4096])) > 200

    def test_the_log_is_overwritten(self, path: Path) -> None:
        """So is the log that was left by a program that was killed."""
        script = (
            "import os, sys, pathlib; from tests.world import a_store, added\n"
            "added(a_store(pathlib.Path(sys.argv[1])), 'Marmalade Jones'); os.kill(os.getpid(), 9)\n"
        )
        subprocess.run([sys.executable, "-c", script, str(path.parent)], check=False)
        with path.with_name("netcrm.db-wal").open("rb") as log:
            assert WORDS in log.read().lower()
            recode(path, None, lambda: PASSPHRASE)
            log.seek(0)
            content = log.read()
        assert content
        assert WORDS not in content.lower()
        assert people(path, PASSPHRASE) == ["Amara", "Hank Morrow", "Marmalade Jones"]


class TestLeftBehind:
    """Plain copies that were left by what was killed before."""

    @pytest.mark.parametrize("decrypt", [False, True])
    def test_they_go_overwritten(self, path: Path, folder: Path, decrypt: bool) -> None:
        """A restore's, a backup's, a check's, and one that was asked for: none of them shows a word."""
        if decrypt:
            plain = path.read_bytes()
            recode(path, None, lambda: PASSPHRASE)
        else:
            plain = path.read_bytes()
        backups = folder / "netcrm.db-backups"
        left = [
            folder / "netcrm.db-new",
            folder / ".netcrm.db.4711.part",
            backups / ".check.part",
            backups / ".2026-11-22T013000Z-daily.db.part",
        ]
        for file in left:
            file.write_bytes(plain)
        open_still = [file.open("rb") for file in left]
        recode(path, given(PASSPHRASE), None if decrypt else lambda: PASSPHRASE)
        for still in open_still:
            with still:
                assert WORDS not in still.read().lower()
        assert [file for file in left if file.exists()] == []
        if not decrypt:
            assert showing(folder) == []


class TestRefused:
    """Nothing is changed, and a sentence says why."""

    plain: Mapping[str, bytes]
    """What was in each file before."""

    @pytest.fixture(autouse=True)
    def unchanged(self, folder: Path) -> Iterator[None]:
        """Each of these leaves every file as it was, and nothing more in the folder."""
        before = self.plain = everything_in(folder)
        yield
        after = everything_in(folder)
        assert after.keys() == before.keys()
        assert [name for name in after if after[name] != before[name] and name != "netcrm.db"] == []
        assert people(folder / "netcrm.db") == ["Amara", "Hank Morrow"]

    def test_it_is_open(self, path: Path) -> None:
        """A window has the book open."""
        with Store(path, frozen), pytest.raises(StoreError, match="netcrm is open elsewhere"):
            recode(path, None, lambda: PASSPHRASE)

    def test_another_program_has_it_open(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Not netcrm: it may write at any time, and knows nothing of netcrm's locks."""
        monkeypatch.setattr("netcrm.store.file.LOCK_SECONDS", 0.1)
        script = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
            "c.execute('SELECT 1 FROM people').fetchone(); print('open', flush=True); input()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as other:
            assert other.stdout is not None
            other.stdout.readline()
            with pytest.raises(StoreError, match="Another program"):
                recode(path, None, lambda: PASSPHRASE)
            other.communicate("\n")

    def test_a_wrong_key(self, path: Path, folder: Path) -> None:
        """Asked before the new one is."""
        recode(path, None, lambda: PASSPHRASE)
        before = everything_in(folder)
        with pytest.raises(WrongKey):
            recode(path, given("wrong"), lambda: pytest.fail("asked"))
        assert everything_in(folder) == before
        for file, content in self.plain.items():
            (folder / file).write_bytes(content)

    def test_a_second_name(self, path: Path, folder: Path, tmp_path: Path) -> None:
        """A hard link, as some make snapshots with: what is overwritten would be gone there."""
        os.link(backups_of(folder)[0], tmp_path / "snapshot.db")
        with pytest.raises(StoreError, match="has a second name"):
            recode(path, None, lambda: PASSPHRASE)

    def test_a_full_disk(self, path: Path) -> None:
        """No room for the copies."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size // 2, before[1]))
        try:
            with pytest.raises(StoreError, match="The disk could not take it, and nothing was changed"):
                recode(path, None, lambda: PASSPHRASE)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, ignored)

    @pytest.mark.parametrize(
        "harm",
        [
            "DELETE FROM recoded.people WHERE id = 1",
            "UPDATE recoded.interactions SET text = 'x'",
            "DROP INDEX",
            "PRAGMA recoded.user_version = 1",
        ],
    )
    def test_the_copy_is_not_the_same(self, path: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
        """A row that is missing, or another one, a schema or a number that is not the same."""
        if "DROP" in harm:
            with closing(sqlite3.connect(path)) as connection:
                (index,) = connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                ).fetchone()
            harm += f" recoded.{index}"

        class Harming:
            """A connection that writes something else before it lets go of the copy."""

            def __init__(self, connection: sqlite3.Connection) -> None:
                self._connection = connection

            def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
                if sql == "DETACH recoded":
                    self._connection.execute(harm)
                return self._connection.execute(sql, *values)  # type: ignore[arg-type]  # as it came

        export = recoding._export
        monkeypatch.setattr(
            recoding,
            "_export",
            lambda source, copy: export(Harming(source), copy),  # type: ignore[arg-type]
        )
        with pytest.raises(StoreError, match="was not the same"):
            recode(path, None, lambda: PASSPHRASE)

    def test_a_damaged_backup(self, path: Path, folder: Path) -> None:
        """It is named; what it holds would stay readable."""
        backup = backups_of(folder)[0]
        whole = backup.read_bytes()
        backup.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
        with pytest.raises(StoreError, match="is damaged, and can't be given another key"):
            recode(path, None, lambda: PASSPHRASE)
        backup.write_bytes(whole)


class TestStopped:
    """Killed at any moment, either the old files hold or the new ones; never half of each, nothing lost."""

    def stopped(self, path: Path, before: str | None, after: str | None, at: int) -> bool:
        """Kill a process that recodes at one of its steps; return whether it came so far."""
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                _kill_at(at)
                recode(path, given(before) if before else None, (lambda: after) if after else None)
                os._exit(0)
            os._exit(1)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return os.WIFSIGNALED(status)

    def check(self, folder: Path, before: str | None, after: str | None) -> bool:
        """All is whole, backups too, and nothing is left over; return whether it came to the end."""
        path = folder / "netcrm.db"
        left = [file.name for file in folder.rglob("*") if RECODING in file.name]
        keys = [key for key in (before, after) if key]
        with Store(path, frozen, key=given(*keys)) as store:
            assert names(store, store.people.ids()) == ["Amara", "Hank Morrow"]
            said, book = store.said, store._file
        assert [file.name for file in folder.rglob("*") if RECODING in file.name] == []
        for backup in backups_of(folder):
            with closing(book.alike(backup).open("mode=ro&immutable=1")) as connection:
                assert connection.execute("SELECT name FROM people").fetchall() == [("Hank Morrow",)]
        kept = self.as_it_was(path, before)
        assert bool(said) == any(name in left for name in (f"netcrm.db{RECODING}", f"netcrm.db{READY}"))
        assert not said or ("The file is as it was" if kept else "The rest is done now") in said
        plain = book.key is None
        assert bool(showing(folder)) == plain
        if before is None or after is None:
            return plain == (after is None)
        with contextlib.suppress(WrongKey):
            people(path, before)
            return False
        return True

    def as_it_was(self, path: Path, before: str | None) -> bool:
        """Whether the book has the key that it had before."""
        if before is None or not is_encrypted(path):
            return (before is None) == (not is_encrypted(path))
        try:
            people(path, before)
        except WrongKey:
            return False
        return True

    def every_step(
        self, made: Path, tmp_path: Path, before: str | None, after: str | None, step: int
    ) -> list[bool]:
        """Stop it at each step, or at some of them; how it ended each time."""
        start = tmp_path / "start"
        shutil.copytree(made, start)
        if before:
            recode(start / "netcrm.db", None, lambda: before)
        ended = []
        for at in range(1, 1000, step):
            folder = tmp_path / str(at)
            shutil.copytree(start, folder)
            stopped = self.stopped(folder / "netcrm.db", before, after, at)
            ended.append(self.check(folder, before, after))
            shutil.rmtree(folder)
            if not stopped:
                return ended
        raise AssertionError("it never came to an end")

    @pytest.mark.parametrize(
        ("before", "after"),
        [(None, PASSPHRASE), (PASSPHRASE, None), (PASSPHRASE, OTHER)],
        ids=["encrypt", "decrypt", "another key"],
    )
    def test_at_some_steps(
        self,
        made: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        before: str | None,
        after: str | None,
    ) -> None:
        """Before the sign all is as it was, after it all is done; in between nothing."""
        ended = self.every_step(made, tmp_path, before, after, 17)
        assert ended == sorted(ended)
        assert len(set(ended)) == 2

    @pytest.mark.long
    @pytest.mark.parametrize(
        ("before", "after"),
        [(None, PASSPHRASE), (PASSPHRASE, None), (PASSPHRASE, OTHER)],
        ids=["encrypt", "decrypt", "another key"],
    )
    def test_at_every_step(
        self,
        made: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        before: str | None,
        after: str | None,
    ) -> None:
        """Each call by which a file is made, written, named, removed or brought to the disk."""
        ended = self.every_step(made, tmp_path, before, after, 1)
        sys.stderr.write(f"{len(ended)} steps, {ended.count(True)} of them after the sign\n")
        assert ended == sorted(ended)

    @pytest.mark.long
    def test_at_random(self, made: Path, tmp_path: Path) -> None:
        """Fifty times at any moment, inside SQLite's own writing too."""
        began = time.monotonic()
        recode(shutil.copytree(made, tmp_path / "whole") / "netcrm.db", None, lambda: PASSPHRASE)
        lasts = time.monotonic() - began
        chance, ended = random.Random(5), []
        for number in range(50):
            folder = Path(shutil.copytree(made, tmp_path / str(number)))
            child = os.fork()
            if child == 0:
                with contextlib.suppress(BaseException):
                    recode(folder / "netcrm.db", None, lambda: PASSPHRASE)
                os._exit(0)
            time.sleep(chance.uniform(0, 1.2 * lasts))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            ended.append(self.check(folder, None, PASSPHRASE))
            shutil.rmtree(folder)
        sys.stderr.write(f"{ended.count(False)} taken back, {ended.count(True)} done\n")
        assert len(set(ended)) == 2

    def test_where_no_second_names_are(
        self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A stick knows no hard links; there it is done without, and overwritten all the same."""

        def refuse(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr("netcrm.store.recoding.os.link", refuse)
        with path.open("rb") as old:
            recode(path, None, lambda: PASSPHRASE)
            assert WORDS not in old.read().lower()
        assert people(path, PASSPHRASE) == ["Amara", "Hank Morrow"]
        assert showing(folder) == []

    def test_killed_between_the_two_marks(
        self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """All is done then, and the next opening says so."""
        unlink = Path.unlink

        class Dead(BaseException):
            """It was killed."""

        def dies(self: Path, missing_ok: bool = False) -> None:
            unlink(self, missing_ok)
            if self.name in (f"netcrm.db{RECODING}", f"netcrm.db{READY}"):
                raise Dead

        with monkeypatch.context() as patched, pytest.raises(Dead):
            patched.setattr(Path, "unlink", dies)
            recode(path, None, lambda: PASSPHRASE)
        assert path.with_name(f"netcrm.db{READY}").exists()
        with Store(path, frozen, key=given(PASSPHRASE)) as store:
            assert store.said.endswith("The rest is done now.")
        assert [file for file in folder.rglob("*") if RECODING in file.name] == []

    @pytest.mark.parametrize("back", [True, False], ids=["taken back", "left to the next start"])
    def test_the_sign_does_not_reach_the_disk(
        self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, back: bool
    ) -> None:
        """An error of the disk's just then: what is said of it holds at the next opening."""
        sync, failed = private.sync, False

        def fails(of: Path) -> None:
            nonlocal failed
            if of.name.endswith(READY) or (failed and not back):
                failed = True
                raise OSError(errno.EIO, "Input/output error")
            sync(of)

        said = "is as it was" if back else "is whole, and one of the two is finished when it is opened next"
        with monkeypatch.context() as patched:
            patched.setattr(private, "sync", fails)
            with pytest.raises(StoreError, match=said):
                recode(path, None, lambda: PASSPHRASE)
        assert (not back) == any(RECODING in file.name for file in folder.rglob("*"))
        assert people(path) == ["Amara", "Hank Morrow"]
        assert [file for file in folder.rglob("*") if RECODING in file.name] == []

    def test_the_copies_cannot_be_removed(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """At the opening: a sentence."""
        path.with_name(f"netcrm.db{RECODING}").touch()
        path.with_name(f"netcrm.db{RECODING}-new").write_bytes(b"half a copy")

        def fails(of: Path) -> None:
            raise OSError(errno.EIO, "Input/output error")

        with monkeypatch.context() as patched, pytest.raises(StoreError, match="can't be removed: "):
            patched.setattr(private, "wipe", fails)
            Store(path, frozen)
        assert people(path) == ["Amara", "Hank Morrow"]

    def test_folders_that_cannot_be_synced(
        self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Some file systems can't: there and back all the same."""
        fsync = os.fsync

        def refuse(descriptor: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "Invalid argument")
            fsync(descriptor)

        monkeypatch.setattr(os, "fsync", refuse)
        recode(path, None, lambda: PASSPHRASE)
        assert showing(folder) == []
        recode(path, given(PASSPHRASE), None)
        assert people(path) == ["Amara", "Hank Morrow"]

    def test_killed_where_no_second_names_are(
        self, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whenever that is: all is whole, and the next opening brings it to its end."""
        monkeypatch.setattr(os, "link", _no_links)
        ended = self.every_step(made, tmp_path, None, PASSPHRASE, 11)
        assert ended == sorted(ended)
        assert len(set(ended)) == 2

    def test_it_is_said_once(self, path: Path) -> None:
        """At the next opening a sentence says what was done, at the one after that nothing."""
        path.with_name(f"netcrm.db{RECODING}").touch()
        path.with_name(f"netcrm.db{RECODING}-new").write_bytes(b"half a copy")
        with Store(path, frozen) as store:
            assert store.said.endswith("The file is as it was, and what had been begun is gone.")
        with Store(path, frozen) as store:
            assert not store.said
        assert settle(File(path)) == ""


def _no_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


_STEPS = ("open", "link", "replace", "rename", "unlink", "fsync", "write")


def _kill_at(at: int) -> None:
    """Have this process kill itself at one of the calls by which it changes anything."""
    counted = iter(range(1, at))

    def counting(call: Callable[..., object]) -> Callable[..., object]:
        def counted_call(*args: object, **how: object) -> object:
            if next(counted, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **how)

        return counted_call

    for name in _STEPS:
        setattr(os, name, counting(getattr(os, name)))


def test_a_key_of_its_own() -> None:
    """Each file that is encrypted gets a salt of its own."""
    assert Key.new("x")._salt != Key.new("x")._salt
