"""The wants shelf: what people look for and what they can give, and whether it is still true."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from netcrm.domain.changes import Change
from netcrm.domain.people import Named
from netcrm.domain.text import fold
from netcrm.domain.wants import SIDES, VERBS, Want, WantDraft, say_wants, stale_before
from netcrm.store import rows
from netcrm.store.errors import StoreError
from netcrm.store.people import called
from netcrm.store.write import Act, Writer

_TABLES = {side: f"{side}s" for side in SIDES}

_KNOWN_ON = "coalesce(confirmed_on, substr(said.created, 1, 10))"


class Wants:
    """What people want and offer. A form or an import writes them too; then the day they came counts."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    # Reading

    def of(self, person_id: int) -> Sequence[Want]:
        """What one person wants, then what they offer, each in its order."""
        return _wants_of(self._connection, person_id)

    def all(self, *, archived: bool = False) -> Sequence[tuple[Named, Want]]:
        """What everybody wants and offers, by name; the archived only if one asks for them."""
        return self._everybodys("people.archived = 0 OR ?", archived)

    def stale(self, today: date) -> Sequence[tuple[Named, Want]]:
        """What was last known to be true so long ago that one would ask, the oldest first."""
        found = self._everybodys(f"people.archived = 0 AND {_KNOWN_ON} < ?", stale_before(today).isoformat())
        return sorted(found, key=lambda one: one[1].known_on)

    # Writing

    def add(
        self, person_id: int, wants: Iterable[str] = (), offers: Iterable[str] = (), *, today: date
    ) -> Change:
        """Note what someone wants and offers; what is noted already is thereby known to be still true.

        Args:
            person_id: Who.
            wants: What they look for.
            offers: What they can give.
            today: The day on which this is true.
        """
        pairs = [*(("want", text) for text in wants), *(("offer", text) for text in offers)]
        pairs = [(side, " ".join(text.split())) for side, text in pairs if text.strip()]
        with self._writer.act() as act:
            name = called(self._connection, [person_id])
            for side, text in pairs:
                note_want(act, self._connection, WantDraft(person_id, side, text, today))
            act.label = f"noted that {name} {say_wants(pairs)}"
        return act.change

    def confirm(self, wants: Iterable[Want], today: date) -> Change:
        """Say of wants and offers that they are still true."""
        with self._writer.act() as act:
            whole = list(wants)
            people = self._owners(whole)
            for want in whole:
                act.update(_TABLES[want.side], want.id, {"confirmed_on": today.isoformat()})
            act.label = f"still true: {called(self._connection, people)} {_said(whole)}"
        return act.change

    def remove(self, wants: Iterable[Want]) -> Change:
        """Take wants and offers off: no longer true, or met."""
        with self._writer.act() as act:
            whole = list(wants)
            people = self._owners(whole)
            for want in whole:
                act.delete(_TABLES[want.side], want.id)
            act.label = f"no longer: {called(self._connection, people)} {_said(whole)}"
        return act.change

    def edit(self, want: Want, text: str, today: date) -> Change:
        """Say a want or an offer in other words; it is then known to be true.

        Raises:
            ValueError: If there are no words.
        """
        words = " ".join(text.split())
        if not words:
            raise ValueError("Say it in some words, or take it off.")
        with self._writer.act() as act:
            people = self._owners([want])
            act.update(_TABLES[want.side], want.id, {"text": words, "confirmed_on": today.isoformat()})
            act.label = f"corrected: {called(self._connection, people)} {VERBS[want.side]} {words}"
        return act.change

    def _owners(self, wants: Sequence[Want]) -> Sequence[int]:
        """Whose they are.

        Raises:
            StoreError: If one of them is no longer there.
        """
        people: dict[int, None] = {}
        for want in wants:
            row = self._connection.execute(
                f"SELECT person_id FROM {_TABLES[want.side]} WHERE id = ?", (want.id,)
            ).fetchone()
            if row is None:
                raise StoreError(f"“{want.text}” is no longer there. Nothing was changed.")
            people[row[0]] = None
        return list(people)

    def _everybodys(self, where: str, value: object) -> Sequence[tuple[Named, Want]]:
        found = self._connection.execute(_EVERYBODYS.format(where=where), (value,))
        return [(Named(key, name), rows.want(row)) for key, name, *row in found]


def note_want(act: Act, connection: sqlite3.Connection, draft: WantDraft) -> None:
    """Note one want or offer; what is noted already is thereby known to be still true."""
    table, day = _TABLES[draft.side], draft.day.isoformat()
    for want in _wants_of(connection, draft.person_id):
        if (want.side, fold(want.text)) == (draft.side, fold(draft.text)):
            if want.confirmed_on is None or want.confirmed_on < draft.day:
                act.update(table, want.id, {"confirmed_on": day})
            return
    (position,) = connection.execute(
        f"SELECT coalesce(max(position) + 1, 0) FROM {table} WHERE person_id = ?", (draft.person_id,)
    ).fetchone()
    act.insert(
        table, {"person_id": draft.person_id, "position": position, "text": draft.text, "confirmed_on": day}
    )


def _wants_of(connection: sqlite3.Connection, person_id: int) -> Sequence[Want]:
    return [rows.want(row) for row in connection.execute(_OF, (person_id,))]


def _said(wants: Sequence[Want]) -> str:
    return say_wants((want.side, want.text) for want in wants)


_BOTH = " UNION ALL ".join(
    f"SELECT '{side}' AS side, id, person_id, position, text, confirmed_on, created FROM {table}"
    for side, table in _TABLES.items()
)

_OF = f"""SELECT {rows.WANT_COLUMNS} FROM ({_BOTH}) AS said WHERE person_id = ?
    ORDER BY side DESC, position, id"""

_EVERYBODYS = f"""SELECT person_id, name, {rows.WANT_COLUMNS} FROM ({_BOTH}) AS said
    JOIN people ON people.id = person_id JOIN person_facts USING (person_id) WHERE {{where}}
    ORDER BY sort_name, person_id, side DESC, position, said.id"""
