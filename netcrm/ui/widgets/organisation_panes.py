"""The panes of the organisations screen: the organisations, and the people of the one that is highlighted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from netcrm.domain.organisations import Held, Organisation
from netcrm.domain.people import PersonLine
from netcrm.domain.rhythm import since
from netcrm.ui.ink import Line, Part, part, spread
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.people_pane import WARMTH_ROLES

_ROWS = 2
"""Lines that an organisation or a person takes."""

_PAGE = 64
"""People read at a time; the tallest terminals show about as many."""

_NAMED_MOST = 8
"""People of an organisation that its row may name: more never have room."""

ReadLines = Callable[[Sequence[int]], Mapping[int, PersonLine]]
"""Reads what a list shows of some people, by their ids."""


class OrganisationsPane(Pane):
    """Organisations, two lines each: how many work and worked there, and who.

    Args:
        highlighted: Called when the highlight has come to another organisation.
    """

    BORDER_TITLE = "Organisations"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="organisations")
        self._highlighted = highlighted
        self._organisations: Sequence[Organisation] = ()
        self._read: ReadLines = lambda ids: {}
        self._names: dict[str, Sequence[str]] = {}
        self._empty: Sequence[Line] = ()
        self._order = ""

    @property
    def organisation(self) -> Organisation | None:
        """The highlighted one."""
        return self._organisations[self.cursor] if self.cursor < len(self._organisations) else None

    def show(
        self,
        organisations: Sequence[Organisation],
        read: ReadLines,
        *,
        order: str,
        empty: Sequence[Line],
        keep: str = "",
    ) -> None:
        """Show organisations, keeping the highlight on the same one where it is still among them.

        Args:
            organisations: What there is, in order.
            read: Reads what is shown of their people.
            order: The order in words, for the lower border.
            empty: What to say when there is none.
            keep: What the one to highlight is known by; the one highlighted now, when empty.
        """
        wanted = keep or (self.organisation.key if self.organisation else "")
        self._organisations, self._read, self._order, self._empty = organisations, read, order, empty
        self._names.clear()
        places = {one.key: place for place, one in enumerate(organisations)}
        self.cursor = places.get(wanted, max(0, min(self.cursor, len(organisations) - 1)))
        self.keep_in_view()
        self.refresh()
        self._say_where()

    # Rows

    def count(self) -> int:
        """How many there are."""
        return len(self._organisations)

    def moved(self) -> None:
        """Tell the screen."""
        self._say_where()
        self._highlighted()

    def rows_per_page(self) -> int:
        """How many are seen at once."""
        return max(1, self.size.height // _ROWS)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted one is seen."""
        seen = self.rows_per_page()
        self.top = max(0, min(self.top, self.cursor, self.count() - seen))
        self.top = max(self.top, self.cursor - seen + 1)

    def row_at(self, y: int) -> int | None:
        """The organisation drawn at a line."""
        row = self.top + y // _ROWS
        return row if 0 <= row < self.count() else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """The name with the counts, or the people."""
        if not self.count():
            return (self._empty[y] if y < len(self._empty) else ()), False
        row = self.row_at(y)
        if row is None:
            return (), False
        one = self._organisations[row]
        if y % _ROWS:
            line: Line = [part(", ".join(self._people(one)), "dim")]
        else:
            now, before = len(one.now), len(one.before)
            counts = [Part(f" {now} now", "good")] if now else []
            if before:
                counts.append(Part(f" {'· ' if now else ''}{before} before", "dim"))
            line = spread([part(one.name, "strong")], counts, self.size.width)
        return line, row == self.cursor

    def _people(self, one: Organisation) -> Sequence[str]:
        """The names of the first of its people."""
        if one.key not in self._names:
            left = [held.person_id for held in one.before[:_NAMED_MOST]]
            ids = [*one.now[:_NAMED_MOST], *left][:_NAMED_MOST]
            lines = self._read(ids)
            self._names[one.key] = [lines[key].name for key in ids if key in lines]
        return self._names[one.key]

    def _say_where(self) -> None:
        total = self.count()
        self.border_subtitle = f"{self._order} · {self.cursor + 1} of {total}" if total else ""


