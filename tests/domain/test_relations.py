"""Relations: read in one line, aged, and seen from the other side."""

from collections.abc import Sequence

import pytest

from netcrm.domain.fields import find_person
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named, Relation
from netcrm.domain.relations import (
    KINDS,
    Tie,
    age,
    inverse,
    linked,
    read_born,
    read_relation,
    same,
    seen_back,
    ties,
)
from tests.world import TODAY, day

ANA = Occasion(kind="birthday", label="birthday", whose="daughter Ana", month=12, day=2, year=2008)


class TestOneLine:
    """What somebody is, then who."""

    @pytest.mark.parametrize(
        ("line", "relation"),
        [
            ("daughter Ana, 18", Relation("daughter", "Ana", born=2008)),
            ("daughter Ana is 18", Relation("daughter", "Ana", born=2008)),
            ("daughter Ana, 18 years old", Relation("daughter", "Ana", born=2008)),
            ("Daughter Ana, born 2008", Relation("Daughter", "Ana", born=2008)),
            ("baby Leo, 0", Relation("baby", "Leo", born=2026)),
            ("mentor Don Orlando", Relation("mentor", "Don Orlando")),
            ("mentor: Don Orlando", Relation("mentor", "Don Orlando")),
            ("best friend Rui Vale", Relation("best friend", "Rui Vale")),
            ("business partner Rui", Relation("business partner", "Rui")),
            ("partner Rui", Relation("partner", "Rui")),
            ("guide dog Otso", Relation("guide dog", "Otso")),
            ("Scout leader: Hank", Relation("Scout leader", "Hank")),
            ("sister 李秀英", Relation("sister", "李秀英")),
            ("boss Sammy Davis, Jr.", Relation("boss", "Sammy Davis, Jr.")),
            ("boss Sam, 999", Relation("boss", "Sam, 999")),
            ("friend d'Arcy", Relation("friend", "d'Arcy")),
        ],
    )
    def test_read(self, line: str, relation: Relation) -> None:
        """A usual kind, words in lower case, or anything before a colon; an age is kept as a year."""
        assert read_relation(line, TODAY) == relation

    @pytest.mark.parametrize(
        "line", ["", "Ana", "daughter", "daughter:", ": Ana", "Don Orlando", "sister , 18"]
    )
    def test_something_is_missing(self, line: str) -> None:
        """It says what."""
        with pytest.raises(ValueError, match=r"^Say "):
            read_relation(line, TODAY)

    @pytest.mark.parametrize(
        ("text", "year"),
        [("18", 2008), (" 7 years", 2019), ("born 0099", 99), ("b. 1940", 1940), ("born in 1940", 1940)],
    )
    def test_an_age(self, text: str, year: int) -> None:
        """In years, or as the year."""
        assert read_born(text, TODAY) == year

    @pytest.mark.parametrize("text", ["", "x", "131", "born 0000", "born 99", "-3", "18.5", "１８x"])
    def test_no_age(self, text: str) -> None:
        """What nobody is old."""
        assert read_born(text, TODAY) is None
        assert read_born("18", None) is None


class TestAge:
    """How old somebody is."""

    def test_grows(self) -> None:
        """By the year, until the birthday is known."""
        assert age("daughter", "Ana", 2008, TODAY) == 18
        assert age("daughter", "Ana", 2008, day("2031-01-01")) == 23
        assert age("daughter", "Ana", 2008, TODAY, [ANA]) == 17
        assert age("daughter", "Ana", 2008, day("2026-12-02"), [ANA]) == 18

    def test_from_the_birthday_alone(self) -> None:
        """Its year is enough."""
        assert age("daughter", "ana", None, TODAY, [ANA]) == 17
        assert age("son", "Ana", None, TODAY, [ANA]) is None

    def test_no_age_that_nobody_has(self) -> None:
        """Someone born hundreds of years ago, or not yet, has none."""
        assert age("ancestor", "Vasco", 1469, TODAY) is None
        assert age("baby", "Leo", 2027, TODAY) is None

    def test_in_words(self) -> None:
        """What they are, who, how old."""
        assert Tie(kind="daughter", name="Ana", born=2008).words(TODAY) == "daughter Ana, 18"
        assert Tie(kind="", name="Ana").words(TODAY) == "Ana"
        back = seen_back("drummer", "Jean-Baptiste", 7, 1)
        assert back.words(TODAY) == "Jean-Baptiste, who has them as drummer"


