"""Files of netcrm's own: what was left by something that was stopped, and how it goes."""

import os
from pathlib import Path

import pytest

from netcrm.store import private
from netcrm.store.private import left_behind

LEFT = (
    "netcrm.db-new",
    "netcrm.db-new-wal",
    "netcrm.db-new-shm",
    "netcrm.db-new-journal",
    ".netcrm.db.4711.part",
    ".netcrm.db.4711.part-journal",
    "netcrm.db-backups/.check.part",
    "netcrm.db-backups/.check.part-wal",
    "netcrm.db-backups/.2026-11-20T013000Z-daily.db.part",
    "netcrm.db-backups/.2026-11-20T013000Z-daily.db.part-lock",
)

STAYS = (
    "netcrm.db",
    "netcrm.db-wal",
    "netcrm.db-open",
    "netcrm.db-newer",
    "netcrm.dbx-new",
    "new.db-new",
    ".film.mkv.4711.part",
    ".netcrm.db.mine.part",
    "netcrm.db-backups/2026-11-20T013000Z-daily.db",
    "netcrm.db-backups/2026-11-20T013000Z-damaged",
    "netcrm.db-backups/2026-11-20T013000Z-replaced.wal",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a book, what was left beside it, and what is others'."""
    (tmp_path / "netcrm.db-backups").mkdir()
    for name in (*LEFT, *STAYS):
        (tmp_path / name).write_bytes(b"marmalade")
    return tmp_path


class TestLeftBehind:
    """What netcrm was making of a book when it was killed."""

    def test_all_of_it_and_nothing_else(self, folder: Path) -> None:
        """Copies that were not finished; nothing of another book's, and nothing that is all there is."""
        found = {str(path.relative_to(folder)) for path in left_behind(folder / "netcrm.db")}
        assert found == set(LEFT)

    def test_where_nothing_is(self, tmp_path: Path) -> None:
        """Neither a book, nor a folder."""
        assert list(left_behind(tmp_path / "none" / "netcrm.db")) == []

    def test_no_link(self, folder: Path, tmp_path: Path) -> None:
        """What a link leads to is somebody else's."""
        (folder / "netcrm.db-new").unlink()
        (folder / "netcrm.db-new").symlink_to(tmp_path / "netcrm.db")
        assert folder / "netcrm.db-new" not in list(left_behind(folder / "netcrm.db"))


class TestDiscard:
    """Making an end of a copy."""

    def test_it_is_overwritten(self, folder: Path) -> None:
        """Whoever has it open reads noise."""
        path = folder / "netcrm.db-new"
        with path.open("rb") as still:
            private.discard(path)
            content = still.read()
        assert len(content) == len(b"marmalade")
        assert content != b"marmalade"
        assert not path.exists()
        private.discard(path)

    def test_what_has_a_second_name_stays_under_that(self, folder: Path) -> None:
        """A copy that was asked for and got its name, before the one for the time being went."""
        path = folder / ".netcrm.db.4711.part"
        os.link(path, folder / "asked.db")
        private.discard(path)
        assert not path.exists()
        assert (folder / "asked.db").read_bytes() == b"marmalade"
