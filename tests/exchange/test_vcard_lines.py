"""vCard files as they are written: encodings, folds, edges of cards, and hostile ones."""

import time

import pytest

from netcrm.domain.imports import Card, Skipped
from netcrm.exchange import vcard


def cards(data: bytes) -> list[Card | Skipped]:
    """Everything that a file gives."""
    return list(vcard.cards(data))


def names(data: bytes) -> list[str]:
    """The names of a file's cards."""
    return [found.profile.name for found in cards(data) if isinstance(found, Card)]


def only(data: bytes) -> Card:
    """The one card of a file."""
    [found] = cards(data)
    assert isinstance(found, Card)
    return found


class TestEncodings:
    """What bytes may stand for."""

    TEXT = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Müller\r\nEND:VCARD\r\n"

    @pytest.mark.parametrize(
        "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
    )
    def test_codecs(self, codec: str) -> None:
        """UTF-16 comes with a mark and without; cp1252 never says so."""
        assert names(self.TEXT.encode(codec)) == ["Zoë Müller"]

    def test_one_broken_byte(self) -> None:
        """A broken byte in one line leaves the accents of the others alone."""
        assert only(b"BEGIN:VCARD\nFN:Zo\xc3\xab\nNOTE:caf\xe9\nEND:VCARD").profile.name == "Zoë"

    def test_shift_jis(self) -> None:
        """Shift JIS has backslashes in its second bytes, which must not escape anything."""
        line = "N;CHARSET=SHIFT_JIS:伊能;圭一;;;".encode("cp932")
        assert b"\\;" in line
        assert only(b"BEGIN:VCARD\nVERSION:2.1\n" + line + b"\nEND:VCARD").profile.family == "伊能"

    def test_quoted_printable_in_shift_jis(self) -> None:
        """Quoted-printable is undone before the charset is."""
        found = only(
            b"BEGIN:VCARD\nVERSION:2.1\nFN:A\n"
            b"NOTE;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=83=81=83=82\nEND:VCARD"
        )
        assert found.profile.note == "メモ"

    @pytest.mark.parametrize("charset", ["x-unknown", "idna", "unicode_escape", "zip", "", "\xff"])
    def test_unknown_charset(self, charset: str) -> None:
        """A charset nobody knows, or that is none, is no reason to lose a card."""
        line = f"FN;CHARSET={charset}:Zoë\\u0041".encode()
        assert names(b"BEGIN:VCARD\n" + line + b"\nEND:VCARD") == ["Zoë\\u0041"]

    def test_charset_left_behind(self) -> None:
        """A converted file still declares its old charset."""
        assert names("BEGIN:VCARD\nFN;CHARSET=ISO-8859-1:Zoë\nEND:VCARD".encode()) == ["Zoë"]

    def test_iso_2022_jp(self) -> None:
        """ISO-2022-JP looks like ASCII, but for its escape characters."""
        line = b"FN;CHARSET=ISO-2022-JP:" + "安藤".encode("iso2022_jp")
        assert names(b"BEGIN:VCARD\nVERSION:2.1\n" + line + b"\nEND:VCARD") == ["安藤"]


class TestFolds:
    """Lines that were broken, and how they are made whole."""

    def test_fold_within_a_character(self) -> None:
        """Programs that count bytes fold in the middle of a character."""
        whole = "FN:Zoë".encode()
        assert names(b"BEGIN:VCARD\r\n" + whole[:6] + b"\r\n " + whole[6:] + b"\r\nEND:VCARD") == ["Zoë"]

    def test_fold_takes_one_space(self) -> None:
        """Only the first white space is the fold's."""
        assert names(b"BEGIN:VCARD\nFN:Ana\n  Silva\n\tX\nEND:VCARD") == ["Ana SilvaX"]

    @pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\r\n", b"\r", b"\n\n"])
    def test_line_ends(self, end: bytes) -> None:
        """Line feeds, carriage returns, both, one too many, and blank lines between."""
        lines = [b"BEGIN:VCARD", b"VERSION:3.0", b"FN:Ana", b"NOTE:one", b" two", b"END:VCARD", b""]
        found = only(end.join(lines))
        assert (found.profile.name, found.profile.note) == ("Ana", "onetwo")

    def test_soft_line_breaks(self) -> None:
        """Quoted-printable breaks lines with an equals sign, and keeps the next line's spaces."""
        found = only(
            b"BEGIN:VCARD\nVERSION:2.1\nFN:A\nNOTE;ENCODING=QUOTED-PRINTABLE:Now's the time =\n"
            b"for all to come=\n to the aid=0D=0A=\n=C3=BC=\n\nTEL:1\nEND:VCARD"
        )
        assert found.profile.note == "Now's the time for all to come to the aid\nü"
        assert found.profile.points[0].value == "1"

    def test_soft_line_break_before_the_end(self) -> None:
        """A last soft break must not swallow the end of the card."""
        data = b"BEGIN:VCARD\nVERSION:2.1\nFN:A\nNOTE;QUOTED-PRINTABLE:x=\nEND:VCARD\n"
        assert names(data * 2) == ["A", "A"]

    def test_equals_sign_at_the_end_of_a_link(self) -> None:
        """An equals sign ends a line of plain text without joining the next."""
        found = only(b"BEGIN:VCARD\nFN:A\nURL:http://x.example/?q=\nTEL:1\nEND:VCARD")
        assert [point.value for point in found.profile.points] == ["http://x.example/?q=", "1"]

    def test_base64_to_a_blank_line(self) -> None:
        """VCard 2.1 writes base64 without indent, to a blank line."""
        found = only(
            b"BEGIN:VCARD\nVERSION:2.1\nFN:A\nPHOTO;ENCODING=BASE64;JPEG:\nQUJD\nREVG==\n\nTEL:1\nEND:VCARD"
        )
        assert [further.raw for further in found.profile.further] == ["PHOTO;ENCODING=BASE64;JPEG:QUJDREVG=="]
        assert found.profile.points[0].value == "1"

    def test_text_in_base64(self) -> None:
        """Text may come as base64 as well."""
        assert names(b"BEGIN:VCARD\nFN;ENCODING=B;CHARSET=UTF-8:Wm/Dqw==\nEND:VCARD") == ["Zoë"]

    def test_backslash_at_the_end_of_a_line(self) -> None:
        """Some phones break addresses with a bare backslash."""
        found = only(b"BEGIN:VCARD\nVERSION:2.1\nFN:A\nADR:;;Street\\\n99\\\nBox 1;Hamburg;;;\nEND:VCARD")
        assert found.profile.points[0].value == "Street, 99, Box 1, Hamburg"


