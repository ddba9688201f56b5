"""Organisations: what is one, who works and worked there, and what life events tell of it."""

from collections.abc import Mapping, Sequence

import pytest

from netcrm.domain.organisations import (
    Held,
    News,
    Organisation,
    Position,
    called,
    firm,
    former,
    gathered,
    is_firm,
    left_behind,
    names_firm,
    ordered,
    read_news,
)
from tests.world import TODAY, day, person

CHRISTINA, HANK, AMARA, BELA = 1, 2, 3, 4


def known(*names: str) -> set[str]:
    """What some organisations are known by."""
    return {firm(name) for name in names}


def told(text: str, name: str = "Ibrahim Sesay") -> News | None:
    """What a life event of today tells, where Acme, Fjord, Kestrel and Blythe & Daughters are in the book."""
    book = known("Acme", "Fjord", "Kestrel", "Blythe & Daughters")
    return read_news(text, name, TODAY, book.__contains__)


class TestNames:
    """One organisation, however it is written."""

    @pytest.mark.parametrize(
        "written",
        [
            "Acme",
            "ACME",
            "Acme Inc.",
            "Acme, Inc.",
            "ACME GmbH",
            "acme gmbh & co. kg",
            "The Acme Co",
            "Ácme S.A.",
        ],
    )
    def test_the_legal_form_is_left_out(self, written: str) -> None:
        """At the end, with dots or without; and The at the beginning."""
        assert firm(written) == "acme"

    @pytest.mark.parametrize(
        ("written", "key"),
        [
            ("Co-op Bank", "co op bank"),
            ("AS Roma", "as roma"),
            ("Co", "co"),
            ("The The", "the"),
            ("Lumière", "lumiere"),
            ("株式会社", "株 式 会 社"),
            ("🎪", "🎪"),
            ("", ""),
        ],
    )
    def test_what_is_left_is_its_name(self, written: str, key: str) -> None:
        """A form elsewhere is part of the name, and what is nothing but a form is called so."""
        assert firm(written) == key

    @pytest.mark.parametrize("written", ["Self-employed", "freelance", "Retired", "n/a", "", "  "])
    def test_no_organisation(self, written: str) -> None:
        """Two who work for themselves are not colleagues."""
        assert not is_firm(firm(written))

    def test_a_text_names_one(self) -> None:
        """By whole words."""
        assert names_firm(" layoffs at acme berlin ", "ACME Inc.")
        assert not names_firm(" acmes of design ", "Acme")
        assert not names_firm(" for freelance people ", "Freelance")
        assert not names_firm(" co founders wanted ", "Co")


class TestNews:
    """What a life event tells of where somebody works."""

    def test_a_new_job_as_an_import_tells_it(self) -> None:
        """Where they are now, and where they were."""
        assert told("New job: Head of Talent at Acme (before: Recruiter at Fjord)") == News(
            TODAY,
            Position("Acme", "Head of Talent", from_on=TODAY),
            Position("Fjord", "Recruiter", until_on=TODAY),
        )

    @pytest.mark.parametrize(
        ("text", "joined", "left"),
        [
            ("joined Kestrel", "Kestrel", ""),
            ("Ibrahim has joined Kestrel as an engineer", "Kestrel", ""),
            ("New job: data engineer at Kestrel", "Kestrel", ""),
            ("New role at Acme", "Acme", ""),
            ("New job at Acme, at last", "Acme", ""),
            ("left Acme", "", "Acme"),
            ("Left ACME GmbH after nine years", "", "ACME GmbH"),
            ("has left Acme for Kestrel", "Kestrel", "Acme"),
            ("left Fjord to join Blythe & Daughters", "Blythe & Daughters", "Fjord"),
            ("New job: nothing special (before: Clerk at Fjord)", "", "Fjord"),
        ],
    )
    def test_who_came_and_went(self, text: str, joined: str, left: str) -> None:
        """As one would write it."""
        news = told(text)
        said = (
            news.joined.organisation if news and news.joined else "",
            news.left.organisation if news and news.left else "",
        )
        assert said == (joined, left)

    @pytest.mark.parametrize(
        "text",
        [
            "Married Carys",
            "Her sister left Acme",
            "joined the Acme choir",
            "joined Initech",
            "left the party at Acme",
            "Lunch; then she left Acme early",
            "left",
            "New job:",
            "New job: a job at a firm nobody knows",
            "",
        ],
    )
    def test_only_where_it_is_clear(self, text: str) -> None:
        """Of somebody else, of something else, or of an organisation that is not in the book: nothing."""
        assert told(text) is None

    def test_it_is_read_no_further_than_it_begins(self) -> None:
        """A page of commas takes no time."""
        assert told("joined " + ", in " * 100_000) is None


