"""The forms, with a hand at the keyboard. Today is Sunday, 22 November 2026."""

import asyncio
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, time
from typing import Any, ClassVar

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from netcrm.domain.gives import Give, GiveDraft
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Named, Profile, Relation
from netcrm.domain.text import fold
from netcrm.domain.timeline import Entry, Interaction
from netcrm.ui.safety import TextGate
from netcrm.ui.screens.form import EntryForm, GiveForm, PersonForm
from netcrm.ui.screens.form_rows import ChoiceControl, LineControl, Row, TextControl
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


class TestAdding:
    """A person is added in a form with every field."""

    def test_a_name_is_typed_and_saved(self) -> None:
        """The first field is the name; ctrl+s saves from wherever one is."""

        async def script(filled: Filled) -> None:
            await filled.press(*"Ana", "enter", *"Annie", "tab", *"Pilot", "ctrl+s")

        assert fill(a_person_form(Profile()), script) == Profile(
            name="Ana", nicknames=("Annie",), title="Pilot"
        )

    def test_every_field_is_there(self) -> None:
        """All that a profile holds can be edited, and what came with an import is seen."""

        async def script(filled: Filled) -> None:
            there = {row.field.name for row in filled.pilot.app.screen.query(Row)}
            assert there == {field.name for field in fields(Profile)} - {"further"}
            assert filled.sees("X-ODD  TYPE=a:kept as it was")

        fill(a_person_form(), script, size=(100, 80))

    def test_someone_without_a_name_or_a_way_is_nobody(self) -> None:
        """The form says so at the name, and goes there."""

        async def script(filled: Filled) -> None:
            await filled.write(note="Somebody")
            await filled.press("ctrl+s")
            assert filled.sees("Write a name, or at least a way to reach them.")
            assert filled.here == "name"

        assert fill(a_person_form(Profile()), script) is ...

    def test_a_way_to_reach_them_is_enough(self) -> None:
        """The store then calls them by it."""
        profile = saved(a_person_form(Profile()), points="a@b.example")
        assert profile == Profile(points=(ContactPoint("email", "a@b.example"),))


