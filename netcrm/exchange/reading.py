"""Files of other programs, told by what is in them and never by their name."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from netcrm.domain.imports import Card, Skipped, UnreadableFile
from netcrm.domain.values import dataclass
from netcrm.exchange import archives, google, linkedin, vcard
from netcrm.exchange.charsets import decode, to_utf8
from netcrm.exchange.limits import COLUMNS_MOST, FILE_MOST, TABLE_LINES_MOST, TABLE_MOST, within
from netcrm.exchange.tables import Table, find_table, headers, normal
from netcrm.files import size

READABLE = "vCards (.vcf), LinkedIn's Connections.csv and Google Contacts' CSV, in a .zip or not"
"""What netcrm reads, in words."""

TOO_LARGE = (
    f"It is larger than {size(FILE_MOST)}: no address book is; export your contacts without their pictures."
)
"""What is said of a file that is too large to be read."""

_HEAD = 65536
"""Bytes in which a file's nature is looked for."""

_TABLE_TOO_LARGE = (
    f"This table is larger than {size(TABLE_MOST)} or has more than {TABLE_LINES_MOST:,} lines:"
    " divide it, and import its parts."
)

_BINARY_MOST = 0.05
"""The share of control characters from which a file is no text."""

_CARD = rb"\nBEGIN[ \t]*:[ \t]*VCARD[ \t\r]*(?=\n|\Z)"
_CARD_FIRST = re.compile(rb"\s*" + _CARD, re.IGNORECASE)
_CARD_ANYWHERE = re.compile(_CARD, re.IGNORECASE)

_MAGIC = (
    (b"\x1f\x8b", "a gzip archive: unpack it and import the file inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it and import the file inside"),
    (b"%PDF", "a PDF: export your contacts again as a vCard file"),
    (b"SQLite format 3", "a database: open it in its own program and export your contacts as a vCard file"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as CSV, or export your contacts as a vCard file"),
    (b"!BDN", "an Outlook data file: open it in Outlook and export your contacts as vCard files"),
    (b"\x89PNG", "a picture: choose the file that your contacts were exported to"),
    (b"\xff\xd8\xff", "a picture: choose the file that your contacts were exported to"),
)
"""What files begin with that are no text, and what to do with each."""

_OPENINGS = (
    (re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE), "a web page"),
    (re.compile(r"<\?xml\b|<vcards\b", re.IGNORECASE), "XML"),
    (re.compile(r"begin:vcalendar\b", re.IGNORECASE), "a calendar"),
    (re.compile(r"(?:version: *1\s+)?dn::? ", re.IGNORECASE), "an LDIF address book"),
    (re.compile(r"### \w+:"), "a friends.md"),
    (re.compile(r"(?:#[^\n]*\n|\s)*\[format\]"), "an abook address book"),
    (re.compile(r"[\[{]"), "JSON"),
    (re.compile(r"From \S+ "), "a mailbox"),
    (re.compile(r"version:[234]\.[01]\s", re.IGNORECASE), "a vCard that has lost its BEGIN:VCARD line"),
)
"""How texts begin that netcrm knows of and doesn't read."""

_TABLES = (
    (frozenset({"conversation id", "from", "to"}), "LinkedIn's messages"),
    (frozenset({"company name", "title", "started on"}), "LinkedIn's positions"),
    (frozenset({"from", "to", "sent at", "direction"}), "LinkedIn's invitations"),
    (frozenset({"first name", "last name", "job title", "text", "status"}), "LinkedIn's recommendations"),
    (frozenset({"time", "media link"}), "LinkedIn's rich media"),
    (frozenset({"first name", "last name", "headline", "summary"}), "LinkedIn's own profile"),
    (frozenset({"display name", "primary email"}), "a Thunderbird address book"),
    (frozenset({"first name", "e-mail address"}), "an Outlook address book"),
    (frozenset({"first name", "home street", "business street"}), "an Outlook address book"),
)
"""Tables that netcrm knows of and doesn't read, by columns in lower case."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file whose format is known, its records still to be read.

    Attributes:
        source: ``linkedin``, ``google`` or ``vcard``.
        records: The records, each read when it is asked for; it can be gone through once.
        lines: How many lines the file has: a record's ``line`` says how far the reading has come.
    """

    source: str
    records: Iterator[Card | Skipped]
    lines: int


