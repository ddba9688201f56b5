"""``$EDITOR`` in a form: the terminal is the editor's meanwhile, and the text comes back."""

import fcntl
import os
import shlex
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from netcrm.ui.editing import remove_left_behind
from tests.terminal.conftest import Opener
from tests.terminal.driving import Terminal, left_on

LONG = pytest.mark.long

OPEN = "\x0f"
"""Ctrl+o."""


@pytest.fixture
def editing(app: Opener, tmp_path: Path) -> Callable[..., Terminal]:
    """Opens the app with an editor in Python, in the form of an entry, at what happened."""

    def opener(does: str, **env: str) -> Terminal:
        script = tmp_path / "editor.py"
        script.write_text(f"import os, sys, time, pathlib\nfile = pathlib.Path(sys.argv[-1])\n{does}\n")
        terminal = app(env={"EDITOR": shlex.join([sys.executable, str(script)]), **env})
        terminal.press("\t")
        terminal.rest()
        terminal.press("e")
        terminal.shows("your editor")
        terminal.rest()
        return terminal

    return opener


def saved(book: Path, text: str) -> bool:
    """Whether an entry has a text."""
    with closing(sqlite3.connect(book)) as connection:
        return bool(connection.execute("SELECT 1 FROM interactions WHERE text = ?", (text,)).fetchone())


def empty(tmp_path: Path) -> bool:
    """Whether nothing lies in the place for private files."""
    return not list((tmp_path / "run").iterdir())


