"""``netcrm log``: say in one line what happened."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, on_terminal, say, say_json, say_rows, strong, styled
from netcrm.cli.whom import choices
from netcrm.domain.gives import say_day
from netcrm.domain.logline import Mention, Promise, Understood, understand
from netcrm.domain.people import Named
from netcrm.domain.text import fold
from netcrm.domain.timeline import SIGNS
from netcrm.domain.wants import VERBS
from netcrm.store import Store

if TYPE_CHECKING:
    from netcrm.domain.changes import Change

_LABEL = 6
"""Cells before what a label says."""


@command(
    "log",
    'netcrm log "yesterday: coffee with Christina and Hank at _Café Lisboa_ #design **"',
    """netcrm log "I'll send Amara the paper by Friday\"""",
    'netcrm log "Christina: daughter Ana graduates 12 Jun"',
    'netcrm log "Hank is looking for a Rust job"',
    'netcrm log "yesterday: Lisbon Designers: talked about posters with Inês"',
    'netcrm log "journal: long walk by the river; thought of @Hank and his kites"',
    'netcrm log --new "met Cleo Marsh at PyCon"',
    'netcrm log --who Chris=12 --who PyCon= "call with Chris after PyCon"',
)
@click.argument("line", nargs=-1, required=True, type=text, metavar="LINE...")
@click.option("--new", is_flag=True, help="Add whoever the line names and nobody in the book is called.")
@click.option(
    "--who",
    multiple=True,
    type=text,
    metavar="NAME=ID",
    help="Say whom a name means, by the id that find and show print; NAME= for nobody. Can be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Say what is understood, and save nothing.")
