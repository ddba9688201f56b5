"""The queue fills itself: what occasions, silence and the like suggest, each once and never again.

What was suggested is remembered by a key, outside of the history: taking a suggestion back, or dropping it,
does not bring it again, and two programs that look at the same moment suggest it once.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from netcrm.domain.changes import Change
from netcrm.domain.gives import GiveDraft, week_of
from netcrm.domain.introductions import short_names
from netcrm.domain.occasions import DEFAULT_NOTICE, OCCASION_KINDS, Occasion, next_on, spans, wish
from netcrm.domain.people import called_by
from netcrm.domain.preferences import Preferences
from netcrm.domain.rhythm import days_on, span
from netcrm.domain.synonyms import Synonyms
from netcrm.domain.text import fold
from netcrm.store import rows
from netcrm.store.connection import aside
from netcrm.store.derived import CADENCE, SILENT_SINCE
from netcrm.store.file import File
from netcrm.store.gives import FULL, Gives
from netcrm.store.introductions import insert_introduction
from netcrm.store.looking import WAITING, Look, Source, Suggestion, is_away
from netcrm.store.quiet_groups import quiet_groups
from netcrm.store.write import Act, Writer

if TYPE_CHECKING:
    from netcrm.domain.merging import JobChange


class Filling:
    """What the queue is filled with."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        writer: Writer,
        gives: Gives,
        preferences: Preferences,
        synonyms: Callable[[], Synonyms],
        file: File,
    ) -> None:
        self._file = file
        self._looking: sqlite3.Connection | None = None
        self._connection = connection
        self._writer = writer
        self._gives = gives
        self._preferences = preferences
        self._synonyms = synonyms

    def look(self, today: date) -> Look | None:
        """Look, in another thread, whether there is anything to queue on a day; None where there is nothing.

        Returns:
            What `fill` is given then: it holds what takes longest to find.

        Raises:
            StoreError: If the file could not be read, or `leave_off` was called meanwhile.
        """
        if not self._preferences.fills:
            return None
        with aside(self._file) as connection:
            self._looking = connection
            try:
                look = Look(connection, self._preferences, today, synonyms=self._synonyms)
                # Everything is found here, and not only the first: what `fill` finds again is then at hand.
                found = [*self._found(look)] or self._long_over(today, connection)
                return replace(look, connection=self._connection) if found else None
            finally:
                self._looking = None

    def leave_off(self) -> None:
        """End what `look` is at in another thread: nobody waits for it any more."""
        if (looking := self._looking) is not None:
            with suppress(sqlite3.ProgrammingError):  # it has come to its end meanwhile
                looking.interrupt()

    def fill(self, today: date, look: Look | None = None) -> Change:
        """Queue what every source finds on a day, as one act; an empty change when there is nothing new.

        What was suggested for an occasion that is long over, and was not promised, goes in the same act.

        Args:
            today: The day.
            look: What `look` has found out before.
        """
        if look is None or look.today != today:
            look = Look(self._connection, self._preferences, today, synonyms=self._synonyms)
            # Asked outside of an act first: as a rule there is nothing new, and nobody waits for the lock.
            if next(self._found(look), None) is None and not self._long_over(today, self._connection):
                return Change()
        sources = self._sources()
        with self._writer.act() as act:
            over = self._long_over(today, self._connection)
            for give in over:
                act.delete("gives", give)
            # One source after the other: whom an earlier one has found something for needs no hello.
            count = sum(len(self.let_in(act, source(look), today)) for source in sources)
            said = [f"found {count} {'thing' if count == 1 else 'things'} to give"] if count else []
            if over:
                said.append(f"let {len(over)} go whose day is long over")
            act.label = " and ".join(said)
        return act.change

    def _sources(self) -> Sequence[Source]:
        return [source for name, source in SOURCES.items() if name in self._preferences.fills]

    def _found(self, look: Look) -> Iterator[Suggestion]:
        """What the sources find that is new."""
        found = chain.from_iterable(source(look) for source in self._sources())
        return self._new(found, look.connection)

    def _long_over(self, today: date, connection: sqlite3.Connection) -> Sequence[int]:
        """The gives suggested for an occasion on which nobody waits for them any more."""
        found = connection.execute(
            "SELECT id FROM gives WHERE state IN ('queued', 'snoozed') AND source = 'occasion'"
            " AND promised = 0 AND max(due, coalesce(snoozed_until, '')) < ? ORDER BY id",
            ((today - timedelta(days=_WISHED_LATE_DAYS)).isoformat(),),
        )
        return [give for (give,) in found.fetchall()]

    def occasions_of(self, act: Act, people: Collection[int], today: date) -> Sequence[GiveDraft]:
        """Queue within an act what the occasions of those it was about suggest.

        Returns:
            What was queued.
        """
        look = Look(self._connection, self._preferences, today, people)
        return self.let_in(act, occasions(look) if "occasion" in self._preferences.fills else (), today)

    def let_in(self, act: Act, suggestions: Iterable[Suggestion], today: date) -> Sequence[GiveDraft]:
        """Queue suggestions within an act, but for those made before and those of sources that are off.

        Returns:
            What was queued.
        """
        queued: list[GiveDraft] = []
        full = False
        for suggestion in list(self._new(suggestions, self._connection)):
            draft = _begun(act, suggestion, today)
            # Once the week is full, it is so for all the rest too: an import may bring hundreds.
            draft = replace(draft, later=draft.later or (full and draft.due is None))
            _, why = self._gives.let_in(act, draft, today)
            full = full or why == FULL
            queued.append(draft)
            self._connection.execute(
                "INSERT OR IGNORE INTO suggested (key, day) VALUES (?, ?)",
                (suggestion.key, today.isoformat()),
            )
        return queued

    def _new(self, suggestions: Iterable[Suggestion], connection: sqlite3.Connection) -> Iterator[Suggestion]:
        """Those that were not made before, read on one connection."""
        keys: set[str] = set()
        gives = Gives(connection, self._writer, self._preferences)
        for suggestion in suggestions:
            if suggestion.draft.source not in self._preferences.fills or suggestion.key in keys:
                continue
            keys.add(suggestion.key)
            if suggestion.draft.source in _ONCE and gives.is_not_for(suggestion.draft):
                continue
            if not connection.execute("SELECT 1 FROM suggested WHERE key = ?", (suggestion.key,)).fetchone():
                yield suggestion


