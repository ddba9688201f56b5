"""What the lists of the review say: a day, what was given, what is worth keeping, whom to look after."""

from collections.abc import Sequence
from datetime import date

from netcrm.domain.gives import say_day
from netcrm.domain.groups import Pulse, pulse
from netcrm.domain.introductions import first_name, short_names
from netcrm.domain.people import Named
from netcrm.domain.review import (
    Held,
    LookAfter,
    Review,
    Span,
    silence,
    sparkline,
)
from netcrm.domain.rhythm import since
from netcrm.domain.timeline import SIGNS, Interaction
from netcrm.ui.ink import Line, Part, fit, part, width_of, wrap
from netcrm.ui.widgets.entry_lines import SIGN_ROLES
from netcrm.ui.widgets.review_panes import Item, Opened, heading, sections

_DAY_LINES = 3
"""Lines that a day's entries take at the least where there is room: what stands below does not jump."""

_ROOMY = 14
"""Lines from which on there is that room."""

_BAR_MOST = 12
"""Cells of the longest bar."""

_NAMES_MOST = 2
"""People named with an entry; of more the number is told."""


def day_items(day: date, entries: Sequence[Interaction], all_of_it: int, today: date) -> list[Item]:
    """The entries of a day.

    Args:
        day: Which.
        entries: Those that were read.
        all_of_it: How many there are.
        today: The day from which the day's name counts.
    """
    near = say_day(day, today) if abs((day - today).days) <= 1 else ""
    year = f" {day.year}" if day.year != today.year else ""
    said = f"{day:%a} {day.day} {day:%b}{year}"
    items = [Item([part(said, "strong"), Part(f" · {near}" if near else "", "dim")])]
    items += [entry_item(entry) for entry in entries]
    if not entries:
        items.append(Item([Part("A quiet day.", "dim")]))
    if all_of_it > len(entries):
        items.append(Item([Part(f"and {all_of_it - len(entries):,} more", "dim")]))
    return items


def held_items(review: Review, width: int, *, roomy: bool, day: Sequence[Item]) -> list[Item]:
    """A day, then what its week or year held: what was given, gives and asks a week, kinds and tags."""
    day = list(day)
    if roomy:
        day += [Item()] * (1 + _DAY_LINES - len(day))
    counted = [_kinds(review, width), _tags(review)]
    given = _given(review)
    sparks = _sparks(review, width)
    if review.span.kind == "week":
        return sections(day, given, sparks, *counted)
    return sections(day, sparks, *counted, given)


def kept_items(held: Held, width: int) -> list[Item]:
    """What is worth keeping: bright moments, to whom one gave most, what was learned and taught."""
    bright = [_with_name(entry, Part(f"{entry.stars:<3} ", "warm"), width) for entry in held.bright]
    learned, taught = (
        [_with_name(entry, Part(f"{SIGNS[entry.kind]} ", "good"), width) for entry in entries]
        for entries in (held.learned, held.taught)
    )
    given_to = _bars(
        [([part(person.name)], many, Opened(person_id=person.id)) for person, many in held.given_to],
        "accent",
        width,
    )
    return sections(
        [heading("Bright moments", "good-heading"), *bright] if bright else [],
        [heading(held.most_given_to), *given_to] if given_to else [],
        [heading("Learned"), *learned] if learned else [],
        [heading("Taught"), *taught] if taught else [],
    )


def after_items(after: LookAfter, today: date, width: int) -> list[Item]:
    """Whom and what to look after today."""
    drifting = []
    for person in after.drifting:
        left = [Part("○ ", "warm"), part(person.name)]
        waited = silence(person, today)
        if width_of(left) + len(waited) + 2 > width:
            waited = waited.partition(" · ")[0]
        drifting.append(Item(left, [part(waited, "dim")], Opened(person_id=person.id)))
    if after.more:
        more = f"  and {after.more:,} more, whenever you like"
        drifting.append(Item([Part(more, "dim")], opens=Opened(search="is:drifting")))
    beats = {group.id: pulse(group, today) for group in after.groups}
    said = {key: beat.words for key, beat in beats.items()}
    names = max((width_of([part(group.name)]) for group in after.groups), default=0)
    if names + Pulse.BLOCKS + max(map(len, said.values()), default=0) + 3 > width:
        said = {group.id: since(group.last_on, today) for group in after.groups}
    longest = max(map(len, said.values()), default=0)
    groups = [
        Item(
            [part(group.name)],
            [*_gauge(beats[group.id]), Part(f" {said[group.id]:<{longest}}", "dim")],
            Opened(group_id=group.id),
        )
        for group in after.groups
    ]
    coming = [
        Item(
            [Part("▲ ", "warm"), Part(f"{say_day(one.day, today):<8}", "warm"), part(one.words)],
            opens=Opened(
                person_id=one.person.id if one.person else None, group_id=one.group.id if one.group else None
            ),
        )
        for one in after.coming
    ]
    hello = Item([Part("a hello would be welcome", "dim")])
    return sections(
        [heading("Drifting", "warm-heading"), hello, *drifting] if drifting else [],
        [heading("Groups"), *groups] if groups else [],
        [heading("Coming up"), *coming] if coming else [],
    )


def entry_item(entry: Interaction, right: Line = ()) -> Item:
    """An entry on a line: its sign, with whom, what, how good it was."""
    line: list[Part] = [Part(f"{SIGNS[entry.kind]} ", SIGN_ROLES[entry.kind])]
    line += _said(entry)
    if entry.stars:
        line.append(Part(f" {entry.stars}", "warm"))
    return Item(line, right, _opens(entry))


