"""Merging: what is known of a person already, and what another source says, brought together.

Nothing that the user wrote is ever overwritten: a source's value is taken where there was none, or where it
changed over there while the one here is still what the source said last time.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TypeVar

from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.text import fold

Item = TypeVar("Item")

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

_NOTHING = {field.name: getattr(Profile(), field.name) for field in fields(Profile)}
"""What each field of a profile says when it says nothing."""

_NOT_DIALLED = re.compile(r"[^\d+]")


def said_by(profile: Profile) -> Mapping[str, str]:
    """What a source says in single values, as text: what `merged` compares with the next time."""
    values = {"name": profile.name} | {name: _text(getattr(profile, name)) for name in _SCALARS}
    return {name: value for name, value in values.items() if value}


def canonical(profile: Profile) -> str:
    """Everything a profile says, in a form that stays the same when new fields are thought of."""
    said = ((name, value) for name, empty in _NOTHING.items() if (value := getattr(profile, name)) != empty)
    return repr(sorted((name, _flat(value)) for name, value in said))


def merged(current: Profile, news: Profile, seen: Mapping[str, str] | None = None) -> Profile:
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
            taken = seen is not None and seen.get(name) == _text(mine) and name in seen
        if taken:
            changes[name] = theirs
        elif name == "note" and seen is None and theirs not in mine:
            changes[name] = f"{mine}\n\n{theirs}"
    return replace(
        current,
        **changes,  # type: ignore[arg-type]  # each value comes from the field of its name
        nicknames=_union(current.nicknames, news.nicknames, fold),
        points=_union(current.points, news.points, point_key),
        tags=_union(current.tags, news.tags, fold),
        relations=_union(current.relations, news.relations, lambda it: (fold(it.kind), fold(it.name))),
        occasions=_union(
            current.occasions, news.occasions, lambda it: (it.kind, it.month, it.day, fold(it.whose))
        ),
        wants=_union(current.wants, news.wants, fold),
        offers=_union(current.offers, news.offers, fold),
        further=_union(current.further, news.further, lambda it: it),
    )


def point_key(point: ContactPoint) -> tuple[str, str]:
    """What makes two ways to reach someone the same one, however they were written."""
    value = point.value.strip()
    if point.kind == "phone":
        return "phone", _NOT_DIALLED.sub("", value) or fold(value)
    if point.kind == "url":
        bare = re.sub(r"^https?://(www\.)?", "", value.lower()).rstrip("/")
        return "url", bare
    return point.kind, fold(value)


def _union(
    mine: tuple[Item, ...], theirs: tuple[Item, ...], key: Callable[[Item], object]
) -> tuple[Item, ...]:
    have = {key(item) for item in mine}
    new: dict[object, Item] = {}
    for item in theirs:
        if key(item) not in have:
            new.setdefault(key(item), item)
    return mine + tuple(new.values())


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _flat(value: object) -> object:
    if isinstance(value, tuple):
        return [_flat(item) for item in value]
    if is_dataclass(value):
        return sorted((field.name, _text(getattr(value, field.name))) for field in fields(value))
    return _text(value)
