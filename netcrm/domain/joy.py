"""Joy: the jar of light things, how one is typed in a line, and how it is said to somebody."""

import re
from dataclasses import replace
from datetime import date

from netcrm.domain.gives import Give, say_day
from netcrm.domain.patterns import pattern
from netcrm.domain.people import Named
from netcrm.domain.rhythm import ago
from netcrm.domain.sparks import Spark, SparkDraft
from netcrm.domain.sparktext import SOMETHING, read_spark, titled, written
from netcrm.domain.values import dataclass

DELIGHT = "delight"
"""The kind of spark that lies in the jar."""


@dataclass(frozen=True, slots=True)
class Jarred:
    """A delight in the jar.

    Attributes:
        given: To how many people it went; a group that it went to is not counted.
        waiting: How many people and groups it is about to go to.
        last_on: When it last went to somebody, if it did.
    """

    spark: Spark
    given: int = 0
    waiting: int = 0
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Suited:
    """Someone whom a delight would suit.

    Attributes:
        called: What one calls them in a sentence.
        why: Because of what, in words.
        fit: How well; only ever to be put beside that of another for the same delight.
        last_on: The day of the last contact, if there was one.
    """

    person: Named
    called: str
    why: str
    fit: float = 0.0
    last_on: date | None = None


def read_delight(line: str, today: date) -> SparkDraft:
    """Read a line like ``A penguin in a tie #cartoon https://…``; whatever it is, it is a delight.

    What a word before a colon says it is (``cartoon: two bees``) becomes a tag.
    """
    line = " ".join(line.split())
    draft = read_spark(line, today, DELIGHT)
    named = _NAMED.match(line)
    tag = named[1].lower() if named and not draft.title.startswith(named[0]) else ""
    return replace(draft, tags=(tag, *draft.tags)) if tag and tag not in draft.tags else draft


def delight_line(spark: SparkDraft | Spark) -> str:
    """A delight as the line that one edits: title, tags, link and last day, without a text of its own."""
    if has_own_text(spark):
        tags = " ".join(f"#{tag}" for tag in spark.tags)
        until = f"until {spark.until.day} {spark.until:%B %Y}" if spark.until else ""
        return " ".join(filter(None, (spark.title, tags, spark.link, until)))
    line = " ".join(written(spark).split())
    return line.partition(": ")[2]


def has_own_text(spark: SparkDraft | Spark) -> bool:
    """Whether a delight says more than its line does, as a whole joke would."""
    text = spark.text.strip()
    if not text:
        return False
    again = read_spark(text, date.min, DELIGHT)
    return "\n" in text or again.text != text or again.title != spark.title


def edited(spark: Spark, line: str, today: date) -> SparkDraft:
    """A delight with another line; a text of its own stays."""
    if line.split() == delight_line(spark).split():
        return spark.draft
    draft = read_delight(line, today)
    return replace(draft, text=spark.text) if has_own_text(spark) else draft


def sending(spark: SparkDraft | Spark, called: str) -> str:
    """What to do with a delight for someone: ``Send Hank the penguin in a tie``."""
    return f"Send {called} {as_object(spark)}"


def as_object(spark: SparkDraft | Spark) -> str:
    """A delight as what one sends: ``the penguin in a tie``, ``“Two bees and a spreadsheet”``."""
    title = titled(spark)
    article = _ARTICLE.match(title)
    if article:
        return f"the {title[article.end() :]}"
    kind = _NAMED.match(title)
    if kind:
        return f"the {kind[1].lower()}: {title[kind.end() :]}"
    return title if title == SOMETHING else f"“{title}”"


def went(jarred: Jarred, today: date) -> str:
    """Where a delight has gone so far, in a few words: ``3 people got it · 2 weeks ago``."""
    if not jarred.given and jarred.last_on:
        return f"went to a group · {ago(jarred.last_on, today)}"
    if not jarred.given:
        return "waits for one" if jarred.waiting == 1 else "waits for several" if jarred.waiting else ""
    got = f"{jarred.given} {'person' if jarred.given == 1 else 'people'} got it"
    return f"{got} · {ago(jarred.last_on, today)}" if jarred.last_on else got


def became(give: Give, today: date) -> str:
    """What became of a delight that was meant for someone, in a few words."""
    if give.state == "dropped":
        return "not for them"
    if give.state != "given":
        return f"rests until {say_day(give.snoozed_until, today)}" if give.snoozed_until else "in the queue"
    when = ago(give.given_on, today) if give.given_on else "given"
    return when + {"yes": " · it landed", "no": " · did not land"}.get(give.landed, "")


def topics_of(spark: SparkDraft | Spark) -> str:
    """The tags of a delight as one reads them: ``#cartoon #penguins``."""
    return " ".join(f"#{tag}" for tag in spark.tags)


def own_text(spark: SparkDraft | Spark) -> str:
    """What a delight says besides its line; empty where it says nothing."""
    return spark.text.strip() if has_own_text(spark) else ""


_ARTICLE = pattern(r"(?:an?|the)\s+(?=\S)", re.IGNORECASE)

_NAMED = pattern(r"(cartoon|joke|song|video|comic|pun|riddle|poem|story)\s*:\s*(?=\S)", re.IGNORECASE)
"""What says at the beginning of a title what the thing is."""