def read(data: bytes) -> Reading:
    """Tell what a file is, and read it record by record.

    Args:
        data: The whole file.

    Raises:
        UnreadableFile: The file is none that netcrm reads; its text says what it seems to be and what to do.
            Going through the records may raise it too, where there are far too many.
    """
    if data.startswith(archives.MAGIC):
        return _read_archive(data)
    if len(data) > FILE_MOST:
        raise UnreadableFile(TOO_LARGE)
    reading = _read(data)
    return replace(reading, records=within(reading.records))


def _read_archive(data: bytes) -> Reading:
    """The address books of an archive, one after the other; its other tables are passed over.

    All are read here, so that a broken archive is told before anything is brought in.
    """
    found: list[Reading] = []
    refused: list[UnreadableFile] = []
    try:
        for _, content in archives.members(data):
            try:
                found.append(_read(content))
            except UnreadableFile as error:
                refused.append(error)
    except UnreadableFile as error:
        said = str(error).rstrip(".")
        raise UnreadableFile(f"{said}; netcrm reads {READABLE}.") from error
    if not found:
        if len(refused) == 1:
            raise refused[0]
        raise UnreadableFile(
            f"None of the files in this ZIP archive is an address book; netcrm reads {READABLE}."
        )
    records = within(itertools.chain.from_iterable(reading.records for reading in found))
    return Reading(found[0].source, records, sum(reading.lines for reading in found))


def _read(data: bytes) -> Reading:
    """Tell what a file is that is no archive."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(f"This file is empty: choose one with contacts in it; netcrm reads {READABLE}.")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableFile(f"This is {what}; netcrm reads {READABLE}.")
    plain = to_utf8(data).lstrip(b" \t")
    if _is_binary(plain):
        raise UnreadableFile(f"This file is no text: choose another one; netcrm reads {READABLE}.")
    lines = plain.count(b"\n") + 1
    if _CARD_FIRST.match(b"\n" + plain[:_HEAD]):
        return Reading(vcard.SOURCE, vcard.cards(plain), lines)

    head = normal(decode(plain[:_HEAD]))
    if find_table(head, linkedin.HEADER, *google.HEADERS):
        if len(plain) > TABLE_MOST or lines > TABLE_LINES_MOST:
            raise UnreadableFile(_TABLE_TOO_LARGE)
        text = normal(decode(plain))
        if table := find_table(text, linkedin.HEADER):
            return Reading(linkedin.SOURCE, linkedin.cards(_narrow(table)), lines)
        if table := find_table(text, *google.HEADERS):
            return Reading(google.SOURCE, google.cards(_narrow(table)), lines)
    if _CARD_ANYWHERE.search(plain):
        return Reading(vcard.SOURCE, vcard.cards(plain), lines)
    raise UnreadableFile(_advice(head))


def _narrow(table: Table) -> Table:
    """A table that has no more columns than one can have; the rows are gone through column by column."""
    if len(table.header) > COLUMNS_MOST:
        raise UnreadableFile(
            f"This table has more than {COLUMNS_MOST:,} columns: export your contacts again, and import that."
        )
    return table


def _is_binary(plain: bytes) -> bool:
    """Whether bytes are no text, by the control characters that no text has."""
    head = plain[:_HEAD]
    control = sum(head.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32), 127))
    return control > len(head) * _BINARY_MOST


def _advice(head: str) -> str:
    """A sentence that says what a file seems to be, and what to do."""
    opening = head.lstrip()
    for pattern, what in _OPENINGS:
        if pattern.match(opening):
            return f"This looks like {what}: export your contacts another way; netcrm reads {READABLE}."
    for header in headers(head):
        for columns, what in _TABLES:
            if header >= columns:
                hint = (
                    "import Connections.csv instead" if "LinkedIn" in what else "export it as vCard instead"
                )
                return f"This looks like {what}: {hint}; netcrm reads {READABLE}."
    return (
        f"This file is no address book that netcrm knows: it reads {READABLE}, so export it as one of them."
    )
