"""The ``@`` names in a note of one's own, found again in its text."""

import re
from collections.abc import Iterator, Sequence

from netcrm.domain.patterns import pattern
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

_SIGN = pattern(r"(?<![\w@])@(?=[^\W\d_])")
_WORD = pattern(r"[^\W_]+(?:['’\-][^\W_]+)*")
_POSSESSIVE = pattern(r"['’]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """An ``@`` name in a text.

    Attributes:
        start: Where its ``@`` stands.
        end: Where the name ends, without a possessive.
        name: Whose it is, if it is a part of one of the names.
    """

    start: int
    end: int
    name: str


def marked(text: str, names: Sequence[str]) -> Iterator[Marked]:
    """The ``@`` names of a text, in their order.

    Args:
        text: The text as it stands in the timeline.
        names: The full names of those whom it mentions; a name is read as far as it is one of theirs, and of
            a nickname just the first word.
    """
    padded = {name: f" {fold(name)} " for name in names}
    for sign in _SIGN.finditer(text):
        end, said, whose = sign.end(), "", ""
        for word in _WORD.finditer(text, sign.end()):
            if said and text[end : word.start()].strip(" ") != "":
                break
            bare = _POSSESSIVE.sub("", word[0])
            longer = f"{said} {fold(bare)}".strip()
            found = next((name for name, whole in padded.items() if f" {longer} " in whole), "")
            if said and not found:
                break
            end, said, whose = word.start() + len(bare), longer, found
            if not found or bare != word[0]:
                break
        yield Marked(sign.start(), end, whose)
