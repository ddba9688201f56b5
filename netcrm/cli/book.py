"""The file that a command works on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netcrm import paths
from netcrm.cli.asking import DB
from netcrm.cli.clock import now, today
from netcrm.cli.ending import NotDone
from netcrm.cli.settings import settings
from netcrm.domain.text import plain

if TYPE_CHECKING:
    from netcrm.store import Store


def chosen() -> Path:
    """Where the file is: as ``--db`` says, else as the environment does, else in the data folder."""
    return paths.database(click.get_current_context().find_root().meta.get(DB))


@contextmanager
def opened(*, make: bool = False) -> Iterator["Store"]:
    """Open the file.

    Args:
        make: Make it where it is missing. Who only asks or changes what is there finds out that it is
            missing, which may be a slip in its name.

    Raises:
        StoreError: It can't be opened.
        NotDone: It is missing.
    """
    today()  # a wrong NETCRM_TODAY is said before a file is made
    path = chosen()
    if not make and not path.exists():
        raise NotDone(f"There is no file {path} yet: netcrm import or netcrm add will make it.")
    held = settings()
    from netcrm.store import Store  # here, since path and demo have no use for it

    def keys(file: Path) -> Iterable[str]:
        from netcrm.cli.keys import keys_for  # here, since a plain file needs none

        return keys_for(file, held)

    with Store(path, now, held.preferences, keys) as store:
        if store.said:
            click.echo(plain(store.said), err=True)
        yield store


@contextmanager
def rehearsed() -> Iterator["Store"]:
    """Open the file for an act that will not be done; where there is none, one that is gone afterwards."""
    if chosen().exists():
        with opened() as store:
            yield store
        return
    import tempfile  # here, since hardly anybody needs it

    from netcrm.store import Store

    with (
        tempfile.TemporaryDirectory(prefix="netcrm-") as folder,
        Store(Path(folder) / "netcrm.db", now, settings().preferences) as store,
    ):
        yield store
