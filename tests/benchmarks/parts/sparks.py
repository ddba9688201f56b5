"""Ranking everybody for a spark of two hundred words (`bench_ranking` compares with FTS5's own ranking)."""

import statistics
import time
from collections.abc import Iterator, Sequence

from netcrm.domain.sparktext import read_spark
from netcrm.store import Store
from tests.benchmarks.bench_ranking import times as processor_times
from tests.benchmarks.measuring import Bench, Line, at_most, people, spread
from tests.benchmarks.network import TODAY, Maker, now

WORDS = 200


def measure(bench: Bench) -> Iterator[Line]:
    """Rank for texts that are seen for the first time, and again."""
    maker = Maker(7)
    texts = [maker.some_words(WORDS) for _ in range(bench.times(30, 8))]
    with Store(bench.book(bench.large), now) as store:
        store.sparks.rank(read_spark("a first one, for the words", TODAY), TODAY)

        def rank(text: str) -> object:
            return store.sparks.rank(read_spark(text, TODAY), TODAY)

        samples = {
            "seen first": _times(rank, texts),
            "again": _times(rank, texts),
            "again, processor": processor_times(rank, texts),
        }
    yield at_most(
        "sparks",
        f"rank for a spark of {WORDS} words: median, {people(bench.large)}",
        statistics.median(samples["seen first"]),
        60,
        "ms",
        note="; ".join(f"{name} {spread(values)} ms" for name, values in samples.items()),
        samples=samples,
    )


def _times(rank: object, texts: Sequence[str]) -> list[float]:
    assert callable(rank)
    taken = []
    for text in texts:
        begun = time.perf_counter()
        rank(text)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken
