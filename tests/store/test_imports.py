"""The imports shelf: the same file brings nothing twice, and nothing the user wrote is overwritten."""

from collections.abc import Iterator, Sequence

import pytest

from netcrm.domain.imports import Card, ImportReport, Skipped, stand_in
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Person, Profile
from netcrm.store import Store
from tests.store.test_every_act import WHOLE
from tests.world import added, dump, names, person


def card(name: str, key: str = "", source: str = "vcard", **fields: object) -> Card:
    """A record of another program."""
    return Card(profile=person(name, **fields), source=source, key=key)  # type: ignore[arg-type]  # fields


def bring_in(store: Store, *records: Card | Skipped, called: str = "a file") -> tuple[int, int, int, int]:
    """Import records; how many were added, updated, the same, and skipped."""
    report, _ = store.imports.bring_in(records, called)
    return counts(report)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """The numbers of a report."""
    return report.added, report.updated, report.same, len(report.skipped)


def everybody(store: Store) -> Sequence[str]:
    """All names, in order."""
    return names(store, store.people.ids())


def nameless(line: int, key: str = "", **fields: object) -> Card:
    """A record that says no name."""
    said = {"note": "comets"} | fields
    return Card(profile=person(stand_in(line), **said), source="vcard", key=key, line=line)  # type: ignore[arg-type]  # fields


def rows(store: Store) -> int:
    """How many records of other programs are remembered."""
    return len(dump(store)["imported_records"])


def the_one(store: Store) -> Person:
    """The only person in the book."""
    (key,) = store.people.ids()
    found = store.people.get(key)
    assert found
    return found


class TestAFile:
    """A file is brought in."""

    def test_every_field_arrives(self, store: Store) -> None:
        """What a card says is what is read of the person."""
        introducer = added(store)
        profile = Profile(**{name: getattr(WHOLE, name) for name in Profile.__dataclass_fields__})
        assert profile.introduced_by == introducer
        assert bring_in(store, Card(profile=profile, source="vcard", key="urn:1")) == (1, 0, 0, 0)
        found = store.people.get(store.people.ids()[1])
        assert found
        assert found.profile == profile

    def test_it_is_one_act(self, store: Store) -> None:
        """The history tells what came of which file; one undo takes it back."""
        added(store, person("Hank", email="h@x.example"))
        _, change = store.imports.bring_in(
            [card("Amara"), card("Hank", email="h@x.example", city="Bath")], "contacts.vcf"
        )
        assert change.label == "imported contacts.vcf: 1 added, 1 updated"
        assert len(change.people) == 2
        store.history.undo()
        assert everybody(store) == ["Hank"]

    def test_skipped_records_are_reported(self, store: Store) -> None:
        """What could not be read is told with its line, and the rest come in."""
        skipped = Skipped(7, "It holds only a date.")
        report, _ = store.imports.bring_in([card("Amara"), skipped, card("Bela")], "a file")
        assert report == ImportReport(added=2, skipped=(skipped,))

    def test_a_record_that_says_nothing(self, store: Store) -> None:
        """A card without a name or a way to reach anyone is skipped; an address alone is a name."""
        report, _ = store.imports.bring_in([card("", note="tall"), card("", email="a@x.example")], "a file")
        assert counts(report) == (1, 0, 0, 1)
        assert everybody(store) == ["a@x.example"]

    def test_nothing_new_is_no_act(self, store: Store) -> None:
        """A file that brings nothing leaves nothing to undo."""
        bring_in(store, card("Amara", "urn:1"))
        bring_in(store, card("Amara", "urn:1"))
        bring_in(store)
        assert len(store.history.acts()) == 1

    def test_a_file_that_ends_in_an_error(self, store: Store) -> None:
        """When reading fails on the way, nothing has been changed, and nobody was kept waiting."""

        def failing() -> Iterator[Card]:
            yield card("Amara")
            added(store, "Written meanwhile")
            raise OSError("the stick was pulled out")

        with pytest.raises(OSError, match="stick"):
            store.imports.bring_in(failing(), "a file")
        assert everybody(store) == ["Written meanwhile"]

    def test_many(self, store: Store) -> None:
        """Thousands come in at once, with tags in common."""
        cards = [
            card(f"Person {number}", f"urn:{number}", tags=("all", f"t{number % 7}"))
            for number in range(3000)
        ]
        assert bring_in(store, *cards) == (3000, 0, 0, 0)
        assert len(store.people.tags()) == 8
        assert bring_in(store, *cards) == (0, 0, 3000, 0)

    def test_lone_surrogates(self, store: Store) -> None:
        """A file whose bytes are no text comes in all the same, and brings nothing the second time."""
        odd = card("Jos\udce9", "urn:\udc80", note="caf\udce9", further=(Further("X", "X:\udcff"),))
        assert bring_in(store, odd) == (1, 0, 0, 0)
        assert bring_in(store, odd) == (0, 0, 1, 0)
        assert the_one(store).profile.note == "caf\ufffd"


