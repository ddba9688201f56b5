"""The brief as a card: as much of each thing as fits on one screen, and what does not fit scrolls."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from netcrm.domain.brief import Brief, Note, Section, rhythm, sections
from netcrm.domain.text import plain
from netcrm.domain.timeline import SIGNS
from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, cut, part, spread, width_of, wrap
from netcrm.ui.widgets.entry_lines import SIGN_ROLES, entry_said
from netcrm.ui.widgets.pane import Pane
from netcrm.ui.widgets.people_pane import WARMTH_ROLES

_LABEL = 17
"""Cells before what a label says: ``since last time`` and a gap."""

_LEAST = 56
"""Cells below which a label stands above what it says."""

_TEXT_LEAST = 12
"""Cells that what is said needs beside a day or a sign; with less they are left out."""

_SIGNS = {
    "promised": ("✦ ", "accent"),
    "waiting": ("✦ ", "accent-soft"),
    "could": ("✧ ", "accent"),
    "coming": ("▲ ", "warm"),
}

_JOINED = ("want", "offer", "common")
"""Sections whose notes may stand in one line."""

_FIRST_SERVED = ("since", "note", "promised", "could", "want", "common", "met", "asked", "offer")
"""Sections whose notes go on in further lines where there is still room, in this order."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How generously the card is laid out.

    Attributes:
        lines: The most lines of one note.
        joined: Whether wants stand in one line together, and offers.
        apart: Whether an empty line parts the blocks.
        more: The most lines of a note in some sections.
    """

    lines: int
    joined: bool = False
    apart: bool = True
    more: Mapping[str, int] = field(default_factory=dict)


_WHOLE = 99
"""Lines of a note that is not cut."""

_ROOMS = (_Room(_WHOLE), _Room(1), _Room(1, joined=True), _Room(1, joined=True, apart=False))
"""From the most generous to the tightest: the first that fits is taken."""


class BriefPane(Pane):
    """What is good to know before one meets somebody. Its lines scroll where they do not fit."""

    def __init__(self) -> None:
        super().__init__(id="brief")
        self._brief: Brief | None = None
        self._today = date.min
        self._lines: Sequence[Line] = ()
        self.whole = False
        """Whether nothing is shortened, though it may not fit then."""

    def show_whole(self, whole: bool) -> None:
        """Shorten nothing, and scroll; or fit it on one screen."""
        self.whole, self.cursor = whole, 0
        self.reflow()
        self.keep_in_view()
        self.refresh()

    def show(self, brief: Brief, today: date) -> None:
        """Show a brief."""
        self._brief, self._today = brief, today
        self.lay_out()
        self.keep_in_view()
        self.refresh()

    # Lines

    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def go_to(self, row: int) -> None:
        """Scroll to a line."""
        self.cursor = row
        self.keep_in_view()
        self.refresh()

    def rows_per_page(self) -> int:
        """How many lines are seen at once."""
        return max(1, self.size.height)

    def keep_in_view(self) -> None:
        """Scroll no further than to the end, and say where there is more."""
        last = max(0, len(self._lines) - self.size.height)
        self.top = self.cursor = max(0, min(self.cursor, last))
        self.border_subtitle = "" if not last else "j more" if self.top < last else "k back up"
        if not last and any("…" in text for line in self._lines for text, _ in line):
            self.border_subtitle = "space shows all of it"

    def row_at(self, y: int) -> int | None:
        """No line is a row of its own."""
        return None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A line."""
        place = self.top + y
        return (self._lines[place] if place < len(self._lines) else ()), False

    def reflow(self) -> None:
        """Lay it out for the room there is."""
        if self._brief is None:
            return
        for room in _ROOMS[:1] if self.whole else _ROOMS:
            self._lines = self._card(self._brief, room)
            if len(self._lines) <= self.size.height:
                break
        else:  # It scrolls anyway: then nothing need be shortened.
            self._lines = self._card(self._brief, _ROOMS[0])
            return
        for most in (2, _WHOLE):
            for kind in _FIRST_SERVED if room.lines < _WHOLE else ():
                roomier = replace(room, more={**room.more, kind: most})
                lines = self._card(self._brief, roomier)
                if len(lines) <= self.size.height:
                    room, self._lines = roomier, lines

    # What it says

    def _card(self, brief: Brief, room: _Room) -> Sequence[Line]:
        width = max(1, self.size.width)
        lines = [*self._head(brief, width)]
        known = sections(brief, self._today)
        if not known:
            return [*lines, (), *(piece for line in _NOTHING_YET for piece in wrap(line, width))]
        block = -1
        for section in known:
            if section.block != block and (room.apart or block < 0):
                lines.append(())
            block = section.block
            lines += self._section(section, brief, room, width)
        return lines

    def _head(self, brief: Brief, width: int) -> Sequence[Line]:
        person = brief.person
        profile, state = person.profile, person.warmth(self._today)
        work = ", ".join(text for text in (profile.title, profile.organisation) if text)
        about = " · ".join(text for text in (work, profile.city) if text)
        who: Line = [part(about or profile.name, "strong")]
        how = rhythm(person, self._today)
        dot = [Part(f" {state.dot} ", WARMTH_ROLES[state]), part(how, "dim")]
        if width_of(who) + width_of(dot) > width:
            dot = [dot[0], part(how.rpartition(" · ")[2], "dim")]
        first = [spread(who, dot, width)] if width >= _LEAST else [*wrap(who, width), cut(dot[1:], width)]
        tags = part(" ".join(f"#{tag}" for tag in profile.tags), "tag")
        return [*first, cut([tags], width)] if profile.tags else first

    def _section(self, section: Section, brief: Brief, room: _Room, width: int) -> Sequence[Line]:
        beside = width >= _LEAST
        cells = width - _LABEL if beside else width
        most = room.more.get(section.kind, room.lines)
        notes = section.notes
        if room.joined and section.kind in _JOINED:
            notes = [Note(" · ".join(note.text for note in notes))]
        days = max(len(note.lead) for note in notes) + 2
        said: list[Line] = []
        for note in notes:
            said += self._note(section.kind, note, days, brief, max(1, cells), most)
        label = plain(section.label)
        if not beside:
            return [[Part(label, "heading")], *said]
        return [
            [Part(f"{'' if place else label:<{_LABEL}}", "dim"), *line] for place, line in enumerate(said)
        ]

    def _note(self, kind: str, note: Note, days: int, brief: Brief, cells: int, most: int) -> Sequence[Line]:
        lead: list[Part] = []
        text: Line = [part(note.text), *([part(f"  {note.tail}", "dim")] if note.tail else [])]
        if note.entry is not None:
            entry = note.entry
            lead = [
                part(f"{note.lead:<{days}}", "dim"),
                Part(f"{SIGNS[entry.kind]} ", SIGN_ROLES[entry.kind]),
            ]
            text = entry_said(entry, about=brief.person.id)
        elif kind == "coming":
            lead = [Part("▲ ", "warm"), part(f"{note.lead:<{days}}", "warm")]
        elif kind in _SIGNS:
            lead = [Part(*_SIGNS[kind])]
        indent = width_of(lead)
        if indent + _TEXT_LEAST > cells:
            lead, indent = [], 0
        room = max(1, cells - indent)
        lines = _within(wrap(text, room, most + 1), most, room)
        return [[*(lead if not place else [Part(" " * indent)]), *line] for place, line in enumerate(lines)]


_NOTHING_YET: Sequence[Line] = (
    [Part("Nothing stands here yet.", "strong")],
    [Part("What are they looking for, and what do they love?", "dim")],
    [Part("l", "key"), Part(" logs what you hear.", "dim")],
)


def _within(lines: Sequence[Line], most: int, width: int) -> Sequence[Line]:
    """So many of the lines, the last of them with an ellipsis where there are more."""
    if len(lines) <= most:
        return lines
    last = cut([piece for line in lines[most - 1 :] for piece in (Part(" "), *line)][1:], width)
    if not last[-1].text.endswith("…"):
        shorter = cut(last, width - 1)
        last = [*shorter, Part("" if shorter and shorter[-1].text.endswith("…") else "…", last[-1].role)]
    return [*lines[: most - 1], last]
