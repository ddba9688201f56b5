"""Forgetting someone for good: out of every table, the search pages, the history and, if asked, the backups.

SQLite keeps what was deleted in pages it has no use for, FTS5 in its segments, the log of writes beside the
file: so the search pages are optimised, the file is written anew and its log is cut, before it is said to be
done (sqlite.org/pragma.html#pragma_secure_delete, sqlite.org/fts5.html, 6.4, sqlite.org/lang_vacuum.html).

Before anything else a mark is set in the book, which names nobody, and it goes when all is done: whoever
opens the book meanwhile, after a kill or on a disk that was full, goes on where it ended.
"""

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime

from netcrm.domain.text import words
from netcrm.domain.values import dataclass
from netcrm.store import backups, private
from netcrm.store.connection import FORGETTING, connect
from netcrm.store.errors import StoreError, reason
from netcrm.store.file import File, sqlite_code, sqlite_errors
from netcrm.store.locks import alone
from netcrm.store.merging import merged_into
from netcrm.store.out_of_backups import Left, clean, going_whole, room_needed
from netcrm.store.standing import Standing
from netcrm.store.taking_out import TOOK_PART, cut_log, entries_alone, take_out, write_anew
from netcrm.store.write import Writer

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
        whole: Which backups can't be cleaned, and would go whole, where that was asked for.
    """

    person_id: int
    uuid: str
    name: str
    alone: int
    shared: int
    gives: int
    backups: int
    named: tuple[tuple[str, str], ...]
    whole: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it.

    Attributes:
        cleaned: How many backups they were taken out of.
        gone: Which backups were removed whole, and why they could not be cleaned.
        left: Which backups may have them still, and why. The mark stays, and they are tried again.
    """

    cleaned: int = 0
    gone: tuple[Left, ...] = ()
    left: tuple[Left, ...] = ()


