"""Ranking people for a spark: a few hundred candidates from the index, then each weighed.

The index holds stems (`netcrm.domain.stems`) by where they stand, so that FTS5's ``bm25`` with a weight a
column (sqlite.org/fts5.html, 5.1.1) finds candidates; how rare a stem is tells its vocabulary table.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from netcrm.domain.matching import Candidate, Known, Match, Sought, match, ranked, rarity, sought, speaks_of
from netcrm.domain.matching_groups import GROUPS_MOST, GroupMatch
from netcrm.domain.people import Named
from netcrm.domain.sparks import GIVE_KINDS, Spark, SparkDraft
from netcrm.domain.synonyms import Phrase, Synonyms
from netcrm.store.gives import OF_SPARK
from netcrm.store.matching_groups import GroupRanking

PEOPLE_MOST = 50
"""People whom a spark is suggested for: more would not be a choice any more."""

_TERMS_MOST = 48
"""Words of which candidates are sought by those that tell most; the rest only weighs in."""

_PHRASES_MOST = 32
"""Phrases by which candidates are sought."""

_NEAR_ENOUGH = 0.5
"""Candidates are not sought by what only belongs to the same topic."""

_CANDIDATES_MOST = 64
"""Candidates from what is known of people."""

_SHARE, _LEAST_FOUND = 0.08, 400
"""Share of all people whom the phrases may find together, and how many in any case: what more of them bear
tells nothing, and bm25 takes its time for each."""

_NAMESAKES_MOST = 40
"""People of one name who are looked at."""

_ENTRIES_READ = 40
"""Timeline entries that are read, those with the weightiest words."""

_ENTRIES_MOST = 10
"""Timeline entries that are looked at for one word, the newest."""


@dataclass(slots=True)
class Remembered:
    """What is remembered of a book's words until an act changes it, whichever connection asked.

    Attributes:
        state: What the book was like then.
        people: How many were in it.
        having: How many of them have a stem.
        rare: How rare a stem is.
    """

    state: tuple[object, ...] = ()
    people: int = 0
    having: dict[str, int] = field(default_factory=dict)
    rare: dict[str, float] = field(default_factory=dict)


class Rarities:
    """How rare stems are in the book: asked on every key that is typed.

    Args:
        connection: An open connection; it is only read.
        remembered: What is remembered, also by others on the same file.
    """

    def __init__(self, connection: sqlite3.Connection, remembered: Remembered) -> None:
        self._connection = connection
        (people,) = connection.execute("SELECT count(*) FROM person_facts").fetchone()
        acts = connection.execute("SELECT total(id), total(undone) FROM acts").fetchone()
        if remembered.state != (people, *acts):
            remembered.state, remembered.people = (people, *acts), int(people)
            remembered.having, remembered.rare = {}, {}
        self.people = remembered.people
        self._having, self._rare = remembered.having, remembered.rare

    def having(self, stem: str) -> int:
        """How many people have a stem in what is known of them."""
        found = self._having.get(stem)
        if found is None:
            row = self._connection.execute("SELECT doc FROM matter_vocab WHERE term = ?", (stem,)).fetchone()
            found = self._having[stem] = int(row[0]) if row else 0
        return found

    def __call__(self, stem: str) -> float:
        """How rare a stem is, from 0 to 1."""
        rare = self._rare.get(stem)
        if rare is None:
            rare = self._rare[stem] = rarity(self.people, self.having(stem))
        return rare


class Ranking:
    """Ranks people for a spark on one connection.

    Args:
        connection: An open connection; it is only read.
        synonyms: Gives the words that mean the same, once they are needed.
        remembered: What is remembered of the book's words, in common with others on the same file.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        synonyms: Callable[[], Synonyms],
        remembered: Remembered | None = None,
    ) -> None:
        self._connection = connection
        self._synonyms = synonyms
        self._remembered = remembered or Remembered()

    def on(self, connection: sqlite3.Connection) -> "Ranking":
        """The same on another connection, what is remembered in common."""
        return Ranking(connection, self._synonyms, self._remembered)

    def rank(
        self, spark: SparkDraft | Spark, today: date, *, spark_id: int = 0, limit: int = PEOPLE_MOST
    ) -> Sequence[Match]:
        """The people whom a spark would interest, best first, as `netcrm.store.sparks.Sparks.rank` has it."""
        about = sought(spark, self._synonyms())
        rarities = Rarities(self._connection, self._remembered)
        chosen = _telling(about, rarities)
        entries = _entries(self._connection, about)
        had = self._had(spark_id, spark.link)
        named = _named(self._connection, about)
        ids = {*_found(self._connection, chosen), *named, *(person for person, _ in entries)} - had
        entries = [entry for entry in entries if entry[0] in ids]
        candidates = _candidates(self._connection, ids, entries, GIVE_KINDS[spark.kind])
        return ranked(match(about, one, rarities, today) for one in candidates)[:limit]

    def groups(
        self, spark: SparkDraft | Spark, today: date, *, spark_id: int = 0, limit: int = GROUPS_MOST
    ) -> Sequence[GroupMatch]:
        """The groups in which a spark would be welcome, as `Sparks.rank_groups` has it."""
        ranking = GroupRanking(
            self._connection, self._synonyms, lambda: Rarities(self._connection, self._remembered)
        )
        return ranking.rank(spark, today, spark_id=spark_id, limit=limit)

    def _had(self, spark_id: int, link: str) -> set[int]:
        """Those to whom a spark, or its link, was given, dropped or queued before."""
        found = self._connection.execute(f"SELECT person_id FROM gives WHERE {OF_SPARK}", (spark_id, link))
        return {person for (person,) in found if person is not None}


