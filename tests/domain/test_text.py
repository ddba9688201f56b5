"""Text: folded to be found, cleaned to be drawn."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.text import fold, plain, plain_lines, words


class TestFold:
    """Accents, case and white space do not matter."""

    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("  KOVÁCS\t Béla\n", "kovacs bela"),
            ("Søren Łódź", "soren lodz"),
            ("Straße", "strasse"),
            ("İstanbul Işık", "istanbul isik"),
            ("ﬁne ＷＩＤＥ ①", "fine wide 1"),
            ("Nguyễn", "nguyen"),
            ("Œuvre Ævar Þór Đuro", "oeuvre aevar thor duro"),
            ("O’Rourke", "o'rourke"),
            ("soft\u00adhyphen\u200b", "softhyphen"),
            ("한국", "한국"),
            ("", ""),
        ],
    )
    def test_examples(self, text: str, folded: str) -> None:
        """What a name is folded to."""
        assert fold(text) == folded

    @given(st.text())
    def test_composed_or_not(self, text: str) -> None:
        """How Unicode spells an accent makes no difference to the words."""
        assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))

    @given(st.text())
    def test_folded_again(self, text: str) -> None:
        """Words are the same whether or not the text was folded before."""
        assert words(fold(text)) == words(text)


class TestWords:
    """What can be searched for."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Jean-Baptiste O'Rourke", ["jean", "baptiste", "o", "rourke"]),
            ("c.vale@acme.example", ["c", "vale", "acme", "example"]),
            ("+44 (0)20 7946", ["44", "0", "20", "7946"]),
            ("李雨桐", ["李", "雨", "桐"]),
            ("ジャン・ポール", ["シ", "ャ", "ン", "ホ", "ー", "ル"]),
            ("「雨」、。", ["雨"]),
            ('"*(): AND', ["and"]),
            ("🎪", []),
        ],
    )
    def test_examples(self, text: str, found: list[str]) -> None:
        """Runs of letters and digits; scripts without spaces a character at a time."""
        assert words(text) == found

    @given(st.text())
    def test_nothing_but_letters_and_digits(self, text: str) -> None:
        """No word has anything in it that a search engine could take for an operator."""
        assert all(word and word.isalnum() for word in words(text))


class TestPlain:
    """One line that a terminal draws and does not obey."""

    @pytest.mark.parametrize(
        ("text", "drawn"),
        [
            ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
            ("\x9b31m", "\ufffd31m"),
            ("a\x00b\x07c\x7f", "a\ufffdb\ufffdc\ufffd"),
            ("two\nlines\r\nand\ttabs\u2028", "two lines  and tabs "),
            ("\u202egnp.exe\u202c", "gnp.exe"),
            ("\u2066x\u2069\u200fy\ufeff", "xy"),
            ("[red]not[/] [@click=app.quit]markup", "[red]not[/] [@click=app.quit]markup"),
            ("👩\u200d👩\u200d👧 क्\u200dष", "👩\u200d👩\u200d👧 क्\u200dष"),
            ("\ue000 \ud800 \uffff", "\ufffd \ufffd \ufffd"),
            ("李 Ólafur", "李 Ólafur"),
        ],
    )
    def test_examples(self, text: str, drawn: str) -> None:
        """Controls are shown as unreadable, overrides go, letters stay."""
        assert plain(text) == drawn

    def test_heaps_of_marks(self) -> None:
        """A letter under a hundred accents keeps a few."""
        assert plain("a" + "\u0301" * 100) == "a" + "\u0301" * 8
        assert plain("a" + "\u1161" * 100) == "a" + "\u1161" * 8

    def test_hangul_in_parts(self) -> None:
        """Initials, vowels and finals, as some programs write them, stay as they are."""
        parts = unicodedata.normalize("NFD", "한국어를 배우는 사람들이 모여서")
        assert plain(parts) == parts

    @given(st.text(st.characters()))
    def test_nothing_a_terminal_obeys(self, text: str) -> None:
        """Whatever comes in, no control, no line end and no override comes out."""
        drawn = plain(text)
        assert not {unicodedata.category(c) for c in drawn} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
        assert not set(drawn) & set(
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
        )
        assert plain(drawn) == drawn

    def test_lines(self) -> None:
        """A note of several lines keeps them; an empty one is one empty line."""
        assert plain_lines("one\ntwo\x1b\r\n\nfour") == ["one", "two\ufffd", "", "four"]
        assert plain_lines("") == [""]
