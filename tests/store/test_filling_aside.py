"""Looking aside, in another thread, and then filling, does what filling alone does."""

import random
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from netcrm.domain.occasions import Occasion
from netcrm.domain.sparks import SparkDraft
from netcrm.domain.wants import WantDraft
from netcrm.store import Store
from netcrm.store.looking import Look
from tests.world import TODAY, a_store, added, dump, entry, frozen, logged, person, queued


def looked(store: Store, days: int = 0) -> Look | None:
    """What looking aside finds, in a thread of its own as in the app."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(store.filling.look, TODAY + timedelta(days=days)).result()


def waiting(store: Store, today: date) -> Sequence[object]:
    """What waits, in the queue's order."""
    return [(give.whom.name, give.words, give.why, give.due, give.later) for give in store.gives.queue(today)]


def some_life(store: Store, chance: random.Random) -> None:
    """People of whom something is suggested: birthdays, silence, wants, a jar."""
    for number in range(12):
        birthday = Occasion(
            kind="birthday", label="birthday", month=11, day=chance.randrange(20, 31), year=1970 + number
        )
        key = added(
            store,
            person(
                f"Person {chr(65 + number)}",
                cadence=chance.choice((None, 30, 90)),
                occasions=(birthday,) if chance.random() < 0.5 else (),
                tags=(chance.choice(("rust", "sailing")),),
            ),
        )
        if chance.random() < 0.8:
            logged(store, key, days_ago=chance.randrange(400))
        if chance.random() < 0.4:
            side, text = chance.choice(("want", "offer")), chance.choice(("rust", "sailing"))
            store.timeline.log(wants=[WantDraft(key, side, text, TODAY)])
        if chance.random() < 0.3:
            queued(store, key)
    store.joy.put_in(SparkDraft(kind="delight", title="a cartoon on sailing and rust", text="rust, sailing"))


class TestAside:
    """Beside the full one."""

    @pytest.mark.parametrize("seed", range(8))
    def test_the_same_as_all_at_once(self, tmp_path: Path, seed: int) -> None:
        """Over some days of a random book, whatever is done in between, the files stay the same."""
        chance = random.Random(seed)
        (tmp_path / "one").mkdir()
        (tmp_path / "other").mkdir()
        with a_store(tmp_path / "one") as store:
            some_life(store, chance)
        shutil.copy(tmp_path / "one" / "netcrm.db", tmp_path / "other" / "netcrm.db")
        with (
            Store(tmp_path / "one/netcrm.db", frozen) as one,
            Store(tmp_path / "other/netcrm.db", frozen) as other,
        ):
            for days in (0, 0, 1, 6, 9, 40):
                today = TODAY + timedelta(days=days)
                look = looked(one, days)
                whole = other.filling.fill(today)
                assert (look is not None) == bool(whole)
                assert not look or one.filling.fill(today, look).label == whole.label
                said = [
                    [
                        (give.whom.name, give.words, give.why, give.due, give.later)
                        for give in store.gives.queue(today)
                    ]
                    for store in (one, other)
                ]
                assert said[0] == said[1]
                for store in (one, other):
                    store.timeline.log(entry(1 + days % 12, text="a word"))

    def test_what_changed_meanwhile_counts(self, tmp_path: Path) -> None:
        """What was queued, or dropped, between the look and the filling is not queued again."""
        with a_store(tmp_path) as store:
            some_life(store, random.Random(3))
            look = looked(store)
            assert look is not None
            assert store.filling.fill(TODAY)
            before = dump(store)
            assert not store.filling.fill(TODAY, look)
            assert dump(store) == before

    def test_a_look_of_yesterday_is_looked_at_again(self, tmp_path: Path) -> None:
        """Past midnight it is the new day that counts."""
        with a_store(tmp_path) as store:
            some_life(store, random.Random(3))
            look = looked(store, -200)
            change = store.filling.fill(TODAY, look)
            assert {
                give.due for give in store.gives.queue(TODAY) if give.id in change.gives and give.due
            } <= {TODAY + timedelta(days=days) for days in range(-1, 15)}

    def test_it_can_be_left_off(self, tmp_path: Path) -> None:
        """Who quits does not wait; with nothing under way it does nothing."""
        with a_store(tmp_path) as store:
            store.filling.leave_off()
            assert looked(store) is None
            store.filling.leave_off()
