"""``netcrm config``: where the settings are, and what holds."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from netcrm import paths
from netcrm.cli.asking import command, json_option
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, on_terminal, say, say_json, say_rows, strong
from netcrm.cli.settings import command_table, settings
from netcrm.domain.text import plain

if TYPE_CHECKING:
    from netcrm.config import Settings


@command("config", "netcrm config", "netcrm config --init", "netcrm config --json | jq .giving.room")
@click.option("--init", is_flag=True, help="Write the file with everything one can set, commented out.")
@json_option
def config_command(init: bool, as_json: bool) -> None:
    """Print where the settings are, and what holds.

    The file is config.toml; it need not be there. It sets the week's room for giving, a person's share of it,
    what the queue fills itself from, the days of notice for occasions, where the key of an encrypted file
    comes from, and other keys.

    Piped, the columns are: section, name, value.
    """
    path = paths.config()
    if init:
        _write()
    held = settings()
    table = command_table(held)
    if as_json:
        say_json({"path": str(path), "exists": path.exists(), **_record(held)})
    elif not on_terminal():
        say_rows(_rows(held))
    else:
        there = "" if path.exists() else dim("   not there yet: netcrm config --init writes it")
        say([f"{strong(plain(str(path)))}{there}", "", *_lines(held)])
        changed = [one for one in table if one.id in held.keys]
        say(dim(f"  {one.shown_key:<8} {one.help}") for one in changed)


def _write() -> None:
    """Write the commented file; never over one that is there."""
    from netcrm.config import example
    from netcrm.ui.commands import EVERY, Command

    def key_of(one: Command) -> str:
        return one.shown_key if len(one.shown_key) == 1 and one.shown_key.isascii() else one.keys[0]

    path = paths.config()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = example({one.id: key_of(one) for one in EVERY if one.keys})
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise NotDone(f"{path} is there already; it stays as it is.") from error


def _rows(held: "Settings") -> Iterator[Sequence[object]]:
    for section, values in _record(held).items():
        for name, value in values.items():
            said = " ".join(value) if isinstance(value, list) else value
            yield (section, name, str(said).lower() if isinstance(said, bool) else said)


def _lines(held: "Settings") -> Iterator[str]:
    preferences = held.preferences
    room, share = strong(str(preferences.room)), strong(str(preferences.share))
    yield f"A week has room for {room}; one person may have {share} of it."
    on = [name for name in _record(held)["fills"] if name in preferences.fills]
    yield f"The queue fills itself from: {', '.join(on) or 'nothing'}."
    if preferences.notice:
        days = ", ".join(f"{kind} {count}" for kind, count in preferences.notice.items())
        yield f"Days of notice: {days}."
    if held.key_command or held.key_file:
        yield f"The key of an encrypted file comes from {plain(held.key_command or held.key_file)}."
    if held.keys:
        yield "Other keys:"


def _record(held: "Settings") -> dict[str, dict[str, object]]:
    from netcrm.domain.occasions import OCCASION_KINDS
    from netcrm.domain.preferences import FILLS

    preferences = held.preferences
    return {
        "giving": {"room": preferences.room, "share": preferences.share},
        "fills": {name: name in preferences.fills for name in FILLS},
        "notice": {kind: preferences.notice_of(kind) for kind in OCCASION_KINDS},
        "encryption": {"key_command": held.key_command, "key_file": held.key_file},
        "keys": {name: list(keys) for name, keys in held.keys.items()},
    }
