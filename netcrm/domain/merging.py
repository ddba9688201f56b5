"""Merging: what is known of a person already, and what another source says, brought together.

Nothing that the user wrote is ever overwritten: a source's value is taken where there was none, or where it
changed over there while the one here is still what the source said last time. Of what it says in lists, only
what it did not say the last time is taken: whatever else is missing here was removed or corrected. What we
have no field for nobody edits here, so it goes again when the source says it no longer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter

from netcrm.domain.occasions import Occasion
from netcrm.domain.organisations import Position, left_behind
from netcrm.domain.patterns import pattern
from netcrm.domain.people import ContactPoint, Further, Profile, Relation
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass

Item = str | ContactPoint | Relation | Occasion | Further

Said = Mapping[str, str | Sequence[str]]
"""What a source said, by field: a value as text, or what the items of a list are known by."""

_SCALARS = (
    "given",
    "additional",
    "family",
    "prefix",
    "suffix",
    "sort",
    "organisation",
    "title",
    "city",
    "note",
    "met",
    "met_on",
)

_LISTS = ("nicknames", "points", "tags", "relations", "occasions", "wants", "offers", "further")

_NAMES = sorted(field.name for field in fields(Profile))
"""The names of all fields of a profile."""

_ALL = attrgetter(*_NAMES)
"""What they say."""

_EMPTY = _ALL(Profile())
"""What they say when they say nothing."""

_SAID = ("name", *_SCALARS, *_LISTS)

_ALL_SAID = attrgetter(*_SAID)
"""What a source can say."""

_FIELDS: Mapping[type, tuple[Sequence[str], Callable[[object], Sequence[object]]]] = {
    kind: (names, attrgetter(*names))
    for kind in (ContactPoint, Relation, Occasion, Further)
    for names in [sorted(field.name for field in fields(kind))]
}
"""The names of the fields of what stands in lists, and what they say."""

_SCHEME = pattern(r"^https?://(www\.)?")

_NOT_DIALLED = pattern(r"[^\d+]")


def said_by(profile: Profile) -> Said:
    """What a source says, in a form that can be kept: what `merged` compares with the next time."""
    values: dict[str, str | Sequence[str]] = {}
    for name, value in zip(_SAID, _ALL_SAID(profile), strict=True):
        if not value:
            continue
        if isinstance(value, str):
            values[name] = value
        else:
            values[name] = [_key(item) for item in value] if isinstance(value, tuple) else _text(value)
    return values


def canonical(profile: Profile) -> str:
    """Everything a profile says, in a form that stays the same when new fields are thought of."""
    said = zip(_NAMES, _ALL(profile), _EMPTY, strict=True)
    return repr(
        [
            (name, value if isinstance(value, str) else _flat(value))
            for name, value, empty in said
            if value is not empty and value != empty
        ]
    )


def merged(current: Profile, news: Profile, seen: Said | None = None) -> Profile:
    """A person as they are known once a source has been heard.

    Args:
        current: What is known.
        news: What the source says now.
        seen: What it said the last time (`said_by`), if it was heard before.
    """
    changes: dict[str, str | date | None] = {}
    for name in ("name", *_SCALARS):
        mine, theirs = getattr(current, name), getattr(news, name)
        if not theirs or theirs == mine:
            continue
        if not mine:
            taken = seen is None or _text(theirs) != seen.get(name, "")
        else:
            taken = seen is not None and seen.get(name) == _text(mine)
        if taken:
            changes[name] = theirs
        elif name == "note" and seen is None and theirs not in mine:
            changes[name] = f"{mine}\n\n{theirs}"
    said = {name: (seen or {}).get(name, ()) for name in _LISTS}
    gone = set(said["further"]).difference(map(_key, news.further))
    current = replace(current, further=tuple(it for it in current.further if _key(it) not in gone))
    lists = {name: _union(getattr(current, name), getattr(news, name), said[name]) for name in _LISTS}
    return replace(current, **changes, **lists)  # type: ignore[arg-type]  # each comes from the field of its name


@dataclass(frozen=True, slots=True)
class JobChange:
    """A new job of someone.

    Attributes:
        after: What they do now and where: ``Head of Talent at Acme``.
        before: What they did and where, until then.
        left: The position that they held until then, where it was at an organisation.
    """

    after: str
    before: str
    left: Position | None = None

    @property
    def words(self) -> str:
        """As a timeline tells it: ``New job: Head of Talent at Acme (before: Recruiter at Fjord)``."""
        return f"New job: {self.after} (before: {self.before})"


def job_change(before: Profile, after: Profile, news: Profile, seen: Said) -> JobChange | None:
    """The new job that a source tells of, if it does.

    It does where it says another title or organisation than the last time, case, accents and spaces aside,
    and where that is new here too: the user may have heard of it earlier. What was only left out before, as
    an older export leaves out a column, is no new job; nor is one that was left without another.

    Args:
        before: The person as they were known.
        after: The same with what the source says now (`merged`).
        news: What the source says now.
        seen: What it said the last time.
    """
    for name in ("title", "organisation"):
        said, known, now = getattr(news, name), getattr(before, name), getattr(after, name)
        last = seen.get(name, "")
        if said and isinstance(last, str) and last and fold(said) != fold(last) and fold(now) != fold(known):
            return JobChange(_job(after), _job(before), left_behind(before, after))
    return None


def _job(profile: Profile) -> str:
    return " at ".join(filter(None, (profile.title, profile.organisation)))


def point_key(point: ContactPoint) -> tuple[str, str]:
    """What makes two ways to reach someone the same one, however they were written."""
    value = point.value.strip()
    if point.kind == "phone":
        return "phone", _NOT_DIALLED.sub("", value) or fold(value)
    if point.kind == "url":
        bare = _SCHEME.sub("", value.lower()).rstrip("/")
        return "url", bare
    return point.kind, fold(value)


def _key(item: Item) -> str:
    """What an item of a list is known by, however it was written; a digest where that would be long."""
    match item:
        case ContactPoint():
            return "\n".join(point_key(item))
        case Relation():
            return f"{fold(item.kind)}\n{fold(item.name)}"
        case Occasion():
            return f"{item.kind}\n{item.month}-{item.day}\n{fold(item.whose)}"
        case Further():
            from hashlib import sha256  # brings in OpenSSL, 4 ms, and hardly a record has such a field

            raw = f"{item.name}\n{item.raw}".encode("utf-8", "surrogatepass")
            return sha256(raw).hexdigest()[:16]
        case str():
            return fold(item)


def _union(mine: tuple[Item, ...], theirs: tuple[Item, ...], said: Sequence[str]) -> tuple[Item, ...]:
    """What is there, and then what is said for the first time."""
    have = {_key(item) for item in mine}.union(said)
    new: dict[str, Item] = {}
    for item in theirs:
        if _key(item) not in have:
            new.setdefault(_key(item), item)
    return mine + tuple(new.values())


def united(mine: tuple[Item, ...], theirs: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items of two lists, each once, however it was written."""
    return _union((), (*mine, *theirs), ())


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _flat(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_flat(item) for item in value]
    if known := _FIELDS.get(type(value)):
        names, said = known
        return [
            (name, one if isinstance(one, str) else _text(one))
            for name, one in zip(names, said(value), strict=True)
        ]
    return _text(value)
