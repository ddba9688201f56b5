"""The list of the groups, and how one stands as every list draws it."""

from collections.abc import Callable, Sequence
from datetime import date

from netcrm.domain.groups import Group, Pulse, pulse
from netcrm.domain.rhythm import Warmth
from netcrm.ui.ink import Line, Part, part, spread, width_of
from netcrm.ui.widgets.pane import Pane

ROLES = {
    Warmth.IN_RHYTHM: "good",
    Warmth.RIPE: "warm",
    Warmth.DRIFTING: "alert",
    Warmth.NONE: "dim",
}
"""The role in which a warmth is drawn, of a group or of a person."""

PUT_AWAY = "Put away"
"""The heading of the groups that are out of the list."""

_GAUGED_LEAST = 20
"""Cells below which a group's gauge goes, and leaves the line to its name."""


def pulse_parts(found: Pulse) -> tuple[Part, Part]:
    """The gauge of a group and its words, as every list shows them: ``▰▰▰▱ met Sat``."""
    return Part(found.gauge, ROLES[found.warmth]), part(f" {found.words}", "dim")


class GroupsPane(Pane):
    """All groups, two lines each; those put away at the end.

    Args:
        highlighted: Called when the highlight has come to another group.
    """

    BORDER_TITLE = "Groups"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="groups")
        self._highlighted = highlighted
        self._groups: Sequence[Group] = ()
        self._today = date.min
        self._lines: list[Line] = []
        self._owners: list[int | None] = []
        self._starts: list[int] = []

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
        self._say_where()

    # Rows

    def count(self) -> int:
        """How many groups there are."""
        return len(self._groups)

    def moved(self) -> None:
        """Tell the screen."""
        self._say_where()
        self._highlighted()

    def _say_where(self) -> None:
        self.border_subtitle = f"{self.cursor + 1} of {len(self._groups)}" if self._groups else ""

    def rows_per_page(self) -> int:
        """About how many groups are seen at once."""
        return max(1, self.size.height // 2)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted group is seen, with its heading where it is the first under one."""
        if self.cursor >= len(self._starts):
            self.top = 0
            return
        start = self._starts[self.cursor]
        end = start + 2
        if start and self._owners[start - 1] is None:
            start -= 1
        height = self.size.height
        self.top = max(0, min(self.top, start, len(self._lines) - height))
        self.top = max(self.top, min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The group drawn at a line."""
        place = self.top + y
        return self._owners[place] if place < len(self._owners) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of a group."""
        if not self._groups:
            return (_NO_GROUPS[y] if y < len(_NO_GROUPS) else ()), False
        place = self.top + y
        if place >= len(self._lines):
            return (), False
        owner = self._owners[place]
        return self._lines[place], owner is not None and owner == self.cursor

    def reflow(self) -> None:
        """Lay the groups out."""
        self._lines, self._owners, self._starts = [], [], []
        for row, group in enumerate(self._groups):
            if group.archived and not (row and self._groups[row - 1].archived):
                self._lines += [(), [Part(PUT_AWAY, "heading")]] if row else [[Part(PUT_AWAY, "heading")]]
                self._owners += [None, None] if row else [None]
            self._starts.append(len(self._lines))
            self._lines += self._row(group)
            self._owners += [row, row]

    def _row(self, group: Group) -> Sequence[Line]:
        width = max(1, self.size.width)
        members = len(group.members)
        gauge, words = pulse_parts(pulse(group, self._today))
        asked = Part(f" ?{group.questions}" if group.questions else "", "accent")
        stands = [Part(" "), gauge, words]
        count = f" {members} {'person' if members == 1 else 'people'}"
        about = " · ".join(text for text in (group.kind, ", ".join(group.topics)) if text)
        if self._is_tight(width):
            stands = [Part(" "), gauge] if width >= _GAUGED_LEAST else []
            count = f" {members:>2}"
            about = f"{words.text.strip()} · {group.kind}" if group.kind else words.text.strip()
            if width_of([part(about), asked]) + len(count) + 3 > width:
                about = words.text.strip()
        return [
            spread([part(group.name, "dim" if group.archived else "strong")], stands, width),
            spread([Part("  "), part(about, "dim")], [asked, Part(count, "dim")], width),
        ]

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
