"""The first people that a search finds, beside all that it finds."""

import random
from pathlib import Path

import pytest

from netcrm.domain.query import parse
from netcrm.store import Store
from tests.world import TODAY, a_store, added, logged, names, person

_GIVEN = (
    "Ana",
    "Anabel",
    "Anna",
    "Álvaro",
    "Bo",
    "Bob",
    "Ана",
    "李小龙",
    "O'Neil",
    "Jean-Luc",
    "Ana-Ana",
    "A",
)


@pytest.fixture(params=range(4))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A random book in which many share a name, some have been put away, and notes say names too."""
    chance = random.Random(request.param)
    store = a_store(tmp_path)
    people = []
    for number in range(60):
        name = f"{chance.choice(_GIVEN)} {chance.choice(_GIVEN)}{chance.choice(('', ' Vale', ' Bo'))}"
        note = chance.choice(("", "knows Ana", "bo"))
        people.append(added(store, person(name, nicknames=("Bobby",) if number % 9 == 0 else (), note=note)))
    for key in chance.sample(people, 20):
        logged(store, key, text=chance.choice(("coffee with ana", "the vale")))
    store.people.archive(chance.sample(people, 8))
    return store


class TestFirst:
    """However many one asks for."""

    @pytest.mark.parametrize(
        "typed",
        ["a", "an", "ana", "b", "bo", "ana bo", "a b", "vale", "ana v", "ал", "李", "neil", "jean l", "zz"],
    )
    def test_they_are_the_first_of_all(self, store: Store, typed: str) -> None:
        """In the same order, whether names alone are enough or not."""
        for query in (parse(typed), parse(f"{typed} is:archived")):
            everyone = list(store.search.people(query, today=TODAY))
            for limit in (1, 2, 5, 20, 200):
                some = list(store.search.people(query, limit, today=TODAY))
                assert names(store, some) == names(store, everyone[:limit])
                assert some == everyone[:limit]

    def test_ids(self, store: Store) -> None:
        """So too of everybody, in either order."""
        for order in ("name", "recent"):
            assert list(store.people.ids(order, 7)) == list(store.people.ids(order))[:7]