class TestFormer:
    """What is over, as life events tell it."""

    JOINED = News(day("2024-01-01"), joined=Position("Fjord", "Designer", from_on=day("2024-01-01")))
    MOVED = News(day("2025-05-01"), joined=Position("Kestrel", from_on=day("2025-05-01")))
    LEFT = News(day("2025-04-01"), left=Position("Fjord", until_on=day("2025-04-01")))

    def test_it_is_over_once_something_else_began(self) -> None:
        """They came to Fjord, and a year later to Kestrel."""
        assert list(former([self.JOINED, self.MOVED], "kestrel")) == [
            Position("Fjord", "Designer", day("2024-01-01"), day("2025-05-01"))
        ]

    def test_having_come_somewhere_tells_nothing_by_itself(self) -> None:
        """They may be there now, and the form not know it yet."""
        assert not list(former([self.JOINED], "kestrel"))

    def test_they_left(self) -> None:
        """With what they did there, where it was told that they came."""
        first, second = former([self.JOINED, self.LEFT], "")
        assert first == Position("Fjord", "Designer", day("2024-01-01"), day("2025-04-01"))
        assert second == Position("Fjord", until_on=day("2025-04-01"))

    def test_who_came_back_is_there(self) -> None:
        """What they left is where they work."""
        assert not list(former([self.JOINED, self.LEFT], "fjord"))


class TestLeftBehind:
    """What an edit of the form, or an import, leaves behind."""

    @pytest.mark.parametrize(
        ("before", "after", "left"),
        [
            (("Fjord", "Designer"), ("Acme", "Head of Design"), Position("Fjord", "Designer")),
            (("Fjord", "Designer"), ("Acme", "Designer"), Position("Fjord", "Designer")),
            (("Fjord", "Designer"), ("", ""), Position("Fjord", "Designer")),
            (("Fjord", "Designer"), ("Fjord", "Head of Design"), Position("Fjord", "Designer")),
            (("Fjord", ""), ("Fjord", "Designer"), None),
            (("Fjord", "Designer"), ("Fjord", ""), None),
            (("Fjord", "designer"), ("FJORD Ltd.", "Designer"), None),
            (("", "Designer"), ("Acme", "Designer"), None),
            (("Freelance", "Designer"), ("Acme", "Designer"), None),
        ],
    )
    def test_positions(self, before: tuple[str, str], after: tuple[str, str], left: Position | None) -> None:
        """Another organisation or title is a position held; another spelling is none."""
        profiles = [person(organisation=where, title=what) for where, what in (before, after)]
        assert left_behind(*profiles) == left


def book(
    work: Mapping[int, str], held: Sequence[Held] = (), news: Mapping[int, Sequence[News]] | None = None
) -> dict[str, Organisation]:
    """The organisations of a book of four, by what they are known by."""
    found = gathered([CHRISTINA, HANK, AMARA, BELA], work, held, news or {})
    return {one.key: one for one in found}


