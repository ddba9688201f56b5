"""The review shelf: what a week or a year held, and what is worth a look today. It only reads.

A year is counted from one index that holds all it needs (``interactions_kind``), so its entries themselves
are read only where they are shown. Moving on by a week reads `held` alone; `touch` and `after` stay.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date

from netcrm.domain.asks import GAVE_KINDS
from netcrm.domain.people import Named, PersonLine
from netcrm.domain.review import (
    COMING_DAYS,
    Held,
    LookAfter,
    Review,
    Span,
    Touch,
    coming_of,
    counted_from,
    map_of,
    meetings,
    spark_from,
)
from netcrm.domain.timeline import CONTACT_KINDS, KINDS, Interaction
from netcrm.store import rows
from netcrm.store.derived import CONTACT
from netcrm.store.groups import Groups
from netcrm.store.people import People
from netcrm.store.timeline import Timeline

_COUNTED = f"""
SELECT day, kind, count(*) FROM interactions INDEXED BY interactions_kind
WHERE kind IN {KINDS} AND day BETWEEN ? AND ? GROUP BY kind, day
"""
"""All kinds are named, so that of each the index is read from the first day to the last, and nothing else."""

_CONTACTS = tuple(kind for kind in KINDS if kind in CONTACT_KINDS)
"""The kinds of a conversation, named for the same reason."""

_GIVEN = 60
"""Gives that are listed of a span, the newest: more than a week has room for, a page of a year."""

_TOP = 5
"""Bright moments, things learned and taught, people and tags that are listed."""

_OF_A_DAY = 60
"""Entries that are listed of one day."""

_DRIFTING = "person_facts.archived = 0 AND due_on < ?1 AND drifting_on < ?1 AND silent_on >= ?1"
"""Whom one has been silent with for longer than twice the rhythm, but not so long that they are let be."""


class Looking:
    """Looking back, and around."""

    def __init__(
        self, connection: sqlite3.Connection, timeline: Timeline, people: People, groups: Groups
    ) -> None:
        self._connection = connection
        self._timeline = timeline
        self._people = people
        self._groups = groups

    def read(self, span: Span, today: date) -> Review:
        """All of it."""
        return Review(today, self.touch(span, today), self.held(span), self.after(today))

    def touch(self, span: Span, today: date) -> Touch:
        """The year in touch on whose map a span is shown."""
        first, last = map_of(span, today)
        counts: dict[date, dict[str, int]] = {}
        for day, kind, many in self._connection.execute(
            _COUNTED, (counted_from(first).isoformat(), max(last, span.last).isoformat())
        ):
            counts.setdefault(date.fromisoformat(day), {})[kind] = many
        return Touch.of(first, last, counts, self._people_between(first, last))

    def held(self, span: Span) -> Held:
        """What a span held."""
        given = self._ids(span, f"kind IN {GAVE_KINDS} ORDER BY day DESC, id DESC", _GIVEN)
        bright = self._ids(span, "enjoyment > 1 ORDER BY enjoyment DESC, day DESC, id DESC", _TOP)
        learned, taught = (
            self._ids(span, f"kind = '{kind}' ORDER BY day DESC, id DESC", _TOP)
            for kind in ("learned", "taught")
        )
        entries = self._timeline.among([*dict.fromkeys((*given, *bright, *learned, *taught))])
        return Held(
            span=span,
            people=self._people_in_week(span) if span.kind == "week" else self._people_between(*_ends(span)),
            given=[entries[key] for key in given],
            given_to=self._given_to(spark_from(span), span.last),
            tags=self._tags(span),
            bright=[entries[key] for key in bright],
            learned=[entries[key] for key in learned],
            taught=[entries[key] for key in taught],
        )

    def after(self, today: date) -> LookAfter:
        """What is worth a look today."""
        groups = self._groups.all()
        coming = [coming_of(*one) for one in self._people.coming(today, COMING_DAYS)]
        drifting = self._drifting(today)
        return LookAfter(
            drifting=drifting,
            more=self._count_drifting(today) - len(drifting),
            groups=groups,
            coming=sorted([*coming, *meetings(groups, today)], key=lambda one: one.day),
        )

    def day(self, day: date) -> Sequence[Interaction]:
        """The entries of a day, in their order; of very many only the first."""
        found = self._connection.execute(
            "SELECT id FROM interactions WHERE day = ? ORDER BY time IS NULL, time, id LIMIT ?",
            (day.isoformat(), _OF_A_DAY),
        )
        ids = [key for (key,) in found]
        entries = self._timeline.among(ids)
        return [entries[key] for key in ids]

    def first_day(self) -> date | None:
        """The day of the oldest entry; None while there is none."""
        return rows.day(self._connection.execute("SELECT min(day) FROM interactions").fetchone()[0])

    def _ids(self, span: Span, which: str, most: int) -> Sequence[int]:
        found = self._connection.execute(
            f"SELECT id FROM interactions WHERE day BETWEEN ? AND ? AND {which} LIMIT ?",
            (*map(date.isoformat, _ends(span)), most),
        )
        return [key for (key,) in found]

    def _people_in_week(self, span: Span) -> int:
        """Counted entry by entry, of which a week has few."""
        (many,) = self._connection.execute(
            "SELECT count(DISTINCT person_id) FROM interactions JOIN interaction_people"
            f" ON interaction_id = interactions.id WHERE interactions.kind IN {_CONTACTS}"
            " AND interactions.day BETWEEN ? AND ?",
            tuple(map(date.isoformat, _ends(span))),
        ).fetchone()
        return int(many)

    def _people_between(self, first: date, last: date) -> int:
        """Counted person by person, of whom there are fewer than entries in a year."""
        (many,) = self._connection.execute(
            "SELECT count(*) FROM people WHERE EXISTS (SELECT 1 FROM interaction_people"
            f" WHERE person_id = people.id AND {CONTACT} AND day BETWEEN ? AND ?)",
            (first.isoformat(), last.isoformat()),
        ).fetchone()
        return int(many)

    def _given_to(self, first: date, last: date) -> Sequence[tuple[Named, int]]:
        found = self._connection.execute(
            "SELECT people.id, people.name, many FROM (SELECT person_id, count(*) AS many FROM interactions"
            " JOIN interaction_people ON interaction_id = interactions.id"
            f" WHERE interactions.day BETWEEN ? AND ? AND interactions.kind IN {GAVE_KINDS}"
            " GROUP BY person_id ORDER BY many DESC, max(interactions.day) DESC, person_id LIMIT ?)"
            " JOIN people ON people.id = person_id ORDER BY many DESC, people.name",
            (first.isoformat(), last.isoformat(), _TOP),
        )
        return [(Named(key, name), many) for key, name, many in found]

    def _tags(self, span: Span) -> Sequence[tuple[str, int]]:
        found = self._connection.execute(
            "SELECT name, many FROM (SELECT tag_id, count(*) AS many FROM interactions"
            " JOIN interaction_tags ON interaction_id = interactions.id"
            " WHERE day BETWEEN ? AND ? GROUP BY tag_id ORDER BY many DESC, tag_id LIMIT ?)"
            " JOIN tags ON tags.id = tag_id ORDER BY many DESC, folded",
            (*map(date.isoformat, _ends(span)), _TOP),
        )
        return found.fetchall()

    def _drifting(self, today: date) -> Sequence[PersonLine]:
        found = self._connection.execute(
            f"SELECT {rows.LINE_COLUMNS} FROM person_facts JOIN people ON id = person_id"
            f" WHERE {_DRIFTING} ORDER BY due_on, id LIMIT ?2",
            (today.isoformat(), _TOP),
        )
        return [rows.line(row) for row in found]

    def _count_drifting(self, today: date) -> int:
        (many,) = self._connection.execute(
            f"SELECT count(*) FROM person_facts WHERE {_DRIFTING}", (today.isoformat(),)
        ).fetchone()
        return int(many)


def _ends(span: Span) -> tuple[date, date]:
    return span.first, span.last
