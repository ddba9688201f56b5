"""The joy shelf: the jar of light things, whom each would suit, and sending one on its way."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from netcrm.domain.changes import Change
from netcrm.domain.gives import Give, GiveDraft
from netcrm.domain.interest import because, say
from netcrm.domain.joy import DELIGHT, Jarred, Suited, as_object, sending
from netcrm.domain.matching import Match
from netcrm.domain.people import Named, called_by
from netcrm.domain.sparks import Spark, SparkDraft
from netcrm.domain.text import shortened
from netcrm.store import rows
from netcrm.store.errors import StoreError
from netcrm.store.gives import OF_SPARK, Gives
from netcrm.store.matching import PEOPLE_MOST
from netcrm.store.sparks import Sparks, columns_of
from netcrm.store.write import Writer

SUITED_MOST = 5
"""People whom one delight is suggested for at a time: it is to be a light choice."""

EMPTY = "Say what it is: A penguin in a tie #cartoon."
"""What is said of a line with nothing in it."""

_WHY_MOST = 60
"""Characters of the reason that a give in the queue shows."""

_MAKERS_MOST = 5
"""People who may have made a delight themselves, and are passed over."""

_TITLE_MOST = 40
"""Characters of a title in a notice."""

Rank = Callable[..., Sequence[Match]]
"""Ranks people for a spark, as `netcrm.store.matching.Ranking.rank` does."""


class Joy:
    """The light things, and where they go."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer, gives: Gives, sparks: Sparks) -> None:
        self._connection = connection
        self._writer = writer
        self._gives = gives
        self._sparks = sparks

    # Reading

    def jar(self) -> Sequence[Jarred]:
        """What lies in the jar, the newest first."""
        sent = {
            spark_id: (given, waiting, rows.day(last_on))
            for spark_id, given, waiting, last_on in self._connection.execute(_SENT)
        }
        found = self._connection.execute(
            f"SELECT {rows.SPARK_COLUMNS} FROM sparks WHERE kind = ? AND archived = 0"
            " ORDER BY created DESC, id DESC",
            (DELIGHT,),
        ).fetchall()
        return [Jarred(rows.spark(row), *sent.get(row[0], (0, 0, None))) for row in found]

    def gone(self, spark: Spark) -> Sequence[Give]:
        """To whom a delight went, or is about to go, and of whom it was said that it is not for them.

        The newest stands first.
        """
        return self._sparks.given_to(spark.id, spark.link)[::-1]

    def suits(self, spark: Spark, today: date, limit: int = SUITED_MOST) -> Sequence[Suited]:
        """The people whom a delight would suit next, best first; nobody who had it, or was not to have it.

        Args:
            spark: The delight.
            today: The day by which what was said is recent or old.
            limit: The most people to return.
        """
        return suited(self._connection, self._sparks.rank, spark, today, limit)

    def one(self, person_id: int, spark: Spark, today: date) -> Suited:
        """Someone to whom one wishes to send a delight, with why it would suit them if anything says so."""
        for suited in self.suits(spark, today, PEOPLE_MOST):
            if suited.person.id == person_id:
                return suited
        row = self._connection.execute(_ABOUT, (json.dumps([person_id]),)).fetchone()
        if row is None:
            raise StoreError("That person is no longer there. Nothing was changed.")
        _, name, given, last_on = row
        return Suited(Named(person_id, name), called_by(name, given), "", last_on=rows.day(last_on))

    # Writing

    def put_in(self, draft: SparkDraft) -> Change:
        """Put a delight into the jar; one that was taken out before lies in it again.

        Raises:
            ValueError: There is nothing in the line.
            StoreError: It lies there already.
        """
        if not draft.title:
            raise ValueError(EMPTY)
        same = self._sparks.same(draft)
        with self._writer.act(f"put in the jar: {_named(draft)}") as act:
            if same is None:
                act.insert("sparks", columns_of(draft))
            elif not act.update("sparks", same.id, {"archived": 0}):
                raise StoreError(f"{_capital(as_object(draft))} lies in the jar already.")
        return act.change

    def edit(self, spark_id: int, draft: SparkDraft) -> Change:
        """Make a delight what is said now.

        Raises:
            ValueError: There is nothing left of it.
        """
        if not draft.title:
            raise ValueError(EMPTY)
        return self._sparks.edit(spark_id, draft)

    def take_out(self, spark_id: int) -> Change:
        """Take a delight out of the jar. What of it waits in the queue stays there.

        One that went to somebody is still remembered, so that nobody gets it twice.
        """
        with self._writer.act() as act:
            found = self._get(spark_id)
            if self._sparks.given_to(spark_id):
                act.update("sparks", spark_id, {"archived": 1})
            else:
                act.delete("sparks", spark_id)
            act.label = f"took out of the jar: {_named(found)}"
        return act.change

    def queue(self, spark_id: int, suited: Suited, today: date) -> Change:
        """Queue a delight for someone.

        Args:
            spark_id: Which.
            suited: For whom, and why.
            today: The day whose week has to have room, as for `Gives.add`.

        Raises:
            StoreError: They have had it already.
        """
        with self._writer.act() as act:
            found = self._get(spark_id)
            if any(give.person_id == suited.person.id for give in self.gone(found)):
                raise StoreError(f"{suited.person.name} knows it already: nobody gets a thing twice.")
            _, later = self._gives.let_in(act, give_of(found, suited), today)
            act.label = f"queued for {suited.person.name}: {_named(found)}"
            if later:
                act.label += " · under Later"
        return act.change

    def _get(self, spark_id: int) -> Spark:
        found = self._sparks.get(spark_id)
        if found is None:
            raise StoreError("That delight is no longer there. Nothing was changed.")
        return found


