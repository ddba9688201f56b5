"""Rhythms and times away, as they are typed."""

import pytest

from netcrm.domain.people import NEVER
from netcrm.domain.rhythm import Sabbatical
from netcrm.domain.rhythmline import RhythmLine, read_away, read_rhythm
from tests.world import TODAY, day


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("monthly", RhythmLine(30)),
        ("6w", RhythmLine(42)),
        (" Every 10 days ", RhythmLine(10)),
        ("never", RhythmLine(NEVER)),
        ("", RhythmLine(None)),
        ("no rhythm yet", RhythmLine(None)),
        ("#scouts monthly", RhythmLine(30, "scouts")),
        ("# scouts 6 weeks", RhythmLine(42, "scouts")),
        ("#book club every 2 weeks", RhythmLine(14, "book club")),
        ("#Scouts never", RhythmLine(NEVER, "Scouts")),
        ("#scouts off", RhythmLine(None, "scouts")),
    ],
)
def test_rhythm(typed: str, read: RhythmLine) -> None:
    """How often; with a tag first, for that."""
    assert read_rhythm(typed) == read


@pytest.mark.parametrize("typed", ["often", "#", "#scouts", "#scouts often", "monthly #scouts", "-3"])
def test_no_rhythm(typed: str) -> None:
    """What is none says what would be one."""
    with pytest.raises(ValueError, match=r"monthly"):
        read_rhythm(typed)


@pytest.mark.parametrize(
    ("typed", "begin", "end"),
    [
        *((f"{word}10 Jan", "2026-11-22", "2027-01-10") for word in ("until ", "till ", "to ", "")),
        ("2 weeks", "2026-11-22", "2026-12-06"),
        ("for 2w", "2026-11-22", "2026-12-06"),
        ("from 1 Dec until 10 Jan", "2026-12-01", "2027-01-10"),
        ("1 dec to 24 dec", "2026-12-01", "2026-12-24"),
        ("1 Dec – 24 Dec", "2026-12-01", "2026-12-24"),
        ("from tomorrow until 2026-12-01", "2026-11-23", "2026-12-01"),
        ("until today", "2026-11-22", "2026-11-22"),
    ],
)
def test_away(typed: str, begin: str, end: str) -> None:
    """From today, or from a day, until a day."""
    assert read_away(typed, TODAY) == Sabbatical(day(begin), day(end))


@pytest.mark.parametrize("typed", ["back", "I'm back", "end"])
def test_back(typed: str) -> None:
    """Being back is no time away."""
    assert read_away(typed, TODAY) is None


@pytest.mark.parametrize("typed", ["", "soon", "until yesterday", "from 10 Jan until whenever", "from 1 Dec"])
def test_no_time(typed: str) -> None:
    """What is none says what would be one."""
    with pytest.raises(ValueError, match="until 10 Jan"):
        read_away(typed, TODAY)
