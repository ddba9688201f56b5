"""The sparks shelf: keep what is worth passing on, edit it, read it."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from netcrm.domain.changes import Change
from netcrm.domain.gives import Give, GiveDraft
from netcrm.domain.matching import Match
from netcrm.domain.matching_groups import GROUPS_MOST, GroupMatch
from netcrm.domain.sparks import GIVE_KINDS, Spark, SparkDraft, due_of
from netcrm.domain.synonyms import Synonyms
from netcrm.domain.text import shortened
from netcrm.store import rows
from netcrm.store.connection import aside
from netcrm.store.errors import StoreError
from netcrm.store.file import File
from netcrm.store.gives import OF_SPARK, Gives, called_of
from netcrm.store.matching import PEOPLE_MOST, Ranking
from netcrm.store.write import Row, Writer


class Sparks:
    """What is worth passing on."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        writer: Writer,
        gives: Gives,
        file: File,
        synonyms: Callable[[], Synonyms],
    ) -> None:
        self._connection = connection
        self._writer = writer
        self._file = file
        self._gives = gives
        self._ranking = Ranking(connection, synonyms)

    # Reading

    def all(self) -> Sequence[Spark]:
        """All sparks, the newest first, but for those that were put away."""
        found = self._connection.execute(
            f"SELECT {rows.SPARK_COLUMNS} FROM sparks WHERE archived = 0 ORDER BY created DESC, id DESC"
        )
        return [rows.spark(row) for row in found]

    def get(self, spark_id: int) -> Spark | None:
        """One spark; None when there is no such one."""
        row = self._connection.execute(
            f"SELECT {rows.SPARK_COLUMNS} FROM sparks WHERE id = ?", (spark_id,)
        ).fetchone()
        return rows.spark(row) if row else None

    def same(self, draft: SparkDraft) -> Spark | None:
        """The spark that was kept of the very same words before, if there is one."""
        row = self._connection.execute(
            f"SELECT {rows.SPARK_COLUMNS} FROM sparks WHERE title = ? AND kind = ? AND link = ? AND text = ?"
            " ORDER BY archived, id DESC LIMIT 1",
            (draft.title, draft.kind, draft.link, draft.text),
        ).fetchone()
        return rows.spark(row) if row else None

    def given_to(self, spark_id: int, link: str = "") -> Sequence[Give]:
        """The gives that came of a spark, whatever became of them, in the order in which they were queued.

        Args:
            spark_id: Which; 0 for one that is not kept yet.
            link: Gives with this link count as well.
        """
        found = self._connection.execute(
            f"SELECT {rows.GIVE_COLUMNS} FROM {rows.GIVES} WHERE {OF_SPARK} ORDER BY gives.id",
            (spark_id, link),
        )
        return [rows.give(row) for row in found]

    def got(self) -> Mapping[int, int]:
        """How many people each spark went to, or is about to go to, by its id; none is not in it."""
        found = self._connection.execute(
            "SELECT spark_id, count(DISTINCT person_id) FROM gives"
            " WHERE spark_id IS NOT NULL AND person_id IS NOT NULL AND state != 'dropped' GROUP BY spark_id"
        )
        return dict(found.fetchall())

    def rank(
        self, spark: SparkDraft | Spark, today: date, *, spark_id: int = 0, limit: int = PEOPLE_MOST
    ) -> Sequence[Match]:
        """The people whom a spark would interest, best first; nobody to whom it, or its link, went before.

        Args:
            spark: What it is, kept or only just typed.
            today: The day by which what was said is recent or old.
            spark_id: Which one it is, once it is kept.
            limit: The most people to return.
        """
        return self._ranking.rank(spark, today, spark_id=spark_id, limit=limit)

    def rank_groups(
        self, spark: SparkDraft | Spark, today: date, *, spark_id: int = 0, limit: int = GROUPS_MOST
    ) -> Sequence[GroupMatch]:
        """The groups in which a spark would be welcome, best first; none to which it, or its link, went.

        Args:
            spark: What it is, kept or only just typed.
            today: The day by which what was said is recent or old.
            spark_id: Which one it is, once it is kept.
            limit: The most groups to return.
        """
        return self._ranking.groups(spark, today, spark_id=spark_id, limit=limit)

    @contextmanager
    def aside(self) -> Iterator[Ranking]:
        """What ranks people in another thread, on a connection of its own that can't write.

        Yields:
            The ranking; it remembers how rare words are together with this shelf's.

        Raises:
            StoreError: If the file could not be read.
        """
        with aside(self._file) as connection:
            yield self._ranking.on(connection)

    # Writing

    def keep(self, draft: SparkDraft) -> Change:
        """Keep a spark."""
        with self._writer.act(f"kept “{draft.title}”") as act:
            act.insert("sparks", columns_of(draft))
        return act.change

    def edit(self, spark_id: int, draft: SparkDraft) -> Change:
        """Make a spark what is said now."""
        with self._writer.act(f"edited “{draft.title}”") as act:
            act.update("sparks", spark_id, columns_of(draft))
        return act.change

    def remove(self, spark_id: int) -> Change:
        """Keep a spark no longer.

        Raises:
            StoreError: If it went to somebody: it stays, so that nobody is told of it twice.
        """
        with self._writer.act() as act:
            found = self.get(spark_id)
            if found is None:
                raise StoreError("That spark is no longer there. Nothing was changed.")
            if self.given_to(spark_id):
                raise StoreError("It went to somebody, so it stays: nobody is told of it twice.")
            act.label = f"let go of “{found.title}”"
            act.delete("sparks", spark_id)
        return act.change

    def pass_on(
        self, draft: SparkDraft, gives: Sequence[GiveDraft], today: date, *, spark_id: int = 0
    ) -> Change:
        """Queue a give for each of those a spark is passed on to, in one act; a new one is kept with them.

        Taken back, the spark is as it was before: one that was kept first, in an act of its own, stays.

        Args:
            draft: The spark as it is now.
            gives: What to do for each person; kind, link and source come from the spark, and so does the
                day by which, where it has a last one that lies ahead.
            today: The day whose week has to have room, as for `Gives.add`.
            spark_id: Which spark it is, if it was kept before.
        """
        with self._writer.act() as act:
            if spark_id:
                act.update("sparks", spark_id, {**columns_of(draft), "archived": 0})
            else:
                spark_id = act.insert("sparks", columns_of(draft))
            later = 0
            for give in gives:
                whole = replace(
                    give,
                    kind=GIVE_KINDS[draft.kind],
                    link=draft.link,
                    due=give.due or due_of(draft, today),
                    source="spark",
                    spark_id=spark_id,
                )
                later += bool(self._gives.let_in(act, whole, today)[1])
            names = called_of(self._connection, gives)
            if len(gives) > _NAMED_MOST:
                names = str(len(gives))
            title = f"“{shortened(draft.title, _TITLE_MOST)}”"
            act.label = f"queued for {names}: {title}" if gives else f"kept {title}"
            if later:
                act.label += " · under Later" if len(gives) == 1 else f" · {later} of them under Later"
        return act.change


def columns_of(draft: SparkDraft | Spark) -> Row:
    """A spark's own columns."""
    return {
        "kind": draft.kind,
        "title": draft.title,
        "link": draft.link,
        "text": draft.text,
        "until": draft.until.isoformat() if draft.until else None,
        "tags": json.dumps(draft.tags, ensure_ascii=False),
    }


_NAMED_MOST = 2
"""How many people a notice names; more by number."""

_TITLE_MOST = 40
"""Characters of a title in a notice."""
