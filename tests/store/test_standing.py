"""Another file is put in the place of one that is open: noticed before the next write, and none is harmed."""

import contextlib
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from netcrm.store import Store, backups
from netcrm.store.errors import Replaced, StoreError
from netcrm.store.file import File
from tests.ciphered import outside
from tests.world import a_store, added, dump, frozen, logged, names

ELSEWHERE = """
import sys
from pathlib import Path
from tests.ciphered import outside
from tests.world import added, frozen, names
from netcrm.store import Store
with Store(Path(sys.argv[1]), frozen) as store:
    for name in sys.argv[2:]:
        added(store, name)
    print(*names(store, store.people.ids()))
"""


def elsewhere(path: Path, *new: str) -> Sequence[str]:
    """Who is in a book, as another program finds it that is opened now, adds people and is closed again."""
    run = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(path), *new], check=True, capture_output=True, text=True
    )
    return run.stdout.split()


def another(folder: Path, *people: str) -> Path:
    """A whole book, closed, with some people in it."""
    folder.mkdir()
    with a_store(folder) as store:
        for name in people:
            added(store, name)
        return store.path


def everybody(store: Store) -> Sequence[str]:
    """The names of all, in order."""
    return names(store, store.people.ids())


def kept(folder: Path) -> Path:
    """The one copy that is among the backups."""
    (copy,) = (folder / "netcrm.db-backups").iterdir()
    return copy


def sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file."""
    with contextlib.closing(outside(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def killed(path: Path, *people: str) -> None:
    """Another program adds people and is killed: all that it wrote stands in the log."""
    script = ELSEWHERE.replace("    print", "    import os; os.kill(os.getpid(), 9)\n    print")
    ended = subprocess.run([sys.executable, "-c", script, str(path), *people], check=False)
    assert ended.returncode == -signal.SIGKILL


class TestReplaced:
    """A synchroniser, or ``mv``, puts another book where one is open."""

    def test_nothing_is_written(self, tmp_path: Path) -> None:
        """The next act is refused in a sentence, and neither the old nor the new file has it."""
        with a_store(tmp_path) as store:
            added(store, "Amara")
            new = another(tmp_path / "synced", "Bela")
            content = new.read_bytes()
            new.rename(store.path)
            assert store.replaced
            for act in (lambda: added(store, "Christina"), store.history.undo, store.history.redo):
                with pytest.raises(
                    Replaced, match=r"netcrm\.db was replaced by another program: nothing was written"
                ):
                    act()
            assert everybody(store) == ["Amara"]
            assert store.path.read_bytes() == content
        assert (tmp_path / "netcrm.db").read_bytes() == content
        assert elsewhere(tmp_path / "netcrm.db") == ["Bela"]

    def test_the_old_log_is_not_played_into_the_new_file(self, tmp_path: Path) -> None:
        """A command meanwhile finds the new book as it is, and what it writes stays.

        SQLite by itself played the old one's log into it: Bela was gone, without a word.
        """
        with a_store(tmp_path) as store:
            added(store, "Amara")
            another(tmp_path / "synced", "Bela").rename(store.path)
            assert elsewhere(store.path, "Christina") == ["Bela", "Christina"]
            assert everybody(store) == ["Amara"]
            with contextlib.suppress(Replaced):
                added(store, "Dora")
        assert elsewhere(tmp_path / "netcrm.db") == ["Bela", "Christina"]
        assert sound(tmp_path / "netcrm.db")

    def test_the_new_ones_log_is_not_removed(self, tmp_path: Path) -> None:
        """Closing the old book leaves alone the log in which the new one's acts stand, by the same name."""
        store = a_store(tmp_path)
        added(store, "Amara")
        another(tmp_path / "synced", "Bela").rename(store.path)
        with a_store(tmp_path) as new:
            added(new, "Christina")
            store.close()
            assert elsewhere(tmp_path / "netcrm.db") == ["Bela", "Christina"]
            killed(tmp_path / "netcrm.db", "Dora")
        assert elsewhere(tmp_path / "netcrm.db") == ["Bela", "Christina", "Dora"]

    def test_two_that_are_kept_within_a_second(self, tmp_path: Path) -> None:
        """Each is a backup like any other: listed, and thinned out in time."""
        for number in (1, 2):
            with a_store(tmp_path) as store:
                added(store, f"Amara {number}")
                another(tmp_path / f"synced {number}", "Bela").rename(store.path)
        found = backups.kept(File(tmp_path / "netcrm.db"))
        assert [one.why for one in found] == ["replaced", "replaced"]
        assert len(list((tmp_path / "netcrm.db-backups").glob("*.db"))) == 2

    def test_what_was_open_is_kept(self, tmp_path: Path) -> None:
        """Nobody finds the old file any more: all of it, with the last act, is kept among the backups."""
        with a_store(tmp_path) as store:
            added(store, "Amara")
            another(tmp_path / "synced", "Bela").rename(store.path)
        copy = kept(tmp_path)
        assert copy.name.endswith("Z-replaced.db")
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
        assert elsewhere(copy) == ["Amara"]

    def test_at_the_moment_of_an_act(self, tmp_path: Path) -> None:
        """An act that went to the old file, being replaced just then, is not said to be done."""
        with a_store(tmp_path) as store:
            added(store, "Amara")
            new = another(tmp_path / "synced", "Bela")
            with pytest.raises(Replaced), store._writer.act("added Christina") as act:
                act.insert("people", {"name": "Christina"})
                new.rename(store.path)
        assert elsewhere(tmp_path / "netcrm.db") == ["Bela"]

    def test_after_a_kill(self, tmp_path: Path) -> None:
        """A window was killed, then the file was replaced: the log it left is put aside, not played."""
        path = tmp_path / "netcrm.db"
        killed(path, "Amara")
        assert (tmp_path / "netcrm.db-wal").stat().st_size
        another(tmp_path / "synced", "Bela").rename(path)
        with a_store(tmp_path) as store:
            assert everybody(store) == ["Bela"]
            assert store.log_aside == kept(tmp_path)
            assert kept(tmp_path).name.endswith("Z-replaced.wal")
            added(store, "Christina")
        with a_store(tmp_path) as store:
            assert everybody(store) == ["Bela", "Christina"]
            assert store.log_aside is None

    def test_with_its_own_log(self, tmp_path: Path) -> None:
        """A book that is put there together with its log is the two together."""
        (tmp_path / "synced").mkdir()
        killed(tmp_path / "synced" / "netcrm.db", "Bela")
        with a_store(tmp_path) as store:
            added(store, "Amara")
            for side in ("-wal", ""):
                (tmp_path / "synced" / f"netcrm.db{side}").rename(tmp_path / f"netcrm.db{side}")
            (tmp_path / "netcrm.db-shm").unlink()
        assert elsewhere(tmp_path / "netcrm.db") == ["Bela"]

    def test_a_folder_copied_as_a_whole(self, tmp_path: Path) -> None:
        """After a kill the folder is copied elsewhere: the log belongs to the copy, and nothing is lost."""
        (tmp_path / "here").mkdir()
        killed(tmp_path / "here" / "netcrm.db", "Amara")
        shutil.copytree(tmp_path / "here", tmp_path / "there")
        assert elsewhere(tmp_path / "there" / "netcrm.db") == ["Amara"]
        assert elsewhere(tmp_path / "here" / "netcrm.db") == ["Amara"]


