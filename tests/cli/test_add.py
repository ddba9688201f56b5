"""``netcrm add``."""

from datetime import date

import pytest

from netcrm.domain.people import ContactPoint
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added


class TestAdded:
    """What is kept."""

    def test_everything(self, netcrm: Netcrm, book: Store) -> None:
        """Each flag has its place."""
        bela = added(book, "Bela Kovács")
        ended = netcrm(
            *("add", "Christina", "Vale", "--title", "Head of Talent", "--org", "Acme", "--city", "Lisbon"),
            *("--nickname", "Tina", "--email", "a@b.example", "--email", "c@d.example", "--phone", "+44 1"),
            *("--url", "https://x.example", "--tag", "#design", "--tag", "circus", "--every", "6 weeks"),
            *("--want", "designers", "--offer", "a CV read", "--met", "at PyCon", "--met-on", "last friday"),
            *("--introduced-by", "bela", "--note", "No walnuts.", "--occasion", "birthday 3 May 1971"),
        )
        assert (ended.code, ended.err) == (0, "")
        ((name, number),) = ended.rows
        person = book.people.get(int(number))
        assert person is not None
        profile = person.profile
        assert (name, profile.name) == ("Christina Vale", "Christina Vale")
        assert (profile.title, profile.organisation, profile.city) == ("Head of Talent", "Acme", "Lisbon")
        assert profile.nicknames == ("Tina",)
        assert profile.points == (
            ContactPoint("email", "a@b.example"),
            ContactPoint("email", "c@d.example"),
            ContactPoint("phone", "+44 1"),
            ContactPoint("url", "https://x.example"),
        )
        assert profile.tags == ("design", "circus")
        assert profile.cadence == 42
        assert (profile.wants, profile.offers) == (("designers",), ("a CV read",))
        assert (profile.met, profile.met_on, profile.introduced_by) == ("at PyCon", date(2026, 11, 20), bela)
        assert profile.note == "No walnuts."
        (occasion,) = profile.occasions
        assert (occasion.kind, occasion.month, occasion.day, occasion.year) == ("birthday", 5, 3, 1971)

    def test_json(self, netcrm: Netcrm) -> None:
        """As JSON: the record."""
        one = netcrm("add", "Grace Hopper", "--every", "never", "--json").json
        assert (one["name"], one["cadence"], one["entries"]) == ("Grace Hopper", 0, 0)

    def test_terminal(self, seen: Netcrm) -> None:
        """On a terminal: a sentence."""
        out = seen("add", "Grace Hopper", "--every", "monthly").out
        assert "Grace Hopper" in out
        assert "monthly" in out

    def test_namesake(self, netcrm: Netcrm, book: Store) -> None:
        """Someone of the same name is added, and it is said that there was one."""
        netcrm("add", "Grace Hopper")
        ended = netcrm("add", "grace hopper")
        assert ended.code == 0
        assert "that name already" in ended.err
        assert book.people.count() == 2


class TestRefused:
    """What is not understood."""

    @pytest.mark.parametrize(
        "flags",
        [
            ("--every", "now and then"),
            ("--met-on", "in a while"),
            ("--occasion", "birthday"),
        ],
    )
    def test_wrong_flag(self, netcrm: Netcrm, book: Store, flags: tuple[str, str]) -> None:
        """A flag that is not understood is refused in a line, and nobody added."""
        ended = netcrm("add", "Grace", *flags)
        assert ended.code == 2
        assert len(ended.err.splitlines()) == 1
        assert book.people.count() == 0

    def test_no_name(self, netcrm: Netcrm) -> None:
        """A person needs a name."""
        assert netcrm("add", " ").code == 2

    def test_introduced_by_nobody(self, netcrm: Netcrm, book: Store) -> None:
        """Who introduced you has to be in the book."""
        ended = netcrm("add", "Grace", "--introduced-by", "Cleo")
        assert ended.code == 1
        assert book.people.count() == 0
