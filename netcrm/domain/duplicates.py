"""Duplicates: when two records may be one person, and what that person is once they are merged.

Two of one name are two people as often as not, so a name counts for itself only where hardly anybody else
bears it; else a second sign has to be there. The surest pairs come first, and why is said in words. Nothing
is lost when two are merged: what loses stands in the note.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from netcrm.domain.merging import united
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Profile
from netcrm.domain.text import fold

NAMESAKES_MOST = 3
"""People of one name up to which the name alone makes a pair."""

SHARED_MOST = 5
"""People who share an address or number up to which it is somebody's own, and not an office's."""

_NICKNAME_LETTERS = 3
"""Letters of a given name that its short form has, at least: ``Chr`` is none."""

_SLIP_LETTERS = 4
"""Letters of a word from which on one that differs may be a slip: ``Jon`` and ``Jan`` are two names."""


class Sure(IntEnum):
    """How sure it is that two are one."""

    PERHAPS = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one.

    Attributes:
        one: The id of the one who came into the book first.
        other: That of the other.
        because: Why, in words: ``the same name``, ``the same mail hank@morrow.example``.
    """

    one: int
    other: int
    sure: Sure
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which two records say something else.

    Attributes:
        field: Its name, as `Profile` has it.
        kept: What stands unless one chooses.
        other: What the other says.
    """

    field: str
    kept: str
    other: str


NAME_PARTS = ("given", "additional", "family", "prefix", "suffix", "sort")
"""The fields that belong to a name, and go with it."""

CHOSEN = ("name", "organisation", "title", "city", "met", "met_on", "cadence")
"""The fields of which one has to win; of all others both are kept."""


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names may be one: ``J. Vale``, ``Chris Vale``, ``Christina M. Vale``, ``Christina Valle``.

    Args:
        one: The folded words of a name (`netcrm.domain.text.words`).
        other: Those of the other.
    """
    if not one or not other:
        return False
    if sorted(one) == sorted(other):
        return True
    if min(len(one), len(other)) < 2:
        return False
    if set(one) <= set(other) or set(other) <= set(one):
        return True
    if one[-1] == other[-1]:
        return _one_given(one[0], other[0])
    return one[0] == other[0] and _slipped(one[-1], other[-1])


def differences(kept: Profile, other: Profile) -> Sequence[Difference]:
    """The fields in which both say something, and not the same."""
    found = []
    for name in CHOSEN:
        mine, theirs = _said(getattr(kept, name)), _said(getattr(other, name))
        if mine and theirs and mine != theirs:
            found.append(Difference(name, mine, theirs))
    return found


def joined(kept: Profile, other: Profile, theirs: Collection[str] = ()) -> Profile:
    """One person, of two records.

    Args:
        kept: The record that stays.
        other: The one that goes into it.
        theirs: The fields of `CHOSEN` of which the other's is to stand.
    """
    changes: dict[str, object] = {}
    lost: list[str] = []
    for name in CHOSEN:
        mine, said = getattr(kept, name), getattr(other, name)
        if said in (None, ""):
            continue
        takes = mine in (None, "") or name in theirs
        if takes:
            changes[name] = said
        loser = mine if takes else said
        if (
            _said(loser)
            and _said(loser) != _said(said if takes else mine)
            and name not in ("name", "cadence")
        ):
            lost.append(f"{name.replace('_', ' ')} {_said(loser)}")
    winner, loser = (other, kept) if "name" in theirs else (kept, other)
    for name in NAME_PARTS:
        changes[name] = getattr(winner, name) or (
            getattr(loser, name) if fold(winner.name) == fold(loser.name) else ""
        )
    called = [*kept.nicknames, *other.nicknames]
    if fold(winner.name) != fold(loser.name):
        called.append(loser.name)
    nicknames = {fold(name): name for name in reversed(called) if fold(name) != fold(winner.name)}
    lists: Mapping[str, tuple[object, ...]] = {
        name: united(getattr(kept, name), getattr(other, name))
        for name in ("points", "tags", "relations", "wants", "offers", "further")
    }
    said_before = f"Before it was merged: {', '.join(lost)}." if lost else ""
    return replace(
        kept,
        **changes,  # type: ignore[arg-type]  # each comes from the field of its name
        **lists,  # type: ignore[arg-type]  # as above
        nicknames=tuple(reversed(nicknames.values())),
        occasions=_occasions((*kept.occasions, *other.occasions)),
        note="\n\n".join(dict.fromkeys(filter(None, (kept.note, other.note, said_before)))),
        introduced_by=kept.introduced_by or other.introduced_by,
    )


def _occasions(all_of_them: Iterable[Occasion]) -> tuple[Occasion, ...]:
    """Each once; of two on a day the one that knows the year."""
    kept: dict[tuple[str, int, int, str], Occasion] = {}
    for occasion in all_of_them:
        key = (occasion.kind, occasion.month, occasion.day, fold(occasion.whose))
        if occasion.kind == "other":
            key = (fold(occasion.label), *key[1:])
        there = kept.get(key)
        if there is None or (there.year is None and occasion.year is not None):
            kept[key] = occasion
    return tuple(kept.values())


def _one_given(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return (len(short) >= _NICKNAME_LETTERS and long.startswith(short)) or _slipped(one, other)


def _slipped(one: str, other: str) -> bool:
    """Whether one word is the other with a letter more, another one, or two that changed places."""
    if min(len(one), len(other)) < _SLIP_LETTERS or abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = one[start:], other[start:]
    if len(a) != len(b):
        short, long = sorted((a, b), key=len)
        return long[1:] == short
    return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _said(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
