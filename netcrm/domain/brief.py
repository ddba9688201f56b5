"""The brief: what is good to know before you meet someone, on one card, and as text to take along."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from netcrm.domain.gives import Give, say_day, why_now
from netcrm.domain.occasions import Occasion, next_on
from netcrm.domain.people import Named, Person
from netcrm.domain.rhythm import ago, every, span
from netcrm.domain.text import beginning, plain, plain_lines, words
from netcrm.domain.timeline import Interaction
from netcrm.domain.values import dataclass
from netcrm.domain.wants import Want

TOGETHER = ("met", "call", "event")
"""The kinds in which one was together with someone, and could tell what is new."""

SINCE_MOST = 4
"""Entries of what happened since the last time, that one included."""

COMING_DAYS = 60
"""How far ahead occasions are worth mentioning when one meets."""

_SO_FAR_MOST = 2
"""Entries that are shown however recent the last time is."""

ASKED_DAYS = 365
"""For how long an ask that was answered is worth remembering before one meets again."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Something you could give them.

    Attributes:
        kind: ``spark`` for something kept that would suit them, ``introduction`` for whom they should meet.
        whom: Of an introduction, whom they should meet.
        what: Of a spark, its title.
        why: Because of what, or how far it has come; may be empty.
    """

    kind: str
    whom: str = ""
    what: str = ""
    why: str = ""

    @property
    def words(self) -> str:
        """What to do, in a few words."""
        return f"pass on “{self.what}”" if self.kind == "spark" else f"introduce them to {self.whom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is good to know before you meet someone.

    Attributes:
        person: Whom.
        family: Those close to them, in words: ``daughter Ana, 18``.
        entries: The newest of their timeline, newest first.
        waiting: What waits to be given to them, in the queue's order.
        wants: What they want and offer.
        introduced_by: Who introduced you.
        groups: Where you meet, by name.
        common: Whom you both know, those you were together with most often first.
        glad_of: What lands with them, in words; may be empty.
        asks: What you asked of them, newest first.
        introducing: The introductions of theirs that are under way, and how far each has come.
        could: What else you could give; None while it has not been looked for.
    """

    person: Person
    family: Sequence[str] = ()
    entries: Sequence[Interaction] = ()
    waiting: Sequence[Give] = ()
    wants: Sequence[Want] = ()
    introduced_by: Named | None = None
    groups: Sequence[str] = ()
    common: Sequence[Named] = ()
    glad_of: str = ""
    asks: Sequence[Interaction] = ()
    introducing: Sequence[Chance] = ()
    could: Sequence[Chance] | None = None

    @property
    def since(self) -> Sequence[Interaction]:
        """The last time you were together and what happened since then, newest first.

        Where that is more than fits on a card, the newest of it and the last time itself.
        """
        last = self._last
        if last is None:
            return self.entries[:_SO_FAR_MOST]
        if last < SINCE_MOST:
            return self.entries[: max(last + 1, _SO_FAR_MOST)]
        return [*self.entries[: SINCE_MOST - 1], self.entries[last]]

    @property
    def met_before(self) -> bool:
        """Whether it is known when you were together last."""
        return self._last is not None

    @property
    def chances(self) -> Sequence[Chance]:
        """What you could give, introductions under way first, without those that wait in the queue."""
        queued = {word for give in self.waiting if give.kind == "introduction" for word in words(give.words)}
        own = [chance for chance in self.introducing if not queued.intersection(words(chance.whom)[:1])]
        return [*own, *(self.could or ())]

    @property
    def _last(self) -> int | None:
        places = (place for place, entry in enumerate(self.entries) if entry.kind in TOGETHER)
        return next(places, None)

    @property
    def promises(self) -> Sequence[Give]:
        """What you promised them."""
        return [give for give in self.waiting if give.promised]

    @property
    def others(self) -> Sequence[Give]:
        """What else waits for them."""
        return [give for give in self.waiting if not give.promised]

    def of_side(self, side: str) -> Sequence[str]:
        """What they want or offer, in their words.

        Args:
            side: ``want`` or ``offer``.
        """
        return [want.text for want in self.wants if want.side == side]

    def coming(self, today: date) -> Sequence[tuple[date, Occasion]]:
        """The occasions that are near, the next first."""
        dated = [(next_on(occasion, today), occasion) for occasion in self.person.profile.occasions]
        near = [
            (day, occasion)
            for day, occasion in dated
            if day is not None and day - today <= timedelta(days=max(COMING_DAYS, occasion.notice))
        ]
        return sorted(near, key=lambda one: one[0])

    def ask(self, today: date) -> Interaction | None:
        """The last ask, where it is still open, or not long ago."""
        last = next(iter(self.asks), None)
        if last is None or (last.answer and last.day < today - timedelta(days=ASKED_DAYS)):
            return None
        return last

    @property
    def met(self) -> str:
        """How you met, and through whom."""
        profile = self.person.profile
        through = f"through {self.introduced_by.name}" if self.introduced_by else ""
        year = str(profile.met_on.year) if profile.met_on else ""
        return ", ".join(text for text in (profile.met, through, year) if text)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing on the card.

    Attributes:
        text: What it says.
        lead: What stands before it: a day, a sign.
        tail: What stands back behind it: why, when.
        entry: The timeline's entry that it tells of.
    """

    text: str
    lead: str = ""
    tail: str = ""
    entry: Interaction | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Some things on the card, under one label.

    Attributes:
        kind: Which section it is, for how it is drawn.
        label: In a word or two.
        notes: At least one.
        block: The number of the block it stands in; blocks stand apart.
    """

    kind: str
    label: str
    notes: Sequence[Note]
    block: int


