"""Ranking everybody for a spark of two hundred words (`bench_ranking` compares with FTS5's own ranking)."""

import statistics
from collections.abc import Iterator

from netcrm.domain.sparktext import read_spark
from netcrm.store import Store
from tests.benchmarks.measuring import Bench, Line, at_most, people, spread, timed
from tests.benchmarks.network import TODAY, Maker, now

WORDS = 200


def measure(bench: Bench) -> Iterator[Line]:
    """Rank for texts that are seen for the first time, and again."""
    maker = Maker(7)
    texts = [maker.some_words(WORDS) for _ in range(bench.times(30, 8))]
    used: dict[str, list[float]] = {"seen first": [], "again": []}
    with Store(bench.book(bench.large), now) as store:
        store.sparks.rank(read_spark("a first one, for the words", TODAY), TODAY)

        def rank(number: int) -> None:
            store.sparks.rank(read_spark(texts[number], TODAY), TODAY)

        samples = {name: list(map(timed(rank, used[name]), range(len(texts)))) for name in used}
    samples |= {f"{name}, processor": values for name, values in used.items()}
    yield at_most(
        "sparks",
        f"rank for a spark of {WORDS} words: median, {people(bench.large)}",
        statistics.median(samples["seen first"]),
        60,
        "ms",
        used=statistics.median(used["seen first"]),
        note="; ".join(f"{name} {spread(values)} ms" for name, values in samples.items()),
        samples=samples,
    )