class TestEditing:
    """Each field of a person can be changed; the others stay."""

    @pytest.mark.parametrize(
        ("field", "text", "value"),
        [
            ("nicknames", "Chris, Tina", ("Chris", "Tina")),
            ("title", " Head of Talent ", "Head of Talent"),
            ("organisation", "", ""),
            ("city", "Lisbon", "Lisbon"),
            ("note", "One\n\nTwo", "One\n\nTwo"),
            ("met", "At the fair", "At the fair"),
            ("met_on", "last friday", date(2026, 11, 20)),
            ("met_on", "", None),
            ("cadence", "monthly", 30),
            ("cadence", "never", 0),
            ("cadence", "", None),
            ("introduced_by", "ana lopes", 1),
            ("introduced_by", "", None),
            ("points", "signal: @c", (ContactPoint("handle", "@c", "signal"),)),
            ("tags", "#design #lisbon", ("design", "lisbon")),
            ("relations", "boss: Hank Morrow", (Relation("boss", "Hank Morrow", 7),)),
            ("relations", "friend: Ana Lopes", (Relation("friend", "Ana Lopes", 1),)),
            ("occasions", "name day: 4 Jul", (Occasion(kind="other", label="name day", month=7, day=4),)),
            ("wants", "a designer\na desk", ("a designer", "a desk")),
            ("offers", "a desk", ("a desk",)),
            ("prefix", "Dr.", "Dr."),
            ("additional", "Maria", "Maria"),
            ("suffix", "PhD", "PhD"),
            ("sort", "Vale", "Vale"),
        ],
    )
    def test_a_field(self, field: str, text: str, value: object) -> None:
        """What is written is what is saved."""
        changed = saved(a_person_form(replace(CHRISTINA, name="Tina")), **{field: text})
        assert changed == replace(CHRISTINA, name="Tina", **{field: value})  # type: ignore[arg-type]

    def test_parts_that_are_no_longer_in_the_name_go(self) -> None:
        """A new surname does not leave the old one behind."""
        changed = saved(a_person_form(), name="Christina Lopes")
        assert (changed.name, changed.given, changed.family) == ("Christina Lopes", "Christina", "")

    def test_a_name_made_of_its_parts_follows_them(self) -> None:
        """Who corrects the family name means the name."""
        assert saved(a_person_form(), family="Lopes").name == "Christina Lopes"

    @pytest.mark.parametrize(
        ("field", "text", "sentence"),
        [
            ("points", "Lisbon", "Say what “Lisbon” is"),
            ("cadence", "often", "“often” is no rhythm; write 6 weeks"),
            ("met_on", "31 Feb", "“31 Feb” is no day"),
            ("introduced_by", "Ana", "“Ana” could be Ana Lopes, Ana Vale; write the whole name."),
            ("introduced_by", "[/]", "Nobody here is called “[/]”"),
            ("occasions", "birthday", "“birthday” is no occasion yet"),
        ],
    )
    def test_what_cannot_be_read_is_said_at_the_field(self, field: str, text: str, sentence: str) -> None:
        """One sentence there, the focus goes there, nothing is saved; typing takes the sentence away."""

        async def script(filled: Filled) -> None:
            await filled.write(**{field: text, "city": "Lisbon"})
            await filled.press("ctrl+s")
            assert filled.sees(sentence[:40])
            assert filled.here == field
            await filled.press("x")
            assert not filled.sees(sentence[:40])

        assert fill(a_person_form(), script) is ...

    def test_what_is_understood_is_shown(self) -> None:
        """A day in words stands below in full while it is typed."""

        async def script(filled: Filled) -> None:
            await filled.write(met_on="")
            await filled.press(*"last", "space", *"friday")
            assert filled.sees("understood as Friday, 20 November 2026")

        fill(a_person_form(), script)


class TestLeaving:
    """Nothing that was typed is lost in silence."""

    def test_escape_leaves_when_nothing_was_typed(self) -> None:
        """At once, and without an answer."""

        async def script(filled: Filled) -> None:
            await filled.press("escape")

        assert fill(a_person_form(), script) is None

    def test_escape_asks_once_when_something_was(self) -> None:
        """The second one leaves; typing in between asks again."""

        async def script(filled: Filled) -> None:
            await filled.press("x", "escape")
            assert filled.sees("Not saved · esc again leaves, ctrl+s saves")
            await filled.press("y")
            assert not filled.sees("Not saved")
            await filled.press("escape")
            assert not filled.answers
            await filled.press("escape")
            assert filled.answers == [None]

        fill(a_person_form(), script)

    def test_the_keys_lead_through_the_fields(self) -> None:
        """Tab, shift+tab, enter and the arrows move; the arrows stay in a text until its end."""

        async def script(filled: Filled) -> None:
            await filled.press("tab", "enter", "down")
            assert filled.here == "organisation"
            await filled.press("shift+tab", "up")
            assert filled.here == "nicknames"
            await filled.write(points="a@b.example\nc@d.example")
            await filled.press("down")
            assert filled.here == "points"
            await filled.press("down")
            assert filled.here == "cadence"
            await filled.press("up", "up", "up")
            assert filled.here == "city"

        fill(a_person_form(), script)


