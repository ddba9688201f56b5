"""Introducing: which two people should meet, since one offers what the other wants, or both love the same.

What is compared are the telling words of a want and of an offer, by their stems and by what means the same
(`netcrm.domain.matching`), weighed by how rare they are in the book. What a phrase is about stands at its
beginning: a word that both begin with, as in ``cartoons for the newsletter`` and ``a cartoon for a good
cause``, tells more than one that both merely mention.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from netcrm.domain.introductions import short_names
from netcrm.domain.matching import Rarity, Term, sought
from netcrm.domain.people import Named
from netcrm.domain.sparks import SparkDraft
from netcrm.domain.stems import inflected, stem
from netcrm.domain.synonyms import Phrase, Synonyms
from netcrm.domain.telling import telling
from netcrm.domain.text import fold, words
from netcrm.domain.values import dataclass

RARE_MOST = 6
"""People who may bear a tag that is still a rare interest, in a large book; more of them meet without you."""

_RARE_SHARE = 20
"""In a small book, one in how many people may bear a tag that is still rare."""

LEAST = 0.7
"""What a want and an offer have to share to be worth a thought: about one rare word that both are about."""

EACH_MOST = 2
"""Proposals in which one person stands, so that no list is about a single one."""


@dataclass(frozen=True, slots=True)
class Party:
    """One of two people who might meet, as far as that matters.

    Attributes:
        title: What they do.
        tags: Their tags.
    """

    person: Named
    title: str = ""
    city: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people who should meet, and why, in words.

    Attributes:
        one: Who wants something, where one does.
        other: Who offers it.
        fit: How good a reason it is; only ever to be put beside that of another proposal.
        kind: ``want`` or ``interest``.
    """

    one: Named
    other: Named
    why: str
    fit: float
    kind: str = "want"

    @property
    def pair(self) -> frozenset[int]:
        """The two, in no order."""
        return frozenset((self.one.id, self.other.id))


@dataclass(frozen=True, slots=True)
class Need:
    """A want, ready to be held against what others offer.

    Attributes:
        core: The stems of what it is about, rather than of what it mentions on the way.
        met_by: What it can be met by, by the first stem of each phrase: the word of the want, the phrase, and
            how near the two are.
        worth: What each stem that it can be met by tells of it, up to 1.
    """

    text: str
    core: frozenset[str]
    met_by: Mapping[str, Sequence[tuple[Term, Phrase, float]]]
    worth: Mapping[str, float]


def need(text: str, synonyms: Synonyms) -> Need:
    """Read a want."""
    terms = tuple(
        term
        for term in sought(SparkDraft(kind="opening", title=text), synonyms).terms
        if term.shown not in _OF_WANTING
    )
    met_by: dict[str, list[tuple[Term, Phrase, float]]] = {}
    worth: dict[str, float] = {}
    for term in terms:
        for phrase, near in term.near.items():
            if near < _NEAR_ENOUGH:
                continue
            met_by.setdefault(phrase[0], []).append((term, phrase, near))
            for one in phrase:
                worth[one] = max(worth.get(one, 0.0), near * _tells(term))
    return Need(text, _read(text)[1], met_by, worth)


def meeting(
    wanted: Need, who: Party, offer: str, giver: Party, rare: Rarity, is_place: Callable[[str], bool]
) -> float:
    """How well an offer meets a want; 0 when it does not.

    Args:
        wanted: The want.
        who: Who wants it.
        offer: The offer, or what somebody does.
        giver: Whose offer it is.
        rare: How rare a stem is in the book.
        is_place: Whether a stem is of the name of a place in the book. Where one lives is no reason to meet,
            but strengthens one.
    """
    offered, core = _read(offer)
    craft = " ".join((giver.title, *giver.tags))
    does = _read(craft)[0]
    found: list[tuple[float, Phrase, Phrase]] = []
    place = _together(who, giver) or any(one in wanted.worth for one in _read(giver.city)[0])
    for term, phrase, near in (met for first in offered for met in wanted.met_by.get(first, ())):
        if not offered.issuperset(phrase):
            continue
        if all(map(is_place, phrase)):
            place = True
            continue
        about = (not wanted.core.isdisjoint(term.stems), not core.isdisjoint(phrase))
        worth = near * max(map(rare, phrase)) * _ABOUT[sum(about)]
        if not does.isdisjoint(phrase):
            worth *= _DOES
        if near == 1 and term.inflected and term.inflected not in _inflected(f"{offer} {craft}"):
            worth *= _KIN
        found.append((worth * _tells(term), term.stems, phrase))
    shared = _each_once(found)
    return shared + _NEAR * place if shared else 0.0


def of_want(who: Party, want: str, giver: Party, offer: str, fit: float) -> Proposal:
    """Propose two of whom one wants what the other offers.

    Args:
        who: Who wants it.
        want: In their words.
        giver: Who offers it.
        offer: In their words; empty where it is what they do.
        fit: How well the two meet.
    """
    one, other = short_names(who.person, giver.person)
    does = f"offers {_clean(offer)}" if offer else f"is {_said_of(giver.title)}"
    return Proposal(
        who.person, giver.person, f"{one} wants {_wish(want)} · {other} {does}{_both_in(who, giver)}", fit
    )


def of_interest(one: Party, other: Party, tags: Sequence[str], fit: float) -> Proposal:
    """Propose two who love the same rare things."""
    where = f", and live in {one.city}" if _together(one, other) else ""
    loved = " and ".join(f"#{tag}" for tag in tags[:3])
    return Proposal(one.person, other.person, f"both care about {loved}{where}", fit, "interest")


