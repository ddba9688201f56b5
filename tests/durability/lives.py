"""The ways in which netcrm is run and killed: each a life, which ends with SIGKILL at some random moment.

A life says what had been confirmed before its end (`Ledger`); what is on the disk then is not its concern.
"""

import contextlib
import fcntl
import json
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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.durability.recording import ROOT
from tests.durability.writer import CARDS, TODAY, Done, cards

PATIENCE = 30.0
"""Seconds that anything may take on a busy machine before a test gives up on it."""

Life = Callable[[Path, Random], "Ledger"]
"""Runs the program on a book, and kills it."""


@dataclass(slots=True)
class Ledger:
    """What a life said before its end.

    Attributes:
        done: The acts confirmed, in order.
        begun: What each writer had begun and not confirmed yet: it may be there, whole, or not at all.
        said: Whether it came to say anything.
    """

    done: list[Done] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    said: bool = False

    def read(self, lines: Sequence[str]) -> None:
        """Take down what a writer has said."""
        begun = ""
        for line in lines:
            self.said = True
            what, _, more = line.partition(" ")
            if what == "begin":
                begun = more
            elif what == "done":
                self.done.append(Done(**json.loads(more)))
                begun = ""
            elif what == "refused":
                begun = ""
        if begun:
            self.begun.append(begun)


class Program:
    """A program in a process of its own, whose output is read line by line.

    Args:
        file: The book; its folder is where netcrm is at home.
        arguments: What Python is told.
    """

    def __init__(self, file: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, "NETCRM_TODAY": TODAY.isoformat(), "NETCRM_HOME": str(file.parent)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._said = b""

    @property
    def lines(self) -> Sequence[str]:
        """The whole lines that it has said."""
        return self._said.decode().split("\n")[:-1]

    @property
    def text(self) -> str:
        """All that it has said."""
        return self._said.decode(errors="replace")

    def listen(self, seconds: float, until: Callable[[Sequence[str]], bool] = lambda lines: False) -> bool:
        """Take in what it says, until something has been said or the time is over; return whether it was."""
        assert self._process.stdout is not None
        end = time.monotonic() + seconds
        while not until(self.lines):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                return False
            said = os.read(self._process.stdout.fileno(), 1 << 16)
            if not said:
                return False
            self._said += said
        return True

    def kill(self) -> None:
        """Kill it, and take in what it had said before."""
        self._process.kill()
        self.end()

    def end(self) -> int:
        """Wait for its end; return its exit code.

        Raises:
            AssertionError: If it ended by itself, and not well.
        """
        rest, errors = self._process.communicate(timeout=PATIENCE)
        self._said += rest
        code = self._process.returncode
        assert code in (0, -signal.SIGKILL), errors.decode()
        return code


def writer(file: Path, chance: Random, name: str = "ada", *more: str) -> Program:
    """The long-lived writer, with acts of its own at random."""
    seed = str(chance.randrange(1_000_000))
    return Program(file, "-m", "tests.durability.writer", str(file), "--name", name, "--seed", seed, *more)


def one_writer(file: Path, chance: Random) -> Ledger:
    """A program that writes one act after another is killed at any moment after it began to write."""
    program = writer(file, chance)
    program.listen(PATIENCE, lambda lines: "ready" in lines)
    program.listen(chance.uniform(0, 0.25))
    program.kill()
    return _ledger(program)


def two_writers(file: Path, chance: Random) -> Ledger:
    """Two programs write at once; one is killed, the other goes on a little, and is killed as well."""
    things = ("--only", "log,give,edit,tag,import")  # an undo could be of the other's act
    programs = [writer(file, chance, name, *things) for name in ("ada", "bela")]
    for program in programs:
        program.listen(PATIENCE, lambda lines: "ready" in lines)
    chance.shuffle(programs)
    for program in programs:
        program.listen(chance.uniform(0, 0.12))
        program.kill()
    return _ledger(*programs)


def in_an_import(file: Path, chance: Random) -> Ledger:
    """A program is killed while it brings in a file of a hundred people."""
    return _killed_in(
        "import", writer(file, chance, "ada", "--only", "log,import", "--cards", "100"), chance, 0.15
    )


def in_a_checkpoint(file: Path, chance: Random) -> Ledger:
    """A program is killed while it closes the book, which brings the log into the file, or opens it anew."""
    return _killed_in("close", writer(file, chance, "ada", "--only", "log,import,close"), chance, 0.008)


def _killed_in(what: str, program: Program, chance: Random, seconds: float) -> Ledger:
    times = chance.randint(1, 2)
    program.listen(PATIENCE, lambda lines: lines.count(f"begin {what}") >= times)
    time.sleep(chance.uniform(0, seconds))
    program.kill()
    return _ledger(program)


def _ledger(*programs: Program) -> Ledger:
    ledger = Ledger()
    for program in programs:
        ledger.read(program.lines)
    return ledger


def commands(file: Path, chance: Random) -> Ledger:
    """Commands, each a program; the last one is killed while it runs."""
    ledger = Ledger()
    for left in reversed(range(chance.randint(1, 2))):
        word = f"cli{chance.randrange(10**9)}n"
        what, arguments = _command(file, chance, word)
        program = Program(file, "-m", "netcrm", "--db", str(file), *arguments)
        if not left:
            # A command takes some 0.3 s here; most of it before it writes.
            program.listen(chance.uniform(0.1, 0.5))
            program.kill()
        else:
            program.end()
        ledger.said = True
        if done := _confirmed(what, word, program.text):
            ledger.done.append(done)
        else:
            ledger.begun.append(what)
    return ledger


def brought_up_to_date(file: Path, chance: Random) -> None:
    """A command is killed while it brings a file of an older version up to date, or soon after."""
    program = Program(file, "-m", "netcrm", "--db", str(file), "find", "hank")
    end = time.monotonic() + PATIENCE
    while not file.with_name(file.name + "-lock").exists() and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.5))
    program.kill()


