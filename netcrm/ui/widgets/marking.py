"""A pane in which several rows can be marked, to act on all of them at once."""

from collections.abc import Iterable, Mapping, Sequence

from netcrm.ui.ink import Part
from netcrm.ui.widgets.pane import Pane


class MarkingPane(Pane):
    """A pane that remembers which of its rows are marked, by what they show and not by their place."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._marked: dict[int, str] = {}

    @property
    def marked(self) -> Sequence[int]:
        """The ids of what is marked, in the order in which it was."""
        return tuple(self._marked)

    @property
    def marks(self) -> Mapping[int, str]:
        """What is marked, with why, where it was marked for a reason; else with an empty text."""
        return dict(self._marked)

    def id_at(self, row: int) -> int:
        """The id of what a row shows."""
        raise NotImplementedError

    def marks_changed(self) -> None:
        """Something was marked, or is no longer."""

    def mark(self) -> None:
        """Mark what is highlighted, or take its mark away, and go on to the next."""
        if self.cursor >= self.count():
            return
        key = self.id_at(self.cursor)
        if key in self._marked:
            del self._marked[key]
        else:
            self._marked[key] = ""
        self._remarked()
        self.go_to(self.cursor + 1)

    def mark_these(self, marks: Mapping[int, str]) -> None:
        """Mark these too, each with why."""
        self._marked.update(marks)
        self._remarked()

    def unmark(self) -> bool:
        """Take all marks away; return whether there were any."""
        had = bool(self._marked)
        self._marked.clear()
        if had:
            self._remarked()
        return had

    def keep_marks(self, ids: Iterable[int]) -> None:
        """Keep the marks only of these."""
        kept = set(ids)
        self._marked = {key: why for key, why in self._marked.items() if key in kept}

    def bar(self, key: int) -> Part:
        """What stands beside a row: a bar where it is marked."""
        return Part("▎", "accent") if key in self._marked else Part(" ")

    def _remarked(self) -> None:
        self.lay_out()
        self.marks_changed()
        self.refresh()
