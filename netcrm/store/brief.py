"""The briefs shelf: what is good to know before you meet someone, gathered from the others. It only reads."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from netcrm.domain.brief import Brief, Chance
from netcrm.domain.gives import Give, glad_of, in_order
from netcrm.domain.interest import because, say
from netcrm.domain.introductions import stands
from netcrm.domain.people import Named
from netcrm.domain.synonyms import Synonyms
from netcrm.store import rows
from netcrm.store.connection import aside
from netcrm.store.file import File
from netcrm.store.gives import Gives
from netcrm.store.introducing import Introducing
from netcrm.store.introductions import Introductions
from netcrm.store.matching import Ranking
from netcrm.store.people import People
from netcrm.store.relations import Relations
from netcrm.store.timeline import Timeline
from netcrm.store.wants import Wants

_ENTRIES_MOST = 30
"""Entries that are looked at for the last time you were together."""

_COMMON_MOST = 4
"""People in common who are named."""

_COMPANY_MOST = 8
"""People in an entry, beyond which being there together says little of knowing each other."""

_LOOKED_BACK = 400
"""Entries of somebody's that are looked at for whom you both know."""

_GROUPS_MOST = 4
"""Groups that are named."""

_SPARKS_MOST = 30
"""Sparks that are looked at, the newest."""

_FITTING = 10
"""A spark suits somebody who is among the first so many whom it would interest."""

_SUITS = 0.4
"""What a spark has to be to somebody beside the one whom it suits best."""

_SPARKS_SHOWN, _PAIRS_SHOWN = 2, 1
"""Sparks, and proposed introductions, that are shown: this is a card, not a list."""


class Finding:
    """Finds what you could give someone, on one connection; in the background, never on a key.

    Args:
        connection: An open connection; it is only read.
        ranking: Ranks people for a spark, on it.
        introducing: Finds who should meet whom, on it.
    """

    def __init__(self, connection: sqlite3.Connection, ranking: Ranking, introducing: Introducing) -> None:
        self._connection = connection
        self._ranking = ranking
        self._introducing = introducing

    def on(self, connection: sqlite3.Connection) -> "Finding":
        """The same on another connection, what is remembered of the book's words in common."""
        return Finding(connection, self._ranking.on(connection), self._introducing.on(connection))

    def could(self, person_id: int, today: date) -> Sequence[Chance]:
        """What you could give someone: sparks kept that would suit them, and whom they should meet.

        Nothing that went to them before, or was not for them, nor a pair that was thought of before.

        Args:
            person_id: Whom.
            today: The day, after which a spark is still of use.
        """
        return [*self._sparks(person_id, today), *self._introductions(person_id)]

    def _sparks(self, person_id: int, today: date) -> Iterator[Chance]:
        found = self._connection.execute(
            f"SELECT {rows.SPARK_COLUMNS} FROM sparks WHERE archived = 0 AND coalesce(until, ?1) >= ?1"
            " AND NOT EXISTS (SELECT 1 FROM gives WHERE spark_id = sparks.id AND person_id = ?2)"
            " ORDER BY created DESC, id DESC LIMIT ?3",
            (today.isoformat(), person_id, _SPARKS_MOST),
        ).fetchall()
        suiting: list[tuple[float, Chance]] = []
        for spark in map(rows.spark, found):
            matches = self._ranking.rank(spark, today, spark_id=spark.id, limit=_FITTING)
            for match in matches:
                if match.person.id == person_id:
                    why = say(because(match, spark.kind, today), _WHY_MOST)
                    fit = match.fit / matches[0].fit
                    suiting.append((fit, Chance("spark", what=spark.title, why=why)))
        suiting.sort(key=lambda one: -one[0])
        yield from (chance for fit, chance in suiting[:_SPARKS_SHOWN] if fit >= _SUITS)

    def _introductions(self, person_id: int) -> Iterator[Chance]:
        for proposal in self._introducing.proposals(_PAIRS_SHOWN, of=person_id):
            other = proposal.other if proposal.one.id == person_id else proposal.one
            yield Chance("introduction", other.name, why=proposal.why)


_WHY_MOST = 60
"""Characters of the reasons why a spark would suit someone."""


