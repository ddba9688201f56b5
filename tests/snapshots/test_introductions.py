"""How introductions look: proposed, under way, made; at every step; what is asked."""

import pytest

from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, TINY, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import hostile
from tests.world import TODAY, added, person

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)


@pytest.fixture
def few(store: Store) -> Store:
    """A few people, of whom two should meet, whatever becomes of the words that mean the same."""
    hank = person(
        "Hank Morrow",
        title="Scout leader",
        organisation="Northwind",
        city="Porto",
        tags=("scouts", "stars"),
        wants=("a telescope night for the scouts", "second-hand tents"),
        offers=("a van, most weekends",),
        email="hank@morrow.example",
    )
    amara = person(
        "Amara Okafor",
        title="Astrophysicist",
        city="Porto",
        tags=("stars",),
        offers=("a telescope night for schools",),
        email="amara@okafor.example",
    )
    for one in (hank, amara, person("Bela Kovács", title="Circus marketer"), person("Jo March")):
        added(store, one)
    store._connection.execute("INSERT INTO suggested (key, day) VALUES ('want:x', ?)", (TODAY.isoformat(),))
    return store


class TestTheDemo:
    """Over the demo world."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, (100, 30)], ids=by_size)
    def test_under_way_and_proposed(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The furthest first, then what is proposed."""
        looks(world, "i", then=("j",), size=size)

    def test_made(self, looks: Looks, world: Store) -> None:
        """With all its days, and what came of it."""
        looks(world, "i", then=("G", "k"))


class TestAPair:
    """Two people, step by step."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, TINY], ids=by_size)
    def test_proposed(self, looks: Looks, few: Store, size: tuple[int, int]) -> None:
        """Why, and what to write to the first."""
        looks(few, "i", size=size)

    @SIZES
    def test_asked(self, looks: Looks, few: Store, size: tuple[int, int]) -> None:
        """One said yes, the other was asked."""
        looks(few, "i", then=("space", "1", "1", "2"), size=size)

    def test_agreed(self, looks: Looks, few: Store) -> None:
        """Both said yes: what to write to both."""
        looks(few, "i", then=("space", "1", "1", "2", "2"))

    def test_made(self, looks: Looks, few: Store) -> None:
        """Introduced before two yeses, with the reason."""
        few.introductions.propose(1, 2, "telescopes", TODAY)
        few.introductions.set_state(1, "made", TODAY, "They met by chance")
        looks(few, "i")

    def test_let_go(self, looks: Looks, few: Store) -> None:
        """One would rather not."""
        looks(few, "i", then=("space", "1", "x", "1"))

    @pytest.mark.parametrize("size", [NARROW, TINY], ids=by_size)
    def test_reading(self, looks: Looks, few: Store, size: tuple[int, int]) -> None:
        """A narrow terminal shows the two with tab."""
        looks(few, "i", then=("tab",), size=size)

    def test_by_day(self, looks: Looks, few: Store) -> None:
        """The light theme."""
        looks(few, "i", then=("space", "1"), theme="netcrm-day")


class TestAsking:
    """The prompts."""

    def test_whom(self, looks: Looks, few: Store) -> None:
        """People are found as one types."""
        looks(few, "i", "n", typed="m")

    @SIZES
    def test_why(self, looks: Looks, few: Store, size: tuple[int, int]) -> None:
        """With two marked, the reason that is known stands there."""
        looks(few, "g", "v", "j", "v", "i", size=size)

    def test_not_now(self, looks: Looks, few: Store) -> None:
        """Who would rather not."""
        looks(few, "i", then=("space", "x"))

    def test_made_already(self, looks: Looks, few: Store) -> None:
        """Why it is made before both said yes."""
        looks(few, "i", then=("space", "1", "1", "m"))


class TestElse:
    """An empty book, and hostile text."""

    def test_empty(self, looks: Looks, store: Store) -> None:
        """It says what to do."""
        looks(store, "i")

    def test_hostile(self, looks: Looks, store: Store) -> None:
        """Text from outside is drawn as it is."""
        hostile(store)
        ids = list(store.people.ids())[:2]
        store.introductions.propose(ids[0], ids[1], "[/] [b]bold\x1b[2J \u202egnp", TODAY)
        looks(store, "i")
