"""Every writing method of the store, taken through the same tests: it is whole, and it can be taken back."""

import contextlib
import inspect
import json
import random
import shutil
import sqlite3
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netcrm.domain.changes import Change
from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import GroupDraft
from netcrm.domain.imports import Card, Skipped
from netcrm.domain.joy import Suited
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import NEVER, ContactPoint, Further, Named, Profile, Relation
from netcrm.domain.sparks import SparkDraft
from netcrm.domain.wants import WantDraft
from netcrm.store import Store
from netcrm.store.errors import ChangedSince, StoreError
from tests.ciphered import library, outside
from tests.world import TODAY, added, day, dump, dump_remade, entry, logged, only, person, queued, ticking

CHRISTINA, HANK, AMARA = 1, 2, 3
"""The ids of the people in the book that every test opens."""


@dataclass(frozen=True)
class Book:
    """A store with something of everything in it, and the ids of what the acts need.

    Attributes:
        coffee: An interaction of Christina and Hank.
        gave: The interaction that a given give wrote.
        paper: A give that waits for Amara.
        poster: A snoozed give for Christina.
        given: The give that wrote `gave`.
        asked: An interaction in which Christina was asked for something.
        question: An open question of the group.
        settled: A settled one.
        delight: A light thing in the jar that nobody has had.
        gone: One that went to Amara.
    """

    store: Store
    coffee: int
    asked: int
    gave: int
    paper: int
    poster: int
    given: int
    group: int
    question: int
    settled: int
    spark: int
    introduction: int
    delight: int
    gone: int


WHOLE = Profile(
    name="Ines Carvalho",
    given="Inês",
    family="Carvalho",
    nicknames=("Nena",),
    organisation="Maré",
    title="Designer",
    city="Porto",
    note="Surfs before breakfast",
    met="On the ferry",
    met_on=day("2025-06-01"),
    cadence=30,
    introduced_by=CHRISTINA,
    points=(ContactPoint("email", "ines@mare.example", "work"), ContactPoint("phone", "+351 21 000 0000")),
    tags=("design", "Ocean"),
    relations=(Relation("friend", "Christina Vale", CHRISTINA), Relation("dog", "Bica")),
    occasions=(Occasion(kind="birthday", label="birthday", month=2, day=29),),
    wants=("a studio with a window",),
    offers=("surfing lessons",),
    further=(Further("X-SHOE", "X-SHOE:38"),),
)
"""A person with something in every field."""

CARDS: list[Card | Skipped] = [
    Card(profile=WHOLE, source="vcard", key="urn:ines", line=1),
    Skipped(9, "It holds nothing."),
    Card(profile=person("Hank Morrow", email="hank@morrow.example", city="Bristol"), source="google"),
    Card(profile=person("Jo March", tags=("design",)), source="vcard", key="urn:jo", line=12),
]

JOB_THEN = Card(
    profile=person("Amara Okafor", organisation="ESO", title="Astronomer"), source="linkedin", key="in/amara"
)
JOB_NOW = Card(
    profile=person("Amara Okafor", organisation="ESA", title="Head of Science"),
    source="linkedin",
    key="in/amara",
)
"""What another program says of someone, and what it says later."""

Doing = Callable[[Book], Change]

