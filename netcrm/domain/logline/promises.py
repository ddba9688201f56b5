"""The gives in a log line: ``I'll send Amara the paper by Friday``."""

import re
from collections.abc import Sequence
from datetime import date

from netcrm.domain.dates import leading_day, trailing_day, why_no_day
from netcrm.domain.logline.words import GIVE_WORDS, PERSON
from netcrm.domain.patterns import pattern
from netcrm.domain.values import dataclass

_I_SHOULD = r"I\s+(?:should|must|need\s+to|want\s+to|ought\s+to)|I['’]m\s+going\s+to"
_I_WILL = rf"(?:I(?:['’]ll|\s+will|(?:\s+have|['’]ve)?\s+promised?|\s+owe)|{_I_SHOULD})"
_NO_GIVE = r"(?!\s+(?:never|always|be|have|miss|see|think|remember|admit|say\s+(?!hello|hi))\b)"
_SOMEONE = rf"(?:him|her|them|{PERSON}+)"
_LIST = rf"(?:my\s+friend\s+)?{_SOMEONE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*){_SOMEONE})*"

_VERB = (
    r"(?:call|ring|phone|text|message|e-?mail|mail|write|send|give|lend|show|tell|ask|bring|buy|get|forward|share"
    r"|introduce|invite|help|pay|book|thank|congratulate|recommend|remind|find|teach)"
)
"""What one does for somebody, as it stands after ``will``; ``meet`` is none, it is a plan."""

