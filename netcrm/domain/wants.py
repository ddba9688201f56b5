"""Wants and offers: what someone looks for or can give, how a line of them is read, and when it is old."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from netcrm.domain.patterns import pattern
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

SIDES = ("want", "offer")
"""What someone looks for, and what they can give."""

VERBS = {"want": "wants", "offer": "offers"}
"""Each side as one says it of someone."""

TRUE_DAYS = 90
"""Days after which one asks whether it is still true: a quarter is how long a search for a job, a flat or a
speaker tends to last."""

_MARK = pattern(r"(?:^|(?<=[;\s]))(want|offer)s?\s*:", re.IGNORECASE)
"""What begins a side wherever it stands: ``wants:``, ``offer:``."""

_VERB = pattern(r"(want|offer)s\s+(?=\S)", re.IGNORECASE)
"""The same at the beginning of a piece, said as a sentence: ``wants a Rust job``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """What someone wants, or what they offer.

    Attributes:
        id: Unique on its side.
        side: One of `SIDES`.
        created_on: When it was written down (UTC).
        confirmed_on: When it was last known to be true; None where nobody has said so since.
    """

    id: int
    side: str
    text: str
    created_on: date
    confirmed_on: date | None = None

    @property
    def known_on(self) -> date:
        """The day on which it was last known to be true."""
        return self.confirmed_on or self.created_on

    def is_stale(self, today: date) -> bool:
        """Whether it is so long ago that one would ask whether it is still true."""
        return self.known_on < stale_before(today)


@dataclass(frozen=True, slots=True)
class WantDraft:
    """A want or an offer that is to be noted.

    Attributes:
        side: One of `SIDES`.
        day: The day on which it is true.
    """

    person_id: int
    side: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says that someone wants and offers, each once, in its order."""

    wants: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wants or self.offers)

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """Side and text of each, wants first."""
        return [*(("want", text) for text in self.wants), *(("offer", text) for text in self.offers)]


def stale_before(today: date) -> date:
    """What was last known to be true before this day may not be so any more."""
    return today - timedelta(days=TRUE_DAYS)


def read_wants(line: str, *, bare: str = "want") -> Said:
    """Read a line such as ``wants: Rust job; a flat; offers: pottery lessons``.

    A mark holds for what follows it, up to the next; what stands before any is taken for the bare side. Each
    piece between semicolons is one.

    Args:
        line: What was typed.
        bare: The side of a text without a mark.
    """
    said: dict[str, dict[str, str]] = {side: {} for side in SIDES}
    for side, stretch in _stretches(line, bare):
        for piece in stretch.split(";"):
            text = " ".join(piece.split())
            verb = _VERB.match(text)
            where = verb.group(1).lower() if verb else side
            text = text[verb.end() :] if verb else text
            if text:
                said[where].setdefault(fold(text), text)
    return Said(wants=tuple(said["want"].values()), offers=tuple(said["offer"].values()))


def say_wants(pairs: Iterable[tuple[str, str]]) -> str:
    """Sides and texts as a sentence goes on after a name: ``wants a Rust job; a flat and offers a van``."""
    texts: dict[str, list[str]] = {side: [] for side in SIDES}
    for side, text in pairs:
        texts[side].append(text)
    return " and ".join(f"{VERBS[side]} {'; '.join(said)}" for side, said in texts.items() if said)


def _stretches(line: str, bare: str) -> Iterator[tuple[str, str]]:
    """The line cut at its marks: each side with what is said of it."""
    side, start = bare, 0
    for mark in _MARK.finditer(line):
        yield side, line[start : mark.start()]
        side, start = mark.group(1).lower(), mark.end()
    yield side, line[start:]
