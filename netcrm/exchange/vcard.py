"""What vCards mean: properties become a person's fields, and the rest is kept as it came.

RFC 6350 section 6 and RFC 2426 section 3 name the properties; RFC 6474 adds ``DEATHDATE``; what begins
with ``X-`` is what Apple, Google, Evolution, KDE, Outlook and Android write. A line that our fields do not
say completely (a structured address, a second parameter, a group with a label) is also kept whole as
`Further`, so that an export can give it back.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from netcrm.domain.imports import Card, Skipped
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Profile, Relation
from netcrm.exchange.limits import TooMuch
from netcrm.exchange.values import (
    SYSTEM_GROUPS,
    Day,
    distinct,
    label,
    number,
    occasion,
    one_line,
    parse_day,
    sensible_sort,
    unique,
    with_name,
)
from netcrm.exchange.vcard_lines import (
    Line,
    Written,
    components,
    items,
    parts,
    prepare,
    text,
    written_cards,
)
from netcrm.exchange.vcard_names import (
    ANDROID_EVENTS,
    ANNIVERSARIES,
    DEFAULTS,
    KDE_HANDLES,
    KDE_JOINT,
    RELATIONS,
    SERVICES,
    UNSAID,
    label_of_types,
)

SOURCE = "vcard"

GROUP_TAG = "group"
"""The tag of a card that stands for a group of people (RFC 6350 section 6.1.4)."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

_NAME_PARTS = (("family", " "), ("given", " "), ("additional", " "), ("prefix", " "), ("suffix", ", "))
"""The components of ``N``, and what stands between the names of each when they are read aloud."""

_DATE_ONLY = 10
"""The length of ``1990-04-12``: what is longer holds a time as well."""


def cards(data: bytes) -> Iterator[Card | Skipped]:
    """The cards at the top level of a file, one by one, and why a record is none.

    Args:
        data: The file as it was read.
    """
    prepared = prepare(data)
    del data  # the file as it was read need not stay beside it
    for written in written_cards(prepared):
        if written.problem:
            yield Skipped(written.line, written.problem, too_much=True)
            if not written.lines:
                continue
        try:
            yield _Reader(written).card()
        except TooMuch as error:
            yield Skipped(written.line, str(error), too_much=True)


