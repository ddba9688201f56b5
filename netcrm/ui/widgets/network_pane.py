"""The near network of a person as a tree, and above it how one came to know them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from netcrm.domain.network import Branch, Network, say_chain
from netcrm.domain.people import PersonLine, called_by
from netcrm.domain.rhythm import since
from netcrm.ui.ink import Line, Part, cut, part, spread, width_of, wrap
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.people_pane import WARMTH_ROLES

_HOW_LEAST = 12
"""Cells that what somebody is to another needs; with less the name alone is shown."""

_NAMES_MOST = 40
"""Cells of the tree and the names, beyond which what they are begins nearer."""


class NetworkPane(Pane):
    """A tree, a line each person.

    Args:
        highlighted: Called when the highlight has come to somebody else.
    """

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="network")
        self._highlighted = highlighted
        self._network: Network | None = None
        self._branches: Sequence[Branch] = ()
        self._people: Mapping[int, PersonLine] = {}
        self._today = date.min
        self._head: Sequence[Line] = ()
        self._indent = 0

    @property
    def branch(self) -> Branch | None:
        """The highlighted one."""
        return self._branches[self.cursor] if self.cursor < len(self._branches) else None

    def show(
        self,
        network: Network,
        branches: Sequence[Branch],
        people: Mapping[int, PersonLine],
        today: date,
        *,
        keep: int | None = None,
    ) -> None:
        """Show a network.

        Args:
            network: What is known around the one in the middle.
            branches: Its tree.
            people: What is known of those who are in the book, by id.
            today: The day from which times count.
            keep: The key of the one to highlight; the first around the middle whom one can go to, when None.
        """
        self._network, self._branches, self._people, self._today = network, branches, people, today
        places = {branch.key: place for place, branch in enumerate(branches)}
        around = (place for place, branch in enumerate(branches) if place and branch.key > 0)
        first = next(around, min(1, len(branches) - 1))
        self.cursor = first if keep is None else places.get(keep, min(self.cursor, len(branches) - 1))
        self.top = 0
        self.lay_out()
        self.keep_in_view()
        self.refresh()
        self._say_where()

    # Rows

    def count(self) -> int:
        """How many people there are."""
        return len(self._branches)

    def moved(self) -> None:
        """Tell the screen."""
        self._say_where()
        self._highlighted()

    def rows_per_page(self) -> int:
        """How many people are seen at once."""
        return max(1, self.size.height)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted one is seen, and what stands above the tree with the first."""
        place = len(self._head) + self.cursor
        height = max(1, self.size.height)
        self.top = max(0, min(self.top, place, len(self._head) + len(self._branches) - height))
        self.top = max(self.top, place - height + 1)

    def row_at(self, y: int) -> int | None:
        """Who is drawn at a line."""
        row = self.top + y - len(self._head)
        return row if 0 <= row < len(self._branches) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of how one came to know them, or of the tree."""
        place = self.top + y
        if place < len(self._head):
            return self._head[place], False
        row = self.row_at(y)
        if row is None:
            return self._below(place - len(self._head) - len(self._branches)), False
        return self._line(self._branches[row]), row == self.cursor

    def reflow(self) -> None:
        """Lay it out for the width there is."""
        if self._network is None:
            return
        width = max(1, self.size.width)
        self._head = [*self._how_known(self._network, width), ()] if self.size.height > _FLAT else ()
        shown = [width_of(self._named(branch)) for branch in self._branches]
        self._indent = max((cells for cells in shown if cells <= _NAMES_MOST), default=0) + 2

    # What it says

    def _how_known(self, network: Network, width: int) -> Sequence[Line]:
        """The chain of introductions, and how you met the first of them."""
        steps = say_chain(network).split(" ← ")
        chain: list[Part] = [Part("How you know them  ", "dim")]
        for place, step in enumerate(steps):
            chain += [Part(" ← ", "dim")] if place else []
            chain.append(part(step, "strong" if place == len(steps) - 1 else ""))
        lines = wrap(chain, width)[:_CHAIN_MOST]
        if network.met:
            first = called_by(network.came[-1].name if network.came else network.names[network.centre])
            lines.append(cut([part(f"You met {first}: {network.met}", "dim")], width))
        return lines

    def _named(self, branch: Branch) -> Line:
        person = self._people.get(branch.key)
        dot = Part("  ", "dim")
        if person is not None:
            state = person.warmth(self._today)
            dot = Part(f"{state.dot} ", WARMTH_ROLES[state])
        role = "strong" if person is not None else ""
        return [Part(branch.drawn, "dim"), *([dot] if person is not None else ()), part(branch.name, role)]

    def _line(self, branch: Branch) -> Line:
        width = max(1, self.size.width)
        name = self._named(branch)
        person = self._people.get(branch.key)
        how = branch.how or (person.headline if person else "")
        said: list[Part] = [part(how, "dim" if not branch.how else "")]
        if branch.more:
            said.append(Part(f"  and {branch.more} more", "dim"))
        gap = max(2, self._indent - width_of(name))
        if width_of(name) + gap + _HOW_LEAST > width:
            return cut(name, width)
        left = [*name, Part(" " * gap), *said]
        ago = since(person.last_on, self._today) if person and person.last_on else ""
        return spread(left, [Part(f"{ago:>5}", "dim")], width) if ago else left

    def _below(self, place: int) -> Line:
        """What is said where the one in the middle stands alone."""
        if len(self._branches) > 1 or not 0 < place <= len(_ALONE):
            return ()
        return _ALONE[place - 1]

    def _say_where(self) -> None:
        total = len(self._branches) - 1
        self.border_subtitle = f"{self.cursor} of {total}" if total > 0 else ""


_CHAIN_MOST = 3
"""Lines of the chain: enough for a dozen people on a wide screen."""

_FLAT = 6
"""Lines from which on there is room for how one came to know them."""

_ALONE: Sequence[Line] = (
    [Part("Whom do they have to do with?", "strong")],
    [Part("a", "key"), Part(" adds: daughter Ana, 18; mentor: Don Orlando.", "dim")],
)
