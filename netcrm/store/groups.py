"""The groups shelf: found a group, edit it and its members, put it away; read one or all."""

import json
import sqlite3
from collections.abc import Sequence

from netcrm.domain.changes import Change
from netcrm.domain.groups import Group, GroupDraft
from netcrm.domain.people import Named
from netcrm.store import rows
from netcrm.store.hellos import let_drop_ins_go
from netcrm.store.write import Act, Row, Writer


class Groups:
    """The communities, and who belongs to them."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    # Reading

    def all(self, *, archived: bool = False) -> Sequence[Group]:
        """All groups by name."""
        return self._read("WHERE archived = ? ORDER BY folded(name), id", int(archived))

    def get(self, group_id: int) -> Group | None:
        """One group; None when there is no such one."""
        found = self._read("WHERE groups.id = ?", group_id)
        return found[0] if found else None

    # Writing

    def found(self, draft: GroupDraft) -> Change:
        """Found a group, members and all."""
        with self._writer.act(f"founded {draft.name}") as act:
            insert_group(act, draft)
        return act.change

    def edit(self, group_id: int, draft: GroupDraft) -> Change:
        """Make a group and its members what is said now."""
        with self._writer.act(f"edited {draft.name}") as act:
            act.update("groups", group_id, columns_of(draft))
            there = dict(
                self._connection.execute(
                    "SELECT person_id, id FROM group_members WHERE group_id = ?", (group_id,)
                )
            )
            for person_id in there.keys() - set(draft.members):
                act.delete("group_members", there[person_id])
            for person_id in dict.fromkeys(draft.members):
                if person_id not in there:
                    act.insert("group_members", {"group_id": group_id, "person_id": person_id})
            let_drop_ins_go(act, self._connection, group_id)
        return act.change

    def archive(self, group_id: int, *, archived: bool = True) -> Change:
        """Put a group away, or bring it back. Nothing of it is lost."""
        with self._writer.act() as act:
            found = self.get(group_id)
            act.update("groups", group_id, {"archived": int(archived)})
            act.label = f"{'archived' if archived else 'brought back'} {found.name if found else ''}"
        return act.change

    def _read(self, which: str, value: int) -> Sequence[Group]:
        found = self._connection.execute(
            f"SELECT {rows.GROUP_COLUMNS} FROM groups {which}", (value,)
        ).fetchall()
        return [rows.group(row, self._members(row[0])) for row in found]

    def _members(self, group_id: int) -> Sequence[Named]:
        found = self._connection.execute(
            "SELECT person_id, name FROM group_members JOIN people ON people.id = person_id"
            " WHERE group_id = ? ORDER BY group_members.id",
            (group_id,),
        )
        return [Named(*row) for row in found]


def insert_group(act: Act, draft: GroupDraft) -> int:
    """Write a new group with its members; return its id."""
    group_id = act.insert("groups", columns_of(draft))
    for person_id in dict.fromkeys(draft.members):
        act.insert("group_members", {"group_id": group_id, "person_id": person_id})
    return group_id


def columns_of(draft: GroupDraft) -> Row:
    """A group's own columns."""
    return {
        "name": draft.name,
        "kind": draft.kind,
        "link": draft.link,
        "cadence": draft.cadence,
        "note": draft.note,
        "topics": json.dumps(draft.topics, ensure_ascii=False),
        "next_on": draft.next_on.isoformat() if draft.next_on else None,
    }
