"""How long the store takes, at a thousand, ten thousand and a hundred thousand people.

    python -m tests.benchmarks.bench_store [1000 10000 100000]

Prints medians in milliseconds, and what is better said as a ratio. The people are made up from a fixed seed,
each with ten entries; a book is made once a run, in a temporary folder.
"""

import functools
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from netcrm.domain.gives import GiveDraft
from netcrm.domain.imports import Card
from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.query import Query, parse
from netcrm.domain.timeline import KINDS, Entry
from netcrm.store import Store
from netcrm.store.derived import rebuild
from netcrm.store.locks import write_lock

TODAY = date(2026, 11, 22)
ENTRIES = 10
"""Entries a person."""

_SYLLABLES = [one + two for one in "bdgklmnrst" for two in ("a", "el", "o")]
_TOPICS = [f"{one}{other}" for one in _SYLLABLES for other in _SYLLABLES]
_KINDS = [kind for kind in KINDS if kind != "life event"]


def now() -> datetime:
    """The time, as the store's clock."""
    return datetime.now(UTC)


def some_name(chance: random.Random) -> str:
    """A made-up name of two words; some are common."""
    given = "".join(chance.choices(_SYLLABLES, k=2)).capitalize()
    return f"{given} {''.join(chance.choices(_SYLLABLES, k=chance.choice((2, 3)))).capitalize()}"


def some_text(chance: random.Random, words: int) -> str:
    """So many made-up words, a few of them very common."""
    return " ".join(chance.choices(_TOPICS, k=words - 2) + chance.choices(["coffee", "paper", "team"], k=2))


def write_book(
    store: Store, size: int, more: Callable[[sqlite3.Connection, random.Random], None] | None = None
) -> None:
    """Fill a store with so many people by plain statements, then make what is derived.

    Args:
        store: An empty one.
        size: How many people.
        more: Writes further records before that.
    """
    chance = random.Random(size)
    connection = store._connection

    def records(*columns: str, table: str, rows: Iterator[tuple[object, ...]]) -> None:
        stamp = "2026-01-01T00:00:00.000+00:00"
        connection.executemany(
            f"INSERT INTO {table} (uuid, created, updated, {', '.join(columns)})"
            f" VALUES (?, '{stamp}', '{stamp}', {', '.join('?' * len(columns))})",
            ((str(uuid.UUID(int=chance.getrandbits(128))), *row) for row in rows),
        )

    everyone = range(1, size + 1)
    connection.execute("BEGIN IMMEDIATE")
    records(
        *("name", "title", "organisation", "city", "note", "cadence"),
        table="people",
        rows=(
            (
                some_name(chance),
                chance.choice(_TOPICS),
                chance.choice(_TOPICS).capitalize(),
                chance.choice(_TOPICS[:60]).capitalize(),
                some_text(chance, 12),
                chance.choice((None, 30, 90, 365)),
            )
            for _ in everyone
        ),
    )
    records(
        *("person_id", "kind", "value"),
        table="contact_points",
        rows=((key, "email", f"{key}@people.example") for key in everyone),
    )
    days = [(TODAY - timedelta(days=chance.randrange(2000))).isoformat() for _ in range(size * ENTRIES)]
    kinds = chance.choices(_KINDS, k=len(days))
    records(
        *("day", "kind", "text"),
        table="interactions",
        rows=((day, kind, some_text(chance, 10)) for day, kind in zip(days, kinds, strict=True)),
    )
    records(
        *("interaction_id", "person_id", "day", "kind"),
        table="interaction_people",
        rows=(
            (key, (key - 1) % size + 1, day, kind)
            for key, (day, kind) in enumerate(zip(days, kinds, strict=True), start=1)
        ),
    )
    records(
        *("person_id", "kind", "words", "due"),
        table="gives",
        rows=(
            (
                chance.randrange(1, size + 1),
                "article",
                "Send the paper",
                (TODAY + timedelta(days=n % 90)).isoformat(),
            )
            for n in range(200)
        ),
    )
    if more is not None:
        more(connection, chance)
    rebuild(connection)
    connection.execute("COMMIT")


def median(do: Callable[[int], object], times: int) -> float:
    """The median of so many runs, in milliseconds; each run is told its number."""
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        do(number)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


