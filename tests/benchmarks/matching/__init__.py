"""How well sparks find whom a thoughtful friend would have sent them to.

Two networks, the demo's and one quite unlike it, each with sparks whose right people were named by hand
before there was a ranking. Measured are the share of sparks whose first three hold a right person, and the
mean reciprocal rank of the first right one: 1 for the first place, 1/2 for the second, 0 for none (Voorhees,
*The TREC-8 question answering track report*, 1999).
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from netcrm.demo.fill import fill
from netcrm.demo.world import load
from netcrm.domain.matching import Match
from netcrm.domain.people import Profile
from netcrm.domain.sparktext import read_spark
from netcrm.domain.timeline import Entry
from netcrm.store import Store

TODAY = date(2026, 11, 22)

NETWORKS = tuple(Path(__file__).with_name(name) for name in ("demo.toml", "other.toml"))

TOP = 3
"""How many of the first have to hold a right person: as many as one sees at a glance."""


@dataclass(frozen=True)
class Placed:
    """A spark, and where its first right person came.

    Attributes:
        place: From 1; 0 where none was found.
    """

    text: str
    right: Sequence[str]
    found: Sequence[Match]
    place: int


def placed(file: Path, folder: Path) -> list[Placed]:
    """Rank everybody of a network for each of its sparks.

    Args:
        file: The network and its sparks, in TOML; without people it is the demo's.
        folder: An empty folder for the store.
    """
    network = tomllib.loads(file.read_text("utf-8"))
    with Store(folder / "netcrm.db", lambda: datetime(2026, 11, 22, tzinfo=UTC)) as store:
        if "people" in network:
            _fill(store, network["people"])
        else:
            fill(store, load(), TODAY)
        return list(_placed(store, network["sparks"]))


def within(results: Sequence[Placed]) -> float:
    """The share of sparks whose first three hold a right person."""
    return sum(0 < one.place <= TOP for one in results) / len(results)


def mean_reciprocal_rank(results: Sequence[Placed]) -> float:
    """The mean of one over the place of the first right person."""
    return sum(1 / one.place for one in results if one.place) / len(results)


def _placed(store: Store, sparks: Sequence[Mapping[str, Any]]) -> Iterator[Placed]:
    for spark in sparks:
        found = store.sparks.rank(read_spark(spark["text"], TODAY, kind=spark["kind"]), TODAY)
        names = [match.person.name for match in found]
        places = [names.index(name) + 1 for name in spark["right"] if name in names]
        yield Placed(spark["text"], spark["right"], found, min(places, default=0))


def _fill(store: Store, people: Sequence[Mapping[str, Any]]) -> None:
    for number, one in enumerate(people, start=1):
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