def eventually(told: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < until
        time.sleep(0.1)


class TestEditing:
    """The way there and back."""

    def test_there_and_back(self, editing: Callable[..., Terminal], book: Path, tmp_path: Path) -> None:
        """The editor has the terminal as the shell had it; what it wrote stands in the form, and is saved."""
        terminal = editing(
            "import termios\n"
            "cooked = bool(termios.tcgetattr(0)[3] & termios.ICANON)\n"
            "print('EDITING', cooked, os.isatty(1), flush=True)\n"
            "file.write_text(f'In my own editor: {input()}')"
        )
        terminal.press(OPEN)
        terminal.shows("EDITING True True")
        assert left_on(terminal.out) == {}
        assert terminal.is_as_before()
        terminal.press("hello\r")
        terminal.shows("In my own editor: hello")
        terminal.rest()
        terminal.press("\x13")
        terminal.shows("takes it back")
        terminal.press("q")
        assert terminal.code() == 0
        assert saved(book, "In my own editor: hello")
        assert left_on(terminal.out) == {}
        assert terminal.is_as_before()
        assert empty(tmp_path)

    @pytest.mark.parametrize(
        ("editor", "sentence"),
        [
            ("-rf", "There is no program"),
            pytest.param("no-such-editor", "There is no program", marks=LONG),
            pytest.param("vi 'oops", "is a quote left open", marks=LONG),
            pytest.param("false", "false ended with an error", marks=LONG),
            pytest.param("true", "true came back at once", marks=LONG),
            pytest.param('sh -c \'printf "\\377" > "$1"\' -', "is not UTF-8", marks=LONG),
        ],
    )
    def test_refused(
        self, editing: Callable[..., Terminal], tmp_path: Path, editor: str, sentence: str
    ) -> None:
        """What went wrong stands at the foot of the form, and the text is as it was."""
        terminal = editing("", EDITOR=editor)
        terminal.press(OPEN)
        terminal.shows(sentence)
        terminal.leave()
        terminal.press("q")
        assert terminal.code() == 0
        assert empty(tmp_path)

    @LONG
    @pytest.mark.skipif(shutil.which("vi") is None, reason="needs vi")
    def test_vi(self, editing: Callable[..., Terminal], book: Path, tmp_path: Path) -> None:
        """A real one."""
        terminal = editing("", EDITOR="vi")
        terminal.press(OPEN)
        terminal.rest(0.8)
        terminal.press(":%d\r")
        terminal.press("iWritten in vi\x1b")
        terminal.rest(0.5)
        terminal.press(":wq\r")
        terminal.shows("ctrl+s saves")
        terminal.rest()
        terminal.press("\x13")
        terminal.shows("takes it back")
        terminal.press("q")
        assert terminal.code() == 0
        assert saved(book, "Written in vi")
        assert left_on(terminal.out) == {}
        assert empty(tmp_path)


class TestEnded:
    """The app ends while the editor has the terminal."""

    @pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=LONG)])
    def test_by_a_signal(
        self, editing: Callable[..., Terminal], tmp_path: Path, number: signal.Signals
    ) -> None:
        """The editor is ended, the file is gone, the terminal is as before."""
        terminal = editing("print('EDITING', flush=True); time.sleep(60)")
        terminal.press(OPEN)
        terminal.shows("EDITING")
        assert not empty(tmp_path)
        terminal.process.send_signal(number)
        assert terminal.code(8) == 128 + number
        assert empty(tmp_path)
        assert left_on(terminal.out) == {}
        assert terminal.is_as_before()

    @LONG
    def test_window_closed(self, editing: Callable[..., Terminal], tmp_path: Path) -> None:
        """The window is closed: the editor and the app both end, and the file is gone."""
        terminal = editing("print('EDITING', flush=True); time.sleep(60)")
        terminal.press(OPEN)
        terminal.shows("EDITING")
        terminal.hang_up()
        assert terminal.code(8) == 129
        assert empty(tmp_path)

    @LONG
    def test_interrupted(self, editing: Callable[..., Terminal], tmp_path: Path) -> None:
        """Ctrl+c ends an editor that heeds it, and not the app."""
        terminal = editing("print('EDITING', flush=True); time.sleep(60)")
        terminal.press(OPEN)
        terminal.shows("EDITING")
        terminal.press("\x03")
        terminal.shows("so the text is as it was")
        assert terminal.process.poll() is None
        assert empty(tmp_path)

    @LONG
    def test_killed(self, editing: Callable[..., Terminal], app: Opener, tmp_path: Path) -> None:
        """The app is killed: the next one removes the file, once the editor is gone too."""
        done = tmp_path / "done"
        terminal = editing(
            "import signal\n"
            "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
            "print('EDITING', flush=True)\n"
            f"while not os.path.exists({str(done)!r}): time.sleep(0.02)"
        )
        terminal.press(OPEN)
        terminal.shows("EDITING")
        terminal.process.kill()
        terminal.process.wait()
        (folder,) = (tmp_path / "run").iterdir()
        os.utime(folder, (0, 0))
        remove_left_behind({"XDG_RUNTIME_DIR": str(tmp_path / "run")})
        assert not empty(tmp_path)
        done.touch()
        app()
        eventually(lambda: empty(tmp_path))


class TestLeftBehind:
    """What a killed app has left behind."""

    def test_removed(self, tmp_path: Path) -> None:
        """A folder that nobody holds any more; not one that is held, is new, is a link, or is not ours."""
        names = ("netcrm-note-old", "netcrm-note-held", "netcrm-note-new", "other-note")
        folders = {name: tmp_path / name for name in names}
        for name, folder in folders.items():
            folder.mkdir()
            (folder / "note.md").write_text("A secret.")
            if not name.endswith("new"):
                os.utime(folder, (0, 0))
        (tmp_path / "netcrm-note-link").symlink_to(folders["other-note"])
        tmp_path.chmod(0o700)
        held = os.open(folders["netcrm-note-held"], os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_SH)
        remove_left_behind({"XDG_RUNTIME_DIR": str(tmp_path)})
        os.close(held)
        assert sorted(one.name for one in tmp_path.iterdir()) == sorted({*names[1:], "netcrm-note-link"})
        assert (folders["other-note"] / "note.md").exists()
