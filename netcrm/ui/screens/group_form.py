"""A group's form: its name, kind, link, cadence, topics, next meeting, note."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from netcrm.domain.fields import (
    read_cadence,
    read_date,
    read_lines,
    say_cadence,
    say_date,
    say_in_full,
    say_lines,
)
from netcrm.domain.groups import GroupDraft
from netcrm.domain.rhythm import every
from netcrm.ui.screens.form_base import Changes, Form, Unfit
from netcrm.ui.screens.form_rows import Field, Group


class GroupForm(Form[GroupDraft]):
    """Asks for everything about a group but its members; answers with the draft, or None.

    Args:
        draft: What is known.
        today: The day.
    """

    def __init__(self, draft: GroupDraft, *, today: date) -> None:
        self._draft = draft
        self._today = today
        super().__init__(draft.name, (_fields(draft, today),))

    def made(self, changed: Changes) -> GroupDraft:
        """The group with what was changed."""
        if not changed.get("name", self._draft.name):
            raise Unfit("name", "Write what it is called.")
        return replace(self._draft, **changed)

    def opened(self) -> GroupDraft:
        """What was known."""
        return self._draft

    def groups_of(self, value: GroupDraft) -> Sequence[Group]:
        """The fields of another draft."""
        return (_fields(value, self._today),)


def _fields(draft: GroupDraft, today: date) -> Group:
    def day(text: str) -> date | None:
        return read_date(text, today, prefer="future")

    return Group(
        "",
        (
            Field(name="name", label="Name", shown=draft.name, help="What it is called: Lisbon Designers"),
            Field(name="kind", label="Kind", shown=draft.kind, help="In a word: meetup, club, forum, alumni"),
            Field(name="link", label="Link", shown=draft.link, help="Where it is to be found: https://…"),
            Field(
                name="cadence",
                label="Cadence",
                shown=say_cadence(draft.cadence),
                read=lambda text: read_cadence(text) or None,
                help="How often it meets: weekly, monthly, 6 weeks; empty for as it comes",
                means=lambda text: every(read_cadence(text)),
            ),
            Field(
                name="topics",
                label="Topics",
                shown=say_lines(draft.topics),
                read=lambda text: read_lines(text, draft.topics),
                help="What it is about, a line each",
                lines=True,
            ),
            Field(
                name="next_on",
                label="Next meeting",
                shown=say_date(draft.next_on),
                read=day,
                help="A day in words: next friday, 12 Dec; empty for none",
                means=lambda text: say_in_full(day(text)),
            ),
            Field(name="note", label="Note", shown=draft.note, help="Anything to remember", lines=True),
        ),
    )
