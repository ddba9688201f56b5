"""The prompts of groups: found one, who joins, who was there, what it was about, when it meets next."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from netcrm.domain.dates import read_day
from netcrm.domain.gives import say_day
from netcrm.domain.groupline import read_group_line, understand_meeting
from netcrm.domain.groups import Group, GroupDraft
from netcrm.domain.logline import Understood
from netcrm.domain.people import Named, PersonLine
from netcrm.domain.rhythm import every
from netcrm.domain.values import dataclass
from netcrm.store.people import People
from netcrm.ui.ink import Line, Part, caption, part
from netcrm.ui.safety import LineField
from netcrm.ui.screens.introducing import Find, WhoPrompt
from netcrm.ui.screens.log import LogPrompt
from netcrm.ui.screens.once import Modal
from netcrm.ui.screens.prompt import Prompt
from netcrm.ui.widgets.entry_lines import listed
from netcrm.ui.widgets.pane import Pane


class FoundPrompt(Prompt[GroupDraft]):
    """Asks for a group in a line.

    Args:
        today: The day.
    """

    ROWS: ClassVar[int] = 2
    ENTER: ClassVar[str] = "founds it"

    def __init__(self, today: date) -> None:
        super().__init__("A new group", example="Lisbon Designers: meetup, monthly, #design #type https://…")
        self._today = today

    def preview(self, text: str) -> Sequence[Line]:
        """What was understood."""
        draft = read_group_line(text, self._today)
        if draft is None:
            return [[Part("Its name; then, if you like, its kind, cadence, #topics, a link.", "dim")]]
        about = [draft.kind, every(draft.cadence) if draft.cadence else ""]
        about.append(f"meets {say_day(draft.next_on, self._today)}" if draft.next_on else "")
        details = [
            part(" · ".join(word for word in about if word), "dim"),
            part(f"  {', '.join(draft.topics)}" if draft.topics else ""),
            part(f"  {draft.link}" if draft.link else "", "tag"),
        ]
        return [[part(draft.name, "strong")], details]

    def answer(self, text: str) -> None:
        """Found it."""
        draft = read_group_line(text, self._today)
        if draft is None:
            self.complain("Say what it is called; esc leaves.")
        else:
            self.dismiss(draft)


class MembersPrompt(WhoPrompt):
    """Asks for several people, one after the other; an empty line says that these are all.

    Args:
        title: What is asked.
        find: Finds people.
        without: The ids of those who can't be meant.
        done: Called with those who were picked, at least one.
    """

    ENTER: ClassVar[str] = "picks"

    def __init__(
        self, title: str, find: Find, without: frozenset[int], done: Callable[[Sequence[Named]], None]
    ) -> None:
        super().__init__(title, self._find_others)
        self._find_anyone = find
        self._out = without
        self._done = done
        self._picked: dict[int, Named] = {}

    def on_mount(self) -> None:
        """Say what the keys do."""
        self._say_keys()

    def _find_others(self, text: str) -> Sequence[PersonLine]:
        return [
            person
            for person in self._find_anyone(text)
            if person.id not in self._out and person.id not in self._picked
        ]

    def preview(self, text: str) -> Sequence[Line]:
        """Those who are found; while the line is empty, those who were picked."""
        if text.strip() or not self._picked:
            return super().preview(text)
        names = [part(name.name, "strong") for name in self._picked.values()]
        lines: list[Line] = [[Part("● ", "good"), name] for name in names[-self.ROWS + 1 :]]
        if len(names) >= self.ROWS:
            lines[0] = [Part(f"● and {len(names) - self.ROWS + 2} more", "dim")]
        return lines

    def answer(self, text: str) -> None:
        """Pick the one chosen, and go on; or be done."""
        self.preview(self.text)
        if text and self._found:
            person = self._found[self._place]
            self._picked[person.id] = Named(person.id, person.name)
            self.query_one(LineField).value = ""
            self._say_keys()
        elif text:
            self.complain("Nobody is found by that; try less of the name.")
        elif self._picked:
            self._done(tuple(self._picked.values()))
            self.dismiss(None)
        else:
            super().answer(text)

    def action_leave(self) -> None:
        """One step back: take the last pick back; without any, leave."""
        if self.text:
            self.query_one(LineField).value = ""
        elif self._picked:
            self._picked.popitem()
            self.refresh_preview()
            self._say_keys()
        else:
            self.dismiss(None)

    def _say_keys(self) -> None:
        keys = "↑↓ choose · enter picks · esc leaves"
        if self._picked:
            keys = f"{len(self._picked)} picked · enter on an empty line adds them · esc takes one back"
        self.query_one("#panel").border_subtitle = Content(keys)


# A meeting


class Attendance(Pane):
    """Names with a mark each."""

    DEFAULT_CSS = """
    Attendance, Attendance:focus {
        border: none; padding: 0; background: $surface; height: auto; max-height: 16;
    }
    """

    def __init__(self, people: Sequence[Named]) -> None:
        super().__init__(id="attendance")
        self.people = people
        self.absent: set[int] = set()

    @property
    def there(self) -> Sequence[Named]:
        """Those who are marked."""
        return tuple(person for person in self.people if person.id not in self.absent)

    def turn(self) -> None:
        """Take the mark of the highlighted one away, or put it back, and go on."""
        if self.cursor < len(self.people):
            self.absent ^= {self.people[self.cursor].id}
            self.go_to(self.cursor + 1)

    def turn_all(self) -> None:
        """Take all marks away, or where one is missing put all back."""
        self.absent = set() if self.absent else {person.id for person in self.people}
        self.refresh()

    def count(self) -> int:
        """How many there are."""
        return len(self.people)

    def rows_per_page(self) -> int:
        """How many are seen at once."""
        return max(1, self.size.height)

    def keep_in_view(self) -> None:
        """Scroll so that the highlighted one is seen."""
        self.top = max(min(self.top, self.cursor), self.cursor - self.rows_per_page() + 1)

    def row_at(self, y: int) -> int | None:
        """The one drawn at a line."""
        return self.top + y if self.top + y < len(self.people) else None

    def line_at(self, y: int) -> tuple[Line, bool]:
        """A mark and a name."""
        row = self.row_at(y)
        if row is None:
            return (), False
        person = self.people[row]
        absent = person.id in self.absent
        mark = Part("○ ", "dim") if absent else Part("● ", "good")
        return [mark, part(person.name, "dim" if absent else "strong")], row == self.cursor

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line each."""
        return len(self.people)