class TestDryRun:
    """What would happen, without its happening."""

    def test_says_the_same_and_changes_nothing(self, store: Store) -> None:
        """The report is that of the real import; the file, its history and what can be redone stay."""
        added(store, person("Hank", email="h@x.example"))
        added(store, "Soon undone")
        store.history.undo()
        before, acts = dump(store), store.history.acts()
        records: list[Card | Skipped] = [
            card("Amara", tags=("new",)),
            card("Hank", email="h@x.example", city="Bath"),
            Skipped(3, "no"),
        ]
        would, change = store.imports.bring_in(records, "a file", dry_run=True)
        assert counts(would) == (1, 1, 0, 1)
        assert not change
        assert dump(store) == before
        assert store.history.acts() == acts
        did, _ = store.imports.bring_in(records, "a file")
        assert did == would


class TestTheSameAgain:
    """The same file brings nothing twice."""

    @pytest.mark.parametrize("key", ["urn:1", ""])
    def test_a_record(self, store: Store, key: str) -> None:
        """A record is known again by its key, or by all that it says."""
        one = card("Amara Okafor", key, email="a@x.example", note="comets")
        assert bring_in(store, one) == (1, 0, 0, 0)
        before = dump(store)
        assert bring_in(store, one) == (0, 0, 1, 0)
        assert dump(store) == before

    def test_after_the_user_changed_everything(self, store: Store) -> None:
        """Whoever was renamed and emptied by the user is known still, and stays as the user wants them."""
        one = card("Amara Okafor", "urn:1", email="a@x.example", note="comets", city="Garching")
        bring_in(store, one)
        store.people.edit(the_one(store).id, person("A. O."))
        assert bring_in(store, one) == (0, 0, 1, 0)
        assert the_one(store).profile == person("A. O.")

    def test_a_key_twice_in_one_file(self, store: Store) -> None:
        """Two cards with one key speak of one person; the first has the say, the others fill the gaps.

        However often the file is brought in, nothing moves: it used to swing between the two cards.
        """
        first = card("Amara Okafor", "urn:1", city="Garching")
        second = card("Amara Okafor-Diop", "urn:1", city="Paris", title="Astrophysicist")
        assert bring_in(store, first, second, first) == (1, 0, 2, 0)
        assert (the_one(store).profile.city, the_one(store).profile.title) == ("Garching", "Astrophysicist")
        before = dump(store)
        for order in ((first, second), (second, first), (first, second)):
            assert bring_in(store, *order) == (0, 0, 2, 0)
            assert dump(store) == before

    def test_a_keyless_record_twice_in_one_file(self, store: Store) -> None:
        """The same card twice is one person."""
        one = card("Amara", email="a@x.example")
        assert bring_in(store, one, one) == (1, 0, 1, 0)

    def test_two_records_of_one_person_in_one_file(self, store: Store) -> None:
        """Two keyless cards with name and address in common are one person with what both say."""
        assert bring_in(
            store,
            card("Amara", email="a@x.example", city="Garching"),
            card("AMARA", email="A@x.example", title="Astrophysicist"),
        ) == (1, 0, 1, 0)
        assert (the_one(store).profile.city, the_one(store).profile.title) == ("Garching", "Astrophysicist")

    def test_an_archived_person(self, store: Store) -> None:
        """Who was put away is not added anew."""
        bring_in(store, card("Amara", "urn:1"))
        store.people.archive([the_one(store).id])
        assert bring_in(store, card("Amara", "urn:1")) == (0, 0, 1, 0)
        assert store.people.count() == 0


