"""Logging one interaction, with all that it touches, beside one raw transaction that writes the same rows."""

import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from netcrm.domain.timeline import Entry
from netcrm.store import Store
from tests.benchmarks.measuring import Bench, Line, alternately, people, processor, ratio, spread, timed
from tests.benchmarks.network import TODAY, now

TEXT = "coffee about the harbour and its ferries"

NETCRM, RAW = "netcrm", "raw sqlite3"

STAMP = "2026-11-22T09:00:00.000+00:00"


def measure(bench: Bench) -> Iterator[Line]:
    """Log to two copies of one book in turn, once by the store and once by hand."""
    ours, theirs = bench.fresh(bench.large, "ours"), bench.fresh(bench.large, "raw")
    try:
        with Store(ours, now) as store, closing(_plain(theirs)) as raw:
            everyone = list(store.people.ids())
            chosen = everyone[:: max(1, len(everyone) // 2000)]

            def log(number: int) -> None:
                entry = Entry(day=TODAY, people=(chosen[number],), kind="met", text=TEXT)
                store.timeline.log(entry, today=TODAY)

            def write(number: int) -> None:
                _write(raw, chosen[number])

            used: dict[str, list[float]] = {NETCRM: [], RAW: []}
            _check(ours, theirs, lambda: log(0), lambda: write(0))
            samples = alternately(
                bench.times(300, 60),
                {
                    NETCRM: timed(lambda number: log(number + 1), used[NETCRM]),
                    RAW: timed(lambda number: write(number + 1), used[RAW]),
                },
            )
            raw.execute("PRAGMA synchronous = OFF")
            store._connection.execute("PRAGMA synchronous = OFF")
            unsynced = alternately(
                bench.times(300, 60),
                {
                    NETCRM: timed(lambda number: log(number + 400)),
                    RAW: timed(lambda number: write(number + 400)),
                },
            )
    finally:
        for path in (ours, theirs):
            bench.drop(path)
    samples |= {f"{name}, processor": values for name, values in used.items()}
    samples |= {f"{name}, unsynced": values for name, values in unsynced.items()}
    yield ratio(
        "log",
        f"log one interaction, {people(bench.large)}, beside a raw transaction of the same rows",
        samples,
        NETCRM,
        RAW,
        3,
        note=f"netcrm {spread(samples[NETCRM])} ms, raw {spread(samples[RAW])} ms, each commit on the disk"
        " (synchronous FULL); without waiting for the disk "
        + ratio("", "", samples, f"{NETCRM}, unsynced", f"{RAW}, unsynced", None).measured
        + f"; {processor(samples, NETCRM, RAW)}",
    )


def _plain(path: Path) -> sqlite3.Connection:
    """A connection as a script would open it, in the same mode as netcrm's, committing as safely."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _write(connection: sqlite3.Connection, person: int) -> None:
    """What logging writes: the entry, who took part, its search page, when they were last seen, the act."""
    day = TODAY.isoformat()
    connection.execute("BEGIN IMMEDIATE")
    row = connection.execute(
        "INSERT INTO interactions (uuid, created, updated, day, time, kind, text, place, group_id, enjoyment,"
        " answer, answered_on) VALUES (?, ?, ?, ?, NULL, 'met', ?, '', NULL, 0, NULL, NULL)",
        (str(uuid.uuid4()), STAMP, STAMP, day, TEXT),
    ).lastrowid
    link = connection.execute(
        "INSERT INTO interaction_people (uuid, created, updated, interaction_id, person_id, day, kind)"
        " VALUES (?, ?, ?, ?, ?, ?, 'met')",
        (str(uuid.uuid4()), STAMP, STAMP, row, person, day),
    ).lastrowid
    connection.execute(
        "INSERT INTO timeline_fts (rowid, text, place, tags) VALUES (?, ?, '', '')", (row, TEXT)
    )
    connection.execute(
        "UPDATE person_facts SET last_on = ?, due_on = iif(cadence > 0, ?, NULL),"
        " drifting_on = iif(cadence > 0, ?, NULL), silent_on = iif(cadence > 0, ?, NULL) WHERE person_id = ?",
        (day, "2027-02-20", "2027-05-21", "2029-11-06", person),
    )
    act = connection.execute(
        "INSERT INTO acts (at, label, session) VALUES (?, 'logged a meeting', '0123abcd')", (STAMP,)
    ).lastrowid
    connection.executemany(
        "INSERT INTO act_rows (act_id, change, tbl, first_id, last_id) VALUES (?, 'insert', ?, ?, ?)",
        ((act, "interactions", row, row), (act, "interaction_people", link, link)),
    )
    connection.execute("COMMIT")


TABLES = (
    *("interactions", "interaction_people", "timeline_fts", "person_facts", "acts", "act_rows", "gives"),
    *("interaction_tags", "tags", "occasions", "wants", "offers", "people", "suggested", "person_words"),
)


def _check(ours: Path, theirs: Path, log: Callable[[], None], write: Callable[[], None]) -> None:
    """See to it that both write as many rows into each table."""
    added = []
    for path, do in ((ours, log), (theirs, write)):
        before = _counts(path)
        do()
        after = _counts(path)
        added.append(
            {table: after[table] - before[table] for table in TABLES if after[table] != before[table]}
        )
    if added[0] != added[1]:
        raise SystemExit(f"The raw transaction writes other rows: {added[1]} where netcrm writes {added[0]}.")


def _counts(path: Path) -> Mapping[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
