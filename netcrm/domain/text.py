"""Text: how it is folded so that it can be found, and cleaned so that it can be drawn."""

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from netcrm.domain.patterns import pattern

_ASCII_WORD = pattern("[a-z0-9]+")

_COMBINING_MOST = 8
"""Marks kept on one character: more are drawn over the neighbouring lines by some terminals."""

JOINERS = "\u200c\u200d"
"""Invisible characters that emoji and some scripts need between letters."""

UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""The Unicode categories of characters that a terminal acts on, or that nobody sees; `JOINERS` excepted."""

_UNMARKED = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "’": "'",
        "‘": "'",
    }
)
"""Letters that carry no separable accent, so that Unicode's decomposition leaves them as they are."""


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Fold accents and case away, and white space to single spaces, so that ``KOVÁCS`` finds ``Kovács``.

    Decomposes by NFKD (Unicode Standard Annex 15), drops combining marks and format characters, and
    case-folds.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return " ".join(unicodedata.normalize("NFKC", kept.casefold()).translate(_UNMARKED).split())


def words(text: str) -> list[str]:
    """Split text into folded words: runs of letters and digits, each CJK character a word of its own."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    folded = fold(text)
    spaced: list[str] = []
    for c in folded:
        if not c.isalnum():
            spaced.append(" ")
        elif _is_ideograph(c):
            spaced.append(f" {c} ")
        else:
            spaced.append(c)
    return "".join(spaced).split()


def all_begin(beginnings: Iterable[str], said: Collection[str]) -> bool:
    """Whether each of the beginnings begins one of the words that are said."""
    return all(any(word.startswith(beginning) for word in said) for beginning in beginnings)


def plain(text: str) -> str:
    """Make one line of text safe to draw on a terminal; what is stored stays as it was.

    White space of any kind becomes a single space each; control characters (C0, C1, DEL), noncharacters,
    private-use and lone surrogates become U+FFFD; direction overrides, isolates, tags and other invisible
    format characters go, except the joiners that emoji and Indic scripts need. Of the marks that combine
    with one character, eight stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return _plain(text)


def shortened(text: str, most: int) -> str:
    """A text of so many characters at the most, cut behind a word and then with an ellipsis."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" .,:;–-") + " …"


def plain_lines(text: str) -> list[str]:
    """Clean text of several lines for drawing, a list item a line, as `plain` does."""
    return [plain(line) for line in text.splitlines()] or [""]


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    out: list[str] = []
    marks = 0
    for c in text:
        category = unicodedata.category(c)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > _COMBINING_MOST:
                continue
            out.append(c)
            continue
        marks = 0
        if c in "\n\t\r\x0b\x0c\x85" or category in ("Zl", "Zp", "Zs"):
            out.append(" ")
        elif category == "Cf":
            if c in JOINERS:
                out.append(c)
        elif category in ("Cc", "Cs", "Co", "Cn"):
            out.append("\ufffd")
        else:
            out.append(c)
    return "".join(out)


def _is_ideograph(c: str) -> bool:
    return "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff"
