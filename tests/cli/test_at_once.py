"""The app in one terminal and a command, or a second app, in another: real processes in real terminals."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

import click
import pytest

from netcrm.store import Store
from tests.cli.test_app import Terminal
from tests.world import a_store, added, frozen, logged

SHOWN_SECONDS = 1.0
"""How long it takes at most until an open app shows what was written elsewhere."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with two people in it."""
    with a_store(tmp_path) as store:
        hank = added(store, "Hank Morrow")
        added(store, "Zoe Vance")
        logged(store, hank, days_ago=3, text="flew kites")
    return store.path


@pytest.fixture
def window(book: Path) -> Iterator[Callable[[], Terminal]]:
    """Opens windows on the book."""
    windows: list[Terminal] = []

    def opened() -> Terminal:
        windows.append(Terminal())
        read(windows[-1], "kites")
        return windows[-1]

    yield opened
    for one in windows:
        one.close()


def read(window: Terminal, text: str, seconds: float = 30) -> float:
    """Wait until a window has drawn a text since it was last asked, and say how long it took, in seconds."""
    began = time.monotonic()
    while text.encode() not in window.out:
        left = began + seconds - time.monotonic()
        assert left > 0, f"“{text}” was not drawn within {seconds} s"
        before = len(window.out)
        window.read_until(lambda: len(window.out) > before or time.monotonic() > began + seconds)  # noqa: B023
    window.out = b""
    return time.monotonic() - began


def press(window: Terminal, keys: str) -> None:
    """Press keys in a window."""
    os.write(window.screen, keys.encode())


