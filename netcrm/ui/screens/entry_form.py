"""An entry's form: what happened, when, with whom."""

from dataclasses import replace
from datetime import date

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
from netcrm.domain.people import Named
from netcrm.domain.timeline import ANSWERS, KINDS, MOST_ENJOYED, NOUNS, SIGNS, Entry, Interaction
from netcrm.ui.screens.form_base import Changes, Form, Unfit
from netcrm.ui.screens.form_rows import Field, Group


class EntryForm(Form[Entry]):
    """Asks for everything about an entry of the timeline; answers with the entry, or None.

    Args:
        interaction: What stands there.
        today: The day.
        named: Finds people by name.
    """

    def __init__(self, interaction: Interaction, *, today: date, named: Naming) -> None:
        self._interaction = interaction
        self._today = today
        super().__init__(_title(interaction), (_fields(interaction, today, named),))

    def made(self, changed: Changes) -> Entry:
        """The entry with what was changed."""
        people: tuple[Named, ...] = changed.get("people", self._interaction.people)
        if not people and self._interaction.people:
            raise Unfit("people", "Write who took part: at least one person.")
        if changed.get("day", self._interaction.day) is None:
            raise Unfit("day", "Write the day it happened: yesterday, last friday, 3 May.")
        entry = replace(self._interaction.entry, people=tuple(dict.fromkeys(person.id for person in people)))
        if "answer" in changed:
            entry = replace(entry, answered_on=self._today if changed["answer"] else None)
        return replace(entry, **{name: value for name, value in changed.items() if name != "people"})


def _title(interaction: Interaction) -> str:
    names = [person.name for person in interaction.people]
    if not names:
        return "Edit the entry"
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


def _fields(interaction: Interaction, today: date, named: Naming) -> Group:
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
