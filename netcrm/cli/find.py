"""``netcrm find``: the people whom a search finds."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import Function, command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.output import (
    columns,
    dim,
    fitted,
    on_terminal,
    say,
    say_json,
    say_rows,
    strong,
    styled,
    width,
)
from netcrm.cli.whom import PAGE
from netcrm.domain.people import PersonLine
from netcrm.domain.query import TERMS, Query, parse, term
from netcrm.domain.rhythm import Warmth, since
from netcrm.domain.text import plain
from netcrm.store import Store

DOT_COLOURS = {Warmth.IN_RHYTHM: "green", Warmth.RIPE: "yellow", Warmth.DRIFTING: "red", Warmth.NONE: None}
"""The colour of each dot; its shape says the same."""

_NAME_MOST = 28
"""Cells of a name: longer ones are rare, and would push everything else off a narrow terminal."""

_WHOLE_TERM = re.compile(r"([a-z]+):((?!.*\s[a-z]+:).*\s.*)", re.DOTALL)
"""A term whose value the shell has taken the quotes from: ``city:New York``."""


def term_flags(function: Function) -> Function:
    """Give a command a flag for each search term."""
    for name, what in reversed(list(TERMS.items())):
        if name == "is":
            function = click.option("--archived", is_flag=True, help="Those who were put away.")(function)
            option = click.option(
                "--is", "is", multiple=True, type=text, metavar="STATE", help=f"How it stands: {what}."
            )
        elif name in ("since", "until"):
            option = click.option(f"--{name}", type=text, metavar="DATE", help=f"{what.capitalize()}.")
        else:
            option = click.option(
                f"--{name}", name, multiple=True, type=text, metavar="TEXT", help=f"{what.capitalize()}."
            )
        function = option(function)
    return function


@command(
    "find",
    "netcrm find hank",
    "netcrm find design --city lisbon --limit 10",
    "netcrm find tag:scouts with:grace since:2026-03",
    "netcrm find --want rust --json",
)
@click.argument("words", nargs=-1, type=text, metavar="[WORDS]...")
@term_flags
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The most people to print.")
@json_option
def find_command(
    words: tuple[str, ...],
    archived: bool,
    limit: int | None,
    as_json: bool,
    **flags: tuple[str, ...] | str | None,
) -> None:
    """Find people by any words.

    In any field, their notes and their timeline included. Every word and term has to hold; without any,
    everybody is found. Accents and case do not matter. The flags can be typed among the words too: tag:design
    city:lisbon. Whoever has the words in their name comes first.

    Piped, the columns are: name, title, organisation, city, last contact (ISO), tags (with commas), id.
    Nobody found: exit code 1.
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
        ids = store.search.people(query, limit or -1, today=today())
        if as_json:
            say_json(list(_records(store, ids, today())))
        elif on_terminal():
            say(_lines(store, ids, today()))
        else:
            say_rows(_rows(store, ids))
    if not ids:
        raise NotDone("Nobody was found.")


def asked(name: str, value: str) -> Query:
    """A flag's term; one that can't be understood would find everybody, so it was wrongly asked."""
    query = term(name, value)
    if query.problems:
        raise click.BadParameter(query.problems[0], param_hint=f"--{name}")
    return query


def typed_terms(typed: str) -> Query:
    """A word or term as it was typed, the shell's quotes gone."""
    whole = _WHOLE_TERM.fullmatch(typed)
    if whole and whole[1] in TERMS and '"' not in typed:
        return term(whole[1], whole[2])
    return parse(typed)


def _pages(store: Store, ids: Sequence[int]) -> Iterator[tuple[PersonLine, str, Sequence[str]]]:
    """The people found, each with city and tags."""
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        lines, cities, tags = store.people.lines(page), store.people.cities(page), store.people.tags_of(page)
        for key in page:
            yield lines[key], cities.get(key, ""), tags.get(key, ())


def _rows(store: Store, ids: Sequence[int]) -> Iterator[Sequence[object]]:
    for line, city, tags in _pages(store, ids):
        yield (line.name, line.title, line.organisation, city, line.last_on, ",".join(tags), line.id)


def _records(store: Store, ids: Sequence[int], day: date) -> Iterator[records.Record]:
    for line, city, tags in _pages(store, ids):
        yield {**records.line(line, day), "city": city, "tags": list(tags)}


def _lines(store: Store, ids: Sequence[int], day: date) -> Iterator[str]:
    """A line each, in columns as wide as the first page needs."""
    found = list(_pages(store, ids))
    name_cells = min(_NAME_MOST, max((width(plain(line.name)) for line, _, _ in found), default=0))
    for line, city, tags in found:
        yield person_line(line, name_cells, [line.headline, city], tags, day)


def person_line(
    line: PersonLine,
    name_cells: int,
    about: Sequence[str],
    tags: Sequence[str],
    day: date,
    *,
    indent: int = 0,
) -> str:
    """A person on one line of a terminal: warmth, name, what there is to say, last contact, tags."""
    state = line.warmth(day)
    dot = styled(state.dot, fg=DOT_COLOURS[state])
    ago = f"{since(line.last_on, day):>4}"
    room = columns() - indent - name_cells - len(ago) - 6
    marks = plain(" ".join(f"#{tag}" for tag in tags))
    shown = fitted(marks, min(width(marks), room // 3)) if marks else ""
    said = fitted(" · ".join(filter(None, about)), max(0, room - width(shown) - 1))
    return f"{dot} {strong(fitted(line.name, name_cells))}  {said} {styled(shown, fg='cyan')} {dim(ago)}"
