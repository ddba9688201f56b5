"""The wants and offers in a log line: ``Hank is looking for a Rust job``, ``Hank: offers pottery lessons``.

Only what goes on being true is one: what is wanted of somebody, or on a day, or is over with a coffee, is
part of the story, and so is whatever is said of the past.
"""

import re
from collections.abc import Iterator
from datetime import date

from netcrm.domain.logline.promises import read_due
from netcrm.domain.logline.words import KIND_WORDS, PERSON
from netcrm.domain.patterns import pattern
from netcrm.domain.values import dataclass

_STILL = r"(?:(?:still|now|also|really|currently|actively|urgently)\s+)*"
_ED = r"(?:is|are|['’]s|['’]re)"

_VERB = rf"""(?:{_STILL}(?:wants?|offers?)\s*:?|{_STILL}(?:seeks?|(?:searches|hopes)\s+for)
    |(?:{_ED}\s+)?{_STILL}(?:looking|searching|hunting)\s+for|{_ED}\s+{_STILL}(?:seeking|in\s+search\s+of|offering)
    |can\s+{_STILL}offer)\s+(?=\S)"""

_PRONOUN = r"(?:she|he|they|who)"

_WISH = pattern(
    rf"""(?:(?P<whom>{PERSON}+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*){PERSON}+)*)|(?P<pronoun>{_PRONOUN})\b)?
    \s*(?P<verb>{_VERB})""",
    re.IGNORECASE | re.VERBOSE,
)

WISH_AHEAD = rf"(?={_PRONOUN}\s*\b{_VERB})"
"""Where a story may go on with what somebody wants: ``coffee with Hank, who wants a Rust job``."""

_ANOTHER = pattern(
    rf"(?:,\s*(?:and\s+)?|\s+and\s+)(?:{_PRONOUN}\s+)?(?P<verb>{_VERB})", re.IGNORECASE | re.VERBOSE
)
"""Where a wish goes on with another: ``wants a Rust job and offers pottery lessons``."""

_NONE = pattern(
    r"""(?:to\b(?!\s+(?:learn|hire|rent|find(?!\s+out))\b)|the\b(?!\s+right\b)
    |(?:me|us|you|it|him|her|his|hers|their|them|theirs|its|my|our|your|myself|this|that|these|those|there
    |nothing|none|no|not|out|in|off|back|everything|anything|something|both|up|down|away|as|and|or|but|if|for
    |on|at|by|thanks|apologies|congratulations|condolences|regrets)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What begins so is of one moment: ``wants me to call``, ``is looking for his keys``, ``offers thanks``."""

_SOON_OVER = pattern(
    r".*\b(?:coffee|tea|beers?|wine|drinks?|break|rest|nap|hug|word|chat|lift|reply|answer|refund|update|favou?r)",
    re.IGNORECASE,
)
"""What ends so is over with the day; as is what ends with a word for being in touch, such as ``a call``."""

_IN_TOUCH = frozenset({"met", "call", "message", "email"})

_STORY_GOES_ON = pattern(
    r"(?:,|\band|\bbut|\bso|\bbecause)\s+(?:I|we|you|she|he|they|it)\b|[?…]", re.IGNORECASE
)
"""What comes behind is told, not wanted: ``wants a job, we talked for an hour``; a question says nothing."""

_LONGEST = 200
"""Characters of a wish; what is longer is a story."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A want or an offer as it stands in the line, before it is known whose it is.

    Attributes:
        start: Where the clause begins.
        end: Where it ends.
        side: One of `netcrm.domain.wants.SIDES`.
        text: Where what is wanted or offered stands.
        at: The same with the word that says so, for colouring.
        whose_at: Where the names stand of those whose it is; None when the clause names nobody.
    """

    start: int
    end: int
    side: str
    text: tuple[int, int]
    at: tuple[int, int]
    whose_at: tuple[int, int] | None


def read_wishes(shape: str, start: int, end: int, today: date, *, first: bool, alone: bool) -> list[Draft]:
    """Read one clause as wants and offers; the whole clause must be that, else it is none.

    Args:
        shape: The line with names filled by `PERSON`.
        start: Where the clause begins.
        end: Where it ends.
        today: The day it is written on.
        first: Whether no clause stands before it.
        alone: Whether the line names one person at most, so that it is clear who ``she`` is.
    """
    wish = _WISH.match(shape, start, end)
    if wish is None or not (wish["whom"] or alone or (first and not wish["pronoun"])):
        return []
    whose = wish.span("whom") if wish["whom"] else None
    drafts: list[Draft] = []
    for (begin, at), stop in _said(shape, wish, end):
        text = (at, at + len(shape[at:stop].rstrip(" .!;,")))
        if not _lasts(shape, *text, today):
            return []
        side = "offer" if "offer" in shape[begin:at].lower() else "want"
        drafts.append(Draft(start, end, side, text, (begin, text[1]), whose))
    return drafts


def _said(shape: str, wish: re.Match[str], end: int) -> Iterator[tuple[tuple[int, int], int]]:
    """Where each word stands that says a side, and where what it says ends."""
    verb = wish.span("verb")
    for another in _ANOTHER.finditer(shape, wish.end(), end):
        yield verb, another.start()
        verb = another.span("verb")
    yield verb, end


def _lasts(shape: str, start: int, end: int, today: date) -> bool:
    """Whether it is something that is wanted or offered for longer than a moment."""
    said = shape[start:end]
    if not said or len(said) > _LONGEST or PERSON in said:
        return False
    if _NONE.match(said) or _STORY_GOES_ON.search(said) or _SOON_OVER.fullmatch(said):
        return False
    if any(kind.end() == len(said) and kind.lastgroup in _IN_TOUCH for kind in KIND_WORDS.finditer(said)):
        return False
    return read_due(shape, start, end, today)[0] is None
