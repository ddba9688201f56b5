"""The forms of an entry and of a give. Today is Sunday, 22 November 2026."""

from dataclasses import replace
from datetime import date, time

import pytest

from netcrm.domain.gives import GiveDraft
from netcrm.domain.timeline import Entry
from netcrm.ui.screens.form import EntryForm, GiveForm
from netcrm.ui.screens.form_rows import ChoiceControl
from tests.ui.filling import ENTRY, GIVE, TODAY, Filled, fill, named, saved


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

        entry = replace(ENTRY, group_id=None)
        assert fill(EntryForm(entry, today=TODAY, named=named), script) is ...


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
