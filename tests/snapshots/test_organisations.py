"""How the organisations screen looks."""

import pytest

from netcrm.domain.organisations import Position
from netcrm.store import Store
from netcrm.store.organisations import insert_position
from tests.driving import MEDIUM, NARROW, TINY, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import ALL, hostile
from tests.world import TODAY

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)


class TestOrganisations:
    """Where people work and worked."""

    @SIZES
    def test_list(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The one with the most people first, and its people beside it."""
        looks(world, "O", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, TINY], ids=by_size)
    def test_people(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Someone who worked there before is highlighted."""
        looks(world, "O", "enter", *"jjjj", size=size)

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme, ordered by name."""
        looks(world, "O", "S", "g", theme="netcrm-day")

    @SIZES
    def test_searching(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """As one types."""
        looks(world, "O", "slash", typed="l", size=size)

    def test_empty(self, looks: Looks, store: Store) -> None:
        """A book without any says how they come to stand there."""
        looks(store, "O", size=MEDIUM)

    @SIZES
    def test_marked(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Everyone at Northwind, marked on the main screen."""
        looks(world, "O", "m", size=size)

    @SIZES
    def test_spark(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Everyone at Northwind, chosen before a word is typed."""
        looks(world, "O", "s", size=size)

    def test_spark_typed(self, looks: Looks, world: Store) -> None:
        """Then whom else it would interest."""
        looks(world, "O", "s", typed="job: SRE #kubernetes", then=("tab", "j"))

    @SIZES
    def test_hostile(self, looks: Looks, store: Store, size: tuple[int, int]) -> None:
        """Names and titles are drawn as they are."""
        hostile(store)
        with store._writer.act("hostile") as act:
            insert_position(act, store._connection, 2, Position(f"was {ALL}", ALL, TODAY, TODAY))
        looks(store, "O", "enter", size=size)
