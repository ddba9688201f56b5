"""How the timeline of everything and the journal look."""

import pytest

from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, TINY, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import hostile

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)


class TestEverything:
    """Over the demo world."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, TINY], ids=by_size)
    def test_newest(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """By month, each with who took part and the group."""
        looks(world, "T", then=("j", "j"), size=size)

    def test_oldest(self, looks: Looks, world: Store) -> None:
        """G goes to the oldest."""
        looks(world, "T", "G")

    @SIZES
    def test_search(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """As one types; the footer tells the terms."""
        looks(world, "T", "slash", typed="group:designers in", size=size)

    def test_explained(self, looks: Looks, world: Store) -> None:
        """A wrong term is explained."""
        looks(world, "T", "slash", typed="kind:dance")

    def test_found_and_left(self, looks: Looks, world: Store) -> None:
        """What was found stands among all the others."""
        looks(world, "T", "slash", typed="sasha until:2026-02", then=("enter", "escape"))

    def test_kinds(self, looks: Looks, world: Store) -> None:
        """What it can be narrowed to."""
        looks(world, "T", "f", size=MEDIUM)

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme."""
        looks(world, "T", theme="netcrm-day")

    def test_empty(self, looks: Looks, store: Store) -> None:
        """It says what to do."""
        looks(store, "T")

    def test_hostile(self, looks: Looks, store: Store) -> None:
        """Text from outside is drawn as it is."""
        hostile(store)
        looks(store, "T", size=MEDIUM)


class TestJournal:
    """A note of one's own."""

    @SIZES
    def test_line(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What is understood of it."""
        looks(world, "at", typed="yesterday: thought of @Hank and @Grace, #kites **", size=size)

    def test_hints(self, looks: Looks, world: Store) -> None:
        """What it is, before anything is typed."""
        looks(world, "at", size=MEDIUM)

    def test_in_their_timeline(self, looks: Looks, world: Store) -> None:
        """Whom it mentions stands out in the text."""
        looks(world, "slash", typed="hank morrow", then=("enter", "2"), size=MEDIUM)


class TestGroups:
    """A group in the log line."""

    def test_line(self, looks: Looks, world: Store) -> None:
        """Named with whom it was."""
        looks(world, "l", typed="yesterday: Lisbon Designers: posters with Inês; I'll send them the link")
