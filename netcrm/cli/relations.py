"""``netcrm relations``: whom somebody has to do with, two steps far."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.find import DOT_COLOURS
from netcrm.cli.output import dim, on_terminal, say, say_json, say_rows, strong, styled, width
from netcrm.cli.whom import the_one
from netcrm.domain.fields import find_person
from netcrm.domain.network import Branch, Network, say_chain, tree
from netcrm.domain.people import PersonLine
from netcrm.domain.relations import linked, read_relation
from netcrm.domain.text import plain
from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class _Near:
    """A person's near network."""

    network: Network
    branches: Sequence[Branch]
    people: Mapping[int, PersonLine]


@command(
    "relations",
    'netcrm relations "Christina Vale"',
    'netcrm relations christina --add "daughter Ana, 18"',
    "netcrm relations 12 --json",
)
@click.argument("who", nargs=-1, required=True, type=text, metavar="NAME|ID")
@click.option(
    "--add", "line", type=text, default=None, metavar="TEXT", help="Note whom they have to do with."
)
@json_option
def relations_command(who: tuple[str, ...], line: str | None, as_json: bool) -> None:
    """See whom somebody has to do with, and how you know them.

    Two steps far, as a tree: relations of both sides, who introduced you to whom, and who works at the same
    place, where those are few.

    Piped, each row is how many steps away someone is, the id, if they are in the book, the name, and what
    they are to the one above them.
    """
    day = today()
    with opened() as store:
        person_id = the_one(store, " ".join(who))
        if line is not None:
            try:
                relation = linked(read_relation(line, day), person_id, store.people.named, find_person)
                store.relations.add(person_id, relation)
            except ValueError as missing:
                raise NotDone(str(missing)) from missing
        network = store.networks.around(person_id, day)
        assert network is not None  # the_one has just found them
        branches = tree(network)
        near = _Near(network, branches, store.people.lines([one.key for one in branches if one.key > 0]))
    if as_json:
        say_json(_record(near))
    elif on_terminal():
        say(_lines(near, day))
    else:
        say_rows((one.depth, one.key if one.key > 0 else None, one.name, one.how) for one in near.branches)


def _lines(near: _Near, day: date) -> Iterator[str]:
    yield f"{dim('how you know them')}  {styled(say_chain(near.network))}"
    if near.network.met:
        yield dim(near.network.met)
    yield ""
    most = max(width(f"{one.drawn}  {plain(one.name)}") for one in near.branches)
    for one in near.branches:
        person = near.people.get(one.key)
        state = person.warmth(day) if person else None
        dot = f"{styled(state.dot, fg=DOT_COLOURS[state])} " if state else ""
        cells = width(f"{one.drawn}{'  ' if state else ''}{plain(one.name)}")
        name = strong(one.name) if person else styled(one.name)
        more = dim(f"  and {one.more} more") if one.more else ""
        yield f"{dim(one.drawn)}{dot}{name}{' ' * (most - cells + 2)}{styled(one.how)}{more}".rstrip()


def _record(near: _Near) -> records.Record:
    return {
        "came_through": [records.named(one) for one in near.network.came],
        "met": near.network.met,
        "near": [
            {
                "id": one.key if one.key > 0 else None,
                "name": one.name,
                "steps": one.depth,
                "how": one.how,
                "more": one.more,
            }
            for one in near.branches
        ],
    }