def log_plainly(connection: sqlite3.Connection, path: Path, number: int) -> None:
    """What logging writes, by hand: the same rows in the same tables, in a transaction under the lock."""
    stamp = "2026-11-22T09:00:00.000+00:00"
    with write_lock(path):
        connection.execute("BEGIN IMMEDIATE")
        row = connection.execute(
            "INSERT INTO interactions (uuid, created, updated, day, kind, text)"
            " VALUES (?, ?, ?, ?, 'met', ?)",
            (str(uuid.uuid4()), stamp, stamp, "2026-11-22", f"coffee {number}"),
        ).lastrowid
        connection.execute(
            "INSERT INTO interaction_people (uuid, created, updated, interaction_id, person_id, day, kind)"
            " VALUES (?, ?, ?, ?, ?, ?, 'met')",
            (str(uuid.uuid4()), stamp, stamp, row, number + 1, "2026-11-22"),
        )
        connection.execute("INSERT INTO timeline_fts (rowid, text) VALUES (?, ?)", (row, f"coffee {number}"))
        connection.execute(
            "UPDATE person_facts SET last_on = ? WHERE person_id = ?", ("2026-11-22", number + 1)
        )
        act = connection.execute(
            "INSERT INTO acts (at, label, session) VALUES (?, 'logged', 'x')", (stamp,)
        ).lastrowid
        for table in ("interactions", "interaction_people"):
            connection.execute(
                "INSERT INTO act_rows (act_id, change, tbl, first_id, last_id) VALUES (?, 'insert', ?, ?, ?)",
                (act, table, row, row),
            )
        connection.execute("COMMIT")


def search(store: Store, query: Query, _: int) -> None:
    """A search as the list runs it: the first of what is found."""
    store.search.people(query, 2000)


def measure(store: Store, size: int) -> Iterator[tuple[str, float, str]]:
    """What is measured, how long it takes in milliseconds, and a remark."""
    people = list(store.people.ids())
    yield "all ids by name", median(lambda _: store.people.ids(), 15), ""
    yield "all ids by last contact", median(lambda _: store.people.ids("recent"), 15), ""
    yield (
        "a page of lines",
        median(lambda n: store.people.lines(people[n * 40 : n * 40 + 40]), 20),
        "40 people",
    )
    yield "one person", median(lambda n: store.people.get(people[n]), 50), ""
    yield "a page of a timeline", median(lambda n: store.timeline.of(people[n]), 50), ""
    yield "the queue", median(lambda _: store.gives.queue(TODAY), 20), "200 waiting"
    store.filling.fill(TODAY)
    yield "the queue filled", median(lambda _: store.filling.fill(TODAY), 15), "nothing new"
    yield "out of rhythm, counted", median(lambda _: store.people.count_out_of_rhythm(TODAY), 15), ""
    for typed in (
        "k",
        "ka",
        "kamo",
        "kamo r",
        "coffee",
        "coffee paper",
        "kind:call since:2026-10",
        "org:kamo",
    ):
        query = parse(typed)
        found = len(store.search.people(query))
        yield (
            f"search “{typed}”, 2000 ids",
            median(functools.partial(search, store, query), 9),
            f"{found} found",
        )
    path = Path(store._connection.execute("PRAGMA database_list").fetchone()[2])
    plain = median(lambda n: log_plainly(store._connection, path, n), 200)
    logged = median(
        lambda n: store.timeline.log(Entry(day=TODAY, people=(n + 1,), kind="met", text="coffee")), 200
    )
    yield "log one, plain statements", plain, ""
    yield "log one", logged, f"{logged / plain:.1f} times plain"
    yield "undo", median(lambda _: store.history.undo(), 50), ""
    yield "redo", median(lambda _: store.history.redo(), 50), ""
    yield "tag one person", median(lambda n: store.people.tag([people[n]], add=["new"]), 50), ""
    yield (
        "queue one give",
        median(lambda n: store.gives.add(GiveDraft(person_id=people[n], words="Send the paper"), TODAY), 30),
        "",
    )
    cards = [
        Card(
            source="vcard",
            key=f"urn:{size}:{number}",
            profile=Profile(
                name=some_name(random.Random(number)),
                organisation=_TOPICS[number % 500],
                points=(ContactPoint("email", f"new{number}@people.example"),),
                tags=(_TOPICS[number % 30],),
            ),
        )
        for number in range(2000)
    ]
    took = median(lambda _: store.imports.bring_in(cards, "new.vcf"), 1)
    yield "import 2000 new people", took, f"{2000 / took * 1000:,.0f} a second"
    yield "import them again", median(lambda _: store.imports.bring_in(cards, "new.vcf"), 1), ""
    yield "undo the import", median(lambda _: store.history.undo(), 1), ""


def main() -> None:
    """Measure books of the sizes given on the command line."""
    say = sys.stdout.write
    for size in map(int, sys.argv[1:] or ("1000", "10000", "100000")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "netcrm.db"
            with Store(path, now) as store:
                begun = time.perf_counter()
                write_book(store, size)
                made = time.perf_counter() - begun
            say(f"\n{size:,} people, {size * ENTRIES:,} entries: ")
            say(f"{path.stat().st_size >> 20} MB, made in {made:.1f} s\n")
            opened = median(functools.partial(open_and_close, path), 9)
            with Store(path, now) as store:
                for what, took, remark in (("open and close", opened, ""), *measure(store, size)):
                    say(f"  {what:<44}{took:9.2f} ms  {remark}\n")


def open_and_close(path: Path, _: int) -> None:
    """What every command of the command line does first and last."""
    Store(path, now).close()


if __name__ == "__main__":
    main()
