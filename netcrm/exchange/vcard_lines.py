"""vCards as they are written: cards in a file, content lines in a card, parameters in a line.

vCard 2.1 (versit, 1996), RFC 2426 (3.0) and RFC 6350 (4.0) are read by one tolerant codec of our own,
since files in the wild mix all three. icalendar's content lines refuse bare parameters (``TEL;WORK:``) and
names like ``X-messaging/irc-All``, know neither quoted-printable nor ``CHARSET``, and take 19 µs a line,
so that 100,000 cards of eight lines would need a quarter of a minute before any of them means anything.

Nothing here recurses, and every step is linear in the bytes it reads: 5,000 cards within one another are read
as they come. What is too large (`netcrm.exchange.limits`) is left out before it becomes text.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from typing import NamedTuple

from netcrm.domain.imports import UnreadableFile
from netcrm.domain.values import dataclass
from netcrm.exchange.charsets import decode_bytes, to_utf8
from netcrm.exchange.limits import (
    CARD_MOST,
    FOLDS_MOST,
    ITEMS_MOST,
    LINES_MOST,
    RECORDS_MOST,
    TOO_MANY,
    VALUE_MOST,
    TooMuch,
)
from netcrm.files import size

_EDGE = re.compile(
    rb"\n(?:(begin|agent:[ \t]*begin(?=[ \t]*:[ \t]*vcard[ \t\r]*\n[^ \t]))|end)"
    rb"[ \t]*:[ \t]*vcard[ \t\r]*(?=\n|\Z)",
    re.IGNORECASE,
)
"""Where cards begin and end. An ``AGENT`` whose card is folded into its value is one long line instead."""

_NAME = re.compile(r"(?:[\w-]+\.)*(?:[\w-][\w/-]*|X-[\w/ -]*)", re.IGNORECASE)
"""A property's name with its group: wider than RFC 6350 section 3.3, as ``X-GOOGLE TALK`` is in use."""

_CONTENT_LINE = re.compile(rb"\n[^\n]*+(?:\n[ \t][^\n]*+)*+")
"""A content line with its folds."""

_TOO_MANY_LINES = f"This card has more than {LINES_MOST:,} lines."

_LONGEST_CACHED = 200
"""Characters of a header worth remembering: those are the ones that come back in card after card."""

_HEAD = 1000
"""Characters in which a line's encoding is looked for: looking through all would be quadratic in folds."""

_ENCODINGS = {"quoted-printable": "qp", "qp": "qp", "base64": "base64", "b": "base64"}
_PLAIN_ENCODINGS = frozenset({"7bit", "8bit", "7-bit", "8-bit", "binary"})
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X509", "AGENT"})
"""Properties whose base64 is no text."""

_ESCAPED = re.compile(r"\\([nN,;:\\])")
_ESCAPED_OLD = re.compile(r"\\([,;])")
_ESCAPED_OLD_PART = re.compile(r"\\([,;:\\])")


@dataclass(slots=True)
class Span:
    """Where a card stands in a file.

    Attributes:
        start: The index of the line feed before its ``BEGIN``.
        body: The index behind its ``BEGIN:VCARD``.
        stop: The index at which its body ends.
        inner: The cards within it.
    """

    start: int
    body: int
    stop: int = 0
    inner: "list[Span]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before a content line's value.

    Attributes:
        group: ``item1`` of ``item1.TEL``, or empty.
        name: The property's name as it came.
        key: The same in upper case, to look it up by.
        types: The values of ``TYPE``, and bare parameters, in lower case.
        encoding: ``qp``, ``base64`` or empty.
        charset: The declared charset, or empty.
        params: Every other parameter, its name in upper case.
    """

    group: str
    name: str
    key: str
    types: tuple[str, ...] = ()
    encoding: str = ""
    charset: str = ""
    params: tuple[tuple[str, str], ...] = ()

    def param(self, name: str) -> str:
        """The value of a parameter, empty where it isn't given."""
        for key, value in self.params:
            if key == name:
                return value
        return ""


class Line(NamedTuple):
    """A content line.

    Attributes:
        header: What stands before the colon.
        value: What stands behind it, without its transfer encoding, its escapes still in it.
        raw: The whole line, unfolded, as it came.
    """

    header: Header
    value: str
    raw: str


