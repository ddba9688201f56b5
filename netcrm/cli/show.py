"""``netcrm show``: everything about one person."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.find import DOT_COLOURS
from netcrm.cli.output import columns, dim, on_terminal, say, say_json, say_rows, strong, styled
from netcrm.cli.whom import the_one
from netcrm.domain.fieldtext import MONTHS
from netcrm.domain.gives import Give, say_day, why_now
from netcrm.domain.occasions import Occasion, next_on
from netcrm.domain.people import Named, Person
from netcrm.domain.relations import Tie
from netcrm.domain.rhythm import every, since
from netcrm.domain.text import plain, plain_lines
from netcrm.domain.timeline import SIGNS, Interaction
from netcrm.domain.values import dataclass
from netcrm.store import Store

_ENTRIES = 10
"""Entries of the timeline shown unless one asks for more."""

_LABEL = 12
"""Cells before what a label says."""


@dataclass(frozen=True, slots=True)
class _All:
    """All that is known of one person."""

    person: Person
    introduced_by: str
    ties: Sequence[Tie]
    groups: Sequence[Named]
    gives: Sequence[Give]
    timeline: Sequence[Interaction]


@command("show", 'netcrm show "Christina Vale"', "netcrm show 12 --limit 50", "netcrm show hank --json")
@click.argument("who", nargs=-1, required=True, type=text, metavar="NAME|ID")
@click.option(
    "--limit",
    type=click.IntRange(min=0, max=1_000_000),
    default=_ENTRIES,
    metavar="N",
    help=f"Entries of the timeline, newest first; {_ENTRIES} unless you say.",
)
@json_option
def show_command(who: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Show everything about one person.

    By name, nickname, a part of the name, an address, or the id that find prints. If it could be several
    people, they are listed, and the exit code is 1.

    Piped, each row is a word for what it holds (name, title, organisation, city, email, phone, tag, give,
    entry and so on), then its value and further columns.
    """
    day = today()
    with opened() as store:
        known = _read(store, the_one(store, " ".join(who)), limit, day)
    if as_json:
        say_json(_record(known, day))
    elif on_terminal():
        say(_lines(known, day))
    else:
        say_rows(_rows(known, day))


def _read(store: Store, person_id: int, limit: int, day: date) -> _All:
    person = store.people.get(person_id)
    assert person is not None  # the_one has just found them
    introduced_by = person.profile.introduced_by
    return _All(
        person=person,
        introduced_by=store.people.name(introduced_by) if introduced_by else "",
        ties=store.relations.of(person_id),
        groups=store.groups.of_person(person_id),
        gives=store.gives.waiting_for(day, person_id=person_id),
        timeline=store.timeline.of(person_id, limit=limit) if limit else [],
    )


def _record(known: _All, day: date) -> records.Record:
    return {
        **records.person(known.person, day),
        "relations": [
            {
                "kind": tie.kind,
                "name": tie.name,
                "id": tie.person_id,
                "born": tie.born,
                "own": tie.own,
                "has_them": tie.has_them,
            }
            for tie in known.ties
        ],
        "groups": [records.named(group) for group in known.groups],
        "gives": [records.give(give, day) for give in known.gives],
        "timeline": [records.interaction(entry) for entry in known.timeline],
    }


# On a terminal


def _lines(known: _All, day: date) -> Iterator[str]:
    yield from _head(known, day)
    yield from _about(known, day)
    yield from _gives(known, day)
    yield from _timeline(known, day)


def _head(known: _All, day: date) -> Iterator[str]:
    person, profile = known.person, known.person.profile
    state = person.warmth(day)
    nicknames = f"  “{', '.join(profile.nicknames)}”" if profile.nicknames else ""
    archived = "  archived" if person.archived else ""
    yield (
        f"{styled(state.dot, fg=DOT_COLOURS[state])} {strong(profile.name)}"
        f"{styled(nicknames)}{dim(f'{archived}  id {person.id}')}"
    )
    headline = ", ".join(part for part in (profile.title, profile.organisation) if part)
    if about := " · ".join(part for part in (headline, profile.city) if part):
        yield f"  {styled(about)}"
    if profile.tags:
        yield f"  {styled(' '.join(f'#{tag}' for tag in profile.tags), fg='cyan')}"
    last = f"last contact {_ago(person.last_on, day)}" if person.last_on else "no contact yet"
    counts = f"gave {person.gave} · asked {person.asked}"
    yield dim(f"  {every(person.cadence)} · {last} · {counts}")