class TestHostileText:
    """Text from outside is shown as plain text, and stays what it was."""

    TEXTS: ClassVar[Any] = {field.name: HOSTILE for field in fields(Profile) if field.default == ""}

    EVERYWHERE = replace(
        Profile(**TEXTS),
        note=f"{HOSTILE}\r\n{HOSTILE}",
        met=f"{HOSTILE}\n\n",
        nicknames=(HOSTILE, "a, b", " "),
        tags=(HOSTILE, "a, b"),
        points=(ContactPoint("email", HOSTILE, HOSTILE), ContactPoint("handle", "x\ny", "email")),
        relations=(Relation(HOSTILE, HOSTILE), Relation("", "a: b", 3)),
        occasions=(
            Occasion(kind="other", label=HOSTILE, whose=HOSTILE, month=2, day=29),
            Occasion(kind="birth", label="on", month=2, day=31, yearly=False),
        ),
        wants=(HOSTILE, "a\nb"),
        offers=(HOSTILE,),
        further=(Further(HOSTILE, HOSTILE),),
    )

    def test_it_is_preserved_where_it_is_not_edited(self) -> None:
        """Byte for byte, whatever another field becomes."""
        changed = saved(a_person_form(self.EVERYWHERE), cadence="weekly")
        assert changed == replace(self.EVERYWHERE, cadence=7)

    def test_it_is_preserved_on_the_lines_that_are_not_edited(self) -> None:
        """A line more in a field leaves the lines before it as they were."""

        async def script(filled: Filled) -> None:
            for name, text in {"points": "+44 20 7946 0000", "relations": "son: Bo", "wants": "c"}.items():
                await filled.write(**{name: f"{filled.row(name).text}\n{text}"})
            await filled.press("ctrl+s")

        changed = fill(a_person_form(self.EVERYWHERE), script)
        assert changed == replace(
            self.EVERYWHERE,
            points=(*self.EVERYWHERE.points, ContactPoint("phone", "+44 20 7946 0000")),
            relations=(*self.EVERYWHERE.relations, Relation("son", "Bo")),
            wants=(*self.EVERYWHERE.wants, "c"),
        )

    @pytest.mark.parametrize(
        "form",
        [
            lambda: a_person_form(TestHostileText.EVERYWHERE),
            lambda: EntryForm(
                replace(ENTRY, text=HOSTILE, place=HOSTILE, tags=(HOSTILE,), people=(Named(1, HOSTILE),)),
                today=TODAY,
                named=named,
            ),
            lambda: GiveForm(
                replace(GIVE, words=HOSTILE, link=HOSTILE, why=HOSTILE, person=Named(1, HOSTILE)), today=TODAY
            ),
        ],
        ids=["person", "entry", "give"],
    )
    def test_nothing_of_it_reaches_the_terminal(self, form: Any) -> None:
        """Markup stands there as it was written; of the rest a terminal gets nothing."""

        async def script(filled: Filled) -> None:
            assert filled.sees("[red]a[/] [@click=app.quit]b[/]")
            for _ in range(12):
                await filled.press("tab")
                for control in ("\x1b", "\x07", "\x00", "\u202e"):
                    assert not filled.sees(control)

        fill(form(), script, size=(160, 90))

    def test_a_complaint_about_it_is_plain(self) -> None:
        """What a sentence quotes is no markup either."""

        async def script(filled: Filled) -> None:
            await filled.write(cadence="[red]x[/]")
            await filled.press("ctrl+s")
            assert filled.sees("“[red]x[/]” is no rhythm")

        fill(a_person_form(), script)


