"""Searches as values: read, combined, and said again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.query import TERMS, Query, parse, split, term
from tests.world import day


class TestParse:
    """What was typed becomes terms."""

    @pytest.mark.parametrize(
        ("typed", "query"),
        [
            ("", Query()),
            ("Kovács Béla", Query(words=("kovacs", "bela"))),
            ("tag:Design", Query(tag=("design",))),
            ("#Design", Query(tag=("design",))),
            ("tag:#design", Query(tag=("design",))),
            ('tag:"old friends"', Query(tag=("old friends",))),
            ('tag:"old fri', Query(tag=("old fri",))),
            ('"amara okafor"', Query(words=("amara", "okafor"))),
            ("city:Lisbon org:Acme title:head", Query(city=("lisbon",), org=("acme",), title=("head",))),
            ("with:grace want:rust offer:tents", Query(with_=("grace",), want=("rust",), offer=("tents",))),
            ("group:designers place:Guincho", Query(group=("designers",), place=("guincho",))),
            ("stars:2", Query(stars=2)),
            ("stars:***", Query(stars=3)),
            ("is:bright", Query(stars=2)),
            ("kind:call", Query(kind=("call",))),
            ("kind:life", Query(kind=("life event",))),
            ("since:2026", Query(since=day("2026-01-01"))),
            ("since:2026-03", Query(since=day("2026-03-01"))),
            ("until:2026", Query(until=day("2026-12-31"))),
            ("until:2024-02", Query(until=day("2024-02-29"))),
            ("until:9999", Query(until=day("9999-12-31"))),
            ("until:2026-3-4", Query(until=day("2026-03-04"))),
            ("is:archived", Query(archived=True)),
            ("is:silent", Query(states=("silent",))),
            ("is:Drift is:ripe", Query(states=("drifting", "ripe"))),
            ("https://x.example/a", Query(words=("https", "x", "example", "a"))),
            ("O'Rourke", Query(words=("o", "rourke"))),
        ],
    )
    def test_terms(self, typed: str, query: Query) -> None:
        """Words, terms, quoted runs, and a quote still open while one types."""
        assert parse(typed) == query

    @pytest.mark.parametrize("typed", ["tag:", "#", "tag:#", "tag:# ", 'city:""', "since:", "kind: ", "  "])
    def test_unfinished(self, typed: str) -> None:
        """A term whose value is still to come narrows nothing."""
        assert not parse(typed)
        assert not parse(typed).problems

    @pytest.mark.parametrize(
        ("typed", "problem"),
        [
            ("colour:red", "“colour:” is no term."),
            ("since:soon", "“since:soon” is no date; write since:2026, 2026-03 or 2026-03-14."),
            ("until:2026-13", "is no date"),
            ("until:2026-02-30", "is no date"),
            ("until:0000", "is no date"),
            ("kind:dance", "“kind:dance” is no kind; there are met, call"),
            (
                "is:nice",
                "“is:nice” is not known; there is is:archived, is:ripe, is:drifting, is:silent, is:bright.",
            ),
            ("stars:4", "“stars:4” is not known; write stars:1, stars:2 or stars:3."),
            ("stars:12", "“stars:12” is not known"),
        ],
    )
    def test_a_wrong_term_is_explained(self, typed: str, problem: str) -> None:
        """It is no error: it says what there is instead."""
        (said,) = parse(typed).problems
        assert problem in said

    def test_every_term_is_known(self) -> None:
        """Each term of the table is read, and given as a flag means the same."""
        for name in TERMS:
            values = {"kind": "call", "since": "2026", "until": "2026", "is": "archived", "stars": "2"}
            value = values.get(name, "x")
            assert parse(f"{name}:{value}")
            assert term(name, value) == parse(f"{name}:{value}")

    @pytest.mark.parametrize(
        ("typed", "pieces"),
        [
            ('tag:"old friends" x', ["tag:old friends", "x"]),
            ('a"b c"d e', ["ab cd", "e"]),
            ('with:"bela k', ["with:bela k"]),
            ('"" x\t"', ["", "x", ""]),
        ],
    )
    def test_quotes(self, typed: str, pieces: list[str]) -> None:
        """A quoted run is one, and one that is open still ends with the text."""
        assert split(typed) == pieces

    def test_a_long_word(self) -> None:
        """A megabyte without a space took 20 seconds to take apart."""
        assert split("漢字" * 500_000) == ["漢字" * 500_000]

    @given(st.text())
    def test_anything(self, typed: str) -> None:
        """Whatever is typed can be read."""
        parse(typed)


PIECES = (
    *("amara", "kovács", "李", "tag:sky", 'tag:"old friends"', "#x", "city:münchen", "org:a&b"),
    *("title:it's", "kind:call", "kind:life", 'with:"bela k"', "since:2026-03", "until:2026"),
    *("group:b&c", 'place:"café x"', "stars:2", "is:bright"),
    *("want:#1", "offer:x:y", "is:archived", "is:silent is:archived"),
)
"""Pieces that searches are made of."""


class TestAsValues:
    """Searches are combined, and said again."""

    def test_both(self) -> None:
        """Every term of either has to hold, once; of two bounds the narrower."""
        both = parse("amara tag:sky since:2026-01 until:2026-12")
        both &= parse("amara eso since:2026-03 until:2027")
        assert both == parse("amara eso tag:sky since:2026-03 until:2026-12")
        assert (parse("x") & parse("is:archived")).archived
        assert (Query() & parse("x")) == (parse("x") & Query()) == parse("x")

    def test_problems_are_kept(self) -> None:
        """What was not understood is told of both, and narrows nothing by itself."""
        both = parse("since:x") & parse("until:y")
        assert len(both.problems) == 2
        assert not both

    @given(st.lists(st.sampled_from(PIECES), max_size=6))
    def test_said_again(self, pieces: list[str]) -> None:
        """The text of a search, read again, is the same search."""
        query = parse(" ".join(pieces))
        assert parse(str(query)) == replace(query, problems=())
