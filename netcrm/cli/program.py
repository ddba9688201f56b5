"""The program: its commands by name, and how each ends, well or not."""

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from netcrm import __version__
from netcrm.cli.asking import db_option
from netcrm.cli.ending import known, unexpected

COMMANDS = {
    "demo": ("netcrm.cli.app", "Open the app on a made-up network."),
    "import": ("netcrm.cli.imports", "Bring in people from other programs."),
    "add": ("netcrm.cli.add", "Add a person."),
    "log": ("netcrm.cli.log", "Log a line, as one would say it."),
    "find": ("netcrm.cli.find", "Find people by any words."),
    "show": ("netcrm.cli.show", "Show everything about one person."),
    "timeline": ("netcrm.cli.timeline", "See what happened, with everybody."),
    "brief": ("netcrm.cli.brief", "Read, before you meet someone, what is good to know."),
    "relations": ("netcrm.cli.relations", "See whom somebody has to do with, and how you know them."),
    "today": ("netcrm.cli.today", "See what there is to give, and what is coming."),
    "org": ("netcrm.cli.organisations", "See who works where, and who did."),
    "spark": ("netcrm.cli.spark", "Keep something worth passing on, and see whom it would interest."),
    "joy": ("netcrm.cli.joy", "See what there is to smile at, or put something into the jar."),
    "give": ("netcrm.cli.give", "See what waits to be given, and why now."),
    "want": ("netcrm.cli.wants", "Note what someone looks for, or list what people do."),
    "offer": ("netcrm.cli.wants", "Note what someone can give, or list what people offer."),
    "introduce": ("netcrm.cli.introduce", "See who should meet whom, and introduce them."),
    "review": ("netcrm.cli.review", "Look back on a week or a year."),
    "group": ("netcrm.cli.group", "See the groups, and what they carry on; found one, join, log a meeting."),
    "merge": ("netcrm.cli.merge", "See who may be in the book twice, or make one person of two."),
    "undo": ("netcrm.cli.history", "Take back the newest act, all of it."),
    "redo": ("netcrm.cli.history", "Do again what was taken back last."),
    "history": ("netcrm.cli.past", "See what was done, and what each act changed."),
    "forget": (
        "netcrm.cli.forget",
        "Forget somebody for good, out of the file itself.",
    ),
    "encrypt": ("netcrm.cli.encryption", "Encrypt the file and its backups, or give them another key."),
    "decrypt": ("netcrm.cli.encryption", "Take the encryption off the file and its backups."),
    "backup": ("netcrm.cli.backups", "Keep a copy of the whole book, or list those that are kept."),
    "restore": ("netcrm.cli.backups", "Put a backup in the place of the book."),
    "check": ("netcrm.cli.check", "See whether the book is whole, and put it in order."),
    "config": ("netcrm.cli.config", "Print where the settings are, and what holds."),
    "path": ("netcrm.cli.path", "Print where the file is."),
}
"""Where each command lives, and how its help begins, in the order in which they are first needed.

The sentence stands here too so that the list of commands is printed without importing them all, which takes
as long as three of them. A module's command bears its name, with ``_command`` after it.
"""

_INTERRUPTED = 130
"""The exit code after ctrl+c: 128 and SIGINT, as shells have it."""

_EPILOG = """\b
Examples:
  netcrm                                   open the app
  netcrm demo                              see it with a made-up network
  netcrm import Connections.csv            bring in your contacts
  netcrm log "yesterday: coffee with Hank Morrow #design **"
  netcrm find tag:design --city lisbon

\b
Exit codes: 0 done, 1 not done, 2 wrongly asked.
Piped, records come one a line, their columns separated by tabs.

\b
Environment:
  NETCRM_DB       the file, as --db has it
  NETCRM_HOME     the folder of netcrm.db, when no file is chosen, and of config.toml
  NETCRM_KEY_COMMAND, NETCRM_KEY_FILE
                  what prints the key of an encrypted file, or holds it in its first line
  NETCRM_DEBUG    set to 1 to see the traceback of an unexpected error
  NETCRM_TODAY    a day like 2026-11-22 to take for today, for tests and scripts
  NO_COLOR        set to anything for output without colour
"""


class Program(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name][0]), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, none of them imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.group(
    cls=Program,
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@db_option
@click.pass_context
def program(ctx: click.Context) -> None:
    """A personal CRM for the terminal that asks: what can I do for them?

    Without a command it opens the app.
    """
    if ctx.invoked_subcommand is None:
        from netcrm.cli.opening import open_app

        ctx.exit(open_app())


def run(args: Sequence[str]) -> int:
    """Run the program; return its exit code. Whatever goes wrong becomes a sentence on stderr."""
    try:
        code = program.main(list(args), prog_name="netcrm", standalone_mode=False)
        if not code:  # whoever has failed already, as when the terminal has gone, does so for that reason
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        return ended(error)
    return code if isinstance(code, int) else 0


def ended(error: BaseException) -> int:
    """Say in a sentence on stderr why the program could not go on; return its exit code.

    Args:
        error: What it ended with. Called where that is handled.
    """
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return _INTERRUPTED
    if isinstance(error, BrokenPipeError):
        return 1  # whoever read along has seen enough, as head has
    assert isinstance(error, Exception)
    if isinstance(error, click.UsageError) and error.ctx is None:  # as click has it where it is there
        error.ctx = click.Context(program, info_name="netcrm")
    said = known(error)
    if isinstance(error, click.ClickException):
        return _end(error.exit_code, said)
    if said is None and os.environ.get("NETCRM_DEBUG"):
        raise error
    return _end(1, said or unexpected(error))


def _end(code: int, said: str | None) -> int:
    """Say why it ended, if anybody can still hear it."""
    with contextlib.suppress(OSError):
        click.echo(said, err=True)
    return code
