"""What a review counts, and how it says it."""

from datetime import date, timedelta

import pytest

from netcrm.domain.groups import Group
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named, PersonLine
from netcrm.domain.review import (
    HEAT,
    LEVELS,
    SPARK_WEEKS,
    Counts,
    Held,
    LookAfter,
    Review,
    Span,
    Touch,
    coming_of,
    counted_from,
    days_from,
    map_of,
    meetings,
    silence,
    sparkline,
    talks_with,
)
from tests.world import TODAY, day

WEEK = Span.week(TODAY)


def touch(counts: Counts, span: Span = WEEK, people: int = 0) -> Touch:
    """The map of a span, with some counts."""
    return Touch.of(*map_of(span, TODAY), counts, people)


def review(counts: Counts, span: Span = WEEK) -> Review:
    """A review of a span, with some counts."""
    return Review(TODAY, touch(counts, span), Held(span=span, people=2), LookAfter())


def group(**fields: object) -> Group:
    """A group that meets every month."""
    return Group(id=1, uuid="", name="Stargazers", **{"cadence": 30, **fields})  # type: ignore[arg-type]


class TestSpan:
    """A week, or a year."""

    def test_a_week(self) -> None:
        """From Monday to Sunday, by its ISO number."""
        assert (WEEK.first, WEEK.last) == (day("2026-11-16"), TODAY)
        assert WEEK.name == "2026-W47"
        assert TODAY in WEEK
        assert TODAY + timedelta(days=1) not in WEEK

    @pytest.mark.parametrize(
        ("on", "title"),
        [
            ("2026-11-22", "week 47, Mon 16 – Sun 22 Nov"),
            ("2026-10-01", "week 40, Mon 28 Sep – Sun 4 Oct"),
            ("2025-12-31", "week 1, Mon 29 Dec – Sun 4 Jan"),
            ("2025-03-05", "week 10, Mon 3 – Sun 9 Mar 2025"),
        ],
    )
    def test_its_title(self, on: str, title: str) -> None:
        """Both ends, the month once where it is the same, the year where it is another."""
        assert Span.week(day(on)).title(TODAY) == title

    def test_the_week_of_new_year_bears_its_iso_year(self) -> None:
        """The 1st of January 2027 lies in the last week of 2026."""
        assert Span.week(day("2027-01-01")).name == "2026-W53"

    def test_a_year(self) -> None:
        """A calendar year."""
        year = Span.year(TODAY)
        assert (year.name, year.first, year.last) == ("2026", day("2026-01-01"), day("2026-12-31"))


class TestTheMap:
    """Which days it has, and how much each was in touch."""

    def test_this_week_stands_at_the_right(self) -> None:
        """53 weeks up to today."""
        found = touch({})
        assert (found.first, found.last) == (day("2025-11-17"), TODAY)
        assert found.weeks[-1] == WEEK.first
        assert len(found.weeks) == 53

    @pytest.mark.parametrize("today", [day("2024-12-30"), day("2028-12-31"), day("2012-12-31"), TODAY])
    def test_this_year_is_whole(self, today: date) -> None:
        """The map of this year has its first day, and so its counts, whatever day of the week it was."""
        first, last = map_of(Span.year(today), today)
        assert first <= date(today.year, 1, 1)
        assert last == today

    def test_an_older_week_is_shown_in_its_year(self) -> None:
        """From the week of New Year to that of its Eve."""
        assert map_of(Span.week(day("2024-05-05")), TODAY) == (day("2024-01-01"), day("2025-01-05"))
        assert map_of(Span.year(day("2025-05-05")), TODAY) == (day("2024-12-30"), day("2026-01-04"))

    @pytest.mark.parametrize("weeks", range(0, 160, 7))
    def test_every_week_is_on_its_map(self, weeks: int) -> None:
        """However far back, and on the border of two maps."""
        span = Span.week(TODAY - timedelta(weeks=weeks))
        first, last = map_of(span, TODAY)
        assert first <= span.first <= last

    def test_levels(self) -> None:
        """One more conversation a level, up to four; only contacts count."""
        days = [TODAY - timedelta(days=ago) for ago in range(6)]
        counts = {one: {"met": many, "note": 9} for many, one in enumerate(days)}
        found = touch(counts)
        assert [found.level(one) for one in days] == [0, 1, 2, 3, 4, 4]
        assert found.conversations == sum(range(6))

    def test_levels_of_a_busy_year(self) -> None:
        """They are measured by the busy days; one festival does not make all others pale."""
        counts = {TODAY - timedelta(days=ago): {"call": 40} for ago in range(100)}
        counts[TODAY] = {"event": 4000}
        counts[TODAY - timedelta(days=1)] = {"call": 11}
        found = touch(counts)
        assert (found.level(TODAY), found.level(TODAY - timedelta(days=1))) == (LEVELS, 2)
        assert found.level(TODAY - timedelta(days=2)) == LEVELS

    def test_months_stand_over_their_first_day(self) -> None:
        """Each once, in order, over the week that has its 1st."""
        found = touch({})
        months = {name: place for place, name in found.months}
        assert [name for _, name in found.months] == "Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov".split()
        assert found.weeks[months["Mar"]] <= day("2026-03-01") <= days_from(found.weeks[months["Mar"]], 6)

    def test_a_level_is_told_without_colour(self) -> None:
        """There is a different sign for each."""
        assert len(set(HEAT)) == LEVELS + 1

    def test_the_first_and_the_last_day_there_are(self) -> None:
        """No day before or after them is looked for."""
        assert map_of(Span.week(date.min), date.min)[0] == date.min
        assert counted_from(date.min) == date.min
        assert days_from(date.max, 7) == date.max
        assert Touch.of(*map_of(Span.week(date.max), date.max), {}, 0).weeks[-1] <= date.max


