"""The review shelf: what a week or a year held, and what is worth a look today."""

from datetime import timedelta

from netcrm.domain.groups import GroupDraft
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named
from netcrm.domain.review import Span
from netcrm.store import Store
from netcrm.store.review import _COUNTED
from tests.world import TODAY, added, entry, logged, only, person

WEEK = Span.week(TODAY)
BEFORE = Span.week(TODAY - timedelta(days=7))


class TestCounted:
    """What is counted by day."""

    def test_conversations_by_day(self, store: Store) -> None:
        """One with three people is one; a note is none."""
        amara, bela, cleo = (added(store, name) for name in ("Amara", "Bela", "Cleo"))
        logged(store, amara, bela, cleo)
        logged(store, amara, days_ago=1, kind="note")
        logged(store, amara, days_ago=1, kind="call")
        logged(store, amara, days_ago=400)
        touch = store.review.touch(WEEK, TODAY)
        assert (touch.on(TODAY), touch.on(TODAY - timedelta(days=1))) == (1, 1)
        assert (touch.conversations, touch.people) == (2, 3)

    def test_the_sparklines_reach_back_before_the_map(self, store: Store) -> None:
        """The first week of the map has its twenty weeks too."""
        amara = added(store, "Amara")
        first = store.review.touch(WEEK, TODAY).first
        logged(store, amara, kind="gave", days_ago=(TODAY - first).days + 7 * 19)
        review = store.review.read(Span.week(first), TODAY)
        assert [week.gave for week in review.weeks] == [1, *[0] * 19]

    def test_an_older_year(self, store: Store) -> None:
        """It is counted on its own map, whole."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        for days_ago in (330, 500, 690):
            logged(store, amara, days_ago=days_ago)
        logged(store, bela)
        review = store.review.read(Span.year(TODAY - timedelta(days=500)), TODAY)
        assert (review.span.name, review.conversations, review.held.people) == ("2025", 3, 1)
        assert review.touch.conversations == 3

    def test_it_reads_an_index_alone(self, store: Store) -> None:
        """A year of entries is counted without looking at them."""
        plan = store._connection.execute(f"EXPLAIN QUERY PLAN {_COUNTED}", ("2026-01-01", "2026-12-31"))
        assert [row[3] for row in plan] == [
            "SEARCH interactions USING COVERING INDEX interactions_kind (kind=? AND day>? AND day<?)"
        ]

    def test_first_day(self, store: Store) -> None:
        """Before it there is nothing to look back on."""
        assert store.review.first_day() is None
        logged(store, added(store, "Amara"), days_ago=3)
        assert store.review.first_day() == TODAY - timedelta(days=3)


class TestHeld:
    """What a week held."""

    def test_what_was_given(self, store: Store) -> None:
        """Gives and introductions of that week alone, the newest first."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        logged(store, amara, days_ago=7, kind="gave", text="last week's")
        logged(store, amara, days_ago=6, kind="gave", text="the paper")
        logged(store, amara, bela, days_ago=1, kind="introduced", text="Amara and Bela")
        logged(store, amara, kind="asked", text="for a favour")
        held = store.review.held(WEEK)
        assert [one.text for one in held.given] == ["Amara and Bela", "the paper"]
        assert [one.text for one in store.review.held(BEFORE).given] == ["last week's"]
        assert held.given_to == [(Named(amara, "Amara"), 3), (Named(bela, "Bela"), 1)]
        assert held.people == 2

    def test_whom_one_gave_most(self, store: Store) -> None:
        """In the twenty weeks up to a week; in a year all of it."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        for days_ago in (200, 201, 202):
            logged(store, amara, days_ago=days_ago, kind="gave")
        logged(store, bela, days_ago=30, kind="gave")
        assert [named.name for named, _ in store.review.held(WEEK).given_to] == ["Bela"]
        year = store.review.held(Span.year(TODAY))
        assert [(named.name, many) for named, many in year.given_to] == [("Amara", 3), ("Bela", 1)]

    def test_bright_learned_and_taught(self, store: Store) -> None:
        """The brightest first, one star is not yet a moment; what was learned and taught stands apart."""
        amara = added(store, "Amara")
        for stars in (1, 3, 2):
            store.timeline.log(entry(amara, text=f"{stars} stars", days_ago=stars, enjoyment=stars))
        logged(store, amara, kind="learned", text="patience")
        logged(store, amara, kind="taught", text="kerning")
        held = store.review.held(WEEK)
        assert [one.text for one in held.bright] == ["3 stars", "2 stars"]
        assert [one.text for one in held.learned] == ["patience"]
        assert [one.text for one in held.taught] == ["kerning"]

    def test_tags(self, store: Store) -> None:
        """Those of what happened, the commonest first."""
        amara = added(store, person("Amara", tags=("theirs",)))
        for tags in (("stars", "design"), ("stars",)):
            store.timeline.log(entry(amara, tags=tags))
        store.timeline.log(entry(amara, tags=("old",), days_ago=7))
        assert list(store.review.held(WEEK).tags) == [("stars", 2), ("design", 1)]

    def test_a_day_in_its_order(self, store: Store) -> None:
        """By the time of day, then as they were noted."""
        from datetime import time

        amara = added(store, "Amara")
        for text, at in (("noted", None), ("evening", time(20)), ("morning", time(9))):
            store.timeline.log(entry(amara, text=text, time=at))
        assert [one.text for one in store.review.day(TODAY)] == ["morning", "evening", "noted"]
        assert not store.review.day(TODAY - timedelta(days=1))

    def test_an_empty_book(self, store: Store) -> None:
        """There is nothing, and it says so without stumbling."""
        review = store.review.read(WEEK, TODAY)
        assert (review.entries, review.in_touch, review.given_and_asked) == (0, "", "")
        assert not (review.after.drifting or review.after.coming or review.after.groups)


class TestLookAfter:
    """Whom to look after today."""

    def test_drifting(self, store: Store) -> None:
        """Who has waited twice the rhythm; not the ripe, the long silent or the archived."""
        waits = {"Ripe": 40, "Drifting": 100, "Longer": 150, "Silent": 400, "Away": 100, "Warm": 3}
        ids = {name: added(store, person(name, cadence=30)) for name in waits}
        for name, days_ago in waits.items():
            logged(store, ids[name], days_ago=days_ago)
        store.people.archive([ids["Away"]], archived=True)
        after = store.review.after(TODAY)
        assert [line.name for line in after.drifting] == ["Longer", "Drifting"]
        assert after.more == 0

    def test_of_many_the_number_is_told(self, store: Store) -> None:
        """Five, and how many more."""
        for number in range(8):
            logged(store, added(store, person(f"Person {number}", cadence=7)), days_ago=30)
        after = store.review.after(TODAY)
        assert (len(after.drifting), after.more) == (5, 3)

    def test_groups_and_what_is_coming(self, store: Store) -> None:
        """Occasions of people and meetings of groups, by day."""
        birthday = Occasion(kind="birthday", label="birthday", month=12, day=1)
        amara = added(store, person("Amara", occasions=(birthday,)))
        draft = GroupDraft(name="Stargazers", members=(amara,), next_on=TODAY + timedelta(days=2))
        group = only(store.groups.found(draft).groups)
        store.timeline.log(entry(amara, group_id=group, days_ago=4))
        after = store.review.after(TODAY)
        assert [(one.id, one.last_on) for one in after.groups] == [(group, TODAY - timedelta(days=4))]
        assert [one.words for one in after.coming] == ["Stargazers meet", "Amara's birthday"]
