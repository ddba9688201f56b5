"""Forgetting someone for good: no file says a word of them any more."""

import contextlib
import errno
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from netcrm.domain.groups import GroupDraft
from netcrm.domain.imports import Card
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Relation
from netcrm.store import Store, backups, forgetting, out_of_backups, private
from netcrm.store.backups import kept
from netcrm.store.checking import check
from netcrm.store.connection import APPLICATION_ID, SCHEMA_VERSION, connect, version_of
from netcrm.store.errors import StoreError
from netcrm.store.file import File
from netcrm.store.forgetting import Outcome, Unfinished, forget
from netcrm.store.migrations import migrations
from netcrm.store.out_of_backups import going_whole
from tests.world import NOW, TODAY, a_store, added, entry, frozen, logged, only, person, queued, ticking

WORDS = ("quixotrix", "zebulba", "wolfram", "flugelhorn", "hypogean", "katabasis", "ullage", "brontide")
"""Words that stand only in what is about the one who is forgotten."""

MALLORY = person(
    "Mallory Quixotrix",
    note="Collects the zebulba",
    organisation="Wolfram Works",
    tags=("flugelhorn", "design"),
    points=(ContactPoint("email", "m@hypogean.example"),),
    wants=("a katabasis",),
    occasions=(Occasion(kind="other", label="the ullage", month=5, day=1),),
    further=(Further("X-SOUND", "X-SOUND:brontide"),),
)


def traces(folder: Path, words: Iterable[str] = WORDS) -> set[str]:
    """Which of the words stand in any file of a folder, in whatever case."""
    files = [path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()]
    return {word for word in words for content in files if word.encode() in content}


@pytest.fixture
def book(tmp_path: Path) -> tuple[Path, str]:
    """A book in which Mallory has left traces everywhere, and her UUID; it is closed."""
    with a_store(tmp_path, ticking()) as store:
        hank = added(store, "Hank Morrow")
        store.imports.bring_in([Card(profile=MALLORY, source="vcard", key="urn:quixotrix")], "contacts.vcf")
        (mallory,) = [key for key in store.people.ids() if key != hank]
        logged(store, mallory, text="Heard the brontide")
        logged(store, hank, mallory, text="Coffee with all")
        store.gives.give([queued(store, mallory, "Bring the ullage")], TODAY)
        queued(store, mallory, "Send the zebulba")
        store.groups.found(GroupDraft(name="Choir", members=(hank, mallory)))
        store.relations.add(hank, Relation("friend", "Mallory Quixotrix", mallory))
        store.introductions.propose(hank, mallory, "both know the katabasis", TODAY)
        store.people.edit(mallory, person("Mallory Quixotrix", note="No longer collects the wolfram"))
        store.history.undo()
        store.back_up("asked")
        found = store.people.get(mallory)
        assert found is not None
        uuid = found.uuid
    assert traces(tmp_path) == set(WORDS)
    return store.path, uuid


