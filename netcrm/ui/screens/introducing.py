"""The prompts of introductions: whom, why, and a line of what was said or came of it."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content

from netcrm.domain.people import Named, PersonLine
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.prompt import Prompt
from netcrm.ui.widgets.words import Words

Find = Callable[[str], Sequence[PersonLine]]
"""Finds people by what was typed, the likeliest first."""


class WhoPrompt(Prompt[Named]):
    """Asks for a person, found as one types their name.

    Args:
        title: What is asked.
        find: Finds people.
        without: Who can't be meant.
    """

    ROWS: ClassVar[int] = 6

    BINDINGS: ClassVar = [("down", "choose(1)", "Next"), ("up", "choose(-1)", "Before")]

    def __init__(self, title: str, find: Find, *, without: int = 0) -> None:
        super().__init__(title, example="a name, or anything you know of them")
        self._find = find
        self._without = without
        self._found: Sequence[PersonLine] = ()
        self._typed = ""
        self._place = 0

    def on_mount(self) -> None:
        """Say what the keys do."""
        self.query_one("#panel").border_subtitle = Content("↑↓ choose · enter picks · esc leaves")

    def preview(self, text: str) -> Sequence[Line]:
        """Those who are found, and which of them enter picks."""
        if text != self._typed:
            self._typed, self._place = text, 0
            self._found = [
                person for person in (self._find(text) if text.strip() else ()) if person.id != self._without
            ][: self.ROWS]
        if not text.strip():
            return [[Part("Type a part of the name.", "dim")]]
        if not self._found:
            return [[Part("Nobody is found by that.", "warm")]]
        return [self._line(place, person) for place, person in enumerate(self._found)]

    def action_choose(self, step: int) -> None:
        """Choose another of those found."""
        self._place = max(0, min(self._place + step, len(self._found) - 1))
        self.query_one(Words).show(self.preview(self.text))

    def answer(self, text: str) -> None:
        """Pick the one chosen."""
        self.preview(self.text)
        if not text:
            self.complain("Type a part of the name, or of what you know of them; esc leaves.")
        elif self._found:
            person = self._found[self._place]
            self.dismiss(Named(person.id, person.name))
        else:
            self.complain("Nobody is found by that; try less of the name.")

    def _line(self, place: int, person: PersonLine) -> Line:
        chosen = place == self._place
        name = part(person.name, "strong" if chosen else "")
        return [Part("▸ " if chosen else "  ", "accent"), name, part(f"  {person.headline}", "dim")]


class LinePrompt(Prompt[str]):
    """Asks for a line.

    Args:
        title: What is asked.
        about: What stands under the line.
        value: What stands in it at first.
        example: What is shown while it is empty.
        missing: What is said when it is left empty; nothing where it may be.
    """

    ROWS: ClassVar[int] = 2

    def __init__(
        self, title: str, about: Line = (), *, value: str = "", example: str = "", missing: str = ""
    ) -> None:
        super().__init__(title, value=value, example=example)
        self._about = about
        self._missing = missing

    def preview(self, text: str) -> Sequence[Line]:
        """What it is for."""
        return [self._about]

    def answer(self, text: str) -> None:
        """Take the line."""
        if not text and self._missing:
            self.complain(self._missing)
        else:
            self.dismiss(text)
