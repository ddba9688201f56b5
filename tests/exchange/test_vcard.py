"""vCards: what their lines mean, and the traps that real files set."""

import pytest

from netcrm.domain.imports import Card, Skipped
from netcrm.domain.people import ContactPoint, Profile, Relation
from netcrm.exchange import vcard


def cards(text: str | bytes) -> list[Card | Skipped]:
    """Everything that a file gives."""
    return list(vcard.cards(text if isinstance(text, bytes) else text.encode()))


def card(*lines: str | bytes, version: str = "3.0") -> Card:
    """The one card of a file made of these lines."""
    body = b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    head = f"BEGIN:VCARD\r\nVERSION:{version}\r\n".encode()
    [found] = cards(head + body + b"\r\nEND:VCARD\r\n")
    assert isinstance(found, Card)
    return found


def profile(*lines: str | bytes, version: str = "3.0") -> Profile:
    """What the one card of a file made of these lines says."""
    return card(*lines, version=version).profile


def kept(found: Profile) -> list[str]:
    """The lines that were kept as they came."""
    return [further.raw for further in found.further]


class TestNames:
    """Names, from FN down to a stand-in."""

    def test_parts(self) -> None:
        """The five components of N fill the five parts, and FN is shown."""
        found = profile("FN:Dr. Ana Silva", "N:Silva;Ana;Maria,Luz;Dr.;Jr.,M.D.")
        assert (found.name, found.family, found.given) == ("Dr. Ana Silva", "Silva", "Ana")
        assert (found.additional, found.prefix, found.suffix) == ("Maria Luz", "Dr.", "Jr., M.D.")
        assert found.further == ()

    def test_escaped_comma_in_part(self) -> None:
        """An escaped comma belongs to the name; lists were once split at it as well."""
        assert profile("N:Silva\\, Lda.;Ana").family == "Silva, Lda."

    def test_without_fn(self) -> None:
        """Without FN the name is joined from its parts, as it is read aloud."""
        assert profile("N:Silva;Ana;;Dr.;").name == "Dr. Ana Silva"

    @pytest.mark.parametrize(
        ("lines", "name"),
        [
            (["NICKNAME:Mimi,Mi", "ORG:Acme"], "Mimi"),
            (["ORG:Acme", "EMAIL:a@b.example"], "Acme"),
            (["EMAIL:a@b.example"], "a@b.example"),
            (["TEL:+1 555"], "+1 555"),
            (["LABEL:Main Street 1\\nLisbon"], "Main Street 1, Lisbon"),
        ],
    )
    def test_what_else_to_call_them(self, lines: list[str], name: str) -> None:
        """A card without a name is called by what it has."""
        assert profile(*lines).name == name

    def test_stand_in(self) -> None:
        """A card that holds only a birthday is taken under a stand-in that tells its line."""
        found = card("BDAY:1990-04-12")
        assert found.profile.name == "Nameless (line 1)"
        assert found.nameless
        assert len(found.profile.occasions) == 1

    @pytest.mark.parametrize("name", ["\u200b", "\u202e\u2066 \u200e", "\u00ad"])
    def test_nothing_to_be_seen(self, name: str) -> None:
        """A name of characters that nobody sees is none."""
        assert profile(f"FN:{name}", "NOTE:comets").name == "Nameless (line 1)"
        assert profile(f"FN:{name}", "N:Vale;Amara;;;").name == "Amara Vale"

    def test_nothing_at_all(self) -> None:
        """A card that says nothing is skipped, with its line and a reason."""
        [first, second] = cards("BEGIN:VCARD\nFN:Ana\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n")
        assert isinstance(first, Card)
        assert isinstance(second, Skipped)
        assert second.line == 4
        assert "no name" in second.why

    def test_no_line_break_in_a_name(self) -> None:
        """A name is one line, whatever was put in it."""
        assert profile("FN:Ana\\nSilva\\t").name == "Ana Silva\\t"
        assert profile("FN:Ana\x0bSilva\x85x").name == "Ana Silva x"

    def test_second_formatted_name_is_kept(self) -> None:
        """A second FN has no field, and is kept."""
        assert kept(profile("FN:Ana", "FN;LANGUAGE=ja:アナ")) == ["FN;LANGUAGE=ja:アナ"]

    @pytest.mark.parametrize(
        ("line", "sort"),
        [
            ("SORT-STRING:silva", ""),
            ("X-EVOLUTION-FILE-AS:Silva\\, Ana", ""),
            ("SORT-STRING:しるば", "しるば"),
        ],
    )
    def test_sort(self, line: str, sort: str) -> None:
        """A file-as that only turns the name round would make an order that no eye can follow."""
        found = profile("FN:Ana Silva", line)
        assert found.sort == sort
        assert kept(found) == [line]

    def test_sort_as(self) -> None:
        """RFC 6350's SORT-AS gives the reading of a name."""
        line = 'N;SORT-AS="あんどう;ろいど":安藤;ロイド;;;'
        assert profile(line, "FN:安藤 ロイド", version="4.0").sort == "あんどう ろいど"


