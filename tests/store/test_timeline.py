"""The timeline shelf: what a log line writes, and pages of what happened."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from netcrm.domain.gives import WEEKLY_ROOM, GiveDraft, section
from netcrm.domain.groups import GroupDraft
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import Named
from netcrm.domain.wants import WantDraft
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.timeline import Cursor
from tests.world import TODAY, added, day, dump, entry, logged, names, only, queued


class TestLogging:
    """Something happened, and is written down."""

    def test_every_field_comes_back(self, store: Store) -> None:
        """What was logged is what is read."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        group = only(store.groups.found(GroupDraft(name="Choir")).groups)
        written = entry(
            bela,
            amara,
            days_ago=1,
            kind="event",
            text="Rehearsal",
            time=time(18, 30),
            place="Town hall",
            tags=("music", "Bach"),
            enjoyment=3,
            group_id=group,
        )
        (read,) = store.timeline.of(amara) if store.timeline.log(written) else ()
        assert (read.day, read.time, read.kind) == (TODAY - timedelta(days=1), time(18, 30), "event")
        assert (read.text, read.place, read.tags) == ("Rehearsal", "Town hall", ("music", "Bach"))
        assert (read.enjoyment, read.group_id) == (3, group)
        assert read.people == (Named(bela, "Bela"), Named(amara, "Amara"))

    def test_what_a_line_says_that_somebody_wants(self, store: Store) -> None:
        """It is noted beside the entry; what was noted before is true again; one undo takes back both."""
        hank = added(store, "Hank")
        store.wants.add(hank, ["a Rust job"], today=TODAY - timedelta(days=100))
        before = dump(store)
        change = store.timeline.log(
            entry(hank, text="Coffee"),
            wants=[
                WantDraft(hank, "want", "a rust job", TODAY),
                WantDraft(hank, "offer", "pottery lessons", TODAY - timedelta(days=1)),
            ],
        )
        assert change.label == (
            "logged a meeting with Hank, noted that Hank wants a rust job and offers pottery lessons"
        )
        assert [(want.side, want.text, want.known_on) for want in store.wants.of(hank)] == [
            ("want", "a Rust job", TODAY),
            ("offer", "pottery lessons", TODAY - timedelta(days=1)),
        ]
        store.history.undo()
        assert dump(store) == before

    def test_an_older_word_does_not_make_a_want_older(self, store: Store) -> None:
        """What is known of today stays so when one writes down what was said last week."""
        hank = added(store, "Hank")
        store.wants.add(hank, ["a Rust job"], today=TODAY)
        store.timeline.log(wants=[WantDraft(hank, "want", "a Rust job", TODAY - timedelta(days=7))])
        assert [want.known_on for want in store.wants.of(hank)] == [TODAY]

    def test_all_that_a_line_says_is_one_act(self, store: Store) -> None:
        """What happened, a promise, an occasion and a newcomer go in together, and out with one undo."""
        hank = added(store, "Hank")
        change = store.timeline.log(
            entry(hank, -1, text="Coffee"),
            gives=[GiveDraft(person_id=-1, words="Send the paper", promised=True)],
            occasions=[(-1, Occasion(kind="birthday", label="birthday", month=6, day=12))],
            newcomers={-1: "Jo March"},
        )
        (jo,) = change.people - {hank}
        assert (
            change.label == "logged a meeting with Hank and Jo March, queued “Send the paper”, noted birthday"
        )
        found = store.people.get(jo)
        assert found
        assert (found.profile.name, found.gives_waiting, found.last_on) == ("Jo March", 1, TODAY)
        assert [occasion.day for occasion in found.profile.occasions] == [12]
        store.history.undo()
        assert names(store, store.people.ids()) == ["Hank"]
        assert not store.timeline.of(hank)

    def test_a_promise_alone(self, store: Store) -> None:
        """A line may be only a promise, or only a date; nothing happened then."""
        hank = added(store, "Hank")
        change = store.timeline.log(gives=[GiveDraft(person_id=hank, words="Send the map")])
        assert change.label == "queued “Send the map”"
        assert store.timeline.count() == 0

    def test_a_give_in_a_full_week(self, store: Store) -> None:
        """A log line let gives into a week that had no room for them, which adding them did not."""
        hank = added(store, "Hank")
        for number in range(WEEKLY_ROOM - 1):
            queued(store, added(store, f"Person {number}"), str(number))
        drafts = [
            GiveDraft(person_id=-1, words="Send the map"),
            GiveDraft(person_id=-1, words="Lend a stove"),
            GiveDraft(person_id=hank, words="Call", promised=True),
        ]
        change = store.timeline.log(gives=drafts, newcomers={-1: "Jo March"}, today=TODAY)
        full = "this week is full, so it stands under Later"
        assert change.label == f"queued “Send the map”, queued “Lend a stove” ({full}), queued “Call”"
        later = [give.words for give in store.gives.queue(TODAY) if section(give, TODAY) == "Later"]
        assert later == ["Lend a stove"]

    def test_only_a_newcomer(self, store: Store) -> None:
        """Someone new is added even where nothing else is said."""
        assert store.timeline.log(newcomers={-1: "Jo March"}).label == "added Jo March"

    def test_nothing(self, store: Store) -> None:
        """A line that says nothing is no act."""
        assert not store.timeline.log()

    def test_nobody(self, store: Store) -> None:
        """Something that happened with nobody is not kept."""
        with pytest.raises(ValueError, match="at least one person"):
            store.timeline.log(entry())
        with pytest.raises(ValueError, match="at least one person"):
            store.timeline.edit(logged(store, added(store)), entry())

    def test_somebody_twice(self, store: Store) -> None:
        """Who is named twice was there once."""
        amara = added(store, "Amara")
        change = store.timeline.log(entry(amara, amara))
        assert change.label == "logged a meeting with Amara"
        store.timeline.edit(only(change.interactions), entry(amara, amara, text="edited"))
        (read,) = store.timeline.of(amara)
        assert (read.people, read.text) == ((Named(amara, "Amara"),), "edited")

    def test_someone_who_is_gone(self, store: Store) -> None:
        """Someone who was taken back in another window can't have been there."""
        with pytest.raises(StoreError, match="no longer there"):
            store.timeline.log(entry(99))
        with pytest.raises(StoreError):
            store.timeline.log(gives=[GiveDraft(person_id=99, words="x")])
        assert not store.history.acts()


