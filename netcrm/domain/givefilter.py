"""Narrowing the queue: which kinds of gives, for whom, in which words."""

from netcrm.domain.gives import KINDS, Give
from netcrm.domain.people import Named
from netcrm.domain.query import split
from netcrm.domain.text import all_begin, fold, words
from netcrm.domain.values import dataclass

TERMS = ("kind", "with")
"""What narrows the queue, before a colon; ``for:`` says the same as ``with:``."""

_SHORTEST_KIND = 3
"""Letters of a bare word that are enough to name a kind: fewer begin too many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFilter:
    """What to show of the queue. Kinds add to one another, all else has to hold; an empty one shows all.

    Attributes:
        kinds: Of `netcrm.domain.gives.KINDS`.
        names: Folded words; each begins a word of the person's name.
        words: Folded words; each begins a word of the give, of why, or of the person's name.
        person: Just for this person.
        group: Just for this group.
        problems: A sentence for each term that was not understood.
    """

    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    person: Named | None = None
    group: Named | None = None
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it narrows anything."""
        return self != GiveFilter(problems=self.problems)

    def __str__(self) -> str:
        """The filter as it would be typed."""
        said = [f"kind:{kind}" for kind in self.kinds]
        said += [f"with:{name}" for name in self.names]
        said += [f'with:"{whom.name}"' for whom in (self.person, self.group) if whom is not None]
        return " ".join((*said, *self.words))

    def admits(self, give: Give) -> bool:
        """Whether a give is shown."""
        name = words(give.whom.name)
        if self.person is not None and give.person_id != self.person.id:
            return False
        if self.group is not None and give.group_id != self.group.id:
            return False
        if self.kinds and give.kind not in self.kinds:
            return False
        return all_begin(self.names, name) and all_begin(
            self.words, [*words(give.words), *words(give.why), *name]
        )


def parse_filter(text: str) -> GiveFilter:
    """Read what was typed; never fails, but tells what it did not understand."""
    kinds: list[str] = []
    names: list[str] = []
    others: list[str] = []
    problems: list[str] = []
    for piece in split(text):
        name, colon, value = piece.partition(":")
        if colon and name == "kind":
            found = _kinds(value)
            kinds += found
            if value and not found:
                problems.append(f"“{piece}” is no kind; there are {', '.join(KINDS)}.")
        elif colon and name in ("with", "for"):
            names += words(value)
        elif colon and name.isalpha() and not value.startswith("//"):
            problems.append(f"“{name}:” is no term here. Known: {' '.join(f'{term}:' for term in TERMS)}")
        elif len(piece) >= _SHORTEST_KIND and (found := _kinds(piece)):
            kinds += found
        else:
            others += words(piece)
    return GiveFilter(
        kinds=tuple(dict.fromkeys(kinds)),
        names=tuple(dict.fromkeys(names)),
        words=tuple(dict.fromkeys(others)),
        problems=tuple(problems),
    )


def _kinds(text: str) -> list[str]:
    """The kinds that begin so, said in the singular or the plural; several divided by commas."""
    wanted = [folded for word in text.split(",") if (folded := fold(word))]
    return [kind for word in wanted for kind in KINDS if kind.startswith(word) or f"{kind}s" == word]
