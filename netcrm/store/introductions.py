"""The introductions shelf: have the idea, bring it forward step by step, read them."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from netcrm.domain.changes import Change
from netcrm.domain.introductions import INTRODUCTION_STATES, Introduction, skips_consent
from netcrm.store import rows
from netcrm.store.errors import StoreError
from netcrm.store.people import called
from netcrm.store.write import Writer


class Introductions:
    """Two people who should meet, and how far it has come."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    # Reading

    def all(self) -> Sequence[Introduction]:
        """All introductions: the furthest of those still under way first, then those that were made."""
        found = [
            rows.introduction(row)
            for row in self._connection.execute(f"{_SELECT} ORDER BY since DESC, introductions.id DESC")
        ]
        reached = INTRODUCTION_STATES.index
        made = reached("made")
        return sorted(found, key=lambda it: (reached(it.state) >= made, -reached(it.state)))

    def get(self, introduction_id: int) -> Introduction | None:
        """One introduction; None when there is no such one."""
        row = self._connection.execute(f"{_SELECT} WHERE introductions.id = ?", (introduction_id,)).fetchone()
        return rows.introduction(row) if row else None

    # Writing

    def propose(self, one_id: int, other_id: int, why: str, today: date) -> Change:
        """Have the idea that two people should meet.

        Raises:
            ValueError: If they are one and the same.
        """
        if one_id == other_id:
            raise ValueError("An introduction needs two people.")
        with self._writer.act() as act:
            act.insert(
                "introductions",
                {"one_id": one_id, "other_id": other_id, "why": why, "since": today.isoformat()},
            )
            act.label = f"thought of introducing {called(self._connection, (one_id, other_id))}"
        return act.change

    def set_state(self, introduction_id: int, state: str, today: date, note: str = "") -> Change:
        """Note how far an introduction has come.

        Args:
            introduction_id: Which one.
            state: One of `INTRODUCTION_STATES`.
            today: The day on which it came so far.
            note: Why it is made before both have said yes, or what came of it; empty keeps what stands there.

        Raises:
            ValueError: If it would be made before both have said yes, and the note does not say why.
            StoreError: If it is no longer there.
        """
        with self._writer.act() as act:
            found = self.get(introduction_id)
            if found is None:
                raise StoreError("That introduction is no longer there. Nothing was changed.")
            if skips_consent(found.state, state) and not note:
                raise ValueError("Not both have said yes yet. Say why it is made all the same.")
            changes = {"state": state}
            if state != found.state:
                changes |= {column: today.isoformat() for column in ("since", *_STEPS[state])}
            if note:
                changes["came_of_it" if state == "came of it" else "note"] = note
            act.update("introductions", introduction_id, changes)
            act.label = f"introducing {found.one.name} and {found.other.name}: {state}"
        return act.change


_STEPS = {
    "idea": (),
    "asked one": ("asked_one_on",),
    "asked both": ("asked_other_on",),
    "both said yes": ("one_yes_on", "other_yes_on"),
    "made": ("made_on",),
    "came of it": (),
}
"""The columns that hold the day of each step."""

_SELECT = f"""SELECT {rows.INTRODUCTION_COLUMNS} FROM introductions JOIN people AS one ON one.id = one_id
    JOIN people AS other ON other.id = other_id"""
