"""Every command on a book with hostile text in every field: what it prints acts on no terminal."""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from netcrm.cli.program import COMMANDS
from tests.cli.conftest import Ended, Netcrm
from tests.hostility import ALL, SEQUENCES, make_hostile, unclean

ASKED: Mapping[str, Sequence[Sequence[str]]] = {
    "import": [["import", f"none{ALL[:80]}".replace("/", "")], ["import", "--json", "none\x1b[2J.vcf"]],
    "add": [["add", f"New {ALL}"]],
    "log": [["log", f"met Ana {SEQUENCES[0]} [/]"], ["log", "\x1b[2J"]],
    "find": [["find", "a"], ["find", "--json", "a"], ["find", f"tag:{SEQUENCES[3]}", "zzz:\x1b"]],
    "show": [["show", "id:1"], ["show", "--json", "id:1"], ["show", "id:2"], ["show", "Nobody \x1b[2J"]],
    "timeline": [["timeline"], ["timeline", "--json"]],
    "brief": [["brief", "id:1"], ["brief", "--json", "id:1"]],
    "relations": [["relations", "id:1"], ["relations", "--json", "id:1"]],
    "today": [["today"], ["today", "--json"]],
    "org": [["org"], ["org", "--json"], ["org", "\x1b[2J"]],
    "spark": [
        ["spark", "--dry-run", f"A book on design {ALL}"],
        ["spark", "--list"],
        ["spark", "--list", "--json"],
    ],
    "joy": [["joy"], ["joy", "--json"]],
    "give": [["give"], ["give", "--json"]],
    "want": [["want"], ["want", "--json"]],
    "offer": [["offer"], ["offer", "--json"]],
    "introduce": [["introduce"], ["introduce", "--json"]],
    "review": [["review"], ["review", "--json"], ["review", "--year"]],
    "group": [["group"], ["group", "--json"], ["group", "\x1b[2J"]],
    "merge": [
        *(["merge"], ["merge", "--json"], ["merge", "Ana \x1b[2J", "id:2"], ["merge", "id:1", "id:2"]),
        *(["merge", "--apart", "id:3", "id:4"], ["undo"]),
    ],
    "undo": [["undo"]],
    "redo": [["redo"]],
    "history": [["history"], ["history", "--json"], ["history", "1"], ["history", "--json", "1"]],
    "encrypt": [["encrypt", "--key-file", f"none{ALL[:80]}"], ["encrypt", "--key-command", "\x1b]0;x\x07"]],
    "decrypt": [["decrypt"], ["decrypt", "--db", "\x1b]0;x\x07.db"]],
    "backup": [
        ["backup"],
        ["backup", "--list"],
        ["backup", "--list", "--json"],
        ["backup", "\x1b]0;x\x07.db"],
    ],
    "restore": [["restore", "\x1b[2J"], ["restore"], ["restore", "--json"], ["restore", "latest"]],
    "check": [["check"], ["check", "--json"], ["check", "--repair"]],
    "forget": [["forget", "Nobody \x1b[2J"], ["forget", "id:2"]],
    "config": [["config"]],
    "path": [["path"], ["path", "--db", "\x1b]0;x\x07.db"]],
}
"""What each command is asked; the demo has a screen only."""


@pytest.fixture(scope="module")
def hostile_file(world_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world, with hostile text in every field."""
    file = tmp_path_factory.mktemp("hostile") / "netcrm.db"
    shutil.copy(world_file, file)
    make_hostile(file)
    return file


@pytest.fixture
def hostile_book(hostile_file: Path, tmp_path: Path) -> Path:
    """A copy of it where the commands look for it."""
    return Path(shutil.copy(hostile_file, tmp_path / "netcrm.db"))


def printed(ended: Ended) -> list[str]:
    """What of the output a terminal would act on; tabs and line ends separate columns and records."""
    said = re.sub(r"\x1b\[(?:0|[1-9]|22|3[0-7]|9[0-7])m", "", ended.out) + ended.err
    return [f"{c!r} in {line[:200]!r}" for line in said.split("\n") for c in unclean(line.replace("\t", ""))]


class TestEveryCommand:
    """On a terminal, piped and as JSON."""

    def test_each_is_asked(self) -> None:
        """A new command needs a question here, or a word why it has none."""
        assert set(COMMANDS) - {"demo"} <= set(ASKED)

    @pytest.mark.parametrize("name", ASKED)
    def test_on_a_terminal(self, name: str, seen: Netcrm, hostile_book: Path) -> None:
        """What is printed in colour holds no sequence but colours."""
        for args in ASKED[name]:
            ended = seen(*args)
            assert "did not expect" not in ended.err, args
            assert ended.code in (0, 1, 2)
            assert printed(ended) == [], args

    @pytest.mark.parametrize("name", ASKED)
    def test_piped(self, name: str, netcrm: Netcrm, hostile_book: Path) -> None:
        """What is piped holds none either, since the next thing in the pipe may be a terminal."""
        for args in ASKED[name]:
            if args[0] == "path":
                continue  # a script needs the name of a file as it is
            assert printed(netcrm(*args)) == [], args

    def test_json_loses_nothing(self, netcrm: Netcrm, hostile_book: Path) -> None:
        """In JSON what can't be seen stands as an escape, and comes out as it was."""
        assert "\x1b]52;c;" in netcrm("find", "--json", "a").json[0]["name"]


class TestFiles:
    """What is written for another program to show."""

    def test_html(self, netcrm: Netcrm, hostile_book: Path) -> None:
        """The page of a review has no markup of the book's, and nothing that turns text around."""
        ended = netcrm("review", "--year", "--html", "review.html")
        assert ended.code == 0
        page = Path("review.html").read_text("utf-8")
        assert unclean(page.replace("\n", "")) == []
        assert "<script" not in page
        assert "[@click=app.quit]" in page
