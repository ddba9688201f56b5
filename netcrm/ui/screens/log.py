"""The log line: what one would say, and live under it what it means."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text

from netcrm.domain.changes import Change
from netcrm.domain.gives import say_day
from netcrm.domain.logline import Mention, Understood, understand
from netcrm.domain.people import Named, PersonLine
from netcrm.domain.text import fold
from netcrm.domain.timeline import SIGNS
from netcrm.domain.values import dataclass
from netcrm.domain.wants import VERBS
from netcrm.store.people import People
from netcrm.store.timeline import Timeline
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.pick import Option, Pick
from netcrm.ui.screens.prompt import Prompt
from netcrm.ui.widgets.words import Words

_SPAN_ROLES = {
    "day": "good",
    "person": "strong",
    "ambiguous": "warm",
    "unknown": "alert",
    "group": "strong",
    "place": "good",
    "tag": "tag",
    "enjoyment": "warm",
    "kind": "key",
    "give": "accent",
    "occasion": "warm",
    "want": "good",
}

_LABEL = 6
"""Cells before what a label says."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A line that is to be saved.

    Attributes:
        understood: What it means.
        newcomers: Names of people to be added on the way, by the negative id that stands for each.
    """

    understood: Understood
    newcomers: Mapping[int, str]


def write_down(timeline: Timeline, logged: Logged, today: date) -> Change:
    """Write down all that a line says, as one act."""
    read = logged.understood
    return timeline.log(
        read.entry,
        gives=read.drafts,
        occasions=read.dates,
        wants=read.wants,
        newcomers=logged.newcomers,
        today=today,
    )


class LogPrompt(Prompt[Logged]):
    """Asks for a log line.

    Args:
        people: Where names are looked up.
        today: The day.
        selected: The person highlighted, whom a line is about that names nobody.
        value: What stands in the line at first.
        keep: Told what to offer the next time, as by `Prompt`.
        groups: The groups that a line may name.
        journal: Whether the line is a note of one's own.
    """

    ROWS: ClassVar[int] = 5

    def __init__(
        self,
        people: People,
        today: date,
        selected: Named | None,
        *,
        value: str = "",
        keep: Callable[[str], None] | None = None,
        groups: Sequence[Named] = (),
        journal: bool = False,
    ) -> None:
        about = f" · about {selected.name} when it names nobody" if selected else ""
        super().__init__(
            "Journal · a note of your own" if journal else f"Log{about}",
            value=value,
            example=_JOURNAL_EXAMPLE if journal else _EXAMPLE,
            keep=keep,
        )
        self._groups = groups
        self._journal = journal
        self._people = people
        self._today = today
        self._selected = selected
        self._chosen: dict[str, Named | None] = {}
        self._newcomers: dict[int, str] = {}
        self._read: Understood | None = None

    def highlighter(self) -> Highlighter | None:
        """Colours each part of the line by what it was taken for."""
        return _Colours(self)

    def understood(self, text: str) -> Understood:
        """What a line means; the last one is kept, since preview and colours both ask for it."""
        if self._read is None or self._read.line != text:
            self._read = understand(
                text,
                today=self._today,
                book=self._people,
                selected=self._selected,
                chosen=self._chosen,
                groups=self._groups,
                journal=self._journal,
            )
        return self._read

    def preview(self, text: str) -> Sequence[Line]:
        """When, who, what, and what it adds."""
        if not text.strip():
            return _JOURNAL_HINTS if self._journal else _HINTS
        read = self.understood(text)
        lines: list[Line] = [self._when(read), self._who(read), self._what(read), self._adds(read)]
        problem = self._problem(read)
        return [*lines, problem]

    def answer(self, text: str) -> None:
        """Settle the names that are not clear yet, then save."""
        if not text:
            self.complain(_NOTHING_TO_KEEP if self._journal else _NOTHING_SAID)
            return
        read = self.understood(text)
        unclear = [mention for mention in read.mentions if mention.ambiguous or mention.unknown]
        if unclear:
            self._settle(unclear[0])
        elif read.ready:
            used = {person.id for person in read.everyone}
            self.dismiss(Logged(read, {key: name for key, name in self._newcomers.items() if key in used}))
        else:
            self.complain(read.problems[0])

    def _settle(self, mention: Mention) -> None:
        """Ask who was meant."""
        slips = self._people.near(mention.text) if mention.unknown and not mention.near else ()
        candidates = mention.candidates or mention.near or slips
        about = self._people.lines([candidate.id for candidate in candidates])
        mark = "?" if slips else ""
        options = [Option(named.name + mark, _about(about.get(named.id))) for named in candidates]
        choices: list[Named | None] = list(candidates)
        if mention.unknown:
            newcomer = Named(-len(self._newcomers) - 1, mention.text)
            # What was a slip of the hand is likelier than someone new; who shares a first name is not.
            at = len(candidates) if slips else 0
            choices.insert(at, newcomer)
            options.insert(at, Option(f"Add {mention.text}", "someone new", stays=True))
            question = f"Nobody is called “{mention.text}”"
        else:
            question = f"Which {mention.text}?"
        choices.append(None)
        options.append(Option("Nobody", "just words", stays=True))

        def picked(place: int | None) -> None:
            if place is None:
                return
            choice = choices[place]
            if choice is not None and choice.id < 0:
                self._newcomers[choice.id] = choice.name
            self._chosen[mention.key] = choice
            self._read = None
            self.refresh_preview()
            self.answer(self.text.strip())

        self.app.push_screen(Pick(question, options), picked)

    def _when(self, read: Understood) -> Line:
        if not read.logs:
            return _labelled("when", Part("nothing is logged, only what it adds", "dim"))
        day = say_day(read.day, self._today)
        said = f"{read.day:%a} {read.day.day} {read.day:%b %Y}" if day not in ("today", "yesterday") else day
        time = f", {read.time:%H:%M}" if read.time else ""
        return _labelled("when", Part(f"{said}{time}"), Part(f"   {SIGNS[read.kind]} {read.kind}", "good"))

    def _who(self, read: Understood) -> Line:
        parts: list[Part] = []
        if read.journal:
            parts.append(Part("a note of your own"))
        for person in read.people:
            joined = " · mentions " if read.journal and len(parts) == 1 else ", "
            parts += [Part(joined) if parts else Part(""), part(person.name, "strong")]
            if person.id < 0:
                parts.append(Part(" (new)", "good"))
        if read.from_selection:
            parts.append(Part("  selected", "dim"))
        for mention in read.mentions:
            if mention.ambiguous:
                which = f"{mention.text}? {len(mention.candidates)} people"
                parts += [Part(", ") if parts else Part(""), part(which, "warm")]
            elif mention.unknown:
                parts += [Part(", ") if parts else Part(""), part(f"{mention.text}? nobody yet", "alert")]
        if read.group is not None:
            parts += [Part(" · with " if parts else "with ", "dim"), part(read.group.name, "strong")]
        return _labelled("who", *parts) if parts else _labelled("who", Part("–", "dim"))

    def _what(self, read: Understood) -> Line:
        tags = "".join(f" #{tag}" for tag in read.tags)
        text = _with_place(read.text, read.place) if read.logs else [Part("–", "dim")]
        stars = Part(" " + "★" * read.enjoyment if read.enjoyment else "", "warm")
        return _labelled("what", *text, part(tags, "tag"), stars)

    def _adds(self, read: Understood) -> Line:
        parts: list[Part] = []
        for give in read.gives:
            due = f" by {say_day(give.due, self._today)}" if give.due else ""
            names = ", ".join(whom.name for whom in (*give.people, *([give.group] if give.group else [])))
            promised = "promised" if give.promised else give.kind
            parts += [Part("✦ ", "accent"), part(give.words), part(f" · {names} · {promised}{due}  ", "dim")]
        for happening in read.occasions:
            occasion = happening.occasion
            names = ", ".join(person.name for person in happening.people)
            when = f"{occasion.day} {date(2000, occasion.month, 1):%b}"
            when += f" {occasion.year}" if occasion.year else ""
            again = "every year" if occasion.yearly else "once"
            parts += [
                Part("▲ ", "warm"),
                part(occasion.words),
                part(f" · {names} · {when}, {again}  ", "dim"),
            ]
        for wish in read.wishes:
            names = ", ".join(person.name for person in wish.people)
            parts += [Part(f"{VERBS[wish.side]} ", "good"), part(wish.text), part(f" · {names}  ", "dim")]
        return _labelled("adds", *parts) if parts else _labelled("adds", Part("–", "dim"))

    def _problem(self, read: Understood) -> Line:
        if any(mention.ambiguous or mention.unknown for mention in read.mentions):
            return [Part(" " * _LABEL), Part("enter", "key"), Part(" asks who is meant", "dim")]
        if read.problems:
            return [Part(" " * _LABEL), part(read.problems[0], "warm")]
        return ()


class _Colours(Highlighter):
    """Colours the line by its spans."""

    def __init__(self, prompt: LogPrompt) -> None:
        self._prompt = prompt

    def highlight(self, text: Text) -> None:
        """Colour the spans."""
        words = next(iter(self._prompt.query(Words)), None)
        if words is None:  # A line that stands there at first is measured before the rest is there.
            return
        for span in self._prompt.understood(text.plain).spans:
            style = words.style_of(_SPAN_ROLES[span.role])
            text.stylize(Style(color=style.color, bold=style.bold), span.start, span.end)


def _labelled(label: str, *parts: Part) -> Line:
    return [Part(f"{label:<{_LABEL}}", "dim"), *parts]


def _with_place(text: str, place: str) -> Line:
    """What happened, with where: marked in the words where they say it, else after them."""
    if not place:
        return [part(text)]
    at = text.find(place)
    if at < 0:
        return [part(text), part(f" · {place}" if fold(place) not in fold(text) else "", "good")]
    end = at + len(place)
    return [part(text[:at]), part(text[at:end], "good"), part(text[end:])]


def _about(person: PersonLine | None) -> str:
    return person.headline if person else ""


_EXAMPLE = "yesterday: coffee with Christina at _Café Lisboa_ #design **"

_NOTHING_SAID = "Say what happened, in a line; esc leaves."

_NOTHING_TO_KEEP = "Write what you want to keep; esc leaves."

_JOURNAL_EXAMPLE = "long walk by the river; thought of @Hank and his kites **"

_JOURNAL_HINTS: Sequence[Line] = (
    [Part("It stands in the timeline of everything, and with each one whom you mention.", "dim")],
    [Part("Mention someone with an ", "dim"), Part("@", "key"), Part(": @Hank, @Grace Lindqvist", "dim")],
    [Part("No rhythm begins anew, and nothing is promised.", "dim")],
    [],
    [Part("yesterday: #tag  _place_  * to *** for how good it was", "dim")],
)

_HINTS: Sequence[Line] = (
    [Part("Say it as you would:  ", "dim"), Part("yesterday: call with Hank about the moon #scouts **")],
    [Part("A promise is queued:  ", "dim"), Part("I'll send Amara the paper by Friday")],
    [Part("A date is remembered: ", "dim"), Part("Christina: daughter Ana graduates 12 Jun")],
    [Part("A wish is noted:      ", "dim"), Part("Grace is looking for a Rust job")],
    [Part("#tag  _place_  * to *** for how good it was", "dim")],
)
