"""The marks in a log line: ``#tags``, ``**`` for enjoyment, ``_places_`` and links."""

import re
from dataclasses import dataclass

from netcrm.domain.logmeaning import Span
from netcrm.domain.logwords import ADDRESS, LINK, OTHER
from netcrm.domain.text import fold
from netcrm.domain.timeline import MOST_ENJOYED

_TAG = re.compile(r"(?<![\w#&/])#(?P<tag>[\w-]*\w)")
_STARS = re.compile(r"(?<!\S)[*★]+(?!\S)(?!\s+[0-9])")
"""Stars that stand alone; ``5 * 3`` is a sum."""

_PLACE = re.compile(r"(?<!\w)_(?=[^\s_])(?P<place>[^_]{1,80})(?<=\S)_(?!\w)")

_BEFORE_A_WORD = re.compile(
    r"\b(?:about|on|of|the|a|an|and|or|for|in|into|using|to|by|from|some|discuss(?:ed|ing)|learn(?:ed|t)|doing"
    r"|is|was|love[sd]?)\s*$",
    re.IGNORECASE,
)
"""What a sentence can't end on: a tag after it is one of its words, as in ``talked about #rust``."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marks say.

    Attributes:
        bare: The line, of the same length, with the marks blanked and links filled by `OTHER`.
        gone: The stretches that are marks only, to be left out of the text.
        link: The first link, or nothing.
    """

    bare: str
    tags: tuple[str, ...]
    enjoyment: int
    place: str
    link: str
    gone: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]


def read_marks(line: str) -> Marks:
    """Find the marks of a line."""
    bare, link = line, ""
    for pattern in (LINK, ADDRESS):
        for match in pattern.finditer(bare):
            bare = fill(bare, *match.span(), OTHER)
            link = link or (match[0] if pattern is LINK else "")
    gone: list[tuple[int, int]] = []
    spans: list[Span] = []
    place = ""
    if (named := _PLACE.search(bare)) is not None:
        place = " ".join(named["place"].split())
        start, end = named.span()
        gone += [(start, start + 1), (end - 1, end)]
        spans.append(Span(start, end, "place"))
        bare = fill(bare, start, end)
    tags: dict[str, str] = {}
    for match in _TAG.finditer(bare):
        tag = match["tag"].strip("-_")
        if not any(c.isalpha() for c in tag):
            continue
        tags.setdefault(fold(tag), tag)
        start, end = match.span()
        spans.append(Span(start, end, "tag"))
        is_word = _BEFORE_A_WORD.search(bare, max(0, start - 20), start)
        gone.append((start, start + 1) if is_word else (start, end))
    for span in spans:
        if span.role == "tag":
            bare = fill(bare, span.start, span.end)
    enjoyment = 0
    for match in _STARS.finditer(bare):
        enjoyment = max(enjoyment, min(MOST_ENJOYED, len(match[0])))
        gone.append(match.span())
        spans.append(Span(*match.span(), "enjoyment"))
    for start, end in [(span.start, span.end) for span in spans if span.role == "enjoyment"]:
        bare = fill(bare, start, end)
    return Marks(bare, tuple(tags.values()), enjoyment, place, link, tuple(sorted(gone)), tuple(spans))


def fill(text: str, start: int, end: int, with_what: str = " ") -> str:
    """The text with a stretch filled, of the same length, so that every place in it stays where it was."""
    return text[:start] + with_what * (end - start) + text[end:]
