"""How the history screen looks."""

import time
from collections.abc import Iterator

import pytest

from netcrm.domain.people import Profile
from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import ALL, hostile
from tests.world import TODAY, entry

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times are told as in Greenwich."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def acted(world: Store) -> Store:
    """The demo world, with some acts in it."""
    amara, bela, hank = (
        world.people.named(name)[0].id for name in ("amara okafor", "bela kovacs", "hank morrow")
    )
    person = world.people.get(amara)
    assert person
    world.timeline.log(entry(hank, bela, text="Kites over the harbour", place="Bristol", tags=("kites",)))
    give = world.gives.queue(TODAY)[0]
    world.gives.give([give.id], TODAY)
    world.people.edit(amara, Profile(name="Amara Okafor", city="Garching", cadence=30, tags=("stars",)))
    world.people.tag([bela, hank], add=["kites"])
    world.people.archive([bela])
    return world


class TestHistory:
    """Over the demo world."""

    @SIZES
    def test_open(self, looks: Looks, acted: Store, size: tuple[int, int]) -> None:
        """What was done; what an edit changed."""
        looks(acted, "H", "j", "j", size=size)

    @SIZES
    def test_by_day(self, looks: Looks, acted: Store, size: tuple[int, int]) -> None:
        """The light theme, two acts back."""
        looks(acted, "H", "u", "u", size=size, theme="netcrm-day")

    def test_narrow(self, looks: Looks, acted: Store) -> None:
        """One side at a time."""
        looks(acted, "H", "j", "j", "enter", "j", size=NARROW)

    def test_empty(self, looks: Looks, store: Store) -> None:
        """How it begins."""
        looks(store, "H")

    def test_hostile(self, looks: Looks, store: Store) -> None:
        """In labels, names and fields: drawn as it is."""
        hostile(store)
        store.people.edit(1, Profile(name=f"Ada {ALL}", city=ALL, note=f"{ALL}\n{ALL}"))
        looks(store, "H")
