"""A person's form, and hostile text in every form. Today is Sunday, 22 November 2026."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, ClassVar

import pytest

from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Named, Profile, Relation
from netcrm.ui.screens.form import EntryForm, GiveForm
from netcrm.ui.screens.form_rows import Row
from tests.ui.filling import CHRISTINA, ENTRY, GIVE, HOSTILE, TODAY, Filled, a_person_form, fill, named, saved


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
            ("relations", "boss: Christina Vale", "That is Christina Vale themselves; say who else it is."),
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


class TestSizes:
    """No size of the terminal is too small to live."""

    @pytest.mark.parametrize("size", [(1, 1), (3, 2), (12, 4), (30, 8), (49, 12), (80, 24)])
    def test_a_form_survives(self, size: tuple[int, int]) -> None:
        """It opens, is typed into, complains, and leaves."""

        async def script(filled: Filled) -> None:
            await filled.write(cadence="often")
            await filled.press("ctrl+s", "tab", "x", "pagedown", "pageup", "escape", "escape")

        assert fill(a_person_form(), script, size) is None
