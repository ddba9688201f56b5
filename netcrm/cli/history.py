"""``netcrm undo`` and ``netcrm redo``: take back the newest act, do it again."""

from typing import TYPE_CHECKING

from netcrm.cli.asking import command, json_option
from netcrm.cli.ending import NotDone
from netcrm.cli.output import say, say_json, strong

if TYPE_CHECKING:
    from netcrm.domain.changes import Change


@command("undo", "netcrm undo")
@json_option
def undo_command(as_json: bool) -> None:
    """Take back the newest act, all of it.

    An act is whatever was done at once: a log line with all that it adds, a whole import. It does not matter
    whether it was done here or in the app. Said again, it takes back the one before.
    """
    from netcrm.cli.book import opened

    with opened() as store:
        _tell(store.history.undo(), "Took back", "Nothing to undo.", as_json)


@command("redo", "netcrm redo")
@json_option
def redo_command(as_json: bool) -> None:
    """Do again what was taken back last."""
    from netcrm.cli.book import opened

    with opened() as store:
        _tell(store.history.redo(), "Did again", "Nothing to redo.", as_json)


def _tell(change: "Change", verb: str, nothing: str, as_json: bool) -> None:
    if as_json:
        say_json({"act": change.act or None, "label": change.label})
    if not change:
        raise NotDone(nothing)
    if not as_json:
        say([f"{verb}: {strong(change.label)}."])
