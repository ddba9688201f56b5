"""Any size, and any surroundings: the app draws, or a sentence says why not."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import Opener
from tests.terminal.driving import left_on, said
from tests.world import TODAY

LONG = pytest.mark.long

_STYLE = re.compile(rb"\x1b\[([0-9;]*)m")

SCREENS = "rTcOJibRAHew"
"""The keys that open each screen, and each form."""


def styles_of(drawn: bytes) -> set[int]:
    """What was asked for by styles: 1 is bold, 7 reversed, 30 and on are colours (ECMA-48, 8.3.117)."""
    return {int(number or 0) for match in _STYLE.finditer(drawn) for number in match[1].split(b";")}


Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def shell(book: Path, tmp_path: Path) -> Shell:
    """Runs a line in a shell in which ``netcrm`` is ours; nothing is to be typed there."""

    def run(line: str, **env: str) -> "subprocess.CompletedProcess[bytes]":
        surroundings = {**os.environ, "NETCRM_DB": str(book), "NETCRM_TODAY": TODAY.isoformat(), **env}
        return subprocess.run(
            ["bash", "-c", f'netcrm() {{ "{sys.executable}" -m netcrm "$@"; }}; {line}'],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run


class TestSizes:
    """From nothing to a wall."""

    @pytest.mark.parametrize(
        "size",
        [
            (1, 1),
            (300, 100),
            (0, 0),
            *(pytest.param(size, marks=LONG) for size in [(2, 2), (1, 100), (300, 1), (7, 3), (500, 300)]),
        ],
        ids=lambda size: f"{size[0]}x{size[1]}",
    )
    def test_opens(self, opens: Opener, size: tuple[int, int]) -> None:
        """It opens, takes keys, and quits; where the terminal does not know its size, as if it were usual."""
        terminal = opens(size=size)
        terminal.until(lambda: b"\x1b[?1049h" in terminal.out)
        if size == (0, 0):
            terminal.shows("People")
        terminal.rest(0.6)
        terminal.press("jj")
        terminal.leave()
        terminal.press("q")
        assert terminal.code() == 0
        assert left_on(terminal.out) == {}

    def test_not_what_the_environment_says(self, app: Opener) -> None:
        """The size is the terminal's, whatever COLUMNS and LINES were when the shell began."""
        terminal = app(env={"COLUMNS": "40", "LINES": "10"}, size=(120, 36))
        assert max(map(int, re.findall(rb"\x1b\[(\d+);\d+H", terminal.out))) == 36

    @pytest.mark.parametrize("turns", [60, pytest.param(1500, marks=LONG)])
    def test_resized_without_end(self, app: Opener, turns: int) -> None:
        """Sizes at random while keys are pressed, on every screen; then the picture is right."""
        chance = random.Random(turns)
        terminal = app()
        for _ in range(turns):
            terminal.resize(
                chance.choice([1, 2, 3, 5, 10, 23, 49, 50, 69, 70, 80, 109, 110, 132, 200, 300]),
                chance.choice([1, 2, 3, 4, 7, 8, 11, 12, 24, 36, 60, 100]),
            )
            terminal.press(chance.choice([*SCREENS, "j", "k", "G", "\t", "\x1b", "\x1b", "\x1b"]))
            terminal.read(0.01)
            assert terminal.process.poll() is None, said(terminal.left())
        terminal.resize(120, 36)
        terminal.leave(8)
        terminal.out = b""
        terminal.resize(119, 36)
        terminal.rest(0.5)
        terminal.resize(120, 36)
        terminal.shows("People")
        terminal.rest(0.5)
        terminal.press("q")
        assert terminal.code() == 0


class TestWithoutColour:
    """NO_COLOR (no-color.org)."""

    def test_no_colour_at_all(self, app: Opener) -> None:
        """Not one colour is written; where one is, is seen all the same."""
        terminal = app(env={"NO_COLOR": "1"})
        for key in ("\t", "r", "\x1b", "e", "\x1b", "?", "\x1b"):
            terminal.press(key)
            terminal.rest(0.25)
        styles = styles_of(terminal.out)
        assert styles <= {0, 1, 2, 3, 4, 7, 9}
        assert {1, 2, 4, 7} <= styles
        terminal.press("q")
        assert terminal.code() == 0

    @LONG
    def test_empty_is_none(self, app: Opener) -> None:
        """Set to nothing it is not set."""
        assert 38 in styles_of(app(env={"NO_COLOR": ""}).out)