class Unfinished(StoreError):
    """It was begun and is not done; the mark is there, and it goes on when the book is opened next."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a forgetting has come, as the book itself remembers it; it bears no name.

    Attributes:
        uuids: Theirs, and those of whoever was merged into them.
        in_backups: Whether the backups are to lose them as well.
        whole: The names of the backups that may go whole.
        stage: begun; out, when they are out of the rows; anew, when nothing of that can be read any more.
        left: The names of the backups that are left to be done; none for all.
    """

    uuids: tuple[str, ...]
    in_backups: bool
    whole: tuple[str, ...]
    stage: str = "begun"
    left: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the setting is called that holds it."""
        return FORGETTING + self.uuids[0]

    def text(self) -> str:
        """What the setting says."""
        return json.dumps([self.uuids, self.in_backups, self.whole, self.stage, self.left])

    @classmethod
    def read(cls, text: str) -> "_Mark":
        """What a setting said."""
        uuids, in_backups, whole, stage, left = json.loads(text)
        return cls(tuple(uuids), in_backups, tuple(whole), stage, tuple(left))


def reach(connection: sqlite3.Connection, file: File, person_id: int, *, in_backups: bool = False) -> Reach:
    """What there is of someone.

    Args:
        connection: An open connection to the book.
        file: The book.
        person_id: Who.
        in_backups: Look for backups that can't be cleaned, too: all of them are read.

    Raises:
        StoreError: If they are not there.
    """
    row = connection.execute("SELECT uuid, name FROM people WHERE id = ?", (person_id,)).fetchone()
    if row is None:
        raise StoreError("That person is no longer there. Nothing was changed.")
    uuid, name = row
    alone_in, all_of_them = (
        len(entries_alone(connection, person_id)),
        _count(connection, TOOK_PART, person_id),
    )
    uuids = (uuid, *merged_into(connection, uuid))
    return Reach(
        person_id=person_id,
        uuid=uuid,
        name=name,
        alone=alone_in,
        shared=all_of_them - alone_in,
        gives=_count(connection, "SELECT count(*) FROM gives WHERE person_id = ?", person_id),
        backups=len(backups.kept(file)),
        named=tuple(_named(connection, person_id, name)),
        whole=tuple(going_whole(file, uuids)) if in_backups else (),
    )


def forget(
    file: File,
    uuid: str,
    clock: Callable[[], datetime],
    *,
    from_backups: bool,
    whole: Collection[str] = (),
) -> Outcome:
    """Forget someone for good. It can't be taken back, and neither can anything that was done before it.

    Args:
        file: The book; nobody may have it open.
        uuid: Whose.
        clock: Tells the time.
        from_backups: Take them out of the backups as well.
        whole: The names of the backups that may be removed whole where they can't be cleaned.

    Raises:
        Unfinished: It was begun, and could not be brought to its end.
        StoreError: If the book is open elsewhere, they are not there, or there is no room for it. Nothing was
            changed then.
    """
    with alone(file.path):
        with contextlib.closing(connect(file, clock)) as connection:
            if not connection.execute("SELECT 1 FROM people WHERE uuid = ?", (uuid,)).fetchone():
                raise StoreError("That person is no longer there. Nothing was changed.")
            uuids = (uuid, *merged_into(connection, uuid))
            mark = _Mark(uuids, from_backups, tuple(sorted(whole)) if from_backups else ())
            _need_room(file, mark)
            _write(mark, connection, file, clock)
        return _go_on(mark, file, clock)


def finish(file: File, clock: Callable[[], datetime]) -> str:
    """Bring to its end whatever was begun and stopped; nobody may have the book open.

    Returns:
        A sentence about it; that it could not be done included.
    """
    done: list[Left] = []
    left: list[Left] = []
    try:
        with alone(file.path):
            with contextlib.closing(connect(file, clock)) as connection:
                marks = [_Mark.read(text) for text in _marks(connection)]
            for mark in marks:
                _need_room(file, mark)
                it = _go_on(mark, file, clock)
                done += it.gone
                left += it.left
    except Unfinished as error:
        return f"Forgetting somebody is not done yet. {error}"
    except StoreError as error:
        return f"Forgetting somebody was stopped half-way, and is not done yet. {error}"
    if left:
        return said_of_left(left)
    return "Forgetting somebody had been stopped half-way. The rest is done now: they are gone, for good."


def said_of_left(left: Collection[Left]) -> str:
    """Which backups could not be cleaned, and what to do, in a sentence."""
    one = len(left) == 1
    listed = ", ".join(f"{each.path} ({each.why})" for each in left)
    return (
        f"{'One backup' if one else 'Some backups'} may still hold whom you had taken out, since"
        f" {'it' if one else 'they'} could not be cleaned: {listed}. Mend that, or remove"
        f" {'it' if one else 'them'}; then netcrm forget does the rest."
    )


def _need_room(file: File, mark: _Mark) -> None:
    """Ask for room before anything is done: half done is what one would not want to be.

    Raises:
        StoreError: There is none.
    """
    try:
        size = file.path.stat().st_size
        needed = 2 * size if mark.stage != "anew" else 0
        if mark.in_backups:
            needed = max(needed, room_needed(file)) + room_needed(file) // 2
        free = shutil.disk_usage(file.path.parent).free
    except OSError as error:
        raise StoreError(f"{file.path} can't be read: {reason(error)}.") from error
    if free < needed:
        raise StoreError(
            f"The disk has no room to do it: {needed / 1e6:,.1f} MB have to be free at {file.path.parent}."
            " Make some first; nothing was changed."
        )


def _go_on(mark: _Mark, file: File, clock: Callable[[], datetime]) -> Outcome:
    """Do what is left to be done: the backups first, since the book tells who is to be found in them.

    Raises:
        Unfinished: It could not be brought to its end.
    """
    done = Outcome()
    try:
        left = _wipe_left_behind(file)
        if mark.in_backups:
            try:
                cleaned, gone, stay = clean(file, mark.uuids, clock, mark.whole, mark.left)
                done = Outcome(cleaned, tuple(gone), (*left, *stay))
            except StoreError as error:
                done = Outcome(left=(Left(backups.folder_of(file), str(error).rstrip(".")),))
        else:
            done = Outcome(left=tuple(left))
        with contextlib.closing(connect(file, clock)) as connection:
            if mark.stage == "begun":
                with Writer(connection, file, clock, Standing(file)).unrecorded() as act:
                    take_out(act, connection, mark.uuids)
                    out = replace(mark, stage="out")
                    act.insert("settings", {"name": out.name, "value": out.text()})
                mark = out
            if mark.stage == "out":
                write_anew(connection, file)
                mark = replace(mark, stage="anew")
            if done.left:
                all_of_them = any(one.path == backups.folder_of(file) for one in done.left)
                names = () if all_of_them else tuple(one.path.name for one in done.left)
                _write(replace(mark, left=names), connection, file, clock)
            else:
                _remove(mark, connection, file, clock)
            cut_log(connection)
    except sqlite_errors(OSError, StoreError) as error:
        raise _unfinished(mark, error) from error
    return done


def _unfinished(mark: _Mark, error: BaseException) -> Unfinished:
    """The sentence for what failed on the way."""
    cause = error.__cause__ if isinstance(error, StoreError) and error.__cause__ else error
    code = sqlite_code(cause)
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")) or isinstance(cause, OSError):
        why = "the disk could not take it. Make room"
    elif code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        why = "another program has the file open. Close it"
    else:
        why = f"the file could not be written ({code or type(cause).__name__}). See what netcrm check says"
    where = {
        "begun": "They are in the book still",
        "out": "They are out of the book, but what was deleted may be in its file still",
        "anew": "They are out of the book; all but the last step is done",
    }[mark.stage]
    return Unfinished(f"{where}: {why}; then netcrm forget, or any other command, does the rest.")


def _wipe_left_behind(file: File) -> list[Left]:
    """Wipe what something that was killed has left beside the book and among its backups."""
    left = []
    for path in private.left_behind(file.path):
        try:
            private.discard(path)
        except OSError as error:
            left.append(Left(path, reason(error)))
    return left


def _marks(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT value FROM settings WHERE name LIKE ? ORDER BY id", (f"{FORGETTING}%",)
    ).fetchall()
    return [text for (text,) in found]


def _write(mark: _Mark, connection: sqlite3.Connection, file: File, clock: Callable[[], datetime]) -> None:
    """Write a mark, in the place of what it said before."""
    with Writer(connection, file, clock, Standing(file)).unrecorded() as act:
        connection.execute("DELETE FROM settings WHERE name = ?", (mark.name,))
        act.insert("settings", {"name": mark.name, "value": mark.text()})


def _remove(mark: _Mark, connection: sqlite3.Connection, file: File, clock: Callable[[], datetime]) -> None:
    with Writer(connection, file, clock, Standing(file)).unrecorded():
        connection.execute("DELETE FROM settings WHERE name = ?", (mark.name,))


def _named(connection: sqlite3.Connection, person_id: int, name: str) -> Iterator[tuple[str, str]]:
    """Where else the words of a name stand together; entries that are about them alone aside."""
    said = " ".join(words(name))
    if not said:
        return
    going = set(entries_alone(connection, person_id))
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
