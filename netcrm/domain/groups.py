"""Groups: the communities where people meet around what they share, and how they stand."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from netcrm.domain.people import Named, PersonLine
from netcrm.domain.rhythm import DRIFTING_AFTER, Warmth, since, span
from netcrm.domain.text import all_begin, fold, words
from netcrm.domain.values import dataclass

MEETING_KINDS = frozenset({"met", "event", "call"})
"""The kinds of interaction at which a group is together; they settle the meeting that was agreed on."""

LESSON_KINDS = ("learned", "taught")
"""The kinds of interaction that are a line of what one learned from a group, or taught it."""

USUAL_CADENCE = 30
"""Days by which the gauge of a group goes that has no cadence."""

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
        last_on: The day on which there was last something of it, notes aside; None when there was nothing.
        last_kind: What that was, one of `netcrm.domain.timeline.KINDS`; of several on that day, the meeting.
        entries: How many interactions are its own.
        questions: How many questions are open in it.
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
    last_kind: str = ""
    entries: int = 0
    questions: int = 0
    archived: bool = False

    @property
    def draft(self) -> GroupDraft:
        """The group as it would be founded again; what its form is opened with."""
        return GroupDraft(
            name=self.name,
            kind=self.kind,
            link=self.link,
            cadence=self.cadence,
            note=self.note,
            topics=self.topics,
            members=tuple(member.id for member in self.members),
            next_on=self.next_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that a group carries on; settled, it stays with its answer.

    Attributes:
        settled_on: The day on which it was settled; None while it is open.
        answer: What came of it; may be empty.
    """

    id: int
    group_id: int
    text: str
    asked_on: date
    settled_on: date | None = None
    answer: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be carried on."""
        return self.settled_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Someone who belongs to a group, and what they care about.

    Attributes:
        person: What a list shows of them.
        wants: What they look for.
        tags: What they are tagged with.
    """

    person: PersonLine
    wants: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def named(self) -> Named:
        """Who it is."""
        return Named(self.person.id, self.person.name)


# How it stands


@dataclass(frozen=True, slots=True)
class Pulse:
    """How lively a group is, in words and as a gauge; never a judgement on anybody.

    Attributes:
        words: What was last, and when: ``met Sat``, ``posted 3d ago``, ``quiet 9 weeks``, ``nothing yet``.
        filled: How many blocks of the gauge are full, of `Pulse.BLOCKS`: all on the day itself, two or more
            in rhythm, one while it is ripe, none when it is quiet.
        warmth: How it stands against its cadence.
    """

    words: str
    filled: int
    warmth: Warmth

    BLOCKS = 4
    """Blocks of the gauge."""

    @property
    def gauge(self) -> str:
        """The gauge, a cell a block: ``▰▰▰▱``."""
        return "▰" * self.filled + "▱" * (self.BLOCKS - self.filled)

    @property
    def quiet(self) -> bool:
        """Whether it has been silent for twice its cadence, so that one might drop in."""
        return self.warmth is Warmth.DRIFTING


def pulse(group: Group, today: date) -> Pulse:
    """How lively a group is.

    It is quiet after `DRIFTING_AFTER` cadences without anything, as a person would be drifting. A group
    without a cadence is never quiet: nothing is expected of it, and its gauge goes by `USUAL_CADENCE`.

    Args:
        group: Which.
        today: The day to judge by.
    """
    if group.last_on is None:
        return Pulse("nothing yet", 0, Warmth.NONE)
    days = max(0, (today - group.last_on).days)
    cadence = group.cadence or USUAL_CADENCE
    long = DRIFTING_AFTER * cadence
    if group.cadence and days > long:
        return Pulse(f"quiet {_silence(days)}", 0, Warmth.DRIFTING)
    filled = max(0, int(Pulse.BLOCKS * (1 - days / long)))
    warmth = Warmth.NONE
    if group.cadence:
        filled = max(1, filled)
        warmth = Warmth.IN_RHYTHM if days <= cadence else Warmth.RIPE
    return Pulse(_last(group.last_kind, group.last_on, today), filled, warmth)


def _last(kind: str, on: date, today: date) -> str:
    """What was last, and when; of the last days the weekday for what one goes to, else how long ago."""
    days = (today - on).days
    said = _DONE.get(kind, kind)
    if days <= 0:
        return f"{said} today"
    if days < _WEEK and kind in MEETING_KINDS:
        return f"{said} {on:%a}"
    return f"{said} {since(on, today)} ago"


def _silence(days: int) -> str:
    """How long, in weeks up to a quarter of a year: ``9 weeks``."""
    return f"{days // _WEEK} weeks" if 2 * _WEEK <= days < 13 * _WEEK else span(days)


_WEEK = 7

_DONE = {
    "met": "met",
    "event": "met",
    "call": "spoke",
    "message": "posted",
    "email": "wrote",
    "received": "got something",
}
"""What was done, in a word or two; the other kinds say it themselves."""


# Which one is meant


Called = TypeVar("Called", Group, Named)
"""A group, whole or by name."""


def meant(groups: Sequence[Called], said: str) -> Sequence[Called]:
    """The groups that a name can mean: by its whole name, else by the beginning, else by some of its words.

    Accents and case are folded; each word may be cut short. Where nothing begins so, what is written
    nearly so is meant, so that a slip of the hand finds it too.

    Args:
        groups: Those to choose from.
        said: What was said.
    """
    wanted = fold(said)
    if not wanted:
        return []
    names = {group.id: fold(group.name) for group in groups}
    for fits in (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: bool(words(wanted)) and all_begin(words(wanted), words(name)),
    ):
        if found := [group for group in groups if fits(names[group.id])]:
            return found
    from difflib import get_close_matches  # here, since as a rule something is called so

    near = get_close_matches(wanted, names.values(), n=3, cutoff=0.7)
    return [group for group in groups if names[group.id] in near]
