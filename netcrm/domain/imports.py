"""What an import is made of: the cards that a file holds, and what became of them."""

from netcrm.domain.people import Profile
from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one record of another program says about one person.

    Attributes:
        profile: What it says; ``profile.name`` is never empty.
        source: The format's name: ``linkedin``, ``google`` or ``vcard``.
        key: What the other program knows the record by (a UID, ``in/<slug>``), lower-cased where the
            format says that case does not matter; empty when it has none.
        line: The line of the file where the record begins, counted from 1.
    """

    profile: Profile
    source: str
    key: str = ""
    line: int = 0

    @property
    def nameless(self) -> bool:
        """Whether the name is only a stand-in, which says nothing of the person."""
        return self.profile.name == stand_in(self.line)


def stand_in(line: int) -> str:
    """What someone is called of whom a record says something, but no name: the line tells them apart."""
    return f"Nameless (line {line})"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that was not taken.

    Attributes:
        line: The line of the file where it begins, counted from 1.
        why: A sentence that says why.
        too_much: Whether it is because it holds more than anybody could mean.
    """

    line: int
    why: str
    too_much: bool = False


class UnreadableFile(Exception):
    """A file that can't be read at all; its text is one clear sentence that says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        added: People new to the book.
        updated: People of whom it knew something new.
        same: People of whom it knew nothing new.
        skipped: The records that were not taken, each with why.
        new_jobs: Those of the updated who have another title or work elsewhere.
    """

    added: int = 0
    updated: int = 0
    same: int = 0
    skipped: tuple[Skipped, ...] = ()
    new_jobs: int = 0

    @property
    def said(self) -> str:
        """The counts in words: ``3 added, 2 updated, 1 new job``."""
        jobs = f", {self.new_jobs} new {'job' if self.new_jobs == 1 else 'jobs'}" if self.new_jobs else ""
        return f"{self.added} added, {self.updated} updated{jobs}"
