"""The one SQLite file: the only home of SQL and sqlite-utils.

A `Store` holds one shelf a subject; each reads like a list of what people do.
"""

import os
import sqlite3
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from netcrm.domain.preferences import Preferences
from netcrm.domain.synonyms import Synonyms, default_lines
from netcrm.store.connection import connect, explained
from netcrm.store.gives import Gives
from netcrm.store.people import People
from netcrm.store.search import Search
from netcrm.store.timeline import Timeline
from netcrm.store.write import Writer

if TYPE_CHECKING:
    from netcrm.domain.gives import GiveDraft
    from netcrm.domain.seed import Seed
    from netcrm.store.brief import Briefs
    from netcrm.store.everything import Everything
    from netcrm.store.filling import Filling
    from netcrm.store.groups import Groups
    from netcrm.store.history import History
    from netcrm.store.imports import Imports
    from netcrm.store.introductions import Introductions
    from netcrm.store.joy import Joy
    from netcrm.store.network import Networks
    from netcrm.store.organisations import Organisations
    from netcrm.store.relations import Relations
    from netcrm.store.review import Looking
    from netcrm.store.rhythm import Rhythm
    from netcrm.store.settings import Settings
    from netcrm.store.sharing import Sharing
    from netcrm.store.sparks import Sparks
    from netcrm.store.wants import Wants
    from netcrm.store.write import Act

__all__ = ["Store"]

_USUAL = Preferences()


class Store:
    """An open netcrm file.

    Args:
        path: The file; made, with its folder, where it is missing.
        clock: Tells the time, with its zone, at which records are stamped.
        preferences: How the user wants to give.

    Raises:
        StoreError: If the file can't be opened, or, at the end of a ``with``, could not be read. Its text
            says what to do.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime], preferences: Preferences = _USUAL) -> None:
        self.path = path
        self.preferences = preferences
        file = Path(os.path.realpath(path))
        connection = connect(file)
        writer = self._writer = Writer(connection, file, clock)
        self._connection = connection
        self._file = file
        self.gives = Gives(connection, writer, preferences)
        self.people = People(connection, writer, self._occasions_of)
        self.timeline = Timeline(connection, writer, self.gives, self._occasions_of)
        self.search = Search(connection)

    # Shelves that are not wanted at every start: each is imported when it is asked for.

    @cached_property
    def filling(self) -> "Filling":
        """What the queue is filled with."""
        from netcrm.store.filling import Filling

        return Filling(
            self._connection, self._writer, self.gives, self.preferences, lambda: self.synonyms, self._file
        )

    @cached_property
    def relations(self) -> "Relations":
        """Who has to do with whom."""
        from netcrm.store.relations import Relations

        return Relations(self._connection, self._writer)

    @cached_property
    def rhythm(self) -> "Rhythm":
        """How often to be in touch, where it is not a matter of one person alone."""
        from netcrm.store.rhythm import Rhythm

        return Rhythm(self._connection, self._writer)

    @cached_property
    def wants(self) -> "Wants":
        """What people want and offer."""
        from netcrm.store.wants import Wants

        return Wants(self._connection, self._writer)

    @cached_property
    def groups(self) -> "Groups":
        """The communities, and who belongs to them."""
        from netcrm.store.groups import Groups

        return Groups(self._connection, self._writer)

    @cached_property
    def settings(self) -> "Settings":
        """What the program itself remembers."""
        from netcrm.store.settings import Settings

        return Settings(self._connection, self._writer)

    @cached_property
    def history(self) -> "History":
        """The acts that can be taken back, and those that can be done again."""
        from netcrm.store.history import History

        return History(self._connection, self._writer)

    @cached_property
    def sparks(self) -> "Sparks":
        """What is worth passing on, and whom it would interest."""
        from netcrm.store.sparks import Sparks

        return Sparks(self._connection, self._writer, self.gives, self._file, lambda: self.synonyms)

    @cached_property
    def joy(self) -> "Joy":
        """The jar of light things."""
        from netcrm.store.joy import Joy

        return Joy(self._connection, self._writer, self.gives, self.sparks)

    @cached_property
    def introductions(self) -> "Introductions":
        """Who should meet whom."""
        from netcrm.store.introductions import Introductions

        return Introductions(self._connection, self._writer, self._file, lambda: self.synonyms)

    @cached_property
    def organisations(self) -> "Organisations":
        """Where people work and worked."""
        from netcrm.store.organisations import Organisations

        return Organisations(self._connection, self._writer, self._file)

    @cached_property
    def networks(self) -> "Networks":
        """Whom people have to do with."""
        from netcrm.store.network import Networks

        return Networks(self._connection)

    @cached_property
    def sharing(self) -> "Sharing":
        """What you share with people."""
        from netcrm.store.sharing import Sharing

        return Sharing(self._connection, self._file)

    @cached_property
    def briefs(self) -> "Briefs":
        """What is good to know before you meet someone."""
        from netcrm.store.brief import Briefs

        return Briefs(
            self._connection,
            self._file,
            lambda: self.synonyms,
            self.people,
            self.relations,
            self.timeline,
            self.gives,
            self.wants,
            self.introductions,
        )

    @cached_property
    def imports(self) -> "Imports":
        """What other programs say."""
        from netcrm.store.imports import Imports

        return Imports(self._connection, self._writer, self.people, self.filling)

    @cached_property
    def review(self) -> "Looking":
        """Looking back."""
        from netcrm.store.review import Looking

        return Looking(self._connection, self.timeline, self.people, self.groups)

    @cached_property
    def everything(self) -> "Everything":
        """What happened, with everybody."""
        from netcrm.store.everything import Everything

        return Everything(self._connection, self.timeline, self._file)

    @cached_property
    def synonyms(self) -> Synonyms:
        """The words that mean the same, netcrm's and the user's own from ``synonyms.txt``."""
        own = self.path.with_name("synonyms.txt")
        try:
            lines = own.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        return Synonyms([*default_lines(), *lines])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise explained(error, self.path) from error

    def seed(self, seed: "Seed") -> None:
        """Fill an empty file with a whole book, at once or not at all. It can't be taken back.

        Raises:
            StoreError: If the file has something in it already.
        """
        from netcrm.store.seeding import plant

        plant(self._connection, self._writer, seed)

    def _occasions_of(self, act: "Act", people: Collection[int], today: date) -> "Sequence[GiveDraft]":
        """What is suggested within an act by the occasions of those it was about."""
        return self.filling.occasions_of(act, people, today)

    def version(self) -> int:
        """A number that changes when another program has written to the file (``PRAGMA data_version``)."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self._writer.close()
