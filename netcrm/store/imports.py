"""The imports shelf: what other programs know of people is brought in, as one act.

A record is known again by its own key, or by everything it says where it has none; so the same file brings
nothing twice. A record that is new meets a person already in the book when the name is the same and a second
thing is too: an address, number, link, or the organisation. A name alone proves nothing. Where neither it nor
what its source said of that person before has a key, it takes the place of what the file says no longer.
"""

import gc
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import date

from netcrm.domain.changes import Change
from netcrm.domain.imports import Card, ImportReport, Skipped
from netcrm.domain.merging import JobChange, Said, canonical, job_change, merged, point_key, said_by
from netcrm.domain.people import ContactPoint, Profile, full_name
from netcrm.domain.text import fold
from netcrm.domain.timeline import Entry
from netcrm.domain.values import dataclass
from netcrm.store.entries import insert_entry
from netcrm.store.filling import Filling, new_jobs
from netcrm.store.organisations import note_left
from netcrm.store.people import People, children_of, columns_of, edit_person, tag_ids_of
from netcrm.store.write import Act, Row, Writer, whole


class Imports:
    """Records of other programs, brought into the book."""

    def __init__(
        self, connection: sqlite3.Connection, writer: Writer, people: People, filling: Filling
    ) -> None:
        self._connection = connection
        self._writer = writer
        self._people = people
        self._filling = filling

    def bring_in(
        self,
        records: Iterable[Card | Skipped],
        called: str,
        *,
        dry_run: bool = False,
        today: date | None = None,
    ) -> tuple[ImportReport, Change]:
        """Bring in all records of a file in one act.

        Args:
            records: What was read, in the file's order.
            called: What the file is called in the history.
            dry_run: Find out what would happen, and change nothing.
            today: The day on which new jobs stand in the timeline, and on which these and the occasions
                suggest something to give; None to leave both.

        Returns:
            What became of the records, and what changed.
        """
        with _without_collecting():
            return self._bring_in(records, called, dry_run=dry_run, today=today)

    def _bring_in(
        self, records: Iterable[Card | Skipped], called: str, *, dry_run: bool, today: date | None
    ) -> tuple[ImportReport, Change]:
        change = Change()
        # All is read before the act begins, so that a slow file keeps no other program waiting.
        read = list(records)
        try:
            with self._writer.act() as act:
                run = _Run(act, self._connection, self._people)
                run.take(read)
                run.finish()
                if today is not None:
                    self._write_jobs(act, run.jobs, today)
                    self._filling.occasions_of(act, act.touched.profiles, today)
                report = run.report()
                act.label = f"imported {called}: {report.said}"
                if dry_run:
                    raise _NotForReal
            change = act.change
        except _NotForReal:
            pass
        return report, change

    def _write_jobs(self, act: Act, jobs: Mapping[int, JobChange], today: date) -> None:
        """Put the new jobs into the timeline, keep the old ones, and queue a congratulation on each."""
        for person_id, job in jobs.items():
            entry = Entry(day=today, people=(person_id,), kind="life event", text=job.words)
            insert_entry(act, self._connection, entry)
            if job.left is not None:
                note_left(act, self._connection, person_id, replace(job.left, until_on=today))
        self._filling.let_in(act, new_jobs(self._connection, jobs), today)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: there is hardly any, and the more is kept the longer that takes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _NotForReal(Exception):
    """Leaves the act of a dry run, so that it is rolled back."""


@dataclass(slots=True)
class _Known:
    """What is known of a record of another program that was brought in before, or in this run.

    Attributes:
        id: The id of its row; 0 when it came in this run.
        key: What the other program knows it by; ``#`` and its digest where that knows it by nothing.
        person_id: Of whom it speaks; negative for someone who is only being added.
        digest: Of all that it said the last time.
        seen: What it said then, as `said_by` tells it.
    """

    id: int
    key: str
    person_id: int
    digest: str
    seen: Said


@dataclass(slots=True)
class _New:
    """A person who is to be added, with the rows of the records that speak of them."""

    profile: Profile
    records: list[Row] = field(default_factory=list)


