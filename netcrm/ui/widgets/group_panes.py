"""The list of the groups, and of those who care about the same; how a group stands, wherever it is listed."""

from collections.abc import Callable, Sequence
from datetime import date

from netcrm.domain.groups import Group, Pulse, pulse
from netcrm.domain.sharing import BothCare
from netcrm.ui.ink import Line, Part, part, spread, width_of
from netcrm.ui.widgets.blocks import BlocksPane
from netcrm.ui.widgets.people_pane import WARMTH_ROLES

PUT_AWAY = "Put away"
"""The heading of the groups that are out of the list."""

BOTH_CARE = "You both care about"
"""The heading of those who share something rare with you, and are in no group with you."""

_GAUGED_LEAST = 20
"""Cells below which a group's gauge goes, and leaves the line to its name."""


def pulse_parts(found: Pulse) -> tuple[Part, Part]:
    """The gauge of a group and its words, as every list shows them: ``▰▰▰▱ met Sat``."""
    return Part(found.gauge, WARMTH_ROLES[found.warmth]), part(f" {found.words}", "dim")


class GroupsPane(BlocksPane):
    """All groups, two lines each; then who cares about the same as you; those put away at the end.

    Args:
        highlighted: Called when the highlight has come to another row.
    """

    BORDER_TITLE = "Groups"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(highlighted, id="groups")
        self._empty = _NO_GROUPS
        self._rows: Sequence[Group | BothCare] = ()
        self._today = date.min

    @property
    def group(self) -> Group | None:
        """The highlighted group, if it is one."""
        row = self._row_here()
        return row if isinstance(row, Group) else None

    @property
    def both(self) -> BothCare | None:
        """Whoever is highlighted of those who care about the same."""
        row = self._row_here()
        return row if isinstance(row, BothCare) else None

    def _row_here(self) -> Group | BothCare | None:
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def show(
        self,
        groups: Sequence[Group],
        today: date,
        *,
        both: Sequence[BothCare] = (),
        keep: int | None = None,
    ) -> None:
        """Show groups, keeping the highlight on the same one, or on what took its place.

        Args:
            groups: Those in the list, then those put away.
            today: The day from which times count.
            both: Who cares about the same, in no group with you.
            keep: The id of the group to highlight; what is highlighted now, when None.
        """
        wanted = _key_of(self._row_here()) if keep is None else (keep, 0)
        here = [group for group in groups if not group.archived]
        self._rows, self._today = [*here, *both, *(group for group in groups if group.archived)], today
        places = {_key_of(row): place for place, row in enumerate(self._rows)}
        self.cursor = places.get(wanted, max(0, min(self.cursor, len(self._rows) - 1)))
        self.lay_out()
        self.keep_in_view()
        self.refresh()
        self.say_where()

    # Rows

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def reflow(self) -> None:
        """Lay the rows out under their headings."""
        self.clear()
        tight, before = self._is_tight(max(1, self.size.width)), ""
        for row in self._rows:
            heading = _heading_of(row)
            if heading != before:
                self.add_heading(heading)
                before = heading
            self.add_row(*(self._row(row, tight) if isinstance(row, Group) else self._shares(row)))

    def _shares(self, found: BothCare) -> tuple[Line, Line]:
        width = max(1, self.size.width)
        return (
            spread([part(found.person.name, "strong")], [part(f"#{found.topic}", "tag")], width),
            [Part("  "), part(found.why, "dim")],
        )

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
            for group in self._rows
            if isinstance(group, Group)
        )


def _key_of(row: Group | BothCare | None) -> tuple[int, int]:
    """What tells a row from the others, whatever becomes of it: the id of a group, or of a person."""
    if row is None:
        return 0, 0
    return (row.id, 0) if isinstance(row, Group) else (0, row.person.id)


def _heading_of(row: Group | BothCare) -> str:
    """What a row stands under; groups in the list stand under none."""
    if isinstance(row, BothCare):
        return BOTH_CARE
    return PUT_AWAY if row.archived else ""


_NO_GROUPS: Sequence[Line] = (
    [Part("No groups yet.", "strong")],
    (),
    [Part("n", "key"), Part(" founds one: a club, a meetup,", "dim")],
    [Part("a forum, those you studied with.", "dim")],
    (),
    [Part("People meet around", "dim")],
    [Part("what they share.", "dim")],
)
