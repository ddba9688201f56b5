"""The people shelf: the list, the record, and how names are looked up."""

from dataclasses import replace

import pytest

from netcrm.domain.gives import GiveDraft
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import NEVER, ContactPoint, Named, PersonLine, Relation
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.store.test_every_act import WHOLE
from tests.world import TODAY, added, day, entry, logged, names, person, queued


class TestAdding:
    """A person comes into the book."""

    def test_every_field_comes_back(self, store: Store) -> None:
        """What was written is what is read, field by field."""
        christina = added(store)
        ines = added(store, WHOLE)
        found = store.people.get(ines)
        assert found
        assert found.profile == WHOLE
        assert found.profile.introduced_by == christina
        assert found.created == found.updated

    def test_ids_and_uuids_are_their_own(self, store: Store) -> None:
        """Two people of one name are two people."""
        first, second = store.people.get(added(store)), store.people.get(added(store))
        assert first and second
        assert first.id != second.id
        assert first.uuid != second.uuid

    @pytest.mark.parametrize(
        ("profile", "name"),
        [
            (person("  Ana   Vale "), "Ana Vale"),
            (person("", given="Ana", family="Vale", prefix="Dr."), "Dr. Ana Vale"),
            (person("", nicknames=("Annie",)), "Annie"),
            (person("", organisation="Acme"), "Acme"),
            (person("", email="ana@vale.example"), "ana@vale.example"),
        ],
    )
    def test_name_from_what_there_is(self, store: Store, profile: object, name: str) -> None:
        """Without a name the parts, a nickname, the organisation or an address stand for it."""
        assert names(store, [added(store, profile)]) == [name]  # type: ignore[arg-type]  # a Profile each

    def test_nothing_to_call_them_by(self, store: Store) -> None:
        """Someone of whom nothing is known can't be added."""
        with pytest.raises(ValueError, match="name"):
            store.people.add(person(" ", note="tall"))
        assert store.people.count() == 0

    def test_empty_rows_of_a_form(self, store: Store) -> None:
        """A way to reach someone, a want or an offer that was left empty is none."""
        amara = added(store, person("Amara", points=(ContactPoint("email", ""),), wants=("",), offers=("",)))
        found = store.people.get(amara)
        assert found
        assert (found.profile.points, found.profile.wants, found.profile.offers) == ((), (), ())

    def test_bytes_that_were_no_text(self, store: Store) -> None:
        """A lone surrogate, which a shell makes of a stray byte, becomes the sign for what can't be read."""
        assert names(store, [added(store, person("Jos\udce9"))]) == ["Jos\ufffd"]
        assert store.history.acts()[0].label == "added Jos\ufffd"

    @pytest.mark.parametrize("name", ["[red]x[/]", "\x1b]52;c;x\x07", "a\x00b", "\u202eevil", "李", "👩‍👩‍👧"])
    def test_hostile_names_are_kept_as_they_are(self, store: Store, name: str) -> None:
        """The store neither interprets nor cleans what it is given: that is for where it is drawn."""
        assert names(store, [added(store, person(name))]) == [name]


