"""Forgetting someone for good: out of every table, the search pages, the history and, if asked, the backups.

SQLite keeps what was deleted in pages it has no use for, FTS5 in its segments, the log of writes beside the
file: so the search pages are optimised, the file is written anew and its log is cut, before it is said to be
done (sqlite.org/pragma.html#pragma_secure_delete, sqlite.org/fts5.html, 6.4, sqlite.org/lang_vacuum.html).
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from netcrm.domain.text import words
from netcrm.domain.values import dataclass
from netcrm.store import backups, private
from netcrm.store.connection import SCHEMA_VERSION, connect
from netcrm.store.derived import refresh
from netcrm.store.errors import StoreError
from netcrm.store.file import File, explained, sqlite_errors
from netcrm.store.locks import alone, write_lock
from netcrm.store.standing import Standing
from netcrm.store.write import Act, Writer

_OWN = ("contact_points", "occasions", "wants", "offers", "further_fields", "imported_records", "positions")
"""Tables of what is said of a person alone."""

_LINKS = ("person_tags", "group_members")
"""Tables that tie a person to what stays."""

_TEXTS = (
    ("note", "SELECT people.name FROM people WHERE {} AND id != ?", "people.note || ' ' || people.met"),
    ("entry", "SELECT day FROM interactions WHERE {} AND 0 != ?", "text"),
    (
        "give",
        "SELECT people.name FROM gives JOIN people ON people.id = person_id WHERE {} AND person_id != ?",
        "words",
    ),
    (
        "relation",
        "SELECT people.name FROM relations JOIN people ON people.id = person_id"
        " WHERE {} AND other_id IS NULL AND person_id != ?",
        "relations.name",
    ),
    ("spark", "SELECT title FROM sparks WHERE {} AND 0 != ?", "title || ' ' || text"),
    ("group", "SELECT name FROM groups WHERE {} AND 0 != ?", "name || ' ' || note"),
    ("question", "SELECT text FROM group_questions WHERE {} AND 0 != ?", "text || ' ' || answer"),
)
"""Where else a person may be named: what it is, a query of where that stands, and the text it looks at."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What there is of someone, before it is forgotten.

    Attributes:
        alone: How many entries are about them alone: those go.
        shared: How many others took part in as well: those stay, without them.
        gives: How many gives were or are for them.
        backups: How many backups there are, which may hold them too.
        named: Where else they are named, and stay so: what it is, and whose or of which day.
    """

    person_id: int
    uuid: str
    name: str
    alone: int
    shared: int
    gives: int
    backups: int
    named: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of it.

    Attributes:
        cleaned: How many backups they were taken out of.
        removed: How many backups were removed whole, since they could not be cleaned.
    """

    cleaned: int = 0
    removed: int = 0


def reach(connection: sqlite3.Connection, file: File, person_id: int) -> Reach:
    """What there is of someone.

    Raises:
        StoreError: If they are not there.
    """
    row = connection.execute("SELECT uuid, name FROM people WHERE id = ?", (person_id,)).fetchone()
    if row is None:
        raise StoreError("That person is no longer there. Nothing was changed.")
    uuid, name = row
    alone_in, all_of_them = len(_alone(connection, person_id)), _count(connection, _TOOK_PART, person_id)
    return Reach(
        person_id=person_id,
        uuid=uuid,
        name=name,
        alone=alone_in,
        shared=all_of_them - alone_in,
        gives=_count(connection, "SELECT count(*) FROM gives WHERE person_id = ?", person_id),
        backups=len(backups.kept(file)),
        named=tuple(_named(connection, person_id, name)),
    )


def forget(file: File, uuid: str, clock: Callable[[], datetime], *, from_backups: bool) -> Forgotten:
    """Forget someone for good. It can't be taken back, and neither can anything that was done before it.

    Args:
        file: The book; nobody may have it open.
        uuid: Whose.
        clock: Tells the time.
        from_backups: Take them out of the backups as well.

    Raises:
        StoreError: If the book is open elsewhere, they are not there, or the disk could not take it.
    """
    with alone(file.path):
        _forget_in(file, uuid, clock)
        return _forget_in_backups(file, uuid, clock) if from_backups else Forgotten()


