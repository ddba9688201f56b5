"""The one SQLite file: the only home of SQL and sqlite-utils.

A `Store` holds one shelf a subject; each reads like a list of what people do.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from netcrm.domain.preferences import Preferences
from netcrm.domain.seed import Seed
from netcrm.domain.synonyms import Synonyms, default_lines
from netcrm.store.connection import unlock
from netcrm.store.file import RECODING, File, explained, sqlite_errors
from netcrm.store.filling import Filling
from netcrm.store.gives import Gives
from netcrm.store.groups import Groups
from netcrm.store.history import History
from netcrm.store.locks import Presence, present
from netcrm.store.people import People
from netcrm.store.relations import Relations
from netcrm.store.rhythm import Rhythm
from netcrm.store.search import Search
from netcrm.store.settings import Settings
from netcrm.store.timeline import Timeline
from netcrm.store.wants import Wants
from netcrm.store.write import Writer

if TYPE_CHECKING:
    from netcrm.store.backups import Backup
    from netcrm.store.brief import Briefs
    from netcrm.store.cipher import Keys
    from netcrm.store.duplicates import Duplicates
    from netcrm.store.everything import Everything
    from netcrm.store.imports import Imports
    from netcrm.store.introductions import Introductions
    from netcrm.store.joy import Joy
    from netcrm.store.network import Networks
    from netcrm.store.organisations import Organisations
    from netcrm.store.review import Looking
    from netcrm.store.sharing import Sharing
    from netcrm.store.sparks import Sparks

__all__ = ["Store"]

_USUAL = Preferences()


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
        self._file = File.at(path)
        self._presence: Presence | None = None
        try:
            self._settle()
            self._file, connection = unlock(self._file, key, clock, self._enter)
        except BaseException:
            self._leave()
            raise
        file = self._file
        writer = self._writer = Writer(connection, file, clock)
        self._connection = connection
        self.gives = Gives(connection, writer, preferences)
        self.filling = Filling(connection, writer, self.gives, preferences, lambda: self.synonyms)
        self.people = People(connection, writer, self.filling.occasions_of)
        self.relations = Relations(connection, writer)
        self.rhythm = Rhythm(connection, writer)
        self.timeline = Timeline(connection, writer, self.gives, self.filling.occasions_of)
        self.wants = Wants(connection, writer)
        self.groups = Groups(connection, writer)
        self.search = Search(connection)
        self.settings = Settings(connection, writer)
        self.history = History(connection, writer)

    # Shelves that are not wanted at every start: each is imported when it is asked for.

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
        if isinstance(error, sqlite_errors()):
            raise explained(error, self.path) from error

    def seed(self, seed: Seed) -> None:
        """Fill an empty file with a whole book, at once or not at all. It can't be taken back.

        Raises:
            StoreError: If the file has something in it already.
        """
        from netcrm.store.seeding import plant

        plant(self._connection, self._writer, seed)

    def version(self) -> int:
        """A number that changes when another program has written to the file (``PRAGMA data_version``)."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

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
        from netcrm.store import backups

        return self._connection.total_changes > 0 and not backups.has_of_today(self._file, self._clock())

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
        """Close the file."""
        self._writer.close()
        self._leave()

    @property
    def is_encrypted(self) -> bool:
        """Whether the file opens only with a key."""
        return self._file.key is not None

    def _enter(self) -> None:
        self._presence = present(self._file.path)
        if self._settle():
            self._presence = present(self._file.path)

    def _settle(self) -> bool:
        """Bring to its end what was stopped while the file got another key; return whether there was any."""
        if not self._file.beside(RECODING).exists():
            return False
        from netcrm.store.recoding import settle

        self._leave()
        self.said = settle(self._file)
        return True

    def _leave(self) -> None:
        if self._presence is not None:
            self._presence.close()
