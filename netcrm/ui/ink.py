"""Drawing: parts of text with a role each, cleaned, measured in cells, cut or wrapped to a width.

This is the one border where text becomes something drawn: whatever passes `part` is safe for a terminal.
"""

import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from netcrm.domain.text import beginning, plain

_CAPTION_MOST = 1_000
"""Characters of a caption that are drawn: more than any terminal is wide."""


_CHARACTERS_MOST = 10
"""Characters that stand in a cell at the most: one, the marks and joiners on it, and a selector.

What a line has beyond as many need not be measured to be cut off.
"""


class Part(NamedTuple):
    """A run of text on one line, and the role that says how it looks (a component class of `Pane`)."""

    text: str
    role: str = ""


Line = Sequence[Part]


def part(text: str, role: str = "") -> Part:
    """A part made of text from anywhere."""
    return Part(plain(beginning(text)), role)


def caption(text: str) -> str:
    """A text from anywhere as it stands in the border of a pane, of which a name may be far too long."""
    return plain(beginning(text, _CAPTION_MOST))


def cells(text: str) -> int:
    """How many cells a clean text takes; most is ASCII, of which each character takes one."""
    return len(text) if text.isascii() else cell_len(text)


def width_of(line: Line) -> int:
    """How many cells a line takes."""
    return sum([cells(text) for text, _ in line])


def fit(text: str, width: int) -> str:
    """Cut clean text to a width in cells, with an ellipsis where something is missing."""
    if cells(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else set_cell_size(text, max(0, width))


def cut(line: Line, width: int) -> list[Part]:
    """Cut a line to a width in cells, with an ellipsis where something is missing."""
    out: list[Part] = []
    left = width
    for index, (whole, role) in enumerate(line):
        text = whole[: _CHARACTERS_MOST * (left + 1)]
        needed = cells(text)
        rest = any(piece for piece, _ in line[index + 1 :])
        if needed < left or (needed == left and not rest):
            out.append(Part(text, role))
            left -= needed
            continue
        out.append(Part(fit(text + "…" if needed <= left else text, left), role))
        break
    return out


def spread(left: Line, right: Line, width: int) -> list[Part]:
    """A line with one side at each end; the left one is cut when there is not room for both."""
    room = width - width_of(right)
    if room < 1:
        return cut(right, width)
    shown = cut(left, room - 1)
    return [*shown, Part(" " * (room - width_of(shown))), *right]


def wrap(line: Line, width: int, most: int = sys.maxsize) -> list[list[Part]]:
    """Break a line at spaces so that each piece fits a width in cells; a longer word is broken where it must.

    Args:
        line: The parts, as one running text.
        width: Cells a line may take; at least 1.
        most: Lines that are needed; where there are more, that many come and no others are made.
    """
    width = max(1, width)
    if sum([len(text) for text, _ in line]) <= width and width_of(line) <= width and most > 0:
        return [_joined(line)]
    lines: list[list[Part]] = [[]]
    used = 0
    for word in _words(line):
        if len(lines) > most:
            break
        size = width_of(word)
        if used and used + size > width:
            lines.append([])
            used = 0
            word = [Part(word[0].text.lstrip(" "), word[0].role), *word[1:]]
            size = width_of(word)
        if size > width:
            *whole, word = _broken(word, width, most - len(lines) + 1)
            for piece in whole:
                lines[-1] += piece
                lines.append([])
            size = width_of(word)
        lines[-1] += word
        used += size
    return [_joined(pieces) for pieces in lines[:most]]


def _words(line: Line) -> Iterable[list[Part]]:
    """Words with the space before each; parts that touch without a space belong to one word.

    A dot that separates goes with what follows it, so that no line ends with one.
    """
    word: list[Part] = []
    for text, role in line:
        for index, piece in enumerate(text.split(" ")):
            if index:
                if word and not _is_separator(word):
                    yield word
                    word = []
                word.append(Part(" " + piece, role))
            elif piece:
                word.append(Part(piece, role))
    if word:
        yield word


def _is_separator(word: Sequence[Part]) -> bool:
    return "".join(text for text, _ in word).strip() == "·"


def _broken(word: Sequence[Part], width: int, most: int) -> list[list[Part]]:
    """A word in pieces that fit a width each, so many and one more at the most.

    A character that is wider than the width stands alone.
    """
    pieces: list[list[Part]] = [[]]
    left = width
    for text, role in word:
        start = 0
        if text.isascii():  # a cell a character: nothing need be measured
            while len(text) - start > left and len(pieces) <= most:
                pieces[-1].append(Part(text[start : start + left], role))
                pieces.append([])
                start, left = start + left, width
            left -= len(text) - start
        else:
            for position, character in enumerate(text):
                size = cell_len(character)
                if size > left and (pieces[-1] or position > start):
                    pieces[-1].append(Part(text[start:position], role))
                    pieces.append([])
                    start, left = position, width
                    if len(pieces) > most:
                        break
                left -= size
        pieces[-1].append(Part(text[start:], role))
        if len(pieces) > most:
            break
    return pieces


def _joined(pieces: Iterable[Part]) -> list[Part]:
    """Neighbouring parts of one role as one part."""
    out: list[Part] = []
    for text, role in pieces:
        if out and out[-1].role == role:
            out[-1] = Part(out[-1].text + text, role)
        elif text:
            out.append(Part(text, role))
    return out
