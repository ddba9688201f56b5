"""``netcrm introduce``."""

import pytest

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY, added, person


@pytest.fixture
def two(book: Store) -> tuple[int, int]:
    """Hank, who wants what Amara offers."""
    return (
        added(book, person("Hank Morrow", wants=("a telescope night for the scouts",))),
        added(book, person("Amara Okafor", offers=("a telescope night for schools",))),
    )


WHY = "Hank wants a telescope night for the scouts · Amara offers a telescope night for schools"


class TestListing:
    """Without names."""

    def test_proposed(self, netcrm: Netcrm, seen: Netcrm, two: tuple[int, int]) -> None:
        """Pairs who should meet, and why."""
        assert netcrm("introduce").rows == [
            ["", "proposed", "", "Hank Morrow", "Amara Okafor", WHY, str(two[0]), str(two[1])]
        ]
        (proposed,) = netcrm("introduce", "--json").json["proposed"]
        assert proposed["why"] == WHY
        assert [one["name"] for one in proposed["people"]] == ["Hank Morrow", "Amara Okafor"]
        assert "Proposed" in seen("introduce").out
        assert netcrm("introduce", "--limit", "0").rows == []

    def test_under_way(self, netcrm: Netcrm, seen: Netcrm, book: Store, two: tuple[int, int]) -> None:
        """How far each has come; what was let go is not listed."""
        netcrm("introduce", "hank", "amara", "--why", "the moon")
        book.introductions.mark(1, two[0], "asked", TODAY)
        assert netcrm("introduce").rows == [
            ["1", "asked one", "2026-11-22", "Hank Morrow", "Amara Okafor", "the moon", "1", "2"]
        ]
        (found,) = netcrm("introduce", "--json").json["introductions"]
        assert [(one["asked"], one["asked_on"]) for one in found["people"]] == [
            (True, "2026-11-22"),
            (False, None),
        ]
        assert "Hank asked today" in seen("introduce").out
        assert netcrm("introduce", "--step", "1", "closed", "--note", "not now").rows[0][1] == "closed"
        assert netcrm("introduce").rows == []

    def test_nobody(self, seen: Netcrm, book: Store) -> None:
        """An empty book says how to begin."""
        assert "begins an introduction" in seen("introduce").out


class TestBeginning:
    """With two names."""

    def test_the_reason_is_found(self, netcrm: Netcrm, two: tuple[int, int]) -> None:
        """Without --why it says what is known."""
        assert netcrm("introduce", "hank", "amara").rows[0][5] == WHY

    def test_an_idea_already(self, netcrm: Netcrm, book: Store, two: tuple[int, int]) -> None:
        """What the app proposed by itself takes the reason over; what is further than an idea does not."""
        book.introductions.propose(*two, "stars", TODAY)
        ended = netcrm("introduce", "amara", "hank", "--why", "the moon")
        assert (ended.code, ended.rows[0][0], ended.rows[0][5]) == (0, "1", "the moon")
        assert len(book.introductions.between(*two)) == 1
        netcrm("undo")
        assert book.introductions.between(*two)[0].why == "stars"
        book.introductions.mark(1, two[0], "asked", TODAY)
        ended = netcrm("introduce", "amara", "hank", "--why", "the moon")
        assert (ended.code, "being introduced already" in ended.err) == (1, True)

    def test_refused(self, netcrm: Netcrm, two: tuple[int, int]) -> None:
        """Twice, with oneself, with nobody."""
        netcrm("introduce", "hank", "amara")
        for who, said in (
            (("amara", "hank"), "being introduced already"),
            (("hank", "hank"), "two people"),
            (("hank", "cleo"), "Nobody is called"),
        ):
            ended = netcrm("introduce", *who)
            assert (ended.code, said in ended.err) == (1, True)


class TestSteps:
    """With --step."""

    def test_made_only_with_two_yeses(self, netcrm: Netcrm, book: Store, two: tuple[int, int]) -> None:
        """Or with a note that says why."""
        netcrm("introduce", "hank", "amara", "--why", "the moon")
        ended = netcrm("introduce", "--step", "1", "made")
        assert ended.code == 1
        assert "Say why it is made all the same (--note)." in ended.err
        assert netcrm("introduce", "--step", "1", "made", "--note", "they met by chance").rows[0][1] == "made"
        assert book.timeline.of(two[1])[0].text == "Introduced Hank and Amara: the moon"
        netcrm("undo")
        assert not book.timeline.of(two[1])

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (("--step", "x", "made"), "no id"),
            (("--step", "1", "done"), "no step"),
            (("hank",), "two people"),
            (("--why", "x"), "--why says"),
            (("--note", "x"), "--note belongs"),
            (("hank", "amara", "--step", "1", "made"), "not both"),
        ],
    )
    def test_wrongly_asked(
        self, netcrm: Netcrm, two: tuple[int, int], args: tuple[str, ...], said: str
    ) -> None:
        """Each with a sentence."""
        ended = netcrm("introduce", *args)
        assert (ended.code, said in ended.err) == (2, True)

    def test_no_such(self, netcrm: Netcrm, two: tuple[int, int]) -> None:
        """An id that is not there."""
        ended = netcrm("introduce", "--step", "9", "made")
        assert (ended.code, "There is no introduction 9" in ended.err) == (1, True)
