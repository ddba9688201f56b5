"""The rhythm shelf: cadences of tags, a new start without a contact, and times away."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from netcrm.domain.changes import Change
from netcrm.domain.gives import say_day
from netcrm.domain.rhythm import Sabbatical, every
from netcrm.domain.text import fold
from netcrm.store.hellos import let_hellos_go, let_needless_go
from netcrm.store.people import called, tag_id
from netcrm.store.write import Writer


class Rhythm:
    """How often to be in touch, where it is not a matter of one person alone."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    # Reading

    def of_tags(self) -> Mapping[str, int]:
        """The cadence of each tag that has one, in days, 0 for never, by the folded tag."""
        found = self._connection.execute("SELECT folded, cadence FROM tags WHERE cadence IS NOT NULL")
        return dict(found.fetchall())

    def bearing(self, tag: str) -> int:
        """How many people bear a tag, the archived left out."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM tags JOIN person_tags ON tag_id = tags.id"
            " JOIN person_facts USING (person_id) WHERE folded = ? AND archived = 0",
            (fold(tag),),
        ).fetchone()
        return int(count)

    def sabbatical(self, today: date) -> Sabbatical | None:
        """The sabbatical that is on, else the next one."""
        row = self._connection.execute(
            "SELECT from_on, until_on FROM sabbaticals WHERE until_on >= ? ORDER BY from_on LIMIT 1",
            (today.isoformat(),),
        ).fetchone()
        return Sabbatical(*map(date.fromisoformat, row)) if row else None

    # Writing

    def set_for_tag(self, tag: str, cadence: int | None) -> Change:
        """Wish for a rhythm with everybody who bears a tag and has none of their own.

        Args:
            tag: The tag; made where nobody bears it yet.
            cadence: Days between contacts, 0 for never, None for none.

        Raises:
            ValueError: If it is no tag.
        """
        name = tag.strip().lstrip("#").strip()
        if not fold(name):
            raise ValueError("A tag needs a name: #scouts monthly.")
        with self._writer.act() as act:
            tag_key = tag_id(act, self._connection, name)
            act.update("tags", tag_key, {"cadence": cadence})
            bearers = self._connection.execute(
                "SELECT person_id FROM person_tags WHERE tag_id = ?", (tag_key,)
            )
            let_needless_go(act, self._connection, [person_id for (person_id,) in bearers])
            act.label = f"changed the rhythm with #{name}: {every(cadence)}"
        return act.change

    def bump(self, ids: Iterable[int], today: date) -> Change:
        """Start the rhythm again today, without a contact; what was suggested for its sake goes."""
        with self._writer.act() as act:
            people = list(dict.fromkeys(ids))
            for person_id in people:
                act.update("people", person_id, {"bumped_on": today.isoformat()})
            let_hellos_go(act, self._connection, people)
            act.label = f"began the rhythm with {called(self._connection, people)} again"
        return act.change

    def take_sabbatical(self, from_on: date, until_on: date) -> Change:
        """Be away: no day of it counts as silence. With those that it meets or overlaps it becomes one.

        Raises:
            ValueError: If it ends before it begins.
        """
        if until_on < from_on:
            raise ValueError("A sabbatical ends after it begins: until 10 Jan.")
        begin, end = from_on.isoformat(), until_on.isoformat()
        with self._writer.act(f"took a sabbatical until {say_day(until_on, from_on)}") as act:
            met = self._connection.execute(
                "SELECT id, from_on, until_on FROM sabbaticals"
                " WHERE until_on >= date(?, '-1 day') AND date(from_on, '-1 day') <= ? ORDER BY from_on",
                (begin, end),
            ).fetchall()
            union = {
                "from_on": min([begin, *(first for _, first, _ in met)]),
                "until_on": max([end, *(last for _, _, last in met)]),
            }
            for row_id, _, _ in met[1:]:
                act.delete("sabbaticals", row_id)
            if met:
                act.update("sabbaticals", met[0][0], union)
            else:
                act.insert("sabbaticals", union)
        return act.change

    def end_sabbatical(self, today: date) -> Change:
        """Be back today; where no sabbatical is on, the next one is called off. Empty where there is none."""
        with self._writer.act() as act:
            row = self._connection.execute(
                "SELECT id, from_on FROM sabbaticals WHERE until_on >= ? ORDER BY from_on LIMIT 1",
                (today.isoformat(),),
            ).fetchone()
            if row is not None and row[1] < today.isoformat():
                act.label = "came back from the sabbatical"
                act.update("sabbaticals", row[0], {"until_on": (today - timedelta(days=1)).isoformat()})
            elif row is not None:
                act.label = "called the sabbatical off"
                act.delete("sabbaticals", row[0])
        return act.change