def _forget_in(file: File, uuid: str, clock: Callable[[], datetime], *, in_history: bool = False) -> None:
    """Forget someone in one file; of whom only its history may know, where that is said."""
    connection = connect(file, clock)
    try:
        with contextlib.closing(connection):
            row = connection.execute("SELECT id FROM people WHERE uuid = ?", (uuid,)).fetchone()
            if row is None and not in_history:
                raise StoreError("That person is no longer there. Nothing was changed.")
            with Writer(connection, file, clock, Standing(file)).unrecorded() as act:
                _Forgetting(act, connection, row[0] if row else 0, uuid).run()
                refresh(connection, act.touched)
            with write_lock(file.path):
                _write_anew(connection)
    except sqlite_errors() as error:
        raise explained(error, file.path) from error


def _write_anew(connection: sqlite3.Connection) -> None:
    """Leave nothing of what was deleted: in the search pages, in free pages, in the log of writes."""
    connection.execute("PRAGMA temp_store = MEMORY")  # what is written anew passes through no other file
    for table in ("people_fts", "people_matter", "timeline_fts"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _forget_in_backups(file: File, uuid: str, clock: Callable[[], datetime]) -> Forgotten:
    """Take them out of each backup that has them; what can't be opened, such as an old log, is removed."""
    cleaned = removed = 0
    folder = backups.folder_of(file)
    with backups.alone_in(folder):
        for backup in backups.kept(file):
            if not _holds(backup.file, uuid):
                continue
            try:
                _clean(backup.file, uuid, clock)
                cleaned += 1
            except StoreError:
                private.wipe(backup.file.path)
                removed += 1
        known = {backup.file.path for backup in backups.kept(file)}
        for path in [path for path in folder.iterdir() if path not in known]:
            if path.is_file() and not path.is_symlink():
                private.wipe(path)
                removed += 1
        private.sync(folder)
    return Forgotten(cleaned, removed)


def _clean(backup: File, uuid: str, clock: Callable[[], datetime]) -> None:
    """Make a backup without them, put it in the place of the one with them, and overwrite that."""
    part = replace(backup, path=backup.path.with_name(f".{backup.path.name}.part"))
    try:
        with contextlib.closing(backup.open(backups.FROZEN)) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
                raise StoreError(f"{backup.path.name} is of an older netcrm.")
            backups.copy(connection, part)
        _forget_in(part, uuid, clock, in_history=True)
        with contextlib.closing(part.open()) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        backups.sound(part)
        descriptor = os.open(backup.path, os.O_RDWR | os.O_CLOEXEC)
        try:
            part.path.replace(backup.path)
            private.overwrite(descriptor)
        finally:
            os.close(descriptor)
    except sqlite_errors(OSError) as error:
        raise StoreError(f"{backup.path.name} could not be cleaned.") from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal", "-lock", "-open"):
            part.beside(suffix).unlink(missing_ok=True)


def _holds(backup: File, uuid: str) -> bool:
    """Whether a backup has them, or can't be asked; those taken out by an undo are in its history still."""
    try:
        with contextlib.closing(backup.open(backups.FROZEN)) as connection:
            found = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM people WHERE uuid = ?1)"
                " OR EXISTS (SELECT 1 FROM act_rows WHERE instr(before, ?1) OR instr(after, ?1))",
                (uuid,),
            )
            return bool(found.fetchone()[0])
    except sqlite_errors():
        return True


