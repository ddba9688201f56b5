"""People: what is known of a person, and how their name is read."""

from dataclasses import field
from datetime import date, datetime

from netcrm.domain.occasions import Occasion
from netcrm.domain.rhythm import Warmth, warmth
from netcrm.domain.text import is_blank
from netcrm.domain.values import dataclass

POINT_KINDS = ("email", "phone", "url", "address", "handle")
"""The ways to reach someone. A handle is a name on some service: its label says which."""

OLDEST = 130
"""Years that anybody is old: more are a slip of the pen, or a year that a program made up."""

NEVER = 0
"""The cadence of someone who is not to be suggested, ever; None is someone not yet decided on."""


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a person.

    Attributes:
        kind: One of `POINT_KINDS`.
        value: The address, number or link as it was written.
        label: ``work``, ``home``, ``signal`` …, or empty.
    """

    kind: str
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Someone a person is related to, in the book or not.

    Attributes:
        kind: What the other is to the person: ``daughter``, ``manager``, ``friend`` …
        name: The other's name.
        person_id: The other's id when they are in the book.
        born: The year in which the other was born, if it is known.
    """

    kind: str
    name: str
    person_id: int | None = None
    born: int | None = None


@dataclass(frozen=True, slots=True)
class Further:
    """A property of an imported record that netcrm has no field for, kept as it came.

    Attributes:
        name: The property's or column's name (``X-PHONETIC-LAST-NAME``, ``PHOTO``, ``ADR``).
        raw: The whole content line unfolded, or the cell's text.
    """

    name: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything that can be said of one person; what the form edits and what an import brings.

    Attributes:
        name: The full name as it is shown.
        cadence: Days between contacts that feel right; `NEVER`; or None while undecided.
        met: How you met.
        met_on: When you met.
        introduced_by: The id of the person who introduced you.
        sort: What to sort by when it is not the name's own order (a file-as or SORT-AS value).
    """

    name: str = ""
    given: str = ""
    additional: str = ""
    family: str = ""
    prefix: str = ""
    suffix: str = ""
    nicknames: tuple[str, ...] = ()
    sort: str = ""
    organisation: str = ""
    title: str = ""
    city: str = ""
    note: str = ""
    met: str = ""
    met_on: date | None = None
    cadence: int | None = None
    introduced_by: int | None = None
    points: tuple[ContactPoint, ...] = ()
    tags: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    wants: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    further: tuple[Further, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person in the book.

    Attributes:
        last_on: The day of the last contact, if there was one.
        cadence: The one that holds: their own (`Profile.cadence`), else the shortest of their tags.
        due_on: The last day on which they are in rhythm; None without a rhythm.
        drifting_on: The last day on which they are no more than ripe.
        gives_waiting: How many gives are queued or snoozed for them.
        gave: How often you gave them something.
        asked: How often you asked them for something.
        entries: How many interactions they took part in.
        has_ties: Whether they have to do with somebody, said of either; as the next two, where to ask.
        has_groups: Whether they belong to a group.
        has_landed: Whether of a give to them it is known if it landed.
    """

    id: int
    uuid: str
    profile: Profile
    created: datetime
    updated: datetime
    archived: bool = False
    last_on: date | None = None
    cadence: int | None = None
    due_on: date | None = None
    drifting_on: date | None = None
    gives_waiting: int = 0
    gave: int = 0
    asked: int = 0
    entries: int = 0
    has_ties: bool = field(default=False, compare=False)
    has_groups: bool = field(default=False, compare=False)
    has_landed: bool = field(default=False, compare=False)

    def warmth(self, today: date) -> Warmth:
        """How warm the contact is."""
        return warmth(self.due_on, self.drifting_on, today)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a list shows of a person, without reading all of them; its fields are those of `Person`."""

    id: int
    name: str
    title: str
    organisation: str
    cadence: int | None
    last_on: date | None
    gives_waiting: int
    archived: bool = False
    due_on: date | None = None
    drifting_on: date | None = None

    def warmth(self, today: date) -> Warmth:
        """How warm the contact is."""
        return warmth(self.due_on, self.drifting_on, today)

    @property
    def headline(self) -> str:
        """Title and organisation, whichever is known."""
        return ", ".join(part for part in (self.title, self.organisation) if part)


@dataclass(frozen=True, slots=True)
class Named:
    """A person by id and name: enough to point at them."""

    id: int
    name: str


def called_by(name: str, given: str = "") -> str:
    """What someone is called in a sentence: the given name, else the first word of the whole one."""
    return " ".join(given.split()) or next(iter(name.split()), name)


def full_name(profile: Profile) -> str:
    """The name to show: as given, else its parts, a nickname, the organisation or a way to reach them."""
    if (name := " ".join(profile.name.split())) and not is_blank(name):
        return name
    parts = (profile.prefix, profile.given, profile.additional, profile.family, profile.suffix)
    joined = " ".join(part for part in parts if part)
    candidates = (joined, *profile.nicknames[:1], profile.organisation)
    for candidate in candidates:
        if not is_blank(candidate):
            return " ".join(candidate.split())
    return next((point.value for point in profile.points if point.value.strip()), "")
