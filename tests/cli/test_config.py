"""``netcrm config``, and what config.toml does to the commands."""

import os
from pathlib import Path

import pytest

from netcrm.domain.preferences import FILLS
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added, queued


@pytest.fixture
def file() -> Path:
    """Where the settings are in these tests."""
    return Path(os.environ["XDG_CONFIG_HOME"]) / "netcrm" / "config.toml"


def write(file: Path, text: str) -> None:
    """Write the settings."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


class TestConfig:
    """What holds."""

    def test_nothing_set(self, netcrm: Netcrm, seen: Netcrm, file: Path) -> None:
        """Where the file would be, and what holds without it; nothing is made."""
        ended = netcrm("config", "--json")
        assert ended.json["path"] == str(file)
        assert ended.json["exists"] is False
        assert ended.json["giving"] == {"room": 5, "share": 3}
        assert ended.json["fills"] == dict.fromkeys(FILLS, True)
        out = seen("config").out
        assert str(file) in out
        assert "--init" in out
        assert not file.exists()

    def test_columns(self, netcrm: Netcrm, file: Path) -> None:
        """Section, name, value."""
        write(file, "[giving]\nroom = 9\n[fills]\ncadence = false\n[keys]\nlog = ['L', 'K']")
        rows = netcrm("config").rows
        assert {len(row) for row in rows} == {3}
        assert ["giving", "room", "9"] in rows
        assert ["fills", "cadence", "false"] in rows
        assert ["keys", "log", "L K"] in rows

    def test_on_a_terminal(self, seen: Netcrm, file: Path) -> None:
        """In sentences, with the keys that are others."""
        write(file, "[giving]\nroom = 9\n[keys]\nlog = 'L'\n[notice]\nbirthday = 3")
        out = seen("config").out
        for words in ("room for", "9", "occasion", "birthday 3", "L", "Log what happened"):
            assert words in out

    def test_init(self, netcrm: Netcrm, file: Path) -> None:
        """Writes the file once, and never over one that is there."""
        assert netcrm("config", "--init").code == 0
        text = file.read_text()
        for words in ("[giving]", "# room = 5", '# "give.done" = "space"', '# help = "?"'):
            assert words in text
        ended = netcrm("config", "--init")
        assert ended.code == 1
        assert "there already" in ended.err
        assert file.read_text() == text

    def test_home(self, netcrm: Netcrm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """NETCRM_HOME is its folder too."""
        monkeypatch.setenv("NETCRM_HOME", str(tmp_path / "home"))
        assert netcrm("config", "--json").json["path"] == str(tmp_path / "home" / "config.toml")


class TestItHolds:
    """What is set is what the commands do."""

    def test_room(self, netcrm: Netcrm, book: Store, file: Path) -> None:
        """The week's room."""
        write(file, "[giving]\nroom = 9")
        queued(book, added(book))
        assert ["room", "2026-11-22", "", "8 of 9 left", "", ""] in netcrm("today").rows

    @pytest.mark.parametrize("command", [("today",), ("find", "x"), ("log", "x"), ("config",), ("give",)])
    def test_wrong(self, netcrm: Netcrm, book: Store, file: Path, command: tuple[str, ...]) -> None:
        """Whatever is asked: one sentence with the line, and exit 2; nothing is done."""
        write(file, "[giving]\nroom = 'much'")
        ended = netcrm(*command)
        assert ended.code == 2
        assert f"{file}, line 2: giving.room has to be a whole number" in ended.err
        assert not ended.out

    @pytest.mark.parametrize(
        ("keys", "sentence"),
        [
            ('give.dne = "D"', "there is give.done"),
            ('log = "a"', "a would be the key of both"),
            ('log = "foo"', "“foo”, which is none"),
        ],
    )
    def test_wrong_keys(self, netcrm: Netcrm, file: Path, keys: str, sentence: str) -> None:
        """A command or key that is none, and one key for two."""
        write(file, f"[keys]\n{keys}")
        ended = netcrm("config")
        assert ended.code == 2
        assert sentence in ended.err