class TestAChangedFile:
    """The other program knows something new."""

    def test_what_changed_there_is_taken(self, store: Store) -> None:
        """A new title over there is taken, if the one here is what it said before."""
        bring_in(store, card("Amara", "urn:1", title="Postdoc", city="Paris"))
        assert bring_in(store, card("Amara", "urn:1", title="Professor", city="Paris")) == (0, 1, 0, 0)
        assert the_one(store).profile.title == "Professor"

    def test_what_the_user_wrote_stays(self, store: Store) -> None:
        """What the user changed is not overwritten, even where it changes over there too."""
        bring_in(store, card("Amara", "urn:1", title="Postdoc"))
        store.people.edit(the_one(store).id, person("Amara", title="Stargazer"))
        assert bring_in(store, card("Amara", "urn:1", title="Professor")) == (0, 0, 1, 0)
        assert the_one(store).profile.title == "Stargazer"

    def test_what_the_user_removed_stays_away(self, store: Store) -> None:
        """A field that the user emptied is not filled with the same again, but with something new."""
        bring_in(store, card("Amara", "urn:1", note="comets"))
        store.people.edit(the_one(store).id, person("Amara"))
        assert bring_in(store, card("Amara", "urn:1", note="comets", city="Bonn")) == (0, 1, 0, 0)
        assert (the_one(store).profile.note, the_one(store).profile.city) == ("", "Bonn")
        bring_in(store, card("Amara", "urn:1", note="galaxies", city="Bonn"))
        assert the_one(store).profile.note == "galaxies"

    def test_what_the_user_removed_from_lists_stays_away(self, store: Store) -> None:
        """Only what is new over there is added to lists.

        Any change over there used to bring back each removed address and tag, and double a corrected day.
        """
        old, new = ContactPoint("email", "old@x.example"), ContactPoint("email", "new@x.example")
        wrong, right = (
            Occasion(kind="birthday", label="birthday", month=12, day=number) for number in (14, 15)
        )
        bring_in(store, card("Amara", "urn:1", points=(old,), tags=("sky",), occasions=(wrong,)))
        store.people.edit(the_one(store).id, person("Amara", occasions=(right,)))
        news = card("Amara", "urn:1", title="CTO", points=(old,), tags=("sky",), occasions=(wrong,))
        assert bring_in(store, news) == (0, 1, 0, 0)
        assert the_one(store).profile == person("Amara", title="CTO", occasions=(right,))
        bring_in(store, card("Amara", "urn:1", points=(old, new), tags=("Sky", "sea"), occasions=(wrong,)))
        profile = the_one(store).profile
        assert (profile.points, profile.tags, profile.occasions) == ((new,), ("sea",), (right,))

    def test_what_went_there_stays_here(self, store: Store) -> None:
        """What the other program no longer knows is kept."""
        bring_in(store, card("Amara", "urn:1", email="a@x.example", note="comets"))
        assert bring_in(store, card("Amara", "urn:1")) == (0, 0, 1, 0)
        assert the_one(store).profile == person("Amara", email="a@x.example", note="comets")

    def test_what_has_no_field_is_replaced(self, store: Store) -> None:
        """A property that we have no field for is as the source says it now: each version used to pile up."""
        geo, *photos = (
            Further(name, f"{name}:{raw}") for name, raw in (("GEO", 1), ("PHOTO", 2), ("PHOTO", 3))
        )
        bring_in(store, card("Amara", "urn:1", further=(geo, photos[0])))
        assert bring_in(store, card("Amara", "urn:1", further=(geo, photos[1]))) == (0, 1, 0, 0)
        assert the_one(store).profile.further == (geo, photos[1])
        bring_in(store, card("Amara", "in/amara", "linkedin"))
        bring_in(store, card("Amara", "urn:1", further=(geo,)))
        assert the_one(store).profile.further == (geo,)

    def test_new_ways_to_reach_them(self, store: Store) -> None:
        """New addresses, tags and dates are added to those that are there."""
        bring_in(store, card("Amara", "urn:1", email="a@x.example", tags=("sky",)))
        birthday = Occasion(kind="birthday", label="birthday", month=2, day=11)
        points = (ContactPoint("email", "A@X.example"), ContactPoint("phone", "+49 89 1"))
        news = card("Amara", "urn:1", points=points, tags=("SKY", "sea"), occasions=(birthday,))
        assert bring_in(store, news) == (0, 1, 0, 0)
        profile = the_one(store).profile
        assert [point.value for point in profile.points] == ["a@x.example", "+49 89 1"]
        assert (profile.tags, profile.occasions) == (("sky", "sea"), (birthday,))

    def test_renamed_there(self, store: Store) -> None:
        """A new name over there is taken too."""
        bring_in(store, card("Amara Diop", "urn:1"))
        bring_in(store, card("Amara Okafor", "urn:1"))
        assert everybody(store) == ["Amara Okafor"]

    def test_it_is_counted_once(self, store: Store) -> None:
        """Someone of whom two records know something new was updated once."""
        added(store, person("Amara", email="a@x.example"))
        assert bring_in(
            store,
            card("Amara", email="a@x.example", city="Bonn"),
            card("Amara", email="a@x.example", title="Professor"),
        ) == (0, 1, 1, 0)


