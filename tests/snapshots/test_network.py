"""How the relations screen looks."""

import pytest

from netcrm.domain.people import Relation
from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, TINY, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import hostile
from tests.world import added

__all__ = ["looks", "same_everywhere"]

CHRISTINA = (*"jjjjjjjj", "R")


class TestRelations:
    """The tree."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, (100, 30), NARROW, TINY], ids=by_size)
    def test_tree(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Two steps around Christina, and how one came to know her."""
        looks(world, *CHRISTINA, size=size)

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme, with someone else in the middle."""
        looks(world, *CHRISTINA, "enter", theme="netcrm-day")

    def test_adding(self, looks: Looks, world: Store) -> None:
        """What is understood of a line."""
        looks(world, *CHRISTINA, "a", typed="neighbour Rosa Batista, 70", size=MEDIUM)

    def test_alone(self, looks: Looks, store: Store) -> None:
        """Somebody of whom nothing is known."""
        added(store, "Hank Morrow")
        looks(store, "R", size=MEDIUM)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_hostile(self, looks: Looks, store: Store, size: tuple[int, int]) -> None:
        """Text from outside is drawn as it is."""
        hostile(store)
        store.relations.add(1, Relation("x [/]\x1b[2J\u202e", "Bob", 2))
        looks(store, "R", size=size)
