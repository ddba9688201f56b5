"""What stands before a colon in a log line: a day, a kind, names; else it is part of the sentence.

A prefix counts only when all of it is understood: ``Lunch with Grace on 3 May: it rained`` and
``https://…`` are sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from netcrm.domain.dates import read_moment, why_no_day
from netcrm.domain.logline.groups import GroupNames
from netcrm.domain.logline.meaning import Mention, Span
from netcrm.domain.logline.names import Names, read_names
from netcrm.domain.logline.occasions import read_occasion
from netcrm.domain.logline.words import GIVE_PREFIXES, JOURNAL_PREFIXES, KIND_PREFIXES, STOP_WORDS
from netcrm.domain.patterns import pattern
from netcrm.domain.people import Named
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

_COLON = pattern(r":(?=\s|$)")
_PART = pattern(r"[^,]+")
_TWO = pattern(r"(?P<first>\S.*?)\s+(?P<second>life\s+event|\S+)\s*")
_CAPITALISED = pattern(r"\s*(?P<name>\S+(?:\s+\S+){0,2})\s*")

_LONGEST = 80
"""Characters before the colon: no day with a kind and some names is longer."""

_MOST = 3
"""Prefixes in a row: ``yesterday: call: Christina: …``."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """What the prefix of a line says.

    Attributes:
        end: Where the sentence begins.
        day_words: The day as it was written, so that a promise can read it as one ahead.
        given: Whether the line is a give, and if so whether it was promised.
        journal: Whether the line is a note of one's own.
    """

    end: int = 0
    day: date | None = None
    day_words: str = ""
    clock: time | None = None
    kind: str = ""
    given: bool | None = None
    mentions: tuple[Mention, ...] = ()
    group: Named | None = None
    journal: bool = False
    spans: tuple[Span, ...] = ()

    @property
    def gives(self) -> bool:
        """Whether it makes a give of the line."""
        return self.given is not None


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what a prefix can name."""

    people: Names
    groups: GroupNames


def read_prefix(bare: str, names: Known, today: date, *, journal: bool = False) -> Prefix:
    """Read the prefix of a line, or the few in a row.

    Args:
        bare: The line with its marks blanked.
        names: Where names are looked up.
        today: The day it is written on.
        journal: Whether it is known already that the line is a note of one's own.
    """
    prefix = Prefix(kind="note", journal=True) if journal else Prefix()
    for _ in range(_MOST):
        colon = _COLON.search(bare, prefix.end, prefix.end + _LONGEST)
        if colon is None:
            break
        longer = _read_head(bare, prefix.end, colon.start(), names, today, prefix)
        if longer is None:
            break
        prefix = replace(longer, end=colon.end())
    return prefix if prefix.end or prefix.journal else _stranger(bare, today)


def unread_day(bare: str, prefix: Prefix, today: date) -> str:
    """Why what stands before the next colon is no day, although it is written like one; else nothing."""
    colon = _COLON.search(bare, prefix.end, prefix.end + _LONGEST)
    if colon is None:
        return ""
    head = bare[prefix.end : colon.start()]
    return next((why for part in (head, *head.split(",")) if (why := why_no_day(part, today))), "")


def _read_head(bare: str, start: int, end: int, names: Known, today: date, prefix: Prefix) -> Prefix | None:
    """Add what one head says; None when a part of it says nothing, or says again what is said already."""
    whole = _read_part(bare, start, end, names, today, prefix)
    if whole is not None:
        return whole
    grown: Prefix | None = prefix
    for part in _PART.finditer(bare, start, end):
        grown = grown and _read_part(bare, *part.span(), names, today, grown)
    return grown


def _read_part(bare: str, start: int, end: int, names: Known, today: date, prefix: Prefix) -> Prefix | None:
    text = bare[start:end]
    begin, stop = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    if begin >= stop:
        return None
    for first, last in _halves(bare, begin, stop):
        said = _read_word(bare, *first, names, today, prefix)
        if said is not None and last is not None:
            said = _read_word(bare, *last, names, today, said)
        if said is not None:
            return said
    return None


def _halves(bare: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], tuple[int, int] | None]]:
    """The part as it is, then cut before its last word: ``yesterday call``."""
    yield (start, end), None
    two = _TWO.fullmatch(bare, start, end)
    if two is not None and fold(two["second"]) in KIND_PREFIXES:
        yield two.span("first"), two.span("second")


def _read_word(bare: str, start: int, end: int, names: Known, today: date, prefix: Prefix) -> Prefix | None:
    text = bare[start:end]
    word = fold(text)
    if word in KIND_PREFIXES:
        journal = word in JOURNAL_PREFIXES
        if prefix.kind or (journal and (prefix.mentions or prefix.group or prefix.gives)):
            return None
        spans = (*prefix.spans, Span(start, end, "kind"))
        return replace(prefix, kind=KIND_PREFIXES[word], journal=journal, spans=spans)
    if word in GIVE_PREFIXES and not prefix.journal:
        span = Span(start, end, "give")
        return replace(prefix, given=GIVE_PREFIXES[word], spans=(*prefix.spans, span))
    moment = read_moment(text, today, prefer="past")
    if moment is not None:
        if (moment.day and prefix.day) or (moment.clock and prefix.clock):
            return None
        return replace(
            prefix,
            day=moment.day or prefix.day,
            day_words=text if moment.day else prefix.day_words,
            clock=moment.clock or prefix.clock,
            spans=(*prefix.spans, Span(start, end, "day")),
        )
    if prefix.journal:
        return None
    found = read_names(text, start, names.people)
    if found is not None:
        return replace(prefix, mentions=(*prefix.mentions, *found))
    group = None if prefix.group else names.groups.called(text)
    span = Span(start, end, "group")
    return replace(prefix, group=group, spans=(*prefix.spans, span)) if group else None


def _stranger(bare: str, today: date) -> Prefix:
    """``Zed: daughter Ana graduates 12 Jun``: before an occasion a name must stand, even one nobody has."""
    colon = _COLON.search(bare, 0, _LONGEST)
    if colon is None or (name := _CAPITALISED.fullmatch(bare, 0, colon.start())) is None:
        return Prefix()
    words = name["name"].split()
    if any(not word[0].isupper() or word.lower() in STOP_WORDS for word in words):
        return Prefix()
    body = re.compile(r"[^;]*").match(bare, colon.end())
    if body is None or read_occasion(bare, bare, colon.end(), body.end(), today) is None:
        return Prefix()
    start, end = name.span("name")
    return Prefix(end=colon.end(), mentions=(Mention(text=bare[start:end], start=start, end=end),))
