"""The groups screen, through the keyboard."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import Group, GroupDraft
from netcrm.store import Store
from netcrm.ui.screens.groups import GroupsScreen
from netcrm.ui.screens.main import MainScreen
from tests.driving import NARROW, drive, main_screen, opened, seen, shown, type_text
from tests.ui.test_hostile import ALL, hostile
from tests.world import TODAY, added, only, person

HANK = 2


@pytest.fixture
def choir(store: Store) -> int:
    """A choir of Amara, who looks for a lens, and Hank; Leo does not sing yet."""
    amara = added(store, person("Amara Okafor", wants=("a lens",), tags=("stars",)))
    hank = added(store, "Hank Morrow")
    added(store, "Leo Brandt")
    return only(store.groups.found(GroupDraft(name="Choir", cadence=7, members=(amara, hank))).groups)


def groups_of(pilot: Pilot[None]) -> GroupsScreen:
    """The groups screen, when it is on top."""
    screen = pilot.app.screen
    assert isinstance(screen, GroupsScreen), screen
    return screen


def there(store: Store, group_id: int) -> Group:
    """A group that is there."""
    found = store.groups.get(group_id)
    assert found
    return found


async def line(pilot: Pilot[None], key: str, text: str) -> None:
    """Press a key that asks for a line, type it and enter it."""
    await pilot.press(key)
    await type_text(pilot, text)
    await pilot.press("enter")
    await pilot.pause()


class TestMeetings:
    """Logging starts from the members."""

    def test_all_but_one(self, store: Store, choir: int) -> None:
        """All are marked, space unmarks who was not there, then comes the line; u takes all of it back."""
        store.groups.set_next(choir, TODAY - timedelta(days=1))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "l")
            assert seen(pilot.app, "Who was there?")
            await pilot.press("j", "space", "enter")
            await type_text(pilot, "yesterday: sang with Leo at _Ribeira_ #bach **; I'll send them the score")
            assert seen(pilot.app, "Amara Okafor, Leo Brandt")
            await pilot.press("enter")
            await pilot.pause()
            (entry,) = store.timeline.of_group(choir)
            assert [one.name for one in entry.people] == ["Amara Okafor", "Leo Brandt"]
            assert (entry.day, entry.kind, entry.place) == (TODAY - timedelta(days=1), "met", "Ribeira")
            assert there(store, choir).next_on is None
            assert seen(pilot.app, "met Sat")
            assert seen(pilot.app, "u takes it back")
            await pilot.press("u")
            assert not store.timeline.of_group(choir)
            assert there(store, choir).next_on

        drive(store, script)

    def test_what_somebody_wants(self, store: Store, choir: int) -> None:
        """What the line says that a member wants is noted with them, in the same act."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "l", "enter")
            await type_text(pilot, "sang; Hank wants a score\n")
            assert [want.text for want in store.wants.of(HANK)] == ["a score"]
            await pilot.press("u")
            assert not store.wants.of(HANK)

        drive(store, script)

    def test_nobody_is_a_member(self, store: Store) -> None:
        """Then the line comes at once; who it names was there, and esc keeps what was typed."""
        group = only(store.groups.found(GroupDraft(name="Alumni")).groups)
        added(store, "Leo Brandt")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "l")
            await type_text(pilot, "drew with Leo")
            await pilot.press("escape", "l", "enter")
            await pilot.pause()
            (entry,) = store.timeline.of_group(group)
            assert [one.name for one in entry.people] == ["Leo Brandt"]

        drive(store, script)

    def test_next(self, store: Store, choir: int) -> None:
        """Key m says when it meets next; a day that was is none."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c")
            await line(pilot, "m", "yesterday")
            assert seen(pilot.app, "Not a day to come")
            await pilot.press("ctrl+u")
            await type_text(pilot, "next friday")
            await pilot.press("enter")
            await pilot.pause()
            assert there(store, choir).next_on == TODAY + timedelta(days=5)
            assert seen(pilot.app, "next meeting")

        drive(store, script)


class TestThePage:
    """The highlighted row decides what the keys mean."""

    def test_a_question_from_asked_to_settled(self, store: Store, choir: int) -> None:
        """Q notes one; space settles it with an answer, and then opens it again; e rewords, x removes."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c")
            await line(pilot, "Q", "Who sings bass?")
            await pilot.press("tab", "j", "j")
            assert groups_of(pilot).place() == "question"
            assert seen(pilot.app, "space Settle")
            await line(pilot, "space", "Hank does")
            assert store.groups.questions(choir)[0].answer == "Hank does"
            assert groups_of(pilot).place() == "settled"
            await pilot.press("space")
            assert store.groups.questions(choir)[0].open
            await line(pilot, "e", " And alto?")
            assert store.groups.questions(choir)[0].text == "Who sings bass? And alto?"
            await pilot.press("x")
            assert not store.groups.questions(choir)
            await pilot.press("u")
            assert store.groups.questions(choir)

        drive(store, script)

    def test_lessons(self, store: Store, choir: int) -> None:
        """L from the member that is highlighted; T for whom the line names. Each stands in both places."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "tab")
            await line(pilot, "L", "breathe before the bar")
            await pilot.press("tab")
            await line(pilot, "T", "Hank: to read a spectrum")
            lessons = {
                one.kind: (one.text, [person.name for person in one.people])
                for one in store.timeline.lessons(choir)
            }
            assert lessons == {
                "learned": ("Breathe before the bar", ["Amara Okafor"]),
                "taught": ("To read a spectrum", ["Hank Morrow"]),
            }
            assert sum("Breathe before the bar" in row for row in shown(pilot.app)) == 2

        drive(store, script)

    def test_members(self, store: Store, choir: int) -> None:
        """Key a adds several, one name after the other; x takes one out; enter shows one on the main."""
        added(store, "Bela Kovács")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "a")
            await type_text(pilot, "hank")
            assert seen(pilot.app, "Nobody is found by that.")
            await pilot.press("ctrl+u")
            await type_text(pilot, "bel\nleo\nx")
            await pilot.press("escape")
            assert seen(pilot.app, "2 picked")
            await pilot.press("enter")
            await pilot.pause()
            assert [one.name for one in there(store, choir).members][2:] == ["Bela Kovács", "Leo Brandt"]
            await pilot.press("tab", "j", "x")
            assert "Hank Morrow" not in [one.name for one in there(store, choir).members]
            await pilot.press("j", "enter")
            await pilot.pause()
            assert main_screen(pilot.app).timeline.has_focus
            assert seen(pilot.app, "in Choir")
            assert store.people.name(main_screen(pilot.app).people.person_id or 0) == "Leo Brandt"

        drive(store, script)

    def test_an_entry(self, store: Store, choir: int) -> None:
        """An entry without people can be edited, and removed."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c")
            await pilot.press("l", "asterisk", "enter")
            await type_text(pilot, "the room was locked\n")
            await pilot.press("tab", "G", "e")
            assert seen(pilot.app, "Edit a meeting with Choir")
            await type_text(pilot, "!")
            await pilot.press("ctrl+s")
            await pilot.pause()
            (entry,) = store.timeline.of_group(choir)
            assert (entry.text, entry.people) == ("The room was locked!", ())
            await pilot.press("x")
            assert not store.timeline.of_group(choir)

        drive(store, script)

    def test_what_waits(self, store: Store, choir: int) -> None:
        """What waits to be given to the group stands in its head; c on such a give opens the group."""
        store.groups.found(GroupDraft(name="Astronomers"))
        store.gives.add(GiveDraft(group_id=choir, words="Send the score", due=TODAY), TODAY)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "c")
            assert groups_of(pilot).groups.group == there(store, choir)
            assert seen(pilot.app, "✦ Send the score")

        drive(store, script)


