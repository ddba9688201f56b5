"""How people and groups stand on the spark screen, in words: why, who had it, what the week has room for."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from netcrm.domain.gives import Give, Room, say_day
from netcrm.domain.groups import Group
from netcrm.domain.interest import because, blocks, say
from netcrm.domain.matching import Match
from netcrm.domain.matching_groups import GroupMatch, because_of
from netcrm.domain.people import PersonLine, called_by
from netcrm.domain.rhythm import days_on
from netcrm.domain.text import shortened
from netcrm.ui.ink import Line, part
from netcrm.ui.widgets.spark_panes import Whom

_WHY_MOST = 60
"""Characters of the reason that a give in the queue shows."""

_WHY_LEAST = 12
"""Characters that a second reason needs to say anything."""


def person_row(
    line: PersonLine, match: Match | None, best: float, kind: str, today: date, first: str
) -> Whom:
    """Someone whom a spark may go to.

    Args:
        line: What a list shows of them.
        match: Why it would interest them, if it would.
        best: How well it fits the one whom it fits best.
        kind: The spark's kind; empty while there is no text.
        today: The day from which times count.
        first: For what they were chosen from the start; empty for nothing.
    """
    why = partial(_why, match, kind, today, line.organisation, first)
    strength = blocks(match.fit, best) if match else 0
    return Whom(line.id, line.name, line.headline, line.last_on, strength, why)


def _why(match: Match | None, kind: str, today: date, organisation: str, first: str, most: int) -> str:
    """Because of what, in so many characters; nothing where there is no reason.

    What they were chosen for from the start comes first, and then of the match what there is room for.
    """
    room = most - len(first) - len(" · ") if first else most
    if match is None or (first and (match.works_there or room < _WHY_LEAST)):
        return shortened(first, most)
    said = say(because(match, kind, today, organisation, most=room), room)
    return " · ".join(filter(None, (first, said)))


def group_row(group: Group, match: GroupMatch | None, best: float) -> Whom:
    """A group where a spark may be posted; the arguments are those of `person_row`."""

    def why(most: int) -> str:
        return say(because_of(match), most) if match else ""

    about = f"group · {group.kind}" if group.kind else "group"
    return Whom(-group.id, group.name, about, group.last_on, blocks(match.fit, best) if match else 0, why)


def reason_of(whom: Whom) -> str:
    """Why it goes to someone, as the give in the queue says it; empty where nothing says so."""
    said = whom.why(_WHY_MOST)
    return f"because {said}" if said else ""


def says_room(chosen: int, room: Room, due: date | None, today: date) -> str:
    """How many were chosen, and what the week has room for besides.

    Args:
        chosen: How many.
        room: The week's room.
        due: The day by which each would be due, and near which each is let in; None when they have no day.
        today: The day from which the week counts.
    """
    said = f"{chosen} chosen · " if chosen else ""
    if due is not None:
        near = due <= days_on(today, 6)
        return f"{said}{'always let in:' if near else 'under Later until near'} {say_day(due, today)}"
    left = room.left - chosen
    if left > 0:
        more = "more " if chosen else ""
        return f"{said}room for {left} {more}{'give' if left == 1 else 'gives'} this week"
    if left == 0 and chosen:
        return f"{said}that fills this week"
    if not chosen:
        return "this week is full: new gives go to Later"
    later = min(chosen, -left)
    which = f"{later} of them" if later < chosen else {1: "it", 2: "both"}.get(chosen, "all")
    return f"{said}{which} will stand under Later"


def went_to(gives: Sequence[Give]) -> Line:
    """Who had it already, so that nobody is told of it twice; nothing where nobody had."""
    last = {give.whom: give for give in gives}
    became: dict[str, list[str]] = {"went to": [], "queued for": [], "not for": []}
    for give in last.values():
        landed = " (it landed)" if give.landed == "yes" else ""
        said = {"given": "went to", "dropped": "not for"}.get(give.state, "queued for")
        became[said].append((called_by(give.person.name, "") if give.person else give.whom.name) + landed)
    said = " · ".join(f"{what} {', '.join(names)}" for what, names in became.items() if names)
    return [part(said, "dim")] if said else ()
