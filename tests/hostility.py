"""Hostile text: what a terminal, a markup reader or an eye could be fooled by, and what looks for it."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import GroupDraft
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Profile, Relation
from netcrm.domain.sparks import SparkDraft
from netcrm.domain.text import JOINERS
from netcrm.store.connection import connect
from netcrm.store.derived import rebuild
from netcrm.store.file import File
from tests.world import TODAY, a_store, added, entry, frozen, only, person, queued

MARKUP = ("[red]", "[/]", "[@click=app.quit]press[/]", "[link=http://evil.example]x[/link]", "[bold", "\\[x]")
"""What Textual and Rich would read as markup."""

SEQUENCES = (
    "\x1b]52;c;cHduZWQ=\x07",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]0;pwned\x07",
    "\x1b[2J\x1b[31;5mpwned",
    "\x1bP+q544e\x1b\\",
    "\x1b_apc\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\\x1bc",
    "\x9b31mpwned",
    "\x9d52;c;cHduZWQ=\x9c\x90q\x9c\x9fx\x9c\x9ey\x9c",
    "\x0e\x0f\x7f\x01\x08\r\n\x0b\x0c\x85\u2028",
    "\u202eevil\u202c\u202a\u202d\u200e\u200f\u061c",
    "\u2066isolated\u2069\u2067\u2068",
    "\U000e0041\U000e007f\ufeff\u200b\u2060\u00ad",
    "\uffff\ufdd0\U0010ffff\ue000\U000f0000",
    "a" + "\u0301" * 40 + "\u200d" * 40 + "b\ufe0f\ufe0f\ufe0f\U000e0100\U000e0101",
    "\u3164\uffa0\u115f\u034f",
)
"""What a terminal would act on, what nobody sees, and what is drawn over the lines around it."""

HARMLESS = "👩‍👩‍👧 李小龙 Kovács क्षि"
"""What has to come through whole."""

ALL = " ".join((*MARKUP, *SEQUENCES, HARMLESS))
"""All of it in one text. It has line ends in it, though many a field should have none."""

CLOSED: Mapping[str, Sequence[str]] = {
    "*": ("uuid", "created", "updated", "day", "time", "since"),
    "people": ("met_on", "bumped_on"),
    "contact_points": ("kind",),
    "tags": ("folded",),
    "occasions": ("kind",),
    "wants": ("confirmed_on",),
    "offers": ("confirmed_on",),
    "groups": ("next_on",),
    "interactions": ("kind", "answer", "answered_on"),
    "sparks": ("kind", "until"),
    "introductions": (
        *("state", "asked_one_on", "asked_other_on", "one_yes_on", "other_yes_on", "made_on", "closed_on"),
    ),
    "interaction_people": ("kind",),
    "acts": ("at", "session"),
    "sabbaticals": ("from_on", "until_on"),
    "gives": (
        *("kind", "due", "effort", "source", "state", "snoozed_until", "given_on", "dropped_on", "landed"),
        "landed_asked_on",
    ),
    "group_questions": ("asked_on", "settled_on"),
    "positions": ("from_on", "until_on"),
    "imported_records": ("source", "key", "digest", "seen"),
}
"""The columns of text that hold no text of anybody: a day, a word of a list, what a program knows one by.

