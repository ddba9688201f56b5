"""What happened, in a log line: its kind and its place."""

import re

from netcrm.domain.logline.words import (
    CALLED_OFF,
    FULL_STOP,
    KIND_WORDS,
    NO_EVENT,
    NO_PLACE_AFTER,
    PARTICLES,
    PERSON,
    STOP_WORDS,
    WITH_SOMEONE,
)
from netcrm.domain.patterns import pattern

_AT_PLACE = pattern(r"(?:\bat|(?<=\s)@)\s+(?:the\s+)?(?=[^\W\d_])", re.IGNORECASE)
_PLACE_WORD = pattern(r"[^\s,;:.#*!?()\"]+")

_CLAUSE_END = pattern(rf"[;!?]|{FULL_STOP}|\bbut\b|,(?=[^;,.]*{PERSON})", re.IGNORECASE)
"""Where a denial ends: at a comma only before somebody, since ``hates tea, coffee and beer`` goes on."""

_HAPPENS = frozenset(
    ("met", "call", "message", "event", "learned", "taught", "gave", "received", "asked", "introduced")
)
"""The kinds of which ``at Acme`` says where; in a note it rather says where someone works."""

_LONGEST_PLACE = 60
"""Characters after which a run of capitalised words is a headline rather than a place."""


def read_kind(story: str) -> tuple[str, tuple[int, int] | None]:
    """The kind that the sentence says, and where; a note when it says none and nobody was with you."""
    start = 0
    for stop in [*(match.start() for match in _CLAUSE_END.finditer(story)), len(story)]:
        denied = NO_EVENT.search(story, start, stop)
        found = KIND_WORDS.search(story, start, stop)
        if found is not None and found.lastgroup is not None:
            off = denied is not None and denied.start() <= found.start()
            if not off and CALLED_OFF.search(story, found.end(), stop) is None:
                return found.lastgroup.replace("_", " "), _without_names(story, *found.span())
        start = stop
    in_company = WITH_SOMEONE.search(story)
    denied = NO_EVENT.search(story)
    if in_company is None or (denied is not None and denied.start() < in_company.start()):
        return "note", None
    return ("note", None) if CALLED_OFF.search(story) else ("met", None)


def _without_names(story: str, start: int, end: int) -> tuple[int, int]:
    """The part of a match that is words: ``sent me`` of ``Grace sent me``."""
    text = story[start:end]
    words = text.strip(PERSON + " ").split(PERSON)[0]
    begin = start + text.index(words)
    return begin, begin + len(words.rstrip())


def read_place(story: str, kind: str) -> tuple[str, tuple[int, int]] | None:
    """``at Café Lisboa``: capitalised words after ``at`` that are no person."""
    if kind not in _HAPPENS:
        return None
    for at in _AT_PLACE.finditer(story):
        before = story[max(0, at.start() - 20) : at.start()].split()
        if before and before[-1].lower() in NO_PLACE_AFTER:
            continue
        end = _place_end(story, at.end())
        if end is not None:
            return story[at.end() : end], (at.end(), end)
    return None


def _place_end(story: str, start: int) -> int | None:
    """Where a run of capitalised words ends; particles and numbers may stand inside it."""
    end: int | None = None
    at = start
    for word in _PLACE_WORD.finditer(story, start, start + _LONGEST_PLACE):
        adjoins = not story[at : word.start()].strip()
        if not adjoins or word[0].startswith(PERSON):
            break
        at = word.end()
        if _is_capitalised(word[0]) and (end is None or word[0].lower() not in STOP_WORDS):
            end = at
        elif end is None or not _goes_inside(word[0]):
            break
    return end


def _is_capitalised(word: str) -> bool:
    """Whether a word begins with a capital, or is of a script that has none."""
    return word[0].isalpha() and not word[0].islower()


def _goes_inside(word: str) -> bool:
    """Whether a word can stand between the words of a place: ``Café do Mar``, ``Pier 39 Park``."""
    return word.lower() in PARTICLES or word in ("of", "the", "&", "and") or word.isdecimal()
