"""``netcrm forget``: someone who is to be forgotten, for good."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from netcrm.cli.asking import command, text
from netcrm.cli.book import opened, to_type
from netcrm.cli.clock import now
from netcrm.cli.ending import NotDone
from netcrm.cli.output import say, strong, styled
from netcrm.cli.whom import the_one

if TYPE_CHECKING:
    from netcrm.store.forgetting import Outcome, Reach
    from netcrm.store.out_of_backups import Left

_LISTED_MOST = 8
"""Places in which somebody is still named that are listed."""


@command(
    "forget", 'netcrm forget "Mallory Vex"', 'netcrm forget "Mallory Vex" --backups --yes', "netcrm forget"
)
@click.argument("who", nargs=-1, type=text, metavar="NAME|ID")
@click.option("--backups", is_flag=True, help="Out of the backups, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget_command(who: tuple[str, ...], backups: bool, yes: bool) -> None:
    """Forget somebody for good, out of the file itself.

    Everything of theirs goes. It can't be taken back; nor can what was done before, since the history holds
    it too. What others took part in stays, without them; where they are still named is listed, for you to see
    to. Put somebody away with X in the app, if you only do not want to see them.

    Without a name it goes on with what was stopped half-way, as by a full disk; so does any other command.
    """
    with opened() as store:
        if store.is_forgetting and not who:
            raise click.exceptions.Exit(1)  # why is said already, as whenever it is opened
        if not who:
            if not store.said:
                raise click.UsageError("Say whom to forget: nothing is left of what was begun.")
            return
        try:
            whom = the_one(store, " ".join(who), all_alike=True)
            person = store.reach_of(whom, in_backups=backups)
        except NotDone:
            if not store.said or store.is_forgetting:
                raise
            return  # it was them whom opening has forgotten, and said so
    say(_what_goes(person, backups))
    if not yes:
        if not sys.stdin.isatty():
            raise NotDone("Nothing was changed: say --yes where nobody can be asked.")
        if not click.confirm("Forget them for good?"):
            raise NotDone("Nothing was changed.")
    from netcrm.store.forgetting import forget, said_of_left

    whole = [one.path.name for one in person.whole]
    done = forget(store.file, person.uuid, now, from_backups=backups, whole=whole)
    say(_what_went(person, done, backups))
    if done.left:
        raise NotDone(said_of_left(done.left).replace("netcrm forget", to_type("forget")))


def _what_goes(person: "Reach", backups: bool) -> Iterator[str]:
    yield (
        f"{strong(person.name)}: {_counted(person.alone, 'entry', 'entries')} about them alone,"
        f" {_counted(person.gives, 'give', 'gives')}, and all that is noted of them."
    )
    if person.shared:
        stay = "entry with others stays" if person.shared == 1 else "entries with others stay"
        yield f"{person.shared:,} {stay}, without them."
    if person.named:
        them = "that" if len(person.named) == 1 else "those"
        yield f"Still named in {_places(person)}: see to {them} yourself."
    if person.whole:
        yield (
            f"{_counted(len(person.whole), 'backup', 'backups')} can't be cleaned, and would go whole:"
            f" {_named(person.whole)}."
        )
    if person.backups and not backups:
        kept = _counted(person.backups, "backup", "backups")
        yield f"They may be in {kept} still. Only now --backups could take them out of those, too: later not."


def _what_went(person: "Reach", done: "Outcome", backups: bool) -> Iterator[str]:
    said = f"{strong(person.name)} is gone, for good."
    if backups:
        said += f" Taken out of {_counted(done.cleaned, 'backup', 'backups')}."
    if done.gone:
        said += f" Removed whole: {_named(done.gone)}."
    yield said


def _named(backups: Sequence["Left"]) -> str:
    """Which backups, and why: ``2026-03-04T120000Z-daily.db (damaged)``."""
    return ", ".join(f"{styled(one.path.name)} ({one.why})" for one in backups)


def _places(person: "Reach") -> str:
    """Where somebody is still named: ``the note of Hank Morrow, 2 entries (2026-03-04, 2025-01-01)``."""
    counts = Counter(kind for kind, _ in person.named)
    said = []
    for kind, count in counts.items():
        where = list(dict.fromkeys(whose for each, whose in person.named if each == kind))[:_LISTED_MOST]
        many = {"entry": "entries"}.get(kind, f"{kind}s")
        said.append(f"{_counted(count, kind, many)} ({styled(', '.join(where))})")
    return ", ".join(said)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
