"""How a give for a group looks on the main screen."""

import pytest

from netcrm.domain.preferences import Preferences
from netcrm.store import Store
from tests.driving import MEDIUM, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.world import TODAY, frozen

__all__ = ["looks", "same_everywhere"]


class TestGroup:
    """Highlighted in the queue."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_a_quiet_one(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What it is stands where a person's timeline would, and why now under the give."""
        with Store(world.path, frozen, Preferences(fills=frozenset({"group"}))) as filling:
            filling.filling.fill(TODAY)
        looks(world, "3", "F", typed="with:designers", then=("enter",), size=size)
