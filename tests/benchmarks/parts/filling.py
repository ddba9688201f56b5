"""That the queue's filling itself never delays the first paint, nor the first key."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from netcrm.store import Store
from tests.benchmarks.app import DOWN, App, names, painted
from tests.benchmarks.measuring import Bench, Line, alternately, people, processor, ratio
from tests.benchmarks.network import TODAY, now
from tests.benchmarks.terminal import Seen

MUCH, NOTHING = "much to fill", "nothing to fill"


def measure(bench: Bench) -> Iterator[Line]:
    """Start on a book with much to fill and on the same with nothing to fill, in turn."""
    book = bench.fresh(bench.large, "filling")
    first, second = names(book, [0, 1])
    painted_at: dict[str, list[Seen]] = {MUCH: [], NOTHING: []}
    keyed: dict[str, list[Seen]] = {MUCH: [], NOTHING: []}

    def start(what: str) -> float:
        app = App(book)
        seen = app.until(lambda screen: painted(screen, first), app.started, quiet=0.0)
        keyed[what].append(app.until(app.is_at(second), app.press(DOWN), seconds=60))
        app.settle(0.3)
        app.end()
        painted_at[what].append(seen)
        return seen.milliseconds

    def with_much(_: int) -> float:
        _unfill(book)
        return start(MUCH)

    try:
        found = _fill(book)
        samples = alternately(
            bench.times(7), {MUCH: with_much, NOTHING: lambda _: (_fill(book), start(NOTHING))[1]}
        )
    finally:
        bench.drop(book)
    for name in (MUCH, NOTHING):
        samples[f"{name}, processor"] = [seen.cpu for seen in painted_at[name]]
        samples[f"{name}, first key"] = [seen.milliseconds for seen in keyed[name]]
    yield ratio(
        "filling",
        f"start → painted, with {found:,} things to fill beside none, {people(bench.large)}",
        samples,
        MUCH,
        NOTHING,
        1.1,
        note=processor(samples, MUCH, NOTHING),
    )
    yield ratio(
        "filling",
        "a key at the first paint, with as much to fill beside none",
        samples,
        f"{MUCH}, first key",
        f"{NOTHING}, first key",
        None,
        note="nothing is to be reached here; it tells whether the filling stands in the way of the first key",
    )


def _fill(book: Path) -> int:
    with Store(book, now) as store:
        return len(store.filling.fill(TODAY).gives)


def _unfill(book: Path) -> None:
    """Take the filling back, and let it be forgotten, so that it is done again at the next start."""
    with Store(book, now) as store:
        store.history.undo()
    with closing(sqlite3.connect(book)) as connection:
        connection.execute("DELETE FROM suggested")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
