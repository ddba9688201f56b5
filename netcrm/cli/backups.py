"""``netcrm backup`` and ``netcrm restore``: copies of the whole book, made, listed and put back."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netcrm.cli.asking import command, json_option
from netcrm.cli.book import book_file, chosen, keys, opened, to_type
from netcrm.cli.clock import now
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, fitted, on_terminal, say, say_json, say_rows, strong
from netcrm.domain.text import plain

if TYPE_CHECKING:
    from netcrm.store.backups import Backup
    from netcrm.store.file import File

_SIZES = ("B", "kB", "MB", "GB")

_WHYS = {
    "daily": "the day's",
    "asked": "asked for",
    "import": "before an import",
    "migration": "before a newer netcrm",
    "restore": "before a restore",
    "repair": "before a repair",
    "replaced": "of a file that another took the place of",
    "encrypt": "before encrypting",
    "decrypt": "before decrypting",
    "forget": "before forgetting",
}
"""Why a backup was made, as it is listed."""


@command("backup", "netcrm backup", "netcrm backup --list", "netcrm backup /media/stick/netcrm.db")
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path))
@click.option("--list", "listed", is_flag=True, help="List the backups, newest first.")
@click.option("--daily", is_flag=True, help="Only if today has none and something has changed.")
@json_option
def backup_command(file: Path | None, listed: bool, daily: bool, as_json: bool) -> None:
    """Keep a copy of the whole book, or list those that are kept.

    They lie in a folder beside the book, whose name ends in -backups. One is made each day on which something
    was written, and before every import, every restore and every change of how the file is built. The last
    of each of 7 days, 4 weeks and 12 months is kept. With FILE the copy is written there, into it where
    it is a folder, and never over anything.

    --list prints of each its name, its time, its size in bytes, why it was made and how many people are in
    it; --json prints the same as a list of {name, file, at, size, why, people}, people being null where it
    can't be read.
    """
    if sum((file is not None, listed, daily)) > 1:
        raise click.UsageError(
            "FILE, --list and --daily are said one at a time.", click.get_current_context()
        )
    if listed:
        _list(as_json)
    elif file is not None:
        copy = file.expanduser()
        with opened(daily=False) as store:
            if copy.is_dir():
                copy /= store.path.name
            people = store.copy_to(copy)
        _tell(copy, people, as_json)
    else:
        with opened(daily=False) as store:
            made = store.back_up_daily() if daily else store.back_up("asked")
        if made is not None:
            _tell(made.file.path, _people_in(made) or 0, as_json)
        elif as_json:
            say_json(None)
        else:
            say(["Today has a backup already, or nothing has changed since the last."])


@command("restore", "netcrm restore", "netcrm restore latest", "netcrm restore 2026-11-28")
@click.argument("which", required=False, metavar="[WHICH]")
@json_option
def restore_command(which: str | None, as_json: bool) -> None:
    """Put a backup in the place of the book.

    WHICH is latest, the name of a backup or how it begins, such as its day, or a path of a file; latest
    passes over what a restore has kept. Without WHICH the backups are listed. What is there now is kept
    first, so that the next restore can bring it back; a book that is damaged is kept as it is, byte for byte.
    It can't be done while the book is open elsewhere.

    --json prints {restored, people, kept, aside}: what was put in place and how many people are in it; the
    name of the backup of what was there, or the file with its bytes where it could not be read.
    """
    if which is None:
        _list(as_json)
        if not as_json and on_terminal():
            say(["", f"{to_type('restore', 'NAME')} puts one back; how its name begins, or latest, will do."])
        return
    from netcrm.store.restoring import restore

    file = book_file()
    source, said = _meant(file, which)
    done = restore(file, source, now())
    if as_json:
        kept, aside = done.kept, done.aside
        say_json(
            {
                "restored": str(source.path),
                "people": done.people,
                "kept": kept.name if kept else None,
                "aside": str(aside) if aside else None,
            }
        )
        return
    lines = [f"Put back {strong(said)}: {counted(done.people)}."]
    if done.kept:
        lines.append(f"What was there is kept: {strong(to_type('restore', done.kept.name))} brings it back.")
    elif done.aside:
        lines.append(f"What was there can't be read whole; it is kept as it was: {done.aside}")
    say(lines)


def day_and_time(at: datetime) -> str:
    """When a backup was made, in the time of here: ``28 Nov 2026, 08:12``."""
    here = at.astimezone()
    return f"{here.day} {here:%b %Y, %H:%M}"


def _meant(file: "File", which: str) -> tuple["File", str]:
    """The backup that is meant, and how to call it.

    Raises:
        NotDone: There is none, or several.
    """
    from netcrm.store.backups import likely

    backups = likely(file)
    meant = backups[:1] if which == "latest" else [one for one in backups if one.name.startswith(which)]
    exact = [one for one in meant if one.name == which]
    if len(exact or meant) == 1:
        (backup,) = exact or meant
        return backup.file, f"the backup of {day_and_time(backup.at)}"
    if meant:
        lines = [f"“{which}” is the beginning of {len(meant)} backups; say more of one of them:"]
        raise NotDone("\n".join([*lines, *(f"  {one.name}" for one in meant)]))
    if os.sep in which or Path(which).expanduser().exists():
        path = Path(os.path.realpath(Path(which).expanduser()))
        return _unlocked(file, path), str(path)
    if not backups:
        raise NotDone(f"There is no backup of {chosen()} yet: {to_type('backup')} makes one.")
    raise NotDone(f"No backup's name begins with “{which}”: {to_type('restore')} lists them.")


def _unlocked(file: "File", path: Path) -> "File":
    """A book from elsewhere, with the key of this one where that opens it, else with its own."""
    from netcrm.store.connection import unlocked, version_of
    from netcrm.store.errors import Damaged, StoreError
    from netcrm.store.file import File

    if file.key is not None:
        with contextlib.suppress(StoreError):
            if version_of(file.alike(path)):
                return file.alike(path)
    try:
        return unlocked(File(path), keys)
    except Damaged:
        return File(path)  # what is wrong with it is said when it is put back


def _list(as_json: bool) -> None:
    from netcrm.store.backups import kept

    file = book_file()
    backups = kept(file)
    if as_json:
        say_json(
            [
                {
                    "name": one.name,
                    "file": str(one.file.path),
                    "at": one.at.isoformat(),
                    "size": _size(one),
                    "why": one.why,
                    "people": _people_in(one),
                }
                for one in backups
            ]
        )
    elif not on_terminal():
        say_rows((one.name, one.at.isoformat(), _size(one), one.why, _people_in(one)) for one in backups)
    elif backups:
        say(_lines(backups))
    else:
        say([f"There is no backup of {chosen()} yet: {to_type('backup')} makes one."])


def _lines(backups: Sequence["Backup"]) -> Iterator[str]:
    moment = now()
    for one in backups:
        people = _people_in(one)
        said = "can't be read" if people is None else counted(people)
        columns = (fitted(_age(one, moment), 12), _sized(_size(one)).rjust(8), "", fitted(said, 16))
        yield f"{strong(one.name)}  {' '.join(columns)} {dim(_WHYS.get(one.why, one.why))}"


def _people_in(backup: "Backup") -> int | None:
    """How many people are in a backup; None where it can't be read."""
    from netcrm.store.backups import people_in

    return people_in(backup.file)


def _age(backup: "Backup", moment: datetime) -> str:
    age = moment - backup.at
    days = (moment.date() - backup.at.astimezone(moment.tzinfo).date()).days
    if days < 1:
        minutes = max(0, int(age.total_seconds())) // 60
        return f"{minutes // 60} h ago" if minutes >= 60 else f"{minutes} min ago"
    return "yesterday" if days == 1 else f"{days} days ago"


def _size(backup: "Backup") -> int:
    try:
        return backup.file.path.stat().st_size
    except OSError:  # it has been thinned out at this moment
        return 0


def _sized(size: float) -> str:
    """A size in the unit that suits it."""
    for unit in _SIZES:
        if size < 1000 or unit == _SIZES[-1]:
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "B" or size >= 10 else f"{size:.1f} {unit}"


def counted(count: int) -> str:
    """How many people: ``1 person``, ``1,204 people``."""
    return f"{count:,} {'person' if count == 1 else 'people'}"


def _tell(path: Path, people: int, as_json: bool) -> None:
    if as_json:
        say_json({"file": str(path), "size": path.stat().st_size, "people": people})
    else:
        say([f"Kept a copy with {counted(people)}: {plain(str(path))}"])