class TestEnjoying:
    """How good it was."""

    def test_stars(self, store: Store) -> None:
        """Given, taken off, and each taken back; nothing else of the entry changes."""
        amara = added(store, "Amara")
        tea = only(store.timeline.log(entry(amara, text="Tea", tags=("warm",))).interactions)
        before = store.timeline.get(tea)
        assert before is not None
        assert store.timeline.enjoy(tea, 2).label == "★★ for a meeting with Amara"
        assert store.timeline.get(tea) == replace(before, enjoyment=2)
        assert store.timeline.enjoy(tea, 0).label == "took the stars off a meeting with Amara"
        store.history.undo()
        store.history.undo()
        assert store.timeline.get(tea) == before

    def test_the_same_again_is_no_act(self, store: Store) -> None:
        """Nothing changed, so there is nothing to take back."""
        tea = logged(store, added(store, "Amara"))
        acts = len(store.history.acts())
        assert not store.timeline.enjoy(tea, 0)
        assert len(store.history.acts()) == acts

    def test_what_can_not_be(self, store: Store) -> None:
        """Four stars, or an entry that is gone."""
        tea = logged(store, added(store, "Amara"))
        with pytest.raises(ValueError, match="from none to 3 stars"):
            store.timeline.enjoy(tea, 4)
        with pytest.raises(StoreError, match="no longer there"):
            store.timeline.enjoy(tea + 1, 1)


