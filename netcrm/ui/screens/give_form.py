"""A give's form: what to do, by when, and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from netcrm.domain.fields import read_date, say_date, say_in_full
from netcrm.domain.gives import EFFORTS, KINDS, Give, GiveDraft
from netcrm.ui.screens.form_base import Changes, Form, Unfit
from netcrm.ui.screens.form_rows import Field, Group

_EFFORT_WORDS = {"S": "S small", "M": "M medium", "L": "L large"}

_EFFORTS = ", ".join(f"{effort} {room}" for effort, room in EFFORTS.items())


class GiveForm(Form[GiveDraft]):
    """Asks for everything about a give; answers with the draft, or None.

    Args:
        give: What stands in the queue.
        today: The day.
    """

    def __init__(self, give: Give, *, today: date) -> None:
        self._give = give
        self._today = today
        super().__init__(f"Edit what to give to {give.whom.name}", (_fields(give, today),))

    def made(self, changed: Changes) -> GiveDraft:
        """The give with what was changed."""
        if not changed.get("words", self._give.words):
            raise Unfit("words", "Write what to do for them: Send the paper.")
        return replace(self._give.draft, **changed)

    def opened(self) -> GiveDraft:
        """What stood in the queue."""
        return self._give.draft

    def groups_of(self, value: GiveDraft) -> Sequence[Group]:
        """The fields of another draft."""
        return (_fields(value, self._today),)


def _fields(give: Give | GiveDraft, today: date) -> Group:
    def due(text: str) -> date | None:
        return read_date(text, today, prefer="future")

    return Group(
        "",
        (
            Field(
                name="words", label="What to do", shown=give.words, help="As you would say it: Send the paper"
            ),
            Field(
                name="kind",
                label="Kind",
                shown=give.kind,
                choices=[(kind, kind) for kind in KINDS],
                help="Left and right, or the first letter",
            ),
            Field(
                name="due",
                label="By",
                shown=say_date(give.due),
                read=due,
                help="A day in words: friday, next week, 12 Dec; empty for no day",
                means=lambda text: say_in_full(due(text)),
            ),
            Field(
                name="promised",
                label="Promised",
                shown="yes" if give.promised else "no",
                read=lambda text: text == "yes",
                choices=[("no", "no"), ("yes", "yes, they know of it")],
                help="A promise comes first and is always let in",
            ),
            Field(
                name="effort",
                label="Effort",
                shown=give.effort,
                choices=[(effort, _EFFORT_WORDS[effort]) for effort in EFFORTS],
                help=f"How much of the week's room it takes: {_EFFORTS}",
            ),
            Field(
                name="link", label="Link", shown=give.link, help="What there is to read or to send: https://…"
            ),
            Field(
                name="why",
                label="Why",
                shown=give.why,
                help="Why it is worth giving, in a few words; it stands under the give",
            ),
        ),
    )
