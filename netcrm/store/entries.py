"""How an interaction is written, for the timeline that logs it and the gives that turn into one."""

import sqlite3

from netcrm.domain.timeline import NOBODY, Entry
from netcrm.store.people import set_tags
from netcrm.store.write import Act, Row


def insert_entry(act: Act, connection: sqlite3.Connection, entry: Entry) -> int:
    """Write a new interaction with those who took part and its tags; return its id.

    Raises:
        ValueError: If nobody took part, it is no group's, and it is no note.
    """
    if not entry.stands_alone:
        raise ValueError(NOBODY)
    interaction_id = act.insert("interactions", columns_of(entry))
    for person_id in dict.fromkeys(entry.people):
        take_part(act, interaction_id, person_id, entry)
    set_tags(act, connection, "interaction", interaction_id, entry.tags)
    return interaction_id


def columns_of(entry: Entry) -> Row:
    """An interaction's own columns."""
    return {
        "day": entry.day.isoformat(),
        "time": entry.time.isoformat("minutes") if entry.time else None,
        "kind": entry.kind,
        "text": entry.text,
        "place": entry.place,
        "group_id": entry.group_id,
        "enjoyment": entry.enjoyment,
        **answer_columns(entry),
    }


def answer_columns(entry: Entry) -> Row:
    """What became of an ask; nothing else has an answer."""
    answered = entry.kind == "asked" and entry.answer
    return {
        "answer": entry.answer if answered else None,
        "answered_on": entry.answered_on.isoformat() if answered and entry.answered_on else None,
    }


def take_part(act: Act, interaction_id: int, person_id: int, entry: Entry) -> None:
    """Write that a person took part."""
    act.insert(
        "interaction_people",
        {
            "interaction_id": interaction_id,
            "person_id": person_id,
            "day": entry.day.isoformat(),
            "kind": entry.kind,
        },
    )
