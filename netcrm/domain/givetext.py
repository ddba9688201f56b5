"""Reading one line as something to do for someone: ``share the opening https://… by friday``."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from netcrm.domain.gives import GiveDraft
from netcrm.domain.logline import understand
from netcrm.domain.logline.promises import unread_due
from netcrm.domain.people import Named


def read_give(text: str, person: Named, today: date) -> GiveDraft | None:
    """Read what to do for someone, as the log line reads its promises: kind, day and link.

    ``I'll send the paper`` was promised; ``send the paper`` was not.

    Args:
        text: What was typed.
        person: For whom, whoever else its words speak of.
        today: The day it was typed on.

    Returns:
        The give, whose words are empty where nothing is left to do; None for an empty text.
    """
    if not text.strip():
        return None
    promised = understand(text, today=today, book=_Nobody(), selected=person)
    if len(promised.drafts) == 1 and promised.drafts[0].promised and promised.ready and not promised.logs:
        return replace(promised.drafts[0], source="typed")
    read = understand(f"give: {text}", today=today, book=_Nobody(), selected=person)
    if not read.drafts:
        return GiveDraft(person_id=person.id, words=text.strip())
    return replace(read.drafts[0], source="typed")


def why_no_due(text: str, person: Named, today: date) -> str:
    """Why the day that a give says is none, although it is written like one, as 31 Feb is.

    Nothing where it says a day, or none at all.
    """
    draft = read_give(text, person, today)
    return unread_due(text, 0, len(text), today) if draft is not None and draft.due is None else ""


class _Nobody:
    """A book without names: the give is for the one selected, whoever else its words speak of."""

    def named(self, folded: str) -> Sequence[Named]:
        """Nobody."""
        return ()
