"""What is pasted is text: whatever stands in it, nothing of it acts as a key."""

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.message import Message

from netcrm.ui.pastes import Pastes
from tests.hostility import ALL, SEQUENCES

INJECTED = "\x1bqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq\x1b[A\x1b\r"
"""Of this Textual's parser alone makes forty keys of letters, an arrow and an enter."""


def understood(*pieces: str) -> list[Message]:
    """What Textual makes of what a terminal sends, in pieces."""
    pastes, parser = Pastes(), XTermParser()
    return [event for piece in pieces if (said := pastes.cleaned(piece)) for event in parser.feed(said)]


def pasted(text: str) -> str:
    """A text as a terminal sends it when it is pasted."""
    return f"\x1b[200~{text}\x1b[201~"


class TestPastes:
    """Between the marks of a paste."""

    @pytest.mark.parametrize("text", [ALL, INJECTED, *SEQUENCES, "\x1b", "\x1b[200~again", "a\x1b[20"])
    def test_no_key(self, text: str) -> None:
        """One text comes of it, without the escape characters, and no key, size or focus."""
        (event,) = understood(pasted(text))
        assert isinstance(event, Paste)
        assert event.text == text.replace("\x1b", "").replace("\x00", "")

    def test_divided_anywhere(self) -> None:
        """However the terminal divides what it sends, it is the same."""
        text = "k" + pasted("a \x1b[2Jb\x1b[201") + "j" + pasted("\x1b") + "\x1b[A"
        for first in range(len(text)):
            for second in range(first, len(text)):
                events = understood(text[:first], text[first:second], text[second:])
                said = [each.key if isinstance(each, Key) else each.text for each in events]  # type: ignore[attr-defined]
                assert said == ["k", "a [2Jb[201", "j", "", "up"], (first, second)

    def test_what_is_not_pasted(self) -> None:
        """Outside of it all goes on as it comes, at once."""
        pastes = Pastes()
        for piece in ("a\x1b", "[", "20", "0", "\x1b[A", "\x1b\x1b[201~", "\x1b[I"):
            assert pastes.cleaned(piece) == piece
