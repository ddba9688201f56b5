"""Where the program starts: with the app at once, where nothing is said, else with what the commands need.

To read arguments takes click, and importing that a tenth of what an empty app takes to start; opening the app
has none to read.
"""

import atexit
import contextlib
import gc
import io
import os
import sys
from typing import NoReturn

_GARBAGE_AFTER = 50_000
"""Objects made after which a command looks for garbage. After Python's usual 700 it does so while it imports,
where nothing is garbage, for a tenth of the time that a command takes."""


def main() -> NoReturn:
    """Run the program with the arguments it was called with, and leave with its exit code.

    Whatever it writes, exports and temporary files included, is for its user alone.
    """
    os.umask(0o077)
    _hold_the_first_three()
    _speak_utf8()
    code = _run(sys.argv[1:]) if sys.argv[1:] else _open()
    _let_go_of_streams()
    _end(code)


def _end(code: int) -> NoReturn:
    """End at once, with everything closed and said.

    Python would take every module and object apart first, which is a quarter of a command's time; the system
    takes the memory back as it is.
    """
    atexit._run_exitfuncs()
    os._exit(code)


def _run(args: list[str]) -> int:
    gc.set_threshold(_GARBAGE_AFTER)
    from netcrm.cli.program import run

    return run(args)


def _open() -> int:
    """Open the app; whatever goes wrong is said as `netcrm.cli.program.run` says it."""
    gc.disable()  # nothing of what is imported is garbage; once it stands on the screen, the app enables it
    try:
        from netcrm.cli.opening import open_app

        code = open_app()
        if not code:  # whoever has failed already, as when the terminal has gone, does so for that reason
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        from netcrm.cli.program import ended

        return ended(error)
    return code


def _let_go_of_streams() -> None:
    """Say what is left to be said; to nobody, where the terminal or whoever read along is gone.

    Python would try once more at its end, and make of an exit code 120.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _hold_the_first_three() -> None:
    """Open the standard streams that were closed onto nothing.

    Otherwise the next file to be opened, such as the book, would be taken for one of them.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says.

    Names of files that are no UTF-8 go out as the bytes they are; other text has been cleaned of surrogates.
    """
    sys.stdout = sys.stdout or io.StringIO()  # there is none when it was closed
    sys.stderr = sys.stderr or io.StringIO()
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors=errors)
