"""You both care about: who shares a rare topic with you, and is in no group with you."""

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.domain.people import NEVER
from netcrm.store import Store
from tests.world import added, entry, only, person


@pytest.fixture
def book(store: Store) -> Store:
    """Sixty people of whom nothing is known, and a group."""
    for number in range(60):
        added(store, f"Somebody {number}")
    member = added(store, person("Member", tags=("mirrors",)))
    store.groups.found(
        GroupDraft(
            name="Stargazers",
            topics=("mirror grinding", "variable stars", "who comes alone, and how to greet dragons"),
            members=(member,),
        )
    )
    return store


def said(store: Store) -> dict[str, str]:
    """Who cares about the same, and how it is said."""
    return {
        found.person.name: f"you both care about #{found.topic} · {found.why}"
        for found in store.sharing.both_care()
    }


class TestBothCare:
    """`both_care`."""

    def test_a_topic(self, book: Store) -> None:
        """Of a group, in the same words or as a part of it, inflected or not; a sentence is no topic."""
        added(book, person("Ana", tags=("Mirrors",)))
        added(book, person("Bea", tags=("variable star",)))
        added(book, person("Cem", tags=("dragons",)))
        assert said(book) == {
            "Ana": "you both care about #mirrors · Stargazers talk of it",
            "Bea": "you both care about #variable star · Stargazers talk of it",
        }

    def test_what_you_learned_taught_and_noted(self, book: Store) -> None:
        """By the tags of those entries; a note about somebody is not about you."""
        ana = added(book, person("Ana", tags=("bees",)))
        added(book, person("Bea", tags=("knots",)))
        added(book, person("Cem", tags=("fado",)))
        added(book, person("Dina", tags=("herons",)))
        for people, kind, tag in (
            ((ana,), "learned", "bees"),
            ((ana,), "learned", "bees"),
            ((ana,), "taught", "knots"),
            ((), "note", "fado"),
            ((ana,), "note", "herons"),
        ):
            book.timeline.log(entry(*people, kind=kind, tags=(tag,)))
        assert said(book) == {
            "Ana": "you both care about #bees · you learned of it twice",
            "Bea": "you both care about #knots · you taught it",
            "Cem": "you both care about #fado · you noted it",
        }

    def test_rare(self, book: Store) -> None:
        """What many bear brings nobody together; each person is named once, the rarest thing first."""
        for number in range(12):
            added(book, person(f"Many {number}", tags=("mirrors",)))
        added(book, person("Zoe", tags=("grinding", "mirrors")))
        added(book, person("Yan", tags=("stars",)))
        added(book, person("Xia", tags=("stars",)))
        assert list(said(book)) == ["Zoe", "Xia", "Yan"]

    def test_nobody_of_a_group(self, book: Store) -> None:
        """Nor who was put away or is never to be suggested; an archived group is none."""
        ana = added(book, person("Ana", tags=("mirrors",)))
        added(book, person("Never", tags=("mirrors",), cadence=NEVER))
        book.people.archive([added(book, person("Away", tags=("mirrors",)))])
        choir = only(book.groups.found(GroupDraft(name="Choir", members=(ana,))).groups)
        assert said(book) == {}
        book.groups.archive(choir)
        assert list(said(book)) == ["Ana"]

    def test_nothing(self, store: Store) -> None:
        """Where nothing is known of you, nobody is found."""
        added(store, person("Ana", tags=("mirrors",)))
        assert said(store) == {}

    def test_in_the_demo(self, world: Store) -> None:
        """There are some, and not everybody."""
        assert 1 <= len(world.sharing.both_care()) <= 8
