"""``netcrm today``: what there is to give, whom to say hello to, and what is coming."""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.find import person_line
from netcrm.cli.output import dim, gauge, on_terminal, say, say_json, say_rows, strong, styled, width
from netcrm.domain.fieldtext import MONTHS
from netcrm.domain.gives import SECTIONS, Give, Room, in_past, say_day, section, why_now
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named, PersonLine
from netcrm.domain.rhythm import Sabbatical, every
from netcrm.domain.text import plain
from netcrm.domain.values import dataclass
from netcrm.store.errors import StoreError

_PEOPLE = 10
"""People suggested unless one asks for more: more are a chore."""

_OCCASIONS = 40
"""Occasions shown unless one asks for more: a book of a lifetime has hundreds of birthdays in a fortnight."""

_DAYS = 14
"""Days that are looked ahead for occasions."""


@dataclass(frozen=True, slots=True)
class _Day:
    """What the day holds."""

    day: date
    gives: Sequence[Give]
    room: Room
    people: Sequence[PersonLine]
    more: int
    occasions: Sequence[tuple[date, Named, Occasion]]
    later: int
    question: Give | None = None
    found: str = ""
    away: Sabbatical | None = None


@command("today", "netcrm today", "netcrm today --json | jq '.gives[].words'")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_PEOPLE,
    metavar="N",
    help=f"The most people to catch up with; {_PEOPLE} unless you say.",
)
@click.option(
    "--occasions",
    type=click.IntRange(min=1),
    default=_OCCASIONS,
    metavar="N",
    help=f"The most occasions, of those you keep in touch with first; {_OCCASIONS} unless you say.",
)
@json_option
def today_command(limit: int, occasions: int, as_json: bool) -> None:
    """See what there is to give, and what is coming.

    The gives that are due today or this week, each with why now; the room the week has left; people you have
    not been in touch with for longer than you wished; and the occasions of the next 14 days. What these
    suggest is queued before, each thing once, as when the app starts; netcrm undo takes it back.

    Piped, the columns are: what (give, room, person, occasion), day (ISO), name, words, why, the person's id.
    """
    day = today()
    found = ""
    with opened() as store:
        with contextlib.suppress(StoreError):  # Another program is writing: what is new is found next time.
            found = store.filling.fill(day).label
        sabbatical = store.rhythm.sabbatical(day)
        queue = store.gives.order(day, later=False)
        people = store.people.out_of_rhythm(day, limit)
        coming, later = store.people.nearest(day, _DAYS, occasions)
        held = _Day(
            day=day,
            gives=store.gives.before_later(queue),
            room=store.gives.room(day, queue),
            people=people,
            more=store.people.count_out_of_rhythm(day) - len(people),
            occasions=coming,
            later=later,
            question=store.gives.to_ask(day),
            found=found,
            away=sabbatical if sabbatical and sabbatical.is_on(day) else None,
        )
        nobody = not store.people.ids(limit=1)
    if as_json:
        say_json(_record(held))
    elif not on_terminal():
        say_rows(_rows(held))
    elif nobody:
        say(["Nobody is in the book yet: netcrm import FILE brings people in, netcrm add NAME adds one."])
    else:
        say(_lines(held))


def _lines(held: _Day) -> Iterator[str]:
    day = held.day
    yield f"{strong(f'{day:%A} {day.day} {day:%B}')}   {dim('room this week')} {gauge(held.room)}"
    if held.away:
        yield dim(f"away until {say_day(held.away.until_on, day)}")
    for name in SECTIONS:
        yield from _gives(name, [give for give in held.gives if section(give, day) == name], day)
    if held.people:
        yield ""
        yield strong("Say hello again")
        cells = min(28, max(width(plain(line.name)) for line in held.people))
        for line in held.people:
            yield "  " + person_line(line, cells, [line.headline, every(line.cadence)], (), day, indent=2)
        if held.more > 0:
            yield dim(f"  and {held.more:,} more, whenever you like")
    if held.occasions:
        yield ""
        yield strong("Coming")
        for on, named, occasion in held.occasions:
            when = f"{on:%a} {on.day} {MONTHS[on.month - 1]}"
            yield (
                f"  {styled('▲', fg='yellow')} {dim(f'{when:<10}')}  {styled(named.name)}:"
                f" {styled(occasion.words)}{dim(_turns(occasion, on))}"
            )
        if held.later:
            yield dim(f"  and {held.later:,} more; --occasions shows as many as you say")
    if held.gives:
        yield ""
        yield dim("netcrm give shows their numbers; netcrm give --done NUMBER says that you have given it.")
    if held.question is not None:
        given = held.question
        yield ""
        yield strong("Did it land?")
        words = styled(in_past(given.words))
        yield f"  {styled('✦', fg='magenta')} {words} {dim('·')} {styled(given.whom.name)}"
        yield dim(f"  netcrm give --landed yes {given.id}, or no, or unsure")
    if not (held.gives or held.people or held.occasions):
        yield ""
        yield "Nothing waits. Enjoy the day."
    if held.found:
        yield ""
        yield dim(f"{held.found[0].upper()}{held.found[1:]}; netcrm undo takes it back.")


def _gives(name: str, gives: Sequence[Give], day: date) -> Iterator[str]:
    if gives:
        yield ""
        yield strong(name)
    for give in gives:
        said = f"  {styled('✦', fg='magenta')} {styled(give.words)}"
        yield f"{said} {dim('·')} {styled(give.whom.name)} {dim(f'· {why_now(give, day)}')}"


def _turns(occasion: Occasion, on: date) -> str:
    """How many years it is then, where that is known."""
    years = on.year - occasion.year if occasion.year and occasion.yearly else 0
    return f" · {years} years" if years > 1 else ""


def _rows(held: _Day) -> Iterator[Sequence[object]]:
    for give in held.gives:
        why = f"{section(give, held.day)}: {why_now(give, held.day)}"
        yield ("give", give.stands_on(held.day), give.whom.name, give.words, why, give.person_id or "")
    yield ("room", held.day, None, f"{held.room.left} of {held.room.size} left", None, None)
    for line in held.people:
        state = line.warmth(held.day).value
        yield ("person", line.last_on, line.name, line.headline, f"{state}: {every(line.cadence)}", line.id)
    for on, named, occasion in held.occasions:
        yield ("occasion", on, named.name, occasion.words, say_day(on, held.day), named.id)


def _record(held: _Day) -> records.Record:
    return {
        "day": held.day.isoformat(),
        "gives": [records.give(give, held.day) for give in held.gives],
        "room": {
            "size": held.room.size,
            "given": held.room.given,
            "waiting": held.room.waiting,
            "left": held.room.left,
        },
        "people": [records.line(line, held.day) for line in held.people],
        "occasions": [
            {"on": on.isoformat(), "person": records.named(named), **records.occasion(occasion)}
            for on, named, occasion in held.occasions
        ],
        "away_until": records.iso(held.away.until_on) if held.away else None,
        "did_it_land": records.give(held.question, held.day) if held.question else None,
    }
