"""The groups, sparks, introductions and settings shelves."""

from dataclasses import replace
from datetime import date

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.domain.introductions import INTRODUCTION_STATES, Introduction
from netcrm.domain.people import Named
from netcrm.domain.sparks import SPARK_KINDS, SparkDraft
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.timeline import Cursor
from tests.world import TODAY, added, day, entry, names, only, person


class TestGroups:
    """Communities, their members and their days."""

    def test_every_field_comes_back(self, store: Store) -> None:
        """What was founded is what is read, members in the order in which they joined."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        change = store.groups.found(
            GroupDraft(
                name="Stargazers",
                kind="club",
                link="https://stars.example",
                cadence=30,
                note="Bring a flask",
                topics=("dark skies", "mirrors"),
                members=(bela, amara, bela),
                next_on=day("2026-12-12"),
            )
        )
        group = store.groups.get(only(change.groups))
        assert group
        assert change.people == {amara, bela}
        assert (group.name, group.kind, group.link, group.cadence) == (
            "Stargazers",
            "club",
            "https://stars.example",
            30,
        )
        assert (group.note, group.topics, group.next_on) == (
            "Bring a flask",
            ("dark skies", "mirrors"),
            day("2026-12-12"),
        )
        assert group.members == (Named(bela, "Bela"), Named(amara, "Amara"))
        assert (group.entries, group.last_on) == (0, None)

    def test_members_come_and_go(self, store: Store) -> None:
        """Who stays keeps their place; both who left and who joined are told of."""
        amara, bela, cleo = (added(store, name) for name in ("Amara", "Bela", "Cleo"))
        group = only(store.groups.found(GroupDraft(name="Choir", members=(amara, bela))).groups)
        change = store.groups.edit(group, GroupDraft(name="Choir", members=(cleo, bela)))
        found = store.groups.get(group)
        assert found
        assert [member.name for member in found.members] == ["Bela", "Cleo"]
        assert (change.groups, change.people) == (frozenset({group}), frozenset({amara, cleo}))
        assert not store.groups.edit(group, GroupDraft(name="Choir", members=(bela, cleo)))

    def test_its_interactions(self, store: Store) -> None:
        """What happened in a group counts for it; removing it takes it out of the count."""
        amara = added(store, "Amara")
        group = only(store.groups.found(GroupDraft(name="Choir")).groups)
        for days_ago in (9, 2):
            change = store.timeline.log(entry(amara, days_ago=days_ago, group_id=group))
        found = store.groups.get(group)
        assert found
        assert (found.entries, found.last_on) == (2, day("2026-11-20"))
        store.timeline.remove(only(change.interactions))
        found = store.groups.get(group)
        assert found
        assert (found.entries, found.last_on) == (1, day("2026-11-13"))

    def test_by_name_and_put_away(self, store: Store) -> None:
        """All are listed by name, accents and case aside, and those put away apart."""
        groups = [
            only(store.groups.found(GroupDraft(name=name)).groups) for name in ("zither", "Équipe", "Alps")
        ]
        assert [group.name for group in store.groups.all()] == ["Alps", "Équipe", "zither"]
        assert store.groups.archive(groups[0]).label == "archived zither"
        assert [group.name for group in store.groups.all()] == ["Alps", "Équipe"]
        assert [group.name for group in store.groups.all(archived=True)] == ["zither"]
        store.groups.archive(groups[0], archived=False)
        assert len(store.groups.all()) == 3

    def test_its_last_day(self, store: Store) -> None:
        """It is of the last contact, notes aside, and of several on one day the meeting says what it was."""
        amara = added(store, "Amara")
        group = only(store.groups.found(GroupDraft(name="Choir")).groups)
        for days_ago, kind in ((3, "message"), (2, "event"), (2, "taught"), (1, "note")):
            store.timeline.log(entry(amara, days_ago=days_ago, kind=kind, group_id=group))
        found = store.groups.get(group)
        assert found
        assert (found.last_on, found.last_kind, found.entries) == (day("2026-11-20"), "event", 4)

    def test_joining_and_leaving(self, store: Store) -> None:
        """Several join at once, and who belongs already is not told of; one leaves, what they did stays."""
        amara, bela, cleo = (added(store, name) for name in ("Amara", "Bela", "Cleo"))
        group = only(store.groups.found(GroupDraft(name="Choir", members=(amara,))).groups)
        change = store.groups.add_members(group, [amara, bela, cleo, bela])
        assert change.label == "added Bela and Cleo to Choir"
        assert change.people == {bela, cleo}
        assert not store.groups.add_members(group, [amara])
        store.timeline.log(entry(bela, group_id=group))
        assert store.groups.remove_member(group, bela).label == "took Bela out of Choir"
        assert not store.groups.remove_member(group, bela)
        assert [member.person.name for member in store.groups.members(group)] == ["Amara", "Cleo"]
        assert len(store.timeline.of_group(group)) == 1

    def test_what_its_members_care_about(self, store: Store) -> None:
        """Each with what they want and their tags, in the order in which these were said."""
        amara = added(store, person("Amara", wants=("a dark sky", "a lens"), tags=("stars", "chess")))
        added(store, person("Bela", wants=("a tent",), tags=("circus",)))
        group = only(store.groups.found(GroupDraft(name="Choir", members=(amara,))).groups)
        (member,) = store.groups.members(group)
        assert (member.named, member.wants) == (Named(amara, "Amara"), ("a dark sky", "a lens"))
        assert member.tags == ("stars", "chess")

    def test_groups_of_a_person(self, store: Store) -> None:
        """By name, those put away left out."""
        amara = added(store, "Amara")
        ids = [
            only(store.groups.found(GroupDraft(name=name, members=(amara,))).groups)
            for name in ("zither", "Alps", "Choir")
        ]
        store.groups.archive(ids[2])
        assert [group.name for group in store.groups.of_person(amara)] == ["Alps", "zither"]

    def test_an_edit_keeps_what_others_wrote(self, store: Store) -> None:
        """Fields that the form did not change stay as another program has made them meanwhile."""
        amara = added(store, "Amara")
        group = only(store.groups.found(GroupDraft(name="Choir", kind="club")).groups)
        before = store.groups.get(group)
        assert before
        store.groups.add_members(group, [amara])
        store.groups.edit(group, replace(before.draft, kind="choir"), before.draft)
        found = store.groups.get(group)
        assert found
        assert (found.kind, [member.name for member in found.members]) == ("choir", ["Amara"])

    @pytest.mark.parametrize(
        ("kind", "days_ago", "left"),
        [("met", 0, None), ("event", 0, None), ("message", 0, TODAY), ("met", 1, TODAY)],
    )
    def test_a_meeting_settles_its_day(
        self, store: Store, kind: str, days_ago: int, left: date | None
    ) -> None:
        """Once it has met on the day that was agreed on, or later, the next one is open."""
        amara = added(store, "Amara")
        group = only(store.groups.found(GroupDraft(name="Choir", cadence=7, next_on=TODAY)).groups)
        store.timeline.log(entry(amara, kind=kind, days_ago=days_ago, group_id=group))
        found = store.groups.get(group)
        assert found
        assert found.next_on == left
        store.history.undo()
        found = store.groups.get(group)
        assert found
        assert found.next_on == TODAY

    def test_its_timeline(self, store: Store) -> None:
        """Newest first, page by page, without what others did; entries that nobody took part in, too."""
        amara = added(store, "Amara")
        group, other = (only(store.groups.found(GroupDraft(name=name)).groups) for name in ("Choir", "Alps"))
        for days_ago in range(5):
            store.timeline.log(entry(amara, days_ago=days_ago, text=f"{days_ago}", group_id=group))
        store.timeline.log(entry(text="alone", days_ago=7, kind="learned", group_id=group))
        store.timeline.log(entry(amara, group_id=other))
        first = store.timeline.of_group(group, limit=4)
        rest = store.timeline.of_group(group, Cursor(first[-1].day, first[-1].id), limit=4)
        assert [one.text for one in (*first, *rest)] == ["0", "1", "2", "3", "4", "alone"]
        assert [one.text for one in store.timeline.lessons(group)] == ["alone"]

    def test_reading_one_takes_no_other(self, store: Store) -> None:
        """However much there is: its page, its lessons and how it stands are found by their indexes."""
        asked: list[str] = []
        store._connection.set_trace_callback(asked.append)
        store.timeline.of_group(1)
        store.timeline.of_group(1, Cursor(TODAY, 9))
        store.timeline.lessons(1)
        store.groups.get(1)
        store._connection.set_trace_callback(None)
        for query in asked:
            plan = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
            about = [step for step in plan if "interactions" in step]
            assert all("interactions_group" in step or "interactions_lessons" in step for step in about), plan
            assert not any("B-TREE FOR ORDER BY" in step for step in plan), plan

    def test_no_such_group(self, store: Store) -> None:
        """A group that is not there can be neither read nor changed."""
        assert store.groups.get(9) is None
        with pytest.raises(StoreError, match="no longer there"):
            store.groups.archive(9)
        with pytest.raises(StoreError, match="no longer there"):
            store.groups.edit(9, GroupDraft(name="x"))
        with pytest.raises(StoreError, match="no longer there"):
            store.groups.add_members(9, [])
        assert not store.groups.members(9)


class TestQuestions:
    """What a group carries on."""

    @pytest.fixture
    def group(self, store: Store) -> int:
        """A group."""
        return only(store.groups.found(GroupDraft(name="Choir")).groups)

    def test_asked_and_settled(self, store: Store, group: int) -> None:
        """The open ones stand first, the oldest at the top; a settled one keeps its answer."""
        store.groups.ask(group, "  Who \n sings bass? ", day("2026-11-20"))
        store.groups.ask(group, "Where?", day("2026-11-01"))
        store.groups.ask(group, "When?", TODAY)
        first, second, third = store.groups.questions(group)
        assert [one.text for one in (first, second, third)] == ["Where?", "Who sings bass?", "When?"]
        found = store.groups.get(group)
        assert found
        assert found.questions == 3
        assert store.groups.settle(first.id, "in the attic", TODAY).label == "settled “Where?”"
        *_, last = store.groups.questions(group)
        assert (last.text, last.answer, last.settled_on, last.open) == (
            "Where?",
            "in the attic",
            TODAY,
            False,
        )
        store.groups.reopen(first.id)
        assert store.groups.questions(group)[0] == first

    def test_reworded_and_removed(self, store: Store, group: int) -> None:
        """A question can be said otherwise, and taken off."""
        store.groups.ask(group, "Who?", TODAY)
        (found,) = store.groups.questions(group)
        store.groups.reword(found.id, "Who sings?")
        assert store.groups.questions(group)[0].text == "Who sings?"
        assert store.groups.remove_question(found.id).groups == {group}
        assert not store.groups.questions(group)

    def test_it_says_something(self, store: Store, group: int) -> None:
        """An empty one is none, and one that is gone can't be settled."""
        with pytest.raises(ValueError, match="what the question is"):
            store.groups.ask(group, "  ", TODAY)
        with pytest.raises(StoreError, match="no longer there"):
            store.groups.settle(9, "", TODAY)


