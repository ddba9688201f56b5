"""The groups shelf: found a group, let people join and leave, carry on its questions, put it away.

What happens in a group is logged and read on the timeline's shelf (`netcrm.store.timeline`).
"""

import json
import sqlite3
from collections.abc import Container, Iterable, Sequence
from datetime import date

from netcrm.domain.changes import Change
from netcrm.domain.groups import MEETING_KINDS, Group, GroupDraft, Member, Question
from netcrm.domain.people import Named
from netcrm.domain.text import shortened
from netcrm.domain.timeline import Entry
from netcrm.store import rows
from netcrm.store.errors import StoreError
from netcrm.store.hellos import let_drop_ins_go
from netcrm.store.people import called
from netcrm.store.write import Act, Row, Writer, carried_over

_LABEL_MOST = 60
"""Characters of a question in the label of an act."""


class Groups:
    """The communities, and who belongs to them."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    # Reading

    def all(self, *, archived: bool = False) -> Sequence[Group]:
        """All groups by name."""
        return self._read("WHERE archived = ? ORDER BY folded(name), id", int(archived))

    def names(self, *, archived: bool = False) -> Sequence[Named]:
        """The groups by name, without anything else of them; also those put away, when asked to."""
        found = self._connection.execute(
            "SELECT id, name FROM groups WHERE archived <= ? ORDER BY folded(name), id", (int(archived),)
        )
        return [Named(*row) for row in found]

    def get(self, group_id: int) -> Group | None:
        """One group; None when there is no such one."""
        found = self._read("WHERE groups.id = ?", group_id)
        return found[0] if found else None

    def of_person(self, person_id: int) -> Sequence[Named]:
        """The groups that someone belongs to, by id and name, those put away left out."""
        found = self._connection.execute(
            "SELECT groups.id, groups.name FROM group_members JOIN groups ON groups.id = group_id"
            " WHERE person_id = ? AND archived = 0 ORDER BY folded(groups.name), groups.id",
            (person_id,),
        )
        return [Named(*row) for row in found]

    def members(self, group_id: int) -> Sequence[Member]:
        """Those who belong to a group, in the order in which they joined, each with what they care about."""
        found = self._connection.execute(
            f"SELECT {rows.LINE_COLUMNS} FROM (SELECT person_id AS member, id AS joined FROM group_members"
            " WHERE group_id = ?) JOIN people ON people.id = member"
            " JOIN person_facts ON person_facts.person_id = member ORDER BY joined",
            (group_id,),
        )
        people = [rows.line(row) for row in found]
        wants = self._texts("SELECT said.person_id, text FROM wants AS said", group_id)
        tags = self._texts(
            "SELECT said.person_id, tags.name FROM person_tags AS said JOIN tags ON tags.id = tag_id",
            group_id,
        )
        return [
            Member(person=line, wants=tuple(wants.get(line.id, ())), tags=tuple(tags.get(line.id, ())))
            for line in people
        ]

    def questions(self, group_id: int) -> Sequence[Question]:
        """The questions of a group: first the open ones, the oldest at the top, then those settled last."""
        found = self._connection.execute(
            f"SELECT {rows.QUESTION_COLUMNS} FROM group_questions WHERE group_id = ?"
            " ORDER BY settled_on IS NOT NULL, settled_on DESC, asked_on, id",
            (group_id,),
        )
        return [rows.question(row) for row in found]

    def has_question(self, question_id: int) -> bool:
        """Whether there is a question of this number, open or settled, in any group."""
        found = self._connection.execute("SELECT 1 FROM group_questions WHERE id = ?", (question_id,))
        return found.fetchone() is not None

    # Writing: the group

    def found(self, draft: GroupDraft) -> Change:
        """Found a group, members and all."""
        with self._writer.act(f"founded {draft.name}") as act:
            insert_group(act, draft)
        return act.change

    def edit(self, group_id: int, draft: GroupDraft, before: GroupDraft | None = None) -> Change:
        """Make a group and its members what is said now.

        Args:
            group_id: Which.
            draft: What is said now.
            before: What its form was opened with: fields that are still so stay as they are in the file.
        """
        with self._writer.act() as act:
            draft = carried_over(draft, before, self._there(group_id).draft)
            act.label = f"edited {draft.name}"
            act.update("groups", group_id, columns_of(draft))
            there = self._links(group_id)
            for person_id in there.keys() - set(draft.members):
                act.delete("group_members", there[person_id])
            self._join(act, group_id, draft.members, there)
            let_drop_ins_go(act, self._connection, group_id)
        return act.change

    def set_next(self, group_id: int, day: date | None) -> Change:
        """Say when a group meets next; None when nothing is agreed on."""
        with self._writer.act() as act:
            name = self._there(group_id).name
            act.update("groups", group_id, {"next_on": day.isoformat() if day else None})
            said = f"meets on {day:%a} {day.day} {day:%b}" if day else "has no day to meet on"
            act.label = f"{name} {said}"
        return act.change

    def archive(self, group_id: int, *, archived: bool = True) -> Change:
        """Put a group away, or bring it back. Nothing of it is lost."""
        with self._writer.act() as act:
            found = self.get(group_id)
            act.update("groups", group_id, {"archived": int(archived)})
            act.label = f"{'archived' if archived else 'brought back'} {found.name if found else ''}"
        return act.change

    # Writing: its members

    def add_members(self, group_id: int, people: Sequence[int]) -> Change:
        """Let people join a group; those who belong to it already stay as they are."""
        with self._writer.act() as act:
            name, there = self._there(group_id).name, self._links(group_id)
            joined = [person_id for person_id in dict.fromkeys(people) if person_id not in there]
            act.label = f"added {called(self._connection, joined)} to {name}" if joined else ""
            self._join(act, group_id, joined, there)
        return act.change

    def remove_member(self, group_id: int, person_id: int) -> Change:
        """Let someone leave a group; what they took part in stays."""
        with self._writer.act() as act:
            name, there = self._there(group_id).name, self._links(group_id)
            if person_id in there:
                act.label = f"took {called(self._connection, [person_id])} out of {name}"
                act.delete("group_members", there[person_id])
        return act.change

    # Writing: its questions

    def ask(self, group_id: int, text: str, today: date) -> Change:
        """Note a question that a group carries on.

        Raises:
            ValueError: If it says nothing.
        """
        with self._writer.act() as act:
            name = self._there(group_id).name
            act.label = f"noted a question in {name}"
            act.insert(
                "group_questions",
                {"group_id": group_id, "text": _said(text), "asked_on": today.isoformat()},
            )
        return act.change

    def reword(self, question_id: int, text: str) -> Change:
        """Say a question otherwise.

        Raises:
            ValueError: If it says nothing.
        """
        with self._writer.act(f"reworded “{shortened(text, _LABEL_MOST)}”") as act:
            act.update("group_questions", question_id, {"text": _said(text)})
        return act.change

    def settle(self, question_id: int, answer: str, today: date) -> Change:
        """Settle a question, with what came of it, which may be empty."""
        with self._writer.act() as act:
            act.label = f"settled “{self._question(question_id)}”"
            act.update(
                "group_questions",
                question_id,
                {"settled_on": today.isoformat(), "answer": " ".join(answer.split())},
            )
        return act.change

    def reopen(self, question_id: int) -> Change:
        """Carry a question on that was settled."""
        with self._writer.act() as act:
            act.label = f"opened “{self._question(question_id)}” again"
            act.update("group_questions", question_id, {"settled_on": None, "answer": ""})
        return act.change

    def remove_question(self, question_id: int) -> Change:
        """Take a question off the list."""
        with self._writer.act() as act:
            act.label = f"removed “{self._question(question_id)}”"
            act.delete("group_questions", question_id)
        return act.change

    # What is there

    def _there(self, group_id: int) -> Group:
        found = self.get(group_id)
        if found is None:
            raise StoreError("That group is no longer there. Nothing was changed.")
        return found

    def _question(self, question_id: int) -> str:
        """What a question says, for a label."""
        row = self._connection.execute(
            "SELECT text FROM group_questions WHERE id = ?", (question_id,)
        ).fetchone()
        if row is None:
            raise StoreError("That question is no longer there. Nothing was changed.")
        return shortened(row[0], _LABEL_MOST)

    def _links(self, group_id: int) -> dict[int, int]:
        """The records that make people members, by the person."""
        return dict(
            self._connection.execute(
                "SELECT person_id, id FROM group_members WHERE group_id = ?", (group_id,)
            ).fetchall()
        )

    def _join(self, act: Act, group_id: int, people: Iterable[int], there: Container[int]) -> None:
        for person_id in dict.fromkeys(people):
            if person_id not in there:
                act.insert("group_members", {"group_id": group_id, "person_id": person_id})

    def _texts(self, query: str, group_id: int) -> dict[int, list[str]]:
        """Texts by person, of those who belong to a group; ``said`` is the table in which they stand."""
        texts: dict[int, list[str]] = {}
        found = self._connection.execute(
            f"{query} JOIN group_members AS member ON member.person_id = said.person_id"
            " WHERE member.group_id = ? ORDER BY said.id",
            (group_id,),
        )
        for person_id, text in found:
            texts.setdefault(person_id, []).append(text)
        return texts

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


def have_met(act: Act, connection: sqlite3.Connection, entry: Entry) -> None:
    """Settle the day that a group had agreed on, once it has met on it or later.

    The next meeting is then open, and not moved on by the cadence: nobody has agreed on that day yet.
    """
    if entry.group_id is not None and entry.kind in MEETING_KINDS:
        row = connection.execute(
            "SELECT id FROM groups WHERE id = ? AND next_on <= ?", (entry.group_id, entry.day.isoformat())
        ).fetchone()
        if row is not None:
            act.update("groups", row[0], {"next_on": None})


def question_columns(question: Question) -> Row:
    """A question's own columns."""
    return {
        "group_id": question.group_id,
        "text": question.text,
        "asked_on": question.asked_on.isoformat(),
        "settled_on": question.settled_on.isoformat() if question.settled_on else None,
        "answer": question.answer,
    }


def _said(text: str) -> str:
    """A question in one line.

    Raises:
        ValueError: If it says nothing.
    """
    said = " ".join(text.split())
    if not said:
        raise ValueError("Say what the question is.")
    return said


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
