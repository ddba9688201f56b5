"""Reading what can be read of a damaged book into a new one.

SQLite finds a record by going down from the root of its table: where a leaf is damaged, the others can still
be reached. So a table is read from both its ends up to what can't be read, and then from the records within
that its indexes still tell of. What they tell of and could not be read is lost, and is counted. What is read
has to meet every check of the new file's schema.
"""

import contextlib
import os
import sqlite3
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from netcrm.store import private
from netcrm.store.connection import SCHEMA_VERSION, has_todays_tables, teach
from netcrm.store.derived import rebuild
from netcrm.store.errors import Damaged
from netcrm.store.file import APPLICATION_ID, File, sqlite_errors

_TOP = 2**62
"""Above every id there is."""

_LEAPS = tuple(2**power for power in range(41))
"""How far beyond what can't be read one looks, where no index tells what there is."""

_BLIND = 4096
"""How many places one tries between two records that can be read, where no index tells what there is."""

_PATIENCE = 20_000
"""How often one tries in vain to read on in a table: a leaf holds a few dozen records, or all is gone."""

_PLAIN = """type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'
    AND name NOT LIKE '%!_fts!_%' ESCAPE '!' AND name NOT LIKE 'people!_matter!_%' ESCAPE '!'
    AND name NOT IN ('person_facts', 'person_words', '_sqlite_migrations')"""
"""The tables that hold records and the history, and nothing that is derived."""

