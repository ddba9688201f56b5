"""Opening the app. Without click, which it has no use for (`netcrm.cli.starting`)."""

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from netcrm.cli.clock import today
from netcrm.cli.settings import command_table, settings

if TYPE_CHECKING:
    from netcrm.store import Store

_FAREWELLS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
"""Signals that end a program. Left alone they would end it at once: the terminal would stay in full-screen
mode, and the demo's file would stay in its folder."""

_SIGNALLED = 128
"""What shells add to a signal's number for an exit code."""


def open_app() -> int:
    """Open the app over the chosen file, made where it is missing; return its exit code."""
    need_a_terminal()
    from netcrm.cli.book import opened

    with opened(make=True, daily=False) as store:
        return run_over(store, daily=True)


def need_a_terminal() -> None:
    """Refuse to open the app where nobody could see it, or it could not be drawn.

    Raises:
        NotDone: If so.
    """
    said = _no_terminal()
    if said:
        from netcrm.cli.ending import NotDone

        raise NotDone(said)


def _no_terminal() -> str:
    """Why the app can't be opened here; empty where it can."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return "The app needs a terminal: run netcrm in one, or see netcrm --help for what scripts can use."
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return "This terminal can't draw the app: set TERM to what it is, such as xterm-256color."
    return ""


def run_over(store: "Store", *, daily: bool = False) -> int:
    """Run the app until it is left; return its exit code.

    Args:
        store: The open file.
        daily: Keep the day's backup meanwhile.

    Raises:
        StoreError: The file could not be gone on with.
    """
    if not os.environ.get("NETCRM_DEBUG"):
        _keep_to_ourselves()
    _import_asyncio()
    from netcrm.ui.app import NetcrmApp

    app = NetcrmApp(store, today, command_table(settings()), daily=daily)
    for number in _FAREWELLS:
        signal.signal(number, lambda number, _: app.leave(_SIGNALLED + number))
    gc.freeze()  # what was imported stays: going through all of it again would hold up a key for 50 ms
    app.open()
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


def _import_asyncio() -> None:
    """Import it without what encrypts connections, as it can be where Python was built without OpenSSL.

    netcrm makes no connections, and to load that takes as long as all of netcrm's own panes. Whoever imports
    `ssl` afterwards gets it.
    """
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    absent: dict[str, Any] = {"ssl": None}
    sys.modules.update(absent)
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


_TELLTALES = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT")
"""What would have Textual write what is on the screen to a file or to its console over the network."""


def _keep_to_ourselves() -> None:
    """See to it that nothing private is written anywhere: no log, no traceback of a thread or a task."""
    import logging
    import threading

    for name in _TELLTALES:
        os.environ.pop(name, None)
    threading.excepthook = lambda _: None
    sys.unraisablehook = lambda _: None
    logging.getLogger("asyncio").addHandler(logging.NullHandler())
    logging.getLogger("asyncio").propagate = False