def _said(entry: Interaction) -> Line:
    """A give as a sentence, ``Gave Noor Rahimi the poster``; anything else with its people first."""
    people, text = [part(name, "strong") for name in _names(entry.people)], " ".join(entry.text.split())
    names = [piece for one in people for piece in (Part(" and "), one)][1:]
    if entry.kind == "introduced" and len(entry.people) == _NAMES_MOST:
        first, second = (part(person.name, "strong") for person in entry.people)
        return [Part("Introduced "), first, Part(" to "), second, part(_why(entry), "dim")]
    if entry.kind == "gave" and text[:1].islower() and not text.startswith("gave "):
        return [Part("Gave "), *names, part(f" {text}")]
    return [*names, part(f"  {text}" if names else text)]


def _why(entry: Interaction) -> str:
    """What an introduction says besides the names, if it goes on behind a comma."""
    _, comma, why = " ".join(entry.text.split()).partition(", ")
    return f", {why}" if comma else ""


def _names(people: Sequence[Named]) -> list[str]:
    """Who took part: one by the whole name, two by what they are called, of more the first and how many."""
    if len(people) == _NAMES_MOST:
        return list(short_names(*people))
    more = [f"{len(people) - 1} more"] if len(people) > _NAMES_MOST else []
    return [*(person.name for person in people[:1]), *more]


def _given(review: Review) -> list[Item]:
    given, span = review.held.given, review.span
    if not given:
        return []
    title = "You gave" if span.kind == "week" else "What you gave, newest first"
    items = [heading(title)]
    for entry in given:
        when = f"{entry.day:%a}" if span.kind == "week" else f"{entry.day.day} {entry.day:%b}"
        items.append(entry_item(entry, [Part(when, "dim")]))
    if review.gave > len(given):
        items.append(Item([Part(f"and {review.gave - len(given):,} more", "dim")]))
    return items


def _sparks(review: Review, width: int) -> list[Item]:
    """Gives and asks a week, both measured by the same most, and the sums in words."""
    if not review.given_and_asked:
        return []
    gave, asked = [week.gave for week in review.weeks], [week.asked for week in review.weeks]
    unit = "a week"
    if len(gave) > width - len(f"gives {unit}  "):
        gave, asked, unit = _in_pairs(gave), _in_pairs(asked), "a fortnight"
    label = len(f"gives {unit}  ")
    most = max(1, *gave, *asked)
    rows = [
        Item(
            [
                Part(f"{f'{name} {unit}':<{label}}", "dim"),
                Part(sparkline(values, most)[-max(1, width - label) :], role),
            ]
        )
        for name, values, role in (("gives", gave, "accent"), ("asks", asked, "alert"))
    ]
    return [*rows, *(Item([Part(line, "dim")]) for line in _broken(review.given_and_asked, width))]


def _in_pairs(values: Sequence[int]) -> list[int]:
    """The sums of two neighbours each, the last first."""
    return [sum(values[max(0, end - 2) : end]) for end in range(len(values), 0, -2)][::-1]


def _kinds(review: Review, width: int) -> list[Item]:
    """How many entries of each kind, as bars."""
    when = _terms(review.span)
    rows = [
        (
            [Part(f"{SIGNS[kind]} ", SIGN_ROLES[kind]), Part(kind)],
            many,
            Opened(entries=f'kind:"{kind}" {when}' if " " in kind else f"kind:{kind} {when}"),
        )
        for kind, many in review.kinds.items()
    ]
    return [heading("By kind"), *_bars(rows, "tag", width)] if rows else []


def _tags(review: Review) -> list[Item]:
    when = _terms(review.span)
    return [
        *([heading("By tag")] if review.held.tags else []),
        *(
            Item(
                [part(f"#{tag}", "tag"), Part(f" {many}", "dim")],
                opens=Opened(entries=f'tag:"{tag}" {when}' if " " in tag else f"tag:{tag} {when}"),
            )
            for tag, many in review.held.tags
        ),
    ]


def _terms(span: Span) -> str:
    """A span as a search has it."""
    return f"since:{span.first} until:{span.last}"


def _bars(rows: Sequence[tuple[Line, int, Opened]], role: str, width: int) -> list[Item]:
    """Things with how many of each there are, as bars of one measure."""
    if not rows:
        return []
    most = max(many for _, many, _ in rows)
    number = len(f"{most:,}")
    room = max(0, min(_BAR_MOST, width // 2 - number - 1))
    cells = min(room, most)
    items = []
    for said, many, opens in rows:
        bar = "━" * (many if most <= room else max(1, round(room * many / most)))
        items.append(Item(said, [Part(f"{bar:<{cells}}", role), Part(f" {many:>{number},}", "dim")], opens))
    return items


def _with_name(entry: Interaction, sign: Part, width: int) -> Item:
    """An entry with whom it was at its right end, by the first name."""
    who = "".join(first_name(person.name) for person in entry.people[:1])
    more = f" +{len(entry.people) - 1}" if len(entry.people) > 1 else ""
    right = [part(f"({fit(who, max(4, width // 3))}{more})", "dim")] if who else []
    return Item([sign, part(" ".join(entry.text.split()))], right, _opens(entry))


def _opens(entry: Interaction) -> Opened:
    if entry.people:
        return Opened(person_id=entry.people[0].id, entry_id=entry.id)
    return Opened(group_id=entry.group_id, entry_id=entry.id)


def _gauge(beat: Pulse) -> Line:
    full = beat.gauge[: beat.filled]
    return [Part(full, "good"), Part(beat.gauge.removeprefix(full), "dim")]


def _broken(text: str, width: int) -> Sequence[str]:
    """A sentence on as many lines as it needs."""
    return ["".join(piece.text for piece in line) for line in wrap([part(text)], max(8, width))]
