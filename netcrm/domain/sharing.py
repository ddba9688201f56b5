"""Sharing: what you and somebody both care about, though you are in no group together."""

from collections.abc import Iterable, Mapping, Sequence

from netcrm.domain.introducing import an_interest
from netcrm.domain.matching import rarity
from netcrm.domain.people import Named
from netcrm.domain.stems import inflected
from netcrm.domain.synonyms import Phrase
from netcrm.domain.text import words
from netcrm.domain.values import dataclass

GROUP, LEARNED, TAUGHT, NOTED = "group", "learned", "taught", "noted"
"""Where one cares about something: a topic of a group of yours, a tag of what you learned, or taught,
or of a note of your own."""


@dataclass(frozen=True, slots=True)
class Care:
    """Something you care about.

    Attributes:
        text: In your words.
        where: `GROUP`, `LEARNED`, `TAUGHT` or `NOTED`.
        group: The group whose topic it is, if it is one's.
        times: How often you learned, taught or noted something of it.
    """

    text: str
    where: str
    group: str = ""
    times: int = 1

    @property
    def said(self) -> str:
        """Where you care about it, in words."""
        if self.where == GROUP:
            return f"{self.group} talk of it"
        verb = {LEARNED: "you learned of it", TAUGHT: "you taught it"}.get(self.where, "you noted it")
        often = {1: "", 2: " twice"}.get(self.times, f" {self.times} times")
        return f"{verb}{often}"


@dataclass(frozen=True, slots=True)
class BothCare:
    """Someone who cares about the same rare thing, and is in no group with you.

    Attributes:
        topic: What it is: their tag.
        why: Where you care about it.
        bearing: How many people have that tag.
        fit: How rare it is; only ever to be put beside that of another.
    """

    person: Named
    topic: str
    why: str
    bearing: int
    fit: float


def cared_about(cares: Iterable[Care]) -> Mapping[Phrase, Care]:
    """What you care about, by its words without inflection; what was said first counts."""
    found: dict[Phrase, Care] = {}
    for care in cares:
        phrase = tuple(map(inflected, words(care.text)))
        if phrase:
            found.setdefault(phrase, care)
    return found


def shared(tag: str, cares: Mapping[Phrase, Care]) -> Care | None:
    """What you care about that a tag names: in the same words, or as a part of a short topic.

    ``mirror`` is a part of the topic ``mirror grinding``; of a whole sentence it would say nothing.
    """
    if not an_interest(tag):
        return None
    phrase = tuple(map(inflected, words(tag)))
    exact = cares.get(phrase)
    if exact is not None or not phrase:
        return exact
    return next((care for topic, care in cares.items() if _within(phrase, topic)), None)


def rare_first(found: Iterable[tuple[Named, str, int, Care]], people: int) -> Sequence[BothCare]:
    """Those who care about the same, each once with the rarest thing, the rarest of all first.

    Args:
        found: The person, their tag, how many people bear it, and where you care about it.
        people: How many people are in the book.
    """
    best: dict[int, BothCare] = {}
    for person, tag, bearing, care in found:
        one = BothCare(person, tag, care.said, bearing, rarity(people, bearing))
        before = best.get(person.id)
        if before is None or (-one.fit, one.topic) < (-before.fit, before.topic):
            best[person.id] = one
    return sorted(best.values(), key=lambda one: (-one.fit, one.person.name, one.person.id))


def _within(phrase: Phrase, topic: Phrase) -> bool:
    if len(topic) > _TOPIC_MOST or len(phrase) >= len(topic):
        return False
    return any(topic[start : start + len(phrase)] == phrase for start in range(len(topic)))


_TOPIC_MOST = 3
"""Words of a topic of which a part still says what it is about."""
