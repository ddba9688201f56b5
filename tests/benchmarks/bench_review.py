"""How long a review takes to be read and drawn, and to move by a week, over a hundred thousand entries.

    python -m tests.benchmarks.bench_review

Prints medians and the worst of several runs in milliseconds of the process's own time, reading, laying out
and drawing together: of entries that are spread over years, and of as many within the last year alone. How
much of the worst Python's collector of garbage took is told beside it.
"""

import asyncio
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from textual.pilot import Pilot

from netcrm.domain.groups import GroupDraft
from netcrm.store import Store
from netcrm.store.derived import rebuild
from netcrm.ui.app import NetcrmApp
from netcrm.ui.screens.main import MainScreen
from netcrm.ui.screens.review import ReviewScreen
from tests.benchmarks.bench_store import TODAY, now, write_book

PEOPLE = 10_000
"""With ten entries each."""

SIZE = (132, 36)

RUNS, MOVES = 9, 60

_GROUPS, _TAGS = 12, 40

_PAINTED_SECONDS = 0.05
"""Longer than Textual waits before it draws; waiting takes none of the process's time."""

_LIVEN = (
    "UPDATE interactions SET enjoyment = id * 7 % 4",
    f"UPDATE interactions SET group_id = id % {_GROUPS} + 1 WHERE id % 5 = 0",
    "INSERT INTO tags (uuid, created, updated, name, folded)"
    " SELECT 't' || value, '', '', 'topic ' || value, 'topic ' || value"
    f" FROM (SELECT id AS value FROM interactions WHERE id <= {_TAGS})",
    "INSERT INTO interaction_tags (uuid, created, updated, interaction_id, tag_id)"
    f" SELECT 'it' || id, '', '', id, id % {_TAGS} + 1 FROM interactions WHERE id % 3 = 0",
    "INSERT INTO occasions (uuid, created, updated, person_id, kind, label, month, day)"
    " SELECT 'o' || id, '', '', id, 'birthday', 'birthday', id % 12 + 1, id % 28 + 1"
    " FROM people WHERE id % 10 = 0",
)
"""Joy, groups, tags and birthdays for the book."""

_INTO_A_YEAR = (
    f"UPDATE interactions SET day = date('{TODAY}', '-' || (id * 7919 % 365) || ' days')",
    "UPDATE interaction_people SET day ="
    " (SELECT day FROM interactions WHERE interactions.id = interaction_id)",
)
"""Every entry on some day of the last year."""


def write(store: Store, *, one_year: bool) -> None:
    """Fill a store with a hundred thousand entries of all kinds."""
    write_book(store, PEOPLE)
    for number in range(_GROUPS):
        store.groups.found(GroupDraft(name=f"Group {number}", cadence=30, members=(number + 1,)))
    connection = store._connection
    connection.execute("BEGIN IMMEDIATE")
    for statement in (*_LIVEN, *(_INTO_A_YEAR if one_year else ())):
        connection.execute(statement)
    rebuild(connection)
    connection.execute("COMMIT")


class Collector:
    """Sums up the time that Python's collector of garbage takes."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._begun = 0.0
        gc.callbacks.append(self._called)

    def _called(self, phase: str, _: object) -> None:
        if phase == "start":
            self._begun = time.process_time()
        else:
            self.seconds += time.process_time() - self._begun


COLLECTOR = Collector()

Taken = tuple[float, float]
"""Milliseconds of the process's time, and how many of them the collector took."""


async def taken(do: Callable[[], Awaitable[object]], pilot: Pilot[None]) -> Taken:
    """The time until what was done is drawn."""
    begun, collected = time.process_time(), COLLECTOR.seconds
    await do()
    await pilot.pause()
    await asyncio.sleep(_PAINTED_SECONDS)
    return (time.process_time() - begun) * 1000, (COLLECTOR.seconds - collected) * 1000


Times = dict[str, list[Taken]]
"""How long each time took, by what was done."""


async def opened(store: Store) -> Times:
    """Open the review again and again."""
    app = NetcrmApp(store, lambda: TODAY)
    took = []
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        main = app.screen
        assert isinstance(main, MainScreen)
        for _ in range(RUNS):
            took.append(await taken(main.action_review, pilot))
            assert isinstance(app.screen, ReviewScreen)
            app.screen.action_leave()
            await pilot.pause()
    return {"read and draw": took}


async def walked(store: Store) -> Times:
    """Walk through it, by weeks and by days."""
    app = NetcrmApp(store, lambda: TODAY)
    took: Times = {}
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        await pilot.press("r")
        await pilot.pause()
        for what, action, times in (
            ("a week back", "screen.turn(-1)", MOVES),
            ("a day back", "focused.move(-1)", MOVES),
            ("the year", "screen.span('year')", 1),
        ):
            took[what] = [await taken(partial(app.run_action, action), pilot) for _ in range(times)]
    return took


def main() -> None:
    """Measure both books."""
    say = sys.stdout.write
    for one_year in (False, True):
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "netcrm.db", now) as store:
            write(store, one_year=one_year)
            entries = store.timeline.count()
            where = "all in the last year" if one_year else "over five and a half years"
            say(f"\n{entries:,} entries, {where}\n")
            for what, times in (asyncio.run(opened(store)) | asyncio.run(walked(store))).items():
                say(f"  {what:<20}{statistics.median(whole for whole, _ in times):8.1f} ms")
                worst, collected = max(times)
                say(f"   worst of {len(times):>2}{worst:8.1f} ms, {collected:.1f} ms of it collecting\n")


if __name__ == "__main__":
    main()
