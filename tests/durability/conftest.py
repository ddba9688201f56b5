"""What the tests of durability may ask for."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from netcrm.store.connection import APPLICATION_ID
from netcrm.store.migrations import migrations
from tests.durability.sound import Old, opened, state_of

Report = Callable[[str], None]
"""Says a line on the terminal, whatever else is caught."""


@pytest.fixture
def old(tmp_path: Path) -> Old:
    """A file as version 1 left it, with so many people in it that it takes a while to bring up to date."""
    path = tmp_path / "old" / "book.db"
    path.parent.mkdir()
    people = 400
    database = Database(path)
    migrations.apply(database, stop_before="m002_giving")
    stamp = "2026-01-01T00:00:00.000+00:00"
    database.table("people").insert_all(
        {
            "uuid": str(number),
            "created": stamp,
            "updated": stamp,
            "name": f"Hank {number} Morrow",
            "cadence": 30,
        }
        for number in range(people)
    )
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute("PRAGMA user_version = 1")
    database.conn.commit()
    database.close()
    copy = tmp_path / "up-to-date" / "book.db"
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    with opened(copy) as store:
        return Old(path, people, state_of(store._connection))


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """The figures of a long run are said when it ends."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say