def give_of(spark: Spark, suited: Suited) -> GiveDraft:
    """The give that sends a delight to someone."""
    return GiveDraft(
        person_id=suited.person.id,
        words=sending(spark, suited.called),
        kind=DELIGHT,
        link=spark.link,
        source="joy",
        why=suited.why,
        spark_id=spark.id,
    )


def suited(
    connection: sqlite3.Connection, rank: Rank, spark: Spark, today: date, limit: int
) -> Sequence[Suited]:
    """The people whom a delight would suit: those whom it would interest, then those who like light things.

    Args:
        connection: An open connection; it is only read.
        rank: Ranks people for a spark.
        spark: The delight.
        today: The day by which what was said is recent or old.
        limit: The most people to return.
    """
    matches = rank(spark, today, spark_id=spark.id, limit=limit + _MAKERS_MOST)
    makers = _makers(connection, spark.link, [match.person.id for match in matches])
    found = {
        match.person.id: (match.fit, say(because(match, DELIGHT, today, most=_WHY_MOST), _WHY_MOST))
        for match in matches
        if match.person.id not in makers
    }
    if len(found) < limit:
        glad = connection.execute(_GLAD, {"spark": spark.id, "link": spark.link, "limit": limit}).fetchall()
        for (person_id,) in glad:
            found.setdefault(person_id, (0.0, _GLAD_WHY))
    about = {
        person_id: (name, given, last_on)
        for person_id, name, given, last_on in connection.execute(_ABOUT, (json.dumps(list(found)),))
    }
    return [
        Suited(
            Named(person_id, about[person_id][0]),
            called_by(*about[person_id][:2]),
            why,
            fit,
            rows.day(about[person_id][2]),
        )
        for person_id, (fit, why) in found.items()
        if person_id in about
    ][:limit]


def _makers(connection: sqlite3.Connection, link: str, people: Iterable[int]) -> frozenset[int]:
    """Those of some people at whose own address a link leads: who made a thing needs no copy of it."""
    host = _host(link)
    if not host:
        return frozenset()
    found = connection.execute(
        "SELECT person_id, value FROM contact_points WHERE kind IN ('email', 'url')"
        " AND person_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(people)),),
    )
    return frozenset(
        person_id
        for person_id, value in found
        if host in (value.rpartition("@")[2].strip().casefold(), _host(value))
    )


def _host(link: str) -> str:
    """The host of a link; empty where there is none."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _named(spark: SparkDraft | Spark) -> str:
    return f"“{shortened(spark.title, _TITLE_MOST)}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_GLAD_WHY = "smiles land with them"
"""Why a delight would suit someone with whom it shares no word."""

_SENT = """SELECT spark_id, count(DISTINCT iif(state = 'given', person_id, NULL)),
    count(DISTINCT iif(state IN ('queued', 'snoozed'), coalesce(person_id, -group_id), NULL)), max(given_on)
    FROM gives WHERE spark_id IS NOT NULL AND kind = 'delight' GROUP BY spark_id"""

_GLAD = f"""SELECT gives.person_id FROM gives JOIN person_facts USING (person_id)
    WHERE gives.kind = 'delight' AND landed IS NOT NULL AND archived = 0 AND person_facts.cadence IS NOT 0
    AND gives.person_id NOT IN (SELECT person_id FROM gives
        WHERE person_id IS NOT NULL AND ({OF_SPARK.replace("?", ":spark", 1).replace("?", ":link", 1)}))
    GROUP BY gives.person_id HAVING sum((landed = 'yes') - (landed = 'no')) > 0
    ORDER BY sum((landed = 'yes') - (landed = 'no')) DESC, max(given_on), gives.person_id LIMIT :limit"""
"""With whom light things have landed; whoever got one longest ago comes first."""

_ABOUT = """SELECT people.id, name, given, last_on FROM people JOIN person_facts ON person_id = people.id
    WHERE people.id IN (SELECT value FROM json_each(?))"""
