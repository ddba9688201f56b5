"""Rhythm: warmth, and spans of time in few cells."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.people import NEVER
from netcrm.domain.rhythm import Warmth, every, since, span, warmth
from tests.world import TODAY


@pytest.mark.parametrize(
    ("cadence", "days", "expected"),
    [
        (None, 5, Warmth.NONE),
        (NEVER, 5, Warmth.NONE),
        (30, None, Warmth.RIPE),
        (30, 0, Warmth.IN_RHYTHM),
        (30, 30, Warmth.IN_RHYTHM),
        (30, 31, Warmth.RIPE),
        (30, 60, Warmth.RIPE),
        (30, 61, Warmth.DRIFTING),
        (30, -3, Warmth.IN_RHYTHM),
    ],
)
def test_warmth(cadence: int | None, days: int | None, expected: Warmth) -> None:
    """In rhythm up to the cadence, ripe up to twice that, then drifting; nobody without one is judged."""
    last_on = None if days is None else TODAY - timedelta(days=days)
    assert warmth(cadence, last_on, TODAY) is expected


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
