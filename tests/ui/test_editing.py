"""Having a text edited in one's own editor, as far as no terminal is needed."""

import os
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netcrm.ui.editing import MOST_BYTES, Edited, edited, editor

Writer = Callable[[str], dict[str, str]]


@pytest.fixture
def writing(tmp_path: Path) -> Writer:
    """The environment of an editor that does something, in Python, with a file that is called ``file``."""

    def made(does: str) -> dict[str, str]:
        program = f"import os, sys, time, stat, shutil, pathlib\nfile = pathlib.Path(sys.argv[-1])\n{does}\n"
        script = tmp_path / "an editor.py"
        script.write_text(program)
        runtime = tmp_path / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        return {
            "EDITOR": shlex.join([sys.executable, str(script)]),
            "PATH": os.environ["PATH"],
            "XDG_RUNTIME_DIR": str(runtime),
        }

    return made


def left(tmp_path: Path) -> list[Path]:
    """What lies in the place for private files."""
    return list((tmp_path / "run").iterdir())


class TestWhich:
    """Which editor it is."""

    def test_split_as_a_shell_would(self, tmp_path: Path) -> None:
        """Arguments and quotes work; a name with a space in it, too."""
        program = tmp_path / "my editor"
        program.touch(0o700)
        path = f"{tmp_path}:{os.environ['PATH']}"
        assert editor({"EDITOR": "'my editor' -n \"a b\"", "PATH": path}) == [str(program), "-n", "a b"]
        assert editor({"EDITOR": r"my\ editor", "PATH": path}) == [str(program)]
        said = editor({"EDITOR": "sh -c 'vi \"$1\"' -", "PATH": path})
        assert said[1:] == ["-c", 'vi "$1"', "-"]

    def test_visual_first(self) -> None:
        """VISUAL goes before EDITOR, as everywhere; an empty one is none."""
        path = os.environ["PATH"]
        assert editor({"VISUAL": "sh", "EDITOR": "cat", "PATH": path})[0].endswith("/sh")
        assert editor({"VISUAL": " ", "EDITOR": "cat", "PATH": path})[0].endswith("/cat")

    def test_none_set(self, tmp_path: Path) -> None:
        """Vi or nano, whichever is there; without any it is said."""
        (tmp_path / "nano").touch(0o700)
        assert editor({"PATH": str(tmp_path)}) == [str(tmp_path / "nano")]
        (tmp_path / "vi").touch(0o700)
        assert editor({"EDITOR": "", "PATH": str(tmp_path)}) == [str(tmp_path / "vi")]
        with pytest.raises(ValueError, match=r"^No editor was found: set \$EDITOR to the one you like\.$"):
            editor({"PATH": str(tmp_path / "nowhere")})

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ("-rf", "There is no program “-rf” here, which $EDITOR names."),
            ("-rf /", "There is no program “-rf” here, which $EDITOR names."),
            ("''", "There is no program “” here, which $EDITOR names."),
            ("no-such-editor --wait", "There is no program “no-such-editor” here, which $EDITOR names."),
            ("vi 'oops", "$EDITOR can't be read as a command: is a quote left open?"),
            ("$(touch pwned)", "There is no program “$(touch” here, which $EDITOR names."),
            ("a\x1b]0;pwned\x07b", "There is no program “a\ufffd]0;pwned\ufffdb” here, which $EDITOR names."),
        ],
    )
    def test_no_program(self, said: str, why: str) -> None:
        """What is no program is said in a sentence, cleaned, and nothing is run."""
        with pytest.raises(ValueError) as refusal:
            editor({"EDITOR": said, "PATH": os.environ["PATH"]})
        assert str(refusal.value) == why


