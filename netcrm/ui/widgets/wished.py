"""What someone wants and offers, as the head of their timeline shows it."""

from collections.abc import Sequence
from datetime import date

from netcrm.domain.wants import SIDES, VERBS, Want
from netcrm.ui.ink import Line, Part, cut, part, width_of, wrap

_LABEL = 7
"""Cells before what is wanted: ``offers`` and a space."""

_NARROW = 24
"""Cells below which what goes on in a second line is not set in."""


def wished(wants: Sequence[Want], today: date, width: int, key: str, *, most: int) -> Sequence[Line]:
    """What someone wants and offers; of what is old it is asked, quietly, whether it is still true.

    What is old stands behind the rest, dim, so that the question needs to be asked only once.

    Args:
        wants: What they want and offer.
        today: The day.
        width: Cells a line may take.
        key: The key that answers.
        most: Lines for each side; what does not fit is cut.
    """
    lines: list[Line] = []
    for side in SIDES:
        of_side = sorted((want for want in wants if want.side == side), key=lambda want: want.is_stale(today))
        if of_side:
            lines += _side(f"{VERBS[side]:<{_LABEL}}", of_side, today, width, key, most)
    return lines


def _side(label: str, wants: Sequence[Want], today: date, width: int, key: str, most: int) -> Sequence[Line]:
    parts: list[Part] = []
    for want in wants:
        parts += [Part(" · ", "dim")] if parts else []
        parts.append(part(want.text, "dim" if want.is_stale(today) else ""))
    stale = sum(want.is_stale(today) for want in wants)
    set_in = _LABEL if width >= _NARROW else 0
    room = max(1, width - set_in)
    if not set_in:
        parts.insert(0, Part(label, "dim"))
    lines = _asking(wrap(parts, room, most + 2), stale, key, room, most)
    if not set_in:
        return lines
    return [[Part(" " * _LABEL if place else label, "dim"), *line] for place, line in enumerate(lines)]


def _asking(lines: Sequence[Line], stale: int, key: str, room: int, most: int) -> Sequence[Line]:
    """So many of the lines as there may be, the last of them cut to leave room for the question.

    Where all that is old has been cut off, the question says how many there are.
    """
    tail = [Part("  still true? ", "dim"), Part(key, "key")] if stale else []
    if len(lines) <= most and width_of(lines[-1]) + width_of(tail) <= room:
        return [*lines[:-1], [*lines[-1], *tail]]
    if len(lines) < most:
        return [*lines, [Part(tail[0].text.lstrip(), tail[0].role), *tail[1:]]]
    rest: list[Part] = []
    for first, *more in lines[most - 1 :]:
        if rest and rest[-1].role == first.role:
            rest[-1] = Part(f"{rest[-1].text} {first.text}", first.role)
        else:
            rest += [Part(f" {first.text}", first.role)] if rest else [first]
        rest += more
    shown = [*lines[: most - 1], cut(rest, room - width_of(tail))]
    if stale and not any(role == "dim" and text.strip(" ·…") for line in shown for text, role in line):
        tail = [Part(f"  +{stale} still true? ", "dim"), *tail[1:]]
        shown[-1] = cut(rest, room - width_of(tail))
    return [*shown[:-1], [*shown[-1], *tail]]
