"""Files told by what is in them, and what is said of those that netcrm doesn't read."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netcrm.domain.imports import Card, Skipped, UnreadableFile
from netcrm.exchange.reading import READABLE, read

VCARD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=83=81;=\r\n=C3=BC;;\r\n"
    b'item1.TEL;TYPE="work,voice":+1\r\nitem1.X-ABLabel:_$!<Home>!$_\r\nBDAY:--0412\r\n'
    b"PHOTO;BASE64:\r\n QUJD\r\n"
    b"\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:B\r\nEND:VCARD\r\nADR:;;a\\,b\\;c;Lisbon;;;\r\nEND:VCARD\r\n"
)
LINKEDIN = (
    b'Notes:\n"a, ""b"""\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n'
    b'Ana,Silva,https://www.linkedin.com/in/ana,,"Acme, Inc.",Painter,01 Apr 2024\n'
)
GOOGLE = (
    b"Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    b"Address 1 - Formatted,Birthday,Custom Field 1 - Value,Event 1 - Type,Event 1 - Value,IM 1 - Value\n"
    b'Ana Silva,Ana,Silva,* myContacts ::: Choir,* Home,a@x.example ::: b@x.example,"a\nb",--04-12,'
    b"39,Anniversary,2001-01-04,ana ::: mimi\n"
)


def refusal(data: bytes) -> str:
    """What is said of a file that is not read."""
    with pytest.raises(UnreadableFile) as raised:
        read(data)
    return str(raised.value)


class TestSource:
    """Which format a file is of."""

    @pytest.mark.parametrize(
        ("data", "source"), [(VCARD, "vcard"), (LINKEDIN, "linkedin"), (GOOGLE, "google")]
    )
    def test_source(self, data: bytes, source: str) -> None:
        """Each format is told by its content, and every record carries its name."""
        reading = read(data)
        [found] = reading.records
        assert reading.source == source
        assert isinstance(found, Card)
        assert found.source == source
        assert reading.lines >= found.line

    def test_records_are_lazy(self) -> None:
        """Records are read as they are asked for, so that a long file can show how far it has come."""
        records = read(VCARD * 10_000).records
        assert isinstance(records, Iterator)
        assert len(list(itertools.islice(records, 3))) == 3

    def test_vcard_behind_something_else(self) -> None:
        """A vCard that was saved with a mail around it is still found."""
        assert read(b"Subject: hello\n\n" + VCARD).source == "vcard"

    def test_vcard_that_speaks_of_columns(self) -> None:
        """A note that holds a header does not make a vCard a table."""
        data = b"BEGIN:VCARD\nFN:A\nNOTE:x\n First Name,Connected On\nEND:VCARD\n"
        assert read(data).source == "vcard"


class TestUnreadable:
    """One sentence that says what a file seems to be and what to do."""

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"", "empty"),
            (b"\xef\xbb\xbf \r\n", "empty"),
            (b"PK\x03\x04rest", "ZIP"),
            (b"\x1f\x8brest", "gzip"),
            (b"%PDF-1.7", "PDF"),
            (bytes(range(256)) * 20, "no text"),
            (b"\0\1\2\3" * 100, "no text"),
            (b"<!DOCTYPE html><html>", "web page"),
            (b"\n<html><body>", "web page"),
            (b'<?xml version="1.0"?><vcards>', "XML"),
            (b'[["vcard", []]]', "JSON"),
            (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "calendar"),
            (b"version: 1\n\ndn: cn=Ana\n", "LDIF"),
            (b"### Activities:\n- 2024-01-01: x\n", "friends.md"),
            (b"# abook\n[format]\nprogram=abook\n", "abook"),
            (b"VERSION:3.0\nFN:Ana\nEND:VCARD\n", "BEGIN:VCARD"),
            (b"CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE\n", "LinkedIn's messages"),
            (b"Company Name,Title,Description,Location,Started On,Finished On\n", "LinkedIn's positions"),
            (b"From,To,Sent At,Message,Direction\n", "LinkedIn's invitations"),
            (b"First Name,Middle Name,Last Name,Title,E-mail Address\n", "Outlook"),
            (b"First Name,Last Name,Display Name,Nickname,Primary Email\n", "Thunderbird"),
            (b"a,b\n1,2\n", "no address book"),
            (b"just some words", "no address book"),
        ],
    )
    def test_says_what_it_is(self, data: bytes, what: str) -> None:
        """The sentence names the thing, and says what netcrm reads."""
        said = refusal(data)
        assert what in said
        assert READABLE in said
        assert said.endswith(".")
        assert "\n" not in said


def _mutations(seed: bytes) -> st.SearchStrategy[bytes]:
    """A file with a few of its bytes replaced, left out or put in."""
    edits = st.lists(
        st.tuples(st.integers(0, len(seed)), st.integers(0, 12), st.binary(max_size=8)), max_size=8
    )

    def apply(changes: list[tuple[int, int, bytes]]) -> bytes:
        data = seed
        for place, gone, put in changes:
            data = data[:place] + put + data[place + gone :]
        return data

    return edits.map(apply)


class TestFuzz:
    """Whatever the bytes, records come out or one sentence does."""

    @given(st.one_of(st.binary(max_size=400), *(_mutations(seed) for seed in (VCARD, LINKEDIN, GOOGLE))))
    @example(b'First Name,Connected On\n"')
    @example(b"BEGIN:VCARD\nN:")
    @example(b"BEGIN:VCARD\nX;=:\n=")
    @settings(max_examples=600, deadline=None)
    def test_nothing_else_comes_out(self, data: bytes) -> None:
        """Every card has a name of one line, and text that can be written as UTF-8."""
        try:
            found = list(read(data).records)
        except UnreadableFile:
            return
        for record in found:
            if isinstance(record, Card):
                assert record.profile.name.strip()
                assert len(record.profile.name.splitlines()) == 1
                repr(record).encode()
                str(record.profile.further).encode()
            else:
                assert isinstance(record, Skipped)
                assert record.why
            assert record.line >= 1
