"""``netcrm`` and ``netcrm demo`` in a real terminal, as far as the command line has a say in them."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Netcrm

LEFT = b"\x1b[?1049l"
"""What an app sends when it gives the terminal its own screen back (xterm's control sequences)."""

WAIT_SECONDS = 30


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, *args: str, **env: str) -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        self.screen = ours
        self.out = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "netcrm", *args],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, **env},
            start_new_session=True,
        )
        os.close(theirs)

    def read_until(self, met: Callable[[], bool]) -> None:
        """Read what it draws until something holds, or nothing more comes."""
        end = time.monotonic() + WAIT_SECONDS
        while not met() and time.monotonic() < end:
            if select.select([self.screen], [], [], 0.1)[0]:
                try:
                    drawn = os.read(self.screen, 65536)
                except OSError:
                    return
                if not drawn:
                    return
                self.out += drawn
            elif self.process.poll() is not None:
                return

    def code(self) -> int:
        """Its exit code, once it has ended."""
        self.read_until(lambda: False)
        return self.process.wait(WAIT_SECONDS)

    def close(self) -> None:
        """End it, if it has not."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.screen)


Opener = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Opener]:
    """Opens programs in terminals; temporary folders are made in the test's."""
    opened: list[Terminal] = []

    def opener(*args: str, **env: str) -> Terminal:
        opened.append(Terminal(*args, **{"TMPDIR": str(tmp_path), **env}))
        return opened[-1]

    yield opener
    for one in opened:
        one.close()


class TestTerminal:
    """Whether there is one."""

    @pytest.mark.parametrize("args", [(), ("demo",)])
    def test_none(self, netcrm: Netcrm, args: tuple[str, ...]) -> None:
        """Without a terminal it is said in a sentence, and nothing hangs."""
        ended = netcrm(*args)
        assert (ended.code, ended.out) == (1, "")
        assert len(ended.err.splitlines()) == 1
        assert not Path("netcrm.db").exists()

    @pytest.mark.parametrize("term", ["dumb", "unknown"])
    def test_dumb(self, terminal: Opener, term: str) -> None:
        """A terminal that can't draw is said in a sentence."""
        opened = terminal(TERM=term)
        assert opened.code() == 1
        assert b"TERM" in opened.out
        assert len(opened.out.splitlines()) == 1


class TestApp:
    """``netcrm``."""

    def test_quit(self, terminal: Opener) -> None:
        """It opens over the user's file, and gives the terminal back."""
        opened = terminal("--db", "mine.db")
        opened.read_until(lambda: b"People" in opened.out)
        os.write(opened.screen, b"q")
        assert opened.code() == 0
        assert LEFT in opened.out
        assert Path("mine.db").exists()
        assert not Path("netcrm.db").exists()

    def test_not_ours(self, terminal: Opener) -> None:
        """A file of another program is refused before anything is drawn."""
        Path("other.db").write_text("hello")
        opened = terminal("--db", "other.db")
        assert opened.code() == 1
        assert b"\x1b" not in opened.out


class TestDemo:
    """``netcrm demo``."""

    def test_quit(self, terminal: Opener, tmp_path: Path) -> None:
        """It opens the made-up network in a folder that only its owner sees, and that is gone afterwards."""
        opened = terminal("demo")
        opened.read_until(lambda: b"Christina" in opened.out)
        (folder,) = tmp_path.glob("netcrm-demo-*")
        assert folder.stat().st_mode & 0o077 == 0
        os.write(opened.screen, b"q")
        assert opened.code() == 0
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
    def test_ended(self, terminal: Opener, tmp_path: Path, number: signal.Signals) -> None:
        """A signal that ends it leaves the terminal and the disk as a quit does."""
        opened = terminal("demo")
        opened.read_until(lambda: b"Christina" in opened.out)
        opened.process.send_signal(number)
        assert opened.code() == 128 + number
        assert LEFT in opened.out
        assert not list(tmp_path.iterdir())

    def test_no_file_of_yours(self, netcrm: Netcrm) -> None:
        """It takes no file: it never touches yours."""
        assert netcrm("--db", "x.db", "demo").code == 2
        assert netcrm("demo", "--db", "x.db").code == 2
