"""The made-up network, once it is in a store: what the pictures show of it."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from netcrm.demo.fill import fill
from netcrm.demo.world import World, load
from netcrm.domain.gives import section, why_now
from netcrm.domain.occasions import next_on
from netcrm.domain.query import parse
from netcrm.domain.rhythm import since
from netcrm.store import Store
from netcrm.store.errors import StoreError
from tests.world import TODAY, a_store, added, day, dump, dump_remade, names


@pytest.fixture(scope="module")
def world() -> World:
    """The world as it was written."""
    return load()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, world: World) -> Iterator[Store]:
    """A store with the whole world in it; only read."""
    with a_store(tmp_path_factory.mktemp("demo")) as store:
        fill(store, world, TODAY)
        yield store


def called(store: Store, name: str) -> int:
    """The id of a person of the world."""
    (found,) = (named.id for named in store.people.named(name.casefold()) if named.name == name)
    return found


class TestThePicture:
    """What main.png shows is there."""

    def test_people(self, demo: Store) -> None:
        """Everyone of the picture, with dot, gives waiting, time since and headline."""
        lines = {line.name: line for line in demo.people.lines(demo.people.ids()).values()}
        shown = [
            (line.warmth(TODAY).dot, name, line.gives_waiting, line.headline)
            for name, line in ((name, lines[name]) for name in PICTURED)
        ]
        assert shown == [(dot, name, waiting, head) for name, (dot, waiting, _, head) in PICTURED.items()]
        silent = {name: since(lines[name].last_on, TODAY) for name in PICTURED}
        assert silent == {name: said for name, (_, _, said, _) in PICTURED.items()}

    def test_christina(self, demo: Store) -> None:
        """Her head: tags, rhythm, what passed between you, and how many entries."""
        christina = demo.people.get(called(demo, "Christina Vale"))
        assert christina
        assert christina.profile.tags == ("design", "circus", "hiring")
        assert (christina.profile.city, christina.profile.cadence) == ("Lisbon", 42)
        assert (christina.gave, christina.asked, christina.entries) == (4, 1, 46)
        assert christina.last_on == TODAY - timedelta(days=3)
        graduation = christina.profile.occasions[0]
        assert (graduation.words, next_on(graduation, TODAY)) == (
            "Ana (daughter) graduates",
            day("2026-12-12"),
        )

    def test_her_timeline(self, demo: Store) -> None:
        """The newest of her entries, newest first."""
        page = demo.timeline.of(called(demo, "Christina Vale"), limit=6)
        assert [(entry.day, entry.kind) for entry in page] == [
            (day("2026-11-19"), "met"),
            (day("2026-11-04"), "gave"),
            (day("2026-10-22"), "email"),
            (day("2026-10-02"), "call"),
            (day("2026-08-15"), "life event"),
            (day("2026-08-03"), "asked"),
        ]
        assert page[0].stars == "★★★"

    def test_the_queue(self, demo: Store) -> None:
        """Every give of the picture under its heading, with its reason."""
        shown = [
            (section(give, TODAY), give.words, give.whom.name, why_now(give, TODAY))
            for give in demo.gives.queue(TODAY)
        ]
        assert [give for give in shown if give[0] != "Later"] == [
            ("Overdue", "Share the Kestrel opening", "Ibrahim Sesay", "2 days late"),
            ("Today", "Comment on the exoplanet paper", "Amara Okafor", "article"),
            ("Today", "Say hello again", "Bela Kovács", "silent 4 months"),
            ("This week", "Introduce to Leo Brandt", "Christina Vale", "Thu"),
            ("This week", "Congratulate on the award", "Edith Nakamura", "Fri"),
        ]
        assert ("Later", "Ana's graduation", "Christina Vale", "12 Dec") in shown


class TestWantsAndAsks:
    """What some want is old, and one ask waits for its answer."""

    def test_some_wants_are_to_be_confirmed(self, demo: Store, world: World) -> None:
        """A handful, hers among them; every confirmed text found its want."""
        stale = [(named.name, want.text) for named, want in demo.wants.stale(TODAY)]
        assert ("Christina Vale", "how other firms run a fair portfolio review") in stale
        assert 5 <= len(stale) <= 20
        confirmed = {text for known in world.confirmed for text in known.texts}
        found = {want.text for _, want in demo.wants.all() if want.confirmed_on}
        assert found == confirmed

    def test_one_ask_is_open(self, demo: Store, world: World) -> None:
        """All others have their answer, on or after the day they were asked."""
        asks = [entry for entry in world.timeline if entry.kind == "asked"]
        assert [entry.people for entry in asks if not entry.answer] == [("Beatrix Hofer",)]
        assert all(entry.answered_on >= entry.day for entry in asks if entry.answered_on)
        newest = demo.timeline.of_kinds(called(demo, "Christina Vale"), ["asked"], 1)[0]
        assert (newest.answer, newest.answered_on) == ("yes", day("2026-08-05"))


class TestTheWhole:
    """Nothing of the world is lost on the way, and nothing is half there."""

    def test_everything_arrives(self, demo: Store, world: World) -> None:
        """As many people, entries, groups, sparks and introductions as the world has."""
        assert len(demo.people.ids()) == len(world.people)
        assert demo.timeline.count() == len(world.timeline)
        assert len(demo.groups.all()) == len(world.groups)
        assert len(demo.sparks.all()) == len(world.sparks)
        assert len(demo.introductions.all()) == len(world.introductions)

    def test_every_give_is_as_it_was(self, demo: Store, world: World) -> None:
        """Given ones keep their day, their entry and whether they landed; dropped ones stay dropped."""
        for number, written in enumerate(world.gives, start=1):
            give = demo.gives.get(number)
            assert give
            assert (give.words, give.whom.name) == (written.words, written.person)
            assert (give.state, give.given_on, give.landed) == (
                written.state,
                written.given_on,
                written.landed,
            )
            assert give.created_on == written.created_on
            if give.interaction_id is not None:
                entry = demo.timeline.get(give.interaction_id)
                assert entry
                assert entry.day == give.given_on
                assert give.person in entry.people
        assert {give.state for give in world.gives} >= {"queued", "given", "dropped"}

    def test_entries_keep_their_group(self, demo: Store, world: World) -> None:
        """A group's meetings are the entries that bear its name."""
        for group, written in zip(
            demo.groups.all(), sorted(world.groups, key=lambda group: group.name.casefold()), strict=True
        ):
            assert group.entries == sum(entry.group == group.name for entry in world.timeline)
            assert [member.name for member in group.members] == list(written.members)
            assert (group.topics, group.next_on) == (written.topics, written.next_on)

    def test_relations_are_links(self, demo: Store) -> None:
        """A relation that is in the world too leads to them; others are names."""
        christina = demo.people.get(called(demo, "Christina Vale"))
        assert christina
        bela = called(demo, "Bela Kovács")
        assert christina.profile.introduced_by == bela
        assert {relation.name: relation.person_id for relation in christina.profile.relations} == {
            "Ana": None,
            "Duarte": None,
            "Bela Kovács": bela,
        }

    def test_introductions(self, demo: Store, world: World) -> None:
        """Both people, the state and its day are kept."""
        kept = {(it.one.name, it.other.name, it.state, it.since) for it in demo.introductions.all()}
        assert kept == {(it.first, it.second, it.state, it.since) for it in world.introductions}

    def test_it_can_be_searched(self, demo: Store) -> None:
        """What is derived is there: names, pages and the timeline."""
        assert "Bela Kovács" in names(demo, demo.search.people(parse("kovacs lumiere posters")))
        assert dump(demo) == dump_remade(demo)


