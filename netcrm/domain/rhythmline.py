"""A rhythm and a time away as one says them in a line: ``6w``, ``#scouts monthly``, ``until 10 Jan``."""

import re
from datetime import date

from netcrm.domain.dates import read_day
from netcrm.domain.fields import read_cadence
from netcrm.domain.patterns import pattern
from netcrm.domain.rhythm import Sabbatical
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

_NONE = frozenset({"", "-", "off", "undecided", "no rhythm", "no rhythm yet"})
"""What leaves it open how often to be in touch."""

_AWAY = pattern(
    r"(?:(?:from\s+)?(?P<begin>\S.*?)\s*(?:\s(?:until|till|to)\s|[–—]|\s-\s)\s*|(?:until|till|for|to)\s+)?(?P<end>\S.*)",
    re.I,
)

_BACK = frozenset({"back", "end", "over", "off", "none", "i am back", "i'm back"})


@dataclass(frozen=True, slots=True)
class RhythmLine:
    """A rhythm that is wished for.

    Attributes:
        cadence: Days between contacts, 0 for never, None to leave it open.
        tag: The tag it is for, as it was written; empty for the person alone.
    """

    cadence: int | None
    tag: str = ""


def read_rhythm(text: str) -> RhythmLine:
    """Read a rhythm, of a tag where it begins with one; a tag may be of several words.

    Raises:
        ValueError: If it is no rhythm.
    """
    said = text.strip()
    if not said.startswith("#"):
        return RhythmLine(_cadence(said))
    pieces = said[1:].split()
    for count in range(1, len(pieces)):
        try:
            return RhythmLine(_cadence(" ".join(pieces[count:])), " ".join(pieces[:count]))
        except ValueError:
            continue
    raise ValueError(f"How often, after the tag: {' '.join(['#' + ' '.join(pieces[:1]), 'monthly'])}.")


def read_away(text: str, today: date) -> Sabbatical | None:
    """Read a time away: ``until 10 Jan``, ``2 weeks``, ``from 1 Dec until 10 Jan``; None for being back.

    Raises:
        ValueError: If it is no time that is still to come.
    """
    if fold(text) in _BACK:
        return None
    match = _AWAY.fullmatch(text.strip())
    begin, end = (match["begin"], match["end"]) if match else (None, None)
    from_on = read_day(begin, today, prefer="future") if begin else today
    until_on = _end(end, from_on) if end and from_on else None
    if from_on is None or until_on is None or until_on < max(from_on, today):
        raise ValueError("Not a time to come: until 10 Jan, 2 weeks, from 1 Dec until 10 Jan; or back.")
    return Sabbatical(from_on, until_on)


def _end(text: str, from_on: date) -> date | None:
    """A day, or how long: ``2 weeks`` is in two weeks."""
    day = read_day(text, from_on, prefer="future")
    return day if day is not None else read_day(f"in {text}", from_on, prefer="future")


def _cadence(text: str) -> int | None:
    return None if fold(text) in _NONE else read_cadence(text)
