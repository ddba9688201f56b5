"""Who has the book open: a lock that programs share, and that one who needs it alone is refused over."""

import fcntl
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.locks import LOCK_SECONDS, alone, present
from tests.world import a_store, added, frozen

HOLDER = """
import subprocess, sys, time
from pathlib import Path
from tests.world import frozen
from netcrm.store import Store
store = Store(Path(sys.argv[1]), frozen)
child = subprocess.Popen(["sleep", "30"], close_fds=False) if sys.argv[2:] else None
print(child.pid if child else 0, flush=True)
time.sleep(30)
"""


@contextmanager
def held_elsewhere(path: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another process that has the book open, and the id of a child of its own, if it was to start one."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), *more], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        child = int(holder.stdout.readline())
        try:
            yield holder, child
        finally:
            holder.kill()
            if child:
                os.kill(child, signal.SIGKILL)


class TestPresence:
    """Whoever has a store open is present, from before the file is opened until it is closed."""

    def test_others_may_be_present_too(self, tmp_path: Path) -> None:
        """Any number of windows and commands have the book open at once, and none waits."""
        began = time.monotonic()
        with a_store(tmp_path) as one, a_store(tmp_path) as other, held_elsewhere(one.path):
            added(other, "Amara")
            assert one.people.count() == 1
        assert time.monotonic() - began < LOCK_SECONDS

    def test_alone_is_refused(self, tmp_path: Path) -> None:
        """While a window is open, who needs the book alone hears what to do, and nothing is changed."""
        with a_store(tmp_path) as store:
            before = store.path.read_bytes()
            with (
                pytest.raises(StoreError, match=r"^netcrm is open elsewhere with .*netcrm\.db: quit it"),
                alone(store.path),
            ):
                raise AssertionError
            assert store.path.read_bytes() == before

    def test_alone_is_refused_at_once(self, tmp_path: Path) -> None:
        """The one who is refused has not waited for a second."""
        with a_store(tmp_path) as store:
            began = time.monotonic()
            with pytest.raises(StoreError), alone(store.path):
                raise AssertionError
            assert time.monotonic() - began < 1

    def test_a_passing_command_is_no_reason(self, tmp_path: Path) -> None:
        """A command that is just ending is waited for."""
        path = tmp_path / "netcrm.db"
        a_store(tmp_path).close()
        ending = "import fcntl, sys, time; f = open(sys.argv[1], 'r'); fcntl.flock(f, fcntl.LOCK_SH)"
        ending += "; print(flush=True); time.sleep(0.1)"
        with subprocess.Popen(
            [sys.executable, "-c", ending, f"{path}-open"], stdout=subprocess.PIPE
        ) as passing:
            assert passing.stdout is not None
            passing.stdout.readline()
            with alone(path):
                pass

    def test_closing_lets_go(self, tmp_path: Path) -> None:
        """As soon as the last window is closed, the book can be had alone; closing twice is no harm."""
        store = a_store(tmp_path)
        store.close()
        with alone(store.path):
            pass
        held = present(store.path)
        held.close()
        held.close()
        with alone(store.path):
            pass

    def test_a_refused_file_is_not_held(self, tmp_path: Path) -> None:
        """Who could not open the book is not present."""
        path = tmp_path / "netcrm.db"
        path.write_text("hello")
        with pytest.raises(StoreError):
            Store(path, frozen)
        with alone(path):
            pass

    def test_through_a_link(self, tmp_path: Path) -> None:
        """Who came by another name is present as well."""
        a_store(tmp_path).close()
        (tmp_path / "links").mkdir()
        (tmp_path / "links" / "book.db").symlink_to(tmp_path / "netcrm.db")
        with (
            Store(tmp_path / "links" / "book.db", frozen),
            pytest.raises(StoreError),
            alone(tmp_path / "netcrm.db"),
        ):
            raise AssertionError

    def test_killed(self, tmp_path: Path) -> None:
        """A window that was killed leaves nothing behind that would have to be cleared away."""
        a_store(tmp_path).close()
        path = tmp_path / "netcrm.db"
        with held_elsewhere(path) as (holder, _):
            with pytest.raises(StoreError), alone(path):
                raise AssertionError
            holder.kill()
            holder.wait()
            with alone(path):
                pass
            a_store(tmp_path).close()

    def test_is_not_handed_on(self, tmp_path: Path) -> None:
        """A program that a window started, such as an editor, does not hold the book after it."""
        a_store(tmp_path).close()
        path = tmp_path / "netcrm.db"
        with held_elsewhere(path, "with a child") as (holder, child):
            holder.kill()
            holder.wait()
            os.kill(child, 0)
            with alone(path):
                pass


class TestAlone:
    """Whoever has the book alone keeps everybody else out."""

    def test_opening_waits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A command that comes meanwhile waits a while, and then says what goes on."""
        monkeypatch.setattr("netcrm.store.locks.LOCK_SECONDS", 0.05)
        a_store(tmp_path).close()
        path = tmp_path / "netcrm.db"
        with (
            alone(path),
            pytest.raises(StoreError, match=r"putting .* in order, as restore does\. Try again"),
        ):
            a_store(tmp_path)
        a_store(tmp_path).close()

    def test_only_one_is_alone(self, tmp_path: Path) -> None:
        """Two who want it alone do not both get it."""
        path = tmp_path / "netcrm.db"
        with alone(path), pytest.raises(StoreError, match="quit it there first"), alone(path):
            raise AssertionError

    def test_an_older_book_is_brought_up_to_date_after_it(self, tmp_path: Path) -> None:
        """Who waited finds the book that was put there meanwhile, not the one that it had looked at."""
        path = tmp_path / "netcrm.db"
        (tmp_path / "old").mkdir()
        with a_store(tmp_path / "old") as old:
            added(old, "Amara")
        a_store(tmp_path).close()
        with Path(f"{path}-open").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            waiting = subprocess.Popen(
                [sys.executable, "-c", COUNTING, str(path)], stdout=subprocess.PIPE, text=True
            )
            time.sleep(0.5)
            (tmp_path / "old" / "netcrm.db").rename(path)
        said, _ = waiting.communicate(timeout=20)
        assert said == "1\n"

    @pytest.mark.parametrize("umask", [0o000, 0o077])
    def test_the_lock_is_private(self, tmp_path: Path, umask: int) -> None:
        """What it lies in is its owner's alone, whatever the umask."""
        before = os.umask(umask)
        try:
            a_store(tmp_path).close()
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "netcrm.db-open").stat().st_mode) == 0o600

    def test_no_link_is_followed(self, tmp_path: Path) -> None:
        """A link in its place would have something else locked, or made."""
        (tmp_path / "netcrm.db-open").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(StoreError, match="can't be written"):
            a_store(tmp_path)
        with pytest.raises(StoreError, match="can't be written"), alone(tmp_path / "netcrm.db"):
            raise AssertionError
        assert not (tmp_path / "elsewhere").exists()


COUNTING = """
import sys
from pathlib import Path
from tests.world import frozen
from netcrm.store import Store
with Store(Path(sys.argv[1]), frozen) as store:
    print(store.people.count())
"""
