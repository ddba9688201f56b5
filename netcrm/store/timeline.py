"""The timeline shelf: log what happened, read it page by page, newest first."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from netcrm.domain.changes import Change
from netcrm.domain.gives import GiveDraft
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named, Profile
from netcrm.domain.timeline import ANSWERS, MOST_ENJOYED, NOBODY, NOUNS, Entry, Interaction
from netcrm.domain.values import dataclass
from netcrm.domain.wants import WantDraft, say_wants
from netcrm.store import rows
from netcrm.store.entries import answer_columns, columns_of, insert_entry, take_part
from netcrm.store.errors import StoreError
from netcrm.store.gives import Gives, insert_give
from netcrm.store.groups import have_met
from netcrm.store.hellos import answer_congratulations, answer_hellos
from netcrm.store.people import Suggest, called, insert_person, occasion_columns, set_tags
from netcrm.store.wants import note_want
from netcrm.store.write import Act, Writer, carried_over

PAGE = 60
"""Entries read at a time: as many as a tall screen shows, few enough to come within a frame."""

_LESSONS_MOST = 100
"""What was learned and taught that stands above a group's timeline, at most."""


_NOT_GIVEN = {
    "state": "queued",
    "given_on": None,
    "interaction_id": None,
    "answered": 0,
    "snoozed_until": None,
    "landed": None,
    "landed_asked_on": None,
}
"""What a give becomes when the entry that giving it wrote is taken out."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of a timeline ends, so that the next begins after it."""

    day: date
    id: int


