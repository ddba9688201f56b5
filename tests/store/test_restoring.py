"""Putting a backup in the place of the book: one of the two is whole at every moment."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from netcrm.store.backups import Backup, kept
from netcrm.store.connection import SCHEMA_VERSION, version_of
from netcrm.store.errors import Damaged, Encrypted, StoreError
from netcrm.store.file import File
from netcrm.store.recoding import copy_across
from netcrm.store.restoring import restore
from tests.ciphered import KEY, needs_sqlcipher, plain_only
from tests.store.test_backups import backup, damage, said_by
from tests.store.test_connection import everything_in
from tests.world import NOW, a_store, added, dump, logged, names

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def old(tmp_path: Path) -> Backup:
    """A backup of a book with Amara, of a book that has Bela too by now, and is closed."""
    with a_store(tmp_path) as store:
        added(store, "Amara")
        made = backup(store)
        added(store, "Bela")
    return made


def who(folder: Path) -> list[str]:
    """Who is in the book of a folder."""
    with a_store(folder) as store:
        return sorted(names(store, store.people.ids()))


class TestRestoring:
    """The book as it was."""

    def test_back_and_forth(self, old: Backup, tmp_path: Path) -> None:
        """Everything is as it was then, and what was there is kept, so that it can be brought back."""
        with a_store(tmp_path) as store:
            before = dump(store)
        done = restore(File(tmp_path / "netcrm.db"), old.file, LATER)
        assert who(tmp_path) == ["Amara"]
        assert done.people == 1
        assert done.kept and done.kept.why == "restore"
        restore(File(tmp_path / "netcrm.db"), done.kept.file, LATER)
        with a_store(tmp_path) as store:
            assert dump(store) == before

    def test_its_files(self, old: Backup, tmp_path: Path) -> None:
        """Private, and nothing of the old book lies beside the new one."""
        restore(File(tmp_path / "netcrm.db"), old.file, LATER)
        assert stat.S_IMODE((tmp_path / "netcrm.db").stat().st_mode) == 0o600
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            "netcrm.db",
            "netcrm.db-backups",
            "netcrm.db-lock",
            "netcrm.db-open",
        ]

    def test_what_lay_in_the_log(self, old: Backup, tmp_path: Path) -> None:
        """A book that was killed has a log; it is kept with it, and never replayed over the new one."""
        aside = tmp_path / "killed"
        aside.mkdir()
        with a_store(tmp_path) as store:
            added(store, "Cleo")
            for suffix in ("", "-wal"):
                shutil.copy(f"{store.path}{suffix}", aside / f"netcrm.db{suffix}")
        for suffix in ("", "-wal"):
            (aside / f"netcrm.db{suffix}").chmod(0o600)
        done = restore(File(aside / "netcrm.db"), old.file, LATER)
        assert who(aside) == ["Amara"]
        assert done.kept
        restore(File(aside / "netcrm.db"), done.kept.file, LATER)
        assert who(aside) == ["Amara", "Bela", "Cleo"]

    def test_where_nothing_is(self, old: Backup, tmp_path: Path) -> None:
        """A book that was lost comes back, with its folder."""
        (tmp_path / "netcrm.db").unlink()
        done = restore(File(tmp_path / "netcrm.db"), old.file, LATER)
        assert (done.kept, done.aside) == (None, None)
        assert who(tmp_path) == ["Amara"]
        restore(File(tmp_path / "new" / "folder" / "netcrm.db"), old.file, LATER)
        assert who(tmp_path / "new" / "folder") == ["Amara"]
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700

    def test_an_emptied_book(self, old: Backup, tmp_path: Path) -> None:
        """A file of no bytes is no new book where there are backups: it is not opened as one."""
        os.truncate(tmp_path / "netcrm.db", 0)
        with pytest.raises(Damaged, match="is empty, and was not before"):
            a_store(tmp_path)
        restore(File(tmp_path / "netcrm.db"), old.file, LATER)
        assert who(tmp_path) == ["Amara"]

    def test_through_a_link(self, old: Backup, tmp_path: Path) -> None:
        """The link stays one, and what it leads to is replaced."""
        (tmp_path / "link.db").symlink_to(tmp_path / "netcrm.db")
        restore(File.at(tmp_path / "link.db"), old.file, LATER)
        assert (tmp_path / "link.db").is_symlink()
        assert who(tmp_path) == ["Amara"]

    @pytest.mark.parametrize("how", ["header", "page", "cut", "zeros"])
    def test_a_damaged_book(self, old: Backup, tmp_path: Path, how: str) -> None:
        """Its very bytes are kept, and its log's."""
        path = tmp_path / "netcrm.db"
        if how == "cut":
            os.truncate(path, 20_000)
        elif how == "zeros":
            path.write_bytes(bytes(path.stat().st_size))
        else:
            damage(path, 1 if how == "header" else 3)
        Path(f"{path}-wal").write_bytes(b"log")
        bytes_before = path.read_bytes()
        done = restore(File(path), old.file, LATER)
        assert done.kept is None and done.aside
        assert done.aside.read_bytes() == bytes_before
        assert done.aside.with_name(f"{done.aside.name}-wal").read_bytes() == b"log"
        assert stat.S_IMODE(done.aside.stat().st_mode) == 0o600
        assert who(tmp_path) == ["Amara"]
        assert done.aside not in [one.file.path for one in kept(File(path))]

    def test_two_damaged_books(self, old: Backup, tmp_path: Path) -> None:
        """The bytes of the second do not take the place of the first's."""
        asides = []
        for text in (b"one", b"two"):
            (tmp_path / "netcrm.db").write_bytes(text)
            asides.append(restore(File(tmp_path / "netcrm.db"), old.file, LATER).aside)
        assert [aside.read_bytes() for aside in asides if aside] == [b"one", b"two"]

    def test_an_older_backup(self, old: Backup, tmp_path: Path) -> None:
        """One from before a newer netcrm is put back as it is, and brought up to date when it is opened."""
        shutil.copy(_first_version(tmp_path), old.file.path)
        restore(File(tmp_path / "netcrm.db"), old.file, LATER)
        assert who(tmp_path) == ["Hank Morrow"]
        assert {one.why for one in kept(File(tmp_path / "netcrm.db"))} >= {"migration", "restore"}


