"""``python -m tests.benchmarks.bench_typing [PEOPLE …]``: how soon the spark screen follows the hands.

Opens the app in a terminal of its own on books of so many people, types a line into the spark screen a key
at a time, and looks at what the app draws, as an eye would. It does so three times: at the speed of hands,
with a pause behind each word; with a pause behind each letter; and so again below a page that was pasted.
Prints the median and the worst of

- the letter: from the key to the moment the letter stands in the text;
- the people: from the key to the last time the list beside it was drawn before the next one, which is when
  the ranking for that very text has come; measured where a pause follows.

Times are by the clock, so the machine should have nothing else to do. In the end the first name on the screen
must be the one that the store ranks first, or what was measured was something else.
"""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from netcrm.domain.sparktext import read_spark
from netcrm.store import Store
from tests.benchmarks.bench_ranking import TODAY, Words, a_book
from tests.benchmarks.terminal import HEIGHT, WIDTH, Screen

LINE = "job: platform engineer, rust, kubernetes, one team in Lisbon"
"""What is typed: sixty letters, commas and blanks, of which many people of the book have something."""

HANDS, PAUSE = 0.1, 0.6
"""Seconds from one key to the next of quick hands, and of hands that wait for what comes. The pause is longer
than anything measured; the cursor blinks in it, but in the text."""

PAGE = 200
"""Words of the page that was pasted."""


class App:
    """The app in a terminal of its own.

    Args:
        path: The book.
    """

    def __init__(self, path: Path) -> None:
        self.screen = Screen()
        self._child, self._terminal = pty.fork()
        if not self._child:
            os.environ |= {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "NETCRM_DB": str(path),
                "NETCRM_HOME": str(path.parent),
                "NETCRM_TODAY": TODAY.isoformat(),
            }
            os.execv(sys.executable, [sys.executable, "-m", "netcrm"])
        size = struct.pack("HHHH", HEIGHT, WIDTH, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)
        os.kill(self._child, signal.SIGWINCH)

    def press(self, keys: str) -> float:
        """Press keys; return when, in seconds."""
        os.write(self._terminal, keys.encode())
        return time.perf_counter()

    def drawn(self, until: float) -> tuple[float, set[tuple[int, int]]] | None:
        """What is drawn next, and when; None when nothing is before a time."""
        left = until - time.perf_counter()
        if not select.select([self._terminal], [], [], max(0.0, left))[0]:
            return None
        with suppress(OSError):
            data = os.read(self._terminal, 1 << 20)
            return time.perf_counter(), self.screen.take(data)
        raise SystemExit("The app has ended.")

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Wait until a text stands on the screen, and then until nothing more is drawn."""
        until = time.perf_counter() + seconds
        while self.screen.find(text) is None:
            if self.drawn(until) is None:
                shown = "\n".join(self.screen.line(row).rstrip() for row in range(HEIGHT))
                raise SystemExit(f"“{text}” did not come:\n{shown}")
        while self.drawn(time.perf_counter() + PAUSE / 2):
            pass

    def end(self) -> None:
        """Hang up, and wait until the app has gone."""
        os.kill(self._child, signal.SIGHUP)
        with suppress(OSError):
            while os.read(self._terminal, 1 << 16):
                pass
        os.waitpid(self._child, 0)
        os.close(self._terminal)


@dataclass
class Took:
    """How long it took, in milliseconds.

    Attributes:
        letters: Until each letter stood in the text.
        people: Until the people of each text did that was followed by a pause.
        unseen: Letters that did not come before the next key.
        unranked: Texts whose people did not come in the pause.
    """

    letters: list[float] = field(default_factory=list)
    people: list[float] = field(default_factory=list)
    unseen: int = 0
    unranked: int = 0


def type_line(app: App, pauses: Sequence[float], page: str = "") -> Took:
    """Type the line into the text of the spark screen, pausing behind each key.

    Args:
        app: The app, its spark screen open.
        pauses: Seconds behind each key.
        page: What to paste before.
    """
    took, typed = Took(), page
    if page:
        app.press(f"\x1b[200~{page}\n\x1b[201~")
        app.wait_for("because")
    for letter, pause in zip(LINE, pauses, strict=True):
        typed += letter
        pressed = app.press(letter)
        seen = ranked = 0.0
        while found := app.drawn(pressed + pause):
            when, places = found
            if not seen and typed.replace(" ", "").endswith(_text(app.screen)):
                seen = when
            if any(_among_people(app.screen, place) for place in places):
                ranked = when
        if letter != " ":
            took.letters += [(seen - pressed) * 1000] if seen else []
            took.unseen += not seen
        if pause == PAUSE:
            took.people += [(ranked - pressed) * 1000] if ranked else []
            took.unranked += not ranked
    return took


def _edge(screen: Screen) -> int:
    """The column in which the list beside the text begins."""
    return screen.line(1).rindex("╭")


def _text(screen: Screen) -> str:
    """What is seen of the text, without its blanks."""
    edge = _edge(screen)
    lines = [screen.line(row, 1, edge - 1) for row in range(2, HEIGHT - 2)]
    label = next(row for row, line in enumerate(lines) if line.strip() == "text")
    return "".join("".join(lines[label + 1 :]).translate(_SCROLLBAR).split())


_SCROLLBAR = str.maketrans("", "", "▁▂▃▄▅▆▇█")
"""The bar beside a long text, which is none of it."""


def _among_people(screen: Screen, place: tuple[int, int]) -> bool:
    row, column = place
    return 1 < row < HEIGHT - 2 and column > _edge(screen)


def first_of(screen: Screen) -> str:
    """The first line of the list."""
    return screen.line(2, _edge(screen) + 1)


def measure(path: Path) -> None:
    """Measure one book and print what it took."""
    hands = [PAUSE if more == " " else HANDS for more in (*LINE[1:], " ")]
    slowly = [PAUSE] * len(LINE)
    page = Words(7).some(PAGE)
    for what, pauses, above in (
        ("a pause a word", hands, ""),
        ("a pause a letter", slowly, ""),
        (f"below {PAGE} words", slowly, page),
    ):
        spark = read_spark(f"{above}\n{LINE}" if above else LINE, TODAY)
        with Store(path, lambda: datetime(2026, 11, 22, tzinfo=UTC)) as store:
            best = store.sparks.rank(spark, TODAY)[0].person.name
        app = App(path)
        app.wait_for("New give")
        app.press("s")
        app.wait_for("What is it")
        took = type_line(app, pauses, above)
        shown = first_of(app.screen)
        app.end()
        if best not in shown:
            raise SystemExit(f"{best} should stand first, but there stands: {shown.strip()}")
        _say(f"{what}: letter", took.letters, took.unseen)
        _say(f"{what}: people", took.people, took.unranked)


def main() -> None:
    """Measure books of the sizes given on the command line."""
    for size in map(int, sys.argv[1:] or ("5000", "100000")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "netcrm.db"
            with Store(path, lambda: datetime(2026, 11, 22, tzinfo=UTC)) as store:
                store.seed(a_book(size))
            sys.stdout.write(f"\n{size:,} people, {2 * size:,} entries, {len(LINE)} keys\n")
            measure(path)


def _say(what: str, took: Sequence[float], missed: int) -> None:
    sys.stdout.write(
        f"  {what:<26} median {statistics.median(took):6.1f} ms   worst {max(took):6.1f} ms"
        f"   of {len(took)}{f', {missed} did not come' if missed else ''}\n"
    )


if __name__ == "__main__":
    main()
