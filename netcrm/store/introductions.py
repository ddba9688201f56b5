"""The introductions shelf: have the idea, ask each side, introduce them, see what came of it; read them."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from netcrm.domain.changes import Change
from netcrm.domain.introductions import (
    ANSWERS,
    INTRODUCTION_STATES,
    Introduction,
    short_names,
    skips_consent,
    state_of,
)
from netcrm.domain.synonyms import Synonyms
from netcrm.domain.text import fold
from netcrm.domain.timeline import Entry
from netcrm.store import rows
from netcrm.store.connection import aside
from netcrm.store.entries import insert_entry
from netcrm.store.errors import StoreError
from netcrm.store.file import File
from netcrm.store.hellos import answer_hellos
from netcrm.store.people import called
from netcrm.store.write import Act, Row, Writer

if TYPE_CHECKING:
    from netcrm.domain.introducing import Proposal
    from netcrm.store.introducing import Introducing

_ASKED_BOTH = INTRODUCTION_STATES.index("asked both")

NO_CONSENT = "Not both have said yes yet. Say why it is made all the same."
"""What is said of an introduction that would be made over somebody's head."""


class Introductions:
    """Two people who should meet, and how far it has come."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        writer: Writer,
        file: File,
        synonyms: Callable[[], Synonyms],
    ) -> None:
        self._connection = connection
        self._writer = writer
        self._file = file
        self._synonyms = synonyms

    @cached_property
    def _introducing(self) -> "Introducing":
        """What finds pairs; imported on first use, since most of a day goes by without it."""
        from netcrm.store.introducing import Introducing

        return Introducing(self._connection, self._synonyms)

    # Reading

    def all(self) -> Sequence[Introduction]:
        """All introductions: the furthest of those under way first, then those made, then those put away."""
        return self._read()

    def get(self, introduction_id: int) -> Introduction | None:
        """One introduction; None when there is no such one."""
        row = self._connection.execute(f"{_SELECT} WHERE introductions.id = ?", (introduction_id,)).fetchone()
        return rows.introduction(row) if row else None

    def of(self, person_id: int) -> Sequence[Introduction]:
        """The introductions of one person, in the order of `all`."""
        return self._read("WHERE ? IN (one_id, other_id)", person_id)

    def between(self, one_id: int, other_id: int) -> Sequence[Introduction]:
        """The introductions of two people to each other, in the order of `all`."""
        return self._read("WHERE one_id IN (?1, ?2) AND other_id IN (?1, ?2)", one_id, other_id)

    def proposals(self, limit: int, *, of: int | None = None) -> "Sequence[Proposal]":
        """Pairs who should meet, the best reasons first: a want that meets an offer, or shared interests.

        Never those who know each other, the archived, nor a pair that was thought of before.

        Args:
            limit: The most to return.
            of: Only those with this person.
        """
        return self._introducing.proposals(limit, of=of)

    def reason(self, one_id: int, other_id: int) -> str:
        """Why two people should meet, in words; empty where nothing that is known speaks for it."""
        return self._introducing.reason(one_id, other_id)

    @contextmanager
    def aside(self) -> "Iterator[Introducing]":
        """What finds pairs in another thread, on a connection of its own that can't write.

        Yields:
            What has `proposals` and `reason` as this shelf does.

        Raises:
            StoreError: If the file could not be read.
        """
        with aside(self._file) as connection:
            yield self._introducing.on(connection)

    # Writing

    def propose(self, one_id: int, other_id: int, why: str, today: date) -> Change:
        """Have the idea that two people should meet.

        Raises:
            ValueError: If they are one and the same, or an introduction of them is under way.
        """
        self._check_pair(one_id, other_id)
        with self._writer.act() as act:
            insert_introduction(act, one_id, other_id, why, today)
            act.label = f"thought of introducing {called(self._connection, (one_id, other_id))}"
        return act.change

    def put_away(self, one_id: int, other_id: int, why: str, today: date) -> Change:
        """Not these two: what was proposed is remembered as closed, so that it is not proposed again."""
        self._check_pair(one_id, other_id)
        with self._writer.act() as act:
            row = _new(one_id, other_id, why, today)
            act.insert("introductions", {**row, "closed_on": today.isoformat()})
            act.label = f"put away introducing {called(self._connection, (one_id, other_id))}"
        return act.change

    def reword(self, introduction_id: int, why: str) -> Change:
        """Say otherwise why the two should meet."""
        with self._writer.act() as act:
            found = self._get(introduction_id)
            act.update("introductions", introduction_id, {"why": why})
            act.label = f"said why {_pair(found)} should meet"
        return act.change

    def mark(self, introduction_id: int, person_id: int, said: str, today: date, note: str = "") -> Change:
        """Note of one side that they were asked, said yes, or would rather not; the state follows.

        A yes says that they were asked. A no closes the introduction, and takes back a yes of theirs. Either
        of the others takes up again one that was closed.

        Args:
            introduction_id: Which one.
            person_id: Whose step it is.
            said: One of `netcrm.domain.introductions.ANSWERS`.
            today: The day of it.
            note: With a no, what they said.

        Raises:
            ValueError: If it has been made already, the person is neither of the two, or it was closed and
                another introduction of the two is under way.
            StoreError: If it is no longer there.
        """
        if said not in ANSWERS:
            raise ValueError(f"Someone is asked, says yes, or no: {', '.join(ANSWERS)}.")
        with self._writer.act() as act:
            found = self._get(introduction_id)
            side = next((side for side in found.sides if side.person.id == person_id), None)
            if side is None:
                raise ValueError("That is neither of the two.")
            if found.made:
                raise ValueError(f"{_pair(found)} have been introduced already; u takes it back.")
            names = dict(
                zip((found.one.id, found.other.id), short_names(found.one, found.other), strict=True)
            )
            name = names.pop(person_id)
            (other,) = names.values()
            if said == "no":
                if withdrawn := _withdrawn(found, side.column, today):
                    act.update("introductions", introduction_id, withdrawn)
                self._close(act, found, f"{name} would rather not{f': {note}' if note else ''}", today)
                act.label = f"{name} would rather not meet {other}, and that is fine"
            else:
                changes = _marked(found, side.column, said, today)
                if found.closed_on is not None:
                    changes |= self._taken_up(found)
                if changes:
                    act.update("introductions", introduction_id, changes)
                act.label = (
                    f"asked {name} about meeting {other}"
                    if said == "asked"
                    else f"{name} said yes to {other}"
                )
        return act.change

    def set_state(self, introduction_id: int, state: str, today: date, note: str = "") -> Change:
        """Note how far an introduction has come.

        Once made it stands in both timelines, and counts as one give.

        Args:
            introduction_id: Which one.
            state: One of `INTRODUCTION_STATES`.
            today: The day on which it came so far.
            note: Why it is made before both have said yes, or what came of it; empty keeps what stands there.

        Raises:
            ValueError: If it would be made before both have said yes, and the note does not say why; or if it
                has been made, and would be taken back by half.
            StoreError: If it is no longer there.
        """
        with self._writer.act() as act:
            found = self._get(introduction_id)
            if skips_consent(found.state, state) and not note.strip():
                raise ValueError(NO_CONSENT)
            made = INTRODUCTION_STATES.index("made")
            if found.made and INTRODUCTION_STATES.index(state) < made:
                raise ValueError(f"{_pair(found)} have been introduced already; u takes it back.")
            changes = _stepped(found, state, today)
            if found.closed_on is not None:
                changes |= self._taken_up(found)
            if note:
                late = state == "came of it" and not skips_consent(found.state, state)
                changes["came_of_it" if late else "note"] = note
            if changes:
                act.update("introductions", introduction_id, changes)
            if not found.made and INTRODUCTION_STATES.index(state) >= made:
                self._make(act, found, today)
            act.label = f"introducing {found.one.name} and {found.other.name}: {state}"
        return act.change

    def close(self, introduction_id: int, today: date, note: str = "") -> Change:
        """Let an introduction go: it is not proposed again, and can be taken up again.

        What waits in the queue for it is dropped with it.
        """
        with self._writer.act() as act:
            found = self._get(introduction_id)
            if found.made:
                raise ValueError(f"{_pair(found)} have been introduced already; u takes it back.")
            self._close(act, found, note, today)
            act.label = f"let go of introducing {_pair(found)}"
        return act.change

    def reopen(self, introduction_id: int, today: date) -> Change:
        """Take up again what was let go, where it had come to.

        Raises:
            ValueError: If another introduction of the two is under way.
        """
        with self._writer.act() as act:
            found = self._get(introduction_id)
            changes = {**self._taken_up(found), "since": today.isoformat()}
            act.update("introductions", introduction_id, changes)
            act.label = f"took up introducing {_pair(found)} again"
        return act.change

    def _make(self, act: Act, found: Introduction, today: date) -> None:
        """The two know each other: one entry in both timelines, and one give that is given."""
        words = " and ".join(short_names(found.one, found.other))
        entry = Entry(
            day=today,
            people=(found.one.id, found.other.id),
            kind="introduced",
            text=f"Introduced {words}: {found.why}" if found.why else f"Introduced {words}",
        )
        interaction_id = insert_entry(act, self._connection, entry)
        answer_hellos(act, self._connection, interaction_id, entry, today)
        given: Row = {
            "state": "given",
            "given_on": today.isoformat(),
            "interaction_id": interaction_id,
            "snoozed_until": None,
        }
        waiting = [*self._waiting(found.id), *self._promised(found)]
        for give_id in waiting[:1]:
            act.update("gives", give_id, {**given, "introduction_id": found.id})
        for give_id in waiting[1:]:
            act.update("gives", give_id, {"state": "dropped", "dropped_on": today.isoformat()})
        if not waiting:
            act.insert(
                "gives",
                {
                    "person_id": found.one.id,
                    "kind": "introduction",
                    "words": f"Introduce {words}",
                    "why": found.why,
                    "introduction_id": found.id,
                    **given,
                },
            )

    def _close(self, act: Act, found: Introduction, note: str, today: date) -> None:
        changes = {"closed_on": today.isoformat()} | ({"note": note} if note else {})
        act.update("introductions", found.id, changes)
        for give_id in self._waiting(found.id):
            act.update("gives", give_id, {"state": "dropped", "dropped_on": today.isoformat()})

    def _taken_up(self, found: Introduction) -> dict[str, str | None]:
        """What changes when one that was closed is taken up again."""
        if found.closed_on is not None:
            self._check_pair(found.one.id, found.other.id)
        return {"closed_on": None, "note": ""}

    def _waiting(self, introduction_id: int) -> Sequence[int]:
        """The gives in the queue that belong to an introduction, oldest first."""
        found = self._connection.execute(
            "SELECT id FROM gives WHERE introduction_id = ? AND state IN ('queued', 'snoozed') ORDER BY id",
            (introduction_id,),
        )
        return [give_id for (give_id,) in found]

    def _promised(self, found: Introduction) -> Sequence[int]:
        """The gives in the queue that were typed, and say to one of the two that they will meet the other."""
        gives = self._connection.execute(
            "SELECT id, person_id, words FROM gives WHERE person_id IN (?, ?) AND kind = 'introduction'"
            " AND introduction_id IS NULL AND state IN ('queued', 'snoozed') ORDER BY id",
            (found.one.id, found.other.id),
        )
        names = {found.one.id: fold(found.other.name), found.other.id: fold(found.one.name)}
        return [give_id for give_id, person_id, said in gives if names[person_id] in fold(said)]

    def _check_pair(self, one_id: int, other_id: int) -> None:
        if one_id == other_id:
            raise ValueError("An introduction needs two people.")
        under_way = [found for found in self.between(one_id, other_id) if found.under_way]
        if under_way:
            raise ValueError(f"{_pair(under_way[0])} are being introduced already: {under_way[0].state}.")

    def _read(self, where: str = "", *values: int) -> Sequence[Introduction]:
        found = self._connection.execute(
            f"{_SELECT} {where} ORDER BY since DESC, introductions.id DESC", values
        )
        return sorted(map(rows.introduction, found), key=_place)

    def _get(self, introduction_id: int) -> Introduction:
        found = self.get(introduction_id)
        if found is None:
            raise StoreError("That introduction is no longer there. Nothing was changed.")
        return found


def insert_introduction(act: Act, one_id: int, other_id: int, why: str, today: date) -> int:
    """Write a new introduction, an idea still; return its id."""
    return act.insert("introductions", _new(one_id, other_id, why, today))


def unmake(act: Act, connection: sqlite3.Connection, introduction_id: int, today: date) -> None:
    """The entry that says they were introduced is gone: it has come no further than it had before that."""
    row = connection.execute(f"{_SELECT} WHERE introductions.id = ?", (introduction_id,)).fetchone()
    found = rows.introduction(row)
    asked, agreed = (sum(getattr(side, step) for side in found.sides) for step in ("asked", "yes"))
    act.update(
        "introductions",
        introduction_id,
        {
            "state": state_of(asked, agreed),
            "since": today.isoformat(),
            "made_on": None,
            "note": "",
            "came_of_it": "",
        },
    )


def made_on(act: Act, connection: sqlite3.Connection, introduction_id: int, before: date, day: date) -> None:
    """The entry that says they were introduced bears another day: what happened on it did so on that day."""
    row = connection.execute(
        "SELECT made_on, since FROM introductions WHERE id = ?", (introduction_id,)
    ).fetchone()
    moved = {
        column: day.isoformat()
        for column, was in zip(("made_on", "since"), row, strict=True)
        if was == before.isoformat()
    }
    if moved:
        act.update("introductions", introduction_id, moved)


def columns_of(introduction: Introduction) -> Row:
    """An introduction's own columns."""
    days = {
        "since": introduction.since,
        "asked_one_on": introduction.asked_one_on,
        "asked_other_on": introduction.asked_other_on,
        "one_yes_on": introduction.one_yes_on,
        "other_yes_on": introduction.other_yes_on,
        "made_on": introduction.made_on,
        "closed_on": introduction.closed_on,
    }
    return {
        "one_id": introduction.one.id,
        "other_id": introduction.other.id,
        "why": introduction.why,
        "state": introduction.state,
        "note": introduction.note,
        "came_of_it": introduction.came_of_it,
        **{column: day.isoformat() if day else None for column, day in days.items()},
    }


