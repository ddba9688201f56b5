"""What happened, in a log line: its day and time, its kind, its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from netcrm.domain.dates import TIME, leading_day, read_moment, read_time, trailing_day
from netcrm.domain.logmarks import fill
from netcrm.domain.logwords import (
    FULL_STOP,
    KIND_WORDS,
    NO_PLACE_AFTER,
    PARTICLES,
    PERSON,
    STOP_WORDS,
    WEEKDAYS,
    WITH_SOMEONE,
)

_PIECE_END = re.compile(rf"[;!?(]|{FULL_STOP}|:(?=\s|$)|,(?!\s*(?:and\s+)?{PERSON})(?=\s|$)|\s[-–—]\s")
"""Where a clause of the sentence ends; the commas of a list of names end none."""

_ON = re.compile(r"\bon\s+(?=\S)", re.IGNORECASE)
_NOT_ITS_DAY = re.compile(
    r"\b(?:by|until|till|since|from|before|after|about|for|of|to|every|is|was|in)\s*$", re.IGNORECASE
)
"""After these a date at the end is part of what is told: ``a ticket for Friday``."""

_SOMEONE_ELSES = re.compile(r"\b(?:he|she|they|who|that|will|is|are)\b", re.IGNORECASE)
"""With these before it, a date ahead is somebody's plan rather than the day of the line."""

_AT_TIME = re.compile(rf"\bat\s+(?P<time>{TIME})", re.IGNORECASE)
_TIME_AT_END = re.compile(rf"(?:^|\s)(?P<time>{TIME})\s*$", re.IGNORECASE)
_GOES_ON = re.compile(rf"\s*(?:(?P<comma>[,:])|(?:I|we)\b|{PERSON})", re.IGNORECASE)

_AT_PLACE = re.compile(r"\bat\s+(?:the\s+)?(?=[^\W\d_])", re.IGNORECASE)
_PLACE_WORD = re.compile(r"[^\s,;:.#*!?()\"]+")

_HAPPENS = frozenset(
    ("met", "call", "message", "event", "learned", "taught", "gave", "received", "asked", "introduced")
)
"""The kinds of which ``at Acme`` says where; in a note it rather says where someone works."""

_CONTACT = frozenset(("met", "call", "event"))
"""The kinds that can't be logged before they happen."""


@dataclass(frozen=True, slots=True)
class When:
    """The day and the time that the sentence says.

    Attributes:
        at: Where the words stand, for colouring.
        gone: Whether its words leave the text: ``yesterday`` would be wrong tomorrow.
        ahead: A day still to come that the sentence seems to be about.
    """

    day: date | None = None
    clock: time | None = None
    at: tuple[tuple[int, int], ...] = ()
    gone: tuple[tuple[int, int], ...] = ()
    ahead: date | None = None


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
    first, *others = pieces
    found = _at_start(story, *first, today) or _at_end(story, *first, today) or _on(story, *first, today)
    if found is None or (found.day is None and found.ahead is None):
        for start, end in others:
            moment = read_moment(story[start:end], today, prefer="past")
            if moment is not None and moment.day is not None and moment.day <= today:
                at = ((start, end),)
                found = When(moment.day, moment.clock, at, ((max(0, start - 1), end),))
                break
    found = found or When()
    if found.clock is None and (clock := _AT_TIME.search(story, *first)) is not None:
        found = When(found.day, read_time(clock["time"]), (*found.at, clock.span()), found.gone, found.ahead)
    return found


