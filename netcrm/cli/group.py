"""``netcrm group``: the groups, one by one and all; found one, let people join and leave."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import click

from netcrm.cli import records
from netcrm.cli.asking import command, db_option, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.find import DOT_COLOURS
from netcrm.cli.group_acts import ask_command, log_command, next_command, settle_command, tell
from netcrm.cli.output import dim, fitted, on_terminal, say, say_json, say_rows, strong, styled, width
from netcrm.cli.whom import the_group, the_member, the_one
from netcrm.domain.gives import say_day
from netcrm.domain.groupline import read_group_line
from netcrm.domain.groups import Group, Member, Question, pulse
from netcrm.domain.rhythm import every
from netcrm.domain.text import plain
from netcrm.domain.timeline import SIGNS, Interaction
from netcrm.domain.values import dataclass

_ENTRIES = 10
"""Entries of the timeline shown unless one asks for more."""

_LABEL = 8
"""Cells before what a label says."""

_EXAMPLES = """\b
Examples:
  netcrm group
  netcrm group show "Circus Marketers"
  netcrm group found "Alumni 91: circle, yearly, #lisbon https://alumni.example" --member Hank --member Leo
  netcrm group log lisbon "yesterday: talked about posters #type **" --without Grace
  netcrm group ask circus "Who comes to the circus alone?"
"""


@click.group(
    "group",
    invoke_without_command=True,
    epilog=_EXAMPLES,
    context_settings={"max_content_width": 100},
)
@json_option
@db_option
@click.pass_context
def group_command(ctx: click.Context, as_json: bool) -> None:
    """See the groups, and what they carry on; found one, join, log a meeting.

    Without a command it lists them. A group is meant by its name, a part of it, or the id that stands in
    the list.

    Piped, the columns of the list are: id, name, kind, how it stands, last day (ISO), next meeting (ISO),
    members, open questions.
    """
    if ctx.invoked_subcommand is None:
        _list(as_json, archived=False)


@command("list", "netcrm group list", "netcrm group list --archived --json")
@click.option("--archived", is_flag=True, help="Those that were put away.")
@json_option
def list_command(archived: bool, as_json: bool) -> None:
    """List the groups, and how lively each is.

    Piped, the columns are: id, name, kind, how it stands, last day (ISO), next meeting (ISO), members, open
    questions.
    """
    _list(as_json, archived=archived)


def _list(as_json: bool, *, archived: bool) -> None:
    day = today()
    with opened() as store:
        groups = store.groups.all(archived=archived)
    if as_json:
        say_json({"groups": [records.group(group, day) for group in groups]})
    elif on_terminal():
        say(_list_lines(groups, day))
    else:
        say_rows(_row(group, day) for group in groups)


def _row(group: Group, day: date) -> Sequence[object]:
    words = pulse(group, day).words
    members = len(group.members)
    return (group.id, group.name, group.kind, words, group.last_on, group.next_on, members, group.questions)


def _list_lines(groups: Sequence[Group], day: date) -> Iterator[str]:
    if not groups:
        yield 'No groups: netcrm group found "Lisbon Designers: meetup, monthly, #design" founds one.'
        return
    cells = max(width(plain(group.name)) for group in groups)
    for group in groups:
        stands = pulse(group, day)
        gauge = styled(stands.gauge, fg=DOT_COLOURS[stands.warmth])
        yield f"{dim(f'{group.id:>4}')}  {strong(fitted(group.name, cells))}  {gauge} {dim(stands.words)}"
        members = f"{len(group.members)} {'person' if len(group.members) == 1 else 'people'}"
        about = " · ".join(said for said in (group.kind, ", ".join(group.topics), members) if said)
        yield f"      {dim(about)}"


# One group


@dataclass(frozen=True, slots=True)
class _All:
    """All that is shown of one group."""

    group: Group
    members: Sequence[Member]
    questions: Sequence[Question]
    lessons: Sequence[Interaction]
    timeline: Sequence[Interaction]


@command("show", 'netcrm group show "Circus Marketers"', "netcrm group show lisbon --limit 50 --json")
@click.argument("name", nargs=-1, required=True, type=text, metavar="NAME|ID")
@click.option(
    "--limit",
    type=click.IntRange(min=0, max=1_000_000),
    default=_ENTRIES,
    metavar="N",
    help=f"Entries of the timeline, newest first; {_ENTRIES} unless you say.",
)
@json_option
def show_command(name: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Show everything about one group.

    Its members, its questions, what was learned and taught, and what happened.

    Piped, each row is a word for what it holds (name, kind, topic, member, question, settled, learned,
    taught, entry and so on), then its value and further columns.
    """
    day = today()
    with opened() as store:
        group = the_group(store, " ".join(name))
        known = _All(
            group=group,
            members=store.groups.members(group.id),
            questions=store.groups.questions(group.id),
            lessons=store.timeline.lessons(group.id),
            timeline=store.timeline.of_group(group.id, limit=limit) if limit else [],
        )
    if as_json:
        say_json(_record(known, day))
    elif on_terminal():
        say(_lines(known, day))
    else:
        say_rows(_rows(known, day))


