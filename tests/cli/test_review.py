"""``netcrm review``: a week or a year looked back on, and its page for the browser."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.ui.test_hostile import ALL, HARMLESS, SEQUENCES
from tests.world import added, entry, logged


class Page(HTMLParser):
    """What a page says, and what it would load."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self._number = ""
        self.numbers: dict[str, int] = {}
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        self._open.append(tag)
        self._number = given.get("data-number", self._number)

    def handle_data(self, data: str) -> None:
        if self._number:
            self.numbers[self._number] = int(data)
            self._number = ""
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def having(self, name: str) -> list[dict[str, str]]:
        """The attributes of the elements that have one of a name."""
        return [attributes for _, attributes in self.elements if name in attributes]


class TestWhat:
    """Which week, or which year."""

    @pytest.mark.parametrize(
        ("asked", "name", "first", "last"),
        [
            ((), "2026-W47", "2026-11-16", "2026-11-22"),
            (("--week", "2026-W30"), "2026-W30", "2026-07-20", "2026-07-26"),
            (("--week", "2026w01"), "2026-W01", "2025-12-29", "2026-01-04"),
            (("--week", "2026-07-22"), "2026-W30", "2026-07-20", "2026-07-26"),
            (("--week", "14 november"), "2026-W46", "2026-11-09", "2026-11-15"),
            (("--year",), "2026", "2026-01-01", "2026-12-31"),
            (("--year", "2025"), "2025", "2025-01-01", "2025-12-31"),
        ],
    )
    def test_span(
        self, netcrm: Netcrm, world: Store, asked: tuple[str, ...], name: str, first: str, last: str
    ) -> None:
        """This week unless one says."""
        span = netcrm("review", "--json", *asked).json["span"]
        assert (span["name"], span["first"], span["last"]) == (name, first, last)

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            (("--week", "2026-W48"), "2026-W48 is still to come"),
            (("--year", "2027"), "2027 is still to come"),
            (("--week", "2026-W54"), "There is no week 2026-W54"),
            (("--week", "soonish"), "is no date"),
            (("--year", "x"), "is no year"),
            (("--year", "0000"), "is no year"),
            (("--year", "2025", "--week", "2026-W01"), "one of --week and --year"),
        ],
    )
    def test_wrongly_asked(self, netcrm: Netcrm, world: Store, asked: tuple[str, ...], said: str) -> None:
        """It says why, in a sentence."""
        ended = netcrm("review", *asked)
        assert ended.code == 2
        assert said in ended.err

    def test_the_first_years_there_are(self, netcrm: Netcrm, world: Store) -> None:
        """No year is too old to be asked for; there is nothing in it."""
        assert netcrm("review", "--year", "0001", "--json").json["entries"] == 0
        assert netcrm("review", "--week", "0001-W01", "--json").json["entries"] == 0


class TestPrinted:
    """On a terminal, in a pipe, as JSON."""

    def test_json(self, netcrm: Netcrm, world: Store) -> None:
        """What the demo's week holds."""
        found = netcrm("review", "--json").json
        assert (found["gave"], found["asked"], found["conversations"], found["people"]) == (2, 0, 14, 17)
        assert [one["people"][0]["name"] for one in found["given"]] == ["Grace Lindqvist", "Noor Rahimi"]
        assert sum(one["entries"] for one in found["kinds"]) == found["entries"]
        assert sum(week["gave"] for week in found["weeks"]) == 36
        assert [one["name"] for one in found["drifting"]] == ["Jo March", "Bela Kovács"]
        assert found["coming"][0]["group"]["name"] == "Boulder & Soup"
        days = {one["day"]: one["conversations"] for one in found["map"]["days"]}
        assert days["2026-11-21"] == 2
        assert sum(days.values()) == found["map"]["conversations"]

    def test_piped(self, netcrm: Netcrm, world: Store) -> None:
        """Six columns a row, whatever the row is about."""
        rows = netcrm("review").rows
        assert {len(row) for row in rows} == {6}
        assert rows[0][:3] == ["span", "2026-11-16", "2026-W47"]
        assert ["conversations", "2026-11-16", "", "", "14", ""] in rows
        assert ["day", "2026-11-21", "", "", "2", ""] in rows
        (group,) = (row for row in rows if row[:3] == ["group", "2026-09-18", "Lisbon Designers"])
        assert group[3] == "quiet 9 weeks"

    def test_on_a_terminal(self, seen: Netcrm, world: Store) -> None:
        """The map, as many weeks as fit, and then what there is to read."""
        out = re.sub(r"\x1b\[[0-9;]*m", "", seen("review").out)
        assert "Week 47, Mon 16 – Sun 22 Nov" in out
        lines = out.splitlines()
        (monday,) = (line for line in lines if line.startswith("Mon "))
        assert len(monday) <= 100
        assert "Fri ✦ Grace two old rain atlases, on loan" in out
        assert "a hello would be welcome" in out

    def test_an_empty_book(self, seen: Netcrm, netcrm: Netcrm, book: Store) -> None:
        """It stumbles over nothing."""
        assert "a quiet time" in seen("review").out
        assert netcrm("review", "--json").json["entries"] == 0