class _Run:
    """One import under way. New people have negative ids until they are written, all together.

    Attributes:
        jobs: The new jobs of people, by their id.
    """

    def __init__(self, act: Act, connection: sqlite3.Connection, people: People) -> None:
        self._act = act
        self._connection = connection
        self._people = people
        self._new: list[_New] = []
        self._known: dict[tuple[str, str], _Known] = {}
        self._keyed: set[tuple[int, str]] = set()
        self._keyless: dict[tuple[int, str], list[_Known]] = {}
        self._said: set[tuple[str, str]] = set()
        self._names: dict[str, list[int]] = {}
        self._signs: dict[int, set[tuple[str, str]]] = {}
        self._heard_of: dict[int, list[Profile]] = {}
        self._heard: set[tuple[str, str]] = set()
        self._counts = {"added": 0, "updated": 0, "same": 0}
        self.jobs: dict[int, JobChange] = {}
        self._updated: set[int] = set()
        self._skipped: list[Skipped] = []
        self._load()

    def take(self, records: Sequence[Card | Skipped]) -> None:
        """Bring in the records of a file."""
        listened = [self._listen(record) for record in records]
        self._said = {(heard.record.source, heard.key) for heard in listened if heard}
        for heard in filter(None, listened):
            self._take(heard)

    def _listen(self, record: Card | Skipped) -> "_Heard | None":
        """What a record says, and what it is known by; None where that is nothing."""
        if isinstance(record, Skipped):
            self._skipped.append(record)
            return None
        name = full_name(record.profile)
        if not name:
            self._skipped.append(Skipped(record.line, "It says neither a name nor how to reach anyone."))
            return None
        profile = record.profile if record.profile.name == name else replace(record.profile, name=name)
        # A stand-in names the record's line, which is another one once a card is added above.
        said = canonical(replace(profile, name="") if record.nameless else profile)
        digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return _Heard(record, profile, digest, whole(record.key) or f"#{digest}")

    def _take(self, heard: "_Heard") -> None:
        source, key = heard.record.source, heard.key
        worded = f"{key}#{heard.digest}"
        known = self._known.get((source, worded)) or self._known.get((source, key))
        if known is None:
            self._hear(heard)
        elif known.digest == heard.digest:
            self._counts["same"] += 1
        elif (source, key) not in self._heard:
            self._hear_again(known, heard)
        else:
            # One file says different things under one key. What the later ones say is known by a key
            # that holds their words: they speak of the same person, and are heard only once.
            self._join(known.person_id, replace(heard, key=worded))
        self._heard.add((source, key))

    def finish(self) -> None:
        """Write the new people and everything of theirs, a table at a time."""
        act = self._act
        ids = act.insert_many("people", [columns_of(new.profile) for new in self._new])
        added = list(zip(ids, self._new, strict=True))
        children = [(person_id, children_of(new.profile)) for person_id, new in added]
        for table in children_of(Profile()):
            act.insert_many(
                table,
                [
                    {"person_id": person_id, "position": position, **row}
                    for person_id, tables in children
                    for position, row in enumerate(tables[table])
                ],
            )
        tags = {fold(tag): tag for _, new in added for tag in new.profile.tags if fold(tag)}
        tag_ids = tag_ids_of(act, self._connection, tags)
        act.insert_many(
            "person_tags",
            [
                {"person_id": person_id, "tag_id": tag_ids[folded]}
                for person_id, new in added
                for folded in dict.fromkeys(fold(tag) for tag in new.profile.tags if fold(tag))
            ],
        )
        act.insert_many(
            "imported_records",
            [{"person_id": person_id, **record} for person_id, new in added for record in new.records],
        )

    def report(self) -> ImportReport:
        """What became of the records."""
        return ImportReport(**self._counts, skipped=tuple(self._skipped), new_jobs=len(self.jobs))

    def _load(self) -> None:
        """Read what records are matched by."""
        for row_id, person_id, source, key, digest, seen in self._connection.execute(
            "SELECT id, person_id, source, key, digest, seen FROM imported_records ORDER BY id"
        ):
            known = self._known[source, key] = _Known(row_id, key, person_id, digest, json.loads(seen))
            if key.startswith("#"):
                self._keyless.setdefault((person_id, source), []).append(known)
            else:
                self._keyed.add((person_id, source))
        for person_id, name, organisation in self._connection.execute(
            "SELECT id, name, organisation FROM people"
        ):
            self._note(person_id, name, organisation)
        for person_id, kind, value in self._connection.execute(
            "SELECT person_id, kind, value FROM contact_points"
        ):
            self._signs[person_id].add(point_key(ContactPoint(kind, value)))

    def _find(self, heard: "_Heard") -> int | None:
        """The person a record speaks of, if they are in the book."""
        record, profile = heard.record, heard.profile
        if record.nameless:
            return None
        namesakes = [
            person_id
            for person_id in self._names.get(fold(profile.name), ())
            if not (record.key and (person_id, record.source) in self._keyed)
        ]
        if not namesakes:
            return None
        signs = _signs_of(profile)
        for person_id in namesakes:
            if signs & self._signs_by(person_id):
                return person_id
        says_only_a_name = len(namesakes) == 1 and profile == _only_name(profile)
        return namesakes[0] if says_only_a_name else None

    def _hear(self, heard: "_Heard") -> None:
        """A record that was never brought in."""
        person_id = self._find(heard)
        if person_id is not None:
            before = None if heard.record.key else self._said_before(person_id, heard.record.source)
            if before:
                self._hear_again(before, heard)
            else:
                self._join(person_id, heard)
            return
        self._new.append(_New(heard.profile))
        person_id = -len(self._new)
        self._remember(person_id, heard)
        self._note(person_id, heard.profile.name, "")
        self._counts["added"] += 1

    def _join(self, person_id: int, heard: "_Heard") -> None:
        """A record that was never brought in speaks of someone we know."""
        self._remember(person_id, heard)
        if person_id < 0:
            new = self._new[-person_id - 1]
            new.profile = merged(new.profile, heard.profile)
            self._counts["same"] += 1
        else:
            self._merge(person_id, heard.profile, None)

    def _said_before(self, person_id: int, source: str) -> _Known | None:
        """The first record without a key that a source had of someone, and that this file holds no longer."""
        records = self._keyless.get((person_id, source), ())
        return next((known for known in records if (source, known.key) not in self._said), None)

    def _hear_again(self, known: _Known, heard: "_Heard") -> None:
        """A record that was brought in before has something else to say."""
        source, profile = heard.record.source, heard.profile
        if heard.record.nameless:
            profile = replace(profile, name=str(known.seen.get("name", "")))
        self._merge(known.person_id, profile, known.seen)
        del self._known[source, known.key]
        known.key, known.digest, known.seen = heard.key, heard.digest, said_by(profile)
        self._known[source, known.key] = known
        row: Row = {"key": known.key, "digest": known.digest, "seen": _json(known.seen)}
        self._act.update("imported_records", known.id, row)
        self._heard_of.setdefault(known.person_id, []).append(profile)

    def _merge(self, person_id: int, news: Profile, seen: Said | None) -> None:
        person = self._people.get(person_id)
        assert person is not None
        profile = merged(person.profile, news, seen)
        changed = edit_person(self._act, self._connection, person_id, profile)
        if seen is not None and (job := job_change(person.profile, profile, news, seen)):
            earlier = self.jobs.get(person_id)
            self.jobs[person_id] = replace(earlier, after=job.after) if earlier else job
        if changed and person_id not in self._updated:
            self._updated.add(person_id)
            self._counts["updated"] += 1
        else:
            self._counts["same"] += 1

    def _remember(self, person_id: int, heard: "_Heard") -> None:
        """Write down that a record speaks of a person."""
        source, seen = heard.record.source, said_by(heard.profile)
        self._heard_of.setdefault(person_id, []).append(heard.profile)
        row: Row = {"source": source, "key": heard.key, "digest": heard.digest, "seen": _json(seen)}
        if person_id < 0:
            self._new[-person_id - 1].records.append(row)
        else:
            self._act.insert("imported_records", {"person_id": person_id, **row})
        self._known[source, heard.key] = _Known(0, heard.key, person_id, heard.digest, seen)
        if heard.record.key:
            self._keyed.add((person_id, source))

    def _note(self, person_id: int, name: str, organisation: str) -> None:
        self._names.setdefault(fold(name), []).append(person_id)
        self._signs[person_id] = {("organisation", fold(organisation))} if organisation else set()

    def _signs_by(self, person_id: int) -> set[tuple[str, str]]:
        """What tells that a record speaks of someone: found out only once somebody is called so."""
        signs = self._signs[person_id]
        for profile in self._heard_of.pop(person_id, ()):
            signs |= _signs_of(profile)
        return signs


@dataclass(slots=True)
class _Heard:
    """A record as it is heard.

    Attributes:
        profile: What it says, with a name in any case.
        key: What it is known by from now on.
    """

    record: Card
    profile: Profile
    digest: str
    key: str


def _signs_of(profile: Profile) -> set[tuple[str, str]]:
    """What, beside the name, tells that two records speak of one person."""
    signs = {point_key(point) for point in profile.points if not _is_but_a_place(point, profile.city)}
    if profile.organisation:
        signs.add(("organisation", fold(profile.organisation)))
    return signs


def _is_but_a_place(point: ContactPoint, city: str) -> bool:
    """Whether an address names a town or a street, where many live, and no house in it."""
    if point.kind != "address":
        return False
    return not any(map(str.isdigit, point.value)) or (bool(city) and point.value.startswith(city))


def _only_name(profile: Profile) -> Profile:
    return Profile(
        name=profile.name,
        given=profile.given,
        additional=profile.additional,
        family=profile.family,
        prefix=profile.prefix,
        suffix=profile.suffix,
    )


_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