class TestEdges:
    """Where cards begin and end."""

    def test_lower_case(self) -> None:
        """Netscape wrote its cards in lower case."""
        assert names(b"begin:vcard\nfn:Ana\nend:vcard\n") == ["Ana"]

    def test_lines(self) -> None:
        """Each card tells its line, counted from 1."""
        data = b"\n\nBEGIN:VCARD\nFN:A\nEND:VCARD\njunk\nBEGIN:VCARD\nFN:B\nEND:VCARD\n"
        assert [found.line for found in cards(data)] == [3, 7]

    def test_missing_end(self) -> None:
        """A card that lost its end ends where the next begins, wherever it stands in the file."""
        good = b"BEGIN:VCARD\nFN:%b\nEND:VCARD\n"
        data = good % b"A" + b"BEGIN:VCARD\nFN:B\n" + good % b"C" + good % b"D" + b"BEGIN:VCARD\nFN:E\n"
        assert names(data) == ["A", "B", "C", "D", "E"]

    def test_junk_between(self) -> None:
        """Mail headers and stray ends between cards are passed over."""
        data = b"Subject: x\nEND:VCARD\nBEGIN:VCARD\nFN:A\nEND:VCARD\n\x00??\nBEGIN:VCARD\nFN:B\nEND:VCARD"
        assert names(data) == ["A", "B"]

    def test_nested(self) -> None:
        """A card within a card belongs to it, and what follows it belongs to the outer one."""
        found = only(
            b"BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C\nEND:VCARD\nTEL:1\nEND:VCARD"
        )
        assert found.profile.name == "A"
        assert found.profile.points[0].value == "1"
        assert [further.raw for further in found.profile.further] == [
            "BEGIN:VCARD\nFN:B\nEND:VCARD",
            "BEGIN:VCARD\nFN:C\nEND:VCARD",
        ]

    def test_agent_on_one_line(self) -> None:
        """An agent whose card begins behind the colon ends before its owner does."""
        found = only(b"BEGIN:VCARD\nFN:A\nAGENT:BEGIN:VCARD\nFN:B\nEND:VCARD\nTEL:1\nEND:VCARD")
        assert (found.profile.name, found.profile.points[0].value) == ("A", "1")

    def test_folded_agent(self) -> None:
        """An agent that is folded into its line is a value like any other."""
        found = only(b"BEGIN:VCARD\nFN:A\nAGENT:BEGIN:VCARD\n FN:B\n END:VCARD\nTEL:1\nEND:VCARD")
        assert (found.profile.name, found.profile.points[0].value) == ("A", "1")


class TestHostile:
    """Files made to hurt: each must be read in a time that grows with its length only."""

    @pytest.mark.parametrize(
        ("data", "count"),
        [
            (b"BEGIN:VCARD\nFN:A\n" * 5000 + b"END:VCARD\n" * 5000, 1),
            (b"BEGIN:VCARD\nFN:A\nAGENT:\n" * 5000, 5000),
            (b"BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b:" + b"\n ".join([b"A" * 74] * 50_000) + b"\nEND:VCARD", 1),
            (b"BEGIN:VCARD\nFN:A\nNOTE:" + b"a,;\\" * 500_000 + b"\nEND:VCARD", 1),
            (b"BEGIN:VCARD\nFN:A\nNOTE;QUOTED-PRINTABLE:" + b"=C3=A9=\n" * 200_000 + b"\nEND:VCARD", 1),
            (b'BEGIN:VCARD\nFN:A\nTEL;X="' + b'":' * 500_000 + b"\nEND:VCARD", 1),
            (b"BEGIN:VCARD\nFN:A\nTEL" + b';"a' * 500_000 + b":1\nEND:VCARD", 1),
            (b"BEGIN:VCARD\nFN:A\n" + b"a.-" * 500_000 + b"!:\nEND:VCARD", 1),
            (b"BEGIN:VCARD\nFN:A" + b"\n =" * 300_000 + b"\nEND:VCARD", 1),
        ],
        ids=["nested", "open", "photo", "escapes", "soft", "quotes", "semicolons", "name", "folds"],
    )
    def test_linear(self, data: bytes, count: int) -> None:
        """Vobject and naive codecs fall to recursion or square time here."""
        began = time.process_time()
        assert len(cards(data)) == count
        assert time.process_time() - began < 10
