"""What a log line means: the people it names, what it adds, and what is still missing."""

import datetime
from collections.abc import Sequence
from typing import Literal, Protocol

from netcrm.domain.gives import GiveDraft
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named
from netcrm.domain.text import fold
from netcrm.domain.timeline import Entry
from netcrm.domain.values import dataclass
from netcrm.domain.wants import WantDraft

Role = Literal[
    "day",
    "person",
    "ambiguous",
    "unknown",
    "group",
    "place",
    "tag",
    "enjoyment",
    "kind",
    "give",
    "occasion",
    "want",
]
"""What a part of the line was taken for."""


class Book(Protocol):
    """Where names are looked up."""

    def named(self, folded: str) -> Sequence[Named]:
        """The people who are called so.

        Args:
            folded: A name as `netcrm.domain.text.fold` leaves it: a full, given or family name, a
                nickname, or a run of words of a full name.
        """
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the line and what it was taken for, so that it can be coloured while it is typed.

    Attributes:
        start: The first character, counted from 0.
        end: The one after the last.
    """

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in the line.

    Attributes:
        text: The name as it was typed, without a possessive.
        start: Where it begins in the line.
        end: Where it ends.
        candidates: Everyone it could be.
        near: Whom it may have meant, when nobody has just this name: ``Hank Brown`` is near Hank Morrow.
        picked: Whom the user picked for it.
        left_out: Whether the user said that it is nobody of the book.
        aside: Spoken of rather than there, as in ``coffee with Hank about Grace``.
    """

    text: str
    start: int
    end: int
    candidates: tuple[Named, ...] = ()
    near: tuple[Named, ...] = ()
    picked: Named | None = None
    left_out: bool = False
    aside: bool = False

    @property
    def key(self) -> str:
        """The folded text: what `understand` looks up in ``chosen``."""
        return fold(self.text)

    @property
    def person(self) -> Named | None:
        """Who it is, when that is certain."""
        if self.left_out:
            return None
        if self.picked is not None:
            return self.picked
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def ambiguous(self) -> bool:
        """Whether it could be several people, so that the user must say which."""
        return not self.left_out and self.picked is None and len(self.candidates) > 1

    @property
    def unknown(self) -> bool:
        """Whether nobody of the book is called so."""
        return not self.left_out and self.picked is None and not self.candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A give that the line adds, to be queued for each of the people.

    Attributes:
        people: For whom.
        group: For which group, when it is for nobody in particular.
        words: What to do, without the name of the one it is for: ``Send the paper``.
        kind: One of `netcrm.domain.gives.KINDS`.
        due: The day by which; None when none was said.
        promised: Whether they were told (``I'll …``), rather than merely noted down (``todo: …``).
    """

    people: tuple[Named, ...]
    words: str
    kind: str = "help"
    due: datetime.date | None = None
    promised: bool = False
    link: str = ""
    effort: str = "S"
    group: Named | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An occasion that the line adds to each of the people's."""

    people: tuple[Named, ...]
    occasion: Occasion

    @property
    def person(self) -> Named | None:
        """Whose occasion it is, when that is known."""
        return self.people[0] if self.people else None


@dataclass(frozen=True, slots=True)
class Wish:
    """What the line says that each of the people wants or offers.

    Attributes:
        side: One of `netcrm.domain.wants.SIDES`.
    """

    people: tuple[Named, ...]
    side: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """All that was understood of a line; nothing is saved yet.

    Attributes:
        line: The line as it was typed.
        day: When it happened; today unless the line says so.
        day_said: Whether the line says the day.
        time: The time of day, if said.
        kind: One of `netcrm.domain.timeline.KINDS`.
        mentions: Every name in the line, in its order.
        people: Those who take part, each once; of a line that only promises, those it is for.
        from_selection: Whether they were not named, but are who was selected on the screen.
        group: The group whose it is, which it names by its whole name.
        journal: Whether it is a note of one's own, in which people are only mentioned.
        place: Where it was.
        tags: Without their ``#``, as they were typed, each once.
        enjoyment: 0 (not said) to 3.
        text: The sentence as it will stand in the timeline.
        logs: Whether the line adds an interaction; one that only promises or dates does not.
        gives: The gives it adds.
        occasions: The occasions it adds.
        wishes: The wants and offers it adds.
        spans: What each part was taken for: in order, without overlap.
        problems: Sentences that say what is missing before it can be saved.
    """

    line: str
    day: datetime.date
    day_said: bool = False
    time: datetime.time | None = None
    kind: str = "note"
    mentions: tuple[Mention, ...] = ()
    people: tuple[Named, ...] = ()
    from_selection: bool = False
    group: Named | None = None
    journal: bool = False
    place: str = ""
    tags: tuple[str, ...] = ()
    enjoyment: int = 0
    text: str = ""
    logs: bool = False
    gives: tuple[Promise, ...] = ()
    occasions: tuple[Happening, ...] = ()
    wishes: tuple[Wish, ...] = ()
    spans: tuple[Span, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be saved as it is."""
        return not self.problems

    @property
    def give(self) -> Promise | None:
        """The give it adds; the first one of several."""
        return self.gives[0] if self.gives else None

    @property
    def occasion(self) -> Happening | None:
        """The occasion it adds; the first one of several."""
        return self.occasions[0] if self.occasions else None

    @property
    def everyone(self) -> tuple[Named, ...]:
        """All whom saving the line touches, each once."""
        groups = [self.people, *(give.people for give in self.gives)]
        groups += [*(date.people for date in self.occasions), *(wish.people for wish in self.wishes)]
        return tuple(dict.fromkeys(person for group in groups for person in group))

    @property
    def drafts(self) -> tuple[GiveDraft, ...]:
        """The gives to be queued, one for each person of each promise, or one for its group."""
        return tuple(
            GiveDraft(
                person_id=person.id if person else None,
                group_id=give.group.id if give.group and not person else None,
                words=give.words,
                kind=give.kind,
                link=give.link,
                due=give.due,
                promised=give.promised,
                effort=give.effort,
                source="log",
            )
            for give in self.gives
            for person in (give.people or (None,))
            if person or give.group
        )

    @property
    def dates(self) -> tuple[tuple[int, Occasion], ...]:
        """The occasions to be remembered, each with the id of whose it is."""
        return tuple(
            (person.id, happening.occasion) for happening in self.occasions for person in happening.people
        )

    @property
    def wants(self) -> tuple[WantDraft, ...]:
        """The wants and offers to be noted, one for each person of each wish."""
        return tuple(
            WantDraft(person.id, wish.side, wish.text, self.day)
            for wish in self.wishes
            for person in wish.people
        )

    @property
    def entry(self) -> Entry | None:
        """The interaction to be written down, or None when the line adds none or is not ready."""
        if not self.logs or not self.ready:
            return None
        return Entry(
            day=self.day,
            people=tuple(person.id for person in self.people),
            kind=self.kind,
            text=self.text,
            time=self.time,
            place=self.place,
            tags=self.tags,
            group_id=self.group.id if self.group else None,
            enjoyment=self.enjoyment,
        )
