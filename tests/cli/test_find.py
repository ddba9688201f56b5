"""``netcrm find``."""

import pytest

from netcrm.domain.people import Profile
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added


def names(netcrm: Netcrm, *args: str) -> list[str]:
    """The names that a search prints."""
    return [row[0] for row in netcrm("find", *args).rows]


class TestSearch:
    """What is found."""

    def test_everybody(self, netcrm: Netcrm, world: Store) -> None:
        """Without a word, everybody is."""
        assert len(names(netcrm)) == world.people.count()

    def test_words(self, netcrm: Netcrm, world: Store) -> None:
        """Words hold together; a name that has them comes first."""
        assert names(netcrm, "christina", "vale")[0] == "Christina Vale"
        assert names(netcrm, "kovacs")[0] == "Bela Kovács"

    def test_terms(self, netcrm: Netcrm, world: Store) -> None:
        """A term among the words is the flag of its name."""
        typed = names(netcrm, "tag:design", "city:lisbon")
        assert typed == names(netcrm, "--tag", "design", "--city", "lisbon")
        assert typed == names(netcrm, "tag:design city:lisbon")
        assert "Christina Vale" in typed

    @pytest.mark.parametrize(
        "flags",
        [
            ("--org", "Acme"),
            ("--title", "Head of Talent"),
            ("--kind", "met"),
            ("--with", "Hank"),
            ("--since", "2026-11"),
            ("--until", "2024-12-31"),
            ("--want", "designers"),
            ("--offer", "introductions"),
        ],
    )
    def test_flags(self, netcrm: Netcrm, world: Store, flags: tuple[str, str]) -> None:
        """Each flag narrows, as its term does."""
        found = names(netcrm, *flags)
        assert 0 < len(found) < world.people.count()
        assert found == names(netcrm, f"{flags[0].removeprefix('--')}:{flags[1]}")

    def test_flag_again(self, netcrm: Netcrm, world: Store) -> None:
        """A flag may come twice: both have to hold."""
        both = names(netcrm, "--tag", "design", "--tag", "circus")
        assert both == ["Christina Vale"]

    def test_limit(self, netcrm: Netcrm, world: Store) -> None:
        """--limit is the most that are printed."""
        assert len(names(netcrm, "--limit", "3")) == 3

    def test_archived(self, netcrm: Netcrm, book: Store) -> None:
        """Who was put away is found when asked for."""
        book.people.archive([added(book, "Grace Hopper")])
        added(book, "Hank Morrow")
        assert names(netcrm) == ["Hank Morrow"]
        assert names(netcrm, "--archived") == ["Grace Hopper"]

    def test_nobody(self, netcrm: Netcrm, world: Store) -> None:
        """Nobody found is not done."""
        ended = netcrm("find", "xyzzy")
        assert (ended.code, ended.out, ended.err) == (1, "", "Nobody was found.\n")
        assert netcrm("find", "xyzzy", "--json").json == []

    def test_wrong_term(self, netcrm: Netcrm, world: Store) -> None:
        """A term that is not understood is explained, and the rest still found."""
        ended = netcrm("find", "since:soon", "christina")
        assert ended.code == 0
        assert "since:soon" in ended.err

    @pytest.mark.parametrize("flags", [("--since", "soon"), ("--kind", "dance"), ("--limit", "0")])
    def test_wrong_flag(self, netcrm: Netcrm, world: Store, flags: tuple[str, str]) -> None:
        """A flag that is not understood would find everybody, so it is refused."""
        ended = netcrm("find", *flags)
        assert (ended.code, ended.out) == (2, "")

    @pytest.mark.parametrize("typed", ['"', "'", "*", "name:", "(", "a AND", "-x y", "%", ";"])
    def test_anything_typed(self, netcrm: Netcrm, world: Store, typed: str) -> None:
        """Nothing that is typed is an error of the search's own."""
        assert netcrm("find", "--", typed).code in (0, 1)


class TestPrinted:
    """How it is printed."""

    def test_columns(self, netcrm: Netcrm, world: Store) -> None:
        """Piped: name, title, organisation, city, last contact, tags, id."""
        (row,) = netcrm("find", "Christina Vale", "--limit", "1").rows
        assert row == [
            "Christina Vale",
            "Head of Talent",
            "Acme",
            "Lisbon",
            "2026-11-19",
            "design,circus,hiring",
            "1",
        ]

    def test_every_row_has_every_column(self, netcrm: Netcrm, book: Store) -> None:
        """A column that is empty, or holds a tab or a line end, moves no other."""
        book.people.add(Profile(name="A\tB", title="one\ntwo", tags=("x\ty",)))
        book.people.add(Profile(name="Nobody else"))
        assert [len(row) for row in netcrm("find").rows] == [7, 7]

    def test_json(self, netcrm: Netcrm, world: Store) -> None:
        """As JSON: a list of records."""
        (one,) = netcrm("find", "Christina Vale", "--limit", "1", "--json").json
        assert one["name"] == "Christina Vale"
        assert one["last_contact"] == "2026-11-19"
        assert one["tags"] == ["design", "circus", "hiring"]

    def test_terminal(self, seen: Netcrm, world: Store) -> None:
        """On a terminal: a line each that fits, in colour."""
        out = seen("find").out
        assert "\x1b[" in out
        assert len(out.splitlines()) == world.people.count()

    def test_no_colour(self, seen: Netcrm, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """NO_COLOR is heard, and every line fits."""
        monkeypatch.setenv("NO_COLOR", "1")
        out = seen("find").out
        assert "\x1b" not in out
        assert all(len(line) <= 100 for line in out.splitlines())

    @pytest.mark.parametrize("cells", ["20", "40", "300"])
    def test_any_width(self, seen: Netcrm, world: Store, monkeypatch: pytest.MonkeyPatch, cells: str) -> None:
        """No width is too small."""
        monkeypatch.setenv("COLUMNS", cells)
        assert seen("find").code == 0

    def test_hostile(self, seen: Netcrm, netcrm: Netcrm, book: Store) -> None:
        """What a terminal would act on reaches it neither as text nor as JSON, and JSON loses nothing."""
        name = "Eve \x1b]0;x\x07\x9b1m\u202e 👩\u200d👧 李"
        book.people.add(Profile(name=name, organisation="[red]\x1b[2J"))
        for out in (seen("find").out, seen("find", "--json").out, netcrm("find").out):
            assert not {"\x1b]", "\x07", "\x9b", "\u202e"} & {out[at : at + 2] for at in range(len(out))} | {
                c for c in out if c in "\x07\x9b\u202e"
            }
            assert "\x1b[2J" not in out
            assert "李" in out
        assert netcrm("find", "--json").json[0]["name"] == book.people.name(1)
