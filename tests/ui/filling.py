"""How a test fills in a form, and the forms it begins with. Today is Sunday, 22 November 2026."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from netcrm.domain.gives import Give
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Named, Profile, Relation
from netcrm.domain.text import fold
from netcrm.domain.timeline import Interaction
from netcrm.ui.safety import TextGate
from netcrm.ui.screens.form import PersonForm
from netcrm.ui.screens.form_rows import LineControl, Row, TextControl
from netcrm.ui.themes import NIGHT
from tests.driving import seen

TODAY = date(2026, 11, 22)
PEOPLE = (Named(1, "Ana Lopes"), Named(2, "Ana Vale"), Named(7, "Hank Morrow"))

CHRISTINA = Profile(
    name="Christina Vale",
    given="Christina",
    family="Vale",
    nicknames=("Chris",),
    organisation="Acme",
    cadence=42,
    met_on=date(2024, 5, 3),
    introduced_by=7,
    points=(ContactPoint("email", "c@acme.example", "work"),),
    tags=("design",),
    relations=(Relation("manager", "Hank Morrow", 7),),
    occasions=(Occasion(kind="birthday", label="birthday", month=12, day=14, year=1971),),
    further=(Further("X-ODD", "X-ODD;TYPE=a:kept as it was"),),
)

HOSTILE = "[red]a[/] [@click=app.quit]b[/] \x1b[31mc\x1b]52;c;eA==\x07 \u202ed 👩\u200d🚀 李\x00\\n"
"""Markup, escape sequences, a direction override, a joined emoji, a wide letter, a NUL."""

ENTRY = Interaction(
    id=1,
    uuid="u",
    day=date(2026, 11, 19),
    kind="met",
    text="Coffee.\nTwo openings.",
    people=(Named(9, "Christina Vale"), Named(7, "Hank Morrow")),
    place="Café Lisboa",
    tags=("design",),
    enjoyment=2,
    group_id=4,
)

GIVE = Give(
    id=1,
    uuid="u",
    person=Named(9, "Christina Vale"),
    words="Share the opening",
    kind="opening",
    due=date(2026, 11, 27),
    source="log",
    later=True,
)


def named(folded: str) -> Sequence[Named]:
    """The people whose name holds a text."""
    return [person for person in PEOPLE if folded in fold(person.name)]


def a_person_form(profile: Profile = CHRISTINA) -> PersonForm:
    """A person's form."""
    return PersonForm(
        profile,
        title=profile.name or "Add a person",
        today=TODAY,
        named=named,
        name_of=lambda person_id: {person.id: person.name for person in PEOPLE}.get(person_id, ""),
    )


class Filled:
    """A form on the screen, and what a hand does to it.

    Args:
        pilot: The hand.
        answers: What the form answered with, once it has.
    """

    def __init__(self, pilot: Pilot[None], answers: list[Any]) -> None:
        self.pilot = pilot
        self.answers = answers

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def row(self, name: str) -> Row:
        """A field's row."""
        return next(row for row in self.pilot.app.screen.query(Row) if row.field.name == name)

    async def write(self, **texts: str) -> None:
        """Write other texts into fields."""
        for name, text in texts.items():
            control = self.row(name).control
            control.focus()
            if isinstance(control, TextControl):
                control.text = text
            elif isinstance(control, LineControl):
                control.value = text
            await self.pilot.pause()

    @property
    def here(self) -> str:
        """The field that is focused."""
        return next(row.field.name for row in self.pilot.app.screen.query(Row) if row.control.has_focus)

    def sees(self, text: str) -> bool:
        """Whether a text stands on the screen."""
        return seen(self.pilot.app, text)


class _App(App[None]):
    """An app with nothing but a form."""

    def __init__(self) -> None:
        super().__init__()
        self._filters.append(TextGate())
        self.register_theme(NIGHT)
        self.theme = NIGHT.name


def fill(form: Screen[Any], script: Any, size: tuple[int, int] = (100, 40)) -> Any:
    """Show a form, let a script fill it in, and return its answer, or ``...`` while it is still open."""
    answers: list[Any] = []

    async def run() -> None:
        app = _App()
        async with app.run_test(size=size) as pilot:
            app.push_screen(form, answers.append)
            await pilot.pause()
            await script(Filled(pilot, answers))

    asyncio.run(run())
    return answers[0] if answers else ...


def saved(form: Screen[Any], **texts: str) -> Any:
    """What a form answers with when other texts are written into some fields."""

    async def script(filled: Filled) -> None:
        await filled.write(**texts)
        await filled.press("ctrl+s")

    return fill(form, script)
