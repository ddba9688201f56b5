"""The one SQLite file: the only home of SQL and sqlite-utils.

A `Store` holds one shelf a subject; each reads like a list of what people do.
"""

import contextlib
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from netcrm.domain.preferences import Preferences
from netcrm.files import content
from netcrm.store.connection import is_forgetting, let_go, unlock
from netcrm.store.errors import Unsettled
from netcrm.store.file import File, explained, sqlite_errors
from netcrm.store.gives import Gives
from netcrm.store.history import History
from netcrm.store.people import People
from netcrm.store.search import Search
from netcrm.store.standing import Standing
from netcrm.store.timeline import Timeline
from netcrm.store.write import Writer

if TYPE_CHECKING:
    import sqlite3

    from netcrm.domain.gives import GiveDraft
    from netcrm.domain.seed import Seed
    from netcrm.domain.synonyms import Synonyms
    from netcrm.store.backups import Backup
    from netcrm.store.brief import Briefs
    from netcrm.store.cipher import Keys
    from netcrm.store.duplicates import Duplicates
    from netcrm.store.everything import Everything
    from netcrm.store.filling import Filling
    from netcrm.store.forgetting import Reach
    from netcrm.store.groups import Groups
    from netcrm.store.imports import Imports
    from netcrm.store.introductions import Introductions
    from netcrm.store.joy import Joy
    from netcrm.store.network import Networks
    from netcrm.store.organisations import Organisations
    from netcrm.store.past import Past
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

_SYNONYMS_MOST = 2_000_000
"""Bytes of the user's own synonyms; those that come with netcrm have a hundred thousand."""