class TestThePage:
    """``--html``."""

    @pytest.mark.parametrize("asked", [(), ("--year",), ("--year", "2025"), ("--week", "2026-W20")], ids=str)
    def test_it_says_the_numbers_of_json(
        self, netcrm: Netcrm, world: Store, tmp_path: Path, asked: tuple[str, ...]
    ) -> None:
        """Every number, the map's and the bars' too."""
        page_path = tmp_path / "review.html"
        found = netcrm("review", "--json", "--html", str(page_path), *asked).json
        page = Page(page_path)
        assert page.numbers == {name: found[name] for name in ("conversations", "people", "gave", "asked")}
        counts = {one["data-day"]: int(one["data-count"]) for one in page.having("data-day")}
        assert {day: many for day, many in counts.items() if many} == {
            one["day"]: one["conversations"] for one in found["map"]["days"]
        }
        levels = {one["data-day"]: one["class"] for one in page.having("data-day")}
        assert all(levels[one["day"]] == f"l{one['level']}" for one in found["map"]["days"])
        (said,) = page.having("data-map-people")
        assert int(said["data-map-people"]) == found["map"]["people"]
        assert int(said["data-map-conversations"]) == found["map"]["conversations"]
        for what in ("gave", "asked"):
            bars = [(one["data-week"], int(one[f"data-{what}"])) for one in page.having(f"data-{what}")]
            if bars:
                assert bars == [(week["first"], week[what]) for week in found["weeks"]]
            else:
                assert not any(week["gave"] + week["asked"] for week in found["weeks"])

    def test_it_loads_nothing(self, netcrm: Netcrm, world: Store, tmp_path: Path) -> None:
        """No script, no address, no file of another place; and a policy that forbids them."""
        netcrm("review", "--year", "--html", str(tmp_path / "review.html"))
        page = Page(tmp_path / "review.html")
        assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object", "base"}
        for _, attributes in page.elements:
            assert not {"src", "href", "xlink:href", "srcset", "data", "action"} & attributes.keys()
            assert not any(name.startswith("on") for name in attributes)
        style = "".join(page.texts["style"])
        assert "url(" not in style
        assert "@import" not in style
        assert "prefers-color-scheme:dark" in style
        assert any("default-src 'none'" in one.get("content", "") for _, one in page.elements)

    def test_hostile(self, netcrm: Netcrm, book: Store, tmp_path: Path) -> None:
        """Text from outside is text: it opens no element, and what is not seen does not stand in it."""
        name = f"<script>alert(1)</script>\"'<b onclick=x> & {ALL}"
        one = added(book, name)
        book.timeline.log(entry(one, text=name, kind="gave", tags=(name,), enjoyment=3))
        logged(book, one, kind="learned", text="</li></ul><img src=x onerror=alert(1)>")
        netcrm("review", "--html", str(tmp_path / "review.html"))
        page = Page(tmp_path / "review.html")
        assert not {tag for tag, _ in page.elements} & {"script", "img"}
        assert not page.having("onclick")
        assert "<script>alert(1)</script>" in "".join(page.texts["b"])
        assert HARMLESS in page.source
        assert not any(
            control in page.source for sequence in SEQUENCES for control in sequence if control < " "
        )
        assert "\u202e" not in page.source

    def test_it_is_for_its_user_alone(self, netcrm: Netcrm, world: Store, tmp_path: Path) -> None:
        """Nobody else may read it; once more it is written anew."""
        path = tmp_path / "review.html"
        for year in ("2025", "2026"):
            assert netcrm("review", "--year", year, "--html", str(path)).code == 0
            assert path.stat().st_mode & 0o777 == 0o600
        assert "<h1>2026</h1>" in path.read_text()
        assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".netcrm-")] == []

    def test_never_over_something_else(self, netcrm: Netcrm, world: Store, tmp_path: Path) -> None:
        """What is no review stays as it is; where nothing can be written it says so."""
        path = tmp_path / "thesis.html"
        path.write_text("<!doctype html>my thesis")
        ended = netcrm("review", "--html", str(path))
        assert (ended.code, path.read_text()) == (1, "<!doctype html>my thesis")
        assert "is no review" in ended.err
        ended = netcrm("review", "--html", str(tmp_path / "none" / "x.html"))
        assert ended.code == 1
        assert "can't be written" in ended.err
