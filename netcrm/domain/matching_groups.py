"""Matching groups: in which of the groups something would be welcome, and because of what.

A group is weighed as a person is (`netcrm.domain.matching`): what it talks of as their tags are, its name as
their title, its kind and notes as their notes. What its members care about counts a little, where several do.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from netcrm.domain.groups import Group
from netcrm.domain.interest import Because, excerpt
from netcrm.domain.matching import Candidate, Known, Rarity, Reason, Sought, match
from netcrm.domain.people import Named
from netcrm.domain.text import plain
from netcrm.domain.values import dataclass

GROUPS_MOST = 5
"""Groups that a spark is suggested for: what is posted everywhere is read nowhere."""

LEAST = 0.12
"""The fit below which no group is suggested: in front of many one would rather be sure."""

CARING_LEAST = 2
"""Members who have to care about a thing for it to count: one of them can be told alone."""

_CARED = 3
"""What is said of members counts as what was said among so many people."""


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """A group in which something would be welcome.

    Attributes:
        fit: How well, as for people.
        because: The shared words, the weightiest first.
        cares: What several members care about, with how many they are.
    """

    group: Group
    fit: float
    because: tuple[Reason, ...]
    cares: Mapping[str, int]


def match_group(
    about: Sought, group: Group, cares: Mapping[str, int], rare: Rarity, today: date
) -> GroupMatch | None:
    """How well a spark fits a group; None when it does not fit well enough.

    Args:
        about: What the spark is about.
        group: The group.
        cares: The tags of its members, with how many of them bear each.
        rare: How rare a stem is in the book.
        today: The day by which what was said is recent or old.
    """
    cares = {tag: count for tag, count in cares.items() if count >= CARING_LEAST}
    known = [
        *(Known("tag", topic) for topic in group.topics),
        Known("title", group.name),
        *(Known("note", text) for text in (group.kind, group.note) if text),
        *(Known("note", tag, among=_CARED) for tag in cares),
    ]
    found = match(about, Candidate(Named(group.id, group.name), known), rare, today)
    if found is None or found.fit < LEAST:
        return None
    return GroupMatch(group, found.fit, found.because, cares)


def ranked_groups(matches: Sequence[GroupMatch | None], most: int = GROUPS_MOST) -> list[GroupMatch]:
    """The matches, best first."""
    found = [one for one in matches if one is not None]
    return sorted(found, key=lambda one: (-one.fit, one.group.name, one.group.id))[:most]


def because_of(match: GroupMatch) -> Because:
    """Why something would be welcome in a group, to be said by `netcrm.domain.interest.say`."""
    talks: dict[str, None] = {}
    cares: dict[str, None] = {}
    others: dict[str, None] = {}
    for reason in match.because:
        if reason.where == "tag":
            talks[plain(reason.found)] = None
        elif reason.where == "note" and reason.found in match.cares:
            cares[f"#{plain(reason.found)}"] = None
        elif reason.where == "note" and reason.found == match.group.note:
            others[f"“{excerpt(reason.found, [reason.phrase])}”"] = None
        else:
            others[plain(reason.word)] = None
    # A word of the name says nothing new beside the topic that has it.
    groups = (("talks of ", talks), ("members care about ", cares), ("", {} if talks else others))
    return [[verb + first, *rest] for verb, texts in groups if texts for first, *rest in ([*texts],)]
