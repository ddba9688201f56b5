"""Relations: what people are to each other, read in one line, aged, and seen from the other side.

A relation is written once, with the person who told of it. Whoever it names, if they are in the book, has it
too, the other way round: that is derived when it is read, and never stored.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from netcrm.domain.fieldtext import quoted
from netcrm.domain.occasions import Occasion, in_year
from netcrm.domain.patterns import pattern
from netcrm.domain.people import OLDEST, Named, Relation
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

_FAMILY: tuple[tuple[str, str], ...] = (
    ("daughter son child kid baby stepdaughter stepson stepchild", "parent"),
    ("mother father parent mum mom dad mama papa stepmother stepfather", "child"),
    ("wife husband spouse", "spouse"),
    ("partner girlfriend boyfriend fiancé fiancée fiance fiancee sweetheart", "partner"),
    ("sister brother sibling half-sister half-brother stepsister stepbrother", "sibling"),
    ("twin", "twin"),
    ("grandmother grandfather grandparent grandma grandpa granny", "grandchild"),
    ("grandson granddaughter grandchild", "grandparent"),
    ("aunt uncle", "niece or nephew"),
    ("niece nephew niece/or/nephew", "aunt or uncle"),
    ("aunt/or/uncle", "niece or nephew"),
    ("cousin", "cousin"),
    ("godmother godfather godparent", "godchild"),
    ("godson goddaughter godchild", "godparent"),
    ("mother-in-law father-in-law parent-in-law", "child-in-law"),
    ("son-in-law daughter-in-law child-in-law", "parent-in-law"),
    ("sister-in-law brother-in-law sibling-in-law", "sibling-in-law"),
    ("kin relative", "relative"),
)
"""Words that say what one of the family is to a person, and what that person is to them: whether mother or
father is not known from the other side, so it is parent. A space within a word stands as ``/`` here."""

_OTHERS: tuple[tuple[str, str], ...] = (
    ("friend best/friend old/friend", "friend"),
    ("acquaintance", "acquaintance"),
    ("colleague coworker co-worker", "colleague"),
    ("cofounder co-founder", "cofounder"),
    ("business/partner", "business partner"),
    ("boss manager supervisor", "report"),
    ("report employee direct/report assistant", "manager"),
    ("mentor coach", "mentee"),
    ("mentee protégé protégée", "mentor"),
    ("teacher professor tutor", "student"),
    ("student pupil apprentice", "teacher"),
    ("neighbour neighbor", "neighbour"),
    ("flatmate roommate co-resident housemate", "flatmate"),
    ("editor publisher", "author"),
    ("doctor therapist", "patient"),
    ("patient", "doctor"),
    ("landlord landlady", "tenant"),
    ("tenant", "landlord"),
    ("agent", "client"),
    ("sponsor referred-by", "referral"),
)
"""The same of all others."""

_BACK = (*_FAMILY, *_OTHERS)

_KIN = {fold(word.replace("/", " ")) for words, _ in _FAMILY for word in words.split()}
"""The folded words for one of the family."""

_BEASTS = {"dog", "guide dog", "cat", "horse"}
"""Who is of the family, too, but has nobody the other way round."""

_INVERSE: Mapping[str, str] = {
    fold(word.replace("/", " ")): back for words, back in _BACK for word in words.split()
}
"""What a person is to whom they have as something, by the folded word."""

KINDS = tuple(word.replace("/", " ") for words, _ in _BACK for word in words.split())
"""The usual kinds; any other words are a kind, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Someone somebody has to do with, as it reads on that one's page.

    Attributes:
        kind: What they are to the person, or, when `has_them`, what the person is to them; may be empty.
        name: What they are called.
        person_id: Their id when they are in the book.
        born: The year in which they were born, if it is known.
        row_id: The relation's record.
        own: Whether it was written with the person; else it is seen from the other side.
        has_them: Whether the kind has no name for the other side.
    """

    kind: str
    name: str
    person_id: int | None = None
    born: int | None = None
    row_id: int = 0
    own: bool = True
    has_them: bool = False

    @property
    def how(self) -> str:
        """What they are to the person, in words: ``daughter``, ``has them as drummer``."""
        return f"has them as {self.kind}" if self.has_them else self.kind or "knows"

    def words(self, today: date, occasions: Iterable[Occasion] = ()) -> str:
        """All of it in a few words: ``daughter Ana, 18``.

        Args:
            today: The day by which they are so old.
            occasions: The person's, among which a birthday of theirs may be.
        """
        if self.has_them:
            return f"{self.name}, who {self.how}"
        years = age(self.kind, self.name, self.born, today, occasions)
        said = f"{self.kind} {self.name}".strip()
        return said if years is None else f"{said}, {years}"


def is_of_the_family(relation: Relation) -> bool:
    """Whether a relation names one of the family by a first name alone, who then is nobody of the book."""
    return fold(relation.kind) in _KIN | _BEASTS and len(relation.name.split()) == 1


def refuse_oneself(relation: Relation, whose: str, others: int = 0) -> None:
    """See to it that a relation is to somebody else.

    Args:
        relation: As it was read.
        whose: The name of the person whose it is.
        others: How many others in the book bear that name.

    Raises:
        ValueError: If it is they themselves who are named; one of the family may bear their whole name.
    """
    if fold(relation.name) == fold(whose) and whose and not others and fold(relation.kind) not in _KIN:
        raise ValueError(f"That is {whose} themselves; say who else it is.")


def linked(
    relation: Relation,
    whose: int,
    named: Callable[[str], Sequence[Named]],
    find: Callable[[str, Callable[[str], Sequence[Named]]], Named],
) -> Relation:
    """A relation with whom it names in the book, where it is clear who that is.

    Args:
        relation: As it was read.
        whose: The id of the person whose it is: nobody is related to themselves.
        named: Finds people by the folded name.
        find: Says who of them is meant, as `netcrm.domain.fields.find_person` does.

    Raises:
        ValueError: If the name could be several people's, or is their own, in a sentence.
    """
    called_so = named(fold(relation.name))
    found = [one for one in called_so if one.id != whose]
    whole = sum(fold(one.name) == fold(relation.name) for one in found)
    for one in called_so:
        if one.id == whose:
            refuse_oneself(relation, one.name, whole)
    if not found or (not whole and is_of_the_family(relation)):
        return relation
    meant = find(relation.name, lambda folded: found)
    return replace(relation, name=meant.name, person_id=meant.id)


def inverse(kind: str) -> str:
    """What a person is to whom they have as something; empty where there is no word for it."""
    return _INVERSE.get(fold(kind), "")


def same(kind: str, other: str) -> bool:
    """Whether two kinds say the same, one perhaps in more words: a daughter is a child."""
    return fold(kind) == fold(other) or (inverse(kind) != "" and inverse(kind) == inverse(other))


def seen_back(kind: str, name: str, person_id: int, row_id: int) -> Tie:
    """A relation from the other side.

    Args:
        kind: What the one on whose page it will stand is to the other.
        name: The other, with whom it was written.
        person_id: The other's id.
        row_id: Its record.
    """
    back = inverse(kind)
    return Tie(
        kind=back or kind,
        name=name,
        person_id=person_id,
        row_id=row_id,
        own=False,
        has_them=not back and bool(kind),
    )


def ties(own: Sequence[Tie], back: Iterable[Tie]) -> Sequence[Tie]:
    """Everyone somebody has to do with: first what stands with them, then what only the others say.

    What both wrote stands once, in the words of the person whose page it is.
    """
    found = list(own)
    for tie in back:
        known = [one for one in found if _is_same_person(one, tie)]
        if not any(not one.kind or tie.has_them or not tie.kind or same(one.kind, tie.kind) for one in known):
            found.append(tie)
    return found


def _is_same_person(one: Tie, other: Tie) -> bool:
    if one.person_id is not None:
        return one.person_id == other.person_id
    return fold(one.name) == fold(other.name)


def age(
    kind: str, name: str, born: int | None, today: date, occasions: Iterable[Occasion] = ()
) -> int | None:
    """How old somebody of theirs is; by the year alone where the birthday is not known.

    Args:
        kind: What they are to the person.
        name: Their name.
        born: The year of birth, if it is known.
        today: The day.
        occasions: The person's, among which a birthday of theirs may be.
    """
    for occasion in occasions:
        theirs = occasion.kind in ("birthday", "birth") and occasion.yearly
        if theirs and name and fold(occasion.whose) == fold(f"{kind} {name}"):
            year = occasion.year or born
            if year is not None:
                return _years(today.year - year - (in_year(occasion, today.year) > today))
    return None if born is None else _years(today.year - born)


def _years(count: int) -> int | None:
    return count if 0 <= count <= OLDEST else None


# One line


_AGE = pattern(
    r"(?P<age>[0-9]{1,3})(?:\s+years?(?:\s+old)?)?|(?:was\s+)?(?:born|b\.)\s+(?:in\s+)?(?P<born>[0-9]{4})",
    re.IGNORECASE,
)
"""An age or a year of birth: ``18``, ``18 years old``, ``born 2008``, ``b. 2008``."""

_AGED = pattern(r"(?P<said>.*?\S)(?:\s*,\s*|\s+(?:is|turned|turns)\s+)(?P<age>[^,]*)", re.IGNORECASE)
"""What stands before an age: ``Ana, 18``, ``Ana is 18``."""


def read_born(text: str, today: date | None) -> int | None:
    """The year of birth that an age or a year says; None where it is neither.

    Args:
        text: What was written: ``18``, ``born 2008``.
        today: The day on which it was; None to understand a year only, not an age.
    """
    match = _AGE.fullmatch(text.strip())
    if match is None:
        return None
    if match["born"]:
        return int(match["born"]) or None
    if today is None or int(match["age"]) > min(OLDEST, today.year - 1):
        return None
    return today.year - int(match["age"])


def read_relation(line: str, today: date) -> Relation:
    """A relation in one line: ``daughter Ana, 18``, ``mentor: Don Orlando``, ``guide dog Otso``.

    What somebody is comes first: a usual word, words in lower case, or anything before a colon.

    Raises:
        ValueError: If it does not say who, or what they are, in a sentence.
    """
    said, born = " ".join(line.split()), None
    if match := _AGED.fullmatch(said):
        born = read_born(match["age"], today)
        said = said if born is None else match["said"]
    head, colon, rest = said.partition(":")
    if colon:
        kind, name = head.strip(), rest.strip()
    else:
        kind, name = _kind_first(said)
    if not kind:
        raise ValueError(f"Say what {quoted(said)} is to them: daughter Ana, 18, or mentor: Don Orlando.")
    if not name:
        raise ValueError(f"Say who the {kind[:40]} is: {kind[:40]} Ana.")
    return Relation(kind, name, born=born)


def _kind_first(said: str) -> tuple[str, str]:
    """What stands before the name: the longest usual kind, else the words in lower case."""
    folded = fold(said)
    for kind in sorted(_INVERSE, key=len, reverse=True):
        if folded == kind or folded.startswith(f"{kind} "):
            count = len(kind.split())
            words = said.split()
            return " ".join(words[:count]), " ".join(words[count:])
    words = said.split()
    low = list(_lower(words))
    return (" ".join(low), " ".join(words[len(low) :])) if len(low) < len(words) else ("", said)


def _lower(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if not word[:1].islower():
            return
        yield word
