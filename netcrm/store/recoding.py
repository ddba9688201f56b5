"""Encrypting a file, decrypting it, and giving it another key: always the whole of it, with its backups.

Each file is copied into a new one with the new key, and the copy is opened afresh and compared, row by row.
Only when all copies stand is a sign set; from then on they take the places of the old files, which are
overwritten and removed. So whoever stops it, and whenever: without the sign the old files hold and the copies
go, with it the rest is done at the next opening, for which no key is needed.
"""

import contextlib
import errno
import glob
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from netcrm.store import private
from netcrm.store.backups import sweep
from netcrm.store.cipher import Key, Keys
from netcrm.store.connection import teach, unlocked, version_of
from netcrm.store.errors import Encrypted, StoreError, reason
from netcrm.store.file import FROZEN, READY, RECODING, File, explained, sqlite_code, sqlite_errors
from netcrm.store.locks import alone

_NEW, _OLD = f"{RECODING}-new", f"{RECODING}-old"
"""What a copy is called until it has its place, and what held the place before until that is overwritten."""

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What a file system says that gives no file a second name, such as a stick's."""


Content = dict[str, object]
"""All that a file holds: its schema and numbers, and of each table how many rows and a digest of them."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """What has the new key, or none, now.

    Attributes:
        file: The book.
        rows: How many rows were compared, those of the backups included.
        backups: How many backups.
        left: What else lies among the backups and stays as it was, since it is no book that could be opened.
    """

    file: File
    rows: int
    backups: int
    left: Sequence[Path]


def is_encrypted(path: Path) -> bool:
    """Whether a file is encrypted.

    Raises:
        StoreError: It is no netcrm file.
    """
    try:
        version_of(File.at(path))
    except Encrypted:
        return True
    return False


def recode(path: Path, keys: Keys | None, new: Callable[[], str] | None) -> Recoded:
    """Give a file and its backups a new key, or none.

    Args:
        path: The file; no `Store` may have it open.
        keys: Gives the passphrases to try, where it is encrypted.
        new: Gives the new passphrase, once the old one was right; None to decrypt.

    Raises:
        StoreError: It can't be done; nothing was changed then, unless the sentence says so.
    """
    book = unlocked(File.at(path), keys)
    key = Key.new(new()) if new else None
    with alone(book.path):
        settle_alone(book)
        version_of(book)
        sweep(book)
        backups, left = _backups(book)
        for file in (book, *backups):
            _has_one_name(file.path)
        begun, ready = book.beside(RECODING), book.beside(READY)
        with contextlib.ExitStack() as held:
            try:
                _touch(begun)
                rows = _copy(book, File(book.beside(_NEW), key), held)
                rows += sum(_copy(one, File(one.beside(_NEW), key), None) for one in backups)
                _touch(ready)
            except BaseException as error:
                held.close()
                if not _taken_back(book):
                    raise StoreError(
                        f"It could not be done now, nor taken back: {_why(error)}. {book.path} is whole, and"
                        " one of the two is finished when it is opened next."
                    ) from error
                if isinstance(error, OSError):
                    raise StoreError(
                        f"It could not be done: {reason(error)}. {book.path} is as it was."
                    ) from error
                raise
            _finish(book, held)
    return Recoded(replace(book, key=key), rows, len(backups), left)


def settle(book: File) -> str:
    """Bring to its end, or take back, what was stopped half-way.

    Returns:
        A sentence about it; empty where there was nothing.

    Raises:
        StoreError: Another program is at it.
    """
    with alone(book.path):
        return settle_alone(book)


def settle_alone(book: File) -> str:
    """As `settle`, for whoever has the file to themselves already."""
    if book.beside(READY).exists():  # alone too: the other is removed before it
        with contextlib.ExitStack() as nothing:
            _finish(book, nothing)
        return f"netcrm encrypt or decrypt had been stopped half-way for {book.path}. The rest is done now."
    if book.beside(RECODING).exists():
        try:
            _roll_back(book)
        except OSError as error:
            raise StoreError(
                f"netcrm encrypt or decrypt had been stopped half-way for {book.path}, and the copies it had"
                f" made can't be removed: {reason(error)}. The file itself is as it was."
            ) from error
        return (
            f"netcrm encrypt or decrypt had been stopped half-way for {book.path}. The file is as it was, and"
            " what had been begun is gone."
        )
    return ""


def _backups(book: File) -> tuple[Sequence[File], Sequence[Path]]:
    """The backups, each with the key that it has, and what could not be opened."""
    found, left = [], []
    for path in _copies_of(book, ""):
        for file in (book.alike(path), File(path)):
            with contextlib.suppress(StoreError):
                if version_of(file):
                    found.append(file)
                    break
        else:
            left.append(path)
    taken = {file.path for file in found}
    with contextlib.suppress(OSError):
        left += [
            path
            for path in sorted(book.beside("-backups").iterdir())
            if path not in taken and path not in left and path.is_file()
        ]
    return found, left


def _copies_of(book: File, suffix: str) -> Iterator[Path]:
    """The files among the backups, and beside the book, that end so."""
    folder = book.beside("-backups")
    older = f"{glob.escape(book.path.name)}-v*.bak{suffix}"
    for path in (*sorted(folder.glob(f"*.db{suffix}")), *sorted(book.path.parent.glob(older))):
        if path.is_file() and not path.is_symlink():
            yield path


def _has_one_name(path: Path) -> None:
    """Refuse a file that has another name elsewhere: what is overwritten here would be gone there too."""
    if path.stat().st_nlink > 1:
        raise StoreError(
            f"{path} has a second name, a hard link, under which it would stay as it is or be lost."
            " Take that away first. Nothing was changed."
        )


def copy_across(source: File, copy: File) -> None:
    """Copy a file that nobody writes to into a new one with another key, or none, and compare the two.

    Raises:
        StoreError: It could not be done; nothing is left of the copy.
    """
    try:
        _copy(source, copy, None)
    except BaseException:
        if copy.path.exists():
            private.wipe(copy.path)
        raise


def _copy(file: File, copy: File, held: contextlib.ExitStack | None) -> int:
    """Copy a file into a new one with another key, and compare the two.

    Args:
        file: The file.
        copy: The new one, which is not there yet.
        held: Keeps the book locked until its copy is in its place; None for what nobody writes to.

    Returns:
        How many rows were compared.
    """
    os.close(private.make_file(copy.path))
    logged = file.beside("-wal").exists()
    with contextlib.ExitStack() as stack:
        try:
            how = "" if held is not None or logged else FROZEN
            source = file.open(how, by_sqlcipher=True)
            (stack if held is None else held).callback(source.close)
            teach(source)
            if source.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise _damaged(file.path)
            if held is not None:
                _end_log(source, file)
            _export(source, copy)
            if held is not None:
                source.execute("BEGIN EXCLUSIVE")
            here = _content(source)
            with contextlib.closing(copy.open("mode=ro")) as afresh:
                teach(afresh)
                there = _content(afresh)
                wrong = [*_wrong(afresh, copy.key)]
        except sqlite_errors() as error:
            if sqlite_code(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                raise _damaged(file.path) from error
            raise explained(error, file.path) from error
    if wrong or here != there:
        raise StoreError(
            f"The copy of {file.path} was not the same, or another program was writing. Nothing was changed:"
            " try again in a moment."
        )
    private.sync(copy.path)
    return sum(rows for rows, _ in _counts(here))


def _damaged(path: Path) -> StoreError:
    return StoreError(
        f"{path} is damaged, and can't be given another key. Repair it, or take it away, first. Nothing was"
        " changed."
    )


def _end_log(source: sqlite3.Connection, file: File) -> None:
    """Bring all that a book says into its one file, for which nobody may have it open; overwrite its log."""
    with contextlib.ExitStack() as stack:
        log = None
        if file.key is None:
            with contextlib.suppress(FileNotFoundError):
                log = os.open(file.beside("-wal"), os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
                stack.callback(os.close, log)
        (mode,) = source.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise StoreError(f"Another program has {file.path} open. Close it first; nothing was changed.")
        if log is not None:
            private.overwrite(log)


def _export(source: sqlite3.Connection, copy: File) -> None:
    """Copy all that a connection's file holds (zetetic.net/sqlcipher/sqlcipher-api, ``sqlcipher_export``)."""
    literal = copy.key.literal() if copy.key else ""
    source.execute("ATTACH ? AS recoded KEY ?", (str(copy.path), literal))
    source.execute("PRAGMA recoded.journal_mode = OFF")  # until it has its place, nobody needs it
    source.execute("PRAGMA recoded.synchronous = OFF")
    source.execute("BEGIN")
    source.execute("SELECT sqlcipher_export('recoded')").fetchone()
    for name in ("application_id", "user_version"):
        (value,) = source.execute(f"PRAGMA main.{name}").fetchone()
        source.execute(f"PRAGMA recoded.{name} = {value}")
    source.execute("COMMIT")
    source.execute("DETACH recoded")


