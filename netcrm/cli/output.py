"""What is printed: in colour and aligned on a terminal, in columns with tabs elsewhere, or as JSON."""

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from netcrm.domain.text import plain

if TYPE_CHECKING:
    from netcrm.domain.gives import Room


def on_terminal() -> bool:
    """Whether someone reads along, rather than a pipe or a file."""
    return sys.stdout.isatty()


def columns() -> int:
    """How many cells the terminal is wide."""
    import shutil  # here, since it brings in all that unpacks archives, and a pipe has no width

    return max(20, shutil.get_terminal_size().columns)


def styled(text: str, **style: Any) -> str:
    """A text cleaned, in a style where colour is wanted (no-color.org)."""
    cleaned = plain(text)
    if (
        not cleaned
        or not any(style.values())
        or os.environ.get("NO_COLOR")
        or os.environ.get("TERM") == "dumb"
        or not on_terminal()
    ):
        return cleaned
    return click.style(cleaned, **style)


def dim(text: str) -> str:
    """A text that stands back."""
    return styled(text, dim=True)


def strong(text: str) -> str:
    """A text that stands out."""
    return styled(text, bold=True)


def gauge(room: "Room") -> str:
    """The week's room: ``▰▰▰▱▱ 2 given, 1 waiting, 2 left``.

    In words too, since without colour the blocks of what was given and of what waits look the same.
    """
    blocks = f"{styled(room.filled, fg='magenta')}{dim(room.taken)}{dim(room.free)}"
    return f"{blocks} {dim(f'{room.words}, {room.left} left' if room.left else f'{room.words}: full')}"


def say(lines: Iterable[str]) -> None:
    """Print lines, all at once."""
    said = "\n".join(lines)
    if said:
        click.echo(said)


def say_rows(rows: Iterable[Sequence[object]]) -> None:
    """Print records one a line, their columns separated by tabs; None is an empty one.

    No column holds a tab or a line end.
    """
    say("\t".join("" if cell is None else plain(str(cell)) for cell in row) for row in rows)


def say_json(value: object) -> None:
    """Print a value as JSON (RFC 8259): letters as they are, what can't be seen as escapes.

    So no control character, direction override or lone surrogate reaches a terminal, and nothing is lost.
    Where there are blank letters or heaps of marks, these too are escapes.
    """
    import json

    said = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(
        "\n".join(
            line if line.isprintable() and plain(line) == line else _escaped(line)
            for line in said.split("\n")
        )
    )


def width(text: str) -> int:
    """How many cells a cleaned text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(c) for c in text)


def fitted(text: str, cells: int) -> str:
    """A text cleaned and made so many cells wide: cut with an ellipsis, or filled with spaces."""
    cleaned = plain(text)
    missing = cells - width(cleaned)
    if missing >= 0:
        return cleaned + " " * missing
    taken, kept = 0, ""
    for c in cleaned:
        if taken + _cells(c) > cells - 1:
            break
        taken += _cells(c)
        kept += c
    return f"{kept}…" + " " * (cells - 1 - taken)


def _cells(c: str) -> int:
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _escaped(line: str) -> str:
    r"""A line of JSON with what can't be seen written ``\uXXXX``, in pairs beyond the BMP (RFC 8259, 7)."""
    out: list[str] = []
    for c in line:
        if c.isprintable() and plain(c) == c and unicodedata.category(c) not in ("Mn", "Me"):
            out.append(c)
        else:
            units = c.encode("utf-16-be", "surrogatepass")
            out += [f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)]
    return "".join(out)
