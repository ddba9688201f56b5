"""``netcrm give``."""

from datetime import timedelta

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY, added, day, only, person, queued


@pytest.fixture
def grace(book: Store) -> int:
    """The id of someone in the book."""
    return added(book, "Grace Hopper")


class TestList:
    """What waits."""

    def test_order_and_columns(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """Id, section, day, person, words, why now, kind, the person's id; in the queue's order."""
        later = queued(book, grace, "Later", due=TODAY + timedelta(days=30), kind="article")
        late = queued(book, grace, "Late", due=TODAY - timedelta(days=2), promised=True)
        why = "2 days late · promised"
        assert netcrm("give").rows == [
            [str(late), "Overdue", "2026-11-20", "Grace Hopper", "Late", why, "help", str(grace)],
            [str(later), "Later", "2026-12-22", "Grace Hopper", "Later", "22 Dec", "article", str(grace)],
        ]

    def test_filters(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """By kind, by person, and by both; a name alone is a person too."""
        hank = added(book, "Hank Morrow")
        queued(book, grace, "An article", kind="article")
        queued(book, grace, "A hand")
        queued(book, hank, "Another article", kind="article")

        def words(*args: str) -> set[str]:
            return {row[4] for row in netcrm("give", *args).rows}

        assert words("--kind", "article") == {"An article", "Another article"}
        assert words("--person", "hank") == words("--with", "hank") == words("hank") == {"Another article"}
        assert words("--kind", "article", "--kind", "help", "--with", "grace") == {"An article", "A hand"}

    def test_json(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """As JSON: each give with its state and why now."""
        queued(book, grace, "Send the paper", due=TODAY)
        (give,) = netcrm("give", "--json").json["gives"]
        assert (give["words"], give["state"], give["section"]) == ("Send the paper", "queued", "Today")
        assert give["why_now"]
        assert give["person"] == {"id": grace, "name": "Grace Hopper"}

    def test_on_a_terminal(self, seen: Netcrm, book: Store, grace: int) -> None:
        """Under headings, with numbers and the week's room."""
        give = queued(book, grace, "Send the paper", due=TODAY)
        out = seen("give").out
        for words in ("Today", f"{give}", "Send the paper", "Grace Hopper", "room this week", "4 left"):
            assert words in out
        assert "room this week" not in seen("give", "--kind", "help").out

    def test_empty(self, netcrm: Netcrm, seen: Netcrm, grace: int) -> None:
        """Nothing waits."""
        assert netcrm("give").out == ""
        assert "Nothing waits" in seen("give").out
        assert "None" in seen("give", "--dropped").out


class TestQueue:
    """Something is queued."""

    def test_read_as_one_says_it(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """Day, link and kind are read from the words."""
        said = "share the Kestrel opening https://kestrel.example/jobs/118 by friday"
        ended = netcrm("give", "grace", *said.split())
        assert ended.code == 0
        (give,) = book.gives.queue(TODAY)
        assert (give.words, give.kind, give.due) == (
            "Share the Kestrel opening",
            "opening",
            day("2026-11-27"),
        )
        assert (give.link, give.source) == ("https://kestrel.example/jobs/118", "typed")
        assert ended.rows[0][0] == str(give.id)

    @pytest.mark.parametrize(
        "args", [("Grace", "Hopper", "send", "it"), ("grace hopper", "send it"), ("1", "send", "it")]
    )
    def test_for_whom(self, netcrm: Netcrm, book: Store, grace: int, args: tuple[str, ...]) -> None:
        """By a whole name, a part, or the id."""
        added(book, "Grace Lindqvist")
        assert netcrm("give", *args).code == 0
        (give,) = book.gives.queue(TODAY)
        assert (give.person_id, give.words.lower()) == (grace, "send it")

    def test_options(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """Kind, promise and effort can be said; a promise can stand in the words too."""
        said = netcrm(
            "give", "grace", "badgers", "--kind", "delight", "--promised", "--effort", "m", "--json"
        )
        (give,) = said.json["gives"]
        assert (give["kind"], give["promised"], give["effort"]) == ("delight", True, "M")
        netcrm("give", "grace", "I'll send the paper")
        assert all(give.promised for give in book.gives.queue(TODAY))

    def test_no_room(self, seen: Netcrm, book: Store, grace: int) -> None:
        """One calm line says that it stands under Later."""
        for number in range(3):
            queued(book, grace, f"{number}")
        assert "has had a good share of the week" in seen("give", "grace", "one", "more").out

    def test_nobody(self, netcrm: Netcrm, grace: int) -> None:
        """Who is not known is said; nothing is queued."""
        ended = netcrm("give", "zebedee", "send", "it")
        assert ended.code == 1
        assert "Nobody is called" in ended.err

    @pytest.mark.parametrize("said", [("walnuts", "buy", "some"), ("Nobody", "Here", "foo")])
    def test_no_name(self, netcrm: Netcrm, book: Store, said: tuple[str, ...]) -> None:
        """A word that is only noted of somebody names nobody."""
        added(book, person("Christina Vale", note="Allergic to walnuts; nobody knows it here"))
        ended = netcrm("give", *said)
        assert (ended.code, ended.err) == (1, f"Nobody is called “{said[0]}”.\n")
        assert not book.gives.queue(TODAY)

    def test_nearly_a_name(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """A slip of the hand queues nothing, and says who comes near."""
        ended = netcrm("give", "Grcae", "send", "it")
        assert ended.code == 1 and "You may mean:" in ended.err and "Grace Hopper" in ended.err
        assert not book.gives.queue(TODAY)

    def test_the_day_it_understood(self, seen: Netcrm, grace: int) -> None:
        """On a terminal it is said back."""
        out = seen("give", "grace", "send", "the", "paper", "by", "friday").out
        assert "Queued “Send the paper” for Grace Hopper · by Fri 27 Nov 2026" in out
        assert "by Fri" not in seen("give", "grace", "send", "it").out

    def test_nothing_to_do(self, netcrm: Netcrm, grace: int) -> None:
        """A day alone is nothing to do."""
        ended = netcrm("give", "grace", "by", "friday")
        assert ended.code == 2
        assert "Say what there is to do" in ended.err


class TestWhatBecameOfIt:
    """Given, put off, not for them, landed."""

    def test_done(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """Several in one act; each stands in the timeline."""
        gives = [queued(book, grace, words) for words in ("Send the paper", "Lend the tent")]
        ended = netcrm("give", "--done", *map(str, gives))
        assert [row[1] for row in ended.rows] == ["given", "given"]
        assert len(book.timeline.of(grace)) == 2
        assert netcrm("undo").code == 0
        assert len(book.gives.queue(TODAY)) == 2

    @pytest.mark.parametrize(
        ("when", "until"),
        [
            ("3d", "2026-11-25"),
            ("next tuesday", "2026-11-24"),
            ("in 3 weeks", "2026-12-13"),
            ("12 dec", "2026-12-12"),
            ("after christmas", "2026-12-27"),
        ],
    )
    def test_snooze(self, netcrm: Netcrm, book: Store, grace: int, when: str, until: str) -> None:
        """One or several, until a day in words."""
        gives = [queued(book, grace, words) for words in ("one", "other")]
        assert netcrm("give", "--snooze", *map(str, gives), *when.split()).code == 0
        assert {give.snoozed_until for give in book.gives.queue(TODAY)} == {day(until)}

    def test_drop(self, netcrm: Netcrm, seen: Netcrm, book: Store, grace: int) -> None:
        """It is remembered, and can be listed."""
        give = queued(book, grace, "Send the paper")
        assert netcrm("give", "--drop", str(give)).code == 0
        assert netcrm("give").rows == []
        (row,) = netcrm("give", "--dropped").rows
        assert row[:5] == [str(give), "dropped", "2026-11-22", "Grace Hopper", "Send the paper"]
        assert "not for them" in seen("give", "--dropped").out
        assert netcrm("give", "--dropped", "--json").json["gives"][0]["state"] == "dropped"

    def test_landed(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """Afterwards."""
        give = queued(book, grace, "Send the paper")
        assert netcrm("give", "--landed", "yes", str(give)).code == 1
        book.gives.give([give], TODAY)
        ended = netcrm("give", "--landed", "no", str(give), "--json")
        assert ended.json["gives"][0]["landed"] == "no"
        assert ended.json["label"] == "“Send the paper” did not land with Grace Hopper"

    def test_no_day(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """What is no day is said to be none."""
        ended = netcrm("give", "--snooze", str(queued(book, grace, "Wait")), "banana", "split")
        assert ended.code == 2 and "“banana split” is no day to come" in ended.err

    @pytest.mark.parametrize(
        ("args", "code"),
        [
            (("--done",), 2),
            (("--done", "x"), 2),
            (("--done", "99"), 1),
            (("--drop", "99"), 1),
            (("--done", "9" * 30), 2),
            (("--snooze", "1"), 2),
            (("--snooze", "1", "yesterday"), 2),
            (("--snooze", "1", "foo"), 2),
            (("--snooze", "99", "3d"), 1),
            (("--landed", "yes"), 2),
            (("--landed", "yes", "1", "2"), 2),
            (("--landed", "yes", "--done", "1"), 2),
            (("--landed", "perhaps", "1"), 2),
            (("--kind", "foo"), 2),
        ],
    )
    def test_wrongly_asked(
        self, netcrm: Netcrm, book: Store, grace: int, args: tuple[str, ...], code: int
    ) -> None:
        """A sentence says why, and nothing is changed."""
        queued(book, grace, "Send the paper")
        ended = netcrm("give", *args)
        assert ended.code == code
        assert ended.err.strip().endswith((".", "--help."))
        assert len(book.gives.queue(TODAY)) == 1
        assert book.gives.queue(TODAY)[0].state == "queued"

    def test_given_twice(self, netcrm: Netcrm, book: Store, grace: int) -> None:
        """What was given does not wait any more."""
        give = str(queued(book, grace))
        assert netcrm("give", "--done", give).code == 0
        assert netcrm("give", "--done", give).code == 1


class TestNoSuchDay:
    """A day that the calendar does not have."""

    def test_of_a_give(self, netcrm: Netcrm, book: Store) -> None:
        """It is said, and nothing is saved; what only looks like a day is part of the words."""
        added(book, "Hank Morrow")
        ended = netcrm("give", "hank", "call her by 31 Feb")
        assert (ended.code, "31 Feb is no day." in ended.err) == (1, True)
        assert not book.gives.queue(TODAY)
        assert netcrm("give", "hank", "read the book on 12 monkeys").code == 0


class TestGroups:
    """Gives for a group."""

    def test_by_its_name(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """Its name begins the words as a person's does; the list names it, and can be narrowed to it."""
        added(book, "Grace Hopper")
        group = only(book.groups.found(GroupDraft(name="Circus Marketers")).groups)
        said = netcrm(
            "give", "--json", "circus", "marketers", "share", "the", "poster", "talk", "by", "friday"
        )
        (give,) = said.json["gives"]
        assert (give["group"], give["person"]) == ({"id": group, "name": "Circus Marketers"}, None)
        assert (give["words"], give["kind"]) == ("Share the poster talk", "help")
        assert "Circus Marketers" in seen("give").out and "Circus Marketers" in seen("today").out
        assert [row[3] for row in netcrm("give", "--with", "Circus Marketers").rows] == ["Circus Marketers"]
        assert netcrm("give", "--done", str(give["id"])).code == 0
        whole = book.groups.get(group)
        assert whole and whole.entries == 1
