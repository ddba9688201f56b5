"""Gives: something to do for someone, when, and why now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from netcrm.domain.people import Named
from netcrm.domain.rhythm import days_on, span
from netcrm.domain.values import dataclass

_Any = TypeVar("_Any")

KINDS = (
    "opening",
    "article",
    "congratulation",
    "introduction",
    "help",
    "recommendation",
    "delight",
    "reconnect",
)

LIGHT = "delight"
"""The kind of give that is light: a cartoon, a song, a thing to smile at."""

LIGHT_AFTER = 3
"""Serious gives for each light one: more would make a habit of what should be a surprise."""

STATES = ("queued", "snoozed", "given", "dropped")

LANDED = ("yes", "no", "unsure")
"""Whether a give landed, once that is known."""

EFFORTS = {"S": 1, "M": 2, "L": 4}
"""How much of a week's room a give takes."""

WEEKLY_ROOM = 5
"""The room of a week unless the settings say otherwise: one small thing a working day."""

SECTIONS = ("Overdue", "Today", "This week", "Later")

SOON_DAYS = 6
"""Days from today on that are this week."""

SOURCES = ("typed", "log", "occasion", "cadence", "want", "spark", "new title", "group", "ask", "joy")
"""Where a give came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveDraft:
    """A give to be queued, for a person or for a group.

    Attributes:
        person_id: For whom; None when it is for a group.
        group_id: For which group; None when it is for a person.
        words: What to do, as one would say it: ``Send the paper``.
        kind: One of `KINDS`.
        due: The day by which; None when it has no day.
        promised: Whether they were told. Promises are always let in, and come first.
        effort: ``S``, ``M`` or ``L``.
        source: One of `SOURCES`.
        why: Why it is worth giving, in a few words; may be empty.
        later: Stands under Later until there is room, when it has no day of its own.
        occasion_id: The occasion that it is for.
        occasion_year: The year of that occasion which giving it closes.
        spark_id: The spark that it passes on.
        introduction_id: The introduction that it makes.
    """

    person_id: int | None = None
    group_id: int | None = None
    words: str
    kind: str = "help"
    link: str = ""
    due: date | None = None
    promised: bool = False
    effort: str = "S"
    source: str = "typed"
    why: str = ""
    later: bool = False
    occasion_id: int | None = None
    occasion_year: int | None = None
    spark_id: int | None = None
    introduction_id: int | None = None

    def __post_init__(self) -> None:
        """Hold it to be for somebody.

        Raises:
            ValueError: It is for nobody, or for both a person and a group.
        """
        if (self.person_id is None) == (self.group_id is None):
            raise ValueError("A give is for a person or for a group.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """A give in the queue, or one that was.

    Attributes:
        person: For whom; None when it is for a group.
        group: For which group; None when it is for a person.
        snoozed_until: Not to be shown as due before this day.
        given_on: When it was given.
        dropped_on: When it was found to be not for them.
        interaction_id: The timeline entry that giving it wrote.
        landed: One of `LANDED`, or empty while nobody has said.
        last_on: When one was last in touch with the person, or with anybody in the group, if ever: the longer
            ago, the sooner it is theirs.
        occasion_id: The occasion that it is for; its year is `occasion_year`.
        spark_id: The spark that it passes on.
        introduction_id: The introduction that it makes.
    """

    id: int
    uuid: str
    person: Named | None = None
    group: Named | None = None
    words: str
    kind: str
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
    interaction_id: int | None = None
    landed: str = ""
    created_on: date | None = None
    occasion_id: int | None = None
    occasion_year: int | None = None
    spark_id: int | None = None
    introduction_id: int | None = None
    last_on: date | None = None

    @property
    def whom(self) -> Named:
        """For whom it is: a person or a group."""
        found = self.person or self.group
        assert found is not None
        return found

    @property
    def person_id(self) -> int | None:
        """For which person, if it is for one."""
        return self.person.id if self.person else None

    @property
    def group_id(self) -> int | None:
        """For which group, if it is for one."""
        return self.group.id if self.group else None

    @property
    def is_light(self) -> bool:
        """Whether it is there to delight rather than to help."""
        return self.kind == LIGHT

    @property
    def draft(self) -> GiveDraft:
        """The give as it would be queued again; what its form is opened with."""
        return GiveDraft(
            person_id=self.person_id,
            group_id=self.group_id,
            words=self.words,
            kind=self.kind,
            link=self.link,
            due=self.due,
            promised=self.promised,
            effort=self.effort,
            source=self.source,
            why=self.why,
            later=self.later,
            occasion_id=self.occasion_id,
            occasion_year=self.occasion_year,
            spark_id=self.spark_id,
            introduction_id=self.introduction_id,
        )

    def stands_on(self, today: date) -> date | None:
        """The day it stands under: the one it rests until, else the day it is due.

        A rest that has passed makes nothing overdue: what has no due day stands under today from then on.
        """
        if self.snoozed_until is None:
            return self.due
        return self.snoozed_until if self.snoozed_until >= today else self.due or today


@dataclass(frozen=True, slots=True)
class Room:
    """How much giving a week has room for.

    Attributes:
        size: The week's whole room.
        given: What was given this week, by effort.
        waiting: What waits to be given before it ends.
    """

    size: int
    given: int
    waiting: int

    @property
    def left(self) -> int:
        """What is still free for something new, never below nothing."""
        return max(0, self.size - self.given - self.waiting)

    @property
    def filled(self) -> str:
        """The given part of the room, a block each."""
        return "▰" * min(self.size, self.given)

    @property
    def taken(self) -> str:
        """The part that what waits will take, as far as there is room for it, a block each."""
        return "▰" * min(self.size - len(self.filled), self.waiting)

    @property
    def free(self) -> str:
        """What is free for something new, a block each."""
        return "▱" * self.left

    @property
    def words(self) -> str:
        """The gauge in words: ``2 given, 3 waiting``."""
        return f"{self.given} given, {self.waiting} waiting"


def week_of(today: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day (ISO 8601 weeks begin on Monday)."""
    monday = today - timedelta(days=today.weekday())
    return monday, days_on(monday, 6)


