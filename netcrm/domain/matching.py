"""Matching: whom something would interest, and because of what.

Every telling word of a spark is looked for in what is known of a person, itself and what means the same. What
it is worth there is the product of five things: where it was found (a want outranks a tag, a tag a title, a
title a note), how rare it is in this book (the logarithm of the inverse document share, after Spärck Jones,
*A statistical interpretation of term specificity*, 1972), how much it tells in general, how near the words
are, and how recent. The best of each word are added up, each next one counting a little less, so that one
strong reason outranks many faint ones.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from netcrm.domain.organisations import names_firm
from netcrm.domain.people import Named
from netcrm.domain.sparks import Spark, SparkDraft
from netcrm.domain.sparktext import untold_tags
from netcrm.domain.stems import inflected, stem
from netcrm.domain.synonyms import LONGEST, Phrase, Synonyms
from netcrm.domain.telling import telling
from netcrm.domain.text import words
from netcrm.domain.values import dataclass

WHERE = ("name", "want", "tag", "title", "offer", "note", "timeline", "organisation", "city")
"""Where a word can be found, the weightiest first."""

WORTH = {
    "name": 6.0,
    "want": 2.6,
    "tag": 2.1,
    "title": 1.86,
    "offer": 2.1,
    "note": 1.2,
    "timeline": 1.4,
    "organisation": 1.2,
    "city": 1.2,
}
"""What a word is worth where it was found.

