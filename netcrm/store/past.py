"""What was done: what each act of the history wrote, in words."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from netcrm.domain.turned import Row, RowChange, Shown, Turned, described
from netcrm.store.write import read_images

_NAMES = {
    "people": "SELECT name FROM people WHERE id = ?",
    "groups": "SELECT name FROM groups WHERE id = ?",
    "tags": "SELECT '#' || name FROM tags WHERE id = ?",
    "sparks": "SELECT title FROM sparks WHERE id = ?",
    "interactions": "SELECT coalesce(nullif(text, ''), kind) FROM interactions WHERE id = ?",
    "introductions": """SELECT one.name || ' and ' || other.name FROM introductions
        JOIN people AS one ON one.id = one_id JOIN people AS other ON other.id = other_id
        WHERE introductions.id = ?""",
}
"""What a record is called, by the table it lies in."""

_NAMED_BY = {"people": "name", "groups": "name", "tags": "name", "sparks": "title", "interactions": "text"}

_MERGED = ("person", "tag", "tag of", "tag of the entry", "who took part", "member")
"""What is told together, where one comes after the other with nothing but its name."""

_GONE = "(no longer there)"

ROWS_MOST = 200
"""Records of an act that are told: an import has thousands, and nobody reads so far."""


class Past:
    """What acts wrote."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def shown(self, act_id: int, most: int = ROWS_MOST) -> Shown:
        """What an act changed, in words; of one that was taken back, what it would change.

        Args:
            act_id: The act.
            most: How many records to tell.
        """
        entries = self._connection.execute(
            "SELECT change, tbl, first_id, last_id, before, after FROM act_rows WHERE act_id = ? ORDER BY id",
            (act_id,),
        ).fetchall()
        turned: list[Turned] = []
        total = 0
        for change, table, first, last, before, after in entries:
            total += last - first + 1
            room = most - len(turned)
            if room > 0:
                last = min(last, first + room - 1)
                turned += self._read(change, table, first, last, before, after)
        own = {(one.table, _id_of(one)): {**one.before, **one.after} for one in turned}
        names: dict[tuple[str, int], str] = {}

        def called(table: str, row_id: int) -> str:
            if (table, row_id) not in names:
                names[table, row_id] = self._name(table, row_id) or _own_name(table, own.get((table, row_id)))
            return names[table, row_id]

        told = [row for one in turned if (row := described(one, called)) is not None]
        return Shown(_together(told), max(0, total - len(turned)))

    def _read(
        self, change: str, table: str, first: int, last: int, before: str | None, after: str | None
    ) -> Iterator[Turned]:
        """The records of an entry of an act."""
        if change == "update":
            then, now = json.loads(before or "{}"), json.loads(after or "{}")
            # What does not change says which record it is.
            known = next(iter(read_images(self._connection, table, first, first)), {"id": first})
            kept = {name: value for name, value in known.items() if name not in now}
            yield Turned(table, {**kept, **then}, now)
        elif change == "delete":
            yield Turned(table, json.loads(before or "{}"), {})
        elif after:  # an insert that was taken back keeps what it had put there
            for image in json.loads(after)[: last - first + 1]:
                yield Turned(table, {}, image)
        else:
            for row in read_images(self._connection, table, first, last):
                yield Turned(table, {}, row)

    def _name(self, table: str, row_id: int) -> str:
        sql = _NAMES.get(table)
        found = self._connection.execute(sql, (row_id,)).fetchone() if sql else None
        return found[0] if found else ""


def _id_of(one: Turned) -> object:
    return one.before.get("id", one.after.get("id"))


def _own_name(table: str, image: Row | None) -> str:
    """What a record is called that only the act itself knows."""
    name = image.get(_NAMED_BY.get(table, "")) if image else None
    return f"{'#' * (table == 'tags')}{name}" if name else _GONE


def _together(rows: Sequence[RowChange]) -> Sequence[RowChange]:
    """Records of one kind that differ in nothing but their name, as one: ``who took part: Ana, Hank``."""
    out: list[RowChange] = []
    for row in rows:
        last = out[-1] if out else None
        bare = last is not None and not row.fields and not last.fields and row.what in _MERGED
        if last and bare and (row.how, row.what) == (last.how, last.what):
            out[-1] = RowChange(row.how, row.what, f"{last.name}, {row.name}", ())
        else:
            out.append(row)
    return out
