"""When it happened: the day and the time that the sentence of a log line says."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from netcrm.domain.dates import TIME, leading_day, read_moment, read_time, trailing_day
from netcrm.domain.logline.words import FULL_STOP, KIND_WORDS, PERSON, WEEKDAYS
from netcrm.domain.patterns import pattern
from netcrm.domain.values import dataclass

_PIECE_END = pattern(rf"[;!?(]|{FULL_STOP}|:(?=\s|$)|,(?!\s*(?:and\s+)?{PERSON})(?=\s|$)|\s[-–—]\s")
"""Where a clause of the sentence ends; the commas of a list of names end none."""

_ON = pattern(r"\bon\s+(?=\S)", re.IGNORECASE)
_NOT_ITS_DAY = pattern(
    r"\b(?:by|until|till|since|from|before|after|about|for|of|to|every|is|was|in)\s*$", re.IGNORECASE
)
"""After these a date at the end is part of what is told: ``a ticket for Friday``."""

_PLAN = pattern(r"\b(?:he|she|they|who|that|will|is|are)\b", re.IGNORECASE)
"""With these before it, a date ahead is somebody's plan rather than the day of the line."""

_OWN_PLAN = pattern(
    rf"\s*(?:(?:{PERSON}+\s*(?:,|&|and\b)\s*)*(?:I|we)\s+)?(?:will|shall|am|are|going)\b", re.IGNORECASE
)
"""A plan of mine, which is about the day all the same: ``Hank and I will have lunch next Tuesday``."""

_AT_TIME = pattern(rf"\bat\s+(?P<time>{TIME})", re.IGNORECASE)
_CLOSING_TIME = pattern(rf"(?:,|\s+at)?\s+(?P<time>{TIME})\s*$", re.IGNORECASE)
_BARE_HOUR = pattern(r"\s+at\s+[0-9]{1,2}\s*$", re.IGNORECASE)
"""``tomorrow at 10``: which half of the day is not said, so it is no time, but a day may stand before."""

_LONGEST_TIME = len("  at 12:30 p.m.") + 9
"""Characters from the end in which a closing time is looked for."""

_GOES_ON = pattern(rf"\s*(?:(?P<comma>[,:])|(?:I|we)\b|{PERSON})", re.IGNORECASE)

_CANT_BE_PLANNED = frozenset(("met", "call", "event"))
"""The kinds that can't be logged before they happen; a note may well tell of tomorrow."""


@dataclass(frozen=True, slots=True)
class When:
    """The day and the time that the sentence says.

    Attributes:
        at: Where the words stand, for colouring.
        gone: Which of them leave the text: ``yesterday`` would be wrong tomorrow.
        ahead: A day still to come that the sentence seems to be about, instead of a day.
    """

    day: date | None = None
    clock: time | None = None
    at: tuple[tuple[int, int], ...] = ()
    gone: tuple[tuple[int, int], ...] = ()
    ahead: date | None = None

    def ahead_of(self, kind: str) -> date | None:
        """The day still to come of what is told as done: ``lunch with Hank tomorrow``."""
        return self.ahead if kind in _CANT_BE_PLANNED else None


def read_when(story: str, today: date) -> When:
    """Find the day of what is told.

    The words at the beginning or the end of the first clause, or ``on 3 May`` inside it, or a clause that is
    nothing but a day. What further clauses tell of other days is theirs.

    Args:
        story: The line with everything but the sentence blanked, and names filled by `PERSON`.
        today: The day it is written on.
    """
    pieces = [(start, end) for start, end in _pieces(story) if story[start:end].strip()]
    if not pieces:
        return When()
    first = pieces[0]
    when = (
        _at_start(story, *first, today)
        or _at_end(story, *first, today)
        or _on(story, *first, today)
        or _alone(story, pieces[1:], today)
        or When()
    )
    timed = _AT_TIME.search(story, *first) if when.clock is None else None
    clock = read_time(timed["time"]) if timed else None
    return replace(when, clock=clock, at=(*when.at, timed.span())) if timed and clock else when


def _pieces(story: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _PIECE_END.finditer(story):
        yield start, stop.start()
        start = stop.end()
    yield start, len(story)


def _at_start(story: str, start: int, end: int, today: date) -> When | None:
    """``Yesterday, coffee with Hank``; but not ``Sunday roast with Hank``."""
    begin = end - len(story[start:end].lstrip())
    # With the comma that ends the clause: it shows that these words stand apart.
    found = leading_day(story[begin : end + 1], today, prefer="past")
    if found is None:
        return None
    day, stop = found[0], begin + found[1]
    if day > today:
        return When(ahead=day, at=((begin, stop),))
    goes_on = _GOES_ON.match(story, stop)
    if goes_on is None and KIND_WORDS.match(story, stop + 1) is None:
        return None if WEEKDAYS.fullmatch(story, begin, stop) else When(day, at=((begin, stop),))
    gone = goes_on.end() if goes_on is not None and goes_on["comma"] else stop
    return When(day, at=((begin, stop),), gone=((begin, gone),))


def _at_end(story: str, start: int, end: int, today: date) -> When | None:
    """``coffee with Hank yesterday``, ``Called Amara last Friday at 2pm``, ``… at 2pm last Friday``."""
    hour = _BARE_HOUR.search(story, max(start, end - _LONGEST_TIME), end)
    stop = start + len(story[start : hour.start() if hour else end].rstrip())
    timed = _closing_time(story, start, stop)
    found = trailing_day(story[start : timed.start() if timed else stop], today, prefer="past")
    if found is None:
        return None
    day, at = found[0], start + found[1]
    if timed is None and (timed := _closing_time(story, start, at)) is not None:
        at = timed.start()
    clock = read_time(timed["time"]) if timed else None
    stays = story[at:stop].lstrip().lower().startswith("on ")
    if (timed and clock is None) or (not stays and _NOT_ITS_DAY.search(story, start, at)):
        return None
    if day > today:
        theirs = _PLAN.search(story, start, at) and not _OWN_PLAN.match(story, start, at)
        return None if theirs else When(ahead=day, at=((at, stop),))
    return When(day, clock, ((at, stop),), () if stays else ((at, stop),))


def _closing_time(story: str, start: int, end: int) -> re.Match[str] | None:
    return _CLOSING_TIME.search(story, max(start, end - _LONGEST_TIME), end)


def _on(story: str, start: int, end: int, today: date) -> When | None:
    """``Lunch with Grace on 3 May: it rained``: the words stay, since they are part of the sentence."""
    for on in _ON.finditer(story, start, end):
        found = leading_day(story[on.end() : end], today, prefer="past")
        if found is not None and found[0] <= today:
            return When(found[0], at=((on.start(), on.end() + found[1]),))
    return None


def _alone(story: str, pieces: list[tuple[int, int]], today: date) -> When | None:
    """``coffee with Hank, great fun, yesterday``: a clause that is nothing but a day, and its comma."""
    for start, end in pieces:
        moment = read_moment(story[start:end], today, prefer="past")
        if moment is not None and moment.day is not None and moment.day <= today:
            return When(moment.day, moment.clock, ((start, end),), ((max(0, start - 1), end),))
    return None