class TestSparks:
    """What is worth passing on."""

    @pytest.mark.parametrize("kind", SPARK_KINDS)
    def test_every_field_comes_back(self, store: Store, kind: str) -> None:
        """What was kept is what is read."""
        draft = SparkDraft(kind=kind, title="Maps", link="https://x.example", text="Of tides", until=TODAY)
        spark = store.sparks.get(only(store.sparks.keep(draft).sparks))
        assert spark
        for field in SparkDraft.__dataclass_fields__:
            assert getattr(spark, field) == getattr(draft, field), field
        assert spark.created_on == TODAY

    def test_newest_first(self, store: Store) -> None:
        """The last one kept stands first; an edit does not move it."""
        first = only(store.sparks.keep(SparkDraft(kind="article", title="one")).sparks)
        store.sparks.keep(SparkDraft(kind="article", title="two"))
        store.sparks.edit(first, SparkDraft(kind="event", title="one, edited"))
        assert [spark.title for spark in store.sparks.all()] == ["two", "one, edited"]
        assert store.sparks.get(99) is None


class TestIntroductions:
    """Two people who should meet."""

    @pytest.fixture
    def idea(self, store: Store) -> int:
        """The id of an introduction that is still an idea."""
        change = store.introductions.propose(added(store, "Amara"), added(store, "Bela"), "posters", TODAY)
        assert change.label == "thought of introducing Amara and Bela"
        return only(change.introductions)

    def state(self, store: Store, introduction_id: int) -> Introduction:
        """An introduction that is there."""
        found = store.introductions.get(introduction_id)
        assert found
        return found

    def test_idea(self, store: Store, idea: int) -> None:
        """Who, why, and since when."""
        found = self.state(store, idea)
        assert (found.one.name, found.other.name, found.why) == ("Amara", "Bela", "posters")
        assert (found.state, found.since) == ("idea", TODAY)

    def test_step_by_step(self, store: Store, idea: int) -> None:
        """Each step is noted with its day, and what came of it at the end."""
        for days, state in enumerate(INTRODUCTION_STATES):
            on = day(f"2026-12-{days + 1:02}")
            change = store.introductions.set_state(idea, state, on, "They paint" * (state == "came of it"))
            assert self.state(store, idea).state == state
            if change:
                assert self.state(store, idea).since == on
                assert change.label == f"introducing Amara and Bela: {state}"
                assert len(change.people) == 2
        assert self.state(store, idea).came_of_it == "They paint"
        assert self.state(store, idea).note == ""

    @pytest.mark.parametrize("state", ["made", "came of it"])
    @pytest.mark.parametrize("before", ["idea", "asked one", "asked both"])
    def test_not_before_two_yeses(self, store: Store, idea: int, before: str, state: str) -> None:
        """It is not made before both have said yes, unless one says why."""
        store.introductions.set_state(idea, before, TODAY)
        with pytest.raises(ValueError, match="Not both have said yes"):
            store.introductions.set_state(idea, state, TODAY)
        assert self.state(store, idea).state == before
        assert store.introductions.set_state(idea, state, TODAY, "They met by chance")

    def test_back(self, store: Store, idea: int) -> None:
        """A step can be taken back by hand too: one of them thought better of it."""
        store.introductions.set_state(idea, "asked both", TODAY)
        store.introductions.set_state(idea, "idea", TODAY)
        assert self.state(store, idea).state == "idea"

    def test_order(self, store: Store, idea: int) -> None:
        """Those under way first, the furthest at the top, then those that were made."""
        others = [added(store, name) for name in ("Cleo", "Dora", "Eve")]
        made, agreed = (
            only(store.introductions.propose(others[0], other, "", TODAY).introductions)
            for other in others[1:]
        )
        for state in ("both said yes", "made"):
            store.introductions.set_state(made, state, TODAY)
        store.introductions.set_state(agreed, "both said yes", TODAY)
        assert [found.id for found in store.introductions.all()] == [agreed, idea, made]

    def test_with_oneself(self, store: Store) -> None:
        """Nobody is introduced to themselves, nor to someone who is not there."""
        amara = added(store, "Amara")
        with pytest.raises(ValueError, match="two people"):
            store.introductions.propose(amara, amara, "", TODAY)
        with pytest.raises(StoreError):
            store.introductions.propose(amara, 99, "", TODAY)
        with pytest.raises(StoreError, match="no longer there"):
            store.introductions.set_state(99, "idea", TODAY)
        assert names(store, store.people.ids()) == ["Amara"]
        assert not store.introductions.all()


class TestSettings:
    """What the program remembers in the file."""

    def test_put_and_get(self, store: Store) -> None:
        """The last value counts; one never set is the default."""
        assert store.settings.get("theme", "dark") == "dark"
        store.settings.put("theme", "nord")
        assert store.settings.put("theme", "light").label == "set theme"
        assert store.settings.get("theme", "dark") == "light"
        assert not store.settings.put("theme", "light")
