"""Encryption at rest: what a key opens, what is said without it, and that nothing can be read beside it."""

import os
import pickle
import re
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from netcrm.domain.imports import Card
from netcrm.domain.people import Profile
from netcrm.domain.query import parse
from netcrm.domain.sparks import SparkDraft
from netcrm.store import Store
from netcrm.store.cipher import Key, sqlcipher
from netcrm.store.connection import SCHEMA_VERSION, aside, connect, unlocked
from netcrm.store.errors import Encrypted, StoreError, WrongKey
from netcrm.store.file import File
from netcrm.store.forgetting import Outcome, forget
from netcrm.store.migrations import migrations
from netcrm.store.recoding import recode
from tests.ciphered import KEY, PASSPHRASE, SALT, given, needs_sqlcipher, plain_only, with_key
from tests.store.test_every_act import ACTS, Book, written
from tests.world import TODAY, a_store, added, dump, dump_of, frozen, logged, names, queued, ticking

pytestmark = [needs_sqlcipher, plain_only]

__all__ = ["written"]

WORDS = "marmalade in the observatory"
"""What no file may show."""


def keyed_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An open store that `KEY` opens, new where there was none."""
    with monkeypatch.context() as patch:
        patch.setattr(File, "at", lambda path: File(path, KEY))
        return Store(path, frozen)


@pytest.fixture
def ciphered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store that is encrypted."""
    with keyed_store(tmp_path / "netcrm.db", monkeypatch) as store:
        yield store


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file that `PASSPHRASE` opens, with someone in it."""
    folder = tmp_path_factory.mktemp("encrypted")
    with a_store(folder) as store:
        logged(store, added(store, "Hank Morrow"), text=WORDS)
    recode(folder / "netcrm.db", None, lambda: PASSPHRASE)
    return (folder / "netcrm.db").read_bytes()


@pytest.fixture
def file(encrypted: bytes, tmp_path: Path) -> Path:
    """That file, in a folder of the test's own."""
    path = tmp_path / "netcrm.db"
    path.write_bytes(encrypted)
    path.chmod(0o600)
    return path


def shown(folder: Path, *words: str) -> list[str]:
    """The files in a folder that show one of some words; in UTF-8 or UTF-16, folded or not."""
    sought = [
        form.encode(coding)
        for word in words
        for form in (word, word.casefold())
        for coding in ("utf-8", "utf-16-le")
    ]
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += [str(path) for one in sought if one in content or one in content.lower()]
    return found


class TestKey:
    """What a passphrase becomes."""

    def test_other_programs_open_it(self, file: Path) -> None:
        """It is made as SQLCipher itself makes it: whoever leaves netcrm needs no netcrm to read the file."""
        with closing(sqlcipher().connect(file)) as connection:
            connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
            assert connection.execute("SELECT name FROM people").fetchall() == [("Hank Morrow",)]

    def test_is_never_shown(self) -> None:
        """Neither printed, nor in what a traceback shows of values, nor pickled."""
        file = File(Path("/x"), Key.of(PASSPHRASE, SALT))
        try:
            raise RuntimeError(file, file.key)
        except RuntimeError as error:
            said = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
        assert file.key is not None
        secret = file.key.literal()[2:66]
        assert len(bytes.fromhex(secret)) == 32
        for shape in (repr(file), str(file.key), said):
            assert secret not in shape
            assert repr(bytes.fromhex(secret))[2:-1] not in shape
        with pytest.raises(TypeError):
            pickle.dumps(file.key)

    def test_accents(self) -> None:
        """An é is one key, whether the keyboard gives it whole or as e and its accent."""
        assert Key.of("é", SALT).literal() == Key.of("e\u0301", SALT).literal()

    def test_two_files_have_two(self) -> None:
        """The same passphrase makes another key for another file."""
        assert Key.new("x").literal() != Key.new("x").literal()


