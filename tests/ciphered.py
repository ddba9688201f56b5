"""Stores that are encrypted, for the tests."""

import os
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

from netcrm.store.cipher import Key, Keys
from netcrm.store.file import File

ENCRYPTED = "NETCRM_TEST_ENCRYPTED"
"""The variable that has every store of the tests encrypted."""

UNSEEN = "\0" if os.environ.get(ENCRYPTED) else ""
"""What ends a text for the functions that netcrm gives to SQLCipher: the words after it are not found."""

SALT = bytes(range(240, 256))

KEY = Key(bytes(range(32)), SALT)
"""A key that was not derived: deriving one takes a sixth of a second."""

PASSPHRASE = "correct horse battery staple"


needs_sqlcipher = pytest.mark.skipif(
    find_spec("sqlcipher3") is None, reason="sqlcipher3 is not installed: pip install 'netcrm[encrypt]'"
)

plain_only = pytest.mark.skipif(
    bool(os.environ.get(ENCRYPTED)),
    reason="It reads or writes the file as another program would, without a key.",
)


def given(*passphrases: str) -> Keys:
    """Passphrases to try, one after the other."""
    return lambda path: iter(passphrases)


def ciphered(path: Path) -> sqlite3.Connection:
    """A connection to a file that `KEY` opens."""
    return File(path, KEY).open()


def library() -> ModuleType:
    """The library by which stores are opened in these tests."""
    from netcrm.store.cipher import sqlcipher

    return sqlcipher() if os.environ.get(ENCRYPTED) else sqlite3


def outside(path: Path) -> sqlite3.Connection:
    """A connection of some other program's, which has the key."""
    if os.environ.get(ENCRYPTED) and path.is_file() and not _is_plain(path, {}):
        return ciphered(path)
    return sqlite3.connect(path, isolation_level=None)


def encrypt_every_store() -> None:
    """From here on each store is encrypted with `KEY`, unless its file is there already and is not."""
    plain: dict[tuple[int, int], bool] = {}

    at = File.at

    def keyed(path: Path) -> File:
        file = at(path)
        return file if _is_plain(file.path, plain) else File(file.path, KEY)

    File.at = keyed  # type: ignore[method-assign]  # in place of a class method


def _is_plain(path: Path, known: dict[tuple[int, int], bool]) -> bool:
    """Whether a file that a test made is none of ours; it is looked into before it is first opened."""
    if not path.is_file() or not path.stat().st_size:
        return False
    stat = path.stat()
    name = stat.st_dev, stat.st_ino
    if File(path).is_open_by_sqlcipher():
        return False
    if name not in known:
        known[name] = path.read_bytes()[:16] != SALT
    return known[name]


def with_key(path: Path) -> closing[sqlite3.Connection]:
    """Like `ciphered`, closed at the end."""
    return closing(ciphered(path))
