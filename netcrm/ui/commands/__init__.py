"""The tables of commands, one a screen, and what is made from them.

From them come the bindings, the footers, the palette, help and README's keys.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from textual.binding import BindingType
from textual.keys import Keys

from netcrm.ui.commands.brief import BRIEF
from netcrm.ui.commands.command import HEADINGS, PANES, SIGNS, Command, named, shown_key
from netcrm.ui.commands.duplicates import DUPLICATES
from netcrm.ui.commands.everything import EVERYTHING, FINDING
from netcrm.ui.commands.groups import GROUPS
from netcrm.ui.commands.introductions import INTRODUCTIONS
from netcrm.ui.commands.joy import JOY
from netcrm.ui.commands.main import COMMANDS, PANE_OF, SEARCHING
from netcrm.ui.commands.network import NETWORK
from netcrm.ui.commands.organisations import ORGANISATIONS
from netcrm.ui.commands.review import REVIEW
from netcrm.ui.commands.spark import SPARK

__all__ = [
    "BRIEF",
    "COMMANDS",
    "DUPLICATES",
    "EVERY",
    "EVERYTHING",
    "FINDING",
    "GROUPS",
    "HEADINGS",
    "INTRODUCTIONS",
    "JOY",
    "NETWORK",
    "ORGANISATIONS",
    "PANES",
    "PANE_OF",
    "REVIEW",
    "SCREENS",
    "SEARCHING",
    "SPARK",
    "Command",
    "bindings",
    "bindings_of",
    "footer",
    "key_of",
    "keymap_of",
    "places_of",
    "remapped",
    "shown_key",
    "table_of",
]

SCREENS: Mapping[str, Sequence[Command]] = {
    "Spark": SPARK,
    "Introductions": INTRODUCTIONS,
    "Review": REVIEW,
    "Groups": GROUPS,
    "Timeline": EVERYTHING,
    "Organisations": ORGANISATIONS,
    "Duplicates": DUPLICATES,
    "Brief": BRIEF,
    "Relations": NETWORK,
    "Joy jar": JOY,
}
"""The tables of the screens besides the main one, by what the screens are called."""

EVERY: Sequence[Command] = (*COMMANDS, *(command for table in SCREENS.values() for command in table))
"""The commands of all screens."""


def remapped(keys: Mapping[str, Sequence[str]]) -> Sequence[Command]:
    """The commands of all screens with other keys for some.

    Args:
        keys: Keys by command id, as people write them: ``D``, ``ctrl+d`` or ``^d``, ``?``, ``space``.

    Raises:
        ValueError: A command or a key is not known, or two commands would have one key, in a sentence.
    """
    known = {command.id for command in EVERY}
    for name in keys:
        if name not in known:
            near = get_close_matches(name, known, 1)
            raise ValueError(
                f"keys.{name} is no command{f'; there is {near[0]}' if near else ''}."
                " netcrm config --init lists them."
            )
    every = tuple(
        replace(command, keys=tuple(_key_named(command.id, key) for key in keys[command.id]))
        if command.id in keys
        else command
        for command in EVERY
    )
    main = _those_of(every, COMMANDS)
    for pane in PANES:
        _part(command for command in main if command.where in ("everywhere", "list", pane))
    for table in SCREENS.values():
        there = _those_of(every, table)
        for place in {place for command in there for place in command.where.split()} or {""}:
            _part(command for command in there if not command.where or place in command.where.split())
    return every


def _those_of(every: Iterable[Command], table: Iterable[Command]) -> Sequence[Command]:
    ids = {command.id for command in table}
    return [command for command in every if command.id in ids]


def _part(together: Iterable[Command]) -> None:
    """See to it that no two commands that are there at once have one key."""
    taken: dict[str, str] = {}
    for command in together:
        for key in command.keys:
            other = taken.setdefault(key, command.id)
            if other != command.id:
                raise ValueError(
                    f"{shown_key(key)} would be the key of both {other} and {command.id};"
                    " give one of them another."
                )


def _key_named(command_id: str, key: str) -> str:
    """A key as Textual names it."""
    if len(key) == 1:
        return key if key.isalnum() else named(key)
    name = key.lower().replace("^", "ctrl+") if key.startswith("^") else key.lower()
    name = {"esc": "escape", "pgdn": "pagedown", "pgup": "pageup", "return": "enter"}.get(name, name)
    last = name.rsplit("+", 1)[-1]
    if len(last) == 1 and last.isalnum() and name.startswith(("ctrl+", "alt+", "shift+")):
        return name
    if name in {each.value for each in Keys} or name in SIGNS:
        return name
    raise ValueError(f"keys.{command_id} has the key “{key}”, which is none: write D, ctrl+d, f2 or space.")


def table_of(app: object, table: Sequence[Command] = COMMANDS) -> Sequence[Command]:
    """The commands of a screen, in their order, with the keys that an app was given."""
    every: Sequence[Command] = getattr(app, "table", EVERY)
    if every is EVERY:
        return table
    own = {command.id: command for command in every}
    return [own.get(command.id, command) for command in table]


def keymap_of(every: Sequence[Command]) -> Mapping[str, str]:
    """The commands as Textual takes them, empty where every one has its own keys.

    All of them, and not just what differs: Textual takes a key away from all commands that share it with one
    that gets another.
    """
    if tuple(every) == EVERY:
        return {}
    return {command.id: ",".join(command.keys) for command in every if command.keys}


def key_of(command_id: str, table: Sequence[Command] = COMMANDS) -> str:
    """The key of a command, as people write it."""
    return next(command.shown_key for command in table if command.id == command_id)


def bindings(*where: str) -> list[BindingType]:
    """The bindings of the main screen's commands that belong to some places."""
    return bindings_of(command for command in COMMANDS if command.where in where)


def bindings_of(table: Iterable[Command]) -> list[BindingType]:
    """The bindings of a screen's commands."""
    return [command.binding for command in table if command.keys]


def places_of(table: Iterable[Command]) -> Mapping[str, frozenset[str]]:
    """Where on its screen each action of a table is meant for; what is meant for all of it is left out."""
    places: dict[str, frozenset[str]] = {}
    everywhere: set[str] = set()
    for command in table:
        action = command.action.partition("(")[0]
        if not command.where:
            everywhere.add(action)
        places[action] = places.get(action, frozenset()) | frozenset(command.where.split())
    return {action: where for action, where in places.items() if action not in everywhere}


def footer(pane: str, table: Sequence[Command] = COMMANDS) -> Sequence[Command]:
    """What the main screen's footer teaches while a pane has the focus: first what only that pane does."""
    shown = [command for command in table if command.footer and command.where in ("everywhere", pane)]
    return sorted(shown, key=lambda command: command.where != pane)
