"""``python -m tests.benchmarks.matching``: how well sparks find whom a thoughtful friend would have sent them to.

Two networks, the demo's and one quite unlike it, with sparks whose right people were named by hand before
there was a ranking. Prints, for each network, the share of sparks whose first three hold a right person, and
the mean reciprocal rank of the first right one (1 for the first place, 1/2 for the second …; Voorhees, *The
TREC-8 question answering track report*, 1999); with ``--misses`` also the sparks whose first is not right.
Another network can be given as a file of the same form.
"""

import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from netcrm.demo.fill import fill
from netcrm.demo.world import load
from netcrm.domain.people import Profile
from netcrm.domain.sparks import read_spark
from netcrm.domain.timeline import Entry
from netcrm.store import Store

TODAY = date(2026, 11, 22)

HERE = Path(__file__).parent

TOP = 3


def placed(
    store: Store, sparks: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], int, list[str]]]:
    """For each spark its place, 0 where no right person was found, and who was found."""
    for spark in sparks:
        found = store.sparks.rank(read_spark(spark["text"], TODAY, kind=spark["kind"]), TODAY)
        names = [match.person.name for match in found]
        places = [names.index(name) + 1 for name in spark["right"] if name in names]
        yield (
            spark,
            min(places, default=0),
            [
                f"{match.person.name} {match.fit:.2f} {[(r.word, r.where) for r in match.because[:5]]}{' THERE' if match.works_there else ''}"
                for match in found[:TOP]
            ],
        )


def peopled(store: Store, network: Mapping[str, Any]) -> None:
    """Fill a store with a network of the benchmark's own."""
    for number, one in enumerate(network["people"], start=1):
        store.people.add(
            Profile(
                name=one["name"],
                title=one.get("title", ""),
                organisation=one.get("organisation", ""),
                city=one.get("city", ""),
                tags=tuple(one.get("tags", ())),
                wants=tuple(one.get("wants", ())),
                offers=tuple(one.get("offers", ())),
                note=one.get("note", ""),
            )
        )
        for said in one.get("timeline", ()):
            day, _, text = said.partition(" ")
            store.timeline.log(Entry(day=date.fromisoformat(day), people=(number,), text=text))


def main(arguments: Sequence[str]) -> None:
    """Print how well each network does."""
    misses = "--misses" in arguments
    files = [Path(one) for one in arguments if not one.startswith("--")] or [
        HERE / "demo.toml",
        HERE / "other.toml",
    ]
    for file in files:
        network = tomllib.loads(file.read_text("utf-8"))
        with (
            tempfile.TemporaryDirectory() as folder,
            Store(
                Path(folder) / "net.db", lambda: datetime.combine(TODAY, datetime.min.time(), UTC)
            ) as store,
        ):
            if "people" in network:
                peopled(store, network)
            else:
                fill(store, load(), TODAY)
            results = list(placed(store, network["sparks"]))
        within = sum(0 < place <= TOP for _, place, _ in results) / len(results)
        reciprocal = sum(1 / place for _, place, _ in results if place) / len(results)
        print(
            f"{file.stem:<10} {len(results)} sparks   first {TOP} hold a right person: {within:.2f}   mean reciprocal rank: {reciprocal:.2f}"
        )
        for spark, place, found in results:
            if misses and place != 1:
                print(f"  {place or '–'} {spark['kind']}: {spark['text'][:300]!r} → {spark['right']}")
                for line in found:
                    print(f"       {line}")


if __name__ == "__main__":
    main(sys.argv[1:])
