"""``netcrm give``: what waits to be given, queue something, and say what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import dropwhile
from typing import TYPE_CHECKING

import click

from netcrm.cli import records
from netcrm.cli.asking import command, json_option, text
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, gauge, on_terminal, say, say_json, say_rows, strong, styled
from netcrm.cli.whom import the_one, the_taker
from netcrm.domain.dates import read_return
from netcrm.domain.gives import EFFORTS, KINDS, LANDED, SECTIONS, Give, Room, section, why_now
from netcrm.domain.people import Named

if TYPE_CHECKING:
    from netcrm.domain.changes import Change
    from netcrm.domain.gives import GiveDraft
    from netcrm.store import Store


@command(
    "give",
    "netcrm give",
    "netcrm give Grace share the Kestrel opening https://kestrel.example/jobs/118 by friday",
    "netcrm give --promised Hank lend the tent",
    "netcrm give --kind opening --with grace",
    "netcrm give --done 12 15",
    "netcrm give --snooze 12 next tuesday",
    "netcrm give --drop 12",
    "netcrm give --landed yes 9",
)
@click.argument("words", nargs=-1, type=text, metavar="[NAME WORDS... | ID...]")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Of this kind.")
@click.option("--person", "--with", "person", type=text, metavar="NAME", help="List only what is for them.")
@click.option("--promised", is_flag=True, help="They know of it: it comes first, and always finds room.")
@click.option(
    "--effort",
    type=click.Choice(list(EFFORTS), case_sensitive=False),
    help="How much of the week's room it takes: small, medium or large.",
)
@click.option("--done", "deed", flag_value="done", help="These were given: they stand in the timeline.")
@click.option("--snooze", "deed", flag_value="snooze", help="This one rests until a day: ID WHEN.")
@click.option("--drop", "deed", flag_value="drop", help="These were not for them.")
@click.option("--landed", type=click.Choice(LANDED), help="These landed, afterwards, or did not.")
@click.option("--dropped", is_flag=True, help="List what was found to be not for someone.")
@json_option
def give_command(
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    person: str | None,
    promised: bool,
    effort: str | None,
    deed: str | None,
    landed: str | None,
    dropped: bool,
    as_json: bool,
) -> None:
    """See what waits to be given, and why now.

    With a name and words it queues something for them; a day, a link and the kind are read from the words.
    With --done, --snooze, --drop or --landed and the numbers that the list shows it says what became of it.

    Piped, the columns of the list are: id, section, day (ISO), person, words, why now, kind, the person's id.
    """
    if deed and landed:
        raise click.UsageError("Say one thing at a time: --landed is for what was given before.")
    day = today()
    with opened() as store:
        if deed or landed:
            _tell(store, _done(store, deed or "", landed, words, day), day, as_json)
        elif len(words) > 1:
            kind = kinds[0] if kinds else None
            draft = _draft(store, words, kind, promised, effort, day)
            _tell(store, store.gives.add(draft, day), day, as_json, by=draft.due)
        else:
            whom = the_taker(store, person or words[0]) if person or words else None
            waiting = store.gives.dropped() if dropped else store.gives.queue(day)
            found = [
                give
                for give in waiting
                if (not kinds or give.kind in kinds)
                and (whom is None or (give.person_id, give.group_id) == whom)
            ]
            room = store.gives.room(day)
            _list(found, None if dropped or kinds or whom else room, day, as_json)


def _draft(
    store: "Store", words: Sequence[str], kind: str | None, promised: bool, effort: str | None, day: date
) -> "GiveDraft":
    """What is to be queued, for the one whom the longest beginning that is a name means."""
    from dataclasses import replace

    from netcrm.domain.givetext import read_give, why_no_due

    person, rest, is_group = _whom(store, words)
    draft = read_give(rest, person, day)
    if draft is None or not draft.words:
        raise click.UsageError("Say what there is to do: netcrm give Grace share the opening by friday.")
    if why := why_no_due(rest, person, day):
        raise NotDone(f"Nothing was saved. {why}")
    return replace(
        draft,
        person_id=None if is_group else person.id,
        group_id=person.id if is_group else None,
        kind=kind or draft.kind,
        promised=promised or draft.promised,
        effort=effort or draft.effort,
    )


def _whom(store: "Store", words: Sequence[str]) -> tuple[Named, str, bool]:
    """Who is meant by the beginning of what was said, the rest, and whether it is a group.

    As in ``Grace Hopper share the paper``, or ``Circus Marketers post the talk``.
    """
    from netcrm.domain.text import fold

    for count in range(min(_NAME_MOST, len(words) - 1), 1, -1):
        found = store.people.named(fold(" ".join(words[:count])))
        if len(found) == 1:
            return found[0], " ".join(words[count:]), False
    groups = {fold(group.name): Named(group.id, group.name) for group in store.groups.all()}
    for count in range(min(_NAME_MOST, len(words) - 1), 0, -1):
        group = groups.get(fold(" ".join(words[:count])))
        if group is not None and not (count == 1 and store.people.named(fold(words[0]))):
            return group, " ".join(words[count:]), True
    key = the_one(store, words[0])
    return Named(key, store.people.name(key)), " ".join(words[1:]), False


_NAME_MOST = 5
"""Words of a name at the beginning, at most."""


def _done(store: "Store", deed: str, landed: str | None, words: Sequence[str], day: date) -> "Change":
    """Say what became of gives."""
    if deed == "snooze":
        ids, until = _until(words, day)
        return store.gives.snooze(_known(store, ids), until, day)
    ids = [_number(word) for word in words]
    if not ids:
        raise click.UsageError("Say which, by the numbers that netcrm give shows.")
    if landed:
        if len(ids) > 1:
            raise click.UsageError("One at a time: netcrm give --landed yes 9.")
        found = store.gives.get(ids[0])
        if found is None or found.state != "given":
            raise NotDone(f"Nothing with the number {ids[0]} was given. Nothing was changed.")
        return store.gives.landed(ids[0], landed, day)
    waiting = _known(store, ids)
    return store.gives.give(waiting, day) if deed == "done" else store.gives.drop(waiting, day)


def _until(words: Sequence[str], day: date) -> tuple[list[int], date]:
    """Numbers, then a day in words; the longest end that is one."""
    for count in range(1, len(words)):
        until = read_return(" ".join(words[count:]), day)
        if until is not None and all(word.isdigit() for word in words[:count]):
            return [_number(word) for word in words[:count]], until
    said = " ".join(dropwhile(str.isdigit, words))
    if said and words[0].isdigit():
        raise click.UsageError(f"“{said}” is no day to come; say 3d, 2w, next tuesday or after christmas.")
    raise click.UsageError("Say which and until when: netcrm give --snooze 12 next tuesday.")


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 19):
        raise click.UsageError(f"“{word}” is no number of a give; netcrm give shows them.")
    return int(word)


def _known(store: "Store", ids: Sequence[int]) -> Sequence[int]:
    """The numbers, if something waits under each.

    Raises:
        NotDone: Nothing waits under one of them.
    """
    for key in ids:
        found = store.gives.get(key)
        if found is None or found.state not in ("queued", "snoozed"):
            raise NotDone(f"Nothing waits under the number {key}. Nothing was changed.")
    return ids


def _tell(store: "Store", change: "Change", day: date, as_json: bool, by: date | None = None) -> None:
    """Say what was done, and by when, where a day was read from what was said."""
    found = [give for key in sorted(change.gives) if (give := store.gives.get(key))]
    if as_json:
        say_json({"label": change.label, "gives": [_record(give, day) for give in found]})
    elif on_terminal():
        numbers = ", ".join(str(give.id) for give in found)
        due = f" · by {by:%a} {by.day} {by:%b %Y}" if by else ""
        said = f"{change.label[:1].upper()}{change.label[1:]}{due}"
        say([f"{strong(said)}. {dim(f'number {numbers}')}"])
    else:
        say_rows(_row(give, day) for give in found)


def _list(gives: Sequence[Give], room: Room | None, day: date, as_json: bool) -> None:
    if as_json:
        say_json({"gives": [_record(give, day) for give in gives]})
    elif not on_terminal():
        say_rows(_row(give, day) for give in gives)
    else:
        say(_lines(gives, room, day))


def _lines(gives: Sequence[Give], room: Room | None, day: date) -> Iterator[str]:
    """The queue under its headings, each give with its number; what left it, without headings."""
    if not gives:
        yield "Nothing waits to be given." if room else "None."
        return
    cells = max(len(str(give.id)) for give in gives)
    for name in ("", *SECTIONS):
        shown = [give for give in gives if _heading(give, day) == name]
        if shown and name:
            yield strong(name)
        for give in shown:
            said = f"{dim(f'{give.id:>{cells}}')} {styled('✦', fg='magenta')} {styled(give.words)}"
            yield f"{said} {dim('·')} {styled(give.whom.name)} {dim(f'· {_why(give, day)}')}"
        if shown and name:
            yield ""
    if room:
        yield f"{dim('room this week')} {gauge(room)}"


def _heading(give: Give, day: date) -> str:
    return section(give, day) if give.state in ("queued", "snoozed") else ""


def _why(give: Give, day: date) -> str:
    return f"not for them, {give.dropped_on}" if give.dropped_on else why_now(give, day)


def _row(give: Give, day: date) -> Sequence[object]:
    where = _heading(give, day) or give.state
    on = give.dropped_on or give.given_on or give.stands_on(day)
    return (give.id, where, on, give.whom.name, give.words, _why(give, day), give.kind, give.person_id or "")


def _record(give: Give, day: date) -> records.Record:
    return {
        **records.give(give, day),
        "state": give.state,
        "given_on": records.iso(give.given_on),
        "dropped_on": records.iso(give.dropped_on),
        "landed": give.landed or None,
    }
