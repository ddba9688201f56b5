"""How it looks: a picture each, looked at by a person before it was accepted.

`pytest --snapshot-update` draws them anew; ``tests/pictures.py`` draws those of the README.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.ui.app import NetcrmApp
from tests.driving import MEDIUM, NARROW, TINY, WIDE, opened, settle, type_text
from tests.ui.test_hostile import hostile
from tests.world import TODAY, a_store

Script = Callable[[Pilot[None]], object]


def by_size(size: tuple[int, int]) -> str:
    """A size as it stands in a picture's name."""
    return f"{size[0]}x{size[1]}"


class Looks(Protocol):
    """Compares the picture of the app over a store with the one accepted."""

    def __call__(
        self,
        store: Store,
        *keys: str,
        typed: str = "",
        then: tuple[str, ...] = (),
        size: tuple[int, int] = WIDE,
        theme: str = "netcrm-night",
    ) -> None:
        """Press keys, type a text, press further keys, and compare."""
        ...


@pytest.fixture
def looks(snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> Looks:
    """`snap_compare` passes on an app that has crashed; this one does not."""

    def compare(
        store: Store,
        *keys: str,
        typed: str = "",
        then: tuple[str, ...] = (),
        size: tuple[int, int] = WIDE,
        theme: str = "netcrm-night",
    ) -> None:
        monkeypatch.setenv("NETCRM_THEME", theme)
        app: App[None] = NetcrmApp(store, lambda: TODAY)

        async def before(pilot: Pilot[None]) -> None:
            await settle(pilot)  # what the queue finds by itself comes before the first key, not after some
            for key in keys:
                await pilot.press(key)
            await type_text(pilot, typed)
            await settle(pilot)
            for key in then:
                await pilot.press(key)
            await settle(pilot)

        same = snap_compare(app, terminal_size=size, run_before=before)
        assert app._exception is None, app._exception
        assert app.return_code in (None, 0)
        assert same

    return compare


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine changes a picture."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_FILTERS", "TEXTUAL_COLOR_SYSTEM", "NETCRM_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[ExitStack]:
    """Closes what a test has opened."""
    with ExitStack() as stack:
        yield stack


class TestMain:
    """The main screen over the demo world."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, TINY, (132, 36)], ids=by_size)
    def test_sizes(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Three panes, two, or one."""
        looks(world, *"jjjjjjjj", size=size)

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme."""
        looks(world, *"jjjjjjjj", theme="netcrm-day")

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    @pytest.mark.parametrize("pane", ["2", "3"])
    def test_focus(self, looks: Looks, world: Store, pane: str, size: tuple[int, int]) -> None:
        """The focus on the Timeline, and on the Give pane."""
        looks(world, "j", pane, "j", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=by_size)
    def test_empty(self, looks: Looks, store: Store, size: tuple[int, int]) -> None:
        """A book with nobody in it says what to press first."""
        looks(store, size=size)

    def test_a_give_given(self, looks: Looks, world: Store) -> None:
        """The header says what was done, and the key that takes it back."""
        looks(world, "3", "space")

    def test_an_end_of_the_list(self, looks: Looks, world: Store) -> None:
        """The last person, at the foot of the pane."""
        looks(world, "G")

    def test_another_theme(self, looks: Looks, world: Store) -> None:
        """Colours come from the theme, whichever it is."""
        looks(world, "j", theme="gruvbox")


class TestSearch:
    """The search line."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_found(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What a search finds, while one types."""
        looks(world, "slash", typed="tag:astro", size=size)

    def test_nobody(self, looks: Looks, world: Store) -> None:
        """A wrong term is explained; nobody is found."""
        looks(world, "slash", typed="foo:bar quxx")


class TestPrompts:
    """What asks for a line."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_log_hints(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """An empty log line shows what can be said."""
        looks(world, "l", size=size)

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_log_understood(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """What a line means stands under it before it is saved."""
        line = "yesterday: coffee with Christina and Hank at _Café Lisboa_ #design **"
        looks(world, "l", typed=line, size=size)

    def test_log_promise(self, looks: Looks, world: Store) -> None:
        """A promise and the one it is for."""
        looks(world, "l", typed="call with Grace; I'll send Amara the paper by Friday")

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_which_grace(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """A name of two people opens a picker."""
        looks(world, "l", typed="call with Grace", then=("enter",), size=size)

    def test_somebody_new(self, looks: Looks, world: Store) -> None:
        """A name of nobody offers to add them."""
        looks(world, "l", typed="met with Zebedee Quartermain", then=("enter",))

    def test_new_give(self, looks: Looks, world: Store) -> None:
        """A give with its day and link, and the week's room."""
        looks(world, *"jjjjjjjj", "n", typed="share the opening https://kestrel.example/jobs/118 by friday")

    def test_snooze(self, looks: Looks, world: Store) -> None:
        """The day a give comes back."""
        looks(world, "3", "z", typed="next tuesday")

    def test_an_error(self, looks: Looks, world: Store) -> None:
        """What is no day is said in the prompt."""
        looks(world, "3", "z", typed="gibberish", then=("enter",))

    def test_tags(self, looks: Looks, world: Store) -> None:
        """Tags that will be put on, and those in use."""
        looks(world, "j", "t", typed="#des")


class TestForms:
    """What is filled in."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_person(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """A person with every field."""
        looks(world, *"jjjjjjjj", "e", size=size)

    def test_entry(self, looks: Looks, world: Store) -> None:
        """An entry of the timeline."""
        looks(world, "j", "2", "e")

    def test_give(self, looks: Looks, world: Store) -> None:
        """A give of the queue."""
        looks(world, "3", "e")


class TestHelp:
    """What teaches."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_help(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Every key."""
        looks(world, "question_mark", size=size)

    def test_palette(self, looks: Looks, world: Store) -> None:
        """Every command by name, and none of Textual's own."""
        looks(world, "ctrl+p", typed="un")


class TestHostile:
    """Text that would be something else."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)
    def test_it_is_text(self, looks: Looks, stage: ExitStack, tmp_path: Path, size: tuple[int, int]) -> None:
        """Markup and sequences as they were written, lines straight."""
        store = stage.enter_context(a_store(tmp_path))
        hostile(store)
        looks(store, "2", size=size)


def test_the_world_is_copied(world_file: Path, tmp_path: Path) -> None:
    """Each test has a world of its own, so that no picture hangs on the order of the tests."""
    with opened(world_file, tmp_path) as store:
        store.people.archive(store.people.ids()[:1])
    with opened(world_file, tmp_path / "other") as other:
        assert other.people.count() == 63