ACTS: dict[str, Doing] = {
    "people.add": lambda book: book.store.people.add(WHOLE),
    "people.edit": lambda book: book.store.people.edit(CHRISTINA, WHOLE),
    "people.edit: everything away": lambda book: book.store.people.edit(CHRISTINA, person("C. V.")),
    "people.add: with a birthday": lambda book: book.store.people.add(
        replace(WHOLE, occasions=(Occasion(kind="birthday", label="birthday", month=11, day=28),)), TODAY
    ),
    "people.edit: with a birthday": lambda book: book.store.people.edit(
        CHRISTINA,
        person("Christina Vale", occasions=(Occasion(kind="birthday", label="birthday", month=11, day=28),)),
        today=TODAY,
    ),
    "people.tag": lambda book: book.store.people.tag([CHRISTINA, HANK], add=["Ocean"], remove=["design"]),
    "people.set_cadence": lambda book: book.store.people.set_cadence([CHRISTINA, HANK], NEVER),
    "people.archive": lambda book: book.store.people.archive([CHRISTINA, HANK]),
    "timeline.log": lambda book: book.store.timeline.log(
        entry(
            HANK, CHRISTINA, text="Coffee", time=time(9, 30), place="Café", tags=("new",), group_id=book.group
        )
    ),
    "timeline.log: with all that a line can say": lambda book: book.store.timeline.log(
        entry(HANK, -1, kind="gave", text="A tent", enjoyment=3),
        gives=[GiveDraft(person_id=-1, words="Send the map", promised=True, due=TODAY)],
        occasions=[(HANK, Occasion(kind="wedding", label="marries", month=6, day=1, yearly=False))],
        wants=[WantDraft(-1, "want", "a Rust job", TODAY), WantDraft(HANK, "offer", "a tent", TODAY)],
        newcomers={-1: "Jo March"},
    ),
    "timeline.edit": lambda book: book.store.timeline.edit(
        book.coffee, entry(HANK, AMARA, days_ago=2, kind="call", text="No, a call", tags=("phone",))
    ),
    "timeline.answer": lambda book: book.store.timeline.answer(book.asked, "yes", TODAY),
    "timeline.enjoy": lambda book: book.store.timeline.enjoy(book.coffee, 3),
    "timeline.remove": lambda book: book.store.timeline.remove(book.coffee),
    "timeline.remove: what a give wrote": lambda book: book.store.timeline.remove(book.gave),
    "gives.add": lambda book: book.store.gives.add(GiveDraft(person_id=HANK, words="Lend a stove"), TODAY),
    "gives.add_each": lambda book: book.store.gives.add_each(
        [GiveDraft(person_id=key, words="Share the opening") for key in (HANK, AMARA)], TODAY
    ),
    "gives.landed": lambda book: book.store.gives.landed(book.given, "yes", TODAY),
    "gives.edit": lambda book: book.store.gives.edit(
        book.poster, GiveDraft(person_id=AMARA, words="Send two posters", due=TODAY, effort="L")
    ),
    "gives.give": lambda book: book.store.gives.give([book.paper, book.poster], TODAY),
    "gives.snooze": lambda book: book.store.gives.snooze([book.paper], day("2026-12-01"), TODAY),
    "gives.drop": lambda book: book.store.gives.drop([book.paper, book.poster], TODAY),
    "groups.found": lambda book: book.store.groups.found(GroupDraft(name="Choir", members=(HANK, AMARA))),
    "groups.edit": lambda book: book.store.groups.edit(
        book.group, GroupDraft(name="Astronomers", topics=("moons",), members=(CHRISTINA, AMARA))
    ),
    "groups.archive": lambda book: book.store.groups.archive(book.group),
    "groups.set_next": lambda book: book.store.groups.set_next(book.group, day("2026-12-03")),
    "groups.add_members": lambda book: book.store.groups.add_members(book.group, [CHRISTINA, HANK]),
    "groups.remove_member": lambda book: book.store.groups.remove_member(book.group, HANK),
    "groups.ask": lambda book: book.store.groups.ask(book.group, "Who brings the tent?", TODAY),
    "groups.reword": lambda book: book.store.groups.reword(book.question, "Who lends the tent?"),
    "groups.settle": lambda book: book.store.groups.settle(book.question, "Hank", TODAY),
    "groups.reopen": lambda book: book.store.groups.reopen(book.settled),
    "groups.remove_question": lambda book: book.store.groups.remove_question(book.settled),
    "timeline.log: a meeting": lambda book: book.store.timeline.log(
        entry(AMARA, HANK, group_id=book.group, text="Saturn, edge on")
    ),
    "sparks.keep": lambda book: book.store.sparks.keep(SparkDraft(kind="delight", title="A badger")),
    "sparks.edit": lambda book: book.store.sparks.edit(
        book.spark, SparkDraft(kind="event", title="Night of stars", until=TODAY)
    ),
    "sparks.remove": lambda book: book.store.sparks.remove(book.spark),
    "sparks.pass_on": lambda book: book.store.sparks.pass_on(
        SparkDraft(kind="delight", title="A badger"),
        [GiveDraft(person_id=key, words="Make them smile") for key in (HANK, AMARA)],
        TODAY,
    ),
    "sparks.pass_on: again": lambda book: book.store.sparks.pass_on(
        SparkDraft(kind="event", title="Night of stars", until=TODAY),
        [GiveDraft(person_id=CHRISTINA, words="Tell Christina")],
        TODAY,
        spark_id=book.spark,
    ),
    "joy.put_in": lambda book: book.store.joy.put_in(
        SparkDraft(kind="delight", title="An owl", tags=("owls",))
    ),
    "joy.edit": lambda book: book.store.joy.edit(book.delight, SparkDraft(kind="delight", title="A fox")),
    "joy.take_out": lambda book: book.store.joy.take_out(book.delight),
    "joy.take_out: what went to somebody": lambda book: book.store.joy.take_out(book.gone),
    "joy.queue": lambda book: book.store.joy.queue(
        book.delight, Suited(Named(HANK, "Hank Morrow"), "Hank", "#badgers"), TODAY
    ),
    "introductions.propose": lambda book: book.store.introductions.propose(HANK, AMARA, "telescopes", TODAY),
    "introductions.put_away": lambda book: book.store.introductions.put_away(HANK, AMARA, "moons", TODAY),
    "introductions.reword": lambda book: book.store.introductions.reword(book.introduction, "tightropes"),
    "introductions.mark": lambda book: book.store.introductions.mark(
        book.introduction, CHRISTINA, "yes", TODAY
    ),
    "introductions.mark: a no": lambda book: book.store.introductions.mark(
        book.introduction, HANK, "no", TODAY, "too busy"
    ),
    "introductions.close": lambda book: book.store.introductions.close(book.introduction, TODAY),
    "introductions.reopen": lambda book: book.store.introductions.reopen(
        book.introduction, day("2026-12-01")
    ),
    "introductions.set_state: both said yes": lambda book: book.store.introductions.set_state(
        book.introduction, "both said yes", TODAY
    ),
    "introductions.set_state": lambda book: book.store.introductions.set_state(
        book.introduction, "made", TODAY, "They met by chance"
    ),
    "wants.add": lambda book: book.store.wants.add(
        HANK, ["tents", "stoves"], ["a van", "knots"], today=TODAY
    ),
    "wants.confirm": lambda book: book.store.wants.confirm(book.store.wants.of(CHRISTINA), TODAY),
    "wants.edit": lambda book: book.store.wants.edit(
        book.store.wants.of(CHRISTINA)[0], "two designers", TODAY
    ),
    "wants.remove": lambda book: book.store.wants.remove(
        [want for key in (CHRISTINA, HANK) for want in book.store.wants.of(key)]
    ),
    "relations.add": lambda book: book.store.relations.add(
        HANK, Relation("mentor", "Christina Vale", CHRISTINA)
    ),
    "relations.add: an age": lambda book: book.store.relations.add(AMARA, Relation("son", "Obi", born=2015)),
    "relations.remove": lambda book: book.store.relations.remove(book.store.relations.of(AMARA)[0].row_id),
    "rhythm.set_for_tag": lambda book: book.store.rhythm.set_for_tag("design", 14),
    "rhythm.bump": lambda book: book.store.rhythm.bump([CHRISTINA, HANK], TODAY),
    "rhythm.take_sabbatical": lambda book: book.store.rhythm.take_sabbatical(TODAY, day("2027-01-10")),
    "rhythm.end_sabbatical": lambda book: book.store.rhythm.end_sabbatical(TODAY),
    "filling.fill": lambda book: book.store.filling.fill(TODAY),
    "imports.bring_in: a new job": lambda book: book.store.imports.bring_in(
        [JOB_NOW], "Connections.csv", today=TODAY
    )[1],
    "imports.bring_in": lambda book: book.store.imports.bring_in(CARDS, "contacts.vcf")[1],
    "people.edit: another job": lambda book: book.store.people.edit(
        AMARA, person("Amara Okafor", organisation="ESA", title="Astronomer"), today=day("2026-12-24")
    ),
    "organisations.forget": lambda book: book.store.organisations.forget(
        book.store.organisations.positions(CHRISTINA)[0].id
    ),
    "duplicates.merge": lambda book: book.store.duplicates.merge(CHRISTINA, HANK),
    "duplicates.merge: the other way round": lambda book: book.store.duplicates.merge(
        HANK, CHRISTINA, ["name", "organisation"]
    ),
    "duplicates.merge: what waits": lambda book: book.store.duplicates.merge(HANK, AMARA),
    "duplicates.keep_apart": lambda book: book.store.duplicates.keep_apart(CHRISTINA, HANK),
    "settings.put": lambda book: book.store.settings.put("theme", "nord"),
    "settings.put: again": lambda book: book.store.settings.put("room", "7"),
}
"""Every act: the method's name, perhaps with what is particular, and how it is done."""


