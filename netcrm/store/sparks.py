"""The sparks shelf: keep what is worth passing on, edit it, read it."""

import sqlite3
from collections.abc import Sequence

from netcrm.domain.changes import Change
from netcrm.domain.sparks import Spark, SparkDraft
from netcrm.store import rows
from netcrm.store.write import Row, Writer


class Sparks:
    """What is worth passing on."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    # Reading

    def all(self) -> Sequence[Spark]:
        """All sparks, the newest first."""
        found = self._connection.execute(
            f"SELECT {rows.SPARK_COLUMNS} FROM sparks ORDER BY created DESC, id DESC"
        )
        return [rows.spark(row) for row in found]

    def get(self, spark_id: int) -> Spark | None:
        """One spark; None when there is no such one."""
        row = self._connection.execute(
            f"SELECT {rows.SPARK_COLUMNS} FROM sparks WHERE id = ?", (spark_id,)
        ).fetchone()
        return rows.spark(row) if row else None

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


def columns_of(draft: SparkDraft | Spark) -> Row:
    """A spark's own columns."""
    return {
        "kind": draft.kind,
        "title": draft.title,
        "link": draft.link,
        "text": draft.text,
        "until": draft.until.isoformat() if draft.until else None,
    }
