"""Reading one line as something to do for someone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.givetext import read_give
from netcrm.domain.people import Named
from tests.world import TODAY

GRACE = Named(7, "Grace Hopper")
FRIDAY = date(2026, 11, 27)


class TestRead:
    """Kind, day, link and promise."""

    @pytest.mark.parametrize(
        ("typed", "words", "kind", "due", "promised"),
        [
            ("share the opening by friday", "Share the opening", "opening", FRIDAY, False),
            ("I'll send the paper by Friday", "Send the paper", "article", FRIDAY, True),
            ("I promised to lend the tent", "Lend the tent", "help", None, True),
            ("a cartoon of badgers", "A cartoon of badgers", "delight", None, False),
            ("introduce her to Leo", "Introduce her to Leo", "introduction", None, False),
            ("by friday", "", "help", FRIDAY, False),
        ],
    )
    def test_examples(self, typed: str, words: str, kind: str, due: date | None, promised: bool) -> None:
        """As one says it; it is for the one chosen, whoever else is named."""
        draft = read_give(typed, GRACE, TODAY)
        assert draft is not None
        assert (draft.words, draft.kind, draft.due, draft.promised) == (words, kind, due, promised)
        assert (draft.person_id, draft.source) == (GRACE.id, "typed")

    def test_nothing(self) -> None:
        """An empty line is no give."""
        assert read_give("  ", GRACE, TODAY) is None

    @given(st.text(max_size=60))
    def test_never_fails(self, typed: str) -> None:
        """Whatever is typed, it is for the one chosen."""
        draft = read_give(typed, GRACE, TODAY)
        assert draft is None or draft.person_id == GRACE.id