class TestGathered:
    """Who works and worked where."""

    def test_all_spellings_are_one_called_as_most_write_it(self) -> None:
        """Of as many the shortest."""
        found = book({CHRISTINA: "ACME Inc.", HANK: "Acme", AMARA: "Acme GmbH", BELA: "Acme"})
        (acme,) = found.values()
        assert (acme.name, acme.now, acme.counts) == ("Acme", (CHRISTINA, HANK, AMARA, BELA), "4 now")

    def test_each_stands_once_where_they_were(self) -> None:
        """With the last position there, and the one on record rather than one that is only told."""
        fjord = Position("Fjord", "Clerk", until_on=day("2020-01-01"))
        later = Position("FJORD", "Head", until_on=day("2024-01-01"))
        acme = Position("Acme", "Clerk", until_on=day("2019-01-01"))
        found = book(
            {CHRISTINA: "Acme"},
            [Held(CHRISTINA, fjord, 7), Held(CHRISTINA, later, 8), Held(CHRISTINA, acme, 9)],
            {CHRISTINA: [News(TODAY, left=Position("Fjord", until_on=TODAY))]},
        )
        assert found["acme"].before == ()
        assert [one.id for one in found["fjord"].before] == [8]
        assert found["fjord"].counts == "1 before"

    def test_the_last_to_leave_comes_first(self) -> None:
        """And of whom it is not known when, last."""
        days = {CHRISTINA: day("2020-01-01"), HANK: None, AMARA: day("2024-01-01")}
        held = [Held(key, Position("Fjord", until_on=until), key) for key, until in days.items()]
        assert [one.person_id for one in book({}, held)["fjord"].before] == [AMARA, CHRISTINA, HANK]

    def test_a_life_event_tells_where_the_form_does_not(self) -> None:
        """Who has joined Kestrel, and of whom no organisation was written down, works there."""
        joined = News(TODAY, joined=Position("Kestrel"))
        found = book({HANK: "Kestrel", AMARA: "Acme"}, news={BELA: [joined], AMARA: [joined]})
        assert found["kestrel"].now == (HANK, BELA)
        assert found["kestrel"].before == ()

    def test_reasons(self) -> None:
        """Why each has to do with it."""
        fjord = book({HANK: "Fjord"}, [Held(BELA, Position("fjord"), 1)])["fjord"]
        assert fjord.reasons == {HANK: "works at Fjord", BELA: "worked at Fjord"}

    def test_who_is_not_in_the_book_is_left_out(self) -> None:
        """Such as whoever was put away."""
        assert not book({}, [Held(99, Position("Fjord"), 1)])


class TestLists:
    """How they are listed and narrowed."""

    FOUND = (
        Organisation("kestrel", "Kestrel", frozenset({"Kestrel"}), (1,)),
        Organisation("acme", "acme", frozenset({"acme"}), (2, 3)),
        Organisation(
            "fjord", "Fjord", frozenset({"Fjord", "Fjørd Design"}), (), (Held(4, Position("Fjord"), 1),)
        ),
    )

    def test_by_size_or_by_name(self) -> None:
        """Of as many people, where more of them are now."""
        assert [one.name for one in ordered(self.FOUND, "size")] == ["acme", "Kestrel", "Fjord"]
        assert [one.name for one in ordered(self.FOUND, "name")] == ["acme", "Fjord", "Kestrel"]

    def test_narrowed_as_one_types(self) -> None:
        """By the beginning of any word, of any spelling."""
        assert [one.name for one in called(self.FOUND, "FJO des")] == ["Fjord"]
        assert len(called(self.FOUND, " ")) == 3
        assert not called(self.FOUND, "jord")

    def test_a_legal_form_narrows_only_what_is_named(self) -> None:
        """Whoever types it goes on with a name; alone it would find everyone."""
        (northwind,) = gathered([1, 2], {1: "Northwind Ltd.", 2: "Northwind"}, [], {})
        assert called([northwind], "northwind lt") and called([northwind], "The northwind")
        assert not called([northwind], "l")
