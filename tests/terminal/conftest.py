"""Programs in terminals of their own, over a copy of the demo world."""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.terminal.driving import Terminal, netcrm, python
from tests.world import TODAY

if not sys.platform.startswith("linux"):
    collect_ignore_glob = ["test_*.py"]

Opener = Callable[..., Terminal]


@pytest.fixture
def book(world_file: Path, tmp_path: Path) -> Path:
    """A file with the demo world in it, of the test's own."""
    file = tmp_path / "book.db"
    shutil.copy(world_file, file)
    return file


@pytest.fixture
def opens(book: Path, tmp_path: Path) -> Iterator[Opener]:
    """Opens netcrm over the book, or another program, in a terminal of its own."""
    opened: list[Terminal] = []
    (tmp_path / "run").mkdir(mode=0o700)
    surroundings = {
        "NETCRM_DB": str(book),
        "NETCRM_TODAY": TODAY.isoformat(),
        "NETCRM_DEBUG": None,
        "NO_COLOR": None,
        "COLUMNS": None,
        "LINES": None,
        "VISUAL": None,
        "EDITOR": None,
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "TMPDIR": str(tmp_path),
    }

    def opener(
        command: Sequence[str] = netcrm(), env: Mapping[str, str | None] | None = None, **options: object
    ) -> Terminal:
        opened.append(Terminal(command, env={**surroundings, **(env or {})}, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield opener
    for one in opened:
        one.close()


@pytest.fixture
def app(opens: Opener) -> Opener:
    """Opens the app, perhaps with something that goes wrong in it, and waits until it is there."""

    def opener(wrong: str = "", **options: object) -> Terminal:
        terminal = opens(python(WITH + wrong + "\nmain()") if wrong else netcrm(), **options)
        terminal.shows("palette")
        terminal.rest()
        return terminal

    return opener


WITH = """
import sys, time, threading
from netcrm.cli import main
from netcrm.store import Store
from netcrm.ui.screens.main import MainScreen
from netcrm.ui.app import NetcrmApp

PRIVATE = "Christina's secret"

def bad(*args, **kwargs):
    note = PRIVATE
    raise RuntimeError(PRIVATE)
"""
"""What a program begins with in which something goes wrong."""