class TestOpening:
    """A file that is encrypted already."""

    def test_the_right_key(self, file: Path) -> None:
        """Opens it; everything is there and can be changed."""
        with Store(file, frozen, key=given(PASSPHRASE)) as store:
            assert names(store, store.people.ids()) == ["Hank Morrow"]
            added(store, "Amara")
        with Store(file, frozen, key=given(PASSPHRASE)) as store:
            assert names(store, store.people.ids()) == ["Amara", "Hank Morrow"]

    def test_a_wrong_key(self, file: Path, encrypted: bytes, capfd: pytest.CaptureFixture[str]) -> None:
        """Says so in one sentence and nothing else, and changes nothing."""
        before = file.stat().st_mtime_ns
        with pytest.raises(WrongKey) as caught:
            Store(file, frozen, key=given("wrong"))
        assert str(caught.value).startswith(f"That key does not open {file}. If it is the right one")
        assert file.read_bytes() == encrypted
        assert file.stat().st_mtime_ns == before
        assert [path.name for path in file.parent.iterdir()] == ["netcrm.db"]
        assert capfd.readouterr() == ("", ""), "SQLCipher tells it on stderr, over whatever is on the screen"

    def test_the_third_key(self, file: Path) -> None:
        """They are tried in turn, and no more are asked for than it takes."""
        asked: list[str] = []

        def keys(path: Path) -> Iterator[str]:
            for passphrase in ("wrong", "worse", PASSPHRASE, "never asked"):
                asked.append(passphrase)
                yield passphrase

        Store(file, frozen, key=keys).close()
        assert asked == ["wrong", "worse", PASSPHRASE]

    def test_without_a_key(self, file: Path) -> None:
        """Where nobody can be asked, it says what it is."""
        with pytest.raises(Encrypted, match="is encrypted, and opens only with its key"):
            Store(file, frozen)

    def test_without_the_library(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """One sentence says what to install."""
        monkeypatch.setitem(sys.modules, "sqlcipher3", None)
        sqlcipher.cache_clear()
        try:
            with pytest.raises(StoreError, match=r"To open it: pip install 'netcrm\[encrypt\]'$"):
                Store(file, frozen, key=given(PASSPHRASE))
        finally:
            sqlcipher.cache_clear()

    @pytest.mark.parametrize(
        "content",
        [
            b"\0" * 8192,
            b"x" * 4096,
            b"\xff" * 4096,
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
            "Grüße ".encode() * 2048,
        ],
        ids=["zeros", "one letter", "one byte", "no whole page", "text"],
    )
    def test_what_is_none(self, tmp_path: Path, content: bytes) -> None:
        """No key is asked for what can't be an encrypted file."""
        path = tmp_path / "netcrm.db"
        path.write_bytes(content)
        with pytest.raises(StoreError, match="is not a netcrm file"):
            Store(path, frozen, key=lambda path: pytest.fail("asked"))

    def test_a_damaged_page(self, ciphered: Store) -> None:
        """A page that was changed without the key is never taken for what stands there."""
        added(ciphered)
        ciphered.close()
        with with_key(ciphered.path) as connection:
            (page,) = connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE name = 'people'"
            ).fetchone()
        with ciphered.path.open("r+b") as content:
            content.seek((page - 1) * 4096 + 100)
            byte = content.read(1)
            content.seek(-1, os.SEEK_CUR)
            content.write(bytes([byte[0] ^ 1]))
        with with_key(ciphered.path) as connection, pytest.raises(sqlcipher().DatabaseError) as caught:
            connection.execute("SELECT * FROM people").fetchall()
        assert caught.value.sqlite_errorname == "SQLITE_CORRUPT"

    def test_a_second_opening_keeps_the_locks(self, ciphered: Store) -> None:
        """Looking at the file again in one process drops no lock that the first connection holds."""
        script = (
            "import sys; from tests.ciphered import ciphered; from pathlib import Path;"
            "print(*ciphered(Path(sys.argv[1])).execute('PRAGMA journal_mode = DELETE').fetchone())"
        )
        added(ciphered)
        for _ in range(2):
            with pytest.raises((WrongKey, Encrypted)):
                Store(ciphered.path, frozen, key=given("wrong"))
            connect(ciphered._file, frozen).close()
        ended = subprocess.run(
            [sys.executable, "-c", script, str(ciphered.path)], check=False, capture_output=True, text=True
        )
        assert "database is locked" in ended.stderr

    def test_an_older_one(self, tmp_path: Path) -> None:
        """It is brought up to date, and the copy that is kept before is encrypted too."""
        from sqlite_utils import Database

        path = tmp_path / "old.db"
        database = Database(path)
        migrations.apply(database, stop_before="m003_involved")
        database.execute("PRAGMA application_id = 0x4E43524D")
        database.execute("PRAGMA user_version = 2")
        database.table("people").insert(
            {"uuid": "1", "created": "", "updated": "", "name": "Hank Morrow", "note": WORDS}
        )
        database.conn.commit()
        database.close()
        recode(path, None, lambda: PASSPHRASE)
        with Store(path, ticking(), key=given(PASSPHRASE)) as store:
            assert names(store, store.people.ids()) == ["Hank Morrow"]
            assert store._connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
            assert not shown(tmp_path, "marmalade")
            assert list(_versions(tmp_path, store._file)) == [2]


