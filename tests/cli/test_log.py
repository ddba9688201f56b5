"""``netcrm log``."""

from datetime import date

import pytest

from netcrm.domain.gives import WEEKLY_ROOM
from netcrm.domain.people import Profile
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added, queued

LINE = "yesterday: coffee with Christina and Hank at _Café Lisboa_ #design **"


@pytest.fixture
def friends(book: Store) -> tuple[int, int]:
    """Christina Vale and Hank Morrow, by id."""
    return added(book, "Christina Vale"), added(book, "Hank Morrow")


class TestSaved:
    """A line that is understood."""

    def test_entry(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """What happened stands in the timeline of both."""
        assert netcrm("log", LINE).code == 0
        for person in friends:
            (entry,) = book.timeline.of(person)
            assert entry.day == date(2026, 11, 21)
            assert (entry.kind, entry.place, entry.tags, entry.enjoyment) == (
                "met",
                "Café Lisboa",
                ("design",),
                2,
            )

    def test_words(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """The words of a line may come one by one."""
        assert netcrm("log", *LINE.split()).code == 0
        assert book.timeline.count() == 1

    def test_rows(self, netcrm: Netcrm, friends: tuple[int, int]) -> None:
        """Piped, it tells what was understood in columns."""
        rows = netcrm("log", LINE).rows
        assert ["day", "2026-11-21", ""] in rows
        assert ["person", "Christina Vale", str(friends[0])] in rows
        assert ["tag", "design"] in rows
        assert rows[-1] == ["saved", "logged a meeting with Christina Vale and Hank Morrow"]

    def test_json(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """As JSON it tells the same."""
        said = netcrm("log", LINE, "--json").json
        assert said["saved"] is True
        assert said["entry"]["day"] == "2026-11-21"
        assert [one["id"] for one in said["people"]] == list(friends)
        assert book.timeline.get(said["interactions"][0]) is not None

    def test_a_give_in_a_full_week(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """A line's give was let into a week without room; it stands under Later, and this is said."""
        for number in range(WEEKLY_ROOM):
            queued(book, added(book, f"Person {number}"), str(number))
        assert "this week is full" in netcrm("log", "todo: send Hank the paper", "--json").json["label"]

    def test_promise(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """A promise is queued, and nothing logged."""
        said = netcrm("log", "I'll send Hank the paper by Friday", "--json").json
        assert said["entry"] is None
        (give,) = book.gives.queue(date(2026, 11, 22))
        assert (give.whom.name, give.due, give.promised) == ("Hank Morrow", date(2026, 11, 27), True)

    def test_occasion(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """A date is remembered."""
        assert netcrm("log", "Christina: daughter Ana graduates 12 Jun").code == 0
        person = book.people.get(friends[0])
        assert person is not None
        (occasion,) = person.profile.occasions
        assert (occasion.whose, occasion.month, occasion.day) == ("daughter Ana", 6, 12)

    def test_on_a_terminal(self, seen: Netcrm, friends: tuple[int, int]) -> None:
        """On a terminal it shows what the app shows under its log line."""
        out = seen("log", f"{LINE}").out
        for word in ("when", "yesterday", "who", "what", "#design", "★★", "Logged a meeting with"):
            assert word in out

    def test_dry_run(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """--dry-run tells it and saves nothing."""
        ended = netcrm("log", "--dry-run", LINE)
        assert ended.code == 0
        assert not any(row[0] == "saved" for row in ended.rows)
        assert book.timeline.count() == 0


class TestNames:
    """Names that are not clear."""

    def test_ambiguous(self, netcrm: Netcrm, book: Store) -> None:
        """A name that could be two people's lists them and saves nothing."""
        vale, roe = added(book, "Chris Vale"), added(book, "Chris Roe")
        ended = netcrm("log", "coffee with Chris")
        assert (ended.code, ended.out) == (1, "")
        assert f"{vale}  Chris Vale" in ended.err
        assert f"{roe}  Chris Roe" in ended.err
        assert book.timeline.count() == 0

    def test_who(self, netcrm: Netcrm, book: Store) -> None:
        """--who says which of them is meant, even of two with the same name."""
        added(book, "Chris Vale")
        second = added(book, "Chris Vale")
        assert netcrm("log", "coffee with Chris", "--who", f"Chris={second}").code == 0
        assert len(book.timeline.of(second)) == 1

    def test_unknown(self, netcrm: Netcrm, book: Store) -> None:
        """A name that nobody has says how to add them, and saves nothing."""
        ended = netcrm("log", "coffee with Cleo Marsh")
        assert (ended.code, ended.out) == (1, "")
        assert "--new" in ended.err
        assert "netcrm add" in ended.err
        assert book.people.count() == 0

    def test_near(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """Whom it may have meant is said."""
        assert "Hank Morrow" in netcrm("log", "coffee with Hank Brown").err

    def test_new(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """--new adds the unknown in the same act."""
        ended = netcrm("log", "--new", "coffee with Cleo Marsh and Hank and Zoë Lind", "--json")
        assert ended.code == 0
        assert book.people.count() == 4
        assert all(one["id"] > 0 for one in ended.json["people"])
        netcrm("undo")
        assert book.people.count() == 2

    def test_new_is_still_asked_who(self, netcrm: Netcrm, book: Store) -> None:
        """--new does not choose between two of a name."""
        added(book, "Chris Vale")
        added(book, "Chris Roe")
        assert netcrm("log", "--new", "coffee with Chris and Cleo Marsh").code == 1
        assert book.people.count() == 2

    def test_nobody(self, netcrm: Netcrm, book: Store, friends: tuple[int, int]) -> None:
        """--who with nobody leaves a name as words."""
        ended = netcrm("log", "coffee with Hank after Cleo Marsh", "--who", "Cleo Marsh=")
        assert ended.code == 0
        assert book.people.count() == 2

    @pytest.mark.parametrize("who", ["Chris", "=3", "Chris=x", "Chris=-1", "Chris=²"])
    def test_wrong_who(self, netcrm: Netcrm, book: Store, who: str) -> None:
        """--who has to be a name and an id."""
        assert netcrm("log", "coffee with Chris", "--who", who).code == 2

    @pytest.mark.parametrize("number", ["99", "9" * 30])
    def test_no_such_id(self, netcrm: Netcrm, book: Store, number: str) -> None:
        """An id that nobody has is said."""
        ended = netcrm("log", "coffee with Chris", "--who", f"Chris={number}")
        assert ended.code == 1
        assert number in ended.err


class TestNotReady:
    """Lines that lack something."""

    @pytest.mark.parametrize("line", ["", "   ", "coffee", "tomorrow: coffee with Hank"])
    def test_said(self, netcrm: Netcrm, book: Store, friends: tuple[int, int], line: str) -> None:
        """What is missing is said, and nothing saved."""
        ended = netcrm("log", line)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.startswith("Nothing was saved. ")
        assert book.timeline.count() == 0


class TestHostile:
    """Text that a terminal would act on."""

    def test_on_a_terminal(self, seen: Netcrm, book: Store) -> None:
        """Neither what was typed nor who is named reaches the terminal raw."""
        book.people.add(Profile(name="Eve \x1b]0;x\x07 Marsh\u202e"))
        out = seen("log", "coffee with Eve \x1b[2J about \x9b1m #a\x1b[31mb").out
        assert "\x1b]" not in out
        assert "\x1b[2J" not in out
        assert "\x9b" not in out
        assert "\u202e" not in out


class TestNoSuchDay:
    """A day that the calendar does not have."""

    def test_of_an_occasion(self, netcrm: Netcrm, book: Store) -> None:
        """It is said, and nothing is saved."""
        cleo = added(book, "Cleo Marsh")
        ended = netcrm("log", "Cleo: birthday 30 Feb")
        assert (ended.code, "30 Feb is no day." in ended.err) == (1, True)
        assert not book.timeline.of(cleo)
