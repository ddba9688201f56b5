"""How much a word tells of what a text is about: ``joinery`` much, ``looking`` little, ``the`` nothing."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from netcrm.domain.stems import inflected

_RARE, _COMMON = 3.0, 6.5
"""Zipf values (``lexicon/frequency.txt``) up to which a word tells all, and from which it tells least."""

_LEAST = 0.25
"""What the commonest words still tell, and those of adverts, newsletters and diaries."""


def telling(word: str) -> float:
    """How much a folded word tells: 0 for a function word, up to 1."""
    told, little = _told()
    tells = told.get(word, 1.0)
    return _LEAST if tells > _LEAST and inflected(word) in little else tells


@lru_cache(maxsize=1)
def _told() -> tuple[Mapping[str, float], frozenset[str]]:
    """What the words that do not tell all tell; and those that tell little in any inflection."""
    told: dict[str, float] = {}
    for heading, words in _sections("frequency.txt"):
        share = (_COMMON - float(heading)) / (_COMMON - _RARE)
        told.update(dict.fromkeys(words, min(1.0, max(_LEAST, share))))
    little: set[str] = set()
    nothing = True
    for heading, words in _sections("common.txt"):
        nothing = nothing and heading != "common"
        if nothing:
            told.update(dict.fromkeys(words, 0.0))
        else:
            little.update(map(inflected, words))
    return told, frozenset(little)


def _sections(name: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a list of words, each with the last comment before it."""
    heading = ""
    from importlib.resources import files  # here, since it brings in what unpacks archives

    for line in files("netcrm.domain").joinpath("lexicon", name).read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading = line.removeprefix("#").strip()
        elif line.strip():
            yield heading, line.split()