def _versions(folder: Path, book: File) -> Iterator[int]:
    """The versions of the copies that are kept of a book."""
    for path in (*folder.glob("*.bak"), *folder.glob("*-backups/*.db")):
        with closing(book.alike(path).open()) as connection:
            yield connection.execute("PRAGMA user_version").fetchone()[0]


class TestNothingShows:
    """No file beside it holds a word of what is in it, at any time."""

    def test_while_it_is_used(self, ciphered: Store, tmp_path: Path) -> None:
        """Neither the file, nor its log, nor anything else in its folder; open, and closed."""
        store = ciphered
        hank = added(store, Profile(name="Hank Quillfeather", note=WORDS, tags=("zanzibar",)))
        for number in range(300):
            logged(store, hank, text=f"{WORDS} {number}", days_ago=number)
        queued(store, hank, "Send the zeppelin")
        store.sparks.keep(SparkDraft(kind="article", title="A zeppelin over the observatory"))
        cards = [
            Card(source="vcard", key=str(one), profile=Profile(name=f"Zora {one}", note=WORDS))
            for one in range(200)
        ]
        store.imports.bring_in(cards, "contacts.vcf", today=TODAY)
        assert len(list(store.search.people(parse("marmalade")))) == 201
        connection = store._connection
        connection.execute("CREATE TEMP TABLE sorted AS SELECT * FROM people ORDER BY note")
        words = ("marmalade", "observatory", "quillfeather", "zanzibar", "zeppelin", "CREATE TABLE")
        assert (tmp_path / "netcrm.db-wal").stat().st_size > 100_000
        assert not shown(tmp_path, *words)
        store.close()
        assert not shown(tmp_path, *words)

    @plain_only
    def test_what_was_plain_before(self, tmp_path: Path) -> None:
        """After encrypting: neither in the book, nor a backup, nor what something killed had left."""
        with a_store(tmp_path) as store:
            added(store, Profile(name="Hank Quillfeather", note=WORDS))
            store.back_up("asked")
        content = (tmp_path / "netcrm.db").read_bytes()
        for left in ("netcrm.db-new", ".netcrm.db.7.part", "netcrm.db-backups/.check.part"):
            (tmp_path / left).write_bytes(content)
        assert len(shown(tmp_path, "marmalade")) >= 5
        recode(tmp_path / "netcrm.db", None, lambda: PASSPHRASE)
        assert not shown(tmp_path, "marmalade", "quillfeather", "CREATE TABLE")

    def test_it_would_be_found(self, tmp_path: Path) -> None:
        """In a file that is not encrypted the same search finds them."""
        with a_store(tmp_path) as store:
            added(store, Profile(name="Hank Quillfeather", note=WORDS))
            assert shown(tmp_path, "marmalade")

    def test_temporary_files(self, ciphered: Store) -> None:
        """SQLite sorts in memory, and can't be told otherwise: its temporary files would be plain."""
        assert ("TEMP_STORE=2",) in ciphered._connection.execute("PRAGMA compile_options").fetchall()