class Written(NamedTuple):
    """A card as it is written.

    Attributes:
        line: The line of the file at which it begins, counted from 1.
        lines: Its content lines.
        loose: Lines that are no content lines.
        inner: The cards within it, each as it is written.
        old: Whether it is a vCard 2.1, whose text knows no escapes but that of the semicolon.
        problem: What is wrong with it as a whole, or with what was left out of it, in a sentence.
    """

    line: int
    lines: list[Line]
    loose: list[str]
    inner: list[str]
    old: bool
    problem: str = ""


def prepare(data: bytes) -> bytes:
    """The file in a superset of ASCII, a line feed before each line."""
    return b"\n" + to_utf8(data).lstrip(b" \t")


def written_cards(data: bytes) -> Iterator[Written]:
    """The cards at the top level of a file, one by one.

    Args:
        data: What `prepare` made of it.
    """
    line, counted = 0, 0
    for span in spans(data):
        line += data.count(b"\n", counted, span.start + 1)
        counted = span.start + 1
        try:
            yield _written(data, span, line)
        except TooMuch as error:
            yield Written(line, [], [], [], old=False, problem=str(error))


def spans(data: bytes) -> Iterator[Span]:
    """Where the cards at the top level of a file stand.

    A ``BEGIN`` within a card is a card within it (vCard 2.1 section 2.6.5) if each of the two has its
    ``END``. One that never gets it has lost it, and ends where the next begins.

    Raises:
        UnreadableFile: There are too many.
    """
    opened: list[Span] = []
    held = 0
    for edge in _EDGE.finditer(data):
        if edge[1]:
            held += 1
            if held > RECORDS_MOST:
                raise UnreadableFile(TOO_MANY)
            opened.append(Span(edge.start(), edge.end()))
        elif opened:
            span = opened.pop()
            span.stop = edge.start()
            if opened:
                opened[-1].inner.append(span)
            else:
                held = 0
                yield span
    for place, span in enumerate(opened):
        follower = opened[place + 1].start if place + 1 < len(opened) else len(data)
        promoted, span.inner = span.inner, []
        span.stop = promoted[0].start if promoted else follower
        yield span
        yield from promoted


def text(line: Line, old: bool) -> str:
    """A line's value as text, with its escapes undone (RFC 6350 section 3.4).

    Args:
        line: The content line.
        old: Whether it is of a vCard 2.1, where a backslash before a letter is part of a path.
    """
    return _unescaped(line.value, _ESCAPED_OLD if old else _ESCAPED)


def parts(line: Line, old: bool) -> list[str]:
    """The components of a structured value, with their escapes undone."""
    pattern = _ESCAPED_OLD_PART if old else _ESCAPED
    return [_unescaped(part, pattern) for part in _split(line.value, ";")]


def items(line: Line, old: bool) -> list[str]:
    """The values of a list, with their escapes undone."""
    pattern = _ESCAPED_OLD_PART if old else _ESCAPED
    return [_unescaped(part, pattern) for part in _split(line.value, ",")]


def components(line: Line, old: bool) -> list[list[str]]:
    """The components of a structured value whose components are lists; in vCard 2.1 they are none."""
    if old:
        return [[part] for part in parts(line, old)]
    return [
        [_unescaped(name.strip(), _ESCAPED) for name in _split(part, ",")]
        if "," in part
        else [_unescaped(part, _ESCAPED)]
        for part in _split(line.value, ";")
    ]


def _unescaped(value: str, pattern: re.Pattern[str]) -> str:
    if "\\" not in value:
        return value
    return pattern.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _split(value: str, separator: str) -> list[str]:
    """Split at separators that have no backslash of their own before them.

    Raises:
        TooMuch: There are too many.
    """
    if value.count(separator) > ITEMS_MOST:
        raise TooMuch(f"This card has more than {ITEMS_MOST:,} items in one value.")
    pieces = value.split(separator)
    if "\\" not in value:
        return pieces
    found: list[str] = []
    pending: list[str] = []
    for piece in pieces:
        pending.append(piece)
        if (len(piece) - len(piece.rstrip("\\"))) % 2 == 0:
            found.append(separator.join(pending))
            pending = []
    if pending:
        found.append(separator.join(pending))
    return found


