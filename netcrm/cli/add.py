"""``netcrm add``: add a person."""

from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, past_day, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.output import on_terminal, say, say_json, say_rows, strong
from netcrm.cli.whom import the_one
from netcrm.domain.fieldoccasions import read_occasions
from netcrm.domain.fields import read_cadence
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.rhythm import every
from netcrm.domain.text import fold, is_blank


def rhythm(value: str) -> int | None:
    """A rhythm in words, ``6 weeks``, ``quarterly`` or ``never``, as a number of days."""
    try:
        return read_cadence(text(value))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@command(
    "add",
    'netcrm add "Christina Vale" --title "Head of Design" --org Lumen --city Lisbon',
    'netcrm add "Hank Morrow" --email hank@example.org --every "6 weeks" --tag scouts --met "at PyCon"',
)
@click.argument("name", nargs=-1, required=True, type=text, metavar="NAME...")
@click.option("--title", type=text, default="", metavar="TEXT", help="What they do.")
@click.option("--org", type=text, default="", metavar="TEXT", help="Where they work.")
@click.option("--city", type=text, default="", metavar="TEXT", help="Where they live.")
@click.option("--nickname", type=text, multiple=True, metavar="TEXT", help="What else they are called.")
@click.option("--email", type=text, multiple=True, metavar="ADDRESS", help="An address. Can be repeated.")
@click.option("--phone", type=text, multiple=True, metavar="NUMBER", help="A number. Can be repeated.")
@click.option("--url", type=text, multiple=True, metavar="LINK", help="A link. Can be repeated.")
@click.option("--tag", type=text, multiple=True, metavar="TAG", help="A tag. Can be repeated.")
@click.option("--every", "cadence", type=rhythm, metavar="RHYTHM", help="A rhythm: 6 weeks, monthly, never.")
@click.option("--want", type=text, multiple=True, metavar="TEXT", help="What they look for. Can be repeated.")
@click.option(
    "--offer", type=text, multiple=True, metavar="TEXT", help="What they can give. Can be repeated."
)
@click.option("--occasion", type=text, multiple=True, metavar="TEXT", help="A date: birthday 3 May 1971.")
@click.option("--met", type=text, default="", metavar="TEXT", help="How you met.")
@click.option("--met-on", type=past_day, metavar="DATE", help="When you met: 2026-03-14, last friday.")
@click.option("--introduced-by", type=text, metavar="NAME", help="Who of your book introduced you.")
@click.option("--note", type=text, default="", metavar="TEXT", help="Anything else.")
@json_option
def add_command(
    name: tuple[str, ...],
    title: str,
    org: str,
    city: str,
    nickname: tuple[str, ...],
    email: tuple[str, ...],
    phone: tuple[str, ...],
    url: tuple[str, ...],
    tag: tuple[str, ...],
    cadence: int | None,
    want: tuple[str, ...],
    offer: tuple[str, ...],
    occasion: tuple[str, ...],
    met: str,
    met_on: date | None,
    introduced_by: str | None,
    note: str,
    as_json: bool,
) -> None:
    """Add a person.

    Piped, the columns are: name, id.
    """
    said = " ".join(" ".join(name).split())
    if is_blank(said):
        raise click.UsageError("A person needs a name.")
    with opened(make=True) as store:
        profile = Profile(
            name=said,
            nicknames=_kept(nickname),
            title=title.strip(),
            organisation=org.strip(),
            city=city.strip(),
            note=note.strip(),
            met=met.strip(),
            met_on=met_on,
            cadence=cadence,
            introduced_by=the_one(store, introduced_by) if introduced_by else None,
            points=tuple(
                ContactPoint(kind, value)
                for kind, values in (("email", email), ("phone", phone), ("url", url))
                for value in _kept(values)
            ),
            tags=tuple(one.lstrip("#") for one in _kept(tag)),
            wants=_kept(want),
            offers=_kept(offer),
            occasions=_occasions(occasion),
        )
        namesakes = [one for one in store.people.named(fold(said)) if fold(one.name) == fold(said)]
        (person_id,) = store.people.add(profile, today()).people
        person = store.people.get(person_id)
    if namesakes:
        click.echo("There was someone of that name already; netcrm undo takes this one back.", err=True)
    if as_json and person:
        say_json(records.person(person, today()))
    elif on_terminal():
        when = f", {every(cadence)}" if cadence is not None else ""
        say([f"Added {strong(said)} (id {person_id}){when}."])
    else:
        say_rows([(said, person_id)])


def _occasions(said: tuple[str, ...]) -> tuple[Occasion, ...]:
    try:
        return read_occasions("\n".join(" ".join(one.split()) for one in said), today())
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--occasion") from error


def _kept(values: tuple[str, ...]) -> tuple[str, ...]:
    """What was really said of several texts, each once."""
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
