"""Synonyms: words that mean the same, and topics with what belongs to them; users may add to them.

A line is one of two kinds; what follows a ``#`` is a comment::

    kubernetes = k8s
    astronomy: telescope, exoplanet, night sky
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from netcrm.domain.stems import stem
from netcrm.domain.text import words

Phrase = tuple[str, ...]
"""The stems of a word, or of a few words in their order."""

SAME, TOPIC, NEIGHBOUR = 0.9, 0.56, 0.28
"""How near two phrases are: of one meaning, a topic and what belongs to it, two things of one topic."""

LONGEST = 3
"""Words of the longest phrase that is looked up."""

_NEIGHBOURS_MOST = 14
"""Things of one topic beyond which they are not near to each other any more."""

_LISTS = ("synonyms.txt", "doings.txt", "things.txt", "arts.txt", "fields.txt")
"""The lists that come with netcrm, in the folder ``lexicon``."""


class Synonyms:
    """Which phrases are near to which.

    Args:
        lines: As the lists have them; a line that is neither kind is left out.
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._lines: list[tuple[list[Phrase], list[Phrase]]] = []
        self._in: dict[Phrase, tuple[int, ...]] = {}
        for line in lines:
            self._take(line.partition("#")[0].strip())
        self._near: dict[Phrase, dict[Phrase, float]] = {}

    def of(self, phrase: Phrase) -> Mapping[Phrase, float]:
        """What is near to a phrase, with how near (0 to 1)."""
        if phrase not in self._in:
            return {}
        if phrase not in self._near:
            self._near[phrase] = self._look(phrase)
        return self._near[phrase]

    def __contains__(self, phrase: Phrase) -> bool:
        return phrase in self._in

    def _take(self, line: str) -> None:
        heads: list[Phrase] = []
        if "=" in line:
            members = _phrases(line.split("="))
        else:
            head, colon, belonging = line.partition(":")
            if not colon:
                return
            heads, members = _phrases([head]), _phrases(belonging.split(","))
        for phrase in {*heads, *members}:
            self._in[phrase] = (*self._in.get(phrase, ()), len(self._lines))
        self._lines.append((heads, members))

    def _look(self, phrase: Phrase) -> dict[Phrase, float]:
        """Everything near to a phrase, and to what means the same as it."""
        same = {phrase} | {
            one for line in self._in[phrase] if not self._lines[line][0] for one in self._lines[line][1]
        }
        near = dict.fromkeys(same, SAME)
        for one in same:
            for line in self._in[one]:
                heads, members = self._lines[line]
                if one in heads:
                    further = [(member, TOPIC) for member in members]
                else:
                    further = [(head, TOPIC) for head in heads]
                    if heads and len(members) <= _NEIGHBOURS_MOST:
                        further += [(member, NEIGHBOUR) for member in members]
                for other, nearness in further:
                    near[other] = max(nearness, near.get(other, 0.0))
        near.pop(phrase)
        return near


def stems(text: str) -> list[str]:
    """The stems of a text's words, in their order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=1)
def default_lines() -> tuple[str, ...]:
    """The lists that come with netcrm."""
    from importlib.resources import files  # here, since it brings in what unpacks archives

    folder = files("netcrm.domain").joinpath("lexicon")
    return tuple(line for name in _LISTS for line in folder.joinpath(name).read_text("utf-8").splitlines())


def _phrases(texts: Iterable[str]) -> list[Phrase]:
    found = (tuple(map(stem, text.split())) if _plain(text) else tuple(stems(text)) for text in texts)
    return [phrase for phrase in found if 0 < len(phrase) <= LONGEST]


def _plain(text: str) -> bool:
    """Whether a text is folded already, and its words parted by spaces alone: nearly all of the lists are."""
    return text.isascii() and text.islower() and text.replace(" ", "").isalnum()
