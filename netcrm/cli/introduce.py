"""``netcrm introduce``: who should meet whom, and how far it has come."""

from collections.abc import Iterator, Sequence
from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, on_terminal, say, say_json, say_rows, strong, styled
from netcrm.cli.whom import the_one
from netcrm.domain.introducing import Proposal
from netcrm.domain.introductions import INTRODUCTION_STATES, Introduction, stands
from netcrm.domain.values import dataclass
from netcrm.store import Store

_PROPOSED = 10
"""Pairs proposed unless one asks for more."""

_PAIR = 2

_CLOSED = "closed"
"""The step with which one lets an introduction go."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What there is of introductions."""

    under_way: Sequence[Introduction]
    proposed: Sequence[Proposal]


@command(
    "introduce",
    "netcrm introduce",
    'netcrm introduce "Hank Morrow" "Amara Okafor" --why "a telescope night for the scouts"',
    'netcrm introduce --step 7 "asked both"',
)
@click.argument("who", nargs=-1, type=text, metavar="[NAME NAME]")
@click.option("--why", type=text, default=None, metavar="TEXT", help="Why the two should meet.")
@click.option(
    "--step",
    nargs=2,
    type=text,
    metavar="ID STATE",
    help=f"Note how far one has come: {', '.join(INTRODUCTION_STATES)}, or {_CLOSED}.",
)
@click.option(
    "--note",
    type=text,
    default="",
    metavar="TEXT",
    help="With --step: why it is made before both said yes, what came of it, or why it is closed.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0, max=1000),
    default=_PROPOSED,
    metavar="N",
    help=f"The most pairs to propose; {_PROPOSED} unless you say.",
)
@json_option
def introduce_command(
    who: tuple[str, ...],
    why: str | None,
    step: tuple[str, str] | None,
    note: str,
    limit: int,
    as_json: bool,
) -> None:
    """See who should meet whom, and introduce them.

    Without names it lists the introductions under way, and pairs that are proposed, since one offers what the
    other wants, or both love the same rare thing. With two names it begins an introduction. Both are asked
    before it is made; only with a note is it made sooner.

    Piped, the columns are: id (empty for a proposal), state, since (ISO), name, name, why, the two ids.
    """
    day = today()
    if step and who:
        raise click.UsageError("Say either two names or --step, not both.")
    if who and len(who) != _PAIR:
        raise click.UsageError("An introduction is of two people: netcrm introduce NAME NAME.")
    if why is not None and not who:
        raise click.UsageError(
            "--why says why two people should meet: netcrm introduce NAME NAME --why TEXT."
        )
    if note and not step:
        raise click.UsageError("--note belongs to a step: netcrm introduce --step ID STATE --note TEXT.")
    with opened() as store:
        if step or who:
            found = _stepped(store, *step, note, day) if step else _begun(store, who, why, day)
            held = _Held([found], [])
        else:
            under_way = [found for found in store.introductions.all() if found.under_way]
            proposed = store.introductions.proposals(limit) if limit else []
            held = _Held(under_way, proposed)
    if as_json:
        say_json(_record(held))
    elif on_terminal():
        say(_lines(held, day))
    else:
        say_rows(_rows(held))


def _begun(store: Store, who: tuple[str, ...], why: str | None, day: date) -> Introduction:
    one, other = (the_one(store, said) for said in who)
    if why is not None and (idea := _idea(store, one, other)) is not None:
        store.introductions.reword(idea.id, why)
        return _get(store, idea.id)
    reason = store.introductions.reason(one, other) if why is None and one != other else why or ""
    try:
        change = store.introductions.propose(one, other, reason, day)
    except ValueError as error:
        raise NotDone(str(error)) from error
    (introduction,) = change.introductions
    return _get(store, introduction)


def _idea(store: Store, one: int, other: int) -> Introduction | None:
    """An introduction of the two that is an idea still, as the app may have had it by itself."""
    found = store.introductions.between(one, other)
    return next((idea for idea in found if idea.under_way and idea.state == INTRODUCTION_STATES[0]), None)


def _stepped(store: Store, said: str, state: str, note: str, day: date) -> Introduction:
    if not (said.isascii() and said.isdigit() and len(said) < len(str(2**62))):
        raise click.UsageError(f"“{said}” is no id; netcrm introduce lists them.")
    if state not in (*INTRODUCTION_STATES, _CLOSED):
        raise click.UsageError(
            f"“{state}” is no step; there are {', '.join((*INTRODUCTION_STATES, _CLOSED))}."
        )
    found = _get(store, int(said))
    try:
        if state == _CLOSED:
            store.introductions.close(found.id, day, note)
        else:
            store.introductions.set_state(found.id, state, day, note)
    except ValueError as error:
        hint = "" if note else " (--note)"
        raise NotDone(f"{str(error).rstrip('.')}{hint if 'Say why' in str(error) else ''}.") from error
    return _get(store, found.id)


def _get(store: Store, introduction: int) -> Introduction:
    found = store.introductions.get(introduction)
    if found is None:
        raise NotDone(f"There is no introduction {introduction}; netcrm introduce lists them.")
    return found


def _state(found: Introduction) -> str:
    return _CLOSED if found.closed_on is not None else found.state


def _lines(held: _Held, day: date) -> Iterator[str]:
    for found in held.under_way:
        names = f"{strong(found.one.name)} {dim('and')} {strong(found.other.name)}"
        yield f"{dim(f'{found.id:>4}')}  {names}  {styled(stands(found, day), fg='yellow')}"
        if found.why:
            yield f"      {dim(found.why)}"
    if held.proposed:
        if held.under_way:
            yield ""
        yield strong("Proposed")
    for proposal in held.proposed:
        names = f"{strong(proposal.one.name)} {dim('and')} {strong(proposal.other.name)}"
        yield f"   {styled('✧', fg='magenta')}  {names}"
        yield f"      {dim(proposal.why)}"
    if not (held.under_way or held.proposed):
        yield "Nobody comes to mind yet: netcrm introduce NAME NAME begins an introduction."


def _rows(held: _Held) -> Iterator[Sequence[object]]:
    for found in held.under_way:
        one, other = found.one, found.other
        yield (found.id, _state(found), found.since, one.name, other.name, found.why, one.id, other.id)
    for proposal in held.proposed:
        one, other = proposal.one, proposal.other
        yield (None, "proposed", None, one.name, other.name, proposal.why, one.id, other.id)


def _record(held: _Held) -> records.Record:
    return {
        "introductions": [
            {
                "id": found.id,
                "state": _state(found),
                "since": records.iso(found.since),
                "why": found.why,
                "note": found.note,
                "came_of_it": found.came_of_it,
                "people": [
                    {
                        **records.named(side.person),
                        "asked": side.asked,
                        "asked_on": records.iso(side.asked_on),
                        "yes": side.yes,
                        "yes_on": records.iso(side.yes_on),
                    }
                    for side in found.sides
                ],
                "made_on": records.iso(found.made_on),
                "closed_on": records.iso(found.closed_on),
            }
            for found in held.under_way
        ],
        "proposed": [
            {"people": [records.named(proposal.one), records.named(proposal.other)], "why": proposal.why}
            for proposal in held.proposed
        ],
    }