OPENER = pattern(
    rf"""(?:{_I_WILL}{_NO_GIVE}
    |promised?(?=\s+(?:{_SOMEONE}|to\b))
    |(?:owe|remember\s+to|don['’]t\s+forget\s+to|(?:need|have)\s+to|remind\s+me\s+to){_NO_GIVE}
    |todo(?=\s)|will(?=\s+(?:also\s+)?{_VERB}\b)
    |(?:todo|to\s+do|give|remember|promised?):)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a promise begins with."""

BREAK_BEFORE = rf"{_I_WILL}{_NO_GIVE}\b|promised\s+{_SOMEONE}"
"""What a promise begins with that goes on after ``and`` or a comma, where only a clear one counts.

In ``Amara called and promised to send a card`` the promise is hers.
"""

ANOTHER = pattern(
    rf"(?:,\s*(?:(?:and|then)\s+){{0,2}}|\s(?:and|then)\s+(?:then\s+)?)(?={_VERB}\s+(?:to\s+)?{PERSON})",
    re.IGNORECASE,
)
"""Where a promise goes on with another: ``I'll call Hank, and send Leo the book``."""

_WEAK = pattern(rf"todo|to do|give|remember|don['’]t|owe|need|have|remind|{_I_SHOULD}", re.IGNORECASE)
"""Openers that nobody heard: what they add was not promised."""

_BY = pattern(r"\b(?:by|before|until|till|on|due)\s+(?=\S)", re.IGNORECASE)
_PRONOUN = pattern(r"\b(?:him|her|them)\b", re.IGNORECASE)
_TELLS = pattern(r"promise|owe", re.IGNORECASE)
_TOLD = pattern(rf"\s*(?:to\s+)?(?P<who>{_LIST})(?:\s+(?:to|that)\b)?(?:\s+|$)", re.IGNORECASE)
_LEAD_IN = pattern(
    r"\s*(?:to\s+|that\s+)?(?:I(?:['’]ll|['’]d|\s+will|\s+would)\s+)?"
    r"(?:(?:also|then|gladly|definitely|soon|still)\s+)?",
    re.IGNORECASE,
)
_AFTER_VERB = pattern(rf"\w+(?:-\w+)?\s+(?P<who>{_LIST})(?:\s+|$)", re.IGNORECASE)
_AT_END = pattern(rf"\s+(?:to|for)\s+(?P<who>{_LIST})\s*[.!]?\s*$", re.IGNORECASE)
_NO_OBJECT = pattern(
    r"(?:about|on|with|for|to|at|in|if|whether|that|when|from|of|and|or|up|back|again|into)\b|$",
    re.IGNORECASE,
)
"""What follows a name that is itself the object: ``call Hank about the slides`` needs his name."""

_TO_ME = pattern(r"\w+\s+(?:me|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A promise as it stands in the line, before it is known who its people are.

    Attributes:
        words: Where its words are, to be joined: the promise without opener, day and recipient.
        recipients: Places of the names and pronouns it is for; empty when it says nobody in particular.
        pronoun: ``him``, ``her`` or ``them``, where it speaks of someone so; else nothing.
        introduces: Whether it is an introduction: for the first of whom it speaks, to whom else it names.
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
    told = _TOLD.match(shape, opener_end, end) if opener and _TELLS.search(opener[0]) else None
    at = _skip_lead_in(shape, told.end() if told else opener_end, end)
    if _TO_ME.match(shape, at, end):
        return None
    due, due_at = read_due(shape, at, end, today)
    words = _without([(at, end)], due_at) if due_at else [(at, end)]
    kind = _kind(shape[at:end])
    recipients = [told.span("who")] if told else []
    introduces = kind == "introduction"
    if not introduces:
        words, named = _cut_recipients(shape, words)
        recipients += named
    return Draft(
        start=start,
        end=end,
        opener_end=opener_end,
        words=tuple(words),
        recipients=tuple(recipients),
        kind=kind,
        due=due,
        due_at=due_at,
        promised=given if given is not None else opener is not None and not _WEAK.match(opener[0]),
        pronoun=_pronoun(
            shape, recipients or [(opener_end, _first_name(shape, at, end) if introduces else end)]
        ),
        introduces=introduces,
    )


def unread_due(shape: str, start: int, end: int, today: date) -> str:
    """Why what a promise says it is due by is no day, although it is written like one; else nothing.

    The words up to the longest such date are looked at: ``by 31 Feb 2027``.
    """
    for by in _BY.finditer(shape, start, end):
        words = list(re.finditer(r"[^\s,;!?]+", shape[by.end() : min(end, by.end() + _LONGEST_DATE)]))
        if words and leading_day(shape[by.end() : end], today, prefer="future") is None:
            for last in reversed(words[:4]):
                said = shape[by.end() : by.end() + last.end()].rstrip(".")
                if why := why_no_day(said, today):
                    return why
    return ""


_LONGEST_DATE = len("30th of September, 2027 ")
"""Characters in which a date that is none is looked for."""


def _skip_lead_in(shape: str, at: int, end: int) -> int:
    """Where the verb stands: behind ``to``, ``that I would`` and ``also``."""
    lead_in = _LEAD_IN.match(shape, at, end)
    return lead_in.end() if lead_in else at


def _pronoun(shape: str, stretches: Sequence[tuple[int, int]]) -> str:
    """The first pronoun in some stretches."""
    found = (_PRONOUN.search(shape, *stretch) for stretch in stretches)
    return next((match[0].lower() for match in found if match), "")


def _first_name(shape: str, start: int, end: int) -> int:
    """Where the first name stands; the end when there is none."""
    at = shape.find(PERSON, start, end)
    return end if at < 0 else at


def _kind(words: str) -> str:
    found = GIVE_WORDS.search(words)
    return found.lastgroup or "help" if found else "help"


def read_due(shape: str, start: int, end: int, today: date) -> tuple[date | None, tuple[int, int] | None]:
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
    shape: str, words: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Take out whom it is for, where the words read well without: ``send Amara the paper``.

    Returns:
        The words that are left, and where those stand whom it is for.
    """
    if not words:
        return [], []
    after_verb = _AFTER_VERB.match(shape, *words[0])
    if after_verb is not None:
        who = after_verb.span("who")
        is_object = _NO_OBJECT.match(shape, after_verb.end(), words[0][1])
        return (words if is_object else _without(words, (who[0], after_verb.end()))), [who]
    at_end = _AT_END.search(shape, *words[-1])
    if at_end is not None:
        return _without(words, at_end.span()), [at_end.span("who")]
    return words, []


def _without(stretches: Sequence[tuple[int, int]], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """What is left of some stretches beside a hole."""
    return [
        part
        for start, end in stretches
        for part in ((start, min(end, hole[0])), (max(start, hole[1]), end))
        if part[0] < part[1]
    ]
