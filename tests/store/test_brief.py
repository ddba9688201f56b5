"""The briefs shelf: gathers what is good to know before you meet someone, and what you could give."""

from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import GroupDraft
from netcrm.domain.sparks import SparkDraft
from netcrm.store import Store
from tests.world import TODAY, added, entry, logged, only, person, queued


class TestOf:
    """What is there at once."""

    def test_nobody(self, store: Store) -> None:
        """There is no brief of nobody."""
        assert store.briefs.of(7, TODAY) is None

    def test_from_all_shelves(self, store: Store) -> None:
        """Entries, gives, wants, groups, who introduced you, what lands, the last ask."""
        bela = added(store, "Bela Kovács")
        her = added(store, person("Christina Vale", introduced_by=bela, wants=("a van",)))
        store.groups.found(GroupDraft(name="Circus", members=(her,)))
        store.groups.archive(only(store.groups.found(GroupDraft(name="Closed", members=(her,))).groups))
        store.groups.found(GroupDraft(name="Choir", members=(bela,)))
        logged(store, her, days_ago=3, text="Coffee")
        logged(store, her, days_ago=40, text="for a reference", kind="asked")
        queued(store, her, "Lend the tent")
        queued(store, her, "Send the paper", promised=True)
        queued(store, bela, "Something else")
        for _ in range(2):
            given = queued(store, her, kind="opening")
            store.gives.give([given], TODAY)
            store.gives.landed(given, "yes", TODAY)
        brief = store.briefs.of(her, TODAY)
        assert brief is not None
        assert [give.words for give in brief.waiting] == ["Send the paper", "Lend the tent"]
        assert [want.text for want in brief.wants] == ["a van"]
        assert brief.groups == ["Circus"]
        assert brief.introduced_by is not None and brief.introduced_by.name == "Bela Kovács"
        assert brief.glad_of == "glad of openings"
        assert [ask.text for ask in brief.asks] == ["for a reference"]
        assert brief.since[-1].text == "Coffee"

    def test_in_common(self, store: Store) -> None:
        """Whoever was there most often; a whole company says nothing, nor does an introduction."""
        her, hank, amara, *crowd = (added(store, f"Person {number}") for number in range(12))
        logged(store, her, hank, days_ago=1)
        logged(store, her, amara, days_ago=2)
        logged(store, her, amara, days_ago=3)
        logged(store, her, *crowd, days_ago=4)
        store.timeline.log(entry(her, crowd[0], kind="introduced"))
        brief = store.briefs.of(her, TODAY)
        assert brief is not None
        assert [one.id for one in brief.common] == [amara, hank]

    def test_introductions_under_way(self, store: Store) -> None:
        """With whom, and how far it has come; what was let go is not there."""
        her, hank, amara = (added(store, name) for name in ("Christina", "Hank", "Amara"))
        store.introductions.propose(hank, her, "tents", TODAY)
        store.introductions.put_away(her, amara, "moons", TODAY)
        brief = store.briefs.of(her, TODAY)
        assert brief is not None
        assert [(one.whom, one.why) for one in brief.introducing] == [("Hank", "an idea")]


class TestCould:
    """What one could give, which takes longer to find."""

    def test_sparks_that_suit(self, store: Store) -> None:
        """One kept that would suit them, is still of use, and has not gone to them."""
        her = added(store, person("Christina Vale", wants=("a juggling school for her troupe",)))
        for name in ("Hank", "Amara", "Bela"):
            added(store, person(name, wants=(f"a boat for {name}",)))
        draft = SparkDraft(kind="event", title="A juggling school opens")
        store.sparks.keep(draft)
        store.sparks.keep(
            SparkDraft(kind="event", title="Juggling last year", until=TODAY.replace(year=2025))
        )
        store.sparks.keep(SparkDraft(kind="article", title="A new kind of boat"))
        (chance,) = store.briefs.could(her, TODAY)
        assert (chance.words, chance.why[:6]) == ("pass on “A juggling school opens”", "wants ")
        with store.briefs.aside() as finding:
            assert finding.could(her, TODAY) == [chance]
        spark = store.sparks.all()[-1]
        store.sparks.pass_on(draft, [GiveDraft(person_id=her, words="Tell her")], TODAY, spark_id=spark.id)
        assert store.briefs.could(her, TODAY) == []

    def test_what_was_taken_out_of_the_jar(self, store: Store) -> None:
        """It is thought of no more, though it is kept for those it went to."""
        her = added(store, person("Christina Vale", wants=("juggling cartoons",)))
        for name in ("Hank", "Amara", "Bela"):
            added(store, person(name, wants=(f"a boat for {name}",)))
        draft = SparkDraft(kind="delight", title="A juggling cartoon")
        change = store.sparks.pass_on(draft, [GiveDraft(person_id=2, words="Send it")], TODAY)
        assert [chance.kind for chance in store.briefs.could(her, TODAY)] == ["spark"]
        store.joy.take_out(only(change.sparks))
        assert store.briefs.could(her, TODAY) == []

    def test_whom_they_should_meet(self, store: Store) -> None:
        """A pair that is proposed, from either side."""
        hank = added(store, person("Hank Morrow", wants=("a telescope night for the scouts",)))
        amara = added(store, person("Amara Okafor", offers=("a telescope night for schools",)))
        for one, other in ((hank, "Amara Okafor"), (amara, "Hank Morrow")):
            (chance,) = store.briefs.could(one, TODAY)
            assert (chance.kind, chance.whom) == ("introduction", other)
            assert "telescope night" in chance.why
