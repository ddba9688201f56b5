"""The group that a log line is about: ``Lisbon Designers: talked about posters``."""

import re
from collections.abc import Iterable, Mapping

from netcrm.domain.logline.meaning import Mention
from netcrm.domain.logline.names import Names
from netcrm.domain.logline.words import ASIDE_WORDS
from netcrm.domain.patterns import pattern
from netcrm.domain.people import Named
from netcrm.domain.text import words

_WORD = pattern(r"[^\W_]+")
_GAP = pattern(r"[\s&+/'’.\-]{1,4}")
_THE = pattern(r"\s*(?:the|our|my)\s+", re.IGNORECASE)

_SPOKEN_OF = ASIDE_WORDS | frozenset(("of", "from", "for", "like", "than"))
"""After them a group is part of what is told: ``coffee with Hank about the Lisbon Designers``."""

_FAR_BEFORE = 20
"""Characters before a name in which such a word is looked for."""


class GroupNames:
    """The groups of the book, found by their whole names.

    Of groups that are called alike none is found, and a name that people have is theirs.

    Args:
        groups: All there are.
        names: Where people's names are looked up.
    """

    def __init__(self, groups: Iterable[Named], names: Names) -> None:
        self._names = names
        called: dict[tuple[str, ...], list[Named]] = {}
        for group in groups:
            called.setdefault(tuple(words(group.name)), []).append(group)
        self._called: Mapping[tuple[str, ...], Named] = {
            said: alike[0] for said, alike in called.items() if said and len(alike) == 1
        }
        self._longest = max(map(len, self._called), default=0)

    def called(self, text: str) -> Named | None:
        """The group of just this name, a ``the`` before it aside."""
        if not self._called:
            return None
        the = _THE.match(text)
        return self._known(tuple(words(text[the.end() if the else 0 :])), text)

    def find(self, text: str) -> Mention | None:
        """The first group that a sentence names as one that was there; its longest name wins.

        Args:
            text: The line with everything that is no sentence blanked, so that places are those of the line.
        """
        if not self._called:
            return None
        found = list(_WORD.finditer(text))
        for at, first in enumerate(found):
            said: list[str] = []
            best: Mention | None = None
            for place in range(at, min(len(found), at + self._longest)):
                word = found[place]
                if place > at and _GAP.fullmatch(text, found[place - 1].end(), word.start()) is None:
                    break
                said += words(word[0])
                group = self._known(tuple(said), first[0])
                if group is not None:
                    start, end = first.start(), word.end()
                    best = Mention(text=text[start:end], start=start, end=end, candidates=(group,))
            if best is not None and not _is_spoken_of(text, best.start):
                return best
        return None

    def _known(self, said: tuple[str, ...], first: str) -> Named | None:
        """A group by the words of its name; a name of one word has to be written as one."""
        group = self._called.get(said)
        if group is None or (len(said) == 1 and first.strip()[:1].islower()):
            return None
        return None if self._names.called(group.name) else group


def _is_spoken_of(text: str, start: int) -> bool:
    before = text[max(0, start - _FAR_BEFORE) : start].lower().split()
    while before and before[-1] in ("the", "our", "my"):
        before.pop()
    return bool(before) and before[-1] in _SPOKEN_OF
