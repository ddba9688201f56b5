"""The clauses of a log line: each is a promise, an occasion, what somebody wants or offers, or told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from netcrm.domain.logline.occasions import Draft as OccasionDraft
from netcrm.domain.logline.occasions import read_occasion, unread_occasion
from netcrm.domain.logline.promises import ANOTHER, BREAK_BEFORE, read_promise, unread_due
from netcrm.domain.logline.promises import Draft as PromiseDraft
from netcrm.domain.logline.wishes import WISH_AHEAD, read_wishes
from netcrm.domain.logline.wishes import Draft as WishDraft
from netcrm.domain.logline.words import FULL_STOP
from netcrm.domain.patterns import pattern

_BREAK = pattern(
    rf""";
    |(?:{FULL_STOP}|[!?](?=\s))\s+
    |(?:,\s*(?:(?:and|but|so)\s+)?|(?<=\s)[-–—]\s+|\b(?:and|but|so)\s+|:\s+)(?:(?={BREAK_BEFORE})|{WISH_AHEAD})""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(slots=True)
class Clauses:
    """What the clauses of a line are.

    Attributes:
        wishes: What somebody wants or offers; beside a story it is told, too.
        story: Where what happened is told; clauses that stand side by side are one stretch.
        problems: Why the day of a promise or an occasion is none.
    """

    promises: list[PromiseDraft] = field(default_factory=list)
    occasions: list[OccasionDraft] = field(default_factory=list)
    wishes: list[WishDraft] = field(default_factory=list)
    story: list[tuple[int, int]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_clauses(
    line: str,
    shape: str,
    start: int,
    today: date,
    *,
    given: bool | None,
    kind: str = "",
    happened: bool = False,
    alone: bool = False,
) -> Clauses:
    """Split a line into its clauses and read each.

    Args:
        line: The line as it was typed.
        shape: The line with marks blanked and names filled by `netcrm.domain.logline.words.PERSON`.
        start: Where the sentence begins, behind the prefix.
        today: The day it is written on.
        given: What a prefix such as ``todo:`` says of the first clause.
        kind: What a prefix such as ``call:`` says that it was; a ``note:`` is nothing but that.
        happened: Whether something is said to have happened, whatever the clauses are.
        alone: Whether it names one person at most.
    """
    clauses = Clauses()
    told: list[tuple[int, int]] = []
    wished: list[tuple[int, int]] = []
    for place, (begin, end) in enumerate(spans := list(_split(line, shape, start))):
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
        elif (occasion := read_occasion(line, shape, begin, end, today)) is not None:
            clauses.occasions.append(occasion)
        elif kind != "note" and (
            wishes := read_wishes(shape, begin, end, today, first=not place, alone=alone)
        ):
            clauses.wishes += wishes
            wished.append((begin, end))
        else:
            if why := unread_occasion(shape, begin, end, today):
                clauses.problems.append(why)
            told.append((begin, end))
    if told or happened or kind:
        told = sorted([*told, *wished])
    for begin, end in told:
        before = spans.index((begin, end)) - 1
        if clauses.story and clauses.story[-1][1] == spans[before][1]:
            clauses.story[-1] = (clauses.story[-1][0], end)
        else:
            clauses.story.append((begin, end))
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
