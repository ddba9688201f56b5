"""Sparks: what is read from what was typed or pasted, and how it is written again."""

from dataclasses import replace
from datetime import date

import pytest

from netcrm.demo.world import load
from netcrm.domain.sparks import SPARK_KINDS, Spark, SparkDraft, expired
from netcrm.domain.sparktext import fill_in, read_spark, wording, written
from tests.world import TODAY, day

LINE = "job: SRE lead at Acme, Berlin #kubernetes https://acme.example/7"

PAGE = """Senior product designer, climate maps
https://kestrel.example/jobs/118

Kestrel is looking for a product designer to lead its climate map tools. Apply by 4 Dec."""


class TestReading:
    """`read_spark`."""

    def test_a_line(self) -> None:
        """A line is its title; a word before the colon its kind; link and hashtags are taken out of it."""
        spark = read_spark(LINE, TODAY)
        assert spark == SparkDraft(
            kind="opening",
            title="SRE lead at Acme, Berlin",
            link="https://acme.example/7",
            text="SRE lead at Acme, Berlin #kubernetes",
            tags=("kubernetes",),
        )

    @pytest.mark.parametrize(
        ("said", "tags"),
        [
            ("An owl #birds #birds #Birds #night-sky", ("birds", "night-sky")),
            ("#rust meetup in #lisbon", ("rust", "lisbon")),
            ("C# lead, issue #42, a#b, # heading, #", ()),
            ("Ein Igel #größe, #İ!", ("größe", "İ")),
            (" ".join(f"#tag{number}" for number in range(40)), tuple(f"tag{n}" for n in range(12))),
        ],
    )
    def test_tags(self, said: str, tags: tuple[str, ...]) -> None:
        """Hashtags, each once; a number is none, nor is what stands within a word; a dozen at most."""
        spark = read_spark(said, TODAY)
        assert spark.tags == tags
        assert read_spark(written(spark), TODAY).tags == tags

    @pytest.mark.parametrize(
        ("said", "title"),
        [
            (
                "job: cartographer at Tallow, Lisbon #maps https://tallow.example/3 until 4 Dec",
                "cartographer at Tallow, Lisbon",
            ),
            ("#rust meetup in #lisbon #a #b", "rust meetup in lisbon"),
            ("Star party (until 4 November 2026)", "Star party"),
            ("Keeper of bees, Bewerbungsschluss: 11.12.2026 #bees", "Keeper of bees"),
            ("Applications close 11 December 2026.", "Applications close 11 December 2026."),
            ("#maps", "#maps"),
            ("C# lead", "C# lead"),
        ],
    )
    def test_a_title(self, said: str, title: str) -> None:
        """Without what was understood otherwise; its hashtags stay in the text, where matching reads them."""
        spark = read_spark(said, TODAY)
        assert spark.title == title
        hashtags = [word for word in said.split() if word.startswith("#") and word not in title]
        assert all(word in spark.text for word in hashtags)
        assert read_spark(written(spark), TODAY) == spark

    def test_a_page(self) -> None:
        """The first line is the title, all of it the text, and a deadline is understood."""
        spark = read_spark(PAGE, TODAY)
        assert (spark.kind, spark.title) == ("opening", "Senior product designer, climate maps")
        assert (spark.link, spark.until) == ("https://kestrel.example/jobs/118", day("2026-12-04"))
        assert spark.text == PAGE

    def test_a_page_that_begins_with_a_link(self) -> None:
        """The title is the first line with words."""
        assert read_spark("https://acme.example/7\nA talk on moons", TODAY).title == "A talk on moons"

    def test_only_a_link(self) -> None:
        """A link alone has a title all the same."""
        spark = read_spark("https://www.acme.example/moons/", TODAY)
        assert (spark.title, spark.link) == ("acme.example/moons", "https://www.acme.example/moons/")

    def test_a_long_first_line(self) -> None:
        """The first sentence of it is the title; one without an end is cut between words."""
        assert read_spark(f"Moons sing. {'And stars listen. ' * 9}", TODAY).title == "Moons sing"
        cut = read_spark("moon " * 60, TODAY).title
        assert cut.endswith("moon …") and len(cut) < 100

    @pytest.mark.parametrize(
        ("said", "kind"),
        [
            ("position: lighthouse keeper", "opening"),
            ("paper: on moons", "article"),
            ("Meetup: rust in Lisbon", "event"),
            ("good news: Edith won", "congratulation"),
            ("cartoon: two bees", "delight"),
            ("We are hiring a keeper", "opening"),
            ("A workshop on letterpress", "event"),
            ("Join us for a climate maps hackathon, Porto", "event"),
            ("webinar: rust in Lisbon", "event"),
            ("Edith has won the Orchard Prize", "congratulation"),
            ("A very funny owl", "delight"),
            ("How moons are made", "article"),
            ("Note: how moons are made", "article"),
        ],
    )
    def test_kinds(self, said: str, kind: str) -> None:
        """A word before the colon says the kind, else the words do, else it is an article."""
        assert read_spark(said, TODAY).kind == kind

    def test_a_kind_said_by_hand(self) -> None:
        """Wins over the word before the colon, which stays out of the title."""
        spark = read_spark("job: moons", TODAY, "delight")
        assert (spark.kind, spark.title) == ("delight", "moons")

    @pytest.mark.parametrize(
        ("said", "until"),
        [
            ("apply by 4 Dec", "2026-12-04"),
            ("until 2027-01-09", "2027-01-09"),
            ("deadline: 15 January", "2027-01-15"),
            ("closes on friday", "2026-11-27"),
            ("event: telescope night, 9 Jan, at the dome", "2027-01-09"),
            ("was open until 4 Dec 2025", "2025-12-04"),
            ("until 4 Dec 2025, now until 5 Dec 2026", "2026-12-05"),
            ("article: on 9 Jan in history", None),
            ("until the cows come home", None),
            ("job: keeper. Applications close 11 December 2026.", "2026-12-11"),
            ("Applications close at 5pm on 11 December 2026", "2026-12-11"),
            ("job: closing on 11 Dec", "2026-12-11"),
            ("last day to apply: 11 December", "2026-12-11"),
            ("deadline for applications is 11 Dec", "2026-12-11"),
            ("Bewerbungsschluss: 11.12.2026", "2026-12-11"),
            ("Stelle, bis 11.12.2026", "2026-12-11"),
            ("bis zum 11. Dezember 2026", "2026-12-11"),
            ("jusqu'au 11 décembre", "2026-12-11"),
            ("she will close 5 deals", None),
        ],
    )
    def test_until(self, said: str, until: str | None) -> None:
        """A day is read behind a word that says so, and of an event anywhere; one to come is preferred."""
        assert read_spark(said, TODAY).until == (day(until) if until else None)

    @pytest.mark.parametrize("said", ["", "   ", "\n\n", "#", "::", "https://", "until", "a" * 5000, "\x00"])
    def test_anything(self, said: str) -> None:
        """Nothing that can be typed is an error."""
        assert read_spark(said, TODAY).kind in SPARK_KINDS

    def test_a_book(self) -> None:
        """A text of any length is read in a moment, and kept whole."""
        text = "until " * 100_000
        draft = read_spark(text, TODAY)
        assert draft.text == text.strip()
        assert written(replace(draft, until=TODAY)).endswith(draft.text)