def command(*args: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a terminal of its own, as far as it asks for one."""
    return subprocess.run(
        [sys.executable, "-m", "netcrm", *args], check=False, capture_output=True, text=True
    )


def took(do: Callable[[], object]) -> float:
    """How long something takes, in seconds."""
    began = time.monotonic()
    do()
    return time.monotonic() - began


class TestACommandBesideTheApp:
    """``netcrm log`` while the app is open."""

    def test_both_succeed(self, book: Path, window: Callable[[], Terminal]) -> None:
        """The command does not wait for the app, nor the app for it, and the app shows what it wrote."""
        alone = min(took(lambda: command("log", "tea with Hank")) for _ in range(2))
        app = window()
        beside = took(lambda: command("log", "saw an owl with Hank"))
        assert read(app, "owl") < SHOWN_SECONDS
        assert beside < alone + 1
        press(app, "la heron with Hank\r")
        read(app, "takes it back")
        with Store(book, frozen) as store:
            texts = {found.text for found in store.timeline.of(1)}
        assert any("owl" in text for text in texts)
        assert any("heron" in text for text in texts)

    @pytest.mark.parametrize(("key", "until"), [("T", "Everything"), ("r", "Review"), ("b", "Brief")])
    def test_on_another_screen(
        self, book: Path, window: Callable[[], Terminal], key: str, until: str
    ) -> None:
        """Wherever one is in the app it shows."""
        app = window()
        press(app, key)
        read(app, until)
        assert command("log", "saw an owl with Hank").returncode == 0
        assert read(app, "owl") < SHOWN_SECONDS

    def test_undo_is_told(self, book: Path, window: Callable[[], Terminal]) -> None:
        """U in the app does not take back what the command did before it was seen."""
        app = window()
        command("log", "saw an owl with Hank")
        press(app, "u")
        read(app, "was done elsewhere")
        press(app, "u")
        read(app, "Taken back")

    def test_killed(self, book: Path, window: Callable[[], Terminal]) -> None:
        """A window that is killed holds nothing up, and what it had confirmed is there."""
        app = window()
        press(app, "la heron with Hank\r")
        read(app, "heron")
        read(app, "takes it back")
        app.process.send_signal(signal.SIGKILL)
        app.process.wait()
        assert "heron" in command("timeline", "Hank").stdout
        assert command("log", "saw an owl with Hank").returncode == 0


class TestReplaced:
    """Another file was put where the book is."""

    def test_after_a_kill(self, book: Path, window: Callable[[], Terminal], tmp_path: Path) -> None:
        """A command says where that is kept which was written last, and works on the new file."""
        app = window()
        press(app, "la heron with Hank\r")
        read(app, "takes it back")
        app.process.kill()
        app.process.wait()
        (tmp_path / "synced").mkdir()
        with a_store(tmp_path / "synced") as store:
            added(store, "Yann Roy")
        store.path.rename(book)
        ended = command("find", "yann")
        assert "Yann Roy" in ended.stdout
        (kept,) = (tmp_path / "netcrm.db-backups").iterdir()
        assert ended.stderr.startswith("Another program had replaced ")
        assert f"is kept as {kept}." in ended.stderr
        assert command("find", "yann").stderr == ""

    def test_the_app_goes_on(self, book: Path, window: Callable[[], Terminal], tmp_path: Path) -> None:
        """The open app shows the new file within a second, and what it writes stands in that."""
        app = window()
        (tmp_path / "synced").mkdir()
        with a_store(tmp_path / "synced") as store:
            added(store, "Yann Roy")
        store.path.rename(book)
        assert read(app, "Yann Roy") < SHOWN_SECONDS
        press(app, "la heron with Yann\r")
        read(app, "takes it back")
        press(app, "q")
        assert app.code() == 0
        assert "heron" in command("timeline", "Yann").stdout


class TestTwoApps:
    """The app in two terminals."""

    def test_each_shows_what_the_other_did(self, book: Path, window: Callable[[], Terminal]) -> None:
        """What one does shows in the other; neither takes back the other's act unseen; both quit."""
        one, two = window(), window()
        press(one, "la heron with Hank\r")
        read(one, "takes it back")
        assert read(two, "heron") < SHOWN_SECONDS
        press(two, "la bittern with Hank\r")
        read(two, "takes it back")
        assert read(one, "bittern") < SHOWN_SECONDS
        press(one, "u")
        read(one, "was done elsewhere")
        press(two, "u")
        read(two, "Taken back")
        press(one, "q")
        press(two, "q")
        assert (one.code(), two.code()) == (0, 0)
        with Store(book, frozen) as store:
            assert ["heron" in found.text for found in store.timeline.of(1)] == [True, False]


@pytest.mark.long
class TestUnderLoad:
    """One program writes without a pause while the app takes keys."""

    def test_neither_waits_for_a_second(
        self, book: Path, window: Callable[[], Terminal], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Two hundred entries by another program, keys and acts in the app; the longest wait is told."""
        app = window()
        before = [_key(app) for _ in range(10)]
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(book)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        keys: list[float] = []
        acts: list[float] = []
        while writer.poll() is None:
            keys.append(_key(app))
            press(app, f"la heron {len(acts)} with Hank")
            read(app, f"heron {len(acts)}")
            press(app, "\r")
            acts.append(read(app, f"heron {len(acts)}"))
        waits = [float(line) for line in writer.stdout.read().split()]
        with capsys.disabled():
            for name, times in (
                ("a key before", before),
                ("the other's act", waits),
                ("a key", keys),
                ("an act in the app", acts),
            ):
                most = quantiles(times, n=20)[-1]
                click.echo(f"\n{name}: {len(times)}, 95 % within {most:.3f} s, longest {max(times):.3f} s")
        assert len(waits) == 200
        assert max(waits) < 1
        assert max(keys) < 1
        assert max(acts) < 1


def _key(app: Terminal) -> float:
    """How long it takes until help is there, in seconds."""
    press(app, "?")
    seconds = read(app, "esc leaves")
    press(app, "\x1b")
    time.sleep(0.3)  # what follows an escape at once is taken for one key with it
    return seconds


_WRITER = """
import sys, time
from pathlib import Path
from tests.world import entry, frozen
from netcrm.store import Store
with Store(Path(sys.argv[1]), frozen) as store:
    print(flush=True)
    times = []
    for number in range(200):
        began = time.monotonic()
        store.timeline.log(entry(1, text=f"entry {number}"))
        times.append(time.monotonic() - began)
        time.sleep(0.1)
print(*times)
"""
