"""Dates in words: ``yesterday``, ``last friday``, ``in two weeks``, ``3 May``, ``2w``.

A small closed grammar. ``dateutil.parser`` is not asked: it fills what is missing from the clock, takes
``10`` for a day of this month, and costs 50 ms to import; here the whole text is a date or it is none.
`dateutil.relativedelta` does the arithmetic of months and weekdays.
"""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta, weekday

from netcrm.domain.patterns import pattern
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

Direction = Literal["past", "future"]
"""Where a date without a year lies: what happened lies behind, what is promised lies ahead."""

_WEEKDAY = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART_OF_DAY = "morning|afternoon|evening|night"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_UNITS, start=1)} | {"a": 1, "an": 1, "a couple of": 2}
_COUNT = r"[0-9]{1,4}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))

_DAYS_FROM_TODAY = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "yesterday morning": -1,
    "yesterday afternoon": -1,
    "yesterday evening": -1,
    "last night": -1,
    "tomorrow": 1,
    "tomorrow morning": 1,
    "tomorrow afternoon": 1,
    "tomorrow evening": 1,
    "day before yesterday": -2,
    "the day before yesterday": -2,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
}

_LEAP_GAP = 8
"""The most years between two leap days (1896 to 1904, the Gregorian calendar's rule for centuries)."""

