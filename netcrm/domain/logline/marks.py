"""The marks in a log line: ``#tags``, ``**`` for enjoyment, ``_places_`` and links."""

import re
from collections.abc import Iterable

from netcrm.domain.logline.meaning import Role, Span
from netcrm.domain.logline.words import ADDRESS, LINK, OTHER
from netcrm.domain.patterns import pattern
from netcrm.domain.text import fold
from netcrm.domain.timeline import MOST_ENJOYED
from netcrm.domain.values import dataclass

_TAG = pattern(r"(?<![\w#&/])#(?P<tag>[\w-]*\w)")
_STARS = pattern(r"(?<!\S)[*★]+(?![^\s;,.!?])(?!\s+[0-9])")
"""Stars that stand alone; ``5 * 3`` is a sum."""

_PLACE = pattern(r"(?<!\w)_(?=[^\s_])(?P<place>[^_]{1,80})(?<=\S)_(?!\w)")

_BEFORE_A_WORD = pattern(
    r"\b(?:about|on|of|the|a|an|and|or|for|in|into|using|to|by|from|some|discuss(?:ed|ing)|learn(?:ed|t)|doing"
    r"|is|was|love[sd]?)\s*$",
    re.IGNORECASE,
)
"""What a sentence can't end on: a tag after it is one of its words, as in ``talked about #rust``."""


_LONGEST_BEFORE = 20
"""Characters before a tag in which that word is looked for."""


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
    sheet = _Sheet(line)
    link = _blank_links(sheet)
    place = _take_place(sheet)
    tags = _take_tags(sheet)
    enjoyment = _take_stars(sheet)
    return Marks(sheet.bare, tags, enjoyment, place, link, tuple(sorted(sheet.gone)), tuple(sheet.spans))


class _Sheet:
    """A line from which marks are taken; what is taken is not read again."""

    def __init__(self, line: str) -> None:
        self.bare = line
        self.gone: list[tuple[int, int]] = []
        self.spans: list[Span] = []

    def take(self, start: int, end: int, role: Role, *gone: tuple[int, int]) -> None:
        """Take a stretch; of it, say what leaves the text."""
        self.spans.append(Span(start, end, role))
        self.gone.extend(gone)
        self.bare = fill(self.bare, start, end)


def _blank_links(sheet: _Sheet) -> str:
    """Fill links and addresses, in which no mark is one and no word a word; the first link."""
    links = list(LINK.finditer(sheet.bare))
    for match in (*links, *ADDRESS.finditer(sheet.bare)):
        sheet.bare = fill(sheet.bare, *match.span(), OTHER)
    return links[0][0] if links else ""


def _take_place(sheet: _Sheet) -> str:
    match = _PLACE.search(sheet.bare)
    if match is None:
        return ""
    start, end = match.span()
    sheet.take(start, end, "place", (start, start + 1), (end - 1, end))
    return " ".join(match["place"].split())


def _take_tags(sheet: _Sheet) -> tuple[str, ...]:
    """The tags, each once. ``#1`` is none: it counts something."""
    tags: dict[str, str] = {}
    for match in _TAG.finditer(sheet.bare):
        tag = match["tag"].strip("-_")
        if not any(c.isalpha() for c in tag):
            continue
        tags.setdefault(fold(tag), tag)
        start, end = match.span()
        is_word = _BEFORE_A_WORD.search(sheet.bare, max(0, start - _LONGEST_BEFORE), start)
        sheet.take(start, end, "tag", (start, start + 1) if is_word else (start, end))
    return tuple(tags.values())


def _take_stars(sheet: _Sheet) -> int:
    enjoyment = 0
    for match in _STARS.finditer(sheet.bare):
        enjoyment = max(enjoyment, min(MOST_ENJOYED, len(match[0])))
        sheet.take(*match.span(), "enjoyment", match.span())
    return enjoyment


def fill(text: str, start: int, end: int, with_what: str = " ") -> str:
    """The text with a stretch filled, of the same length, so that every place in it stays where it was."""
    return text[:start] + with_what * (end - start) + text[end:]


def blank(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with some stretches blanked."""
    for start, end in stretches:
        text = fill(text, start, end)
    return text