def _record(known: _All, day: date) -> records.Record:
    return {
        **records.group(known.group, day),
        "members": [
            {
                **records.named(member.named),
                "wants": list(member.wants),
                "tags": list(member.tags),
            }
            for member in known.members
        ],
        "questions": [
            {
                "id": question.id,
                "text": question.text,
                "asked": records.iso(question.asked_on),
                "settled": records.iso(question.settled_on),
                "answer": question.answer,
            }
            for question in known.questions
        ],
        "learned": [records.interaction(one) for one in known.lessons if one.kind == "learned"],
        "taught": [records.interaction(one) for one in known.lessons if one.kind == "taught"],
        "timeline": [records.interaction(entry) for entry in known.timeline],
    }


def _rows(known: _All, day: date) -> Iterator[Sequence[object]]:
    group = known.group
    yield ("id", group.id)
    yield ("name", group.name)
    for word, value in (
        ("kind", group.kind),
        ("link", group.link),
        ("cadence", group.cadence),
        ("stands", pulse(group, day).words),
        ("next", group.next_on),
        ("note", group.note),
    ):
        if value not in ("", None):
            yield (word, value)
    yield from (("topic", topic) for topic in group.topics)
    for member in known.members:
        yield ("member", member.person.name, member.person.id, "; ".join(member.wants), ",".join(member.tags))
    for question in known.questions:
        if question.open:
            yield ("question", question.text, question.id, question.asked_on)
        else:
            yield ("settled", question.text, question.id, question.settled_on, question.answer)
    for one in known.lessons:
        yield (one.kind, one.text, one.day, ", ".join(person.name for person in one.people))
    for entry in known.timeline:
        people = ", ".join(person.name for person in entry.people)
        yield ("entry", entry.day, entry.kind, entry.text, people, entry.place, ",".join(entry.tags))


def _lines(known: _All, day: date) -> Iterator[str]:
    group = known.group
    stands = pulse(group, day)
    archived = "  archived" if group.archived else ""
    yield f"{strong(group.name)}{dim(f'{archived}  id {group.id}')}"
    gauge = styled(stands.gauge, fg=DOT_COLOURS[stands.warmth])
    about = " · ".join(word for word in (stands.words, group.kind, every(group.cadence or None)) if word)
    yield f"  {gauge} {dim(about)}"
    for label, said in (("link", group.link), ("topics", ", ".join(group.topics)), ("note", group.note)):
        if said:
            yield f"  {dim(f'{label:<{_LABEL}}')}{styled(' '.join(said.split()))}"
    if group.next_on:
        yield f"  {dim('next'.ljust(_LABEL))}{styled(say_day(group.next_on, day), fg='yellow')}"
    yield from _headed("Members", (_member(member, day) for member in known.members))
    yield from _headed("Open questions", (_question(one) for one in known.questions if one.open))
    yield from _headed("Settled", (_question(one) for one in known.questions if not one.open))
    for heading, kind in (("Learned", "learned"), ("Taught", "taught")):
        yield from _headed(heading, (_entry(one) for one in known.lessons if one.kind == kind))
    yield from _headed("Timeline", (_entry(entry) for entry in known.timeline))
    more = group.entries - len(known.timeline)
    if more > 0:
        yield dim(f"  and {more:,} more: --limit {group.entries}")