_ONCE = ("want", "joy")
"""The sources that suggest a thing itself, so that what was dropped in the same words was that very thing; an
occasion or a silence comes again."""


def occasions(look: Look) -> Iterator[Suggestion]:
    """The congratulations, and the warm words, that are within their notice, the nearest first.

    Of everybody's only as many as are bearable: first of those with whom one wishes to be in touch. The rest
    come on a later day, as it draws near. Of a few people, whom somebody has in mind just now, all come.
    """
    chosen = look.near is not None or (look.people is not None and len(look.people) <= _IN_MIND)
    most = None if chosen else _bearable(look)
    near: list[tuple[bool, date, int, Suggestion]] = []
    for person_id, name, occasion_id, uuid, occasion, in_rhythm in () if most == 0 else _near(look):
        day = next_on(occasion, look.today)
        if day is None or (day - look.today).days > look.preferences.days_before(occasion):
            continue
        wished = wish(occasion, name, day)
        if wished is None or look.connection.execute(_CLOSED, (occasion_id, day.year)).fetchone():
            continue
        draft = GiveDraft(
            person_id=person_id,
            words=wished.words,
            kind="congratulation" if wished.glad else "reconnect",
            due=day,
            source="occasion",
            why=wished.why,
            occasion_id=occasion_id,
            occasion_year=day.year,
        )
        # What is once and has no year would seem to be another one each year.
        year = day.year if occasion.yearly or occasion.year is not None else "once"
        key = f"occasion:{uuid}:{year}"
        near.append((not in_rhythm, day, occasion_id, Suggestion(key, draft)))
    if most is not None:
        near = sorted(near, key=lambda one: one[:3])[:most]
        look.near = {whom for *_, found in near if (whom := found.draft.person_id) is not None}
    return (suggestion for *_, suggestion in sorted(near, key=lambda one: one[1:3]))


def _bearable(look: Look) -> int:
    """How many more occasions may be suggested: as many as still can wait at once, and may come on a day."""
    today = look.today.isoformat()
    (waiting,) = look.connection.execute(
        f"SELECT count(*) FROM {WAITING} AND source = 'occasion' AND due >= ?", (today,)
    ).fetchone()
    (of_the_day,) = look.connection.execute(
        "SELECT count(*) FROM suggested WHERE key > 'occasion:' AND key < 'occasion;' AND day = ?", (today,)
    ).fetchone()
    return max(0, OCCASIONS_MOST - max(int(waiting), int(of_the_day)))


