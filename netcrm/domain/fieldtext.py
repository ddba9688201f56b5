r"""How the items of a form's field stand in its text, so that nothing of them is lost.

A line end inside an item stands as ``↵``, a mark that would divide it as ``\:`` or ``\,``, and a character
that no terminal should get as ``\u{1b}``. An item that is empty is ``\u{}``.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from netcrm.domain.patterns import pattern
from netcrm.domain.text import is_hidden

Item = TypeVar("Item")

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE_END = "↵"
_MARKS = f"\\:,{_LINE_END}"
_MARKED = f"\\{_LINE_END}"
"""What may need a mark before it whatever divides the items."""

_ESCAPE = pattern(rf"\\(?:u\{{(?P<code>[0-9a-f]{{0,6}})\}}|(?P<mark>[\\:,{_LINE_END}]))|{_LINE_END}")
_TOKEN = pattern(rf"\\[\\:,{_LINE_END}]|.", re.DOTALL)


def written(text: str, marks: str = "") -> str:
    """One item as it stands on a line, where marks divide items."""
    if not text:
        return r"\u{}"
    if text.isprintable() and text == text.strip() and not any(c in text for c in (*marks, *_MARKED)):
        return text
    out: list[str] = []
    for at, c in enumerate(text):
        after = text[at + 1 : at + 2]
        if c == "\n":
            out.append(_LINE_END)
        elif c in marks or c == _LINE_END:
            out.append(f"\\{c}")
        elif is_hidden(c) or (c.isspace() and (not at or not after)):
            out.append(f"\\u{{{ord(c):x}}}")
        elif c == "\\" and (not after or after in f"u{_MARKS}" or after.isspace() or is_hidden(after)):
            out.append(r"\\")
        else:
            out.append(c)
    return "".join(out)


def meant(text: str) -> str:
    """What an item stands for."""
    return _ESCAPE.sub(_unescaped, text.strip())


def _unescaped(match: re.Match[str]) -> str:
    if match["mark"]:
        return match["mark"]
    if match["code"] is None:
        return "\n"
    if not match["code"]:
        return ""
    code = int(match["code"], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def divided(text: str, mark: str) -> list[str]:
    """Divide what is written at a mark, where it is not escaped."""
    pieces: list[list[str]] = [[]]
    for token in _TOKEN.findall(text):
        if token == mark:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return ["".join(piece) for piece in pieces]


def read_each(
    pieces: Iterable[str], read: Callable[[str], Item], say: Callable[[Item], str], kept: Sequence[Item]
) -> tuple[Item, ...]:
    """Read each piece that is not blank; one that says a stored item as before is that very item."""
    stored: dict[str, list[Item]] = {}
    for item in kept:
        stored.setdefault(say(item), []).append(item)
    items: list[Item] = []
    for piece in map(str.strip, pieces):
        if same := stored.get(piece):
            items.append(same.pop(0))
        elif piece:
            items.append(read(piece))
    return tuple(items)


def says(text: str, item: Item, read: Callable[[str], Item]) -> bool:
    """Whether a text is read as an item."""
    try:
        return read(text) == item
    except ValueError:
        return False


def quoted(text: str) -> str:
    """What was written, short enough for a sentence."""
    text = text.strip()
    return f"“{text[:40]}…”" if len(text) > 41 else f"“{text}”"


def count_of(number: int, unit: str) -> str:
    """A number of things: ``1 day``, ``7 days``."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
