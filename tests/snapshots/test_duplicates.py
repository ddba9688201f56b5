"""How the duplicates screen looks."""

import pytest

from netcrm.domain.people import ContactPoint
from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import ALL
from tests.world import added, person

__all__ = ["looks", "same_everywhere"]


def twice(world: Store) -> Store:
    """The demo world, with Hank and Christina in it twice."""
    reach = (ContactPoint("email", "hank@morrow.example"), ContactPoint("phone", "+44 117 496 0118"))
    added(world, person("Henry Morrow", organisation="Morrow & Sons", points=reach, tags=("kites",)))
    added(world, person("Vale, Christina", organisation="Circo Mar", title="Director"))
    return world


class TestDuplicates:
    """Two records, side by side."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_pairs(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The surest first."""
        looks(twice(world), "D", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=by_size)
    def test_choosing(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The right one's name is to stand."""
        looks(twice(world), "D", "enter", "right", "j", size=size)

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme."""
        looks(twice(world), "D", "j", theme="netcrm-day")

    def test_empty(self, looks: Looks, store: Store) -> None:
        """Nobody is there twice."""
        looks(store, "D", size=MEDIUM)

    def test_hostile(self, looks: Looks, store: Store) -> None:
        """Names and fields are drawn as they are."""
        for title in ("one", "other"):
            added(store, person(f"Mallory {ALL}", title=f"{title} {ALL}", tags=(ALL,), note=ALL))
        looks(store, "D")
