"""Who may import whom: breaking a wall is a decision, and not an accident."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world import a_store, added

ROOT = Path(__file__).parent.parent


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the netcrm of a folder, with the contracts of its pyproject.toml."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        check=False,
        capture_output=True,
        text=True,
    )


def loaded_by(script: str, *arguments: Path | str) -> set[str]:
    """The modules that a script has loaded in a Python of its own."""
    script += "\nimport sys; print(*sys.modules, *{name.partition('.')[0] for name in sys.modules})"
    ended = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(ended.stdout.split())


class TestContracts:
    """The contracts in pyproject.toml."""

    def test_they_are_kept(self) -> None:
        """Netcrm as it is breaks none."""
        ended = lint_imports(ROOT)
        assert ended.returncode == 0, ended.stdout
        assert "0 broken" in ended.stdout

    @pytest.mark.parametrize(
        ("module", "forbidden"),
        [
            ("domain/text.py", "import sqlite3"),
            ("domain/text.py", "import textual"),
            ("domain/text.py", "import netcrm.store"),
            ("store/people.py", "import netcrm.exchange"),
            ("store/people.py", "import netcrm.ui"),
            ("exchange/__init__.py", "import netcrm.store"),
            ("ui/__init__.py", "import netcrm.cli"),
            ("ui/__init__.py", "import netcrm.config"),
            ("config.py", "import netcrm.store"),
        ],
    )
    def test_breaking_one_is_found(self, tmp_path: Path, module: str, forbidden: str) -> None:
        """A forbidden import, even inside a function, is told by its name."""
        shutil.copytree(ROOT / "netcrm", tmp_path / "netcrm", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        with (tmp_path / "netcrm" / module).open("a") as file:
            file.write(f"\n\ndef sneaky() -> None:\n    {forbidden}\n")
        ended = lint_imports(tmp_path)
        assert ended.returncode != 0
        assert "BROKEN" in ended.stdout
        assert forbidden.removeprefix("import ") in ended.stdout


class TestWhatIsLoaded:
    """What a module brings with it, once it is imported: a command must not wait for the screen."""

    def test_domain(self) -> None:
        """The domain needs the standard library and dateutil."""
        modules = [f"netcrm.domain.{path.stem}" for path in sorted((ROOT / "netcrm/domain").glob("*.py"))]
        loaded = loaded_by("\n".join(f"import {name.removesuffix('.__init__')}" for name in modules))
        assert "netcrm" in loaded
        assert not loaded & {
            "textual",
            "rich",
            "sqlite3",
            "sqlite_utils",
            "click",
            "icalendar",
            "platformdirs",
        }

    @pytest.mark.parametrize("package", ["store", "exchange.reading"])
    def test_store_and_exchange(self, package: str) -> None:
        """Neither knows the screen, and the store loads sqlite-utils only when it needs it."""
        loaded = loaded_by(f"import netcrm.{package}")
        assert "netcrm" in loaded
        assert not loaded & {"textual", "rich", "sqlite_utils"}

    @pytest.mark.parametrize("said", ["today", "find --archived", "log note: a thought"])
    def test_a_command_brings_nothing_that_it_does_not_use(self, tmp_path: Path, said: str) -> None:
        """What unpacks archives, OpenSSL, random numbers, what an import or a seed needs stay away."""
        script = """
import os, sys
from pathlib import Path
from netcrm.cli.program import run
os.environ["NETCRM_HOME"] = sys.argv[1]
if sys.argv[2:]:
    run(sys.argv[2:])
else:
    from tests.world import a_store
    a_store(Path(sys.argv[1])).close()
"""
        loaded_by(script, tmp_path)
        loaded = loaded_by(script, tmp_path, *said.split(" ", 1))
        assert "netcrm.store" in loaded
        unused = {"tempfile", "zipfile", "_hashlib", "random", "difflib", "platformdirs"}
        assert loaded & (unused | {"netcrm.domain.seed", "netcrm.domain.merging"}) == set()

    def test_the_app_opens_with_what_it_shows(self, tmp_path: Path) -> None:
        """The first paint waits for nothing that reads arguments or settings, or is typed into."""
        with a_store(tmp_path) as store:
            added(store, "Amara")
        script = """
import os, sys
from netcrm.cli import main, opening
from netcrm.ui.app import NetcrmApp
os.environ |= {"NETCRM_DB": sys.argv[1], "NETCRM_HOME": os.path.dirname(sys.argv[1])}
def painted(app):
    print(*sys.modules, app.screen.people.person.name, file=sys.__stdout__, flush=True)
    os._exit(0)
NetcrmApp.on_ready = painted
NetcrmApp.open = lambda app: app.run(headless=True)
opening.need_a_terminal = lambda: None
sys.argv = ["netcrm"]
main()
"""
        loaded = loaded_by(script, store.path)
        assert "Amara" in loaded
        assert not loaded & {"click", "tomllib", "sqlite_utils", "textual.widgets._text_area"}
        screens = {name for name in loaded if name.startswith("netcrm.ui.screens.")}
        assert screens == {"netcrm.ui.screens.main", "netcrm.ui.screens.panes"}

    def test_a_log_needs_no_sqlite_utils(self, tmp_path: Path) -> None:
        """Opening an up-to-date file, logging, giving, searching and undoing are plain statements."""
        script = """
import sys
from pathlib import Path
from tests.world import TODAY, a_store, added, logged, queued
from netcrm.domain.query import parse
with a_store(Path(sys.argv[1])) as store:
    amara = added(store, "Amara")
    logged(store, amara)
    store.gives.give([queued(store, amara)], TODAY)
    assert len(store.search.people(parse("ama"))) == 1
    store.history.undo()
"""
        assert "sqlite_utils" in loaded_by(script, tmp_path), "a new file is made by its migrations"
        loaded = loaded_by(script.replace("== 1", ">= 1"), tmp_path)
        assert "sqlite_utils" not in loaded
        assert "sqlcipher3" not in loaded, "a plain file has no use for it"
