"""``netcrm want`` and ``netcrm offer``: what people look for and what they can give."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
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
from netcrm.cli.whom import at_the_beginning
from netcrm.domain.people import Named
from netcrm.domain.rhythm import ago
from netcrm.domain.text import fold, plain
from netcrm.domain.values import dataclass
from netcrm.domain.wants import VERBS, Want, read_wants

if TYPE_CHECKING:
    from netcrm.store import Store

_NAME_MOST = 24
"""Cells that a name takes in a list, at most."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line says.

    Attributes:
        side: Which of the two commands it is.
        words: A name and a text, as they came.
    """

    side: str
    words: tuple[str, ...]
    remove: bool
    stale: bool
    as_json: bool


_words = click.argument("words", nargs=-1, type=text, metavar="[NAME [TEXT...]]")
_remove = click.option("--remove", is_flag=True, help="Take it off: met, or no longer true.")
_stale = click.option(
    "--stale", is_flag=True, help="List only what may not be true any more, the oldest first."
)


@command(
    "want",
    "netcrm want Grace Hopper a compiler job",
    'netcrm want Grace "a compiler job; a boat"',
    "netcrm want Grace --remove a boat",
    "netcrm want Grace",
    "netcrm want --stale",
)
@_words
@_remove
@_stale
@json_option
def want_command(words: tuple[str, ...], remove: bool, stale: bool, as_json: bool) -> None:
    """Note what someone looks for, or list what people do.

    Several are divided by semicolons. Saying one again says that it is still true: after 90 days it is asked.
    With a name alone it lists theirs, without one everybody's.

    Piped, the columns are: name, text, the day it was last known to be true, stale or not, the person's id.
    """
    _run(_Asked("want", words, remove, stale, as_json))


@command(
    "offer",
    'netcrm offer "Grace Hopper" an hour on compilers',
    "netcrm offer Grace --remove an hour on compilers",
    "netcrm offer Grace",
    "netcrm offer --stale",
)
@_words
@_remove
@_stale
@json_option
def offer_command(words: tuple[str, ...], remove: bool, stale: bool, as_json: bool) -> None:
    """Note what someone can give, or list what people offer.

    Several are divided by semicolons. Saying one again says that it is still true: after 90 days it is asked.
    With a name alone it lists theirs, without one everybody's.

    Piped, the columns are: name, text, the day it was last known to be true, stale or not, the person's id.
    """
    _run(_Asked("offer", words, remove, stale, as_json))


def _run(asked: _Asked) -> None:
    day = today()
    with opened() as store:
        who, said = at_the_beginning(store, asked.words) if asked.words else (None, "")
        if asked.stale and (said or asked.remove):
            raise click.UsageError("--stale lists; say it with a name, or alone.")
        if asked.remove and not said:
            raise click.UsageError("Say what to take off.")
        if who is None or not said:
            _show(asked, _listed(store, asked, who, day), day)
            return
        person = Named(who, store.people.name(who))
        label, touched = (_take_off if asked.remove else _note)(store, asked.side, person, said, day)
    if asked.as_json:
        say_json([_record(person, want, day) for want in touched])
    elif on_terminal():
        say([f"{strong(label[:1].upper() + label[1:])}."])
    else:
        say_rows(_row(person, want, day) for want in touched)


def _note(store: "Store", side: str, person: Named, said: str, day: date) -> tuple[str, Sequence[Want]]:
    """Add what was said; return the act in words, and what stands there now."""
    read = read_wants(said, bare=side)
    if not read:
        raise click.UsageError("Say it in some words.")
    change = store.wants.add(person.id, read.wants, read.offers, today=day)
    meant = {(side, fold(text)) for side, text in read.pairs}
    there = [want for want in store.wants.of(person.id) if (want.side, fold(want.text)) in meant]
    return change.label or "That stands there already", there


def _take_off(store: "Store", side: str, person: Named, said: str, day: date) -> tuple[str, Sequence[Want]]:
    """Take off what was said; return the act in words, and what stood there."""
    theirs = store.wants.of(person.id)
    gone = [_the_one(theirs, side, text, person) for side, text in read_wants(said, bare=side).pairs]
    return store.wants.remove(gone).label, gone


def _the_one(theirs: Sequence[Want], side: str, said: str, person: Named) -> Want:
    """Which of someone's wants or offers is meant: all of its text, or a part that no other has.

    Raises:
        NotDone: None is, or it could be several.
    """
    of_side = [want for want in theirs if want.side == side]
    exact = [want for want in of_side if fold(want.text) == fold(said)]
    found = exact or [want for want in of_side if fold(said) in fold(want.text)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotDone(f"Nothing that {person.name} {VERBS[side]} says “{said}”. Nothing was changed.")
    listed = "\n".join(f"  {want.text}" for want in found)
    raise NotDone(f"“{said}” could be several; say more of it:\n{listed}")


# Listing


def _listed(store: "Store", asked: _Asked, who: int | None, day: date) -> Sequence[tuple[Named, Want]]:
    found = store.wants.stale(day) if asked.stale else store.wants.all(archived=who is not None)
    return [(person, want) for person, want in found if want.side == asked.side and who in (None, person.id)]


def _show(asked: _Asked, found: Sequence[tuple[Named, Want]], day: date) -> None:
    if asked.as_json:
        say_json([_record(person, want, day) for person, want in found])
    elif not on_terminal():
        say_rows(_row(person, want, day) for person, want in found)
    elif found:
        cells = min(_NAME_MOST, max(width(plain(person.name)) for person, _ in found))
        say(_line(person, want, day, cells) for person, want in found)
    else:
        say(["Nothing to ask about." if asked.stale else "Nothing is noted yet."])


def _line(person: Named, want: Want, day: date, cells: int) -> str:
    when = ago(want.known_on, day)
    stale = want.is_stale(day)
    tail = f"still true? {when}" if stale else when
    room = max(12, columns() - cells - len(tail) - 4)
    said = styled(plain(want.text) if width(plain(want.text)) <= room else fitted(want.text, room).rstrip())
    return f"{strong(fitted(person.name, cells))}  {said}  {dim(tail)}"


def _row(person: Named, want: Want, day: date) -> Sequence[object]:
    return (person.name, want.text, want.known_on, "stale" if want.is_stale(day) else None, person.id)


def _record(person: Named, want: Want, day: date) -> records.Record:
    return {
        "person": records.named(person),
        "side": want.side,
        "text": want.text,
        "created": records.iso(want.created_on),
        "confirmed": records.iso(want.confirmed_on),
        "stale": want.is_stale(day),
    }
