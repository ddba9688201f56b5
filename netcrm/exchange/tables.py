"""Tables of comma-separated values (RFC 4180), as they come out of other programs and spreadsheets.

Python's ``csv`` takes a quote that is never closed for a cell that reaches to the end of the file, and so
loses every row behind it without a word. Here such a row is reported and the next line begins a new one.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from netcrm.domain.imports import Skipped
from netcrm.domain.values import dataclass

_DELIMITERS = ",;\t"
"""The comma, the semicolon of spreadsheets in countries with a decimal comma, and the tab."""

_HEADER_LINES = 50
"""Lines in which a header is looked for: LinkedIn puts a few lines of notes before its own."""

_HEADER_MOST = 100_000
"""Characters that a header may have; Google's widest have some ten thousand."""

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_PLAIN = {delimiter: re.compile(rf"[^{delimiter}\n]*+") for delimiter in _DELIMITERS}
_LOOSE = {delimiter: re.compile(rf'"([^\n]*?)"(?={delimiter}|\n|\Z)') for delimiter in _DELIMITERS}
"""A quoted cell with unescaped quotes in it: it ends at a quote before a delimiter, on the same line."""

UNCLOSED = "A quote on this line is never closed."
"""Why a row is skipped whose end can't be told."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        line: The line where it begins, counted from 1.
        cells: Its cells, as many as it has.
    """

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A table whose header is known.

    Attributes:
        header: The columns' names as they are written.
        delimiter: What stands between two cells.
        text: The whole file, its lines ended by a line feed.
        start: The index in the text at which the rows begin.
        line: The line at which the rows begin, counted from 1.
    """

    header: tuple[str, ...]
    delimiter: str
    text: str
    start: int
    line: int

    @cached_property
    def columns(self) -> dict[str, int]:
        """Each column's place by its name in lower case; the first of those that share one."""
        places: dict[str, int] = {}
        for place, name in enumerate(self.header):
            places.setdefault(name.lower(), place)
        return places

    def rows(self) -> Iterator[Row | Skipped]:
        """The rows that hold anything, one by one, and those that can't be read."""
        text, position, line = self.text, self.start, self.line
        while position < len(text):
            end = _line_end(text, position)
            found = self._row(position, end)
            if found is None:
                yield Skipped(line, UNCLOSED)
                position, line = end + 1, line + 1
                continue
            cells, stop = found
            if any(map(str.strip, cells)):
                yield Row(line, cells)
            line += 1 + text.count("\n", position, stop)
            position = stop + 1

    def _row(self, position: int, end: int) -> tuple[list[str], int] | None:
        """The cells of the row at a position and where it stops; None if it can't be read."""
        if self.text.find('"', position, end) < 0:
            return self.text[position:end].split(self.delimiter), end
        strict = _split(self.text, position, self.delimiter, _QUOTED)
        if strict is not None:
            return strict
        loose = _split(self.text[position:end], 0, self.delimiter, _LOOSE[self.delimiter])
        if loose is None or len(loose[0]) != len(self.header):
            return None
        return loose[0], end


def normal(text: str) -> str:
    """Text whose lines end in a line feed, whatever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def find_table(text: str, *needed: frozenset[str]) -> Table | None:
    """Find the table whose header has the columns of one of the sets.

    Args:
        text: The file, its lines ended by a line feed.
        needed: Sets of column names in lower case; a header that holds all of one set will do.
    """
    for place, (line, end) in enumerate(_first_lines(text)):
        for delimiter in _DELIMITERS:
            header = _header(line, delimiter)
            names = {name.lower() for name in header}
            if any(names >= wanted for wanted in needed):
                return Table(header, delimiter, text, end + 1, place + 2)
    return None


def headers(text: str) -> Iterator[frozenset[str]]:
    """What might be a header in the first lines, in lower case: to tell what an unknown table may be."""
    for line, _ in _first_lines(text):
        for delimiter in _DELIMITERS:
            if delimiter in line:
                yield frozenset(name.lower() for name in _header(line, delimiter))


def _first_lines(text: str) -> Iterator[tuple[str, int]]:
    """The first lines, and the index at which each ends."""
    position = 0
    for _ in range(_HEADER_LINES):
        if position >= len(text):
            return
        end = _line_end(text, position)
        yield text[position : min(end, position + _HEADER_MOST)], end
        position = end + 1


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    found = _split(line, 0, delimiter, _QUOTED)
    cells = found[0] if found else line.split(delimiter)
    return tuple(cell.strip().strip("\ufeff") for cell in cells)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _split(text: str, position: int, delimiter: str, quoted: re.Pattern[str]) -> tuple[list[str], int] | None:
    """The cells of the row at a position and the index at which it stops; None where quotes don't fit."""
    cells = []
    plain = _PLAIN[delimiter]
    while True:
        match = (
            quoted.match(text, position) if text.startswith('"', position) else plain.match(text, position)
        )
        if match is None:
            return None
        cells.append(match[1].replace('""', '"') if match.re is quoted else match[0])
        position = match.end()
        if position == len(text) or text[position] == "\n":
            return cells, position
        if text[position] != delimiter:
            return None
        position += 1