class Timeline:
    """What happened, and with whom."""

    def __init__(
        self, connection: sqlite3.Connection, writer: Writer, gives: Gives, suggest: Suggest
    ) -> None:
        self._connection = connection
        self._writer = writer
        self._gives = gives
        self._suggest = suggest

    # Reading

    def of(
        self,
        person_id: int,
        after: Cursor | None = None,
        limit: int = PAGE,
        *,
        oldest_first: bool = False,
    ) -> Sequence[Interaction]:
        """A page of a person's timeline, newest first.

        Args:
            person_id: Whose.
            after: Where the page before ended; None for the first.
            limit: The most entries.
            oldest_first: Whether to read from the oldest on, each page after the one before.
        """
        way, start, bounds = _page("ip.day, ip.interaction_id", after, oldest_first)
        found = self._connection.execute(
            f"SELECT {rows.INTERACTION_COLUMNS} FROM interaction_people AS ip"
            " CROSS JOIN interactions ON interactions.id = ip.interaction_id"
            f" WHERE ip.person_id = ? {start} ORDER BY ip.day {way}, ip.interaction_id {way} LIMIT ?",
            (person_id, *bounds, limit),
        ).fetchall()
        return self._whole(found)

    def of_group(
        self,
        group_id: int,
        after: Cursor | None = None,
        limit: int = PAGE,
        *,
        oldest_first: bool = False,
    ) -> Sequence[Interaction]:
        """A page of a group's timeline, newest first; the arguments are those of `of`."""
        way, start, bounds = _page("day, id", after, oldest_first)
        found = self._connection.execute(
            f"SELECT {rows.INTERACTION_COLUMNS} FROM interactions"
            f" WHERE group_id = ? {start} ORDER BY day {way}, id {way} LIMIT ?",
            (group_id, *bounds, limit),
        ).fetchall()
        return self._whole(found)

    def lessons(self, group_id: int, limit: int = _LESSONS_MOST) -> Sequence[Interaction]:
        """What one learned from a group and taught it, newest first."""
        found = self._connection.execute(
            f"SELECT {rows.INTERACTION_COLUMNS} FROM interactions"
            " WHERE group_id = ? AND kind IN ('learned', 'taught') ORDER BY day DESC, id DESC LIMIT ?",
            (group_id, limit),
        ).fetchall()
        return self._whole(found)

    def get(self, interaction_id: int) -> Interaction | None:
        """One interaction; None when there is no such one."""
        found = self._connection.execute(
            f"SELECT {rows.INTERACTION_COLUMNS} FROM interactions WHERE id = ?", (interaction_id,)
        ).fetchall()
        return self._whole(found)[0] if found else None

    def among(self, ids: Sequence[int]) -> Mapping[int, Interaction]:
        """Some interactions by their ids; those that are not there are left out."""
        found = self._connection.execute(
            f"SELECT {rows.INTERACTION_COLUMNS} FROM interactions WHERE id IN ({', '.join('?' * len(ids))})",
            tuple(ids),
        ).fetchall()
        return {entry.id: entry for entry in self._whole(found)}

    def of_kinds(self, person_id: int, kinds: Collection[str], limit: int) -> Sequence[Interaction]:
        """The newest interactions of some kinds with a person, newest first."""
        found = self._connection.execute(
            f"SELECT {rows.INTERACTION_COLUMNS} FROM interaction_people AS ip"
            " CROSS JOIN interactions ON interactions.id = ip.interaction_id"
            f" WHERE ip.person_id = ? AND ip.kind IN ({', '.join('?' * len(kinds))})"
            " ORDER BY ip.day DESC, ip.interaction_id DESC LIMIT ?",
            (person_id, *kinds, limit),
        ).fetchall()
        return self._whole(found)

    def counts(self, person_id: int) -> Mapping[str, int]:
        """How many interactions of each kind there are with a person; kinds without any are left out."""
        return dict(
            self._connection.execute(
                "SELECT kind, count(*) FROM interaction_people WHERE person_id = ? GROUP BY kind",
                (person_id,),
            ).fetchall()
        )

    def count(self) -> int:
        """How many interactions there are."""
        return int(self._connection.execute("SELECT count(*) FROM interactions").fetchone()[0])

    # Writing

    def log(
        self,
        entry: Entry | None = None,
        *,
        gives: Sequence[GiveDraft] = (),
        occasions: Sequence[tuple[int, Occasion]] = (),
        wants: Sequence[WantDraft] = (),
        newcomers: Mapping[int, str] | None = None,
        today: date | None = None,
    ) -> Change:
        """Write down everything that one log line says: what happened, was promised, is coming, is wanted.

        A meeting of a group on the day that was agreed on, or later, settles that day (`have_met`).

        Args:
            entry: What happened, if anything did.
            gives: What there is to give.
            occasions: Dates to remember, each with the id of the person.
            wants: What people want and offer; what is noted already is thereby known to be still true.
            newcomers: Names of people who are to be added on the way, by the negative id that stands for
                them in the other arguments.
            today: The day whose week has to have room for the gives, as for `Gives.add`, and on which the
                occasions may suggest something; None to let all in, and to leave suggestions for later.
        """
        with self._writer.act() as act:
            ids = {
                key: insert_person(act, self._connection, Profile(name=name))
                for key, name in (newcomers or {}).items()
            }
            said: list[str] = []
            if entry is not None:
                people = tuple(dict.fromkeys(ids.get(key, key) for key in entry.people))
                entry = replace(entry, people=people)
                interaction_id = insert_entry(act, self._connection, entry)
                answer_hellos(act, self._connection, interaction_id, entry, today or entry.day)
                answer_congratulations(act, self._connection, interaction_id, entry)
                have_met(act, self._connection, entry)
                said.append(f"logged {_whose(self._connection, entry)}")
            for give in gives:
                draft, why = give, ""
                if give.person_id is not None:
                    draft = replace(give, person_id=ids.get(give.person_id, give.person_id))
                if today is None:
                    insert_give(act, draft)
                else:
                    _, why = self._gives.let_in(act, draft, today)
                said.append(f"queued “{give.words}”{f' ({why})' if why else ''}")
            for key, occasion in occasions:
                self._add_occasion(act, ids.get(key, key), occasion)
                said.append(f"noted {occasion.words}")
            if occasions and today is not None:
                found = self._suggest(act, {ids.get(key, key) for key, _ in occasions}, today)
                said += [f"queued “{give.words}”" for give in found]
            wishes: dict[int, list[tuple[str, str]]] = {}
            for want in wants:
                noted = replace(want, person_id=ids.get(want.person_id, want.person_id))
                note_want(act, self._connection, noted)
                wishes.setdefault(noted.person_id, []).append((want.side, want.text))
            for person_id, pairs in wishes.items():
                said.append(f"noted that {called(self._connection, [person_id])} {say_wants(pairs)}")
            if not said and ids:
                said.append(f"added {called(self._connection, tuple(ids.values()))}")
            act.label = ", ".join(said)
        return act.change

    def edit(self, interaction_id: int, entry: Entry, before: Entry | None = None) -> Change:
        """Make an interaction what is said now.

        The give that wrote it, if one did, was given on the day that it has now. Once the person to whom it
        was given is no longer in it, the give waits again, as it does when the entry is removed.

        Args:
            interaction_id: Which.
            entry: What is said now.
            before: What its form was opened with: fields that are still so stay as they are in the file.

        Raises:
            ValueError: If nobody took part, it is no group's, and it is no note.
        """
        if not entry.stands_alone:
            raise ValueError(NOBODY)
        with self._writer.act() as act:
            found = self.get(interaction_id)
            if found is None:
                raise StoreError("That entry is no longer there. Nothing was changed.")
            entry = carried_over(entry, before, found.entry)
            people = tuple(dict.fromkeys(entry.people))
            act.update("interactions", interaction_id, columns_of(entry))
            links = self._connection.execute(
                "SELECT id, person_id FROM interaction_people WHERE interaction_id = ?", (interaction_id,)
            ).fetchall()
            for link, person_id in links:
                if person_id in people:
                    act.update("interaction_people", link, {"day": entry.day.isoformat(), "kind": entry.kind})
                else:
                    act.delete("interaction_people", link)
            there = {person_id for _, person_id in links}
            for person_id in people:
                if person_id not in there:
                    take_part(act, interaction_id, person_id, entry)
            set_tags(act, self._connection, "interaction", interaction_id, entry.tags)
            for give, introduction, person_id, group_id in self._given_by(interaction_id):
                both = self._pair(introduction) if introduction is not None else {person_id}
                if (group_id == entry.group_id) if group_id is not None else both <= set(people):
                    act.update("gives", give, {"given_on": entry.day.isoformat()})
                    if introduction is not None:
                        from netcrm.store.introductions import made_on

                        made_on(act, self._connection, introduction, found.day, entry.day)
                else:
                    self._take_back(act, give, introduction, entry.day)
            act.label = f"edited {_whose(self._connection, entry)}"
        return act.change

    def answer(self, interaction_id: int, answer: str, today: date) -> Change:
        """Say what became of an ask.

        Args:
            interaction_id: Which.
            answer: One of `netcrm.domain.timeline.ANSWERS`.
            today: The day of the answer.

        Raises:
            ValueError: If it is no answer, or nothing was asked.
        """
        if answer not in ANSWERS:
            raise ValueError(f"An ask is answered by {' or '.join(ANSWERS)}.")
        with self._writer.act() as act:
            found = self.get(interaction_id)
            if found is None:
                raise StoreError("That entry is no longer there. Nothing was changed.")
            if found.kind != "asked":
                raise ValueError("Only what you asked has an answer.")
            entry = replace(found.entry, answer=answer, answered_on=today)
            if answer != found.answer:
                act.update("interactions", interaction_id, answer_columns(entry))
            act.label = f"{called(self._connection, entry.people)} said {answer}"
        return act.change

    def enjoy(self, interaction_id: int, stars: int) -> Change:
        """Say how good it was.

        Args:
            interaction_id: Which.
            stars: From 0, for nothing said, to `netcrm.domain.timeline.MOST_ENJOYED`.

        Raises:
            ValueError: If there are no so many stars.
        """
        if not 0 <= stars <= MOST_ENJOYED:
            raise ValueError(f"An entry has from none to {MOST_ENJOYED} stars.")
        with self._writer.act() as act:
            found = self.get(interaction_id)
            if found is None:
                raise StoreError("That entry is no longer there. Nothing was changed.")
            act.update("interactions", interaction_id, {"enjoyment": stars})
            whose = _whose(self._connection, found.entry)
            act.label = f"{'★' * stars} for {whose}" if stars else f"took the stars off {whose}"
        return act.change

    def remove(self, interaction_id: int) -> Change:
        """Take an interaction out of the timeline; the give that wrote it, if one did, waits again."""
        with self._writer.act() as act:
            found = self.get(interaction_id)
            if found is None:
                return act.change
            for table in ("interaction_people", "interaction_tags"):
                for (link,) in self._connection.execute(
                    f"SELECT id FROM {table} WHERE interaction_id = ?", (interaction_id,)
                ).fetchall():
                    act.delete(table, link)
            for give, introduction, *_ in self._given_by(interaction_id):
                self._take_back(act, give, introduction, found.day)
            act.delete("interactions", interaction_id)
            act.label = f"removed {_whose(self._connection, found.entry)}"
        return act.change

    def _given_by(self, interaction_id: int) -> Sequence[tuple[int, int | None, int | None, int | None]]:
        """The gives that are given by an entry: each with its introduction, and to whom, person or group."""
        return self._connection.execute(
            "SELECT id, introduction_id, person_id, group_id FROM gives WHERE interaction_id = ?",
            (interaction_id,),
        ).fetchall()

    def _pair(self, introduction_id: int) -> set[int]:
        """Whom an introduction is between."""
        return set(
            self._connection.execute(
                "SELECT one_id, other_id FROM introductions WHERE id = ?", (introduction_id,)
            ).fetchone()
        )

    def _take_back(self, act: Act, give: int, introduction: int | None, day: date) -> None:
        """Let a give wait again, and its introduction with it: the entry no longer says that it was given."""
        act.update("gives", give, _NOT_GIVEN)
        if introduction is not None:
            from netcrm.store.introductions import unmake

            unmake(act, self._connection, introduction, day)

    def _add_occasion(self, act: Act, person_id: int, occasion: Occasion) -> None:
        (position,) = self._connection.execute(
            "SELECT coalesce(max(position) + 1, 0) FROM occasions WHERE person_id = ?", (person_id,)
        ).fetchone()
        act.insert("occasions", {"person_id": person_id, "position": position, **occasion_columns(occasion)})

    def _whole(self, found: Sequence[rows.InteractionRow]) -> Sequence[Interaction]:
        """Interactions with those who took part, their tags and answers, in three queries for all of them."""
        ids = tuple(row[0] for row in found)
        marks = ", ".join("?" * len(ids))
        people: dict[int, list[Named]] = {}
        for key, person_id, name in self._connection.execute(
            "SELECT interaction_id, person_id, name FROM interaction_people JOIN people"
            f" ON people.id = person_id WHERE interaction_id IN ({marks}) ORDER BY interaction_people.id",
            ids,
        ):
            people.setdefault(key, []).append(Named(person_id, name))
        tags: dict[int, list[str]] = {}
        for key, tag in self._connection.execute(
            "SELECT interaction_id, name FROM interaction_tags JOIN tags ON tags.id = tag_id"
            f" WHERE interaction_id IN ({marks}) ORDER BY interaction_tags.id",
            ids,
        ):
            tags.setdefault(key, []).append(tag)
        landed = dict(
            self._connection.execute(
                f"SELECT interaction_id, landed FROM gives WHERE interaction_id IN ({marks})"
                " AND landed IS NOT NULL",
                ids,
            )
        )
        whole = [rows.interaction(row, people.get(row[0], []), tags.get(row[0], [])) for row in found]
        if not landed:
            return whole
        return [replace(one, landed=landed.get(one.id, "")) for one in whole]


def _page(columns: str, after: Cursor | None, oldest_first: bool) -> tuple[str, str, Sequence[str | int]]:
    """Which way a page is read, the condition that it begins behind a place, and what is bound to that."""
    way, behind = ("ASC", ">") if oldest_first else ("DESC", "<")
    if after is None:
        return way, "", ()
    return way, f"AND ({columns}) {behind} (?, ?)", (after.day.isoformat(), after.id)


def _whose(connection: sqlite3.Connection, entry: Entry) -> str:
    """An entry as a thing, for the label of an act: ``a call with Hank Morrow``.

    What several people of a group took part in is the group's: ``a meeting with Circus Marketers``.
    """
    if entry.group_id is None or len(entry.people) == 1:
        if not entry.people:
            return "a note of your own"
        return f"{NOUNS[entry.kind]} {called(connection, tuple(dict.fromkeys(entry.people)))}"
    row = connection.execute("SELECT name FROM groups WHERE id = ?", (entry.group_id,)).fetchone()
    if row is None:
        raise StoreError("That group is no longer there. Nothing was changed.")
    return f"{NOUNS[entry.kind]} {row[0]}"