These and the numbers at the end of this module were set by trying them out on two networks whose right people
had been named by hand before (``python -m tests.benchmarks.matching``); only their order was given.
"""

REASONS_MOST = 8
"""Reasons that are given for one person."""

TERMS_MOST = 160
"""Telling words that are looked for; the rest of a longer text says nothing new."""

_NAME_MOST = 400
"""Characters of a name that are looked for in a text."""

_KNOWN_MOST = 200_000
"""Characters that are read of what is known of a person: some keep a whole book in a note."""


@dataclass(frozen=True, slots=True)
class Term:
    """A telling word of a spark, or a phrase that the synonyms know.

    Attributes:
        stems: The stems of its words.
        shown: As the spark has it.
        weight: How much it tells, by itself and where it stands.
        near: What it is looked for as, itself included, with how near that is.
        inflected: Its word without inflection; empty for a phrase.
        tells: How much its word tells in general (`netcrm.domain.telling`).
    """

    stems: Phrase
    shown: str
    weight: float
    near: Mapping[Phrase, float]
    inflected: str = ""
    tells: float = 1.0


@dataclass(frozen=True, slots=True)
class Sought:
    """What a spark is about.

    Attributes:
        kind: The spark's kind.
        terms: Its telling words, those that tell most first.
        text: All of its words folded, for names of organisations.
        pairs: Every two words that stand side by side, for names of people.
        index: By the first stem of each phrase that the terms are looked for as: the term's place among them,
            the phrase, and how near it is.
    """

    kind: str
    terms: tuple[Term, ...]
    text: str
    pairs: frozenset[tuple[str, str]]
    index: Mapping[str, Sequence[tuple[int, Phrase, float]]]


@dataclass(frozen=True, slots=True)
class Known:
    """Something known of a person.

    Attributes:
        where: One of `WHERE`.
        text: The want, tag, title, note or entry.
        day: When it was said, for a timeline's entry or a want.
        among: How many people it is said of: what a whole company heard tells less of each.
    """

    where: str
    text: str
    day: date | None = None
    among: int = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be interested, with what is known of them.

    Attributes:
        landed: How many gives of the spark's kind landed with them, less those that did not.
    """

    person: Named
    known: Sequence[Known]
    organisation: str = ""
    landed: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """A word that a spark and a person share.

    Attributes:
        word: As the spark has it.
        where: One of `WHERE`.
        found: What is known of the person that holds it.
        day: When that was said, if it has a day.
        phrase: The stems that were met there, of the word or of what means the same.
    """

    word: str
    where: str
    found: str
    day: date | None = None
    phrase: Phrase = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Someone whom a spark would interest.

    Attributes:
        fit: How well, above 0 and below 1; only ever to be shown against other fits for the same spark.
        because: The shared words, the weightiest first.
        works_there: Whether they work where an opening is.
        landed: Whether what was given of this kind has landed with them before.
    """

    person: Named
    fit: float
    because: tuple[Reason, ...]
    works_there: bool = False
    landed: bool = False


Rarity = Callable[[str], float]
"""How rare a stem is in the book: 1 for one that one person bears, towards 0 for one that everybody bears."""


def rarity(people: int, having: int) -> float:
    """How rare a word is that so many of all people bear, from 0 to 1."""
    if people <= 1:
        return 1.0
    return max(0.0, math.log((people + 1) / (having + 0.5)) / math.log((people + 1) / 1.5))


def sought(spark: SparkDraft | Spark, synonyms: Synonyms) -> Sought:
    """What a spark is about: its telling words, those that tell most first."""
    title, body = words(spark.title[:_READ_MOST]), words(spark.text[:_READ_MOST])
    tags = [word for tag in untold_tags(spark) for word in words(tag[:_READ_MOST])]
    if body[: len(title)] == title:
        title = []
    said = [*((word, 1.0) for word in title), *((word, _body(place)) for place, word in enumerate(body))]
    said += [(word, 1.0) for word in tags]
    found: dict[Phrase, Term] = {}
    stemmed = [stem(word) for word, _ in said]
    for place, (word, weight) in enumerate(said):
        for length in range(1, LONGEST + 1):
            phrase = tuple(stemmed[place : place + length])
            if len(phrase) < length:
                break
            tells = telling(word) if length == 1 else 1.0
            if length == 1 and (not tells or len(word) < 2 or word.isdigit()):
                continue
            if length > 1 and phrase not in synonyms:
                continue
            shown = " ".join(word for word, _ in said[place : place + length])
            weight_here = weight * (max(tells, _TOPICAL) if phrase in synonyms else tells)
            before = found.get(phrase)
            if before is None:
                found[phrase] = Term(
                    phrase,
                    shown,
                    weight_here,
                    {phrase: 1.0, **synonyms.of(phrase)},
                    inflected(word) if length == 1 else "",
                    tells,
                )
            else:
                found[phrase] = Term(
                    phrase,
                    before.shown,
                    _again(before.weight, weight_here),
                    before.near,
                    before.inflected,
                    tells,
                )
    terms = sorted(found.values(), key=lambda term: -term.weight)[:TERMS_MOST]
    index: dict[str, list[tuple[int, Phrase, float]]] = {}
    for place, term in enumerate(terms):
        for phrase, near in term.near.items():
            index.setdefault(phrase[0], []).append((place, phrase, near))
    text = [*title, *body]
    pairs = frozenset(pairwise(text))
    return Sought(spark.kind, tuple(terms), f" {' '.join(text)} ", pairs, index)


def match(about: Sought, candidate: Candidate, rare: Rarity, today: date) -> Match | None:
    """How well a spark fits a person; None when nothing is shared.

    Args:
        about: What the spark is about.
        candidate: The person.
        rare: How rare a stem is in the book.
        today: The day by which what was said is recent or old.
    """
    best: dict[Phrase, list[_Found]] = {}
    for known in candidate.known:
        worth = WORTH[known.where] * _AT.get((about.kind, known.where), 1.0) * _recent(known, today)
        worth /= known.among**_SHARED
        if not worth:
            continue
        text = _read(known.text[:_KNOWN_MOST])
        found = _held(about, text, rare)
        if not found:
            continue
        worth *= _whole(text, found) if known.where in _SHORT else 1.0
        if about.kind == "opening" and known.where == "want":
            worth *= _OF_WANTING.get(text.wants, 1.0)
        for term, value, phrase in found:
            best.setdefault(term.stems, []).append((value * worth, term.shown, known, phrase))
    if speaks_of(about, candidate.person.name):
        name = Known("name", candidate.person.name)
        best[name.text,] = [(WORTH["name"], name.text, name, ())]
    if not best:
        return None
    there = names_firm(about.text, candidate.organisation)
    counted = _counted(best.values())
    total = sum(value * _NEXT**place for place, (value, *_) in enumerate(counted))
    if there and about.kind == "opening":
        total = max(total * _THERE, min(total, _TOLD_APART))
    if candidate.landed > 0:
        total *= _LANDED
    return Match(
        candidate.person,
        1 - math.exp(-total / _SCALE),
        tuple(
            Reason(word, known.where, known.text, known.day, phrase)
            for value, word, known, phrase in counted[:REASONS_MOST]
            if value >= _FAINT * counted[0][0]
        ),
        works_there=there,
        landed=candidate.landed > 0,
    )


def ranked(matches: Iterable[Match | None]) -> list[Match]:
    """The matches, best first."""
    found = [one for one in matches if one is not None and one.fit >= _LEAST]
    return sorted(found, key=lambda one: (-one.fit, one.person.name))


def speaks_of(about: Sought, name: str) -> bool:
    """Whether a text speaks of someone: the family name, another of theirs or its letter before it."""
    *before, family = words(name[:_NAME_MOST]) or [""]
    known = {*before, *(one[0] for one in before)} - {"a", "i"}
    return any((one, family) in about.pairs for one in known)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that was read.

    Attributes:
        places: Where each stem stands.
        tells: How much the words of each stem tell.
        inflected: Its words without inflection.
        wants: Of somebody who wants something whether it is ``work`` or ``staff``; else empty.
    """

    places: Mapping[str, Sequence[int]]
    tells: Mapping[str, float]
    inflected: frozenset[str]
    wants: str = ""


