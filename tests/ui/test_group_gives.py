"""Gives for a group on the main screen: what it is stands beside them, and every key of the queue works."""

import pytest
from textual.pilot import Pilot

from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import Group, GroupDraft
from netcrm.domain.people import Profile
from netcrm.store import Store
from tests.driving import MEDIUM, NARROW, WIDE, drive, main_screen, seen, type_text
from tests.ui.test_hostile import ALL
from tests.world import TODAY, dump, only


@pytest.fixture
def group(world: Store) -> Group:
    """A group with a give that is due today."""
    (found,) = (group for group in world.groups.all() if group.name == "Circus Marketers")
    draft = GiveDraft(group_id=found.id, words="Post the poster talk", kind="article", due=TODAY)
    world.gives.add(draft, TODAY)
    return found


async def to_it(pilot: Pilot[None], store: Store, group: Group) -> None:
    """Highlight the group's give."""
    main = main_screen(pilot.app)
    await pilot.press("3")
    (give,) = (give for give in store.gives.queue(TODAY) if give.group_id == group.id)
    main.gives.highlight(give.id)
    await pilot.pause()


class TestHighlighted:
    """What is shown."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM])
    def test_the_group(self, world: Store, group: Group, size: tuple[int, int]) -> None:
        """Name, kind, topics and next meeting, until the highlight is on a person's give again."""

        async def script(pilot: Pilot[None]) -> None:
            await to_it(pilot, world, group)
            assert seen(pilot.app, "Circus Marketers  online community")
            assert seen(pilot.app, "▲ meets 3 Dec")
            assert seen(pilot.app, "talks of posters · ticketing")
            main_screen(pilot.app).reload()
            await pilot.pause()
            assert seen(pilot.app, "▲ meets 3 Dec")
            await pilot.press("g")
            assert not seen(pilot.app, "▲ meets 3 Dec")
            assert main_screen(pilot.app)._shown is not None

        drive(world, script, size)

    def test_nobody_is_shown(self, world: Store, group: Group) -> None:
        """Where a search finds nobody the queue begins where it was, and not at what has no person."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash")
            await type_text(pilot, "zzzz\n")
            before = main.gives.give
            await pilot.press("3")
            assert before and main.gives.give == before

        drive(world, script)

    def test_hostile(self, store: Store) -> None:
        """Its texts are drawn as they are, at any size."""
        group = only(
            store.groups.found(GroupDraft(name=ALL, kind=ALL, topics=(ALL,), note=ALL, link=ALL)).groups
        )
        store.people.add(Profile(name="Ada"))
        store.gives.add(GiveDraft(group_id=group, words=ALL, due=TODAY), TODAY)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "2", "3")
            for size in ((1, 1), NARROW, WIDE):
                await pilot.resize_terminal(*size)
                await pilot.pause()

        drive(store, script)


class TestKeys:
    """What can be done with it."""

    def test_given(self, world: Store, group: Group) -> None:
        """Space writes the group's entry, and undo takes it back."""
        before = dump(world)

        async def script(pilot: Pilot[None]) -> None:
            await to_it(pilot, world, group)
            await pilot.press("space")
            whole = world.groups.get(group.id)
            assert whole and whole.entries == group.entries + 1 and whole.last_on == TODAY
            assert seen(pilot.app, "Gave “Post the poster talk” to Circus Marketers")
            await pilot.press("u")
            assert dump(world) == before

        drive(world, script)

    def test_snoozed_edited_dropped(self, world: Store, group: Group) -> None:
        """z, e and x do what they do for a person's."""

        async def script(pilot: Pilot[None]) -> None:
            await to_it(pilot, world, group)
            await pilot.press("e")
            await type_text(pilot, " again")
            await pilot.press("ctrl+s")
            await pilot.pause()
            await to_it(pilot, world, group)
            await pilot.press("z")
            await type_text(pilot, "3d\n")
            (give,) = (give for give in world.gives.queue(TODAY) if give.group_id == group.id)
            assert give.words == "Post the poster talk again" and give.state == "snoozed"
            await to_it(pilot, world, group)
            await pilot.press("x")
            assert [give.whom.name for give in world.gives.dropped(1)] == ["Circus Marketers"]

        drive(world, script)

    def test_another(self, world: Store, group: Group) -> None:
        """Another is queued for it by n; = shows only what waits for it; F finds it by name."""

        async def script(pilot: Pilot[None]) -> None:
            await to_it(pilot, world, group)
            await pilot.press("n")
            assert seen(pilot.app, "something to do for Circus Marketers")
            await type_text(pilot, "share the ticketing paper by friday\n")
            theirs = [give for give in world.gives.queue(TODAY) if give.group_id == group.id]
            assert [give.words for give in theirs] == ["Post the poster talk", "Share the ticketing paper"]
            await pilot.press("equals_sign")
            main = main_screen(pilot.app)
            assert main.gives.count() == 2
            await pilot.press("equals_sign")
            assert main.gives.count() > 2
            await pilot.press("F")
            await type_text(pilot, "with:circus\n")
            assert main.gives.count() == 2

        drive(world, script)