class TestEditing:
    """What was written down is set right."""

    def test_everything(self, store: Store) -> None:
        """Day, kind, people, text and tags can all be changed, and everybody's facts follow."""
        amara, bela, cleo = (added(store, name) for name in ("Amara", "Bela", "Cleo"))
        tea = only(store.timeline.log(entry(amara, bela, text="Tea", tags=("warm",))).interactions)
        change = store.timeline.edit(
            tea, entry(bela, cleo, days_ago=4, kind="call", text="A call", tags=("cold",))
        )
        assert change.people == {amara, bela, cleo}
        assert change.label == "edited a call with Bela and Cleo"
        read = store.timeline.get(tea)
        assert read
        assert (read.day, read.kind, read.tags) == (day("2026-11-18"), "call", ("cold",))
        assert read.people == (Named(bela, "Bela"), Named(cleo, "Cleo"))
        lines = store.people.lines([amara, bela, cleo])
        assert [lines[key].last_on for key in (amara, bela, cleo)] == [
            None,
            day("2026-11-18"),
            day("2026-11-18"),
        ]

    def test_saved_as_it_was(self, store: Store) -> None:
        """An edit that changes nothing is no act."""
        amara = added(store, "Amara")
        tea = logged(store, amara, text="Tea")
        assert not store.timeline.edit(tea, entry(amara, text="Tea"))

    def test_what_another_program_wrote_meanwhile(self, store: Store) -> None:
        """A form wrote all of the entry it was opened with, over what had been written since."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        opened = entry(amara, text="Tea", tags=("warm",))
        tea = only(store.timeline.log(opened).interactions)
        store.timeline.edit(tea, replace(opened, people=(amara, bela), place="Café"))
        store.timeline.edit(tea, replace(opened, text="Green tea"), opened)
        read = store.timeline.get(tea)
        assert read
        assert read.entry == replace(opened, people=(amara, bela), place="Café", text="Green tea")
        assert not store.timeline.edit(tea, opened, opened)

    def test_one_that_is_gone(self, store: Store) -> None:
        """An entry that is not there can't be edited."""
        with pytest.raises(StoreError, match="no longer there"):
            store.timeline.edit(99, entry(added(store)))

    def test_remove(self, store: Store) -> None:
        """What is removed is gone for everybody who was there."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        change = store.timeline.remove(logged(store, amara, bela, text="Tea"))
        assert change.label == "removed a meeting with Amara and Bela"
        assert change.people == {amara, bela}
        assert not store.timeline.of(amara)
        assert store.people.lines([bela])[bela].last_on is None

    def test_remove_what_a_give_wrote(self, store: Store) -> None:
        """The give that wrote an entry waits again when the entry is removed, as if it had not been given."""
        amara = added(store, "Amara")
        give = queued(store, amara)
        written = only(store.gives.give([give], TODAY).interactions)
        with store._writer.act("landed") as act:
            act.update("gives", give, {"landed": "yes"})
        store.timeline.remove(written)
        found = store.gives.get(give)
        assert found
        assert (found.state, found.given_on, found.interaction_id, found.landed) == ("queued", None, None, "")

    def test_remove_what_a_snoozed_give_wrote(self, store: Store) -> None:
        """It waits again as if it had not rested either, and may rest anew."""
        give = queued(store, added(store, "Amara"))
        store.gives.snooze([give], day("2026-12-24"), TODAY)
        store.timeline.remove(only(store.gives.give([give], TODAY).interactions))
        found = store.gives.get(give)
        assert found
        assert (found.state, found.snoozed_until) == ("queued", None)
        assert [section(one, TODAY) for one in store.gives.queue(TODAY)] == ["This week"]

    def test_another_day_for_what_a_give_wrote(self, store: Store) -> None:
        """It was given on that day, then, and takes room in that week."""
        amara = added(store, "Amara")
        give = queued(store, amara)
        written = only(store.gives.give([give], TODAY).interactions)
        store.timeline.edit(written, entry(amara, days_ago=8, kind="gave"))
        found = store.gives.get(give)
        assert found
        assert (found.state, found.given_on) == ("given", TODAY - timedelta(days=8))
        assert store.gives.room(TODAY).given == 0

    def test_another_person_for_what_a_give_wrote(self, store: Store) -> None:
        """It was not given to them after all, and waits again; with one more it was."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        give = queued(store, amara)
        written = only(store.gives.give([give], TODAY).interactions)
        store.timeline.edit(written, entry(amara, bela, kind="gave"))
        assert not store.gives.queue(TODAY)
        before = dump(store)
        store.timeline.edit(written, entry(bela, kind="gave"))
        (found,) = store.gives.queue(TODAY)
        assert (found.id, found.given_on, found.interaction_id) == (give, None, None)
        store.history.undo()
        assert dump(store) == before

    def test_remove_what_is_gone(self, store: Store) -> None:
        """Removing twice removes once."""
        tea = logged(store, added(store))
        assert store.timeline.remove(tea)
        assert not store.timeline.remove(tea)


