"""The introductions shelf: each side's steps, one give, both timelines; and who is proposed to whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from netcrm.domain.changes import Change
from netcrm.domain.groups import GroupDraft
from netcrm.domain.introductions import Introduction
from netcrm.domain.people import NEVER, Relation
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, added, day, entry, logged, only, person, queued


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    """Hank, who wants a telescope night, and Amara, who offers one."""
    hank = added(store, person("Hank Morrow", wants=("a telescope night for the scouts",)))
    amara = added(store, person("Amara Okafor", offers=("a telescope night for schools",)))
    for number in range(12):
        added(store, person(f"Someone {number}", note="telescope" * (number > 10)))
    return hank, amara


@pytest.fixture
def idea(store: Store, two: tuple[int, int]) -> int:
    """The id of their introduction, an idea still."""
    return only(store.introductions.propose(*two, "a telescope night", TODAY).introductions)


def found(store: Store, introduction: int) -> Introduction:
    """An introduction that is there."""
    there = store.introductions.get(introduction)
    assert there
    return there


class TestSides:
    """What is noted of each side."""

    def test_step_by_step(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """The state follows, and each step keeps its day."""
        hank, amara = two
        days = [day(f"2026-12-0{number}") for number in range(1, 5)]
        steps = [(amara, "asked"), (amara, "yes"), (hank, "asked"), (hank, "yes")]
        states = []
        for on, (who, said) in zip(days, steps, strict=True):
            assert store.introductions.mark(idea, who, said, on).label
            states.append(found(store, idea).state)
        assert states == ["asked one", "asked one", "asked both", "both said yes"]
        there = found(store, idea)
        assert (there.asked_other_on, there.other_yes_on, there.asked_one_on, there.one_yes_on) == tuple(days)
        assert there.since == days[-1]

    def test_a_yes_says_they_were_asked(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """Who says yes unasked counts as asked."""
        store.introductions.mark(idea, two[0], "yes", TODAY)
        assert found(store, idea).state == "asked one"

    def test_said_again(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """What is noted already changes nothing; it was an error of SQLite's."""
        for said in ("asked", "yes"):
            assert store.introductions.mark(idea, two[0], said, TODAY)
            assert not store.introductions.mark(idea, two[0], said, TODAY)

    def test_a_no_closes_it_kindly(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """It is let go with a note, and never proposed again; it can be taken up again."""
        store.introductions.mark(idea, two[1], "asked", TODAY)
        change = store.introductions.mark(idea, two[1], "no", TODAY, "too busy")
        assert change.label == "Amara would rather not meet Hank, and that is fine"
        assert found(store, idea).closed_on == TODAY
        assert found(store, idea).note == "Amara would rather not: too busy"
        assert not store.introductions.proposals(10)
        store.introductions.reopen(idea, TODAY)
        assert (found(store, idea).closed_on, found(store, idea).state) == (None, "asked one")

    def test_a_no_takes_back_a_yes(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """Taken up again, it would have been made over their head; what the other said stays."""
        store.introductions.set_state(idea, "both said yes", TODAY)
        store.introductions.mark(idea, two[1], "no", TODAY)
        store.introductions.reopen(idea, TODAY)
        there = found(store, idea)
        assert (there.state, [side.yes for side in there.sides]) == ("asked both", [True, False])
        with pytest.raises(ValueError, match="Not both"):
            store.introductions.set_state(idea, "made", TODAY)

    def test_refused(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """Somebody else, another word, and what was made already."""
        other = added(store, "Bela")
        for who, said in ((other, "asked"), (two[0], "perhaps")):
            with pytest.raises(ValueError, match=r"neither|asked"):
                store.introductions.mark(idea, who, said, TODAY)
        store.introductions.set_state(idea, "made", TODAY, "by chance")
        with pytest.raises(ValueError, match="already"):
            store.introductions.mark(idea, two[0], "no", TODAY)
        with pytest.raises(ValueError, match="already"):
            store.introductions.set_state(idea, "idea", TODAY)
        with pytest.raises(ValueError, match="already"):
            store.introductions.close(idea, TODAY)

    def test_not_twice_at_once(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """While one of the two is under way no other begins, the other way round neither."""
        with pytest.raises(ValueError, match="being introduced already"):
            store.introductions.propose(two[1], two[0], "", TODAY)
        assert [it.id for it in store.introductions.between(two[1], two[0])] == [idea]
        assert [it.id for it in store.introductions.of(two[1])] == [idea]

    def test_not_twice_taken_up(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """One that was closed is not taken up beside a later one."""
        store.introductions.close(idea, TODAY)
        store.introductions.propose(*two, "", TODAY)
        ways: tuple[Callable[[], Change], ...] = (
            lambda: store.introductions.reopen(idea, TODAY),
            lambda: store.introductions.mark(idea, two[0], "yes", TODAY),
            lambda: store.introductions.set_state(idea, "asked both", TODAY),
        )
        for take_up in ways:
            with pytest.raises(ValueError, match="being introduced already"):
                take_up()


class TestMade:
    """When the two have been introduced."""

    def test_both_timelines_and_one_give(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """One entry with both of them, and one give that is given; all one act."""
        store.introductions.set_state(idea, "both said yes", TODAY)
        before = store.gives.room(TODAY)
        change = store.introductions.set_state(idea, "made", TODAY)
        for who in two:
            newest = store.timeline.of(who)[0]
            assert (newest.kind, newest.text) == (
                "introduced",
                "Introduced Hank and Amara: a telescope night",
            )
        assert len(change.interactions) == len(change.gives) == 1
        assert store.gives.room(TODAY).given == before.given + 1
        store.history.undo()
        assert not store.timeline.of(two[0])
        assert found(store, idea).state == "both said yes"
        assert store.gives.room(TODAY).given == before.given

    def test_what_waits_for_it_is_given(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """The give that belongs to it, and one that was typed; no other is made."""
        own = queued(store, two[0], "Introduce Hank and Amara", kind="introduction", introduction_id=idea)
        queued(store, two[1], "Introduce to Hank Morrow", kind="introduction")
        queued(store, two[1], "Introduce to Leo Brandt", kind="introduction")
        store.introductions.set_state(idea, "made", TODAY, "by chance")
        assert [give.words for give in store.gives.queue(TODAY)] == ["Introduce to Leo Brandt"]
        given = store.gives.get(own)
        assert given and (given.state, given.given_on) == ("given", TODAY)

    def test_not_by_the_give_alone(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """Its give is not given in one go, over two heads."""
        own = queued(store, two[0], "Introduce them", kind="introduction", introduction_id=idea)
        with pytest.raises(ValueError, match="step by step"):
            store.gives.give([own], TODAY)
        assert found(store, idea).state == "idea"

    def test_dropping_its_give_lets_the_idea_go(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """Not for them: the idea goes with it, as long as nobody was asked; and the other way round."""
        own = queued(store, two[0], "Introduce them", kind="introduction", introduction_id=idea)
        store.gives.drop([own], TODAY)
        assert found(store, idea).closed_on == TODAY
        store.history.undo()
        store.introductions.close(idea, TODAY)
        dropped = store.gives.get(own)
        assert dropped and dropped.state == "dropped"

    def test_taking_its_entry_out(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """Without the entry they have not been introduced."""
        store.introductions.set_state(idea, "both said yes", TODAY)
        change = store.introductions.set_state(idea, "made", TODAY)
        store.timeline.remove(only(change.interactions))
        assert (found(store, idea).state, found(store, idea).made_on) == ("both said yes", None)
        assert found(store, idea).agreed

    def test_moving_its_entry(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """It was made on the entry's day; without one of the two they have not been introduced."""
        store.introductions.set_state(idea, "both said yes", TODAY)
        written = only(store.introductions.set_state(idea, "made", TODAY).interactions)
        store.timeline.edit(written, entry(*two, days_ago=3, kind="introduced"))
        assert found(store, idea).made_on == found(store, idea).since == TODAY - timedelta(days=3)
        store.timeline.edit(written, entry(two[0], added(store, "Leo"), kind="introduced"))
        assert (found(store, idea).state, found(store, idea).made_on) == ("both said yes", None)

    def test_taking_its_entry_out_late(self, store: Store, two: tuple[int, int], idea: int) -> None:
        """What came of it goes too: it was told of an idea as if they had met."""
        store.introductions.set_state(idea, "both said yes", TODAY)
        change = store.introductions.set_state(idea, "made", TODAY)
        store.introductions.set_state(idea, "came of it", TODAY, "a night for forty scouts")
        store.timeline.remove(only(change.interactions))
        assert (found(store, idea).state, found(store, idea).came_of_it) == ("both said yes", "")
        store.history.undo()
        assert found(store, idea).came_of_it == "a night for forty scouts"

    def test_came_of_it(self, store: Store, idea: int) -> None:
        """A line of what came of it; the entry is written once."""
        store.introductions.set_state(idea, "made", TODAY, "by chance")
        store.introductions.set_state(idea, "came of it", TODAY, "a night for forty scouts")
        there = found(store, idea)
        assert (there.state, there.note, there.came_of_it) == (
            "came of it",
            "by chance",
            "a night for forty scouts",
        )
        assert len(store.timeline.of(there.one.id)) == 1


class TestProposals:
    """Who is proposed to whom."""

    def test_a_want_and_an_offer(self, store: Store, two: tuple[int, int]) -> None:
        """With the reason in words, once, and for each of the two."""
        (proposal,) = store.introductions.proposals(10)
        assert proposal.why == (
            "Hank wants a telescope night for the scouts · Amara offers a telescope night for schools"
        )
        for who in two:
            assert [it.pair for it in store.introductions.proposals(10, of=who)] == [frozenset(two)]
        assert store.introductions.reason(*two) == proposal.why
        with store.introductions.aside() as introducing:
            assert introducing.proposals(10) == [proposal]

    def test_aside_in_words(self, store: Store) -> None:
        """An error of SQLite's in the other thread is told in a sentence; it once ended the app."""
        with pytest.raises(StoreError, match="could not be used"), store.introductions.aside() as introducing:
            introducing._connection.execute("SELECT nothing")

    def test_a_rare_interest(self, store: Store) -> None:
        """A tag that only these two bear; one that many bear, or that says who they are to you, is none."""
        tags = ("letterpress", "friends", "design")
        pair = [added(store, person(name, tags=tags, city="Porto")) for name in ("Layla", "Edith")]
        for number in range(40):
            added(store, person(f"Someone {number}", tags=("design",)))
        (proposal,) = store.introductions.proposals(10)
        assert proposal.pair == frozenset(pair)
        assert proposal.why == "both care about #letterpress, and live in Porto"

    @pytest.mark.parametrize(
        "known",
        ["met", "relation", "named", "introduced_by", "colleagues", "group", "introduction", "put away"],
    )
    def test_nobody_who_knows_the_other(self, store: Store, two: tuple[int, int], known: str) -> None:
        """Nor whom one has thought of before."""
        hank, amara = two
        profile = store.people.get(hank).profile  # type: ignore[union-attr]  # they are there
        if known == "met":
            logged(store, amara, hank)
        elif known == "relation":
            relation = Relation("friend", "Amara", amara)
            store.people.edit(hank, person("Hank", wants=profile.wants, relations=(relation,)))
        elif known == "named":
            relation = Relation("friend", "amara OKAFOR")
            store.people.edit(hank, person("Hank", wants=profile.wants, relations=(relation,)))
        elif known == "introduced_by":
            store.people.edit(hank, person("Hank", wants=profile.wants, introduced_by=amara))
        elif known == "colleagues":
            store.people.edit(hank, person("Hank", wants=profile.wants, organisation="ESO"))
            offers = ("a telescope night for schools",)
            store.people.edit(amara, person("Amara Okafor", offers=offers, organisation="eso"))
        elif known == "group":
            store.groups.found(GroupDraft(name="Stargazers", members=(hank, amara)))
        elif known == "introduction":
            store.introductions.propose(amara, hank, "", TODAY)
        else:
            store.introductions.put_away(hank, amara, "", TODAY)
        assert not store.introductions.proposals(10)

    def test_archived(self, store: Store, two: tuple[int, int]) -> None:
        """Who was put away is not proposed."""
        store.people.archive([two[1]])
        assert not store.introductions.proposals(10)
        assert not store.introductions.proposals(10, of=two[0])

    def test_undone(self, store: Store, two: tuple[int, int]) -> None:
        """What was put away by mistake comes back with undo."""
        store.introductions.put_away(*two, "", TODAY)
        store.history.undo()
        assert len(store.introductions.proposals(10)) == 1

    def test_an_empty_book(self, store: Store) -> None:
        """Nobody, and no error."""
        assert not store.introductions.proposals(10)
        assert not store.introductions.proposals(10, of=1)


class TestTheQueue:
    """What the queue suggests."""

    def test_one_a_week(self, store: Store, two: tuple[int, int]) -> None:
        """One introduction, begun as an idea; no other while it waits, nor within a week, and never twice."""
        store.people.set_cadence(list(store.people.ids()), NEVER)
        store.filling.fill(TODAY)
        (give,) = store.gives.queue(TODAY)
        assert (give.words, give.kind, give.source) == ("Introduce Hank and Amara", "introduction", "want")
        assert give.why.startswith("Hank wants a telescope night")
        assert give.introduction_id and found(store, give.introduction_id).state == "idea"
        assert not store.filling.fill(TODAY)
        store.history.undo()
        assert not store.introductions.all()
        assert not store.filling.fill(day("2027-06-01"))

    def test_who_was_put_away_keeps_nobody_out(self, store: Store, two: tuple[int, int]) -> None:
        """An introduction that waits for somebody archived kept every other from being suggested."""
        store.people.set_cadence(list(store.people.ids()), NEVER)
        store.filling.fill(TODAY)
        store.people.archive([two[0]])
        added(store, person("Leo Brandt", cadence=NEVER, wants=("cello lessons",)))
        added(store, person("Mira Sol", cadence=NEVER, offers=("cello lessons",)))
        store.filling.fill(day("2026-12-20"))
        assert [give.words for give in store.gives.queue(TODAY)] == ["Introduce Leo and Mira"]
