"""``netcrm relations``, and what ``show`` says of them."""

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.ui.test_hostile import hostile
from tests.world import added


class TestRelations:
    """Whom somebody has to do with."""

    def test_piped(self, netcrm: Netcrm, world: Store) -> None:
        """Steps, id, name, and what they are to the one above."""
        rows = netcrm("relations", "christina").rows
        assert rows[0] == ["0", "1", "Christina Vale", ""]
        assert ["1", "", "Ana", "daughter, 18"] in rows
        assert ["1", "4", "Bela Kovács", "friend · introduced you"] in rows

    def test_on_a_terminal(self, seen: Netcrm, world: Store) -> None:
        """A tree, and the chain above it."""
        out = seen("relations", "christina").out
        assert "you ← Don Orlando ← Bela Kovács ← Christina Vale" in out
        assert "├─ " in out

    def test_json(self, netcrm: Netcrm, world: Store) -> None:
        """All of it."""
        said = netcrm("relations", "christina", "--json").json
        assert [one["name"] for one in said["came_through"]] == ["Bela Kovács", "Don Orlando"]
        assert said["near"][1] == {"id": None, "name": "Ana", "steps": 1, "how": "daughter, 18", "more": 0}

    def test_add(self, netcrm: Netcrm, book: Store) -> None:
        """In one line; what is missing is said, and nothing is noted."""
        added(book, "Ana Lopes")
        added(book, "Bo Nilsson")
        assert netcrm("relations", "ana", "--add", "mentor bo nilsson").code == 0
        assert netcrm("show", "bo").rows[-1] == ["relation", "mentee", "Ana Lopes", ""]
        said = netcrm("show", "bo", "--json").json["relations"]
        assert said == [
            {"kind": "mentee", "name": "Ana Lopes", "id": 1, "born": None, "own": False, "has_them": False}
        ]
        ended = netcrm("relations", "ana", "--add", "Bo")
        assert ended.code == 1 and ended.err.startswith("Say what “Bo” is to them")
        ended = netcrm("relations", "ana", "--add", "friend ana lopes")
        assert ended.code == 1 and ended.err == "That is Ana Lopes themselves; say who else it is.\n"

    def test_hostile(self, seen: Netcrm, book: Store) -> None:
        """Text from outside is printed as it is."""
        hostile(book)
        for command in ("relations", "show"):
            out = seen(command, "1").out
            assert "\x1b]" not in out and "\u202e" not in out and "\x9b" not in out