class TestWriting:
    """`written`, the way back."""

    @pytest.mark.parametrize("spark", load().sparks, ids=lambda spark: spark.title)
    def test_the_demo(self, spark: object) -> None:
        """Of each spark of the demo the same is read again, title, link and day included."""
        fields = {name: getattr(spark, name) for name in ("kind", "title", "link", "text", "until")}
        until = fields["until"]
        fields["until"] = until if isinstance(until, date) else None
        self.check(SparkDraft(**fields))

    @pytest.mark.parametrize(
        "draft",
        [
            read_spark(LINE, TODAY),
            read_spark(PAGE, TODAY),
            read_spark("https://acme.example/moons", TODAY),
            read_spark("moon " * 60, TODAY),
            SparkDraft(kind="event", title="A night of stars", until=day("2026-12-24")),
            SparkDraft(kind="delight", title="An owl", tags=("birds", "night")),
            SparkDraft(kind="delight", title="An owl", text="It said nothing.", tags=("birds",)),
            SparkDraft(kind="delight", title="An owl", link="https://owl.example", until=day("2026-12-24")),
            SparkDraft(kind="article", title="Moons", text="Moons and rain.", link="https://moon.example"),
            SparkDraft(
                kind="article",
                title="A whole book",
                text="A whole book" + "\nof rain" * 2000,
                link="https://rain.example",
                until=day("2026-12-24"),
            ),
        ],
        ids=lambda draft: draft.title[:20],
    )
    def test_round_trip(self, draft: SparkDraft) -> None:
        """Kind, title, link and day are read again as they were."""
        self.check(draft)

    def check(self, draft: SparkDraft) -> None:
        """What was written reads the same, and is stable from then on."""
        again = read_spark(written(draft), TODAY)
        assert (again.kind, again.title, again.link, again.until) == (
            draft.kind,
            draft.title,
            draft.link,
            draft.until,
        )
        assert draft.text in again.text
        assert set(draft.tags) <= set(again.tags)
        assert read_spark(written(again), TODAY) == again


class TestSaying:
    """What is done with a spark, in words."""

    @pytest.mark.parametrize("kind", SPARK_KINDS)
    def test_a_wording(self, kind: str) -> None:
        """Each kind has words with a place for a name; tags are not said aloud."""
        words = wording(SparkDraft(kind=kind, title="An owl #birds"))
        assert "{name}" in words and "An owl" in words and "#" not in words
        assert "Grace" in fill_in(words, "Grace")

    def test_other_braces(self) -> None:
        """Braces in a title are only text."""
        words = wording(SparkDraft(kind="article", title="{0} {x!r} {name"))
        assert fill_in(words, "Ada") == "Send Ada the article: {0} {x!r} {name"

    def test_expired(self) -> None:
        """Of use on its last day, not on the day after."""
        spark = Spark(id=1, uuid="", kind="event", title="", until=TODAY)
        assert not expired(spark, TODAY)
        assert expired(spark, day("2026-11-23"))
        assert not expired(Spark(id=1, uuid="", kind="event", title=""), TODAY)
