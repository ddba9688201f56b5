"""How the joy jar looks."""

import pytest

from netcrm.domain.sparks import SparkDraft
from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import ALL, hostile

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)


class TestJar:
    """Over the demo world."""

    @SIZES
    def test_open(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What lies in it; one that has gone to somebody, and whom it would suit next."""
        looks(world, "J", "j", "j", size=size)

    @SIZES
    def test_by_day(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The light theme, at the people, one of whom it has been queued for."""
        looks(world, "J", "j", "j", "j", "enter", "space", "j", size=size, theme="netcrm-day")

    def test_narrow(self, looks: Looks, world: Store) -> None:
        """One side at a time."""
        looks(world, "J", "j", "j", "enter", size=NARROW)

    def test_put_in(self, looks: Looks, world: Store) -> None:
        """What was understood of a line."""
        looks(world, "J", "n", typed="cartoon: a heron in the queue #birds https://pack-ice.example/heron")

    def test_empty(self, looks: Looks, store: Store) -> None:
        """How to begin."""
        looks(store, "J")

    def test_hostile(self, looks: Looks, store: Store) -> None:
        """In titles, tags, texts, links and names: drawn as it is."""
        hostile(store)
        store.sparks.keep(
            SparkDraft(kind="delight", title=f"pwned {ALL}", link=ALL, text=f"isolated\n{ALL}", tags=(ALL,))
        )
        looks(store, "J")
