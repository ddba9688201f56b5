"""Wants and offers: how a line is read, and when they are old."""

from datetime import date, timedelta

import pytest

from netcrm.domain.wants import TRUE_DAYS, Said, Want, read_wants, say_wants

TODAY = date(2026, 11, 22)


class TestReading:
    """What a line says that someone wants and offers."""

    @pytest.mark.parametrize(
        ("line", "wants", "offers"),
        [
            ("wants: Rust job", ("Rust job",), ()),
            ("want: Rust job", ("Rust job",), ()),
            ("offers: pottery lessons", (), ("pottery lessons",)),
            ("OFFER:pottery lessons", (), ("pottery lessons",)),
            ("Rust job", ("Rust job",), ()),
            ("a flat; a desk ; offers: a van; knots", ("a flat", "a desk"), ("a van", "knots")),
            ("offers: a van; wants: a desk; a flat", ("a desk", "a flat"), ("a van",)),
            ("wants: a desk offers: a van", ("a desk",), ("a van",)),
            ("wants a Rust job; offers a van on weekends", ("a Rust job",), ("a van on weekends",)),
            ("  a   desk ;; ; A Desk", ("a desk",), ()),
            ("", (), ()),
            ("wants:", (), ()),
            (" ; offers: ;", (), ()),
            ("want ads in the paper", ("want ads in the paper",), ()),
            ("unwanted: books", ("unwanted: books",), ()),
            ("help with offer letters", ("help with offer letters",), ()),
            ("https://wants.example/a:b", ("https://wants.example/a:b",), ()),
        ],
    )
    def test_lines(self, line: str, wants: tuple[str, ...], offers: tuple[str, ...]) -> None:
        """Marks hold up to the next; semicolons divide; what is not marked is a want."""
        assert read_wants(line) == Said(wants, offers)

    def test_bare_text_can_be_an_offer(self) -> None:
        """Where one says what somebody offers, a text without a mark is an offer."""
        assert read_wants("a van; wants: a desk", bare="offer") == Said(("a desk",), ("a van",))

    def test_said(self) -> None:
        """As a sentence goes on after a name."""
        assert say_wants([("offer", "a van"), ("want", "a desk"), ("want", "a flat")]) == (
            "wants a desk; a flat and offers a van"
        )
        assert not read_wants(" ; ")


class TestStale:
    """When one would ask whether it is still true."""

    @pytest.mark.parametrize(("days", "stale"), [(0, False), (TRUE_DAYS, False), (TRUE_DAYS + 1, True)])
    def test_after_ninety_days(self, days: int, stale: bool) -> None:
        """Ninety days are fine, one more is not; the confirmation counts before the beginning."""
        then = TODAY - timedelta(days=days)
        want = Want(id=1, side="want", text="a desk", created_on=then)
        assert want.is_stale(TODAY) is stale
        old = Want(id=1, side="want", text="a desk", created_on=date(2020, 1, 1), confirmed_on=then)
        assert old.is_stale(TODAY) is stale
