"""The list of the groups, and how one stands as every list draws it."""

from collections.abc import Callable, Sequence
from datetime import date

from netcrm.domain.groups import Group, Pulse, pulse
from netcrm.ui.ink import Line, Part, part, spread, width_of
from netcrm.ui.widgets.blocks import BlocksPane
from netcrm.ui.widgets.people_pane import WARMTH_ROLES

PUT_AWAY = "Put away"
"""The heading of the groups that are out of the list."""

_GAUGED_LEAST = 20
"""Cells below which a group's gauge goes, and leaves the line to its name."""


def pulse_parts(found: Pulse) -> tuple[Part, Part]:
    """The gauge of a group and its words, as every list shows them: ``▰▰▰▱ met Sat``."""
    return Part(found.gauge, WARMTH_ROLES[found.warmth]), part(f" {found.words}", "dim")


class GroupsPane(BlocksPane):
    """All groups, two lines each; those put away at the end.

    Args:
        highlighted: Called when the highlight has come to another group.
    """

    BORDER_TITLE = "Groups"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(highlighted, id="groups")
        self._empty = _NO_GROUPS
        self._groups: Sequence[Group] = ()
        self._today = date.min

    @property
    def group(self) -> Group | None:
        """The highlighted one."""
        return self._groups[self.cursor] if self.cursor < len(self._groups) else None

    def show(self, groups: Sequence[Group], today: date, *, keep: int | None = None) -> None:
        """Show groups, keeping the highlight on the same one, or on what took its place.

        Args:
            groups: Those in the list, then those put away.
            today: The day from which times count.
            keep: The id of the one to highlight; the one highlighted now, when None.
        """
        wanted = keep or (self.group.id if self.group else 0)
        self._groups, self._today = groups, today
        places = {group.id: place for place, group in enumerate(groups)}
        self.cursor = places.get(wanted, max(0, min(self.cursor, len(groups) - 1)))
        self.reflow()
        self.keep_in_view()
        self.refresh()
        self.say_where()

    # Rows

    def count(self) -> int:
        """How many groups there are."""
        return len(self._groups)

    def reflow(self) -> None:
        """Lay the groups out."""
        self.clear()
        tight = self._is_tight(max(1, self.size.width))
        for row, group in enumerate(self._groups):
            if group.archived and not (row and self._groups[row - 1].archived):
                self.add_heading(PUT_AWAY)
            self.add_row(*self._row(group, tight))

    def _row(self, group: Group, tight: bool) -> tuple[Line, Line]:
        width = max(1, self.size.width)
        members = len(group.members)
        gauge, words = pulse_parts(pulse(group, self._today))
        asked = Part(f" ?{group.questions}" if group.questions else "", "accent")
        stands = [Part(" "), gauge, words]
        count = f" {members} {'person' if members == 1 else 'people'}"
        about = " · ".join(text for text in (group.kind, ", ".join(group.topics)) if text)
        if tight:
            stands = [Part(" "), gauge] if width >= _GAUGED_LEAST else []
            count = f" {members:>2}"
            about = f"{words.text.strip()} · {group.kind}" if group.kind else words.text.strip()
            if width_of([part(about), asked]) + len(count) + 3 > width:
                about = words.text.strip()
        return (
            spread([part(group.name, "dim" if group.archived else "strong")], stands, width),
            spread([Part("  "), part(about, "dim")], [asked, Part(count, "dim")], width),
        )

    def _is_tight(self, width: int) -> bool:
        """Whether some name would have to be cut to say beside it how its group stands."""
        today = self._today
        return any(
            width_of([part(group.name), *pulse_parts(pulse(group, today))]) + 2 > width
            for group in self._groups
        )


_NO_GROUPS: Sequence[Line] = (
    [Part("No groups yet.", "strong")],
    (),
    [Part("n", "key"), Part(" founds one: a club, a meetup,", "dim")],
    [Part("a forum, those you studied with.", "dim")],
    (),
    [Part("People meet around", "dim")],
    [Part("what they share.", "dim")],
)
