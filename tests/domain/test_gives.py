"""Gives: where each stands, why, and in which words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.gives import (
    KINDS,
    SECTIONS,
    SOURCES,
    Give,
    Room,
    glad_of,
    in_order,
    in_past,
    say_day,
    section,
    week_of,
    why_now,
)
from netcrm.domain.people import Named
from tests.world import TODAY, day

GIVE = Give(id=1, uuid="u", person=Named(1, "Amara"), words="Send the paper", kind="article")


def due(days: int, **more: object) -> Give:
    """A give that is due in some days."""
    return replace(GIVE, due=TODAY + timedelta(days=days), **more)  # type: ignore[arg-type]  # its fields


def silent(days: int, **more: object) -> Give:
    """A give for someone with whom one was in touch last some days ago."""
    return replace(GIVE, last_on=TODAY - timedelta(days=days), **more)  # type: ignore[arg-type]  # its fields


def turning(days: int, **more: object) -> Give:
    """A congratulation on a fiftieth birthday in some days."""
    said = {"kind": "congratulation", "source": "occasion", "why": "turns 50"} | more
    return due(days, **said)


class TestSection:
    """Which heading a give stands under."""

    @pytest.mark.parametrize(
        ("give", "heading"),
        [
            (due(-1), "Overdue"),
            (due(0), "Today"),
            (due(1), "This week"),
            (due(6), "This week"),
            (due(7), "Later"),
            (GIVE, "This week"),
            (replace(GIVE, later=True), "Later"),
            (due(-5, snoozed_until=TODAY), "Today"),
            (due(-5, later=True), "Overdue"),
            (due(2, snoozed_until=TODAY - timedelta(days=3)), "This week"),
            (due(-1, snoozed_until=TODAY - timedelta(days=3)), "Overdue"),
            (replace(GIVE, snoozed_until=TODAY - timedelta(days=3)), "Today"),
        ],
    )
    def test_by_day(self, give: Give, heading: str) -> None:
        """By the day it was snoozed to, else by the day it is due, else by whether there was room.

        A snooze that had passed made a give overdue before its due day.
        """
        assert section(give, TODAY) == heading


class TestWhyNow:
    """Every give says why it stands where it stands, in words."""

    @pytest.mark.parametrize(
        ("give", "said"),
        [
            (due(-2), "2 days late"),
            (due(0), "article"),
            (due(0, why="her field"), "her field"),
            (due(1), "tomorrow"),
            (due(4), "Thu"),
            (due(20, promised=True), "12 Dec · promised"),
            (due(-2, promised=True, why="she asked"), "2 days late · promised · she asked"),
            (replace(GIVE, snoozed_until=TODAY - timedelta(days=3)), "back since 3 days"),
            (due(2, snoozed_until=TODAY - timedelta(days=3)), "Tue"),
            (due(-2, snoozed_until=TODAY - timedelta(days=1)), "2 days late"),
            (due(12, spark_id=1, why="because of maps"), "until 4 Dec · because of maps"),
            (due(0, spark_id=1), "until today"),
            (due(-2, spark_id=1), "2 days late"),
            (due(12, spark_id=1, snoozed_until=TODAY + timedelta(days=2)), "Tue"),
            (GIVE, "article"),
            (silent(120), "article · silent 4 months"),
            (silent(20), "article"),
            (silent(120, why="her field"), "her field"),
            (
                silent(120, kind="reconnect", source="cadence", due=TODAY, why="silent 3 months"),
                "silent 4 months",
            ),
            (silent(120, kind="reconnect"), "silent 4 months"),
            (silent(120, kind="reconnect", why="she moved"), "she moved"),
            (turning(5), "turns 50 on Fri"),
            (turning(5, promised=True), "turns 50 on Fri · promised"),
            (turning(0), "turns 50 today"),
            (turning(20), "turns 50 on 12 Dec"),
            (turning(-1), "1 day late · turns 50"),
            (turning(5, why=""), "Fri"),
            (replace(GIVE, why="wants a Rust job", source="want"), "wants a Rust job"),
        ],
    )
    def test_examples(self, give: Give, said: str) -> None:
        """Lateness, the day, a promise, the reason; the kind where there is nothing else."""
        assert why_now(give, TODAY) == said

    @given(st.integers(-400, 400), st.booleans(), st.sampled_from(["", "her field"]), st.sampled_from(KINDS))
    def test_always_a_reason(self, days: int, promised: bool, why: str, kind: str) -> None:
        """There always is one."""
        assert why_now(due(days, promised=promised, why=why, kind=kind), TODAY)


class TestOrder:
    """The order of the queue."""

    @given(
        st.lists(
            st.builds(
                lambda id, days, promised, later, source: replace(
                    GIVE,
                    id=id,
                    due=None if days is None else TODAY + timedelta(days=days),
                    promised=promised,
                    later=later,
                    source=source,
                ),
                st.integers(1, 99),
                st.none() | st.integers(-20, 20),
                st.booleans(),
                st.booleans(),
                st.sampled_from(SOURCES),
            )
        )
    )
    def test_sections_then_promises(self, gives: list[Give]) -> None:
        """Nothing is lost; headings come in their order, and in each the promises first, by day."""
        ordered = in_order(gives, TODAY)
        assert sorted(map(repr, ordered)) == sorted(map(repr, gives))
        places = [(SECTIONS.index(section(give, TODAY)), not give.promised) for give in ordered]
        assert places == sorted(places)

    def test_light_ones_stand_between(self) -> None:
        """A light give comes after every three serious ones of a day; what is left comes last."""
        kinds = ["delight"] * 3 + ["help"] * 7
        gives = [replace(GIVE, id=number, kind=kind) for number, kind in enumerate(kinds)]
        assert "".join(give.kind[0] for give in in_order(gives, TODAY)) == "hhhdhhhdhd"

    def test_occasions_after_promises(self) -> None:
        """In a section: promises by day, occasions by day, then the rest by day."""
        gives = [
            due(1, words="rest"),
            due(3, words="occasion", source="occasion"),
            due(5, words="promise", promised=True),
            due(4, words="sooner promise", promised=True),
            due(2, words="sooner occasion", source="occasion"),
        ]
        assert [give.words for give in in_order(gives, TODAY)] == [
            "sooner promise",
            "promise",
            "sooner occasion",
            "occasion",
            "rest",
        ]


class TestWords:
    """Days and deeds, as one says them."""

    @pytest.mark.parametrize(
        ("on", "said"),
        [
            ("2026-11-22", "today"),
            ("2026-11-23", "tomorrow"),
            ("2026-11-21", "yesterday"),
            ("2026-11-28", "Sat"),
            ("2026-11-29", "29 Nov"),
            ("2027-02-01", "1 Feb"),
            ("2027-08-01", "1 Aug 2027"),
            ("2025-12-31", "31 Dec 2025"),
            ("2026-01-05", "5 Jan"),
        ],
    )
    def test_days(self, on: str, said: str) -> None:
        """Near days by name, then by day and month, far ones with their year."""
        assert say_day(day(on), TODAY) == said

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("Send the paper", "Sent the paper"),
            ("say hello again", "said hello again"),
            ("RING", "Rang"),
            ("Ana's graduation", "Ana's graduation"),
            ("the paper", "the paper"),
            ("", ""),
        ],
    )
    def test_done(self, words: str, said: str) -> None:
        """What was to be done, as done; what begins with no verb we know stays as it is."""
        assert in_past(words) == said

    def test_week(self) -> None:
        """A week runs from Monday to Sunday."""
        assert week_of(TODAY) == (day("2026-11-16"), TODAY)
        assert week_of(day("2026-11-23")) == (day("2026-11-23"), day("2026-11-29"))


class TestRoom:
    """What a week has room for."""

    @given(st.integers(0, 9), st.integers(0, 20), st.integers(0, 20))
    def test_never_below_nothing(self, size: int, given_: int, waiting: int) -> None:
        """However much was given, the gauge is as long as the week's room, and no debt is shown."""
        room = Room(size=size, given=given_, waiting=waiting)
        assert len(room.filled + room.taken + room.free) == size
        assert len(room.free) == room.left
        assert 0 <= room.left <= size


class TestGladOf:
    """What lands with someone, in words."""

    @pytest.mark.parametrize(
        ("kinds", "said"),
        [
            ({}, ""),
            ({"opening": (1, 0)}, ""),
            ({"opening": (2, 0)}, "glad of openings"),
            ({"opening": (2, 1)}, ""),
            ({"opening": (3, 1), "help": (2, 0), "article": (0, 5)}, "glad of openings and help"),
            (
                dict.fromkeys(("opening", "article", "help"), (9, 0)),
                "glad of openings, things to read and help",
            ),
        ],
    )
    def test_examples(self, kinds: dict[str, tuple[int, int]], said: str) -> None:
        """Two that landed are enough, and twice as many as did not."""
        assert glad_of(kinds) == said

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_kind(self, kind: str) -> None:
        """Each kind has its words."""
        assert glad_of({kind: (2, 0)})
