"""The acts that were done, as the history tells them."""

from datetime import date, datetime, timedelta

from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act as the history tells it.

    Attributes:
        label: The act in words, as its notice said it: ``gave Ibrahim the Kestrel opening``.
        at: When it was done, UTC.
        undone: Whether it has been taken back, and could be done again.
        session: Which run of the program did it.
    """

    id: int
    label: str
    at: datetime
    undone: bool
    session: str = ""


def day_word(day: date, today: date) -> str:
    """A day as a heading over what was done on it: ``Today``, ``Yesterday``, ``Fri 20 Nov``."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%a} {day.day} {day:%b}{year}"