class TestForgetting:
    """Out of rows, search pages, history, free pages, the log of writes."""

    def test_no_file_says_a_word(self, book: tuple[Path, str]) -> None:
        """With the backups asked for, nothing is left in any file of the folder."""
        path, uuid = book
        assert forget(File(path), uuid, frozen, from_backups=True) == Outcome(cleaned=1)
        assert traces(path.parent) == set()
        assert traces(path.parent, ["hank", "coffee"]) == {"hank", "coffee"}

    def test_backups_stay_unless_asked(self, book: tuple[Path, str]) -> None:
        """Without that the file itself has nothing left, and the backups are what they were."""
        path, uuid = book
        backup = kept(File(path))[0].file.path
        before = backup.read_bytes()
        assert forget(File(path), uuid, frozen, from_backups=False) == Outcome()
        assert backup.read_bytes() == before
        backup.unlink()
        assert traces(path.parent) == set()

    def test_what_others_took_part_in_stays(self, book: tuple[Path, str]) -> None:
        """The rest of the book is whole, and what is left can be worked with."""
        path, uuid = book
        forget(File(path), uuid, frozen, from_backups=True)
        with a_store(path.parent) as store:
            (hank,) = store.people.ids()
            assert [it.text for it in store.timeline.of(hank)] == ["Coffee with all"]
            assert not store.relations.of(hank) and not store.introductions.all()
            assert [member.id for group in store.groups.all() for member in group.members] == [hank]
            assert not store.gives.queue(TODAY) and not store.history.acts()
            assert "flugelhorn" not in store.people.tags()
        assert all(finding.good for finding in check(File(path), frozen()))
        assert len(kept(File(path))) == 1
        with closing(connect(kept(File(path))[0].file, frozen)) as connection:
            assert connection.execute("SELECT name FROM people").fetchall() == [("Hank Morrow",)]

    def test_only_in_the_history_of_a_backup(self, tmp_path: Path) -> None:
        """Who was added after a backup of an undone adding is in its history, and goes from there too."""
        with a_store(tmp_path, ticking()) as store:
            mallory = added(store, MALLORY)
            found = store.people.get(mallory)
            assert found is not None
            store.history.undo()
            store.back_up("asked")
            store.history.redo()
        assert forget(File(store.path), found.uuid, frozen, from_backups=True) == Outcome(cleaned=1)
        assert traces(tmp_path) == set()

    def test_what_can_t_be_cleaned_goes(self, book: tuple[Path, str]) -> None:
        """A backup that is damaged, and an old log among them, are removed whole."""
        path, uuid = book
        backup = kept(File(path))[0].file.path
        with backup.open("r+b") as damaged:
            damaged.seek(4096)
            damaged.write(b"zebulba " * 1024)
        (backup.parent / "2026-01-01T000000Z-replaced.wal").write_bytes(b"quixotrix")
        whole = [one.path.name for one in going_whole(File(path), [uuid])]
        done = forget(File(path), uuid, frozen, from_backups=True, whole=whole)
        assert [one.why for one in done.gone] == ["an old log", "damaged"] and not done.left
        assert traces(path.parent) == set()

    def test_while_it_is_open(self, book: tuple[Path, str]) -> None:
        """It is refused while another has the book open, and nothing is changed."""
        path, uuid = book
        with Store(path, frozen), pytest.raises(StoreError, match="quit it there first"):
            forget(File(path), uuid, frozen, from_backups=True)
        assert traces(path.parent) == set(WORDS)

    def test_nobody(self, book: tuple[Path, str]) -> None:
        """Who is not there can't be forgotten."""
        with pytest.raises(StoreError, match="no longer there"):
            forget(File(book[0]), "no such uuid", frozen, from_backups=False)


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, locks aside."""
    return {
        str(path): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-lock", "-open", "-shm", "-wal"))
    }


def full(*_: object, **__: object) -> None:
    """Refuse, as a full disk does."""
    raise OSError(errno.ENOSPC, "No space left on device")


def full_for_sqlite(*_: object, **__: object) -> None:
    """Refuse, as SQLite does on a full disk."""
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    raise error


STEPS: tuple[tuple[object, str], ...] = (
    (forgetting, "_wipe_left_behind"),
    (forgetting, "clean"),
    (backups, "copy"),
    (out_of_backups, "take_out"),
    (out_of_backups, "write_anew"),
    (backups, "sound"),
    (private, "sync"),
    (private, "overwrite"),
    (private, "wipe"),
    (forgetting, "take_out"),
    (forgetting, "write_anew"),
    (forgetting, "_remove"),
    (forgetting, "cut_log"),
)
"""What is called on the way; before and behind each call it may end."""


LAST = 40
"""The last moment at which something is left to be done; three more follow."""

MOMENTS = (
    pytest.param(range(1, 45), marks=pytest.mark.long, id="each"),
    pytest.param((1, 12, 33, 38, 41, 44), id="some"),
)
"""At which of them it is stopped."""


def stopping(patch: pytest.MonkeyPatch, at: int, stop: Callable[[], object]) -> None:
    """Stop at a moment, counted by the calls of the steps; their ends count too."""
    left = [at]

    def counted(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            tick()
            said = step(*args, **named)
            tick()
            return said

        return run

    def tick() -> None:
        left[0] -= 1
        if not left[0]:
            stop()

    for module, name in STEPS:
        patch.setattr(module, name, counted(getattr(module, name)))


def killed_at(at: int, path: Path, uuid: str) -> bool:
    """Forget in a process of its own that is killed at a moment; whether it came so far."""
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            stopping(pytest.MonkeyPatch(), at, lambda: os.kill(os.getpid(), signal.SIGKILL))
            forget(File(path), uuid, frozen, from_backups=True)
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL)
    return bool(code)


class TestStopped:
    """Whatever stops it, and wherever: the next opening brings it to its end, and nothing else is lost."""

    @pytest.mark.parametrize("moments", MOMENTS)
    def test_killed(
        self, book: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory, moments: Sequence[int]
    ) -> None:
        """Opened again, nobody finds a word of them; Hank and the backup are there."""
        path, uuid = book
        for at in moments:
            folder = tmp_path_factory.mktemp("killed") / "book"
            shutil.copytree(path.parent, folder)
            killed = killed_at(at, folder / path.name, uuid)
            with a_store(folder) as store:
                assert not store.is_forgetting
                assert [store.people.name(key) for key in store.people.ids()] == ["Hank Morrow"]
                # Behind its last transaction nothing is left to be done.
                assert ("The rest is done now" in store.said) == (killed and at <= LAST)
            assert traces(folder) == set(), at
            (backup,) = kept(File(folder / path.name))
            assert backups.sound(backup.file).people == 1
            shutil.rmtree(folder)
            if not killed:
                break
        assert killed == (at <= LAST + 3)

    @pytest.mark.parametrize("how", [full, full_for_sqlite])
    @pytest.mark.parametrize("moments", MOMENTS)
    def test_a_full_disk(
        self,
        book: tuple[Path, str],
        tmp_path_factory: pytest.TempPathFactory,
        moments: Sequence[int],
        how: Callable[[], object],
    ) -> None:
        """It says what is done and what to do; no backup is lost, and with room again it goes on."""
        path, uuid = book
        ends = set()
        for at in moments:
            folder = tmp_path_factory.mktemp("full") / "book"
            shutil.copytree(path.parent, folder)
            with pytest.MonkeyPatch.context() as patch:
                stopping(patch, at, how)
                try:
                    done = forget(File(folder / path.name), uuid, frozen, from_backups=True)
                    ends.add("left" if done.left else "done")
                except Unfinished as error:
                    assert "nothing was changed" not in str(error) and "Make room; then netcrm" in str(error)
                    ends.add(str(error).partition(":")[0])
            assert len(kept(File(folder / path.name))) == 1
            with a_store(folder) as store:
                assert not store.is_forgetting and [*store.people.ids()] == [1]
            assert traces(folder) == set(), at
            assert len(kept(File(folder / path.name))) == 1
            shutil.rmtree(folder)
        assert ends == {
            "left",
            "done",
            "They are in the book still",
            "They are out of the book, but what was deleted may be in its file still",
            "They are out of the book; all but the last step is done",
        }

    def test_what_came_after_stays(self, book: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
        """While a backup can't be cleaned one works on; the history of that is not forgotten with it."""
        path, uuid = book
        with monkeypatch.context() as patch:
            patch.setattr(backups, "copy", full)
            assert len(forget(File(path), uuid, frozen, from_backups=True).left) == 1
            with a_store(path.parent) as store:
                assert (
                    "could not be cleaned" in store.said and str(kept(File(path))[0].file.path) in store.said
                )
                added(store, "Cleo Marsh")
        assert traces(path.parent) != set()
        with a_store(path.parent) as store:
            assert "The rest is done now" in store.said
            assert [act.label for act in store.history.acts()] == ["added Cleo Marsh"]
        assert traces(path.parent) == set()

    def test_no_room(self, book: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the disk has no room for it nothing is begun."""
        path, uuid = book
        before = files(path.parent)
        usage = shutil.disk_usage(path.parent)._replace(free=100_000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
        with pytest.raises(StoreError, match=r"no room to do it.*nothing was changed"):
            forget(File(path), uuid, frozen, from_backups=True)
        assert files(path.parent) == before
        with a_store(path.parent) as store:
            assert not store.said and len(store.people.ids()) == 2

    def test_the_mark_names_nobody(self, book: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
        """What is remembered of it in the book is a number."""
        path, uuid = book
        monkeypatch.setattr(backups, "copy", full)
        forget(File(path), uuid, frozen, from_backups=True)
        with closing(sqlite3.connect(path)) as connection:
            (said,) = connection.execute("SELECT name || value FROM settings").fetchall()
        assert uuid in said[0] and not [word for word in WORDS if word in said[0].lower()]


class TestBackups:
    """Those that can be cleaned are; what can't goes whole, where that was said before, and nothing else."""

    def test_a_backup_that_can_t_be_written_stays(
        self, book: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A full disk, another's lock, an error of the disk: no reason to destroy a good backup."""
        path, uuid = book
        (backup,) = kept(File(path))
        before = backup.file.path.read_bytes()
        monkeypatch.setattr(backups, "copy", full)
        done = forget(File(path), uuid, frozen, from_backups=True, whole=[backup.file.path.name])
        assert [(one.path, one.why) for one in done.left] == [(backup.file.path, "no space left on device")]
        assert backup.file.path.read_bytes() == before

    def test_who_was_merged_into_them(self, tmp_path: Path) -> None:
        """Backups hold them under the UUIDs that they had before, however often it was done."""
        with a_store(tmp_path, ticking()) as store:
            added(store, "Hank Morrow")
            first, second = (
                added(store, person(name, note=note))
                for name, note in (("Mallory Vex", "quixotrix"), ("Mally Vex", "zebulba"))
            )
            store.back_up("asked")
            store.duplicates.merge(second, first)
            third = added(store, person("M. Vex", note="wolfram"))
            store.back_up("asked")
            store.duplicates.merge(third, second)
            store.back_up("asked")
            uuid = store.reach_of(third).uuid
        assert forget(File(store.path), uuid, frozen, from_backups=True) == Outcome(cleaned=3)
        assert traces(tmp_path) == set() and traces(tmp_path, ["vex"]) == set()
        assert [backups.people_in(one.file) for one in kept(File(store.path))] == [1, 1, 1]

    def test_undoing_a_merge_takes_back_that_they_were_one(self, tmp_path: Path) -> None:
        """Then the other stays, in the book and in its backups."""
        with a_store(tmp_path, ticking()) as store:
            one, other = (added(store, name) for name in ("Mallory Vex", "Mally Vex"))
            store.back_up("asked")
            store.duplicates.merge(one, other)
            store.history.undo()
            uuid = store.reach_of(one).uuid
        forget(File(store.path), uuid, frozen, from_backups=True)
        with a_store(tmp_path) as store:
            assert [store.people.name(key) for key in store.people.ids()] == ["Mally Vex"]
        assert traces(tmp_path, ["mally vex"]) and not traces(tmp_path, ["mallory"])

    def test_the_old_one_is_overwritten_last(
        self, book: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The new one, and then its name, are on the disk before: a power cut finds one of the two whole."""
        path, uuid = book
        backup = kept(File(path))[0].file.path
        said: list[str] = []
        for name in ("sync", "overwrite"):
            real = getattr(private, name)

            def told(what: Any, name: str = name, real: Callable[[Any], object] = real) -> None:
                said.append(f"{name} {what.name}" if isinstance(what, Path) else name)
                real(what)

            monkeypatch.setattr(private, name, told)
        replace = Path.replace

        def replaced(self: Path, target: Path) -> Path:
            said.append("rename")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", replaced)
        forget(File(path), uuid, frozen, from_backups=True)
        at = said.index("rename")
        assert said[at - 1 : at + 3] == [
            f"sync .{backup.name}.part",
            "rename",
            f"sync {backup.parent.name}",
            "overwrite",
        ]

    def test_only_what_netcrm_named(self, book: tuple[Path, str]) -> None:
        """What somebody keeps of their own among the backups is not touched."""
        path, uuid = book
        folder = backups.folder_of(File(path))
        own = [folder / name for name in ("README.txt", "copy.db", "2026-photos.zip", "notes-damaged")]
        for one in own:
            one.write_text("my own")
        assert forget(File(path), uuid, frozen, from_backups=True) == Outcome(cleaned=1)
        assert [one.read_text() for one in own] == ["my own"] * 4

    def test_what_would_go_whole(self, book: tuple[Path, str]) -> None:
        """It is told before, with the reason, and goes; what was not told stays, and is told then."""
        path, uuid = book
        folder = backups.folder_of(File(path))
        good = kept(File(path))[0].file.path
        named = {
            "2026-01-01T000000Z-daily.db": "damaged",
            "2026-01-03T000000Z-daily.db": "of another key",
            "2026-01-04T000000Z-damaged": "damaged",
            "2026-01-05T000000Z-replaced.wal": "an old log",
        }
        for name in named:
            shutil.copy(good, folder / name)
        damaged, other, *_ = (folder / name for name in named)
        damaged.write_bytes(good.read_bytes()[:9000])
        other.write_bytes(os.urandom(8192))
        with a_store(path.parent) as store:
            found = store.reach_of(2, in_backups=True).whole
            assert store.reach_of(2).whole == ()
        assert {one.path.name: one.why for one in found} == named
        told = [name for name in named if name != other.name]
        done = forget(File(path), uuid, frozen, from_backups=True, whole=told)
        assert (done.cleaned, [one.path.name for one in done.gone]) == (1, told)
        assert [(one.path, one.why) for one in done.left] == [(other, "of another key")]
        assert {one.name for one in folder.iterdir() if one.is_file()} >= {good.name, other.name}
        other.unlink()
        with a_store(path.parent) as store:
            assert "The rest is done now" in store.said
        assert traces(path.parent) == set()

    def test_of_an_older_netcrm(self, book: tuple[Path, str]) -> None:
        """A backup with the tables of then is brought up to date, and loses nobody else."""
        path, uuid = book
        older = backups.folder_of(File(path)) / "2026-01-02T000000Z-daily.db"
        database = Database(older)
        migrations.apply(database, stop_before="m003_involved")
        at = "2026-01-01T00:00:00.000+00:00"
        for one, name in ((uuid, "Amara Okafor"), ("1", "Hank Morrow")):
            said = {"uuid": one, "created": at, "updated": at, "name": name, "note": "tells of otters"}
            database.table("people").insert(said)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("PRAGMA user_version = 2")
        database.conn.commit()
        database.close()
        with a_store(path.parent) as store:
            assert store.reach_of(2, in_backups=True).whole == ()
        done = forget(File(path), uuid, frozen, from_backups=True)
        assert (done.cleaned, done.gone, done.left) == (2, (), ())
        assert uuid.encode() not in older.read_bytes()
        assert version_of(File(older)) == SCHEMA_VERSION and not list(older.parent.glob("*.part*"))
        with closing(File(older).open()) as connection:
            assert connection.execute("SELECT name FROM people").fetchall() == [("Hank Morrow",)]

    def test_a_second_name(self, book: tuple[Path, str]) -> None:
        """A backup with a hard link elsewhere is not overwritten there."""
        path, uuid = book
        backup = kept(File(path))[0].file.path
        snapshot = path.parent / "snapshot"
        snapshot.hardlink_to(backup)
        before = snapshot.read_bytes()
        (left,) = forget(File(path), uuid, frozen, from_backups=True).left
        assert "hard link" in left.why and snapshot.read_bytes() == before

    @pytest.mark.parametrize("asked", [True, False])
    def test_what_was_left_behind(self, book: tuple[Path, str], asked: bool) -> None:
        """Parts of copies that were killed go, whether backups are asked for or not."""
        path, uuid = book
        folder = backups.folder_of(File(path))
        left = [path.with_name(path.name + suffix) for suffix in ("-new", "-new-wal", "-new-journal")]
        left += [
            folder / name for name in (".check.part", ".2026-01-01T000000Z-daily.db.part", ".x.part-wal")
        ]
        left += [path.with_name(f".{path.name}.99999999.part")]
        for one in left:
            one.write_bytes(b"zebulba")
        own = path.with_name(".download.part")
        own.write_bytes(b"my own")
        assert list(private.left_behind(path)) == sorted(left[:3] + left[6:]) + sorted(left[3:6])
        forget(File(path), uuid, frozen, from_backups=asked)
        assert not [one for one in left if one.exists()] and own.exists()


class TestReach:
    """What there is of someone, said before it goes."""

    def test_counted(self, book: tuple[Path, str]) -> None:
        """Entries about them alone, entries with others, gives, backups."""
        with a_store(book[0].parent) as store:
            reach = store.reach_of(2)
        assert (reach.name, reach.alone, reach.shared, reach.gives, reach.backups) == (
            "Mallory Quixotrix",
            2,
            1,
            2,
            1,
        )
        assert reach.named == ()

    def test_named_elsewhere(self, store: Store) -> None:
        """Where the words of the name stand together in what stays."""
        mallory = added(store, MALLORY)
        hank = added(store, person("Hank Morrow", note="Knows MALLORY Quixotrix from school"))
        logged(store, hank, text="Talked of Mallory Quixotrix")
        logged(store, hank, text="Talked of Mallory")
        store.timeline.log(entry(mallory, text="Mallory Quixotrix herself"))
        queued(store, hank, "Ask after Mallory Quixotrix")
        assert store.reach_of(mallory).named == (
            ("note", "Hank Morrow"),
            ("entry", NOW.date().isoformat()),
            ("give", "Hank Morrow"),
        )

    def test_nobody(self, store: Store) -> None:
        """Who is not there has no reach."""
        only(frozenset({added(store, "Hank Morrow")}))
        with pytest.raises(StoreError, match="no longer there"):
            store.reach_of(99)
