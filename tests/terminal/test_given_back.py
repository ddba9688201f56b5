"""Whatever ends the app, the terminal is as before: settings, screen, mouse, paste, cursor, keyboard."""

import re
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.terminal.conftest import WITH, Opener
from tests.terminal.driving import Terminal, left_on, netcrm, python, said

SENTENCE = "netcrm met an error it did not expect and has closed. Everything you saved is safe."

LONG = pytest.mark.long

FAREWELLS = [
    signal.SIGTERM,
    signal.SIGQUIT,
    *(pytest.param(number, marks=LONG) for number in (signal.SIGHUP, signal.SIGINT)),
]


WRONGS: list[tuple[str, str, tuple[pytest.MarkDecorator, ...]]] = [
    ("key", "MainScreen.action_help = bad", ()),
    ("thread", "MainScreen.action_help = lambda s: s.run_worker(bad, thread=True)", ()),
    ("timer", "MainScreen.action_help = lambda s: s.set_timer(0.05, bad)", (LONG,)),
    ("later", "MainScreen.action_help = lambda s: s.call_after_refresh(bad)", (LONG,)),
    (
        "store",
        "from netcrm.store.history import History; History.undo = bad\n"
        "MainScreen.action_help = MainScreen.action_undo",
        (LONG,),
    ),
    (
        "drawing",
        "from netcrm.ui.widgets.bars import FooterBar\n"
        "def spoil(s): FooterBar.line = bad; s.query_one(FooterBar).refresh()\n"
        "MainScreen.action_help = spoil",
        (),
    ),
    (
        "reading keys",
        "from textual._xterm_parser import XTermParser\n"
        "MainScreen.action_help = lambda s: (setattr(XTermParser, 'feed', bad), s.say('Now.'))",
        (),
    ),
    (
        "with words of its own",
        "class Rich(RuntimeError):\n    def __rich__(self): return PRIVATE\n"
        "def rich(s): raise Rich\nMainScreen.action_help = rich",
        (LONG,),
    ),
]
"""Where an error may come from that nobody thought of."""


def given_back(terminal: Terminal) -> bool:
    """Whether the terminal is as it was before the app."""
    assert left_on(terminal.out) == {}
    assert terminal.is_as_before()
    return True


