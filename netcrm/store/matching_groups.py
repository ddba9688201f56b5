"""Ranking groups for a spark: there are only a few, so that each of them is weighed."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date

from netcrm.domain.groups import Group
from netcrm.domain.matching import Rarity, Sought, sought
from netcrm.domain.matching_groups import GROUPS_MOST, GroupMatch, match_group, ranked_groups
from netcrm.domain.sparks import Spark, SparkDraft
from netcrm.domain.synonyms import Synonyms
from netcrm.store import rows
from netcrm.store.gives import OF_SPARK


class GroupRanking:
    """Ranks groups on one connection; the groups are read when it is made.

    Args:
        connection: An open connection; it is only read.
        synonyms: Gives the words that mean the same, once they are needed.
        rarity: Gives how rare a stem is in the book, once that is needed.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        synonyms: Callable[[], Synonyms],
        rarity: Callable[[], Rarity],
    ) -> None:
        self._connection = connection
        self._synonyms = synonyms
        self._rarity = rarity
        self._groups: Sequence[Group] = [rows.group(row, ()) for row in connection.execute(_GROUPS)]
        self._cares: dict[int, dict[str, int]] = {}
        if self._groups:
            for group_id, tag, count in connection.execute(_CARES):
                self._cares.setdefault(group_id, {})[tag] = count

    def rank(
        self, spark: SparkDraft | Spark, today: date, *, spark_id: int = 0, limit: int = GROUPS_MOST
    ) -> Sequence[GroupMatch]:
        """The groups in which a spark would be welcome, best first; none to which it went before.

        Args:
            spark: What it is, kept or only just typed.
            today: The day by which what was said is recent or old.
            spark_id: Which one it is, once it is kept.
            limit: The most groups to return.
        """
        if not self._groups:
            return ()
        had = {
            group_id
            for (group_id,) in self._connection.execute(
                f"SELECT group_id FROM gives WHERE ({OF_SPARK}) AND group_id IS NOT NULL",
                (spark_id, spark.link),
            )
        }
        about, rare = sought(spark, self._synonyms()), self._rarity()
        found = [self._match(about, group, rare, today) for group in self._groups if group.id not in had]
        return ranked_groups(found, limit)

    def fits(self, spark: Spark, group_id: int, today: date) -> bool:
        """Whether a spark would be welcome in one group, to which it has not gone yet."""
        return any(match.group.id == group_id for match in self.rank(spark, today, spark_id=spark.id))

    def _match(self, about: Sought, group: Group, rare: Rarity, today: date) -> GroupMatch | None:
        return match_group(about, group, self._cares.get(group.id, {}), rare, today)


_GROUPS = f"SELECT {rows.GROUP_COLUMNS} FROM groups WHERE archived = 0 ORDER BY id"

_CARES = """SELECT group_id, tags.name, count(*) FROM group_members JOIN groups ON groups.id = group_id
    CROSS JOIN person_tags USING (person_id) CROSS JOIN tags ON tags.id = tag_id
    WHERE groups.archived = 0 GROUP BY group_id, tag_id"""
