"""Two windows edit one record at once: what each changed is there, and the same thing is asked about."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import GroupDraft
from netcrm.domain.people import ContactPoint, Profile
from netcrm.domain.timeline import Entry
from netcrm.store import Store
from netcrm.store.errors import EditedElsewhere
from tests.world import TODAY, added, entry, logged, only, person, queued, ticking


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """Another window on the same book."""
    with Store(store.path, ticking()) as opened:
        yield opened


class TestAPerson:
    """Somebody's profile."""

    BEFORE = person("Amara", city="Lisbon", title="Editor", tags=("design", "lisbon"), wants=("a desk",))

    def both(self, store: Store, other: Store, here: Profile, there: Profile) -> Profile:
        """What is there after a form was saved that was opened before another window wrote."""
        amara = added(store, self.BEFORE)
        other.people.edit(amara, there, self.BEFORE)
        store.people.edit(amara, here, self.BEFORE)
        found = store.people.get(amara)
        assert found
        return found.profile

    def test_different_fields(self, store: Store, other: Store) -> None:
        """One moves, the other one's window gives a title: both are there."""
        found = self.both(
            store, other, replace(self.BEFORE, city="Porto"), replace(self.BEFORE, title="Publisher")
        )
        assert (found.city, found.title) == ("Porto", "Publisher")

    def test_the_same_to_the_same_field(self, store: Store, other: Store) -> None:
        """What both say is no question."""
        porto = replace(self.BEFORE, city="Porto")
        assert self.both(store, other, porto, porto).city == "Porto"

    def test_several_things_in_one_field(self, store: Store, other: Store) -> None:
        """Tags that each added and took off: none that one added is lost, none that one took off stays."""
        found = self.both(
            store,
            other,
            replace(self.BEFORE, tags=("design", "music"), wants=("a desk", "a lamp")),
            replace(self.BEFORE, tags=("lisbon", "tea"), wants=()),
        )
        assert (found.tags, found.wants) == (("tea", "music"), ("a lamp",))

    def test_the_same_field(self, store: Store, other: Store) -> None:
        """One says Porto, the other Faro: nothing is written, and who comes second hears of the other."""
        with pytest.raises(EditedElsewhere, match="The city was changed elsewhere since: nothing") as caught:
            self.both(
                store,
                other,
                replace(self.BEFORE, city="Porto", note="moved"),
                replace(self.BEFORE, city="Faro"),
            )
        assert caught.value.now == {"city": "Faro"}
        (found,) = (store.people.get(key) for key in store.people.ids())
        assert found
        assert (found.profile.city, found.profile.note) == ("Faro", "")
        assert [act.label for act in store.history.acts()] == ["edited Amara", "added Amara"]

    def test_the_same_thing_in_one_field(self, store: Store, other: Store) -> None:
        """An address that both corrected is one thing."""
        before = person("Amara", points=(ContactPoint("email", "amara@old.example"),))
        amara = added(store, before)
        here, there = (
            replace(before, points=(ContactPoint("email", f"amara@{host}.example"),)) for host in ("x", "y")
        )
        other.people.edit(amara, there, before)
        with pytest.raises(EditedElsewhere) as caught:
            store.people.edit(amara, here, before)
        assert caught.value.now == {"points": there.points}

    def test_having_been_told(self, store: Store, other: Store) -> None:
        """Who knows what the other wrote may write over it; what has changed again is told again."""
        amara = added(store, self.BEFORE)
        other.people.edit(amara, replace(self.BEFORE, city="Faro"), self.BEFORE)
        other.people.edit(amara, replace(self.BEFORE, city="Sines"), replace(self.BEFORE, city="Faro"))
        here = replace(self.BEFORE, city="Porto")
        with pytest.raises(EditedElsewhere):
            store.people.edit(amara, here, replace(self.BEFORE, city="Faro"))
        store.people.edit(amara, here, replace(self.BEFORE, city="Sines"))
        found = store.people.get(amara)
        assert found
        assert found.profile.city == "Porto"


class TestTheOthers:
    """What holds for a person holds for an entry, a give and a group."""

    def test_an_entry(self, store: Store, other: Store) -> None:
        """Its text; who took part is several things."""
        amara, bela, cyd = (added(store, name) for name in ("Amara", "Bela", "Cyd"))
        coffee = logged(store, amara, text="Coffee")
        before = entry(amara, text="Coffee")
        other.timeline.edit(coffee, replace(before, text="Tea", people=(amara, bela)), before)
        with pytest.raises(EditedElsewhere) as caught:
            store.timeline.edit(coffee, replace(before, text="Cocoa"), before)
        assert caught.value.now == {"text": "Tea"}
        store.timeline.edit(coffee, replace(before, people=(amara, cyd)), before)
        found = store.timeline.get(coffee)
        assert found
        assert found.entry == Entry(day=TODAY, people=(amara, bela, cyd), kind="met", text="Tea")

    def test_a_give(self, store: Store, other: Store) -> None:
        """Its words."""
        give = queued(store, added(store, "Amara"))
        (found,) = store.gives.queue(TODAY)
        before = found.draft
        other.gives.edit(give, replace(before, words="Send the book"), before)
        with pytest.raises(EditedElsewhere) as caught:
            store.gives.edit(give, replace(before, words="Send the film"), before)
        assert caught.value.now == {"words": "Send the book"}
        store.gives.edit(give, replace(before, effort="L"), before)
        (found,) = store.gives.queue(TODAY)
        assert isinstance(found.draft, GiveDraft)
        assert (found.words, found.effort) == ("Send the book", "L")

    def test_a_group(self, store: Store, other: Store) -> None:
        """Its note; topics are several things."""
        before = GroupDraft(name="Kites", topics=("wind",))
        group = only(store.groups.found(before).groups)
        other.groups.edit(group, replace(before, note="on the beach", topics=("wind", "line")), before)
        with pytest.raises(EditedElsewhere) as caught:
            store.groups.edit(group, replace(before, note="in the park"), before)
        assert caught.value.now == {"note": "on the beach"}
        store.groups.edit(group, replace(before, topics=("wind", "knots")), before)
        found = store.groups.get(group)
        assert found
        assert (found.draft.note, found.draft.topics) == ("on the beach", ("wind", "line", "knots"))