_Found = tuple[float, str, Known, Phrase]
"""A term found in something known of a person: what it is worth, as the spark has it, where, and as what."""


def _counted(found: Iterable[list[_Found]]) -> list[_Found]:
    """The best of each term, the weightiest first; terms that come to the same words count less and less."""
    best: list[_Found] = []
    for places in found:
        if len(places) == 1:
            best.append(places[0])
            continue
        values = sorted((value for value, *_ in places), reverse=True)
        _, word, known, phrase = max(places, key=_value)
        best.append((values[0] + _AGAIN * sum(values[1:3]), word, known, phrase))
    best.sort(key=_value, reverse=True)
    times: dict[tuple[int, Phrase], int] = {}
    for place, (value, word, known, phrase) in enumerate(best):
        key = (id(known), phrase)
        before = times.get(key, 0)
        times[key] = before + 1
        if before:
            best[place] = (value * _SAME_AGAIN**before, word, known, phrase)
    return sorted(best, key=_value, reverse=True)


def _value(found: _Found) -> float:
    return found[0]


@lru_cache(maxsize=16384)
def _read(text: str) -> _Text:
    places: dict[str, list[int]] = {}
    tells: dict[str, float] = {}
    bare: set[str] = set()
    for place, (stemmed, tell, without) in enumerate(map(_of, words(text))):
        if tell:
            bare.add(without)
            if stemmed in places:
                places[stemmed].append(place)
                tells[stemmed] = max(tell, tells[stemmed])
            else:
                places[stemmed] = [place]
                tells[stemmed] = tell
    wants = "staff" if bare & _STAFF else "work" if bare & _WORK else ""
    return _Text(places, tells, frozenset(bare), wants)


@lru_cache(maxsize=65536)
def _of(word: str) -> tuple[str, float, str]:
    """A word's stem, how much it tells, and itself without inflection."""
    return stem(word), telling(word), inflected(word)


