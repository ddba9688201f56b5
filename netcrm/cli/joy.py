"""``netcrm joy``: the jar of light things, and whom each would suit."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, on_terminal, say, say_json, say_rows, strong, styled
from netcrm.cli.whom import the_one
from netcrm.domain.joy import Jarred, Suited, read_delight, sending, topics_of, went
from netcrm.domain.text import plain

if TYPE_CHECKING:
    from netcrm.domain.changes import Change
    from netcrm.store import Store


@command(
    "joy",
    "netcrm joy",
    'netcrm joy "A penguin in a tie #cartoon https://pack-ice.example/penguin"',
    'netcrm joy --to Hank "Why the choir never finds its car #jokes"',
    "netcrm joy --out 12",
    "netcrm joy --json | jq '.delights[].title'",
)
@click.argument("said", nargs=-1, type=text, metavar="[TEXT]")
@click.option("--to", type=text, metavar="NAME", help="Queue it for this person, by name or id.")
@click.option("--out", type=click.IntRange(min=1), metavar="ID", help="Take this one out of the jar.")
@json_option
def joy_command(said: tuple[str, ...], to: str | None, out: int | None, as_json: bool) -> None:
    """See what there is to smile at, or put something into the jar.

    A cartoon, a joke, a song, good news: one line, with #tags that say for whom it is, and a link. Now and
    then the queue offers one of them to somebody whom it would suit, and nobody gets a thing twice.

    Piped, the columns are: title, tags, how many people got it, when it last went to one (ISO), id. Of what
    was put in: whom it would suit, because, the person's id.
    """
    if out is not None and (said or to):
        raise click.UsageError("Take out one thing at a time: netcrm joy --out 12.")
    if to and not said:
        raise click.UsageError("Say what it is: netcrm joy --to Hank “A penguin in a tie”.")
    day = today()
    with opened() as store:
        if out is not None:
            if not any(jarred.spark.id == out for jarred in store.joy.jar()):
                raise NotDone(f"Nothing in the jar has the number {out}. Nothing was changed.")
            _tell(store.joy.take_out(out), as_json)
        elif said:
            _put_in(store, " ".join(said), to, day, as_json)
        else:
            _list(store.joy.jar(), day, as_json)


def _put_in(store: "Store", said: str, to: str | None, day: date, as_json: bool) -> None:
    """Put something in, and send it on its way where that was asked for."""
    draft = read_delight(said, day)
    if not draft.title:
        raise NotDone("There is nothing in it to smile at.")
    whom = the_one(store, to) if to else None
    same = store.sparks.same(draft)
    lying = same is not None and any(jarred.spark.id == same.id for jarred in store.joy.jar())
    label = "it lies in the jar already"
    if not lying:
        change = store.joy.put_in(draft)
        label, same = change.label, store.sparks.get(min(change.sparks))
    assert same is not None
    if whom is not None:
        label = store.joy.queue(same.id, store.joy.one(whom, same, day), day).label
    suits = store.joy.suits(same, day)
    (jarred,) = (jarred for jarred in store.joy.jar() if jarred.spark.id == same.id)
    if as_json:
        say_json({"saved": label, "delight": _record(jarred), "suits": [_suits(one) for one in suits]})
    elif on_terminal():
        say(_said(jarred, label, suits))
    else:
        say_rows((one.person.name, one.why, one.person.id) for one in suits)


def _said(jarred: Jarred, label: str, suits: Sequence[Suited]) -> Iterator[str]:
    yield f"{strong(label[:1].upper() + label[1:])}. {dim(f'number {jarred.spark.id}')}"
    if suits:
        yield ""
        yield "Would suit"
    for one in suits:
        yield f"  {styled('✦', fg='magenta')} {plain(sending(jarred.spark, one.called))}  {dim(one.why)}"


def _tell(change: "Change", as_json: bool) -> None:
    if as_json:
        say_json({"saved": change.label})
    elif on_terminal():
        say([f"{strong(change.label[:1].upper() + change.label[1:])}. {dim('netcrm undo brings it back')}"])


def _list(jar: Sequence[Jarred], day: date, as_json: bool) -> None:
    if as_json:
        say_json({"delights": [_record(jarred) for jarred in jar]})
    elif not on_terminal():
        say_rows(
            (
                jarred.spark.title,
                topics_of(jarred.spark),
                jarred.given,
                records.iso(jarred.last_on),
                jarred.spark.id,
            )
            for jarred in jar
        )
    elif not jar:
        say(["The jar is empty: netcrm joy “A penguin in a tie #cartoon” puts something in."])
    else:
        cells = max(len(str(jarred.spark.id)) for jarred in jar)
        for jarred in jar:
            facts = "  ".join(filter(None, (topics_of(jarred.spark), went(jarred, day))))
            number = dim(f"{jarred.spark.id:>{cells}}")
            say([f"{number} {styled('✦', fg='magenta')} {strong(jarred.spark.title)}  {dim(facts)}"])


def _record(jarred: Jarred) -> records.Record:
    spark = jarred.spark
    return {
        "id": spark.id,
        "uuid": spark.uuid,
        "title": spark.title,
        "tags": list(spark.tags),
        "link": spark.link,
        "text": spark.text,
        "put_in": records.iso(spark.created_on),
        "given": jarred.given,
        "waiting": jarred.waiting,
        "last": records.iso(jarred.last_on),
    }


def _suits(one: Suited) -> records.Record:
    return {"name": one.person.name, "id": one.person.id, "because": one.why}