def silences(look: Look) -> Iterator[Suggestion]:
    """Whom to say hello to again: the longest silent, measured by their cadence, as many as are bearable.

    Nobody is suggested during a sabbatical, nor who has a hello waiting, or something to be given within the
    week, which says hello too; and no more wait at once, or come within a week, than a week has room for.
    """
    today = look.today.isoformat()
    find = look.connection.execute
    if is_away(look):
        return
    monday, _ = week_of(look.today)
    (waiting,) = find(f"SELECT count(*) FROM {WAITING} AND gives.source = 'cadence'").fetchone()
    (of_the_week,) = find(
        "SELECT count(*) FROM suggested WHERE key > 'cadence:' AND key < 'cadence;' AND day BETWEEN ? AND ?",
        (monday.isoformat(), today),
    ).fetchone()
    free = look.preferences.room - max(waiting, of_the_week)
    if free <= 0:
        return
    if look.ripe is None:
        # Some more than there is room for: whom an occasion is found for by then needs no hello.
        among, limit = "", free + OCCASIONS_MOST
    else:
        among, limit = json.dumps(list(look.ripe)), free
    values = {"today": today, "soon": days_on(look.today, 6).isoformat(), "limit": limit, "among": among}
    ripe = find(_RIPE_OF if among else _RIPE, values).fetchall()
    look.ripe = [person_id for person_id, *_ in ripe] if look.ripe is None else look.ripe
    for person_id, uuid, last_on, since in ripe[:free]:
        silent = (look.today - date.fromisoformat(last_on)).days if last_on else 0
        draft = GiveDraft(
            person_id=person_id,
            words="Say hello again" if last_on else "Say hello",
            kind="reconnect",
            source="cadence",
            why=span(silent) if last_on else "not in touch yet",
        )
        yield Suggestion(f"cadence:{uuid}:{since}", draft)


def meetings(look: Look) -> Iterator[Suggestion]:
    """Whom to introduce to whom: the best pair of a want and an offer, one a week, while no other waits."""
    find = look.connection.execute
    week_ago = (look.today - timedelta(days=_MEETING_DAYS)).isoformat()
    if (
        find(f"SELECT 1 FROM {WAITING} AND gives.kind = 'introduction' AND source = 'want'").fetchone()
        or find(f"SELECT 1 FROM suggested WHERE {_MEETINGS} AND day > ?", (week_ago,)).fetchone()
        or not find("SELECT 1 FROM wants").fetchone()
    ):
        return
    thought_of = {key for (key,) in find(f"SELECT key FROM suggested WHERE {_MEETINGS}")}
    if not look.proposed:
        from netcrm.store.introducing import Introducing  # as a rule it is not looked for again

        introducing = Introducing(look.connection, look.synonyms)
        look.proposed.extend(introducing.proposals(_MEETINGS_MOST, wants_only=True, newest=_NEWEST_WANTS))
    for proposal in look.proposed:
        one, other = proposal.one, proposal.other
        uuids = find("SELECT uuid FROM people WHERE id IN (?, ?) ORDER BY uuid", (one.id, other.id))
        key = ":".join(("want", *(uuid for (uuid,) in uuids)))
        if key not in thought_of:
            draft = GiveDraft(
                person_id=one.id,
                words=f"Introduce {' and '.join(short_names(one, other))}",
                kind="introduction",
                source="want",
                why=proposal.why,
            )
            yield Suggestion(key, draft, (one.id, other.id))
            return


def light_things(look: Look) -> Iterator[Suggestion]:
    """One light thing from the jar, while no other waits, nor came within a week (`netcrm.store.joyful`)."""
    find, week_ago = look.connection.execute, (look.today - timedelta(days=EVERY_DAYS)).isoformat()
    if (
        not find("SELECT 1 FROM sparks WHERE kind = 'delight' AND archived = 0").fetchone()
        or is_away(look)
        or find(f"SELECT 1 FROM {WAITING} AND gives.kind = 'delight'").fetchone()
        or find(
            "SELECT 1 FROM suggested WHERE key > 'joy:' AND key < 'joy;' AND day > ?", (week_ago,)
        ).fetchone()
    ):
        return
    from netcrm.store.joyful import joys  # ranking people is imported only when one is to be found

    yield from joys(look)


SOURCES: Mapping[str, Source] = {
    "occasion": occasions,
    "cadence": silences,
    "want": meetings,
    "group": quiet_groups,
    "joy": light_things,
}
"""What fills the queue, by the source that its gives bear; in this order, since the week may get full."""


def new_jobs(connection: sqlite3.Connection, jobs: "Mapping[int, JobChange]") -> Iterator[Suggestion]:
    """A congratulation for each person of whom another program tells a new job.

    Args:
        connection: An open connection.
        jobs: The new jobs, by the person's id.
    """
    for person_id, job in jobs.items():
        row = connection.execute(
            f"SELECT uuid, name, given FROM people WHERE id = ? AND archived = 0 AND {CADENCE} IS NOT 0",
            (person_id,),
        ).fetchone()
        if row is not None:
            uuid, name, given = row
            draft = GiveDraft(
                person_id=person_id,
                words=f"Congratulate {called_by(name, given)} on the new job",
                kind="congratulation",
                source="new title",
                why=job.after,
            )
            yield Suggestion(f"new title:{uuid}:{fold(job.after)}", draft)


_Row: TypeAlias = tuple[int, str, str, int, str, int, str, str, int, int, str, int | None, int, int]
"""A row of `_OCCASIONS`."""


