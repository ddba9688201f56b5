"""How the groups screen looks."""

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, TINY, WIDE
from tests.snapshots.test_snapshots import Looks, by_size, looks, same_everywhere
from tests.ui.test_hostile import ALL, hostile
from tests.world import TODAY, entry, only

__all__ = ["looks", "same_everywhere"]

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=by_size)

CIRCUS = ("c", "j", "j")
"""Goes to the circus marketers."""

QUESTION = (*CIRCUS, "tab", *"jjjjjj")
"""Goes to their first open question."""


class TestGroups:
    """The list, and the page of one."""

    @SIZES
    def test_list(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """How lively each is, what it is about, who belongs to it."""
        looks(world, *CIRCUS, "j", size=size)

    @pytest.mark.parametrize("size", [(132, 36), WIDE, (100, 30), MEDIUM, NARROW, TINY], ids=by_size)
    def test_page(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Members, questions, what was learned and taught, the timeline."""
        looks(world, *QUESTION, size=size)

    @SIZES
    def test_timeline(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Further down, what happened by month."""
        looks(world, "c", "tab", *"jjjjjjjjjjjjjjjj", size=size)

    def test_by_day(self, looks: Looks, world: Store) -> None:
        """The light theme."""
        looks(world, *QUESTION, theme="netcrm-day")

    def test_put_away(self, looks: Looks, world: Store) -> None:
        """At the end of the list."""
        world.groups.archive(3)
        looks(world, "c", "G")

    @SIZES
    def test_empty(self, looks: Looks, store: Store, size: tuple[int, int]) -> None:
        """What a group is, and the key that founds one."""
        looks(store, "c", size=size)

    def test_a_new_one(self, looks: Looks, store: Store) -> None:
        """Nobody belongs to it yet."""
        looks(store, "c", "n", typed="Alumni 91: circle, yearly, #lisbon\n")


class TestPrompts:
    """What is asked."""

    @SIZES
    def test_who_was_there(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """All are marked; two were not there."""
        looks(world, *CIRCUS, "l", "j", "space", "space", size=size)

    @SIZES
    def test_what_it_was_about(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """The line, understood with those who were there."""
        line = "yesterday: talked about posters at _Chapitô_ #posters **; I'll send them the fonts by Friday"
        looks(world, *CIRCUS, "l", "j", "space", "enter", typed=line, size=size)

    def test_learned(self, looks: Looks, world: Store) -> None:
        """From the member that is highlighted."""
        looks(world, *CIRCUS, "tab", "L")

    @SIZES
    def test_members(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """One has been picked, and another is looked for."""
        looks(world, *CIRCUS, "a", typed="don\nha", size=size)

    def test_new(self, looks: Looks, world: Store) -> None:
        """What was understood of a new one."""
        looks(world, "c", "n", typed="Alumni 91: circle, yearly, #lisbon https://x.example, next 3 Dec")

    def test_form(self, looks: Looks, world: Store) -> None:
        """Everything that can be said of one."""
        looks(world, *CIRCUS, "e")

    def test_help(self, looks: Looks, world: Store) -> None:
        """Every key."""
        looks(world, "c", "question_mark")


class TestWhoCaresToo:
    """Beneath the groups."""

    @SIZES
    def test_both(self, looks: Looks, world: Store, size: tuple[int, int]) -> None:
        """Who shares something rare with you, and where you care about it."""
        looks(world, "c", *"jjjjjjj", size=size)


class TestHostile:
    """Text from outside."""

    @SIZES
    def test_it_is_text(self, looks: Looks, store: Store, size: tuple[int, int]) -> None:
        """In every field of a group: drawn as it is."""
        hostile(store)
        members = tuple(store.people.ids())
        draft = GroupDraft(
            name=f"Choir {ALL}", kind=ALL, link=ALL, note=ALL, topics=(ALL,), members=members, cadence=7
        )
        group = only(store.groups.found(draft).groups)
        store.groups.ask(group, ALL, TODAY)
        store.timeline.log(entry(*members, kind="learned", text=ALL, group_id=group))
        looks(store, "c", "tab", size=size)
