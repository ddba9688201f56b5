"""The program as a whole: its help, where its file is, how it fails, and what it costs to start."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import netcrm as package
from netcrm.cli.program import COMMANDS, program
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added

SCREEN = {"textual", "rich"}
"""What only the app may load: it takes longer than the whole of any other command."""


def started(*args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "netcrm", *args],
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        check=False,
        capture_output=True,
        timeout=60,
    )


def loaded_by(*args: str) -> set[str]:
    """The modules that a command has loaded when it is done."""
    script = (
        "import sys; from netcrm.cli.program import run; code = run(sys.argv[1:]);"
        " print(*sys.modules, file=sys.stderr, sep='\\n'); sys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *args], check=True, capture_output=True, text=True, timeout=60
    )
    return {name.partition(".")[0] for name in ended.stderr.split()}


class TestHelp:
    """``--help``."""

    @pytest.mark.parametrize("name", COMMANDS)
    @pytest.mark.parametrize("flag", ["-h", "--help"])
    def test_every_command_has_an_example(self, netcrm: Netcrm, name: str, flag: str) -> None:
        """Each command's help shows what one would type."""
        ended = netcrm(name, flag)
        assert ended.code == 0
        _, sign, examples = ended.out.partition("Example")
        assert sign
        assert f"netcrm {name}" in examples
        assert "--db" in ended.out

    @pytest.mark.parametrize("name", COMMANDS)
    def test_list_says_what_the_command_says(self, name: str) -> None:
        """The sentence in the list of commands is the one that the command's own help begins with."""
        command = program.get_command(click.Context(program), name)
        assert command is not None
        assert command.help is not None
        assert command.help.splitlines()[0] == COMMANDS[name][1]

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_option_is_explained(self, name: str) -> None:
        """No option is without a word of help."""
        command = program.get_command(click.Context(program), name)
        assert command is not None
        options = [param for param in command.params if isinstance(param, click.Option)]
        assert all(option.help for option in options)

    def test_program(self, netcrm: Netcrm) -> None:
        """The program's help names all commands and the environment."""
        out = netcrm("--help").out
        for word in (*COMMANDS, "NETCRM_DB", "NETCRM_TODAY", "--db", "--version", "Exit codes"):
            assert word in out

    def test_version(self, netcrm: Netcrm) -> None:
        """The version is the package's."""
        assert netcrm("--version").out == f"netcrm {package.__version__}\n"


class TestFile:
    """Which file is used."""

    def test_before_the_command(self, netcrm: Netcrm) -> None:
        """--db can stand before the command's name."""
        assert netcrm("--db", "x.db", "path").out == "x.db\n"

    def test_after_the_command(self, netcrm: Netcrm) -> None:
        """--db can stand after it, and wins there."""
        assert netcrm("path", "--db", "x.db").out == "x.db\n"
        assert netcrm("--db", "y.db", "path", "--db", "x.db").out == "x.db\n"

    def test_environment(self, netcrm: Netcrm, tmp_path: Path) -> None:
        """NETCRM_DB names it where --db does not."""
        assert netcrm("path").out == f"{tmp_path / 'netcrm.db'}\n"

    def test_home(self, netcrm: Netcrm, monkeypatch: pytest.MonkeyPatch) -> None:
        """NETCRM_HOME is its folder where nobody names a file."""
        monkeypatch.delenv("NETCRM_DB")
        monkeypatch.setenv("NETCRM_HOME", "/somewhere")
        assert netcrm("path", "--json").json == {"path": "/somewhere/netcrm.db", "exists": False}

    def test_no_name(self, netcrm: Netcrm) -> None:
        """A file without a name was wrongly asked for."""
        assert netcrm("--db", "", "path").code == 2

    def test_odd_name(self) -> None:
        """The path of a file whose name is no UTF-8 comes out as it is."""
        ended = subprocess.run(
            [sys.executable.encode(), b"-m", b"netcrm", b"path", b"--db", b"/x/\xff.db"],
            check=True,
            capture_output=True,
        )
        assert ended.stdout == b"/x/\xff.db\n"

    @pytest.mark.parametrize("args", [("find", "x"), ("show", "x"), ("today",), ("undo",), ("log", "x")])
    def test_missing(self, netcrm: Netcrm, tmp_path: Path, args: tuple[str, ...]) -> None:
        """Who only asks is told that there is no file, and none is made."""
        ended = netcrm(*args)
        assert (ended.code, ended.out) == (1, "")
        assert "no file" in ended.err
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0" + b"\1" * 100])
    def test_not_ours(self, netcrm: Netcrm, tmp_path: Path, content: bytes) -> None:
        """A file of another program is refused in a sentence, and left as it is."""
        file = tmp_path / "other.db"
        file.write_bytes(content)
        ended = netcrm("--db", str(file), "add", "Grace")
        assert ended.code == 1
        assert len(ended.err.splitlines()) == 1
        assert file.read_bytes() == content

    def test_folder(self, netcrm: Netcrm, tmp_path: Path) -> None:
        """A folder is refused in a sentence."""
        ended = netcrm("--db", str(tmp_path), "today")
        assert ended.code == 1
        assert len(ended.err.splitlines()) == 1


