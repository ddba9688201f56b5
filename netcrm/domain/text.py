"""Text: how it is folded so that it can be found, and cleaned so that it can be drawn."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from netcrm.domain.patterns import pattern

_REMEMBERED_MOST = 1000
"""Characters of a text whose folding and cleaning are worth remembering: it comes again and again."""

_ASCII_WORD = pattern("[a-z0-9]+")

_BEYOND_ASCII = pattern(r"[^\x00-\x7f]+")

_IDEOGRAPH = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = pattern(rf"[{_IDEOGRAPH}](?<=[^\W_])|(?:[^\W_](?<![{_IDEOGRAPH}]))+")
"""A character of a script without spaces, or letters and digits in a row."""

_COMBINING_MOST = 8
"""Marks and joiners kept on one character: more are drawn over the neighbouring lines by some terminals."""

JOINERS = "\u200c\u200d"
"""Invisible characters that emoji and some scripts need between letters."""

UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""The Unicode categories of characters that a terminal acts on, or that nobody sees; `JOINERS` excepted."""

_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters that are blank (Hangul fillers): a terminal and a program seldom agree on how wide they are."""

_SELECTED = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SELECTORS = pattern(f"[{_SELECTED}]")
"""Variation selectors, of which a character takes one: in a row they are used to hide whole texts."""

_IGNORED = "\u034f\u17b4\u17b5"
"""Marks that are never seen (Unicode's Default_Ignorable_Code_Point)."""

_SPACES = pattern("[\n\t\r\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
"""White space of any kind but the space itself."""

_JAMO = "\u1161-\u11ff\ud7b0-\ud7ff"
"""Vowels and finals of Hangul, which take no room of their own behind an initial (Unicode, 3.12)."""

_SUSPECT = pattern(
    rf"[{_FILLERS}{_IGNORED}]|[{_SELECTED}]{{2}}|(?:[^\w\s\x00-\x7f]|[{_JAMO}]){{{_COMBINING_MOST + 1}}}"
)
"""What printable text has to be looked at closely for: blanks, and what may be a heap of marks."""

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


def fold(text: str) -> str:
    """Fold accents and case away, and white space to single spaces, so that ``KOVÁCS`` finds ``Kovács``.

    Decomposes by NFKD (Unicode Standard Annex 15), drops combining marks and format characters, and
    case-folds.
    """
    return _fold(text) if len(text) <= _REMEMBERED_MOST else _fold.__wrapped__(text)


@lru_cache(maxsize=8192)
def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text)
    kept = _BEYOND_ASCII.sub(_unaccented, decomposed)
    return " ".join(unicodedata.normalize("NFKC", kept.casefold()).translate(_UNMARKED).split())


def _unaccented(run: "re.Match[str]") -> str:
    return "".join(c for c in run[0] if unicodedata.category(c) not in ("Mn", "Me", "Cf"))


def words(text: str) -> list[str]:
    """Split text into folded words: runs of letters and digits, each CJK character a word of its own."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(fold(text))


def all_begin(beginnings: Iterable[str], said: Collection[str]) -> bool:
    """Whether each of the beginnings begins one of the words that are said."""
    return all(any(word.startswith(beginning) for word in said) for beginning in beginnings)


def plain(text: str) -> str:
    """Make one line of text safe to draw on a terminal; what is stored stays as it was.

    White space of any kind becomes a single space each; control characters (C0, C1, DEL), noncharacters,
    private-use characters, blank letters and lone surrogates become U+FFFD; direction overrides, isolates,
    tags and other invisible format characters go, except the joiners that emoji and Indic scripts need. Of
    the marks and joiners on one character eight stay, of its variation selectors one.
    """
    if not text.isprintable():
        text = _SPACES.sub(" ", text)
    if text.isprintable() and (text.isascii() or _SUSPECT.search(text) is None):
        return text
    return _plain(text) if len(text) <= _REMEMBERED_MOST else _plain.__wrapped__(text)


def is_hidden(c: str) -> bool:
    """Whether a character is one that a terminal acts on, or that nobody sees."""
    return not c.isprintable() and c not in JOINERS and unicodedata.category(c) in UNSHOWN


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen: it is white space, or of characters that are never drawn."""
    return not text.strip() or (not text.isprintable() and not plain(text).strip())


def without_hidden(text: str) -> str:
    """A text without the characters that are hidden."""
    return text if text.isprintable() else "".join(c for c in text if not is_hidden(c))


def shortened(text: str, most: int) -> str:
    """A text of so many characters at the most, cut behind a word and then with an ellipsis."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" .,:;–-") + " …"


DRAWN_MOST = 20_000
"""Characters of one text that are drawn: some fifteen screens. More would hold up every key."""


def beginning(text: str, most: int = DRAWN_MOST) -> str:
    """As much of a text as is drawn of it: all, unless it is far too long to be read there."""
    return text if len(text) <= most else f"{text[:most]} …"


def plain_lines(text: str) -> list[str]:
    """Clean text of several lines for drawing, a list item a line, as `plain` does."""
    return [plain(line) for line in text.splitlines()] or [""]


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    out: list[str] = []
    marks = 0
    selected = False
    for c in text:
        if c.isascii() and c.isprintable():
            marks, selected = 0, False
            out.append(c)
            continue
        category = unicodedata.category(c)
        if category in ("Mn", "Me") or c in JOINERS or "\u1161" <= c <= "\u11ff" or "\ud7b0" <= c <= "\ud7ff":
            if c in _IGNORED:
                continue
            if _SELECTORS.match(c):
                if selected:
                    continue
                selected = True
            marks += 1
            if marks <= _COMBINING_MOST:
                out.append(c)
            continue
        if category == "Cf":
            continue
        marks, selected = 0, False
        if category in UNSHOWN or c in _FILLERS:
            out.append("\ufffd")
        else:
            out.append(c)
    return "".join(out)
