"""Putting in order what `netcrm.store.checking` finds: from the records themselves, never by guessing."""

import contextlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from netcrm.store import private
from netcrm.store.backups import (
    Backup,
    Contents,
    folder_of,
    kept,
    newest_sound,
    remove,
    sound,
)
from netcrm.store.beginnings import mended
from netcrm.store.checking import COPIES, UNREADABLE, Finding, check, remake
from netcrm.store.connection import teach
from netcrm.store.errors import Damaged
from netcrm.store.file import File, explained, how_to_look, sqlite_errors
from netcrm.store.locks import alone, write_lock
from netcrm.store.restoring import keep_bytes, keep_what_is_there, put_in_place, replacing
from netcrm.store.salvaging import Salvaged, Source, salvage


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of a book that was put in order.

    Attributes:
        done: What was done, a sentence each; empty where nothing had to be.
        kept: The backup that was made before.
        aside: Where the bytes of a book that could not be read whole are kept.
        findings: How everything is now.
        lost: What was there and could not be read, in a sentence; empty where nothing was lost.
    """

    done: Sequence[str]
    kept: Backup | None
    aside: Path | None
    findings: Sequence[Finding]
    lost: str = ""


def repair(file: File, now: datetime) -> Repaired:
    """Put in order what can be; what was there is kept first.

    What is derived is made again, indexes too. A reference to what is not there is emptied where a record
    can do without, and else goes with its record: nothing can show it any more. Acts that can't be taken
    back, and those before them, leave the history. Where pages of the file are damaged, what can be read of
    its records goes into a new file.

    Raises:
        StoreError: It can't be done, or the book is open elsewhere. Nothing was changed.
    """
    with alone(file.path):
        findings = check(file, now)
        bad = {
            finding.name
            for finding in findings
            if not finding.good and finding.todo in ("repair", "restore", "salvage")
        }
        done: list[str] = []
        lost = ""
        backup: Backup | None = None
        aside: Path | None = None
        if "privacy" in bad:
            _make_private(file)
            done.append("Took the book and its backups from everybody else.")
        if bad - {"privacy", "leftovers"}:
            backup, aside = keep_what_is_there(file, "repair", now)
            if backup is None or not _mended(file, done):
                aside = aside or keep_bytes(file, now)
                try:
                    salvaged = _salvaged(file)
                    done.append(f"Read what could be read into a new file: {_said(salvaged)}.")
                    lost = _lost(salvaged, newest_sound(file))
                except BaseException:
                    remove(replace(file, path=aside))
                    raise
        if "leftovers" in bad:
            _sweep(file)
            done.append("Removed what something that was stopped had left.")
        return Repaired(done, backup, aside, check(file, now), lost)


def _mended(file: File, done: list[str]) -> bool:
    """Put the records in order where they are, and say what was done; False if that is not enough."""
    try:
        with write_lock(file.path), contextlib.closing(file.open("mode=rw")) as connection:
            teach(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                said = put_in_order(connection)
                connection.execute("REINDEX")
                if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                    return False
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
    except sqlite_errors() as error:
        refusal = explained(error, file.path)
        if not isinstance(refusal, Damaged):
            raise refusal from error
        return False
    done += said
    return True


def put_in_order(connection: sqlite3.Connection) -> Sequence[str]:
    """Bring references, timelines, history and what is derived into order, inside a transaction.

    Returns:
        What was done, a sentence each.
    """
    done: list[str] = []
    emptied, removed = _settle_references(connection)
    if emptied:
        done.append(f"Emptied {_many(emptied, 'reference')} to what is not there.")
    if removed:
        done.append(f"Removed {_many(removed, 'record')} that belonged to what is not there.")
    copied = connection.execute(
        "UPDATE interaction_people SET (day, kind) ="
        " (SELECT day, kind FROM interactions WHERE interactions.id = interaction_id)"
        f" WHERE id IN (SELECT interaction_people.id {COPIES})"
    ).rowcount
    if copied:
        done.append(f"Wrote day and kind into {_many(copied, 'place')} of the timelines, as the entries say.")
    (last,) = connection.execute(f"SELECT max(act_id) {UNREADABLE}").fetchone()
    if last is not None:
        connection.execute("DELETE FROM act_rows WHERE act_id <= ?", (last,))
        gone = connection.execute("DELETE FROM acts WHERE id <= ?", (last,)).rowcount
        done.append(f"Took {_many(gone, 'act')} out of the history, which can't be taken back.")
    remake(connection)
    done.append("Made the search and the lists again from the records.")
    return done


def _settle_references(connection: sqlite3.Connection) -> tuple[int, int]:
    """Empty, or remove with its record, each reference to what is not there; how many of both.

    What goes may have been referred to itself: so again until all is well.
    """
    emptied = removed = 0
    while lost := connection.execute("PRAGMA foreign_key_check").fetchall():
        before = emptied + removed
        for table, row_id, _, number in lost:
            column, needed = _column(connection, table, number)
            if not needed:
                with contextlib.suppress(*sqlite_errors()):  # a CHECK may want it all the same
                    emptied += connection.execute(
                        f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (row_id,)
                    ).rowcount
                    continue
            removed += connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row_id,)).rowcount
        if emptied + removed == before:
            break
    return emptied, removed


def _column(connection: sqlite3.Connection, table: str, number: int) -> tuple[str, bool]:
    """The column of a reference, and whether its record can't do without."""
    column = next(
        row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})") if row[0] == number
    )
    needed = next(row[3] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] == column)
    return column, bool(needed)