class TestEnding:
    """Exit codes and sentences."""

    @pytest.mark.parametrize(
        "args",
        [
            ("fnd",),
            ("find", "--foo"),
            ("add",),
            ("find", "--limit", "x"),
            ("log",),
            ("import",),
            ("undo", "x"),
        ],
    )
    def test_wrongly_asked(self, netcrm: Netcrm, args: tuple[str, ...]) -> None:
        """Who asks wrongly gets 2, one line, and where to read on."""
        ended = netcrm(*args)
        assert (ended.code, ended.out) == (2, "")
        assert len(ended.err.splitlines()) == 1
        assert "--help" in ended.err

    def test_unexpected(self, netcrm: Netcrm, book: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error that nobody thought of is a sentence that tells nothing private."""
        monkeypatch.setattr("netcrm.store.history.History.undo", _fail)
        ended = netcrm("undo")
        assert ended.code == 1
        assert ended.err.startswith("netcrm met an error it did not expect (KeyError)")
        assert "secret" not in ended.err
        assert len(ended.err.splitlines()) == 1

    def test_unexpected_with_debug(
        self, netcrm: Netcrm, book: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With NETCRM_DEBUG it is shown where."""
        monkeypatch.setattr("netcrm.store.history.History.undo", _fail)
        monkeypatch.setenv("NETCRM_DEBUG", "1")
        with pytest.raises(KeyError):
            netcrm("undo")

    def test_expected_with_debug(self, netcrm: Netcrm, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error that has a sentence is that sentence even then."""
        monkeypatch.setenv("NETCRM_DEBUG", "1")
        assert netcrm("--db", "/dev/null", "add", "Grace").code == 1

    def test_interrupted(self, netcrm: Netcrm, book: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl+c is no error to speak of."""

        def interrupt(_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("netcrm.store.history.History.undo", interrupt)
        ended = netcrm("undo")
        assert (ended.code, ended.out, ended.err.strip()) == (130, "", "")

    @pytest.mark.parametrize("day", ["soon", "2026-13-01"])
    def test_no_day(self, netcrm: Netcrm, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
        """A NETCRM_TODAY that is no day is said before anything is made."""
        monkeypatch.setenv("NETCRM_TODAY", day)
        ended = netcrm("add", "Grace")
        assert ended.code == 2
        assert "NETCRM_TODAY" in ended.err
        assert not Path("netcrm.db").exists()

    def test_nobody_reads(self, world: Store) -> None:
        """A reader that goes away, as head does, is met with silence."""
        ended = subprocess.run(
            ["sh", "-c", '"$0" -m netcrm find | true', sys.executable], check=False, capture_output=True
        )
        assert ended.stderr == b""

    def test_full_disk(self, world: Store) -> None:
        """Output that can't be written is a failure, and a sentence."""
        ended = subprocess.run(
            ["sh", "-c", '"$0" -m netcrm find > /dev/full', sys.executable], check=False, capture_output=True
        )
        assert ended.returncode == 1
        assert ended.stderr == b"The system refused it: no space left on device.\n"

    def test_closed_streams(self, world: Store) -> None:
        """Closed standard streams are no reason to fail."""
        ended = subprocess.run(
            ["sh", "-c", '"$0" -m netcrm find <&- >&-', sys.executable], check=False, capture_output=True
        )
        assert (ended.returncode, ended.stderr) == (0, b"")


class TestLocale:
    """UTF-8 in and out, whatever the locale."""

    @pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}])
    def test_any_locale(self, book: Store, locale: dict[str, str]) -> None:
        """Letters come through where the locale knows only ASCII."""
        plain = {**locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        assert started("add", "Zoë 李", **plain).returncode == 0
        ended = started("find", "李", **plain)
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert ended.stdout.startswith("Zoë 李\t".encode())

    def test_no_utf8(self, book: Store) -> None:
        """Bytes that are no UTF-8 are refused as words."""
        ended = subprocess.run(
            [sys.executable.encode(), b"-m", b"netcrm", b"add", b"\xff"], check=False, capture_output=True
        )
        assert ended.returncode == 2
        assert b"UTF-8" in ended.stderr


class TestLoading:
    """What commands load."""

    def test_package(self) -> None:
        """Importing the command line brings in click, and neither store, screen nor exchange."""
        script = "import sys, netcrm.cli; print(*sys.modules, sep='\\n')"
        found = subprocess.run(
            [sys.executable, "-c", script], check=True, capture_output=True, text=True
        ).stdout.split()
        assert not {name.partition(".")[0] for name in found} & {*SCREEN, "sqlite3", "sqlite_utils"}
        assert not {
            name for name in found if name.startswith(("netcrm.store", "netcrm.exchange", "netcrm.ui"))
        }

    @pytest.mark.parametrize(
        "args",
        [
            ("find",),
            ("find", "--json", "lisbon"),
            ("show", "Christina Vale"),
            ("today",),
            ("log", "coffee with Christina Vale"),
            ("add", "Cleo Marsh"),
            ("path",),
            ("--help",),
        ],
    )
    def test_commands(self, world: Store, args: tuple[str, ...]) -> None:
        """A command loads neither Textual nor rich, and sqlite-utils only to make a file."""
        assert not loaded_by(*args) & {*SCREEN, "sqlite_utils"}

    def test_undo(self, book: Store) -> None:
        """Neither do undo and redo."""
        added(book)
        assert not loaded_by("undo") & {*SCREEN, "sqlite_utils"}
        assert not loaded_by("redo") & {*SCREEN, "sqlite_utils"}

    def test_import(self, tmp_path: Path) -> None:
        """An import makes its file without Textual."""
        file = tmp_path / "one.vcf"
        file.write_text("BEGIN:VCARD\nFN:Grace\nEND:VCARD\n")
        assert not loaded_by("import", str(file)) & SCREEN


def _fail(_: object) -> None:
    raise KeyError("secret")
