"""Dates in words. Today is Sunday, 22 November 2026."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.dates import (
    CalendarDay,
    Direction,
    Moment,
    leading_day,
    read_calendar_day,
    read_day,
    read_moment,
    read_return,
    read_time,
    trailing_day,
    why_no_day,
)

TODAY = date(2026, 11, 22)
DIRECTIONS: tuple[Direction, Direction] = ("past", "future")


class TestSaidInOneWay:
    """Words that mean the same day whether one tells or plans."""

    @pytest.mark.parametrize(
        ("words", "day"),
        [
            ("today", date(2026, 11, 22)),
            ("tonight", date(2026, 11, 22)),
            ("this morning", date(2026, 11, 22)),
            ("yesterday", date(2026, 11, 21)),
            ("last night", date(2026, 11, 21)),
            ("yesterday evening", date(2026, 11, 21)),
            ("day before yesterday", date(2026, 11, 20)),
            ("the day before yesterday", date(2026, 11, 20)),
            ("tomorrow", date(2026, 11, 23)),
            ("day after tomorrow", date(2026, 11, 24)),
            ("last friday", date(2026, 11, 20)),
            ("last sunday", date(2026, 11, 15)),
            ("next tuesday", date(2026, 11, 24)),
            ("next sunday", date(2026, 11, 29)),
            ("monday next week", date(2026, 11, 23)),
            ("friday last week", date(2026, 11, 13)),
            ("3 days ago", date(2026, 11, 19)),
            ("two weeks ago", date(2026, 11, 8)),
            ("a couple of weeks ago", date(2026, 11, 8)),
            ("a month ago", date(2026, 10, 22)),
            ("last week", date(2026, 11, 15)),
            ("last weekend", date(2026, 11, 14)),
            ("in 3 days", date(2026, 11, 25)),
            ("in two weeks", date(2026, 12, 6)),
            ("a week from now", date(2026, 11, 29)),
            ("next week", date(2026, 11, 23)),
            ("next month", date(2026, 12, 1)),
            ("next year", date(2027, 1, 1)),
            ("end of the month", date(2026, 11, 30)),
            ("the end of next month", date(2026, 12, 31)),
            ("end of the year", date(2026, 12, 31)),
            ("12 Jun 2027", date(2027, 6, 12)),
            ("June 12th, 2027", date(2027, 6, 12)),
            ("2026-11-20", date(2026, 11, 20)),
            ("20.11.2026", date(2026, 11, 20)),
            ("20/11/2026", date(2026, 11, 20)),
            ("11/20/2026", date(2026, 11, 20)),
            ("4/4/2026", date(2026, 4, 4)),
            ("Friday, 20 November 2026", date(2026, 11, 20)),
            ("  ToMorrow  ", date(2026, 11, 23)),
        ],
    )
    def test_is_that_day_in_both_directions(self, words: str, day: date) -> None:
        """The preferred direction has no say where the words leave nothing open."""
        assert [read_day(words, TODAY, prefer=prefer) for prefer in DIRECTIONS] == [day, day]


class TestLeftOpen:
    """What lies behind when one tells and ahead when one plans; today counts as both."""

    @pytest.mark.parametrize(
        ("words", "past", "future"),
        [
            ("friday", date(2026, 11, 20), date(2026, 11, 27)),
            ("fri", date(2026, 11, 20), date(2026, 11, 27)),
            ("Fri.", date(2026, 11, 20), date(2026, 11, 27)),
            ("on monday", date(2026, 11, 16), date(2026, 11, 23)),
            ("this thursday", date(2026, 11, 19), date(2026, 11, 26)),
            ("friday night", date(2026, 11, 20), date(2026, 11, 27)),
            ("sunday", date(2026, 11, 22), date(2026, 11, 22)),
            ("the weekend", date(2026, 11, 21), date(2026, 11, 28)),
            ("end of week", date(2026, 11, 20), date(2026, 11, 27)),
            ("end of march", date(2026, 3, 31), date(2027, 3, 31)),
            ("3 May", date(2026, 5, 3), date(2027, 5, 3)),
            ("May 3", date(2026, 5, 3), date(2027, 5, 3)),
            ("3rd of May", date(2026, 5, 3), date(2027, 5, 3)),
            ("the 3rd of May", date(2026, 5, 3), date(2027, 5, 3)),
            ("sept 1st", date(2026, 9, 1), date(2027, 9, 1)),
            ("12.6.", date(2026, 6, 12), date(2027, 6, 12)),
            ("the 30th", date(2026, 10, 30), date(2026, 11, 30)),
            ("the 31st", date(2026, 10, 31), date(2026, 12, 31)),
            ("22 nov", date(2026, 11, 22), date(2026, 11, 22)),
            ("29 Feb", date(2024, 2, 29), date(2028, 2, 29)),
            ("Fri 20 Nov", date(2026, 11, 20), None),
            ("Sat 12 Jun", None, date(2027, 6, 12)),
        ],
    )
    def test_is_the_nearest_in_the_preferred_direction(
        self, words: str, past: date | None, future: date | None
    ) -> None:
        """Without a year the day is the nearest; a weekday that does not fit makes it no date."""
        assert read_day(words, TODAY, prefer="past") == past
        assert read_day(words, TODAY, prefer="future") == future

    def test_next_weekday_is_of_next_week(self) -> None:
        """On a Monday ``next tuesday`` is not tomorrow."""
        assert read_day("next tuesday", date(2026, 11, 23), prefer="future") == date(2026, 12, 1)

    def test_leap_day_crosses_a_century_without_one(self) -> None:
        """1900 had no leap day."""
        assert read_day("29 feb", date(1899, 1, 1), prefer="future") == date(1904, 2, 29)


class TestSnooze:
    """``3d``, ``2w``, ``1m`` and ``1y`` put something off."""

    @pytest.mark.parametrize(
        ("words", "day"),
        [
            ("1d", date(2026, 11, 23)),
            ("3d", date(2026, 11, 25)),
            ("+3d", date(2026, 11, 25)),
            ("2w", date(2026, 12, 6)),
            ("1m", date(2026, 12, 22)),
            ("1mo", date(2026, 12, 22)),
            ("1y", date(2027, 11, 22)),
        ],
    )
    def test_leads_only_into_the_future(self, words: str, day: date) -> None:
        """Nobody tells of what happened ``3d``."""
        assert read_day(words, TODAY, prefer="future") == day
        assert read_day(words, TODAY, prefer="past") is None

    def test_a_month_after_the_31st_is_the_last_day_of_a_shorter_month(self) -> None:
        """That is relativedelta's rule."""
        assert read_day("1m", date(2027, 1, 31), prefer="future") == date(2027, 2, 28)


