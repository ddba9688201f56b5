"""Reading what can be read of a damaged book into a new one.

SQLite finds a record by going down from the root of its table: where a leaf is damaged, the others can still
be reached. So the records are read in the order of their ids, and where that ends in an error, from the next
id on that can be read. What is read has to meet every check of the new file's schema.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence

from netcrm.store import private
from netcrm.store.connection import SCHEMA_VERSION, teach
from netcrm.store.derived import rebuild
from netcrm.store.errors import Damaged
from netcrm.store.file import APPLICATION_ID, File, sqlite_errors

_LEAPS = (*range(1, 257), *(2**power for power in range(9, 41)))
"""How far beyond an id that can't be read one looks for the next: a leaf holds a few dozen records."""

_PLAIN = """type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'
    AND name NOT LIKE '%!_fts!_%' ESCAPE '!' AND name NOT LIKE 'people!_matter!_%' ESCAPE '!'
    AND name NOT IN ('person_facts', 'person_words', '_sqlite_migrations')"""
"""The tables that hold records and the history, and nothing that is derived."""


def salvage(
    damaged: sqlite3.Connection, new: File, put_in_order: Callable[[sqlite3.Connection], Sequence[str]]
) -> Mapping[str, int]:
    """Write what can be read of a damaged book into a new file.

    Args:
        damaged: A connection to the damaged one; it is only read.
        new: The new file; it is not there yet.
        put_in_order: Settles, inside a transaction, what refers to records that could not be read.

    Returns:
        How many records of each table were read.

    Raises:
        Damaged: Not even its tables can be found, or it is of another version.
        StoreError: The new file could not be written.
    """
    from sqlite_utils import Database  # here, since hardly anybody needs it

    from netcrm.store.migrations import migrations

    try:
        version = int(damaged.execute("PRAGMA user_version").fetchone()[0])
        there = {name for (name,) in damaged.execute(f"SELECT name FROM sqlite_master WHERE {_PLAIN}")}
    except sqlite_errors() as error:
        raise Damaged("Nothing can be read of it any more.") from error
    if version != SCHEMA_VERSION or "people" not in there:
        raise Damaged("Too little can be read of it to make a new book.")
    damaged.text_factory = lambda text: text.decode(errors="replace")
    os.close(private.make_file(new.path))
    with contextlib.closing(new.open()) as fresh:
        teach(fresh)
        migrations.apply(Database(fresh))
        fresh.execute("BEGIN IMMEDIATE")
        read = {
            table: _carry_over(damaged, fresh, table)
            for (table,) in fresh.execute(f"SELECT name FROM sqlite_master WHERE {_PLAIN}").fetchall()
            if table in there
        }
        rebuild(fresh)
        put_in_order(fresh)
        (people,) = fresh.execute("SELECT count(*) FROM people").fetchone()
        if not people:
            raise Damaged("Nobody who is in it can be read any more.")
        fresh.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        fresh.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        fresh.execute("COMMIT")
    private.sync(new.path)
    return read


def _carry_over(damaged: sqlite3.Connection, fresh: sqlite3.Connection, table: str) -> int:
    """Write each record that can be read and meets the checks; how many there were."""
    columns = [row[1] for row in fresh.execute(f"PRAGMA table_info({table})")]
    listed, marks = ", ".join(columns), ", ".join("?" * len(columns))
    count = 0
    for row in _rows(damaged, table, columns):
        with contextlib.suppress(*sqlite_errors()):
            count += fresh.execute(f"INSERT INTO {table} ({listed}) VALUES ({marks})", row).rowcount
    return count


def _rows(damaged: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[Sequence[object]]:
    """The records of a table that can be read."""
    listed = ", ".join(columns)
    if "id" not in columns:
        with contextlib.suppress(*sqlite_errors()):
            yield from damaged.execute(f"SELECT {listed} FROM {table}")
        return
    at = columns.index("id")
    last: int | None = 0
    while last is not None:
        try:
            for row in damaged.execute(
                f"SELECT {listed} FROM {table} NOT INDEXED WHERE id > ? ORDER BY id", (last,)
            ):
                last = int(row[at])
                yield row
            return
        except sqlite_errors():
            last = _next(damaged, table, last)


def _next(damaged: sqlite3.Connection, table: str, last: int) -> int | None:
    """From where on a table can be read again; None where it can't."""
    for leap in _LEAPS:
        with contextlib.suppress(*sqlite_errors()):
            query = f"SELECT id FROM {table} NOT INDEXED WHERE id > ? ORDER BY id LIMIT 1"
            found = damaged.execute(query, (last + leap,)).fetchone()
            return last + leap if found else None
    return None