class WhoPane(Pane):
    """Who works at an organisation, and who did: two lines each, under two headings.

    Args:
        highlighted: Called when the highlight has come to another person.
    """

    BORDER_TITLE = "Who"

    def __init__(self, highlighted: Callable[[], None]) -> None:
        super().__init__(id="who")
        self._highlighted = highlighted
        self._organisation: Organisation | None = None
        self._read: ReadLines = lambda ids: {}
        self._today = date.min
        self._people: Sequence[int] = ()
        self._lines: dict[int, PersonLine] = {}
        self._owners: list[int | str] = []
        self._starts: list[int] = []

    @property
    def person_id(self) -> int | None:
        """Who is highlighted."""
        return self._people[self.cursor] if self.cursor < len(self._people) else None

    @property
    def held(self) -> Held | None:
        """The position that the one highlighted held there; None of someone who works there now."""
        one = self._organisation
        place = self.cursor - len(one.now) if one else -1
        return one.before[place] if one and 0 <= place < len(one.before) else None

    def show(self, organisation: Organisation | None, read: ReadLines, today: date) -> None:
        """Show the people of an organisation, keeping the highlight where it is the same one.

        Args:
            organisation: Which; None for nobody.
            read: Reads what is shown of people.
            today: The day from which the time since the last contact counts.
        """
        before = self._organisation
        same = before is not None and organisation is not None and before.key == organisation.key
        wanted = self.person_id if same else None
        self._organisation, self._read, self._today = organisation, read, today
        self._people = tuple(organisation.reasons) if organisation else ()
        self._lines.clear()
        places = {key: place for place, key in enumerate(self._people)}
        fallback = min(self.cursor, len(self._people) - 1) if same else 0
        self.cursor = max(0, places.get(wanted or 0, fallback))
        if not same:
            self.top = 0
        self.say_above(organisation.name if organisation else self.BORDER_TITLE)
        self.lay_out()
        self.keep_in_view()
        self.refresh()
        self._say_where()

    # Rows

    def count(self) -> int:
        """How many people there are."""
        return len(self._people)

    def moved(self) -> None:
        """Tell the screen."""
        self._say_where()
        self._highlighted()

    def rows_per_page(self) -> int:
        """About how many people are seen at once."""
        return max(1, self.size.height // _ROWS)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted person is seen, and the heading above the first under it."""
        if self.cursor >= len(self._starts):
            self.top = 0
            return
        height, start = self.size.height, self._starts[self.cursor]
        end = start + _ROWS
        if isinstance(self._owners[start - 1], str):
            start -= 1
        self.top = max(0, min(self.top, start, len(self._owners) - height))
        self.top = max(self.top, min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The person drawn at a line."""
        place = self.top + y
        owner = self._owners[place] if place < len(self._owners) else ""
        return owner if isinstance(owner, int) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A heading, or a line of a person."""
        place = self.top + y
        if place >= len(self._owners):
            return (), False
        owner = self._owners[place]
        if isinstance(owner, str):
            return [Part(owner, "heading")], False
        first = self._starts[owner] == place
        return (self._first_line(owner) if first else self._second_line(owner)), owner == self.cursor

    def reflow(self) -> None:
        """Lay the people out under their headings."""
        self._owners, self._starts = [], []
        one = self._organisation
        if one is None:
            return
        row = 0
        for heading, count in (("Works there now", len(one.now)), ("Worked there before", len(one.before))):
            if not count:
                continue
            if self._owners:
                self._owners.append("")
            self._owners.append(f"{heading} · {count}")
            for _ in range(count):
                self._starts.append(len(self._owners))
                self._owners += [row] * _ROWS
                row += 1

    def _first_line(self, row: int) -> Line:
        person = self._line(row)
        if person is None:
            return ()
        state = person.warmth(self._today)
        gives = f" ✦{person.gives_waiting}" if person.gives_waiting else ""
        left = [Part(state.dot, WARMTH_ROLES[state]), Part(" "), part(person.name, "strong")]
        right = [Part(gives, "accent"), Part(f" {since(person.last_on, self._today):>4}", "dim")]
        return spread(left, right, self.size.width)

    def _second_line(self, row: int) -> Line:
        """What they do there; of who left, what they did until when, and what they do now."""
        person, one = self._line(row), self._organisation
        if person is None or one is None:
            return ()
        if row < len(one.now):
            return [Part("  "), part(person.title, "dim")]
        was = one.before[row - len(one.now)].position.words
        now = f"now {person.headline}" if person.headline else ""
        return [Part("  "), part(" · ".join(filter(None, (was, now))), "dim")]

    def _line(self, row: int) -> PersonLine | None:
        person_id = self._people[row]
        if person_id not in self._lines:
            start = max(0, row - _PAGE // 2)
            self._lines.update(self._read(self._people[start : start + _PAGE]))
        return self._lines.get(person_id)

    def _say_where(self) -> None:
        total = self.count()
        self.border_subtitle = f"{self.cursor + 1} of {total}" if total else ""