def _written(data: bytes, span: Span, line: int) -> Written:
    lines: list[Line] = []
    loose: list[str] = []
    old = False
    body, problem = _bounded(_body(data, span))
    for logical in _unfolded(_lenient(body)):
        if len(lines) + len(loose) >= LINES_MOST:
            raise TooMuch(_TOO_MANY_LINES)
        found = _line(logical)
        if found is None:
            loose.append(_mended(logical, ""))
            continue
        lines.append(found)
        if found.header.key == "VERSION":
            old = found.value.strip().startswith("2")
    if sum(card.stop - card.start for card in span.inner) > CARD_MOST:
        raise TooMuch(f"This card is larger than {size(CARD_MOST)}.")
    inner = [_mended(_lenient(data[card.start + 1 : card.stop]), "") + "\nEND:VCARD" for card in span.inner]
    return Written(line, lines, loose, inner, old, problem)


def _bounded(body: bytes) -> tuple[bytes, str]:
    """A card without its lines that are too large, and what to say of them.

    Raises:
        TooMuch: It is too large all the same, or has too many lines.
    """
    if body.count(b"\n") > FOLDS_MOST:
        raise TooMuch(_TOO_MANY_LINES)
    if len(body) <= VALUE_MOST:
        return body, ""
    kept, names = [], []
    for found in _CONTENT_LINE.finditer(body):
        if found.end() - found.start() > VALUE_MOST:
            head = body[found.start() + 1 : found.start() + 1 + _HEAD].partition(b":")[0]
            names.append(re.split(rb"[^\w.-]", head, maxsplit=1)[0].decode("ascii", "replace")[:40].upper())
        else:
            kept.append(found[0])
    body = b"".join(kept)
    if len(body) > CARD_MOST:
        raise TooMuch(f"This card is larger than {size(CARD_MOST)}.")
    if not names:
        return body, ""
    of = ", ".join(dict.fromkeys(filter(None, names))) or "value"
    return body, f"The {of} of this card is larger than {size(VALUE_MOST)} and was left out."


def _body(data: bytes, span: Span) -> bytes:
    """What stands in a card itself, without the cards within it and their ``END`` lines."""
    if not span.inner:
        return data[span.body : span.stop]
    pieces = [data[span.body : span.inner[0].start]]
    starts = [card.start for card in span.inner[1:]]
    for card, following in zip(span.inner, [*starts, span.stop], strict=True):
        end_line = data.find(b"\n", card.stop + 1, following)
        pieces.append(data[end_line:following] if end_line >= 0 else b"")
    return b"\n".join(pieces)


def _lenient(data: bytes) -> str:
    """Text in which the bytes that aren't UTF-8 wait as surrogates for the line's charset to be known."""
    return data.decode("utf-8", "surrogateescape")


def _mended(text: str, charset: str) -> str:
    """Text whose waiting bytes are decoded; folding may have torn a character in two, now it is whole.

    Text that is UTF-8 stays so whatever it declares: programs that convert files leave ``CHARSET`` behind.
    ISO-2022-JP is ASCII to look at, and shows in its escape characters.
    """
    if text.isascii() and "\x1b" not in text:
        return text
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogateescape")
    else:
        if "\x1b" not in text:
            return text
    return decode_bytes(data, charset)


def _unfolded(body: str) -> Iterator[str]:
    """The logical lines of a card: folds undone, soft line breaks taken out, base64 gathered.

    RFC 6350 section 3.2 for folds; RFC 2045 section 6.7 for soft breaks; base64 of a 2.1 card that isn't
    indented reaches to a blank line or to one with a colon, which base64 can't have.
    """
    pending: list[str] = []
    soft = False
    blank = False
    for physical in body.split("\n"):
        line = physical.rstrip("\r")
        if soft:
            pending[-1] = pending[-1][:-1]
            pending.append(line)
            soft = line.endswith("=")
            continue
        if not line:
            blank = True
            continue
        if pending and line[0] in " \t":
            pending.append(line[1:])
        elif pending and ":" not in line and (joint := _joint(pending, line, blank)) is not None:
            pending += (joint, line)
        else:
            if pending:
                yield "".join(pending)
            pending = [line]
        blank = False
        soft = line.endswith("=") and _is_quoted_printable(pending[0])
    if pending:
        yield "".join(pending)


