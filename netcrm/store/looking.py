"""Looking for what there is to give: what a source is given, and what it finds."""

import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from netcrm.domain.gives import GiveDraft
from netcrm.domain.preferences import Preferences
from netcrm.domain.synonyms import Synonyms
from netcrm.domain.values import dataclass

if TYPE_CHECKING:
    from netcrm.domain.introducing import Proposal


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to give that nobody typed.

    Attributes:
        key: What it is, so that it is suggested only once: it begins with the source and a colon.
        draft: The give, with its source, which is one of `netcrm.domain.preferences.FILLS`.
        pair: The ids of the two whom giving it introduces; the introduction is begun with it, as an idea.
    """

    key: str
    draft: GiveDraft
    pair: tuple[int, int] | None = None


@dataclass(slots=True)
class Look:
    """Where a source looks for suggestions.

    Attributes:
        today: The day.
        people: The ids of the people to look at; None for everybody.
        synonyms: Gives the words that mean the same.
        proposed: Whom to introduce to whom, once it was found: that takes a while, and a look is used twice.
        near: The ids of those whose occasions are suggested, once they were chosen among everybody's.
        ripe: The ids of those who may be said hello to, once they were chosen among everybody.
        joys: What would delight somebody, once it was found, for the same reason.
    """

    connection: sqlite3.Connection
    preferences: Preferences
    today: date
    people: Collection[int] | None = None
    synonyms: Callable[[], Synonyms] = Synonyms
    proposed: "list[Proposal]" = field(default_factory=list)
    near: Collection[int] | None = None
    ripe: Collection[int] | None = None
    joys: list[Suggestion] | None = None


Source = Callable[[Look], Iterable[Suggestion]]
"""Finds what there is to give. It leaves out what was suggested before where it can tell cheaply."""

WAITING = """gives LEFT JOIN people ON people.id = gives.person_id
    LEFT JOIN groups ON groups.id = gives.group_id
    WHERE state IN ('queued', 'snoozed') AND coalesce(people.archived, groups.archived) = 0"""
"""The gives that stand in the queue: what waits for whoever was put away keeps nothing else out."""


def is_away(look: Look) -> bool:
    """Whether one is on a sabbatical, in which nobody's silence is told."""
    today = look.today.isoformat()
    row = look.connection.execute(
        "SELECT 1 FROM sabbaticals WHERE ? BETWEEN from_on AND until_on", (today,)
    ).fetchone()
    return row is not None