@json_option
def log_command(line: tuple[str, ...], new: bool, who: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Log a line, as one would say it.

    It may begin with a day (yesterday:, last friday:, 3 May:) or a name (Christina:), and name people, a
    place (_Café Lisboa_), tags (#design) and how good it was (* to ***). A promise (I'll …, todo: …) is
    queued as a give; a date (… graduates 12 Jun) is remembered; what somebody wants or offers is noted. A
    group is named by its whole name. A line that begins with journal: is a note of your own, which mentions
    those whom an @ names (@Hank). Put it in quotes, or your shell will read # and *.

    What was understood is printed. Nothing is guessed: a name that could be several people, or that nobody
    has, saves nothing.

    Piped, each row is a word for what it holds (day, kind, person, group, text, place, tag, enjoyment, give,
    occasion, want, offer, saved), then its value and further columns.
    """
    day = today()
    with opened(make=new and not dry_run) as store:
        read, newcomers = _understood(" ".join(line), day, store, chosen_as(who, store), new=new)
        change, ids = None, dict[str, int]()
        if not dry_run:
            used = {person.id for person in read.everyone}
            change = store.timeline.log(
                read.entry,
                gives=read.drafts,
                occasions=read.dates,
                wants=read.wants,
                newcomers={key: name for key, name in newcomers.items() if key in used},
                today=day,
            )
            ids = {store.people.name(key): key for key in change.people}
    if as_json:
        say_json(_record(read, change, ids))
    elif on_terminal():
        say(_lines(read, day))
        label = change.label if change else ""
        say([f"{strong(label[:1].upper() + label[1:])}." if label else dim("Nothing was saved: a dry run.")])
    else:
        say_rows(_rows(read, change))


def _understood(
    line: str, day: date, store: Store, chosen: dict[str, Named | None], *, new: bool
) -> tuple[Understood, Mapping[int, str]]:
    """What a line means, and the names of those to be added, by the negative id that stands for each.

    Raises:
        NotDone: Something is missing before it can be saved.
    """
    newcomers: dict[int, str] = {}
    groups = store.groups.names()
    while True:
        read = understand(line, today=day, book=store.people, chosen=chosen, groups=groups)
        unknown = [mention for mention in read.mentions if mention.unknown and mention.key not in chosen]
        if not (new and unknown):
            break
        newcomer = Named(-len(newcomers) - 1, unknown[0].text)
        newcomers[newcomer.id] = newcomer.name
        chosen[unknown[0].key] = newcomer
    check(read, store)
    return read, newcomers


def check(read: Understood, store: Store) -> None:
    """See to it that a line can be saved as it was understood.

    Raises:
        NotDone: Something is missing before it can be.
    """
    unclear = [
        _question_of(mention, store) for mention in read.mentions if mention.ambiguous or mention.unknown
    ]
    if unclear:
        raise NotDone("\n".join(dict.fromkeys(unclear)))
    if not read.ready:
        raise NotDone(f"Nothing was saved. {' '.join(read.problems)}")


def _question_of(mention: Mention, store: Store) -> str:
    """What has to be said of a name before the line can be saved."""
    name = mention.text
    if mention.ambiguous:
        candidates = choices(store, [one.id for one in mention.candidates])
        return (
            f"“{name}” could be several people, so nothing was saved: say more of the name, or"
            f' --who "{name}=ID":\n{candidates}'
        )
    said = (
        f"Nobody is called “{name}”, so nothing was saved: add them with --new or netcrm add, or say"
        f' --who "{name}=" if it is no name.'
    )
    meant = mention.near or store.people.near(name)
    if not meant:
        return said
    near = choices(store, [one.id for one in meant])
    return f"{said} You may mean:\n{near}"


def chosen_as(who: Sequence[str], store: Store) -> dict[str, Named | None]:
    """Whom names mean, as ``--who`` says."""
    chosen: dict[str, Named | None] = {}
    for said in who:
        name, sign, number = said.rpartition("=")
        if not sign or not name.strip() or not (number == "" or (number.isascii() and number.isdigit())):
            raise click.UsageError(f"“--who {said}” has to be NAME=ID, or NAME= for nobody.")
        chosen[fold(name)] = _by_id(number, store) if number else None
    return chosen


def _by_id(number: str, store: Store) -> Named:
    name = store.people.name(int(number)) if len(number) < 19 else ""
    if not name:
        raise NotDone(f"Nobody has the id {number}. Nothing was saved.")
    return Named(int(number), name)


def _lines(read: Understood, today: date) -> Iterator[str]:
    """What was understood, as the app shows it under its log line."""
    if read.logs:
        said = say_day(read.day, today)
        if said not in ("today", "yesterday"):
            said = f"{read.day:%a} {read.day.day} {read.day:%b %Y}"
        time = f", {read.time:%H:%M}" if read.time else ""
        yield _labelled("when", f"{said}{time}   {styled(f'{SIGNS[read.kind]} {read.kind}', fg='green')}")
    if who := _who(read):
        yield _labelled("who", who)
    if read.logs:
        parts = [styled(read.text)]
        if read.place:
            parts.append(styled(f"· {read.place}", fg="green"))
        parts += [styled(f"#{tag}", fg="cyan") for tag in read.tags]
        if read.enjoyment:
            parts.append(styled("★" * read.enjoyment, fg="yellow"))
        yield _labelled("what", " ".join(parts))
    for give in read.gives:
        due = f" by {say_day(give.due, today)}" if give.due else ""
        names = ", ".join(one.name for one in _whom(give))
        promised = "promised" if give.promised else give.kind
        yield _labelled("adds", f"✦ {styled(give.words)} {dim(f'· {names} · {promised}{due}')}")
    for happening in read.occasions:
        occasion = happening.occasion
        names = ", ".join(one.name for one in happening.people)
        when = f"{occasion.day} {date(2000, occasion.month, 1):%b}" + (
            f" {occasion.year}" if occasion.year else ""
        )
        again = "every year" if occasion.yearly else "once"
        yield _labelled("adds", f"▲ {styled(occasion.words)} {dim(f'· {names} · {when}, {again}')}")
    for wish in read.wishes:
        names = ", ".join(one.name for one in wish.people)
        yield _labelled(
            "adds", f"{styled(VERBS[wish.side], fg='green')} {styled(wish.text)} {dim(f'· {names}')}"
        )


def _who(read: Understood) -> str:
    """Who took part, or is mentioned, and the group."""
    people = ", ".join(strong(one.name) + _new(one) for one in read.people)
    if read.journal:
        return "a note of your own" + (f"{dim(' · mentions')} {people}" if people else "")
    if read.group is None:
        return people
    return f"{people}{dim(' · with ') if people else dim('with ')}{strong(read.group.name)}"


def _rows(read: Understood, change: "Change | None") -> Iterator[Sequence[object]]:
    """The same in columns."""
    if read.logs:
        yield ("day", read.day, read.time.strftime("%H:%M") if read.time else None)
        yield ("kind", read.kind)
    for one in read.people:
        yield ("person", one.name, one.id if one.id > 0 else "new")
    if read.group:
        yield ("group", read.group.name, read.group.id)
    if read.logs:
        yield ("text", read.text)
        if read.place:
            yield ("place", read.place)
        yield from (("tag", tag) for tag in read.tags)
        if read.enjoyment:
            yield ("enjoyment", read.enjoyment)
    for give in read.gives:
        for one in _whom(give):
            yield ("give", give.words, one.name, give.due, "promised" if give.promised else give.kind)
    for happening in read.occasions:
        occasion = happening.occasion
        for one in happening.people:
            day = f"{occasion.year or '-'}-{occasion.month:02}-{occasion.day:02}"
            yield ("occasion", occasion.words, one.name, day, "yearly" if occasion.yearly else "once")
    for wish in read.wishes:
        for one in wish.people:
            yield (wish.side, wish.text, one.name)
    if change:
        yield ("saved", change.label)


def _record(read: Understood, change: "Change | None", ids: Mapping[str, int]) -> records.Record:
    """The same as JSON; whoever was added has the id that they got."""

    def person(one: Named) -> records.Record:
        return {"id": one.id if one.id > 0 else ids.get(one.name), "name": one.name}

    return {
        "saved": bool(change),
        "label": change.label if change else "",
        "interactions": sorted(change.interactions) if change else [],
        "entry": {
            "day": read.day.isoformat(),
            "time": read.time.strftime("%H:%M") if read.time else None,
            "kind": read.kind,
            "text": read.text,
            "place": read.place,
            "tags": list(read.tags),
            "enjoyment": read.enjoyment,
        }
        if read.logs
        else None,
        "people": [person(one) for one in read.people],
        "group": records.named(read.group) if read.group else None,
        "gives": [
            {
                "words": give.words,
                "kind": give.kind,
                "due": give.due.isoformat() if give.due else None,
                "promised": give.promised,
                "link": give.link,
                "people": [person(one) for one in give.people],
                "group": records.named(give.group) if give.group else None,
            }
            for give in read.gives
        ],
        "occasions": [
            {**records.occasion(happening.occasion), "people": [person(one) for one in happening.people]}
            for happening in read.occasions
        ],
        "wants": [
            {"side": wish.side, "text": wish.text, "people": [person(one) for one in wish.people]}
            for wish in read.wishes
        ],
    }


def _whom(give: Promise) -> Sequence[Named]:
    """For whom a give is: people, or a group."""
    return (*give.people, give.group) if give.group else give.people


def _new(one: Named) -> str:
    return styled(" (new)", fg="green") if one.id < 0 else ""


def _labelled(label: str, said: str) -> str:
    return f"{dim(f'{label:<{_LABEL}}')}{said}"
