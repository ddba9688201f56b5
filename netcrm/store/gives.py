"""The gives shelf: queue, give, snooze, drop; and the room of the week."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from netcrm.domain.changes import Change
from netcrm.domain.gives import (
    EFFORTS,
    LANDED,
    LIGHT,
    LIGHT_AFTER,
    Give,
    GiveDraft,
    Room,
    in_order,
    in_past,
    say_day,
    week_of,
)
from netcrm.domain.preferences import Preferences
from netcrm.domain.queue import Queue
from netcrm.domain.text import fold
from netcrm.domain.timeline import Entry
from netcrm.store import queue as queues
from netcrm.store import rows
from netcrm.store.entries import insert_entry
from netcrm.store.errors import StoreError
from netcrm.store.hellos import answer_hellos
from netcrm.store.people import called
from netcrm.store.queue import Taken
from netcrm.store.write import Act, Row, Writer, carried_over

if TYPE_CHECKING:
    from netcrm.domain.givefilter import GiveFilter

FULL = "this week is full, so it stands under Later"
"""What is said of a give that found no room in the week."""

SHARED = "{name} has had a good share of the week, so it stands under Later"
"""What is said of a give that found no room for one who gets much already."""

LIGHT_ENOUGH = f"one light thing to {LIGHT_AFTER} serious ones, so it stands under Later"
"""What is said of a light give where there are enough of them."""

STEP_BY_STEP = "An introduction goes step by step, both asked first: i opens it."
"""What is said to whom would give an introduction in one go."""

OF_SPARK = "spark_id = ? OR (gives.link = ? AND gives.link != '')"
"""Of which gives it is true that they are of a spark, or have its link, each by an index of its own."""

_SAME_DROPPED = """state = 'dropped'
    AND (spark_id = ? OR (gives.link != '' AND gives.link = ?) OR (gives.kind = ? AND folded(words) = ?))"""
"""Of which gives it is true that they were dropped, and are the same by spark, link, or kind and words."""

_GIVEN_BETWEEN = "state = 'given' AND given_on BETWEEN ? AND ? AND answered = 0"
"""Of which gives it is true that they took room between two days: a hello that merely meeting them answered
took none."""

ASKED_DAYS = (7, 60)
"""How many days ago something was given, at least and at most, to ask whether it landed: by then they will
have had it, and they and you still know of it."""

AGREED = ("yes", "no")
"""Answers that say something of what lands with someone."""


class Gives:
    """What there is to give, and to whom."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer, preferences: Preferences) -> None:
        self._connection = connection
        self._writer = writer
        self._preferences = preferences

    # Reading

    def order(self, today: date, narrowed: "GiveFilter | None" = None, *, later: bool = True) -> Queue:
        """What waits to be given, and in what order: ids only, for a list that reads what it shows.

        Args:
            today: The day by which it is overdue or later.
            narrowed: What to show of it; all, unless it says so.
            later: Whether to look at what stands under Later, too: that is most of a long queue.
        """
        whole = queues.queue(self._connection, today, later=later)
        return queues.narrowed(self._connection, whole, narrowed) if narrowed else whole

    def by_id(self, ids: Sequence[int]) -> Mapping[int, Give]:
        """Some gives, by their ids; what is gone is not among them."""
        return queues.gives_of(self._connection, ids)

    def queue(self, today: date, narrowed: "GiveFilter | None" = None) -> Sequence[Give]:
        """Everything that waits to be given, in the queue's order, or what a filter leaves of it."""
        return self._listed(self.order(today, narrowed).ids)

    def before_later(self, queue: Queue) -> Sequence[Give]:
        """What of a queue does not stand under Later, in order."""
        return self._listed(queue.before_later)

    def waiting_for(
        self, today: date, *, person_id: int | None = None, group_id: int | None = None
    ) -> Sequence[Give]:
        """What waits for one person, or one group, in order."""
        found = self._connection.execute(
            f"SELECT {rows.GIVE_COLUMNS} FROM {rows.GIVES} WHERE state IN ('queued', 'snoozed')"
            f" AND {rows.NOT_AWAY} AND gives.{'group_id' if person_id is None else 'person_id'} = ?",
            (group_id if person_id is None else person_id,),
        )
        return in_order(map(rows.give, found), today)

    def _listed(self, ids: Sequence[int]) -> Sequence[Give]:
        found = self.by_id(ids)
        return [found[give_id] for give_id in ids if give_id in found]

    def get(self, give_id: int) -> Give | None:
        """One give; None when there is no such one."""
        row = self._connection.execute(
            f"SELECT {rows.GIVE_COLUMNS} FROM {rows.GIVES} WHERE gives.id = ?",
            (give_id,),
        ).fetchone()
        return rows.give(row) if row else None

    def room(self, today: date, queue: Queue | None = None) -> Room:
        """The week's room: taken by what was given since Monday and by what stands before Later.

        Args:
            today: A day of the week asked about.
            queue: The queue, if it has been read already.
        """
        return Room(
            size=self._preferences.room,
            given=_efforts(self._given(today)),
            waiting=queue.planned
            if queue is not None
            else _efforts(queues.taking_room(self._connection, today)),
        )

    def no_room(self, draft: GiveDraft, today: date) -> str:
        """Why a new give would stand under Later, in one calm line; empty where it is let in.

        Promises, and what has a day of its own, are always let in. All else needs room in the week, in the
        person's share of it, and, where it is light, a few serious gives to stand between.
        """
        if draft.due is not None or draft.promised or draft.later:
            return ""
        taken = [*self._given(today), *queues.taking_room(self._connection, today)]
        if max(0, self._preferences.room - _efforts(taken)) < EFFORTS[draft.effort]:
            return FULL
        whose = (draft.person_id, draft.group_id)
        theirs = _efforts([one for one in taken if one[:2] == whose])
        if theirs and theirs + EFFORTS[draft.effort] > self._preferences.share:
            return SHARED.format(name=called_of(self._connection, [draft]))
        light = sum(kind == LIGHT for _, _, kind, _ in taken)
        if draft.kind == LIGHT and light and len(taken) - light < light * LIGHT_AFTER:
            return LIGHT_ENOUGH
        return ""

    def not_for(
        self, *, spark_id: int | None = None, link: str = "", words: str = "", kind: str = ""
    ) -> frozenset[int]:
        """For whom a thing was dropped as not for them, so that it is not suggested to them again.

        Args:
            spark_id: It comes of this spark,
            link: or has this link,
            words: or is said so, accents and case aside,
            kind: and is of this kind.
        """
        found = self._connection.execute(
            f"SELECT person_id FROM gives WHERE {_SAME_DROPPED}",
            (spark_id, link, kind, fold(words)),
        )
        return frozenset(person_id for (person_id,) in found if person_id is not None)

    def is_not_for(self, draft: GiveDraft) -> bool:
        """Whether the same thing was dropped for the same person before, as `not_for` tells the same."""
        found = self._connection.execute(
            f"SELECT 1 FROM gives WHERE person_id IS ? AND group_id IS ? AND {_SAME_DROPPED} LIMIT 1",
            (draft.person_id, draft.group_id, draft.spark_id, draft.link, draft.kind, fold(draft.words)),
        ).fetchone()
        return found is not None

    def dropped(self, limit: int = 200) -> Sequence[Give]:
        """What was found to be not for someone, the newest first."""
        found = self._connection.execute(
            f"SELECT {rows.GIVE_COLUMNS} FROM {rows.GIVES}"
            " WHERE state = 'dropped' ORDER BY dropped_on DESC, gives.id DESC LIMIT ?",
            (limit,),
        )
        return [rows.give(row) for row in found]

    def to_ask(self, today: date) -> Give | None:
        """The one give of which to ask whether it landed: the newest of those a week old or more.

        Each is asked about once, and only for a while. A hello is not asked about: it gave nothing.
        """
        least, most = (today - timedelta(days=days) for days in ASKED_DAYS)
        row = self._connection.execute(
            f"SELECT {rows.GIVE_COLUMNS} FROM {rows.GIVES}"
            " WHERE given_on BETWEEN ? AND ? AND state = 'given' AND gives.kind != 'reconnect'"
            f" AND landed IS NULL AND landed_asked_on IS NULL AND {rows.NOT_AWAY}"
            " ORDER BY given_on DESC, gives.id LIMIT 1",
            (most.isoformat(), least.isoformat()),
        ).fetchone()
        return rows.give(row) if row else None

    def landed_kinds(self, ids: Iterable[int]) -> Mapping[int, Mapping[str, tuple[int, int]]]:
        """How often each kind of give landed with some people, and how often not.

        Args:
            ids: Of whom.

        Returns:
            By person and kind how many landed and how many did not; who never answered is not in it.
        """
        found = self._connection.execute(
            "SELECT person_id, kind, sum(landed = 'yes'), sum(landed = 'no') FROM gives"
            f" WHERE state = 'given' AND landed IN {AGREED} AND person_id IN (SELECT value FROM json_each(?))"
            " GROUP BY person_id, kind ORDER BY person_id, sum(landed = 'yes') DESC, kind",
            (json.dumps(list(ids)),),
        )
        kinds: dict[int, dict[str, tuple[int, int]]] = {}
        for person_id, kind, yes, no in found:
            kinds.setdefault(person_id, {})[kind] = (yes, no)
        return kinds

    # Writing

    def add(self, draft: GiveDraft, today: date) -> Change:
        """Queue a give. One without a day of its own stands under Later when there is no room for it.

        Promises are always let in.
        """
        return self.add_each([draft], today)

    def add_each(self, drafts: Sequence[GiveDraft], today: date) -> Change:
        """Queue several gives as one act, each as `add` does."""
        with self._writer.act() as act:
            said = [self.let_in(act, draft, today)[1] for draft in drafts]
            act.label = self._queued(drafts, said)
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
            changes = {"person_id": draft.person_id, "group_id": draft.group_id, **columns_of(draft)}
            if found.state == "snoozed" and draft.due != found.due:
                changes |= {"state": "queued", "snoozed_until": None}
            act.update("gives", give_id, changes)
        return act.change

    def give(self, ids: Iterable[int], today: date) -> Change:
        """Given: each is marked and stands in the timeline, which starts the rhythm again.

        What is given to someone answers the hello that waits for them, so that the two are one contact.
        """
        with self._writer.act() as act:
            given = self._waiting(ids)
            if any(give.introduction_id is not None for give in given):
                raise ValueError(STEP_BY_STEP)
            # Hellos come last: what else is given to the same person has answered them by then.
            for give in sorted(given, key=lambda give: give.source in ("cadence", "group")):
                if self._get(give.id).state == "given":
                    continue
                entry = Entry(
                    day=today,
                    people=(give.person.id,) if give.person else (),
                    kind="message" if give.kind == "reconnect" else "gave",
                    text=_with_link(in_past(give.words), give.link),
                    group_id=give.group_id,
                )
                interaction_id = insert_entry(act, self._connection, entry)
                act.update(
                    "gives",
                    give.id,
                    {"state": "given", "given_on": today.isoformat(), "interaction_id": interaction_id},
                )
                answer_hellos(act, self._connection, interaction_id, entry, today)
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
                self._let_go(act, give, today)
            act.label = _said(dropped, "dropped", "for")
        return act.change

    def landed(self, give_id: int, answer: str, today: date) -> Change:
        """Say whether something given landed; it is not asked about again.

        Args:
            give_id: Which.
            answer: One of `netcrm.domain.gives.LANDED`.
            today: The day of the answer.
        """
        if answer not in LANDED:
            raise ValueError(f"It landed, it did not, or one is unsure: {', '.join(LANDED)}.")
        with self._writer.act() as act:
            found = self._get(give_id)
            act.update("gives", give_id, {"landed": answer, "landed_asked_on": today.isoformat()})
            said = _LANDED_SAID[answer].format(words=found.words, name=found.whom.name)
            act.label = said
        return act.change

    def let_in(self, act: Act, draft: GiveDraft, today: date) -> tuple[int, str]:
        """Write a new give within an act: under Later where there is no room for it.

        Returns:
            Its id, and why it stands under Later, in one line; empty where it was let in.
        """
        why = self.no_room(draft, today)
        return insert_give(act, replace(draft, later=draft.later or bool(why))), why

    def _let_go(self, act: Act, give: Give, today: date) -> None:
        """With the give goes the introduction it is of, as long as nobody has been asked."""
        idea = self._connection.execute(
            "SELECT id FROM introductions WHERE id = ? AND state = 'idea' AND closed_on IS NULL",
            (give.introduction_id,),
        ).fetchone()
        if idea is not None:
            act.update("introductions", idea[0], {"closed_on": today.isoformat()})

    def _queued(self, drafts: Sequence[GiveDraft], said: Sequence[str]) -> str:
        """Of what was queued: what for whom, and the one line that says which of it stands under Later."""
        same = len({draft.words for draft in drafts}) == 1
        what = f"“{drafts[0].words}”" if same else f"{len(drafts)} gives"
        label = f"queued {what} for {called_of(self._connection, drafts)}"
        later = [line for line in said if line]
        if not later:
            return label
        if len(drafts) == 1:
            return f"{label} · {later[0]}"
        return f"{label} · {len(later)} of {len(drafts)} stand under Later, where there is room"

    def _given(self, today: date) -> Sequence[Taken]:
        """What was given since Monday."""
        monday, _ = week_of(today)
        return self._connection.execute(
            f"SELECT person_id, group_id, kind, effort FROM gives WHERE {_GIVEN_BETWEEN}",
            (monday.isoformat(), today.isoformat()),
        ).fetchall()

    def _waiting(self, ids: Iterable[int]) -> Sequence[Give]:
        found = [self._get(give_id) for give_id in dict.fromkeys(ids)]
        return [give for give in found if give.state in ("queued", "snoozed")]

    def _get(self, give_id: int) -> Give:
        found = self.get(give_id)
        if found is None:
            raise StoreError("That give is no longer there. Nothing was changed.")
        return found


