"""config.toml: what it may say, and how it is told what it may not."""

from pathlib import Path

import pytest

from netcrm.config import ConfigError, Settings, example, read
from netcrm.domain.preferences import FILLS, Preferences
from netcrm.ui.commands import COMMANDS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the file would be."""
    return tmp_path / "config.toml"


def said(file: Path, text: str) -> Settings:
    """What a file sets."""
    file.write_text(text, encoding="utf-8")
    return read(file)


class TestRead:
    """What a file sets."""

    def test_no_file(self, file: Path) -> None:
        """Without one, everything is as it comes."""
        assert read(file) == Settings()
        assert Settings().preferences == Preferences()

    def test_an_empty_file(self, file: Path) -> None:
        """So it is with an empty one."""
        assert said(file, "") == Settings()

    def test_everything(self, file: Path) -> None:
        """Each part of it."""
        held = said(
            file,
            """
            [giving]
            room = 8
            share = 2
            [fills]
            cadence = false
            "new title" = false
            [notice]
            birthday = 7
            [encryption]
            key_command = "pass show netcrm"
            [keys]
            "give.done" = "W"
            give.drop = ["U", "ctrl+x"]
            log = " "
            """,
        )
        assert held.preferences == Preferences(
            room=8, share=2, fills=frozenset(FILLS) - {"cadence", "new title"}, notice={"birthday": 7}
        )
        assert (held.key_command, held.key_file) == ("pass show netcrm", "")
        assert held.keys == {"give.done": ("W",), "give.drop": ("U", "ctrl+x"), "log": (" ",)}

    def test_the_example(self, file: Path) -> None:
        """What is written to begin with changes nothing, nor does any of its lines once it holds."""
        text = example({one.id: one.keys[0] for one in COMMANDS if one.keys})
        assert said(file, text) == Settings()
        held = said(
            file, "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
        )
        assert held.preferences.room == Preferences().room
        assert held.preferences.fills == Preferences().fills
        assert held.keys["give.done"] == ("space",)


class TestWrong:
    """One clear sentence with the place."""

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("[giving]\nroom = 'five'", "line 2: giving.room has to be a whole number from 1 to 100."),
            ("[giving]\n\nroom = 0", "line 3: giving.room has to be"),
            ("[giving]\nroom = true", "line 2: giving.room has to be"),
            ("[giving]\nshare = 1.5", "line 2: giving.share has to be"),
            ("[giving]\nrom = 5", "line 2: giving.rom is not known there; there are room, share."),
            ("[fills]\ncadence = 1", "line 2: fills.cadence has to be true or false."),
            ('[fills]\n"new titles" = true', "line 2: fills.new titles is not known there"),
            ("[notice]\nbirthday = 400", "line 2: notice.birthday has to be a whole number from 0 to 365."),
            ("[notice]\nbithday = 4", "line 2: notice.bithday is not known there"),
            ("[encryption]\nkey = 'x'", "line 2: encryption.key is not known there; there are key_command,"),
            ("[encryption]\nkey_command = ['pass']", "line 2: encryption.key_command has to be a text."),
            ("[encryption]\nkey_file = 'a'\nkey_command = 'b'", "encryption.key_file and key_command can't"),
            ("[keys]\nlog = 5", "line 2: keys.log has to be a key"),
            ("[keys]\nlog = []", "line 2: keys.log has to be a key"),
            ("[keys]\nlog = ['', 'x']", "line 2: keys.log has to be a key"),
            ("[keys]\n'give.done' = ''", "line 2: keys.give.done has to be a key"),
            (
                "\n[gving]\nroom = 5",
                "line 2: gving is no section; there are [giving] [fills] [notice] [encryption] [keys].",
            ),
            ("giving = 5", "line 1: giving is no section"),
            ("[giving\nroom = 5", "is not TOML: expected ']'"),
            ("[giving]\nroom = 5\nroom = 6", "is not TOML: cannot overwrite a value"),
        ],
    )
    def test_said(self, file: Path, text: str, sentence: str) -> None:
        """The file, the line, and what it has to be."""
        with pytest.raises(ConfigError) as error:
            said(file, text)
        assert str(file) in str(error.value)
        assert sentence in str(error.value)

    def test_not_utf8(self, file: Path) -> None:
        """Bytes that are no text."""
        file.write_bytes(b"\xff\xfe")
        with pytest.raises(ConfigError, match="not UTF-8"):
            read(file)

    def test_a_folder(self, file: Path) -> None:
        """What can't be read."""
        file.mkdir()
        with pytest.raises(ConfigError, match="can't be read"):
            read(file)
