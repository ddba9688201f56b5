"""The Timeline pane: who someone is, what is coming, and what was, by month."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from rich.cells import cell_len

from netcrm.domain.gives import say_day
from netcrm.domain.occasions import next_on
from netcrm.domain.people import Named, Person, Profile
from netcrm.domain.rhythm import ago, every, span, times
from netcrm.domain.text import beginning, plain
from netcrm.domain.timeline import Interaction
from netcrm.ui.commands import key_of, table_of
from netcrm.ui.ink import Line, Part, cut, part, spread, wrap
from netcrm.ui.widgets.entry_lines import entry_lines
from netcrm.ui.widgets.paged import Find, PagedPane, Read
from netcrm.ui.widgets.wished import wished

if TYPE_CHECKING:
    from netcrm.domain.relations import Tie
    from netcrm.domain.wants import Want

_COMING_DAYS = 60
"""How far ahead the head looks for occasions; farther ones are on the person's form."""

_NOTE_LINES = 3
"""Lines of the note that the head shows."""

_ROOMY, _TIGHT = 22, 15
"""Heights in lines: from the first the head shows all it has, below the second what is most needed."""


class TimelinePane(PagedPane[Interaction]):
    """One person's head and timeline. A row is an entry; the head is not a row."""

    BORDER_TITLE = "2 Timeline"

    def __init__(self, *, id: str = "timeline") -> None:
        super().__init__(id=id)
        self._person: Person | None = None
        self._today = date.min
        self._empty: Sequence[Line] = ()
        self._glad_of = ""
        self._wants: Sequence[Want] = ()
        self._groups: Sequence[Named] = ()
        self._ties: Sequence[Tie] = ()

    def show(
        self,
        person: Person | None,
        read: Read,
        today: date,
        *,
        find: Find = lambda entry_id: None,
        empty: Sequence[Line] = (),
        glad_of: str = "",
        wants: Sequence["Want"] = (),
        groups: Sequence[Named] = (),
        ties: Sequence["Tie"] = (),
    ) -> None:
        """Show someone's timeline; that of the same person under the same highlight.

        Args:
            person: Who, or nobody.
            read: Reads a page of it.
            today: The day from which times count.
            find: Reads an entry of it.
            empty: What to say when there is nobody.
            glad_of: What has landed with them, in words.
            wants: What they want and offer.
            groups: The groups that they belong to.
            ties: Whom they have to do with.
        """
        same = self._person is not None and person is not None and self._person.id == person.id
        held = self.held() if same else None
        self._person, self._read, self._find, self._today = person, read, find, today
        self._empty, self._glad_of, self._wants = empty, glad_of, wants
        self._groups, self._ties = groups, ties
        self.refill(held)
        self.say_below(_entries(person.entries) if person else "")

    def head(self) -> Sequence[Line]:
        """Who it is, and what is coming; what to say when there is nobody."""
        return self._head(self._person) if self._person is not None else self._empty

    def lines_of(self, place: int) -> Sequence[Line]:
        """An entry."""
        return entry_lines(
            self._rows[place],
            max(1, self._laid_out.width),
            same_day=self._is_of_the_same_day(place),
            about=self._person.id if self._person else None,
        )

    # What it says

    def _head(self, person: Person) -> Sequence[Line]:
        profile = person.profile
        width, height = max(1, self._laid_out.width), self._laid_out.height
        work = ", ".join(text for text in (profile.title, profile.organisation) if text)
        about = " · ".join(text for text in (work, profile.city) if text)
        lines: list[Line] = [*wrap([part(profile.name, "strong"), Part("  "), part(about, "dim")], width)]
        if person.archived:
            lines.append([Part("archived · X brings them back", "warm")])
        if profile.tags:
            lines += wrap([part(" ".join(f"#{tag}" for tag in profile.tags), "tag")], width)
        if self._ties and height >= _TIGHT:
            lines.append(cut(self._family(profile), width))
        rhythm = every(person.cadence)
        if person.last_on:
            rhythm += f" · last {ago(person.last_on, self._today)}"
        facts = [text for text in (rhythm, _given_and_asked(person), self._glad_of) if text]
        roomy, tight = height >= _ROOMY, height < _TIGHT
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
            lines.append(spread(left, [Part(f" {when}", "dim")], max(1, self._laid_out.width)))
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