def called_of(connection: sqlite3.Connection, drafts: Iterable[GiveDraft]) -> str:
    """For whom some gives are, for the label of an act: people up to three by name, and groups.

    Raises:
        StoreError: If one of them is no longer there.
    """
    drafts = list(drafts)
    people = tuple(dict.fromkeys(draft.person_id for draft in drafts if draft.person_id is not None))
    groups = dict.fromkeys(draft.group_id for draft in drafts if draft.group_id is not None)
    names = [called(connection, people)] if people else []
    for group_id in groups:
        row = connection.execute("SELECT name FROM groups WHERE id = ?", (group_id,)).fetchone()
        if row is None:
            raise StoreError("That group is no longer there. Nothing was changed.")
        names.append(str(row[0]))
    return " and ".join(names)


def insert_give(act: Act, draft: GiveDraft) -> int:
    """Write a new give; return its id."""
    return act.insert(
        "gives", {"person_id": draft.person_id, "group_id": draft.group_id, **columns_of(draft)}
    )


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


_LANDED_SAID = {
    "yes": "“{words}” landed with {name}",
    "no": "“{words}” did not land with {name}",
    "unsure": "unsure whether “{words}” landed with {name}",
}


def _said(gives: Sequence[Give], verb: str, preposition: str) -> str:
    if len(gives) != 1:
        return f"{verb} {len(gives)} gives"
    if verb == "gave" and gives[0].kind == "reconnect" and gives[0].whom.name in gives[0].words:
        # ``dropped in on the choir`` says it all.
        done = in_past(gives[0].words)
        return done[:1].lower() + done[1:] if done != gives[0].words else f"gave “{done}”"
    return f"{verb} “{gives[0].words}” {preposition} {gives[0].whom.name}"


def _efforts(taken: Iterable[Taken]) -> int:
    return sum(EFFORTS[effort] for _, _, _, effort in taken)


def _with_link(text: str, link: str) -> str:
    return f"{text} {link}" if link and link not in text else text
