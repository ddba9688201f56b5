"""How the review looks: a week and a year, each pane, each size."""

import pytest

from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, TINY, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import ALL, hostile
from tests.world import entry

__all__ = ["looks", "same_everywhere"]


class TestTheDemo:
    """Over the demo world."""

    @pytest.mark.parametrize("size", [(132, 36), WIDE, (100, 30), MEDIUM, NARROW, TINY], ids=by_size)
    def test_a_week(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The map, and beneath it a day and its week, what is worth keeping, whom to look after."""
        looks(world, "r", "k", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_a_year(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """All of 2025, with the focus on its list."""
        looks(world, "r", "y", "left", "tab", "j", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_look_after(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The focus on whom to look after."""
        looks(world, "r", "shift+tab", "j", size=size)

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme."""
        looks(world, "r", "left", theme="netcrm-day")

    def test_without_colour(self, looks: Looks, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each level of a day has a sign of its own."""
        monkeypatch.setenv("NO_COLOR", "1")
        looks(world, "r", "left")


class TestElse:
    """An empty book, and hostile text."""

    def test_empty(self, looks: Looks, store: Store) -> None:
        """What would stand there."""
        looks(store, "r")

    def test_hostile(self, looks: Looks, store: Store) -> None:
        """Text from outside is drawn as it is."""
        hostile(store)
        one = store.people.ids()[0]
        store.timeline.log(entry(one, kind="gave", text=ALL, tags=(ALL,), enjoyment=3))
        store.timeline.log(entry(one, kind="learned", text=ALL))
        looks(store, "r")
