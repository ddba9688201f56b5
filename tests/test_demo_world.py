"""The demo world: whole, in the domain's words, and just as the pictures show it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from netcrm.demo.world import (
    ANCHOR,
    GIVING_KINDS,
    World,
    WorldEntry,
    load,
    opened,
    shifted,
)
from netcrm.domain import gives, timeline
from netcrm.domain.introductions import INTRODUCTION_STATES
from netcrm.domain.mentions import marked
from netcrm.domain.occasions import OCCASION_KINDS, next_on
from netcrm.domain.people import NEVER
from netcrm.domain.rhythm import DRIFTING_AFTER, Warmth, day_after, since, warmth
from netcrm.domain.sparks import SPARK_KINDS

PICTURED = {
    "Christina Vale": ("●", "3d", 2, "Head of Talent, Acme"),
    "Hank Morrow": ("●", "1w", 0, "Scout leader, Northwind"),
    "Amara Okafor": ("◐", "5w", 1, "Astrophysicist, ESO"),
    "Bela Kovács": ("○", "4mo", 1, "Circus marketer, Lumière"),
    "Don Orlando": ("●", "9d", 0, "Career director"),
    "Edith Nakamura": ("◐", "6w", 1, "Novelist"),
    "Farid Haddad": ("·", "–", 0, "CTO, Lumen Labs"),
    "Grace Lindqvist": ("●", "2d", 0, "Designer, Fjord"),
    "Ibrahim Sesay": ("●", "12d", 1, "Data engineer, Kestrel"),
    "Jo March": ("○", "7mo", 0, "Editor, Orchard Press"),
    "Kavya Iyer": ("●", "3w", 0, "Researcher, TIFR"),
    "Leo Brandt": ("◐", "8w", 0, "Founder, Tallow"),
    "Mina Park": ("·", "–", 0, "Recruiter"),
    "Noor Rahimi": ("●", "5d", 0, "Physician"),
    "Otto Weiss": ("●", "2w", 0, "Luthier"),
}
"""The people of the picture: dot, time since the last contact, gives waiting, title and organisation."""

FICTIONAL_NUMBER = re.compile(r"555-01\d\d|\+44 (20 7946 0|117 496 0|113 496 0|29 2018 0)\d{3}")
"""The numbers that the North American plan and Ofcom keep for fiction."""


@pytest.fixture(scope="module")
def world() -> World:
    """The world on its own day."""
    return load()


def entries_of(world: World, name: str) -> list[WorldEntry]:
    return [entry for entry in world.timeline if name in entry.people]


def last_on(world: World, name: str) -> date | None:
    days = [e.day for e in entries_of(world, name) if e.kind in timeline.CONTACT_KINDS]
    return max(days, default=None)


def warmth_of(cadence: int | None, last: date | None) -> Warmth:
    """How warm the contact with someone is on the world's day."""
    if not cadence or last is None:
        return Warmth.NONE
    return warmth(day_after(last, cadence), day_after(last, DRIFTING_AFTER * cadence), ANCHOR)


