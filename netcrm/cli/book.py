"""The file that a command works on."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from netcrm import paths
from netcrm.cli.clock import now, today
from netcrm.cli.settings import settings
from netcrm.domain.text import plain

if TYPE_CHECKING:
    from netcrm.store import Store
    from netcrm.store.file import File

_AT_ONCE = 64_000_000
"""Bytes of a book whose day's backup is made before a command ends: that takes a third of a second, once a
day."""


def chosen() -> Path:
    """Where the file is: as ``--db`` says, else as the environment does, else in the data folder."""
    return paths.database(_asked_for())


def _asked_for() -> str | None:
    """The file that ``--db`` names; where the app was opened at once, there was nothing to name one in."""
    if "click" not in sys.modules:
        return None
    import click

    from netcrm.cli.asking import DB

    context = click.get_current_context(silent=True)
    named: str | None = context.find_root().meta.get(DB) if context else None
    return named


def in_order(path: Path) -> Path:
    """A file, once an encryption of it that was stopped half-way has been brought to its end, and that said.

    Raises:
        StoreError: It could not be.
    """
    from netcrm.store.file import File

    file = File.at(path)
    if file.is_unsettled:
        from netcrm.store.recoding import settle

        _tell(plain(settle(file)))
    return path


def book_file() -> "File":
    """The file itself, for what is done with it as a whole, with its key where it is encrypted.

    Where it is not there, or so damaged that it can't be told, its newest backup says.

    Raises:
        StoreError: It is a link that leads nowhere, or no key opens it.
    """
    from netcrm.store.backups import kept
    from netcrm.store.connection import unlocked
    from netcrm.store.errors import Encrypted, NoCipher, StoreError, WrongKey
    from netcrm.store.file import File

    file = File.at(in_order(chosen()))
    backups = [backup.file.path for backup in kept(file)]
    for path in (file.path, *backups):
        if path.exists():
            try:
                return unlocked(File(path), keys, backups).alike(file.path)
            except (Encrypted, NoCipher, WrongKey):
                raise
            except StoreError:
                continue
    return file


def to_type(*words: str) -> str:
    """A command as one would type it to use the same file again."""
    import shlex

    chosen = _asked_for()
    return shlex.join(["netcrm", *(("--db", chosen) if chosen else ()), *words])


@contextmanager
def opened(*, make: bool = False, daily: bool = True) -> Iterator["Store"]:
    """Open the file.

    Args:
        make: Make it where it is missing. Who only asks or changes what is there finds out that it is
            missing, which may be a slip in its name.
        daily: Keep the day's backup afterwards, where something was written and it has none.

    Raises:
        StoreError: It can't be opened.
        NotDone: It is missing.
    """
    today()  # a wrong NETCRM_TODAY is said before a file is made
    path = chosen()
    if not make and not path.exists() and not path.is_symlink():
        said = f"There is no file {path} yet: netcrm import or netcrm add will make it."
        from netcrm.cli.ending import NotDone

        raise NotDone(" ".join(filter(None, (said, way_back()))))
    held = settings()
    from netcrm.store import Store  # here, since path and demo have no use for it
    from netcrm.store.errors import Damaged

    try:
        with Store(path, now, held.preferences, keys) as store:
            if store.said:
                _tell(plain(store.said))
            if store.log_aside is not None:
                _tell(
                    f"Another program had replaced {plain(str(path))} while netcrm was not closed."
                    f" What was written just before is kept as {plain(str(store.log_aside))}."
                )
            yield store
            if daily and store.wants_daily():
                _keep_daily(store)
    except Damaged as error:
        from netcrm.cli.ending import NotDone

        raise NotDone(" ".join(filter(None, (str(error), way_back(error.file))))) from error


def keys(file: Path) -> Iterable[str]:
    """The keys to try for a file that is encrypted."""
    from netcrm.cli.keys import keys_for  # here, since a plain file needs none

    return keys_for(file, settings())


def way_back(file: "File | None" = None) -> str:
    """How to get a whole book back, in a sentence; empty where there is no backup of it.

    Args:
        file: The book with its key, where that is known.
    """
    from netcrm.cli.backups import counted, day_and_time
    from netcrm.store.backups import kept, newest_sound

    file = file or book_file()
    found = newest_sound(file)
    if found is None:
        return "None of its backups is whole." if kept(file) else ""
    backup, said = found
    return (
        f"The newest whole backup is of {day_and_time(backup.at)}, with {counted(said.people)}:"
        f" {to_type('restore', backup.name)} puts it back."
    )


def _tell(said: str) -> None:
    """Say something beside what was asked for, on the error output."""
    import click  # here, since as a rule there is nothing to say

    click.echo(said, err=True)


def _keep_daily(store: "Store") -> None:
    """Keep the day's backup; of a large book in a program of its own, so that nobody waits for it."""
    from netcrm.store.errors import StoreError

    try:
        if store.path.stat().st_size > _AT_ONCE and not store.is_encrypted:
            _keep_daily_behind(store.path)
        else:
            sys.stdout.flush()
            store.back_up_daily()
    except (StoreError, OSError) as error:
        why = str(error) if isinstance(error, StoreError) else "The system refused it."
        _tell(plain(f"Done. But the day's backup could not be kept. {why}"))


def _keep_daily_behind(path: Path) -> None:
    import subprocess  # here, since it is wanted once a day, by whoever has a large book

    subprocess.Popen(
        [sys.executable, "-m", "netcrm", "--db", str(path.resolve()), "backup", "--daily"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextmanager
def rehearsed() -> Iterator["Store"]:
    """Open the file for an act that will not be done; where there is none, one that is gone afterwards."""
    if chosen().exists():
        with opened(daily=False) as store:
            yield store
        return
    import tempfile  # here, since hardly anybody needs it

    from netcrm.store import Store

    with (
        tempfile.TemporaryDirectory(prefix="netcrm-") as folder,
        Store(Path(folder) / "netcrm.db", now, settings().preferences) as store,
    ):
        yield store
