"""When two records may be one person, and what that person is."""

import pytest

from netcrm.domain.duplicates import alike, differences, joined
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.text import words


class TestLikeNames:
    """Names that one person may have."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Christina Vale", "vale, christina"),
            ("Christina Vale", "Chris Vale"),
            ("Christina Vale", "C. Vale"),
            ("Christina Vale", "Christina M. Vale"),
            ("Christina Vale", "Christina Valle"),
            ("Kristina Vale", "Khristina Vale"),
            ("Martin Kovács", "Matrin Kovacs"),
        ],
    )
    def test_alike(self, one: str, other: str) -> None:
        """Turned round, shortened, an initial, a middle name, a slip of the hand."""
        assert alike(words(one), words(other)) and alike(words(other), words(one))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Christina Vale", "Hank Vale"),
            ("Jon Vale", "Jan Vale"),
            ("Christina Vale", "Christina Morrow"),
            ("Christina", "Christina Vale"),
            ("Ann Vale", "An Vale"),
            ("", "Christina Vale"),
        ],
    )
    def test_not_alike(self, one: str, other: str) -> None:
        """Siblings, short names that differ, a given name alone."""
        assert not alike(words(one), words(other)) and not alike(words(other), words(one))


ONE = Profile(
    name="Christina Vale",
    given="Christina",
    family="Vale",
    organisation="Fjord",
    title="Designer",
    note="Likes owls",
    points=(ContactPoint("email", "c@vale.example"),),
    occasions=(Occasion(kind="birthday", label="birthday", month=5, day=3),),
    tags=("design",),
)
OTHER = Profile(
    name="Chris Vale",
    given="Chris",
    family="Vale",
    organisation="Acme",
    title="Designer",
    city="Lisbon",
    note="Met at the fair",
    points=(ContactPoint("email", "C@vale.example"), ContactPoint("phone", "+351 1")),
    occasions=(Occasion(kind="birthday", label="birthday", month=5, day=3, year=1980),),
    tags=("Design", "circus"),
    cadence=30,
)


class TestJoining:
    """One person, of two records."""

    def test_lists_are_brought_together(self) -> None:
        """Each address and tag once; of a birthday the one that knows the year."""
        whole = joined(ONE, OTHER)
        assert [point.value for point in whole.points] == ["c@vale.example", "+351 1"]
        assert whole.tags == ("design", "circus")
        assert [occasion.year for occasion in whole.occasions] == [1980]

    def test_gaps_are_filled(self) -> None:
        """What only the other says is taken."""
        whole = joined(ONE, OTHER)
        assert (whole.city, whole.cadence) == ("Lisbon", 30)

    def test_nothing_is_lost(self) -> None:
        """What loses stands in the note, the other name among the nicknames."""
        whole = joined(ONE, OTHER)
        assert (whole.name, whole.organisation) == ("Christina Vale", "Fjord")
        assert whole.nicknames == ("Chris Vale",)
        assert whole.note == "Likes owls\n\nMet at the fair\n\nBefore it was merged: organisation Acme."

    def test_the_other_is_chosen(self) -> None:
        """A name takes its parts along."""
        whole = joined(ONE, OTHER, ["name", "organisation"])
        assert (whole.name, whole.given, whole.organisation) == ("Chris Vale", "Chris", "Acme")
        assert whole.nicknames == ("Christina Vale",)
        assert "Before it was merged: organisation Fjord." in whole.note

    def test_differences(self) -> None:
        """Only what both say, and say otherwise, has to be chosen."""
        assert [(one.field, one.kept, one.other) for one in differences(ONE, OTHER)] == [
            ("name", "Christina Vale", "Chris Vale"),
            ("organisation", "Fjord", "Acme"),
        ]

    def test_with_themselves(self) -> None:
        """A record and its copy are that record."""
        assert joined(ONE, ONE) == ONE
