"""LinkedIn's Connections.csv."""

from datetime import date

import pytest

from netcrm.domain.imports import Card, Skipped
from netcrm.domain.people import ContactPoint
from netcrm.exchange.linkedin import profile_key
from netcrm.exchange.reading import read

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
NOTES = 'Notes:\n"When exporting, you may notice, that\nsome ""addresses"" are missing."\n\n'
ANA = 'Ana,Silva,https://www.linkedin.com/in/ana-silva,ana@x.example,"Acme, Inc.",Painter,01 Apr 2024\n'


def records(text: str | bytes) -> list[Card | Skipped]:
    """Everything that a file gives."""
    reading = read(text if isinstance(text, bytes) else text.encode())
    assert reading.source == "linkedin"
    return list(reading.records)


def names(text: str) -> list[str]:
    """The names of a file's cards."""
    return [found.profile.name for found in records(text) if isinstance(found, Card)]


def skipped(text: str) -> list[Skipped]:
    """The rows of a file that were not taken."""
    return [found for found in records(text) if isinstance(found, Skipped)]


class TestFields:
    """What the columns become."""

    def test_all(self) -> None:
        """A connection: who, where they work, since when."""
        [found] = records(HEADER + ANA)
        assert isinstance(found, Card)
        profile = found.profile
        assert (profile.name, profile.given, profile.family) == ("Ana Silva", "Ana", "Silva")
        assert (profile.organisation, profile.title) == ("Acme, Inc.", "Painter")
        assert (profile.met, profile.met_on) == ("LinkedIn", date(2024, 4, 1))
        assert profile.points == (
            ContactPoint("email", "ana@x.example"),
            ContactPoint("url", "https://www.linkedin.com/in/ana-silva", "linkedin"),
        )
        assert (found.source, found.key, found.line) == ("linkedin", "in/ana-silva", 2)

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("1 April 2024", date(2024, 4, 1)),
            ("01-Apr-2024", date(2024, 4, 1)),
            ("2024-04-01", date(2024, 4, 1)),
            ("31 Feb 2024", None),
            ("someday", None),
        ],
    )
    def test_dates(self, text: str, day: date | None) -> None:
        """English months whatever the language; what is no date is kept."""
        [found] = records(f"First Name,Last Name,Connected On\nAna,Silva,{text}\n")
        assert isinstance(found, Card)
        assert found.profile.met_on == day
        assert [further.raw for further in found.profile.further] == ([] if day else [text])

    def test_unknown_column(self) -> None:
        """A column that LinkedIn may add is kept under its name."""
        [found] = records("First Name,Mood,Connected On\nAna,good,01 Apr 2024\n")
        assert isinstance(found, Card)
        assert [(further.name, further.raw) for further in found.profile.further] == [("Mood", "good")]


class TestKey:
    """What LinkedIn knows a person by."""

    @pytest.mark.parametrize(
        "url",
        [
            "https://www.linkedin.com/in/josé-silva",
            "https://linkedin.com/in/jos%C3%A9-Silva/",
            "http://pt.linkedin.com/in/jos%c3%a9-silva?trk=x#y",
            "www.linkedin.com/in/josé-silva/en",
        ],
    )
    def test_stable(self, url: str) -> None:
        """Country, query, slash, case and percent-encoding don't matter."""
        assert profile_key(url) == "in/josé-silva"

    @pytest.mark.parametrize("url", ["", "https://x.example/", "https://linkedin.com/in/", "http://[bad"])
    def test_none(self, url: str) -> None:
        """A link without a slug gives no key, and never an error."""
        assert profile_key(url) == ""


class TestShape:
    """Headers and rows that are not as they should be."""

    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    @pytest.mark.parametrize("preamble", ["", NOTES])
    def test_preamble_and_encodings(self, codec: str, preamble: str) -> None:
        """The notes before the header come and go, and so does the byte order mark."""
        text = preamble + HEADER + "Zoë,Müller,,,,,01 Apr 2024\n"
        [found] = records(text.encode(codec))
        assert isinstance(found, Card)
        assert found.profile.name == "Zoë Müller"
        assert found.line == text.count("\n")

    def test_any_order_and_delimiter(self) -> None:
        """Columns change places over the years; a spreadsheet may have saved semicolons."""
        assert names("Connected On;Last Name;First Name\r\n01 Apr 2024;Silva;Ana\r\n") == ["Ana Silva"]

    def test_only_a_date(self) -> None:
        """Of those who left, LinkedIn keeps only the date: a row to report, not to take."""
        [found] = skipped(HEADER + ",,,,,,01 Apr 2024\n")
        assert found.line == 2
        assert "no name" in found.why

    def test_short_row(self) -> None:
        """A short row is read as far as it goes."""
        assert names(HEADER + "Ana,Silva\n") == ["Ana Silva"]

    def test_long_row(self) -> None:
        """A company whose comma lost its quotes would put everything into the wrong field."""
        [found] = skipped(HEADER + "Ana,Silva,,,Acme, Inc.,Painter,01 Apr 2024\n")
        assert "8 cells" in found.why
        assert names(HEADER + "Ana,Silva,,,Acme,Painter,01 Apr 2024,,\n") == ["Ana Silva"]

    def test_nul_and_blank_lines(self) -> None:
        """NULs and blank rows are passed over; csv stops at the first NUL."""
        assert names(HEADER + "\n  \nAna\0,Sil\0va,,,,,01 Apr 2024\n,,,,,,\n") == ["Ana Silva"]

    def test_huge_cell(self) -> None:
        """A cell above csv's field size limit is read whole."""
        [found] = records(HEADER + f'Ana,Silva,,,"{"x" * 300_000}",,01 Apr 2024\n')
        assert isinstance(found, Card)
        assert len(found.profile.organisation) == 300_000


class TestQuotes:
    """Quotes that don't fit: csv loses every row behind one without a word."""

    def test_unclosed_quote_before_plain_rows(self) -> None:
        """The row is reported, and those behind it come in."""
        text = HEADER + 'Bo,"Lee,,,,,01 Apr 2024\n' + "Cy,Orr,,,,,01 Apr 2024\n" * 3
        assert names(text) == ["Cy Orr"] * 3
        assert [found.line for found in skipped(text)] == [2]

    def test_unclosed_quote_before_quoted_rows(self) -> None:
        """The next row's quote must not be taken for the missing one."""
        text = HEADER + 'Bo,"Lee,,,,,01 Apr 2024\n' + ANA + ANA
        assert names(text) == ["Ana Silva", "Ana Silva"]
        assert [found.line for found in skipped(text)] == [2]

    def test_unescaped_quotes_within(self) -> None:
        """Quotes that nobody doubled are read where the row still has its width."""
        [found] = records(HEADER + 'Ana,"The "Great" Silva",,,,,01 Apr 2024\n')
        assert isinstance(found, Card)
        assert found.profile.family == 'The "Great" Silva'

    def test_cell_of_several_lines(self) -> None:
        """A quoted line break is part of the cell, and the lines are counted on."""
        text = HEADER + 'Ana,Silva,,,"Acme\nand ""Sons""",,01 Apr 2024\nCy,Orr,,,,,01 Apr 2024\n'
        [first, second] = records(text)
        assert isinstance(first, Card)
        assert first.profile.organisation == 'Acme and "Sons"'
        assert second.line == 4