class TestAChangedFileWithoutKeys:
    """The other program knows something new of someone, but has no key for them."""

    def test_what_changed_there_is_taken(self, store: Store) -> None:
        """A new title is taken in place of the old one.

        It never was, and each change left one more row in the file.
        """
        for title in ("Dev", "Lead", "CTO"):
            bring_in(store, card("Amara", source="google", email="a@x.example", title=title))
            assert the_one(store).profile.title == title
        assert rows(store) == 1

    def test_what_the_user_wrote_stays(self, store: Store) -> None:
        """What the user changed or removed stays so."""
        bring_in(store, card("Amara", email="a@x.example", title="Dev", tags=("sky",)))
        store.people.edit(the_one(store).id, person("Amara", email="a@x.example", title="Stargazer"))
        news = card("Amara", email="a@x.example", title="CTO", tags=("sky",), city="Bonn")
        assert bring_in(store, news) == (0, 1, 0, 0)
        kept = person("Amara", email="a@x.example", title="Stargazer", city="Bonn")
        assert the_one(store).profile == kept

    def test_two_records_of_one_person(self, store: Store) -> None:
        """Each of two records in one file keeps its row, and the one that changes is the one replaced."""
        first = card("Amara", email="a@x.example", city="Garching")
        second, third = (card("Amara", email="a@x.example", city=city) for city in ("Paris", "Bonn"))
        bring_in(store, first, second)
        for order in ((first, second), (second, first), (first, third), (third, first)):
            bring_in(store, *order)
            before = dump(store)
            assert bring_in(store, *order) == (0, 0, 2, 0)
            assert dump(store) == before
            assert the_one(store).profile.city == "Garching"
            assert rows(store) == 2

    def test_undone(self, store: Store) -> None:
        """Undo takes back the row as well, so that the next import brings it all again."""
        bring_in(store, card("Amara", email="a@x.example", title="Dev"))
        news = card("Amara", email="a@x.example", title="CTO")
        bring_in(store, news)
        store.history.undo()
        assert bring_in(store, news) == (0, 1, 0, 0)

    def test_another_program(self, store: Store) -> None:
        """What one program said does not take the place of what another did."""
        bring_in(store, card("Amara", email="a@x.example", title="Dev"))
        other = card("Amara", source="google", email="a@x.example", title="CTO")
        assert bring_in(store, other) == (0, 0, 1, 0)
        assert (the_one(store).profile.title, rows(store)) == ("Dev", 2)


class TestNameless:
    """A record without a name is taken under a stand-in that names its line."""

    @pytest.mark.parametrize("key", ["urn:1", ""])
    def test_on_another_line(self, store: Store, key: str) -> None:
        """A card that is added above it changes nothing: it used to be imported again."""
        assert bring_in(store, nameless(1, key)) == (1, 0, 0, 0)
        assert bring_in(store, card("Amara", "urn:2"), nameless(7, key)) == (1, 0, 1, 0)
        assert everybody(store) == ["Amara", "Nameless (line 1)"]

    def test_what_changed_there_is_taken(self, store: Store) -> None:
        """Another line is no new name, but a name is one."""
        bring_in(store, nameless(1, "urn:1"))
        bring_in(store, nameless(7, "urn:1", city="Bonn"))
        assert the_one(store).profile == person("Nameless (line 1)", note="comets", city="Bonn")
        bring_in(store, card("Amara", "urn:1", note="comets", city="Bonn"))
        assert everybody(store) == ["Amara"]

    def test_named_by_the_user(self, store: Store) -> None:
        """Who was given a name here keeps it."""
        bring_in(store, nameless(1, "urn:1"))
        store.people.edit(the_one(store).id, person("Amara"))
        assert bring_in(store, nameless(7, "urn:1", city="Bonn")) == (0, 1, 0, 0)
        assert the_one(store).profile == person("Amara", city="Bonn")

    def test_it_is_no_name_to_match(self, store: Store) -> None:
        """Two that stand on the same line of two files, with something in common, are two people."""
        point = ContactPoint("phone", "+12")
        bring_in(store, nameless(1, points=(point,)))
        assert bring_in(store, nameless(1, points=(point,), city="Bonn")) == (1, 0, 0, 0)