A check of the schema keeps everything else out of them, or nothing of them is ever drawn.
"""

APART = ("act_rows", "person_words", "person_facts", "suggested")
"""Tables that are made from the others, or hold images of their rows."""

LISTS = {("people", "nicknames"), ("groups", "topics"), ("sparks", "tags")}
"""Columns that hold texts as a list in JSON."""


def open_columns(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every column of the schema that holds text of somebody, by table."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name"
    ).fetchall()
    for (table,) in tables:
        if table in APART:
            continue
        closed = {*CLOSED["*"], *CLOSED.get(table, ())}
        for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
            if kind == "TEXT" and column not in closed:
                yield table, column


def make_hostile(path: Path) -> None:
    """Put hostile text into every field of every record of a book, behind what stood there before."""
    with closing(connect(File(path), frozen)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, column in list(open_columns(connection)):
            if (table, column) in LISTS:
                connection.execute(f"UPDATE {table} SET {column} = ?", (json.dumps([f"Li {ALL}", ALL]),))
            elif table in ("settings", "tags"):
                connection.execute(f"UPDATE {table} SET {column} = {column} || ? || id", (f" {ALL}",))
            else:
                # A small part of what is drawn alone, so that no line is cut before its end is seen.
                connection.execute(
                    f"UPDATE {table} SET {column} = {column} || ? WHERE id % 3 = 0", (f" {SEQUENCES[0]}",)
                )
                connection.execute(f"UPDATE {table} SET {column} = {column} || ? WHERE id % 3 = 1", (ALL,))
                connection.execute(f"UPDATE {table} SET {column} = ? || {column} WHERE id % 3 = 2", (ALL,))
        connection.execute("UPDATE tags SET folded = name")
        rebuild(connection)
        connection.execute("COMMIT")


def make_long(folder: Path, text: str) -> Path:
    """A small book that has a text in every field of the first record of each table.

    Args:
        folder: Where to make it.
        text: It, behind what stood there before.
    """
    with a_store(folder) as store:
        profile = Profile(
            name="Ana Silva",
            sort="Aa",
            given="Ana",
            family="Silva",
            nicknames=("Ani",),
            organisation="Acme",
            title="Painter",
            city="Porto",
            note="A note",
            met="At a fair",
            cadence=30,
            points=(ContactPoint("email", "ana@x.example", "work"), ContactPoint("url", "https://x.example")),
            tags=("climber", "amateur"),
            relations=(Relation("daughter", "Bea"),),
            occasions=(Occasion(kind="birthday", label="Birthday", month=12, day=1),),
            wants=("a designer", "a telescope"),
            offers=("paint",),
            further=(Further("X-A", "raw"),),
        )
        ana = only(store.people.add(profile).people)
        store.people.edit(ana, replace(profile, organisation="Beta", title="Director"))
        bob = added(store, person("Bob Vale", organisation="Acme", offers=("a designer",), wants=("paint",)))
        added(store, person("Cy Vale", offers=("a telescope",), relations=(Relation("friend", "Ana", ana),)))
        added(store, person("Ana Silvz", organisation="Acme", email="ana@x.example"))
        draft = GroupDraft(name="Chess", kind="club", note="A note", topics=("chess",), members=(ana, bob))
        group = only(store.groups.found(draft).groups)
        store.groups.ask(group, "Which opening?", TODAY)
        for days, kind in enumerate(("met", "gave", "asked", "learned")):
            store.timeline.log(entry(ana, bob, days_ago=days * 9, text="coffee", kind=kind, place="Porto"))
        queued(store, ana, link="https://x.example", why="asked", due=TODAY)
        store.gives.add(GiveDraft(group_id=group, words="Bring it"), TODAY)
        store.introductions.propose(ana, bob, "Both paint", TODAY)
        for kind in ("opening", "delight"):
            spark = SparkDraft(kind=kind, title="A painter", link="https://x.example/j", text="Acme paints")
            (store.sparks.keep if kind == "opening" else store.joy.put_in)(spark)
    with closing(connect(File(folder / "netcrm.db"), frozen)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, column in list(open_columns(connection)):
            said = json.dumps([text]) if (table, column) in LISTS else text
            behind = "" if (table, column) in LISTS else f"{column} ||"
            connection.execute(
                f"UPDATE {table} SET {column} = {behind} ? WHERE id = (SELECT min(id) FROM {table})", (said,)
            )
        connection.execute("UPDATE tags SET folded = name")
        rebuild(connection)
        connection.execute("COMMIT")
    return folder / "netcrm.db"


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK = "\u115f\u1160\u3164\uffa0\u034f"


def unclean(text: str) -> list[str]:
    """What of a drawn text should not be there, told by other means than those that clean it."""
    found = [c for c in text if (unicodedata.category(c) in _UNSEEN and c not in JOINERS) or c in _BLANK]
    marks = 0
    for c in text:
        marks = marks + 1 if unicodedata.category(c) in ("Mn", "Me") or c in JOINERS else 0
        if marks > 8:
            found.append(c)
    return found


_WRITTEN = re.compile(
    r"\x1b\[[0-9;]*m"  # colours (ECMA-48, SGR); what blinks is looked for below
    r"|\x1b\[\d*(?:;\d*)?H"  # the cursor to a place
    r"|\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # modes
    r"|\x1b\[\?(?:2026|2048)\$p"  # whether the terminal knows a mode
    r"|\x1b\[(?:[<>=][0-9;]*|\?)u"  # the keyboard protocol
    r"|\x1b\[[012]?[JK]"
    r"|\x1b\[c|\x1b\[6n|\x1b\[>4;[012]m|\x1b\[>q"
    r"|\x1b[78]"
    r"|\x1b\]22;[a-z]*\x07"  # the pointer's shape
    r"|\r|\n"
)
"""Every sequence that Textual itself writes to a terminal."""

_COPIED = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
"""How Textual hands a text to the clipboard."""


def copied(written: bytes) -> list[str]:
    """The texts, in base64, that were handed to the clipboard."""
    return _COPIED.findall(written.decode())


def strange(written: bytes) -> list[str]:
    """What was written to a terminal that is neither text nor one of Textual's own sequences."""
    rest = _WRITTEN.sub("", _COPIED.sub("", written.decode()))
    found = re.findall(r"[\x1b\x9b\x9d\x90].{0,20}", rest) + unclean(re.sub(r"\x1b", "", rest))
    blinking = re.findall(
        r"\x1b\[(?:[0-9;]*;)?[56](?:;[0-9;]*)?m", re.sub(r"[34]8;[25];[0-9;]*", "", written.decode())
    )
    return found + blinking
