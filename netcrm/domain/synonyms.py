"""Synonyms: words that mean the same, and topics with what belongs to them, from a list that users may extend.

A line is one of two kinds; what follows a ``#`` is a comment::

    kubernetes = k8s
    astronomy: telescope, exoplanet, night sky
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from netcrm.domain.stems import stem
from netcrm.domain.text import words

Phrase = tuple[str, ...]
"""The stems of a word, or of a few words in their order."""

SAME, TOPIC, NEIGHBOUR = 0.9, 0.5, 0.25
"""How near two phrases are: of one meaning, a topic and what belongs to it, two things of one topic."""

LONGEST = 3
"""Words of the longest phrase that is looked up."""

_NEIGHBOURS_MOST = 12
"""Things of one topic beyond which they are not near to each other any more."""


class Synonyms:
    """Which phrases are near to which.

    Args:
        lines: As the list has them; a line that is neither kind is left out.
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._near: dict[Phrase, dict[Phrase, float]] = {}
        for line in lines:
            self._take(line.partition("#")[0].strip())

    def of(self, phrase: Phrase) -> Mapping[Phrase, float]:
        """What is near to a phrase, with how near (0 to 1)."""
        return self._near.get(phrase, {})

    def __contains__(self, phrase: Phrase) -> bool:
        return phrase in self._near

    def _take(self, line: str) -> None:
        if "=" in line:
            same = _phrases(line.split("="))
            for one in same:
                for other in same:
                    self._put(one, other, SAME)
        elif ":" in line:
            topic, _, belonging = line.partition(":")
            heads, members = _phrases([topic]), _phrases(belonging.split(","))
            for head in heads:
                for member in members:
                    self._put(head, member, TOPIC)
                    self._put(member, head, TOPIC)
            if len(members) <= _NEIGHBOURS_MOST:
                for one in members:
                    for other in members:
                        self._put(one, other, NEIGHBOUR)

    def _put(self, one: Phrase, other: Phrase, near: float) -> None:
        if one != other:
            nearest = self._near.setdefault(one, {})
            nearest[other] = max(near, nearest.get(other, 0.0))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in their order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=1)
def default_lines() -> tuple[str, ...]:
    """The list that comes with netcrm."""
    return tuple(files("netcrm.domain").joinpath("synonyms.txt").read_text("utf-8").splitlines())


@lru_cache(maxsize=1)
def telling_little() -> tuple[frozenset[str], frozenset[str]]:
    """Words that say nothing of what a text is about, and words that say little; folded."""
    stop: set[str] = set()
    common: set[str] = set()
    into = stop
    for line in files("netcrm.domain").joinpath("common.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            into = common if "common" in line else stop
        else:
            into.update(line.split())
    return frozenset(stop), frozenset(common)


def _phrases(texts: Iterable[str]) -> list[Phrase]:
    found = (tuple(stems(text)) for text in texts)
    return [phrase for phrase in found if 0 < len(phrase) <= LONGEST]
