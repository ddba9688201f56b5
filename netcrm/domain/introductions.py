"""Introductions: two people who should meet, why, and how far it has come."""

from dataclasses import dataclass
from datetime import date

from netcrm.domain.people import Named

INTRODUCTION_STATES = ("idea", "asked one", "asked both", "both said yes", "made", "came of it")
"""How far an introduction has come, in order."""

_BOTH_AGREED = INTRODUCTION_STATES.index("both said yes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """Two people who should meet.

    Attributes:
        why: What each would have of it.
        state: One of `INTRODUCTION_STATES`.
        since: The day on which it came to its state.
        note: Why it was made before both had said yes, if it was.
        came_of_it: What came of it, if anything did.
    """

    id: int
    uuid: str
    one: Named
    other: Named
    why: str = ""
    state: str = "idea"
    since: date
    note: str = ""
    came_of_it: str = ""


def skips_consent(before: str, after: str) -> bool:
    """Whether a step makes an introduction that not both have said yes to."""
    reached, aim = INTRODUCTION_STATES.index(before), INTRODUCTION_STATES.index(after)
    return reached < _BOTH_AGREED < aim