def _is_quoted_printable(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line[:_HEAD].partition(":")[0].upper()


def _joint(pending: list[str], line: str, blank: bool) -> str | None:
    """What joins a line without a colon to the one before; None where it doesn't belong to it."""
    head = pending[0][:_HEAD].partition(":")[0].upper()
    if not blank and ("BASE64" in head or "ENCODING=B" in head):
        return ""
    if line.startswith("#"):
        return None
    if pending[-1].endswith("\\"):
        pending[-1] = pending[-1][:-1]
        return "\n"
    return "\n" if head.partition(";")[0].endswith("NOTE") else None


def _line(logical: str) -> Line | None:
    """A logical line as a content line; None where it is none."""
    head, colon, value = logical.partition(":")
    if not colon:
        return None
    if head.count('"') % 2:
        head, value = _behind_quotes(logical, len(head))
    header = (_header if len(head) <= _LONGEST_CACHED else _header.__wrapped__)(head)
    if header is None:
        return None
    if not logical.isascii() or "\x1b" in logical:
        raw = _mended(logical, header.charset)
        if raw is not logical:
            head, value = _mended(head, header.charset), _mended(value, header.charset)
            header = _header(head) or header
    else:
        raw = logical
    if header.encoding == "qp":
        encoded = value.encode("utf-8", "surrogateescape")
        value = decode_bytes(binascii.a2b_qp(encoded), header.charset).replace("\r\n", "\n").replace("\0", "")
    elif header.encoding == "base64" and header.key not in _BINARY:
        value = _from_base64(value, header.charset)
    return Line(header, value, raw)


def _behind_quotes(logical: str, colon: int) -> tuple[str, str]:
    """Split a line at the first colon that isn't within quotes, or at the first of all if there is none."""
    first, odd = colon, True
    while odd:
        following = logical.find(":", colon + 1)
        if following < 0:
            return logical[:first], logical[first + 1 :]
        odd ^= bool(logical.count('"', colon, following) % 2)
        colon = following
    return logical[:colon], logical[colon + 1 :]


def _from_base64(value: str, charset: str) -> str:
    try:
        return decode_bytes(binascii.a2b_base64(value), charset).replace("\0", "")
    except (binascii.Error, ValueError):
        return value


@lru_cache(maxsize=4096)
def _header(head: str) -> Header | None:
    name, *rest = _outside_quotes(head, ";")
    name = name.strip()
    if not _NAME.fullmatch(name):
        return None
    group, _, name = name.rpartition(".")
    types: list[str] = []
    params: list[tuple[str, str]] = []
    encoding = charset = ""
    for param in rest:
        key, equals, value = param.partition("=")
        key, value = key.strip().upper(), value.strip().strip('"')
        if not equals:
            key, value = "TYPE", key
        if key == "CHARSET":
            charset = value
        elif key == "ENCODING":
            encoding = _ENCODINGS.get(value.lower(), encoding)
        elif key == "TYPE":
            for item in value.lower().split(","):
                bare = item.strip().removeprefix("type=").strip('"')
                if bare in _ENCODINGS and not equals:
                    encoding = _ENCODINGS[bare]
                elif bare and not (bare in _PLAIN_ENCODINGS and not equals):
                    types.append(bare)
        else:
            params.append((key, value))
    return Header(group, name, name.upper(), tuple(types), encoding, charset, tuple(params))


def _outside_quotes(head: str, separator: str) -> list[str]:
    pieces = head.split(separator)
    if len(pieces) > ITEMS_MOST:
        raise TooMuch(f"This card has more than {ITEMS_MOST:,} parameters on one line.")
    if '"' not in head:
        return pieces
    found: list[str] = []
    pending: list[str] = []
    odd = False
    for piece in pieces:
        pending.append(piece)
        odd ^= bool(piece.count('"') % 2)
        if not odd:
            found.append(separator.join(pending))
            pending = []
    if pending:
        found.append(separator.join(pending))
    return found
