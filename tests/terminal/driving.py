"""A program in a pseudo-terminal of its own, and the modes that it leaves the terminal in.

What a terminal is told stands in xterm's control sequences (invisible-island.net/xterm/ctlseqs) and, for
the keyboard, in kitty's protocol (sw.kovidgoyal.net/kitty/keyboard-protocol).
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

WAIT_SECONDS = 30.0
"""How long anything is waited for; the machine may be busy."""

_SEQUENCE = re.compile(rb"\x1b\[(?P<sign>[?><=]?)(?P<numbers>[0-9;]*)(?P<end>[@-~])")

_TITLE = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\\\)")

_AT_FIRST = {"cursor": True, "wrap": True}
"""The modes that are on in a terminal at rest; all others are off."""

_NAMES = {
    25: "cursor",
    7: "wrap",
    1049: "alternate screen",
    1000: "mouse",
    1002: "mouse drag",
    1003: "mouse motion",
    1004: "focus reports",
    1006: "mouse SGR",
    1015: "mouse urxvt",
    1016: "mouse pixels",
    2004: "bracketed paste",
    2026: "synchronised output",
    2048: "resize reports",
}


def left_on(drawn: bytes) -> Mapping[str, object]:
    """The modes that are not as in a terminal at rest once something has been written to it."""
    modes: dict[str, object] = {}
    keyboards = 0
    styled = False
    for match in _SEQUENCE.finditer(drawn):
        sign, numbers, end = match["sign"], match["numbers"], match["end"]
        if sign == b"?" and end in b"hl":
            for number in numbers.split(b";"):
                modes[_NAMES.get(int(number), f"mode {int(number)}")] = end == b"h"
        elif end == b"u" and sign == b">":
            keyboards += 1
        elif end == b"u" and sign == b"<":
            keyboards = max(0, keyboards - int(numbers or 1))
        elif end == b"m" and not sign:
            styled = numbers not in (b"", b"0") and not numbers.endswith(b";0")
    modes |= {"keyboard protocol": keyboards > 0, "style": styled}
    return {name: state for name, state in modes.items() if state != _AT_FIRST.get(name, False)}


class Terminal:
    """A program in a terminal of its own, whose session it leads.

    Args:
        command: The program and its arguments.
        size: Columns and lines.
        env: Variables of its environment besides ours; None takes one away.
        answers: Whether the terminal answers what it is asked about resize reports, as kitty does.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (120, 36),
        env: Mapping[str, str | None] | None = None,
        answers: bool = False,
    ) -> None:
        self.ours, self._theirs = pty.openpty()
        self.out = b""
        self._answers = answers
        self._gone = False
        self.resize(*size, tell=False)
        self.settings = termios.tcgetattr(self._theirs)
        surroundings = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        self.process = subprocess.Popen(
            command,
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env={name: value for name, value in surroundings.items() if value is not None},
            start_new_session=True,
            preexec_fn=self._take,
        )

    def _take(self) -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    # At the keyboard

    def press(self, keys: str | bytes) -> None:
        """Type something."""
        os.write(self.ours, keys.encode() if isinstance(keys, str) else keys)

    def leave(self, times: int = 1) -> None:
        """Type escape, and wait as long as a terminal may take over one that begins a sequence."""
        for _ in range(times):
            self.press("\x1b")
            self.rest(0.25)

    def resize(self, columns: int, lines: int, *, tell: bool = True) -> None:
        """Make the terminal another size; the kernel tells the program (SIGWINCH)."""
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        if tell and self.process.poll() is None:
            self.process.send_signal(signal.SIGWINCH)

    def hang_up(self) -> None:
        """Close the window: nobody reads any more, nor writes."""
        if not self._gone:
            self._gone = True
            os.close(self._theirs)
            os.close(self.ours)

    # On the screen

    def read(self, seconds: float = 0.05) -> bytes:
        """What comes within a time; the end of it, or nothing, is empty."""
        if self._gone or not select.select([self.ours], [], [], seconds)[0]:
            return b""
        try:
            drawn = os.read(self.ours, 65536)
        except OSError:
            return b""
        if self._answers and b"\x1b[?2048$p" in drawn:
            self.press(b"\x1b[?2048;2$y")
        self.out += drawn
        return drawn

    def until(self, met: Callable[[], bool]) -> None:
        """Read until something holds.

        Raises:
            AssertionError: If it does not in time, or the program has ended without it.
        """
        end = time.monotonic() + WAIT_SECONDS
        while not met():
            if not self.read() and (self.process.poll() is not None or time.monotonic() > end):
                while self.read():
                    pass
                assert met(), self.out[-3000:]
                return

    def shows(self, text: str) -> None:
        """Read until a text has been drawn since the last call; what was drawn before is let go."""
        wanted = text.encode()
        self.until(lambda: wanted in self.out)

    def rest(self, seconds: float = 0.3) -> None:
        """Read until nothing more comes for a while."""
        while self.read(seconds):
            pass

    def has_stopped(self) -> bool:
        """Whether the program is stopped, as by ctrl+z."""
        state = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state in "Tt"

    # At the end

    def code(self, seconds: float = WAIT_SECONDS) -> int:
        """Its exit code, once it has ended; it is read on meanwhile."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            self.read()
            if time.monotonic() > end:
                raise AssertionError(f"it has not ended; the last it drew: {self.out[-500:]!r}")
        while self.read():
            pass
        return self.process.returncode

    def is_as_before(self) -> bool:
        """Whether the terminal's settings are as they were (``stty -g``)."""
        return termios.tcgetattr(self._theirs) == self.settings

    def left(self) -> bytes:
        """What was written after the last time that the screen of full-screen programs was left."""
        return self.out.rpartition(b"\x1b[?1049l")[2]

    def close(self) -> None:
        """End it, if it has not."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()


def said(drawn: bytes) -> str:
    """What was written without its control sequences."""
    text = _SEQUENCE.sub(b"", _TITLE.sub(b"", drawn)).decode(errors="replace")
    return text.replace("\r\n", "\n").strip()


def python(program: str, *args: str) -> Sequence[str]:
    """A program in Python, with its arguments."""
    return [sys.executable, "-c", program, *args]


def netcrm(*args: str) -> Sequence[str]:
    """netcrm, with its arguments."""
    return [sys.executable, "-m", "netcrm", *args]
