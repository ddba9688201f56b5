"""A network as a lifetime makes one: people of many places, ten interactions each, the same every time.

    python -m tests.benchmarks.network [1000 10000 100000]

makes them and prints where they lie. A book is made once and kept in the user's cache, under a name that
holds a digest of what a small one holds and of the schema: whatever changes either of them makes it anew.
Benchmarks work on copies (`copy_of`), never on the kept one.
"""

import fcntl
import hashlib
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from netcrm.domain.gives import Give
from netcrm.domain.groups import GroupDraft, Question
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Named, Profile
from netcrm.domain.seed import Seed
from netcrm.domain.sparks import Spark
from netcrm.domain.synonyms import default_lines
from netcrm.domain.text import fold
from netcrm.domain.timeline import Entry
from netcrm.store import Store
from tests.benchmarks.naming import CULTURES, Name, Ranked

TODAY = date(2026, 11, 22)
"""The day of every benchmark."""

SIZES = (1_000, 10_000, 100_000)

ENTRIES = 10
"""Interactions a person."""

MANY = 10_000
"""Interactions of the one person who has many, in books of at least `MANY_FROM` people."""

MANY_FROM = 10_000

REGULAR = Name("Regina", "Ostrowska-Vale")
"""The person with `MANY` interactions: nobody else is called so."""

CITIES = """London:9 Lisbon:7 New York:7 Berlin:6 Paris:6 São Paulo:5 Madrid:5 Mumbai:5 Bengaluru:5
    San Francisco:5 Shanghai:4 Porto:4 Delhi:4 Amsterdam:4 Toronto:4 Tokyo:4 Barcelona:4 Warsaw:3
    Singapore:3 Munich:3 Beijing:3 Istanbul:3 Lagos:3 Mexico City:3 Hamburg:3 Sydney:3 Chicago:3
    Boston:3 Seattle:3 Dublin:3 Stockholm:3 Copenhagen:3 Oslo:2 Helsinki:2 Kraków:2 Prague:2 Vienna:2
    Zürich:2 Geneva:2 Lyon:2 Milan:2 Rome:2 Athens:2 Bucharest:2 Budapest:2 Kyiv:2 Lviv:1 Tel Aviv:2
    Cairo:2 Casablanca:1 Nairobi:2 Accra:1 Cape Town:1 Johannesburg:1 Addis Ababa:1 Dakar:1 Dubai:2
    Tehran:1 Karachi:1 Lahore:1 Dhaka:1 Chennai:2 Hyderabad:2 Pune:2 Kolkata:1 Colombo:1 Kathmandu:1
    Hong Kong:2 Shenzhen:2 Taipei:1 Seoul:2 Osaka:1 Kyoto:1 Bangkok:1 Jakarta:1 Manila:1 Melbourne:2
    Auckland:1 Vancouver:2 Montréal:2 Austin:2 Denver:1 Atlanta:1 Los Angeles:3 Washington:2 Bogotá:1
    Lima:1 Santiago:1 Buenos Aires:2 Rio de Janeiro:2 Recife:1 Braga:1 Coimbra:1 Faro:1 Évora:1
    Aveiro:1 Sevilla:1 Valencia:1 Bilbao:1 Bristol:1 Manchester:1 Edinburgh:1 Leeds:1 Cardiff:1
    Glasgow:1 Cologne:1 Leipzig:1 Stuttgart:1 Bremen:1 Gothenburg:1 Aarhus:1 Tampere:1 Reykjavík:1"""
"""Cities, each with how often people live in it."""

FIRMS = ("", "", " Labs", " GmbH", " Ltd", " Inc.", " & Sons", " Studio", " Partners", " Foundation", " Bank")

ROLES = (
    *("engineer", "designer", "manager", "teacher", "analyst", "director", "nurse", "editor", "consultant"),
    *("researcher", "founder", "partner", "architect", "lead", "writer", "buyer", "producer", "curator"),
)

LINES = (
    *(
        "coffee about {a}",
        "talked about {a} and {b}",
        "lunch; {a}, and how {b} goes on",
        "{a}: asked for advice",
    ),
    *("call about the {a} project", "met at the {a} evening, spoke of {b}", "sent the paper on {a}"),
    *("wrote about {a}; wants to hear more of {b}", "walk by the river, {a}", "told me of {a} at {firm}"),
    *(
        "dinner with the {a} people",
        "showed me the {b} they make",
        "helped with {a}",
        "news from {firm}: {a}",
    ),
)