class TestTheOtherSide:
    """What a person is to whom they have as something."""

    @pytest.mark.parametrize(
        ("kind", "back"),
        [
            ("daughter", "parent"),
            ("mother", "child"),
            ("Wife", "spouse"),
            ("fiancée", "partner"),
            ("boss", "report"),
            ("report", "manager"),
            ("mentor", "mentee"),
            ("mentee", "mentor"),
            ("pupil", "teacher"),
            ("uncle", "niece or nephew"),
            ("niece or nephew", "aunt or uncle"),
            ("best friend", "friend"),
            ("drummer", ""),
            ("", ""),
        ],
    )
    def test_inverse(self, kind: str, back: str) -> None:
        """Whether mother or father is not known from there."""
        assert inverse(kind) == back

    @pytest.mark.parametrize("kind", KINDS)
    def test_back_and_forth(self, kind: str) -> None:
        """Seen back twice, a usual kind is of its kind again, where there is a word for it."""
        back = inverse(kind)
        assert back
        if again := inverse(back):
            assert same(again, kind) or kind == "assistant"


class TestBothWays:
    """What both wrote stands once."""

    def said(self, own: Sequence[Tie], *back: Tie) -> Sequence[tuple[str, str]]:
        """Kind and name of what stands on a page."""
        return [(tie.how, tie.name) for tie in ties(own, back)]

    def test_only_the_other_wrote_it(self) -> None:
        """It stands here the other way round."""
        assert self.said([], seen_back("mentor", "Bo", 2, 1)) == [("mentee", "Bo")]
        assert self.said([], seen_back("drummer", "Bo", 2, 1)) == [("has them as drummer", "Bo")]

    @pytest.mark.parametrize(
        ("own", "other"),
        [("friend", "friend"), ("daughter", "mother"), ("luthier", "customer"), ("", "boss")],
    )
    def test_both_wrote_it(self, own: str, other: str) -> None:
        """In one's own words."""
        tie = Tie(kind=own, name="Bo", person_id=2)
        assert ties([tie], [seen_back(other, "Bo", 2, 1)]) == [tie]

    def test_by_the_name_alone(self) -> None:
        """A relation that does not lead to the person of that name is the same all the same."""
        tie = Tie(kind="friend", name="bo NILSSON")
        assert ties([tie], [seen_back("friend", "Bo Nilsson", 2, 1)]) == [tie]

    def test_both_wrote_something_else(self) -> None:
        """Both are told."""
        tie = Tie(kind="friend", name="Bo", person_id=2)
        assert self.said([tie], seen_back("boss", "Bo", 2, 1)) == [("friend", "Bo"), ("report", "Bo")]
        assert self.said([tie], seen_back("friend", "Cy", 3, 1)) == [("friend", "Bo"), ("friend", "Cy")]


class TestLinked:
    """Whom a line names in the book."""

    BOOK = (Named(1, "Ana Lopes"), Named(2, "Don Orlando"), Named(3, "Rui Vale"), Named(4, "Rui Costa"))

    def named(self, folded: str) -> Sequence[Named]:
        """Those one of whose words it is, or whose name."""
        return [one for one in self.BOOK if folded in one.name.lower()]

    def link(self, kind: str, name: str, whose: int = 9) -> int | None:
        """Whom it leads to."""
        return linked(Relation(kind, name), whose, self.named, find_person).person_id

    def test_who_is_meant(self) -> None:
        """The one so called; a first name alone is one of the family who is not in the book."""
        assert self.link("mentor", "Don Orlando") == 2
        assert self.link("mentor", "Orlando") == 2
        assert self.link("daughter", "Ana Lopes") == 1
        assert self.link("daughter", "Ana") is None
        assert self.link("friend", "Nobody") is None

    def test_nobody_is_related_to_themselves(self) -> None:
        """Even where only they are called so."""
        assert self.link("friend", "Orlando", whose=2) is None

    def test_oneself_is_refused(self) -> None:
        """By the whole name; but a daughter may bear it."""
        with pytest.raises(ValueError, match="That is Don Orlando themselves; say who else it is"):
            self.link("boss", "don orlando", whose=2)
        assert self.link("daughter", "Ana Lopes", whose=1) is None

    def test_never_a_guess(self) -> None:
        """Where it could be two people it says so."""
        with pytest.raises(ValueError, match="could be"):
            self.link("neighbour", "Rui")
        assert self.link("brother", "Rui") is None
