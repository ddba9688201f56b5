"""Introductions: two people who should meet, why, and how far it has come.

Each is asked before anybody is given an address: the double opt-in. So each side has steps of its own, and
the state is what both together have come to.
"""

from datetime import date

from netcrm.domain.gives import say_day
from netcrm.domain.people import Named
from netcrm.domain.values import dataclass

INTRODUCTION_STATES = ("idea", "asked one", "asked both", "both said yes", "made", "came of it")
"""How far an introduction has come, in order."""

ANSWERS = ("asked", "yes", "no")
"""What can be noted of one side."""

_BOTH_AGREED = INTRODUCTION_STATES.index("both said yes")
_MADE = INTRODUCTION_STATES.index("made")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and how far it has come with them.

    Attributes:
        column: ``one`` or ``other``.
        asked_on: When they were asked, if that day is known.
        yes_on: When they said yes, if that day is known.
    """

    person: Named
    column: str
    asked: bool
    yes: bool
    asked_on: date | None = None
    yes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """Two people who should meet.

    Attributes:
        why: What each would have of it.
        state: One of `INTRODUCTION_STATES`.
        since: The day on which it came to its state.
        note: Why it was made before both had said yes, if it was; or why it was closed.
        came_of_it: What came of it, if anything did.
        closed_on: When it was put away: one of them would rather not, or it was no good idea.
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
    asked_one_on: date | None = None
    asked_other_on: date | None = None
    one_yes_on: date | None = None
    other_yes_on: date | None = None
    made_on: date | None = None
    closed_on: date | None = None

    @property
    def made(self) -> bool:
        """Whether the two have been introduced."""
        return INTRODUCTION_STATES.index(self.state) >= _MADE

    @property
    def under_way(self) -> bool:
        """Whether there is a next step before it is made."""
        return not self.made and self.closed_on is None

    @property
    def sides(self) -> tuple[Side, Side]:
        """Each of the two with their steps; what the state says of days that nobody noted counts too."""
        reached = INTRODUCTION_STATES.index(self.state)
        agreed = reached >= _BOTH_AGREED and not (self.made and self.note)
        both = agreed or self.state == "asked both"
        one_yes, other_yes = agreed or self.one_yes_on is not None, agreed or self.other_yes_on is not None
        other_asked = both or other_yes or self.asked_other_on is not None
        one_asked = both or one_yes or self.asked_one_on is not None
        if self.state == "asked one" and not other_asked:
            one_asked = True
        return (
            Side(self.one, "one", one_asked, one_yes, self.asked_one_on, self.one_yes_on),
            Side(self.other, "other", other_asked, other_yes, self.asked_other_on, self.other_yes_on),
        )

    @property
    def agreed(self) -> bool:
        """Whether both have said yes."""
        return all(side.yes for side in self.sides)


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next.

    Attributes:
        kind: ``ask`` or ``yes`` for one side, ``make``, or ``tell`` what came of it.
        person: Whose step it is, where it is one side's.
        label: The step in two or three words, as a key does it.
    """

    kind: str
    label: str
    person: Named | None = None


def skips_consent(before: str, after: str) -> bool:
    """Whether a step makes an introduction that not both have said yes to."""
    reached, aim = INTRODUCTION_STATES.index(before), INTRODUCTION_STATES.index(after)
    return reached < _BOTH_AGREED < aim


def state_of(asked: int, agreed: int) -> str:
    """The state before it is made.

    Args:
        asked: How many of the two were asked; whoever said yes counts as asked.
        agreed: How many said yes.
    """
    if agreed == len(("one", "other")):
        return "both said yes"
    return ("idea", "asked one", "asked both")[asked]


def next_step(introduction: Introduction) -> Step | None:
    """What comes next: ask one, ask the other, hear from both, introduce them, and see what comes of it."""
    if introduction.closed_on is not None:
        return None
    if introduction.made:
        return Step("tell", "Came of it")
    names = short_names(introduction.one, introduction.other)
    for kind, said in (("ask", "Asked {}"), ("yes", "{} said yes")):
        for side, name in zip(introduction.sides, names, strict=True):
            if not (side.asked if kind == "ask" else side.yes):
                return Step(kind, said.format(name), side.person)
    return Step("make", "Introduced them")


def stands(introduction: Introduction, today: date) -> str:
    """How an introduction stands, in a few words."""
    if introduction.closed_on is not None:
        return introduction.note or "not now"
    if introduction.came_of_it:
        return introduction.came_of_it
    if introduction.made:
        return f"made {say_day(introduction.made_on or introduction.since, today)}"
    if introduction.agreed:
        return "both said yes"
    said: list[str] = []
    for side, name in zip(introduction.sides, short_names(introduction.one, introduction.other), strict=True):
        if side.yes:
            said.append(f"{name} said yes")
        elif side.asked:
            said.append(f"{name} asked {say_day(side.asked_on or introduction.since, today)}")
    return " · ".join(said) or "an idea"


def short_names(one: Named, other: Named) -> tuple[str, str]:
    """What the two are called between friends: their first names, whole ones where those are the same."""
    shorts = first_name(one.name), first_name(other.name)
    return (one.name, other.name) if shorts[0] == shorts[1] else shorts


def first_name(name: str) -> str:
    """The first name in a full name, a title such as ``Dr.`` left out."""
    named = [word for word in name.split() if not word.endswith(".")]
    return named[0] if named else name
