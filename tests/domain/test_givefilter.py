"""Narrowing the queue."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.givefilter import GiveFilter, parse_filter
from netcrm.domain.gives import KINDS, Give
from netcrm.domain.people import Named

OPENING = Give(
    id=1,
    uuid="u",
    person=Named(7, "Grâce Lindqvist"),
    words="Share the Kestrel opening",
    kind="opening",
    why="wants maps",
)


class TestAdmits:
    """What is shown."""

    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            ("", True),
            ("kind:opening", True),
            ("kind:op", True),
            ("kind:openings", True),
            ("openings", True),
            ("kind:article", False),
            ("kind:article,opening", True),
            ("kind:article kind:opening", True),
            ("article opening", True),
            ("with:grace", True),
            ("for:lind", True),
            ('with:"Grace Lindqvist"', True),
            ("with:hank", False),
            ("kind:opening with:hank", False),
            ("kestrel", True),
            ("maps", True),
            ("estrel", False),
            ("kind:", True),
            ("with:", True),
            ("op", True),
            ("zz", False),
        ],
    )
    def test_typed(self, typed: str, shown: bool) -> None:
        """Kinds add to one another; people and words have to hold."""
        assert parse_filter(typed).admits(OPENING) == shown

    def test_one_person(self) -> None:
        """Just for one, not for another of the same name."""
        chosen = GiveFilter(person=OPENING.person)
        assert chosen.admits(OPENING)
        assert not chosen.admits(replace(OPENING, person=Named(8, OPENING.whom.name)))
        assert str(chosen) == 'with:"Grâce Lindqvist"'


class TestRead:
    """What was typed."""

    def test_empty(self) -> None:
        """Nothing narrows nothing."""
        assert not parse_filter("  ")
        assert not parse_filter("foo:bar")

    @pytest.mark.parametrize(
        "typed", ["kind:opening with:grace kestrel", "kind:opening kind:article", "with:a"]
    )
    def test_said_again(self, typed: str) -> None:
        """A filter says itself as it would be typed."""
        assert str(parse_filter(typed)) == typed

    @pytest.mark.parametrize(("typed", "said"), [("kind:foo", "is no kind"), ("tag:x", "Known: kind: with:")])
    def test_problems(self, typed: str, said: str) -> None:
        """A wrong term is explained."""
        (problem,) = parse_filter(typed).problems
        assert said in problem

    @given(st.text(max_size=40))
    def test_never_fails(self, typed: str) -> None:
        """Whatever is typed."""
        assert parse_filter(typed).admits(OPENING) in (True, False)

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_kind(self, kind: str) -> None:
        """Each kind by its name alone."""
        assert parse_filter(kind).kinds == (kind,)