class TestWhatTerminal:
    """TERM and the locale."""

    @pytest.mark.parametrize(
        "term", ["dumb", None, pytest.param("", marks=LONG), pytest.param("unknown", marks=LONG)]
    )
    def test_none_that_draws(self, opens: Opener, term: str | None) -> None:
        """One that can't draw, or is not known, gets a sentence and nothing else."""
        terminal = opens(env={"TERM": term})
        assert terminal.code() == 1
        assert said(terminal.out) == (
            "This terminal can't draw the app: set TERM to what it is, such as xterm-256color."
        )
        assert b"\x1b" not in terminal.out
        assert terminal.is_as_before()

    @LONG
    @pytest.mark.parametrize("term", ["vt100", "xterm-kitty", "screen", "linux", "made-up"])
    def test_others(self, opens: Opener, term: str) -> None:
        """One that is not in any list may be the newest there is: it is drawn on."""
        terminal = opens(env={"TERM": term})
        terminal.shows("People")
        terminal.rest()
        terminal.press("q")
        assert terminal.code() == 0
        assert left_on(terminal.out) == {}

    @LONG
    @pytest.mark.parametrize(
        "locale",
        [
            {"LC_ALL": "C"},
            {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            {"LANG": "xx_YY.ISO-8859-1", "LC_ALL": None, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        ],
        ids=["C", "POSIX", "unknown"],
    )
    def test_no_locale(self, opens: Opener, locale: dict[str, str | None]) -> None:
        """Without a UTF-8 locale it works all the same."""
        terminal = opens(env=locale)
        terminal.shows("Chloé")
        terminal.press("q")
        assert terminal.code() == 0


class TestNoTerminal:
    """Nobody can see the app, or type."""

    @pytest.mark.parametrize(
        "line",
        [
            "netcrm | cat; exit ${PIPESTATUS[0]}",
            "netcrm < /dev/null",
            "netcrm <&- >&-",
            pytest.param("netcrm demo | cat; exit ${PIPESTATUS[0]}", marks=LONG),
            pytest.param("netcrm <&-", marks=LONG),
            pytest.param("netcrm > /dev/full", marks=LONG),
        ],
    )
    def test_said(self, shell: Shell, line: str) -> None:
        """A sentence, exit code 1, and nothing hangs."""
        ended = shell(line)
        assert ended.returncode == 1
        assert ended.stdout == b""
        assert ended.stderr.decode().splitlines() == [
            "The app needs a terminal: run netcrm in one, or see netcrm --help for what scripts can use."
        ]

    def test_not_even_for_errors(self, shell: Shell) -> None:
        """With nowhere to say it, the exit code says it."""
        assert shell("netcrm <&- >&- 2>&-").returncode == 1

    @LONG
    def test_errors_elsewhere(self, app: Opener, opens: Opener, tmp_path: Path) -> None:
        """With the error output in a file, the app is drawn on the terminal, and not into the file."""
        errors = tmp_path / "errors"
        terminal = opens(["sh", "-c", f"exec {sys.executable} -m netcrm 2>{errors}"])
        terminal.shows("People")
        terminal.rest()
        terminal.press("q")
        assert terminal.code() == 0
        assert errors.read_bytes() == b""


class TestOutput:
    """What a command prints, where nobody takes it."""

    @pytest.mark.parametrize(
        "line",
        [
            "netcrm timeline --json --limit 0 | head -c 10; exit ${PIPESTATUS[0]}",
            pytest.param("netcrm timeline --json --limit 0 | true; exit ${PIPESTATUS[0]}", marks=LONG),
            pytest.param("netcrm --help | true; exit ${PIPESTATUS[0]}", marks=LONG),
        ],
    )
    def test_a_reader_who_left(self, shell: Shell, line: str) -> None:
        """Whoever has seen enough has seen enough: no traceback, no complaint."""
        ended = shell(line)
        assert ended.returncode in (0, 1)
        assert ended.stderr == b""

    @pytest.mark.parametrize("command", ["find", pytest.param("--help", marks=LONG)])
    def test_full(self, shell: Shell, command: str) -> None:
        """A full disk is said, and is no success."""
        ended = shell(f"netcrm {command} > /dev/full")
        assert ended.returncode == 1
        assert ended.stderr == b"The system refused it: no space left on device.\n"

    @LONG
    def test_closed(self, shell: Shell, book: Path) -> None:
        """With its streams closed a command does what it was asked, and writes into nothing else."""
        assert shell("netcrm add Zoe <&- >&- 2>&-").returncode == 0
        assert shell("netcrm find zoe").stdout.startswith(b"Zoe\t")
        assert shell("netcrm find <&- >&- 2>&-").returncode == 0
        assert book.read_bytes().startswith(b"SQLite format 3\x00")