def _about(known: _All, day: date) -> Iterator[str]:
    profile = known.person.profile
    yield ""
    for point in profile.points:
        yield from _labelled(point.kind, f"{styled(point.value)} {dim(point.label)}".rstrip())
    for want in profile.wants:
        yield from _labelled("wants", styled(want))
    for offer in profile.offers:
        yield from _labelled("offers", styled(offer))
    for occasion in profile.occasions:
        yield from _labelled("▲ " + _when(occasion), f"{styled(occasion.words)} {dim(_next(occasion, day))}")
    for tie in known.ties:
        kind = "" if tie.has_them else tie.kind
        said = tie.words(day, profile.occasions)
        yield from _labelled(kind or "knows", styled(said.removeprefix(f"{kind} ") if kind else said))
    if profile.met or profile.met_on:
        on = (
            f"{profile.met_on.day} {MONTHS[profile.met_on.month - 1]} {profile.met_on.year}"
            if profile.met_on
            else ""
        )
        yield from _labelled("met", styled(" · ".join(part for part in (profile.met, on) if part)))
    if known.introduced_by:
        yield from _labelled("through", styled(known.introduced_by))
    for group in known.groups:
        yield from _labelled("group", styled(group.name))
    for at, paragraph in enumerate(_note_lines(profile.note)):
        yield from _labelled("" if at else "note", styled(paragraph))
    if profile.further:
        names = ", ".join(dict.fromkeys(further.name for further in profile.further))
        yield from _labelled("kept", dim(names))


def _gives(known: _All, day: date) -> Iterator[str]:
    if known.gives:
        yield ""
        yield strong("To give")
    for give in known.gives:
        yield f"  {styled('✦', fg='magenta')} {styled(give.words)} {dim(f'· {why_now(give, day)}')}"


def _timeline(known: _All, day: date) -> Iterator[str]:
    if known.timeline:
        yield ""
        yield strong("Timeline")
    for entry in known.timeline:
        others = [one.name for one in entry.people if one.id != known.person.id]
        said = [styled(line) for line in _wrapped(entry.text, columns() - 19)]
        marks = [
            dim(part)
            for part in (
                f"with {', '.join(others)}" if others else "",
                f"· {entry.place}" if entry.place else "",
            )
            if part
        ]
        marks += [styled(f"#{tag}", fg="cyan") for tag in entry.tags]
        marks += [styled(entry.stars, fg="yellow")] if entry.stars else []
        marks += [dim(f"→ {entry.answer}")] if entry.answer else []
        on = f"{entry.day.day} {MONTHS[entry.day.month - 1]} {entry.day.year}"
        sign = styled(SIGNS[entry.kind], fg="green")
        yield f"  {dim(f'{on:>11}')}  {sign} {said[0]} {' '.join(marks)}".rstrip()
        yield from (" " * 17 + line for line in said[1:])
    more = known.person.entries - len(known.timeline)
    if more > 0:
        yield dim(f"  and {more:,} more: --limit {known.person.entries}")


def _labelled(label: str, said: str) -> Iterator[str]:
    yield f"  {dim(f'{plain(label):<{_LABEL}}')} {said}"


def _note_lines(note: str) -> list[str]:
    if not note.strip():
        return []
    return [line for paragraph in plain_lines(note) for line in _wrapped(paragraph, columns() - _LABEL - 3)]


def _wrapped(text: str, cells: int) -> list[str]:
    return textwrap.wrap(plain(text), max(20, cells)) or [""]


def _when(occasion: Occasion) -> str:
    return f"{occasion.day} {MONTHS[occasion.month - 1]}" + (f" {occasion.year}" if occasion.year else "")


def _next(occasion: Occasion, day: date) -> str:
    coming = next_on(occasion, day)
    return f"· {say_day(coming, day)}" if coming and (coming - day).days <= occasion.notice else ""


def _ago(last: date | None, day: date) -> str:
    said = since(last, day)
    return "today" if said == "now" else f"{said} ago"


# In columns


def _rows(known: _All, day: date) -> Iterator[Sequence[object]]:
    person, profile = known.person, known.person.profile
    yield ("id", person.id)
    yield ("name", profile.name)
    for word, value in (
        ("title", profile.title),
        ("organisation", profile.organisation),
        ("city", profile.city),
        ("met", profile.met),
        ("met on", profile.met_on),
        ("introduced by", known.introduced_by),
        ("cadence", person.cadence),
        ("last contact", person.last_on),
        ("archived", "yes" if person.archived else ""),
    ):
        if value not in ("", None):
            yield (word, value)
    yield from (("nickname", nickname) for nickname in profile.nicknames)
    yield from ((point.kind, point.value, point.label) for point in profile.points)
    yield from (("tag", tag) for tag in profile.tags)
    yield from (("want", want) for want in profile.wants)
    yield from (("offer", offer) for offer in profile.offers)
    for occasion in profile.occasions:
        yield ("occasion", next_on(occasion, day), occasion.words)
    for tie in known.ties:
        yield ("relation", tie.how, tie.name, tie.born)
    yield from (("group", group.name) for group in known.groups)
    if profile.note:
        yield ("note", profile.note)
    for give in known.gives:
        yield ("give", give.stands_on(day), give.words, why_now(give, day))
    for entry in known.timeline:
        yield ("entry", entry.day, entry.kind, entry.text, entry.place, ",".join(entry.tags), entry.enjoyment)
