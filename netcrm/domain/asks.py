"""Before an ask: what has passed between you and someone, in words, and how the line of an ask is read."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from netcrm.domain.gives import Give
from netcrm.domain.logline import understand
from netcrm.domain.people import Named
from netcrm.domain.rhythm import ago, times
from netcrm.domain.timeline import Entry, Interaction
from netcrm.domain.values import dataclass
from netcrm.domain.wants import Want

GAVE_KINDS = ("gave", "introduced")
"""The kinds of entry that are something you gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What has passed between you and someone; shown to you alone, and never counted up against anyone.

    Attributes:
        gave: The newest things you gave them, introductions included.
        received: The newest things they gave you.
        asked: The newest asks, each with its answer.
        counts: How many entries of each kind there are with them; kinds without any may be left out.
        wants: What they want and offer.
        promises: What you promised them that is still to come.
    """

    person: Named
    gave: Sequence[Interaction] = ()
    received: Sequence[Interaction] = ()
    asked: Sequence[Interaction] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    wants: Sequence[Want] = ()
    promises: Sequence[Give] = ()

    @property
    def open_ask(self) -> Interaction | None:
        """The newest ask of which no answer is known."""
        return next((entry for entry in self.asked if not entry.answer), None)


def say_passed(passed: Passed, today: date) -> Sequence[str]:
    """What has passed, in a calm sentence or two.

    For example ``You gave 4 times, asked once. The last ask was 3 months ago, and they said yes.``
    """
    counts = passed.counts
    yours = [
        f"{said} {times(counts[kind])}"
        for kind, said in (("gave", "gave"), ("introduced", "introduced them"), ("asked", "asked"))
        if counts.get(kind)
    ]
    theirs = f"they gave to you {times(counts['received'])}" if counts.get("received") else ""
    if not yours and not theirs:
        return ["Nothing of give and take stands between you yet."]
    if yours and not counts.get("asked"):
        yours[-1] += " and never asked"
    clauses = [f"You {', '.join(yours)}" if yours else "", theirs]
    sentence = "; ".join(clause for clause in clauses if clause)
    return [f"{sentence[0].upper()}{sentence[1:]}.", *_last_ask(passed, today)]


def _last_ask(passed: Passed, today: date) -> Sequence[str]:
    if not passed.asked:
        return ()
    last = passed.asked[0]
    when = ago(last.day, today)
    if not last.answer:
        return [f"The last ask, {when}, has no answer yet."]
    return [f"The last ask was {when}, and they said {last.answer}."]


def read_ask(line: str, person: Named, today: date) -> Entry | None:
    """The entry that an ask's line makes; None for an empty one.

    A day or a time that it begins with, tags and a place are read as in the log line: ``yesterday: for a
    reference #work``. Everyone it names stands in its words only.
    """
    line = " ".join(line.split())
    if not line:
        return None
    read = understand(f"asked: {line}", today=today, book=_Nobody(), selected=person)
    if read.problems or read.gives or read.occasions or not read.logs or not read.text:
        return Entry(day=today, people=(person.id,), kind="asked", text=line)
    lowered = read.text[:1].lower() + read.text[1:]
    return Entry(
        day=read.day,
        people=(person.id,),
        kind="asked",
        text=lowered if lowered in line else read.text,
        time=read.time,
        place=read.place,
        tags=read.tags,
        enjoyment=read.enjoyment,
    )


class _Nobody:
    """A book without names."""

    def named(self, folded: str) -> Sequence[Named]:
        """Nobody."""
        return ()
