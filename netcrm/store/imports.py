"""The imports shelf: what other programs know of people is brought in, as one act.

A record is known again by its own key, or by everything it says where it has none; so the same file brings
nothing twice. A record that is new meets a person already in the book when the name is the same and a second
thing is too: an address, number, link, or the organisation. A name alone proves nothing.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from netcrm.domain.changes import Change
from netcrm.domain.imports import Card, ImportReport, Skipped
from netcrm.domain.merging import canonical, merged, point_key, said_by
from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.text import fold
from netcrm.store.people import People, children_of, columns_of, edit_person, tag_id
from netcrm.store.write import Act, Row, Writer

_PROGRESS_EVERY = 200
"""Records between two calls of the progress callback: often enough to move, too rarely to cost."""


class Imports:
    """Records of other programs, brought into the book."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    def bring_in(
        self,
        records: Iterable[Card | Skipped],
        called: str,
        *,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> tuple[ImportReport, Change]:
        """Bring in all records of a file in one act.

        Args:
            records: What was read, in the file's order.
            called: What the file is called in the history.
            dry_run: Find out what would happen, and change nothing.
            progress: Called now and then with how many records have been looked at.

        Returns:
            What became of the records, and what changed.
        """
        change = Change()
        try:
            with self._writer.act() as act:
                run = _Run(act, self._connection, People(self._connection, self._writer))
                for number, record in enumerate(records, start=1):
                    run.take(record)
                    if progress and number % _PROGRESS_EVERY == 0:
                        progress(number)
                run.finish()
                report = run.report()
                act.label = f"imported {called}: {report.added} added, {report.updated} updated"
                if dry_run:
                    raise _NotForReal
            change = act.change
        except _NotForReal:
            pass
        return report, change


class _NotForReal(Exception):
    """Leaves the act of a dry run, so that it is rolled back."""


@dataclass(slots=True)
class _Known:
    """A record of another program that was brought in before."""

    id: int
    person_id: int
    digest: str
    seen: dict[str, str]


@dataclass(slots=True)
class _New:
    """A person who is to be added, with the records that speak of them."""

    profile: Profile
    records: list[tuple[str, str, str, str]] = field(default_factory=list)


