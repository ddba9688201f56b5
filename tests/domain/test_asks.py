"""Before an ask: what has passed, in words, and how the line of an ask is read. Today is a Sunday."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from netcrm.domain.asks import Passed, read_ask, say_passed
from netcrm.domain.people import Named
from netcrm.domain.timeline import Interaction

TODAY = date(2026, 11, 22)
CHRISTINA = Named(1, "Christina Vale")


def asked(days_ago: int, answer: str = "") -> Interaction:
    """An ask some days ago."""
    day = TODAY - timedelta(days=days_ago)
    return Interaction(
        id=days_ago, uuid="", day=day, kind="asked", text="", people=(CHRISTINA,), answer=answer
    )


class TestWords:
    """What has passed, in a calm sentence."""

    @pytest.mark.parametrize(
        ("counts", "asks", "said"),
        [
            ({}, (), "Nothing of give and take stands between you yet."),
            ({"met": 4}, (), "Nothing of give and take stands between you yet."),
            ({"gave": 1}, (), "You gave once and never asked."),
            (
                {"gave": 4, "asked": 1},
                (asked(90, "yes"),),
                "You gave 4 times, asked once. The last ask was 3 months ago, and they said yes.",
            ),
            (
                {"gave": 2, "introduced": 1, "received": 3, "asked": 2},
                (asked(1, "no"), asked(8, "yes")),
                "You gave twice, introduced them once, asked twice; they gave to you 3 times."
                " The last ask was yesterday, and they said no.",
            ),
            ({"received": 1}, (), "They gave to you once."),
            ({"asked": 1}, (asked(0),), "You asked once. The last ask, today, has no answer yet."),
        ],
    )
    def test_sentences(self, counts: Mapping[str, int], asks: tuple[Interaction, ...], said: str) -> None:
        """Facts, and no score."""
        assert " ".join(say_passed(Passed(person=CHRISTINA, counts=counts, asked=asks), TODAY)) == said

    def test_the_open_ask_is_the_newest_without_an_answer(self) -> None:
        """One that was answered is not open; none may be."""
        open_ask = Passed(person=CHRISTINA, asked=(asked(1, "no"), asked(5), asked(9))).open_ask
        assert open_ask is not None
        assert open_ask.id == 5
        assert Passed(person=CHRISTINA, asked=(asked(1, "no"),)).open_ask is None


class TestLine:
    """The line of an ask."""

    @pytest.mark.parametrize(
        ("line", "text", "day"),
        [
            ("for a reference by Friday", "for a reference by Friday", TODAY),
            ("yesterday: for a reference", "for a reference", TODAY - timedelta(days=1)),
            ("whether Hank would talk to Amara", "whether Hank would talk to Amara", TODAY),
            ("for a call tomorrow", "for a call tomorrow", TODAY),
            (
                "for a desk; I'll send her the plan by Friday",
                "for a desk; I'll send her the plan by Friday",
                TODAY,
            ),
            ("I'll send her a cake", "I'll send her a cake", TODAY),
            ("  [/] \x1b[31m ", "[/] \x1b[31m", TODAY),
        ],
    )
    def test_read(self, line: str, text: str, day: date) -> None:
        """A day at the beginning is read; nothing else is taken out of what one asks."""
        entry = read_ask(line, CHRISTINA, TODAY)
        assert entry is not None
        assert (entry.kind, entry.people, entry.text, entry.day) == ("asked", (1,), text, day)

    def test_tags(self) -> None:
        """Tags are read as in the log line."""
        entry = read_ask("for a reference #work", CHRISTINA, TODAY)
        assert entry is not None
        assert (entry.text, entry.tags) == ("for a reference", ("work",))

    def test_nothing(self) -> None:
        """An empty line asks for nothing."""
        assert read_ask("  ", CHRISTINA, TODAY) is None