class TestItWorks:
    """All that a plain file can do."""

    @pytest.fixture
    def book(self, written: tuple[Path, Book], tmp_path: Path) -> Iterator[Book]:
        """The book of the acts' tests, encrypted."""
        path, ids = written
        copy = tmp_path / "copy.db"
        copy.write_bytes(path.read_bytes())
        recode(copy, None, lambda: PASSPHRASE)
        with Store(copy, ticking(), key=given(PASSPHRASE)) as store:
            yield replace(ids, store=store)

    def test_acts(self, book: Book) -> None:
        """Each is kept, taken back to the very rows, and done again."""
        for name in ("timeline.log", "gives.give", "people.archive", "imports.bring_in", "filling.fill"):
            before = dump(book.store)
            ACTS[name](book)
            after = dump(book.store)
            assert after != before, name
            book.store.history.undo()
            assert dump(book.store) == before, name
            book.store.history.redo()
            assert dump(book.store) == after, name

    def test_aside(self, ciphered: Store) -> None:
        """Another thread opens it with the key as it is, and derives none."""
        added(ciphered, "Amara")
        with aside(ciphered._file) as connection:
            assert connection.execute("SELECT name FROM people").fetchall() == [("Amara",)]
            with pytest.raises(sqlcipher().OperationalError, match="readonly"):
                connection.execute("DELETE FROM people")

    def test_errors_are_sentences(self, ciphered: Store) -> None:
        """SQLCipher's errors are none of sqlite3's; what they mean is said all the same."""
        with pytest.raises(StoreError, match="could not be used"), ciphered._writer.act() as act:
            act.insert("tags", {"nothing": 1})
        assert not issubclass(sqlcipher().Error, sqlite3.Error)

    def test_two_at_once(self, ciphered: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two programs write in turn, and each sees what the other wrote."""
        with keyed_store(ciphered.path, monkeypatch) as other:
            before = ciphered.version()
            for number in range(20):
                added(other if number % 2 else ciphered, f"Person {number}")
            assert ciphered.version() != before
            assert ciphered.people.count() == other.people.count() == 20

    def test_kill_9(self, tmp_path: Path) -> None:
        """What was said to be done before a kill is there afterwards, and the file is whole."""
        script = (
            "import sys, pathlib, itertools\n"
            "import netcrm.store\n"
            "from netcrm.store.file import File\n"
            "from tests.ciphered import KEY\n"
            "File.at = lambda path: File(path, KEY)\n"
            "from tests.world import a_store, added, logged\n"
            "store = a_store(pathlib.Path(sys.argv[1])); hank = added(store, 'Hank')\n"
            "for number in itertools.count():\n"
            "    logged(store, hank, text=f'entry {number}'); print(number, flush=True)\n"
        )
        for seconds in (0.0, 0.02, 0.05):
            folder = tmp_path / str(seconds)
            folder.mkdir()
            with subprocess.Popen(
                [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True
            ) as writer:
                assert writer.stdout is not None
                last = int(writer.stdout.readline())
                time.sleep(seconds)
                writer.send_signal(signal.SIGKILL)
                last = max([last, *(int(line) for line in writer.stdout if re.fullmatch(r"\d+\n", line))])
            with with_key(folder / "netcrm.db") as connection:
                kept = connection.execute("SELECT count(*) FROM interactions").fetchone()[0]
                assert kept >= last + 1
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []


def test_unlocked_gives_a_plain_file_back(tmp_path: Path) -> None:
    """Whoever may meet either kind, such as a restore, is asked for a key only where there is one."""
    a_store(tmp_path).close()
    file = File(tmp_path / "netcrm.db")
    assert unlocked(file, lambda path: pytest.fail("asked")) is file


class TestForgetting:
    """Someone is forgotten for good."""

    def test_out_of_the_book_and_its_backups(self, ciphered: Store, tmp_path: Path) -> None:
        """Opened with the key, neither has a row left that says a word of them; both are encrypted still."""
        added(ciphered, "Hank Morrow")
        mallory = added(ciphered, "Mallory Vex")
        logged(ciphered, mallory, text=WORDS)
        ciphered.back_up("asked")
        uuid = ciphered.reach_of(mallory).uuid
        ciphered.close()
        assert forget(File(ciphered.path, KEY), uuid, frozen, from_backups=True) == Outcome(cleaned=1)
        books = list(tmp_path.rglob("*.db"))
        assert len(books) == 2
        for book in books:
            assert not book.read_bytes().startswith(b"SQLite")
            with with_key(book) as connection:
                assert connection.execute("SELECT name FROM people").fetchall() == [("Hank Morrow",)]
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                said = repr(dump_of(connection)).casefold()
                assert "hank" in said and "marmalade" not in said and "mallory" not in said
