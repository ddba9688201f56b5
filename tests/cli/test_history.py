"""``netcrm undo`` and ``netcrm redo``."""

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added


class TestUndo:
    """Taking back."""

    def test_said(self, netcrm: Netcrm, book: Store) -> None:
        """It says what it took back; redo does it again."""
        added(book, "Grace Hopper")
        ended = netcrm("undo")
        assert (ended.code, ended.out) == (0, "Took back: added Grace Hopper.\n")
        assert book.people.count() == 0
        assert netcrm("redo").out == "Did again: added Grace Hopper.\n"
        assert book.people.count() == 1

    def test_nothing(self, netcrm: Netcrm, book: Store) -> None:
        """Nothing to take back is not done."""
        assert (netcrm("undo").code, netcrm("undo").err) == (1, "Nothing to undo.\n")
        assert (netcrm("redo").code, netcrm("redo").err) == (1, "Nothing to redo.\n")

    def test_json(self, netcrm: Netcrm, book: Store) -> None:
        """As JSON: the act; none when there was none."""
        added(book, "Grace Hopper")
        assert netcrm("undo", "--json").json["label"] == "added Grace Hopper"
        ended = netcrm("undo", "--json")
        assert ended.code == 1
        assert ended.json == {"act": None, "label": ""}
