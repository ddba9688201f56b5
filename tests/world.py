"""Small factories for the tests' worlds: a store, people, entries, gives, and a clock that stands still."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from netcrm.domain.gives import GiveDraft
from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.timeline import Entry
from netcrm.store import Store
from netcrm.store.connection import connect
from netcrm.store.derived import rebuild
from tests.ciphered import ENCRYPTED, encrypt_every_store

if os.environ.get(ENCRYPTED):
    encrypt_every_store()

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""The moment at which every test happens, a Sunday."""

TODAY = NOW.date()

Clock = Callable[[], datetime]


def frozen() -> datetime:
    """A clock that stands still."""
    return NOW


def ticking() -> Clock:
    """A clock that goes on by a second each time it is looked at, so that no two acts bear one time."""
    times: Iterator[datetime] = (NOW + timedelta(seconds=seconds) for seconds in range(1_000_000))
    return lambda: next(times)


def a_store(folder: Path, clock: Clock = frozen) -> Store:
    """An open store in a folder, new where there was none."""
    return Store(folder / "netcrm.db", clock)


def person(name: str = "Christina Vale", *, email: str = "", **fields: object) -> Profile:
    """A person; any field of `Profile` by its name, and an address to reach them by."""
    points = (ContactPoint("email", email),) if email else ()
    return replace(Profile(name=name, points=points), **fields)  # type: ignore[arg-type]  # as the tests name them


def added(store: Store, profile: Profile | str = "Christina Vale") -> int:
    """The id of a person who has just been added."""
    return only(store.people.add(Profile(name=profile) if isinstance(profile, str) else profile).people)


def entry(*people: int, days_ago: int = 0, text: str = "", kind: str = "met", **fields: object) -> Entry:
    """Something that happened some days before `TODAY`."""
    made = Entry(day=TODAY - timedelta(days=days_ago), people=people, kind=kind, text=text)
    return replace(made, **fields)  # type: ignore[arg-type]  # as the tests name them


def logged(store: Store, *people: int, days_ago: int = 0, text: str = "", kind: str = "met") -> int:
    """The id of an interaction that has just been logged."""
    return only(store.timeline.log(entry(*people, days_ago=days_ago, text=text, kind=kind)).interactions)


def queued(store: Store, person_id: int, words: str = "Send the paper", **fields: object) -> int:
    """The id of a give that has just been queued."""
    draft = replace(GiveDraft(person_id=person_id, words=words), **fields)  # type: ignore[arg-type]
    return only(store.gives.add(draft, TODAY).gives)


def names(store: Store, ids: Sequence[int]) -> list[str]:
    """The names of some people, in the order of their ids."""
    lines = store.people.lines(ids)
    return [lines[key].name for key in ids]


def only(ids: frozenset[int]) -> int:
    """The one id of a change that touched one thing."""
    (one,) = ids
    return one


def day(text: str) -> date:
    """A day as it is written in ISO 8601."""
    return date.fromisoformat(text)


Dump = Mapping[str, Sequence[tuple[object, ...]]]
"""Every row of every table, by table."""

_OF_THE_FILE = ("acts", "act_rows", "sqlite_sequence", "_sqlite_migrations", "suggested")
"""Tables that an act and its undoing change besides the book; what was suggested stays so."""


def dump(store: Store) -> Dump:
    """All that a store's file says, the derived tables included, its history left out.

    It is read through a connection of its own, so that only what has been committed is in it.
    """
    with closing(connect(store._file, frozen)) as connection:
        return dump_of(connection)


def dump_remade(store: Store) -> Dump:
    """What `dump` would say if everything derived were made anew from the records."""
    with closing(connect(store._file, frozen)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        rebuild(connection)
        remade = dump_of(connection)
        connection.execute("ROLLBACK")
    return remade


def dump_of(connection: sqlite3.Connection) -> Dump:
    """Every row that a connection sees; of the search pages, what they hold and what leads to them."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    tables = sorted(name for (name,) in found if not _is_shadow(name) and name not in _OF_THE_FILE)
    said = {
        table: connection.execute(f"SELECT {'rowid, ' * _is_search(table)}* FROM {table}").fetchall()
        for table in tables
    }
    for table in filter(_is_search, tables):
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab (main, {table}, instance)"
        )
        said[f"{table}: words"] = connection.execute(f"SELECT * FROM temp.{table}_words").fetchall()
        connection.execute(f"DROP TABLE temp.{table}_words")
    return {table: sorted(rows, key=repr) for table, rows in said.items()}


_SEARCHES = ("_fts", "_matter")
"""How the tables of FTS5 end."""


def _is_search(table: str) -> bool:
    return table.endswith(_SEARCHES)


def _is_shadow(table: str) -> bool:
    """Whether it is one of the tables in which FTS5 keeps what it has found (sqlite.org/fts5.html, 4.1)."""
    return any(f"{search}_" in table for search in _SEARCHES)
