"""``netcrm today``."""

from datetime import date, timedelta

from netcrm.domain.occasions import Occasion
from netcrm.domain.people import NEVER, Profile
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY, added, logged, queued


class TestHeld:
    """What the day holds."""

    def test_gives(self, netcrm: Netcrm, book: Store) -> None:
        """What is overdue, due today or this week; not what is later."""
        grace = added(book, "Grace Hopper")
        for words, days in (("Late", -2), ("Now", 0), ("Soon", 3), ("Later", 30)):
            queued(book, grace, words, due=TODAY + timedelta(days=days))
        rows = [row for row in netcrm("today").rows if row[0] == "give"]
        assert [(row[1], row[2], row[3]) for row in rows] == [
            ("2026-11-20", "Grace Hopper", "Late"),
            ("2026-11-22", "Grace Hopper", "Now"),
            ("2026-11-25", "Grace Hopper", "Soon"),
        ]
        assert rows[0][4].startswith("Overdue: 2 days late")

    def test_room(self, netcrm: Netcrm, book: Store) -> None:
        """The room that is left."""
        queued(book, added(book))
        assert ["room", "2026-11-22", "", "4 of 5 left", "", ""] in netcrm("today").rows

    def test_people(self, netcrm: Netcrm, book: Store) -> None:
        """Those beyond their rhythm, whoever was due first at the top; nobody without one."""
        for name, cadence, silent in (
            ("Ada", 30, 45),
            ("Bo", 30, 200),
            ("Cy", 30, 20),
            ("Di", None, 900),
            ("Ed", 0, 900),
        ):
            logged(book, added(book, Profile(name=name, cadence=cadence)), days_ago=silent)
        people = [row for row in netcrm("today").rows if row[0] == "person"]
        assert [(row[2], row[4]) for row in people] == [("Bo", "drifting: monthly"), ("Ada", "ripe: monthly")]

    def test_limit(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """Ten people unless one asks for more; how many more is said."""
        for number in range(12):
            logged(book, added(book, Profile(name=f"Person {number}", cadence=7)), days_ago=30)
        assert sum(row[0] == "person" for row in netcrm("today").rows) == 10
        assert sum(row[0] == "person" for row in netcrm("today", "--limit", "12").rows) == 12
        assert "2 more" in seen("today").out

    def test_archived(self, netcrm: Netcrm, book: Store) -> None:
        """Who was put away is not spoken of."""
        ada = added(book, Profile(name="Ada", cadence=7, occasions=(birthday(11, 25),)))
        logged(book, ada, days_ago=50)
        queued(book, ada)
        book.people.archive([ada])
        assert [row[0] for row in netcrm("today").rows] == ["room"]

    def test_occasions(self, netcrm: Netcrm, book: Store) -> None:
        """Those of the next fourteen days, the nearest first."""
        for name, month, day in (("Ada", 12, 6), ("Bo", 11, 22), ("Cy", 12, 7), ("Di", 11, 21)):
            book.people.add(Profile(name=name, occasions=(birthday(month, day),)))
        rows = [row for row in netcrm("today").rows if row[0] == "occasion"]
        assert [(row[1], row[2]) for row in rows] == [("2026-11-22", "Bo"), ("2026-12-06", "Ada")]

    def test_many_occasions(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """So many, those of whom one keeps in touch with first, and how many more there are."""
        for number, cadence in enumerate((None, None, NEVER, 30)):
            born = birthday(11, 23 + number)
            book.people.add(Profile(name=f"P{number}", cadence=cadence, occasions=(born,)))
        rows = [row for row in netcrm("today", "--occasions", "2").rows if row[0] == "occasion"]
        assert [row[2] for row in rows] == ["P0", "P3"]
        assert "and 2 more" in seen("today", "--occasions", "2").out
        assert "more;" not in seen("today").out

    def test_leap_day(self, book: Store) -> None:
        """29 February is looked for on the 28th of a common year, and across the end of a year."""
        book.people.add(Profile(name="Ada", occasions=(birthday(2, 29),)))
        book.people.add(Profile(name="Bo", occasions=(birthday(1, 1),)))
        ((day, named, _),) = book.people.coming(date(2027, 2, 20), 14)
        assert (day, named.name) == (date(2027, 2, 28), "Ada")
        ((day, named, _),) = book.people.coming(date(2026, 12, 31), 14)
        assert (day, named.name) == (date(2027, 1, 1), "Bo")


class TestPrinted:
    """How it is printed."""

    def test_columns(self, netcrm: Netcrm, world: Store) -> None:
        """Every row has six columns."""
        rows = netcrm("today").rows
        assert {len(row) for row in rows} == {6}
        assert {row[0] for row in rows} >= {"give", "room", "person"}

    def test_json(self, netcrm: Netcrm, world: Store) -> None:
        """As JSON: one object."""
        said = netcrm("today", "--json").json
        assert said.keys() == {"day", "gives", "room", "people", "occasions", "away_until", "did_it_land"}
        assert said["day"] == "2026-11-22"
        assert said["gives"][0]["why_now"]

    def test_terminal(self, seen: Netcrm, world: Store) -> None:
        """On a terminal: with the day, sections and room."""
        out = seen("today").out
        for word in ("Sunday 22 November", "room this week", "Overdue", "Today", "Say hello again"):
            assert word in out

    def test_did_it_land(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """A week after a give it asks once whether it landed, and says how to answer."""
        give = queued(book, added(book, "Grace Hopper"), "Send the paper")
        book.gives.give([give], TODAY - timedelta(days=8))
        assert netcrm("today", "--json").json["did_it_land"]["words"] == "Send the paper"
        out = seen("today").out
        assert "Did it land?" in out
        assert f"netcrm give --landed yes {give}" in out
        assert netcrm("give", "--landed", "yes", str(give)).code == 0
        assert netcrm("today", "--json").json["did_it_land"] is None

    def test_what_was_found(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """What it has queued it says last, once, and how to take it back; a script reads nothing of it."""
        said = "Found 1 thing to give; netcrm undo takes it back."
        added(book, Profile(name="Ada", occasions=(birthday(11, 25),)))
        assert said in seen("today").out.splitlines()[-1]
        assert said not in seen("today").out
        book.people.add(Profile(name="Bo", occasions=(birthday(11, 24),)))
        ended = netcrm("today")
        assert "Found" not in ended.out + ended.err
        assert any(row[2] == "Bo" for row in ended.rows)

    def test_away(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """During a sabbatical it says until when; not before it has begun."""
        added(book)
        book.rhythm.take_sabbatical(TODAY + timedelta(days=1), date(2027, 1, 10))
        assert "away until" not in seen("today").out
        book.rhythm.take_sabbatical(TODAY, TODAY)
        assert "away until 10 Jan" in seen("today").out
        assert netcrm("today", "--json").json["away_until"] == "2027-01-10"

    def test_nothing(self, seen: Netcrm, book: Store) -> None:
        """When nothing waits it says so gladly."""
        added(book)
        ended = seen("today")
        assert ended.code == 0
        assert "Enjoy the day" in ended.out

    def test_empty(self, seen: Netcrm, book: Store) -> None:
        """An empty book says how to begin."""
        assert "netcrm import" in seen("today").out


def birthday(month: int, day: int) -> Occasion:
    """A birthday."""
    return Occasion(kind="birthday", label="birthday", month=month, day=day)