class TestAnotherSource:
    """A record that is new meets someone who is there already."""

    @pytest.mark.parametrize(
        "sign",
        [
            {"email": "A.Okafor@X.example"},
            {"points": (ContactPoint("phone", "0049 (89) 1-2"),)},
            {"points": (ContactPoint("url", "http://www.okafor.example/"),)},
            {"organisation": "eso"},
        ],
        ids=["address", "number", "link", "organisation"],
    )
    def test_name_and_a_sign(self, store: Store, sign: dict[str, object]) -> None:
        """The same name and a second sign, however they are written, are the same person."""
        added(
            store,
            person(
                "Amara Okafor",
                organisation="ESO",
                points=(
                    ContactPoint("email", "a.okafor@x.example"),
                    ContactPoint("phone", "0049 89 12"),
                    ContactPoint("url", "https://okafor.example"),
                ),
            ),
        )
        record = card("AMARA  OKAFOR", "in/amara", "linkedin", title="Astrophysicist", **sign)
        assert bring_in(store, record) == (0, 1, 0, 0)
        assert the_one(store).profile.title == "Astrophysicist"
        assert bring_in(store, record) == (0, 0, 1, 0)

    @pytest.mark.parametrize("place", ["Madrid", "Madrid, Spain", "Madrid, 28001, Spain", "Gran Vía, Madrid"])
    def test_namesakes_in_one_town(self, store: Store, place: str) -> None:
        """That two of one name live in one town, or in one street, does not make them one."""
        points = (ContactPoint("address", place),)
        assert bring_in(
            store,
            card("Greta Twofold", city="Madrid", title="Nurse", points=points),
            card("Greta Twofold", city="Madrid", title="Baker", points=points),
        ) == (2, 0, 0, 0)

    def test_in_one_house(self, store: Store) -> None:
        """That they live in one house does."""
        points = (ContactPoint("address", "Gran Vía 12, Madrid, Spain"),)
        one, other = (
            card("Greta Twofold", city="Madrid", title=title, points=points) for title in ("Nurse", "")
        )
        assert bring_in(store, one, other) == (1, 0, 1, 0)

    def test_a_name_alone_proves_nothing(self, store: Store) -> None:
        """Two people may have one name: where both say more, and nothing in common, they stay two."""
        added(store, person("Maria Silva", organisation="Acme", email="m@acme.example"))
        assert bring_in(store, card("Maria Silva", organisation="Kestrel")) == (1, 0, 0, 0)
        assert everybody(store) == ["Maria Silva", "Maria Silva"]

    def test_a_sign_alone_proves_nothing(self, store: Store) -> None:
        """A couple may share an address, and colleagues a number."""
        added(store, person("Maria Silva", email="home@silva.example"))
        assert bring_in(store, card("João Silva", email="home@silva.example")) == (1, 0, 0, 0)

    def test_only_a_name(self, store: Store) -> None:
        """A record that says nothing but a name is the one person of that name, if there is just one."""
        added(store, person("Maria Silva", email="m@acme.example"))
        assert bring_in(store, card("maria silva", given="Maria", family="Silva")) == (0, 1, 0, 0)
        assert len(everybody(store)) == 1
        added(store, person("Maria Silva", email="m@kestrel.example"))
        assert bring_in(store, card("Maria Silva", "in/maria", "linkedin")) == (1, 0, 0, 0)

    def test_two_keys_of_one_source_are_two_people(self, store: Store) -> None:
        """Where one program keeps two records apart, they are not thrown together, whatever they share."""
        bring_in(store, card("Maria Silva", "urn:1", organisation="Acme"))
        assert bring_in(store, card("Maria Silva", "urn:2", organisation="Acme")) == (1, 0, 0, 0)
        assert bring_in(store, card("Maria Silva", "in/m", "linkedin", organisation="Acme"))[0] == 0

    def test_what_the_user_wrote_wins(self, store: Store) -> None:
        """What is known already stays; notes of both are kept."""
        added(store, person("Amara", email="a@x.example", city="Garching", note="Likes tea"))
        bring_in(store, card("Amara", email="a@x.example", city="Munich", note="Met at PyCon"))
        profile = the_one(store).profile
        assert (profile.city, profile.note) == ("Garching", "Likes tea\n\nMet at PyCon")