class TestText:
    """Escapes: commas, semicolons, backslashes and line breaks."""

    def test_unescaped_comma(self) -> None:
        """An unescaped comma is text; vobject cuts a note there."""
        assert profile("FN:A", "NOTE:Met at PyCon, likes tea").note == "Met at PyCon, likes tea"

    def test_escapes(self) -> None:
        """Escapes are undone once, in one pass."""
        assert profile("FN:A", "NOTE:a\\, b\\; c\\nd\\Ne\\\\n f\\x").note == "a, b; c\nd\ne\\n f\\x"

    def test_old_escapes(self) -> None:
        """VCard 2.1 escapes only the semicolon: a path stays a path."""
        found = profile("FN:A", "NOTE:C:\\new\\; and, more", version="2.1")
        assert found.note == "C:\\new; and, more"

    def test_old_structured(self) -> None:
        """In vCard 2.1 a comma in a component is text, an escaped semicolon too."""
        found = profile("N:Silva;Ana;Maria,Luz", "ORG:Acme\\; Inc., Lisbon", version="2.1")
        assert found.additional == "Maria,Luz"
        assert found.organisation == "Acme; Inc., Lisbon"

    def test_escaped_backslash_before_separator(self) -> None:
        """A backslash that is escaped itself does not escape the separator behind it."""
        found = profile("N:a\\\\;b\\;c;d")
        assert (found.family, found.given, found.additional) == ("a\\", "b;c", "d")

    def test_several_notes(self) -> None:
        """Several notes become one of several paragraphs, equal ones only once."""
        assert profile("FN:A", "NOTE:one", "NOTE:two", "NOTE:one").note == "one\n\ntwo"

    def test_note_of_several_bare_lines(self) -> None:
        """A note whose line breaks were not escaped keeps its further lines."""
        assert profile("FN:A", "NOTE:one", "two", "three").note == "one\ntwo\nthree"


