"""Links: which may be opened in a browser, a mail program or a phone, and how they are then handed over.

Everything in the book may come from elsewhere, so a link is hostile until it has been read. What is opened is
made anew from its parts (RFC 3986): one of a few schemes, ASCII only, without a character that a program
might take for an option, a line or another host.
"""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlsplit

from netcrm.domain.logline.words import ADDRESS, LINK
from netcrm.domain.patterns import pattern
from netcrm.domain.people import ContactPoint
from netcrm.domain.text import UNSHOWN

SCHEMES = ("http", "https", "mailto", "tel")
"""What is opened; everything else may run something, or read files of yours."""

LONGEST = 2000
"""Characters of a link that is opened: more is no link that somebody wrote."""


def openable(text: str) -> str:
    """A link as it may be handed to the program that opens it.

    A mail address and a name of a site may stand alone: ``ana@vale.example``, ``www.vale.example``.

    Raises:
        ValueError: If it is not opened, in a sentence that says why.
    """
    link = text.strip()
    if not link:
        raise ValueError("There is no link here.")
    if len(link) > LONGEST:
        raise ValueError("That link is too long to be opened.")
    if link.startswith("-"):
        raise ValueError("A link does not begin with “-”, so it is not opened.")
    if any(c.isspace() or c == "\\" or unicodedata.category(c) in UNSHOWN for c in link):
        raise ValueError("That link holds characters that no link has, so it is not opened.")
    scheme, colon, rest = link.partition(":")
    if not colon or not _SCHEME.fullmatch(scheme) or (_HOST.fullmatch(scheme) and rest[:1].isdecimal()):
        return _bare(link)
    match scheme.lower():
        case "http" | "https":
            return _site(link)
        case "mailto":
            return _mail(rest)
        case "tel":
            return _number(rest)
        case other:
            raise ValueError(f"Only links to sites, mail and phones are opened, not “{other[:20]}:”.")


def reaching(point: ContactPoint) -> str:
    """What opens a way to reach someone: their site, a mail to them, a call.

    Raises:
        ValueError: If it is none that is opened, in a sentence that says why.
    """
    value = point.value.strip()
    if point.kind == "email":
        return _mail(value.removeprefix("mailto:"))
    if point.kind == "phone":
        return _number(value.removeprefix("tel:"))
    if point.kind == "url":
        return openable(value)
    raise ValueError("Only links to sites, mail and phones are opened.")


def first_link(text: str) -> str:
    """The first link to a site in a text, else the first mail address; empty where there is none."""
    found = LINK.search(text) or ADDRESS.search(text)
    return found[0] if found else ""


def best_point(points: Iterable[ContactPoint], kinds: Iterable[str]) -> ContactPoint | None:
    """The first way to reach someone of the first kind that they have any of."""
    known = list(points)
    return next((point for kind in kinds for point in known if point.kind == kind), None)


_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*")
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_HOST = pattern(rf"(?:{_LABEL}\.)+{_LABEL}", re.IGNORECASE)
_ALONE = pattern(rf"(?:localhost|{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])", re.IGNORECASE)
_MAILBOX = pattern(r"[A-Za-z0-9.!#$*+/=^_{|}~-]+")
_ESCAPED = pattern(r"%[0-9A-Fa-f]{2}")
_DIGITS = pattern(r"\+?[0-9*#]{2,20}")
_SAID = frozenset("subject body cc".split())
"""What a mail link may say besides the address: no program attaches a file for any of these."""


def _bare(link: str) -> str:
    """A mail address or a site that stands alone."""
    if "@" in link and "/" not in link:
        return _mail(link)
    host = re.split(r"[/?#:]", link, maxsplit=1)[0]
    if "." not in host.strip("."):
        raise ValueError("That is no link.")
    return _site(f"https://{link}")


def _site(link: str) -> str:
    """A link to a site, its host spelled in ASCII (RFC 3490) and all else escaped (RFC 3986)."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        raise ValueError("That is no link that can be read, so it is not opened.") from None
    if "@" in parts.netloc:
        raise ValueError("That link hides where it leads, with an @ before the site, so it is not opened.")
    if not parts.netloc or not link[len(parts.scheme) :].startswith("://"):
        raise ValueError("That link names no site, so it is not opened.")
    host = _host(parts.hostname or "")
    where = f"{host}:{port}" if port is not None else host
    path = _escaped(parts.path, "/:@!$&'()*+,;=~-._")
    query = f"?{_escaped(parts.query, _IN_QUERY)}" if parts.query else ""
    fragment = f"#{_escaped(parts.fragment, _IN_QUERY)}" if parts.fragment else ""
    return f"{parts.scheme.lower()}://{where}{path}{query}{fragment}"


def _host(name: str) -> str:
    host = _in_ascii(name)
    bracketed = f"[{host}]" if ":" in host else host
    if not _ALONE.fullmatch(bracketed.removesuffix(".")):
        raise ValueError("That link names no site, so it is not opened.")
    return bracketed.lower()


def _in_ascii(host: str) -> str:
    """The name of a site in ASCII; empty where it has signs in it that only look like a part of a link."""
    if host.isascii():
        return host
    if not all(c in ".-_" or unicodedata.category(c)[0] in "LMN" for c in host):
        return ""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _mail(text: str) -> str:
    """A mail to somebody, perhaps with a subject and words to begin with (RFC 6068)."""
    address, _, said = text.partition("?")
    box, at, name = address.rpartition("@")
    if not at or box.startswith("-") or not _MAILBOX.fullmatch(box):
        raise ValueError("That is no mail address, so no mail is begun.")
    host = _in_ascii(name)
    if not _HOST.fullmatch(host):
        raise ValueError("That is no mail address, so no mail is begun.")
    pairs = parse_qsl(said, keep_blank_values=True)
    if any(key.lower() not in _SAID for key, _ in pairs):
        raise ValueError("That link would do more than begin a mail, so it is not opened.")
    if any(_is_unseen(c) for _, value in pairs for c in value):
        raise ValueError("That link holds characters that no link has, so it is not opened.")
    if any("\r" in value or "\n" in value for key, value in pairs if key.lower() != "body"):
        raise ValueError("That link would do more than begin a mail, so it is not opened.")
    query = "&".join(f"{key.lower()}={quote(value, safe='')}" for key, value in pairs)
    return f"mailto:{_escaped(box, _IN_BOX)}@{host.lower()}" + (f"?{query}" if query else "")


def _is_unseen(c: str) -> bool:
    return c not in "\r\n" and unicodedata.category(c) in UNSHOWN


def _number(text: str) -> str:
    """A call, with nothing but the number (RFC 3966)."""
    number = re.sub(r"\(0\)|[\s().\u2010-\u2015/-]", "", text) if not text.startswith("-") else ""
    if not _DIGITS.fullmatch(number):
        raise ValueError("That is no number that can be called.")
    if "*" in number or "#" in number:
        raise ValueError("That number would set something on the phone, so it is not called.")
    return f"tel:{number}"


_IN_QUERY = "/?:@!$&'()*+,;=~-._[]"
_IN_BOX = "!$*+/=^_{|}~-."


def _escaped(text: str, safe: str) -> str:
    """A part of a link with everything escaped that is not safe there; what is escaped already stays so."""
    out: list[str] = []
    start = 0
    for match in _ESCAPED.finditer(text):
        out += [quote(text[start : match.start()], safe=safe), match[0]]
        start = match.end()
    return "".join([*out, quote(text[start:], safe=safe)])
