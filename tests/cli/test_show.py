"""``netcrm show``."""

import pytest

from netcrm.domain.people import Profile
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added, logged


class TestWhom:
    """Who is meant."""

    @pytest.mark.parametrize(
        "who", ["Christina Vale", "christina vale", "christina", "1", "christina@vale.example"]
    )
    def test_found(self, netcrm: Netcrm, world: Store, who: str) -> None:
        """By name, a part of it, an id, or an address."""
        ended = netcrm("show", who)
        assert ended.code == 0
        assert ["name", "Christina Vale"] in ended.rows

    def test_words(self, netcrm: Netcrm, world: Store) -> None:
        """A name need not be quoted."""
        assert netcrm("show", "Christina", "Vale").code == 0

    def test_several(self, netcrm: Netcrm, world: Store) -> None:
        """Several people are listed."""
        ended = netcrm("show", "grace")
        assert (ended.code, ended.out) == (1, "")
        assert "Grace Lindqvist" in ended.err
        assert "Grace Adeyemi" in ended.err

    @pytest.mark.parametrize("who", ["xyzzy", "99999", "9" * 30, "", "…"])
    def test_nobody(self, netcrm: Netcrm, world: Store, who: str) -> None:
        """Nobody of the name is said in a sentence."""
        ended = netcrm("show", who)
        assert (ended.code, ended.out) == (1, "")
        assert len(ended.err.splitlines()) == 1

    def test_archived(self, netcrm: Netcrm, book: Store) -> None:
        """Who was put away can still be looked at."""
        book.people.archive([added(book, "Grace Hopper")])
        assert ["archived", "yes"] in netcrm("show", "Grace Hopper").rows


class TestPrinted:
    """What is shown."""

    def test_rows(self, netcrm: Netcrm, world: Store) -> None:
        """Piped: a word for what a row holds, then the rest."""
        words = {row[0] for row in netcrm("show", "1").rows}
        assert words >= {"id", "name", "title", "organisation", "city", "cadence", "last contact", "email"}
        assert words >= {
            "phone",
            "tag",
            "want",
            "offer",
            "occasion",
            "relation",
            "group",
            "note",
            "give",
            "entry",
        }

    def test_json(self, netcrm: Netcrm, world: Store) -> None:
        """As JSON: one object, with gives and timeline."""
        one = netcrm("show", "1", "--json", "--limit", "2").json
        assert one["name"] == "Christina Vale"
        assert len(one["timeline"]) == 2
        assert {"words", "due", "why_now"} <= one["gives"][0].keys()
        assert one["groups"][0]["name"]

    def test_limit(self, netcrm: Netcrm, book: Store) -> None:
        """--limit says how much of the timeline."""
        grace = added(book, "Grace Hopper")
        for days in range(15):
            logged(book, grace, days_ago=days, text=f"day {days}")

        def entries(*args: str) -> int:
            return sum(row[0] == "entry" for row in netcrm("show", "Grace", *args).rows)

        assert entries() == 10
        assert entries("--limit", "15") == 15
        assert entries("--limit", "0") == 0

    def test_terminal(self, seen: Netcrm, world: Store) -> None:
        """On a terminal: all of it, with how much of the timeline is left."""
        out = seen("show", "1", "--limit", "1").out
        for word in (
            "Christina Vale",
            "Head of Talent",
            "#design",
            "every 6 weeks",
            "To give",
            "Timeline",
            "more",
        ):
            assert word in out

    @pytest.mark.parametrize("person", range(1, 62))
    def test_everybody(self, seen: Netcrm, netcrm: Netcrm, world: Store, person: int) -> None:
        """Everybody of the demo world can be shown, each way."""
        assert seen("show", str(person)).code == 0
        assert netcrm("show", str(person)).code == 0
        assert netcrm("show", str(person), "--json").json["id"] == person

    def test_bare(self, seen: Netcrm, book: Store) -> None:
        """Someone of whom only the name is known can be shown."""
        added(book, "Grace Hopper")
        assert "no contact yet" in seen("show", "Grace").out

    def test_hostile(self, seen: Netcrm, book: Store) -> None:
        """Nothing that a terminal would act on reaches it."""
        raw = "\x1b[2J\x9b\x07\u202e"
        book.people.add(
            Profile(name=f"Eve{raw}", note=f"a{raw}\nb", city=raw, wants=(raw,), tags=(f"x{raw}",))
        )
        logged(book, 1, text=f"x{raw}")
        for args in ((), ("--json",)):
            out = seen("show", "1", *args).out
            assert "\x1b[2J" not in out
            assert not set("\x9b\x07\u202e") & set(out)
