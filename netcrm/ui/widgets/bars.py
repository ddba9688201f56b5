"""The two bars: the header, which says how things stand, and the footer, which teaches the next key."""

from collections.abc import Sequence
from datetime import date

from textual import events

from netcrm.ui.commands import Command, key_of, table_of
from netcrm.ui.ink import Line, Part, fit, part, spread, width_of
from netcrm.ui.messages import CommandChosen
from netcrm.ui.widgets.inked import Inked


class Bar(Inked):
    """One line across the screen, drawn from parts."""

    DEFAULT_CSS = """
    Bar {
        height: 1;
        background: $surface;
        color: $foreground;
        padding: 0 1;
    }
    """

    def line(self) -> Line:
        """What it says."""
        raise NotImplementedError

    def inked(self, y: int, width: int) -> tuple[Line, str]:
        """What it says, in its one line."""
        return () if y else self.line(), ""


_NOTICE_KEYS = {"u": "takes it back", "^r": "does it again"}
"""What the key that a notice offers does."""


class HeaderBar(Bar):
    """How things stand: people, gives due, whom to catch up with, the day; or for a moment what was done."""

    def __init__(self) -> None:
        super().__init__(id="header")
        self._facts: Sequence[Part] = ()
        self._day = ""
        self._notice: tuple[str, str, bool] | None = None

    def show(self, people: int, due: int, drifting: int, today: date, away: str = "") -> None:
        """Say how things stand.

        Args:
            people: How many are in the book.
            due: How many gives are due today or were before.
            drifting: How many people have been silent longer than their cadence.
            today: The day.
            away: Until when one is away, in words; empty when one is not.
        """
        facts = [Part(f"{people:,} {'person' if people == 1 else 'people'}".replace(",", "\u2009"))]
        if away:
            facts.append(Part(f"away until {away}", "accent"))
        if due:
            facts.append(Part(f"{due} {'give' if due == 1 else 'gives'} due", "warm"))
        if drifting:
            facts.append(Part(f"{drifting} to catch up with", "dim"))
        self._facts = facts
        self._day = f"{today:%a} {today.day} {today:%b}"
        self.refresh()

    def notice(self, text: str, key: str = "", *, good: bool = True) -> None:
        """Say for a moment what was done, and the key that takes it back; an empty text ends it."""
        self._notice = (text, key, good) if text else None
        self.refresh()

    def line(self) -> Line:
        """The name, the facts or the notice, and the day."""
        width = self.size.width
        brand = [Part("netcrm", "brand"), Part("  ")]
        if self._notice:
            text, key, good = self._notice
            tail = [Part("  "), Part(key, "key"), Part(f" {_NOTICE_KEYS[key]}", "dim")] if key else []
            room = width - width_of(brand) - width_of(tail)
            shown = part(text)
            return [*brand, Part(fit(shown.text, room), "good" if good else "accent"), *tail]
        facts: list[Part] = []
        for fact in self._facts:
            more = [Part("  ·  ", "dim"), fact] if facts else [fact]
            if width_of([*brand, *facts, *more]) + len(self._day) + 1 > width:
                break
            facts += more
        gap = width - width_of([*brand, *facts]) - len(self._day)
        return [*brand, *facts, Part(" " * gap), Part(self._day, "dim")] if gap > 0 else [*brand, *facts]


class TitleBar(Bar):
    """The name of a screen, what it is for, and the day; or for a moment what could not be done.

    Args:
        title: The screen's name.
        about: What it is for.
        today: The day.
    """

    def __init__(self, title: str, about: str, today: date) -> None:
        super().__init__(id="title")
        self._title = title
        self._about = about
        self._day = f"{today:%a} {today.day} {today:%b}"
        self._said = ("", "")

    def tell(self, about: str) -> None:
        """Say what it is for, or about, now."""
        self._about = about
        self.refresh()

    def say(self, text: str, offer: str = "") -> None:
        """Say something in the place of what the screen is for; an empty text ends it.

        Args:
            text: What; cut where there is not room for it.
            offer: What a key does about it, which is never cut for the sake of the text.
        """
        if (text, offer) != self._said:
            self._said = (text, offer)
            self.refresh()

    def line(self) -> Line:
        """The name, what it is for, the day; the last two as far as there is room."""
        name = [Part("netcrm", "brand"), Part(f"  {self._title}")]
        width = self.size.width
        day = [Part(self._day, "dim")] if width > width_of(name) + len(self._day) + 2 else []
        text, offer = self._said
        if text and offer:
            said, tail = part(text), Part(f" · {offer}", "warm")
            room = width - width_of([*name, Part("  · "), tail])
            if width_of([said]) + 1 + len(self._day) > room:
                day = []
            about = [Part("  · ", "warm"), Part(fit(said.text, max(0, room)), "warm"), tail]
        else:
            about = [part(f"  · {text}", "warm") if text else Part(f"  · {self._about}", "dim")]
        return spread([*name, *about], day, width) if day else [*name, *about]


class FooterBar(Bar):
    """The keys that do something now, as many as there is room for."""

    def __init__(self) -> None:
        super().__init__(id="footer")
        self._commands: Sequence[Command] = ()
        self._hint = ""
        self._places: list[tuple[int, int, Command]] = []

    def show(self, commands: Sequence[Command], hint: str = "") -> None:
        """Teach these, and after them a hint."""
        self._commands, self._hint = commands, hint
        self.refresh()

    def line(self) -> Line:
        """Key and label of each command, the palette at the right end."""
        tail = [Part(key_of("palette", table_of(self.app)), "key"), Part(" palette", "dim")]
        room = self.size.width - width_of(tail)
        parts: list[Part] = []
        self._places = []
        for command in self._commands:
            start = width_of(parts)
            more = [Part(command.shown_key, "key"), Part(f" {command.label}  ")]
            if start + width_of(more) > room:
                break
            parts += more
            self._places.append((start, start + width_of(more), command))
        parts.append(Part(fit(self._hint, max(0, room - width_of(parts) - 1)), "dim"))
        return [*parts, Part(" " * (room - width_of(parts))), *tail]

    def on_click(self, event: events.Click) -> None:
        """Run the command that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for start, end, command in self._places:
            if start <= offset.x < end:
                self.post_message(CommandChosen(command.action))
                return
        if offset.x >= self.size.width - len("^p palette"):
            self.post_message(CommandChosen("app.command_palette"))
