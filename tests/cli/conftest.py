"""A command line that is run in the tests' own process, over a file of its own."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from netcrm.cli.program import run
from netcrm.demo.fill import fill
from netcrm.demo.world import load
from netcrm.store import Store
from tests.world import TODAY, a_store


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended.

    Attributes:
        code: Its exit code.
        out: What it printed.
        err: What it said on stderr.
    """

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        """What it printed, by line and column."""
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        import json

        return json.loads(self.out)


Netcrm = Callable[..., Ended]
"""Runs the command line: its arguments, and the bytes of its standard input."""


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the test's folder, and a fixed day."""
    for name in ("NETCRM_DEBUG", "NETCRM_HOME", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("NETCRM_DB", str(tmp_path / "netcrm.db"))
    monkeypatch.setenv("NETCRM_TODAY", TODAY.isoformat())
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def netcrm(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Netcrm:
    """Runs a command as a script would."""

    def ran(*args: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = run(args)
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return ran


@pytest.fixture
def seen(netcrm: Netcrm, monkeypatch: pytest.MonkeyPatch) -> Netcrm:
    """Runs a command as on a terminal."""

    def ran(*args: str, stdin: bytes = b"") -> Ended:
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout.isatty", lambda: True)
            patch.setattr("click._compat.should_strip_ansi", lambda *_: False)
            patch.setattr("click.utils.should_strip_ansi", lambda *_: False)
            return netcrm(*args, stdin=stdin)

    return ran


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    """The file that the commands use, open and empty."""
    with a_store(tmp_path) as store:
        yield store


@pytest.fixture
def world(book: Store) -> Store:
    """The file that the commands use, with the demo world in it."""
    fill(book, load(), TODAY)
    return book
