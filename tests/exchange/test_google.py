"""Google Contacts' CSV, the older and the newer."""

import csv
import io
from collections.abc import Callable

import pytest

from netcrm.domain.imports import Card, Skipped
from netcrm.domain.people import ContactPoint, Profile, Relation
from netcrm.exchange.reading import read


def table(*rows: dict[str, str]) -> bytes:
    """A file whose columns are those of its rows."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def records(data: bytes) -> list[Card | Skipped]:
    """Everything that a file gives."""
    reading = read(data)
    assert reading.source == "google"
    return list(reading.records)


def older(**cells: str) -> Profile:
    """What the older format says of Ana, with these cells."""
    return _only({"Name": "Ana Silva", "Given Name": "Ana", "Family Name": "Silva"}, cells)


def newer(**cells: str) -> Profile:
    """What the newer format says of Ana, with these cells."""
    return _only({"First Name": "Ana", "Last Name": "Silva", "Labels": "* myContacts"}, cells)


def _only(base: dict[str, str], cells: dict[str, str]) -> Profile:
    [found] = records(table(base | cells))
    assert isinstance(found, Card)
    return found.profile


class TestBoth:
    """What both formats have."""

    def test_names(self) -> None:
        """The newer format has no full name, so that it is made from its parts."""
        assert older().name == "Ana Silva"
        found = newer(
            **{"Name Prefix": "Dr.", "Middle Name": "Maria", "Name Suffix": "Jr.", "Nickname": "Mimi"}
        )
        assert found.name == "Dr. Ana Maria Silva Jr."
        assert (found.additional, found.nicknames) == ("Maria", ("Mimi",))

    @pytest.mark.parametrize(("make", "label"), [(older, "Type"), (newer, "Label")])
    def test_reach(self, make: Callable[..., Profile], label: str) -> None:
        """Several values in one cell share a label; the primary ones come first."""
        found = make(
            **{
                f"E-mail 1 - {label}": "Work",
                "E-mail 1 - Value": "a@x.example ::: b@x.example",
                f"E-mail 2 - {label}": "* ",
                "E-mail 2 - Value": "c@x.example",
                f"Phone 1 - {label}": "Mobile",
                "Phone 1 - Value": "\u202a+1 555\u202c",
                f"Website 1 - {label}": "Boat",
                "Website 1 - Value": "http://x.example",
            }
        )
        assert found.points == (
            ContactPoint("email", "c@x.example", ""),
            ContactPoint("email", "a@x.example", "work"),
            ContactPoint("email", "b@x.example", "work"),
            ContactPoint("phone", "+1 555", "mobile"),
            ContactPoint("url", "http://x.example", "Boat"),
        )

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("1990-04-12", 1990), ("--04-12", None), (" --04-12", None), ("-04-12", None), ("1604-04-12", None)],
    )
    def test_birthday(self, text: str, expected: int | None) -> None:
        """Google has written a birthday without a year in three ways."""
        [found] = newer(Birthday=text).occasions
        assert (found.kind, found.year, found.month, found.day) == ("birthday", expected, 4, 12)

    def test_no_day(self) -> None:
        """What is no day is kept."""
        found = newer(Birthday="spring")
        assert found.occasions == ()
        assert [(further.name, further.raw) for further in found.further] == [("Birthday", "spring")]

    def test_tags(self) -> None:
        """Everyone is in Google's own group, which says nothing; its others say something."""
        expected = ("Choir", "family")
        assert older(**{"Group Membership": "* My Contacts ::: Choir ::: * family"}).tags == expected
        assert newer(Labels="Choir ::: * family ::: * myContacts ::: * Other Contacts").tags == expected

    def test_relation_and_event(self) -> None:
        """Relatives, and days of other kinds."""
        found = newer(
            **{
                "Relation 1 - Label": "Spouse",
                "Relation 1 - Value": "Bo",
                "Event 1 - Label": "Anniversary",
                "Event 1 - Value": "2001-01-04",
                "Event 2 - Label": "First concert",
                "Event 2 - Value": "2010-05-06",
            }
        )
        assert found.relations == (Relation("spouse", "Bo"),)
        assert [(day.kind, day.label) for day in found.occasions] == [
            ("anniversary", "anniversary"),
            ("other", "First concert"),
        ]

    def test_address(self) -> None:
        """An address as Google formats it; its city is a field, its parts are kept."""
        found = older(
            **{
                "Address 1 - Type": "Home",
                "Address 1 - Formatted": "Main St 1\n1000 Lisbon\nPT",
                "Address 1 - City": "Lisbon",
                "Address 1 - Postal Code": "1000",
            }
        )
        assert found.points == (ContactPoint("address", "Main St 1, 1000 Lisbon, PT", "home"),)
        assert found.city == "Lisbon"
        assert [further.name for further in found.further] == ["Address 1 - City", "Address 1 - Postal Code"]

    def test_handles(self) -> None:
        """A cell of services names one for each handle; Google leaves a joint at its end."""
        found = older(
            **{"IM 1 - Type": "", "IM 1 - Service": "Skype ::: ICQ ::: ", "IM 1 - Value": "a ::: b ::: c"}
        )
        assert [(point.value, point.label) for point in found.points] == [
            ("a", "skype"),
            ("b", "icq"),
            ("c", ""),
        ]

    def test_organisation(self) -> None:
        """One organisation is a field, and what else is said is kept."""
        found = older(
            **{
                "Organization 1 - Name": "Acme ::: Globex",
                "Organization 1 - Title": "Painter",
                "Organization 1 - Department": "Art",
            }
        )
        assert (found.organisation, found.title) == ("Acme", "Painter")
        assert [further.raw for further in found.further] == ["Acme ::: Globex", "Art"]
        found = newer(**{"Organization Name": "Acme", "Organization Title": "Painter"})
        assert (found.organisation, found.title, found.further) == ("Acme", "Painter", ())

    def test_what_has_no_field(self) -> None:
        """Other columns are kept under their names, custom fields under their owner's."""
        found = newer(
            **{
                "Photo": "http://x.example/p",
                "Phonetic First Name": "Ah-na",
                "File As": "Silva, Ana",
                "Custom Field 1 - Label": "Shoe size",
                "Custom Field 1 - Value": "39",
            }
        )
        assert found.sort == ""
        assert {(further.name, further.raw) for further in found.further} == {
            ("Photo", "http://x.example/p"),
            ("Phonetic First Name", "Ah-na"),
            ("File As", "Silva, Ana"),
            ("Shoe size", "39"),
        }

    def test_unknown_part(self) -> None:
        """A part that nobody knows is kept as it is; a custom field without a value once raised KeyError."""
        found = newer(
            **{"Custom Field 1 - Colour": "red", "Phone 1 - Value": "1", "Phone 1 - Extension": "2"}
        )
        assert [(further.name, further.raw) for further in found.further] == [
            ("Custom Field 1 - Colour", "red"),
            ("Phone 1 - Extension", "2"),
        ]

    def test_notes_of_several_lines(self) -> None:
        """A note keeps its lines."""
        assert newer(Notes="one, two\nthree").note == "one, two\nthree"


