"""How wants and offers look in a head and in their prompt, and what one sees before an ask."""

import pytest

from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere

__all__ = ["looks", "same_everywhere"]

CHRISTINA = tuple("jjjjjjjj")
"""The keys that go to Christina Vale, of whom one want is old."""

BEATRIX = tuple("jjjj")
"""The keys that go to Beatrix Hofer, who has not answered yet."""


class TestWants:
    """What someone wants and offers."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_head(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What is old stands dim, with a quiet question and the key that answers it."""
        looks(world, *CHRISTINA, "2", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=by_size)
    def test_prompt(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What is known stands above the line, and what enter says beneath it."""
        looks(world, *CHRISTINA, "w", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_understood(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What a line adds, by side."""
        line = "a seamstress; how other firms run a fair portfolio review; offers: a tour of Acme"
        looks(world, *CHRISTINA, "w", typed=line, size=size)

    def test_choosing(self, looks: Looks, world: Store) -> None:
        """Up, on the one that is old; the border says the keys."""
        looks(world, *CHRISTINA, "w", "up")


class TestAsk:
    """What one sees before an ask."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, (30, 8)], ids=by_size)
    def test_passed(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What has passed, in words; what they want; the keys."""
        looks(world, *CHRISTINA, "A", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_open_ask(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """An earlier ask waits for its answer."""
        looks(world, *BEATRIX, "A", size=size)

    def test_asking(self, looks: Looks, world: Store) -> None:
        """The line, and what it will log."""
        looks(world, *CHRISTINA, "A", "enter", typed="for a reference by Friday #work")

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme."""
        looks(world, *BEATRIX, "A", theme="netcrm-day")
