"""``netcrm forget``."""

from pathlib import Path

from netcrm.store import Store
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
            "Forgot Mallory Vex, for good.",
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

    def test_open_elsewhere(self, netcrm: Netcrm, book: Store) -> None:
        """Not while the app has the book open."""
        added(book, "Mallory Vex")
        said = netcrm("forget", "mallory", "--yes")
        assert said.code == 1 and "quit it there first" in said.err
