"""Groups: the communities where people meet around what they share."""

from dataclasses import dataclass
from datetime import date

from netcrm.domain.people import Named

QUIET_AFTER = 2
"""Cadences without anything after which a group is quiet: one meeting missed is no silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """Everything that can be said of a group; what its form edits.

    Attributes:
        kind: In the user's words: ``meetup``, ``forum``, ``club`` …
        cadence: Days between meetings, or None.
        topics: What it is about, each in a few words.
        members: The ids of the people who belong to it, in the order in which they joined.
        next_on: The next meeting, when one is agreed on.
    """

    name: str
    kind: str = ""
    link: str = ""
    cadence: int | None = None
    note: str = ""
    topics: tuple[str, ...] = ()
    members: tuple[int, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group in the book.

    Attributes:
        last_on: The day of its last interaction, if there was one.
        entries: How many interactions are its own.
        archived: Put away, out of the list.
    """

    id: int
    uuid: str
    name: str
    kind: str = ""
    link: str = ""
    cadence: int | None = None
    note: str = ""
    topics: tuple[str, ...] = ()
    members: tuple[Named, ...] = ()
    next_on: date | None = None
    last_on: date | None = None
    entries: int = 0
    archived: bool = False