def section(give: Give, today: date) -> str:
    """Which of `SECTIONS` a give stands under.

    This week means the next seven days rather than what is left of the calendar's week: on a Sunday the
    calendar's would always be empty.
    """
    day = give.stands_on(today)
    if day is None:
        return "Later" if give.later else "This week"
    if day < today:
        return "Overdue"
    if day == today:
        return "Today"
    return "This week" if day <= days_on(today, SOON_DAYS) else "Later"


def in_order(gives: Iterable[Give], today: date) -> list[Give]:
    """The queue's order: by section; in each promises by day, occasions by day, then the rest.

    The rest goes by urgency, which is its day; then by fit: what someone wished for, then what was found or
    thought of for them, then a mere hello; then by silence, the longest first. Light ones stand between the
    serious ones, one after every few.
    """
    placed = sorted(gives, key=lambda give: _place(give, today))
    ordered: list[Give] = []
    for _, loose in groupby(placed, key=lambda give: _place(give, today)[:3]):
        near = list(loose)
        ordered += light_between(
            [give for give in near if not give.is_light], [give for give in near if give.is_light]
        )
    return ordered


def _place(give: Give, today: date) -> tuple[int, int, date, int, date, int]:
    if give.promised:
        rank = 0
    else:
        rank = 1 if give.source == "occasion" else 2
    return (
        SECTIONS.index(section(give, today)),
        rank,
        give.stands_on(today) or date.max,
        FIT.get(give.source, FITS),
        give.last_on or date.min,
        give.id,
    )


FIT = {"want": 0, "cadence": 2, "group": 2}
"""How well what comes from a source is known to fit, the best first."""

FITS = 1
"""How well what comes from any other source fits: it was meant for them."""


def light_between(serious: Sequence[_Any], light: Sequence[_Any]) -> Iterator[_Any]:
    """Each light one behind a few serious ones, as far as there are any."""
    while light or serious:
        yield from serious[:LIGHT_AFTER]
        yield from light[:1] if serious else light
        serious, light = serious[LIGHT_AFTER:], light[1:] if serious else []


