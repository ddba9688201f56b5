"""How much a file may hold, so that none takes all the time and memory there is.

Nobody meets these: a network of 50,000 people makes a table of some 20 MB, a vCard with a picture of a phone
200 kB. They bound what one import takes to about a minute and a gigabyte, whatever the file.
"""

from collections.abc import Iterator
from dataclasses import fields

from netcrm.domain.imports import Card, Skipped, UnreadableFile

FILE_MOST = 128_000_000
"""Bytes of a file, or of all that is read of an archive."""

TABLE_MOST = 64_000_000
"""Bytes of a table: they become text all at once, of which a letter takes up to four bytes."""

TABLE_LINES_MOST = 2_000_000
"""Lines of a table."""

COLUMNS_MOST = 2_000
"""Columns of a table; Google's widest have some two hundred."""

ROW_MOST = 4_000_000
"""Characters of a row."""

RECORDS_MOST = 250_000
"""Records of a file, with those that say nothing."""

CARD_MOST = 32_000_000
"""Bytes of a card, without the values that are larger than `VALUE_MOST`."""

VALUE_MOST = 16_000_000
"""Bytes of a card's line: a picture of 12 MB. A larger one is left out, and the rest of the card comes in."""

FOLDS_MOST = 2_000_000
"""Lines of a card as they stand in the file; the largest picture of a file that is read takes fewer."""

LINES_MOST = 10_000
"""Lines of a card, unfolded."""

ITEMS_MOST = 10_000
"""Items of one value, or of one record: addresses, numbers, tags."""

NAME_MOST = 400_000
"""Characters of what stands in one line: a name, a title, an address."""

_LONG = f"This record has more than {NAME_MOST:,} letters where a name or another single line should be."

TOO_MANY = f"It has more than {RECORDS_MOST:,} contacts: divide it, and import its parts."
"""What is said of a file with too many records."""


class TooMuch(Exception):
    """A record that holds more than anybody could mean; its text is a sentence."""


def within(records: Iterator[Card | Skipped]) -> Iterator[Card | Skipped]:
    """The records of a file, those that hold too much skipped.

    Raises:
        UnreadableFile: There are too many, or none is left because they hold too much.
    """
    has_any, too_much = False, ""
    for number, record in enumerate(records, start=1):
        if number > RECORDS_MOST:
            raise UnreadableFile(TOO_MANY)
        why = excess(record) if isinstance(record, Card) else ""
        said = Skipped(record.line, why, too_much=True) if why else record
        if isinstance(said, Card):
            has_any = True
        elif said.too_much:
            too_much = too_much or said.why
        yield said
    if too_much and not has_any:
        raise UnreadableFile(f"Nothing of it could be read: {too_much[:1].lower()}{too_much[1:]}")


def excess(card: Card) -> str:
    """What a card has too much of, in a sentence; empty where it is none."""
    profile = card.profile
    for each in fields(profile):
        value = getattr(profile, each.name)
        if isinstance(value, tuple) and len(value) > ITEMS_MOST:
            return f"This record has more than {ITEMS_MOST:,} {_CALLED.get(each.name, each.name)}."
        if isinstance(value, str) and each.name != "note" and len(value) > NAME_MOST:
            return _LONG
    lines = (
        *profile.nicknames,
        *profile.tags,
        *(text for point in profile.points for text in (point.value, point.label)),
        *(text for relation in profile.relations for text in (relation.name, relation.kind)),
        *(text for occasion in profile.occasions for text in (occasion.label, occasion.whose)),
    )
    if any(len(text) > NAME_MOST for text in (*lines, card.key)):
        return _LONG
    return ""


_CALLED = {"points": "addresses and numbers", "further": "fields of other programs"}
