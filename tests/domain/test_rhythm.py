"""Rhythm: warmth, and spans of time in few cells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.people import NEVER
from netcrm.domain.rhythm import DRIFTING_AFTER, Sabbatical, Warmth, day_after, every, since, span, warmth
from tests.world import TODAY, day


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        *((0, Warmth.IN_RHYTHM), (30, Warmth.IN_RHYTHM), (-3, Warmth.IN_RHYTHM)),
        *((31, Warmth.RIPE), (60, Warmth.RIPE), (61, Warmth.DRIFTING), (4000, Warmth.DRIFTING)),
    ],
)
def test_warmth(days: int, expected: Warmth) -> None:
    """In rhythm up to the cadence, ripe up to twice that, then drifting."""
    last_on = TODAY - timedelta(days=days)
    due_on, drifting_on = day_after(last_on, 30), day_after(last_on, 30 * DRIFTING_AFTER)
    assert warmth(due_on, drifting_on, TODAY) is expected


def test_nobody_without_a_rhythm_is_judged() -> None:
    """Without one there is no day on which they are due."""
    assert warmth(None, None, TODAY) is Warmth.NONE


class TestSabbaticals:
    """Days away are not counted as silence."""

    @pytest.mark.parametrize(
        ("away", "due"),
        [
            ([], "2026-05-11"),
            ([("2026-06-01", "2026-06-30")], "2026-05-11"),
            ([("2026-04-01", "2026-04-30")], "2026-05-11"),
            ([("2026-04-01", "2026-05-01")], "2026-05-11"),
            ([("2026-04-01", "2026-05-02")], "2026-05-12"),
            ([("2026-05-05", "2026-05-07")], "2026-05-14"),
            ([("2026-05-11", "2026-05-20")], "2026-05-21"),
            ([("2026-05-12", "2026-05-20")], "2026-05-11"),
            ([("2026-05-12", "2026-05-20"), ("2026-05-05", "2026-05-05")], "2026-05-21"),
            ([("2026-05-05", "2026-05-09"), ("2026-05-07", "2026-05-11")], "2026-05-18"),
            ([("2026-05-05", "2026-05-09"), ("2026-05-05", "2026-05-06")], "2026-05-16"),
        ],
    )
    def test_ten_days_from_the_first_of_may(self, away: list[tuple[str, str]], due: str) -> None:
        """None, long after, long before; over the last contact, within, over the due day; two at once."""
        sabbaticals = [Sabbatical(day(begin), day(end)) for begin, end in away]
        assert day_after(day("2026-05-01"), 10, sabbaticals) == day(due)

    @given(
        st.integers(0, 400),
        st.lists(st.tuples(st.integers(-400, 400), st.integers(0, 90)), max_size=5),
    )
    def test_it_is_as_if_the_days_were_counted(self, days: int, away: list[tuple[int, int]]) -> None:
        """It is the first day by which so many days outside of all sabbaticals have passed."""
        sabbaticals = [
            Sabbatical(TODAY + timedelta(days=begin), TODAY + timedelta(days=begin + length))
            for begin, length in away
        ]
        expected, left = TODAY, days
        while left:
            expected += timedelta(days=1)
            left -= not any(one.from_on <= expected <= one.until_on for one in sabbaticals)
        counted = day_after(TODAY, days, sabbaticals)
        if days:
            assert counted == expected
        else:
            assert counted >= TODAY

    def test_no_day_is_too_far(self) -> None:
        """A cadence of ten thousand years ends with the calendar."""
        assert day_after(TODAY, 3_650_000) == date.max


def test_dots_differ() -> None:
    """Meaning never hangs on colour alone."""
    assert len({kind.dot for kind in Warmth}) == len(Warmth)
    assert all(len(kind.dot) == 1 for kind in Warmth)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        *((-1, "now"), (0, "now"), (1, "1d"), (13, "13d"), (14, "2w"), (37, "5w"), (60, "8w"), (61, "2mo")),
        *((121, "4mo"), (364, "12mo"), (365, "1y"), (800, "2y"), (36500, "100y")),
    ],
)
def test_since(days: int, said: str) -> None:
    """Days, weeks, months and years, the coarser the longer ago."""
    assert since(TODAY - timedelta(days=days), TODAY) == said


def test_since_never() -> None:
    """Somebody never met has a dash."""
    assert since(None, TODAY) == "–"


@given(st.integers(0, 300_000))
def test_since_fits(days: int) -> None:
    """No span within human memory takes more than four cells."""
    assert len(since(TODAY - timedelta(days=days), TODAY)) <= 4


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (121, "4 months"),
        (366, "1 year"),
        (800, "2 years"),
    ],
)
def test_span(days: int, said: str) -> None:
    """A span as one says it."""
    assert span(days) == said


@pytest.mark.parametrize(
    ("cadence", "said"),
    [
        *(
            (None, "no rhythm yet"),
            (NEVER, "no reminders"),
            (1, "daily"),
            (7, "weekly"),
            (14, "every 2 weeks"),
        ),
        *(
            (42, "every 6 weeks"),
            (30, "monthly"),
            (60, "every 2 months"),
            (90, "quarterly"),
            (100, "every 100 days"),
        ),
        *((180, "twice a year"), (365, "yearly")),
    ],
)
def test_every(cadence: int | None, said: str) -> None:
    """A cadence as one says it."""
    assert every(cadence) == said