class TestEditing:
    """A person's form is saved."""

    def test_what_stays_keeps_its_record(self, store: Store) -> None:
        """Only what changed is written: the rest keeps its id and UUID, so that a sync sees one change."""
        amara = added(store, WHOLE)
        rows = "SELECT uuid FROM contact_points ORDER BY position"
        before = store._connection.execute(rows).fetchall()
        email, phone = WHOLE.points
        store.people.edit(amara, person("Amara", points=(phone, ContactPoint("url", "x.example"), email)))
        after = store._connection.execute(rows).fetchall()
        assert after[::2] == before[::-1]
        found = store.people.get(amara)
        assert found
        assert [point.value for point in found.profile.points] == [phone.value, "x.example", email.value]

    def test_saved_as_it_was(self, store: Store) -> None:
        """A form that is saved unchanged changes nothing, and is no act."""
        added(store)
        ines = added(store, WHOLE)
        assert not store.people.edit(ines, WHOLE)
        assert len(store.history.acts()) == 2

    def test_what_another_program_wrote_meanwhile(self, store: Store) -> None:
        """A form wrote all of the profile it was opened with, over what had been written since."""
        amara = added(store, person("Amara", city="Lagos", tags=("choir",)))
        opened = person("Amara", city="Lagos", tags=("choir",))
        store.people.edit(amara, person("Amara", city="Berlin", tags=("choir", "warm")))
        change = store.people.edit(amara, replace(opened, title="Astronomer"), opened)
        assert change.label == "edited Amara"
        found = store.people.get(amara)
        assert found
        assert found.profile == person("Amara", city="Berlin", tags=("choir", "warm"), title="Astronomer")
        assert not store.people.edit(amara, opened, opened)

    def test_twice_the_same(self, store: Store) -> None:
        """Two equal rows are two rows; taking one out leaves the other."""
        twice = (Relation("cat", "Tom"), Relation("cat", "Tom"))
        amara = added(store, person("Amara", relations=twice))
        store.people.edit(amara, person("Amara", relations=twice[:1]))
        found = store.people.get(amara)
        assert found
        assert found.profile.relations == twice[:1]

    def test_an_occasion_that_a_give_came_from(self, store: Store) -> None:
        """An occasion can go although a give refers to it; the give stays."""
        birthday = Occasion(kind="birthday", label="birthday", month=2, day=29)
        amara = added(store, person("Amara", occasions=(birthday,)))
        give = queued(store, amara)
        with store._writer.act("linked") as act:
            act.update("gives", give, {"occasion_id": 1})
        store.people.edit(amara, person("Amara"))
        assert store.gives.get(give)
        store.history.undo()
        found = store.people.get(amara)
        assert found
        assert found.profile.occasions == (birthday,)

    def test_someone_who_is_gone(self, store: Store) -> None:
        """Whoever was taken back in another window meanwhile can't be changed: a sentence says so."""
        gone = added(store)
        store.history.undo()
        with pytest.raises(StoreError, match="no longer there"):
            store.people.edit(gone, person("Christina"))
        with pytest.raises(StoreError, match="no longer there"):
            store.people.tag([gone], add=["x"])
        with pytest.raises(StoreError, match="no longer there"):
            store.people.set_cadence([gone], 7)
        with pytest.raises(StoreError, match="no longer there"):
            store.people.archive([gone])
        assert [act.undone for act in store.history.acts()] == [True]


class TestManyAtOnce:
    """Tags, rhythm and archiving take a selection, as one act."""

    def test_tags(self, store: Store) -> None:
        """New tags are put on, old ones taken off, in any case; a tag keeps its first spelling."""
        first = added(store, person("Amara", tags=("Design", "old")))
        second = added(store, person("Bela", tags=("OLD",)))
        change = store.people.tag([first, second], add=["design", "New"], remove=["Old"])
        assert change.people == {first, second}
        assert change.label == "tagged Amara and Bela #design #New −#old"
        found = [person.profile.tags for person in map(store.people.get, (first, second)) if person]
        assert found == [("Design", "New"), ("Design", "New")]

    def test_tags_by_use(self, store: Store) -> None:
        """The tags in use, the most used first."""
        added(store, person("Amara", tags=("astronomy", "design")))
        added(store, person("Bela", tags=("design",)))
        assert store.people.tags() == ["design", "astronomy"]

    def test_rhythm(self, store: Store) -> None:
        """Days, never, and undecided are three different things."""
        people = [added(store, "Amara"), added(store, "Bela")]
        for cadence in (30, NEVER, None):
            store.people.set_cadence(people, cadence)
            lines = store.people.lines(people)
            assert [lines[key].cadence for key in people] == [cadence, cadence]

    def test_archive(self, store: Store) -> None:
        """Who is put away leaves lists, counts and searches, and comes back whole."""
        amara, bela = added(store, person("Amara", note="comets")), added(store, "Bela")
        before = store.people.get(amara)
        store.people.archive([amara])
        assert list(store.people.ids()) == [bela]
        assert list(store.people.ids(archived=True)) == [amara]
        assert store.people.count() == 1
        store.people.archive([amara], archived=False)
        after = store.people.get(amara)
        assert before and after
        assert (after.profile, after.archived) == (before.profile, False)

    def test_labels(self, store: Store) -> None:
        """An act on a few people names them, a comma in a name and all; on more, it counts them."""
        people = [added(store, name) for name in ("Vale, C.", "Bela", "Cleo", "Dora")]
        assert store.people.archive(people[:1]).label == "archived Vale, C."
        assert store.people.set_cadence(people[:2], 7).label == "changed the rhythm with Vale, C. and Bela"
        label = store.people.set_cadence(people[:3], 8).label
        assert label == "changed the rhythm with Vale, C., Bela and Cleo"
        assert store.people.set_cadence(people, 9).label == "changed the rhythm with 4 people"

    def test_nobody(self, store: Store) -> None:
        """An empty selection is no act; someone selected twice is one person."""
        amara = added(store)
        assert not store.people.archive([])
        assert store.people.set_cadence([amara, amara], 7).label == "changed the rhythm with Christina Vale"


