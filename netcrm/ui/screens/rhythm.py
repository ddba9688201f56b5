"""The prompts of the rhythm: how often to be in touch, and being away for a while."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import ClassVar

from netcrm.domain.fields import say_cadence
from netcrm.domain.gives import say_day
from netcrm.domain.rhythm import Sabbatical, every
from netcrm.domain.rhythmline import RhythmLine, read_away, read_rhythm
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.prompt import Prompt


class RhythmPrompt(Prompt[RhythmLine]):
    """Asks how often to be in touch with people, or with all who bear a tag.

    Args:
        whom: Their name, or how many they are.
        cadence: Their own, which stands in the line at first; None where it is open or not the same for all.
        bearing: Tells how many people bear a tag.
    """

    ROWS: ClassVar[int] = 2
    REPLACES: ClassVar[bool] = True

    def __init__(self, whom: str, cadence: int | None, bearing: Callable[[str], int]) -> None:
        super().__init__(f"Rhythm · {whom}", value=say_cadence(cadence), example="6 weeks, monthly, never")
        self._whom = whom
        self._bearing = bearing

    def preview(self, text: str) -> Sequence[Line]:
        """How often, with whom; and what else can be said."""
        hint = [Part("monthly  6w  every 10 days  never  or for a tag: #scouts monthly", "dim")]
        try:
            read = read_rhythm(text)
        except ValueError as error:
            return [[part(str(error), "warm")], hint]
        if read.tag:
            bearing = self._bearing(read.tag)
            whose = {0: "nobody bears it yet", 1: "one person bears it"}.get(bearing, f"{bearing} bear it")
            own = [Part(f" · {whose}; who has a rhythm of their own keeps it", "dim")]
            return [[part(f"#{read.tag} ", "tag"), part(every(read.cadence)), *own], hint]
        return [[part(every(read.cadence)), part(f" · {self._whom}", "dim")], hint]

    def answer(self, text: str) -> None:
        """Wish for it."""
        try:
            read = read_rhythm(text)
        except ValueError as error:
            self.complain(str(error))
        else:
            self.dismiss(read)


class SabbaticalPrompt(Prompt[Sabbatical | bool]):
    """Asks until when one is away. The answer is the sabbatical, or False for being back.

    Args:
        running: The sabbatical that is on or comes next, if there is one.
        today: The day.
    """

    ROWS: ClassVar[int] = 2

    def __init__(self, running: Sabbatical | None, today: date) -> None:
        until = f" · away until {say_day(running.until_on, today)}" if running else ""
        super().__init__(f"Sabbatical{until}", example="until 10 Jan")
        self._away = running
        self._today = today

    def preview(self, text: str) -> Sequence[Line]:
        """From when until when, and what it means."""
        back = "; back ends the one that is on" if self._away else ""
        hint: Line = [Part(f"until 10 Jan  2 weeks  from 1 Dec until 10 Jan{back}", "dim")]
        if not text.strip():
            return [[Part("No day of it counts as silence, with anybody.", "dim")], hint]
        try:
            read = read_away(text, self._today)
        except ValueError as error:
            return [[part(str(error), "warm")], hint]
        if read is None:
            return [[Part("back today" if self._away else "No sabbatical is on.")], hint]
        days = (read.until_on - read.from_on).days + 1
        begins = "" if read.from_on == self._today else f"from {say_day(read.from_on, self._today)} "
        back_on = read.until_on + timedelta(days=1)
        length = f"{days} {'day' if days == 1 else 'days'}"
        return [
            [
                Part(f"away {begins}until {read.until_on:%A} {read.until_on.day} {read.until_on:%B}"),
                Part(f" · {length}, back on {back_on:%a} {back_on.day} {back_on:%b}", "dim"),
            ],
            hint,
        ]

    def answer(self, text: str) -> None:
        """Be away, or back."""
        try:
            read = read_away(text, self._today)
        except ValueError as error:
            self.complain(str(error))
        else:
            self.dismiss(read or False)
