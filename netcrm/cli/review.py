"""``netcrm review``: a week or a year looked back on, and a page of it for the browser."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, past_day, text
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
from netcrm.domain.gives import say_day
from netcrm.domain.groups import pulse
from netcrm.domain.introductions import first_name
from netcrm.domain.review import (
    HEAT,
    Review,
    Span,
    silence,
    sparkline,
    talks_with,
)
from netcrm.domain.text import plain
from netcrm.domain.timeline import SIGNS, Interaction

if TYPE_CHECKING:
    from netcrm.domain.people import Named

_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})", re.IGNORECASE)

_THIS_YEAR = "this"
"""What ``--year`` means when no year is said."""

_LABEL = 4
"""Cells before the map."""

_HEAT_COLOURS = (None, "magenta", "magenta", "magenta", "bright_magenta")


@command(
    "review",
    "netcrm review",
    "netcrm review --week 2026-W30",
    "netcrm review --week 'last week'",
    "netcrm review --year 2025 --html 2025.html",
    "netcrm review --json | jq .gave",
)
@click.option("--week", "week", type=text, metavar="WEEK", help="A week like 2026-W47, or any day of it.")
@click.option(
    "--year",
    "year",
    is_flag=False,
    flag_value=_THIS_YEAR,
    metavar="[YEAR]",
    help="A whole year; this one unless you say which.",
)
@click.option(
    "--html",
    "html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page for the browser; it holds all it needs, and asks nothing of the network.",
)
@json_option
def review_command(week: str | None, year: str | None, html: Path | None, as_json: bool) -> None:
    """Look back on a week or a year.

    What you gave, gives and asks a week, what happened by kind and by tag, bright moments, what you learned
    and taught; and, as of today, to whom a hello would be welcome, the groups, and what is coming. Without
    options it is this week.

    Piped, the columns are: what (span, map, day, conversations, people, gave, asked, week, kind, tag, give,
    given to, bright, learned, taught, drifting, group, coming), day (ISO), name, words, number, id.
    """
    day = today()
    span = _span(week, year, day)
    with opened() as store:
        review = store.review.read(span, day)
    if html is not None:
        _write(html, review)
    if as_json:
        say_json(_record(review))
    elif html is not None:
        click.echo(f"Wrote {plain(str(html))}: open it in a browser.", err=True)
    elif on_terminal():
        say(_lines(review))
    else:
        say_rows(_rows(review))


def _span(week: str | None, year: str | None, day: date) -> Span:
    """What was asked for.

    Raises:
        click.UsageError: It is both a week and a year, none at all, or still to come.
    """
    if week is not None and year is not None:
        raise click.UsageError("A review is of a week or of a year: say one of --week and --year.")
    if year is not None:
        span = Span.year(_year(year, day))
    else:
        span = Span.week(_day_of(week) if week is not None else day)
    if span.first > day:
        raise click.UsageError(f"{span.name} is still to come.")
    return span


def _year(said: str, day: date) -> date:
    if said == _THIS_YEAR:
        return day
    if not re.fullmatch(r"[0-9]{4}", said) or not int(said):
        raise click.BadParameter(f"“{said}” is no year; write 2025.", param_hint="--year")
    return date(int(said), 1, 1)


def _day_of(said: str) -> date:
    """A day of a week that was written ``2026-W47``, or as a day."""
    found = _WEEK.fullmatch(said.strip())
    if not found:
        return past_day(said)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError as error:
        raise click.BadParameter(f"There is no week {said}.", param_hint="--week") from error


def _write(path: Path, review: Review) -> None:
    """Write the page for its user alone, whole or not at all; never over what is no such page.

    Raises:
        NotDone: It is something else's file, or can't be written.
    """
    import tempfile

    from netcrm.exchange.review_html import BEGINNING, page

    said = page(review)
    try:
        if path.exists():
            with path.open("rb") as there:
                if there.read(len(BEGINNING)) != BEGINNING.encode():
                    raise NotDone(f"{path} is there already, and is no review; nothing was written.")
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".netcrm-") as folder:
            whole = Path(folder) / path.name
            whole.touch(mode=0o600)
            whole.write_text(said, encoding="utf-8")
            whole.replace(path)
    except OSError as error:
        raise NotDone(f"{path} can't be written: {(error.strerror or 'no reason given').lower()}.") from error


# As JSON


def _record(review: Review) -> records.Record:
    span, touch, held, after = review.span, review.touch, review.held, review.after
    return {
        "today": review.today.isoformat(),
        "span": {
            "kind": span.kind,
            "name": span.name,
            "first": span.first.isoformat(),
            "last": span.last.isoformat(),
        },
        "entries": review.entries,
        "conversations": review.conversations,
        "people": held.people,
        "gave": review.gave,
        "asked": review.asked,
        "weeks": [
            {"first": one.first.isoformat(), "gave": one.gave, "asked": one.asked} for one in review.weeks
        ],
        "kinds": [{"kind": kind, "entries": many} for kind, many in review.kinds.items()],
        "tags": [{"tag": tag, "entries": many} for tag, many in held.tags],
        "given": [records.interaction(entry) for entry in held.given],
        "most_given_to": [{**records.named(person), "times": many} for person, many in held.given_to],
        "bright": [records.interaction(entry) for entry in held.bright],
        "learned": [records.interaction(entry) for entry in held.learned],
        "taught": [records.interaction(entry) for entry in held.taught],
        "drifting": [records.line(person, review.today) for person in after.drifting],
        "drifting_more": after.more,
        "groups": [
            {
                "id": group.id,
                "name": group.name,
                "kind": group.kind,
                "cadence": group.cadence,
                "last": records.iso(group.last_on),
                "next": records.iso(group.next_on),
                "said": pulse(group, review.today).words,
            }
            for group in after.groups
        ],
        "coming": [
            {
                "on": one.day.isoformat(),
                "words": one.words,
                "person": records.named(one.person) if one.person else None,
                "group": {"id": one.group.id, "name": one.group.name} if one.group else None,
            }
            for one in after.coming
        ],
        "map": {
            "first": touch.first.isoformat(),
            "last": touch.last.isoformat(),
            "conversations": touch.conversations,
            "people": touch.people,
            "days": [
                {"day": day.isoformat(), "conversations": touch.on(day), "level": touch.level(day)}
                for day in touch.days
                if touch.on(day)
            ],
        },
    }


# Piped


def _rows(review: Review) -> Iterator[Sequence[object]]:
    span, touch, held, after = review.span, review.touch, review.held, review.after
    yield ("span", span.first, span.name, span.title(review.today), None, None)
    yield ("conversations", span.first, None, None, review.conversations, None)
    yield ("people", span.first, None, None, held.people, None)
    yield ("gave", span.first, None, None, review.gave, None)
    yield ("asked", span.first, None, None, review.asked, None)
    for week in review.weeks:
        yield ("week", week.first, "gave", None, week.gave, None)
        yield ("week", week.first, "asked", None, week.asked, None)
    for kind, many in review.kinds.items():
        yield ("kind", span.first, kind, None, many, None)
    for tag, many in held.tags:
        yield ("tag", span.first, tag, None, many, None)
    for person, many in held.given_to:
        yield ("given to", span.first, person.name, None, many, person.id)
    for what, entries in _kept(review):
        for entry in entries:
            yield (what, entry.day, _called(entry.people), entry.text, entry.enjoyment, entry.id)
    for line in after.drifting:
        yield ("drifting", line.last_on, line.name, silence(line, review.today), None, line.id)
    for group in after.groups:
        yield ("group", group.last_on, group.name, pulse(group, review.today).words, group.entries, group.id)
    for one in after.coming:
        about = one.person or one.group
        yield ("coming", one.day, about.name if about else None, one.words, None, about.id if about else None)
    yield ("map", touch.first, None, talks_with(touch.conversations, touch.people), touch.conversations, None)
    for day in touch.days:
        if touch.on(day):
            yield ("day", day, None, None, touch.on(day), None)


def _kept(review: Review) -> Sequence[tuple[str, Sequence[Interaction]]]:
    held = review.held
    return (
        ("give", held.given),
        ("bright", held.bright),
        ("learned", held.learned),
        ("taught", held.taught),
    )


# On a terminal


def _lines(review: Review) -> Iterator[str]:
    touch = review.touch
    title = review.span.title(review.today)
    yield f"{strong(title[:1].upper() + title[1:])}   {dim(review.in_touch or 'a quiet time')}"
    yield ""
    yield from _map(review)
    yield f"{' ' * _LABEL}{dim(f'a year in touch: {talks_with(touch.conversations, touch.people)}')}"
    yield from _counts(review)
    for what, entries in _kept(review):
        yield from _section(_TITLES[what], (_entry(entry, review) for entry in entries))
    yield from _section(
        review.held.most_given_to, (f"{styled(one.name)} {dim(str(many))}" for one, many in _to(review))
    )
    after, day = review.after, review.today
    yield from _section(
        "Drifting · a hello would be welcome",
        (
            *(
                f"{styled('○', fg='yellow')} {styled(one.name)} {dim(silence(one, day))}"
                for one in after.drifting
            ),
            *([dim(f"and {after.more:,} more, whenever you like")] if after.more else []),
        ),
    )
    yield from _section(
        "Groups", (f"{styled(group.name)} {dim(pulse(group, day).words)}" for group in after.groups)
    )
    yield from _section(
        "Coming up",
        (
            f"{styled('▲', fg='yellow')} {say_day(one.day, day):<8} {styled(one.words)}"
            for one in after.coming
        ),
    )


_TITLES = {"give": "You gave", "bright": "Bright moments", "learned": "Learned", "taught": "Taught"}


def _section(title: str, lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    """A heading with its lines; nothing where there are none."""
    shown = list(lines)
    if shown:
        yield ""
        yield strong(title)
        yield from (f"  {line}" for line in shown)


def _map(review: Review) -> Iterator[str]:
    """The days of the year, as many weeks as fit, the newest at the right."""
    touch = review.touch
    weeks = touch.weeks
    left = max(0, len(weeks) - (columns() - _LABEL) // 2)
    months = ""
    for place, name in touch.months:
        if place >= left and (place - left) * 2 >= len(months):
            months = months.ljust((place - left) * 2) + name
    yield f"{' ' * _LABEL}{dim(months)}"
    days = list(touch.days)
    for weekday, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "Sun")):
        row = (touch.level(day) for day in days[left * 7 + weekday :: 7])
        cells = " ".join(_cell(level) for level in row)
        yield f"{dim(f'{name:<{_LABEL}}')}{cells}"


def _cell(level: int) -> str:
    colour = _HEAT_COLOURS[level]
    return styled(HEAT[level], fg=colour, dim=level < 2)


def _counts(review: Review) -> Iterator[str]:
    if review.given_and_asked:
        gave, asked = [week.gave for week in review.weeks], [week.asked for week in review.weeks]
        most = max(1, *gave, *asked)
        yield ""
        yield f"{dim('gives a week')}  {styled(sparkline(gave, most), fg='yellow')}"
        yield f"{dim('asks a week ')}  {styled(sparkline(asked, most), fg='red')}"
        yield dim(review.given_and_asked)
    if review.kinds:
        yield ""
        yield "  ".join(f"{SIGNS[kind]} {kind} {dim(str(many))}" for kind, many in review.kinds.items())
    if review.held.tags:
        yield "  ".join(f"{styled(f'#{tag}', fg='cyan')} {dim(str(many))}" for tag, many in review.held.tags)


def _to(review: Review) -> Sequence[tuple["Named", int]]:
    return review.held.given_to


def _entry(entry: Interaction, review: Review) -> str:
    sign = styled(SIGNS[entry.kind], fg="green")
    when = dim(f"{entry.day:%a}" if review.span.kind == "week" else f"{entry.day.day:>2} {entry.day:%b}")
    who = " and ".join(first_name(one.name) for one in entry.people[:2])
    more = f" +{len(entry.people) - 2}" if len(entry.people) > 2 else ""
    stars = f" {styled(entry.stars, fg='yellow')}" if entry.stars else ""
    said = plain(" ".join(entry.text.split()))
    room = max(8, columns() - width(plain(who)) - len(more) - len(entry.stars) - 16)
    return f"{when} {sign} {strong(who)}{more} {fitted(said, min(room, width(said)))}{stars}"


def _called(people: Sequence["Named"]) -> str:
    return ", ".join(person.name for person in people)