class TestRows:
    """Rows that are not as they should be."""

    def test_address_only(self) -> None:
        """Those Google collected from mail have only an address, and are called by it."""
        data = table({"First Name": "", "Last Name": "", "Labels": "", "E-mail 1 - Value": "a@x.example"})
        [found] = records(data)
        assert isinstance(found, Card)
        assert found.profile.name == "a@x.example"

    def test_nothing(self) -> None:
        """A row that names nobody is skipped, with its line and a reason."""
        data = table(
            {"First Name": "Ana", "Last Name": "", "Labels": ""},
            {"First Name": "", "Last Name": "", "Labels": "Choir"},
        )
        [_, found] = records(data)
        assert isinstance(found, Skipped)
        assert found.line == 3

    def test_unclosed_quote(self) -> None:
        """A quote that is never closed costs one row."""
        data = b'First Name,Last Name,Labels\nAna,"Silva,x\nBo,Lee,x\nCy,Orr,x\n'
        found = records(data)
        assert [isinstance(record, Card) for record in found] == [False, True, True]
        assert [record.line for record in found] == [2, 3, 4]

    def test_longer_row(self) -> None:
        """Cells beyond the header are kept."""
        [found] = records(b"First Name,Last Name,Labels\nAna,Silva,x,more\n")
        assert isinstance(found, Card)
        assert [further.raw for further in found.profile.further] == ["more"]
