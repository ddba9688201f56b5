"""Introductions: their steps, what one writes, and which wants meet which offers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from netcrm.domain.introducing import (
    LEAST,
    Party,
    Proposal,
    an_interest,
    chosen,
    meeting,
    need,
    of_interest,
    of_want,
    rare_most,
)
from netcrm.domain.introductions import (
    Introduction,
    first_name,
    next_step,
    short_names,
    skips_consent,
    stands,
    state_of,
)
from netcrm.domain.letters import Correspondent, asking, joining
from netcrm.domain.people import Named
from netcrm.domain.synonyms import Synonyms, default_lines
from tests.world import TODAY

HANK, AMARA = Named(1, "Hank Morrow"), Named(2, "Amara Okafor")
WHY = "Hank wants a speaker for a telescope night · Amara offers a school visit"
IDEA = Introduction(id=7, uuid="", one=HANK, other=AMARA, why=WHY, since=TODAY)
SYNONYMS = Synonyms(default_lines())


class TestSteps:
    """What comes next, and how it stands."""

    def test_one_after_the_other(self) -> None:
        """Ask one, ask the other, hear from both, introduce them, see what comes of it."""
        day = TODAY
        steps = [
            (IDEA, "Asked Hank", "an idea"),
            (replace(IDEA, state="asked one", asked_one_on=day), "Asked Amara", "Hank asked today"),
            (
                replace(IDEA, state="asked both", asked_one_on=day, asked_other_on=day),
                "Hank said yes",
                "Hank asked today · Amara asked today",
            ),
            (
                replace(IDEA, state="asked both", asked_one_on=day, asked_other_on=day, one_yes_on=day),
                "Amara said yes",
                "Hank said yes · Amara asked today",
            ),
            (replace(IDEA, state="both said yes"), "Introduced them", "both said yes"),
            (replace(IDEA, state="made", made_on=day - timedelta(days=1)), "Came of it", "made yesterday"),
        ]
        for introduction, label, said in steps:
            step = next_step(introduction)
            assert step and step.label == label
            assert stands(introduction, TODAY) == said

    def test_whoever_is_asked_first(self) -> None:
        """The other of the two may be asked first, and says yes before the one is asked."""
        found = replace(IDEA, state="asked one", asked_other_on=TODAY, other_yes_on=TODAY)
        one, other = found.sides
        assert (one.asked, one.yes, other.asked, other.yes) == (False, False, True, True)
        step = next_step(found)
        assert step and step.person == HANK

    def test_states_without_days(self) -> None:
        """What a state says counts where nobody noted the days."""
        assert [side.asked for side in replace(IDEA, state="asked one").sides] == [True, False]
        assert [side.asked for side in replace(IDEA, state="asked both").sides] == [True, True]
        assert replace(IDEA, state="made").agreed
        assert not replace(IDEA, state="made", note="They met by chance").agreed

    def test_closed(self) -> None:
        """What was let go has no next step."""
        closed = replace(IDEA, closed_on=TODAY, note="Hank would rather not")
        assert next_step(closed) is None
        assert stands(closed, TODAY) == "Hank would rather not"
        assert not closed.under_way

    @pytest.mark.parametrize(
        ("asked", "agreed", "state"),
        [
            (0, 0, "idea"),
            (1, 0, "asked one"),
            (1, 1, "asked one"),
            (2, 1, "asked both"),
            (2, 2, "both said yes"),
        ],
    )
    def test_state_of(self, asked: int, agreed: int, state: str) -> None:
        """The state is what both sides together have come to."""
        assert state_of(asked, agreed) == state

    def test_consent(self) -> None:
        """Only what is made before both said yes skips them."""
        assert skips_consent("asked both", "made")
        assert not skips_consent("both said yes", "made")


class TestNames:
    """What people are called between friends."""

    @pytest.mark.parametrize(
        ("name", "first"), [("Dr. Noor Rahimi", "Noor"), ("李雨桐", "李雨桐"), ("J. R.", "J. R."), ("", "")]
    )
    def test_first(self, name: str, first: str) -> None:
        """The first name, without a title."""
        assert first_name(name) == first

    def test_the_same_first_name(self) -> None:
        """Two Graces are called by their whole names."""
        two = Named(1, "Grace Adeyemi"), Named(2, "Grace Lindqvist")
        assert short_names(*two) == ("Grace Adeyemi", "Grace Lindqvist")


class TestLetters:
    """What one writes."""

    ONE = Correspondent("Hank Morrow", "Scout leader, Northwind", "Bristol", "hank@morrow.example")
    OTHER = Correspondent("Amara Okafor", "Astrophysicist, ESO", "Garching", "amara@okafor.example")

    def test_to_each(self) -> None:
        """Each is told of the other as one would say it to them, and is given no address."""
        to_hank = asking(IDEA, self.ONE, self.OTHER, to_one=True)
        assert to_hank.startswith("Hi Hank,")
        assert "Amara Okafor (Astrophysicist, ESO, Garching)" in to_hank
        assert "because you are looking for a speaker for a telescope night and Amara offers" in to_hank
        to_amara = asking(IDEA, self.OTHER, self.ONE, to_one=False)
        assert "because Hank is looking for a speaker for a telescope night and you offer" in to_amara
        assert "@" not in to_hank + to_amara

    def test_to_both(self) -> None:
        """Once both said yes they get each other's names and addresses."""
        letter = joining(IDEA, self.ONE, self.OTHER)
        assert "Hi Hank, hi Amara," in letter
        assert "hank@morrow.example" in letter
        assert "amara@okafor.example" in letter

    @pytest.mark.parametrize(
        ("why", "said"),
        [
            ("Both keep bees.", "What made me think of it: Both keep bees."),
            ("both care about #letterpress", "because you both care about letterpress."),
            ("", "Okafor (Astrophysicist, ESO, Garching).\n\nWould"),
        ],
    )
    def test_why(self, why: str, said: str) -> None:
        """A reason in one's own words is left as it is; none is none."""
        assert said in asking(replace(IDEA, why=why), self.ONE, self.OTHER, to_one=True)


