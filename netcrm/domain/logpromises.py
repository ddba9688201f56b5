"""The gives in a log line: ``I'll send Amara the paper by Friday``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from netcrm.domain.dates import leading_day, trailing_day
from netcrm.domain.logwords import GIVE_WORDS, LINK, PERSON

_I_WILL = r"I(?:['’]ll|\s+will|(?:\s+have|['’]ve)?\s+promised|\s+promise|\s+owe)"
_NO_GIVE = r"(?!\s+(?:never|always|be|have|miss|see|think|remember|admit|say)\b)"
_TO_SOMEONE = rf"(?:him|her|them|{PERSON}+)"

OPENER = re.compile(
    rf"""(?:{_I_WILL}{_NO_GIVE}
    |promised?\s+(?={_TO_SOMEONE}|to\b)
    |(?:owe|remember\s+to|don['’]t\s+forget\s+to)
    |(?:todo|to\ do|give|remember|promised?):)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a promise begins with."""

BREAK_BEFORE = rf"{_I_WILL}{_NO_GIVE}\b|promised\s+{_TO_SOMEONE}"
"""What a promise begins with that goes on after ``and`` or a comma, where only a clear one counts.

In ``Amara called and promised to send a card`` the promise is hers.
"""

_WEAK = re.compile(r"todo|to do|give|remember|don['’]t|owe", re.IGNORECASE)
"""Openers that nobody heard: what they add was not promised."""

_BY = re.compile(r"\b(?:by|before|until|till|on|due)\s+(?=\S)", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:him|her|them)\b", re.IGNORECASE)
_TO_PERSON_FIRST = re.compile(rf"\s*(?:to\s+)?(?P<who>{_TO_SOMEONE})\s+(?P<to>to\s+|that\s+)?", re.IGNORECASE)
_LEAD_IN = re.compile(r"\s*(?:to\s+|that\s+)?(?:I(?:['’]ll|['’]d|\s+will|\s+would)\s+)?", re.IGNORECASE)
_ADVERB = re.compile(r"(?:also|then|gladly|definitely|soon|still)\s+", re.IGNORECASE)
_LIST = rf"(?:my\s+friend\s+)?{_TO_SOMEONE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*){_TO_SOMEONE})*"
_AFTER_VERB = re.compile(rf"(?P<verb>\w+(?:-\w+)?)\s+(?P<who>{_LIST})(?P<after>\s+|$)", re.IGNORECASE)
_AT_END = re.compile(rf"\s+(?:to|for)\s+(?P<who>{_LIST})\s*[.!]?\s*$", re.IGNORECASE)
_NO_OBJECT = re.compile(
    r"(?:about|on|with|for|to|at|in|if|whether|that|when|from|of|and|or|up|back|again|into)\b|$",
    re.IGNORECASE,
)
"""What follows a name that is itself the object: ``call Hank about the slides`` needs his name."""

_TO_ME = re.compile(r"\w+\s+(?:me|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A promise as it stands in the line, before it is known who its people are.

    Attributes:
        words: Where its words are, to be joined: the promise without opener, day and recipient.
        recipients: Places of the names and pronouns it is for; empty when it says nobody in particular.
        pronoun: ``him``, ``her`` or ``them``, where it speaks of someone so; else nothing.
        introduces: Whether everyone it names takes part in it.
        due_at: Where the day stands, for colouring.
    """

    start: int
    end: int
    opener_end: int
    words: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]
    kind: str
    due: date | None
    due_at: tuple[int, int] | None
    promised: bool
    pronoun: str
    introduces: bool


def read_promise(shape: str, start: int, end: int, today: date, *, given: bool | None = None) -> Draft | None:
    """Read one clause as a promise.

    Args:
        shape: The line with names filled by `PERSON`.
        start: Where the clause begins.
        end: Where it ends.
        today: The day it is written on.
        given: What a prefix such as ``todo:`` says of the whole line: that it is a give, and whether it was
            promised; None when there is no such prefix.

    Returns:
        What it says, or None when the clause promises nothing.
    """
    opener = OPENER.match(shape, start, end)
    if opener is None and given is None:
        return None
    opener_end = opener.end() if opener else start
    promised = given if given is not None else _WEAK.match(opener[0]) is None if opener else False
    body = _LEAD_IN.match(shape, opener_end, end)
    at = body.end() if body else opener_end
    recipients: list[tuple[int, int]] = []
    told = _TO_PERSON_FIRST.match(shape, opener_end, end) if opener and _is_told(opener[0]) else None
    if told is not None:
        recipients.append(told.span("who"))
        at = told.end()
        if (lead := _LEAD_IN.match(shape, at, end)) is not None:
            at = lead.end()
    if (adverb := _ADVERB.match(shape, at, end)) is not None:
        at = adverb.end()
    if _TO_ME.match(shape, at, end):
        return None
    due, due_at = _due(shape, at, end, today)
    pieces = _without([(at, end)], [due_at] if due_at else [])
    kind = _kind(shape[at:end])
    if kind != "introduction":
        pieces = _cut_recipients(shape, pieces, recipients)
    words = _without(pieces, [match.span() for match in LINK.finditer(shape, at, end)])
    return Draft(
        start=start,
        end=end,
        opener_end=opener_end,
        words=tuple(words),
        recipients=tuple(recipients),
        kind=kind,
        due=due,
        due_at=due_at,
        promised=promised,
        pronoun=_pronoun(shape, opener_end, end, recipients),
        introduces=kind == "introduction",
    )


def _pronoun(shape: str, start: int, end: int, recipients: Sequence[tuple[int, int]]) -> str:
    """The pronoun it is for; when the grammar shows nobody, any that it speaks with."""
    for stretch in recipients or [(start, end)]:
        if (found := _PRONOUN.search(shape, *stretch)) is not None:
            return found[0].lower()
    return ""


def _is_told(opener: str) -> bool:
    return "promise" in opener.lower() or "owe" in opener.lower()


def _kind(words: str) -> str:
    found = GIVE_WORDS.search(words)
    return found.lastgroup or "help" if found else "help"


def _due(shape: str, start: int, end: int, today: date) -> tuple[date | None, tuple[int, int] | None]:
    """The day by which, and where it stands; the last one if there are several."""
    for by in reversed(list(_BY.finditer(shape, start, end))):
        found = leading_day(shape[by.end() : end], today, prefer="future")
        if found is not None:
            return found[0], (by.start(), by.end() + found[1])
    found = trailing_day(shape[start:end], today, prefer="future")
    if found is None:
        return None, None
    last = len(shape[start:end].rstrip(" ,;:!?")) + start
    return found[0], (start + found[1], last)


def _cut_recipients(
    shape: str, pieces: list[tuple[int, int]], recipients: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Take out whom it is for, where the words read well without: ``send Amara the paper``."""
    if not pieces:
        return pieces
    first, last = pieces[0], pieces[-1]
    verb = _AFTER_VERB.match(shape, *first)
    if verb is not None:
        recipients.append(verb.span("who"))
        if not _NO_OBJECT.match(shape, verb.end(), first[1]):
            return _without(pieces, [(verb.start("who"), verb.end())])
        return pieces
    to = _AT_END.search(shape, *last)
    if to is not None:
        recipients.append(to.span("who"))
        return _without(pieces, [to.span()])
    return pieces


def _without(pieces: Sequence[tuple[int, int]], holes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    left = list(pieces)
    for hole_start, hole_end in holes:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, hole_start)), (max(start, hole_end), end))
            if part[0] < part[1]
        ]
    return left
