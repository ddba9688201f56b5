"""``netcrm history``."""

import pytest

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import added, person


@pytest.fixture
def acts(book: Store) -> list[int]:
    """Three acts, the last of them taken back."""
    ids = [book.people.add(person("Grace Hopper")).act]
    ids.append(book.people.edit(added(book, "Hank"), person("Hank", city="Bristol")).act)
    book.history.undo()
    return ids


class TestList:
    """All that was done."""

    def test_piped(self, netcrm: Netcrm, acts: list[int]) -> None:
        """One a line, newest first: number, when, whether it stands, what."""
        rows = [line.split("\t") for line in netcrm("history").out.splitlines()]
        assert [(row[2], row[3]) for row in rows] == [
            ("undone", "edited Hank"),
            ("stands", "added Hank"),
            ("stands", "added Grace Hopper"),
        ]
        assert rows[0][1] == "2026-11-22T09:00:00+00:00"

    def test_seen(self, seen: Netcrm, acts: list[int]) -> None:
        """On a terminal by day, with what was taken back."""
        said = seen("history", "--limit", "2").out
        assert "Today" in said
        assert "edited Hank · taken back" in said
        assert "Grace" not in said

    def test_json(self, netcrm: Netcrm, acts: list[int]) -> None:
        """As JSON: a list of acts."""
        first = netcrm("history", "--limit", "0", "--json").json["acts"][0]
        assert first["label"] == "edited Hank"
        assert first["undone"] is True
        assert first["act"] == acts[-1]

    def test_empty(self, seen: Netcrm, netcrm: Netcrm, book: Store) -> None:
        """Nothing was done yet."""
        assert "Nothing to take back yet." in seen("history").out
        assert netcrm("history").out == ""


class TestOne:
    """What an act changed."""

    def test_piped(self, netcrm: Netcrm, acts: list[int]) -> None:
        """A field a line: what was, and what became of it."""
        assert netcrm("history", str(acts[1])).out == "changed\tperson\tHank\tcity\t\tBristol\n"

    def test_seen(self, seen: Netcrm, acts: list[int]) -> None:
        """On a terminal in words."""
        said = seen("history", str(acts[1])).out
        assert "Edited Hank" in said
        assert "taken back" in said
        assert "– → Bristol" in said

    def test_json(self, netcrm: Netcrm, acts: list[int]) -> None:
        """As JSON: the act with its changes."""
        (change,) = netcrm("history", str(acts[1]), "--json").json["changes"]
        assert change["fields"] == [{"field": "city", "before": "", "after": "Bristol"}]

    def test_none(self, netcrm: Netcrm, acts: list[int]) -> None:
        """A number that no act has is said."""
        ended = netcrm("history", "99")
        assert (ended.code, ended.err) == (1, "No act has the number 99: netcrm history lists them.\n")