class Store:
    """An open netcrm file.

    Args:
        path: The file; made, with its folder, where it is missing.
        clock: Tells the time, with its zone, at which records are stamped.
        preferences: How the user wants to give.
        key: Gives the passphrases to try, where the file is encrypted; it is asked only then.

    Attributes:
        said: What had to be put in order before it could be opened, in a sentence; mostly nothing.

    Raises:
        StoreError: If the file can't be opened, or, at the end of a ``with``, could not be read. Its text
            says what to do.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        preferences: Preferences = _USUAL,
        key: "Keys | None" = None,
    ) -> None:
        self.path = path
        self.preferences = preferences
        self._clock = clock
        self.said = ""
        self._key = key
        self._file = File.at(path)
        self._open()

    def _open(self) -> None:
        """Open the file, and make the shelves that every start needs; on an error nothing has changed."""
        file, connection, standing = self._unlocked()
        self._file, preferences = file, self.preferences
        writer = self._writer = Writer(connection, file, self._clock, standing)
        self._connection = connection
        self._standing = standing
        self.gives = Gives(connection, writer, preferences)
        self.people = People(connection, writer, self._occasions_of)
        self.timeline = Timeline(connection, writer, self.gives, self._occasions_of)
        self.search = Search(connection, file)
        self.history = History(connection, writer)

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
    def duplicates(self) -> "Duplicates":
        """Who may be in the book twice."""
        from netcrm.store.duplicates import Duplicates

        return Duplicates(self._connection, self._writer, self.people, self._file)

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
    def past(self) -> "Past":
        """What each act of the history wrote."""
        from netcrm.store.past import Past

        return Past(self._connection)

    @cached_property
    def everything(self) -> "Everything":
        """What happened, with everybody."""
        from netcrm.store.everything import Everything

        return Everything(self._connection, self.timeline, self._file)

    @cached_property
    def synonyms(self) -> "Synonyms":
        """The words that mean the same, netcrm's and the user's own from ``synonyms.txt``."""
        from netcrm.domain.synonyms import Synonyms, default_lines

        own = self.path.with_name("synonyms.txt")
        try:
            lines = content(own, _SYNONYMS_MOST).decode(errors="replace").splitlines()
        except OSError:  # it is missing, no ordinary file, or far too large for one
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
        if isinstance(error, sqlite_errors()):
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

    @property
    def replaced(self) -> bool:
        """Whether another file, or none, stands where this one was opened; then nothing is written to it."""
        return self._standing.replaced

    def stand(self) -> None:
        """Refuse, as every act does, where another file, or none, stands where this one was opened.

        Raises:
            Replaced: If so, in a sentence.
        """
        self._standing.check()

    @property
    def log_aside(self) -> Path | None:
        """Where the log was put of a file that stood here before this one, and had not been closed."""
        return self._standing.aside

    def reopen(self) -> Path | None:
        """Open what stands here by now, in the place of what was opened; what was asked before is not valid.

        Returns:
            Where what was open before is kept; None where it could not be.

        Raises:
            StoreError: If nothing stands here, or it can't be opened. Then what was opened before stays open.
        """
        if not self._file.path.exists():
            self._standing.check()
        connection, writer, standing = self._connection, self._writer, self._standing
        self._open()
        for name in [name for name in vars(self) if isinstance(getattr(Store, name, None), cached_property)]:
            delattr(self, name)
        kept = standing.keep(connection)
        if kept is not None:
            self._standing.forget_log()
        writer.close()
        standing.leave()
        return kept

    def let_go(self) -> None:
        """End what threads are reading aside: whoever leaves does not wait for it."""
        let_go(self._file)

    def back_up(self, why: str, stop: Callable[[], bool] = lambda: False) -> "Backup":
        """Keep a copy of the book; from any thread.

        Args:
            why: Before what, or ``asked``.
            stop: Asked again and again; true gives up.

        Raises:
            StoreError: None could be kept. Nothing was changed.
        """
        from netcrm.store import backups

        with backups.reading(self._file) as connection:
            return backups.make(connection, self._file, why, self._clock(), stop=stop)

    def is_empty(self) -> bool:
        """Whether nothing was ever written into it."""
        from netcrm.store import backups

        return backups.is_empty(self._connection)

    def copy_to(self, path: Path) -> int:
        """Write a copy of the book into a file that is not there yet; return how many people are in it.

        Raises:
            StoreError: Something is there already, or it could not be written. Nothing was changed.
        """
        from netcrm.store import backups

        with backups.reading(self._file) as connection:
            return backups.copy_out(connection, self._file, path).people

    def wants_daily(self) -> bool:
        """Whether something was written here, and today has no backup yet; that costs microseconds."""
        if not self._connection.total_changes:
            return False
        from netcrm.store import backups  # here, since as a rule nothing was written

        return not backups.has_of_today(self._file, self._clock())

    def back_up_daily(self, stop: Callable[[], bool] = lambda: False) -> "Backup | None":
        """Keep the day's copy of the book, if it has none and something has changed; from any thread.

        Args:
            stop: Asked again and again; true gives up.

        Raises:
            StoreError: One was needed, and could not be kept.
        """
        from netcrm.store import backups

        return backups.daily(self._file, self._clock(), stop=stop)

    def close(self) -> None:
        """Close the file; what is no longer to be found where it was opened is kept among the backups."""
        if self._standing.replaced:
            self._standing.keep(self._connection)
        self._writer.close()
        self._standing.leave()

    @property
    def file(self) -> File:
        """The file itself, with its key where it has one: for what is done with it as a whole."""
        return self._file

    @property
    def is_forgetting(self) -> bool:
        """Whether somebody was begun to be forgotten, and could not be whole yet."""
        return is_forgetting(self._connection)

    def reach_of(self, person_id: int, *, in_backups: bool = False) -> "Reach":
        """What there is of someone who is to be forgotten (`netcrm.store.forgetting`).

        Args:
            person_id: Who.
            in_backups: Look for backups that can't be cleaned, too: all of them are read.

        Raises:
            StoreError: If they are not there.
        """
        from netcrm.store.forgetting import reach

        return reach(self._connection, self._file, person_id, in_backups=in_backups)

    @property
    def is_encrypted(self) -> bool:
        """Whether the file opens only with a key."""
        return self._file.key is not None

    def _unlocked(self) -> "tuple[File, sqlite3.Connection, Standing]":
        """Open the file; what was stopped while it got another key is brought to its end before."""
        while True:
            if self._file.is_unsettled:
                from netcrm.store.recoding import settle

                self.said = settle(self._file)
            with contextlib.suppress(Unsettled):  # somebody began with it while one waited to enter
                opened = unlock(self._file, self._key, self._clock)
                return self._finish_forgetting(*opened) if is_forgetting(opened[1]) else opened

    def _finish_forgetting(
        self, file: File, connection: "sqlite3.Connection", standing: Standing
    ) -> "tuple[File, sqlite3.Connection, Standing]":
        """Bring to its end what `netcrm forget` had begun, for which the file is closed and opened again."""
        from netcrm.store.forgetting import finish

        connection.close()
        standing.leave()
        self.said = " ".join(filter(None, (self.said, finish(file, self._clock))))
        return unlock(file, self._key, self._clock)