class TestTheList:
    """The groups."""

    def test_found_and_put_away(self, store: Store) -> None:
        """An empty book says what to press; n founds one in a line, x puts it away, x brings it back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", *"lxeQLTmay", "space", "enter")
            assert seen(pilot.app, "No groups yet.")
            await line(pilot, "n", "Choir: club, weekly, #bach https://choir.example")
            (group,) = store.groups.all()
            assert (group.kind, group.cadence, group.topics) == ("club", 7, ("bach",))
            await pilot.press("y")
            assert pilot.app.clipboard == "https://choir.example"
            await pilot.press("x")
            assert seen(pilot.app, "Put away")
            assert groups_of(pilot).place() == "away"
            await pilot.press("l", "x")
            assert store.groups.all()

        drive(store, script)

    def test_founding_taken_back_on_its_page(self, store: Store) -> None:
        """Without a group there is no page to be at: esc leaves."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c")
            await line(pilot, "n", "Choir")
            await pilot.press("enter")
            assert groups_of(pilot).is_beside
            await pilot.press("u")
            assert not groups_of(pilot).is_beside
            await pilot.press("escape")
            main_screen(pilot.app)

        drive(store, script)

    def test_edit(self, store: Store, choir: int) -> None:
        """The form changes what was typed, and leaves the members alone."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "e")
            await type_text(pilot, " of Ribeira")
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert there(store, choir).name == "Choir of Ribeira"
            assert len(there(store, choir).members) == 2

        drive(store, script)

    def test_marked_people(self, store: Store, choir: int) -> None:
        """With people marked, c asks to which group they belong."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("G", "v", "c")
            assert seen(pilot.app, "To which group do you add Leo Brandt?")
            await pilot.press("1")
            await pilot.pause()
            assert [one.name for one in there(store, choir).members][-1] == "Leo Brandt"
            assert not main_screen(pilot.app).people.marked

        drive(store, script)