def is_whole(book: Path) -> bool:
    """Whether the book is sound."""
    with closing(sqlite3.connect(book)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


class TestHarness:
    """The harness sees what is left on; otherwise nothing below would say anything."""

    def test_modes(self) -> None:
        """Each mode by its name; what is on at rest is missed when it is off."""
        begun = b"\x1b[?1049h\x1b[?1000;1003h\x1b[?25l\x1b[>25u\x1b[?2026h\x1b[1;31m"
        assert left_on(begun) == {
            "alternate screen": True,
            "mouse": True,
            "mouse motion": True,
            "cursor": False,
            "keyboard protocol": True,
            "synchronised output": True,
            "style": True,
        }
        ended = b"\x1b[?1049l\x1b[?1003l\x1b[?1000l\x1b[?25h\x1b[<u\x1b[?2026l\x1b[0m"
        assert left_on(begun + ended) == {}

    def test_settings(self, opens: Opener) -> None:
        """The settings of the terminal (stty -g) are compared, too."""
        spoilt = (
            "import termios, sys; a = termios.tcgetattr(0); a[3] &= ~termios.ECHO; termios.tcsetattr(0, 0, a)"
        )
        terminal = opens(python(spoilt))
        terminal.code()
        assert not terminal.is_as_before()

    def test_while_it_runs(self, app: Opener) -> None:
        """While the app has the terminal it is anything but as before."""
        terminal = app(answers=True)
        assert {"alternate screen", "mouse pixels", "resize reports", "cursor"} <= left_on(
            terminal.out
        ).keys()
        assert not terminal.is_as_before()


class TestQuitting:
    """The usual end."""

    def test_quit(self, app: Opener, book: Path) -> None:
        """Nothing is left on, not even what only some terminals have."""
        terminal = app(answers=True)
        terminal.press("q")
        assert terminal.code() == 0
        assert given_back(terminal)
        assert said(terminal.left()) == ""

    def test_nothing_is_written_down(self, app: Opener, tmp_path: Path) -> None:
        """What Textual would write of the screen into a log or a picture, or to its console, it doesn't."""
        before = {path.name for path in tmp_path.iterdir()}
        telltales = {
            "TEXTUAL_LOG": str(tmp_path / "log"),
            "TEXTUAL_SCREENSHOT": "0",
            "TEXTUAL": "debug,devtools",
        }
        terminal = app(env={**telltales, "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path)})
        terminal.press("jq")
        assert terminal.code() == 0
        made = {path.name for path in tmp_path.iterdir()} - before
        assert made == {"run", "book.db-lock", "book.db-open"} - before

    def test_a_thread_that_reads(self, app: Opener) -> None:
        """A question that a thread asks of the file for minutes is broken off: quitting waits for none."""
        terminal = app(
            """
from netcrm.store.connection import aside
def read(screen):
    with aside(screen._store._file) as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        ).fetchone()
def ask(screen):
    screen.run_worker(lambda: read(screen), thread=True, exit_on_error=False)
MainScreen.action_help = ask
"""
        )
        terminal.press("?")
        terminal.rest()
        terminal.press("q")
        assert terminal.code(2.5) == 0
        assert given_back(terminal)

    @LONG
    def test_a_thread_that_never_ends(self, app: Opener, book: Path) -> None:
        """A thread that nothing can break off is left behind."""
        terminal = app("MainScreen.action_help = lambda s: s.run_worker(lambda: time.sleep(99), thread=True)")
        terminal.press("?")
        terminal.rest()
        terminal.press("q")
        assert terminal.code(8) == 0
        assert given_back(terminal)
        assert is_whole(book)


class TestErrors:
    """An error that nobody thought of: one sentence, and exit code 1."""

    @pytest.mark.parametrize(
        "wrong", [pytest.param(wrong, id=name, marks=marks) for name, wrong, marks in WRONGS]
    )
    def test_said(self, app: Opener, book: Path, wrong: str) -> None:
        """No traceback, and no private words."""
        terminal = app(wrong)
        terminal.press("?")
        if "XTermParser" in wrong:
            terminal.shows("Now.")
            terminal.press("?")
        assert terminal.code() == 1
        assert given_back(terminal)
        assert said(terminal.left()) == SENTENCE
        assert is_whole(book)

    @LONG
    @pytest.mark.parametrize(
        "wrong", ["NetcrmApp.on_mount = bad", "MainScreen.compose = bad", "MainScreen.on_mount = bad"]
    )
    def test_at_the_start(self, opens: Opener, wrong: str) -> None:
        """Before anything has been drawn, too."""
        terminal = opens(python(f"{WITH}{wrong}\nmain()"))
        assert terminal.code() == 1
        assert given_back(terminal)
        assert said(terminal.left()) == SENTENCE

    @LONG
    def test_a_thread_of_ours(self, app: Opener) -> None:
        """A thread that dies is no reason to print what it had in hand."""
        terminal = app("MainScreen.action_help = lambda s: threading.Thread(target=bad).start()")
        terminal.press("?")
        terminal.rest()
        terminal.press("q")
        assert terminal.code() == 0
        assert b"secret" not in terminal.out
        assert said(terminal.left()) == ""


class TestSignals:
    """What ends a program from outside."""

    @pytest.mark.parametrize("number", FAREWELLS)
    def test_ended(self, app: Opener, book: Path, number: signal.Signals) -> None:
        """It closes as quitting does; the exit code says by what."""
        terminal = app(answers=True)
        terminal.process.send_signal(number)
        assert terminal.code() == 128 + number
        assert given_back(terminal)
        assert said(terminal.left()) == ""
        assert is_whole(book)

    @LONG
    @pytest.mark.parametrize("number", FAREWELLS)
    def test_in_a_form(self, app: Opener, number: signal.Signals) -> None:
        """Half a form typed holds nothing up."""
        terminal = app()
        terminal.press("axyz")
        terminal.rest()
        terminal.process.send_signal(number)
        assert terminal.code() == 128 + number
        assert given_back(terminal)

    @pytest.mark.parametrize("answers", [False, pytest.param(True, marks=LONG)])
    def test_while_it_hangs(self, app: Opener, answers: bool) -> None:
        """An app that waits for what never comes is left behind; its terminal is given back all the same."""
        terminal = app("MainScreen.action_help = lambda s: time.sleep(99)", answers=answers)
        terminal.press("?")
        terminal.rest()
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.code(8) == 128 + signal.SIGTERM
        assert given_back(terminal)

    @LONG
    def test_at_the_start(self, opens: Opener) -> None:
        """However early it comes, nothing is left on."""
        for milliseconds in range(50, 500, 90):
            terminal = opens()
            terminal.rest(milliseconds / 1000)
            terminal.process.send_signal(signal.SIGTERM)
            assert terminal.code() in (-signal.SIGTERM, 128 + signal.SIGTERM)
            assert left_on(terminal.out) == {}


class TestWindowClosed:
    """The terminal is gone."""

    def test_hung_up(self, app: Opener, book: Path) -> None:
        """The program ends, and what was done is kept."""
        terminal = app()
        terminal.shows("takes it back")  # what the queue has found by itself
        terminal.press("lcall with Grace Lindqvist\r")
        terminal.shows("Logged a call")
        terminal.rest()
        terminal.hang_up()
        assert terminal.code(8) == 129
        with closing(sqlite3.connect(book)) as connection:
            (label,) = connection.execute("SELECT label FROM acts ORDER BY id DESC").fetchone()
        assert label == "logged a call with Grace Lindqvist"

    def test_nobody_says_so(self, app: Opener) -> None:
        """Without a signal, as after nohup or in another session, it neither spins nor waits for ever."""
        terminal = app(
            "import signal; real = signal.signal\n"
            "signal.signal = lambda n, h: real(n, signal.SIG_IGN if n == signal.SIGHUP else h)"
        )
        terminal.hang_up()
        assert terminal.code(8) == 129

    @LONG
    def test_in_the_middle_of_drawing(self, app: Opener) -> None:
        """While it draws frame after frame, too."""
        terminal = app()
        terminal.press("jjjjjjjjrTjjjjjjjjjjjjjj")
        terminal.read()
        terminal.hang_up()
        assert terminal.code(8) == 129


class TestSuspended:
    """Ctrl+z and fg."""

    @pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["another size", "the same size"])
    def test_stopped_and_back(self, app: Opener, size: tuple[int, int]) -> None:
        """Stopped, the terminal is the shell's; back again all is drawn anew, at the size there is now."""
        terminal = app(answers=True)
        terminal.shows("takes it back")  # what the queue has found by itself
        terminal.rest()
        terminal.press("\x1a")
        terminal.until(terminal.has_stopped)
        terminal.rest()
        assert given_back(terminal)
        terminal.out = b""
        terminal.resize(*size, tell=False)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.shows("People")
        terminal.rest()
        assert "alternate screen" in left_on(terminal.out)
        assert not terminal.is_as_before()
        assert max(int(line) for line in _lines_of(terminal.out)) == size[1]
        terminal.press("q")
        assert terminal.code() == 0
        assert given_back(terminal)

    @LONG
    def test_ended_while_stopped(self, app: Opener) -> None:
        """Whoever ends it while it is stopped gets the shell's terminal as it is."""
        terminal = app()
        terminal.press("\x1a")
        terminal.until(terminal.has_stopped)
        terminal.process.send_signal(signal.SIGTERM)
        terminal.process.send_signal(signal.SIGCONT)
        assert terminal.code() == 128 + signal.SIGTERM
        assert given_back(terminal)

    @LONG
    @pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
    def test_from_a_shell(self, opens: Opener) -> None:
        """In a shell with job control: ctrl+z, a command, fg, and on."""
        terminal = opens(["bash", "--norc", "--noprofile", "-i"], env={"PS1": "ready> "})
        terminal.shows("ready>")
        terminal.press(f"{sys.executable} -m netcrm\n")
        terminal.shows("palette")
        terminal.rest()
        terminal.press("\x1a")
        terminal.shows("Stopped")
        terminal.out = b""
        terminal.press("echo in the $((40 + 2)) shell\n")
        terminal.shows("in the 42 shell")
        terminal.press("fg\n")
        terminal.shows("palette")
        terminal.rest()
        terminal.out = b""
        terminal.press("q")
        terminal.shows("ready>")
        terminal.press("exit\n")
        assert terminal.code() == 0


class TestInterrupted:
    """Ctrl+c."""

    def test_in_the_app(self, app: Opener) -> None:
        """It says how to leave, and closes nothing."""
        terminal = app()
        terminal.press("\x03")
        terminal.shows("q quits; everything is saved already.")
        terminal.press("q")
        assert terminal.code() == 0

    def test_in_a_form(self, app: Opener, book: Path) -> None:
        """What was typed stays, and can be saved."""
        terminal = app()
        terminal.press("a")
        terminal.rest()
        terminal.press("Zoe\x03\x03 Quick")
        terminal.rest()
        terminal.press("\x13")
        terminal.shows("takes it back")
        terminal.press("q")
        assert terminal.code() == 0
        with closing(sqlite3.connect(book)) as connection:
            assert connection.execute("SELECT 1 FROM people WHERE name = 'Zoe Quick'").fetchone()

    @LONG
    @pytest.mark.parametrize(
        "args", [("spark", "-"), ("log", "-"), ("import", "-")], ids=lambda args: args[0]
    )
    def test_in_a_command(self, opens: Opener, args: tuple[str, ...]) -> None:
        """A command that reads on gives up, with nothing said but the end."""
        terminal = opens(netcrm(*args))
        terminal.rest(1)
        terminal.press("\x03")
        assert terminal.code() in (130, 1, 2)
        assert terminal.is_as_before()
        assert b"Traceback" not in terminal.out

    @LONG
    def test_while_it_starts(self, opens: Opener) -> None:
        """Ctrl+c before anything stands there leaves no traceback, and nothing on."""
        for milliseconds in (60, 200, 350):
            terminal = opens(netcrm("find"))
            terminal.rest(milliseconds / 1000)
            if terminal.process.poll() is None:
                terminal.press("\x03")
            assert terminal.code() in (0, 130, -signal.SIGINT)
            assert terminal.is_as_before()


def _lines_of(drawn: bytes) -> list[bytes]:
    """The numbers of the lines that a frame moved the cursor to."""
    return re.findall(rb"\x1b\[(\d+);\d+H", drawn) or [b"0"]