class TestTheFile:
    """The file in which the text goes there and back."""

    def test_changed(self, writing: Writer, tmp_path: Path) -> None:
        """What was written comes back; the line end that ends a file is no line of the text."""
        done = edited("Ana\nBela", writing("file.write_text(file.read_text() + 'Christina\\n')"))
        assert done == Edited("Ana\nBela\nChristina")
        assert left(tmp_path) == []

    def test_private(self, writing: Writer, tmp_path: Path) -> None:
        """0600 in a folder of 0700, whatever the umask, as Markdown, in the user's own place."""
        tells = """
mode = lambda path: oct(stat.S_IMODE(path.stat().st_mode))
file.write_text(' '.join([mode(file), mode(file.parent), file.suffix, str(file.parent.parent)]))
"""
        before = os.umask(0)
        try:
            done = edited("x", writing(tells))
        finally:
            os.umask(before)
        assert done.text == f"0o600 0o700 .md {tmp_path / 'run'}"

    def test_no_such_place(self, writing: Writer, tmp_path: Path) -> None:
        """A place that others can enter is not taken: the usual folder for temporary files is."""
        (tmp_path / "run").mkdir()
        (tmp_path / "run").chmod(0o755)
        done = edited("x", writing("file.write_text(str(file.parent))"))
        assert Path(done.text).parent != tmp_path / "run"
        assert not Path(done.text).exists()

    def test_what_it_leaves_behind(self, writing: Writer, tmp_path: Path) -> None:
        """What the editor keeps for a crash goes with the file."""
        does = "(file.parent / '.note.md.swp').write_text('private'); (file.parent / 'note.md~').touch()"
        assert edited("x", writing(f"{does}; file.write_text('y')")).text == "y"
        assert left(tmp_path) == []

    def test_written_anew(self, writing: Writer) -> None:
        """Editors that write a new file in the place of the old one are as good."""
        does = "new = file.with_name('new'); new.write_text('y'); new.replace(file)"
        assert edited("x", writing(does)).text == "y"

    @pytest.mark.parametrize(("said", "read"), [("", ""), ("x", "x\n"), ("x\n", "x\n"), ("\n\n", "\n\n")])
    def test_as_it_was(self, writing: Writer, said: str, read: str) -> None:
        """Nothing changes by itself, with a line end or without."""
        done = edited(said, writing(f"assert file.read_text() == {read!r}; time.sleep(0.6)"))
        assert done == Edited(said, "The text is as it was.")

    def test_cleaned(self, writing: Writer) -> None:
        """What a terminal acts on does not come back; the lines of other systems do as ours."""
        done = edited("x", writing("file.write_bytes(b'\\xef\\xbb\\xbfa\\x1b[2Jb\\r\\nc\\x00\\n')"))
        assert done.text == "a[2Jb\nc"


class TestRefusals:
    """Whatever goes wrong, the text is as it was, and a sentence says why."""

    @pytest.mark.parametrize(
        ("does", "why"),
        [
            ("sys.exit(3)", "ended with an error (3), so the text is as it was."),
            ("os.kill(os.getpid(), 9)", "ended by a signal, so the text is as it was."),
            ("file.unlink()", "The editor left no file behind, so the text is as it was."),
            ("file.unlink(); file.mkdir()", "The editor left no file behind, so the text is as it was."),
            ("file.unlink(); os.mkfifo(file)", "The editor left no file behind, so the text is as it was."),
            (
                "file.unlink(); file.symlink_to('/etc/passwd')",
                "The editor left no file behind, so the text is as it was.",
            ),
            ("shutil.rmtree(file.parent)", "The editor left no file behind, so the text is as it was."),
            ("file.write_bytes(b'caf\\xe9')", "What came back is not UTF-8, so the text is as it was."),
            (
                f"file.write_bytes(b'x' * {MOST_BYTES + 1})",
                "What came back is longer than a million letters, so the text is as it was.",
            ),
            ("pass", "came back at once, with the text as it was."),
        ],
    )
    def test_said(self, writing: Writer, tmp_path: Path, does: str, why: str) -> None:
        """One sentence each, and nothing stays behind."""
        done = edited("as it was", writing(does))
        assert done.text == "as it was"
        assert why in done.said
        assert left(tmp_path) == []

    def test_no_room(self, writing: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A system that refuses is said."""

        def full(*_: object, **__: object) -> str:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("tempfile.mkdtemp", full)
        done = edited("x", writing("pass"))
        assert done == Edited("x", "The text could not be handed to the editor: no space left on device.")


class TestSignals:
    """While the editor has the terminal."""

    def test_from_the_keyboard(self, writing: Writer) -> None:
        """ctrl+c is the editor's: the app does not even hear of it."""
        does = "os.kill(os.getppid(), 2); time.sleep(0.2); file.write_text('y')"
        assert edited("x", writing(does)).text == "y"

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
    @pytest.mark.parametrize("deaf", ["", "import signal; signal.signal(15, signal.SIG_IGN); "])
    def test_asked_to_end(self, writing: Writer, tmp_path: Path, number: signal.Signals, deaf: str) -> None:
        """The editor is ended first, hard if need be, the file is gone, and then the app hears of it."""
        heard: list[int] = []
        before = signal.signal(number, lambda number, _: heard.append(number))
        try:
            done = edited("x", writing(f"{deaf}os.kill(os.getppid(), {number.value}); time.sleep(20)"))
        finally:
            assert signal.signal(number, before) is not before
        assert heard == [number]
        assert "ended by a signal" in done.said
        assert left(tmp_path) == []