def _content(connection: sqlite3.Connection) -> Content:
    """All that a file holds, the tables in which FTS5 keeps its words included."""
    connection.text_factory = bytes
    try:
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        content: Content = {"schema": sorted(schema, key=repr)}
        for name in ("application_id", "user_version"):
            content[name] = connection.execute(f"PRAGMA {name}").fetchone()
        for kind, name, _, sql in schema:
            if kind == b"table" and not sql.startswith(b"CREATE VIRTUAL"):
                content[f"table {name.decode()}"] = _digest(connection, name.decode())
    finally:
        connection.text_factory = str
    return content


def _digest(connection: sqlite3.Connection, table: str) -> tuple[int, int]:
    """How many rows a table has, and the sum of their digests, which does not depend on their order."""
    quoted = '"' + table.replace('"', '""') + '"'
    columns = "*"
    with contextlib.suppress(*sqlite_errors()):
        connection.execute(f"SELECT rowid FROM {quoted} LIMIT 1")
        columns = "rowid, *"
    rows, total = 0, 0
    for row in connection.execute(f"SELECT {columns} FROM {quoted}"):
        rows += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest(), "big")
    return rows, total % (1 << 256)


def _counts(content: Content) -> Iterator[tuple[int, int]]:
    for value in content.values():
        if isinstance(value, tuple) and len(value) == 2:
            yield value


