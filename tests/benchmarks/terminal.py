"""A terminal for programs that are measured: runs one in a pty, and sees what it draws, frame by frame.

A frame is what stands between ``CSI ? 2026 h`` and ``CSI ? 2026 l``, the synchronised output that this
terminal says it can do and that Textual then brackets every update with: a real terminal shows it at once, at
its last byte. What has been read keeps the time at which it was; it is looked at afterwards, so that looking
costs no frame any time.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len

WIDTH, HEIGHT = 132, 36

QUIET_SECONDS = 0.04
"""How long nothing is drawn before what was is looked at: longer than two frames at 60 Hz."""

_SYNC_BEGIN, _SYNC_END = b"\x1b[?2026h", b"\x1b[?2026l"
_ASKS_FOR_SYNC = b"\x1b[?2026$p"
_CAN_SYNC = b"\x1b[?2026;2$y"

_SEQUENCE = re.compile(
    r"""\x1b(?:\[(?P<numbers>[\d;?<>=]*)[ -/]*(?P<final>[@-~])
    |\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[^]\[P])""",
    re.VERBOSE,
)
"""What a terminal acts on: control sequences, titles and the like, device strings, and single letters."""

_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "COLUMNS", "LINES", "NO_COLOR", "CI")
"""Variables that would make a program another one than users have."""


class Screen:
    """What a terminal shows, as far as Textual needs one: text at places, and what is behind it."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self.rows = [[" "] * width for _ in range(height)]
        self.behind = [[""] * width for _ in range(height)]
        self._row = self._column = 0
        self._ground = ""
        self._rest = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def take(self, data: bytes) -> set[tuple[int, int]]:
        """Draw what the app has written; return the places that were drawn."""
        drawn: set[tuple[int, int]] = set()
        text, at = self._rest + self._decoder.decode(data), 0
        for sequence in _SEQUENCE.finditer(text):
            self._write(text[at : sequence.start()], drawn)
            at = sequence.end()
            if sequence["final"] == "H":
                row, _, column = sequence["numbers"].partition(";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            elif sequence["final"] == "m":
                self._colour(sequence["numbers"])
        cut = text.find("\x1b", at)
        self._rest = text[cut:] if cut >= 0 else ""
        self._write(text[at : cut if cut >= 0 else len(text)], drawn)
        return drawn

    def line(self, row: int, start: int = 0, end: int | None = None) -> str:
        """What stands in a line of the screen between two columns."""
        return "".join(self.rows[row][start:end])

    def find(self, text: str) -> tuple[int, int] | None:
        """Where a text stands."""
        for row in range(self.height):
            if text in (line := self.line(row)):
                return row, line.index(text)
        return None

    def ground(self, row: int, column: int) -> str:
        """The colour behind a place, as it was said (``2;40;44;52``); empty where none was."""
        return self.behind[row][column]

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.line(row).rstrip() for row in range(self.height))

    def _colour(self, numbers: str) -> None:
        """Take what is said of the background (ECMA-48 8.3.117, SGR); the rest changes no measurement."""
        said = numbers.split(";")
        at = 0
        while at < len(said):
            code = said[at] or "0"
            if code in ("38", "48"):
                length = 4 if said[at + 1 : at + 2] == ["2"] else 2
                if code == "48":
                    self._ground = ";".join(said[at + 1 : at + 1 + length])
                at += length
            elif code in ("0", "49"):
                self._ground = ""
            elif (code.startswith("4") and len(code) == 2) or code.startswith("10"):
                self._ground = code
            at += 1

    def _write(self, text: str, drawn: set[tuple[int, int]]) -> None:
        for character in text:
            if character == "\n":
                self._row, self._column = self._row + 1, 0
            elif character == "\r":
                self._column = 0
            elif character >= " " and self._row < self.height and self._column < self.width:
                self.rows[self._row][self._column] = character
                self.behind[self._row][self._column] = self._ground
                drawn.add((self._row, self._column))
                cells = 1 if character < "\u0300" else cell_len(character)
                for more in range(1, cells):
                    if self._column + more < self.width:
                        self.rows[self._row][self._column + more] = ""
                self._column += cells


Shows = Callable[[Screen], bool]
"""Whether the effect waited for is on the screen."""


@dataclass(frozen=True, slots=True)
class Seen:
    """When an effect was on the screen.

    Attributes:
        milliseconds: From the key, or the start, to the last byte of the first frame that shows it.
        frames: How many frames were drawn till then, that one included.
        bytes: How much was written till then.
        cpu: Milliseconds of the processor that the program took till then, all its threads together; other
            programs that want it too do not make it more.
    """

    milliseconds: float
    frames: int
    bytes: int
    cpu: float


class NotShown(Exception):
    """An effect did not come; its text says what stood on the screen instead."""


class Terminal:
    """A program in a terminal of its own.

    Args:
        command: The program and its arguments.
        environment: Variables besides those of this process.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.screen = Screen()
        said = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
        said |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | dict(environment or {})
        hear, tell = os.pipe()
        self._child, self._terminal = pty.fork()
        if not self._child:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
            os.write(tell, struct.pack("d", time.perf_counter()))
            os.execve(command[0], list(command), said)
        os.close(tell)
        (self.started,) = struct.unpack("d", os.read(hear, 8))
        os.close(hear)
        self._chunks: list[tuple[float, float, bytes]] = []
        self._used = 0.0
        """What the program had had of the processor when the last key was pressed."""

    def press(self, keys: str) -> float:
        """Draw what is still to be drawn, then press keys; return when, in seconds."""
        self._read(time.perf_counter())
        self._look(lambda _: False, 0)
        self._used = self.processor()
        moment = time.perf_counter()  # before: who is put aside behind the writing would come back too late
        os.write(self._terminal, keys.encode())
        return moment

    def until(self, shows: Shows, since: float, seconds: float = 60, quiet: float = QUIET_SECONDS) -> Seen:
        """Wait until an effect is on the screen, and then until nothing more is drawn.

        Args:
            shows: Whether it is.
            since: When the key was pressed, or the program started.
            seconds: How long to wait for it.
            quiet: How long nothing must be drawn.

        Raises:
            NotShown: It did not come.
        """
        deadline = since + seconds
        frames = written = 0
        while True:
            quieted = self._read(min(deadline, time.perf_counter() + quiet))
            if not quieted and time.perf_counter() < deadline:
                continue
            when, used, more, length = self._look(shows, since)
            frames, written = frames + more, written + length
            if when is not None:
                return Seen((when - since) * 1000, frames, written, used - self._used)
            if time.perf_counter() >= deadline:
                raise NotShown(self.screen.text())

    def settle(self, quiet: float = 0.2, seconds: float = 30) -> None:
        """Wait until nothing has been drawn for a while."""
        deadline = time.perf_counter() + seconds
        while not self._read(time.perf_counter() + quiet) and time.perf_counter() < deadline:
            pass
        self._look(lambda _: False, 0)

    def processor(self) -> float:
        """Milliseconds of the processor that the program has had, all its threads together."""
        total = 0
        for task in Path(f"/proc/{self._child}/task").glob("*/schedstat"):
            with suppress(OSError, IndexError):
                total += int(task.read_text().split()[0])
        return total / 1e6

    def memory(self, what: str = "VmHWM") -> float:
        """MB of memory that the program has had at the most, or something else by its name in ``proc(5)``."""
        for line in Path(f"/proc/{self._child}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name == what:
                return int(value.split()[0]) / 1024
        raise LookupError(what)

    def end(self) -> None:
        """Hang up, and wait until the program has gone."""
        os.kill(self._child, signal.SIGHUP)
        with suppress(OSError):
            while os.read(self._terminal, 1 << 16):
                pass
        os.waitpid(self._child, 0)
        os.close(self._terminal)

    def _read(self, until: float) -> bool:
        """Read what comes before a time, once; return whether nothing did."""
        left = max(0.0, until - time.perf_counter())
        if not select.select([self._terminal], [], [], left)[0]:
            return True
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            data = b""
        if not data:
            raise NotShown(f"The program has ended.\n{self.screen.text()}")
        moment = time.perf_counter()
        self._chunks.append((moment, self.processor() if _SYNC_END in data else 0.0, data))
        if _ASKS_FOR_SYNC in data:
            os.write(self._terminal, _CAN_SYNC)
        return False

    def _look(self, shows: Shows, since: float) -> tuple[float | None, float, int, int]:
        """Draw what was read; say whether the effect was among it.

        A frame that has only begun is left for later; what stands in none is taken as it came.

        Returns:
            When the effect was there, or None; how much of the processor the program had had by then, in
            milliseconds; how many frames, and how many bytes it had written.
        """
        data = b"".join(chunk for *_, chunk in self._chunks)
        ends: list[tuple[int, float, float]] = []
        for moment, used, chunk in self._chunks:
            ends.append(((ends[-1][0] if ends else 0) + len(chunk), moment, used))
        begun = data.find(_SYNC_BEGIN, data.rfind(_SYNC_END) + 1)
        self._chunks = []
        if begun >= 0:
            self._chunks = _from(begun, ends, data)
            data = data[:begun]
        found: tuple[float, float, int, int] | None = None
        at = frames = 0
        while at < len(data):
            place = data.find(_SYNC_END, at)
            end = place + len(_SYNC_END) if place >= 0 else len(data)
            self.screen.take(data[at:end])
            at = end
            frames += place >= 0
            moment, used = next((moment, used) for edge, moment, used in ends if edge >= end)
            if found is None and moment >= since and shows(self.screen):
                found = (moment, used or self.processor(), max(1, frames), at)
        return found or (None, 0.0, frames, at)


def _from(
    begun: int, ends: Sequence[tuple[int, float, float]], data: bytes
) -> list[tuple[float, float, bytes]]:
    """The chunks of data, each with when it came, from a place on."""
    kept, start = [], 0
    for end, moment, used in ends:
        if end > begun:
            kept.append((moment, used, data[max(start, begun) : end]))
        start = end
    return kept
