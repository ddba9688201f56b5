"""``netcrm history``: what was done, newest first, and what an act changed."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from netcrm.cli.asking import command, json_option
from netcrm.cli.book import opened
from netcrm.cli.clock import today
from netcrm.cli.ending import NotDone
from netcrm.cli.output import dim, on_terminal, say, say_json, say_rows, strong, styled
from netcrm.domain.past import PastAct, day_word

if TYPE_CHECKING:
    from netcrm.domain.turned import RowChange, Shown
    from netcrm.store import Store

_SIGNS = {"added": ("+", "green"), "changed": ("~", "yellow"), "removed": ("−", "red")}


@command(
    "history",
    "netcrm history",
    "netcrm history 12",
    "netcrm history --limit 0 --json | jq '.acts[].label'",
)
@click.argument("act", required=False, type=click.IntRange(min=1), metavar="[ACT]")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many acts to list; 0 for all.",
)
@json_option
def history_command(act: int | None, limit: int, as_json: bool) -> None:
    """See what was done, and what each act changed.

    The newest stands first; an act's number shows what it changed, field by field. netcrm undo takes back the
    newest that stands, and netcrm redo does it again.

    Piped, the columns are: number, when (ISO 8601, UTC), stands or undone, what was done. Of an act: added,
    changed or removed, what, its name, field, before, after.
    """
    day = today()
    with opened() as store:
        if act is not None:
            _tell(store, act, as_json)
        else:
            _list(_acts(store, limit), day, as_json)


def _acts(store: "Store", limit: int) -> Sequence[PastAct]:
    return store.history.acts(limit or -1)  # all, as SQLite has it


def _list(acts: Sequence[PastAct], day: date, as_json: bool) -> None:
    if as_json:
        say_json({"acts": [_as_json(act) for act in acts]})
    elif not on_terminal():
        say_rows(
            (act.id, act.at.isoformat(), "undone" if act.undone else "stands", act.label) for act in acts
        )
    elif not acts:
        say([dim("Nothing to take back yet.")])
    else:
        say(_lines(acts, day))


def _lines(acts: Sequence[PastAct], day: date) -> Sequence[str]:
    lines: list[str] = []
    heading = ""
    numbers = max(len(str(act.id)) for act in acts)
    for act in acts:
        at = act.at.astimezone()
        word = day_word(at.date(), day)
        if word != heading:
            lines += [*([""] if heading else []), strong(word)]
            heading = word
        number = dim(f"{act.id:>{numbers}}  {at:%H:%M}")
        lines.append(f"{number}  {dim(f'{act.label} · taken back') if act.undone else styled(act.label)}")
    return lines


def _tell(store: "Store", act_id: int, as_json: bool) -> None:
    act = next((one for one in _acts(store, 0) if one.id == act_id), None)
    if act is None:
        raise NotDone(f"No act has the number {act_id}: netcrm history lists them.")
    shown = store.past.shown(act_id)
    if as_json:
        say_json({**_as_json(act), "changes": [_row_as_json(row) for row in shown.rows], "more": shown.more})
    elif not on_terminal():
        say_rows(_flat(shown))
    else:
        say(_told(act, shown))


def _flat(shown: "Shown") -> Sequence[Sequence[str]]:
    return [
        (row.how, row.what, row.name, field[0], field[1], field[2])
        for row in shown.rows
        for field in [(one.label, one.before, one.after) for one in row.fields] or [("", "", "")]
    ]


def _told(act: PastAct, shown: "Shown") -> Sequence[str]:
    lines = [strong(act.label[:1].upper() + act.label[1:])]
    if act.undone:
        lines.append(dim("taken back"))
    for row in shown.rows:
        sign, colour = _SIGNS[row.how]
        lines.append(f"{styled(sign, fg=colour)} {dim(row.what)}  {styled(row.name)}")
        for field in row.fields:
            said = f"{field.before or '–'} → {field.after or '–'}" if row.how == "changed" else ""
            lines.append(f"    {dim(field.label)}  {styled(said or field.after or field.before)}")
    if shown.more:
        lines.append(dim(f"and {shown.more} more"))
    return lines


def _as_json(act: PastAct) -> dict[str, object]:
    return {
        "act": act.id,
        "label": act.label,
        "at": act.at.isoformat(),
        "undone": act.undone,
        "session": act.session,
    }


def _row_as_json(row: "RowChange") -> dict[str, object]:
    return {
        "how": row.how,
        "what": row.what,
        "name": row.name,
        "fields": [{"field": one.label, "before": one.before, "after": one.after} for one in row.fields],
    }
