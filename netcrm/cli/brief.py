"""``netcrm brief``: what is good to know before you meet someone."""

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.find import DOT_COLOURS
from netcrm.cli.output import columns, dim, on_terminal, say, say_json, strong, styled
from netcrm.cli.whom import the_one
from netcrm.domain.brief import Brief, Note, as_text, rhythm, sections
from netcrm.domain.people import Named
from netcrm.domain.text import plain

_LABEL = 17
"""Cells before what a label says."""

_WIDEST = 100
"""Cells of the card: longer lines are hard to read."""

_COLOURS = {"promised": "magenta", "waiting": "magenta", "could": "magenta", "coming": "yellow"}
_SIGNS = {"promised": "✦ ", "waiting": "✦ ", "could": "✧ ", "coming": "▲ "}


@command("brief", 'netcrm brief "Christina Vale"', "netcrm brief hank | wl-copy", "netcrm brief 12 --json")
@click.argument("who", nargs=-1, required=True, type=text, metavar="NAME|ID")
@json_option
def brief_command(who: tuple[str, ...], as_json: bool) -> None:
    """Read, before you meet someone, what is good to know.

    What was since the last time, what you promised, what you could give them, what they want and offer, what
    is coming, whom you both know, and how you met. Piped, it is plain text.

    By name, nickname, a part of the name, an address, or the id that find prints. If it could be several
    people, they are listed, and the exit code is 1.
    """
    day = today()
    with opened() as store:
        person_id = the_one(store, " ".join(who))
        brief = store.briefs.of(person_id, day)
        assert brief is not None  # the_one has just found them
        brief = replace(brief, could=store.briefs.could(person_id, day))
    if as_json:
        say_json(_record(brief, day))
    elif on_terminal():
        say(_lines(brief, day))
    else:
        say([as_text(brief, day)])


def _lines(brief: Brief, day: date) -> Iterator[str]:
    person = brief.person
    profile, state = person.profile, person.warmth(day)
    yield f"{styled(state.dot, fg=DOT_COLOURS[state])} {strong(profile.name)}  {dim(rhythm(person, day))}"
    work = ", ".join(part for part in (profile.title, profile.organisation) if part)
    if about := " · ".join(part for part in (work, profile.city) if part):
        yield f"  {styled(about)}"
    if profile.tags:
        yield f"  {styled(' '.join(f'#{tag}' for tag in profile.tags), fg='cyan')}"
    block = -1
    for section in sections(brief, day):
        if section.block != block:
            yield ""
            block = section.block
        label = section.label
        days = max(len(note.lead) for note in section.notes)
        for note in section.notes:
            for line in _noted(section.kind, note, days):
                yield f"  {dim(f'{label:<{_LABEL}}')}{line}"
                label = ""


def _noted(kind: str, note: Note, days: int) -> Iterator[str]:
    """A note, wrapped, with its sign before it and what stands back behind it."""
    lead = f"{_SIGNS.get(kind, '')}{f'{note.lead:<{days}}  ' if days else ''}"
    cells = min(columns(), _WIDEST) - _LABEL - 2 - len(lead)
    tail = f"  {plain(note.tail)}" if note.tail else ""
    wrapped = textwrap.wrap(plain(note.text), max(20, cells)) or [""]
    for place, line in enumerate(wrapped):
        last = place == len(wrapped) - 1
        before = styled(lead, fg=_COLOURS.get(kind, "bright_black")) if not place else " " * len(lead)
        beside = last and len(line) + len(tail) <= cells
        yield f"{before}{styled(line)}{dim(tail) if beside else ''}"
        if last and tail and not beside:
            for more in textwrap.wrap(tail.strip(), max(20, cells)):
                yield f"{' ' * len(lead)}{dim(more)}"


def _record(brief: Brief, day: date) -> records.Record:
    ask = brief.ask(day)
    return {
        "person": records.named(Named(brief.person.id, brief.person.profile.name)),
        "since": [records.interaction(entry) for entry in brief.since],
        "promised": [records.give(give, day) for give in brief.promises],
        "waiting": [records.give(give, day) for give in brief.others],
        "could": [
            {"kind": one.kind, "words": one.words, "title": one.what, "whom": one.whom, "why": one.why}
            for one in brief.chances
        ],
        "wants": list(brief.of_side("want")),
        "offers": list(brief.of_side("offer")),
        "coming": [{**records.occasion(one), "next": records.iso(on)} for on, one in brief.coming(day)],
        "family": list(brief.family),
        "note": brief.person.profile.note,
        "common": [records.named(one) for one in brief.common],
        "groups": list(brief.groups),
        "met": brief.person.profile.met,
        "met_on": records.iso(brief.person.profile.met_on),
        "introduced_by": records.named(brief.introduced_by) if brief.introduced_by else None,
        "glad_of": brief.glad_of.removeprefix("glad of "),
        "asked": records.interaction(ask) if ask else None,
        "text": as_text(brief, day),
    }