class TestGone:
    """The file is deleted, or moved away, while it is open."""

    def test_deleted(self, tmp_path: Path) -> None:
        """Nothing is written to a file that nobody will find; what was in it is kept."""
        with a_store(tmp_path) as store:
            added(store, "Amara")
            store.path.unlink()
            with pytest.raises(
                Replaced, match=r"netcrm\.db is gone: nothing was written\. Put it back, or quit"
            ):
                added(store, "Bela")
        assert elsewhere(kept(tmp_path)) == ["Amara"]

    def test_made_anew(self, tmp_path: Path) -> None:
        """A new book in its place has nothing of the old one, though the old one's log lies there."""
        with a_store(tmp_path) as store:
            added(store, "Amara")
            store.path.unlink()
            assert elsewhere(store.path, "Bela") == ["Bela"]
            with pytest.raises(Replaced):
                added(store, "Christina")
        assert elsewhere(tmp_path / "netcrm.db") == ["Bela"]
        assert sound(tmp_path / "netcrm.db")

    def test_put_back(self, tmp_path: Path) -> None:
        """Once it stands there again everything goes on, with nothing lost."""
        with a_store(tmp_path) as store:
            added(store, "Amara")
            store.path.rename(tmp_path / "away.db")
            with pytest.raises(Replaced, match="is gone"):
                added(store, "Bela")
            (tmp_path / "away.db").rename(store.path)
            added(store, "Christina")
        assert elsewhere(tmp_path / "netcrm.db") == ["Amara", "Christina"]
        assert not (tmp_path / "netcrm.db-backups").exists()

    def test_the_folder_is_moved(self, tmp_path: Path) -> None:
        """What was written before is found where the folder is now; nothing is made where it was."""
        (tmp_path / "here").mkdir()
        with a_store(tmp_path / "here") as store:
            added(store, "Amara")
            (tmp_path / "here").rename(tmp_path / "there")
            with pytest.raises(Replaced, match="is gone"):
                added(store, "Bela")
            assert elsewhere(tmp_path / "there" / "netcrm.db", "Christina") == ["Amara", "Christina"]
        assert elsewhere(tmp_path / "there" / "netcrm.db") == ["Amara", "Christina"]
        assert [found.name for found in tmp_path.iterdir()] == ["there"]


class TestReopening:
    """The app goes on with the file that stands there now."""

    def test_goes_on_with_the_new_file(self, tmp_path: Path) -> None:
        """What is read and written from now on is the new book's; what was open before is kept."""
        with a_store(tmp_path) as store:
            amara = added(store, "Amara")
            assert not store.joy.jar()  # a shelf that is made when it is asked for
            logged(store, amara, text="the last act")
            before = dump(store)
            another(tmp_path / "synced", "Bela").rename(store.path)
            copy = store.reopen()
            assert copy == kept(tmp_path)  # and the old log does not lie beside it to be played into it
            assert store.log_aside is None
            assert (everybody(store), store.replaced) == (["Bela"], False)
            added(store, "Christina")
            assert elsewhere(store.path, "Dora") == ["Bela", "Christina", "Dora"]
            assert not store.joy.jar()
        assert elsewhere(tmp_path / "netcrm.db") == ["Bela", "Christina", "Dora"]
        with Store(copy, frozen) as old:
            assert dump(old) == before

    def test_a_file_that_is_no_book(self, tmp_path: Path) -> None:
        """Where it can't be opened, half of it having come so far, all stays as it was; later it can."""
        with a_store(tmp_path) as store:
            added(store, "Amara")
            new = another(tmp_path / "synced", "Bela")
            half = tmp_path / "half"
            half.write_bytes(new.read_bytes()[:30_000])
            half.rename(store.path)
            with pytest.raises(StoreError):
                store.reopen()
            assert everybody(store) == ["Amara"]
            new.rename(store.path)
            store.reopen()
            assert everybody(store) == ["Bela"]

    def test_nothing_is_made_where_nothing_stands(self, tmp_path: Path) -> None:
        """A file that is gone is not made anew: it may be on its way back."""
        with a_store(tmp_path) as store:
            store.path.unlink()
            with pytest.raises(Replaced, match="is gone"):
                store.reopen()
            assert not store.path.exists()

    def test_who_reopened_is_present(self, tmp_path: Path) -> None:
        """Whoever needs the book alone is refused as before, and let in once it is closed."""
        from netcrm.store.locks import alone

        with a_store(tmp_path) as store:
            another(tmp_path / "synced", "Bela").rename(store.path)
            store.reopen()
            with pytest.raises(StoreError), alone(store.path):
                raise AssertionError
        with alone(store.path):
            pass
