"""Sparks: what one comes across that is worth passing on."""

from datetime import date

from netcrm.domain.values import dataclass

SPARK_KINDS = ("opening", "article", "event", "congratulation", "delight")
"""What a spark can be: a job, something to read, somewhere to go, good news, a thing to smile at."""

GIVE_KINDS = {
    "opening": "opening",
    "article": "article",
    "event": "recommendation",
    "congratulation": "congratulation",
    "delight": "delight",
}
"""The kind of the gives that come of each kind of spark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkDraft:
    """Something worth passing on.

    Attributes:
        kind: One of `SPARK_KINDS`.
        text: As it was pasted or typed.
        until: The last day on which it is of use, if it has one.
        tags: Its hashtags, without the sign.
    """

    kind: str
    title: str
    link: str = ""
    text: str = ""
    until: date | None = None
    tags: tuple[str, ...] = ()


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
    tags: tuple[str, ...] = ()
    created_on: date | None = None

    @property
    def draft(self) -> SparkDraft:
        """The spark as it would be kept again; what its screen is opened with."""
        return SparkDraft(
            kind=self.kind,
            title=self.title,
            link=self.link,
            text=self.text,
            until=self.until,
            tags=self.tags,
        )


def due_of(spark: SparkDraft | Spark, today: date) -> date | None:
    """The day by which it is to be passed on: its last one, as long as that lies ahead."""
    return spark.until if spark.until is not None and spark.until > today else None


def expired(spark: SparkDraft | Spark, today: date) -> bool:
    """Whether a spark's last day has passed."""
    return spark.until is not None and spark.until < today
