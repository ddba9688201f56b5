"""Hellos and congratulations: what was suggested for a silence or a day, and what makes it needless."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from netcrm.domain.groups import QUIET_AFTER
from netcrm.domain.patterns import pattern
from netcrm.domain.text import fold
from netcrm.domain.timeline import CONTACT_KINDS, Entry
from netcrm.store.derived import CADENCE
from netcrm.store.write import Act, Row

DROP_IN = "source = 'group' AND state IN ('queued', 'snoozed')"
"""Of which gives it is true that they are a drop-in on a quiet group that waits."""

WAITING = "source = 'cadence' AND state IN ('queued', 'snoozed')"
"""Of which gives it is true that they are a hello that waits."""

_NOT_MINE = "promised = 0 AND due IS NULL"
"""Of which hellos it is true that nobody made them theirs: those are neither promised nor set on a day."""


def answer_hellos(
    act: Act, connection: sqlite3.Connection, interaction_id: int, entry: Entry, today: date
) -> None:
    """Count an entry as the hello that waits for those who took part, where it brings them back in rhythm.

    Where there is no rhythm any more, any contact is the hello. So it is with a group that is quiet no more.
    """
    if entry.kind not in CONTACT_KINDS:
        return
    _answer_drop_ins(act, connection, interaction_id, entry, today)
    day = entry.day.isoformat()
    for person_id in dict.fromkeys(entry.people):
        for (give,) in connection.execute(
            "SELECT gives.id FROM gives JOIN person_facts USING (person_id)"
            f" WHERE gives.person_id = ? AND {WAITING} AND (coalesce(person_facts.cadence, 0) = 0"
            " OR date(?, '+' || person_facts.cadence || ' days') >= ?)",
            (person_id, day, today.isoformat()),
        ).fetchall():
            answered: Row = {
                "state": "given",
                "given_on": day,
                "interaction_id": interaction_id,
                "answered": 1,
            }
            act.update("gives", give, answered)


def _answer_drop_ins(
    act: Act, connection: sqlite3.Connection, interaction_id: int, entry: Entry, today: date
) -> None:
    day = entry.day.isoformat()
    for (give,) in connection.execute(
        "SELECT gives.id FROM gives JOIN groups ON groups.id = group_id"
        f" WHERE group_id = ? AND {DROP_IN} AND (coalesce(cadence, 0) = 0"
        f" OR date(?, '+' || ({QUIET_AFTER} * cadence) || ' days') >= ?)",
        (entry.group_id, day, today.isoformat()),
    ).fetchall():
        answered: Row = {"state": "given", "given_on": day, "interaction_id": interaction_id, "answered": 1}
        act.update("gives", give, answered)


def let_drop_ins_go(act: Act, connection: sqlite3.Connection, group_id: int) -> None:
    """Take the drop-ins that wait for a group without a rhythm out of the queue; promised ones stay."""
    for (give,) in connection.execute(
        "SELECT gives.id FROM gives JOIN groups ON groups.id = group_id"
        f" WHERE group_id = ? AND {DROP_IN} AND {_NOT_MINE} AND coalesce(cadence, 0) = 0",
        (group_id,),
    ).fetchall():
        act.delete("gives", give)


def answer_congratulations(
    act: Act, connection: sqlite3.Connection, interaction_id: int, entry: Entry
) -> None:
    """Count what was given as the congratulation that waits for an occasion, where it says that it was one.

    It names the occasion (``sent Hank a birthday card``), or it congratulates and only one waits.
    """
    if entry.kind != "gave":
        return
    said = fold(entry.text)
    for person_id in dict.fromkeys(entry.people):
        waiting = connection.execute(
            "SELECT gives.id, occasions.label FROM gives JOIN occasions ON occasions.id = occasion_id"
            " WHERE gives.person_id = ? AND gives.kind = 'congratulation' AND gives.source = 'occasion'"
            " AND state IN ('queued', 'snoozed') AND date(?, ?) >= due ORDER BY due",
            (person_id, entry.day.isoformat(), f"+{_AHEAD_DAYS} days"),
        ).fetchall()
        meant = [give for give, label in waiting if fold(label) in said]
        if not meant and len(waiting) == 1 and _CONGRATULATES.search(said):
            meant = [give for give, _ in waiting]
        if meant:
            given: Row = {
                "state": "given",
                "given_on": entry.day.isoformat(),
                "interaction_id": interaction_id,
            }
            act.update("gives", meant[0], given)


_AHEAD_DAYS = 60
"""Days that one congratulates ahead at most: what was given before was for the year before."""

_CONGRATULATES = pattern(r"\bcongrat")


def let_hellos_go(act: Act, connection: sqlite3.Connection, people: Iterable[int]) -> None:
    """Take the hellos that wait for some people out of the queue, as if nothing had been suggested.

    They are not dropped: that would say that a hello is not for them. Promised ones stay, and those with a
    day of their own.
    """
    for (give,) in connection.execute(
        f"SELECT id FROM gives WHERE person_id IN (SELECT value FROM json_each(?)) AND {WAITING}"
        f" AND {_NOT_MINE}",
        (json.dumps(list(people)),),
    ).fetchall():
        act.delete("gives", give)


def let_needless_go(act: Act, connection: sqlite3.Connection, people: Iterable[int]) -> None:
    """Let the hellos go that wait for those of some people with whom no rhythm is wished for any more."""
    needless = connection.execute(
        "SELECT people.id FROM people WHERE id IN (SELECT value FROM json_each(?))"
        f" AND EXISTS (SELECT 1 FROM gives WHERE person_id = people.id AND {WAITING})"
        f" AND coalesce({CADENCE}, 0) = 0",
        (json.dumps(list(people)),),
    ).fetchall()
    let_hellos_go(act, connection, [person_id for (person_id,) in needless])
