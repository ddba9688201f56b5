"""The gives shelf: queue, give, snooze, drop; and the room of the week."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from netcrm.domain.changes import Change
from netcrm.domain.gives import (
    EFFORTS,
    Give,
    GiveDraft,
    Room,
    in_order,
    in_past,
    say_day,
    section,
    week_of,
)
from netcrm.domain.preferences import Preferences
from netcrm.domain.timeline import Entry
from netcrm.store import rows
from netcrm.store.entries import insert_entry
from netcrm.store.errors import StoreError
from netcrm.store.write import Act, Row, Writer, carried_over

FULL = "this week is full, so it stands under Later"
"""What is said of a give that found no room."""


class Gives:
    """What there is to give, and to whom."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer, preferences: Preferences) -> None:
        self._connection = connection
        self._writer = writer
        self._preferences = preferences

    # Reading

    def queue(self, today: date) -> Sequence[Give]:
        """Everything that waits to be given, in the queue's order."""
        found = self._connection.execute(
            f"SELECT {rows.GIVE_COLUMNS} FROM gives JOIN people ON people.id = person_id"
            " WHERE state IN ('queued', 'snoozed') AND people.archived = 0"
        )
        return in_order(map(rows.give, found), today)

    def get(self, give_id: int) -> Give | None:
        """One give; None when there is no such one."""
        row = self._connection.execute(
            f"SELECT {rows.GIVE_COLUMNS} FROM gives JOIN people ON people.id = person_id WHERE gives.id = ?",
            (give_id,),
        ).fetchone()
        return rows.give(row) if row else None

    def room(self, today: date, queue: Sequence[Give] | None = None) -> Room:
        """The week's room: taken by what was given since Monday and by what stands before Later.

        Args:
            today: A day of the week asked about.
            queue: The queue, if it has been read already.
        """
        waiting = self.queue(today) if queue is None else queue
        planned = sum(EFFORTS[give.effort] for give in waiting if section(give, today) != "Later")
        monday, _ = week_of(today)
        given = self._connection.execute(
            "SELECT effort FROM gives WHERE state = 'given' AND given_on BETWEEN ? AND ?",
            (monday.isoformat(), today.isoformat()),
        )
        return Room(
            size=self._preferences.room, given=sum(EFFORTS[effort] for (effort,) in given), waiting=planned
        )

    # Writing

    def add(self, draft: GiveDraft, today: date) -> Change:
        """Queue a give. One without a day of its own stands under Later when the week has no room for it.

        Promises are always let in.
        """
        with self._writer.act() as act:
            give_id, full = self.let_in(act, draft, today)
            label = f"queued “{draft.words}” for {self._get(give_id).person.name}"
            act.label = f"{label} · {FULL}" if full else label
        return act.change

    def edit(self, give_id: int, draft: GiveDraft, before: GiveDraft | None = None) -> Change:
        """Make a give what is said now. A new day takes the place of the one it was snoozed to.

        Args:
            give_id: Which.
            draft: What is said now.
            before: What its form was opened with: fields that are still so stay as they are in the file.
        """
        with self._writer.act() as act:
            found = self._get(give_id)
            draft = carried_over(draft, before, found.draft)
            act.label = f"edited “{draft.words}”"
            changes = {"person_id": draft.person_id, **columns_of(draft)}
            if found.state == "snoozed" and draft.due != found.due:
                changes |= {"state": "queued", "snoozed_until": None}
            act.update("gives", give_id, changes)
        return act.change

    def give(self, ids: Iterable[int], today: date) -> Change:
        """Given: each is marked and stands in the timeline, which starts the rhythm again."""
        with self._writer.act() as act:
            given = self._waiting(ids)
            for give in given:
                entry = Entry(
                    day=today,
                    people=(give.person.id,),
                    kind="message" if give.kind == "reconnect" else "gave",
                    text=_with_link(in_past(give.words), give.link),
                )
                interaction_id = insert_entry(act, self._connection, entry)
                act.update(
                    "gives",
                    give.id,
                    {"state": "given", "given_on": today.isoformat(), "interaction_id": interaction_id},
                )
            act.label = _said(given, "gave", "to")
        return act.change

    def snooze(self, ids: Iterable[int], until: date, today: date) -> Change:
        """Let gives rest until a day."""
        with self._writer.act() as act:
            resting = self._waiting(ids)
            for give in resting:
                act.update(
                    "gives", give.id, {"state": "snoozed", "snoozed_until": until.isoformat(), "later": 0}
                )
            act.label = f"{_said(resting, 'snoozed', 'for')} until {say_day(until, today)}"
        return act.change

    def drop(self, ids: Iterable[int], today: date) -> Change:
        """Not for them: gives leave the queue, and it is remembered that they were not for those people."""
        with self._writer.act() as act:
            dropped = self._waiting(ids)
            for give in dropped:
                act.update("gives", give.id, {"state": "dropped", "dropped_on": today.isoformat()})
            act.label = _said(dropped, "dropped", "for")
        return act.change

    def let_in(self, act: Act, draft: GiveDraft, today: date) -> tuple[int, bool]:
        """Write a new give within an act: under Later where the week has no room for it.

        Returns:
            Its id, and whether it found no room.
        """
        bound = draft.due is not None or draft.promised or draft.later
        full = not bound and self.room(today).left < EFFORTS[draft.effort]
        return insert_give(act, replace(draft, later=draft.later or full)), full

    def _waiting(self, ids: Iterable[int]) -> Sequence[Give]:
        found = [self._get(give_id) for give_id in dict.fromkeys(ids)]
        return [give for give in found if give.state in ("queued", "snoozed")]

    def _get(self, give_id: int) -> Give:
        found = self.get(give_id)
        if found is None:
            raise StoreError("That give is no longer there. Nothing was changed.")
        return found


def insert_give(act: Act, draft: GiveDraft) -> int:
    """Write a new give; return its id."""
    return act.insert("gives", {"person_id": draft.person_id, **columns_of(draft)})


def columns_of(draft: GiveDraft) -> Row:
    """A give's own columns, but for whom it is."""
    return {
        "words": draft.words,
        "kind": draft.kind,
        "link": draft.link,
        "due": draft.due.isoformat() if draft.due else None,
        "promised": int(draft.promised),
        "effort": draft.effort,
        "source": draft.source,
        "why": draft.why,
        "later": int(draft.later),
        "occasion_id": draft.occasion_id,
        "occasion_year": draft.occasion_year,
        "spark_id": draft.spark_id,
        "introduction_id": draft.introduction_id,
    }


def _said(gives: Sequence[Give], verb: str, preposition: str) -> str:
    if len(gives) != 1:
        return f"{verb} {len(gives)} gives"
    return f"{verb} “{gives[0].words}” {preposition} {gives[0].person.name}"


def _with_link(text: str, link: str) -> str:
    return f"{text} {link}" if link and link not in text else text
