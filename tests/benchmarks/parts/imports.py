"""Importing everybody from vCards and from LinkedIn, beside parsing alone and a raw `executemany`.

What netcrm wrote is read back from its file, and written again row by row into an empty file with the same
tables and indexes, search pages and history included: that, and reading the file without keeping anything of
it, is the least that any import would take.
"""

import csv
import io
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

from netcrm.domain.people import Profile
from netcrm.domain.text import fold
from netcrm.exchange.reading import read
from netcrm.store import Store
from tests.benchmarks.measuring import Bench, Line, people, processor, ratio, spread, timed
from tests.benchmarks.network import TODAY, Maker, now

NETCRM, LEAST = "netcrm", "parse and executemany"

Rows = Mapping[str, tuple[Sequence[str], Sequence[tuple[object, ...]]]]
"""By table its columns and all its rows."""


def measure(bench: Bench) -> Iterator[Line]:
    """Import each file into an empty book, in turn with the least that takes."""
    profiles = list(Maker(bench.large)._profiles())
    for told, data in (("vCards", vcards(profiles)), ("LinkedIn rows", connections(profiles))):
        samples: dict[str, list[float]] = {name: [] for name in (NETCRM, "parse", "executemany")}
        used: dict[str, list[float]] = {name: [] for name in samples}
        for _ in range(bench.times(3, 1)):
            path = bench.folder / "import" / "netcrm.db"
            path.parent.mkdir()
            took, count = _imported(path, data, used[NETCRM])
            samples[NETCRM].append(took)
            rows = _rows(path)
            bench.drop(path)
            samples["parse"].append(timed(partial(_parsed, data), used["parse"])(0))
            path.parent.mkdir()
            samples["executemany"].append(_written(path, rows, used["executemany"]))
            bench.drop(path)
        samples |= {f"{name}, processor": values for name, values in used.items()}
        for kind in ("", ", processor"):
            both = zip(samples[f"parse{kind}"], samples[f"executemany{kind}"], strict=True)
            samples[f"{LEAST}{kind}"] = [sum(pair) for pair in both]
        many = sum(len(all_of_it) for _, all_of_it in rows.values())
        yield ratio(
            "imports",
            f"import {people(bench.large)} {told}, beside parsing alone and a raw executemany",
            samples,
            NETCRM,
            LEAST,
            2,
            note=f"{count:,} people, {len(data) >> 20} MB; netcrm {spread(samples[NETCRM])} ms; parse"
            f" {spread(samples['parse'])} ms; executemany of {many:,} rows"
            f" {spread(samples['executemany'])} ms; {processor(samples, NETCRM, LEAST)}",
        )


def vcards(profiles: Sequence[Profile]) -> bytes:
    """People as another program would export them, vCard 3.0 (RFC 2426)."""
    out = io.StringIO()
    for number, one in enumerate(profiles, start=1):
        lines = [
            *("BEGIN:VCARD", "VERSION:3.0", f"UID:urn:uuid:00000000-0000-4000-8000-{number:012}"),
            f"FN:{_escaped(one.name)}",
            f"N:{_escaped(one.family)};{_escaped(one.given)};;;",
        ]
        if one.organisation:
            lines.append(f"ORG:{_escaped(one.organisation)}")
        if one.title:
            lines.append(f"TITLE:{_escaped(one.title)}")
        if one.city:
            lines.append(f"ADR;TYPE=WORK:;;;{_escaped(one.city)};;;")
        for point in one.points:
            kind = {"email": "EMAIL;TYPE=WORK", "phone": "TEL;TYPE=CELL", "url": "URL"}[point.kind]
            lines.append(f"{kind}:{point.value if point.kind == 'url' else _escaped(point.value)}")
        for occasion in one.occasions:
            if occasion.kind == "birthday":
                year = f"{occasion.year:04}-" if occasion.year else "--"
                lines.append(f"BDAY:{year}{occasion.month:02}{'-' if occasion.year else ''}{occasion.day:02}")
        if one.tags:
            lines.append(f"CATEGORIES:{','.join(map(_escaped, one.tags))}")
        if one.note:
            lines.append(f"NOTE:{_escaped(one.note)}")
        out.write("".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCARD")))
    return out.getvalue().encode()


def connections(profiles: Sequence[Profile]) -> bytes:
    """People as LinkedIn's Connections.csv has them, notes above the header included."""
    out = io.StringIO()
    out.write(
        'Notes:\r\n"When exporting your connection data, you may notice that some are missing."\r\n\r\n'
    )
    table = csv.writer(out)
    table.writerow(("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"))
    for number, one in enumerate(profiles, start=1):
        on = TODAY - timedelta(days=number % 4000)
        email = next((point.value for point in one.points if point.kind == "email"), "")
        slug = "-".join(fold(one.name).replace("'", "").split())
        table.writerow(
            (
                *(one.given, one.family, f"https://www.linkedin.com/in/{slug}-{number}"),
                *(email if number % 20 == 0 else "", one.organisation, one.title, f"{on:%d %b %Y}"),
            )
        )
    return out.getvalue().encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line of at most 75 octets, the rest of it on lines that begin with a blank (RFC 2426 2.6)."""
    parts, room = [], 75
    while len(line.encode()) > room:
        cut = len(line.encode()[:room].decode(errors="ignore"))
        parts.append(line[:cut])
        line, room = line[cut:], 74
    return "\r\n ".join((*parts, line))


def _parsed(data: bytes, _: int) -> int:
    return sum(1 for _ in read(data).records)


def _imported(path: Path, data: bytes, used: list[float]) -> tuple[float, int]:
    """How long it takes to read a file and bring it in, and how many people that adds."""
    with Store(path, now) as store:
        added = 0

        def bring_in(_: int) -> None:
            nonlocal added
            added = store.imports.bring_in(read(data).records, "file", today=TODAY)[0].added

        return timed(bring_in, used)(0), added


def _rows(path: Path) -> Rows:
    """Everything in a file, table by table."""
    found: dict[str, tuple[Sequence[str], Sequence[tuple[object, ...]]]] = {}
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE '%_fts_%' AND name NOT LIKE 'people_matter_%' AND name NOT LIKE '_sqlite_%'"
            " AND name NOT LIKE 'matter_vocab%'"
        ).fetchall()
        for table, sql in tables:
            row_id = "rowid, " if "VIRTUAL" in sql else ""
            cursor = connection.execute(f"SELECT {row_id}* FROM {table}")
            columns = [column[0] for column in cursor.description]
            if rows := cursor.fetchall():
                found[table] = (columns, rows)
    return found


def _written(path: Path, rows: Rows, used: list[float]) -> float:
    """How long it takes to write rows into an empty file, in one transaction."""
    Store(path, now).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        empty = [
            table for table in rows if not connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
        ]

        def write(_: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            for table in empty:
                columns, all_of_it = rows[table]
                connection.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                    all_of_it,
                )
            connection.execute("COMMIT")

        return timed(write, used)(0)
