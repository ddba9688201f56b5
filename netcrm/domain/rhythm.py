"""Rhythm: how warm a contact is, and how long ago things were, in the fewest characters."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

from netcrm.domain.values import dataclass


class Warmth(Enum):
    """How a contact stands against the rhythm that was wished for them; never a judgement."""

    IN_RHYTHM = "in rhythm"
    RIPE = "ripe"
    DRIFTING = "drifting"
    NONE = "no rhythm"

    @property
    def dot(self) -> str:
        """Its shape, so that the meaning does not hang on colour."""
        return _DOTS[self]


_DOTS = {Warmth.IN_RHYTHM: "●", Warmth.RIPE: "◐", Warmth.DRIFTING: "○", Warmth.NONE: "·"}

DRIFTING_AFTER = 2
"""Cadences without contact after which someone is drifting rather than ripe."""

SILENT_AFTER = 12
"""Cadences without contact after which someone is no longer suggested: a rhythm that was not kept a dozen
times over was perhaps the wrong one, so they are listed for review instead."""


@dataclass(frozen=True, slots=True)
class Sabbatical:
    """A time in which nobody's rhythm goes on.

    Attributes:
        from_on: Its first day.
        until_on: Its last day.
    """

    from_on: date
    until_on: date

    def is_on(self, today: date) -> bool:
        """Whether a day is one of it."""
        return self.from_on <= today <= self.until_on


def day_after(start: date, days: int, sabbaticals: Iterable[Sabbatical] = ()) -> date:
    """The day on which so many days have passed since another, those of sabbaticals not counted.

    So a rhythm is shifted by as many days as the silence and each sabbatical have in common; a sabbatical
    that begins once someone is due shifts only what comes after: when they would be drifting.

    Args:
        start: The day from which to count, itself not counted.
        days: How many days have to pass.
        sabbaticals: In any order; they may overlap.
    """
    try:
        day, counted = start + timedelta(days=days), start
        for sabbatical in sorted(sabbaticals, key=lambda one: (one.from_on, one.until_on)):
            if sabbatical.from_on > day:
                break
            if sabbatical.until_on > counted:
                away = sabbatical.until_on - max(counted, sabbatical.from_on - timedelta(days=1))
                day, counted = day + away, sabbatical.until_on
    except OverflowError:
        return date.max
    return day


def days_on(day: date, days: int) -> date:
    """The day so many days on; the last there is, where it would be none."""
    return day + timedelta(days=min(days, (date.max - day).days))


def warmth(due_on: date | None, drifting_on: date | None, today: date) -> Warmth:
    """How warm a contact is.

    Args:
        due_on: The last day on which they are in rhythm; None for no rhythm.
        drifting_on: The last day on which they are no more than ripe.
        today: The day to judge by.
    """
    if due_on is None:
        return Warmth.NONE
    if today <= due_on:
        return Warmth.IN_RHYTHM
    return Warmth.DRIFTING if drifting_on is not None and today > drifting_on else Warmth.RIPE


def since(day: date | None, today: date) -> str:
    """The time since a day in at most four cells: ``now`` for today, then ``3d``, ``5w``, ``4mo``, ``2y``."""
    if day is None:
        return "–"
    days = (today - day).days
    if days <= 0:
        return "now"
    if days < 14 and days % 7:
        return f"{days}d"
    if days < 61:
        return f"{days // 7}w"
    if days < 365:
        return f"{round(days / 30.44)}mo"
    return f"{days // 365}y"


def span(days: int) -> str:
    """A number of days in words, rounded as one would say it: ``3 days``, ``5 weeks``, ``4 months``."""
    if days < 14:
        return _count(days, "day")
    if days < 61:
        return _count(round(days / 7), "week")
    if days < 365:
        return _count(round(days / 30.44), "month")
    return _count(round(days / 365.25), "year")


def ago(day: date, today: date) -> str:
    """How long ago a day is: ``today``, ``yesterday``, ``3 months ago``."""
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"{span(days)} ago" if days > 0 else "still to come")


def times(count: int) -> str:
    """How often, in words: ``once``, ``twice``, ``3 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def every(cadence: int | None) -> str:
    """A cadence in words: ``every 6 weeks``, ``yearly``, or ``no rhythm yet``."""
    if cadence is None:
        return "no rhythm yet"
    if cadence == 0:
        return "no reminders"
    for days, word in _NAMED_CADENCES.items():
        if cadence == days:
            return word
    if cadence % 7 == 0 and cadence < 84:
        return f"every {cadence // 7} weeks"
    if cadence % 30 == 0:
        return f"every {cadence // 30} months"
    return f"every {cadence} days"


_NAMED_CADENCES = {
    1: "daily",
    7: "weekly",
    30: "monthly",
    90: "quarterly",
    180: "twice a year",
    365: "yearly",
}


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
