"""How the queue looks: several marked, some of it, what is asked afterwards."""

from datetime import timedelta

import pytest

from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.world import TODAY, added, queued

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)


class TestMarks:
    """Several at once."""

    @SIZES
    def test_gives(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Marked gives, and how many they are."""
        looks(world, "3", "v", "j", "v", size=size)

    @SIZES
    def test_people(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Marked people."""
        looks(world, "v", "j", "v", "v", size=size)

    def test_a_give_each(self, looks: Looks, world: Store) -> None:
        """One give for each of those marked."""
        looks(world, "v", "v", "v", "v", "n", typed="share the Kestrel opening by friday")

    def test_tags_of_several(self, looks: Looks, world: Store) -> None:
        """What all of them have."""
        looks(world, "v", "v", "t", typed="#new")


class TestFilter:
    """Some of the queue."""

    @SIZES
    def test_typed(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What it would show."""
        looks(world, "3", "F", typed="kind:article kind:help", size=size)

    @SIZES
    def test_shown(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The filter on the border."""
        looks(world, "3", "F", typed="kind:article", then=("enter",), size=size)

    def test_none_of_these(self, looks: Looks, world: Store) -> None:
        """Nothing is left."""
        looks(world, "3", "F", typed="zebra", then=("enter",))

    def test_wrong(self, looks: Looks, world: Store) -> None:
        """A wrong term is explained."""
        looks(world, "3", "F", typed="kind:foo")


class TestDidItLand:
    """The question, a week later."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=by_size)
    def test_asked(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The three answers."""
        looks(world, "3", "full_stop", size=size)

    def test_one_at_a_time(self, looks: Looks, world: Store) -> None:
        """Answered, it is said; the next stands at the foot, if there is one."""
        looks(world, "3", "full_stop", "y")

    def test_glad_of(self, looks: Looks, world: Store) -> None:
        """What landed with someone, in their head and in the timeline."""
        (ines,) = world.people.named("ines carvalho")
        for days in (9, 12):
            give = queued(world, ines.id, "Send the studio's address", kind="opening", due=TODAY)
            world.gives.give([give], TODAY - timedelta(days=days))
            world.gives.landed(give, "yes" if days == 9 else "no", TODAY)
        looks(world, "slash", typed="carvalho", then=("enter", "2"))


class TestRoom:
    """No room for it."""

    def test_share(self, looks: Looks, store: Store) -> None:
        """Who has had a good share of the week: a new give stands under Later, in one calm line."""
        ines = added(store, "Inês Carvalho")
        for words in ("Lend the board", "Ring about the studio", "Bring the coat"):
            store.gives.give([queued(store, ines, words, due=TODAY)], TODAY)
        looks(store, "n", typed="share the opening at Kestrel")
