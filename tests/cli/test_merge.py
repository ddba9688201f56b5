"""``netcrm merge``."""

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added, person


class TestMerge:
    """Who is there twice, and making one of two."""

    def test_nobody(self, netcrm: Netcrm, book: Store) -> None:
        """An empty list is an empty list."""
        added(book, "Hank Morrow")
        assert netcrm("merge").out == ""
        assert netcrm("merge", "--json").json == []

    def test_listed(self, netcrm: Netcrm, book: Store) -> None:
        """How sure, both ids, both names, why; in columns."""
        one = added(book, person("Christina Vale", email="c@vale.example"))
        other = added(book, person("Chris Vale", email="c@vale.example"))
        why = "a like name, the same mail c@vale.example"
        row = "\t".join(("2", str(one), str(other), "Christina Vale", "Chris Vale", why))
        assert netcrm("merge").out == f"{row}\n"
        (pair,) = netcrm("merge", "--json").json
        assert pair["sure"] == "likely" and pair["one"] == {"id": one, "name": "Christina Vale"}

    def test_merged(self, netcrm: Netcrm, book: Store) -> None:
        """The first stays, and netcrm undo brings the other back."""
        added(book, person("Christina Vale", title="Designer"))
        added(book, person("Chris Vale", title="Director"))
        said = netcrm("merge", "Christina Vale", "Chris Vale", "--take", "title").out
        assert said == "Merged Chris Vale into Christina Vale.\n"
        assert "Director" in netcrm("show", "Christina Vale").out
        netcrm("undo")
        assert len(netcrm("find", "vale", "--json").json) == 2

    def test_apart(self, netcrm: Netcrm, book: Store) -> None:
        """Two who are not one are not listed any more."""
        added(book, "Hank Morrow")
        added(book, "Hank Morrow")
        netcrm("merge", "1", "2", "--apart")
        assert netcrm("merge").out == ""

    def test_wrongly_asked(self, netcrm: Netcrm, book: Store) -> None:
        """One name alone, or one person twice."""
        added(book, "Hank Morrow")
        assert netcrm("merge", "hank").code == 2
        assert netcrm("merge", "--apart").code == 2
        assert netcrm("merge", "hank", "1").code == 1
