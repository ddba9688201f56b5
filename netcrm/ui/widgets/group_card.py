"""What a group is, in a few lines: for the place where a person's timeline would stand."""

from collections.abc import Sequence
from datetime import date

from netcrm.domain.gives import say_day
from netcrm.domain.groups import Group
from netcrm.domain.rhythm import ago, every
from netcrm.ui.ink import Line, Part, part, wrap
from netcrm.ui.widgets.entry_lines import listed

_TOPICS_MOST = 8
"""Topics that are named; the group's own screen has all of them."""


def group_lines(group: Group, today: date, width: int) -> Sequence[Line]:
    """Name and kind, rhythm, the next meeting, what it talks of, and who belongs to it.

    Args:
        group: The group.
        today: The day from which times count.
        width: Cells a line may take; at least 1.
    """
    width = max(1, width)
    lines: list[Line] = [*wrap([part(group.name, "strong"), part(f"  {group.kind}", "dim")], width)]
    rhythm = [every(group.cadence)] if group.cadence else []
    last = [f"last {ago(group.last_on, today)}"] if group.last_on else []
    if said := " · ".join([*rhythm, *last]):
        lines += wrap([Part(said, "dim")], width)
    if group.link:
        lines += wrap([part(group.link, "tag")], width)
    if group.next_on and group.next_on >= today:
        lines += [(), [Part("▲ ", "warm"), part(f"meets {say_day(group.next_on, today)}")]]
    if group.topics:
        topics = " · ".join(group.topics[:_TOPICS_MOST])
        lines += [(), *wrap([Part("talks of ", "dim"), part(topics)], width)]
    if group.members:
        names = listed([member.name for member in group.members])
        lines += [(), *wrap([Part("with ", "dim"), part(names)], width)]
    if group.note:
        lines += [(), *wrap([part(" ".join(group.note.split()), "dim")], width)[:3]]
    return lines