class TestNoDates:
    """What is no date, no possible one, or could be two."""

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "on",
            "lunch",
            "may",
            "10",
            "1/2",
            "2026",
            "3 May: it rained",
            "Lunch with Grace on 3 May",
            "31 Feb",
            "29 Feb 2025",
            "31.4.2026",
            "13/14/2026",
            "03/04/2026",
            "0 May",
            "3 May 0000",
            "in 9999 years",
            "9999y",
            "the 32nd",
            "14:30",
            "lastfriday",
            "christmas",
            "x" * 100_000,
        ],
    )
    def test_is_none(self, words: str) -> None:
        """Neither guessed nor raised."""
        assert [read_day(words, TODAY, prefer=prefer) for prefer in DIRECTIONS] == [None, None]

    @given(
        st.text()
        | st.from_regex(r"(last|next|in|on|end of)? ?[0-9]{0,5}[ ./-]?[a-z0-9]{0,5}[ ./-]?[0-9]{0,5}"),
        st.dates(),
        st.sampled_from(DIRECTIONS),
    )
    def test_nothing_raises(self, text: str, today: date, prefer: Direction) -> None:
        """Any text on any day of the calendar, its first and last included."""
        assert isinstance(read_day(text, today, prefer=prefer), date | None)
        read_calendar_day(text)
        read_moment(text, today, prefer=prefer)

    @given(
        st.dates(),
        st.dates(),
        st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%a %d %b %Y"]),
    )
    def test_a_written_day_is_read_back(self, day: date, today: date, form: str) -> None:
        """Every day with a year of four digits, in each of the long forms."""
        if day.year >= 1000:
            assert read_day(day.strftime(form), today, prefer="past") == day


class TestCalendarDays:
    """A day with its year left open, as a birthday is."""

    @pytest.mark.parametrize(
        ("words", "day"),
        [
            ("14 Dec", CalendarDay(12, 14)),
            ("14 Dec 1971", CalendarDay(12, 14, 1971)),
            ("on May 3rd", CalendarDay(5, 3)),
            ("29 Feb", CalendarDay(2, 29)),
            ("14.12.", CalendarDay(12, 14)),
            ("29 Feb 2025", None),
            ("tomorrow", None),
        ],
    )
    def test_keeps_the_year_open(self, words: str, day: CalendarDay | None) -> None:
        """Without a year there is none."""
        assert read_calendar_day(words) == day


