"""Tables of comma-separated values (RFC 4180), as they come out of other programs and spreadsheets.

Python's ``csv`` takes a quote that is never closed for a cell that reaches to the end of the file, and so
loses every row behind it without a word. Here such a row is reported and the next line begins a new one.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from netcrm.domain.imports import Skipped
from netcrm.domain.values import dataclass
from netcrm.exchange.limits import ROW_MOST

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

TOO_LONG = f"A row of more than {ROW_MOST:,} letters begins on this line."
"""Why a row is skipped that no address book has."""

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
        hopeless: set[int] = set()
        while position < len(text):
            end = _line_end(text, position)
            if end - position > ROW_MOST:
                yield Skipped(line, TOO_LONG, too_much=True)
                position, line = end + 1, line + 1
                continue
            found = self._row(position, end, hopeless)
            if found is None:
                yield Skipped(line, UNCLOSED)
                position, line = end + 1, line + 1
                continue
            cells, stop = found
            if stop - position > ROW_MOST:
                yield Skipped(line, TOO_LONG, too_much=True)
            elif any(map(str.strip, cells)):
                yield Row(line, cells)
            line += 1 + text.count("\n", position, stop)
            position = stop + 1

    def _row(self, position: int, end: int, hopeless: set[int]) -> tuple[list[str], int] | None:
        """The cells of the row at a position and where it stops; None if it can't be read.

        Args:
            position: Where it begins.
            end: Where its first line ends.
            hopeless: Where cells begin from which no row comes to an end; more are added.
        """
        if self.text.find('"', position, end) < 0:
            return self.text[position:end].split(self.delimiter), end
        strict = _split(self.text, position, self.delimiter, _QUOTED, hopeless)
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


def _split(
    text: str, position: int, delimiter: str, quoted: re.Pattern[str], hopeless: set[int] | None = None
) -> tuple[list[str], int] | None:
    """The cells of the row at a position and the index at which it stops; None where quotes don't fit.

    A row that doesn't come to an end leaves behind where its cells began on every further line. The rows that
    begin on those lines would come the same way, each of them to the end of the file.
    """
    cells = []
    plain = _PLAIN[delimiter]
    farthest = position + ROW_MOST
    resumed: list[int] = []
    while position <= farthest:
        if hopeless and position in hopeless:
            break
        match = (
            quoted.match(text, position) if text.startswith('"', position) else plain.match(text, position)
        )
        if match is None:
            break
        cells.append(match[1].replace('""', '"') if match.re is quoted else match[0])
        position = match.end()
        if position == len(text) or text[position] == "\n":
            return cells, position
        if text[position] != delimiter:
            break
        position += 1
        if match.re is quoted and hopeless is not None and "\n" in match[0]:
            resumed.append(position)
    if hopeless is not None:
        hopeless.update(resumed)
    return None
