"""``netcrm merge``: who is in the book twice, and making one of two."""

from collections.abc import Iterator, Mapping, Sequence

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, on_terminal, say, say_json, say_rows, strong, styled
from netcrm.cli.whom import lines_of, the_one
from netcrm.domain.duplicates import CHOSEN, Pair
from netcrm.domain.people import PersonLine
from netcrm.store import Store


@command(
    "merge",
    "netcrm merge",
    'netcrm merge "Christina Vale" "Chris Vale"',
    "netcrm merge 12 340 --take title --take organisation",
    "netcrm merge 12 341 --apart",
)
@click.argument("who", nargs=-1, type=text, metavar="[KEEP OTHER]")
@click.option(
    "--take",
    "theirs",
    multiple=True,
    type=click.Choice(CHOSEN),
    help="A field of which the other's is to stand; else that of the one who is kept.",
)
@click.option("--apart", is_flag=True, help="Say that the two are not one; they are not listed any more.")
@json_option
def merge_command(who: tuple[str, ...], theirs: tuple[str, ...], apart: bool, as_json: bool) -> None:
    """See who may be in the book twice, or make one person of two.

    Everything of the other's goes to the one who is kept: addresses, tags, what happened, what waits. What
    loses, as another title, stands in the note. netcrm undo takes it back, whole.

    Piped, each row is how sure it is (3 sure, 2 likely, 1 perhaps), both ids, both names, and why.
    """
    if len(who) not in (0, 2):
        raise click.UsageError("Name two people, who is kept first; or nobody, to see who is there twice.")
    with opened() as store:
        if not who:
            if theirs or apart:
                raise click.UsageError("Name the two people whom this is about.")
            _list(store, as_json)
            return
        kept, other = (the_one(store, one) for one in who)
        if kept == other:
            raise NotDone(f"Both are {store.people.name(kept)}: name two, or give their ids.")
        if apart:
            change = store.duplicates.keep_apart(kept, other)
        else:
            change = store.duplicates.merge(kept, other, theirs)
    if as_json:
        say_json({"act": change.act, "label": change.label, "id": kept})
    else:
        say([styled(f"{change.label[:1].upper()}{change.label[1:]}.")])


def _list(store: Store, as_json: bool) -> None:
    pairs = store.duplicates.pairs()
    ids = [key for pair in pairs for key in (pair.one, pair.other)]
    people = {line.id: line for line in lines_of(store, list(dict.fromkeys(ids)))}
    if as_json:
        say_json([_record(pair, people) for pair in pairs])
    elif on_terminal():
        say(_lines(pairs, people))
    else:
        say_rows(
            (
                int(pair.sure),
                pair.one,
                pair.other,
                people[pair.one].name,
                people[pair.other].name,
                ", ".join(pair.because),
            )
            for pair in pairs
        )


def _lines(pairs: Sequence[Pair], people: Mapping[int, PersonLine]) -> Iterator[str]:
    if not pairs:
        yield dim("Nobody seems to be in the book twice.")
    for pair in pairs:
        for key in (pair.one, pair.other):
            line = people[key]
            about = f"  {styled(line.headline)}" if line.headline else ""
            yield f"{dim(f'{key:>6}')}  {strong(line.name)}{about}"
        yield f"        {dim(_why(pair))}"
        yield ""
    if pairs:
        yield dim("netcrm merge ID ID makes one of two; --apart says that they are not.")


def _record(pair: Pair, people: Mapping[int, PersonLine]) -> records.Record:
    return {
        "one": {"id": pair.one, "name": people[pair.one].name},
        "other": {"id": pair.other, "name": people[pair.other].name},
        "sure": pair.sure.name.lower(),
        "because": list(pair.because),
    }


def _why(pair: Pair) -> str:
    return f"{pair.sure.name.lower()}: {', '.join(pair.because)}"
