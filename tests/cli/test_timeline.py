"""``netcrm timeline``, and notes of one's own and groups in ``netcrm log``."""

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added, entry


@pytest.fixture
def two(book: Store) -> Store:
    """Two people, a group, and three entries."""
    christina, hank = added(book, "Christina Vale"), added(book, "Hank Morrow")
    book.groups.found(GroupDraft(name="Lisbon Designers", members=(christina,)))
    book.timeline.log(entry(christina, hank, days_ago=2, text="Kites", tags=("sky",), enjoyment=2))
    book.timeline.log(entry(christina, days_ago=40, text="Posters\tand ink", kind="call", place="Porto"))
    book.timeline.log(entry(days_ago=1, text="Fonts", kind="event", group_id=1))
    return book


class TestTimeline:
    """What happened, with everybody."""

    def test_rows(self, netcrm: Netcrm, two: Store) -> None:
        """Piped, an entry a line, newest first, its columns where they always are."""
        assert netcrm("timeline").rows == [
            ["2026-11-21", "", "event", "", "Fonts", "", "Lisbon Designers", "", "0", "3"],
            ["2026-11-20", "", "met", "Christina Vale, Hank Morrow", "Kites", "", "", "sky", "2", "1"],
            ["2026-10-13", "", "call", "Christina Vale", "Posters and ink", "Porto", "", "", "0", "2"],
        ]

    @pytest.mark.parametrize(
        ("args", "ids"),
        [
            (["kites"], [1]),
            (["christina"], [1, 2]),
            (["kind:call", "place:porto"], [2]),
            (["--place", "porto", "--kind", "call"], [2]),
            (["--group", "designers"], [3]),
            (["--with", "hank", "--stars", "2", "#sky"], [1]),
            (["--is", "bright"], [1]),
            (["--until", "2026-10"], [2]),
            (["--limit", "2"], [3, 1]),
            (["--limit", "0"], [3, 1, 2]),
        ],
    )
    def test_searched(self, netcrm: Netcrm, two: Store, args: list[str], ids: list[int]) -> None:
        """Words, terms and flags narrow it, together."""
        assert [int(row[-1]) for row in netcrm("timeline", *args).rows] == ids

    def test_json(self, netcrm: Netcrm, two: Store) -> None:
        """As JSON it tells the same, with ids."""
        first, second, _ = netcrm("timeline", "--json").json
        assert (first["group"], first["people"]) == ({"id": 1, "name": "Lisbon Designers"}, [])
        assert [one["name"] for one in second["people"]] == ["Christina Vale", "Hank Morrow"]
        assert (second["text"], second["enjoyment"], second["group"]) == ("Kites", 2, None)

    def test_nothing(self, netcrm: Netcrm, two: Store) -> None:
        """Nothing found is not done; a term that is none is explained, and wrongly asked as a flag."""
        assert netcrm("timeline", "zzz").code == 1
        assert "is no kind" in netcrm("timeline", "kind:dance").err
        assert netcrm("timeline", "--stars", "9").code == 2

    def test_people_by_the_new_terms(self, netcrm: Netcrm, two: Store) -> None:
        """They are flags of find, too."""
        assert [row[0] for row in netcrm("find", "--group", "designers").rows] == ["Christina Vale"]
        assert [row[0] for row in netcrm("find", "--place", "porto").rows] == ["Christina Vale"]
        assert [row[0] for row in netcrm("find", "--stars", "2").rows] == ["Christina Vale", "Hank Morrow"]


class TestLog:
    """Lines of the journal, and of groups."""

    def test_journal(self, netcrm: Netcrm, two: Store) -> None:
        """It stands in the timeline of whom it mentions."""
        rows = netcrm("log", "journal: long walk; thought of @Hank and his kites").rows
        assert ["person", "Hank Morrow", "2"] in rows
        assert rows[-1] == ["saved", "logged a note on Hank Morrow"]
        assert two.timeline.of(2)[0].text == "Long walk; thought of @Hank and his kites"
        assert netcrm("log", "@", "rain").rows[-1] == ["saved", "logged a note of your own"]

    def test_unclear(self, netcrm: Netcrm, two: Store) -> None:
        """A name that nobody has saves nothing, unless it is said to be words."""
        assert netcrm("log", "journal: thought of @Zed").code == 1
        assert netcrm("log", "--who", "Zed=", "journal: thought of @Zed").code == 0
        assert netcrm("timeline", "zed").rows[0][3:5] == ["", "Thought of @Zed"]

    def test_group(self, netcrm: Netcrm, two: Store) -> None:
        """A group alone, by its whole name."""
        rows = netcrm("log", "yesterday: Lisbon Designers: talked about posters").rows
        assert ["group", "Lisbon Designers", "1"] in rows
        assert rows[-1] == ["saved", "logged a meeting with Lisbon Designers"]
        assert netcrm("timeline", "--limit", "1", "--json").json[0]["group"]["id"] == 1