def _telling(about: Sought, rarities: Rarities) -> Sequence[Phrase]:
    """The phrases by which candidates are sought: those that tell most, borne by not too many people."""
    weighed: dict[Phrase, float] = {}
    for term in about.terms[:_TERMS_MOST]:
        for phrase, near in term.near.items():
            if near >= _NEAR_ENOUGH:
                worth = near * term.weight * max(map(rarities, phrase))
                weighed[phrase] = max(worth, weighed.get(phrase, 0.0))
    left = max(_LEAST_FOUND, rarities.people * _SHARE)
    chosen: list[Phrase] = []
    for phrase in sorted(weighed, key=lambda one: -weighed[one]):
        having = min(map(rarities.having, phrase))
        if having and having <= left:
            left -= having
            chosen.append(phrase)
    return chosen[:_PHRASES_MOST]


def _found(connection: sqlite3.Connection, phrases: Sequence[Phrase]) -> Iterable[int]:
    """People of whose wants, tags, title … it is said, the weightiest by bm25 first."""
    if not phrases:
        return ()
    found = connection.execute(
        "SELECT people_matter.rowid FROM people_matter JOIN person_facts ON person_id = people_matter.rowid"
        " WHERE people_matter MATCH ? AND archived = 0"
        f" ORDER BY bm25(people_matter, {_COLUMN_WEIGHTS}) LIMIT ?",
        (" OR ".join(map(_quoted, phrases)), _CANDIDATES_MOST),
    )
    return (person for (person,) in found)


def _named(connection: sqlite3.Connection, about: Sought) -> set[int]:
    """People of whose name a word is that no common English word is: the text may be about them."""
    found: set[int] = set()
    for term in about.terms[:_TERMS_MOST]:
        if term.tells == 1 and len(term.stems) == 1:
            people = connection.execute(
                "SELECT id, name FROM person_words JOIN people ON id = person_id WHERE word = ? LIMIT ?",
                (term.shown, _NAMESAKES_MOST),
            )
            found.update(person for person, name in people if speaks_of(about, name))
    return found


