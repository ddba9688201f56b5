"""The Timeline pane: who someone is, what is coming, and what was, by month.

Entries are read a page at a time and wrapped only as far as the view has come, so that someone with ten
thousand of them is shown as fast as someone with ten.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import islice

from rich.cells import cell_len

from netcrm.domain.gives import say_day
from netcrm.domain.occasions import next_on
from netcrm.domain.people import Named, Person, Profile
from netcrm.domain.relations import Tie
from netcrm.domain.rhythm import ago, every, span, times
from netcrm.domain.text import beginning, plain
from netcrm.domain.timeline import Interaction
from netcrm.domain.wants import Want
from netcrm.ui.commands import key_of, table_of
from netcrm.ui.ink import Line, Part, cut, part, spread, wrap
from netcrm.ui.widgets.entry_lines import entry_lines
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.wished import wished

_COMING_DAYS = 60
"""How far ahead the head looks for occasions; farther ones are on the person's form."""

_NOTE_LINES = 3
"""Lines of the note that the head shows."""

_ROOMY, _TIGHT = 22, 15
"""Heights in lines: from the first the head shows all it has, below the second what is most needed."""

ReadPage = Callable[[Interaction | None], Sequence[Interaction]]


class TimelinePane(Pane):
    """One person's head and timeline. A row is an entry; the head is not a row."""

    BORDER_TITLE = "2 Timeline"

    def __init__(self, *, id: str = "timeline") -> None:
        super().__init__(id=id)
        self._person: Person | None = None
        self._read: ReadPage = lambda last: ()
        self._today = date.min
        self._empty: Sequence[Line] = ()
        self._glad_of = ""
        self._wants: Sequence[Want] = ()
        self._groups: Sequence[Named] = ()
        self._ties: Sequence[Tie] = ()
        self._entries: list[Interaction] = []
        self._complete = True
        self._lines: list[Line] = []
        self._owners: list[int | None] = []
        self._starts: list[int] = []

    @property
    def entry(self) -> Interaction | None:
        """The highlighted entry."""
        return self._entries[self.cursor] if self.cursor < len(self._entries) else None

    def show(
        self,
        person: Person | None,
        read: ReadPage,
        today: date,
        *,
        empty: Sequence[Line] = (),
        glad_of: str = "",
        wants: Sequence[Want] = (),
        groups: Sequence[Named] = (),
        ties: Sequence[Tie] = (),
    ) -> None:
        """Show someone's timeline.

        Args:
            person: Who, or nobody.
            read: Reads the page of entries that follows one, newest first; the first page after None.
            today: The day from which times count.
            empty: What to say when there is nobody.
            glad_of: What has landed with them, in words.
            wants: What they want and offer.
            groups: The groups that they belong to.
            ties: Whom they have to do with.
        """
        same = self._person is not None and person is not None and self._person.id == person.id
        entry_id = self.entry.id if same and self.entry else None
        self._person, self._read, self._today, self._empty = person, read, today, empty
        self._glad_of, self._wants = glad_of, wants
        self._groups, self._ties = groups, ties
        was = self.cursor if same else 0
        self._entries, self._complete = [], person is None
        if not same:
            self.top = 0
        self._read_more()
        while len(self._entries) <= was and not self._complete:
            self._read_more()
        places = {entry.id: place for place, entry in enumerate(self._entries)}
        self.cursor = places.get(entry_id or 0, max(0, min(was, len(self._entries) - 1)))
        self.lay_out()
        self.keep_in_view()
        if not self.has_focus:
            self.top = 0
        self.redraw()
        self.say_below(_entries(person.entries) if person else "")

    def highlight(self, entry_id: int) -> None:
        """Highlight an entry, read as far as it needs; nothing where it is not one of theirs."""
        read = 0
        while True:
            for place in range(read, len(self._entries)):
                if self._entries[place].id == entry_id:
                    self.go_to(place)
                    return
            read = len(self._entries)
            if self._complete:
                return
            self._read_more()

    # Rows

    def count(self) -> int:
        """How many entries there are; those not read yet are counted by the store."""
        return self._person.entries if self._person else 0

    def go_to(self, row: int) -> None:
        """Highlight an entry, read as far as it needs."""
        row = max(0, min(row, self.count() - 1))
        while row >= len(self._entries) and not self._complete:
            self._read_more()
        super().go_to(row)

    def rows_per_page(self) -> int:
        """About how many entries are seen at once."""
        return max(1, self.size.height // 2)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted entry is seen, and the head with the first one."""
        height = max(1, self.size.height)
        self._wrap_entries_to(self.cursor)
        if self.cursor >= len(self._starts):
            self.top = 0
            return
        start = self._starts[self.cursor]
        end = start + 1
        while end < len(self._owners) and self._owners[end] == self.cursor:
            end += 1
        if self.cursor == 0 and start < height:
            self.top = 0
            return
        self.top = max(min(self.top, start), min(start, end - height))

    def row_at(self, y: int) -> int | None:
        """The entry drawn at a line."""
        self._wrap_lines_to(self.top + y)
        place = self.top + y
        return self._owners[place] if place < len(self._owners) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line of the head, a month or an entry."""
        if self._person is None:
            return (self._empty[y] if y < len(self._empty) else ()), False
        place = self.top + y
        self._wrap_lines_to(place)
        if place >= len(self._lines):
            return (), False
        owner = self._owners[place]
        return self._lines[place], owner is not None and owner == self.cursor and self.has_focus

    def reflow(self) -> None:
        """Begin again with the head; entries follow as they are seen."""
        self._lines, self._owners, self._starts = [], [], []
        if self._person is not None:
            self._lines = list(self._head(self._person))
            self._owners = [None] * len(self._lines)

    # Reading and wrapping, as far as the view needs

    def _read_more(self) -> None:
        if self._complete:
            return
        page = self._read(self._entries[-1] if self._entries else None)
        self._entries += page
        self._complete = not page or (self._person is not None and len(self._entries) >= self._person.entries)

    def _wrap_lines_to(self, place: int) -> None:
        while place >= len(self._lines) and self._wrap_next():
            pass

    def _wrap_entries_to(self, row: int) -> None:
        while row >= len(self._starts) and self._wrap_next():
            pass

    def _wrap_next(self) -> bool:
        """Wrap one more entry; return whether there was one."""
        row = len(self._starts)
        if row >= len(self._entries):
            self._read_more()
            if row >= len(self._entries):
                return False
        entry = self._entries[row]
        before = self._entries[row - 1] if row else None
        if before is None or (before.day.year, before.day.month) != (entry.day.year, entry.day.month):
            self._lines += [(), [Part(f"{entry.day:%B %Y}", "heading")]]
            self._owners += [None, None]
        self._starts.append(len(self._lines))
        lines = entry_lines(
            entry,
            max(1, self.size.width),
            same_day=before is not None and before.day == entry.day,
            about=self._person.id if self._person else None,
        )
        self._lines += lines
        self._owners += [row] * len(lines)
        return True

    # What it says

    def _head(self, person: Person) -> Sequence[Line]:
        profile = person.profile
        width = max(1, self.size.width)
        work = ", ".join(text for text in (profile.title, profile.organisation) if text)
        about = " · ".join(text for text in (work, profile.city) if text)
        lines: list[Line] = [*wrap([part(profile.name, "strong"), Part("  "), part(about, "dim")], width)]
        if person.archived:
            lines.append([Part("archived · X brings them back", "warm")])
        if profile.tags:
            lines += wrap([part(" ".join(f"#{tag}" for tag in profile.tags), "tag")], width)
        if self._ties and self.size.height >= _TIGHT:
            lines.append(cut(self._family(profile), width))
        rhythm = every(person.cadence)
        if person.last_on:
            rhythm += f" · last {ago(person.last_on, self._today)}"
        facts = [text for text in (rhythm, _given_and_asked(person), self._glad_of) if text]
        roomy, tight = self.size.height >= _ROOMY, self.size.height < _TIGHT
        if self._groups and not tight:
            names = ", ".join(group.name for group in self._groups)
            lines.append(cut([part(f"in {names}", "dim")], width))
        if roomy:
            lines += [[part(text, "dim")] for text in facts]
        else:
            lines += wrap([part(" · ".join(facts), "dim")], width)
        if roomy and (reach := _reach(profile, width)):
            lines.append([part(reach, "dim")])
        wants = [want for want in self._wants if not (tight and want.side == "offer")]
        key = key_of("person.wants", table_of(self.app))
        lines += wished(wants, self._today, width, key, most=2 if roomy else 1)
        if profile.note and not tight:
            lines += _noted(beginning(profile.note), width, _NOTE_LINES if roomy else 1)
        coming = self._coming(person)
        return [*lines, (), *coming] if coming else lines

    def _family(self, profile: Profile) -> Line:
        """Whom they have to do with, in one line: what they are stands back, who they are does not."""
        said: list[Part] = []
        for tie in self._ties:
            said += [Part(" · ", "dim")] if said else []
            words = tie.words(self._today, profile.occasions)
            kind = f"{tie.kind} " if tie.kind and not tie.has_them else ""
            said += [part(kind, "dim"), part(words.removeprefix(kind))]
        return said

    def _coming(self, person: Person) -> Sequence[Line]:
        soon: list[tuple[date, str]] = []
        for occasion in person.profile.occasions:
            day = next_on(occasion, self._today)
            if day is not None and day <= self._today + timedelta(days=max(_COMING_DAYS, occasion.notice)):
                soon.append((day, occasion.words))
        lines: list[Line] = []
        for day, words in sorted(soon):
            ahead = (day - self._today).days
            when = f"in {span(ahead)}" if ahead else "today"
            left = [Part("▲ ", "warm"), Part(f"{say_day(day, self._today):<8} ", "warm"), part(words)]
            lines.append(spread(left, [Part(f" {when}", "dim")], max(1, self.size.width)))
        return lines


def _noted(note: str, width: int, most: int) -> Sequence[Line]:
    """The first lines of a note; in one line all of it that there is room for."""
    if most == 1:
        return [[part(" ".join(note.split()), "dim")]]
    wrapped = (line for text in note.splitlines() for line in wrap([part(text, "dim")], width, most))
    return list(islice(wrapped, most))


def _reach(profile: Profile, width: int) -> str:
    """The first way of each kind that one writes or calls by, whole; the form has all of them."""
    first: dict[str, str] = {}
    for point in profile.points:
        if point.kind != "address":
            first.setdefault(point.kind, plain(point.value.removeprefix("https://").removeprefix("www.")))
    said = ""
    for kind in ("email", "phone", "handle", "url"):
        more = " · ".join(text for text in (said, first.get(kind, "")) if text)
        if cell_len(more) <= width:
            said = more
    return said


def _given_and_asked(person: Person) -> str:
    """How often, in words; empty when neither."""
    gave = f"you gave {times(person.gave)}" if person.gave else ""
    asked = f"asked {times(person.asked)}" if person.asked else ""
    if gave and asked:
        return f"{gave}, {asked}"
    return gave or (f"you {asked}" if asked else "")


def _entries(count: int) -> str:
    if not count:
        return ""
    return "1 entry" if count == 1 else f"{count} entries"