class TestCounts:
    """What is counted of a span."""

    COUNTS: Counts = {  # noqa: RUF012
        TODAY: {"gave": 2, "met": 1, "note": 4},
        TODAY - timedelta(days=6): {"introduced": 1, "asked": 1},
        TODAY - timedelta(days=7): {"gave": 5, "call": 2},
    }

    def test_a_week(self) -> None:
        """An introduction is a give, a note is no conversation, and the week before does not count."""
        found = review(self.COUNTS)
        assert (found.gave, found.asked, found.conversations, found.entries) == (3, 1, 5, 9)
        assert found.kinds == {"note": 4, "gave": 2, "asked": 1, "introduced": 1, "met": 1}
        assert next(iter(found.kinds)) == "note"
        assert found.in_touch == "5 conversations with 2 people"

    def test_week_by_week(self) -> None:
        """Twenty weeks up to it, those without anything too."""
        weeks = review(self.COUNTS).weeks
        assert len(weeks) == SPARK_WEEKS
        assert [(week.gave, week.asked) for week in weeks[-3:]] == [(0, 0), (5, 0), (3, 1)]
        assert weeks[-1].first == WEEK.first

    def test_in_words(self) -> None:
        """What one did, and when; what one did not is not held against one."""
        assert review(self.COUNTS).given_and_asked == "you gave 8 times and asked once in the last 20 weeks"
        assert review({TODAY: {"asked": 1}}).given_and_asked == "you asked once in the last 20 weeks"
        assert review({}).given_and_asked == ""
        before = review(self.COUNTS, Span.week(TODAY - timedelta(days=7)))
        assert before.given_and_asked == "you gave 5 times in the 20 weeks up to it"
        year = review(self.COUNTS, Span.year(TODAY))
        assert year.given_and_asked == "you gave 8 times and asked once in 2026"

    def test_a_year_has_all_its_weeks_so_far(self) -> None:
        """From that of New Year to this one."""
        weeks = review(self.COUNTS, Span.year(TODAY)).weeks
        assert (weeks[0].first, weeks[-1].first) == (day("2025-12-29"), WEEK.first)

    @pytest.mark.parametrize(
        ("talks", "people", "said"),
        [
            (0, 0, ""),
            (1, 1, "1 conversation with 1 person"),
            (2, 0, "2 conversations"),
            (1200, 60, "1\u2009200 conversations with 60 people"),
        ],
    )
    def test_talks(self, talks: int, people: int, said: str) -> None:
        """One is one."""
        assert talks_with(talks, people) == said

    def test_sparkline(self) -> None:
        """Nothing is lowest, the most is highest, and little is more than nothing."""
        assert sparkline([0, 1, 50, 100], 100) == "▁▂▅█"
        assert sparkline([0, 0], 1) == "▁▁"


class TestLookAfter:
    """In what words people and groups are spoken of."""

    def test_silence(self) -> None:
        """How long, and the rhythm one wished for."""
        line = PersonLine(
            id=1,
            name="Bela",
            title="",
            organisation="",
            cadence=30,
            last_on=day("2026-07-20"),
            gives_waiting=0,
        )
        assert silence(line, TODAY) == "4 months · monthly"

    def test_what_is_coming(self) -> None:
        """Whose it is comes first; meetings of the next thirty days."""
        hank = Named(2, "Hank Morrow")
        birthday = Occasion(kind="birthday", label="birthday", month=12, day=14)
        ana = Occasion(kind="graduation", label="graduates", month=12, day=12, whose="daughter Ana")
        assert coming_of(TODAY, hank, birthday).words == "Hank Morrow's birthday"
        assert coming_of(TODAY, hank, ana).words == "Hank Morrow: Ana (daughter) graduates"
        near = [group(next_on=TODAY + timedelta(days=ahead)) for ahead in (-1, 0, 30, 31)]
        assert [(one.day - TODAY).days for one in meetings([*near, group()], TODAY)] == [0, 30]
