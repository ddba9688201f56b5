"""``netcrm want`` and ``netcrm offer``."""

from datetime import timedelta

import pytest

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY, added, entry, person

THEN = TODAY - timedelta(days=100)


class TestNoting:
    """With a name and a text."""

    def test_it_is_noted(self, netcrm: Netcrm, book: Store) -> None:
        """Several at once; a name of several words need not be quoted."""
        grace = added(book, "Grace Hopper")
        assert netcrm("want", "Grace", "Hopper", "a", "compiler job;", "a boat").rows == [
            ["Grace Hopper", "a compiler job", TODAY.isoformat(), "", str(grace)],
            ["Grace Hopper", "a boat", TODAY.isoformat(), "", str(grace)],
        ]
        netcrm("offer", "grace", "an hour; wants: a parrot")
        assert [(want.side, want.text) for want in book.wants.of(grace)] == [
            ("want", "a compiler job"),
            ("want", "a boat"),
            ("want", "a parrot"),
            ("offer", "an hour"),
        ]

    def test_on_a_terminal(self, seen: Netcrm, book: Store) -> None:
        """In a sentence; again the same day it stands there already."""
        added(book, "Grace Hopper")
        assert "Noted that Grace Hopper wants a boat" in seen("want", "Grace", "a boat").out
        assert "That stands there already" in seen("want", "Grace", "a boat").out

    def test_json(self, netcrm: Netcrm, book: Store) -> None:
        """A record each, whether noted or listed."""
        grace = added(book, "Grace Hopper")
        record = {
            "person": {"id": grace, "name": "Grace Hopper"},
            "side": "offer",
            "text": "an hour",
            "created": TODAY.isoformat(),
            "confirmed": TODAY.isoformat(),
            "stale": False,
        }
        assert netcrm("offer", "--json", "Grace", "an hour").json == [record]
        assert netcrm("offer", "--json").json == [record]
        assert netcrm("want", "--json").json == []

    @pytest.mark.parametrize("words", [["Grace", "a boat"], ["Grace"]])
    def test_whom(self, netcrm: Netcrm, book: Store, words: list[str]) -> None:
        """A name of two people lists them, a name of nobody says so; nothing is guessed."""
        added(book, "Grace Hopper")
        added(book, "Grace Kelly")
        ended = netcrm("want", *words)
        assert ended.code == 1
        assert "Grace Hopper" in ended.err
        assert "Grace Kelly" in ended.err
        assert netcrm("want", "Zoe", "a boat").code == 1
        assert book.wants.all() == []


class TestTakingOff:
    """``--remove``."""

    def test_by_a_part_of_it(self, netcrm: Netcrm, book: Store) -> None:
        """What only one of them says is enough; undo brings it back."""
        hank = added(book, person("Hank Morrow", wants=("old tents", "a stove"), offers=("a van",)))
        assert netcrm("want", "--remove", "Hank", "tents").rows[0][1] == "old tents"
        assert [want.text for want in book.wants.of(hank)] == ["a stove", "a van"]
        netcrm("undo")
        assert len(book.wants.of(hank)) == 3

    def test_not_there(self, netcrm: Netcrm, book: Store) -> None:
        """What nobody said, what could be several, and nothing at all, change nothing."""
        hank = added(book, person("Hank Morrow", wants=("old tents", "new tents")))
        assert netcrm("want", "--remove", "Hank", "a van").code == 1
        several = netcrm("want", "--remove", "Hank", "tents")
        assert several.code == 1
        assert "old tents" in several.err
        assert netcrm("want", "--remove", "Hank").code == 2
        assert netcrm("offer", "--remove", "Hank", "old tents").code == 1
        assert len(book.wants.of(hank)) == 2


class TestListing:
    """Without a text."""

    def test_everybodys(self, netcrm: Netcrm, book: Store) -> None:
        """By name; the archived only when one asks for them."""
        added(book, person("Jo March", wants=("novels",)))
        hank = added(book, person("Hank Morrow", wants=("tents",), offers=("a van",)))
        gone = added(book, person("Ada Byron", wants=("steam",)))
        book.people.archive([gone])
        assert [row[:2] for row in netcrm("want").rows] == [["Hank Morrow", "tents"], ["Jo March", "novels"]]
        assert [row[:2] for row in netcrm("offer", str(hank)).rows] == [["Hank Morrow", "a van"]]
        assert [row[:2] for row in netcrm("want", "Ada", "Byron").rows] == [["Ada Byron", "steam"]]

    def test_stale(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """Only what may not be true any more, the oldest first."""
        hank = added(book, person("Hank Morrow", wants=("tents",)))
        book.wants.add(hank, ["a stove"], ["a van"], today=THEN)
        assert netcrm("want", "--stale").rows == [
            ["Hank Morrow", "a stove", THEN.isoformat(), "stale", str(hank)]
        ]
        assert "still true? 3 months ago" in seen("want").out
        assert "Nothing to ask about." in seen("want", "--stale", "--db", _other(netcrm)).out
        assert netcrm("want", "--stale", "Hank", "a boat").code == 2

    def test_hostile(self, seen: Netcrm, book: Store) -> None:
        """What would be something else on a terminal is drawn as text."""
        added(book, person("Eve\x1b]0;x\x07", wants=("\u202egnp.exe\x1b[31m",)))
        out = seen("want").out
        assert "\u202e" not in out
        assert "\x1b]" not in out
        assert "\x1b[31m" not in out


def test_an_answer_is_shown(netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
    """``netcrm show`` says what became of an ask, in JSON too."""
    grace = added(book, "Grace Hopper")
    book.timeline.log(entry(grace, kind="asked", text="for a desk", answer="yes", answered_on=TODAY))
    assert "→ yes" in seen("show", "Grace").out
    (shown,) = netcrm("show", "--json", "Grace").json["timeline"]
    assert (shown["answer"], shown["answered"]) == ("yes", TODAY.isoformat())


def _other(netcrm: Netcrm) -> str:
    """Another file, with one person in it."""
    netcrm("add", "--db", "other.db", "Zed")
    return "other.db"
