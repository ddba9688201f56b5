"""What the user has set in config.toml: how to give, and other keys; read when asked for, never at import.

The format is TOML 1.0 (toml.io), as `tomllib` reads it.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from netcrm.domain.occasions import OCCASION_KINDS
from netcrm.domain.patterns import pattern
from netcrm.domain.preferences import FILLS, Preferences
from netcrm.domain.values import dataclass
from netcrm.files import content

_FILE_MOST = 200_000
"""Bytes of the file: all that one can set takes four thousand."""

_NAME_MOST = 60
"""Letters of a command's id, and of what is said of another."""

_ROOM_MOST = 100
"""The most room a week can be given: more is no limit at all."""

_NOTICE_MOST = 365
"""The most days of notice: a year."""

SECTIONS = ("giving", "fills", "notice", "encryption", "keys")
"""The tables of the file."""


class ConfigError(ValueError):
    """Something in the file can't be taken; its text is a sentence that names the file and the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds.

    Attributes:
        preferences: How to give.
        key_command: The command that prints the key of an encrypted file; empty for none.
        key_file: The file whose first line it is; empty for none.
        keys: The keys of commands that have others than they come with, by command id, as they were written:
            ``D``, ``ctrl+d``, ``space``.
    """

    preferences: Preferences = field(default_factory=Preferences)
    key_command: str = ""
    key_file: str = ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(path: Path) -> Settings:
    """What a file sets; what it leaves out is as it comes, and so is everything where there is no file.

    Raises:
        ConfigError: It can't be read, or something in it can't be taken.
    """
    try:
        text = content(path, _FILE_MOST).decode().replace("\r\n", "\n")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8.") from error
    except OSError as error:
        raise ConfigError(
            f"{path} can't be read: {(error.strerror or 'the system refused it').lower()}."
        ) from error
    import tomllib  # here, since hardly anybody has a file

    try:
        tables = tomllib.loads(text)
        return _Reader(path, text, tables).settings()
    except ConfigError:
        raise
    except RecursionError as error:
        raise ConfigError(f"{path} is nested too deeply.") from error
    except ValueError as error:  # among them a number of thousands of digits
        raise ConfigError(f"{path} is not TOML: {str(error)[:1].lower()}{str(error)[1:]}.") from error


