"""The made-up network: some sixty people and two years with them, read from the files in ``data``.

Nothing in it has an id before it is stored, so people and groups are referred to by name. It is written for
one day, the `ANCHOR`; `shifted` moves it to another.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from importlib.resources import files
from typing import NoReturn

from netcrm.domain.occasions import DEFAULT_NOTICE, Occasion, in_year, next_on
from netcrm.domain.organisations import Position
from netcrm.domain.people import POINT_KINDS, ContactPoint, Profile, Relation
from netcrm.domain.values import dataclass

ANCHOR = date(2026, 11, 22)
"""The day on which the world was written, a Sunday."""

GIVING_KINDS = ("gave", "introduced")
"""The kinds of entry that giving a give writes."""

_FILES = (
    "people.toml",
    "groups.toml",
    "timeline-2024.toml",
    "timeline-2025.toml",
    "timeline-2026.toml",
    "given.toml",
    "queue.toml",
    "sparks.toml",
    "wants.toml",
    "worked.toml",
    "introductions.toml",
)
"""The files of the world, the timeline's in the order of time."""


class WorldError(Exception):
    """A mistake in the files of the world; its text says where."""


@dataclass(frozen=True, slots=True)
class WorldPerson:
    """A person of the world.

    Attributes:
        profile: What is known of them; relations that are in the world too have the very name.
        introduced_by: The name of whoever introduced you, or empty.
    """

    profile: Profile
    introduced_by: str = ""

    @property
    def name(self) -> str:
        """The full name, by which the rest of the world refers to them."""
        return self.profile.name


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldEntry:
    """Something that happened.

    Attributes:
        people: The names of those who took part, or whom a note mentions; at least one, unless it is a note.
        group: The name of the group it belongs to, or empty.
        at: The time of day, if known.
        enjoyment: 0 to 3.
        answer: Of an ask, ``yes``, ``no``, or empty while there is none.
        answered_on: The day of the answer.
    """

    day: date
    people: tuple[str, ...]
    kind: str
    text: str
    at: time | None = None
    place: str = ""
    tags: tuple[str, ...] = ()
    group: str = ""
    enjoyment: int = 0
    answer: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldGive:
    """A give: one still in the queue, or one that was given or dropped.

    Attributes:
        person: The name of whom it is for.
        created_on: When it came to the queue.
        landed: ``yes``, ``no``, ``unsure``, or empty while nobody has said.
        entry: Which entry of `World.timeline` giving it wrote, counted from 0; None unless it was given.
        spark: The title of the spark that it passes on, or empty.
    """

    person: str
    words: str
    kind: str
    created_on: date
    link: str = ""
    due: date | None = None
    promised: bool = False
    effort: str = "S"
    source: str = "typed"
    why: str = ""
    later: bool = False
    state: str = "queued"
    snoozed_until: date | None = None
    given_on: date | None = None
    dropped_on: date | None = None
    landed: str = ""
    entry: int | None = None
    spark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldSpark:
    """Something worth passing on."""

    kind: str
    title: str
    created_on: date
    link: str = ""
    text: str = ""
    until: date | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldConfirmed:
    """Wants or offers of someone, by their texts, and the day on which they were last known to be true."""

    person: str
    texts: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldWorked:
    """Where somebody, by name, worked before."""

    person: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldIntroduction:
    """Two people who should meet, by name, why, and how far it has come.

    Attributes:
        since: The day on which it came to its state.
        asked: The days on which the first and the second were asked.
        agreed: The days on which they said yes.
        made_on: When they were introduced.
        came_of_it: What came of it, if anything did.
    """

    first: str
    second: str
    why: str
    state: str
    since: date
    asked: tuple[date | None, date | None] = (None, None)
    agreed: tuple[date | None, date | None] = (None, None)
    made_on: date | None = None
    came_of_it: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldQuestion:
    """A question that a group carries on, or has settled.

    Attributes:
        settled_on: The day on which it was settled; None while it is open.
        answer: What came of it.
    """

    text: str
    asked_on: date
    settled_on: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldGroup:
    """A group; its meetings are the entries of the timeline that bear its name.

    Attributes:
        cadence: Days between meetings, or None.
        next_on: The next meeting, when one is agreed on.
        questions: What it carries on, in the order in which it was asked.
    """

    name: str
    kind: str
    link: str = ""
    cadence: int | None = None
    members: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    next_on: date | None = None
    note: str = ""
    questions: tuple[WorldQuestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All of it.

    Attributes:
        anchor: The day that is today in it.
        timeline: What happened, oldest first.
    """

    anchor: date
    people: tuple[WorldPerson, ...] = ()
    timeline: tuple[WorldEntry, ...] = ()
    gives: tuple[WorldGive, ...] = ()
    sparks: tuple[WorldSpark, ...] = ()
    introductions: tuple[WorldIntroduction, ...] = ()
    confirmed: tuple[WorldConfirmed, ...] = ()
    groups: tuple[WorldGroup, ...] = ()
    worked: tuple[WorldWorked, ...] = ()

    def person(self, name: str) -> WorldPerson:
        """The person of a name.

        Raises:
            KeyError: Nobody has that name.
        """
        for person in self.people:
            if person.name == name:
                return person
        raise KeyError(name)


def load() -> World:
    """The world as it was written, on its `ANCHOR`.

    Raises:
        WorldError: A file of the world says something that is not understood.
    """
    people: list[WorldPerson] = []
    timeline: list[WorldEntry] = []
    gives: list[WorldGive] = []
    sparks: list[WorldSpark] = []
    introductions: list[WorldIntroduction] = []
    confirmed: list[WorldConfirmed] = []
    groups: list[WorldGroup] = []
    worked: list[WorldWorked] = []
    for name in _FILES:
        text = files("netcrm.demo").joinpath("data", name).read_text(encoding="utf-8")
        page = _Table(name, tomllib.loads(text))
        people += [_person(table) for table in page.tables("people")]
        groups += [_group(table) for table in page.tables("groups")]
        gives += [_give(table) for table in page.tables("gives")]
        sparks += [_spark(table) for table in page.tables("sparks")]
        introductions += [_introduction(table) for table in page.tables("introductions")]
        confirmed += [_confirmed(table, people) for table in page.tables("confirmed")]
        worked += [_worked(table) for table in page.tables("worked")]
        timeline += [_entry(table) for table in page.tables("timeline")]
        page.finish()
    return World(
        anchor=ANCHOR,
        people=tuple(people),
        timeline=tuple(timeline),
        gives=tuple(_logged(give, timeline) for give in gives),
        sparks=tuple(sparks),
        introductions=tuple(introductions),
        confirmed=tuple(confirmed),
        groups=tuple(groups),
        worked=tuple(worked),
    )


def opened(today: date) -> World:
    """The world moved to a day, so that what was three days ago at its anchor is three days ago then."""
    return shifted(load(), (today - ANCHOR).days)


def shifted(world: World, days: int) -> World:
    """The world with every date moved by a number of days, which may be negative."""
    if not days:
        return world
    by = timedelta(days=days)

    def moved(day: date | None) -> date | None:
        return None if day is None else day + by

    return World(
        anchor=world.anchor + by,
        people=tuple(
            replace(
                person,
                profile=replace(
                    person.profile,
                    met_on=moved(person.profile.met_on),
                    relations=tuple(_aged(r, world.anchor, by) for r in person.profile.relations),
                    occasions=tuple(_moved(o, world.anchor, by) for o in person.profile.occasions),
                ),
            )
            for person in world.people
        ),
        timeline=tuple(
            replace(entry, day=entry.day + by, answered_on=moved(entry.answered_on))
            for entry in world.timeline
        ),
        confirmed=tuple(replace(known, on=known.on + by) for known in world.confirmed),
        gives=tuple(
            replace(
                give,
                created_on=give.created_on + by,
                due=moved(give.due),
                snoozed_until=moved(give.snoozed_until),
                given_on=moved(give.given_on),
                dropped_on=moved(give.dropped_on),
            )
            for give in world.gives
        ),
        sparks=tuple(
            replace(spark, created_on=spark.created_on + by, until=moved(spark.until))
            for spark in world.sparks
        ),
        introductions=tuple(
            replace(
                intro,
                since=intro.since + by,
                asked=(moved(intro.asked[0]), moved(intro.asked[1])),
                agreed=(moved(intro.agreed[0]), moved(intro.agreed[1])),
                made_on=moved(intro.made_on),
            )
            for intro in world.introductions
        ),
        groups=tuple(
            replace(
                group,
                next_on=moved(group.next_on),
                questions=tuple(
                    replace(one, asked_on=one.asked_on + by, settled_on=moved(one.settled_on))
                    for one in group.questions
                ),
            )
            for group in world.groups
        ),
        worked=tuple(
            replace(
                one,
                position=replace(
                    one.position, from_on=moved(one.position.from_on), until_on=moved(one.position.until_on)
                ),
            )
            for one in world.worked
        ),
    )


def _moved(occasion: Occasion, anchor: date, by: timedelta) -> Occasion:
    """An occasion moved so that its next day moves by exactly that much, and nobody's age changes by it."""
    was = next_on(occasion, anchor) or in_year(occasion, occasion.year or anchor.year)
    day = was + by
    year = None if occasion.year is None else occasion.year + day.year - was.year
    return replace(occasion, month=day.month, day=day.day, year=year)


def _aged(relation: Relation, anchor: date, by: timedelta) -> Relation:
    """A relation moved so that nobody's age changes by it."""
    if relation.born is None:
        return relation
    return replace(relation, born=relation.born + (anchor + by).year - anchor.year)


def _logged(give: WorldGive, timeline: Sequence[WorldEntry]) -> WorldGive:
    """A give with the entry that giving it wrote: that of its day, to its person, of a kind that gives."""
    if give.state != "given":
        return give
    places = [
        place
        for place, entry in enumerate(timeline)
        if entry.day == give.given_on and entry.kind in GIVING_KINDS and give.person in entry.people
    ]
    if len(places) != 1:
        raise WorldError(f"{give.words} ({give.person}, {give.given_on}): {len(places)} entries say so")
    return replace(give, entry=places[0])


class _Table:
    """A table of a TOML file, taken apart key by key, so that what is left over is a mistake."""

    def __init__(self, where: str, values: object) -> None:
        if not isinstance(values, dict):
            raise WorldError(f"{where} is no table")
        self.where = where
        self._left: dict[str, object] = dict(values)

    def text(self, key: str, otherwise: str = "") -> str:
        """The text under a key."""
        return _text(self._left.pop(key, otherwise), f"{self.where}, {key}")

    def needed(self, key: str) -> str:
        """The text under a key that must be there."""
        return self.text(key) or self._fail(f"{key} is missing")

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under a key; one text alone is a list too."""
        return tuple(_texts(self._left.pop(key, []), f"{self.where}, {key}"))

    def day(self, key: str) -> date | None:
        """The day under a key, if it is there."""
        value = self._left.pop(key, None)
        return value if value is None or isinstance(value, date) else self._fail(f"{key} is no day")

    def needed_day(self, key: str) -> date:
        """The day under a key that must be there."""
        return self.day(key) or self._fail(f"{key} is missing")

    def clock(self, key: str) -> time | None:
        """The time of day under a key, if it is there."""
        value = self._left.pop(key, None)
        return value if value is None or isinstance(value, time) else self._fail(f"{key} is no time")

    def number(self, key: str) -> int | None:
        """The whole number under a key, if it is there."""
        value = self._left.pop(key, None)
        return value if value is None or isinstance(value, int) else self._fail(f"{key} is no number")

    def flag(self, key: str) -> bool:
        """Whether the key is there and true."""
        return self._left.pop(key, False) is True

    def pairs(self, key: str) -> Iterator[tuple[str, str]]:
        """The names and texts of the table under a key; a list of texts is as many pairs."""
        inner = _Table(f"{self.where}, {key}", self._left.pop(key, {}))
        for name in tuple(inner._left):
            for text in inner.texts(name):
                yield name, text

    def tables(self, key: str) -> Iterator["_Table"]:
        """The tables listed under a key; what one of them leaves over is found when the next is wanted."""
        listed = self._left.pop(key, [])
        if not isinstance(listed, list):
            self._fail(f"{key} is no list")
        for number, values in enumerate(listed, 1):
            table = _Table(f"{self.where}, {key} {number}", values)
            yield table
            table.finish()

    def finish(self) -> None:
        """Say so when something was not asked for."""
        if self._left:
            self._fail(f"what is {', '.join(self._left)}?")

    def _fail(self, why: str) -> NoReturn:
        raise WorldError(f"{self.where}: {why}")


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise WorldError(f"{where}: {value!r} is no text")
    return value


def _texts(value: object, where: str) -> list[str]:
    return [_text(item, where) for item in (value if isinstance(value, list) else [value])]


def _person(table: _Table) -> WorldPerson:
    name = table.needed("name")
    given, _, family = name.partition(" ")
    return WorldPerson(
        profile=Profile(
            name=name,
            given=table.text("given", given),
            family=table.text("family", family),
            nicknames=table.texts("nicknames"),
            sort=table.text("sort"),
            organisation=table.text("organisation"),
            title=table.text("title"),
            city=table.text("city"),
            note=table.text("note"),
            met=table.text("met"),
            met_on=table.day("met_on"),
            cadence=table.number("cadence"),
            points=tuple(
                ContactPoint(kind, value, label) for kind in POINT_KINDS for label, value in table.pairs(kind)
            ),
            tags=table.texts("tags"),
            relations=tuple(_relation(kind, other) for kind, other in table.pairs("relations")),
            occasions=tuple(_occasion(occasion) for occasion in table.tables("occasions")),
            wants=table.texts("wants"),
            offers=table.texts("offers"),
        ),
        introduced_by=table.text("introduced_by"),
    )


def _relation(kind: str, other: str) -> Relation:
    """A relation; a year of birth may stand behind the name: ``Ana, born 2008``."""
    name, _, born = other.partition(", born ")
    return Relation(kind, name, born=int(born) if born else None)


def _occasion(table: _Table) -> Occasion:
    """An occasion; its day is a text like ``12-14``, since TOML has no date without a year."""
    kind = table.needed("kind")
    month, _, day = table.needed("on").partition("-")
    return Occasion(
        kind=kind,
        label=table.text("label", kind),
        month=int(month),
        day=int(day),
        year=table.number("year"),
        whose=table.text("whose"),
        yearly=not table.flag("once"),
        notice=DEFAULT_NOTICE if (notice := table.number("notice")) is None else notice,
    )


def _entry(table: _Table) -> WorldEntry:
    return WorldEntry(
        day=table.needed_day("on"),
        at=table.clock("at"),
        people=table.texts("with"),
        kind=table.needed("kind"),
        text=table.needed("text"),
        place=table.text("place"),
        tags=table.texts("tags"),
        group=table.text("group"),
        enjoyment=table.number("enjoyment") or 0,
        answer=table.text("answer"),
        answered_on=table.day("answered"),
    )


def _give(table: _Table) -> WorldGive:
    return WorldGive(
        person=table.needed("person"),
        words=table.needed("words"),
        kind=table.needed("kind"),
        created_on=table.needed_day("created"),
        link=table.text("link"),
        due=table.day("due"),
        promised=table.flag("promised"),
        effort=table.text("effort", "S"),
        source=table.text("source", "typed"),
        why=table.text("why"),
        later=table.flag("later"),
        state=table.text("state", "queued"),
        snoozed_until=table.day("snoozed_until"),
        given_on=table.day("given"),
        dropped_on=table.day("dropped"),
        landed=table.text("landed"),
        spark=table.text("passes_on"),
    )


def _spark(table: _Table) -> WorldSpark:
    return WorldSpark(
        kind=table.needed("kind"),
        title=table.needed("title"),
        created_on=table.needed_day("created"),
        link=table.text("link"),
        text=table.text("text"),
        until=table.day("until"),
        tags=table.texts("tags"),
    )


def _confirmed(table: _Table, people: Sequence[WorldPerson]) -> WorldConfirmed:
    name, texts = table.needed("person"), table.texts("texts")
    known = {
        text
        for person in people
        if person.name == name
        for text in (*person.profile.wants, *person.profile.offers)
    }
    if strange := set(texts) - known:
        raise WorldError(f"{table.where}: {name} has no {strange}")
    return WorldConfirmed(person=name, texts=texts, on=table.needed_day("on"))


def _worked(table: _Table) -> WorldWorked:
    return WorldWorked(
        person=table.needed("person"),
        position=Position(
            organisation=table.needed("at"),
            title=table.text("as"),
            from_on=table.day("from"),
            until_on=table.needed_day("until"),
        ),
    )


def _introduction(table: _Table) -> WorldIntroduction:
    return WorldIntroduction(
        first=table.needed("first"),
        second=table.needed("second"),
        why=table.needed("why"),
        state=table.needed("state"),
        since=table.needed_day("since"),
        asked=(table.day("asked_first"), table.day("asked_second")),
        agreed=(table.day("first_yes"), table.day("second_yes")),
        made_on=table.day("made"),
        came_of_it=table.text("came_of_it"),
    )


def _group(table: _Table) -> WorldGroup:
    return WorldGroup(
        name=table.needed("name"),
        kind=table.needed("kind"),
        link=table.text("link"),
        cadence=table.number("cadence"),
        members=table.texts("members"),
        topics=table.texts("topics"),
        next_on=table.day("next"),
        note=table.text("note"),
        questions=tuple(
            WorldQuestion(
                text=question.needed("text"),
                asked_on=question.needed_day("asked"),
                settled_on=question.day("settled"),
                answer=question.text("answer"),
            )
            for question in table.tables("questions")
        ),
    )
