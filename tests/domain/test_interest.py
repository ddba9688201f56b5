"""Interest: how a match is said."""

from datetime import timedelta
from time import perf_counter

import pytest

from netcrm.domain.interest import because, blocks, excerpt, say, spans
from netcrm.domain.matching import Match, Reason
from netcrm.domain.people import Named
from netcrm.domain.stems import stem
from tests.world import TODAY

GRACE = Named(1, "Grace")


def matched(*reasons: Reason, works_there: bool = False, landed: bool = False) -> Match:
    """A match of Grace's for some reasons."""
    return Match(GRACE, 0.5, reasons, works_there=works_there, landed=landed)


def reason(word: str, where: str, found: str = "", days_ago: int | None = None) -> Reason:
    """A reason, found as it is looked for."""
    on = None if days_ago is None else TODAY - timedelta(days=days_ago)
    return Reason(word, where, found or word, on, tuple(map(stem, word.split())))


class TestBecause:
    """Each place says itself."""

    @pytest.mark.parametrize(
        ("one", "said"),
        [
            (reason("design", "tag"), "#design"),
            (reason("design", "want", "looking for design help"), "wants “looking for design help”"),
            (reason("design", "offer", "design reviews"), "offers “design reviews”"),
            (reason("moons", "timeline", "Spoke of moons", 51), "“Spoke of moons” (2 Oct)"),
            (reason("moons", "note", "Moons!"), "“Moons!”"),
            (reason("designer", "title", "Lead designer"), "designer"),
            (reason("lisbon", "city", "Lisbon"), "Lisbon"),
        ],
    )
    def test_where(self, one: Reason, said: str) -> None:
        """A tag has its sign, what was said its quotation marks and day."""
        assert say(because(matched(one), "opening", TODAY)) == said

    def test_the_firm_itself(self) -> None:
        """Who works there is told apart, first of all."""
        match = matched(reason("data", "tag"), reason("kestrel", "organisation"), works_there=True)
        assert say(because(match, "opening", TODAY, "Kestrel")) == "works there · #data"
        assert say(because(match, "article", TODAY, "Kestrel")) == "works at Kestrel · #data"

    def test_what_landed(self) -> None:
        """What landed before is said last."""
        match = matched(reason("data", "tag"), landed=True)
        assert say(because(match, "opening", TODAY)) == "#data · openings land with them"

    def test_words_of_one_text(self) -> None:
        """Are said together; a bare word that has been said is not said again."""
        text = "looking for design help"
        match = matched(
            reason("design", "want", text), reason("help", "want", text), reason("design", "title", "Design")
        )
        assert say(because(match, "opening", TODAY)) == f"wants “{text}”"

    def test_as_many_as_fit(self) -> None:
        """Of the words only as many as there is room for, whole, at least one."""
        match = matched(*(reason(word, "tag") for word in ("design", "maps", "climate")), landed=True)
        why = because(match, "opening", TODAY)
        assert say(why, 35) == "#design · openings land with them"
        assert say(why, 1) == "#design · openings land with them"
        assert say((), 10) == ""


class TestBlocks:
    """The gauge."""

    def test_against_the_best(self) -> None:
        """Full for the best, never empty for anybody."""
        assert [blocks(fit, 0.8) for fit in (0.8, 0.64, 0.4, 0.1, 0.001)] == [5, 4, 2, 1, 1]
        assert blocks(0, 0.8) == 0 and blocks(0, 0) == 0


class TestExcerpt:
    """A few words around those that were met."""

    TEXT = "We walked by the river and she said that moons and their tides are what she dreams of"

    def test_short(self) -> None:
        """A short text is whole."""
        assert excerpt(" of  moons ", [("moon",)]) == "of moons"

    def test_around(self) -> None:
        """The words stand in it, the ends that were cut are marked, no word is broken."""
        said = excerpt(self.TEXT, [(stem("moons"),)], 30)
        assert "moons" in said and said.startswith("…") and said.endswith("…")
        assert said.strip("…") in self.TEXT and len(said) <= 32

    @pytest.mark.parametrize("filling", ["quiet words of all kinds ", "stille Wörter über alles ", "月日"])
    def test_a_book_in_a_note(self, filling: str) -> None:
        """The words are found far within, and what is found nowhere takes no time worth speaking of."""
        book = filling * (1_000_000 // len(filling))
        far = f"{book[:150_000]} the moons of Jupiter {book}"
        before = perf_counter()
        assert "moons of Jupiter" in excerpt(far, [(stem("moons"), "of", stem("jupiter"))], 30)
        assert len(excerpt(book, [("xyz",)], 30)) <= 250
        assert perf_counter() - before < 1

    @pytest.mark.parametrize("length", [3990, 4000, 4010])
    def test_where_pieces_meet(self, length: int) -> None:
        """A phrase is found wherever it stands, and the same is said of it."""
        text = f"{'a' * (length - 15)} we talked of the moons of Jupiter that day and more besides"
        said = excerpt(text, [("moon", "of", stem("jupiter"))], 40)
        assert "moons of Jupiter" in said

    def test_nowhere(self) -> None:
        """What was met as something else entirely: the beginning."""
        assert excerpt(self.TEXT, [("xyz",)], 20) == "We walked by the…"

    @pytest.mark.parametrize("text", ["", "x" * 500, "李雨桐" * 40, "\x1b[2J" * 30, "a " * 300])
    def test_anything(self, text: str) -> None:
        """Any text is cut, and drawn safely."""
        assert "\x1b" not in excerpt(text, [("x",)], 20)


class TestSpans:
    """Where words stand."""

    def test_families(self) -> None:
        """A word, phrases, and others of its family, accents and case aside."""
        text = "Designers of MAPS; data visualisation, a Zürich map"
        found = [
            text[start:end] for start, end in spans(text, ["map", "designer", "data visualisation", "zurich"])
        ]
        assert found == ["Designers", "MAPS", "data visualisation", "Zürich", "map"]

    def test_nothing(self) -> None:
        """Nothing is found for nothing."""
        assert spans("maps", []) == () or not spans("maps", [])
        assert not spans("", ["map"])

    def test_without_spaces(self) -> None:
        """Where a script has no spaces, each character is a word."""
        text = "河流地图"
        assert [text[start:end] for start, end in spans(text, ["地图"])] == ["地图"]