def _new(one_id: int, other_id: int, why: str, today: date) -> dict[str, str | int]:
    return {"one_id": one_id, "other_id": other_id, "why": why, "since": today.isoformat()}


def _marked(found: Introduction, column: str, said: str, today: date) -> dict[str, str | None]:
    """What changes when one side was asked, or said yes.

    What the state says of a side, but no day does, is kept by giving it the day of the state.
    """
    changes: dict[str, str | None] = {}
    asked = agreed = 0
    for side in found.sides:
        mine = side.column == column
        asks, agrees = side.asked or mine, side.yes or (mine and said == "yes")
        day = (today if mine and not side.asked else found.since).isoformat()
        if asks and side.asked_on is None:
            changes[f"asked_{side.column}_on"] = day
        if agrees and side.yes_on is None:
            changes[f"{side.column}_yes_on"] = today.isoformat() if mine else found.since.isoformat()
        asked, agreed = asked + asks, agreed + agrees
    state = state_of(asked, agreed)
    return changes | _since(found, state, today)


def _withdrawn(found: Introduction, column: str, today: date) -> dict[str, str | None]:
    """What changes when one side would rather not: a yes that they had said holds no longer.

    What the state says of the other side, but no day does, is kept as `_marked` keeps it.
    """
    changes: dict[str, str | None] = {}
    agreed = 0
    for side in found.sides:
        agrees = side.yes and side.column != column
        if side.asked and side.asked_on is None:
            changes[f"asked_{side.column}_on"] = found.since.isoformat()
        if agrees != (side.yes_on is not None):
            changes[f"{side.column}_yes_on"] = found.since.isoformat() if agrees else None
        agreed += agrees
    return changes | _since(found, state_of(sum(side.asked for side in found.sides), agreed), today)