class _Reader:
    """Gathers what one card says; each method reads one property."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.old = written.old
        self.texts: dict[str, str] = {}
        self.names: list[str] = []
        self.nicknames: list[str] = []
        self.notes: list[str] = []
        self.tags: list[str] = []
        self.points: list[ContactPoint] = []
        self.preferred: list[ContactPoint] = []
        self.relations: list[Relation] = []
        self.occasions: list[Occasion] = []
        self.further: list[Further] = []
        self.written_addresses: list[str] = []
        self.file_as = ""
        self.key = ""
        self.labels = {
            line.header.group: label(text(line, self.old))
            for line in written.lines
            if line.header.group and line.header.key == "X-ABLABEL"
        }

    def card(self) -> Card | Skipped:
        """The card, or why it is none."""
        for line in self.written.lines:
            header = line.header
            if not line.value or line.value.isspace():
                continue
            read = _PROPERTIES.get(header.key)
            said = read(self, line) if read is not None else self._unknown(line)
            if not said or header.group:
                self._keep(line)
        self.further += [Further("AGENT", inner) for inner in self.written.inner]
        self.further += [Further("", loose) for loose in self.written.loose]
        if not any(point.kind == "address" for point in self.points + self.preferred):
            self.points += [ContactPoint("address", written) for written in self.written_addresses]

        profile = self._profile()
        named = with_name(profile, self.written.line)
        if named is None:
            return Skipped(
                self.written.line, "This card says nothing of anyone: it has no name and no field."
            )
        return Card(profile=named, source=SOURCE, key=self.key, line=self.written.line)

    def _profile(self) -> Profile:
        texts = self.texts.get
        name = self.names[0] if self.names else ""
        known = (
            name,
            texts("given", ""),
            texts("additional", ""),
            texts("family", ""),
            texts("organisation", ""),
        )
        return Profile(
            name=name,
            given=texts("given", ""),
            additional=texts("additional", ""),
            family=texts("family", ""),
            prefix=texts("prefix", ""),
            suffix=texts("suffix", ""),
            nicknames=unique(self.nicknames),
            sort=sensible_sort(self.file_as, " ".join(known)) if self.file_as else "",
            organisation=texts("organisation", ""),
            title=texts("title", "") or texts("role", ""),
            city=texts("city", ""),
            note="\n\n".join(self.notes),
            points=distinct(self.preferred + self.points),
            tags=unique(self.tags),
            relations=distinct(self.relations),
            occasions=distinct(self.occasions),
            further=tuple(self.further),
        )

    def _keep(self, line: Line) -> None:
        self.further.append(Further(line.header.name, line.raw))

    def _once(self, field: str, value: str) -> bool:
        """Set a field of one value; what comes second is not said by it."""
        if self.texts.get(field):
            return False
        self.texts[field] = one_line(value)
        return True

    def _label(self, line: Line) -> str:
        """Apple's label of the line's group, or else its types: ``work fax``, ``mobile``."""
        header = line.header
        if header.group and (named := self.labels.get(header.group)):
            return named
        if not header.types:
            return ""
        return label_of_types(header.types)

    def _add_point(self, kind: str, value: str, line: Line, name: str | None = None) -> bool:
        """Add a way to reach the person; whether the point says all that the line does."""
        header = line.header
        if value:
            point = ContactPoint(kind, value, self._label(line) if name is None else name)
            is_preferred = "pref" in header.types or header.param("PREF") in ("1", "100")
            (self.preferred if is_preferred else self.points).append(point)
        if header.params or len(header.types) > 1 or (name is not None and header.types):
            return False
        return not header.types or header.types[0] in DEFAULTS or header.types[0] not in UNSAID

    # Names

    def _fn(self, line: Line) -> bool:
        self.names.append(one_line(text(line, self.old)))
        if sort := line.header.param("SORT-AS"):
            self.file_as = sort
        return len(self.names) == 1 and not line.header.params

    def _name(self, line: Line) -> bool:
        """The name in parts, of which each may be a list (RFC 6350 section 6.2.2)."""
        if "family" in self.texts:
            return False
        found = components(line, self.old)
        for (field, joint), names in zip(_NAME_PARTS, found, strict=False):
            self.texts[field] = one_line(joint.join(filter(None, names)))
        if sort := line.header.param("SORT-AS"):
            self.file_as = sort
        return not line.header.params and not line.header.types and not any(map(any, found[5:]))

    def _nickname(self, line: Line) -> bool:
        self.nicknames += [text(line, self.old)] if self.old else items(line, self.old)
        return not line.header.params and not line.header.types

    def _sort_string(self, line: Line) -> bool:
        self.file_as = self.file_as or text(line, self.old)
        return False

    # Work

    def _org(self, line: Line) -> bool:
        units = [one_line(unit) for unit in parts(line, self.old)]
        named = [unit for unit in units if unit]
        said = self._once("organisation", ", ".join(named)) if named else True
        return said and len(named) <= 1 and not line.header.params and not line.header.types

    def _title(self, line: Line) -> bool:
        return self._once("title", text(line, self.old)) and not line.header.params

    def _role(self, line: Line) -> bool:
        self._once("role", text(line, self.old))
        return False

    # Ways to reach them

    def _tel(self, line: Line) -> bool:
        value = text(line, self.old)
        scheme, _, rest = value.partition(":")
        if scheme.lower() == "sip":
            self._add_point("handle", one_line(rest), line, "sip")
            return False
        if scheme.lower() == "tel":
            value, _, extension = rest.partition(";ext=")
            value = f"{value} ext. {extension}" if extension else value
        return self._add_point("phone", number(value), line) and not rest

    def _email(self, line: Line) -> bool:
        value = one_line(text(line, self.old))
        if value[:7].lower() == "mailto:":
            value = value[7:]
        return self._add_point("email", value, line)

    def _url(self, line: Line) -> bool:
        return self._add_point("url", one_line(text(line, self.old)), line)

    def _impp(self, line: Line) -> bool:
        """A handle by its URI: the scheme is the service, unless the line names it (RFC 4770)."""
        value = one_line(text(line, self.old))
        scheme, colon, rest = value.partition(":")
        service = line.header.param("X-SERVICE-TYPE").lower() or (scheme.lower() if colon else "")
        self._add_point("handle", unquote(rest) if colon else value, line, service)
        return False

    def _handle(self, line: Line) -> bool:
        """A handle by its property's name; KDE parts several by a character for private use."""
        service = SERVICES[line.header.key]
        value = text(line, self.old)
        said = True
        for handle in value.split(KDE_JOINT):
            bare = one_line(handle).removeprefix(f"{service}:")
            said &= self._add_point("handle", bare, line, service)
        return said and KDE_JOINT not in value

    def _social(self, line: Line) -> bool:
        self._url(line)
        return False

    def _adr(self, line: Line) -> bool:
        """An address in one line, as it would be written on an envelope; its parts are kept beside it."""
        found = [_in_one(part) for part in parts(line, self.old)]
        box, extra, street, city, region, code, country = (found + [""] * 7)[:7]
        lines = (box, extra, street, city, " ".join(filter(None, (region, code))), country, *found[7:8])
        self._add_point("address", ", ".join(filter(None, lines)), line)
        if city:
            self._once("city", city)
        return not any(found)

    def _address_label(self, line: Line) -> bool:
        self.written_addresses.append(_in_one(text(line, self.old)))
        return False

    # Days

    def _birthday(self, line: Line) -> bool:
        if any(found.kind == "birthday" for found in self.occasions):
            return False
        return self._add_day(line, "birthday")

    def _anniversary(self, line: Line) -> bool:
        return self._add_day(line, "anniversary")

    def _death(self, line: Line) -> bool:
        return self._add_day(line, "death")

    def _apple_date(self, line: Line) -> bool:
        return self._add_day(line, self.labels.get(line.header.group, "anniversary"))

    def _add_day(self, line: Line, words: str) -> bool:
        header = line.header
        value = text(line, self.old)
        day = parse_day(value)
        if day is None:
            return False
        if header.param("X-APPLE-OMIT-YEAR") == str(day.year):
            day = Day(None, day.month, day.day)
        self.occasions.append(occasion(day, words))
        return len(value.strip()) <= _DATE_ONLY and all(name == "VALUE" for name, _ in header.params)

    # What else there is

    def _note(self, line: Line) -> bool:
        note = text(line, self.old).replace("\r\n", "\n").replace("\r", "\n").strip()
        if note and note not in self.notes:
            self.notes.append(note)
        return not line.header.params

    def _categories(self, line: Line) -> bool:
        """Tags; a comma within one is a list that was escaped as a whole, as Thunderbird's add-ons do."""
        found = items(line, self.old)
        kept = [tag for item in found for tag in item.split(",") if tag.strip().lower() not in SYSTEM_GROUPS]
        self.tags += kept
        return kept == found and not line.header.params

    def _uid(self, line: Line) -> bool:
        if self.key:
            return False
        value = one_line(text(line, self.old))
        self.key = value[9:] if value[:9].lower() == "urn:uuid:" else value
        if _UUID.fullmatch(self.key):
            self.key = self.key.lower()
        return self.key == value

    def _kind(self, line: Line) -> bool:
        kind = line.value.strip().lower()
        if kind == "group":
            self.tags.append(GROUP_TAG)
        return kind == "individual"

    def _related(self, line: Line) -> bool:
        """Someone related by name; one who is given by a link can't be told yet (RFC 6350 section 6.6.6)."""
        header = line.header
        value = one_line(text(line, self.old))
        if header.param("VALUE").lower() != "text" and re.match(r"[A-Za-z][\w+.-]*:\S", value):
            return False
        kind = self.labels.get(header.group, "") or " ".join(header.types) or "relation"
        self.relations.append(Relation(kind, value))
        return (
            not header.group and len(header.types) == 1 and all(name == "VALUE" for name, _ in header.params)
        )

    def _relation(self, line: Line) -> bool:
        self.relations.append(Relation(RELATIONS[line.header.key], one_line(text(line, self.old))))
        return False

    def _android(self, line: Line) -> bool:
        """Android's own kinds of data: a media type, its first column, a type, a label."""
        kind, value, code, words = (parts(line, self.old) + [""] * 4)[:4]
        kind = kind.rpartition("/")[2]
        if kind == "nickname":
            self.nicknames.append(value)
        elif kind == "contact_event" and (day := parse_day(value)):
            self.occasions.append(occasion(day, ANDROID_EVENTS.get(code, words or "other")))
        elif kind == "relation" and value:
            self.relations.append(Relation(one_line(words) or "relation", one_line(value)))
        return False

    def _nothing(self, line: Line) -> bool:
        """What speaks of the card and not of the person, and may be new in every file (``REV``)."""
        return True

    def _unknown(self, line: Line) -> bool:
        if line.header.key.startswith(KDE_HANDLES):
            service = line.header.key.removeprefix(KDE_HANDLES).partition("-")[0].lower()
            for handle in text(line, self.old).split(KDE_JOINT):
                self._add_point("handle", one_line(handle), line, service)
        return False


