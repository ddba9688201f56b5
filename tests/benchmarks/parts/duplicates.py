"""Finding duplicates among everybody."""

import statistics
from collections.abc import Iterator
from importlib.util import find_spec

from netcrm.store import Store
from tests.benchmarks.measuring import Bench, Line, alternately, at_most, people, timed
from tests.benchmarks.network import now

WHAT = "duplicates, the whole of it"


def measure(bench: Bench) -> Iterator[Line]:
    """Look for duplicates in the large book, where the store can."""
    if find_spec("netcrm.store.duplicates") is None:
        yield Line(
            part="duplicates", what=f"{WHAT}, {people(bench.large)}", measured="not built", reach="≤ 5 s"
        )
        return
    with Store(bench.book(bench.large), now) as store:
        find = getattr(store, "duplicates").pairs  # noqa: B009  # the shelf is not there yet
        samples = alternately(bench.times(3), {"whole": timed(lambda _: find())})
    seconds = {name: [value / 1000 for value in values] for name, values in samples.items()}
    yield at_most(
        "duplicates",
        f"{WHAT}, {people(bench.large)}",
        statistics.median(seconds["whole"]),
        5,
        "s",
        samples=seconds,
    )
