"""``netcrm group``, what happens in one: log a meeting, carry on a question, say when it meets next."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.log import check, chosen_as
from netcrm.cli.output import on_terminal, say, say_json, say_rows, strong
from netcrm.cli.whom import the_group, the_member
from netcrm.domain.dates import read_day
from netcrm.domain.groupline import of_group, understand_meeting
from netcrm.domain.groups import Group
from netcrm.domain.logline import Understood
from netcrm.domain.people import Named
from netcrm.domain.timeline import KINDS

if TYPE_CHECKING:
    from netcrm.domain.changes import Change
    from netcrm.store import Store


@command(
    "log",
    'netcrm group log "Lisbon Designers" "yesterday: talked about posters #type **" --without Hank',
    'netcrm group log circus "Bela: posters sell better with one face" --kind learned',
)
@click.argument("name", type=text, metavar="GROUP")
@click.argument("line", nargs=-1, required=True, type=text, metavar="LINE...")
@click.option(
    "--without", multiple=True, type=text, metavar="NAME", help="A member who was not there. Can be repeated."
)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="met",
    help="What it was, unless the line says so; met unless you say. What was learned or taught is from, or"
    " for, whom the line names.",
)
@click.option(
    "--who",
    multiple=True,
    type=text,
    metavar="NAME=ID",
    help="Say whom a name means, by the id that find and show print; NAME= for nobody. Can be repeated.",
)
@json_option
def log_command(
    name: str, line: tuple[str, ...], without: tuple[str, ...], kind: str, who: tuple[str, ...], as_json: bool
) -> None:
    """Log a meeting of a group.

    All its members were there but those you leave out. The line is one as netcrm log takes it: a day before
    a colon, _places_, #tags, * to *** for how good it was, a promise. Whoever else it names was there, too.

    Piped, the columns are: day (ISO), kind, text, place, tags, enjoyment, who was there, the entry's id.
    """
    day = today()
    with opened() as store:
        group = the_group(store, name)
        missed = frozenset(the_member(store, group, said) for said in without)
        alone = kind in ("learned", "taught")
        members = (
            [] if alone else [one.named for one in store.groups.members(group.id) if not one.person.archived]
        )
        there = [member for member in members if member.id not in missed]
        read = _understood(store, " ".join(line), group, there, kind, missed, chosen_as(who, store), day)
        change = store.timeline.log(
            read.entry, gives=read.drafts, occasions=read.dates, wants=read.wants, today=day
        )
        entries = [store.timeline.get(key) for key in sorted(change.interactions)]
    found = [entry for entry in entries if entry]
    if as_json:
        logged = [records.interaction(entry) for entry in found]
        say_json({"label": change.label, "group": records.group(group, day)["name"], "interactions": logged})
    elif on_terminal():
        say([f"{strong(change.label[:1].upper() + change.label[1:])}."])
    else:
        say_rows(
            (
                entry.day,
                entry.kind,
                entry.text,
                entry.place,
                ",".join(entry.tags),
                entry.enjoyment,
                ", ".join(person.name for person in entry.people),
                entry.id,
            )
            for entry in found
        )


def _understood(
    store: "Store",
    line: str,
    group: Group,
    there: Sequence[Named],
    kind: str,
    missed: frozenset[int],
    chosen: Mapping[str, Named | None],
    day: date,
) -> Understood:
    """What a line means.

    Raises:
        NotDone: Something is missing before it can be saved.
    """
    read = understand_meeting(
        line, group, there, today=day, book=store.people, chosen=chosen, kind=kind, missed=missed
    )
    check(read, store)
    return of_group(read, group)


@command("next", "netcrm group next lisbon next friday", "netcrm group next lisbon none")
@click.argument("name", type=text, metavar="GROUP")
@click.argument("when", nargs=-1, required=True, type=text, metavar="WHEN...")
@json_option
def next_command(name: str, when: tuple[str, ...], as_json: bool) -> None:
    """Say when a group meets next, or none."""
    day, said = today(), " ".join(when)
    on = None if said.lower() in ("none", "-") else read_day(said, day, prefer="future")
    if said.lower() not in ("none", "-") and (on is None or on < day):
        raise click.UsageError(f"“{said}” is no day to come; write next friday, 12 Dec, or none.")
    with opened() as store:
        group = the_group(store, name)
        tell(store, store.groups.set_next(group.id, on), day, as_json)


@command("ask", 'netcrm group ask circus "Who comes to the circus alone?"')
@click.argument("name", type=text, metavar="GROUP")
@click.argument("words", nargs=-1, required=True, type=text, metavar="QUESTION...")
@json_option
def ask_command(name: str, words: tuple[str, ...], as_json: bool) -> None:
    """Note a question to carry on."""
    day = today()
    with opened() as store:
        group = the_group(store, name)
        try:
            change = store.groups.ask(group.id, " ".join(words), day)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        tell(store, change, day, as_json)


@command("settle", 'netcrm group settle 7 "Nine posters, and one face on all of them"')
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@click.argument("words", nargs=-1, type=text, metavar="[ANSWER...]")
@json_option
def settle_command(number: int, words: tuple[str, ...], as_json: bool) -> None:
    """Settle a question, with what came of it.

    The number is the one that netcrm group show prints.
    """
    day = today()
    with opened() as store:
        if not store.groups.has_question(number):
            raise NotDone(
                f"There is no question {number}; netcrm group show prints them. Nothing was changed."
            )
        tell(store, store.groups.settle(number, " ".join(words), day), day, as_json)


def tell(store: "Store", change: "Change", day: date, as_json: bool) -> None:
    """Say what was done to a group."""
    groups = [group for key in sorted(change.groups) if (group := store.groups.get(key))]
    if as_json:
        say_json({"label": change.label, "groups": [records.group(group, day) for group in groups]})
    elif on_terminal():
        label = change.label or "Nothing was to be changed"
        say([f"{strong(label[:1].upper() + label[1:])}."])
    else:
        say_rows((group.id, group.name, change.label) for group in groups)