class TestTheList:
    """What the people pane reads."""

    def test_line(self, store: Store) -> None:
        """Name, headline, rhythm, last contact and gives waiting."""
        amara = added(store, person("Amara", title="Astrophysicist", organisation="ESO", cadence=30))
        logged(store, amara, days_ago=9, kind="call")
        logged(store, amara, days_ago=2, kind="note")
        queued(store, amara)
        line = store.people.lines([amara])[amara]
        assert line == PersonLine(
            id=amara,
            name="Amara",
            title="Astrophysicist",
            organisation="ESO",
            cadence=30,
            last_on=day("2026-11-13"),
            gives_waiting=1,
            due_on=day("2026-12-13"),
            drifting_on=day("2027-01-12"),
        )
        assert line.headline == "Astrophysicist, ESO"

    def test_notes_are_no_contact(self, store: Store) -> None:
        """Writing something down about someone, or hearing of them, is not being in touch."""
        amara = added(store)
        logged(store, amara, kind="note")
        logged(store, amara, kind="life event")
        assert store.people.lines([amara])[amara].last_on is None

    def test_order(self, store: Store) -> None:
        """By name as it is folded, or by a sort text; or the last contact first, and strangers last."""
        names_ = ("Étienne", "eva", "Zoe", "Amara")
        people = {name: added(store, person(name, sort="b" if name == "Zoe" else "")) for name in names_}
        logged(store, people["eva"], days_ago=1)
        logged(store, people["Zoe"], days_ago=3)
        assert names(store, store.people.ids()) == ["Amara", "Zoe", "Étienne", "eva"]
        assert names(store, store.people.ids("recent")) == ["eva", "Zoe", "Amara", "Étienne"]

    def test_counts_of_a_person(self, store: Store) -> None:
        """How often one gave, asked, and was in touch at all."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        for kind in ("gave", "gave", "asked", "met"):
            logged(store, amara, bela, kind=kind)
        store.timeline.log(entry(bela, kind="note"), gives=[GiveDraft(person_id=amara, words="x")])
        found = store.people.get(amara)
        assert found
        assert (found.gave, found.asked, found.entries, found.gives_waiting) == (2, 1, 4, 1)

    def test_what_is_coming(self, store: Store) -> None:
        """The occasions of the next days in their order, across the turn of the year."""
        amara = added(
            store,
            person(
                "Amara",
                occasions=(
                    Occasion(kind="birthday", label="birthday", month=1, day=2),
                    Occasion(kind="wedding", label="marries", month=12, day=1, year=2026, yearly=False),
                    Occasion(kind="birth", label="was born", month=11, day=30, year=2020, yearly=False),
                    Occasion(kind="other", label="today", month=11, day=22),
                ),
            ),
        )
        away = Occasion(kind="birthday", label="birthday", month=12, day=1)
        store.people.archive([added(store, person("Away", occasions=(away,)))])
        coming = store.people.coming(TODAY, 60)
        assert [(on, named.id, occasion.label) for on, named, occasion in coming] == [
            (TODAY, amara, "today"),
            (day("2026-12-01"), amara, "marries"),
            (day("2027-01-02"), amara, "birthday"),
        ]
        assert len(store.people.coming(TODAY, 8)) == 1
        assert len(store.people.coming(TODAY, 9)) == 2

    def test_tags_and_cities(self, store: Store) -> None:
        """Tags and cities of a page of people, whoever has any."""
        amara = added(store, person("Amara", tags=("sky", "sea"), city="Garching"))
        bela = added(store, "Bela")
        assert store.people.tags_of([amara, bela]) == {amara: ["sky", "sea"]}
        assert store.people.cities([amara, bela]) == {amara: "Garching"}

    def test_silent_for_longer_than_their_rhythm(self, store: Store) -> None:
        """Counted are those with a rhythm and more days since than it has, but not more than a dozen times.

        Whom one was never in touch with is due from the day on which they came into the book.
        """
        for name, cadence, days_ago in (
            ("Due", 7, 8),
            ("Nearly too long", 7, 84),
            ("Too long", 7, 85),
            ("Not yet", 7, 7),
            ("Never", NEVER, 900),
            ("Undecided", None, 900),
        ):
            logged(store, added(store, person(name, cadence=cadence)), days_ago=days_ago)
        added(store, person("Stranger", cadence=7))
        logged(store, added(store, person("Due first", cadence=30)), days_ago=60)
        waiting = ["Nearly too long", "Due first", "Due", "Stranger"]
        assert store.people.count_out_of_rhythm(TODAY) == len(waiting)
        assert [line.name for line in store.people.out_of_rhythm(TODAY)] == waiting
        assert [line.name for line in store.people.long_silent(TODAY)] == ["Too long"]
        assert len(store.people.out_of_rhythm(TODAY, limit=1)) == 1

    def test_no_such_person(self, store: Store) -> None:
        """Someone who is not there is nobody, without an error."""
        assert store.people.get(99) is None
        assert store.people.lines([99]) == {}
        assert store.people.lines([]) == {}


class TestLookingUpNames:
    """Whom the log line may mean."""

    @pytest.fixture
    def book(self, store: Store) -> Store:
        """People whose names have parts in common."""
        added(store, person("Hank Morrow", nicknames=("Badger", "Big Hank")))
        added(store, "Hank Brown")
        added(store, "Hank")
        added(store, "Grace de la Cruz")
        added(store, "Bela Kovács")
        return store

    @pytest.mark.parametrize(
        ("typed", "who"),
        [
            ("hank morrow", ["Hank Morrow"]),
            ("hank", ["Hank"]),
            ("badger", ["Hank Morrow"]),
            ("big hank", ["Hank Morrow"]),
            ("brown", ["Hank Brown"]),
            ("de la cruz", ["Grace de la Cruz"]),
            ("grace cruz", ["Grace de la Cruz"]),
            ("kovacs", ["Bela Kovács"]),
            ("morr", []),
            ("", []),
            ("…", []),
        ],
    )
    def test_named(self, book: Store, typed: str, who: list[str]) -> None:
        """A full name or nickname, else a run of whole words of a name; who is called just so comes alone."""
        assert [named.name for named in book.people.named(typed)] == who

    def test_two_of_one_name(self, store: Store) -> None:
        """Both are candidates."""
        people = [added(store, "Amara Okafor"), added(store, "Amara Okafor")]
        assert store.people.named("amara okafor") == [Named(key, "Amara Okafor") for key in people]

    def test_archived(self, store: Store) -> None:
        """Someone who was put away was offered as new; they are meant where nobody else is called so."""
        away = added(store, "Hank Morrow")
        store.people.archive([away])
        assert store.people.named("hank morrow") == [Named(away, "Hank Morrow")]
        here = added(store, "Hank Brown")
        assert store.people.named("hank") == [Named(here, "Hank Brown")]
