"""``netcrm encrypt`` and ``netcrm decrypt``: whether the file can be read without its key."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from netcrm.cli.asking import command
from netcrm.cli.book import chosen, in_order
from netcrm.cli.clock import now
from netcrm.cli.ending import NotDone
from netcrm.cli.keys import keys_for, new_key
from netcrm.cli.output import say, strong
from netcrm.cli.settings import settings
from netcrm.domain.text import plain

if TYPE_CHECKING:
    from netcrm.store.recoding import Recoded

_REMAINS = (
    "The plain files were overwritten. An SSD, or a file system that keeps what was (btrfs, ZFS, APFS), may"
    " hold them still; so may copies elsewhere."
)

_OLD_KEY = "The old key still opens copies that lie elsewhere."


@command(
    "encrypt",
    "netcrm encrypt",
    "netcrm encrypt --key-command 'pass show netcrm'",
    "netcrm encrypt --change-key",
)
@click.option("--change-key", is_flag=True, help="Give an encrypted file another key.")
@click.option("--key-command", default="", metavar="COMMAND", help="Take the new key from what this prints.")
@click.option("--key-file", default="", metavar="FILE", help="Take the new key from this file's first line.")
def encrypt_command(change_key: bool, key_command: str, key_file: str) -> None:
    """Encrypt the file and its backups, or give them another key.

    Without an option the key is asked for twice. From then on whatever opens the file asks for it, unless
    config.toml says where it comes from: key_command or key_file under [encryption]. Whoever loses the key
    loses the file: nobody can open it without.

    Everything is copied and compared first; only then do the copies take the files' places, and the plain
    ones are overwritten and removed. Stopped at any moment, all is whole at the next start.

    The key is never taken from an argument or a variable itself, since every program of yours could read it
    there, and your shell would keep it.
    """
    if key_command and key_file:
        raise click.UsageError("Take the key from a command or from a file.")
    held = settings()
    path = in_order(chosen())
    from netcrm.store import Store
    from netcrm.store.cipher import sqlcipher
    from netcrm.store.recoding import is_encrypted, recode

    sqlcipher()
    if not path.exists():
        Store(path, now).close()
    encrypted = is_encrypted(path)
    if encrypted and not change_key:
        raise NotDone(f"{path} is encrypted already. netcrm encrypt --change-key gives it another key.")
    if change_key and not encrypted:
        raise NotDone(f"{path} is not encrypted yet: netcrm encrypt.")
    done = recode(
        path,
        lambda file: keys_for(file, held),
        lambda: new_key(held, key_command, key_file, usual=not change_key),
    )
    if change_key:
        _tell(done, path, "has another key now", "and so has", "and so have")
    else:
        _tell(done, path, "is encrypted now", "and so is", "and so are")
    say([_OLD_KEY if change_key else _REMAINS, "Keep the key well: nobody can open the file without it."])


@command("decrypt", "netcrm decrypt")
def decrypt_command() -> None:
    """Take the encryption off the file and its backups.

    The key is asked for once more. Everything is copied and compared first, as netcrm encrypt does it.
    """
    held = settings()
    path = in_order(chosen())
    if not path.exists():
        raise NotDone(f"There is no file {path} yet.")
    from netcrm.store.recoding import is_encrypted, recode

    if not is_encrypted(path):
        raise NotDone(f"{path} is not encrypted.")
    done = recode(path, lambda file: keys_for(file, held), None)
    _tell(done, path, "is no longer encrypted", "nor is", "nor are")


def _tell(done: "Recoded", path: Path, what: str, one: str, many: str) -> None:
    """Say what has become of a file, and of its backups: ``and so is``, its backup, or ``and so are``."""
    backups = ""
    if done.backups:
        backups = f", {one} its backup" if done.backups == 1 else f", {many} its {done.backups} backups"
    say([f"{strong(plain(str(path)))} {what}{backups}; {done.rows:,} rows were compared."])
    for left in done.left:
        say(
            [
                f"{plain(str(left))} is no book that could be opened, and stays as it was: remove it if you"
                " need it no longer."
            ]
        )