def dates_in(value: object) -> Iterator[date]:
    """Every date in a value, occasions aside, in the order of its fields."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from dates_in(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from dates_in(getattr(value, part.name))


class TestWhole:
    """Nothing in the world points at what is not in it."""

    def test_some_sixty_people_each_named_once(self, world: World) -> None:
        """Names are what the rest refers to, so each must be somebody's alone."""
        names = [person.name for person in world.people]
        assert 55 <= len(names) <= 70
        assert len(set(names)) == len(names)

    def test_two_people_share_a_first_name(self, world: World) -> None:
        """So that the picker has somebody to ask about."""
        assert Counter(person.profile.given for person in world.people)["Grace"] == 2

    def test_every_name_is_somebody(self, world: World) -> None:
        """Timeline, gives, introductions, members and introducers name people of the world."""
        used = {person.introduced_by for person in world.people} - {""}
        used |= {name for entry in world.timeline for name in entry.people}
        used |= {give.person for give in world.gives}
        used |= {name for intro in world.introductions for name in (intro.first, intro.second)}
        used |= {name for group in world.groups for name in group.members}
        used |= {one.person for one in world.worked}
        assert used <= {person.name for person in world.people}

    def test_every_group_of_the_timeline_is_there_and_meets(self, world: World) -> None:
        """A meeting belongs to a group of the world, and each group has met."""
        assert {entry.group for entry in world.timeline} - {""} == {group.name for group in world.groups}

    def test_entries_name_people_once_and_say_something(self, world: World) -> None:
        """At least one person an entry but for notes, nobody twice, one line of text without loose ends."""
        for entry in world.timeline:
            assert (entry.people or entry.kind == "note") and len(set(entry.people)) == len(entry.people)
            assert entry.text and entry.text == entry.text.strip() and "\n" not in entry.text

    def test_a_note_of_ones_own_mentions_those_who_are_in_it(self, world: World) -> None:
        """There are some that mention people, each of whom is found, and some that mention nobody."""
        notes = [entry for entry in world.timeline if entry.kind == "note"]
        assert sum(not entry.people for entry in notes) >= 3
        mentioning = [entry for entry in notes if "@" in entry.text]
        assert len(mentioning) >= 3
        for entry in mentioning:
            assert {found.name for found in marked(entry.text, entry.people)} == set(entry.people)

    def test_no_line_is_written_twice(self, world: World) -> None:
        """A demo of templates would persuade nobody."""
        assert max(Counter(entry.text for entry in world.timeline).values()) == 1

    def test_a_given_give_has_its_entry(self, world: World) -> None:
        """What was given stands in the timeline, on the day, for the person."""
        for give in world.gives:
            if give.state != "given":
                assert give.entry is None and give.given_on is None and not give.landed
                continue
            assert give.entry is not None
            entry = world.timeline[give.entry]
            assert (entry.day, entry.kind in GIVING_KINDS) == (give.given_on, True)
            assert give.person in entry.people

    def test_everyone_can_be_written_to(self, world: World) -> None:
        """Each person has at least a mail and a city."""
        for person in world.people:
            assert any(point.kind == "email" for point in person.profile.points), person.name
            assert person.profile.city, person.name

    def test_enough_wants_and_offers_to_match(self, world: World) -> None:
        """Sparks need somebody to land with."""
        assert sum(bool(p.profile.wants or p.profile.offers) for p in world.people) >= 40


