"""Sparks: what one comes across that is worth passing on."""

from dataclasses import dataclass
from datetime import date

SPARK_KINDS = ("opening", "article", "event", "congratulation", "delight")
"""What a spark can be: a job, something to read, somewhere to go, good news, a thing to smile at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkDraft:
    """Something worth passing on.

    Attributes:
        kind: One of `SPARK_KINDS`.
        text: As it was pasted or typed.
        until: The last day on which it is of use, if it has one.
    """

    kind: str
    title: str
    link: str = ""
    text: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """A spark in the book."""

    id: int
    uuid: str
    kind: str
    title: str
    link: str = ""
    text: str = ""
    until: date | None = None
    created_on: date | None = None