def sections(brief: Brief, today: date) -> Sequence[Section]:
    """The card, from top to bottom; what there is nothing of is left out.

    Args:
        brief: What is known.
        today: The day on which one reads it.
    """
    return [section for section in _sections(brief, today) if section.notes]


def _sections(brief: Brief, today: date) -> Iterator[Section]:
    since = [
        Note(_said(entry), say_day(entry.day, today), _with(entry, brief.person.id), entry)
        for entry in brief.since
    ]
    yield Section("since", "since last time" if brief.met_before else "so far", since, 0)
    yield Section("promised", "you promised", [_give(give, today) for give in brief.promises], 1)
    yield Section("waiting", "you had in mind", [_give(give, today) for give in brief.others], 1)
    could = [Note(chance.words, tail=chance.why) for chance in brief.chances]
    yield Section("could", "you could", could, 1)
    for side, label in (("want", "they want"), ("offer", "they offer")):
        yield Section(side, label, [Note(text) for text in brief.of_side(side)], 2)
    coming = [
        Note(occasion.words, say_day(day, today), _ahead(day, today)) for day, occasion in brief.coming(today)
    ]
    yield Section("coming", "coming up", coming, 3)
    family = " · ".join(brief.family)
    yield Section("family", "close to them", [Note(family)] if family else [], 3)
    note = " ".join(beginning(brief.person.profile.note).split())
    yield Section("note", "remember", [Note(note)] if note else [], 3)
    people = ", ".join(person.name for person in brief.common)
    common = [Note(text) for text in (people, " · ".join(brief.groups)) if text]
    yield Section("common", "in common", common, 4)
    yield Section("met", "you met", [Note(brief.met)] if brief.met else [], 4)
    glad = brief.glad_of.removeprefix("glad of ")
    yield Section("glad", "glad of", [Note(glad)] if glad else [], 4)
    ask = brief.ask(today)
    answer = (f"they said {ask.answer}" if ask.answer else "no answer yet") if ask else ""
    asked = [Note(_asked(ask), tail=f"{ago(ask.day, today)}, {answer}")] if ask else []
    yield Section("asked", "you asked", asked, 4)


def as_text(brief: Brief, today: date) -> str:
    """The card as plain text, for a note to take along; nothing in it acts on a terminal.

    Args:
        brief: What is known.
        today: The day on which one reads it.
    """
    lines = [*heading(brief, today)]
    block = -1
    for section in sections(brief, today):
        if section.block != block:
            lines.append("")
            block = section.block
        label = f"{section.label[:1].upper()}{section.label[1:]}"
        if len(section.notes) == 1 and section.kind not in ("since", "coming"):
            lines.append(f"{label}: {_spoken(section.notes[0])}")
        else:
            lines += [f"{label}:", *(f"- {_spoken(note)}" for note in section.notes)]
    return "\n".join(line for text in lines for line in plain_lines(text))


def heading(brief: Brief, today: date) -> Sequence[str]:
    """Who it is, in two or three lines: the name, what they do and where, and how long ago it was."""
    profile = brief.person.profile
    work = ", ".join(text for text in (profile.title, profile.organisation) if text)
    about = " · ".join(text for text in (work, profile.city) if text)
    tags = " ".join(f"#{tag}" for tag in profile.tags)
    return [line for line in (profile.name, about, tags, rhythm(brief.person, today)) if line]


def rhythm(person: Person, today: date) -> str:
    """How often you wished to be in touch, and how long ago it was."""
    wished = every(person.cadence) if person.cadence else ""
    last = f"last {ago(person.last_on, today)}" if person.last_on else "no contact yet"
    return " · ".join(text for text in (wished, last) if text)


def _spoken(note: Note) -> str:
    lead = f"{note.lead}: " if note.lead else ""
    tail = f" ({note.tail})" if note.tail else ""
    return f"{lead}{note.text}{tail}"


def _give(give: Give, today: date) -> Note:
    why = why_now(give, today).replace(" · promised", "").removeprefix("promised · ")
    return Note(give.words, tail="" if why in ("promised", give.kind) else why)


def _ahead(day: date, today: date) -> str:
    days = (day - today).days
    return f"in {span(days)}" if days > 1 else ""


_VERBS = {"gave": "gave", "received": "got", "asked": "asked", "introduced": "introduced"}


def _said(entry: Interaction) -> str:
    """What an entry says, in one line; where its text goes on from its kind, with the verb before it."""
    text = " ".join(plain(beginning(entry.text)).split()) or entry.kind
    verb = _VERBS.get(entry.kind, "") if text[:1].islower() else ""
    place = f", {entry.place}" if entry.place and entry.place.casefold() not in text.casefold() else ""
    return f"{verb} {text}{place} {entry.stars}".strip()


def _with(entry: Interaction, person_id: int) -> str:
    others = [person.name for person in entry.people if person.id != person_id]
    if len(others) > _NAMED_MOST:
        others = [*others[:_NAMED_MOST], f"{len(others) - _NAMED_MOST} more"]
    return f"with {' and '.join(', '.join(others).rsplit(', ', 1))}" if others else ""


_NAMED_MOST = 3


def _asked(ask: Interaction) -> str:
    return " ".join(plain(beginning(ask.text)).split()) or "for something"
