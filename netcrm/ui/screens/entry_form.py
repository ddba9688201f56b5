"""An entry's form: what happened, when, with whom."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import ClassVar

from netcrm.domain.fields import (
    Naming,
    read_clock,
    read_date,
    read_people,
    read_tags,
    say_date,
    say_in_full,
    say_people,
    say_tags,
    say_time,
)
from netcrm.domain.groups import meant
from netcrm.domain.people import Named
from netcrm.domain.timeline import ANSWERS, KINDS, MOST_ENJOYED, NOUNS, SIGNS, Entry, Interaction
from netcrm.store import Store
from netcrm.ui.screens.form_base import Changes, Form, Unfit
from netcrm.ui.screens.form_rows import Field, Group


def form_of(interaction: Interaction, store: Store, today: date) -> "EntryForm":
    """The form of an entry, wherever it is opened: with everybody, and all groups, to choose from."""
    groups = store.groups.names(archived=True)
    people = store.people
    return EntryForm(interaction, today=today, named=people.named, groups=groups, name_of=people.name)


class EntryForm(Form[Entry]):
    """Asks for everything about an entry of the timeline; answers with the entry, or None.

    Args:
        interaction: What stands there.
        today: The day.
        named: Finds people by name.
        groups: The groups it may belong to; where there are none, the form does not ask.
        name_of: A person's name by id.
    """

    ROWS_OF: ClassVar = {"group_id": "group", "answered_on": "answer"}

    def __init__(
        self,
        interaction: Interaction,
        *,
        today: date,
        named: Naming,
        groups: Sequence[Named] = (),
        name_of: Callable[[int], str] = str,
    ) -> None:
        self._interaction = interaction
        self._today = today
        self._name_of = name_of
        self._said: Callable[[Interaction], Sequence[Group]] = lambda said: (
            _fields(said, today, named, groups),
        )
        super().__init__(_title(interaction, groups), self._said(interaction))

    def made(self, changed: Changes) -> Entry:
        """The entry with what was changed."""
        people: tuple[Named, ...] = changed.get("people", self._interaction.people)
        if changed.get("day", self._interaction.day) is None:
            raise Unfit("day", "Write the day it happened: yesterday, last friday, 3 May.")
        entry = replace(self._interaction.entry, people=tuple(dict.fromkeys(person.id for person in people)))
        if "group" in changed:
            entry = replace(entry, group_id=changed["group"].id if changed["group"] else None)
        if "answer" in changed:
            entry = replace(entry, answered_on=self._today if changed["answer"] else None)
        entry = replace(entry, **{name: value for name, value in changed.items() if name not in _LINKED})
        if not entry.stands_alone:
            raise Unfit("people", "Write who took part: at least one person.")
        return entry

    def opened(self) -> Entry:
        """What stood there."""
        return self._interaction.entry

    def groups_of(self, value: Entry) -> Sequence[Group]:
        """The fields of another entry."""
        said = {field.name: getattr(value, field.name) for field in fields(value) if field.name != "people"}
        people = tuple(Named(person_id, self._name_of(person_id)) for person_id in value.people)
        return self._said(replace(self._interaction, **said, people=people))


_LINKED = ("people", "group")
"""The fields that read somebody or something, of which the entry holds the id."""


def _title(interaction: Interaction, groups: Sequence[Named]) -> str:
    names = [person.name for person in interaction.people]
    names = names or [group.name for group in groups if group.id == interaction.group_id]
    if not names:
        return "Edit a note of your own"
    return f"Edit {NOUNS[interaction.kind]} {' and '.join(names[:2])}{' …' if names[2:] else ''}"


def _answer(interaction: Interaction) -> tuple[Field, ...]:
    """What became of an ask; nothing else has an answer."""
    if interaction.kind != "asked":
        return ()
    return (
        Field(
            name="answer",
            label="Answer",
            shown=interaction.answer,
            choices=[("", "none yet"), *((answer, f"they said {answer}") for answer in ANSWERS)],
            help="What they said to it: left and right",
        ),
    )


def _group(interaction: Interaction, groups: Sequence[Named]) -> tuple[Field, ...]:
    """The group whose it is, where there are groups."""
    if not groups:
        return ()
    shown = next((group.name for group in groups if group.id == interaction.group_id), "")

    def read(text: str) -> Named | None:
        if not text.strip():
            return None
        found = meant(groups, text)
        if not found:
            raise ValueError(f"No group is called “{text.strip()}”: write its name, or leave it empty.")
        if len(found) > 1:
            raise ValueError(f"“{text.strip()}” could be several groups: write more of its name.")
        return found[0]

    def means(text: str) -> str:
        found = read(text)
        return found.name if found else "no group"

    return (
        Field(
            name="group",
            label="Group",
            shown=shown,
            read=read,
            help="The group whose it is; the beginning of its name will do",
            means=means,
        ),
    )


def _fields(interaction: Interaction, today: date, named: Naming, groups: Sequence[Named]) -> Group:
    def day(text: str) -> date | None:
        return read_date(text, today, prefer="past")

    def people(text: str) -> tuple[Named, ...]:
        return read_people(text, named, interaction.people)

    return Group(
        "",
        (
            Field(
                name="text",
                label="What happened",
                shown=interaction.text,
                help="As much as you like to remember",
                lines=True,
            ),
            *_answer(interaction),
            Field(
                name="kind",
                label="Kind",
                shown=interaction.kind,
                choices=[(kind, f"{SIGNS[kind]} {kind}") for kind in KINDS],
                help="Left and right, or the first letter",
            ),
            Field(
                name="people",
                label="With",
                shown=say_people(interaction.people),
                read=people,
                help="Names with commas between: Christina, Hank Morrow",
                means=lambda text: ", ".join(person.name for person in people(text)),
            ),
            *_group(interaction, groups),
            Field(
                name="day",
                label="Day",
                shown=say_date(interaction.day),
                read=day,
                help="In words: yesterday, last friday, 2 weeks ago, 3 May",
                means=lambda text: say_in_full(day(text)),
            ),
            Field(
                name="time",
                label="Time",
                shown=say_time(interaction.time),
                read=read_clock,
                help="If you know it: 14:30, 2pm, noon",
                means=lambda text: say_time(read_clock(text)),
            ),
            Field(name="place", label="Place", shown=interaction.place, help="Where it was: Café Lisboa"),
            Field(
                name="tags",
                label="Tags",
                shown=say_tags(interaction.tags),
                read=read_tags,
                help="With spaces between: #design #lisbon",
            ),
            Field(
                name="enjoyment",
                label="How good",
                shown=str(interaction.enjoyment),
                read=int,
                choices=[(str(stars), "★" * stars or "–") for stars in range(MOST_ENJOYED + 1)],
                help="How much you enjoyed it: left and right, or 0 to 3",
            ),
        ),
    )
