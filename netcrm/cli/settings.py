"""The user's settings, as commands need them."""

from typing import TYPE_CHECKING

from netcrm import paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netcrm.config import Settings
    from netcrm.ui.commands import Command


def settings() -> "Settings":
    """What config.toml sets.

    Raises:
        UsageError: Something in it can't be taken.
    """
    from netcrm.config import ConfigError, read

    try:
        return read(paths.config())
    except ConfigError as error:
        import click

        raise click.UsageError(str(error)) from error


def command_table(held: "Settings") -> "Sequence[Command]":
    """The commands of the app with the keys that the settings give them; imports Textual.

    Raises:
        UsageError: A key or a command is not known, or two commands would have one key.
    """
    from netcrm.ui.commands import remapped

    try:
        return remapped(held.keys)
    except ValueError as error:
        import click

        raise click.UsageError(f"{paths.config()}: {error}") from error
