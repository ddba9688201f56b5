"""``netcrm org``: where people work and worked, and who does or did at one organisation."""

from collections.abc import Iterator, Sequence
from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.find import person_line
from netcrm.cli.output import dim, fitted, on_terminal, say, say_json, say_rows, strong, styled, width
from netcrm.cli.whom import lines_of
from netcrm.domain.organisations import ORDERS, Organisation, called, firm, ordered
from netcrm.domain.people import PersonLine
from netcrm.domain.text import plain
from netcrm.store import Store

_NAME_MOST = 32
"""Cells of a name: longer ones are rare, and would push everything else off a narrow terminal."""

_CHOICES_MOST = 12
"""Organisations listed to choose from: more are no choice, but a reason to say more of the name."""


@command("org", "netcrm org", "netcrm org acme", "netcrm org --by name --limit 20", "netcrm org fjord --json")
@click.argument("name", nargs=-1, type=text, metavar="[NAME]...")
@click.option("--by", type=click.Choice(ORDERS), default=ORDERS[0], help="The order of the list.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The most organisations to list.")
@json_option
def org_command(name: tuple[str, ...], by: str, limit: int | None, as_json: bool) -> None:
    """See who works where, and who did.

    Without a name the organisations are listed, those with the most people first. However people wrote it,
    Acme, ACME Inc. and Acme GmbH are one. Where somebody worked before is known from an earlier entry of
    theirs, or from a life event that says so: “left Acme”.

    Piped, the columns of the list are: name, people now, people before. Of one organisation: name, title
    there, now or before, until (ISO), last contact (ISO), id. Nothing found: exit code 1.
    """
    said = " ".join(name).strip()
    with opened() as store:
        everything = store.organisations.all()
        if said:
            _show(store, _the_one(everything, said), today(), as_json=as_json)
        else:
            _list(ordered(everything, by)[:limit], as_json=as_json)


def _list(organisations: Sequence[Organisation], *, as_json: bool) -> None:
    if as_json:
        say_json([_counts(one) for one in organisations])
    elif on_terminal():
        cells = min(_NAME_MOST, max((width(plain(one.name)) for one in organisations), default=0))
        say(f"{strong(fitted(one.name, cells))}  {dim(one.counts)}" for one in organisations)
    else:
        say_rows((one.name, len(one.now), len(one.before)) for one in organisations)
    if not organisations:
        raise NotDone("No organisations yet: netcrm add NAME --org ORGANISATION notes one.")


def _the_one(organisations: Sequence[Organisation], said: str) -> Organisation:
    """The organisation that is meant: the one that is called so, else the only one with these words.

    Raises:
        NotDone: It could be several, or none; the text lists what there is to choose from.
    """
    key = firm(said)
    exact = [one for one in organisations if one.key == key]
    found = exact or ordered(called(organisations, said), ORDERS[0])
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotDone(f"Nobody works or worked at “{plain(said)}”, as far as netcrm knows.")
    listed = [f"  {plain(one.name)}  ({one.counts})" for one in found[:_CHOICES_MOST]]
    more = [f"  and {len(found) - _CHOICES_MOST} more"] if len(found) > _CHOICES_MOST else []
    raise NotDone("\n".join([f"“{plain(said)}” could be several; say more of the name:", *listed, *more]))


def _show(store: Store, one: Organisation, day: date, *, as_json: bool) -> None:
    lines = {line.id: line for line in lines_of(store, list(one.reasons))}
    if as_json:
        say_json(_record(one, lines, day))
    elif on_terminal():
        say(_said(one, lines, day))
    else:
        say_rows(_rows(one, lines))


def _counts(one: Organisation) -> records.Record:
    return {
        "name": one.name,
        "written": sorted(one.written),
        "now": len(one.now),
        "before": len(one.before),
    }


def _record(one: Organisation, lines: dict[int, PersonLine], day: date) -> records.Record:
    return {
        "name": one.name,
        "written": sorted(one.written),
        "now": [records.line(lines[key], day) for key in one.now],
        "before": [
            {
                **records.line(lines[held.person_id], day),
                "was": held.position.title,
                "from": records.iso(held.position.from_on),
                "until": records.iso(held.position.until_on),
            }
            for held in one.before
        ],
    }


def _rows(one: Organisation, lines: dict[int, PersonLine]) -> Iterator[Sequence[object]]:
    for key in one.now:
        line = lines[key]
        yield (line.name, line.title, "now", None, line.last_on, key)
    for held in one.before:
        line, position = lines[held.person_id], held.position
        yield (line.name, position.title, "before", position.until_on, line.last_on, held.person_id)


def _said(one: Organisation, lines: dict[int, PersonLine], day: date) -> Iterator[str]:
    """Those there now, then those who were, a line each under a heading."""
    cells = min(_NAME_MOST, max((width(plain(line.name)) for line in lines.values()), default=0))
    yield f"{strong(one.name)}  {dim(one.counts)}"
    if one.now:
        yield f"\n{styled('Works there now', bold=True)}"
    for key in one.now:
        yield "  " + person_line(lines[key], cells, [lines[key].title], (), day, indent=2)
    if one.before:
        yield f"\n{styled('Worked there before', bold=True)}"
    for held in one.before:
        line = lines[held.person_id]
        now = f"now {line.headline}" if line.headline else ""
        yield "  " + person_line(line, cells, [held.position.words, now], (), day, indent=2)