def _wrong(afresh: sqlite3.Connection, key: Key | None) -> Iterator[object]:
    """What a new file says is wrong with it."""
    yield from (row for row in afresh.execute("PRAGMA integrity_check") if row != ("ok",))
    if key is not None:
        yield from afresh.execute("PRAGMA cipher_integrity_check")


def _taken_back(book: File) -> bool:
    """Take the sign away, if it was set, and then the copies; False where that is left to the next opening.

    It must be gone from the disk before a copy is overwritten: with it that would take the file's place.
    """
    try:
        book.beside(READY).unlink(missing_ok=True)
        private.sync(book.path.parent)
        _roll_back(book)
    except OSError:
        return False
    return True


def _why(error: BaseException) -> str:
    return reason(error) if isinstance(error, OSError) else str(error).rstrip(".")


def _roll_back(book: File) -> None:
    """Take the copies away; overwritten, since of an encrypted file they are plain."""
    for path in _left_over(book, _NEW):
        private.wipe(path)
    book.beside(RECODING).unlink(missing_ok=True)
    private.sync(book.path.parent)


def _finish(book: File, held: contextlib.ExitStack) -> None:
    try:
        _roll_forward(book, held)
    except OSError as error:
        raise StoreError(
            f"All has its new key, but an old file could not be overwritten or removed: {reason(error)}."
            f" That is tried again when {book.path} is opened next."
        ) from error


def _roll_forward(book: File, held: contextlib.ExitStack) -> None:
    """Put the copies into their places, and overwrite what was there."""
    for path in _left_over(book, _NEW):
        _replace(path.with_name(path.name.removesuffix(_NEW)), path)
    held.close()
    for path in _left_over(book, _OLD):
        place = path.with_name(path.name.removesuffix(_OLD))
        if place.exists() and place.samefile(path):
            path.unlink()
        else:
            private.wipe(path)
        private.sync(path.parent)
    for name in (RECODING, READY):  # the sign last: without it the other says that nothing has been done
        book.beside(name).unlink(missing_ok=True)
        private.sync(book.path.parent)


def _left_over(book: File, suffix: str) -> Sequence[Path]:
    """The files with a name for the time being: the book's first."""
    own = book.beside(suffix)
    return [*([own] if own.exists() else []), *_copies_of(book, suffix)]


def _replace(place: Path, new: Path) -> None:
    """Put a new file into a place, at once; what was there keeps a name until it is overwritten."""
    old = place.with_name(place.name + _OLD)
    try:
        if not old.exists():
            os.link(place, old)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        place.rename(old)
    private.sync(place.parent)
    new.replace(place)
    private.sync(place.parent)


def _touch(path: Path) -> None:
    """Make an empty file that is there after a power cut too."""
    os.close(private.make_file(path))
    private.sync(path)
    private.sync(path.parent)
