"""The ways to whom a search finds: whichever is taken, they are the same, and in the same order."""

import random
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import netcrm.store.search
from netcrm.domain.query import Query, parse
from netcrm.domain.text import words
from netcrm.domain.timeline import Interaction
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.search import Order
from tests.world import TODAY, a_store, added, entry, person

_GIVEN = ("Ana", "Anabel", "Anna", "Álvaro", "Bo", "Bob", "Ана", "李小龙", "O'Neil", "A", "Vic", "Tam")

_SAID = (
    "coffee with ana",
    "the vale",
    "vitamin c",
    "bo and the tamarind",
    "call",
    "the call about coffee",
    "李",
)

TYPED = (
    *("a", "an", "ana", "bo", "ana bo", "a b", "vitamin c", "coffee", "the", "the coffee", "call the ana"),
    *(
        "ал",
        "李",
        "zz",
        "ta",
        "the zz",
        "c the",
        "tag:friend",
        "the tag:friend",
        "ana kind:call",
        "kind:call",
    ),
    *(
        "since:2026-06-01",
        "the kind:call since:2026-06-01",
        "with:ana",
        "bo with:ana the",
        "city:oslo",
        "c c",
    ),
)

LIMITS = (1, 2, 7, 40, 500)


@pytest.fixture(scope="module", params=range(2))
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A random book in which names, notes and entries say the same words, and some have been put away."""
    chance = random.Random(request.param)
    store = a_store(tmp_path_factory.mktemp("ways"))
    people = []
    for number in range(60):
        name = f"{chance.choice(_GIVEN)} {chance.choice(_GIVEN)}{chance.choice(('', ' Vale', ' Bo'))}"
        note = chance.choice(("", "", "knows Ana", "bo", "the coffee"))
        tags = chance.choice(((), ("friend",)))
        nicknames = ("Tammy",) if number % 9 == 0 else ()
        city = chance.choice(("", "Oslo"))
        people.append(added(store, person(name, nicknames=nicknames, note=note, tags=tags, city=city)))
    for _ in range(80):
        whom = chance.sample(people, chance.choice((1, 1, 2)))
        day = date(2026, chance.randint(1, 11), chance.randint(1, 21))
        said = chance.choice(_SAID)
        store.timeline.log(entry(*whom, day=day, text=said, kind=chance.choice(("call", "note"))))
    store.people.archive(chance.sample(people, 12))
    return store


@pytest.fixture(params=[None, (0, 0, 10), (3, 5, 10), (0, 10_000, 0), (0, 0, 0), (10_000, 0, 0)])
def ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """From when on words are common, and when a walk gives up: so each way is taken."""
    if request.param is not None:
        few, followed, walked = request.param
        monkeypatch.setattr(netcrm.store.search, "_FEW", few)
        monkeypatch.setattr(netcrm.store.search, "_FOLLOWED_MOST", followed)
        monkeypatch.setattr(netcrm.store.search, "_WALKED_MOST", walked)


class TestWays:
    """Gathered, or met on a walk; asked one by one, or followed from what they said."""

    @pytest.mark.parametrize("archived", [False, True])
    @pytest.mark.parametrize("order", ["name", "recent"])
    @pytest.mark.usefixtures("ways")
    def test_they_find_the_same(self, book: Store, order: Order, archived: bool) -> None:
        """The first are the first of all, and all are whom one would find by reading everything."""
        for typed in TYPED:
            query = parse(f"{typed} is:archived" if archived else typed)
            everyone = list(book.search.people(query, today=TODAY, order=order))
            if not _asks_more(query):
                assert everyone == _read(book, query, order), typed
            for limit in LIMITS:
                first = list(book.search.people(query, limit, today=TODAY, order=order))
                assert first == everyone[:limit], (typed, limit)

    def test_what_was_said_long_ago(self, book: Store) -> None:
        """All who said a word are found, however many have said it since."""
        query = parse("tamarind")
        assert list(book.search.people(query, today=TODAY)) == _read(book, query, "name") != []


class TestAside:
    """Finding all in another thread, while the first are looked at."""

    def test_the_same(self, book: Store) -> None:
        """It finds what the book itself finds."""
        query = parse("the")
        with book.search.aside() as finding:
            assert finding.people(query, today=TODAY) == book.search.people(query, today=TODAY)

    def test_superseded(self, tmp_path: Path) -> None:
        """It ends at once when nobody waits for it any more; what is searched for next is found."""
        store = a_store(tmp_path)
        key = added(store, person("Ana"))
        ended = threading.Event()

        def find() -> None:
            with pytest.raises(StoreError), store.search.aside() as finding:
                finding._connection.execute(
                    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
                ).fetchone()
            ended.set()

        thread = threading.Thread(target=find, daemon=True)
        thread.start()
        deadline = time.monotonic() + 5
        while not ended.wait(0.01) and time.monotonic() < deadline:
            store.search.superseded()
        assert ended.is_set()
        assert list(store.search.people(parse("ana"))) == [key]


def _asks_more(query: Query) -> bool:
    return query != Query(words=query.words, archived=query.archived)


def _read(book: Store, query: Query, order: Order) -> Sequence[int]:
    """Whom a search of words finds, by reading the whole book."""
    found = []
    for place, key in enumerate(book.people.ids(order, archived=query.archived)):
        someone = book.people.get(key)
        assert someone is not None
        profile = someone.profile
        entries: Sequence[Interaction] = book.timeline.of(key, limit=1000)
        called = [word for name in (profile.name, *profile.nicknames) for word in words(name)]
        page = [
            *called,
            *words(profile.note),
            *words(profile.city),
            *(w for t in profile.tags for w in words(t)),
        ]
        page += [word for one in entries for word in words(one.text)]
        alone = len(query.words) == 1
        short = [len(word) == 1 and word.isascii() for word in query.words]
        in_name = [any(w.startswith(word) for w in called) for word in query.words]
        on_page = [
            named or (not (alone and brief) and any(w == word if brief else w.startswith(word) for w in page))
            for word, brief, named in zip(query.words, short, in_name, strict=True)
        ]
        if all(on_page):
            found.append((order == "name" and not all(in_name), place, key))
    return [key for _, _, key in sorted(found)]
