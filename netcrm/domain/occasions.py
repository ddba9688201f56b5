"""Occasions: the dates in people's lives, and when they come next."""

import calendar
from dataclasses import dataclass
from datetime import date

OCCASION_KINDS = ("birthday", "anniversary", "graduation", "wedding", "birth", "death", "other")
"""The closed set of kinds; the label says the rest in the user's words."""

DEFAULT_NOTICE = 14
"""Days before an occasion at which it is worth knowing of: time to write a card or find a present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A date of a person, or of someone of theirs.

    Attributes:
        kind: One of `OCCASION_KINDS`.
        label: In words: ``birthday``, ``graduates``, ``ten years at Acme``.
        whose: Empty for the person's own, else who: ``daughter Ana``.
        month: 1 to 12.
        day: 1 to 31.
        year: The year it first happened, or happens if it is once; None when unknown.
        yearly: Whether it comes again each year.
        notice: Days before it at which it shows up.
    """

    kind: str
    label: str
    month: int
    day: int
    whose: str = ""
    year: int | None = None
    yearly: bool = True
    notice: int = DEFAULT_NOTICE

    @property
    def words(self) -> str:
        """The occasion in a few words, whose first: ``Ana (daughter) graduates``, ``birthday``."""
        if not self.whose:
            return self.label
        kin, _, name = self.whose.partition(" ")
        return f"{name} ({kin}) {self.label}" if name else f"{kin}: {self.label}"


def in_year(occasion: Occasion, year: int) -> date:
    """The occasion's day in a year; 29 February falls on the 28th in a common year.

    That is dateutil's rule for adding years (``relativedelta``), and what most calendars do.
    """
    last = calendar.monthrange(year, occasion.month)[1]
    return date(year, occasion.month, min(occasion.day, last))


def next_on(occasion: Occasion, today: date) -> date | None:
    """The next day it falls on, today included; None when it was once and has passed."""
    if not occasion.yearly:
        day = in_year(occasion, occasion.year if occasion.year is not None else today.year)
        return day if day >= today else None
    this_year = in_year(occasion, today.year)
    return this_year if this_year >= today else in_year(occasion, today.year + 1)
