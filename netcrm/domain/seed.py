"""A whole book at once, for a file that has nothing in it yet."""

from collections.abc import Sequence
from datetime import date

from netcrm.domain.gives import Give
from netcrm.domain.groups import GroupDraft, Question
from netcrm.domain.introductions import Introduction
from netcrm.domain.organisations import Position
from netcrm.domain.people import Profile
from netcrm.domain.sparks import Spark
from netcrm.domain.timeline import Entry
from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """Everything that a new book begins with.

    Since nothing is there yet, the first of each kind gets the id 1, the next 2, and so on: that is how they
    refer to one another. The ids and UUIDs that a value bears itself are not looked at.

    Attributes:
        confirmed: Wants and offers, each by the person and its text, with the day on which it was last known
            to be true.
        positions: Where people worked before, each by the person.
    """

    people: Sequence[Profile] = ()
    groups: Sequence[GroupDraft] = ()
    questions: Sequence[Question] = ()
    timeline: Sequence[Entry] = ()
    sparks: Sequence[Spark] = ()
    gives: Sequence[Give] = ()
    introductions: Sequence[Introduction] = ()
    confirmed: Sequence[tuple[int, str, date]] = ()
    positions: Sequence[tuple[int, Position]] = ()
