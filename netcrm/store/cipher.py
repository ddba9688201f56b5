"""Encryption at rest, by SQLCipher: keys, and finding out whether one opens a file.

SQLCipher encrypts each page of a file with AES-256 and signs it (zetetic.net/sqlcipher/design). The library
is imported for the first encrypted file and never for a plain one, whose opening it would make slower.
"""

import contextlib
import hashlib
import os
import secrets
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from netcrm.store.errors import NoCipher, StoreError
from netcrm.store.file import FROZEN, File, explained, sqlite_errors

Keys = Callable[[Path], Iterable[str]]
"""Gives the passphrases to try for a file, one after the other until one opens it; a prompt gives several."""

PAGE_BYTES = 4096
"""How large a page is (``cipher_page_size``): what SQLCipher 4 and SQLite both begin with."""

_SALT_BYTES = 16
"""How much of the file's beginning is its salt (``cipher_salt``); a plain file has SQLite's name there."""

_KEY_BYTES = 32
"""A key of AES-256."""

_ROUNDS = 256_000
"""How often SQLCipher 4 hashes a passphrase (``kdf_iter``), so that other programs can open the file too."""

_DISTINCT_LEAST = 6
"""How many different bytes a salt has at least: of 16 by chance fewer would be one in 10^16."""


class Key:
    """What opens a file: made from a passphrase once, which takes a sixth of a second, and then used.

    It says nothing of itself to whoever prints it, and can't be pickled. All copies of a file have its salt,
    and so its key.

    Args:
        key: The key of AES-256.
        salt: The file's first bytes.
    """

    __slots__ = ("_key", "_salt")

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        self._salt = salt

    @classmethod
    def of(cls, passphrase: str, salt: bytes) -> "Key":
        """The key that SQLCipher makes of a passphrase: PBKDF2 with HMAC-SHA512 (RFC 8018)."""
        said = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
        return cls(hashlib.pbkdf2_hmac("sha512", said, salt, _ROUNDS, _KEY_BYTES), salt)

    @classmethod
    def new(cls, passphrase: str) -> "Key":
        """A key for a file that is still to be made."""
        salt = secrets.token_bytes(_SALT_BYTES)
        while not _is_salt(salt):
            salt = secrets.token_bytes(_SALT_BYTES)
        return cls.of(passphrase, salt)

    def literal(self) -> str:
        """The key and the salt as SQLCipher takes them in place of a passphrase."""
        return f"x'{self._key.hex()}{self._salt.hex()}'"

    def unlock(self, connection: sqlite3.Connection) -> None:
        """Give it to a connection, before that reads anything. A wrong one shows only then.

        ``cipher_memory_security``, which wipes whatever SQLite lets go of, stays off: a search by a word took
        seventy times as long with it, and what netcrm itself holds of the rows would not be wiped.
        """
        connection.execute(f'PRAGMA key = "{self.literal()}"')
        connection.execute("PRAGMA cipher_compatibility = 4")

    def __repr__(self) -> str:
        return "Key()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is never written down.")


@cache
def sqlcipher() -> ModuleType:
    """The library, which is like `sqlite3`.

    Raises:
        NoCipher: It is not installed.
    """
    try:
        library = import_module("sqlcipher3")
    except ImportError as error:
        raise NoCipher("Encryption needs SQLCipher: pip install 'netcrm[encrypt]'.") from error
    with contextlib.closing(library.connect(":memory:")) as connection:
        # A wrong key would otherwise be told on stderr, three lines long, over whatever is on the screen.
        connection.execute("PRAGMA cipher_log_level = NONE")
    return library


@cache
def referable() -> type[sqlite3.Connection]:
    """The connections of the library, such that one can know of them without keeping them."""
    made: type[sqlite3.Connection] = type("Connection", (sqlcipher().Connection,), {})
    return made


def looks_encrypted(file: File) -> bool:
    """Whether a file that is no database of SQLite's may be an encrypted one.

    That has whole pages, and begins with a salt, which is no text and not a row of zeros.
    """
    size = file.path.stat().st_size
    return size > 0 and size % PAGE_BYTES == 0 and _is_salt(_salt_of(file))


def keyed(file: File, keys: Keys, copies: Iterable[Path] = ()) -> Iterator[Iterator[File]]:
    """An encrypted file with one key after the other; whether it is the right one shows when it is read.

    Each with its own salt first, and then with those of its copies: its own may be damaged.

    Raises:
        NoCipher: SQLCipher is not installed.
        StoreError: The file can't be read.
    """
    try:
        sqlcipher()
    except NoCipher as error:
        raise NoCipher(f"{file.path} is encrypted. To open it: pip install 'netcrm[encrypt]'") from error
    salts = [_salt_of(file)]
    for copy in copies:
        with contextlib.suppress(StoreError):
            salt = _salt_of(File(copy))
            if salt not in salts and _is_salt(salt):
                salts.append(salt)
    for passphrase in keys(file.path):
        yield (replace(file, key=Key.of(passphrase, salt)) for salt in salts)


def _salt_of(file: File) -> bytes:
    """The first bytes of a file.

    SQLCipher reads them, where it is there: a plain `open` would, at its close, drop the locks that other
    connections of this process hold on the file, which only SQLCipher could have opened.

    Raises:
        StoreError: They can't be read.
    """
    try:
        library = sqlcipher()
    except NoCipher:
        descriptor = os.open(file.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            return os.read(descriptor, _SALT_BYTES)
        finally:
            os.close(descriptor)
    address = f"{file.path.as_uri()}?{FROZEN}"
    try:
        with contextlib.closing(library.connect(address, uri=True)) as connection:
            connection.execute(f"PRAGMA key = \"x'{bytes(_KEY_BYTES).hex()}'\"")
            return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
    except sqlite_errors() as error:
        raise explained(error, file.path) from error


def _is_salt(found: bytes) -> bool:
    """Whether bytes may be a salt: `Key.new` makes none that could be the beginning of a text."""
    try:
        found.decode()
    except UnicodeDecodeError:
        return len(found) == _SALT_BYTES and len(set(found)) >= _DISTINCT_LEAST
    return False
