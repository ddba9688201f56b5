"""Rhythm: how warm a contact is, and how long ago things were, in the fewest characters."""

from datetime import date
from enum import Enum


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

_DRIFTING_AFTER = 2
"""Cadences without contact after which someone is drifting rather than ripe."""


def warmth(cadence: int | None, last_on: date | None, today: date) -> Warmth:
    """How warm a contact is.

    Args:
        cadence: Days between contacts; None or 0 for no rhythm.
        last_on: The day of the last contact.
        today: The day to judge by.
    """
    if not cadence:
        return Warmth.NONE
    if last_on is None:
        return Warmth.RIPE
    silent = (today - last_on).days
    if silent <= cadence:
        return Warmth.IN_RHYTHM
    return Warmth.RIPE if silent <= _DRIFTING_AFTER * cadence else Warmth.DRIFTING


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
