"""What the commands have in common in how they are asked: options, texts, examples in their help."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

DB = "netcrm.db"
"""The name under which the context keeps the file that was chosen."""


def text(value: str) -> str:
    """Text as UTF-8 has it, whatever the locale that Python has read it in."""
    try:
        return value if value.isascii() else os.fsencode(value).decode()
    except UnicodeError as error:
        raise click.BadParameter("it is not UTF-8.") from error


def past_day(value: str) -> date:
    """A day that lies behind, in any words that the log line understands too."""
    from netcrm.cli.clock import today
    from netcrm.domain.dates import read_day

    day = read_day(text(value), today(), prefer="past")
    if day is None:
        raise click.BadParameter(f"“{value}” is no date; write 2026-03-14, 14 March or last friday.")
    return day


def db_option(command: Function) -> Function:
    """Give a command ``--db``; said after the command's name it wins over one before it."""
    return click.option(
        "--db",
        metavar="FILE",
        expose_value=False,
        callback=_choose,
        help="The file to use, instead of NETCRM_DB or the one in your data folder.",
    )(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
"""``--json``, for commands that print records."""


def command(name: str, *examples: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a function a command, with ``--db`` and with examples under its help.

    Args:
        name: The command's name.
        examples: What one would type, a line each.
    """
    title = "Example:" if len(examples) == 1 else "Examples:"
    epilog = "\n".join(("\b", title, *(f"  {example}" for example in examples)))

    def made(function: Callable[..., None]) -> click.Command:
        return click.command(name, epilog=epilog)(db_option(function))

    return made


def _choose(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value:
        raise click.BadParameter("it needs the name of a file.", ctx, param)
    ctx.find_root().meta[DB] = value
