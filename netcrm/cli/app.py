"""``netcrm`` and ``netcrm demo``: the app, over the user's file or over a made-up network."""

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from netcrm.cli.asking import DB, command
from netcrm.cli.clock import now, today
from netcrm.cli.ending import NotDone
from netcrm.cli.settings import command_table, settings

if TYPE_CHECKING:
    from netcrm.store import Store
    from netcrm.ui.app import NetcrmApp

_FAREWELLS = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end a program. Left alone they would end it at once: the terminal would stay in full-screen
mode, and the demo's file would stay in its folder."""

_SIGNALLED = 128
"""What shells add to a signal's number for an exit code."""


def open_app() -> None:
    """Open the app over the chosen file, made where it is missing."""
    _need_a_terminal()
    from netcrm.cli.book import opened

    with opened(make=True, daily=False) as store:
        _run(store, daily=True)


@command("demo", "netcrm demo")
@click.pass_context
def demo_command(ctx: click.Context) -> None:
    """Open the app on a made-up network.

    Some sixty people and two years with them, in a temporary file that is gone when you quit. Your own file
    is never touched.
    """
    if DB in ctx.find_root().meta:
        raise click.UsageError("The demo has a file of its own: leave --db out.", ctx)
    _need_a_terminal()
    import tempfile
    from pathlib import Path

    from netcrm.demo.fill import fill
    from netcrm.demo.world import load
    from netcrm.store import Store

    day = today()
    with (
        tempfile.TemporaryDirectory(prefix="netcrm-demo-") as folder,
        Store(Path(folder) / "demo.db", now, settings().preferences) as store,
    ):
        fill(store, load(), day)
        _run(store)


def _need_a_terminal() -> None:
    """Refuse to open the app where nobody could see it, or it could not be drawn."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise NotDone(
            "The app needs a terminal: run netcrm in one, or see netcrm --help for what scripts can use."
        )
    if os.environ.get("TERM", "dumb") in ("dumb", "unknown"):
        raise NotDone("This terminal can't draw the app: set TERM to what it is, such as xterm-256color.")


def _run(store: "Store", *, daily: bool = False) -> None:
    from netcrm.ui.app import NetcrmApp

    app = NetcrmApp(store, today, command_table(settings()), daily=daily)
    for number in _FAREWELLS:
        signal.signal(number, lambda number, _: _leave(app, number))
    gc.freeze()  # what was imported stays: going through all of it again would hold up a key for 50 ms
    app.run()
    if app.fault is not None:
        raise app.fault
    if app.return_code:
        click.get_current_context().exit(app.return_code)


def _leave(app: "NetcrmApp", number: int) -> None:
    """Close the app as quitting does; before it has begun, leave at once."""
    loop = app._loop
    if loop is None:
        sys.exit(_SIGNALLED + number)
    loop.call_soon_threadsafe(lambda: app.exit(return_code=_SIGNALLED + number))
