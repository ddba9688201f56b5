"""The brief: what stands on the card, what is left out, and the text to take along."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from netcrm.domain.brief import Brief, Chance, as_text, sections
from netcrm.domain.gives import Give
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named, Person
from netcrm.domain.timeline import Interaction
from netcrm.domain.wants import Want
from tests.ui.test_hostile import ALL
from tests.world import NOW, TODAY, day, person

CHRISTINA = Named(1, "Christina Vale")


def of(*kinds: str, **known: object) -> Brief:
    """A brief with an entry of each kind, a day before the other, the newest first."""
    entries = [was(kind, days_ago=ago) for ago, kind in enumerate(kinds)]
    whole = Person(id=1, uuid="", profile=person("Christina Vale"), created=NOW, updated=NOW)
    return replace(Brief(person=whole, entries=entries), **known)  # type: ignore[arg-type]  # as named


def was(kind: str = "met", *, days_ago: int = 0, text: str = "", **known: object) -> Interaction:
    """Something that happened."""
    made = Interaction(
        id=days_ago + 1,
        uuid="",
        day=TODAY - timedelta(days=days_ago),
        kind=kind,
        text=text or f"{kind} {days_ago}",
        people=(CHRISTINA,),
    )
    return replace(made, **known)  # type: ignore[arg-type]  # as named


def waits(words: str, **known: object) -> Give:
    """A give that waits for Christina."""
    made = Give(id=1, uuid="", person=CHRISTINA, words=words, kind="help")
    return replace(made, **known)  # type: ignore[arg-type]  # as named


def said(brief: Brief) -> Sequence[str]:
    """The labels of the card."""
    return [section.label for section in sections(brief, TODAY)]


class TestSinceLastTime:
    """What was since you were together last."""

    def test_from_the_last_time_on(self) -> None:
        """The last time, and what happened since then."""
        brief = of("life event", "message", "met", "gave", "met")
        assert [entry.kind for entry in brief.since] == ["life event", "message", "met"]

    def test_it_is_a_few_lines(self) -> None:
        """Of much that happened since, the newest; the last time itself is always there."""
        brief = of(*("message",) * 9, "call")
        assert [entry.kind for entry in brief.since] == ["message", "message", "message", "call"]

    def test_a_last_time_that_is_today(self) -> None:
        """Something from before stands there too."""
        assert [entry.kind for entry in of("met", "gave", "met").since] == ["met", "gave"]

    def test_never_together(self) -> None:
        """What is known so far, and it is called so."""
        brief = of("note", "message", "message")
        assert len(brief.since) == 2
        assert said(brief) == ["so far"]
        assert said(of("note", "met")) == ["since last time"]

    def test_nothing_at_all(self) -> None:
        """Only who it is."""
        assert said(of()) == []
        assert as_text(of(), TODAY) == "Christina Vale\nno contact yet"


class TestGiving:
    """What you promised, had in mind, and could give."""

    def test_promises_come_first(self) -> None:
        """Apart from the rest, and not called promised twice."""
        promised = waits("Send the paper", promised=True, due=day("2026-11-27"))
        brief = of(waiting=[promised, waits("Lend the tent")])
        assert "You promised: Send the paper (Fri)\nYou had in mind: Lend the tent" in as_text(brief, TODAY)

    def test_introductions_say_how_far_they_are(self) -> None:
        """Unless the queue says so already."""
        leo, mina = (Chance("introduction", name, why="an idea") for name in ("Leo Brandt", "Mina Park"))
        give = waits("Introduce to Leo Brandt", kind="introduction")
        spark = Chance("spark", what="A lion", why="#circus")
        brief = of(waiting=[give], introducing=[leo, mina], could=[spark])
        assert [chance.words for chance in brief.chances] == [
            "introduce them to Mina Park",
            "pass on “A lion”",
        ]


class TestTheRest:
    """What they want, what is coming, how you met, what you asked."""

    def test_in_its_order(self) -> None:
        """From what was, over what you can give, to how you met."""
        occasion = Occasion(kind="birthday", label="birthday", month=12, day=14)
        profile = person(
            "Christina Vale",
            met="Behind the tent",
            met_on=day("2023-05-20"),
            occasions=(occasion,),
            note="No nuts",
        )
        brief = of(
            "met",
            family=["daughter Ana"],
            wants=[Want(id=1, side="want", text="a van", created_on=TODAY)],
            introduced_by=Named(2, "Bela Kovács"),
            groups=["Circus Marketers"],
            common=[Named(3, "Inês Carvalho")],
            glad_of="glad of introductions",
            asks=[was("asked", text="for a reference", days_ago=30)],
        )
        whole = replace(brief, person=replace(brief.person, profile=profile))
        text = as_text(whole, TODAY)
        assert text.split("\n\n")[1:] == [
            "Since last time:\n- today: met 0",
            "They want: a van",
            "Coming up:\n- 14 Dec: birthday (in 3 weeks)\nClose to them: daughter Ana\nRemember: No nuts",
            "In common:\n- Inês Carvalho\n- Circus Marketers\n"
            "You met: Behind the tent, through Bela Kovács, 2023\n"
            "Glad of: introductions\n"
            "You asked: for a reference (4 weeks ago, no answer yet)",
        ]

    def test_an_old_ask_that_was_answered(self) -> None:
        """It is left in peace; one without an answer is not forgotten."""
        old = was("asked", days_ago=500, answer="yes")
        assert of(asks=[old]).ask(TODAY) is None
        assert of(asks=[replace(old, answer="")]).ask(TODAY) is not None

    def test_far_occasions(self) -> None:
        """They are not mentioned, unless they wish for more notice."""
        far = Occasion(kind="birthday", label="birthday", month=5, day=1)
        brief = of()
        for notice, count in ((14, 0), (200, 1)):
            profile = person(occasions=(replace(far, notice=notice),))
            assert len(replace(brief, person=replace(brief.person, profile=profile)).coming(TODAY)) == count


class TestTheText:
    """The text to take along."""

    def test_it_is_harmless(self) -> None:
        """Nothing in it acts on the terminal that it is pasted into."""
        brief = of(
            entries=[was(text=ALL, place=ALL)], family=[ALL], groups=[ALL], could=[Chance("spark", what=ALL)]
        )
        text = as_text(replace(brief, person=replace(brief.person, profile=person(ALL, note=ALL))), TODAY)
        assert all(line.isprintable() or "\u200d" in line for line in text.split("\n"))
        assert "\x1b" not in text and "\u202e" not in text