NOTES = (
    *(
        "Met through the {a} group. Cares about {b}.",
        "Likes {a}; knows everybody in {b}.",
        "Left {firm} for {a}.",
    ),
    *(
        "Two children. Plays {a}. Reads about {b}.",
        "Shy at first, then talks of {a} for hours. Dislikes {b}.",
    ),
)

KINDS = (
    *(("met", 26), ("message", 22), ("email", 16), ("call", 12), ("note", 7), ("event", 6), ("gave", 3)),
    *(("received", 2), ("learned", 2), ("taught", 1), ("asked", 1), ("life event", 1), ("introduced", 1)),
)
"""Kinds of interactions, with how many of a hundred are so."""

GATHERINGS = ("Circle", "Meetup", "Club")

GIVES = (
    *(("Send the paper on {a}", "article"), ("Introduce someone from {firm}", "recommendation")),
    *(("Tell of the {a} opening", "opening"), ("Help with {a}", "help"), ("Send the {a} cartoon", "delight")),
)


def waiting(people: int) -> int:
    """How many gives wait in a book of so many people: 200, 630, 2,000."""
    return int(200 * (people / 1000) ** 0.5)


def now() -> datetime:
    """The time, as the store's clock."""
    return datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=9)


class Maker:
    """Makes a book of so many people; the same size gives the same book.

    Args:
        people: How many.
    """

    def __init__(self, people: int) -> None:
        self.people = people
        self.chance = random.Random(20_261_122 + people)
        self.topics = Ranked(_topics(), flat=12.0)
        self.words = Ranked(_common_words(), flat=20.0)
        self.cities, self.lived = zip(*_cities(), strict=True)
        self.firms = Ranked([self._firm() for _ in range(max(40, people // 12))], flat=8.0)
        self.everyone: list[Named] = []

    def seed(self) -> Seed:
        """The whole book."""
        profiles = list(self._profiles())
        self.everyone = [Named(number, one.name) for number, one in enumerate(profiles, start=1)]
        return Seed(
            people=profiles,
            groups=list(self._groups()),
            questions=[
                Question(id=0, group_id=number, text=f"Who knows more of {self.topic()}?", asked_on=TODAY)
                for number in range(1, 9)
            ],
            timeline=list(self._timeline()),
            sparks=list(self._sparks()),
            gives=list(self._gives()),
        )

    def topic(self) -> str:
        """What somebody may care about."""
        return self.topics.pick(self.chance)

    def some_words(self, count: int) -> str:
        """So many words as a text has them, some of which are topics."""
        pick = self.chance.random
        return " ".join(self.words.pick(self.chance) if pick() < 0.7 else self.topic() for _ in range(count))

    def _say(self, lines: tuple[str, ...]) -> str:
        line = self.chance.choice(lines)
        return line.format(a=self.topic(), b=self.topic(), firm=self.firms.pick(self.chance))

    def _firm(self) -> str:
        chance = self.chance
        family = chance.choice(CULTURES).family_names.pick(chance)
        first = family if chance.random() < 0.5 else self.topic().title()
        return f"{first}{chance.choice(FIRMS)}"

    def _profiles(self) -> Iterator[Profile]:
        """Everybody; the person with many interactions is the one in the middle."""
        chance = self.chance
        shares = [culture.share for culture in CULTURES]
        for number in range(1, self.people + 1):
            culture = chance.choices(CULTURES, weights=shares)[0]
            name = culture.name(chance)
            if number == self.people // 2:
                name = REGULAR
            organisation = self.firms.pick(chance) if chance.random() < 0.85 else ""
            yield Profile(
                name=name.full,
                given=name.given,
                family=name.family,
                nicknames=(name.nickname,) if name.nickname else (),
                organisation=organisation,
                title=f"{self.topic()} {chance.choice(ROLES)}" if chance.random() < 0.8 else "",
                city=chance.choices(self.cities, weights=self.lived)[0] if chance.random() < 0.8 else "",
                tags=tuple(dict.fromkeys(self.topic() for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4))))),
                points=tuple(self._points(number, name)),
                occasions=tuple(self._occasions()),
                wants=tuple(self.some_words(5) for _ in range(chance.choice((0, 0, 0, 1, 1, 2)))),
                offers=tuple(self.some_words(4) for _ in range(chance.choice((0, 0, 0, 0, 1)))),
                cadence=chance.choice((None, None, None, None, 30, 60, 90, 180, 365, 0)),
                met=f"at the {self.topic()} meetup" if chance.random() < 0.3 else "",
                note=f"{self._say(NOTES)} {self.some_words(12)}" if chance.random() < 0.55 else "",
            )

    def _points(self, number: int, name: Name) -> Iterator[ContactPoint]:
        chance = self.chance
        address = ".".join(fold(f"{name.given} {name.family}").split()).replace("'", "")
        if chance.random() < 0.85:
            yield ContactPoint("email", f"{address}.{number}@mail{number % 7}.example", "work")
        if chance.random() < 0.5:
            yield ContactPoint(
                "phone", f"+{chance.randrange(1, 99)} {chance.randrange(10**8, 10**9)}", "mobile"
            )
        if chance.random() < 0.4:
            yield ContactPoint("url", f"https://people.example/in/{address}-{number}", "linkedin")

    def _occasions(self) -> Iterator[Occasion]:
        chance = self.chance
        if chance.random() < 0.75:
            day = date(2000, 1, 1) + timedelta(days=chance.randrange(366))
            year = chance.randrange(1945, 2004) if chance.random() < 0.5 else None
            yield Occasion(kind="birthday", label="birthday", month=day.month, day=day.day, year=year)
        if chance.random() < 0.08:
            day = date(2001, 1, 1) + timedelta(days=chance.randrange(365))
            label, kind = chance.choice((("wedding day", "anniversary"), ("started the firm", "other")))
            yield Occasion(
                kind=kind, label=label, month=day.month, day=day.day, year=chance.randrange(1980, 2026)
            )

    def _groups(self) -> Iterator[GroupDraft]:
        chance = self.chance
        for number in range(1, 31):
            yield GroupDraft(
                name=f"{self.cities[number]} {self.topic().title()} {chance.choice(GATHERINGS)}",
                kind=chance.choice(("meetup", "forum", "club")),
                cadence=chance.choice((None, 14, 30, 90)),
                topics=(self.topic(), self.topic()),
                members=tuple(chance.sample(range(1, self.people + 1), k=min(self.people // 20, 40))),
                next_on=TODAY + timedelta(days=chance.randrange(1, 40)) if chance.random() < 0.5 else None,
            )

    def _timeline(self) -> Iterator[Entry]:
        """Everybody's interactions in the order of their days, as a book that was kept along has them."""
        chance = self.chance
        kinds, often = zip(*KINDS, strict=True)
        whose = [number for number in range(1, self.people + 1) for _ in range(ENTRIES)]
        if self.people >= MANY_FROM:
            whose += [self.people // 2] * (MANY - ENTRIES)
        chance.shuffle(whose)
        days = sorted(min(3650, int(chance.expovariate(1 / 800))) for _ in whose)
        for person, days_ago in zip(whose, reversed(days), strict=True):
            with_whom = (chance.randrange(1, self.people + 1),) if chance.random() < 0.06 else ()
            if person == self.people // 2 or self.people // 2 in with_whom:
                with_whom = ()  # nobody else shares the long timeline, so that theirs stay short
            yield Entry(
                day=TODAY - timedelta(days=days_ago),
                people=(person, *(other for other in with_whom if other != person)),
                kind=chance.choices(kinds, weights=often)[0],
                text=f"{self._say(LINES)} {self.some_words(chance.randrange(2, 12))}",
                place=f"Café {self.topic().title()}" if chance.random() < 0.06 else "",
                tags=(self.topic(),) if chance.random() < 0.12 else (),
                group_id=chance.randrange(1, 31) if chance.random() < 0.01 else None,
                enjoyment=chance.choice((0, 0, 0, 0, 0, 0, 1, 1, 2, 3)),
            )

    def _sparks(self) -> Iterator[Spark]:
        for number in range(1, 31):
            kind = ("opening", "article", "event", "delight", "delight")[number % 5]
            title = f"{self.topic().title()} and {self.topic()}"
            yield Spark(
                id=number,
                uuid="",
                kind=kind,
                title=title,
                link=f"https://sparks.example/{number}",
                text=f"{kind}: {title} {self.some_words(40)}",
                tags=(self.topic(),),
                created_on=TODAY - timedelta(days=number * 9),
            )

    def _gives(self) -> Iterator[Give]:
        chance = self.chance
        for number in range(1, waiting(self.people) + 1):
            words, kind = chance.choice(GIVES)
            due = TODAY + timedelta(days=chance.randrange(-3, 90)) if chance.random() < 0.5 else None
            later = due is None and chance.random() < 0.9
            yield Give(
                id=number,
                uuid="",
                person=self.everyone[chance.randrange(self.people)],
                words=words.format(a=self.topic(), firm=self.firms.pick(chance)),
                kind=kind,
                due=due,
                promised=chance.random() < 0.2,
                effort=chance.choice(("S", "S", "S", "M", "L")),
                later=later,
                why=f"asked about {self.topic()}" if chance.random() < 0.5 else "",
                created_on=TODAY - timedelta(days=chance.randrange(1, 120)),
            )


def kept(people: int) -> Path:
    """A book of so many people, made now if it is not in the cache. It is only to be copied."""
    path = _cache() / f"book-{people}-{_digest()}.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / f"book-{people}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the large one takes minutes: two runs shall not both make it
        if not path.exists():
            _make(people, path)
    return path


def _make(people: int, path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        making = Path(folder) / "netcrm.db"
        with Store(making, now) as store:
            store.seed(Maker(people).seed())
        with closing(sqlite3.connect(making)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        making.replace(path)


def copy_of(people: int, folder: Path, name: str = "netcrm.db") -> Path:
    """A book of so many people of one's own, to write to."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / name
    shutil.copyfile(kept(people), copy)
    copy.chmod(0o600)
    return copy


def _cache() -> Path:
    chosen = os.environ.get("XDG_CACHE_HOME")
    return (Path(chosen) if chosen else Path.home() / ".cache") / "netcrm-benchmarks"


@lru_cache(maxsize=1)
def _digest() -> str:
    """Changes with what the books hold, with the schema, and with what the store derives from the records."""
    seed = Maker(100).seed()
    digest = hashlib.sha256(repr((ENTRIES, MANY, MANY_FROM, waiting(SIZES[-1]), seed)).encode())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "netcrm.db"
        with Store(path, now) as store:
            store.seed(seed)
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql != '' ORDER BY name")
            for name, sql in tables.fetchall():
                digest.update(sql.encode())
                if name in _DERIVED:
                    rows = connection.execute(f"SELECT * FROM {name}").fetchall()
                    digest.update(repr(sorted(rows, key=repr)).encode())
    return digest.hexdigest()[:12]


_DERIVED = ("person_facts", "person_words", "people_fts", "people_matter", "timeline_fts")
"""Tables that the store makes from the records, whose rows hold nothing random."""


def _topics() -> list[str]:
    """Words and phrases that people have as tags, in an order that has nothing to do with their spelling."""
    lines = [line.replace(":", ",").split(",") for line in default_lines() if ":" in line]
    found = [topic.strip() for line in lines for topic in line if topic.strip() and "#" not in topic]
    found = list(dict.fromkeys(found))
    random.Random(1).shuffle(found)
    return found


def _common_words() -> list[str]:
    """English words, the commonest first."""
    lines = files("netcrm.domain").joinpath("lexicon", "frequency.txt").read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def _cities() -> list[tuple[str, int]]:
    """Cities, and how often people live in each."""
    found: list[tuple[str, int]] = []
    rest = " ".join(CITIES.split())
    while rest:
        name, _, rest = rest.partition(":")
        often, _, rest = rest.partition(" ")
        found.append((name, int(often)))
    return found


def main() -> None:
    """Make the books of the sizes given on the command line."""
    for size in map(int, sys.argv[1:] or map(str, SIZES)):
        begun = time.perf_counter()
        path = kept(size)
        took = time.perf_counter() - begun
        sys.stdout.write(f"{size:>9,} people   {path.stat().st_size >> 20:5} MB   {took:6.1f} s   {path}\n")


if __name__ == "__main__":
    main()