def _entries(connection: sqlite3.Connection, about: Sought) -> Sequence[tuple[int, Known]]:
    """What the timeline says of the telling words, newest first: whose it is, and the entry."""
    weights: dict[int, float] = {}
    for term in about.terms[:_TIMELINE_TERMS]:
        match = " + ".join(f'"{stem}"' for stem in term.stems)
        if len(term.stems[-1]) >= _TIMELINE_LETTERS:
            match += "*"
        for (entry,) in connection.execute(
            "SELECT rowid FROM timeline_fts WHERE timeline_fts MATCH ? ORDER BY rowid DESC LIMIT ?",
            (match, _ENTRIES_MOST),
        ):
            weights[entry] = weights.get(entry, 0.0) + term.weight
    ids = sorted(weights, key=lambda entry: (-weights[entry], -entry))[:_ENTRIES_READ]
    listed = json.dumps(sorted(ids))
    found = connection.execute(
        "SELECT ip.person_id, interactions.text, interactions.day, (SELECT count(*) FROM interaction_people"
        " WHERE interaction_id = value) FROM json_each(?) CROSS JOIN interactions"
        " ON interactions.id = value CROSS JOIN interaction_people AS ip ON ip.interaction_id = value"
        " CROSS JOIN person_facts ON person_facts.person_id = ip.person_id WHERE archived = 0"
        " ORDER BY interactions.day DESC",
        (listed,),
    )
    return [
        (person, Known("timeline", text, date.fromisoformat(day), among))
        for person, text, day, among in found
    ]


def _candidates(
    connection: sqlite3.Connection, ids: Iterable[int], entries: Sequence[tuple[int, Known]], kind: str
) -> Iterable[Candidate]:
    """Everything that is known of some people and may be of interest."""
    listed = (json.dumps(sorted(ids)),)
    known: dict[int, list[Known]] = {}
    for query, where in _KNOWN:
        for person, text, day in connection.execute(query, listed):
            known.setdefault(person, []).append(Known(where, text, date.fromisoformat(day) if day else None))
    for person, entry in entries:
        known.setdefault(person, []).append(entry)
    landed = dict(connection.execute(_LANDED, (*listed, kind)).fetchall())
    for person, name, title, organisation, city, note in connection.execute(_PEOPLE, listed):
        mine = known.setdefault(person, [])
        mine += (
            Known(where, text)
            for where, text in (
                ("title", title),
                ("organisation", organisation),
                ("city", city),
                ("note", note),
            )
            if text
        )
        yield Candidate(Named(person, name), mine, organisation, landed.get(person, 0))


def _quoted(phrase: Phrase) -> str:
    return " + ".join(f'"{stem}"' for stem in phrase)


_TIMELINE_TERMS = 16
"""Words that are looked for in the timeline, which is ten times as long as what is known of people."""

_TIMELINE_LETTERS = 4
"""Letters of a stem from which on the words that begin so are of its family."""

_COLUMN_WEIGHTS = "4.0, 2.0, 3.0, 2.4, 0.8, 0.8, 1.5"
"""Of wants, offers, tags, title, organisation, city, notes, as in `netcrm.domain.matching.WORTH`."""

_THOSE = "(SELECT value FROM json_each(?))"

_KNOWN = (
    (
        "SELECT person_id, text, coalesce(confirmed_on, substr(created, 1, 10)) FROM wants"
        f" WHERE person_id IN {_THOSE}",
        "want",
    ),
    (f"SELECT person_id, text, NULL FROM offers WHERE person_id IN {_THOSE}", "offer"),
    (
        "SELECT person_id, tags.name, NULL FROM person_tags JOIN tags ON tags.id = tag_id"
        f" WHERE person_id IN {_THOSE}",
        "tag",
    ),
)

_PEOPLE = (
    f"""SELECT id, name, title, organisation, city, note || ' ' || met FROM people WHERE id IN {_THOSE}"""
)

_LANDED = f"""SELECT person_id, sum((landed = 'yes') - (landed = 'no')) FROM gives
    WHERE person_id IN {_THOSE} AND kind = ? AND landed IS NOT NULL GROUP BY person_id"""