def _headed(heading: str, lines: Iterator[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        if not place:
            yield ""
            yield strong(heading)
        yield f"  {line}"


def _member(member: Member, day: date) -> str:
    state = member.person.warmth(day)
    tags = styled(" ".join(f"#{tag}" for tag in member.tags), fg="cyan")
    wants = f"{dim('wants')} {styled('; '.join(member.wants))}" if member.wants else ""
    dot = styled(state.dot, fg=DOT_COLOURS[state])
    return f"{dot} {strong(member.person.name)}  {'  '.join(said for said in (tags, wants) if said)}".rstrip()


def _question(question: Question) -> str:
    number = dim(f"{question.id:>4}")
    if question.open:
        return f"{number} {styled('?', fg='magenta')} {styled(question.text)}"
    answer = f" {dim('→')} {styled(question.answer)}" if question.answer else ""
    return f"{number} {styled('✓', fg='green')} {dim(question.text)}{answer}"


def _entry(entry: Interaction) -> str:
    people = ", ".join(person.name for person in entry.people)
    on = f"{entry.day.day} {entry.day:%b %Y}"
    sign = styled(SIGNS[entry.kind], fg="green")
    marks = [styled(f"#{tag}", fg="cyan") for tag in entry.tags]
    marks += [dim(f"· {people}")] if people else []
    marks += [dim(f"· {entry.place}")] if entry.place else []
    marks += [styled(entry.stars, fg="yellow")] if entry.stars else []
    return f"{dim(f'{on:>11}')}  {sign} {' '.join([styled(' '.join(entry.text.split())), *marks])}"


# Founding, joining, leaving


@command(
    "found",
    'netcrm group found "Lisbon Designers: meetup, monthly, #design #type https://lisbondesigners.example"',
    'netcrm group found "Alumni 91: circle, yearly" --member Hank --member "Leo Brandt"',
)
@click.argument("line", nargs=-1, required=True, type=text, metavar="LINE...")
@click.option("--member", "members", multiple=True, type=text, metavar="NAME", help="Someone who belongs.")
@json_option
def found_command(line: tuple[str, ...], members: tuple[str, ...], as_json: bool) -> None:
    """Found a group, in one line.

    It is its name, and after a colon, in any order, its kind, cadence, #topics, link, and next friday.
    """
    day = today()
    draft = read_group_line(" ".join(line), day)
    if draft is None:
        raise click.UsageError('Say what it is called: netcrm group found "Lisbon Designers: meetup".')
    with opened(make=True) as store:
        same = [group for group in store.groups.all() if group.name.casefold() == draft.name.casefold()]
        if same:
            raise NotDone(f"There is a group {same[0].name} already (id {same[0].id}). Nothing was changed.")
        ids = tuple(the_one(store, member) for member in members)
        change = store.groups.found(replace(draft, members=ids))
        tell(store, change, day, as_json)


@command("join", 'netcrm group join circus "Leo Brandt" Hank')
@click.argument("name", type=text, metavar="GROUP")
@click.argument("people", nargs=-1, required=True, type=text, metavar="NAME...")
@json_option
def join_command(name: str, people: tuple[str, ...], as_json: bool) -> None:
    """Let people join, each by a name in quotes."""
    day = today()
    with opened() as store:
        group = the_group(store, name)
        ids = [the_one(store, said) for said in people]
        change = store.groups.add_members(group.id, ids)
        if not change:
            raise NotDone(f"They belong to {group.name} already.")
        tell(store, change, day, as_json)


@command("leave", 'netcrm group leave circus "Leo Brandt"')
@click.argument("name", type=text, metavar="GROUP")
@click.argument("person", nargs=-1, required=True, type=text, metavar="NAME")
@json_option
def leave_command(name: str, person: tuple[str, ...], as_json: bool) -> None:
    """Take someone out of a group.

    What they took part in stays.
    """
    day = today()
    with opened() as store:
        group = the_group(store, name)
        change = store.groups.remove_member(group.id, the_member(store, group, " ".join(person)))
        tell(store, change, day, as_json)


for _sub in (
    list_command,
    show_command,
    found_command,
    join_command,
    leave_command,
    log_command,
    next_command,
    ask_command,
    settle_command,
):
    group_command.add_command(_sub)
