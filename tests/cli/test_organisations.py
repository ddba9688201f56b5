"""``netcrm org``: where people work and worked."""

from netcrm.store import Store
from tests.cli.conftest import Netcrm


def test_the_list(netcrm: Netcrm, world: Store) -> None:
    """The most people first, or by name; piped in columns."""
    assert netcrm("org").rows[:3] == [["Northwind", "4", "3"], ["Fjord", "3", "2"], ["Acme", "1", "3"]]
    assert netcrm("org", "--by", "name", "--limit", "1").rows == [["Acme", "1", "3"]]
    first = netcrm("org", "--json").json[0]
    assert first == {"name": "Northwind", "written": ["Northwind", "Northwind Ltd."], "now": 4, "before": 3}


def test_one_of_them(netcrm: Netcrm, world: Store) -> None:
    """Who works there, and who did, until when; however the name is written."""
    rows = netcrm("org", "ACME", "Ltd").rows
    assert [row[:4] for row in rows] == [
        ["Christina Vale", "Head of Talent", "now", ""],
        ["Mina Park", "Talent scout", "before", "2025-06-30"],
        ["Mei-Lin Tan", "Designer", "before", "2024-08-30"],
        ["Sanna Virtanen", "Developer", "before", "2016-05-31"],
    ]
    found = netcrm("org", "acme", "--json").json
    assert (found["name"], [one["name"] for one in found["now"]]) == ("Acme", ["Christina Vale"])
    assert (found["before"][1]["was"], found["before"][1]["from"]) == ("Designer", "2018-01-08")


def test_on_a_terminal(seen: Netcrm, world: Store) -> None:
    """A line each, under two headings."""
    said = seen("org", "acme").out
    assert "Works there now" in said
    assert "Talent scout until Jun 2025 · now Recruiter" in said
    assert "4 now · 3 before" in seen("org").out


def test_a_part_of_the_name(netcrm: Netcrm, world: Store) -> None:
    """It is enough where it is one organisation's; else they are listed to choose from."""
    assert netcrm("org", "festival").rows[0][0] == "Dimitra Papadaki"
    ended = netcrm("org", "t")
    assert ended.code == 1
    assert "could be several" in ended.err and "Tallow" in ended.err


def test_none(netcrm: Netcrm, world: Store) -> None:
    """Nobody works there: a sentence, and exit code 1."""
    ended = netcrm("org", "Initech")
    assert (ended.code, ended.out) == (1, "")
    assert "Nobody works or worked at “Initech”" in ended.err


def test_an_empty_book(netcrm: Netcrm) -> None:
    """It says how one comes to stand there."""
    netcrm("add", "Hank Morrow")
    ended = netcrm("org")
    assert ended.code == 1 and "--org" in ended.err


def test_hostile_names(seen: Netcrm) -> None:
    """No escape sequence reaches the terminal."""
    seen("add", "Hank Morrow", "--org", "Ac\x1b[31mme\u202e")
    for ended in (seen("org"), seen("org", "ac"), seen("org", "--json"), seen("org", "\x1b[2Jx")):
        assert "\x1b[31mme" not in ended.out and "\x1b[2J" not in ended.err and "\u202e" not in ended.out
