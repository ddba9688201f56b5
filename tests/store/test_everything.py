"""The everything shelf: which entries a search finds, page by page, whichever way they come."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.domain.query import parse
from netcrm.store import Store, everything
from netcrm.store.timeline import Cursor
from tests.world import TODAY, a_store, added, entry, only, person


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three people, a group, and a few entries whose texts are single letters in the order of their days."""
    with a_store(tmp_path_factory.mktemp("book")) as store:
        amara = added(
            store, person("Amara Okafor", city="Porto", organisation="Eso", tags=("sky",), wants=("a dome",))
        )
        bela = added(store, person("Béla Kovács", city="Lisbon", title="Painter", nicknames=("Bob",)))
        cleo = added(store, person("Cleo Marsh", city="Lisbon", cadence=7))
        away = added(store, person("Dora Vance"))
        group = only(store.groups.found(GroupDraft(name="Circus Marketers", members=(bela,))).groups)
        for number, made in enumerate(
            (
                entry(amara, days_ago=9, kind="call", text="one kites", tags=("sky",), enjoyment=1),
                entry(bela, cleo, days_ago=300, text="two posters", place="Café Lisboa"),
                entry(days_ago=3, kind="note", text="three by the river", tags=("sky blue",)),
                entry(bela, days_ago=9, text="four", group_id=group, enjoyment=3),
                entry(days_ago=8, kind="event", text="five", group_id=group),
                entry(amara, cleo, days_ago=500, kind="gave", text="six kites", enjoyment=2),
                entry(away, days_ago=1, kind="email", text="seven posters", place="The river"),
                entry(cleo, days_ago=40, kind="call", text="eight a kite"),
            ),
            start=1,
        ):
            assert only(store.timeline.log(made).interactions) == number
        store.people.archive([away])
        yield store


ALL = [7, 3, 5, 4, 1, 8, 2, 6]
"""The ids, newest first; of one day the one written down last comes first."""

FOUND = {
    "": ALL,
    "kites": [1, 6],
    "kite": [1, 8, 6],
    "a": [1, 8, 6],
    "KITE cleo": [8, 6],
    "river": [7, 3],
    "okafor": [1, 6],
    "bob": [4, 2],
    "marketers": [5, 4],
    "posters bela": [2],
    "nothing": [],
    "kind:call": [1, 8],
    "kind:call kite": [1, 8],
    "kind:call kind:gave": [1, 8, 6],
    "kind:call kind:gave amara": [1, 6],
    "tag:sky": [3, 1],
    'tag:"sky b"': [3],
    "#sky": [3, 1],
    "place:lisboa": [2],
    "place:river": [7],
    "place:!": [],
    "group:circus": [5, 4],
    "group:marketers with:bela": [4],
    "group:!": [],
    "with:kovacs": [4, 2],
    'with:"kovacs bela"': [4, 2],
    "with:bela with:cleo": [2],
    'with:"bela cleo"': [],
    "with:!": [],
    "stars:1": [4, 1, 6],
    "is:bright": [4, 6],
    "stars:3 kind:met": [4],
    "since:2026-11-13 until:2026-11-14": [5, 4, 1],
    "until:2025": [6],
    "city:lisbon": [4, 8, 2, 6],
    "city:lisbon kite": [8, 6],
    "org:eso": [1, 6],
    "title:painter": [4, 2],
    "want:dome": [1, 6],
    "is:drifting": [8, 2, 6],
    "is:archived": [7],
    "is:archived kites": [],
    "tag:sky stars:1": [1],
}


@pytest.fixture(params=["as it is", "walks only", "tries and gathers", "gathers all after all"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ways a page can come, which a few entries are too few to need."""
    tried, few, gathered, walked = {
        "as it is": (500, 10, 10_000, 30_000),
        "walks only": (1, 0, 0, 10_000),
        "tries and gathers": (1, 10, 10_000, 30_000),
        "gathers all after all": (1, 10, -1, 2),
    }[request.param]
    monkeypatch.setattr(everything, "_TRIED", tried)
    monkeypatch.setattr(everything, "_TRIED_FEW", few)
    monkeypatch.setattr(everything, "_GATHERED_MOST", gathered)
    monkeypatch.setattr(everything, "_WALKED_MOST", walked)
    return str(request.param)


class TestFound:
    """What a search finds."""

    @pytest.mark.parametrize("typed", FOUND)
    def test_entries(self, book: Store, typed: str, way: str) -> None:
        """Newest first, whichever way they come."""
        assert [one.id for one in book.everything.entries(parse(typed), today=TODAY)] == FOUND[typed]

    @pytest.mark.parametrize("typed", FOUND)
    @pytest.mark.parametrize("limit", [1, 2, 3])
    def test_pages(self, book: Store, typed: str, limit: int, way: str) -> None:
        """Page after page, from either end, each entry comes once."""
        for oldest_first in (False, True):
            after, met = None, list[int]()
            while page := book.everything.entries(
                parse(typed), after, limit, today=TODAY, oldest_first=oldest_first
            ):
                met += [one.id for one in page]
                after = Cursor(page[-1].day, page[-1].id)
            assert met == (FOUND[typed][::-1] if oldest_first else FOUND[typed])

    @pytest.mark.parametrize("typed", FOUND)
    def test_counted(self, book: Store, typed: str) -> None:
        """As many as there are, aside."""
        with book.everything.aside() as finding:
            assert finding.count(parse(typed), TODAY) == len(FOUND[typed])

    def test_whole(self, book: Store) -> None:
        """An entry comes with its people, tags and group."""
        (found,) = book.everything.entries(parse("stars:3"))
        assert ([one.name for one in found.people], found.group_id) == (["Béla Kovács"], 1)
        assert book.everything.entries(parse("three"))[0].tags == ("sky blue",)

    def test_anything(self, book: Store) -> None:
        """Whatever is typed, nothing of it is syntax."""
        for typed in (
            '"',
            "*",
            "place:*",
            'tag:"%',
            "with:'",
            "group:(",
            "NEAR(a b)",
            "a OR",
            "-kites",
            "漢字",
        ):
            book.everything.entries(parse(typed), today=TODAY)
        book.everything.entries(parse(" ".join(f"w{n} tag:t{n} with:p{n}" for n in range(200))), today=TODAY)


class TestPeopleToo:
    """The terms that came with it find people, too."""

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("group:circus", ["Béla Kovács"]),
            ("group:marketers stars:3", ["Béla Kovács"]),
            ("group:!", []),
            ("place:lisboa", ["Béla Kovács", "Cleo Marsh"]),
            ("place:lisboa kind:call", []),
            ("place:!", []),
            ("stars:2", ["Amara Okafor", "Béla Kovács", "Cleo Marsh"]),
            ("is:bright since:2026", ["Béla Kovács"]),
        ],
    )
    def test_found(self, book: Store, typed: str, names: list[str]) -> None:
        """Members of a group, and who took part in one and the same entry of that place and kind."""
        found = book.search.people(parse(typed), today=TODAY)
        assert [book.people.name(key) for key in found] == names


class TestOrder:
    """The order of days, not of writing down."""

    def test_backdated(self, store: Store) -> None:
        """An entry of an earlier day that is written down later stands where its day is."""
        cleo = added(store, "Cleo")
        for days in (1, 5, 3):
            store.timeline.log(entry(cleo, days_ago=days, text="tea"))
        stands = [one.day for one in store.everything.entries(parse("tea"))]
        assert stands == [TODAY - timedelta(days=ago) for ago in (1, 3, 5)]