def _begun(act: Act, suggestion: Suggestion, today: date) -> GiveDraft:
    """What a suggestion queues; the introduction that it is of is begun first."""
    if suggestion.pair is None:
        return suggestion.draft
    introduction = insert_introduction(act, *suggestion.pair, suggestion.draft.why, today)
    return replace(suggestion.draft, introduction_id=introduction)


OCCASIONS_MOST = 40
"""Occasions that wait at once, and that are suggested on a day: a book of a lifetime has hundreds of
birthdays within a fortnight, and nobody can look at a queue of them."""

_IN_MIND = 12
"""People whose occasions are suggested however many wait: so few were typed in, or are being edited."""

_WISHED_LATE_DAYS = 45
"""Days after its day for which a congratulation may still be given: belated is better than not at all, but a
birthday of half a year ago would stand beside the next one."""

_MEETING_DAYS = 7
"""Days after which another introduction is suggested, at the soonest."""

EVERY_DAYS = 7
"""Days after which another light thing is offered, at the soonest: it is to be a surprise."""

_MEETINGS_MOST = 12
"""Pairs thought of, since some of them were suggested before."""

_NEWEST_WANTS = 40
"""Wants looked at: this is done while somebody waits for the first key, so that it has to be quick."""

_MEETINGS = "key > 'want:' AND key < 'want;'"


def _near(look: Look) -> Iterator[tuple[int, str, int, str, Occasion, int]]:
    """The occasions that may be within their notice: whose, how they are called, and its id and UUID.

    The last says whether one wishes to be in touch with them in some rhythm.

    Archived people are left out, those who are never to be suggested, and of everybody's what was suggested.
    """
    people = look.near if look.people is None else look.people
    for row in _of_everybody(look) if people is None else _those_of(look, people):
        yield row[0], called_by(row[1], row[2]), row[3], row[4], rows.occasion(row[6:]), row[5]


def _those_of(look: Look, people: Collection[int]) -> Iterable[_Row]:
    mine = f"{_OCCASIONS} AND person_id IN (SELECT value FROM json_each(?))"
    return look.connection.execute(mine, (json.dumps(list(people)),))


def _of_everybody(look: Look) -> Iterator[_Row]:
    """A notice at a time, since there are only a few different ones, and each is a stretch of an index."""
    find = look.connection.execute
    most = max(look.preferences.notice_of(kind) for kind in OCCASION_KINDS)
    notice = -1
    while True:
        (notice,) = find("SELECT min(notice) FROM occasions WHERE notice > ?", (notice,)).fetchone()
        if notice is None:
            return
        days = most if notice == DEFAULT_NOTICE else notice
        for year, first, last in spans(look.today, days_on(look.today, min(days, 365))):
            yield from find(f"{_OCCASIONS} {_ABOUT_NOW}", (notice, *first, *last, year))


_OCCASIONS = f"""
SELECT people.id, people.name, given, occasions.id, occasions.uuid, {CADENCE} IS NOT NULL,
    kind, label, month, day, whose, year, yearly, notice
FROM occasions JOIN people ON people.id = person_id
WHERE archived = 0 AND {CADENCE} IS NOT 0
"""

_ABOUT_NOW = """
AND notice = ? AND (month, day) >= (?, ?) AND (month, day) <= (?, ?)
AND NOT EXISTS (SELECT 1 FROM suggested
    WHERE key = 'occasion:' || occasions.uuid || ':' || iif(yearly OR year IS NOT NULL, ?, 'once'))
"""

_CLOSED = "SELECT 1 FROM gives WHERE occasion_id = ? AND occasion_year = ?"
"""Whether something was given, is to be, or was not for them, on an occasion's day in a year."""

_RIPE_OF = f"""
SELECT people.id, people.uuid, last_on, {SILENT_SINCE} AS since
FROM person_facts JOIN people ON people.id = person_id
WHERE people.id IN (SELECT value FROM json_each(:among))
    AND person_facts.archived = 0 AND due_on < :today AND silent_on >= :today
    AND NOT EXISTS (SELECT 1 FROM gives
        WHERE gives.person_id = people.id AND state IN ('queued', 'snoozed') AND (kind = 'reconnect'
            OR (later = 0 AND coalesce(snoozed_until, due, :today) <= :soon)))
    AND NOT EXISTS (SELECT 1 FROM suggested WHERE key = 'cadence:' || people.uuid || ':' || {SILENT_SINCE})
ORDER BY (julianday(:today) - julianday(due_on)) / person_facts.cadence DESC, due_on, people.id
LIMIT :limit
"""
"""The ripe and the drifting among some people, the longest silent first."""

_RIPE = _RIPE_OF.replace("people.id IN (SELECT value FROM json_each(:among))", ":among = ''")
"""Those among everybody."""