class _Run:
    """One import under way. New people have negative ids until they are written, all together."""

    def __init__(self, act: Act, connection: sqlite3.Connection, people: People) -> None:
        self._act = act
        self._connection = connection
        self._people = people
        self._new: list[_New] = []
        self._known: dict[tuple[str, str], _Known | int] = {}
        self._keys: dict[tuple[int, str], set[str]] = {}
        self._names: dict[str, list[int]] = {}
        self._signs: dict[int, set[tuple[str, str]]] = {}
        self._counts = {"added": 0, "updated": 0, "same": 0}
        self._updated: set[int] = set()
        self._skipped: list[Skipped] = []
        self._load()

    def take(self, record: Card | Skipped) -> None:
        """Bring in one record."""
        if isinstance(record, Skipped):
            self._skipped.append(record)
            return
        digest = hashlib.sha256(canonical(record.profile).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        key = record.key or f"#{digest}"
        known = self._known.get((record.source, key))
        if isinstance(known, _Known):
            self._heard_again(known, record.profile, digest)
            return
        person_id = known if known is not None else self._find(record)
        if person_id is None:
            self._add(record, key, digest)
        else:
            self._join(person_id, record, key, digest)

    def finish(self) -> None:
        """Write the new people and everything of theirs, a table at a time."""
        act = self._act
        ids = act.insert_many("people", [columns_of(new.profile) for new in self._new])
        for table in children_of(Profile()):
            act.insert_many(
                table,
                [
                    {"person_id": person_id, "position": position, **row}
                    for person_id, new in zip(ids, self._new, strict=True)
                    for position, row in enumerate(children_of(new.profile)[table])
                ],
            )
        tags = {fold(tag): tag for new in self._new for tag in new.profile.tags if fold(tag)}
        tag_ids = {folded: tag_id(act, self._connection, tag) for folded, tag in tags.items()}
        act.insert_many(
            "person_tags",
            [
                {"person_id": person_id, "tag_id": tag_ids[folded]}
                for person_id, new in zip(ids, self._new, strict=True)
                for folded in dict.fromkeys(fold(tag) for tag in new.profile.tags if fold(tag))
            ],
        )
        act.insert_many(
            "imported_records",
            [
                _record_row(person_id, record)
                for person_id, new in zip(ids, self._new, strict=True)
                for record in new.records
            ],
        )

    def report(self) -> ImportReport:
        """What became of the records."""
        return ImportReport(**self._counts, skipped=tuple(self._skipped))

    def _load(self) -> None:
        """Read what records are matched by."""
        for row_id, person_id, source, key, digest, seen in self._connection.execute(
            "SELECT id, person_id, source, key, digest, seen FROM imported_records"
        ):
            self._known[source, key] = _Known(row_id, person_id, digest, json.loads(seen))
            self._note_key(person_id, source, key)
        for person_id, name, organisation in self._connection.execute(
            "SELECT id, name, organisation FROM people"
        ):
            self._note(person_id, name, organisation, ())
        for person_id, kind, value in self._connection.execute(
            "SELECT person_id, kind, value FROM contact_points"
        ):
            self._signs[person_id].add(point_key(ContactPoint(kind, value)))

    def _find(self, record: Card) -> int | None:
        """The person a record speaks of, if they are in the book."""
        profile = record.profile
        signs = {point_key(point) for point in profile.points}
        if profile.organisation:
            signs.add(("organisation", fold(profile.organisation)))
        namesakes = [
            person_id
            for person_id in self._names.get(fold(profile.name), ())
            if not (record.key and self._keys.get((person_id, record.source)))
        ]
        for person_id in namesakes:
            if signs & self._signs[person_id]:
                return person_id
        says_only_a_name = canonical(profile) == canonical(_only_name(profile))
        return namesakes[0] if says_only_a_name and len(namesakes) == 1 else None

    def _add(self, record: Card, key: str, digest: str) -> None:
        self._new.append(_New(record.profile, [self._record(record, key, digest)]))
        person_id = -len(self._new)
        self._known[record.source, key] = person_id
        self._note_key(person_id, record.source, record.key)
        self._note(person_id, record.profile.name, record.profile.organisation, record.profile.points)
        self._counts["added"] += 1

    def _join(self, person_id: int, record: Card, key: str, digest: str) -> None:
        """A record new to us speaks of someone we know."""
        heard = (record.source, key) in self._known
        self._known[record.source, key] = person_id
        self._note_key(person_id, record.source, record.key)
        if person_id < 0:
            new = self._new[-person_id - 1]
            profile = merged(new.profile, record.profile)
            self._count("updated" if profile != new.profile else "same", person_id)
            new.profile = profile
            if not heard:
                new.records.append(self._record(record, key, digest))
        else:
            if not heard:
                self._act.insert(
                    "imported_records", _record_row(person_id, self._record(record, key, digest))
                )
            self._merge(person_id, record.profile, None)
        self._signs[person_id] |= {point_key(point) for point in record.profile.points}

    def _heard_again(self, known: _Known, profile: Profile, digest: str) -> None:
        """A record that was brought in before, perhaps with something new to say."""
        if known.digest == digest:
            self._count("same", known.person_id)
            return
        self._merge(known.person_id, profile, known.seen)
        seen = said_by(profile)
        self._act.update("imported_records", known.id, {"digest": digest, "seen": _json(seen)})
        known.digest, known.seen = digest, dict(seen)

    def _merge(self, person_id: int, news: Profile, seen: dict[str, str] | None) -> None:
        person = self._people.get(person_id)
        assert person is not None
        changed = edit_person(self._act, self._connection, person_id, merged(person.profile, news, seen))
        self._count("updated" if changed else "same", person_id)

    def _count(self, what: str, person_id: int) -> None:
        """Count a record; a person whom several records of the file tell more of was updated once."""
        if what == "updated" and (person_id < 0 or person_id in self._updated):
            what = "same"
        if what == "updated":
            self._updated.add(person_id)
        self._counts[what] += 1

    def _note_key(self, person_id: int, source: str, key: str) -> None:
        if key and not key.startswith("#"):
            self._keys.setdefault((person_id, source), set()).add(key)

    def _note(self, person_id: int, name: str, organisation: str, points: Sequence[ContactPoint]) -> None:
        self._names.setdefault(fold(name), []).append(person_id)
        signs = self._signs.setdefault(person_id, set())
        signs |= {point_key(point) for point in points}
        if organisation:
            signs.add(("organisation", fold(organisation)))

    @staticmethod
    def _record(record: Card, key: str, digest: str) -> tuple[str, str, str, str]:
        return record.source, key, digest, _json(said_by(record.profile))


def _only_name(profile: Profile) -> Profile:
    return Profile(
        name=profile.name,
        given=profile.given,
        additional=profile.additional,
        family=profile.family,
        prefix=profile.prefix,
        suffix=profile.suffix,
    )


def _record_row(person_id: int, record: tuple[str, str, str, str]) -> Row:
    source, key, digest, seen = record
    return {"person_id": person_id, "source": source, "key": key, "digest": digest, "seen": seen}


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