class TestTimes:
    """A time of day, alone or with its day."""

    @pytest.mark.parametrize(
        ("words", "clock"),
        [
            ("14:30", time(14, 30)),
            ("9:05", time(9, 5)),
            ("2pm", time(14)),
            ("2:30 pm", time(14, 30)),
            ("2 P.M.", time(14)),
            ("12am", time(0)),
            ("12pm", time(12)),
            ("noon", time(12)),
            ("25:00", None),
            ("14:60", None),
            ("13pm", None),
            ("0am", None),
            ("14", None),
            ("", None),
        ],
    )
    def test_read_time(self, words: str, clock: time | None) -> None:
        """On the clock of 24 hours or of 12."""
        assert read_time(words) == clock

    @pytest.mark.parametrize(
        ("words", "moment"),
        [
            ("fri 14:30", Moment(date(2026, 11, 20), time(14, 30))),
            ("yesterday at 2pm", Moment(date(2026, 11, 21), time(14))),
            ("2pm yesterday", Moment(date(2026, 11, 21), time(14))),
            ("today, 9:15", Moment(date(2026, 11, 22), time(9, 15))),
            ("14:30", Moment(None, time(14, 30))),
            ("yesterday", Moment(date(2026, 11, 21))),
            ("fri 25:00", None),
            ("lunch at noon", None),
        ],
    )
    def test_read_moment(self, words: str, moment: Moment | None) -> None:
        """All of it must be understood."""
        assert read_moment(words, TODAY, prefer="past") == moment


class TestInsideASentence:
    """The longest date at the beginning or the end of a text."""

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Friday, lunch", "Friday"),
            ("3 May: it rained", "3 May"),
            ("the end of next month or so", "the end of next month"),
            ("12.6. we met", "12.6."),
            ("lunch on Friday", None),
        ],
    )
    def test_leading(self, text: str, words: str | None) -> None:
        """As many words as make a date."""
        found = leading_day(text, TODAY, prefer="past")
        assert (found and text[: found[1]]) == words

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("coffee with Hank yesterday.", "yesterday."),
            ("send it by Friday", "Friday"),
            ("met a couple of weeks ago", "a couple of weeks ago"),
            ("met on 12.6.", "on 12.6."),
            ("lunch on Friday with Hank", None),
        ],
    )
    def test_trailing(self, text: str, words: str | None) -> None:
        """As many words as make a date, and what closes the sentence."""
        found = trailing_day(text, TODAY, prefer="past")
        assert (found and text[found[1] :]) == words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 Feb", "31 Feb is no day."),
        ("2026-02-31", "2026-02-31 is no day."),
        ("31/31", "31/31 is no day."),
        ("11/5", "11/5 could be two days; write 11 May or 5 Nov."),
        ("11/5/2026", "11/5/2026 could be two days; write 11 May 2026 or 5 Nov 2026."),
        ("20/11", ""),
        ("50/50", ""),
        ("3 May", ""),
        ("Lunch", ""),
        ("x" * 200, ""),
    ],
)
def test_why_no_day(text: str, why: str) -> None:
    """Only what is written like a day of the calendar has a reason."""
    assert why_no_day(text, TODAY) == why


class TestReturning:
    """Until when something rests."""

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("3d", "2026-11-25"),
            ("1w", "2026-11-29"),
            ("until friday", "2026-11-27"),
            ("next tuesday", "2026-11-24"),
            ("in 3 weeks", "2026-12-13"),
            ("12 dec", "2026-12-12"),
            ("christmas", "2026-12-25"),
            ("after christmas", "2026-12-27"),
            ("after New Year", "2027-01-02"),
            ("after the weekend", "2026-11-30"),
            ("after next weekend", "2026-11-30"),
            ("after friday", "2026-11-28"),
            ("after 3 May", "2027-05-04"),
            ("the day after tomorrow", "2026-11-24"),
            ("today", None),
            ("yesterday", None),
            ("after lunch", None),
            ("after", None),
            ("", None),
        ],
    )
    def test_words(self, text: str, day: str | None) -> None:
        """A day to come, and ``after`` one the day that follows."""
        assert read_return(text, date(2026, 11, 22)) == (date.fromisoformat(day) if day else None)

    def test_on_the_day_itself(self) -> None:
        """On Christmas Day, Christmas is a year away; after it is two days away."""
        assert read_return("christmas", date(2026, 12, 25)) == date(2027, 12, 25)
        assert read_return("after christmas", date(2026, 12, 25)) == date(2026, 12, 27)

    @given(st.text(max_size=60))
    def test_never_fails(self, text: str) -> None:
        """Whatever is typed."""
        read_return(text, date(2026, 11, 22))

    def test_at_the_end_of_time(self) -> None:
        """The last day there is has none after it."""
        assert read_return("after 31 dec 9999", date(9999, 12, 30)) is None
