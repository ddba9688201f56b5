"""Files whose beginning is damaged: what they were, and reading them with another beginning.

SQLite's first page says that it is SQLite's, and where the tables lie. Without its first hundred bytes
(sqlite.org/fileformat2.html, 1.3) a plain file looks as an encrypted one does.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from netcrm.store import private
from netcrm.store.backups import alone_in, folder_of, kept, newest_sound, remove
from netcrm.store.errors import StoreError
from netcrm.store.file import APPLICATION_ID, File, how_to_look, sqlite_errors

MAGIC = b"SQLite format 3\0"
"""How a plain file begins."""

PAGE_BYTES = 4096
"""How large a page is."""

_HEADER_BYTES = 100
"""How long the header is; the first page's records follow it."""

_LEAF, _INNER = 0x0D, 0x05
"""How a page of a table begins: one with records, and one that says on which pages they lie."""

_KINDS = (0x02, _INNER, 0x0A, _LEAF)
"""How a page of SQLite's begins that is no overflow; of noise one page in sixty-four does."""

_SCHEMA_BELOW = 1 << 24
"""Below which page a table is described; where that is noise, one is above it as a rule."""

_LOOKED_AT = 400
"""How many pages are looked at."""

_SHARE = 0.15
"""Of how many pages it has to be true: most of a book's are pages of tables and indexes."""


def was_plain(file: File) -> bool | None:
    """Whether a file whose beginning says nothing is a plain book, None if nothing tells.

    Its newest backup tells, for they are encrypted and decrypted together; else its other pages do.
    """
    for backup in kept(file):
        with contextlib.suppress(OSError):
            return _first_bytes(backup.file.path, len(MAGIC)) == MAGIC
    if file.is_open_by_sqlcipher():  # to read it and close it would drop its locks
        return None
    with contextlib.suppress(OSError):
        return True if _has_pages(file.path) else None
    return None


def _first_bytes(path: Path, count: int) -> bytes:
    with path.open("rb") as file:
        return file.read(count)


def _has_pages(path: Path) -> bool:
    """Whether the pages behind the first are SQLite's: each says how many records it has, and where."""
    pages = path.stat().st_size // PAGE_BYTES
    step = max(1, pages // _LOOKED_AT)
    looked = found = 0
    with path.open("rb") as file:
        for page in range(1, pages, step):
            file.seek(page * PAGE_BYTES)
            head = file.read(8)
            count, begins = int.from_bytes(head[3:5], "big"), int.from_bytes(head[5:7], "big")
            looked += 1
            found += head[0] in _KINDS and count * 2 < begins <= PAGE_BYTES and head[7] < 64
    return looked > 0 and found >= max(1, looked * _SHARE)


@contextlib.contextmanager
def mended(file: File) -> Iterator[File]:
    """A damaged plain book as it is, or, where its first page is, a copy of it with another one.

    The page is the newest whole backup's, which is a copy page by page: with it come the pages on which the
    tables are described. Without one only its header is made anew.

    Raises:
        StoreError: There is no room for the copy.
    """
    if file.key is not None or not _is_broken(file):
        yield file
        return
    with alone_in(folder_of(file)):
        scratch = replace(file, path=folder_of(file) / ".mended.part")
        remove(scratch)
        try:
            _copied(file, scratch)
            yield scratch
        except OSError as error:
            raise StoreError("There is no room for a copy of it. Make some, and try again.") from error
        finally:
            remove(scratch)


def _is_broken(file: File) -> bool:
    """Whether a file does not say where its tables are."""
    if file.path.stat().st_size < PAGE_BYTES:
        return False
    return _first_bytes(file.path, len(MAGIC)) != MAGIC or not _tells_its_tables(file)


def _tells_its_tables(file: File) -> bool:
    with contextlib.suppress(*sqlite_errors()), contextlib.closing(file.open(how_to_look(file))) as book:
        book.execute("PRAGMA writable_schema = ON")  # as in `netcrm.store.salvaging`
        return "people" in {name for name, _ in book.execute("SELECT name, sql FROM sqlite_master")}
    return False


def _copied(file: File, scratch: File) -> None:
    os.close(private.make_file(scratch.path))
    shutil.copyfile(file.path, scratch.path)
    found = newest_sound(file)
    with scratch.path.open("r+b") as copy:
        first = copy.read(PAGE_BYTES)
        begun = first.startswith(MAGIC)
        # What its own first page still says of the tables is newer.
        if found is not None and (begun or not _children(first)):
            with found[0].file.path.open("rb") as whole:
                first = whole.read(PAGE_BYTES)
                for page in _children(first):
                    for one in (whole, copy):
                        one.seek((page - 1) * PAGE_BYTES)
                    copy.write(whole.read(PAGE_BYTES))
        pages = copy.seek(0, os.SEEK_END) // PAGE_BYTES
        copy.seek(0)
        copy.write(_header(pages, file) + first[_HEADER_BYTES:])
    log = file.beside("-wal")
    if log.exists() and log.stat().st_size:
        shutil.copyfile(log, scratch.beside("-wal"))


def _children(first: bytes) -> list[int]:
    """The pages on which the tables are described, as the first one says; none where that is no such page."""
    if first[_HEADER_BYTES] != _INNER:
        return []
    count = int.from_bytes(first[_HEADER_BYTES + 3 : _HEADER_BYTES + 5], "big")
    cells = [_HEADER_BYTES + 12 + 2 * number for number in range(count)]
    if not cells or cells[-1] > PAGE_BYTES - 2:
        return []
    at = [int.from_bytes(first[cell : cell + 2], "big") for cell in cells]
    found = [int.from_bytes(first[cell : cell + 4], "big") for cell in at]
    found.append(int.from_bytes(first[_HEADER_BYTES + 8 : _HEADER_BYTES + 12], "big"))
    return found if all(1 < page <= _SCHEMA_BELOW for page in found) else []


def _header(pages: int, file: File) -> bytes:
    """A header for a book of this version (sqlite.org/fileformat2.html, 1.3)."""
    from netcrm.store.connection import SCHEMA_VERSION  # here, since it asks what a file was

    def number(value: int, size: int = 4) -> bytes:
        return value.to_bytes(size, "big")

    logged = 2 if file.beside("-wal").exists() else 1
    header = MAGIC + number(PAGE_BYTES, 2) + bytes((logged, logged, 0, 64, 32, 32))
    header += number(1) + number(pages)  # the change that the number of pages is of
    header += number(0) + number(0) + number(1) + number(4)  # no free pages, the schema's cookie and format
    header += number(0) + number(0) + number(1)  # no cache size, no vacuum, UTF-8
    header += number(SCHEMA_VERSION) + number(0) + number(APPLICATION_ID) + bytes(20)
    return header + number(1) + number(3_040_000)