def met(want: str, offer: str, *, title: str = "", city: str = "", living: str = "") -> float:
    """How well an offer meets a want, in a book where every word is rare and Lisbon is a place."""
    who, giver = Party(HANK, city=living), Party(AMARA, title, city)
    return meeting(need(want, SYNONYMS), who, offer, giver, lambda stem: 1.0, lambda stem: stem == "lisbon")


class TestMeeting:
    """Which offers meet a want."""

    @pytest.mark.parametrize(
        ("want", "offer"),
        [
            ("cartoons for the troop newsletter", "a cartoon for a good cause"),
            ("looking for an accessibility review", "accessibility reviews, with examples"),
            ("grant writing help for the clinic", "grant writing for small charities"),
            ("a proofreader", "proofreading on Sundays"),
        ],
    )
    def test_meets(self, want: str, offer: str) -> None:
        """A word that both are about is enough, in whatever form."""
        assert met(want, offer) >= LEAST

    @pytest.mark.parametrize(
        ("want", "offer"),
        [
            ("conferences whose slides are sent beforehand", "how he raised money without a slide"),
            ("an illustrator for a book for children", "soldering workshops for children"),
            ("the best of help", "something for someone"),
            ("a flat in Lisbon", "every shop in Lisbon by name"),
            ("", ""),
        ],
    )
    def test_does_not(self, want: str, offer: str) -> None:
        """Words that both merely mention, that say nothing, or that name a place, are not."""
        assert met(want, offer) < LEAST

    def test_what_strengthens(self) -> None:
        """That it is their craft, and that both live in one place."""
        plain = met("cartoons", "a cartoon")
        assert met("cartoons", "a cartoon", title="Cartoonist and cartoons") > plain
        assert met("cartoons", "a cartoon", city="Porto", living="porto") > plain
        assert not met("cartoons", "a van", city="Porto", living="Porto")


class TestProposals:
    """The words of proposals, and which are chosen."""

    def test_words(self) -> None:
        """Who wants what, who offers it, and where both live."""
        who, giver = Party(HANK, city="Porto"), Party(AMARA, "Astrophysicist", "Porto")
        assert of_want(who, "Looking for  a speaker.", giver, "a visit", 1).why == (
            "Hank wants a speaker · Amara offers a visit · both in Porto"
        )
        assert of_want(who, "a speaker", giver, "", 1).why.startswith(
            "Hank wants a speaker · Amara is an astrophysicist"
        )
        assert of_interest(who, giver, ["letterpress"], 1).why == (
            "both care about #letterpress, and live in Porto"
        )

    def test_each_pair_once_and_nobody_too_often(self) -> None:
        """The best reason of a pair; nobody in more than a few."""

        def proposal(one: int, other: int, fit: float) -> Proposal:
            return Proposal(Named(one, str(one)), Named(other, str(other)), "", fit)

        many = [proposal(1, 2, 0.7), proposal(2, 1, 0.9), *(proposal(1, n, 0.5) for n in range(3, 9))]
        found = chosen(many, 10)
        assert [(it.one.id, it.other.id) for it in found] == [(2, 1), (1, 3)]
        assert len(chosen(many, 3, each=9)) == 3

    def test_interests(self) -> None:
        """Who somebody is to you is no interest of theirs; what is rare depends on the book."""
        assert an_interest("letterpress")
        assert not an_interest("old friends")
        assert [rare_most(people) for people in (1, 60, 1000)] == [2, 3, 6]
