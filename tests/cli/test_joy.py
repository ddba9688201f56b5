"""``netcrm joy``: the jar on the command line."""

import pytest

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY, added, person

LINE = "A penguin in a tie #cartoons https://pack-ice.example/p"


@pytest.fixture
def hank(book: Store) -> int:
    """Someone who wants cartoons."""
    return added(book, person("Hank Morrow", wants=("cartoons for the newsletter",)))


class TestPuttingIn:
    """A line."""

    def test_kept(self, netcrm: Netcrm, book: Store, hank: int) -> None:
        """It lies in the jar, and whom it would suit is printed."""
        ended = netcrm("joy", *LINE.split())
        assert ended.rows == [["Hank Morrow", "wants “cartoons for the newsletter”", str(hank)]]
        (jarred,) = book.joy.jar()
        assert (jarred.spark.title, jarred.spark.tags) == ("A penguin in a tie", ("cartoons",))

    def test_twice(self, netcrm: Netcrm, book: Store, hank: int) -> None:
        """The same again is the same one, and no error."""
        netcrm("joy", LINE)
        again = netcrm("joy", "--json", LINE)
        assert (again.code, again.json["saved"]) == (0, "it lies in the jar already")
        assert len(book.joy.jar()) == 1

    def test_to(self, netcrm: Netcrm, book: Store, hank: int) -> None:
        """It is queued at once; for whom nobody is, nothing is done."""
        assert netcrm("joy", "--to", "Zebedee", LINE).code == 1
        assert not book.joy.jar()
        said = netcrm("joy", "--json", "--to", "hank", LINE).json
        assert said["saved"] == "queued for Hank Morrow: “A penguin in a tie”"
        assert (said["delight"]["waiting"], said["suits"]) == (1, [])
        (give,) = book.gives.queue(TODAY)
        assert (give.words, give.source) == ("Send Hank the penguin in a tie", "joy")
        again = netcrm("joy", "--to", "hank", LINE)
        assert again.code == 1 and "nobody gets a thing twice" in again.err

    def test_nothing(self, netcrm: Netcrm, book: Store) -> None:
        """There is nothing in nothing."""
        assert netcrm("joy", " ").code == 1
        assert netcrm("joy", "--to", "Hank").code == 2
        assert netcrm("joy", "--out", "3", LINE).code == 2


class TestListing:
    """Without a line."""

    def test_columns(self, netcrm: Netcrm, book: Store, hank: int) -> None:
        """Title, tags, how many got it, when last, id."""
        netcrm("joy", "--to", "hank", LINE)
        book.gives.give([give.id for give in book.gives.queue(TODAY)], TODAY)
        netcrm("joy", "Why the choir walks #choir #puns")
        assert netcrm("joy").rows == [
            ["Why the choir walks", "#choir #puns", "0", "", "2"],
            ["A penguin in a tie", "#cartoons", "1", "2026-11-22", "1"],
        ]
        first, second = netcrm("joy", "--json").json["delights"]
        assert (first["tags"], second["given"], second["last"]) == (["choir", "puns"], 1, "2026-11-22")

    def test_seen(self, seen: Netcrm, book: Store, hank: int) -> None:
        """On a terminal with its number, and how to begin."""
        assert "The jar is empty" in seen("joy").out
        assert "Send Hank the penguin in a tie" in seen("joy", LINE).out
        assert "#cartoons" in seen("joy").out

    def test_taken_out(self, netcrm: Netcrm, book: Store, hank: int) -> None:
        """By its number; what is not in it can't be."""
        netcrm("joy", LINE)
        assert netcrm("joy", "--json", "--out", "1").json["saved"].startswith("took out of the jar")
        assert not book.joy.jar()
        assert netcrm("joy", "--out", "1").code == 1
        netcrm("undo")
        assert len(book.joy.jar()) == 1

    def test_hostile(self, seen: Netcrm, book: Store) -> None:
        """Nothing of a line reaches the terminal as a command."""
        for out in (seen("joy", "owl \x1b]52;c;x\x07 \u202e #t\x1bag").out, seen("joy").out):
            assert "\x1b]52" not in out and "\u202e" not in out
