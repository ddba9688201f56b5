"""Occasions: the dates in people's lives, and when they come next."""

from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta

from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

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
    return date(year, occasion.month, min(occasion.day, last_of_month(year, occasion.month)))


def spans(first: date, last: date) -> Iterator[tuple[int, tuple[int, int], tuple[int, int]]]:
    """The months and days from one day to another, a span a year: the year, then the first and the last.

    The last day of a month goes up to the 31st: 29 February falls on the 28th in a common year.
    """
    while first.year < last.year:
        yield first.year, (first.month, first.day), (12, 31)
        first = date(first.year + 1, 1, 1)
    ends_month = last.day == last_of_month(last.year, last.month)
    yield last.year, (first.month, first.day), (last.month, 31 if ends_month else last.day)


def last_of_month(year: int, month: int) -> int:
    """The last day of a month; `calendar.monthrange` knows it too, but is not imported for anything else."""
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def next_on(occasion: Occasion, today: date) -> date | None:
    """The next day it falls on, today included; None when it was once and has passed.

    What is once and has no year is meant to be the next such day. There is none after the year 9999.
    """
    if not occasion.yearly and occasion.year is not None:
        day = in_year(occasion, occasion.year)
        return day if day >= today else None
    # What comes every year from a year on that is still to come has not been before.
    first = in_year(occasion, max(today.year, occasion.year or today.year))
    if first >= today:
        return first
    return in_year(occasion, today.year + 1) if today.year < MAXYEAR else None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an occasion gives one to do.

    Attributes:
        words: In words: ``Wish Hank a happy birthday``.
        why: What is worth knowing with it, ``turns 50``; may be empty.
        glad: Whether it is a congratulation; else a warm word.
    """

    words: str
    why: str = ""
    glad: bool = True


def wish(occasion: Occasion, name: str, day: date) -> Wish | None:
    """What an occasion gives one to do for its person; None for the day of their own death.

    Args:
        occasion: The occasion.
        name: What the person is called in a sentence, the first name as a rule.
        day: The day on which it falls this time.
    """
    if occasion.kind == "death":
        return Wish(f"Send {name} a warm word", occasion.words, glad=False) if occasion.whose else None
    years = day.year - occasion.year if occasion.year is not None and occasion.yearly else 0
    known = 0 < years <= _OLDEST
    if occasion.kind == "birthday" or (occasion.kind == "birth" and occasion.yearly):
        return Wish(f"Wish {_celebrated(occasion, name)} a happy birthday", f"turns {years}" if known else "")
    why = f"{years} {'year' if years == 1 else 'years'}" if known else ""
    label = fold(occasion.label)
    if label == "name day":
        return Wish(f"Wish {_celebrated(occasion, name)} a happy name day")
    if not occasion.whose and label in _ON:
        return Wish(f"Congratulate {name} on {_ON[label]}", why)
    what = occasion.words.replace(": ", " ", 1) if occasion.whose else occasion.label
    if occasion.kind == "other" and label not in _ON:
        # It may be an exam or an operation: nobody is congratulated on what is not known to be glad.
        return Wish(f"Think of {name}: {what}", why, glad=False)
    return Wish(f"Congratulate {name}: {what}", why)


def _celebrated(occasion: Occasion, name: str) -> str:
    """Who is wished well: ``Hank``, ``Ana (Christina's daughter)``, ``Christina's daughter``."""
    if not occasion.whose:
        return name
    kin, _, theirs = occasion.whose.partition(" ")
    return f"{theirs} ({name}'s {kin})" if theirs else f"{name}'s {kin}"


_OLDEST = 130
"""Years that are counted: more are a slip of the pen, or a year that a program made up."""

_ON = {
    "graduates": "the graduation",
    "graduation": "the graduation",
    "gets married": "the wedding",
    "marries": "the wedding",
    "wedding": "the wedding",
    "anniversary": "the anniversary",
    "wedding anniversary": "the wedding anniversary",
    "baby due": "the baby",
    "retires": "retiring",
}
"""What somebody is congratulated on, by what the occasion is called."""