if TYPE_CHECKING:
    Connection = sqlite3.Connection
else:
    Connection = library().Connection


class Failing(Connection):
    """A connection that counts what it writes, and fails when it is told to."""

    written = 0
    fails_at = 0
    error: BaseException = RuntimeError()

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Run a statement, unless it is the one that fails."""
        self._count(sql)
        return super().execute(sql, *values)  # type: ignore[arg-type]  # as above

    def executemany(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Run a statement many times, unless it is the one that fails."""
        self._count(sql)
        return super().executemany(sql, *values)  # type: ignore[arg-type]  # as above

    def _count(self, sql: str) -> None:
        if sql.split(maxsplit=1)[0].upper() in ("INSERT", "UPDATE", "DELETE", "COMMIT"):
            self.written += 1
            if self.written == self.fails_at:
                raise self.error


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Book]:
    """A closed file with something of everything in it."""
    path = tmp_path_factory.mktemp("book") / "netcrm.db"
    store = Store(path, ticking())
    added(store, person("Christina Vale", email="c@vale.example", tags=("design",), wants=("designers",)))
    birthday = Occasion(kind="birthday", label="birthday", month=11, day=28)
    hank = person("Hank Morrow", email="hank@morrow.example", offers=("a van",), cadence=30)
    added(store, replace(hank, occasions=(birthday,)))
    added(store, person("Amara Okafor", organisation="ESO", relations=(Relation("son", "Obi"),)))
    store.imports.bring_in([JOB_THEN], "Connections.csv")
    for firm in ("Fjord", "Acme"):
        profile = person("Christina Vale", email="c@vale.example", tags=("design",), wants=("designers",))
        store.people.edit(CHRISTINA, replace(profile, organisation=firm), today=day("2026-12-23"))
    store.rhythm.take_sabbatical(day("2026-12-01"), day("2026-12-10"))
    store.settings.put("room", "5")
    poster = queued(store, CHRISTINA, "Send the poster", kind="article")
    store.gives.snooze([poster], day("2026-12-24"), TODAY)
    given = queued(store, HANK, "Lend the tent")
    stargazers = GroupDraft(name="Stargazers", members=(AMARA, HANK), next_on=TODAY)
    group = only(store.groups.found(stargazers).groups)
    for text in ("Who brings the tent?", "Is it dark enough?"):
        store.groups.ask(group, text, TODAY)
    question, settled = (found.id for found in store.groups.questions(group))
    store.groups.settle(settled, "In Alqueva", TODAY)
    book = Book(
        store=store,
        coffee=logged(store, CHRISTINA, HANK, days_ago=3, text="Coffee at Café Lisboa"),
        asked=logged(store, CHRISTINA, days_ago=9, text="for a reference", kind="asked"),
        gave=only(store.gives.give([given], TODAY).interactions),
        paper=queued(store, AMARA, "Send the paper", promised=True),
        poster=poster,
        given=given,
        group=group,
        question=question,
        settled=settled,
        spark=only(store.sparks.keep(SparkDraft(kind="article", title="A new moon")).sparks),
        introduction=only(store.introductions.propose(CHRISTINA, HANK, "circus", TODAY).introductions),
        delight=only(store.sparks.keep(SparkDraft(kind="delight", title="A badger on a bus")).sparks),
        gone=only(
            store.sparks.pass_on(
                SparkDraft(kind="delight", title="A heron"),
                [GiveDraft(person_id=AMARA, words="Send the heron")],
                TODAY,
            ).sparks
        ),
    )
    store.close()
    return path, book