class _Reader:
    """Reads the tables of a file.

    Args:
        path: The file, for its sentences.
        text: What stands in it, to tell the line of a key.
        tables: What it says.
    """

    def __init__(self, path: Path, text: str, tables: Mapping[str, object]) -> None:
        self._path = path
        self._text = text
        self._tables = tables

    def settings(self) -> Settings:
        """All of it."""
        for name, table in self._tables.items():
            if name not in SECTIONS or not isinstance(table, dict):
                known = " ".join(f"[{section}]" for section in SECTIONS)
                raise self._wrong("", name, f"is no section; there are {known}")
        usual = Preferences()
        giving = self._table("giving", ("room", "share"))
        fills = self._table("fills", FILLS)
        notice = self._table("notice", OCCASION_KINDS)
        key_command, key_file = self._key_from()
        room = self._number("giving", "room", giving.get("room", usual.room), 1, _ROOM_MOST)
        return Settings(
            preferences=Preferences(
                room=room,
                share=self._number("giving", "share", giving.get("share", usual.share), 1, _ROOM_MOST),
                fills=frozenset(
                    name for name in FILLS if self._yes("fills", name, fills.get(name, name in usual.fills))
                ),
                notice={
                    kind: self._number("notice", kind, days, 0, _NOTICE_MOST) for kind, days in notice.items()
                },
            ),
            key_command=key_command,
            key_file=key_file,
            keys={name: self._keys(name, said) for name, said in _flat(self._tables.get("keys", {}))},
        )

    def _key_from(self) -> tuple[str, str]:
        """The command and the file that the key comes from; one of them at most."""
        table = self._table("encryption", ("key_command", "key_file"))
        command, file = (
            self._words("encryption", name, table.get(name, "")) for name in ("key_command", "key_file")
        )
        if command and file:
            raise self._wrong("encryption", "key_file", "and key_command can't both be set")
        return command, file

    def _table(self, section: str, known: tuple[str, ...]) -> Mapping[str, object]:
        table = self._tables.get(section, {})
        assert isinstance(table, dict)
        for name in table:
            if name not in known:
                raise self._wrong(section, name, f"is not known there; there are {', '.join(known)}")
        return table

    def _number(self, section: str, name: str, value: object, least: int, most: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(section, name, f"has to be a whole number from {least} to {most}")
        return value

    def _words(self, section: str, name: str, value: object) -> str:
        if not isinstance(value, str):
            raise self._wrong(section, name, "has to be a text")
        return value.strip()

    def _yes(self, section: str, name: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise self._wrong(section, name, "has to be true or false")
        return value

    def _keys(self, name: str, value: object) -> tuple[str, ...]:
        if len(name) > _NAME_MOST:
            raise self._wrong("keys", name, "is no command")
        said = value if isinstance(value, list) else [value]
        keys = tuple(key if key == " " else key.strip() for key in said if isinstance(key, str))
        known = all(0 < len(key) <= _NAME_MOST for key in keys)
        if not keys or len(keys) < len(said) or not known:
            raise self._wrong("keys", name, 'has to be a key like "D" or "ctrl+d", or a list of such')
        return keys

    def _wrong(self, section: str, name: str, why: str) -> ConfigError:
        line = _line_of(self._text, section, name)
        where = f"{self._path}, line {line}" if line else str(self._path)
        name = name if len(name) <= _NAME_MOST else f"{name[:_NAME_MOST]}…"
        return ConfigError(f"{where}: {f'{section}.' if section else ''}{name} {why}.")


def _flat(table: object, before: str = "") -> list[tuple[str, object]]:
    """The keys of a table and of those in it, joined by dots: ``give.done = "D"`` is a table in TOML."""
    if not isinstance(table, dict):
        return [(before.rstrip("."), table)]
    return [pair for name, value in table.items() for pair in _flat(value, f"{before}{name}.")]


def _line_of(text: str, section: str, name: str) -> int:
    """The line on which a key is set, counted from 1; 0 when it can't be told."""
    heading = pattern(rf"\s*\[+\s*{re.escape(section or name)}\s*\]+")
    key = pattern(rf"""\s*(?:{re.escape(name)}|"{re.escape(name)}"|'{re.escape(name)}')\s*=""")
    here = not section
    for number, line in enumerate(text.splitlines(), start=1):
        if not section and (heading.match(line) or key.match(line)):
            return number
        if line.lstrip().startswith("["):
            here = heading.match(line) is not None
        elif here and key.match(line):
            return number
    return 0


def example(keys: Mapping[str, str]) -> str:
    """The file as it would be with all that one can set, commented out, at what holds without it.

    Args:
        keys: The keys that commands come with, by id.
    """
    usual = Preferences()
    sections: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        (
            "giving",
            "How much giving a week has room for (a small thing takes 1, a medium one 2, a large one 4),\n"
            "# and how much of it one person may take before what is new for them stands under Later.",
            {"room": usual.room, "share": usual.share},
        ),
        ("fills", "What the queue fills itself from.", {name: name in usual.fills for name in FILLS}),
        (
            "notice",
            "Days before an occasion at which it shows up, by its kind.",
            {kind: usual.notice_of(kind) for kind in OCCASION_KINDS},
        ),
        (
            "encryption",
            "Where the key of an encrypted file comes from, instead of a prompt: the first line that a\n"
            '# command prints, such as "pass show netcrm", or that of a file that only you may read.',
            {"key_command": "", "key_file": ""},
        ),
        ("keys", "Other keys, by command; a list gives a command several.", keys),
    )
    lines = ["# netcrm: what you may have otherwise. Take the # away from a line and change it.", ""]
    for name, about, values in sections:
        lines += [f"# {about}", f"[{name}]", *(f"# {_pair(key, value)}" for key, value in values.items()), ""]
    return "\n".join(lines)


def _pair(key: str, value: object) -> str:
    said = str(value).lower() if isinstance(value, bool | int) else f'"{value}"'
    if said in ('"""', '"\\"'):
        said = f"'{value}'"
    return f"{key if re.fullmatch(r'[A-Za-z0-9_-]+', key) else chr(34) + key + chr(34)} = {said}"