def _command(file: Path, chance: Random, word: str) -> tuple[str, Sequence[str]]:
    what = chance.choice(("log", "log", "add", "import"))
    if what == "log":
        return what, ("log", "--json", f"coffee with Amara Akello about {word}")
    if what == "add":
        return what, ("add", f"Cleo {word}", "--json")
    path = file.with_name("friends.vcf")
    path.write_bytes(cards(word, CARDS))
    return what, ("import", str(path), "--json")


def _confirmed(what: str, word: str, said: str) -> Done | None:
    """What a command has said it did: JSON that has come to its end."""
    try:
        record = json.loads(said)
    except ValueError:
        return None
    row = CARDS
    if what == "log":
        (row,) = record["interactions"]
    elif what == "add":
        row = record["id"]
    return Done(what, 0, "", word, row)


_SEQUENCE = re.compile(
    r"\x1b(?:\[[\d;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[^]\[P])"
)
"""What a terminal acts on."""


def full_screen(file: Path, chance: Random) -> Ledger:
    """The app, in a terminal: lines are logged with keys; the notice on the screen is the confirmation."""
    ledger = Ledger()
    with _terminal(file) as (child, terminal):
        _shown(terminal, "Amara", PATIENCE)
        for left in reversed(range(chance.randint(1, 3))):
            word = f"app{chance.randrange(10**9)}n"
            os.write(terminal, b"l")
            _shown(terminal, "enter saves", PATIENCE)
            os.write(terminal, f"coffee with Amara Akello about {word}".encode())
            _shown(terminal, word, PATIENCE)
            os.write(terminal, b"\r")
            ledger.said = True
            if _shown(terminal, "Logged a meeting", PATIENCE if left else chance.uniform(0, 0.15)):
                ledger.done.append(Done("log", 0, "", word))
            else:
                ledger.begun.append("log")
        os.kill(child, signal.SIGKILL)
    return ledger


@contextlib.contextmanager
def _terminal(file: Path) -> Iterator[tuple[int, int]]:
    """The app in a terminal of its own: its process, and the terminal's other end."""
    child, terminal = pty.fork()
    if not child:  # pragma: no cover  # the child becomes the app
        os.chdir(ROOT)
        os.environ |= {
            "TERM": "xterm-256color",
            "NETCRM_DB": str(file),
            "NETCRM_HOME": str(file.parent),
            "NETCRM_TODAY": TODAY.isoformat(),
            "TEXTUAL_ANIMATIONS": "none",
        }
        os.execv(sys.executable, [sys.executable, "-m", "netcrm"])
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 132, 0, 0))
        os.kill(child, signal.SIGWINCH)
        yield child, terminal
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _shown(terminal: int, text: str, seconds: float) -> bool:
    """Whether a text is drawn within a time; what was drawn before does not count."""
    end, drawn = time.monotonic() + seconds, ""
    while text not in _SEQUENCE.sub("", drawn):
        left = end - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            return False
        drawn += os.read(terminal, 1 << 16).decode(errors="replace")
    return True
