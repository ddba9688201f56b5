"""The pane of the timeline of everything."""

from collections.abc import Callable, Mapping, Sequence

from netcrm.domain.timeline import Interaction
from netcrm.ui.ink import Line
from netcrm.ui.widgets.entry_lines import entry_lines
from netcrm.ui.widgets.paged import PagedPane, Read


class EverythingPane(PagedPane[Interaction]):
    """Entries of everybody, newest first, by month. A row is an entry."""

    BORDER_TITLE = "Everything"

    LEAD = 2
    TRIMMED = True
    BESIDE = False

    def __init__(self, moved: Callable[[], None], *, id: str = "everything") -> None:
        super().__init__(id=id)
        self._moved = moved
        self._groups: Mapping[int, str] = {}
        self._empty: Sequence[Line] = ()

    def show(
        self,
        read: Read,
        groups: Mapping[int, str],
        *,
        around: Interaction | None = None,
        centred: bool = False,
        empty: Sequence[Line] = (),
    ) -> None:
        """Show entries.

        Args:
            read: Reads them.
            groups: The names of all groups, by their ids.
            around: The entry to highlight, or where it was, if it is no longer there; None for the newest.
            centred: Whether that stands in the midst of the view, rather than where the highlight was.
            empty: What to say when there are none.
        """
        at = self.size.height // 3 if centred else self._line_of_cursor()
        self._read, self._groups, self._empty = read, groups, empty
        self.lay_out()
        if around is None:
            self._begin()
        else:
            self._around(around)
            self._read_above()
            self._look_at(self.cursor, at)
        self.keep_in_view()
        self.refresh()

    def say_count(self, count: int | None) -> None:
        """Say how many there are, once that is known."""
        said = "…" if count is None else f"{count:,}".replace(",", "\u2009")
        self.border_subtitle = f"{said} {'entry' if count == 1 else 'entries'}" if count != 0 else ""

    def moved(self) -> None:
        """Tell that another entry is highlighted."""
        self._moved()

    def rows_per_page(self) -> int:
        """How many entries are seen at once."""
        rows = {row for _, row in self._lines_seen() if row is not None}
        return max(1, len(rows) - 1)

    def head(self) -> Sequence[Line]:
        """What to say when there are none."""
        return () if self._rows else self._empty

    def lines_of(self, place: int) -> Sequence[Line]:
        """An entry, with who took part first."""
        entry = self._rows[place]
        return entry_lines(
            entry,
            max(1, self.size.width),
            same_day=self._is_of_the_same_day(place),
            group=self._groups.get(entry.group_id or 0, ""),
            names_first=True,
        )
