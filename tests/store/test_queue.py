"""The queue's order by SQL, beside the one that is reckoned give by give; and that a list needs no gives."""

import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from netcrm.domain.givefilter import GiveFilter, parse_filter
from netcrm.domain.gives import EFFORTS, KINDS, SECTIONS, SOURCES, Give, GiveDraft, in_order, section
from netcrm.domain.groups import GroupDraft
from netcrm.domain.people import Named
from netcrm.store import Store, rows
from tests.world import TODAY, a_store, added, logged, only, queued


def all_that_waits(store: Store) -> Sequence[Give]:
    """The queue as it was read before: every give made, then put in order."""
    found = store._connection.execute(
        f"SELECT {rows.GIVE_COLUMNS} FROM {rows.GIVES}"
        f" WHERE state IN ('queued', 'snoozed') AND {rows.NOT_AWAY}"
    )
    return in_order(map(rows.give, found), TODAY)


def a_random_queue(store: Store, chance: random.Random) -> None:
    """Gives of every kind, source, state and day, for people and groups, some of whom were put away."""
    shelf = store.groups
    people = [added(store, f"Person {chr(65 + number)}") for number in range(8)]
    groups = [only(shelf.found(GroupDraft(name=f"Group {number}")).groups) for number in range(3)]
    for key in people[:5]:
        logged(store, key, days_ago=chance.randrange(300))
    drafts = []
    for number in range(90):
        on = TODAY + timedelta(days=chance.choice((-400, -3, -1, 0, 0, 1, 5, 6, 7, 8, 60)))
        in_group = chance.random() < 0.2
        drafts.append(
            GiveDraft(
                person_id=None if in_group else chance.choice(people),
                group_id=chance.choice(groups) if in_group else None,
                words=f"{chance.choice(('Send', 'Lend'))} {number}",
                kind=chance.choice((*KINDS, "delight", "delight")),
                due=on if chance.random() < 0.7 else None,
                promised=chance.random() < 0.3,
                effort=chance.choice(tuple(EFFORTS)),
                source=chance.choice(SOURCES),
                later=chance.random() < 0.4,
            )
        )
    ids = sorted(store.gives.add_each(drafts, TODAY).gives)
    for give_id in chance.sample(ids, 25):
        store.gives.snooze([give_id], TODAY + timedelta(days=chance.choice((-9, -1, 0, 3, 6, 7))), TODAY)
    for act in (store.gives.give, store.gives.drop):
        act(chance.sample(ids, 6), TODAY)
    store.people.archive(people[7:])
    shelf.archive(groups[2])
    logged(store, people[0], days_ago=2)


class TestOrder:
    """The same as give by give."""

    @pytest.mark.parametrize("seed", range(8))
    def test_a_random_book(self, tmp_path: Path, seed: int) -> None:
        """Which gives, where, how many under each heading, and the room they take."""
        with a_store(tmp_path) as store:
            a_random_queue(store, random.Random(seed))
            old, queue = all_that_waits(store), store.gives.order(TODAY)
            assert len(old) > 50
            assert list(queue.ids) == [give.id for give in old]
            assert store.gives.queue(TODAY) == old
            under = [section(give, TODAY) for give in old]
            assert queue.counts == tuple(under.count(name) for name in SECTIONS)
            assert queue.due == under.count("Overdue") + under.count("Today")
            soon = [give for give in old if section(give, TODAY) != "Later"]
            assert store.gives.before_later(queue) == soon
            taken = sum(EFFORTS[give.effort] for give in soon)
            assert queue.planned == store.gives.room(TODAY).waiting == taken
            assert store.gives.room(TODAY, queue) == store.gives.room(TODAY)

    @pytest.mark.parametrize("seed", range(3))
    def test_narrowed(self, tmp_path: Path, seed: int) -> None:
        """A filter leaves each where it stood, under its heading."""
        with a_store(tmp_path) as store:
            a_random_queue(store, random.Random(seed))
            old = all_that_waits(store)
            for wanted in (
                parse_filter("delight"),
                parse_filter("kind:opening,article"),
                parse_filter("with:group"),
                parse_filter("lend person"),
                parse_filter("zebra"),
                GiveFilter(person=Named(2, "")),
                GiveFilter(group=Named(1, ""), kinds=("delight", "help")),
            ):
                left = [give for give in old if wanted.admits(give)]
                queue = store.gives.order(TODAY, wanted)
                assert store.gives.queue(TODAY, wanted) == left
                under = [section(give, TODAY) for give in left]
                assert queue.counts == tuple(under.count(name) for name in SECTIONS)

    @pytest.mark.parametrize("seed", range(2))
    def test_of_one(self, tmp_path: Path, seed: int) -> None:
        """What waits for a person, or for a group, in the same order; nothing for whom was put away."""
        with a_store(tmp_path) as store:
            a_random_queue(store, random.Random(seed))
            old = all_that_waits(store)
            for key in range(1, 9):
                theirs = in_order((give for give in old if give.person_id == key), TODAY)
                assert store.gives.waiting_for(TODAY, person_id=key) == theirs
            for key in range(1, 4):
                theirs = in_order((give for give in old if give.group_id == key), TODAY)
                assert store.gives.waiting_for(TODAY, group_id=key) == theirs


class TestOnlyKeys:
    """What makes it quick."""

    def test_no_give_is_made(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Neither for the order, nor for the room, nor to see whether there is room for one more."""
        with a_store(tmp_path) as store:
            hank = added(store, "Hank Morrow")
            give = queued(store, hank)
            monkeypatch.setattr(rows, "give", None)
            assert list(store.gives.order(TODAY).ids) == [give]
            assert store.gives.room(TODAY).waiting == 1
            assert not store.gives.no_room(GiveDraft(person_id=hank, words="Lend the tent"), TODAY)

    def test_it_is_found_by_the_index_of_what_waits(self, tmp_path: Path) -> None:
        """What was given long ago is not gone through."""
        from netcrm.store.queue import _ORDER, _THIS_WEEK

        days = {"today": "2026-11-22", "soon": "2026-11-28"}
        with a_store(tmp_path) as store:
            for asked in (_ORDER, _THIS_WEEK):
                plan = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {asked}", days)]
                assert any("gives USING INDEX gives_open" in step for step in plan), plan

    def test_what_is_gone_is_not_read(self, tmp_path: Path) -> None:
        """An order that was read before an undo, and a page of it after."""
        with a_store(tmp_path) as store:
            hank = added(store, "Hank Morrow")
            kept, gone = queued(store, hank), queued(store, hank, "Lend the tent")
            ids = store.gives.order(TODAY).ids
            store.history.undo()
            assert set(store.gives.by_id(ids)) == {kept}
            assert gone in ids
