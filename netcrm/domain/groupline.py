"""A group in one line, and a line of what happened in one.

Lisbon Designers: meetup, monthly, #design #type https://lisbondesigners.example, next 3 Dec
yesterday: talked about posters at _Café Lisboa_ #type **
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from netcrm.domain.dates import read_day
from netcrm.domain.fields import read_cadence
from netcrm.domain.groups import Group, GroupDraft
from netcrm.domain.logline import Book, Understood, understand
from netcrm.domain.patterns import pattern
from netcrm.domain.people import Named

_TAG = pattern(r"(?<!\S)#(?P<tag>[\w-]*\w)")

_LINK = pattern(r"https?://\S+?(?=[,;.]*(?:\s|$))")

_NEXT = pattern(r"(?:next|meets)(?:\s+on)?:?\s+(?P<day>\S.*)", re.I)

_HEAD = pattern(r"(?P<name>.*?\S)\s*:(?:\s+(?P<rest>.*)|$)", re.S)
"""The name is what stands before the first colon that a space follows, so that a link is none."""


def read_group_line(text: str, today: date) -> GroupDraft | None:
    """A group from a line: its name, and after a colon, in any order, its kind, cadence, topics, link, day.

    Of what stands between commas and is nothing else, the first is the kind, and the rest are topics.

    Args:
        text: What was typed.
        today: The day from which ``next friday`` counts.

    Returns:
        The group, or None when it has no name.
    """
    said = text.strip(" \t:,")
    head = _HEAD.fullmatch(said)
    name, rest = (head["name"], head["rest"] or "") if head else (said, "")
    if not name:
        return None
    link = next(iter(_LINK.findall(rest)), "")
    rest = _LINK.sub(" , ", rest)
    topics = [match["tag"] for match in _TAG.finditer(rest)]
    kind, cadence, next_on = "", None, None
    for piece in (" ".join(piece.split()) for piece in _TAG.sub(" , ", rest).split(",")):
        if not piece:
            continue
        coming = _NEXT.fullmatch(piece)
        day = read_day(coming["day"], today, prefer="future") if coming else None
        if day is not None and day >= today:
            next_on = day
        elif cadence is None and (days := _cadence(piece)) is not None:
            cadence = days
        elif not kind:
            kind = piece
        else:
            topics.append(piece)
    return GroupDraft(
        name=" ".join(name.split()),
        kind=kind,
        link=link,
        cadence=cadence,
        topics=tuple(dict.fromkeys(topics)),
        next_on=next_on,
    )


def _cadence(text: str) -> int | None:
    try:
        return read_cadence(text) or None
    except ValueError:
        return None


# What happened in one


def understand_meeting(
    line: str,
    group: Group,
    there: Sequence[Named],
    *,
    today: date,
    book: Book,
    chosen: Mapping[str, Named | None],
    kind: str = "met",
    missed: frozenset[int] = frozenset(),
) -> Understood:
    """Understand a line about a group, such as what was talked about at a meeting.

    It is read as any log line; who was there is known already. Whoever else it names was there too, unless
    they are known to have missed it: then they are only spoken of. What the group itself looks for is told,
    and nothing more: only people want and offer.

    Args:
        line: What was typed.
        group: Which group.
        there: Those who were there; may be nobody.
        today: The day it was typed on.
        book: Where names are looked up.
        chosen: Whom the user picked for a name, as for `understand`.
        kind: What it is unless the line says so.
        missed: The ids of those who are known not to have been there.
    """
    itself = Named(_ITSELF, group.name)
    read = understand(line, today=today, book=book, selected=itself, chosen=chosen)
    said_kind = any(span.role == "kind" for span in read.spans)
    said_too = () if read.from_selection else read.people
    others = [person for person in said_too if person.id not in missed and person.id != _ITSELF]
    problems = read.problems
    if any(itself in happening.people for happening in read.occasions):
        problems = (*problems, "Say whose day it is: Christina: birthday 12 Dec.")
    wishes = tuple(wish for wish in read.wishes if itself not in wish.people)
    if not (read.logs or read.gives or read.occasions or wishes) and read.wishes:
        problems = (*problems, "Say who it is: Christina is looking for a tent.")
    return replace(
        read,
        people=tuple(dict.fromkeys((*there, *others))),
        from_selection=False,
        kind=read.kind if said_kind and read.kind in _SAID_KINDS.get(kind, (read.kind,)) else kind,
        wishes=wishes,
        problems=problems,
    )


def of_group(read: Understood, group: Group) -> Understood:
    """A line about a group as one that says so: it is the group's, and so is what is promised to no one."""
    named = Named(group.id, group.name)
    gives = (
        replace(give, people=(), group=named) if any(one.id == _ITSELF for one in give.people) else give
        for give in read.gives
    )
    return replace(read, group=named, gives=tuple(gives))


_ITSELF = 0
"""Stands for the group where a log line has a person: nobody has this id."""

_SAID_KINDS = {"learned": ("learned", "taught"), "taught": ("learned", "taught")}
"""What a line can say that it is, where it is known to be one of a few."""