def _in_one(written: str) -> str:
    """Several lines of an address in one."""
    return ", ".join(part for part in (one_line(line).rstrip(",") for line in written.splitlines()) if part)


_PROPERTIES: dict[str, Callable[[_Reader, Line], bool]] = {
    "FN": _Reader._fn,
    "N": _Reader._name,
    "NICKNAME": _Reader._nickname,
    "SORT-STRING": _Reader._sort_string,
    "X-EVOLUTION-FILE-AS": _Reader._sort_string,
    "ORG": _Reader._org,
    "TITLE": _Reader._title,
    "ROLE": _Reader._role,
    "TEL": _Reader._tel,
    "EMAIL": _Reader._email,
    "URL": _Reader._url,
    "IMPP": _Reader._impp,
    "SOCIALPROFILE": _Reader._social,
    "X-SOCIALPROFILE": _Reader._social,
    "ADR": _Reader._adr,
    "LABEL": _Reader._address_label,
    "BDAY": _Reader._birthday,
    "DEATHDATE": _Reader._death,
    "X-ABDATE": _Reader._apple_date,
    "NOTE": _Reader._note,
    "CATEGORIES": _Reader._categories,
    "UID": _Reader._uid,
    "KIND": _Reader._kind,
    "X-ADDRESSBOOKSERVER-KIND": _Reader._kind,
    "RELATED": _Reader._related,
    "X-ABRELATEDNAMES": _Reader._related,
    "X-ANDROID-CUSTOM": _Reader._android,
    "VERSION": _Reader._nothing,
    "PRODID": _Reader._nothing,
    "REV": _Reader._nothing,
    **dict.fromkeys(ANNIVERSARIES, _Reader._anniversary),
    **dict.fromkeys(SERVICES, _Reader._handle),
    **dict.fromkeys(RELATIONS, _Reader._relation),
}
"""How each property is read; each answers whether our fields say all of the line."""
