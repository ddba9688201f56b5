"""The sharing shelf: who cares about the same rare thing as you, and is in no group with you."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from netcrm.domain.introducing import rare_most
from netcrm.domain.people import Named
from netcrm.domain.sharing import (
    GROUP,
    LEARNED,
    NOTED,
    TAUGHT,
    BothCare,
    Care,
    cared_about,
    rare_first,
    shared,
)
from netcrm.store.connection import aside
from netcrm.store.file import File

BOTH_CARE_MOST = 8
"""People who are named at a time."""


class Sharing:
    """What you share with people.

    Args:
        connection: An open connection; it is only read.
        file: The file, with its links followed.
    """

    def __init__(self, connection: sqlite3.Connection, file: File) -> None:
        self._connection = connection
        self._file = file

    @contextmanager
    def aside(self) -> Iterator["Sharing"]:
        """The same in another thread, on a connection of its own that can't write.

        Yields:
            A shelf to read from.

        Raises:
            StoreError: If the file could not be read.
        """
        with aside(self._file) as connection:
            yield Sharing(connection, self._file)

    def cares(self) -> Sequence[Care]:
        """What you care about: what your groups talk of, and the tags of what you learned, taught and noted.

        A note is your own when it is about nobody. What was put away counts no more.
        """
        return [*self._topics(), *self._tags()]

    def both_care(self, limit: int = BOTH_CARE_MOST) -> Sequence[BothCare]:
        """People who bear a rare tag that you care about, and are in no group with you; the rarest first.

        Rare is what is borne by few enough people that they would gladly hear of one another
        (`netcrm.domain.introducing.rare_most`). Nobody who was put away or is never to be suggested.
        """
        cares = cared_about(self.cares())
        if not cares:
            return ()
        (people,) = self._connection.execute(
            "SELECT count(*) FROM person_facts WHERE archived = 0"
        ).fetchone()
        found: list[tuple[Named, str, int, Care]] = []
        known: dict[str, Care | None] = {}
        for tag, bearing, person_id, name in self._connection.execute(_BEARING, (rare_most(people),)):
            if tag not in known:
                known[tag] = shared(tag, cares)
            care = known[tag]
            if care is not None:
                found.append((Named(person_id, name), tag, bearing, care))
        return rare_first(found, people)[:limit]

    def _topics(self) -> Iterator[Care]:
        for name, topic in self._connection.execute(_TOPICS):
            yield Care(topic, GROUP, name)

    def _tags(self) -> Iterator[Care]:
        for kind, tag, times in self._connection.execute(_TAGS):
            yield Care(tag, {"learned": LEARNED, "taught": TAUGHT}.get(kind, NOTED), times=times)


_TOPICS = """SELECT groups.name, value FROM groups, json_each(groups.topics)
    WHERE archived = 0 ORDER BY groups.id, json_each.key"""

_TAGS = """SELECT interactions.kind, tags.name, count(*) FROM interactions
    CROSS JOIN interaction_tags ON interaction_id = interactions.id JOIN tags ON tags.id = tag_id
    WHERE interactions.kind IN ('learned', 'taught') OR (interactions.kind = 'note' AND NOT EXISTS
        (SELECT 1 FROM interaction_people AS ip WHERE ip.interaction_id = interactions.id))
    GROUP BY tags.id, interactions.kind ORDER BY count(*) DESC, tags.id"""

_BEARING = """SELECT tags.name, bearing, people.id, people.name FROM
    (SELECT tag_id, count(*) AS bearing FROM person_tags JOIN person_facts USING (person_id)
        WHERE archived = 0 GROUP BY tag_id HAVING count(*) <= ?) AS rare
    CROSS JOIN tags ON tags.id = rare.tag_id
    CROSS JOIN person_tags ON person_tags.tag_id = rare.tag_id
    CROSS JOIN people ON people.id = person_tags.person_id
    CROSS JOIN person_facts ON person_facts.person_id = people.id
    WHERE people.archived = 0 AND person_facts.cadence IS NOT 0
    AND NOT EXISTS (SELECT 1 FROM group_members JOIN groups ON groups.id = group_id
        WHERE group_members.person_id = people.id AND groups.archived = 0)"""