class TestReach:
    """Numbers, addresses, links and handles."""

    def test_labels(self) -> None:
        """TYPE becomes a label, where first and then how."""
        found = profile("FN:A", "TEL;TYPE=CELL:1", "TEL;TYPE=FAX,WORK:2", "TEL;WORK;FAX:3", "TEL:4")
        assert [(point.value, point.label) for point in found.points] == [
            ("1", "mobile"),
            ("2", "work fax"),
            ("3", "work fax"),
            ("4", ""),
        ]

    def test_bare_parameters(self) -> None:
        """``TEL;WORK`` is how vCard 2.1 wrote a type; icalendar refuses it."""
        assert profile("FN:A", "TEL;WORK:1", version="2.1").points == (ContactPoint("phone", "1", "work"),)

    def test_quoted_types(self) -> None:
        """RFC 6350's own examples put a list of types in quotes."""
        found = profile("FN:A", 'TEL;VALUE=uri;TYPE="voice,home":tel:+1-555;ext=12', version="4.0")
        assert found.points == (ContactPoint("phone", "+1-555 ext. 12", "home"),)

    def test_colon_in_quotes(self) -> None:
        """A colon in a quoted parameter does not end the header."""
        found = profile("FN:A", 'ADR;LABEL="a: b; c":;;Street 1;Lisbon;;;', version="4.0")
        assert found.city == "Lisbon"

    def test_quote_that_is_never_closed(self) -> None:
        """A header whose quote is never closed ends at its first colon."""
        assert profile("FN:A", 'TEL;TYPE="WORK:1').points == (ContactPoint("phone", "1", "work"),)

    def test_apple_label(self) -> None:
        """Apple's label stands in a line of its own, joined by the group; both lines are kept."""
        found = profile(
            "FN:A", "item1.TEL:1", "item1.X-ABLabel:_$!<HomePage>!$_", "item2.TEL:2", "item2.X-ABLABEL:Boat"
        )
        assert [point.label for point in found.points] == ["homepage", "Boat"]
        assert kept(found)[:2] == ["item1.TEL:1", "item1.X-ABLabel:_$!<HomePage>!$_"]

    def test_preferred_first(self) -> None:
        """What is preferred comes first, since the first is the one that is used."""
        found = profile("FN:A", "EMAIL:a@x.example", "EMAIL;TYPE=pref:b@x.example")
        assert [point.value for point in found.points] == ["b@x.example", "a@x.example"]

    def test_direction_marks(self) -> None:
        """Google puts direction marks around numbers, which would make them unfindable."""
        assert profile("FN:A", "TEL:\u202a+1 555\u202c").points[0].value == "+1 555"

    def test_address(self) -> None:
        """An address is one line to read, its city a field, and its structure is kept."""
        line = "ADR;TYPE=HOME:PO 5;;Main St 1\\nFloor 2;Lisbon;LX;1000;Portugal"
        found = profile("FN:A", line)
        expected = "PO 5, Main St 1, Floor 2, Lisbon, LX 1000, Portugal"
        assert found.points == (ContactPoint("address", expected, "home"),)
        assert found.city == "Lisbon"
        assert kept(found) == [line]

    def test_empty_address(self) -> None:
        """An address without a single part is nothing, and not kept either."""
        found = profile("FN:A", "ADR;TYPE=HOME:;;;;;;")
        assert found.points == ()
        assert found.further == ()

    @pytest.mark.parametrize(
        ("line", "value", "label"),
        [
            ("IMPP:xmpp:ana@x.example", "ana@x.example", "xmpp"),
            ("IMPP;X-SERVICE-TYPE=Skype:skype:ana", "ana", "skype"),
            ("X-JABBER;TYPE=WORK:ana@x.example", "ana@x.example", "jabber"),
            ("X-GOOGLE TALK:ana", "ana", "google talk"),
            ("X-messaging/irc-All:ana", "ana", "irc"),
            ("TEL:sip:ana@x.example", "ana@x.example", "sip"),
        ],
    )
    def test_handles(self, line: str, value: str, label: str) -> None:
        """A handle is labelled with its service, however a program says it."""
        assert profile("FN:A", line).points == (ContactPoint("handle", value, label),)

    def test_kde_joins_handles(self) -> None:
        """KDE puts a character for private use between two handles."""
        found = profile("FN:A", "X-messaging/xmpp-All:a@x.example\ue000b@x.example")
        assert [point.value for point in found.points] == ["a@x.example", "b@x.example"]

    def test_escaped_link(self) -> None:
        """Google escapes the colon of a link."""
        assert profile("FN:A", "URL:http\\://x.example").points[0].value == "http://x.example"


class TestDays:
    """Birthdays and other days."""

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("BDAY:1990-04-12", (1990, 4, 12)),
            ("BDAY:19900412", (1990, 4, 12)),
            ("BDAY;VALUE=date:1990-04-12", (1990, 4, 12)),
            ("BDAY:--0412", (None, 4, 12)),
            ("BDAY:--04-12", (None, 4, 12)),
            ("BDAY:--0229", (None, 2, 29)),
            ("BDAY:16040412", (None, 4, 12)),
            ("BDAY;X-APPLE-OMIT-YEAR=1900:1900-04-12", (None, 4, 12)),
            ("BDAY:1990-04-12T00:00:00Z", (1990, 4, 12)),
        ],
    )
    def test_birthday(self, line: str, expected: tuple[int | None, int, int]) -> None:
        """Every way to write a birthday, with and without a year."""
        [found] = profile("FN:A", line).occasions
        assert (found.kind, found.label) == ("birthday", "birthday")
        assert (found.year, found.month, found.day) == expected

    @pytest.mark.parametrize("value", ["circa 1800", "19900231", "1990", "---12", "206-12-15", "12/04/1990"])
    def test_no_day(self, value: str) -> None:
        """What is no day is no occasion, but kept."""
        found = profile("FN:A", f"BDAY:{value}")
        assert found.occasions == ()
        assert kept(found) == [f"BDAY:{value}"]

    @pytest.mark.parametrize(
        "name", ["ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-MS-ANNIVERSARY"]
    )
    def test_anniversary(self, name: str) -> None:
        """An anniversary, by the names it had before RFC 6350."""
        [found] = profile("FN:A", f"{name}:20010104").occasions
        assert (found.kind, found.year) == ("anniversary", 2001)

    def test_apple_date(self) -> None:
        """Apple's dates say in a label what they are."""
        found = profile("FN:A", "item1.X-ABDATE:2020-06-01", "item1.X-ABLabel:Joined the choir")
        assert [(day.kind, day.label) for day in found.occasions] == [("other", "Joined the choir")]

    def test_android_event(self) -> None:
        """Android's own property holds events and nicknames."""
        found = profile(
            "FN:A",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2001-01-04;1;;",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Nick;1;;",
        )
        assert [day.kind for day in found.occasions] == ["anniversary"]
        assert found.nicknames == ("Nick",)