class TestWhoCaresToo:
    """Who cares about the same rare thing, and is in no group with you."""

    def test_beneath_the_groups(self, store: Store, choir: int) -> None:
        """They stand beneath the groups, what you share beside them; enter shows them on the main screen."""
        group = there(store, choir)
        store.groups.edit(choir, replace(group.draft, topics=("bees",)))
        for number in range(30):
            added(store, f"Somebody {number}")
        added(store, person("Dinis Moreira", tags=("bees",)))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c")
            assert seen(pilot.app, "You both care about")
            await pilot.press("j")
            assert seen(pilot.app, "You both care about it: Choir talk of it.")
            await pilot.press("tab", "l", "x")
            assert groups_of(pilot).groups.both
            await pilot.press("enter")
            assert main_screen(pilot.app).people.person_id == store.people.named("dinis moreira")[0].id

        drive(store, script)


class TestAnywhere:
    """Any size, any text."""

    @pytest.mark.parametrize("size", [(1, 1), (24, 6), NARROW, (80, 24)])
    def test_any_size(self, world_file: Path, tmp_path: Path, size: tuple[int, int]) -> None:
        """It never dies; esc goes from the page to the list, and from there out."""
        with opened(world_file, tmp_path) as store:

            async def script(pilot: Pilot[None]) -> None:
                await pilot.press(
                    "c", *"jjGgk", "ctrl+d", "tab", *"jjjjGk", "ctrl+u", *"gx", "u", "l", "escape"
                )
                await pilot.press("a", "escape", "question_mark", "escape", "escape", "escape")
                assert isinstance(pilot.app.screen, MainScreen)

            drive(store, script, size)

    @pytest.mark.parametrize("size", [(120, 36), (30, 8)])
    def test_hostile(self, store: Store, size: tuple[int, int]) -> None:
        """Whatever a group, a question or a member is called, it is drawn as it is."""
        hostile(store)
        draft = GroupDraft(
            name=f"Choir {ALL}",
            kind=ALL,
            link=ALL,
            note=ALL,
            topics=(ALL,),
            members=tuple(store.people.ids()),
        )
        group = only(store.groups.found(draft).groups)
        store.groups.ask(group, ALL, TODAY)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "y")
            assert "\x1b" not in pilot.app.clipboard
            for key in ("l", "a", "Q", "L", "m", "n"):
                await pilot.press(key)
                await pilot.press("escape")
            await pilot.press("l", "enter", "escape", "tab", "j", "j", "space", "enter", "space", "x", "e")
            await pilot.press("escape")
            groups_of(pilot)
            assert any("[@click" in row or "[red" in row for row in shown(pilot.app)) or size[0] < NARROW[0]

        drive(store, script, size)