_LONGEST = 6
"""The most words in a date: ``a couple of weeks from now``."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar as it was written, with or without its year.

    Attributes:
        month: 1 to 12.
        day: 1 to 31, and no more than the month can have.
        year: None when it was not said.
    """

    month: int
    day: int
    year: int | None = None

    def nearest(self, today: date, prefer: Direction) -> date | None:
        """The day itself; without a year, the nearest in the preferred direction, today included.

        29 February goes to the nearest leap year: what was written is the 29th, not the 28th.
        """
        if self.year is not None:
            return _date(self.year, self.month, self.day)
        step = -1 if prefer == "past" else 1
        for years in range(_LEAP_GAP + 2):
            day = _date(today.year + step * years, self.month, self.day)
            if day is not None and (day - today).days * step >= 0:
                return day
        return None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a time of day (the clock's), or both."""

    day: date | None = None
    clock: time | None = None


def read_day(text: str, today: date, *, prefer: Direction) -> date | None:
    """Read a text as one day.

    The whole text must be a date. ``friday`` and ``3 May`` are the nearest in the preferred direction,
    today included; ``last friday`` lies before today; ``next tuesday`` is the Tuesday of next week, and
    ``next week`` its Monday (weeks begin on Monday, ISO 8601). ``3d``, ``2w``, ``1m`` and ``1y`` lead only
    into the future. ``03/04/2026`` is None, because half the world reads it the other way round;
    ``20/11/2026`` and ``11/20/2026`` can be read in one way only. With dots the day comes first.

    Args:
        text: What was written; a leading ``on`` is allowed.
        today: The day it was written on.
        prefer: Where the day lies when the text leaves it open.

    Returns:
        The day; None when the text is no date, an impossible one (31 February), or one outside of the
        years 1 to 9999.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    folded = fold(text).removeprefix("on ")
    try:
        if (away := _DAYS_FROM_TODAY.get(folded)) is not None:
            return today + timedelta(days=away)
        for form, reader in _READERS:
            if match := form.fullmatch(folded):
                return reader(match, today, prefer)
    except (ValueError, OverflowError):
        return None
    return None


def read_return(text: str, today: date) -> date | None:
    """Read until when something rests: a day to come, in words; ``after`` a day is the one that follows it.

    Besides what `read_day` takes: ``until friday``, ``after the weekend``, ``christmas``, ``after new year``.
    Christmas lasts two days.

    Returns:
        The day on which it comes back, after today; None when the text is no such day.
    """
    folded = fold(text[:_MOST_CHARACTERS]).removeprefix("until ").removeprefix("till ")
    after = folded.startswith("after ")
    said = folded.removeprefix("after ").removeprefix("the ")
    if said in _FEASTS:
        month, first, last = _FEASTS[said]
        day = CalendarDay(month, last).nearest(today, "future") if after else None
        day = day or CalendarDay(month, first).nearest(min(today, _LAST) + timedelta(days=1), "future")
    else:
        day = read_day(said, today, prefer="future") or read_day(folded, today, prefer="future")
    if day is not None and after:
        # A weekend is read as its Saturday.
        days = 2 if said.endswith("weekend") else 1
        day = day + timedelta(days=days) if (date.max - day).days >= days else None
    return day if day is not None and day > today else None


_LAST = date.max - timedelta(days=1)

_FEASTS = {
    "christmas": (12, 25, 26),
    "xmas": (12, 25, 26),
    "christmas eve": (12, 24, 24),
    "new year": (1, 1, 1),
    "new year's day": (1, 1, 1),
    "new year's eve": (12, 31, 31),
    "new year's": (1, 1, 1),
}
"""Days that go by a name and fall on the same one each year: the month, the first day and the last."""


def read_calendar_day(text: str) -> CalendarDay | None:
    """Read ``3 May``, ``May 3rd, 1971``, ``2026-11-20``, ``20.11.`` and the like, leaving the year open."""
    if len(text) > _MOST_CHARACTERS:
        return None
    folded = fold(text).removeprefix("on ")
    for form in _CALENDAR_FORMS:
        if match := form.fullmatch(folded):
            return _calendar_day(match)
    return None


def why_no_day(text: str, today: date) -> str:
    """Why a text that is written like a day of the calendar is none; nothing when it isn't, or is one.

    ``31 Feb`` is no day, and ``11/5`` could be two.
    """
    said = text.strip()
    if len(said) > _MOST_CHARACTERS or read_day(said, today, prefer="past") is not None:
        return ""
    match = next(
        (m for form in _CALENDAR_FORMS if (m := form.fullmatch(fold(said).removeprefix("on ")))), None
    )
    if match is None:
        return ""
    found = match.groupdict()
    if not found.get("first"):
        return f"{said} is no day."
    first, second = int(found["first"]), int(found["second"])
    if not (1 <= first <= 12 and 1 <= second <= 12):
        return f"{said} is no day." if max(first, second) <= 31 else ""
    year = f" {found['year']}" if found.get("year") else ""
    one, other = (
        f"{day} {_MONTHS[month - 1].title()}{year}" for day, month in ((first, second), (second, first))
    )
    return f"{said} could be two days; write {one} or {other}."


def read_time(text: str) -> time | None:
    """Read a time of day: ``14:30``, ``2pm``, ``2:30 pm``, ``noon``, ``midnight``."""
    folded = fold(text[:_MOST_CHARACTERS]).replace(".m.", "m")
    if folded in _NAMED_TIMES:
        return _NAMED_TIMES[folded]
    match = _CLOCK.fullmatch(folded)
    if match is None or (match["minute"] is None and match["half"] is None):
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_moment(text: str, today: date, *, prefer: Direction) -> Moment | None:
    """Read a day, a time, or a day with a time: ``fri 14:30``, ``yesterday at 2pm``, ``noon``."""
    if (day := read_day(text, today, prefer=prefer)) is not None:
        return Moment(day)
    if (clock := read_time(text)) is not None:
        return Moment(clock=clock)
    for form in (_DAY_THEN_TIME, _TIME_THEN_DAY):
        if match := form.fullmatch(text[:_MOST_CHARACTERS].strip()):
            day = read_day(match["day"], today, prefer=prefer)
            clock = read_time(match["time"])
            if day is not None and clock is not None:
                return Moment(day, clock)
    return None


def leading_day(text: str, today: date, *, prefer: Direction) -> tuple[date, int] | None:
    """The longest date that a text begins with.

    Returns:
        The day, and where its words end in the text; None when it begins with no date.
    """
    ends: list[int] = []
    for word in _WORD.finditer(text):
        if len(ends) == _LONGEST or not _could_be_dated(word[0]):
            break
        ends.append(word.end())
        if word[0][-1] in _CLOSING:
            break
    for end in reversed(ends):
        if (found := _read_closed(text[:end], today, prefer)) is not None:
            day, length = found
            return day, length
    return None


def trailing_day(text: str, today: date, *, prefer: Direction) -> tuple[date, int] | None:
    """The longest date that a text ends with.

    Returns:
        The day, and where its words start in the text; None when it ends with no date.
    """
    starts: list[int] = []
    for word in reversed(list(_WORD.finditer(text, max(0, len(text) - _MOST_CHARACTERS)))):
        if len(starts) == _LONGEST or not _could_be_dated(word[0]):
            break
        starts.append(word.start())
    for start in reversed(starts):
        if (found := _read_closed(text[start:], today, prefer)) is not None:
            return found[0], start
    return None


# What the words are made of.

_MOST_CHARACTERS = 80
"""No date is longer; what is longer is not looked at."""

_CLOSING = ",;:.!?)"

_WORD = pattern(r"\S+")

_CLOCK = pattern(r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>am|pm)?")

_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}

TIME = r"(?:[0-9]{1,2}:[0-9]{2}(?:\s?[ap]\.?m\b\.?)?|[0-9]{1,2}\s?[ap]\.?m\b\.?|noon|midday|midnight)"
"""The pattern of a time inside a sentence (for ``re.IGNORECASE``)."""

_DAY_THEN_TIME = pattern(rf"(?P<day>.+?),?\s+(?:at\s+)?(?P<time>{TIME})", re.IGNORECASE)
_TIME_THEN_DAY = pattern(rf"(?:at\s+)?(?P<time>{TIME}),?\s+(?P<day>.+)", re.IGNORECASE)

_YEAR = r"(?P<year>[0-9]{4})"
_ORDINAL = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_ON_WEEKDAY = rf"(?:(?P<weekday>{_WEEKDAY})\.?,? )?"
_CALENDAR_FORMS = tuple(
    pattern(form)
    for form in (
        rf"{_ON_WEEKDAY}(?:the )?{_ORDINAL}\.? ?(?:of )?(?P<month>{_MONTH})\.?(?:,? {_YEAR})?",
        rf"{_ON_WEEKDAY}(?P<month>{_MONTH})\.? (?:the )?{_ORDINAL}(?:,? {_YEAR})?",
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})",
        rf"{_ON_WEEKDAY}(?P<day>[0-9]{{1,2}})\. ?(?P<month>[0-9]{{1,2}})\.(?: ?{_YEAR})?",
        rf"(?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})(?:/{_YEAR})?",
    )
)

WRITTEN_DATE = pattern(
    rf"\b[0-9]{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?:{_MONTH})\b|\b(?:{_MONTH})\.?\s+(?:the\s+)?[0-9]{{1,2}}(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
"""Finds a day with its month inside a sentence, where ``May`` and ``June`` are no people."""


_DATE_WORD = pattern(
    rf"{_WEEKDAY}|{_MONTH}|{'|'.join(_UNITS)}|a|an|couple|the|on|in|of|ago|from|now|this|last|past|next|end"
    rf"|before|after|today|tonight|tomorrow|yesterday|{_PART_OF_DAY}"
    r"|(?:day|week|weekend|fortnight|month|year)s?"
)
"""Every word that a date can be made of; besides these, only what holds a digit."""


def _date(year: int, month: int, day: int) -> date | None:
    """The day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _could_be_dated(word: str) -> bool:
    """Whether a word can be part of a date: cheap, since every word of a line is asked."""
    bare = word.strip(_CLOSING).lower()
    return _DATE_WORD.fullmatch(bare) is not None or any(c in "0123456789" for c in bare)


def _read_closed(text: str, today: date, prefer: Direction) -> tuple[date, int] | None:
    """Read a date that punctuation may follow: the day, and its length without what closes it.

    As it stands first, since the dot of ``12.6.`` belongs to it.
    """
    for candidate in dict.fromkeys((text, text.rstrip(_CLOSING))):
        if (day := read_day(candidate, today, prefer=prefer)) is not None:
            return day, len(candidate.rstrip(",;:!?)"))
    return None


def _calendar_day(match: re.Match[str]) -> CalendarDay | None:
    found = match.groupdict()
    if found.get("first"):
        pair = _day_and_month(int(found["first"]), int(found["second"]))
        if pair is None:
            return None
        day, month = pair
    else:
        day, month = int(found["day"]), _month(found["month"])
    year = int(found["year"]) if found.get("year") else None
    leap_or_said = 2000 if year is None else year
    if (exact := _date(leap_or_said, month, day)) is None:
        return None
    named = found.get("weekday")
    if named and (year is None or exact.weekday() != _weekday(named)):
        return None
    return CalendarDay(month, day, year)


def _day_and_month(first: int, second: int) -> tuple[int, int] | None:
    """Which of two numbers is the day: the one that no month has; None when both could be."""
    if first > 12 or first == second:
        return first, second
    return (second, first) if second > 12 else None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS.index(text[:3]) + 1


def _weekday(text: str) -> int:
    return _WEEKDAYS.index(text[:3])


def _number(text: str) -> int:
    return _NUMBERS[text] if text in _NUMBERS else int(text)


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _after(today: date, number: int, unit: str) -> date:
    """The day so many units after today; ``unit`` by its first letters."""
    if unit.startswith("d"):
        return today + relativedelta(days=number)
    if unit.startswith("w"):
        return today + relativedelta(weeks=number)
    if unit.startswith("f"):
        return today + relativedelta(weeks=2 * number)
    if unit.startswith("m"):
        return today + relativedelta(months=number)
    return today + relativedelta(years=number)


# The readers: each is one form of date, tried in this order.

_Reader = Callable[[re.Match[str], date, Direction], date | None]
_READERS: list[tuple[re.Pattern[str], _Reader]] = []


def _reads(*forms: str) -> Callable[[_Reader], _Reader]:
    """Enter a function as the reader of some forms."""

    def enter(reader: _Reader) -> _Reader:
        _READERS.extend((pattern(form), reader) for form in forms)
        return reader

    return enter


@_reads(rf"(?:(?P<which>this|last|past|next) )?(?P<weekday>{_WEEKDAY})\.?(?: (?:{_PART_OF_DAY}))?")
def _weekday_near(match: re.Match[str], today: date, prefer: Direction) -> date:
    index = _weekday(match["weekday"])
    if match["which"] == "next":
        return _monday(today) + timedelta(days=7 + index)
    if match["which"] in ("last", "past"):
        return today + relativedelta(days=-1, weekday=weekday(index, -1))
    return today + relativedelta(weekday=weekday(index, -1 if prefer == "past" else 1))


@_reads(
    rf"(?P<weekday>{_WEEKDAY}) (?P<which>last|next) week",
    rf"(?P<which>last|next) week,? (?P<weekday>{_WEEKDAY})",
)
def _weekday_of_week(match: re.Match[str], today: date, prefer: Direction) -> date:
    weeks = 1 if match["which"] == "next" else -1
    return _monday(today) + timedelta(weeks=weeks, days=_weekday(match["weekday"]))


@_reads(r"(?:(?P<which>this|last|next|the) )?weekend")
def _weekend(match: re.Match[str], today: date, prefer: Direction) -> date:
    """Its Saturday; ``last weekend`` is last week's, even on a Sunday."""
    weeks = {"last": -1, "next": 1}.get(match["which"] or "", 0)
    saturday = _monday(today) + timedelta(weeks=weeks, days=5)
    gone = weeks == 0 and saturday < today and prefer == "future"
    return saturday + timedelta(weeks=1) if gone else saturday


@_reads(rf"(?P<count>{_COUNT}) ?(?P<unit>days?|weeks?|fortnights?|months?|years?) ago")
def _ago(match: re.Match[str], today: date, prefer: Direction) -> date:
    return _after(today, -_number(match["count"]), match["unit"])


@_reads(
    rf"in (?P<count>{_COUNT}) ?(?P<unit>days?|weeks?|fortnights?|months?|years?)",
    rf"(?P<count>{_COUNT}) (?P<unit>days?|weeks?|fortnights?|months?|years?) from (?:now|today)",
)
def _ahead(match: re.Match[str], today: date, prefer: Direction) -> date:
    return _after(today, _number(match["count"]), match["unit"])


@_reads(r"\+?(?P<count>[0-9]{1,4}) ?(?P<unit>d|w|mo?|y)")
def _ahead_in_short(match: re.Match[str], today: date, prefer: Direction) -> date | None:
    return _after(today, int(match["count"]), match["unit"]) if prefer == "future" else None


@_reads(r"last (?P<unit>week|month|year)")
def _one_ago(match: re.Match[str], today: date, prefer: Direction) -> date:
    return _after(today, -1, match["unit"])


@_reads(r"next (?P<unit>week|month|year)")
def _start_of_next(match: re.Match[str], today: date, prefer: Direction) -> date:
    if match["unit"] == "week":
        return _monday(today) + timedelta(weeks=1)
    if match["unit"] == "month":
        return today + relativedelta(months=1, day=1)
    return today + relativedelta(years=1, month=1, day=1)


@_reads(r"(?:the )?end of (?:(?P<which>the|this|next) )?(?P<unit>week|month|year)")
def _end_of(match: re.Match[str], today: date, prefer: Direction) -> date:
    """A week's end is its Friday: what is promised by then is promised for the working week."""
    step = 1 if match["which"] == "next" else 0
    if match["unit"] == "month":
        return today + relativedelta(months=step, day=31)
    if match["unit"] == "year":
        return today + relativedelta(years=step, month=12, day=31)
    friday = _monday(today) + timedelta(weeks=step, days=4)
    gone = friday < today and prefer == "future"
    return friday + timedelta(weeks=1) if gone else friday


@_reads(rf"(?:the )?end of (?P<month>{_MONTH})(?: {_YEAR})?")
def _end_of_month(match: re.Match[str], today: date, prefer: Direction) -> date | None:
    month = _month(match["month"])
    if match["year"]:
        return date(int(match["year"]), month, 1) + relativedelta(day=31)
    first = CalendarDay(month, 1).nearest(today + relativedelta(day=1), prefer)
    return first + relativedelta(day=31) if first else None


@_reads(r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)")
def _day_of_month(match: re.Match[str], today: date, prefer: Direction) -> date | None:
    step = -1 if prefer == "past" else 1
    for months in range(3):
        first = today + relativedelta(months=step * months, day=1)
        day = _date(first.year, first.month, int(match["day"]))
        if day is not None and (day - today).days * step >= 0:
            return day
    return None


@_reads(*(form.pattern for form in _CALENDAR_FORMS))
def _calendar(match: re.Match[str], today: date, prefer: Direction) -> date | None:
    if (written := _calendar_day(match)) is not None:
        return written.nearest(today, prefer)
    return _named_weekday_near(match, today, prefer)


def _named_weekday_near(match: re.Match[str], today: date, prefer: Direction) -> date | None:
    """``Fri 12 Jun`` without a year: the nearest 12 June, if it is a Friday; else it is a slip of the pen."""
    found = match.groupdict()
    if not found.get("weekday") or found.get("year"):
        return None
    day = CalendarDay(_month(found["month"]), int(found["day"])).nearest(today, prefer)
    return day if day is not None and day.weekday() == _weekday(found["weekday"]) else None
