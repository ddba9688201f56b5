"""Occasions: when they come next, and how they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.occasions import Occasion, Wish, in_year, next_on, wish
from tests.world import TODAY, day


def occasion(month: int, day_of_month: int, year: int | None = None, *, yearly: bool = True) -> Occasion:
    """Some occasion on a day of the year."""
    return Occasion(kind="other", label="x", month=month, day=day_of_month, year=year, yearly=yearly)


class TestNext:
    """The next day it falls on."""

    @pytest.mark.parametrize(
        ("that", "expected"),
        [
            (occasion(11, 22), "2026-11-22"),
            (occasion(11, 21), "2027-11-21"),
            (occasion(12, 12, 1990), "2026-12-12"),
            (occasion(1, 1), "2027-01-01"),
            (occasion(12, 12, 2026, yearly=False), "2026-12-12"),
            (occasion(12, 12, 2031, yearly=False), "2031-12-12"),
            (occasion(11, 22, yearly=False), "2026-11-22"),
        ],
    )
    def test_examples(self, that: Occasion, expected: str) -> None:
        """Today counts; what has passed this year comes next year."""
        assert next_on(that, TODAY) == day(expected)

    @pytest.mark.parametrize(
        "that", [occasion(11, 21, 2026, yearly=False), occasion(12, 12, 2025, yearly=False)]
    )
    def test_once_and_passed(self, that: Occasion) -> None:
        """What was once does not come again."""
        assert next_on(that, TODAY) is None

    def test_once_without_a_year(self) -> None:
        """The next such day is meant, over the turn of the year too."""
        assert next_on(occasion(1, 3, yearly=False), day("2026-12-25")) == day("2027-01-03")
        assert next_on(occasion(11, 22, yearly=False), TODAY) == TODAY

    def test_after_the_last_year(self) -> None:
        """There is no day after it."""
        assert next_on(occasion(1, 3), day("9999-12-25")) is None
        assert next_on(occasion(12, 31), day("9999-12-25")) == day("9999-12-31")

    def test_leap_day(self) -> None:
        """Whoever was born on 29 February has a birthday each year, on the 28th in a common one."""
        leap = occasion(2, 29, 1988)
        assert in_year(leap, 2027) == day("2027-02-28")
        assert next_on(leap, day("2027-02-28")) == day("2027-02-28")
        assert next_on(leap, day("2027-03-01")) == day("2028-02-29")

    @given(st.integers(1, 12), st.integers(1, 31), st.dates(day("1900-01-01"), day("2200-01-01")))
    def test_within_a_year(self, month: int, day_of_month: int, today: object) -> None:
        """What is yearly comes within a year and a day, never in the past."""
        coming = next_on(occasion(month, day_of_month), today)  # type: ignore[arg-type]  # a date
        assert coming is not None
        assert 0 <= (coming - today).days <= 366  # type: ignore[operator]  # a date


class TestWords:
    """An occasion in a few words."""

    @pytest.mark.parametrize(
        ("whose", "said"),
        [
            ("", "graduates"),
            ("daughter Ana", "Ana (daughter) graduates"),
            ("daughter", "daughter: graduates"),
        ],
    )
    def test_whose(self, whose: str, said: str) -> None:
        """Their own, a relative's by name, or a relative's whose name is not known."""
        assert Occasion(kind="graduation", label="graduates", whose=whose, month=6, day=1).words == said


class TestWish:
    """What an occasion gives one to do."""

    @pytest.mark.parametrize(
        ("kind", "label", "whose", "year", "yearly", "words", "why", "glad"),
        [
            ("birthday", "birthday", "", 1976, True, "Wish Hank a happy birthday", "turns 50", True),
            ("birthday", "birthday", "", None, True, "Wish Hank a happy birthday", "", True),
            ("birthday", "birthday", "", 1604, True, "Wish Hank a happy birthday", "", True),
            (
                "birth",
                "birthday",
                "son Eli",
                2020,
                True,
                "Wish Eli (Hank's son) a happy birthday",
                "turns 6",
                True,
            ),
            ("birthday", "birthday", "wife", None, True, "Wish Hank's wife a happy birthday", "", True),
            ("graduation", "graduates", "", 2026, False, "Congratulate Hank on the graduation", "", True),
            ("graduation", "graduates", "son", 2026, False, "Congratulate Hank: son graduates", "", True),
            ("wedding", "gets married", "", 2026, False, "Congratulate Hank on the wedding", "", True),
            ("anniversary", "at Acme", "", 2016, True, "Congratulate Hank: at Acme", "10 years", True),
            (
                "anniversary",
                "anniversary",
                "",
                2025,
                True,
                "Congratulate Hank on the anniversary",
                "1 year",
                True,
            ),
            ("birth", "baby due", "", 2026, False, "Congratulate Hank on the baby", "", True),
            ("other", "name day", "", None, True, "Wish Hank a happy name day", "", True),
            ("other", "retires", "", 2026, False, "Congratulate Hank on retiring", "", True),
            ("other", "operation", "", 2026, False, "Think of Hank: operation", "", False),
            ("death", "died", "father Abe", 2001, True, "Send Hank a warm word", "Abe (father) died", False),
        ],
    )
    def test_words(
        self,
        kind: str,
        label: str,
        whose: str,
        year: int | None,
        yearly: bool,
        words: str,
        why: str,
        glad: bool,
    ) -> None:
        """A wish, a congratulation, or a warm word; with how many years, where they are known."""
        that = Occasion(kind=kind, label=label, whose=whose, month=12, day=1, year=year, yearly=yearly)
        assert wish(that, "Hank", day("2026-12-01")) == Wish(words, why, glad)

    def test_their_own_death(self) -> None:
        """Nobody can be given anything then."""
        assert wish(Occasion(kind="death", label="died", month=12, day=1), "Hank", day("2026-12-01")) is None

    def test_a_first_time_that_is_to_come(self) -> None:
        """What is yearly from a later year on has not been before."""
        assert next_on(occasion(6, 1, 2028), TODAY) == day("2028-06-01")
        assert next_on(occasion(2, 29, 2029), TODAY) == day("2029-02-28")
