"""``python -m tests.durability.writer FILE --name NAME --seed SEED``: writes until it is killed.

It uses the store as the app does, and does what a user does: logs, queues and gives, edits people, takes back
and does again, brings in a file, closes the book and opens it anew. On its standard output it says, a line
each and at once,

- ``ready`` once the book is open,
- ``begin WHAT`` before each act,
- ``done {…}`` when the call has returned: from then on the act is confirmed (`Done`);
- ``refused`` when it said that nothing was changed.
"""

import json
import os
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from types import MappingProxyType

from netcrm.domain.changes import Change
from netcrm.domain.gives import GiveDraft
from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.timeline import Entry
from netcrm.exchange.reading import read
from netcrm.store import Store
from netcrm.store.errors import DoneElsewhere, EditedElsewhere, StoreError

TODAY = date(2026, 11, 29)

PEOPLE = 12
"""How many people a new book has."""

USUAL = {"log": 10, "give": 4, "edit": 3, "tag": 1, "undo": 2, "redo": 1, "import": 1, "close": 1}
"""How often each thing is done, to one another."""

CARDS = 5
"""How many people a file has that is brought in."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act that has been confirmed.

    Attributes:
        what: What was done; a key of `USUAL`, ``add`` or ``queue``.
        act: Its id in the history, or, of ``undo`` and ``redo``, that of the act which was turned; 0 where
            whoever confirmed it did not say.
        label: What the history calls it.
        word: A word that stands in what it wrote, and nowhere else.
        row: The id of the record it is about.
    """

    what: str
    act: int
    label: str
    word: str
    row: int = 0


class Hand:
    """Whoever writes; a book that has hardly anybody in it gets a few people first.

    Args:
        file: The book.
        name: What this writer is called: a word of its own.
        seed: What it does follows from it.
        cards: How many people a file has that it brings in.
        pragmas: Other settings of SQLite than netcrm's own.
        say: Says a line.
    """

    def __init__(
        self,
        file: Path,
        name: str,
        seed: int,
        cards: int = CARDS,
        pragmas: Mapping[str, str] = MappingProxyType({}),
        say: Callable[[str], None] | None = None,
    ) -> None:
        self._say = say or tell
        self._file = file
        self._pragmas = pragmas
        self._word = f"{name}{seed}n"
        self._chance = Random(seed)
        self._cards = cards
        self._number = 0
        self._standing = self._undone = 0
        self.store = self._opened()
        if self.store.people.count() < PEOPLE:
            self._found()

    def do(self, what: str) -> None:
        """Do one thing; it is said before, and when it has been confirmed."""
        self._number += 1
        word = f"{self._word}{self._number}"
        said = what
        if (what == "undo" and not self._standing) or (what == "redo" and not self._undone):
            said = "log"
        self._say(f"begin {said}")
        try:
            getattr(self, f"_{said}")(word)
        except (DoneElsewhere, EditedElsewhere):
            self._say("refused")  # the other writer came between: nothing was written
        except StoreError as error:
            # On a busy machine the other writer may be too quick for this one ever to get the lock.
            if "Another program is writing" not in str(error):
                raise
            self._say("refused")

    def _log(self, word: str) -> None:
        person = self._person()
        entry = Entry(
            day=TODAY, people=(person,), kind="met", text=f"Coffee about {word}", tags=("coffee", word[-1])
        )
        change = self.store.timeline.log(entry, today=TODAY)
        (row,) = change.interactions
        self._confirm("log", change, word, row)

    def _give(self, word: str) -> None:
        draft = GiveDraft(person_id=self._person(), words=f"Send the paper on {word}", promised=True)
        change = self.store.gives.add(draft, TODAY)
        (row,) = change.gives
        self._confirm("queue", change, word, row)
        self._say("begin give")
        self._confirm("give", self.store.gives.give([row], TODAY), word, row)

    def _edit(self, word: str) -> None:
        row = self._person()
        person = self.store.people.get(row)
        assert person is not None
        points = (ContactPoint("email", f"{word}@vale.example"), *person.profile.points[:2])
        values = {name: getattr(person.profile, name) for name in Profile.__dataclass_fields__}
        profile = Profile(**{**values, "title": f"Painter of {word}", "points": points})
        self._confirm("edit", self.store.people.edit(row, profile, person.profile, TODAY), word, row)

    def _tag(self, word: str) -> None:
        row = self._person()
        self._confirm("tag", self.store.people.tag([row], add=[word]), word, row)

    def _undo(self, word: str) -> None:
        self._confirm("undo", self.store.history.undo(), word)
        self._standing, self._undone = self._standing - 1, self._undone + 1

    def _redo(self, word: str) -> None:
        undone = self._undone - 1
        self._confirm("redo", self.store.history.redo(), word)
        self._undone = undone

    def _import(self, word: str) -> None:
        _, change = self.store.imports.bring_in(read(cards(word, self._cards)).records, "friends.vcf")
        self._confirm("import", change, word, self._cards)

    def _close(self, word: str) -> None:
        self.store.close()
        self.store = self._opened()

    def _found(self) -> None:
        for number in range(PEOPLE):
            word = f"{chr(ord('A') + number)}kello"
            self._say("begin add")
            change = self.store.people.add(Profile(name=f"Amara {word}", cadence=30))
            (row,) = change.people
            self._confirm("add", change, word, row)
        self._standing = 0

    def _opened(self) -> Store:
        store = Store(self._file, lambda: datetime.now(UTC))
        for name, value in self._pragmas.items():
            store._connection.execute(f"PRAGMA {name} = {value}")
        return store

    def _person(self) -> int:
        return self._chance.randint(1, PEOPLE)

    def _confirm(self, what: str, change: Change, word: str, row: int = 0) -> None:
        self._say(f"done {json.dumps(asdict(Done(what, change.act, change.label, word, row)))}")
        if what != "undo":
            self._standing += 1
            self._undone = 0


def cards(word: str, count: int) -> bytes:
    """A file of people whose names bear a word."""
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{word}-{number}\r\n"
        "N:{word};Ana {number};;;\r\nFN:Ana {number} {word}\r\n"
        "ORG:Kestrel\r\nEMAIL:ana{number}@{word}.example\r\nNOTE:Met at the pier\r\nEND:VCARD\r\n"
    )
    return "".join(card.format(word=word, number=number) for number in range(count)).encode()


def tell(line: str) -> None:
    """Say a line, at once and past every buffer."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """Write until killed, or for as many acts as it is told."""
    parser = ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--name", default="ada")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--acts", type=int, help="end after so many")
    parser.add_argument("--only", help="what to do, words with commas; else a bit of everything")
    parser.add_argument("--cards", type=int, default=CARDS)
    parser.add_argument("--journal", help="another journal_mode than netcrm's own")
    parser.add_argument("--synchronous", help="another synchronous than netcrm's own")
    asked = parser.parse_args()

    pragmas = {"journal_mode": asked.journal, "synchronous": asked.synchronous}
    said = {name: value for name, value in pragmas.items() if value}
    hand = Hand(asked.file, asked.name, asked.seed, asked.cards, said)
    tell("ready")
    chance = Random(asked.seed)
    things = {what: USUAL[what] for what in asked.only.split(",")} if asked.only else USUAL
    done = 0
    while asked.acts is None or done < asked.acts:
        (what,) = chance.choices(list(things), list(things.values()))
        hand.do(what)
        done += 1
    hand.store.close()


if __name__ == "__main__":
    main()