class _Forgetting:
    """One forgetting under way, in a transaction.

    Args:
        act: An act that is not recorded.
        connection: The connection it is on.
        person_id: Whom.
        uuid: Their UUID.
    """

    def __init__(self, act: Act, connection: sqlite3.Connection, person_id: int, uuid: str) -> None:
        self._act = act
        self._connection = connection
        self._person = person_id
        self._uuid = uuid

    def run(self) -> None:
        """Take everything out; of whom there is no record any more, what other records say."""
        if self._person:
            self._take_out_person()
        self._connection.execute("DELETE FROM suggested WHERE instr(key, ?)", (self._uuid,))
        self._connection.execute("DELETE FROM settings WHERE instr(name, ?)", (self._uuid,))
        # The history holds what records said before, and names in its labels: none of it can stay.
        self._connection.execute("DELETE FROM acts")

    def _take_out_person(self) -> None:
        act, person = self._act, self._person
        for (key,) in self._rows("SELECT id FROM gives WHERE person_id = ?", person):
            act.delete("gives", key)
        self._take_out_introductions()
        self._take_out_entries()
        for (key,) in self._rows(
            "SELECT id FROM gives WHERE occasion_id IN (SELECT id FROM occasions WHERE person_id = ?)", person
        ):
            act.update("gives", key, {"occasion_id": None})
        for table in (*_OWN, *_LINKS):
            for (key,) in self._rows(f"SELECT id FROM {table} WHERE person_id = ?", person):
                act.delete(table, key)
        for (key,) in self._rows("SELECT id FROM relations WHERE ? IN (person_id, other_id)", person):
            act.delete("relations", key)
        for (key,) in self._rows("SELECT id FROM people WHERE introduced_by = ?", person):
            act.update("people", key, {"introduced_by": None})
        act.delete("people", person)
        for (key,) in self._rows(
            "SELECT id FROM tags WHERE cadence IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM person_tags WHERE tag_id = tags.id)"
            " AND NOT EXISTS (SELECT 1 FROM interaction_tags WHERE tag_id = tags.id)"
        ):
            act.delete("tags", key)

    def _rows(self, query: str, *values: object) -> list[tuple[int]]:
        return self._connection.execute(query, values).fetchall()

    def _take_out_introductions(self) -> None:
        """Their introductions go, and what waits for the other side because of one."""
        for (key,) in self._rows("SELECT id FROM introductions WHERE ? IN (one_id, other_id)", self._person):
            for (give,) in self._rows(
                "SELECT id FROM gives WHERE introduction_id = ? AND state IN ('queued', 'snoozed')", key
            ):
                self._act.delete("gives", give)
            for (give,) in self._rows("SELECT id FROM gives WHERE introduction_id = ?", key):
                self._act.update("gives", give, {"introduction_id": None})
            self._act.delete("introductions", key)

    def _take_out_entries(self) -> None:
        """What is about them alone goes; what others took part in stays, without them."""
        only_theirs = _alone(self._connection, self._person)
        for (key,) in self._rows("SELECT id FROM interaction_people WHERE person_id = ?", self._person):
            self._act.delete("interaction_people", key)
        for entry in only_theirs:
            for (give,) in self._rows("SELECT id FROM gives WHERE interaction_id = ?", entry):
                self._act.update("gives", give, {"interaction_id": None})
            for (link,) in self._rows("SELECT id FROM interaction_tags WHERE interaction_id = ?", entry):
                self._act.delete("interaction_tags", link)
            self._act.delete("interactions", entry)


_TOOK_PART = "SELECT count(*) FROM interaction_people WHERE person_id = ?"


def _alone(connection: sqlite3.Connection, person_id: int) -> Sequence[int]:
    """The entries that are about someone alone."""
    found = connection.execute(
        "SELECT interaction_id FROM interaction_people AS ip WHERE person_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM interaction_people WHERE interaction_id = ip.interaction_id AND person_id != ?)",
        (person_id, person_id),
    )
    return [key for (key,) in found]


def _named(connection: sqlite3.Connection, person_id: int, name: str) -> Iterator[tuple[str, str]]:
    """Where else the words of a name stand together; entries that are about them alone aside."""
    said = " ".join(words(name))
    if not said:
        return
    going = set(_alone(connection, person_id))
    for kind, query, text in _TEXTS:
        if kind == "entry":
            found = connection.execute(
                "SELECT id, day FROM timeline_fts JOIN interactions ON id = timeline_fts.rowid"
                " WHERE timeline_fts MATCH ? ORDER BY day DESC",
                (f'text : "{said}"',),
            )
            yield from ((kind, day) for key, day in found.fetchall() if key not in going)
            continue
        where = f"instr(' ' || folded_words({text}) || ' ', ?)"
        for (whose,) in connection.execute(query.format(where), (f" {said} ", person_id)).fetchall():
            yield kind, whose


def _count(connection: sqlite3.Connection, query: str, person_id: int) -> int:
    return int(connection.execute(query, (person_id,)).fetchone()[0])