class TestTheRest:
    """Work, tags, relations, identity, and what has no field."""

    def test_organisation(self) -> None:
        """Units are joined to their organisation, and the structure is kept."""
        found = profile("FN:A", "ORG:Acme\\, Inc.;Research;")
        assert found.organisation == "Acme, Inc., Research"
        assert kept(found) == ["ORG:Acme\\, Inc.;Research;"]
        assert profile("FN:A", "ORG:Acme;").further == ()

    def test_role_stands_in_for_title(self) -> None:
        """A role is the title where there is none."""
        assert profile("FN:A", "ROLE:Painter").title == "Painter"
        assert profile("FN:A", "ROLE:Painter", "TITLE:Head").title == "Head"

    def test_tags(self) -> None:
        """Categories are tags, but for the group that Google puts everyone into."""
        assert profile("FN:A", "CATEGORIES:Choir,myContacts", "CATEGORIES:Work\\, Lisbon").tags == (
            "Choir",
            "Work",
            "Lisbon",
        )

    def test_relations(self) -> None:
        """Relatives by RFC 6350, Apple and Evolution."""
        found = profile(
            "FN:A",
            "RELATED;TYPE=child;VALUE=text:Bo",
            "item1.X-ABRELATEDNAMES:Cy",
            "item1.X-ABLabel:_$!<Spouse>!$_",
            "X-EVOLUTION-MANAGER:Di",
            "RELATED;TYPE=friend:urn:uuid:1",
        )
        assert found.relations == (
            Relation("child", "Bo"),
            Relation("spouse", "Cy"),
            Relation("manager", "Di"),
        )
        assert "RELATED;TYPE=friend:urn:uuid:1" in kept(found)

    def test_key(self) -> None:
        """A UUID is known in lower case and without its scheme; any other UID as it is."""
        assert card("FN:A", "UID:urn:uuid:18F098B5-7383-4FD6-B482-48F2181D73AA").key == (
            "18f098b5-7383-4fd6-b482-48f2181d73aa"
        )
        assert card("FN:A", "UID:Abc-1").key == "Abc-1"

    def test_group_card(self) -> None:
        """A card of a group is taken, and says so by a tag; its members are kept."""
        found = profile("FN:Choir", "KIND:group", "MEMBER:urn:uuid:1", version="4.0")
        assert (found.name, found.tags) == ("Choir", ("group",))
        assert "MEMBER:urn:uuid:1" in kept(found)

    def test_unknown_is_kept_whole(self) -> None:
        """Vobject renames ``X-FOO_BAR``; here a line is kept as it came, unfolded."""
        found = profile("FN:A", "x-foo_bar;a=b:one\\,", "  two", "item1.GEO:1,2")
        assert [(further.name, further.raw) for further in found.further] == [
            ("x-foo_bar", "x-foo_bar;a=b:one\\, two"),
            ("GEO", "item1.GEO:1,2"),
        ]

    def test_line_that_is_none(self) -> None:
        """Comments and stray text are kept without a name."""
        found = profile("# a comment", "FN:A")
        assert [(further.name, further.raw) for further in found.further] == [("", "# a comment")]

    def test_simple_card_keeps_nothing(self) -> None:
        """A card that our fields say completely leaves nothing over."""
        found = card(
            "FN:Ana Silva",
            "N:Silva;Ana;;;",
            "NICKNAME:Mimi",
            "EMAIL;TYPE=INTERNET:a@x.example",
            "TEL;TYPE=CELL:1",
            "ORG:Acme",
            "TITLE:Painter",
            "BDAY:1990-04-12",
            "CATEGORIES:Choir",
            "NOTE:Tea",
            "UID:1",
            "PRODID:x",
        )
        assert found.profile.further == ()

    def test_when_it_was_written(self) -> None:
        """A card's time is not kept: it made a card that says nothing new look changed in each file."""
        assert card("FN:A", "UID:1", "REV:20240101T000000Z") == card("FN:A", "UID:1", "REV:20250101T000000Z")
