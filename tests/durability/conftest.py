"""What the tests of durability may ask for."""

import sys
from collections.abc import Callable

import pytest

Report = Callable[[str], None]
"""Says a line on the terminal, whatever else is caught."""


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """The figures of a long run are said when it ends."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say
