"""The organisations shelf: who works or worked where; positions that people held, kept and forgotten."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from netcrm.domain.changes import Change
from netcrm.domain.organisations import (
    Held,
    News,
    Organisation,
    Position,
    firm,
    gathered,
    read_news,
)
from netcrm.store.connection import aside
from netcrm.store.errors import StoreError
from netcrm.store.file import File
from netcrm.store.write import Act, Writer


class Organisations:
    """Where people work and worked: a view over people, what is on record of them, and their life events."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer, file: File) -> None:
        self._connection = connection
        self._writer = writer
        self._file = file

    # Reading

    def all(self) -> Sequence[Organisation]:
        """Every organisation that somebody works or worked at, in no order; the archived are left out."""
        work = dict(
            self._connection.execute(
                "SELECT id, organisation FROM people WHERE organisation != ''"
            ).fetchall()
        )
        people = [
            person_id
            for (person_id,) in self._connection.execute(
                "SELECT person_id FROM person_facts WHERE archived = 0 ORDER BY sort_name, person_id"
            )
        ]
        held = [_held(row) for row in self._connection.execute(f"SELECT {_COLUMNS} FROM positions")]
        known = set(map(firm, {*work.values(), *(one.position.organisation for one in held)}))
        return gathered(people, work, held, self._told(known))

    def get(self, name: str) -> Organisation | None:
        """One organisation by its name, however that is written; None when nobody works or worked there."""
        key = firm(name)
        return next((one for one in self.all() if one.key == key), None)

    @contextmanager
    def aside(self) -> Iterator["Organisations"]:
        """The same in another thread, on a connection of its own that can't write.

        Yields:
            A shelf to read from.

        Raises:
            StoreError: If the file could not be read.
        """
        with aside(self._file) as connection:
            yield Organisations(connection, self._writer, self._file)

    def positions(self, person_id: int) -> Sequence[Held]:
        """The positions on record that somebody held, the last first."""
        found = self._connection.execute(
            f"SELECT {_COLUMNS} FROM positions WHERE person_id = ? ORDER BY until_on DESC, id DESC",
            (person_id,),
        )
        return [_held(row) for row in found]

    def _told(self, known: set[str]) -> Mapping[int, Sequence[News]]:
        """What the life events of one person each tell of where they work, oldest first."""
        told: dict[int, list[News]] = {}
        for person_id, name, day, text in self._connection.execute(_LIFE_EVENTS):
            news = read_news(text, name, date.fromisoformat(day), known.__contains__)
            if news is not None:
                told.setdefault(person_id, []).append(news)
        return told

    # Writing

    def forget(self, position_id: int) -> Change:
        """Take a position off: it never was one.

        Raises:
            StoreError: If it is no longer there.
        """
        with self._writer.act() as act:
            row = self._connection.execute(
                "SELECT name, positions.organisation FROM positions JOIN people ON people.id = person_id"
                " WHERE positions.id = ?",
                (position_id,),
            ).fetchone()
            if row is None:
                raise StoreError("That is no longer there. Nothing was changed.")
            act.delete("positions", position_id)
            act.label = f"took off that {row[0]} worked at {row[1]}"
        return act.change


def insert_position(act: Act, connection: sqlite3.Connection, person_id: int, position: Position) -> None:
    """Write a position that somebody held."""
    (place,) = connection.execute(
        "SELECT coalesce(max(position) + 1, 0) FROM positions WHERE person_id = ?", (person_id,)
    ).fetchone()
    act.insert(
        "positions",
        {
            "person_id": person_id,
            "position": place,
            "organisation": position.organisation,
            "title": position.title,
            "from_on": position.from_on.isoformat() if position.from_on else None,
            "until_on": position.until_on.isoformat() if position.until_on else None,
        },
    )


def note_left(act: Act, connection: sqlite3.Connection, person_id: int, left: Position) -> None:
    """Keep the position that somebody held until a day, since when the one before it ended.

    Nobody leaves two on a day: where one ended on it already, the one that is left now was a slip.
    """
    (last,) = connection.execute(
        "SELECT max(until_on) FROM positions WHERE person_id = ?", (person_id,)
    ).fetchone()
    since = date.fromisoformat(last) if last else None
    if since is not None and left.until_on is not None and since >= left.until_on:
        return
    insert_position(act, connection, person_id, replace(left, from_on=left.from_on or since))


_Row: TypeAlias = tuple[int, int, str, str, str | None, str | None]

_COLUMNS = "id, person_id, organisation, title, from_on, until_on"


def _held(row: _Row) -> Held:
    position_id, person_id, organisation, title, from_on, until_on = row
    position = Position(
        organisation,
        title,
        date.fromisoformat(from_on) if from_on else None,
        date.fromisoformat(until_on) if until_on else None,
    )
    return Held(person_id, position, position_id)


_LIFE_EVENTS = """
SELECT person_id, name, interactions.day, text
FROM interactions JOIN interaction_people ON interaction_id = interactions.id
    JOIN people ON people.id = person_id
WHERE interactions.kind = 'life event' AND archived = 0
    AND (SELECT count(*) FROM interaction_people WHERE interaction_id = interactions.id) = 1
ORDER BY interactions.day, interactions.id
"""
"""What happened in the life of one person alone: of two nobody could say who came or went."""
