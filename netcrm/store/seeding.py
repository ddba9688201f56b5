"""Filling an empty file with a whole book: quick, all or nothing, and not in the history."""

import sqlite3
from datetime import UTC, date, datetime, time

from netcrm.domain.gives import Give
from netcrm.domain.seed import Seed
from netcrm.store.derived import refresh
from netcrm.store.entries import insert_entry
from netcrm.store.errors import StoreError
from netcrm.store.gives import columns_of as give_columns
from netcrm.store.groups import insert_group
from netcrm.store.introductions import columns_of as introduction_columns
from netcrm.store.people import insert_person
from netcrm.store.sparks import columns_of as spark_columns
from netcrm.store.write import Row, Writer


def plant(connection: sqlite3.Connection, writer: Writer, seed: Seed) -> None:
    """Fill an empty file.

    The history stays empty: the first thing that can be taken back is what the user does next.

    Raises:
        StoreError: If the file has something in it. Nothing is changed then.
    """
    with writer.unrecorded() as act:
        for table in ("people", "interactions", "gives", "groups", "sparks", "introductions"):
            if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
                raise StoreError("Only an empty file can be filled. Nothing was changed.")
        for profile in seed.people:
            insert_person(act, connection, profile)
        for person_id, text, on in seed.confirmed:
            for table in ("wants", "offers"):
                connection.execute(
                    f"UPDATE {table} SET confirmed_on = ? WHERE person_id = ? AND text = ?",
                    (on.isoformat(), person_id, text),
                )
        for group in seed.groups:
            insert_group(act, group)
        for entry in seed.timeline:
            insert_entry(act, connection, entry)
        for spark in seed.sparks:
            act.insert("sparks", {**spark_columns(spark), **_created(spark.created_on)})
        for give in seed.gives:
            act.insert("gives", {**_give_row(give), **_created(give.created_on)})
        for introduction in seed.introductions:
            act.insert("introductions", introduction_columns(introduction))
        refresh(connection, act.touched)


def _give_row(give: Give) -> Row:
    return {
        "person_id": give.person_id,
        "group_id": give.group_id,
        **give_columns(give.draft),
        "state": give.state,
        "snoozed_until": _text(give.snoozed_until),
        "given_on": _text(give.given_on),
        "dropped_on": _text(give.dropped_on),
        "interaction_id": give.interaction_id,
        "landed": give.landed or None,
    }


def _created(day: date | None) -> Row:
    """The stamp of a record that came to be on an earlier day, at noon."""
    if day is None:
        return {}
    return {"created": datetime.combine(day, time(12), UTC).isoformat(timespec="milliseconds")}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