@dataclass(frozen=True, slots=True)
class Attended:
    """Who was there, and who is known not to have been."""

    there: Sequence[Named]
    missed: frozenset[int]


class AttendancePrompt(Modal[Attended | None]):
    """Asks who of a group was there; all are marked at first.

    Args:
        name: The group's name.
        people: Its members, at least one.
    """

    BINDINGS: ClassVar = [
        ("escape", "leave", "Back"),
        ("enter", "take", "On"),
        ("space", "turn", "There or not"),
        ("asterisk", "turn_all", "All or nobody"),
    ]

    DEFAULT_CSS = """
    AttendancePrompt { align: center middle; background: $background 60%; }
    AttendancePrompt #panel {
        width: 58; max-width: 95%; height: auto; max-height: 95%; background: $surface; padding: 1 2;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $foreground 60%;
    }
    """

    def __init__(self, name: str, people: Sequence[Named]) -> None:
        super().__init__()
        self._name = name
        self._people = people

    def compose(self) -> ComposeResult:
        """The members."""
        with Vertical(id="panel") as panel:
            panel.border_title = Content(caption(f"Who was there? · {self._name}"))
            panel.border_subtitle = "space not there · * all or nobody · enter goes on"
            yield Attendance(self._people)

    def action_turn(self) -> None:
        """Mark them, or no longer."""
        self.query_one(Attendance).turn()

    def action_turn_all(self) -> None:
        """Mark all, or nobody."""
        self.query_one(Attendance).turn_all()

    def action_take(self) -> None:
        """Answer with those who were there."""
        pane = self.query_one(Attendance)
        self.dismiss(Attended(pane.there, frozenset(pane.absent)))

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class GroupLinePrompt(LogPrompt):
    """Asks for a line about a group; everything that a log line understands works in it.

    Args:
        people: Where names are looked up.
        today: The day.
        group: Which group.
        attended: Who was there, or whom it is from.
        kind: What it is unless the line says so: one of `netcrm.domain.timeline.KINDS`.
        value: What stands in the line at first.
        keep: Told what to offer the next time, as by `Prompt`.
    """

    def __init__(
        self,
        people: People,
        today: date,
        group: Group,
        attended: Attended,
        *,
        kind: str = "met",
        value: str = "",
        keep: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(people, today, None, value=value, keep=keep)
        self._group = group
        self._attended = attended
        self._kind = kind
        self._title = f"{_TITLES.get(kind, 'Log')} · {group.name}{_whom(kind, attended.there)}"
        self._example = _EXAMPLES.get(kind, "yesterday: talked about posters at _Café Lisboa_ #design **")

    def understood(self, text: str) -> Understood:
        """What the line means, with those who were there."""
        if self._read is None or self._read.line != text:
            self._read = understand_meeting(
                text,
                self._group,
                self._attended.there,
                today=self._today,
                book=self._people,
                chosen=self._chosen,
                kind=self._kind,
                missed=self._attended.missed,
            )
        return self._read

    def preview(self, text: str) -> Sequence[Line]:
        """When, who, what, and what it adds; what can be said while there is nothing yet."""
        return super().preview(text) if text.strip() else _HINTS.get(self._kind, _MEETING_HINTS)


def _whom(kind: str, people: Sequence[Named]) -> str:
    if not people:
        return ""
    preposition = {"learned": "from ", "taught": ""}.get(kind, "with ")
    return f" · {preposition}{listed([person.name for person in people])}"


_TITLES = {"met": "Log a meeting", "learned": "Learned", "taught": "Taught"}

_EXAMPLES = {
    "learned": "Bela: posters sell better with one face",
    "taught": "Rosa and Nkechi: how to read a spectrum",
}

_MEETING_HINTS: Sequence[Line] = (
    [Part("Say what it was about:   ", "dim"), Part("yesterday: talked about posters #type **")],
    [Part("A promise is queued:     ", "dim"), Part("drew; I'll send them the slides by Friday")],
    [Part("Who else was there:      ", "dim"), Part("with Leo Brandt; he brought the soup")],
    [],
    [Part("#tag  _place_  * to *** for how good it was", "dim")],
)

_LESSON_HINTS: Sequence[Line] = (
    [Part("One line, to find again.", "dim")],
    [Part("With whom, if you like:  ", "dim"), Part("Bela: posters sell better with one face #posters")],
)

_HINTS = {"learned": _LESSON_HINTS, "taught": _LESSON_HINTS}


# The next meeting


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The day that is agreed on; None for none."""

    day: date | None


class NextMeetingPrompt(Prompt[NextMeeting]):
    """Asks when a group meets next.

    Args:
        group: Which.
        today: The day.
    """

    ROWS: ClassVar[int] = 1

    def __init__(self, group: Group, today: date) -> None:
        agreed = f" · {say_day(group.next_on, today)} so far" if group.next_on else ""
        super().__init__(f"Next meeting · {group.name}{agreed}", example="next friday, 12 dec, in 2 weeks")
        self._today = today

    def preview(self, text: str) -> Sequence[Line]:
        """The day."""
        if not text.strip():
            return [[Part("tomorrow  next friday  12 dec  in 2 weeks  none", "dim")]]
        if text.strip().lower() in _NO_DAY:
            return [[Part("no day is agreed on")]]
        day = self._day(text)
        if day is None:
            return [[Part("Not a day to come yet: next friday, 12 dec, none.", "warm")]]
        return [[Part("meets ", "dim"), Part(f"{day:%A} {day.day} {day:%B}")]]

    def answer(self, text: str) -> None:
        """Agree on the day."""
        if not text:
            self.complain("Say when: next friday, 12 dec; or none. esc leaves it as it is.")
        elif text.lower() in _NO_DAY:
            self.dismiss(NextMeeting(None))
        elif (day := self._day(text)) is not None:
            self.dismiss(NextMeeting(day))
        else:
            self.complain("Not a day to come: next friday, 12 dec, none.")

    def _day(self, text: str) -> date | None:
        day = read_day(text.strip(), self._today, prefer="future")
        return day if day is not None and day >= self._today else None


_NO_DAY = frozenset({"none", "no", "-", "never", "open"})