def _pieces(story: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _PIECE_END.finditer(story):
        yield start, stop.start()
        start = stop.end()
    yield start, len(story)


def _at_start(story: str, start: int, end: int, today: date) -> When | None:
    """``Yesterday, coffee with Hank``; but not ``Sunday roast with Hank``."""
    begin = end - len(story[start:end].lstrip())
    # The comma that ends the clause is what shows that these words stand apart.
    found = leading_day(story[begin : end + 1], today, prefer="past")
    if found is None or found[0] > today:
        return None
    day, stop = found[0], begin + found[1]
    goes_on = _GOES_ON.match(story, stop)
    said = KIND_WORDS.match(story, stop + 1)
    words = story[begin:stop]
    if goes_on is None and said is None:
        return None if WEEKDAYS.fullmatch(words) else When(day, at=((begin, stop),))
    after = goes_on.end() if goes_on is not None and goes_on["comma"] else stop
    return When(day, at=((begin, stop),), gone=((begin, after),))


def _at_end(story: str, start: int, end: int, today: date) -> When | None:
    """``coffee with Hank yesterday``, ``Called Amara last Friday at 2pm``."""
    text = story[start:end].rstrip()
    stop = start + len(text)
    clock: time | None = None
    if (timed := _TIME_AT_END.search(text)) is not None:
        clock = read_time(timed["time"])
        text = re.sub(r"(?:\s+at|,)\s*$", "", text[: timed.start()], flags=re.IGNORECASE).rstrip()
    found = trailing_day(text, today, prefer="past")
    if found is None:
        return None
    day, at = found[0], start + found[1]
    if clock is None and (timed := _TIME_AT_END.search(story, start, at)) is not None:
        clock = read_time(timed["time"])
        at = timed.start() if clock else at
    words = story[at:stop]
    on = re.match(r"\s*on\b", words, re.IGNORECASE)
    if on is None and _NOT_ITS_DAY.search(story, start, at):
        return None
    if day > today:
        plan = _SOMEONE_ELSES.search(story, start, at)
        return None if plan else When(ahead=day, at=((at, stop),))
    if on is not None:
        return When(day, clock, ((at, stop),))
    # "at" before the time stays in front of the cut when the time comes first: "at 2pm yesterday".
    cut = at - len(re.search(r"(?:\s+at)?\s*$", story[start:at], re.IGNORECASE)[0]) if clock else at  # type: ignore[index]
    return When(day, clock, ((at, stop),), ((cut, stop),))


def _on(story: str, start: int, end: int, today: date) -> When | None:
    """``Lunch with Grace on 3 May: it rained``: the words stay, since they are part of the sentence."""
    for on in _ON.finditer(story, start, end):
        found = leading_day(story[on.end() : end], today, prefer="past")
        if found is not None and found[0] <= today:
            return When(found[0], at=((on.start(), on.end() + found[1]),))
    return None


def is_ahead_of(when: When, kind: str) -> bool:
    """Whether the sentence tells as done what is still to come: ``lunch with Hank tomorrow``."""
    return when.ahead is not None and kind in _CONTACT


def read_kind(story: str) -> tuple[str, tuple[int, int] | None]:
    """The kind that the sentence says, and where; a note when it says none and nobody was with you."""
    found = KIND_WORDS.search(story)
    if found is not None and found.lastgroup is not None:
        return found.lastgroup.replace("_", " "), _without_names(story, *found.span())
    return ("met", None) if WITH_SOMEONE.search(story) else ("note", None)


def _without_names(story: str, start: int, end: int) -> tuple[int, int]:
    """The part of a match that is words: ``sent me`` of ``Grace sent me``."""
    text = story[start:end]
    words = text.strip(PERSON + " ").split(PERSON)[0]
    begin = start + text.index(words)
    return begin, begin + len(words.rstrip())


def read_place(story: str, kind: str) -> tuple[str, tuple[int, int]] | None:
    """``at Café Lisboa``: capitalised words after ``at`` that are no person."""
    if kind not in _HAPPENS:
        return None
    for at in _AT_PLACE.finditer(story):
        before = story[max(0, at.start() - 20) : at.start()].split()
        if before and before[-1].lower() in NO_PLACE_AFTER:
            continue
        end = _place_end(story, at.end())
        if end is not None:
            return story[at.end() : end], (at.end(), end)
    return None


def _place_end(story: str, start: int) -> int | None:
    """Where a run of capitalised words ends; particles and numbers may stand inside it."""
    end: int | None = None
    at = start
    for word in _PLACE_WORD.finditer(story, start):
        bare = word[0]
        if story[at : word.start()].strip() or "\n" in story[at : word.start()] or bare[0] in PERSON:
            break
        capital = bare[0].isupper() or (not bare[0].islower() and bare[0].isalpha())
        inside = end is not None and (
            bare.lower() in PARTICLES or bare in ("of", "the", "&", "and") or bare.isdecimal()
        )
        if capital and not (end is not None and bare.lower() in STOP_WORDS):
            end = word.end()
        elif not inside:
            break
        at = word.end()
        if word.start() - start > 60:
            break
    return end


def blank(story: str, stretches: Iterator[tuple[int, int]]) -> str:
    """The story with some stretches blanked."""
    for start, end in stretches:
        story = fill(story, start, end)
    return story
