"""Joy: how a light thing is read from a line, edited, and said to somebody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from netcrm.domain.gives import Give
from netcrm.domain.joy import Jarred, as_object, became, delight_line, edited, read_delight, sending, went
from netcrm.domain.people import Named
from netcrm.domain.sparks import Spark, SparkDraft
from tests.world import TODAY, day


def kept(draft: SparkDraft) -> Spark:
    """A draft as it lies in the jar."""
    fields = {name: getattr(draft, name) for name in SparkDraft.__dataclass_fields__}
    return Spark(id=1, uuid="", created_on=TODAY, **fields)


class TestReading:
    """`read_delight`."""

    def test_a_line(self) -> None:
        """Title, tags and link; whatever it is, it is a delight."""
        draft = read_delight("A penguin in a tie #cartoon https://pack-ice.example/p", TODAY)
        assert (draft.kind, draft.title, draft.tags, draft.link) == (
            "delight",
            "A penguin in a tie",
            ("cartoon",),
            "https://pack-ice.example/p",
        )
        assert read_delight("We are hiring a penguin", TODAY).kind == "delight"

    @pytest.mark.parametrize(
        ("line", "tags"),
        [
            ("cartoon: two bees #bees", ("cartoon", "bees")),
            ("Joke: two bees", ("joke",)),
            ("joke: two bees #joke", ("joke",)),
            ("good news: two bees", ()),
            ("Ode: two bees", ()),
        ],
    )
    def test_what_it_is(self, line: str, tags: tuple[str, ...]) -> None:
        """What a word before the colon says it is becomes a tag."""
        assert read_delight(line, TODAY).tags == tags

    @pytest.mark.parametrize("line", ["", " ", "#", "https://", "delight:", "\x00", "a" * 3000])
    def test_anything(self, line: str) -> None:
        """Nothing that can be typed is an error."""
        assert read_delight(line, TODAY).kind == "delight"


class TestEditing:
    """`delight_line`, and `edited`."""

    @pytest.mark.parametrize(
        "line",
        [
            "A penguin in a tie #cartoon https://pack-ice.example/p",
            "two bees #bees #cartoon",
            "the owl until 4 Dec",
            "https://pack-ice.example/p",
            "#fun",
        ],
    )
    def test_the_same_line(self, line: str) -> None:
        """It is edited as it was typed, and an untouched line changes nothing."""
        spark = kept(read_delight(line, TODAY))
        assert delight_line(spark) == line
        assert edited(spark, delight_line(spark), TODAY) == spark.draft
        assert read_delight(delight_line(spark), TODAY) == spark.draft

    def test_a_text_of_its_own_stays(self) -> None:
        """A whole joke is not lost when its title is said otherwise."""
        joke = kept(
            SparkDraft(
                kind="delight",
                title="Why the choir walks",
                text="It parked\nin A flat.",
                tags=("choir",),
                until=day("2026-12-24"),
            )
        )
        assert delight_line(joke) == "Why the choir walks #choir until 24 December 2026"
        again = edited(joke, "Why the choir runs #choir #puns", TODAY)
        assert (again.title, again.tags, again.text, again.until) == (
            "Why the choir runs",
            ("choir", "puns"),
            joke.text,
            None,
        )

    def test_a_cartoon_named_so(self) -> None:
        """A title that begins with a kind stays as it is while nothing is said otherwise."""
        spark = kept(SparkDraft(kind="delight", title="Cartoon: two bees", text="'By distance.'"))
        assert edited(spark, delight_line(spark), TODAY) == spark.draft


class TestSaying:
    """What to do with one, and what became of it."""

    @pytest.mark.parametrize(
        ("title", "said"),
        [
            ("A penguin in a tie", "the penguin in a tie"),
            ("An owl", "the owl"),
            ("The last ferry", "the last ferry"),
            ("Cartoon: two bees", "the cartoon: two bees"),
            ("Two bees and a spreadsheet #bees", "“Two bees and a spreadsheet”"),
            ("A", "“A”"),
            ("{name}", "“{name}”"),
            ("#fun", "something nice"),
        ],
    )
    def test_as_one_sends_it(self, title: str, said: str) -> None:
        """With its article, or between quotation marks."""
        draft = SparkDraft(kind="delight", title=title)
        assert as_object(draft) == said
        assert sending(draft, "Hank") == f"Send Hank {said}"

    def test_where_it_went(self) -> None:
        """How many had it and when last; or that it waits; or nothing."""
        jarred = Jarred(kept(SparkDraft(kind="delight", title="An owl")))
        assert went(jarred, TODAY) == ""
        assert went(replace(jarred, waiting=1), TODAY) == "waits for one"
        assert went(replace(jarred, waiting=2), TODAY) == "waits for several"
        three = replace(jarred, given=3, last_on=TODAY - timedelta(days=14))
        assert went(three, TODAY) == "3 people got it · 2 weeks ago"

    def test_what_became_of_it(self) -> None:
        """In the queue, resting, given, landed or not, or not for them."""
        give = Give(id=1, uuid="", person=Named(1, "Hank"), words="Send", kind="delight")
        assert became(give, TODAY) == "in the queue"
        resting = replace(give, state="snoozed", snoozed_until=day("2026-12-04"))
        assert became(resting, TODAY) == "rests until 4 Dec"
        given = replace(give, state="given", given_on=day("2026-11-21"))
        assert became(given, TODAY) == "yesterday"
        assert became(replace(given, landed="yes"), TODAY) == "yesterday · it landed"
        assert became(replace(given, landed="no"), TODAY) == "yesterday · did not land"
        assert became(replace(give, state="dropped"), TODAY) == "not for them"
