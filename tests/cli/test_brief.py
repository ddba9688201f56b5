"""``netcrm brief``."""

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.ui.test_hostile import hostile
from tests.world import added


class TestBrief:
    """A card to read before you meet someone."""

    def test_piped_it_is_text(self, netcrm: Netcrm, world: Store) -> None:
        """As it is copied on the screen."""
        ended = netcrm("brief", "christina")
        assert ended.code == 0
        assert ended.out.startswith("Christina Vale\nHead of Talent, Acme · Lisbon\n")
        assert "- 19 Nov: Coffee at Café Lisboa." in ended.out
        assert "pass on “Cartoon: the lion tamer's first day”" in ended.out
        assert "\x1b" not in ended.out and "\t" not in ended.out

    def test_on_a_terminal(self, seen: Netcrm, world: Store) -> None:
        """With its labels beside it."""
        ended = seen("brief", "Hank", "Morrow")
        assert ended.code == 0
        assert "since last time" in ended.out and "they want" in ended.out

    def test_json(self, netcrm: Netcrm, world: Store) -> None:
        """All of it, and the text."""
        said = netcrm("brief", "christina", "--json").json
        assert said["person"] == {"id": 1, "name": "Christina Vale"}
        assert said["since"][0]["kind"] == "met"
        assert said["waiting"][0]["words"] == "Introduce to Leo Brandt"
        assert said["coming"][0]["next"] == "2026-12-12"
        assert said["introduced_by"]["name"] == "Bela Kovács"
        assert said["text"].startswith("Christina Vale\n")

    def test_whom(self, netcrm: Netcrm, book: Store) -> None:
        """Never a guess."""
        added(book, "Grace Hopper")
        added(book, "Grace Kelly")
        assert netcrm("brief", "grace").code == 1
        assert netcrm("brief", "nobody").code == 1
        assert netcrm("brief").code == 2

    def test_hostile(self, seen: Netcrm, book: Store) -> None:
        """Text from outside is printed as it is."""
        hostile(book)
        out = seen("brief", "1").out
        assert "\x1b]" not in out and "\u202e" not in out and "\x9b" not in out