class TestRefused:
    """Nothing is changed, and a sentence says why."""

    def refused(self, folder: Path, source: File, why: str) -> None:
        """Restoring is refused, and every file is as it was, the locks beside the book aside."""
        before = _without_locks(folder)
        with pytest.raises(StoreError, match=why):
            restore(File(folder / "netcrm.db"), source, LATER)
        assert _without_locks(folder) == before

    def test_a_damaged_backup(self, old: Backup, tmp_path: Path) -> None:
        """It would be a damaged book."""
        damage(old.file.path, 5)
        self.refused(tmp_path, old.file, "is damaged")

    def test_a_newer_backup(self, old: Backup, tmp_path: Path) -> None:
        """This netcrm could not read it."""
        with closing(sqlite3.connect(old.file.path)) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        self.refused(tmp_path, old.file, "written by a newer netcrm")

    def test_no_backup(self, old: Backup, tmp_path: Path) -> None:
        """A text, a folder, nothing at all."""
        (tmp_path / "notes.txt").write_text("hello")
        self.refused(tmp_path, File(tmp_path / "notes.txt"), "no netcrm file")
        self.refused(tmp_path, File(tmp_path / "netcrm.db-backups"), "There is no file")
        self.refused(tmp_path, File(tmp_path / "nothing"), "There is no file")

    def test_itself(self, old: Backup, tmp_path: Path) -> None:
        """The book is no backup of itself."""
        self.refused(tmp_path, File(tmp_path / "netcrm.db"), "is the book itself")

    def test_open_elsewhere(self, old: Backup, tmp_path: Path) -> None:
        """An app that has the book open would go on writing to the old one."""
        with a_store(tmp_path) as store:
            self.refused(tmp_path, old.file, "open elsewhere")
            assert sorted(names(store, store.people.ids())) == ["Amara", "Bela"]

    def test_over_another_programs_file(self, old: Backup, tmp_path: Path) -> None:
        """A browser's history is not written over."""
        with closing(sqlite3.connect(tmp_path / "netcrm.db")) as connection:
            connection.execute("PRAGMA application_id = 7")
        self.refused(tmp_path, old.file, "belongs to another program")

    def test_no_room_to_keep_what_is_there(
        self, old: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without a copy of what is there it is not replaced."""
        monkeypatch.setattr("netcrm.store.backups._ROOM", 1e12)
        self.refused(tmp_path, old.file, "no room")


class TestLeftBehind:
    """What a restore leaves that was killed."""

    @pytest.mark.parametrize("name", ["netcrm.db-new", "netcrm.db-new-wal", ".netcrm.db.4711.part"])
    def test_the_next_one_overwrites_it(self, old: Backup, tmp_path: Path, name: str) -> None:
        """Whoever has it open reads noise."""
        left = tmp_path / name
        shutil.copy(old.file.path, left)
        with left.open("rb") as still:
            restore(File(tmp_path / "netcrm.db"), old.file, LATER)
            content = still.read()
        assert content and b"SQLite" not in content
        assert not left.exists()

    def test_it_is_no_backup(self, old: Backup, tmp_path: Path) -> None:
        """It may be half a copy, and would be overwritten while it is read."""
        left = tmp_path / "netcrm.db-new"
        shutil.copy(old.file.path, left)
        with pytest.raises(StoreError, match="left of a copy that was not finished"):
            restore(File(tmp_path / "netcrm.db"), File(left), LATER)
        assert left.read_bytes() == old.file.path.read_bytes()


@needs_sqlcipher
@plain_only
class TestEncrypted:
    """What is encrypted never becomes plain without being asked."""

    @pytest.fixture
    def backup(self, old: Backup, tmp_path: Path) -> File:
        """An encrypted backup, from elsewhere."""
        (tmp_path / "stick").mkdir()
        file = File(tmp_path / "stick" / "copy.db", KEY)
        copy_across(old.file, file)
        return file

    @pytest.mark.parametrize("there", ["nothing", "an empty file"])
    def test_on_a_new_machine(self, backup: File, tmp_path: Path, there: str) -> None:
        """It opens with the key that the backup has, and only with that."""
        folder = tmp_path / "new"
        folder.mkdir()
        book = File(folder / "netcrm.db")
        if there != "nothing":
            book.path.touch(0o600)
        assert restore(book, backup, LATER).people == 1
        with pytest.raises(Encrypted):
            version_of(book)
        assert version_of(replace(book, key=KEY)) == SCHEMA_VERSION
        assert [file.name for file in folder.rglob("*") if b"Amara" in file.read_bytes()] == []

    def test_onto_a_plain_book(self, backup: File, tmp_path: Path) -> None:
        """Refused: nobody has asked for it to be plain."""
        before = everything_in(tmp_path)
        with pytest.raises(StoreError, match="netcrm encrypt first, or move the plain one away"):
            restore(File(tmp_path / "netcrm.db"), backup, LATER)
        assert {**everything_in(tmp_path), "netcrm.db-open": None} == {**before, "netcrm.db-open": None}
        assert who(tmp_path) == ["Amara", "Bela"]

    def test_a_plain_backup_onto_an_encrypted_book(self, old: Backup, backup: File) -> None:
        """It is encrypted as the book is."""
        restore(backup, old.file, LATER)
        with pytest.raises(Encrypted):
            version_of(File(backup.path))
        assert version_of(backup) == SCHEMA_VERSION


class TestThePowerGoes:
    """A cut at any moment leaves the old book whole or the new one, and no other."""

    @pytest.mark.parametrize("healthy", [True, False], ids=["a whole book", "a log beside it"])
    def test_at_every_step(
        self, old: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, healthy: bool
    ) -> None:
        """Before each call that changes a name or waits for the disk, what a cut would leave is a whole book.

        A name that was removed may still be there after a cut unless the folder was synced since, with all
        that ever was in it: so each image is looked at with and without what was removed last.
        """
        book = tmp_path / "book"
        book.mkdir()
        with a_store(tmp_path) as store:
            for number in range(0 if healthy else 100):
                logged(store, 1, text=f"about {number}")
            was = dump(store)
            for suffix in ("", "-wal"):
                if Path(f"{store.path}{suffix}").exists():
                    shutil.copy(f"{store.path}{suffix}", book / f"netcrm.db{suffix}")
                    (book / f"netcrm.db{suffix}").chmod(0o600)
        images: list[Path] = []
        known: dict[str, bytes] = {}
        fullest: dict[str, bytes] = {}
        removed: dict[str, bytes] = {}

        def image(extra: dict[str, bytes]) -> None:
            to = tmp_path / f"image{len(images)}"
            to.mkdir()
            for name, content in {**extra, **known}.items():
                (to / name).write_bytes(content)
                (to / name).chmod(0o600)
            images.append(to)

        def look() -> None:
            there = {path.name: path.read_bytes() for path in book.iterdir() if path.is_file()}
            removed.update({name: fullest.get(name, b"") for name in known.keys() - there.keys()})
            fullest.update(
                {name: said for name, said in there.items() if len(said) > len(fullest.get(name, b""))}
            )
            known.clear()
            known.update(there)
            image({})
            image(removed)

        def watched(call: Callable[..., object]) -> Callable[..., object]:
            def before(*args: object, **kwargs: object) -> object:
                look()
                if call is FSYNC and os.fstat(int(str(args[0]))).st_ino == book.stat().st_ino:
                    removed.clear()
                return call(*args, **kwargs)

            return before

        monkeypatch.setattr(Path, "unlink", watched(UNLINK))
        monkeypatch.setattr(Path, "replace", watched(REPLACE))
        monkeypatch.setattr(os, "fsync", watched(FSYNC))
        restore(File(book / "netcrm.db"), old.file, LATER)
        monkeypatch.undo()
        look()
        then = said_by(old.file)
        found = [_said_in(one) for one in images]
        assert found[0] == was and found[-1] == then
        assert all(one in (was, then) for one in found)
        assert len(images) > 10


UNLINK, REPLACE, FSYNC = Path.unlink, Path.replace, os.fsync


def _said_in(folder: Path) -> object:
    with a_store(folder) as store:
        assert store._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return dump(store)


def _without_locks(folder: Path) -> dict[str, object]:
    return {
        name: said for name, said in everything_in(folder).items() if not name.endswith(("-lock", "-open"))
    }


def _first_version(folder: Path) -> Path:
    """A book as version 1 left it."""
    from sqlite_utils import Database

    from netcrm.store.connection import APPLICATION_ID
    from netcrm.store.migrations import migrations

    database = Database(folder / "first.db")
    migrations.apply(database, stop_before="m002_giving")
    database.execute(
        "INSERT INTO people (uuid, created, updated, name)"
        " VALUES ('1', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'Hank Morrow')"
    )
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute("PRAGMA user_version = 1")
    database.conn.commit()
    database.close()
    return folder / "first.db"
