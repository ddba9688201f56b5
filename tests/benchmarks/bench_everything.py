"""How long a page of the timeline of everything takes, of a million entries unless a number is given.

    python -m tests.benchmarks.bench_everything [100000] [--shuffled]

Prints, for each search, the median and the slowest of its pages in milliseconds: the first page, the one
after it, and the one at the oldest end, each of the entries that the screen reads at a time. The entries were
written down in the order of their days but for one in thirty; ``--shuffled``, in no order at all, so that
neighbours in time lie far from each other in the file.
"""

import random
import sqlite3
import sys
import tempfile
import time
import uuid
from itertools import count
from pathlib import Path

from netcrm.domain.query import Query, parse
from netcrm.store import Store
from netcrm.store.timeline import Cursor
from tests.benchmarks.bench_store import ENTRIES, TODAY, now, write_book

SEARCHES = (
    *("", "coffee", "coffee paper", "kel", "kelmel", "ka", "k", "kamo", "kamo coffee", "zzz", "rosa"),
    *("kind:call", "kind:gave coffee", "kind:call kind:met", "tag:common", "tag:rare", "#common coffee"),
    *("place:harbour", "place:nowhere", "group:one", "group:one coffee", "with:kamo", "with:k coffee"),
    *("stars:1", "is:bright", "stars:3 tag:rare", "since:2024 until:2024-03", "coffee until:2022"),
    *("city:kel", "org:kamo", "city:kel coffee", "want:rust", "is:ripe", "kamo kel", "once"),
)
"""What is searched for: common and rare, alone and together."""


def write_more(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Places, stars, tags and groups for some of the entries; and a word that only the oldest have."""
    stamp = "2026-01-01T00:00:00.000+00:00"

    def new_id() -> str:
        return str(uuid.UUID(int=chance.getrandbits(128)))

    for number, name in enumerate(("group one", "group two"), start=1):
        connection.execute(
            "INSERT INTO groups (uuid, created, updated, name) VALUES (?, ?, ?, ?)",
            (new_id(), stamp, stamp, name),
        )
        connection.execute("UPDATE interactions SET group_id = ? WHERE id % 500 = ?", (number, number))
    connection.execute("UPDATE interactions SET place = 'The Harbour' WHERE id % 12 = 0")
    connection.execute("UPDATE interactions SET place = 'Nowhere' WHERE id % 20011 = 0")
    connection.execute("UPDATE interactions SET enjoyment = id % 4 WHERE id % 3 = 0")
    connection.execute("UPDATE interactions SET text = text || ' once' WHERE day < '2022-01-01'")
    for number, (name, share) in enumerate((("common", 15), ("rare", 9001)), start=1):
        connection.execute(
            "INSERT INTO tags (uuid, created, updated, name, folded) VALUES (?, ?, ?, ?, ?)",
            (new_id(), stamp, stamp, name, name),
        )
        ids = [row[0] for row in connection.execute("SELECT id FROM interactions WHERE id % ? = 0", (share,))]
        connection.executemany(
            "INSERT INTO interaction_tags (uuid, created, updated, interaction_id, tag_id)"
            " VALUES (?, ?, ?, ?, ?)",
            ((new_id(), stamp, stamp, key, number) for key in ids),
        )


def write_in_order(connection: sqlite3.Connection, chance: random.Random) -> None:
    """What `write_more` does, after the days have been put in order, but for one in thirty."""
    days = [row[0] for row in connection.execute("SELECT day FROM interactions ORDER BY day, id")]
    for place in range(0, len(days), 30):
        other = chance.randrange(len(days))
        days[place], days[other] = days[other], days[place]
    connection.executemany("UPDATE interactions SET day = ? WHERE id = ?", zip(days, count(1), strict=False))
    connection.execute(
        "UPDATE interaction_people SET day ="
        " (SELECT day FROM interactions WHERE interactions.id = interaction_id)"
    )
    write_more(connection, chance)


def page(
    store: Store, query: Query, after: Cursor | None, *, oldest_first: bool = False
) -> tuple[float, int]:
    """How long a page took, in milliseconds, and how many entries it has."""
    begun = time.perf_counter()
    found = store.everything.entries(query, after, today=TODAY, oldest_first=oldest_first)
    return (time.perf_counter() - begun) * 1000, len(found)


def measured(store: Store, typed: str, times: int = 5) -> str:
    """A search in columns."""
    query = parse(typed)
    first = store.everything.entries(query, today=TODAY)
    after = Cursor(first[-1].day, first[-1].id) if first else None
    said = f"  {typed or 'no search':<26}"
    for where, oldest in ((None, False), (after, False), (None, True)):
        taken = sorted(page(store, query, where, oldest_first=oldest)[0] for _ in range(times))
        said += f"{taken[times // 2]:8.2f} /{taken[-1]:7.2f}"
    begun = time.perf_counter()
    with store.everything.aside() as finding:
        found = finding.count(query, TODAY)
    return f"{said}{(time.perf_counter() - begun) * 1000:9.1f}  {found:,}"


def main() -> None:
    """Measure a book of the size given on the command line."""
    say = sys.stdout.write
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()]
    entries = sizes[0] if sizes else 1_000_000
    more = write_more if "--shuffled" in sys.argv else write_in_order
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "netcrm.db", now) as store:
        write_book(store, entries // ENTRIES, more)
        say(f"{entries:,} entries of {entries // ENTRIES:,} people; median / slowest in ms\n")
        say(f"  {'':<26}{'first page':>17}{'the next':>17}{'oldest':>17}{'counted':>9}  found\n")
        for typed in SEARCHES:
            say(measured(store, typed) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
