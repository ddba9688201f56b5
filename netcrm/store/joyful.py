"""The light thing that the queue offers now and then: one from the jar, to somebody whom it would suit."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from netcrm.domain.joy import DELIGHT, Suited
from netcrm.domain.sparks import Spark, expired
from netcrm.store import rows
from netcrm.store.joy import give_of, suited
from netcrm.store.looking import Look, Suggestion
from netcrm.store.matching import Ranking, Remembered

REST_DAYS = 60
"""Days for which whoever got a light thing from you is offered no other."""

_JAR_MOST = 3
"""Things in the jar that are thought of on a day, since somebody waits for the first key meanwhile; the day
after it is the turn of others."""

_PEOPLE_MOST = 12
"""People who are thought of for one of them, since some are drifting, and some had another lately."""


def joys(look: Look) -> Iterator[Suggestion]:
    """One light thing, to whom it suits best.

    Only to those with whom one is in touch, in rhythm or ripe, and who got nothing light from you for a
    while; never the same to the same person.
    """
    if look.joys is None:
        look.joys = [max(found, key=lambda one: one[0])[1]] if (found := list(_found(look))) else []
    yield from look.joys


def _found(look: Look) -> Iterable[tuple[float, Suggestion]]:
    """What would suit somebody, each with how well; of each thing only the first whom it may go to."""
    ranking = Ranking(look.connection, look.synonyms, Remembered())
    thought_of = {key for (key,) in look.connection.execute(f"SELECT key FROM suggested WHERE {_JOYS}")}
    for spark in _of_the_day(look):
        people = suited(look.connection, ranking.rank, spark, look.today, _PEOPLE_MOST)
        uuids = _in_touch(look, people)
        for one in people:
            key = f"joy:{spark.uuid}:{uuids.get(one.person.id)}"
            if one.person.id in uuids and key not in thought_of:
                yield one.fit, _suggestion(key, spark, one)
                break


def _of_the_day(look: Look) -> Sequence[Spark]:
    """Those whose turn it is: a few of what lies in the jar."""
    found = look.connection.execute(_JAR, (DELIGHT,)).fetchall()
    jar = [spark for spark in map(rows.spark, found) if not expired(spark, look.today)]
    if len(jar) <= _JAR_MOST:
        return jar
    first = look.today.toordinal() * _JAR_MOST
    return [jar[(first + place) % len(jar)] for place in range(_JAR_MOST)]


def _suggestion(key: str, spark: Spark, one: Suited) -> Suggestion:
    return Suggestion(key, give_of(spark, one))


def _in_touch(look: Look, people: Iterable[Suited]) -> dict[int, str]:
    """Those of some people whom a light thing may go to now, with their UUIDs."""
    found = look.connection.execute(
        _IN_TOUCH,
        {
            "people": json.dumps([one.person.id for one in people]),
            "today": look.today.isoformat(),
            "since": (look.today - timedelta(days=REST_DAYS)).isoformat(),
        },
    )
    return dict(found.fetchall())


_JOYS = "key > 'joy:' AND key < 'joy;'"

_JAR = f"""SELECT {rows.SPARK_COLUMNS} FROM sparks
    WHERE kind = ? AND archived = 0 ORDER BY created DESC, id DESC"""

_IN_TOUCH = """SELECT people.id, people.uuid FROM people JOIN person_facts ON person_id = people.id
    WHERE people.id IN (SELECT value FROM json_each(:people)) AND people.archived = 0
    AND drifting_on >= :today AND last_on IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM gives WHERE gives.person_id = people.id AND gives.kind = 'delight'
        AND (given_on > :since OR dropped_on > :since))"""
