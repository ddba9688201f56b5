"""LinkedIn's Connections.csv, from the archive of one's own data.

LinkedIn Help, "Export connections from LinkedIn" and "Download your account data". The header follows a
few lines of notes in most archives, and its columns have changed places over the years, so it is looked
for by two names that no other file of the archive has together.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from netcrm.domain.imports import Card, Skipped
from netcrm.domain.people import ContactPoint, Further, Profile
from netcrm.exchange.tables import Row, Table
from netcrm.exchange.values import one_line, parse_day, with_name

SOURCE = "linkedin"

HEADER = frozenset({"first name", "connected on"})
"""The columns by which Connections.csv is known, in lower case."""

_KNOWN = {
    "first name": "given",
    "last name": "family",
    "url": "url",
    "email address": "email",
    "company": "organisation",
    "position": "title",
    "connected on": "on",
}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*\.?[ -](\d{4})", re.ASCII)


def cards(table: Table) -> Iterator[Card | Skipped]:
    """The connections of a table, one by one, and why a row is none.

    Args:
        table: A table whose header has the columns of `HEADER`.
    """
    for row in table.rows():
        yield _card(table, row) if isinstance(row, Row) else row


def profile_key(url: str) -> str:
    """What LinkedIn knows a person by: ``in/<slug>``, in lower case; empty where a link has none.

    Country subdomains, queries and a closing slash don't matter, and neither does whether accents in the
    slug are percent-encoded (RFC 3986 section 2.1), since exports have written both.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = unquote(parts.path).strip("/").split("/")
    if "in" not in path[:-1]:
        return ""
    slug = one_line(path[path.index("in") + 1])
    return f"in/{slug.lower()}" if slug else ""


def _card(table: Table, row: Row) -> Card | Skipped:
    cells = row.cells
    fields = dict.fromkeys(_KNOWN.values(), "")
    further = []
    for name, cell in zip(table.header, cells, strict=False):
        text = cell.strip()
        field = _KNOWN.get(name.lower())
        if field is not None and not fields[field]:
            fields[field] = text
        elif text:
            further.append(Further(name, text))
    met_on = _date(fields["on"])
    surplus = [cell for cell in cells[len(table.header) :] if cell.strip()]
    if surplus and met_on is None:
        return Skipped(
            row.line,
            f"This row has {len(cells)} cells where the header has {len(table.header)}: "
            "a cell that holds a comma needs quotes around it.",
        )
    further += [Further("", cell) for cell in surplus]
    if fields["on"] and met_on is None:
        further.append(Further("Connected On", fields["on"]))

    points = []
    if fields["email"]:
        points.append(ContactPoint("email", one_line(fields["email"])))
    if fields["url"]:
        points.append(ContactPoint("url", one_line(fields["url"]), "linkedin"))
    given, family = one_line(fields["given"]), one_line(fields["family"])
    if not (given or family or points or fields["organisation"]):
        return Skipped(row.line, "This row has no name: LinkedIn keeps only the date of some who have left.")
    profile = Profile(
        name=f"{given} {family}".strip(),
        given=given,
        family=family,
        organisation=one_line(fields["organisation"]),
        title=one_line(fields["title"]),
        met="LinkedIn",
        met_on=met_on,
        points=tuple(points),
        further=tuple(further),
    )
    named = with_name(profile, row.line)
    if named is None:
        return Skipped(row.line, "This row has nothing to call anyone by.")
    return Card(profile=named, source=SOURCE, key=profile_key(fields["url"]), line=row.line)


def _date(text: str) -> date | None:
    """The day of ``01 Apr 2024``, which LinkedIn writes in English in every language, or of an ISO date."""
    match = _DATE.fullmatch(text.strip())
    if match and match[2].lower() in _MONTHS:
        parts = (int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
    elif (day := parse_day(text)) and day.year is not None:
        parts = (day.year, day.month, day.day)
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None
