"""The terminal, lent to the app and given back as it was: whatever ends the app, and when the window is gone.

Textual's own driver leaves a mode behind, prints a traceback where a key can't be read, and, once nobody
holds the other end of the terminal any more, reads nothing without end and waits for ever to write.
"""

import contextlib
import os
import select
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable
from threading import Timer
from typing import TYPE_CHECKING, TextIO

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from netcrm.ui.pastes import Pastes

if TYPE_CHECKING:
    from netcrm.ui.app import NetcrmApp

PATIENCE_SECONDS = 3.0
"""How long the app may take to close. Whatever holds it up then is left behind: all that was said to be saved
is on the disk already."""

HUNG_UP = 129
"""The exit code when the terminal is gone: 128 and SIGHUP, as shells have it."""

_AT_REST = (
    "\x1b[?2026l"  # no more frames held back
    "\x1b[?2004l\x1b[?1004l"  # nothing marks what is pasted, nor tells of the focus
    "\x1b[?1016l\x1b[?1015l\x1b[?1006l\x1b[?1003l\x1b[?1000l"  # the mouse selects text again
    "\x1b[?2048l"  # sizes are told by signal again
    "\x1b[?7h"  # long lines go on below
)
"""What ends each mode that an app may have begun, whether it has or not."""

_BACK = "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
"""The keyboard, the screen, the cursor and the style of whoever had the terminal before."""


class Lent(LinuxDriver):
    """The terminal of standard input and output, as long as the app has it."""

    _app: "NetcrmApp"

    def __init__(self, app: "NetcrmApp", **options: object) -> None:
        super().__init__(app, **options)  # type: ignore[arg-type]  # as Textual hands them over
        # Standard output, and not the error output: with that in a file, all that is drawn went there.
        assert sys.__stdout__ is not None
        self._paper = _Paper(sys.__stdout__, self._hang_up)
        self._file = self._paper  # type: ignore[assignment]  # as much of a file as is written to
        self.has_hung_up = False
        self._is_lent = False
        self.patience = Patience(self.give_back_at_once)

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size in cells, as the terminal has it; some say 0 × 0 while they don't know it."""
        try:
            columns, lines = os.get_terminal_size(self.fileno)
        except OSError:
            columns, lines = 0, 0
        return columns or 80, lines or 24

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._is_lent = True
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves it untyped

    def stop_application_mode(self) -> None:
        """Give the terminal back; the app may take it again."""
        self.write(_AT_REST)
        super().stop_application_mode()
        self.write("\x1b[0m")
        self._is_lent = self._in_band_window_resize = self._mouse_pixels = False

    def give_back_at_once(self) -> None:
        """Give the terminal back from any thread, whatever the app hangs in, and without waiting for it.

        Where it has been given back already, whose it is now is left in peace.
        """
        if not self._is_lent:
            return
        if self.attrs_before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with contextlib.suppress(OSError, ValueError):
            out = self._paper.fileno()
            os.set_blocking(out, False)
            os.write(out, (_AT_REST + _BACK).encode())
            os.set_blocking(out, True)

    # Reading

    def _run_input_thread(self) -> None:
        """Read keys until the app is done with them, or the terminal is gone."""
        try:
            self.run_input_thread()
        except OSError:
            self._hang_up()
        except Exception as error:
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read keys, and send each on as it is understood."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        pastes = Pastes()
        try:
            while not self.exit_event.is_set():
                ready, _, _ = select.select([self.fileno], [], [], 0.1)
                if ready:
                    said = os.read(self.fileno, 4096)
                    if not said:  # the end of a terminal: it would be said without end
                        self._hang_up()
                        return
                    understood = pastes.cleaned(decode(said))
                    # An empty text would be taken for the end.
                    for event in parser.feed(understood) if understood else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        finally:
            with contextlib.suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

    def _hang_up(self) -> None:
        """The terminal is gone: end the app as quitting does."""
        if not self.has_hung_up:
            self.has_hung_up = True
            with contextlib.suppress(RuntimeError):  # the loop is closed, so the app has ended
                self._loop.call_soon_threadsafe(self._app.exit, None, HUNG_UP)


class _Paper:
    """What is drawn on: once it is gone, nothing is, and drawing goes on as if it were there.

    Args:
        file: Where to write.
        gone: Called when nothing can be written any more.
    """

    def __init__(self, file: TextIO, gone: Callable[[], None]) -> None:
        self._file = file
        self._gone = gone
        self._is_there = True

    def write(self, text: str) -> None:
        """Write text."""
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        """Have it shown."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def _try(self, do: Callable[[], object]) -> None:
        if self._is_there:
            try:
                do()
            except (OSError, ValueError):
                self._is_there = False
                self._gone()


class Patience:
    """Ends the program when the app, asked to close, doesn't: it may be waiting for what never comes.

    Args:
        give_back: Gives the terminal back.
    """

    def __init__(self, give_back: Callable[[], None]) -> None:
        self._give_back = give_back
        self._timer: Timer | None = None

    def begin(self, code: int) -> None:
        """Begin to wait; the program ends with a code when it takes too long. Asked again, it waits on."""
        if self._timer is None:
            self._timer = Timer(PATIENCE_SECONDS, self._end, (code,))
            self._timer.daemon = True
            self._timer.start()

    def over(self) -> None:
        """The app has closed."""
        if self._timer is not None:
            self._timer.cancel()

    def _end(self, code: int) -> None:
        self._give_back()
        os._exit(code)
