"""How the brief looks: much, little, by day, and text from outside."""

import pytest

from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, TINY, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import hostile
from tests.world import added

__all__ = ["looks", "same_everywhere"]

CHRISTINA = (*"jjjjjjjj", "b")


class TestBrief:
    """The card."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, (100, 30), NARROW, TINY], ids=by_size)
    def test_much(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """As much of each thing as fits on one screen."""
        looks(world, *CHRISTINA, size=size)

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme."""
        looks(world, *CHRISTINA, theme="netcrm-day")

    def test_copied(self, looks: Looks, world: Store) -> None:
        """It says so."""
        looks(world, *CHRISTINA, then=("y",), size=MEDIUM)

    def test_little(self, looks: Looks, store: Store) -> None:
        """Of somebody of whom nothing is known."""
        added(store, "Hank Morrow")
        looks(store, "b", size=MEDIUM)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_hostile(self, looks: Looks, store: Store, size: tuple[int, int]) -> None:
        """Text from outside is drawn as it is."""
        hostile(store)
        looks(store, "b", size=size)
