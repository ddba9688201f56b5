"""``netcrm group``."""

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY, added, day, only, person


@pytest.fixture
def choir(book: Store) -> int:
    """A choir of Hank and Amara; Grace Lindqvist sings in it, and Grace Adeyemi does not."""
    ids = [added(book, name) for name in ("Hank Morrow", "Amara Okafor", "Grace Lindqvist", "Grace Adeyemi")]
    draft = GroupDraft(name="Ribeira Choir", kind="club", cadence=7, topics=("Bach",), members=tuple(ids[:3]))
    return only(book.groups.found(draft).groups)


class TestReading:
    """All of them, and one."""

    def test_list(self, netcrm: Netcrm, seen: Netcrm, world: Store) -> None:
        """By name, with how each stands; the same with and without the word."""
        rows = netcrm("group").rows
        assert [row[1] for row in rows][:2] == ["Amateur Astronomers", "Boulder & Soup"]
        assert rows[0][2:] == ["club", "met Sat", "2026-11-21", "2026-12-12", "6", "2"]
        assert netcrm("group", "list").rows == rows
        assert netcrm("group", "--json").json == netcrm("group", "list", "--json").json
        lisbon = next(one for one in netcrm("group", "--json").json["groups"] if one["quiet"])
        assert (lisbon["name"], lisbon["pulse"]) == ("Lisbon Designers", "quiet 9 weeks")
        assert "▱▱▱▱" in seen("group").out

    def test_put_away(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """Those put away are listed apart, and still shown by name."""
        book.groups.archive(choir)
        assert netcrm("group").rows == []
        assert netcrm("group", "list", "--archived").rows[0][1] == "Ribeira Choir"
        assert netcrm("group", "show", "choir").code == 0

    def test_show(self, netcrm: Netcrm, seen: Netcrm, world: Store) -> None:
        """Members with what they care about, questions, lessons, and what happened."""
        rows = netcrm("group", "show", "circus", "--limit", "1").rows
        words = [row[0] for row in rows]
        assert [words.count(word) for word in ("member", "question", "settled", "learned", "entry")] == [
            6,
            2,
            1,
            3,
            1,
        ]
        shown = netcrm("group", "show", "Circus", "Marketers", "--json").json
        assert shown["members"][0]["tags"] == ["circus", "marketing", "posters"]
        assert shown["learned"][0]["text"] == "Posters sell better with one face"
        assert len(shown["timeline"]) == 10
        out = seen("group", "show", "circus").out
        assert "Open questions" in out
        assert "Nine, says Bela" in out
        assert "and 7 more" in out

    def test_which(self, netcrm: Netcrm, world: Store) -> None:
        """A slip of the hand is found; what could be several or none lists them, with exit code 1."""
        assert netcrm("group", "show", "lisbn designers").rows[1] == ["name", "Lisbon Designers"]
        assert netcrm("group", "show", "2").rows[1] == ["name", "Amateur Astronomers"]
        several = netcrm("group", "show", "s")
        assert (several.code, several.out) == (0, netcrm("group", "show", "slow readers").out)
        none = netcrm("group", "show", "zither")
        assert none.code == 1
        assert "Slow Readers" in none.err

    def test_an_empty_book(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """It says how to begin."""
        assert "founds one" in seen("group").out
        assert "there is none yet" in netcrm("group", "show", "choir").err


class TestMembers:
    """Found, join, leave."""

    def test_found(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """In one line, with members; one of the same name is not founded twice."""
        ended = netcrm("group", "found", "Alumni 91: circle, yearly, #lisbon", "--member", "hank", "--json")
        (group,) = ended.json["groups"]
        assert (group["name"], group["kind"], group["cadence"], group["topics"]) == (
            "Alumni 91",
            "circle",
            365,
            ["lisbon"],
        )
        assert [member["name"] for member in group["members"]] == ["Hank Morrow"]
        again = netcrm("group", "found", "alumni 91")
        assert (again.code, "already" in again.err) == (1, True)
        assert netcrm("group", "found", " ").code == 2

    def test_join_and_leave(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """Several at once; who is meant is found among the members first."""
        added(book, "Leo Brandt")
        assert netcrm("group", "join", "choir", "leo", "Grace Adeyemi").code == 0
        assert netcrm("group", "join", "choir", "leo").code == 1
        assert netcrm("group", "leave", "choir", "leo").rows == [
            [str(choir), "Ribeira Choir", "took Leo Brandt out of Ribeira Choir"]
        ]
        assert netcrm("group", "leave", "choir", "leo").code == 1
        assert netcrm("group", "leave", "choir", "grace").code == 1
        assert [one.person.name for one in book.groups.members(choir)][-1] == "Grace Adeyemi"


class TestLogging:
    """What happens in a group."""

    def test_a_meeting(self, netcrm: Netcrm, seen: Netcrm, book: Store, choir: int) -> None:
        """All members but those left out, on the day the line says; one undo takes it back."""
        ended = netcrm("group", "log", "choir", "yesterday: sang at _Ribeira_ #bach **", "--without", "grace")
        assert ended.rows[0][:7] == [
            "2026-11-21",
            "met",
            "Sang at Ribeira",
            "Ribeira",
            "bach",
            "2",
            "Hank Morrow, Amara Okafor",
        ]
        assert "Logged a meeting with Ribeira Choir" in seen("group", "log", "choir", "sang again").out
        netcrm("undo")
        assert len(book.timeline.of_group(choir)) == 1

    def test_a_lesson(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """What was learned is from whom the line names, and not from everybody."""
        netcrm("group", "log", "choir", "Amara: breathe before the bar", "--kind", "learned")
        (lesson,) = book.timeline.lessons(choir)
        assert (lesson.kind, lesson.text) == ("learned", "Breathe before the bar")
        assert [one.name for one in lesson.people] == ["Amara Okafor"]

    def test_whose_entry_it_is(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """Wherever it is printed as JSON the entry says which group's it is."""
        logged = netcrm("group", "log", "choir", "sang", "--json").json["interactions"]
        assert [one["group_id"] for one in logged] == [choir]
        assert netcrm("show", "Hank", "--json").json["timeline"][0]["group_id"] == choir

    def test_what_somebody_wants(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """It is noted with them, as any log line does; it was shown as noted and then left out."""
        netcrm("group", "log", "choir", "sang; Hank wants a score")
        (hank,) = book.people.named("hank morrow")
        assert [want.text for want in book.wants.of(hank.id)] == ["a score"]

    def test_not_logged(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """A name that is not clear, or nobody's, saves nothing."""
        added(book, person("Leo Brandt"))
        for args in (
            ["drew with Grace"],
            ["drew with Zed"],
            ["tomorrow: drew"],
            ["sang", "--without", "leo"],
        ):
            ended = netcrm("group", "log", "choir", *args)
            assert (ended.code, ended.out) == (1, ""), args
        assert not book.timeline.of_group(choir)
        assert netcrm("group", "log", "choir", "drew with Grace", "--who", "Grace=4").code == 0

    def test_next(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """A day to come, or none."""
        assert netcrm("group", "next", "choir", "next", "friday").code == 0
        group = book.groups.get(choir)
        assert group
        assert group.next_on == day("2026-11-27")
        assert netcrm("group", "next", "choir", "yesterday").code == 2
        netcrm("group", "next", "choir", "none")
        group = book.groups.get(choir)
        assert group
        assert group.next_on is None

    def test_questions(self, netcrm: Netcrm, book: Store, choir: int) -> None:
        """Asked, and settled by its number."""
        assert netcrm("group", "ask", "choir", "Who", "sings", "bass?").code == 0
        (question,) = book.groups.questions(choir)
        assert (question.text, question.asked_on) == ("Who sings bass?", TODAY)
        assert netcrm("group", "settle", str(question.id), "Hank does").code == 0
        assert book.groups.questions(choir)[0].answer == "Hank does"
        ended = netcrm("group", "settle", "99", "x")
        assert ended.code == 1 and "There is no question 99" in ended.err
        assert netcrm("group", "ask", "choir", " ").code == 2
