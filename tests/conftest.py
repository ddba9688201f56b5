"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from netcrm.store import Store
from tests.world import a_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder of its own, whose clock stands still."""
    with a_store(tmp_path) as opened:
        yield opened
