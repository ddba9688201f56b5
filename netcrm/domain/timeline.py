"""The timeline: what happened, with whom, and how it was."""

from datetime import date
from datetime import time as time_of_day

from netcrm.domain.people import Named
from netcrm.domain.values import dataclass

KINDS = (
    "met",
    "call",
    "message",
    "email",
    "event",
    "note",
    "life event",
    "learned",
    "taught",
    "gave",
    "received",
    "asked",
    "introduced",
)
"""What an interaction can be, in the order in which a list of them reads best."""

CONTACT_KINDS = frozenset(KINDS) - {"note", "life event"}
"""The kinds in which the two of you were in touch, so that the rhythm starts again."""

SIGNS = {
    "met": "◍",
    "call": "☏",
    "message": "»",
    "email": "✉",
    "event": "◆",
    "note": "·",
    "life event": "⚑",
    "learned": "↓",
    "taught": "↑",
    "gave": "✦",
    "received": "✧",
    "asked": "?",
    "introduced": "∞",
}
"""One cell each, and none that terminals draw as a wide emoji."""

NOUNS = {
    "met": "a meeting with",
    "call": "a call with",
    "message": "a message with",
    "email": "an email with",
    "event": "an event with",
    "note": "a note on",
    "life event": "news of",
    "learned": "what you learned from",
    "taught": "what you taught",
    "gave": "what you gave",
    "received": "what you got from",
    "asked": "what you asked",
    "introduced": "an introduction of",
}
"""Each kind as a thing with someone, for a sentence that goes on with their name."""

MOST_ENJOYED = 3

NOBODY = "An entry needs at least one person, or a group."
"""What is said of an entry that would stand nowhere."""

ANSWERS = ("yes", "no")
"""What became of an ask, once that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An interaction to be written down.

    Attributes:
        day: When it happened.
        people: The ids of those who took part, or whom a note mentions; at least one, unless it is a group's
            or a note.
        kind: One of `KINDS`.
        time: The time of day, local, if known.
        enjoyment: 0 (not said) to `MOST_ENJOYED`.
        answer: Of an ask, one of `ANSWERS`; empty while there is none.
        answered_on: The day of the answer.
    """

    day: date
    people: tuple[int, ...]
    kind: str = "note"
    text: str = ""
    time: time_of_day | None = None
    place: str = ""
    tags: tuple[str, ...] = ()
    group_id: int | None = None
    enjoyment: int = 0
    answer: str = ""
    answered_on: date | None = None

    @property
    def stands_alone(self) -> bool:
        """Whether it may be written down: it has someone in it, or is a group's, or a note of one's own."""
        return bool(self.people) or self.group_id is not None or self.kind == "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """An interaction that stands in the timeline.

    Attributes:
        answer: Of an ask, one of `ANSWERS`; empty while there is none.
        answered_on: The day of the answer.
        landed: Whether the give that wrote it landed (`netcrm.domain.gives.LANDED`); empty when nobody said.
    """

    id: int
    uuid: str
    day: date
    kind: str
    text: str
    people: tuple[Named, ...]
    time: time_of_day | None = None
    place: str = ""
    tags: tuple[str, ...] = ()
    enjoyment: int = 0
    group_id: int | None = None
    answer: str = ""
    answered_on: date | None = None
    landed: str = ""

    @property
    def entry(self) -> Entry:
        """The interaction as it would be written down again; what its form is opened with."""
        return Entry(
            day=self.day,
            people=tuple(person.id for person in self.people),
            kind=self.kind,
            text=self.text,
            time=self.time,
            place=self.place,
            tags=self.tags,
            group_id=self.group_id,
            enjoyment=self.enjoyment,
            answer=self.answer,
            answered_on=self.answered_on,
        )

    @property
    def one_star_more(self) -> int:
        """The enjoyment with one star more; none after the most there are."""
        return (self.enjoyment + 1) % (MOST_ENJOYED + 1)

    @property
    def stars(self) -> str:
        """The enjoyment as stars, or nothing."""
        return "★" * self.enjoyment
