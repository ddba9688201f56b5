"""Interest: how a match is said. Because of what, in words and where they stand, and how well it fits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from netcrm.domain.gives import say_day
from netcrm.domain.matching import Match, Reason
from netcrm.domain.patterns import pattern
from netcrm.domain.stems import stem
from netcrm.domain.synonyms import Phrase
from netcrm.domain.text import fold, plain, words

GAUGE = 5
"""Blocks of a gauge of fit."""

_LEAST, _MOST = 16, 40
"""Characters of an excerpt: a few words, so that there is room for other reasons."""

_READ_MOST = 200_000
"""Characters of a text that an excerpt is sought in: some keep a whole book in a note."""

_PIECE, _OVERLAP = 4000, 200
"""Characters that are read at a time, and of those after them."""

Because = Sequence[Sequence[str]]
"""Why something would interest someone: groups of reasons, the first the weightiest."""


def blocks(fit: float, best: float) -> int:
    """How many blocks of the gauge a fit fills: it is only ever shown against the best for the same spark."""
    return max(1, min(GAUGE, round(GAUGE * fit / best))) if fit > 0 and best > 0 else 0


def because(match: Match, kind: str, today: date, organisation: str = "", *, most: int = 60) -> Because:
    """Why a spark would interest someone.

    Args:
        match: The person, with the words they share with the spark.
        kind: The spark's kind.
        today: The day by which other days are said.
        organisation: Where the person works.
        most: Characters that the longest reason may take.
    """
    works = "works there" if kind == "opening" or not organisation else f"works at {organisation}"
    shared: dict[tuple[str, str], list[Reason]] = {}
    for reason in match.because:
        if not (match.works_there and reason.where == "organisation"):
            shared.setdefault((reason.where, _anchor(reason)), []).append(reason)
    found = _once(_found(reasons, today, most) for reasons in shared.values())
    landed = _LAND.get(kind, "")
    groups = (
        [works] if match.works_there else [],
        found,
        [landed] if match.landed and landed else [],
    )
    return [group for group in groups if group]


def say(why: Because, most: int | None = None) -> str:
    """The reasons as one text; of the words only as many as there is room for, at least one.

    Args:
        why: As `because` says it.
        most: Characters there is room for.
    """
    groups = [list(group) for group in why]
    while True:
        said = " · ".join(", ".join(group) for group in groups)
        longest = max(groups, key=len, default=[])
        if most is None or len(said) <= most or len(longest) < 2:
            return said
        longest.pop()


def excerpt(text: str, met: Iterable[Phrase], most: int = 40) -> str:
    """A few words of a text around those that were met in it.

    Args:
        text: What was said.
        met: The stems of the words that were met.
        most: Characters to take, about.
    """
    text = " ".join(plain(text[:_READ_MOST]).split())
    if len(text) <= most:
        return text
    start = _first_met(text, frozenset(met))
    left, right = _window(text, start, 4 * most)
    more_before, more_after = left > 0, right < len(text)
    text, start = text[left:right], start - left
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    first = last = max(0, next((place for place, end in enumerate(ends) if end > start), 0))
    while True:
        after = last + 1 < len(ends) and ends[last + 1] - starts[first] <= most
        before = first > 0 and ends[last] - starts[first - 1] <= most and (last - first) % 2 == 1
        if before or (first > 0 and not after and ends[last] - starts[first - 1] <= most):
            first -= 1
        elif after:
            last += 1
        else:
            break
    cut = text[starts[first] : ends[last]].strip(" ,;:–-")
    before, after = first > 0 or more_before, last + 1 < len(ends) or more_after
    return f"{'…' if before else ''}{cut}{'…' if after else ''}"


def spans(text: str, phrases: Iterable[str]) -> Sequence[tuple[int, int]]:
    """Where a text has the words of some phrases, or others of their families: starts and ends."""
    return _spans(text, frozenset(map(_stems, phrases)))


def _first_met(text: str, met: frozenset[Phrase]) -> int:
    """Where the first of some phrases begins in a text; 0 where there is none.

    It is read a piece at a time, and of those only the ones that have the stems of a phrase at all, each of
    which its words begin with.
    """
    start = 0
    while start < len(text):
        end = text.rfind(" ", start, start + _PIECE) + 1 or start + _PIECE
        # A little of the next piece too, so that no phrase is parted.
        piece = text[start : end + _OVERLAP]
        folded = fold(piece)
        near = frozenset(phrase for phrase in met if all(part in folded for part in phrase))
        if hits := _spans(piece, near):
            return start + min(begin for begin, _ in hits)
        start = end
    return 0


def _window(text: str, start: int, reach: int) -> tuple[int, int]:
    """What to look at around a place, at whole words: where it begins, and where it ends."""
    left, right = max(0, start - reach), min(len(text), start + reach)
    if left:
        left = text.find(" ", left, start) + 1 or left
    if right < len(text):
        space = text.rfind(" ", start, right)
        right = space if space > start else right
    return left, right


def _spans(text: str, wanted: frozenset[Phrase]) -> Sequence[tuple[int, int]]:
    wanted -= {()}
    tokens = list(_tokens(text)) if wanted else []
    found: list[tuple[int, int]] = []
    for place in range(len(tokens)):
        for phrase in wanted:
            end = place + len(phrase)
            if tuple(stemmed for _, _, stemmed in tokens[place:end]) == phrase:
                found.append((tokens[place][0], tokens[end - 1][1]))
    return found


def _found(reasons: Sequence[Reason], today: date, most: int) -> str:
    """What is known of a person that words were found in, by where it was."""
    first = reasons[0]
    met = [reason.phrase for reason in reasons]
    if first.where == "tag":
        return f"#{plain(first.found)}"
    if first.where in ("want", "offer", "timeline", "note"):
        when = f" ({say_day(first.day, today)})" if first.day and first.day < today else ""
        verb = {"want": "wants ", "offer": "offers "}.get(first.where, "")
        room = most - len(verb) - len(when) - len("“……”")
        if room < _LEAST:
            when, room = "", room + len(when)
        return f"{verb}“{excerpt(first.found, met, max(_LEAST, min(_MOST, room)))}”{when}"
    if first.where == "city":
        return plain(first.found)
    return plain(first.word)


def _once(found: Iterable[str]) -> list[str]:
    """Each reason that says something new: no bare word that stands in one said before."""
    said: list[str] = []
    for text in found:
        bare = text[:1].isalnum() and "“" not in text
        if text and text not in said and not (bare and any(spans(before, [text]) for before in said)):
            said.append(text)
    return said


def _anchor(reason: Reason) -> str:
    """What reasons have to have in common to be said together: a text, but each word of a title alone."""
    return reason.word if reason.where in ("title", "organisation") else reason.found


@lru_cache(maxsize=4096)
def _stems(phrase: str) -> Phrase:
    return tuple(map(stem, words(phrase)))


def _tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: start, end, and stem. Where a script has no spaces each character is one."""
    for match in _RUN.finditer(text):
        inside = words(match[0])
        each = len(inside) == len(match[0])
        for place, word in enumerate(inside):
            start = match.start() + place if each else match.start()
            yield start, start + 1 if each else match.end(), stem(word)


_RUN = pattern(r"[^\W_]+")

_LAND = {
    "opening": "openings land with them",
    "article": "articles land with them",
    "event": "such things land with them",
    "congratulation": "kind words land with them",
    "delight": "smiles land with them",
}
"""What is said of someone with whom gives of a kind have landed."""