@pytest.fixture
def book(written: tuple[Path, Book], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """The book, in a file of the test's own, on a connection that can be made to fail."""
    path, ids = written
    shutil.copy(path, tmp_path / "netcrm.db")

    def connect(path: Path, **how: object) -> sqlite3.Connection:
        return sqlite3_connect(path, **{**how, "factory": Failing})  # type: ignore[no-any-return]

    sqlite3_connect = library().connect
    monkeypatch.setattr(library(), "connect", connect)
    with Store(tmp_path / "netcrm.db", ticking()) as store:
        monkeypatch.undo()
        yield replace(ids, store=store)


@pytest.fixture
def failing(book: Book) -> Failing:
    """The connection of the book's store."""
    connection = book.store._connection
    assert isinstance(connection, Failing)
    return connection


def reopened(store: Store) -> Store:
    """The same file, opened anew."""
    store.close()
    return Store(store.path, ticking())


every_act = pytest.mark.parametrize("do", ACTS.values(), ids=ACTS)


def test_the_table_has_every_writing_method(book: Book) -> None:
    """A method that returns what it changed is taken through these tests; a new one has to be added."""
    writing = {
        f"{shelf}.{name}"
        for shelf in dir(book.store)
        for value in [getattr(book.store, shelf)]
        if type(value).__module__.startswith("netcrm.store.") and not shelf.startswith("_")
        for name, method in inspect.getmembers(value, inspect.ismethod)
        if not name.startswith("_") and _says_what_changed(method)
    }
    assert writing - {"history.undo", "history.redo"} == {name.partition(":")[0] for name in ACTS}


def _says_what_changed(method: Callable[..., object]) -> bool:
    returned = inspect.signature(method).return_annotation
    return returned is Change or Change in typing.get_args(returned)


@every_act
class TestEveryAct:
    """What holds for whatever a user does."""

    def test_it_is_kept(self, book: Book, do: Doing) -> None:
        """It changes something, says so in words, and is there for another program and after a restart."""
        before = dump(book.store)
        change = do(book)
        after = dump(book.store)
        assert change and change.label
        assert after != before
        with reopened(book.store) as again:
            assert dump(again) == after
            assert again.history.acts()[0].label == change.label

    def test_it_is_whole(self, book: Book, failing: Failing, do: Doing) -> None:
        """Whichever write fails, the commit included, nothing of it stays, and the store goes on working."""
        before, acts = dump(book.store), book.store.history.acts()
        number = 0
        while True:
            number += 1
            assert number < 1000, "it always fails"
            failing.written, failing.fails_at = 0, number
            failing.error = sqlite3.OperationalError("disk I/O error") if number % 2 else RuntimeError()
            try:
                do(book)
            except (StoreError, RuntimeError):
                assert dump(book.store) == before, f"write {number}"
                assert book.store.history.acts() == acts
            else:
                break
        assert number > 3, "hardly anything was made to fail"
        assert dump(book.store) != before

    def test_undo_brings_back_every_row(self, book: Book, do: Doing) -> None:
        """After undo each table holds the very rows it held before, stamps and derived ones included."""
        before = dump(book.store)
        change = do(book)
        undone = book.store.history.undo()
        assert dump(book.store) == before
        assert undone == change

    def test_redo_does_the_same_again(self, book: Book, do: Doing) -> None:
        """After redo each table holds the very rows that it held after the act, however often."""
        change = do(book)
        after = dump(book.store)
        for _ in range(3):
            book.store.history.undo()
            assert book.store.history.redo() == change
            assert dump(book.store) == after

    def test_undo_is_refused_where_anything_has_changed_since(self, book: Book, do: Doing) -> None:
        """Whichever row of whichever table it wrote another window has written since: nothing is taken back.

        A row that went is written again by another, too.
        """
        act = do(book).act
        entries = book.store._connection.execute(
            "SELECT change, tbl, min(first_id) FROM act_rows WHERE act_id = ? GROUP BY change, tbl", (act,)
        ).fetchall()
        assert entries
        for change, table, row_id in entries:
            with raw(book.store.path) as other:
                image = other.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
                for since in (_is_edited, _is_removed) if image else (_is_put_back,):
                    since(other, table, row_id, act)
                    before = dump(book.store)
                    with pytest.raises(ChangedSince):
                        book.store.history.undo()
                    assert dump(book.store) == before, (change, table, since.__name__)
                    other.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
                    if image:
                        marks = ", ".join("?" * len(image))
                        other.execute(f"INSERT INTO {table} VALUES ({marks})", image)
        assert book.store.history.undo()

    def test_undo_and_redo_outlive_a_restart(self, book: Book, do: Doing) -> None:
        """What was done before the program ended can be taken back after it, and done again after that."""
        before = dump(book.store)
        do(book)
        after = dump(book.store)
        store = reopened(book.store)
        store.history.undo()
        assert dump(store) == before
        store = reopened(store)
        store.history.redo()
        assert dump(store) == after
        with reopened(store) as store:
            store.history.undo()
            assert dump(store) == before

    def test_undo_and_redo_are_whole_too(self, book: Book, failing: Failing, do: Doing) -> None:
        """A failure on the way back or forth leaves everything as it was."""
        do(book)
        for turn in (book.store.history.undo, book.store.history.redo):
            before = dump(book.store)
            failing.written, failing.fails_at = 0, 0
            turn()
            writes = failing.written
            (book.store.history.redo if turn == book.store.history.undo else book.store.history.undo)()
            assert dump(book.store) == before
            for number in range(1, writes + 1):
                failing.written, failing.fails_at = 0, number
                with pytest.raises(RuntimeError):
                    turn()
                assert dump(book.store) == before, f"write {number}"
            failing.fails_at = 0
            turn()

    def test_what_is_derived_follows(self, book: Book, do: Doing) -> None:
        """Search pages, names and facts are what they would be if they were made anew from the records."""
        do(book)
        assert dump(book.store) == dump_remade(book.store)
        book.store.history.undo()
        assert dump(book.store) == dump_remade(book.store)
        book.store.history.redo()
        assert dump(book.store) == dump_remade(book.store)

    def test_it_says_what_it_touched(self, book: Book, do: Doing) -> None:
        """Whoever is shown differently afterwards is among those that the change names."""
        before = {key: (book.store.people.get(key), line) for key, line in _lines(book.store).items()}
        change = do(book)
        after = {key: (book.store.people.get(key), line) for key, line in _lines(book.store).items()}
        differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        assert differing <= change.people


class TestOneAfterTheOther:
    """Acts in any order, on what others have left."""

    @pytest.mark.parametrize("seed", range(4))
    def test_all_the_way_back_and_forth(self, book: Book, seed: int) -> None:
        """Undo comes by every state there was, redo by them again; what can't be done changes nothing."""
        chance = random.Random(seed)
        states = [dump(book.store)]
        for do in chance.sample(list(ACTS.values()), 20):
            change = Change()
            with contextlib.suppress(StoreError, ValueError, IndexError):
                change = do(book)
            now = dump(book.store)
            if change:
                assert now == dump_remade(book.store)
                states.append(now)
            assert now == states[-1]
        assert len(states) > 10
        for state in reversed(states[:-1]):
            book.store.history.undo()
            assert dump(book.store) == state
        for state in states[1:]:
            book.store.history.redo()
            assert dump(book.store) == state


def _lines(store: Store) -> typing.Mapping[int, object]:
    return store.people.lines([*store.people.ids(), *store.people.ids(archived=True)])


def _is_edited(other: sqlite3.Connection, table: str, row_id: int, act: int) -> None:
    """Another window edits a row: whatever it changes, it stamps it."""
    other.execute(f"UPDATE {table} SET updated = '2031-01-01T00:00:00.000+00:00' WHERE id = ?", (row_id,))


def _is_removed(other: sqlite3.Connection, table: str, row_id: int, act: int) -> None:
    """Another window removes a row."""
    other.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))


def _is_put_back(other: sqlite3.Connection, table: str, row_id: int, act: int) -> None:
    """Something else stands where a row was that the act removed."""
    (image,) = other.execute(
        "SELECT before FROM act_rows WHERE act_id = ? AND tbl = ? AND first_id = ? AND change = 'delete'",
        (act, table, row_id),
    ).fetchone()
    row = {**json.loads(image), "uuid": "another"}
    marks = ", ".join("?" * len(row))
    other.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def raw(path: Path) -> contextlib.closing[sqlite3.Connection]:
    """A connection of some other program's, which looks after no references."""
    connection = outside(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    return contextlib.closing(connection)
