"""netcrm in a terminal, seen as a user sees it: who is highlighted, and whose timeline stands beside."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from netcrm.domain.query import parse
from netcrm.store import Store
from netcrm.ui.screens.panes import FIRST_MOST
from tests.benchmarks import bare
from tests.benchmarks.network import TODAY, now
from tests.benchmarks.terminal import Screen, Shows, Terminal

DOWN, PAGE_DOWN, END, HOME, ESCAPE = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b[H", "\x1b"

LETTERS_SEEN = 16
"""Letters of a name that are compared: a long one is cut off where the pane ends."""


def program() -> Sequence[str]:
    """What starts netcrm: the installed command, else the module."""
    installed = Path(sys.executable).with_name("netcrm")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "netcrm"]


def environment(book: Path) -> dict[str, str]:
    """The variables by which netcrm opens a book on the day of the benchmarks."""
    return {"NETCRM_DB": str(book), "NETCRM_HOME": str(book.parent), "NETCRM_TODAY": TODAY.isoformat()}


def hello() -> Terminal:
    """A hello-world of Textual's, starting."""
    return Terminal([sys.executable, bare.__file__, "hello"])


def says_hello(screen: Screen) -> bool:
    """Whether the hello-world is there."""
    return screen.find(bare.HELLO) is not None


class App(Terminal):
    """netcrm, starting.

    Args:
        book: Its file.
    """

    def __init__(self, book: Path) -> None:
        super().__init__(program(), environment(book))

    def ready(self, name: str) -> None:
        """Wait until somebody is highlighted and nothing is done any more."""
        self.until(lambda screen: painted(screen, name), self.started)
        self.settle()
        if name[:LETTERS_SEEN] not in self.highlighted(self.screen):
            raise LookupError(f"The first row is not highlighted.\n{self.screen.text()}")

    def is_at(self, name: str) -> Shows:
        """Whether someone is highlighted in People and theirs is the timeline beside."""
        wanted = name[:LETTERS_SEEN]

        def shown(screen: Screen) -> bool:
            return wanted in self.highlighted(screen) and wanted in head(screen)

        return shown

    def highlighted(self, screen: Screen) -> str:
        """The first line of the row behind which stands another colour than behind the others."""
        _, end = _place(screen, "2 Timeline")
        rows = range(self._top(screen), screen.height - 3, 2)
        usual, _ = Counter(screen.ground(row, 4) for row in rows).most_common(1)[0]
        return next((screen.line(row, 0, end) for row in rows if screen.ground(row, 4) != usual), "")

    def _top(self, screen: Screen) -> int:
        return _place(screen, "1 People")[0] + 1


def painted(screen: Screen, name: str) -> bool:
    """Whether the people are on the screen, the first one's timeline beside them."""
    wanted = name[:LETTERS_SEEN]
    return "1 People" in screen.line(1) and wanted in screen.line(2, 0, 34) and wanted in head(screen)


def head(screen: Screen) -> str:
    """The first line of the timeline: whose it is."""
    row, column = _place(screen, "2 Timeline")
    return screen.line(row + 1, column - 2) if column else ""


def _place(screen: Screen, text: str) -> tuple[int, int]:
    """Where a title stands; the upper left corner where it does not."""
    return screen.find(text) or (0, 0)


class BareList(Terminal):
    """The app with a list of fifty rows, starting."""

    def __init__(self) -> None:
        super().__init__([sys.executable, bare.__file__, "list"])
        self._lit = ""

    def ready(self) -> None:
        """Wait until it is there; learn how a highlight looks."""
        self.until(lambda screen: screen.find(bare.ROWS[20]) is not None, self.started)
        self.settle()
        self._lit = self._ground(self.screen, bare.ROWS[0])

    def is_at(self, row: str) -> Shows:
        """Whether a row is highlighted."""
        return lambda screen: self._ground(screen, row) == self._lit

    def _ground(self, screen: Screen, row: str) -> str:
        place = screen.find(row)
        return screen.ground(*place) if place else "nowhere"


def names(book: Path, ranks: Sequence[int]) -> Sequence[str]:
    """The names of those at some places of the list, from 0; from its end where they are negative."""
    with Store(book, now) as store:
        everyone = store.people.ids()
        lines = store.people.lines([everyone[rank] for rank in ranks])
        return [lines[everyone[rank]].name for rank in ranks]


def first_found(book: Path, typed: Sequence[str]) -> Sequence[str]:
    """The name of the first person that each search finds; empty where it finds nobody."""
    with Store(book, now) as store:
        find = as_the_app_finds(store)
        found = [find(text) for text in typed]
        return [store.people.name(ids[0]) if ids else "" for ids in found]


def as_the_app_finds(store: Store) -> Callable[[str], Sequence[int]]:
    """The store's call that a letter waits for on the main screen: the first of whom it finds.

    As `PanesScreen._fill_people` has it: what was still being found aside ends, then as many are found as are
    read before the paint.
    """

    def find(text: str) -> Sequence[int]:
        store.search.superseded()
        return store.search.people(parse(text), FIRST_MOST, today=TODAY, order="name")

    return find


def as_the_app_finds_all(store: Store) -> Callable[[str], Sequence[int]]:
    """What it has found aside once the first are painted: everyone (`PanesScreen._find_aside`)."""

    def find(text: str) -> Sequence[int]:
        with store.search.aside() as finding:
            return finding.people(parse(text), today=TODAY, order="name")

    return find
