"""The clauses of a log line: each is a promise, an occasion, or part of the story."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from netcrm.domain.logline.occasions import Draft as OccasionDraft
from netcrm.domain.logline.occasions import read_occasion, unread_occasion
from netcrm.domain.logline.promises import ANOTHER, BREAK_BEFORE, read_promise, unread_due
from netcrm.domain.logline.promises import Draft as PromiseDraft
from netcrm.domain.logline.words import FULL_STOP

_BREAK = re.compile(
    rf""";
    |(?:{FULL_STOP}|[!?](?=\s))\s+
    |(?:,\s*(?:(?:and|but|so)\s+)?|(?<=\s)[-–—]\s+|\b(?:and|but|so)\s+|:\s+)(?={BREAK_BEFORE})""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(slots=True)
class Clauses:
    """What the clauses of a line are.

    Attributes:
        story: Where what happened is told; clauses that stand side by side are one stretch.
        problems: Why the day of a promise or an occasion is none.
    """

    promises: list[PromiseDraft] = field(default_factory=list)
    occasions: list[OccasionDraft] = field(default_factory=list)
    story: list[tuple[int, int]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_clauses(line: str, shape: str, start: int, today: date, *, given: bool | None) -> Clauses:
    """Split a line into its clauses and read each.

    Args:
        line: The line as it was typed.
        shape: The line with marks blanked and names filled by `netcrm.domain.logline.words.PERSON`.
        start: Where the sentence begins, behind the prefix.
        today: The day it is written on.
        given: What a prefix such as ``todo:`` says of the first clause.
    """
    clauses = Clauses()
    joined = False
    for begin, end in _split(line, shape, start):
        promises = _promises(shape, begin, end, today, given)
        given = None
        if promises:
            clauses.promises += promises
            unread = (
                unread_due(shape, draft.opener_end, draft.end, today)
                for draft in promises
                if draft.due is None
            )
            clauses.problems += filter(None, unread)
            joined = False
        elif (occasion := read_occasion(line, shape, begin, end, today)) is not None:
            clauses.occasions.append(occasion)
            joined = False
        else:
            if why := unread_occasion(shape, begin, end, today):
                clauses.problems.append(why)
            if joined:
                clauses.story[-1] = (clauses.story[-1][0], end)
            else:
                clauses.story.append((begin, end))
            joined = True
    return clauses


def _promises(shape: str, start: int, end: int, today: date, given: bool | None) -> list[PromiseDraft]:
    """The promises of one clause: none, or one and those that go on from it."""
    breaks = [match.span() for match in ANOTHER.finditer(shape, start, end)]
    drafts: list[PromiseDraft] = []
    stops = [*(stop for stop, _ in breaks), end]
    for begin, stop in zip([start, *(after for _, after in breaks)], stops, strict=True):
        draft = read_promise(shape, begin, stop, today, given=given)
        if draft is None:
            # What can't be cut is read whole.
            whole = read_promise(shape, start, end, today, given=given) if drafts else None
            return [whole] if whole else []
        given = draft.promised
        drafts.append(draft)
    return drafts


def _split(line: str, shape: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the clauses stand, without the blanks around them; what closes a sentence stays with it.

    The line says where the blanks are: a place that stands at the end is blank in its shape.
    """
    stops = [match.span() for match in _BREAK.finditer(shape, start)]
    ends = [stop + 1 if shape[stop] in ".!?" else stop for stop, _ in stops]
    for begin, end in zip([start, *(after for _, after in stops)], [*ends, len(shape)], strict=True):
        text = line[begin:end]
        if shape[begin:end].strip():
            yield begin + len(text) - len(text.lstrip()), begin + len(text.rstrip())