def _stepped(found: Introduction, state: str, today: date) -> dict[str, str | None]:
    """What changes when an introduction comes to a state, on the way forward or back."""
    on = today.isoformat()
    reached = INTRODUCTION_STATES.index(state)
    changes: dict[str, str | None] = {}
    if state == found.state:
        return changes
    if state in ("made", "came of it"):
        if found.made_on is None and not found.made:
            changes["made_on"] = on
    else:
        first = next((side for side in found.sides if side.asked), found.sides[0])
        for side in found.sides:
            asked = reached >= _ASKED_BOTH or (state == "asked one" and side.column == first.column)
            agreed = state == "both said yes"
            if not asked:
                changes[f"asked_{side.column}_on"] = None
            elif side.asked_on is None:
                changes[f"asked_{side.column}_on"] = on
            if not agreed:
                changes[f"{side.column}_yes_on"] = None
            elif side.yes_on is None:
                changes[f"{side.column}_yes_on"] = on
    return changes | _since(found, state, today)


def _since(found: Introduction, state: str, today: date) -> dict[str, str | None]:
    return {"state": state, "since": today.isoformat()} if state != found.state else {}


def _pair(found: Introduction) -> str:
    return f"{found.one.name} and {found.other.name}"


def _place(found: Introduction) -> tuple[int, int]:
    reached = INTRODUCTION_STATES.index(found.state)
    if found.closed_on is not None:
        return 2, 0
    return int(found.made), -reached


_SELECT = f"""SELECT {rows.INTRODUCTION_COLUMNS} FROM introductions JOIN people AS one ON one.id = one_id
    JOIN people AS other ON other.id = other_id"""
"""Each introduction with the names of the two."""
