"""How the spark screen looks. Going to the list waits for the ranking, so that no picture is early."""

from datetime import timedelta

import pytest

from netcrm.domain.gives import GiveDraft
from netcrm.domain.sparks import SparkDraft
from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, TINY, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import ALL, hostile
from tests.world import TODAY

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)

LINE = "job: SRE lead at Acme, Berlin #kubernetes https://acme.example/7 until 4 Dec"

DESIGNER = ("s", "tab", "j", "j", "enter")
"""Opens the designer's opening again."""


class TestText:
    """In the text."""

    @SIZES
    def test_empty(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What can be typed, and beside it what was kept."""
        looks(world, "s", size=size)

    @SIZES
    def test_typed(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What was understood of a line, and whom it would interest."""
        looks(world, "s", typed=LINE, then=("tab", "shift+tab"), size=size)

    def test_expired(self, looks: Looks, world: Store) -> None:
        """What was of use until a while ago."""
        looks(world, "s", typed="event: star party, until 4 Nov 2026", then=("tab", "shift+tab"))

    def test_nobody(self, looks: Looks, world: Store) -> None:
        """Nobody comes to mind, and enter says so."""
        looks(world, "s", typed="zzyzx", then=("tab", "enter"))

    def test_an_empty_book(self, looks: Looks, store: Store) -> None:
        """Nothing was kept yet."""
        looks(store, "s")


class TestPeople:
    """In the list."""

    @pytest.mark.parametrize("size", [(132, 36), WIDE, (100, 30), MEDIUM, NARROW, TINY], ids=by_size)
    def test_chosen(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Three chosen, and what would be queued."""
        looks(world, *DESIGNER, "space", "space", "space", size=size)

    @SIZES
    def test_by_day(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The light theme."""
        looks(world, *DESIGNER, "space", "space", size=size, theme="netcrm-day")

    @SIZES
    def test_wording(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Another wording, with a name in it."""
        looks(world, *DESIGNER, "e", typed="!", size=size)

    def test_queued(self, looks: Looks, world: Store) -> None:
        """The main screen says what was done."""
        looks(world, *DESIGNER, "space", "space", "space", "enter")


class TestKept:
    """What was kept."""

    @SIZES
    def test_list(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The newest first; what is over stands back, and who got it is counted."""
        over = SparkDraft(kind="event", title="A comet over the river", until=TODAY - timedelta(days=9))
        world.sparks.pass_on(over, [GiveDraft(person_id=1, words="Tell them of the comet")], TODAY)
        looks(world, "s", "tab", "j", size=size)

    @SIZES
    def test_open_again(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Whom it went to stands after those whom it would interest besides."""
        draft = SparkDraft(kind="opening", title="Keeper of bees and kilns")
        first, second, third = (match.person for match in world.sparks.rank(draft, TODAY)[:3])
        gives = [GiveDraft(person_id=one.id, words=f"Tell {one.name}") for one in (first, second, third)]
        change = world.sparks.pass_on(draft, gives, TODAY)
        given, dropped, _ = sorted(change.gives)
        world.gives.give([given], TODAY)
        world.gives.drop([dropped], TODAY)
        looks(world, "s", "tab", "enter", "G", size=size)


class TestHostile:
    """Text from outside."""

    @SIZES
    def test_it_is_text(self, looks: Looks, store: Store, size: tuple[int, int]) -> None:
        """In the text, in names, in reasons: drawn as it is."""
        hostile(store)
        store.sparks.keep(SparkDraft(kind="article", title=f"pwned {ALL}", link=ALL, text=f"isolated {ALL}"))
        looks(store, "s", "tab", "enter", size=size)