class Briefs:
    """What is good to know before you meet someone."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        file: File,
        synonyms: Callable[[], Synonyms],
        people: People,
        relations: Relations,
        timeline: Timeline,
        gives: Gives,
        wants: Wants,
        introductions: Introductions,
    ) -> None:
        self._connection = connection
        self._file = file
        self._people = people
        self._relations = relations
        self._timeline = timeline
        self._gives = gives
        self._wants = wants
        self._introductions = introductions
        self._finding = Finding(connection, Ranking(connection, synonyms), Introducing(connection, synonyms))

    def of(self, person_id: int, today: date) -> Brief | None:
        """The brief about someone, but for what takes longer to find (`could`); None when nobody is there.

        Args:
            person_id: Whom.
            today: The day on which one reads it.
        """
        person = self._people.get(person_id)
        if person is None:
            return None
        through = person.profile.introduced_by
        return Brief(
            person=person,
            family=[tie.words(today, person.profile.occasions) for tie in self._relations.of(person_id)],
            entries=self._timeline.of(person_id, limit=_ENTRIES_MOST),
            waiting=self._waiting(person_id, today),
            wants=self._wants.of(person_id),
            introduced_by=Named(through, self._people.name(through)) if through else None,
            groups=self._groups(person_id),
            common=self._common(person_id),
            glad_of=glad_of(self._gives.landed_kinds([person_id]).get(person_id, {})),
            introducing=list(self._under_way(person_id, today)),
            asks=self._timeline.of_kinds(person_id, ["asked"], 1),
        )

    def could(self, person_id: int, today: date) -> Sequence[Chance]:
        """What you could give someone, as `Finding.could` has it."""
        return self._finding.could(person_id, today)

    @contextmanager
    def aside(self) -> Iterator[Finding]:
        """What finds what you could give in another thread, on a connection of its own that can't write.

        Yields:
            What has `could` as this shelf does.

        Raises:
            StoreError: If the file could not be read.
        """
        with aside(self._file) as connection:
            yield self._finding.on(connection)

    def _under_way(self, person_id: int, today: date) -> Iterator[Chance]:
        for found in self._introductions.of(person_id):
            if found.under_way:
                other = found.other if found.one.id == person_id else found.one
                yield Chance("introduction", other.name, why=stands(found, today))

    def _waiting(self, person_id: int, today: date) -> Sequence[Give]:
        found = self._connection.execute(
            f"SELECT {rows.GIVE_COLUMNS} FROM {rows.GIVES}"
            " WHERE gives.person_id = ? AND state IN ('queued', 'snoozed')",
            (person_id,),
        )
        return in_order(map(rows.give, found), today)

    def _groups(self, person_id: int) -> Sequence[str]:
        found = self._connection.execute(
            "SELECT name FROM group_members JOIN groups ON groups.id = group_id"
            " WHERE person_id = ? AND archived = 0 ORDER BY folded(name) LIMIT ?",
            (person_id, _GROUPS_MOST),
        )
        return [name for (name,) in found]

    def _common(self, person_id: int) -> Sequence[Named]:
        """Who was there most often when you two were, the newest first where it was as often."""
        found = self._connection.execute(_COMMON, (person_id, _LOOKED_BACK, _COMPANY_MOST, _COMMON_MOST))
        return [Named(*row) for row in found]


_COMMON = """
WITH own AS (
    SELECT interaction_id, day FROM interaction_people WHERE person_id = ?1 AND kind != 'introduced'
    ORDER BY day DESC, interaction_id DESC LIMIT ?2
), shared AS (
    SELECT ip.person_id, own.day FROM own CROSS JOIN interaction_people AS ip USING (interaction_id)
    WHERE ip.person_id != ?1
        AND (SELECT count(*) FROM interaction_people AS a WHERE a.interaction_id = own.interaction_id) <= ?3
)
SELECT people.id, name FROM shared JOIN people ON people.id = shared.person_id WHERE archived = 0
GROUP BY people.id ORDER BY count(*) DESC, max(day) DESC, people.id LIMIT ?4
"""
"""Whom one was together with when one was with somebody, the most often first."""