def _held(about: Sought, text: _Text, rare: Rarity) -> list[tuple[Term, float, Phrase]]:
    """The terms that a text holds, each with what it is worth there, as the phrase that is worth most."""
    best: dict[int, tuple[Term, float, Phrase]] = {}
    for first in text.places.keys() & about.index.keys():
        for place, phrase, near in about.index[first]:
            if len(phrase) > 1 and not _holds(text.places, phrase):
                continue
            term = about.terms[place]
            rarest = rare(first) if len(phrase) == 1 else max(map(rare, phrase))
            value = near * rarest * term.weight
            if near == 1 and term.inflected and term.inflected not in text.inflected:
                value *= _KIN * min(1.0, text.tells[first] / term.tells)
            if value > 0 and (place not in best or value > best[place][1]):
                best[place] = (term, value, phrase)
    return list(best.values())


def _whole(text: _Text, found: Sequence[tuple[Term, float, Phrase]]) -> float:
    """What the share of a short text that was found makes of it: it may be about something else."""
    met = {one for _, _, phrase in found for one in phrase}
    of = sum(text.tells.values())
    return _PASSING + (1 - _PASSING) * (sum(text.tells[one] for one in met) / of if of else 1.0)


def _holds(places: Mapping[str, Sequence[int]], phrase: Phrase) -> bool:
    return any(
        all(start + step in places.get(stemmed, ()) for step, stemmed in enumerate(phrase))
        for start in places[phrase[0]]
    )


def _recent(known: Known, today: date) -> float:
    """What age leaves of something said: half after a year and a half, never less than a third."""
    if known.day is None:
        return 1.0
    return max(1 / 3, math.pow(0.5, max(0, (today - known.day).days) / 550))


def _body(place: int) -> float:
    """What a place in the text makes of a word: adverts say what they are about first."""
    return max(0.5, 1.2 - place / 150)


def _again(before: float, now: float) -> float:
    return max(before, now) + 0.15 * min(before, now)


_TOPICAL = 0.38
"""What a word tells at least that the synonyms know: it stands there since it belongs to a topic."""

_KIN = 0.65
"""What is left where only the family of a word is met: a ``writer`` is not quite ``writing``."""

_PASSING = 0.48
"""What is left where a word is met in passing, in a want, tag or title that is about something else."""

_SHORT = frozenset({"want", "offer", "tag", "title"})
"""Where everything that stands there is what it is about."""

_AGAIN = 0.28
"""What a second and a third place add, where a word is met in more than one."""

_SAME_AGAIN = 0.27
"""What is left of each further word of a spark that comes to the same word of the person."""

_NEXT = 0.97
"""What each further reason counts, of the one before it."""

_SHARED = 0.8
"""The power of the number of people by which what was said among them is divided."""

_THERE = 0.16
"""What is left of an opening for somebody who works there."""

_TOLD_APART = 0.4
"""What somebody who works there keeps in any case: they are told apart, not left out."""

_READ_MOST = 20_000
"""Characters that are read of a text: what comes after that many says nothing new."""

_LANDED = 1.15
"""What it adds that what was given of this kind has landed with them."""

_SCALE = 8.0
"""The worth at which a fit is about two thirds."""

_LEAST = 0.04
"""The fit below which nobody is suggested."""

_FAINT = 0.15
"""The share of the best reason below which a reason is not worth telling."""

_OF_WANTING = {"work": 1.25, "staff": 0.5}
"""What it makes of an opening's worth that somebody wants work, or wants somebody to work for them."""

_WORK = frozenset(map(inflected, ("job", "role", "position", "post", "work", "postdoc", "contract")))

_STAFF = frozenset(map(inflected, ("hire", "hiring", "recruit", "recruiter", "employ", "applicants")))
"""Words by which a want is told to be for work, or for somebody who does it."""

_AT = {
    ("event", "city"): 1.3,
    ("opening", "organisation"): 0.0,
    ("opening", "offer"): 0.6,
}
"""What a kind of spark makes of a place where words were found."""
