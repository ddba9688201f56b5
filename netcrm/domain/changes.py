"""What an act of the user changed: enough for the screen to read again just that, and to say it."""

from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one act, or its undoing, changed.

    Attributes:
        label: The act in words, past tense: ``gave Ibrahim the Kestrel opening``. Empty when nothing changed.
        people: The ids of the people touched.
        interactions: The ids of the interactions touched.
        gives: The ids of the gives touched.
        groups: The ids of the groups touched.
        sparks: The ids of the sparks touched.
        introductions: The ids of the introductions touched.
        act: The act's id in the history; 0 when nothing changed.
    """

    label: str = ""
    people: frozenset[int] = frozenset()
    interactions: frozenset[int] = frozenset()
    gives: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    sparks: frozenset[int] = frozenset()
    introductions: frozenset[int] = frozenset()
    act: int = 0

    def __bool__(self) -> bool:
        return bool(self.act)
