"""``netcrm forget``."""

from pathlib import Path

import pytest

from netcrm.store import Store, backups
from netcrm.store.file import File
from tests.cli.conftest import Netcrm
from tests.world import added, logged, person


def told(book: Store) -> Path:
    """A book with Mallory in it, and Hank who knows her; closed, since nobody may have it open."""
    mallory = added(book, person("Mallory Vex", note="Collects zebulba"))
    hank = added(book, person("Hank Morrow", note="Met Mallory Vex at the fair"))
    logged(book, mallory, text="Tea")
    logged(book, mallory, hank, text="Cake")
    book.close()
    return book.path


class TestForget:
    """For good."""

    def test_forgotten(self, netcrm: Netcrm, book: Store) -> None:
        """What goes, what stays and where they are named is said before."""
        path = told(book)
        said = netcrm("forget", "mallory", "--yes")
        assert said.code == 0
        assert said.out.splitlines() == [
            "Mallory Vex: 1 entry about them alone, 0 gives, and all that is noted of them.",
            "1 entry with others stays, without them.",
            "Still named in 1 note (Hank Morrow): see to that yourself.",
            "Mallory Vex is gone, for good.",
        ]
        assert b"zebulba" not in path.read_bytes().lower()
        assert netcrm("find", "mallory vex", "--json").json[0]["name"] == "Hank Morrow"
        assert netcrm("undo").code == 1

    def test_backups(self, netcrm: Netcrm, book: Store) -> None:
        """They are offered, and taken care of when asked."""
        path = told(book)
        netcrm("backup")
        assert "They may be in 1 backup still" in netcrm("forget", "mallory").out
        assert "Taken out of 1 backup." in netcrm("forget", "mallory", "--yes", "--backups").out
        files = [file.read_bytes().lower() for file in path.parent.rglob("*") if file.is_file()]
        assert not [content for content in files if b"zebulba" in content]

    def test_never_unasked(self, netcrm: Netcrm, book: Store) -> None:
        """Where nobody can be asked, --yes has to be said; until then nothing changes."""
        told(book)
        said = netcrm("forget", "mallory")
        assert said.code == 1 and "Nothing was changed" in said.err
        assert netcrm("find", "vex", "--json").json

    def test_a_namesake_put_away(self, netcrm: Netcrm, book: Store) -> None:
        """May be meant as well, as nowhere else: it can't be taken back."""
        first = added(book, "Mallory Vex")
        book.people.archive([first])
        told(book)
        said = netcrm("forget", "mallory vex", "--yes")
        assert said.code == 1 and "could be several people" in said.err and said.err.count("Mallory Vex") == 2
        assert "is gone, for good" in netcrm("forget", str(first), "--yes").out

    def test_open_elsewhere(self, netcrm: Netcrm, book: Store) -> None:
        """Not while the app has the book open."""
        added(book, "Mallory Vex")
        said = netcrm("forget", "mallory", "--yes")
        assert said.code == 1 and "quit it there first" in said.err

    def test_what_goes_whole(self, netcrm: Netcrm, book: Store) -> None:
        """Which backups can't be cleaned, and why, is said before the question; what is one's own stays."""
        path = told(book)
        folder = backups.folder_of(File(path))
        netcrm("backup")
        (folder / "2026-01-01T000000Z-daily.db").write_bytes(b"zebulba " * 1024)
        (folder / "2026-01-02T000000Z-damaged").write_bytes(b"zebulba")
        (folder / "README.txt").write_text("my own")
        whole = "2026-01-01T000000Z-daily.db (damaged), 2026-01-02T000000Z-damaged (damaged)"
        asked = netcrm("forget", "mallory", "--backups")
        assert f"2 backups can't be cleaned, and would go whole: {whole}." in asked.out.splitlines()
        assert asked.code == 1 and len([*folder.iterdir()]) == 4
        said = netcrm("forget", "mallory", "--backups", "--yes")
        assert said.code == 0
        assert said.out.splitlines()[-1] == (
            f"Mallory Vex is gone, for good. Taken out of 1 backup. Removed whole: {whole}."
        )
        assert len(backups.kept(File(path))) == 1 and (folder / "README.txt").read_text() == "my own"

    def test_stopped(self, netcrm: Netcrm, book: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Which backups were not cleaned is said, with what to type; and that does the rest."""
        path = told(book)
        netcrm("backup")
        (backup,) = backups.kept(File(path))

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(backups, "copy", full)
            said = netcrm("forget", "mallory", "--backups", "--yes")
            assert said.code == 1 and "Taken out of 0 backups." in said.out
            (line,) = said.err.splitlines()
            assert f"{backup.file.path} (no space left on device)" in line and "forget does the rest" in line
            again = netcrm("forget")
            assert again.code == 1 and len(again.err.splitlines()) == 1
        again = netcrm("forget", "mallory vex", "--backups", "--yes")
        assert again.code == 0 and "The rest is done now" in again.err
        files = [file.read_bytes().lower() for file in path.parent.rglob("*") if file.is_file()]
        assert not [content for content in files if b"zebulba" in content]
        assert netcrm("forget").code == 2