class TestPages:
    """A long timeline is read page by page."""

    def test_newest_first(self, store: Store) -> None:
        """By day, and within a day the last written first."""
        amara = added(store, "Amara")
        for days_ago, text in ((3, "old"), (0, "first today"), (7, "older"), (0, "second today")):
            logged(store, amara, days_ago=days_ago, text=text)
        assert [read.text for read in store.timeline.of(amara)] == [
            "second today",
            "first today",
            "old",
            "older",
        ]

    @pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
    def test_pages_meet_without_gap_or_overlap(self, store: Store, size: int) -> None:
        """Whatever the size of a page, and many entries on one day, each entry is read exactly once."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        for number in range(24):
            logged(store, amara, days_ago=number // 9, text=str(number))
            logged(store, bela, days_ago=number // 9)
        whole = [read.id for read in store.timeline.of(amara)]
        paged: list[int] = []
        after = None
        while page := store.timeline.of(amara, after, size):
            paged += [read.id for read in page]
            after = Cursor(page[-1].day, page[-1].id)
        assert len(whole) == 24
        assert paged == whole

    @pytest.mark.parametrize("size", [1, 7, 100])
    def test_from_the_other_end(self, store: Store, size: int) -> None:
        """Oldest first, a person's and a group's come page by page as newest first, turned round."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        choir, alps = (only(store.groups.found(GroupDraft(name=name)).groups) for name in ("Choir", "Alps"))
        for number in range(24):
            store.timeline.log(entry(amara, days_ago=number // 9, text=str(number), group_id=choir))
            store.timeline.log(entry(bela, days_ago=number // 9, group_id=alps))
        for read, key in ((store.timeline.of, amara), (store.timeline.of_group, choir)):
            paged: list[int] = []
            after = None
            while page := read(key, after, size, oldest_first=True):
                paged += [found.id for found in page]
                after = Cursor(page[-1].day, page[-1].id)
            assert len(paged) == 24
            assert paged == [found.id for found in read(key)][::-1]

    def test_both_ways_by_the_index(self, store: Store) -> None:
        """However much there is, a page is neither looked for nor sorted."""
        asked: list[str] = []
        store._connection.set_trace_callback(asked.append)
        for oldest_first in (False, True):
            for after in (None, Cursor(TODAY, 9)):
                store.timeline.of(1, after, oldest_first=oldest_first)
                store.timeline.of_group(1, after, oldest_first=oldest_first)
        store._connection.set_trace_callback(None)
        pages = [query for query in asked if "ORDER BY" in query and " DESC LIMIT" in query]
        pages += [query for query in asked if " ASC LIMIT" in query]
        assert len(pages) == 8
        for query in pages:
            plan = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
            assert "interaction_people_day" in plan[0] or "interactions_group" in plan[0], plan
            assert not any("B-TREE" in step for step in plan), plan

    def test_of_nobody(self, store: Store) -> None:
        """Someone with nothing yet has an empty page."""
        assert store.timeline.of(added(store)) == []
        assert store.timeline.get(99) is None
