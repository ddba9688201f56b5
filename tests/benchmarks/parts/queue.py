"""The queue: what is due, why now, and in which order; as the store gives it to the pane."""

import statistics
from collections.abc import Iterator
from functools import partial

from netcrm.domain.gives import why_now
from netcrm.store import Store
from tests.benchmarks.measuring import Bench, Line, alternately, at_most, people, spread, timed
from tests.benchmarks.network import TODAY, now, waiting

SHOWN = 40
"""Gives whose words are made: as many as the tallest panes show."""


def measure(bench: Bench) -> Iterator[Line]:
    """Read the queue as the main screen does, as it was planted, and filled."""
    fresh = bench.fresh(bench.large, "queue")
    size = people(bench.large)
    try:
        for book, told in (
            (fresh, f"{waiting(bench.large):,} waiting"),
            (bench.book(bench.large), "filled for the day"),
        ):
            with Store(book, now) as store:

                def read(_: int, store: Store = store) -> None:
                    queue = store.gives.queue(TODAY)
                    store.gives.room(TODAY, queue)
                    store.gives.to_ask(TODAY)
                    for give in queue[:SHOWN]:
                        why_now(give, TODAY)

                used: list[float] = []
                do = {
                    "queue, room, why now": timed(read, used),
                    "queue": timed(partial(_queue, store)),
                }
                count = len(store.gives.queue(TODAY))
                samples = alternately(bench.times(40, 10), do)
            whole = samples["queue, room, why now"]
            samples["queue, room, why now, processor"] = used
            yield at_most(
                "queue",
                f"the queue: due, why now, order; {size}, {told}",
                statistics.median(whole),
                10,
                "ms",
                used=statistics.median(used),
                note=f"{count:,} gives; {spread(whole)} ms, of which the queue alone"
                f" {spread(samples['queue'])} ms; of the processor's time {spread(used)} ms",
                samples=samples,
            )
    finally:
        bench.drop(fresh)


def _queue(store: Store, _: int) -> object:
    return store.gives.queue(TODAY)
