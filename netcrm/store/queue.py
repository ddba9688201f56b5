"""The queue's order, by SQL: that of `netcrm.domain.gives.in_order`, without making a value of any give.

Only keys are read, and sorted, since a book of a lifetime has thousands of gives waiting while a screen shows
a dozen. A test holds the two orders to be the same.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from json import dumps
from typing import TYPE_CHECKING

from netcrm.domain.gives import EFFORTS, FIT, FITS, LIGHT, SECTIONS, SOON_DAYS, Give, light_between
from netcrm.domain.queue import Queue
from netcrm.domain.rhythm import days_on
from netcrm.store import rows
from netcrm.store.derived import CONTACT

if TYPE_CHECKING:
    from netcrm.domain.givefilter import GiveFilter

Taken = tuple[int | None, int | None, str, str]
"""For which person or group, the kind and the effort of something that takes room."""


def queue(connection: sqlite3.Connection, today: date, *, later: bool = True) -> Queue:
    """What waits on a day, in order; without what stands under Later, unless that is asked for."""
    ids = array("Q")
    counts, planned = [0] * len(SECTIONS), 0
    place = ""
    serious: list[int] = []
    light: list[int] = []
    for give_id, stands, is_light, effort in connection.execute(_ORDER if later else _SOONER, _days(today)):
        if stands != place:
            ids.extend(light_between(serious, light) if light else serious)
            place, serious, light = stands, [], []
        (light if is_light else serious).append(give_id)
        section = int(stands[0])
        counts[section] += 1
        if section != _LATER:
            planned += EFFORTS[effort]
    ids.extend(light_between(serious, light) if light else serious)
    return Queue(ids, tuple(counts), planned)


def narrowed(connection: sqlite3.Connection, whole: Queue, wanted: "GiveFilter") -> Queue:
    """What a filter shows of a queue, each where it stands in the whole of it."""
    conditions: list[str] = [f"state IN {_WAIT}"]
    values: list[str | int] = []
    if wanted.kinds:
        conditions.append("kind IN (SELECT value FROM json_each(?))")
        values.append(dumps(wanted.kinds))
    for column, whom in (("person_id", wanted.person), ("group_id", wanted.group)):
        if whom is not None:
            conditions.append(f"{column} = ?")
            values.append(whom.id)
    found = connection.execute(f"SELECT id FROM gives WHERE {' AND '.join(conditions)}", values)
    shown = {give_id for (give_id,) in found}
    if wanted.names or wanted.words:
        gives = gives_of(connection, shown)
        shown = {give_id for give_id, give in gives.items() if wanted.admits(give)}
    return whole.only(shown)


def taking_room(connection: sqlite3.Connection, today: date) -> Sequence[Taken]:
    """What stands before Later on a day."""
    return connection.execute(_THIS_WEEK, _days(today)).fetchall()


def gives_of(connection: sqlite3.Connection, ids: Iterable[int]) -> Mapping[int, Give]:
    """Some gives, by their ids; what is gone is not among them."""
    found = connection.execute(
        f"SELECT {rows.GIVE_COLUMNS} FROM {rows.GIVES} WHERE gives.id IN (SELECT value FROM json_each(?))",
        (dumps(list(ids)),),
    )
    return {give.id: give for give in map(rows.give, found)}


def _days(today: date) -> Mapping[str, str]:
    return {"today": today.isoformat(), "soon": days_on(today, SOON_DAYS).isoformat()}


_LATER = SECTIONS.index("Later")

_WAIT = "('queued', 'snoozed')"
"""The states of what waits, written as the partial index has them, so that it is used."""

_DAY = """CASE WHEN snoozed_until IS NULL THEN due WHEN snoozed_until >= :today THEN snoozed_until
    ELSE coalesce(due, :today) END"""
"""The day a give stands under, as `Give.stands_on` tells it."""

_SECTION = """CASE WHEN day IS NULL THEN iif(later, 3, 2) WHEN day < :today THEN 0 WHEN day = :today THEN 1
    WHEN day <= :soon THEN 2 ELSE 3 END"""
"""What a give stands under, as `netcrm.domain.gives.section` tells it: a place among `SECTIONS`."""

_FIT = f"CASE source {' '.join(f'WHEN {name!r} THEN {fit}' for name, fit in FIT.items())} ELSE {FITS} END"

_LAST_ON = f"""coalesce(iif(gives.group_id IS NULL, last_on, (SELECT max(day) FROM interactions
    WHERE interactions.group_id = gives.group_id AND {CONTACT})), '{date.min}')"""

_WAITING = f"""FROM gives LEFT JOIN person_facts ON person_facts.person_id = gives.person_id
    LEFT JOIN groups ON groups.id = gives.group_id
    WHERE state IN {_WAIT} AND coalesce(person_facts.archived, groups.archived, 0) = 0"""
"""What waits, but for whom was put away. Of people their facts tell it: those rows are small. Who is only
being added has none yet."""

_ALL = f"""SELECT id, {_SECTION} || CASE WHEN promised THEN 0 WHEN source = 'occasion' THEN 1 ELSE 2 END
        || coalesce(day, '{date.max}') AS place, light, effort
    FROM (SELECT gives.id AS id, {_DAY} AS day, later, promised, source, gives.kind = '{LIGHT}' AS light,
        effort, {_LAST_ON} AS last_on {_WAITING})"""

_SORTED = f"ORDER BY place, {_FIT}, last_on, id"

_ORDER = f"{_ALL} {_SORTED}"
"""All that the order hangs on but for what is light; what comes first is one text, which sorts quicker."""

_SOONER = f"{_ALL} WHERE {_SECTION} != {_LATER} {_SORTED}"
"""The same, but for what stands under Later."""

_THIS_WEEK = f"""SELECT person_id, group_id, kind, effort
    FROM (SELECT gives.person_id, gives.group_id, gives.kind, effort, later, {_DAY} AS day {_WAITING})
    WHERE {_SECTION} != {_LATER}"""
