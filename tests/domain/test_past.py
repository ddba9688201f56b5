"""The history's words."""

from datetime import date

import pytest

from netcrm.domain.past import day_word
from netcrm.domain.turned import FieldChange, Turned, described
from tests.world import TODAY


def nobody(table: str, row_id: int) -> str:
    """Names nothing in particular."""
    return f"{table} {row_id}"


class TestDays:
    """What stands over the acts of a day."""

    @pytest.mark.parametrize(
        ("day", "word"),
        [
            (TODAY, "Today"),
            (date(2026, 11, 21), "Yesterday"),
            (date(2026, 11, 20), "Fri 20 Nov"),
            (date(2025, 11, 22), "Sat 22 Nov 2025"),
        ],
    )
    def test_word(self, day: date, word: str) -> None:
        """Near days by a word, those of another year with it."""
        assert day_word(day, TODAY) == word


class TestARecord:
    """A record, as it was and as it became."""

    def test_what_nobody_wants_to_know(self) -> None:
        """Identities, stamps and places are not told, nor what other programs know somebody by."""
        row = described(Turned("people", {}, {"id": 1, "uuid": "u", "updated": "x", "name": "Ana"}), nobody)
        assert row
        assert (row.name, row.fields) == ("Ana", [])
        assert described(Turned("imported_records", {}, {"id": 1}), nobody) is None
        moved = Turned("wants", {"id": 1, "person_id": 1, "position": 0}, {"position": 1})
        assert described(moved, nobody) is None

    def test_a_table_of_tomorrow(self) -> None:
        """A table and a column that these words do not know are told by their own names."""
        row = described(Turned("house_pets", {}, {"id": 1, "name": "Bica", "likes_fish": 1}), nobody)
        assert row
        assert (row.what, row.name) == ("house pets", "Bica")
        assert row.fields == [FieldChange("likes fish", "", "1")]

    def test_what_points_elsewhere(self) -> None:
        """An id is told by the name of what it points at."""
        row = described(
            Turned("gives", {"id": 1, "person_id": 2, "words": "A map"}, {"person_id": 3}), nobody
        )
        assert row
        assert row.name == "people 3 · A map"
        assert row.fields == [FieldChange("person", "people 2", "people 3")]