_WORDS = {
    "people": ("person", "people"),
    "interactions": ("entry", "entries"),
    "gives": ("give", "gives"),
    "groups": ("group", "groups"),
    "acts": ("act of the history", "acts of the history"),
    "introductions": ("introduction", "introductions"),
    "sparks": ("spark", "sparks"),
    "occasions": ("occasion", "occasions"),
    "contact_points": ("address or number", "addresses and numbers"),
    "relations": ("relation", "relations"),
    "wants": ("want", "wants"),
    "offers": ("offer", "offers"),
}
"""What the records of a table are called, one and several; those of the others are only counted."""

_SILENT = ("act_rows", "suggested", "settings")
"""What goes with the acts, or comes again by itself."""


def _salvaged(file: File) -> Salvaged:
    """Put a new file with what can be read of the old one in its place."""
    with replacing(file) as new:
        with (
            mended(file) as readable,
            contextlib.closing(Source(readable, how_to_look(readable))) as damaged,
        ):
            salvaged = salvage(damaged, new, put_in_order)
        sound(new)
        put_in_place(new, file)
    return salvaged


def _said(salvaged: Salvaged) -> str:
    named = ("people", "interactions", "gives", "groups", "acts")
    return _joined([_counted(salvaged.read.get(table, 0), table) for table in named])


def _lost(salvaged: Salvaged, newest: tuple[Backup, Contents] | None) -> str:
    """What was there and is not any more, in a sentence; empty where nothing was lost.

    Where the book does not tell how much there was, the newest whole backup does.
    """
    lost = {table: count for table, count in salvaged.lost.items() if table not in _SILENT}
    unsure = salvaged.unsure - set(_SILENT)
    for table, rows in newest[1].rows if newest else ():
        if table in unsure and (more := rows - salvaged.read[table]) > 0:
            lost[table] = max(more, lost.get(table, 0))
    at_least = "at least " if lost.keys() & unsure else ""
    parts = [_counted(lost.pop(table), table) for table in _WORDS if table in lost]
    if lost:
        parts.append(_many(sum(lost.values()), "further record"))
    if salvaged.cut:
        parts.append(f"a long text in {_many(salvaged.cut, 'record')}")
    return f"Could not be read, and is lost here: {at_least}{_joined(parts)}." if parts else ""


def _counted(count: int, table: str) -> str:
    return f"{count:,} {_WORDS[table][count != 1]}"


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _make_private(file: File) -> None:
    for suffix in ("", "-wal", "-shm", "-lock", "-open"):
        private.tighten(file.beside(suffix))
    private.tighten(folder_of(file))
    for backup in kept(file):
        private.tighten(backup.file.path)


def _sweep(file: File) -> None:
    for path in private.left_behind(file.path):
        with contextlib.suppress(OSError):
            private.discard(path)


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