class TestEntry:
    """An entry of the timeline."""

    def test_unchanged(self) -> None:
        """It stays what it was, its group too."""
        assert saved(EntryForm(ENTRY, today=TODAY, named=named)) == Entry(
            day=ENTRY.day,
            people=(9, 7),
            kind="met",
            text=ENTRY.text,
            place="Café Lisboa",
            tags=("design",),
            enjoyment=2,
            group_id=4,
        )

    def test_each_field(self) -> None:
        """In words, as in the log line."""
        entry = saved(
            EntryForm(ENTRY, today=TODAY, named=named),
            text="Tea.\nNothing else.",
            people="Christina Vale, ana lopes",
            day="yesterday",
            time="2pm",
            place="",
            tags="tea",
        )
        assert entry == Entry(
            day=date(2026, 11, 21),
            people=(9, 1),
            kind="met",
            text="Tea.\nNothing else.",
            time=time(14),
            tags=("tea",),
            enjoyment=2,
            group_id=4,
        )

    def test_kind_and_enjoyment_are_chosen(self) -> None:
        """With left and right, or by the first letter."""

        async def script(filled: Filled) -> None:
            await filled.press("tab")
            assert filled.here == "kind"
            await filled.press("right", "right", "left", "e", "e")
            filled.row("enjoyment").control.focus()
            await filled.press("3", "left", "0", "left", "ctrl+s")

        entry = fill(EntryForm(ENTRY, today=TODAY, named=named), script)
        assert (entry.kind, entry.enjoyment) == ("event", 3)

    def test_a_click_chooses(self) -> None:
        """The word that is clicked."""

        async def script(filled: Filled) -> None:
            control = filled.row("kind").control
            assert isinstance(control, ChoiceControl)
            await filled.pilot.click(control, offset=(8, 0))
            await filled.press("ctrl+s")

        assert fill(EntryForm(ENTRY, today=TODAY, named=named), script).kind == "call"

    @pytest.mark.parametrize(
        ("field", "text", "sentence"),
        [
            ("people", "", "Write who took part: at least one person."),
            ("people", "Ana", "“Ana” could be Ana Lopes, Ana Vale; write the whole name."),
            ("people", "Zoe", "Nobody here is called “Zoe”"),
            ("day", "", "Write the day it happened"),
            ("day", "some day", "“some day” is no day"),
            ("time", "late", "“late” is no time; write 14:30, 2pm or noon."),
        ],
    )
    def test_what_cannot_be_read_is_said(self, field: str, text: str, sentence: str) -> None:
        """At the field, and nothing is saved."""

        async def script(filled: Filled) -> None:
            await filled.write(**{field: text})
            await filled.press("ctrl+s")
            assert filled.sees(sentence)
            assert filled.here == field

        assert fill(EntryForm(ENTRY, today=TODAY, named=named), script) is ...


class TestGive:
    """A give of the queue."""

    def test_unchanged(self) -> None:
        """It stays what it was."""
        assert saved(GiveForm(GIVE, today=TODAY)) == GiveDraft(
            person_id=9,
            words="Share the opening",
            kind="opening",
            due=date(2026, 11, 27),
            source="log",
            later=True,
        )

    def test_each_field(self) -> None:
        """Words, kind, day, promise, effort, link, why."""

        async def script(filled: Filled) -> None:
            await filled.write(words="Read the paper", due="friday", link="https://x.example", why="asked")
            for name, key in {"kind": "a", "promised": "y", "effort": "m"}.items():
                filled.row(name).control.focus()
                await filled.press(key)
            await filled.press("ctrl+s")

        assert fill(GiveForm(GIVE, today=TODAY), script) == GiveDraft(
            person_id=9,
            words="Read the paper",
            kind="article",
            due=date(2026, 11, 27),
            promised=True,
            effort="M",
            link="https://x.example",
            why="asked",
            source="log",
            later=True,
        )

    def test_it_needs_words(self) -> None:
        """What is to be done has to be said."""

        async def script(filled: Filled) -> None:
            await filled.write(words=" ")
            await filled.press("ctrl+s")
            assert filled.sees("Write what to do for them")

        assert fill(GiveForm(GIVE, today=TODAY), script) is ...


class TestSizes:
    """No size of the terminal is too small to live."""

    @pytest.mark.parametrize("size", [(1, 1), (3, 2), (12, 4), (30, 8), (49, 12), (80, 24)])
    def test_a_form_survives(self, size: tuple[int, int]) -> None:
        """It opens, is typed into, complains, and leaves."""

        async def script(filled: Filled) -> None:
            await filled.write(cadence="often")
            await filled.press("ctrl+s", "tab", "x", "pagedown", "pageup", "escape", "escape")

        assert fill(a_person_form(), script, size) is None