class TestFilling:
    """How a store is filled."""

    def test_nothing_to_undo(self, store: Store, world: World) -> None:
        """Undo takes back what the user does, and never the world."""
        fill(store, world, TODAY)
        assert not store.history.undo()
        added(store, "Somebody New")
        assert store.history.undo().label == "added Somebody New"
        assert not store.history.undo()
        assert len(store.people.ids()) == len(world.people)

    def test_moved_to_another_day(self, store: Store, world: World) -> None:
        """On another day all is as long ago, and as far ahead, as it was on the day it was written for."""
        today = day("2031-03-01")
        fill(store, world, today)
        lines = {line.name: line for line in store.people.lines(store.people.ids()).values()}
        assert since(lines["Christina Vale"].last_on, today) == "3d"
        assert section(store.gives.queue(today)[0], today) == "Overdue"

    def test_only_an_empty_store(self, store: Store, world: World) -> None:
        """A book with something in it is refused, and stays as it is."""
        added(store, "Amara Okafor")
        before = dump(store)
        with pytest.raises(StoreError, match="empty"):
            fill(store, world, TODAY)
        assert dump(store) == before

    def test_all_or_nothing(self, store: Store, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """A failure on the way leaves the store empty."""
        before = dump(store)
        monkeypatch.setattr("netcrm.store.seeding.refresh", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fill(store, world, TODAY)
        assert dump(store) == before

    def test_at_once(self, store: Store, world: World) -> None:
        """The demo opens without a wait: filling takes a part of a second even on a busy machine."""
        begun = time.process_time()
        fill(store, world, TODAY)
        assert time.process_time() - begun < 1


PICTURED = {
    "Christina Vale": ("●", 2, "3d", "Head of Talent, Acme"),
    "Hank Morrow": ("●", 0, "1w", "Scout leader, Northwind"),
    "Amara Okafor": ("◐", 1, "5w", "Astrophysicist, ESO"),
    "Bela Kovács": ("○", 1, "4mo", "Circus marketer, Lumière"),
    "Don Orlando": ("●", 0, "9d", "Career director"),
    "Edith Nakamura": ("◐", 1, "6w", "Novelist"),
    "Farid Haddad": ("·", 0, "–", "CTO, Lumen Labs"),
    "Grace Lindqvist": ("●", 0, "2d", "Designer, Fjord"),
    "Ibrahim Sesay": ("●", 1, "12d", "Data engineer, Kestrel"),
    "Jo March": ("○", 0, "7mo", "Editor, Orchard Press"),
    "Kavya Iyer": ("●", 0, "3w", "Researcher, TIFR"),
    "Leo Brandt": ("◐", 0, "8w", "Founder, Tallow"),
    "Mina Park": ("·", 0, "–", "Recruiter"),
    "Noor Rahimi": ("●", 0, "5d", "Physician"),
    "Otto Weiss": ("●", 0, "2w", "Luthier"),
}
"""Those of the picture, in its order: dot, gives waiting, time since the last contact, headline."""
