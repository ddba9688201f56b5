"""The prompt that narrows the queue."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from netcrm.domain.givefilter import GiveFilter, parse_filter
from netcrm.domain.gives import Give
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.prompt import Prompt


class FilterPrompt(Prompt[GiveFilter]):
    """Asks what to show of the queue.

    Args:
        queue: All that waits.
        value: The filter that holds now.
    """

    ENTER: ClassVar[str] = "shows"

    def __init__(self, queue: Sequence[Give], value: str) -> None:
        super().__init__(
            "Filter · which gives to show",
            value=f"{value} " if value else "",  # so that more can be typed at once
            example="kind:opening with:grace, or any words",
        )
        self._queue = queue

    def preview(self, text: str) -> Sequence[Line]:
        """How many there are of these, and of which kinds."""
        narrowed = parse_filter(text)
        found = [give for give in self._queue if narrowed.admits(give)]
        kinds = [
            part(f"{kind} {count}   ", "dim")
            for kind, count in Counter(give.kind for give in found).most_common()
        ]
        if narrowed.problems:
            return [[part(narrowed.problems[0], "warm")], kinds]
        shown = f"{len(found)} of {len(self._queue)}" if narrowed else f"all {len(self._queue)}"
        names = ", ".join(dict.fromkeys(give.whom.name for give in found))
        return [[Part(shown), part(f"   {names}", "dim")], kinds]

    def answer(self, text: str) -> None:
        """Show these; all, when nothing is said."""
        narrowed = parse_filter(text)
        if narrowed.problems:
            self.complain(narrowed.problems[0])
        else:
            self.dismiss(narrowed)