def why_now(give: Give, today: date) -> str:
    """Why a give stands where it stands, in words."""
    day = give.stands_on(today)
    why = give.why
    hello = give.source == "cadence" or (give.kind == "reconnect" and not why and give.source != "group")
    if give.last_on is not None and hello:
        why = _silence(give, today)
    if give.source == "group" and (quiet := _silence(give, today)):
        why = " · ".join(filter(None, (quiet, why)))
    reasons: list[str] = []
    if day is not None and day < today:
        reasons.append(f"{span((today - day).days)} late")
    elif give.due is None and give.snoozed_until is not None and give.snoozed_until < today:
        reasons.append(f"back since {span((today - give.snoozed_until).days)}")
    elif day is not None and give.source == "occasion" and give.kind == "congratulation" and why:
        why = f"{why} {_on(day, today)}"
    elif day is not None and give.spark_id is not None and day == give.due:
        reasons.append(f"until {say_day(day, today)}")
    elif day is not None and day > today:
        reasons.append(say_day(day, today))
    if why and give.source == "occasion":
        reasons.append(why)
    if give.promised:
        reasons.append("promised")
    if why and give.source != "occasion":
        reasons.append(why)
    if not reasons:
        reasons = [give.kind, *filter(None, [_long_silence(give, today)])]
    return " · ".join(reasons)


def _silence(give: Give, today: date) -> str:
    days = (today - give.last_on).days if give.last_on else 0
    return f"{'quiet' if give.group else 'silent'} {span(days)}" if days > 0 else ""


def _long_silence(give: Give, today: date) -> str:
    """How long one has not been in touch, where it is long enough to be a reason."""
    known = give.last_on is not None and (today - give.last_on).days >= _LONG
    return _silence(give, today) if known else ""


_LONG = 61
"""Days without contact after which that is a reason of its own: two months."""


def _on(day: date, today: date) -> str:
    said = say_day(day, today)
    return said if abs((day - today).days) <= 1 else f"on {said}"


def glad_of(kinds: Mapping[str, tuple[int, int]]) -> str:
    """What lands with someone, in words: ``glad of openings and help``; empty while too little is known.

    Args:
        kinds: By kind how many of their gives landed, and how many did not.
    """
    known = [
        _PLURALS[kind]
        for kind, (yes, no) in kinds.items()
        if yes >= _OFTEN_ENOUGH and yes > _OFTEN_ENOUGH * no
    ]
    return f"glad of {' and '.join(', '.join(known).rsplit(', ', 1))}" if known else ""


_OFTEN_ENOUGH = 2
"""Gives of a kind that have landed before it is said that they do; and how many for each that did not."""

_PLURALS = {
    "opening": "openings",
    "article": "things to read",
    "congratulation": "good wishes",
    "introduction": "introductions",
    "help": "help",
    "recommendation": "recommendations",
    "delight": "light things",
    "reconnect": "a hello",
}


def say_day(day: date, today: date) -> str:
    """A day near today as one says it: ``today``, ``tomorrow``, ``Thu``, ``12 Dec``, ``12 Dec 2027``."""
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    if ahead == -1:
        return "yesterday"
    if 0 < ahead < 7:
        return f"{day:%a}"
    if day.year == today.year or 0 < ahead < 180:
        return f"{day.day} {day:%b}"
    return f"{day.day} {day:%b %Y}"


def in_past(words: str) -> str:
    """What to do, said as done, when its first word is a verb that is known: ``Send`` becomes ``Sent``."""
    verb, space, rest = words.partition(" ")
    done = _DONE.get(verb.lower())
    if done is None:
        return words
    return (done.capitalize() if verb[:1].isupper() else done) + space + rest


_DONE = {
    "answer": "answered",
    "ask": "asked",
    "bring": "brought",
    "call": "called",
    "comment": "commented",
    "congratulate": "congratulated",
    "connect": "connected",
    "drop": "dropped",
    "email": "emailed",
    "explain": "explained",
    "find": "found",
    "forward": "forwarded",
    "give": "gave",
    "help": "helped",
    "introduce": "introduced",
    "invite": "invited",
    "lend": "lent",
    "link": "linked",
    "look": "looked",
    "mail": "mailed",
    "mention": "mentioned",
    "offer": "offered",
    "pass": "passed",
    "point": "pointed",
    "post": "posted",
    "praise": "praised",
    "read": "read",
    "recommend": "recommended",
    "review": "reviewed",
    "ring": "rang",
    "say": "said",
    "send": "sent",
    "share": "shared",
    "show": "showed",
    "suggest": "suggested",
    "teach": "taught",
    "tell": "told",
    "thank": "thanked",
    "think": "thought",
    "translate": "translated",
    "visit": "visited",
    "wish": "wished",
    "write": "wrote",
}
