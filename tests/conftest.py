"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from netcrm.demo.fill import fill
from netcrm.demo.world import load
from netcrm.store import Store
from tests.driving import opened
from tests.promptly import pilot_promptly
from tests.world import TODAY, a_store


@pytest.fixture(autouse=True)
def promptly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits longer for the app than the app takes."""
    pilot_promptly(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder of its own, whose clock stands still."""
    with a_store(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the demo world in it."""
    with a_store(tmp_path_factory.mktemp("world")) as store:
        fill(store, load(), TODAY)
        return store.path


@pytest.fixture
def world(world_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An open store with the demo world in it."""
    with opened(world_file, tmp_path) as store:
        yield store
