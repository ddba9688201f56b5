"""``netcrm import``: bring in the people of other programs."""

import contextlib
import errno
import math
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import Self

import click

from netcrm.cli.asking import command, json_option
from netcrm.cli.book import opened, rehearsed
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, fitted, say, say_json, strong
from netcrm.domain.imports import Card, ImportReport, Skipped, UnreadableFile
from netcrm.domain.text import plain
from netcrm.domain.values import dataclass
from netcrm.exchange.limits import FILE_MOST
from netcrm.exchange.reading import TOO_LARGE, Reading, read
from netcrm.files import NotOrdinary, TooLarge, bounded, content
from netcrm.store import Store

_LINES_SAID = 5
"""Lines named for each reason that records were skipped for; --json has them all."""

_QUIET_SECONDS = 0.3
"""How long a file takes before its progress is shown: what is over at once needs none."""

_STEP_SECONDS = 0.1
"""How often progress is drawn anew."""

_MANY = 2000
"""Records from which bringing them in takes so long that it is said."""

_COMPARED_MOST = 20_000
"""People up to whom those who may be in the book twice are counted: of more that takes seconds."""

_IS = {
    errno.ENOENT: "there is no such file",
    errno.EACCES: "you may not read it",
    errno.EPERM: "you may not read it",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "it is a link that leads nowhere",
    errno.EISDIR: "it is a folder, so name the files in it",
    errno.ENXIO: "it is no ordinary file",
    errno.ENOTDIR: "a part of the name before it is no folder",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not taken.

    Attributes:
        file: The file as it was named.
        line: Where the record begins, counted from 1; 0 for the whole file.
        why: A sentence.
    """

    file: str
    line: int
    why: str


@dataclass(slots=True)
class _Total:
    """What became of all files."""

    added: int = 0
    updated: int = 0
    same: int = 0
    new_jobs: int = 0
    twice: int | None = None
    skipped: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    def count(self, file: str, report: ImportReport) -> None:
        """Add what became of a file."""
        self.added += report.added
        self.updated += report.updated
        self.same += report.same
        self.new_jobs += report.new_jobs
        self.skipped += [Problem(file, record.line, record.why) for record in report.skipped]


@command(
    "import",
    "netcrm import Connections.csv",
    "netcrm import --dry-run contacts.vcf",
    "netcrm import *.vcf --json",
    "netcrm import Basic_LinkedInDataExport.zip",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@json_option
def import_command(files: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Bring in people from other programs.

    It reads vCards, LinkedIn's Connections.csv and Google Contacts' CSV, and the ZIP archives that LinkedIn
    and Google Takeout give them in. What a FILE is shows from what is in it, not from its name; - is the
    standard input. The same file twice adds nothing. Each file is one act, so one netcrm undo takes it back;
    a backup is kept before the first. A record that can't be read is reported, and the rest still come in; a
    file that can't be read at all changes nothing, and the exit code is 1.

    Who has another title or works elsewhere since the last import has a new job: it is written on the
    timeline, and a congratulation is queued.

    --json prints one object: added, updated, same, skipped and new_jobs are numbers, twice is how many pairs
    may be one person (null where they were not counted), problems is a list of {file, line, why}.
    """
    total = _Total()
    store = None
    with contextlib.ExitStack() as stack:
        for file in files:
            try:
                reading = read(_content(file))
                store = store or stack.enter_context(rehearsed() if dry_run else _kept_first())
                total.count(file, _bring_in(store, file, reading, dry_run))
            except UnreadableFile as error:
                total.refused.append(Problem(file, 0, str(error)))
        if store is not None and not dry_run and len(total.refused) < len(files):
            total.twice = _twice(store)
    if as_json:
        say_json(_record(total, dry_run))
    elif len(total.refused) < len(files):
        say(_summary(total, dry_run, several=len(files) > 1))
    if total.refused:
        raise NotDone("\n".join(f"{problem.file}: {problem.why}" for problem in total.refused))


@contextlib.contextmanager
def _kept_first() -> Iterator[Store]:
    """The book, of which a backup has been made, unless there is nothing in it yet."""
    with opened(make=True) as store:
        if not store.is_empty():
            store.back_up("import")
        yield store


def _twice(store: Store) -> int | None:
    """How many pairs may be one person; None where there are too many people to compare them by the way."""
    return len(store.duplicates.pairs()) if store.people.count() <= _COMPARED_MOST else None


def _content(file: str) -> bytes:
    """All of a file; it is no use to read half of one.

    Raises:
        UnreadableFile: It is none, can't be read, or is larger than any address book.
    """
    try:
        if file == "-":
            return bounded(sys.stdin.buffer.read, FILE_MOST) if sys.stdin else b""
        return content(file, FILE_MOST)
    except NotOrdinary as error:
        raise UnreadableFile("This is no ordinary file: to read a pipe, name it - and pipe it in.") from error
    except TooLarge as error:
        raise UnreadableFile(TOO_LARGE) from error
    except OSError as error:
        known = _IS.get(error.errno or 0, (error.strerror or "the system refused it").lower())
        raise UnreadableFile(f"It can't be read: {known}.") from error
    except ValueError as error:
        raise UnreadableFile("It can't be read: this is no name of a file.") from error


def _bring_in(store: Store, file: str, reading: Reading, dry_run: bool) -> ImportReport:
    with _Progress(file, reading.lines) as progress:
        called = "the standard input" if file == "-" else Path(file).name
        records = progress.watched(reading.records)
        report, _ = store.imports.bring_in(records, called, dry_run=dry_run, today=today())
    return report


class _Progress:
    """How far a file has come, on stderr while someone reads along there; erased at the end."""

    def __init__(self, file: str, lines: int) -> None:
        self._file = plain(file)
        self._lines = lines
        self._next = time.monotonic() + _QUIET_SECONDS if sys.stderr.isatty() else math.inf
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._draw("")

    def watched(self, records: Iterable[Card | Skipped]) -> Iterator[Card | Skipped]:
        """The records as they are read. When the last has been, they are still to be written."""
        number = 0
        for number, record in enumerate(records, start=1):
            moment = time.monotonic()
            if moment >= self._next:
                share = min(99, 100 * record.line // max(1, self._lines))
                self._draw(f"Reading {self._file}: {number:,} records, {share} %")
                self._next = moment + _STEP_SECONDS
            yield record
        if self._drawn or (number > _MANY and self._next < math.inf):
            self._draw(f"Bringing in {number:,} records of {self._file} …")

    def _draw(self, text: str) -> None:
        """Draw a line over the one that is there (ECMA-48: CR, then EL)."""
        size = shutil.get_terminal_size().columns - 1
        with contextlib.suppress(OSError):
            sys.stderr.write(f"\r\x1b[K{fitted(text, size).rstrip() if text else ''}")
            sys.stderr.flush()
        self._drawn = True


def _summary(total: _Total, dry_run: bool, *, several: bool) -> Iterator[str]:
    """The counts in a sentence, then why records were skipped."""
    added, same = ("Would add", "leave as they are") if dry_run else ("Added", "same")
    updated, skipped = ("update", "skip") if dry_run else ("updated", "skipped")
    yield (
        f"{added} {strong(f'{total.added:,}')}, {updated} {strong(f'{total.updated:,}')},"
        f" {same} {total.same:,}, {skipped} {len(total.skipped):,}."
    )
    if total.new_jobs:
        jobs = f"{total.new_jobs:,} new {'job' if total.new_jobs == 1 else 'jobs'}"
        where = "would stand" if dry_run else "stand" if total.new_jobs > 1 else "stands"
        yield f"{strong(jobs)}, which {where} in the timeline and under what there is to give."
    reasons: dict[str, list[Problem]] = {}
    for problem in total.skipped:
        reasons.setdefault(problem.why, []).append(problem)
    for why, problems in reasons.items():
        yield f"Skipped {len(problems):,}: {plain(why)} {dim(_where(problems, several=several))}"
    if total.twice and (total.added or total.updated):
        yield dim(f"{total.twice:,} may be here twice: netcrm merge shows them.")


def _where(problems: Sequence[Problem], *, several: bool) -> str:
    """The first lines that were skipped: ``Lines 5, 9, 12, 30, 31 and 2,995 more``."""
    lines = [f"{one.file}:{one.line}" if several else str(one.line) for one in problems[:_LINES_SAID]]
    more = len(problems) - len(lines)
    said = ", ".join(lines) + (f" and {more:,} more" if more else "")
    return f"({'line' if len(problems) == 1 else 'lines'} {said})"


def _record(total: _Total, dry_run: bool) -> dict[str, object]:
    return {
        "added": total.added,
        "updated": total.updated,
        "same": total.same,
        "skipped": len(total.skipped),
        "new_jobs": total.new_jobs,
        "twice": total.twice,
        "dry_run": dry_run,
        "problems": [
            {"file": problem.file, "line": problem.line, "why": problem.why}
            for problem in (*total.refused, *total.skipped)
        ],
    }
