"""The review: a week or a year looked back on, with what there is to be glad of and whom to look after.

It has three parts, so that moving from week to week reads no more than it must: the heat map of a year
(`Touch`), what a span held (`Held`), and what is worth a look today (`LookAfter`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from netcrm.domain.asks import GAVE_KINDS
from netcrm.domain.gives import week_of
from netcrm.domain.groups import Group
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named, PersonLine
from netcrm.domain.rhythm import days_on, every, span, times
from netcrm.domain.timeline import CONTACT_KINDS, Interaction
from netcrm.domain.values import dataclass

MAP_WEEKS = 53
"""Weeks of a heat map: a whole year, whatever day of the week it begins on."""

SPARK_WEEKS = 20
"""Weeks of gives and asks that stand beside one week: enough to see whether more is given than asked."""

LEVELS = 4
"""How many levels a day with conversations can have; a day without any has level 0."""

COMING_DAYS = 30
"""How far ahead a review looks."""

HEAT = "·□▤▦■"
"""What a day looks like without colour, by its level: the fuller, the more."""

STEPS = "▁▂▃▄▅▆▇█"
"""The heights of a sparkline."""

_BUSY_SHARE = 0.95
"""The share of the days with conversations up to which a map tells more from less: a single festival does not
make every other day pale."""

Counts = Mapping[date, Mapping[str, int]]
"""How many interactions of each kind a day has; days and kinds without any are left out."""


@dataclass(frozen=True, slots=True)
class Span:
    """A week from Monday to Sunday (ISO 8601), or a calendar year.

    Attributes:
        kind: ``week`` or ``year``.
        first: Its first day.
        last: Its last day.
    """

    kind: str
    first: date
    last: date

    @classmethod
    def week(cls, day: date) -> "Span":
        """The week of a day."""
        return cls("week", *week_of(day))

    @classmethod
    def year(cls, day: date) -> "Span":
        """The year of a day."""
        return cls("year", date(day.year, 1, 1), date(day.year, 12, 31))

    @property
    def name(self) -> str:
        """As ISO 8601 writes it: ``2026-W47``, ``2026``."""
        if self.kind == "year":
            return f"{self.first.year:04}"
        year, week, _ = self.first.isocalendar()
        return f"{year:04}-W{week:02}"

    def title(self, today: date) -> str:
        """In words: ``week 47, Mon 16 – Sun 22 Nov``; with the year where it is not this one."""
        if self.kind == "year":
            return self.name
        first, last = self.first, self.last
        month = "" if first.month == last.month else f" {first:%b}"
        year = "" if last.year == today.year else f" {last.year}"
        week = first.isocalendar().week
        return f"week {week}, {first:%a} {first.day}{month} – {last:%a} {last.day} {last:%b}{year}"

    def words(self, today: date) -> str:
        """As a sentence goes on with it: ``this week``, ``that week``, ``in 2025``."""
        if self.kind == "year":
            return f"in {self.name}"
        return "this week" if today in self else "that week"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class WeekCount:
    """What a week held of giving and asking.

    Attributes:
        first: Its Monday.
        gave: How often you gave something, introductions included.
        asked: How often you asked.
    """

    first: date
    gave: int
    asked: int


@dataclass(frozen=True, slots=True)
class Touch:
    """A year in touch, day by day.

    Attributes:
        first: The Monday with which its map begins.
        last: The last day of its map.
        counts: The interactions of its days, and of the `SPARK_WEEKS` before.
        people: With how many people you were in touch in it.
        busy: The conversations of a day from which on it has the highest level.
    """

    first: date
    last: date
    counts: Counts
    people: int
    busy: int

    @classmethod
    def of(cls, first: date, last: date, counts: Counts, people: int) -> "Touch":
        """A year, its levels measured by its own days."""
        talks = sorted(
            many for day, kinds in counts.items() if first <= day <= last and (many := _conversations(kinds))
        )
        busy = talks[int(_BUSY_SHARE * (len(talks) - 1))] if talks else 0
        return cls(first, last, counts, people, max(LEVELS, busy))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def weeks(self) -> Sequence[date]:
        """The Mondays of its weeks."""
        return [days_on(self.first, 7 * week) for week in range((self.last - self.first).days // 7 + 1)]

    @property
    def days(self) -> Iterator[date]:
        """All its days."""
        return (self.first + timedelta(days=ahead) for ahead in range((self.last - self.first).days + 1))

    @property
    def months(self) -> Sequence[tuple[int, str]]:
        """The weeks, by number, over which the name of a month stands: those that hold its first day."""
        named: list[tuple[int, str]] = []
        for place, monday in enumerate(self.weeks):
            sunday = days_on(monday, 6)
            if sunday.day <= 7 and monday.day != sunday.day:
                named.append((place, f"{sunday:%b}"))
        return named

    @property
    def conversations(self) -> int:
        """How often you were in touch with somebody in it."""
        return sum(map(self.on, self.days))

    def on(self, day: date) -> int:
        """The conversations of a day."""
        return _conversations(self.counts.get(day, {}))

    def level(self, day: date) -> int:
        """How much a day was in touch, from 0 for not at all to `LEVELS`."""
        return min(LEVELS, -(-self.on(day) * LEVELS // self.busy))

    def kinds(self, first: date, last: date) -> Mapping[str, int]:
        """The interactions of some days by kind, those that there are most of first."""
        found: Counter[str] = Counter()
        for day, kinds in self.counts.items():
            if first <= day <= last:
                found.update(kinds)
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    def by_week(self, first: date, last: date) -> Sequence[WeekCount]:
        """Gives and asks by week, from the week of one day to that of another."""
        gave: Counter[date] = Counter()
        asked: Counter[date] = Counter()
        for day, kinds in self.counts.items():
            monday, _ = week_of(day)
            gave[monday] += _gave(kinds)
            asked[monday] += kinds.get("asked", 0)
        begin, end = week_of(first)[0], week_of(last)[0]
        mondays = (days_on(begin, 7 * ahead) for ahead in range((end - begin).days // 7 + 1))
        return [WeekCount(monday, gave[monday], asked[monday]) for monday in mondays]


def map_of(span: Span, today: date) -> tuple[date, date]:
    """The first and the last day of the map on which a span is shown.

    It is the year up to today, where the span lies in that, and else the calendar year.
    """
    first = _weeks_before(today, MAP_WEEKS - 1)
    january = week_of(date(span.first.year, 1, 1))[0]
    if span.kind == "year" and span.first.year == today.year:
        return min(first, january), today
    if span.kind == "week" and first <= span.first:
        return first, today
    return january, week_of(date(span.first.year, 12, 31))[1]


def counted_from(first: date) -> date:
    """The day from which a map that begins on another needs its counts, for the sparklines before it."""
    return _weeks_before(first, SPARK_WEEKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a span held, besides what a map counts.

    Attributes:
        span: Which.
        people: With how many people you were in touch.
        given: What you gave, newest first; of much only the newest.
        given_to: To whom you gave most, and how often: of a week in its `SPARK_WEEKS`.
        tags: The tags of what happened, and how often, the commonest first.
        bright: What was enjoyed most.
        learned: What you learned, newest first.
        taught: What you taught, newest first.
    """

    span: Span
    people: int = 0
    given: Sequence[Interaction] = ()
    given_to: Sequence[tuple[Named, int]] = ()
    tags: Sequence[tuple[str, int]] = ()
    bright: Sequence[Interaction] = ()
    learned: Sequence[Interaction] = ()
    taught: Sequence[Interaction] = ()

    @property
    def most_given_to(self) -> str:
        """The heading of `given_to`, which says since when."""
        return "Most given to" if self.span.kind == "year" else f"Most given to in {SPARK_WEEKS} weeks"


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that is coming: an occasion of a person, or the meeting of a group.

    Attributes:
        day: When.
        words: What, in words.
        person: Whose occasion it is, if one's.
        group: Which group meets, if one does.
    """

    day: date
    words: str
    person: Named | None = None
    group: Group | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAfter:
    """What is worth a look today, whatever week is looked back on.

    Attributes:
        drifting: People to whom a hello would be welcome, those who have waited longest first.
        more: How many more of them there are.
        groups: The groups, by name.
        coming: What comes in the next `COMING_DAYS`, by day.
    """

    drifting: Sequence[PersonLine] = ()
    more: int = 0
    groups: Sequence[Group] = ()
    coming: Sequence[Coming] = ()


@dataclass(frozen=True)
class Review:
    """A week or a year looked back on.

    Attributes:
        today: The day on which one looks.
        touch: The year around it.
        held: What it held.
        after: What is worth a look today.
    """

    today: date
    touch: Touch
    held: Held
    after: LookAfter

    @property
    def span(self) -> Span:
        """What is looked back on."""
        return self.held.span

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """What happened, by kind, the commonest first."""
        return self.touch.kinds(self.span.first, self.span.last)

    @property
    def entries(self) -> int:
        """How many entries the timeline has of it."""
        return sum(self.kinds.values())

    @property
    def conversations(self) -> int:
        """How often you were in touch with somebody."""
        return _conversations(self.kinds)

    @property
    def gave(self) -> int:
        """How often you gave something, introductions included."""
        return _gave(self.kinds)

    @property
    def asked(self) -> int:
        """How often you asked."""
        return self.kinds.get("asked", 0)

    @cached_property
    def weeks(self) -> Sequence[WeekCount]:
        """Gives and asks a week: of a year all its weeks so far, of a week the `SPARK_WEEKS` up to it."""
        return self.touch.by_week(spark_from(self.span), min(self.span.last, self.today))

    @property
    def given_and_asked(self) -> str:
        """Gives and asks of the `weeks` in words; empty without any."""
        gave, asked, when = self.gave, self.asked, self.span.words(self.today)
        if self.span.kind == "week":
            gave, asked = sum(week.gave for week in self.weeks), sum(week.asked for week in self.weeks)
            now = self.today in self.span
            when = f"in the last {SPARK_WEEKS} weeks" if now else f"in the {SPARK_WEEKS} weeks up to it"
        did = [f"gave {times(gave)}"] if gave else []
        did += [f"asked {times(asked)}"] if asked else []
        return f"you {' and '.join(did)} {when}" if did else ""

    @property
    def in_touch(self) -> str:
        """Conversations and people in words; empty without any."""
        return talks_with(self.conversations, self.held.people)


def talks_with(conversations: int, people: int) -> str:
    """``12 conversations with 9 people``; empty without any. What only a group had is with nobody."""
    if not conversations:
        return ""
    talks = "1 conversation" if conversations == 1 else f"{conversations:,} conversations"
    whom = {0: "", 1: " with 1 person"}.get(people, f" with {people:,} people")
    return f"{talks}{whom}".replace(",", "\u2009")


def sparkline(values: Sequence[int], most: int) -> str:
    """Values as blocks of eight heights, the lowest for nothing.

    Args:
        values: What is shown.
        most: What the highest block stands for; at least 1.
    """
    return "".join(STEPS[-(-value * (len(STEPS) - 1) // most)] for value in values)


def spark_from(span: Span) -> date:
    """The first day of the gives and asks that stand beside a span."""
    return span.first if span.kind == "year" else _weeks_before(span.first, SPARK_WEEKS - 1)


def coming_of(day: date, person: Named, occasion: Occasion) -> Coming:
    """An occasion that is coming, with whose it is."""
    own = not occasion.whose and occasion.kind in ("birthday", "anniversary", "wedding")
    words = f"{person.name}'s {occasion.label}" if own else f"{person.name}: {occasion.words}"
    return Coming(day, words, person=person)


def meetings(groups: Sequence[Group], today: date) -> Sequence[Coming]:
    """The meetings of groups that are coming."""
    last = days_on(today, COMING_DAYS)
    return [
        Coming(group.next_on, f"{group.name} meet", group=group)
        for group in groups
        if group.next_on is not None and today <= group.next_on <= last
    ]


def silence(person: PersonLine, today: date) -> str:
    """How long it has been, and the rhythm one wished for: ``4 months · monthly``."""
    waited = span((today - person.last_on).days) if person.last_on else "not in touch yet"
    return f"{waited} · {every(person.cadence)}"


def _conversations(kinds: Mapping[str, int]) -> int:
    return sum(many for kind, many in kinds.items() if kind in CONTACT_KINDS)


def _gave(kinds: Mapping[str, int]) -> int:
    return sum(kinds.get(kind, 0) for kind in GAVE_KINDS)


def days_from(day: date, days: int) -> date:
    """The day so many days on, or back; the last or the first there is, where it would be none."""
    return date.fromordinal(max(date.min.toordinal(), min(day.toordinal() + days, date.max.toordinal())))


def _weeks_before(day: date, weeks: int) -> date:
    """The Monday of the week so many weeks before that of a day; the first that there is."""
    return days_from(week_of(day)[0], -7 * weeks)
