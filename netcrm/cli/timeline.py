"""``netcrm timeline``: what happened with everybody, newest first."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.find import asked, term_flags, typed_terms
from netcrm.cli.output import columns, dim, on_terminal, say, say_json, say_rows, strong, styled
from netcrm.domain.fieldtext import MONTHS
from netcrm.domain.query import Query
from netcrm.domain.text import plain
from netcrm.domain.timeline import SIGNS, Interaction
from netcrm.store import Store
from netcrm.store.timeline import Cursor

_LIMIT = 40
"""Entries printed unless one asks for more."""

_PAGE = 1000
"""Entries read at a time."""

_DAY = 16
"""Cells before what an entry says."""


@command(
    "timeline",
    "netcrm timeline",
    "netcrm timeline kind:gave since:2026-10 --limit 10",
    "netcrm timeline river --group designers --json",
    'netcrm timeline --place "Café Lisboa" --stars 2 --limit 0',
)
@click.argument("words", nargs=-1, type=text, metavar="[WORDS]...")
@term_flags
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=_LIMIT,
    metavar="N",
    help=f"The most entries to print; {_LIMIT} unless you say, 0 for all.",
)
@json_option
def timeline_command(
    words: tuple[str, ...],
    archived: bool,
    limit: int,
    as_json: bool,
    **flags: tuple[str, ...] | str | None,
) -> None:
    """See what happened, with everybody.

    Newest first. Words are looked for in what is said, its place and tags, and in the names of who took part
    and of the group. Every word and term has to hold. The flags can be typed among the words too: kind:call
    place:lisbon. What only people have (city, org, title, want, is:drifting) is said of someone who took
    part.

    Piped, the columns are: day (ISO), time, kind, people (with commas), text, place, group, tags (with
    commas), stars, id. Nothing found: exit code 1.
    """
    query = Query(archived=archived)
    for name, values in flags.items():
        for value in (values,) if isinstance(values, str) else values or ():
            query &= asked(name, value)
    for typed in words:
        query &= typed_terms(typed)
    for problem in query.problems:
        click.echo(plain(problem), err=True)
    with opened() as store:
        found = _Found(store, query, limit)
        if as_json:
            say_json([found.record(entry) for entry in found])
        elif on_terminal():
            say(found.lines())
        else:
            say_rows(found.row(entry) for entry in found)
    if not found.count:
        raise NotDone("Nothing was found.")


class _Found:
    """The entries that a search finds, read as they are printed.

    Args:
        store: The open file.
        query: The search.
        limit: The most entries; 0 for all.
    """

    def __init__(self, store: Store, query: Query, limit: int) -> None:
        self._store = store
        self._query = query
        self._limit = limit
        self._groups: Mapping[int, str] = {one.id: one.name for one in store.groups.names(archived=True)}
        self.count = 0

    def __iter__(self) -> Iterator[Interaction]:
        after: Cursor | None = None
        while True:
            most = min(_PAGE, self._limit - self.count) if self._limit else _PAGE
            page = self._store.everything.entries(self._query, after, most, today=today()) if most else ()
            if not page:
                return
            self.count += len(page)
            after = Cursor(page[-1].day, page[-1].id)
            yield from page

    def group(self, entry: Interaction) -> str:
        """The name of an entry's group, or nothing."""
        return self._groups.get(entry.group_id or 0, "")

    def record(self, entry: Interaction) -> records.Record:
        """An entry as JSON has it."""
        group = {"id": entry.group_id, "name": self.group(entry)} if entry.group_id else None
        return {**records.interaction(entry), "group": group}

    def row(self, entry: Interaction) -> Sequence[object]:
        """An entry in columns."""
        return (
            entry.day,
            entry.time.strftime("%H:%M") if entry.time else None,
            entry.kind,
            ", ".join(person.name for person in entry.people),
            entry.text,
            entry.place,
            self.group(entry),
            ",".join(entry.tags),
            entry.enjoyment,
            entry.id,
        )

    def lines(self) -> Iterator[str]:
        """The entries as they are read on a terminal."""
        for entry in self:
            yield from self._lines(entry)
        if self._limit and self.count == self._limit:
            yield dim(f"  the newest {self.count}; all of them: --limit 0")

    def _lines(self, entry: Interaction) -> Iterator[str]:
        said = textwrap.wrap(plain(entry.text), max(20, columns() - _DAY - 2)) or [""]
        who = [strong(", ".join(person.name for person in entry.people))] if entry.people else []
        marks = [f"· {part}" for part in (self.group(entry), entry.place) if part]
        after = [dim(" ".join(marks))] if marks else []
        after += [styled(f"#{tag}", fg="cyan") for tag in entry.tags]
        after += [styled(entry.stars, fg="yellow")] if entry.stars else []
        after += [dim(f"→ {entry.answer}")] if entry.answer else []
        on = f"{entry.day.day} {MONTHS[entry.day.month - 1]} {entry.day.year}"
        head = " ".join([*who, *after])
        lead = f"{dim(f'{on:>11}')}  {styled(SIGNS[entry.kind], fg='green')}  "
        first, rest = (head, said) if head else (said[0], said[1:])
        yield f"{lead}{first}".rstrip()
        yield from (" " * _DAY + styled(line) for line in rest)
