"""Bytes to text, for files that seldom say how they were encoded.

A file is UTF-8 unless its bytes say otherwise: a byte order mark or the zero bytes of UTF-16, a
``CHARSET`` parameter (vCard 2.1), or bytes that UTF-8 does not allow. Those last ones are read as
Windows-1252, what the address books of the time wrote when they wrote "ANSI".
"""

import codecs
from functools import lru_cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32's little-endian one begins with UTF-16's, and so stands before it."""

_HEAD = 4096
"""Bytes looked at to tell UTF-16 without a mark from other text."""

_SINGLE_BYTE = frozenset(
    {f"iso8859-{part}" for part in range(1, 17)}
    | {f"cp125{part}" for part in range(9)}
    | {"koi8-r", "koi8-u", "mac-roman", "cp437", "cp850", "cp866", "tis-620"}
)
_MULTI_BYTE = frozenset({"cp932", "euc_jp", "iso2022_jp", "cp949", "iso2022_kr", "gb18030", "big5", "cp950"})
_SUPERSETS = {
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""What is written under a narrower name in practice: phones say SHIFT_JIS and mean Microsoft's."""


def to_utf8(data: bytes) -> bytes:
    """Turn UTF-16 and UTF-32 into UTF-8; other bytes stay as they are.

    A byte order mark and NULs go, and where carriage returns alone end the lines, as on the first
    Macintoshes, line feeds take their place.

    Args:
        data: The file as it was read.

    Returns:
        Bytes in which ASCII stands for itself, so that they can be taken apart before they are decoded.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            if codec != "utf-8":
                data = _recoded(data, codec)
            break
    else:
        if codec := _unmarked_utf16(data):
            data = _recoded(data, codec)
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def decode(data: bytes) -> str:
    """Decode a whole file whose text says nothing of its encoding.

    Where it isn't UTF-8, it is decoded line by line, so that one broken byte does not spoil the accents
    of every other line.
    """
    data = to_utf8(data)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "\n".join(decode_bytes(line) for line in data.split(b"\n"))


def decode_bytes(data: bytes, charset: str = "") -> str:
    """Decode a piece of text, with the charset that is declared for it.

    A declared multi-byte charset comes first: what is valid in it is hardly ever an accident. UTF-8 comes
    before a declared single-byte one, since any bytes are valid in that.

    Args:
        data: The bytes.
        charset: The declared charset's name, known or not, or empty.
    """
    declared = known_charset(charset) if charset else ""
    order = (declared, "utf-8") if declared in _MULTI_BYTE else ("utf-8", declared)
    for codec in order:
        if codec:
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
    return data.decode("cp1252", "replace")


@lru_cache(maxsize=256)
def known_charset(name: str) -> str:
    """The codec for a charset's name; empty where it is unknown, or is none that text is written in.

    Python has codecs that are no charsets (``idna``, ``unicode_escape``), and a file must not choose them.
    """
    try:
        codec = codecs.lookup(name.strip().strip('"')).name
    except (LookupError, ValueError):
        return ""
    codec = _SUPERSETS.get(codec, codec)
    return codec if codec == "utf-8" or codec in _SINGLE_BYTE or codec in _MULTI_BYTE else ""


def _recoded(data: bytes, codec: str) -> bytes:
    return data.decode(codec, "replace").encode()


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark shows in its zero bytes: nearly every second one, always on the same side."""
    head = data[:_HEAD]
    if b"\0" not in head or len(head) < 4:
        return ""
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return ""