class TestWords:
    """Only the domain's closed sets, and days that make sense."""

    def test_kinds_and_states(self, world: World) -> None:
        """Every kind, state, effort and source is one that the domain knows."""
        assert {entry.kind for entry in world.timeline} == set(timeline.KINDS)
        assert {entry.enjoyment for entry in world.timeline} == set(range(timeline.MOST_ENJOYED + 1))
        assert {give.kind for give in world.gives} == set(gives.KINDS)
        assert {give.state for give in world.gives} == set(gives.STATES)
        assert {give.effort for give in world.gives} == set(gives.EFFORTS)
        assert {give.source for give in world.gives} <= set(gives.SOURCES)
        assert {give.landed for give in world.gives} == {"", "yes", "no", "unsure"}
        assert {spark.kind for spark in world.sparks} == set(SPARK_KINDS)
        assert {intro.state for intro in world.introductions} == set(INTRODUCTION_STATES)
        occasions = [o for person in world.people for o in person.profile.occasions]
        assert {occasion.kind for occasion in occasions} <= set(OCCASION_KINDS)
        assert {person.profile.cadence for person in world.people} >= {None, NEVER}

    def test_nothing_happened_after_the_anchor(self, world: World) -> None:
        """The timeline is the past, oldest first, and reaches back two years."""
        days = [entry.day for entry in world.timeline]
        assert all(earlier <= later for earlier, later in pairwise(days))
        assert days[-1] <= ANCHOR
        assert ANCHOR - days[0] > timedelta(days=730)

    def test_nobody_is_in_the_timeline_before_they_were_met(self, world: World) -> None:
        """The first day together is the day of meeting, or later."""
        for person in world.people:
            first = min((e.day for e in entries_of(world, person.name)), default=ANCHOR)
            assert (person.profile.met_on or first) <= first, person.name

    def test_gives_were_queued_before_they_were_given(self, world: World) -> None:
        """A give comes to the queue, then leaves it."""
        for give in world.gives:
            assert give.created_on <= (give.given_on or give.dropped_on or ANCHOR)
            assert (give.state == "dropped") == (give.dropped_on is not None)
            assert (give.state == "snoozed") == (give.snoozed_until is not None)

    def test_most_weeks_have_something(self, world: World) -> None:
        """No week of the two years is empty in the heat map."""
        weeks = {(ANCHOR - entry.day).days // 7 for entry in world.timeline}
        assert set(range(105)) <= weeks


class TestPicture:
    """What design/main.png shows is what the demo shows."""

    @pytest.mark.parametrize("name", PICTURED)
    def test_people(self, world: World, name: str) -> None:
        """Dot, age of the last contact, gives waiting and headline."""
        person = world.person(name)
        last = last_on(world, name)
        waiting = sum(g.person == name and g.state in ("queued", "snoozed") for g in world.gives)
        headline = ", ".join(filter(None, (person.profile.title, person.profile.organisation)))
        shown = (warmth_of(person.profile.cadence, last).dot, since(last, ANCHOR), waiting, headline)
        assert shown == PICTURED[name]

    def test_only_jo_and_bela_are_drifting(self, world: World) -> None:
        """As the review's picture has it."""
        drifting = {
            person.name
            for person in world.people
            if warmth_of(person.profile.cadence, last_on(world, person.name)).dot == "○"
        }
        assert drifting == {"Jo March", "Bela Kovács"}

    def test_christina_vale(self, world: World) -> None:
        """Her head: tags, city, cadence, what was given and asked, her 46 entries and Ana's day."""
        profile = world.person("Christina Vale").profile
        kinds = Counter(entry.kind for entry in entries_of(world, "Christina Vale"))
        assert (profile.city, profile.tags, profile.cadence) == ("Lisbon", ("design", "circus", "hiring"), 42)
        assert (kinds["gave"], kinds["asked"], kinds.total()) == (4, 1, 46)
        soonest = min(profile.occasions, key=lambda occasion: next_on(occasion, ANCHOR) or date.max)
        assert (soonest.words, next_on(soonest, ANCHOR)) == ("Ana (daughter) graduates", date(2026, 12, 12))

    def test_christina_s_last_months(self, world: World) -> None:
        """The lines of her timeline, newest first."""
        recent = [
            (entry.day, entry.kind, entry.text, entry.enjoyment)
            for entry in reversed(entries_of(world, "Christina Vale"))
            if entry.day >= date(2026, 8, 1)
        ]
        assert recent == [
            (
                date(2026, 11, 19),
                "met",
                "Coffee at Café Lisboa. Two openings on her design team; Ana is choosing a university.",
                3,
            ),
            (date(2026, 11, 4), "gave", "an introduction to Grace Lindqvist", 0),
            (date(2026, 10, 22), "email", "Sent the Fjord case study she asked for", 0),
            (date(2026, 10, 2), "call", "Call: moving the team to Lisbon", 0),
            (date(2026, 8, 15), "life event", "New job: Head of Talent at Acme", 0),
            (date(2026, 8, 3), "asked", "for feedback on the portfolio", 0),
        ]

    def test_queue(self, world: World) -> None:
        """The gives of the picture, and no others before 12 December."""
        waiting = [give for give in world.gives if give.state == "queued" and not give.later]
        soon = sorted((g.due or date.max, g.person, g.words) for g in waiting)
        assert [item for item in soon if item[0] <= date(2026, 12, 12)] == [
            (date(2026, 11, 20), "Ibrahim Sesay", "Share the Kestrel opening"),
            (date(2026, 11, 22), "Amara Okafor", "Comment on the exoplanet paper"),
            (date(2026, 11, 22), "Bela Kovács", "Say hello again"),
            (date(2026, 11, 26), "Christina Vale", "Introduce to Leo Brandt"),
            (date(2026, 11, 27), "Edith Nakamura", "Congratulate on the award"),
            (date(2026, 12, 12), "Christina Vale", "Ana's graduation"),
        ]

    def test_coming_up(self, world: World) -> None:
        """Ana first, then Hank Morrow, and several more within eight weeks."""
        days = sorted(
            (day, person.name)
            for person in world.people
            for occasion in person.profile.occasions
            if (day := next_on(occasion, ANCHOR)) and day <= ANCHOR + timedelta(weeks=8)
        )
        assert days[:2] == [(date(2026, 12, 12), "Christina Vale"), (date(2026, 12, 14), "Hank Morrow")]
        assert len(days) >= 8

    def test_kestrel_spark(self, world: World) -> None:
        """The opening of design/spark.png."""
        spark = next(spark for spark in world.sparks if "climate maps" in spark.title)
        assert spark.title == "Senior product designer, climate maps"
        assert (spark.link, spark.until) == ("https://kestrel.example/jobs/118", date(2026, 12, 4))
        assert spark.text.startswith(
            "Kestrel is looking for a product designer to lead its climate map tools."
        )
        assert spark.text.endswith("Remote in Europe or from the Lisbon office.")


class TestShifted:
    """The world can be opened on any day."""

    def test_no_shift_changes_nothing(self, world: World) -> None:
        """On its own day it is as it was written."""
        assert opened(ANCHOR) == world

    @pytest.mark.parametrize("weeks", [-60, -1, 1, 13, 200])
    def test_weeks_keep_weekdays(self, world: World, weeks: int) -> None:
        """Every date moves by the same length, so that whole weeks keep its weekday."""
        moved = shifted(world, 7 * weeks)
        before, after = list(dates_in(world)), list(dates_in(moved))
        assert {b - a for a, b in zip(before, after, strict=True)} == {timedelta(weeks=weeks)}
        assert [a.weekday() for a in before] == [b.weekday() for b in after]

    @pytest.mark.parametrize("days", [-400, -1, 3, 101, 365, 1000])
    def test_occasions_stay_as_far_away_and_nobody_ages(self, world: World, days: int) -> None:
        """What is in three weeks is still in three weeks, and a birthday keeps its age."""
        moved = shifted(world, days)
        for person, then in zip(world.people, moved.people, strict=True):
            for old, new in zip(person.profile.occasions, then.profile.occasions, strict=True):
                was, now = next_on(old, ANCHOR), next_on(new, moved.anchor)
                assert was is not None and now is not None
                assert now - was == timedelta(days=days)
                assert was.year - (old.year or was.year) == now.year - (new.year or now.year)

    def test_opened_on_a_day(self, world: World) -> None:
        """The last contact is as long ago as it was."""
        today = date(2028, 2, 29)
        assert since(last_on(opened(today), "Amara Okafor"), today) == "5w"


class TestReserved:
    """Nobody real can be written to, rung or visited."""

    def test_domains(self, world: World) -> None:
        """Mails, links and handles are of domains that RFC 2606 keeps for examples."""
        points = [point for person in world.people for point in person.profile.points]
        hosts = [point.value.rpartition("@")[2] for point in points if "@" in point.value]
        links = [point.value for point in points if point.kind == "url"]
        links += [give.link for give in world.gives] + [spark.link for spark in world.sparks]
        links += [group.link for group in world.groups]
        hosts += [urlsplit(link).hostname or link for link in links if link]
        for host in hosts:
            assert host.endswith((".example", ".example.org")), host

    def test_no_address_in_the_prose(self, world: World) -> None:
        """Texts name neither a mail nor a site; an ``@`` is that of a note that mentions someone."""
        texts = [entry.text for entry in world.timeline] + [spark.text for spark in world.sparks]
        texts += [text for p in world.people for text in (p.profile.note, p.profile.met, *p.profile.wants)]
        assert not [
            text for text in texts if re.search(r"\S@|@(?![A-Z])|://|www\.|\w\.(com|org|net|io|pt)\b", text)
        ]

    def test_telephones(self, world: World) -> None:
        """Numbers are of the ranges kept for fiction."""
        for person in world.people:
            for point in person.profile.points:
                assert point.kind != "phone" or FICTIONAL_NUMBER.fullmatch(point.value), point.value