_ALSO = {
    "people": ("SELECT person_id FROM person_facts", "SELECT id FROM people_fts_content"),
    "interactions": ("SELECT id FROM timeline_fts_content",),
    "acts": ("SELECT act_id FROM act_rows INDEXED BY act_rows_act ORDER BY act_id",),
}
"""What is derived, and tells which records there were."""

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read of a damaged book, and what was not.

    Attributes:
        read: How many records each table has now.
        lost: How many more each is known to have had, by its indexes and by what refers to it.
        unsure: The tables that may have had more, since no index could be read whole.
        cut: How many records a long text could not be read of, and is empty now.
    """

    read: Mapping[str, int]
    lost: Mapping[str, int]
    unsure: Set[str]
    cut: int


class Source:
    """A damaged book, to be read as far as it can be.

    A connection of SQLCipher's that has met a page whose signature is wrong reads nothing any more, not even
    what is whole: after an error it is opened anew.

    Args:
        file: The book.
        how: How to open it.
    """

    def __init__(self, file: File, how: str) -> None:
        self._file = file
        self._how = how
        self._connection: sqlite3.Connection | None = None

    def read(self, query: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query, until one can't be read.

        Raises:
            One of `sqlite_errors`: One can't be read.
        """
        try:
            yield from self._opened().execute(query, values)
        except sqlite_errors():
            if self._file.key is not None:
                self.close()
            raise

    def close(self) -> None:
        """Close it; it is opened again when it is next read."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._file.open(self._how)
            self._connection.text_factory = lambda text: text.decode(errors="replace")
            # A file that is shorter than its header says would not be read at all (``lockBtree`` in btree.c).
            self._connection.execute("PRAGMA writable_schema = ON")
            self._connection.execute("PRAGMA cell_size_check = ON")
        return self._connection


def legible(source: Source) -> bool:
    """Whether something can be read of a damaged book: its tables can be found, and somebody in it."""
    try:
        _need_tables(source)
        known = _Known.of(source, "people")
        return next(_rows(source, _Table(source, "people", ["id"]), known), None) is not None
    except sqlite_errors(Damaged):
        return False


def salvage(
    source: Source, new: File, put_in_order: Callable[[sqlite3.Connection], Sequence[str]]
) -> Salvaged:
    """Write what can be read of a damaged book into a new file.

    Args:
        source: The damaged one; it is only read.
        new: The new file; it is not there yet.
        put_in_order: Settles, inside a transaction, what refers to records that could not be read.

    Raises:
        Damaged: Not even its tables can be found, or it is of another version.
        StoreError: The new file could not be written.
    """
    from sqlite_utils import Database  # here, since hardly anybody needs it

    from netcrm.store.migrations import migrations

    there = _need_tables(source)
    os.close(private.make_file(new.path))
    with contextlib.closing(new.open()) as fresh:
        teach(fresh)
        migrations.apply(Database(fresh))
        fresh.execute("BEGIN IMMEDIATE")
        known: dict[str, Set[int]] = {}
        unsure = set()
        cut = 0
        for (name,) in fresh.execute(f"SELECT name FROM sqlite_master WHERE {_PLAIN}").fetchall():
            if name in there:
                table = _Table(source, name, [row[1] for row in fresh.execute(f"PRAGMA table_info({name})")])
                known[name] = _carry_over(source, fresh, table)
                cut += table.cut
                if not table.sure:
                    unsure.add(name)
        _carry_over_the_count(source, fresh)
        _add_what_is_referred_to(fresh, known)
        _leave_out_half_acts(source, fresh)
        rebuild(fresh)
        put_in_order(fresh)
        read = {table: _count(fresh, table) for table in known}
        if not read["people"]:
            raise Damaged("Nobody who is in it can be read any more.")
        fresh.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        fresh.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        fresh.execute("COMMIT")
    private.sync(new.path)
    lost = {table: len(ids) - read[table] for table, ids in known.items() if len(ids) > read[table]}
    return Salvaged(read, lost, unsure, cut)


def _need_tables(source: Source) -> Set[str]:
    """The tables there are.

    Raises:
        Damaged: They can't be found, or are not of this version.
    """
    try:
        ((version,),) = source.read("PRAGMA user_version")
        there = {str(name) for (name,) in source.read(f"SELECT name FROM sqlite_master WHERE {_PLAIN}")}
    except sqlite_errors(ValueError) as error:
        raise Damaged("Nothing can be read of it any more.") from error
    if not has_todays_tables(version) or "people" not in there:
        raise Damaged("Too little can be read of it to make a new book.")
    return there


# What is known to have been there


@dataclass(slots=True)
class _Known:
    """The ids of a table's records, as its indexes and what is derived tell.

    Attributes:
        ids: The ids.
        whole: Whether an index told all of them.
    """

    ids: set[int] = field(default_factory=set)
    whole: bool = False

    @classmethod
    def of(cls, source: Source, table: str) -> "_Known":
        known = cls()
        for name, partial in _read(source, f"SELECT name, partial FROM pragma_index_list('{table}')"):
            if partial:
                continue
            (column,) = next(
                iter(_read(source, f"SELECT name FROM pragma_index_info('{name}') ORDER BY seqno")), (None,)
            )
            if column is not None:
                query = f'SELECT id FROM {table} INDEXED BY "{name}" ORDER BY {column}'
                known.whole |= known._add(source, query) or known._add(source, f"{query} DESC")
        if not known.whole:
            for query in _ALSO.get(table, ()):
                known._add(source, query)
        return known

    def _add(self, source: Source, query: str) -> bool:
        """Add the ids that a query finds; whether it came to its end."""
        with contextlib.suppress(*sqlite_errors()):
            for (key,) in source.read(query):
                if isinstance(key, int) and 0 < key < _TOP:
                    self.ids.add(key)
            return True
        return False


def _read(source: Source, query: str, values: Sequence[object] = ()) -> Sequence[Row]:
    """The rows of a query, as far as they can be read."""
    found: list[Row] = []
    with contextlib.suppress(*sqlite_errors()):
        for row in source.read(query, values):
            found.append(row)  # what came before an error counts
    return found


# Reading the records


@dataclass(slots=True)
class _Table:
    """A table, and how its records are read.

    Attributes:
        name: Its name.
        columns: Those to be read.
        cut: How many records were not read whole.
        sure: Whether all that were there are known: an index, or the table itself, told them to its end.
    """

    source: Source
    name: str
    columns: Sequence[str]
    cut: int = 0
    sure: bool = True

    @property
    def listed(self) -> str:
        return ", ".join(self.columns)

    def between(self, low: int, high: int, *, down: bool = False) -> Iterator[Row]:
        """The records between two ids, which are not meant themselves."""
        return self.source.read(
            f"SELECT id, {self.listed} FROM {self.name} NOT INDEXED WHERE id > ? AND id < ?"
            f" ORDER BY id {'DESC' if down else ''}",
            (low, high),
        )

    def in_parts(self, key: int) -> Row | None:
        """A record that could not be read as one of many, column by column; None where all of it is lost.

        What can't be read, and need not be there, is as in a new record.
        """
        one = f"FROM {self.name} NOT INDEXED WHERE id = {key}"
        if not _read(self.source, f"SELECT id {one}"):
            return None
        usual = {
            str(name): (default, needed)
            for name, default, needed in _read(
                self.source, f"SELECT name, dflt_value, \"notnull\" FROM pragma_table_info('{self.name}')"
            )
        }
        row: list[object] = [key]
        cut = False
        for column in self.columns:
            found = _read(self.source, f"SELECT {column} {one}")
            if not found:
                default, needed = usual.get(column, (None, 1))
                if needed and default is None:
                    return None
                found, cut = _read(self.source, f"SELECT {default or 'NULL'}"), True
            row.append(found[0][0])
        self.cut += cut
        return row


def _carry_over(source: Source, fresh: sqlite3.Connection, table: _Table) -> Set[int]:
    """Write each record that can be read and meets the checks; the ids that are known to have been there."""
    marks = ", ".join("?" * len(table.columns))
    insert = f"INSERT INTO {table.name} ({table.listed}) VALUES ({marks})"
    if "id" not in table.columns:
        for row in _read(source, f"SELECT {table.listed} FROM {table.name}"):
            with contextlib.suppress(*sqlite_errors()):
                fresh.execute(insert, row)
        return set()
    known = _Known.of(source, table.name)
    read = set()
    for key, *row in _rows(source, table, known):
        with contextlib.suppress(*sqlite_errors()):
            fresh.execute(insert, row)
            read.add(int(str(key)))
    # A damaged page of an index may tell of ids that nothing can have.
    most = 2 * max(read, default=0) + 1000
    return read | {key for key in known.ids if known.whole or key <= most}


def _rows(source: Source, table: _Table, known: _Known) -> Iterator[Row]:
    """The records of a table that can be read, each once, with its id before it; in no order."""
    low, high = 0, _TOP
    try:
        for row in table.between(low, high):
            low = int(str(row[0]))
            yield row
        return
    except sqlite_errors():
        table.sure = known.whole
    with contextlib.suppress(*sqlite_errors()):
        for row in table.between(low, high, down=True):
            high = int(str(row[0]))
            yield row
    places = sorted(known.ids if known.whole else known.ids | set(_blind(low, high)))
    pending, patience = deque([(low, high)]), _PATIENCE
    while pending and patience:
        low, high = pending.popleft()
        first, last = bisect_right(places, low), bisect_left(places, high)
        if first >= last:
            continue
        start = places[(first + last) // 2]
        above, below = start - 1, start
        try:
            for row in table.between(above, high):
                above = int(str(row[0]))
                yield row
        except sqlite_errors():
            if above < start:
                patience -= 1
                if (part := table.in_parts(start)) is not None:
                    yield part
                pending += (low, start), (start, high)
                continue
            pending.append((above, high))
        try:
            for row in table.between(low, start, down=True):
                below = int(str(row[0]))
                yield row
        except sqlite_errors():
            pending.append((low, below))


def _blind(low: int, high: int) -> Iterator[int]:
    """Where to try between two ids, where no index tells what is there."""
    if high < _TOP:
        yield from range(low + 1, high, max(1, (high - low) // _BLIND))
    else:
        yield from range(low + 1, low + 1 + _BLIND)
        yield from (low + leap for leap in _LEAPS)


# What belongs together


def _carry_over_the_count(source: Source, fresh: sqlite3.Connection) -> None:
    """Go on counting acts where the damaged book left off: backups are told apart by it."""
    for (most,) in _read(source, "SELECT seq FROM sqlite_sequence WHERE name = 'acts'"):
        fresh.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'acts'", (most,))


def _add_what_is_referred_to(fresh: sqlite3.Connection, known: dict[str, Set[int]]) -> None:
    """Whatever a record refers to was there."""
    for table in tuple(known):
        for row in fresh.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            to, column = row[2], row[3]
            if to in known:
                found = fresh.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
                known[to] = known[to] | {key for (key,) in found}


def _leave_out_half_acts(source: Source, fresh: sqlite3.Connection) -> None:
    """Take out of the history what could be taken back in part only, and what lies before it."""
    there = {key for (key,) in fresh.execute("SELECT id FROM act_rows")}
    pairs = _read(source, "SELECT id, act_id FROM act_rows INDEXED BY act_rows_act ORDER BY act_id")
    half = [int(str(act)) for key, act in pairs if key not in there]
    # The numbers follow one another, so a gap tells of what no index tells any more.
    half += [
        act
        for (act,) in fresh.execute(
            "SELECT act_id FROM act_rows WHERE id > (SELECT min(id) FROM act_rows)"
            " AND id - 1 NOT IN (SELECT id FROM act_rows)"
            " UNION SELECT id FROM acts WHERE id NOT IN (SELECT act_id FROM act_rows)"
        )
    ]
    if half:
        fresh.execute("DELETE FROM act_rows WHERE act_id <= ?", (max(half),))
        fresh.execute("DELETE FROM acts WHERE id <= ?", (max(half),))


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