def interest(one: Party, other: Party, rarities: Iterable[float]) -> float:
    """How good a reason shared rare tags are.

    Args:
        one: One of the two.
        other: The other.
        rarities: How rare each shared tag is, from 0 to 1.
    """
    return _LOVED * sum(rarities) + 2 * _NEAR * _together(one, other)


def rare_most(people: int) -> int:
    """How many of all people may bear a tag that is still a rare interest; at least two."""
    return max(2, min(RARE_MOST, people // _RARE_SHARE))


def an_interest(tag: str) -> bool:
    """Whether a tag says what somebody cares about, rather than who they are to you."""
    return not set(words(tag)) & _NO_INTERESTS


def chosen(proposals: Iterable[Proposal], limit: int, *, each: int = EACH_MOST) -> list[Proposal]:
    """The best of proposals: each pair once, nobody too often.

    Args:
        proposals: In any order.
        limit: The most to return.
        each: How often one person may stand in them.
    """
    out: list[Proposal] = []
    pairs: set[frozenset[int]] = set()
    often: dict[int, int] = {}
    for proposal in sorted(proposals, key=lambda it: (-it.fit, it.one.name, it.other.name)):
        if len(out) >= limit:
            break
        if proposal.pair in pairs or any(often.get(person, 0) >= each for person in proposal.pair):
            continue
        pairs.add(proposal.pair)
        for person in proposal.pair:
            often[person] = often.get(person, 0) + 1
        out.append(proposal)
    return out


def _tells(term: Term) -> float:
    """How much a word of a want tells, up to 1. In so few words a common one still tells something."""
    return math.cbrt(min(1.0, term.weight / _WHOLE))


def _each_once(found: Iterable[tuple[float, Phrase, Phrase]]) -> float:
    """What shared words are worth together: each of the want, and each of the offer, counted once."""
    total = 0.0
    used: set[tuple[bool, str]] = set()
    for worth, wanted, offered in sorted(found, reverse=True):
        these = {*((True, one) for one in wanted), *((False, one) for one in offered)}
        if used.isdisjoint(these):
            used |= these
            total += worth
    return total


_READ_MOST = 5_000
"""Characters of a want, an offer or a title that are looked at."""


@lru_cache(maxsize=16384)
def _read(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a text that tell something, and those of them that it is about.

    It is about its first telling words, up to the first small word after them.
    """
    stems: set[str] = set()
    core: set[str] = set()
    ended = False
    for word in words(text[:_READ_MOST]):
        tells = telling(word)
        if not tells and word not in _JOINING:
            ended = ended or bool(core)
        elif tells and word not in _OF_WANTING and not word.isdigit():
            stems.add(stem(word))
            if not ended and tells >= _OF_THE_CORE:
                core.add(stem(word))
    return frozenset(stems), frozenset(core)


@lru_cache(maxsize=16384)
def _inflected(text: str) -> frozenset[str]:
    return frozenset(map(inflected, words(text[:_READ_MOST])))


def _wish(want: str) -> str:
    """A want as it follows on ``wants``: without the verb that says so again, and no full stop."""
    cleaned = _clean(want)
    for said in _SAYING_SO:
        if cleaned[: len(said)].lower() == said:
            return cleaned[len(said) :].lstrip()
    return cleaned


def _clean(text: str) -> str:
    return " ".join(text.split()).rstrip(".;, ")


def _said_of(title: str) -> str:
    """A title with its article: ``Product designer`` becomes ``a product designer``, ``CTO`` stays so."""
    cleaned = _clean(title)
    first = cleaned.split(" ", 1)[0]
    if not cleaned.isascii() or first != first.capitalize():
        return cleaned
    return f"{'an' if first[0] in 'AEIO' else 'a'} {first.lower()}{cleaned[len(first) :]}"


def _together(one: Party, other: Party) -> bool:
    return bool(one.city) and fold(one.city) == fold(other.city)


def _both_in(one: Party, other: Party) -> str:
    return f" · both in {one.city}" if _together(one, other) else ""


_ABOUT = (0.35, 0.6, 1.0)
"""What a shared word is worth that neither, one, or both of the phrases are about."""

_DOES = 1.35
"""What it makes of a shared word that the one who offers also does: who draws for a living draws cartoons."""

_WHOLE = 1.6
"""The weight of a word that tells something in general, as `matching.sought` has it for a title."""

_NEAR = 0.15
"""What living in one place, or in the place that is named, adds."""

_LOVED = 0.55
"""What a rare tag that both bear is worth: less than a want that is met."""

_NEAR_ENOUGH = 0.4
"""How near in meaning something has to be: a topic and what belongs to it; not two things of one topic."""

_OF_THE_CORE = 0.3
"""How much a word has to tell for a phrase to be about it."""

_KIN = 0.85
"""How near two words are that merely have one stem: a residency and a residence permit."""

_JOINING = frozenset(("and", "or", "s"))
_OF_WANTING = frozenset(
    "looking look looks seeking seeks wants want needs need wish wishes hoping somebody well".split()
)
_SAYING_SO = ("looking for ", "wants ", "needs ", "seeking ", "seeks ", "would like ", "wishes for ")
_NO_INTERESTS = frozenset(
    "friend friends family colleague colleagues work vip client clients customer customers investor investors"
    " neighbour neighbours neighbor school university alumni old lead leads contact contacts partner"
    " supplier".split()
)
