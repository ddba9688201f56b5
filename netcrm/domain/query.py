"""Searches as values: what was typed, read into terms that can be combined, shown and run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date

from netcrm.domain.occasions import last_of_month
from netcrm.domain.patterns import pattern
from netcrm.domain.text import fold, words
from netcrm.domain.timeline import KINDS, MOST_ENJOYED
from netcrm.domain.values import dataclass

TERMS: Mapping[str, str] = {
    "tag": "a tag of theirs",
    "city": "where they live",
    "org": "where they work",
    "title": "what they do",
    "kind": "a kind of interaction with them",
    "with": "someone who was there too",
    "group": "a group they belong to",
    "place": "where they met you",
    "stars": "how good it was with them: 1, 2 or 3",
    "since": "in touch on or after a day, month or year",
    "until": "in touch on or before a day, month or year",
    "want": "what they look for",
    "offer": "what they can give",
    "is": "archived, ripe, drifting, silent or bright",
}
"""Each search term and what its value is; every one is a flag of ``netcrm find`` too.

In the timeline of everything they are said of an entry, and those that only people have of who took part.
"""

STATES = ("ripe", "drifting", "silent")
"""How a contact may stand against its rhythm: past due, past twice the cadence, and of those that drift the
ones that are silent for so long that they are no longer suggested."""

BRIGHT = 2
"""The stars from which something was a bright moment."""

_TERM = pattern(r"^([a-z]+):(.*)$", re.DOTALL)
_PIECE = pattern(r'(?:[^ \t\r\n"]|"[^"]*(?:"|\Z))+')
_DAY = pattern(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search. All its terms have to hold; an empty one finds everybody.

    Attributes:
        words: Folded words; each must begin a word somewhere in what is known of a person.
        tag: Tags, and likewise the other terms of `TERMS`.
        stars: How much an interaction with them was enjoyed at least; 0 for all.
        states: Those of `STATES` they have to be in, on the day on which one looks.
        problems: A sentence for each term that was not understood.
    """

    words: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    org: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    stars: int = 0
    since: date | None = None
    until: date | None = None
    want: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    archived: bool = False
    problems: tuple[str, ...] = ()

    def __and__(self, other: "Query") -> "Query":
        """Both searches at once: the narrower bounds, and every term of either."""
        joined: dict[str, object] = {}
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            if isinstance(mine, tuple):
                joined[field.name] = mine + tuple(item for item in theirs if item not in mine)
            elif isinstance(mine, bool):
                joined[field.name] = mine or theirs
            elif mine and theirs:
                joined[field.name] = min(mine, theirs) if field.name == "until" else max(mine, theirs)
            else:
                joined[field.name] = mine or theirs
        return Query(**joined)  # type: ignore[arg-type]  # each value comes from the field of its name

    def __bool__(self) -> bool:
        """Whether it narrows anything."""
        return self != Query(problems=self.problems)

    def __str__(self) -> str:
        """The search as it would be typed."""
        said = list(self.words)
        for name in ("tag", "city", "org", "title", "kind", "with_", "group", "place", "want", "offer"):
            said += [f"{name.rstrip('_')}:{_quoted(value)}" for value in getattr(self, name)]
        said += [f"stars:{self.stars}"] if self.stars else []
        said += [f"is:{state}" for state in self.states]
        said += [f"{name}:{day}" for name, day in (("since", self.since), ("until", self.until)) if day]
        return " ".join([*said, "is:archived"] if self.archived else said)


def parse(text: str) -> Query:
    """Read what was typed into a search; never fails, but tells what it did not understand."""
    query = Query()
    for part in split(text):
        match = _TERM.match(part)
        if match and match[1] in TERMS:
            query &= _term(match[1], match[2])
        elif match and match[2] and not match[2].startswith("//"):
            problem = f"“{match[1]}:” is no term. Known: {' '.join(f'{name}:' for name in TERMS)}"
            query &= Query(words=tuple(words(part)), problems=(problem,))
        elif part.startswith("#") and len(part) > 1:
            query &= Query(tag=(fold(part[1:]),))
        else:
            query &= Query(words=tuple(words(part)))
    return query


def term(name: str, value: str) -> Query:
    """The search of a single term, as the command line's flags have it."""
    return _term(name, value)


def _term(name: str, value: str) -> Query:
    folded = fold(value)
    if not folded:
        return Query()
    if name in ("since", "until"):
        day = _day(folded, last=name == "until")
        if day is None:
            return Query(
                problems=(f"“{name}:{value}” is no date; write {name}:2026, 2026-03 or 2026-03-14.",)
            )
        return Query(since=day) if name == "since" else Query(until=day)
    if name == "kind":
        kinds = [kind for kind in KINDS if kind.startswith(folded)]
        if not kinds:
            return Query(problems=(f"“kind:{value}” is no kind; there are {', '.join(KINDS)}.",))
        return Query(kind=(kinds[0],))
    if name == "stars":
        stars = (
            len(value.strip()) if set(value.strip()) <= set("*★") else int(folded) if folded in "123" else 0
        )
        if not 0 < stars <= MOST_ENJOYED:
            return Query(problems=(f"“stars:{value}” is not known; write stars:1, stars:2 or stars:3.",))
        return Query(stars=stars)
    if name == "is":
        known_states = ("archived", *STATES, "bright")
        state = next((known for known in known_states if known.startswith(folded)), "")
        if not state:
            return Query(problems=(f"“is:{value}” is not known; there is {_one_of(known_states)}.",))
        if state == "bright":
            return Query(stars=BRIGHT)
        return Query(archived=True) if state == "archived" else Query(states=(state,))
    if name == "tag" and not (folded := folded.lstrip("# ")):
        return Query()
    one = (folded,)
    return {
        "tag": Query(tag=one),
        "city": Query(city=one),
        "org": Query(org=one),
        "title": Query(title=one),
        "with": Query(with_=one),
        "group": Query(group=one),
        "place": Query(place=one),
        "want": Query(want=one),
        "offer": Query(offer=one),
    }[name]


def _one_of(states: Sequence[str]) -> str:
    return ", ".join(f"is:{state}" for state in states)


def _day(text: str, *, last: bool) -> date | None:
    """A year, month or day as a day: its first, or its last."""
    match = _DAY.match(text)
    if not match:
        return None
    year, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None
    try:
        if day is not None and month is not None:
            return date(year, month, day)
        if not last:
            return date(year, month or 1, 1)
        month = month or 12
        return date(year, month, last_of_month(year, month))
    except (ValueError, OverflowError):
        return None


def split(text: str) -> list[str]:
    """Words and quoted runs; a quote that is still open while one types is no error."""
    return [piece.replace('"', "") for piece in _PIECE.findall(text)]


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
