"""How rhythms look: the prompts, and who has been silent for long."""

from datetime import timedelta
from pathlib import Path

import pytest

from netcrm.domain.occasions import Occasion
from netcrm.store import Store
from tests.driving import MEDIUM, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.world import TODAY, a_store, added, logged, person

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)

FIND_SILENT = ("slash", *"is", "colon", *"silent", "enter")
"""The keys that list the long silent."""


class TestPrompts:
    """What is understood is shown while it is typed."""

    @SIZES
    def test_of_a_person(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What stands there can be typed over."""
        looks(world, "f", typed="6w", size=size)

    @SIZES
    def test_of_a_tag(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """How many bear it."""
        looks(world, "f", typed="#design monthly", size=size)

    def test_none(self, looks: Looks, world: Store) -> None:
        """What can't be read as one."""
        looks(world, "f", typed="often", then=("enter",))

    @SIZES
    def test_sabbatical(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Until when, and how long that is."""
        world.rhythm.take_sabbatical(TODAY, TODAY + timedelta(days=9))
        looks(
            world,
            "ctrl+p",
            typed="Sabbatical",
            then=("enter", *"until", "space", *"10", "space", *"Jan"),
            size=size,
        )


@SIZES
def test_long_silent(looks: Looks, world: Store, size: tuple[int, int]) -> None:
    """Those who are no longer suggested."""
    for number, days_ago in enumerate((800, 900, 1000)):
        logged(world, added(world, person(f"Long Silent {number}", cadence=30)), days_ago=days_ago)
    looks(world, *FIND_SILENT, size=size)


@SIZES
def test_filled(looks: Looks, tmp_path: Path, size: tuple[int, int]) -> None:
    """What the queue found by itself at the start."""
    with a_store(tmp_path) as store:
        birthday = Occasion(kind="birthday", label="birthday", month=11, day=28, year=1976)
        graduation = Occasion(
            kind="graduation",
            label="graduates",
            whose="daughter Ana",
            month=12,
            day=5,
            year=2026,
            yearly=False,
        )
        added(store, person("Hank Morrow", occasions=(birthday,)))
        added(store, person("Christina Vale", title="Head of Talent", occasions=(graduation,)))
        logged(store, added(store, person("Bela Kovács", cadence=30)), days_ago=122)
        looks(store, "3", size=size)
