"""The app beside other programs: what they write shows on every screen, and nothing typed is lost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from netcrm.domain.groups import GroupDraft
from netcrm.domain.people import Relation
from netcrm.domain.sparks import SparkDraft
from netcrm.store import Store
from netcrm.ui.screens.main import MainScreen
from tests.driving import (
    MEDIUM,
    drive,
    look_for_others,
    main_screen,
    seen,
    settle,
    shown,
    type_text,
    until_seen,
)
from tests.promptly import pilot_promptly
from tests.world import TODAY, a_store, added, dump, entry, logged, only, person, queued, ticking

AMARA, HANK = 1, 2

GROUP = GroupDraft(name="Choir", members=(AMARA, HANK))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A book with two people who met, and a group of both."""
    with a_store(tmp_path, ticking()) as opened:
        added(opened, person("Amara Okafor", organisation="Acme", tags=("kites",)))
        added(opened, person("Hank Morrow", tags=("kites",)))
        opened.groups.found(GROUP)
        logged(opened, AMARA, HANK, text="flew kites")
        yield opened


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """Another window on the same book, or a command."""
    with Store(store.path, ticking()) as opened:
        yield opened


@pytest.fixture(autouse=True)
def when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app looks for others when a test says so, and not between two of its lines."""
    monkeypatch.setattr("netcrm.ui.app.OTHERS_SECONDS", 3600)


def add_zoe(store: Store, organisation: str = "", tags: Sequence[str] = ()) -> None:
    """Add somebody."""
    store.people.add(person("Zoe Vance", organisation=organisation, tags=tuple(tags)))


Write = Callable[[Store], object]

SCREENS: dict[str, tuple[Sequence[str], Write, str]] = {
    "main": ((), add_zoe, "Zoe Vance"),
    "spark": (
        ("s",),
        lambda store: store.sparks.keep(SparkDraft(kind="event", title="A kite fair")),
        "A kite fair",
    ),
    "spark, typed": (
        ("s", *"telescope", "tab"),
        lambda store: store.people.add(person("Zoe Vance", wants=("a telescope",))),
        "Zoe Vance",
    ),
    "introductions": (
        ("i",),
        lambda store: store.introductions.propose(AMARA, HANK, "both sing low", TODAY),
        "both sing low",
    ),
    "groups": (("c",), lambda store: store.groups.found(GroupDraft(name="Astronomers")), "Astronomers"),
    "joy": (("J",), lambda store: store.sparks.keep(SparkDraft(kind="delight", title="The owl")), "The owl"),
    "brief": (("b",), lambda store: store.timeline.log(entry(AMARA, text="an owl")), "an owl"),
    "relations": (
        ("R",),
        lambda store: store.relations.add(AMARA, Relation(kind="daughter", name="Ngozi")),
        "Ngozi",
    ),
    "organisations": (("O",), lambda store: add_zoe(store, organisation="Zeppelin"), "Zeppelin"),
    "everything": (("T",), lambda store: store.timeline.log(entry(HANK, text="an owl")), "an owl"),
    "review": (("r",), lambda store: store.timeline.log(entry(HANK, text="an owl", enjoyment=3)), "an owl"),
}
"""For each screen the keys that open it, what another program writes, and what shows of it."""


class TestEveryScreen:
    """What another program wrote shows wherever one is."""

    @pytest.mark.parametrize(("keys", "write", "text"), SCREENS.values(), ids=SCREENS)
    def test_shows_it(self, store: Store, other: Store, keys: Sequence[str], write: Write, text: str) -> None:
        """Without a key, and the highlight stays where it was."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*keys)
            await settle(pilot)
            focused = pilot.app.focused
            assert not seen(pilot.app, text)
            write(other)
            look_for_others(pilot.app)
            await settle(pilot)
            assert seen(pilot.app, text), "\n".join(shown(pilot.app))
            assert pilot.app.focused is focused

        drive(store, script)

    def test_by_itself(self, store: Store, other: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """The app looks for it without being told to, and it is there within a second."""
        monkeypatch.undo()
        pilot_promptly(monkeypatch)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c")
            other.groups.found(GroupDraft(name="Astronomers"))
            await pilot.pause(0.9)
            assert seen(pilot.app, "Astronomers")

        drive(store, script)

    def test_the_one_beneath(self, store: Store, other: Store) -> None:
        """A screen over which another was opened has caught up when one comes back to it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "question_mark")
            other.groups.found(GroupDraft(name="Astronomers"))
            look_for_others(pilot.app)
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
            assert seen(pilot.app, "Astronomers")

        drive(store, script)

    def test_what_was_typed_stays(self, store: Store, other: Store) -> None:
        """A form, a line and the text of a spark stay as they were typed."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "kites are back")
            add_zoe(other, tags=("kites",))
            look_for_others(pilot.app)
            await settle(pilot)
            assert pilot.app.screen.query_one(TextArea).text == "kites are back"
            await pilot.press("escape", "e")
            await type_text(pilot, " Junior")
            other.people.edit(AMARA, person("Amara Okafor", city="Porto"))
            look_for_others(pilot.app)
            await settle(pilot)
            assert seen(pilot.app, "Amara Okafor Junior")
            await pilot.press("ctrl+s")
            found = store.people.get(AMARA)
            assert found
            assert (found.profile.name, found.profile.city) == ("Amara Okafor Junior", "Porto")

        drive(store, script)

    def test_whom_one_briefs_on_is_gone(self, store: Store, other: Store) -> None:
        """A screen whose subject was taken back elsewhere closes, even beneath another."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("G", "b", "question_mark")
            while other.history.acts(1)[0].label != "added Zoe":
                added(other, "Zoe")
            look_for_others(pilot.app)
            await settle(pilot)
            await pilot.press("escape", "escape")
            await settle(pilot)
            assert isinstance(pilot.app.screen, MainScreen)

        drive(store, script)


class TestUndo:
    """What was done elsewhere is not taken back unseen."""

    @pytest.mark.parametrize("keys", [(), ("c",)], ids=["main", "another screen"])
    def test_it_is_told_first(self, store: Store, other: Store, keys: Sequence[str]) -> None:
        """U says what it would take back, and shows it; u again takes it back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*keys)
            other.groups.found(GroupDraft(name="Astronomers"))
            before = dump(store)
            await pilot.press("u")
            assert seen(pilot.app, "“founded Astronomers” was done elsewhere")
            assert seen(pilot.app, "u takes it back")
            assert dump(store) == before
            await pilot.press("u")
            assert seen(pilot.app, "Taken back: founded Astronomers")
            assert [group.name for group in store.groups.all()] == ["Choir"]

        drive(store, script, size=MEDIUM)

    def test_two_apps(self, store: Store, other: Store) -> None:
        """Each takes back its own, as long as it is the newest; the other's is told."""

        async def first(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "a walk with Amara\n")
            add_zoe(other)
            await pilot.press("u")
            assert seen(pilot.app, "“added Zoe Vance” was done elsewhere")
            assert other.history.undo().label == "added Zoe Vance"
            await pilot.press("u")
            assert seen(pilot.app, "Taken back: logged")

        drive(store, first)

    def test_an_offer_that_no_longer_holds(self, store: Store, other: Store) -> None:
        """What a screen offers to take back is no longer the newest: it offers it no longer."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "x")
            assert seen(pilot.app, "takes it back")
            add_zoe(other)
            look_for_others(pilot.app)
            await settle(pilot)
            assert not seen(pilot.app, "takes it back")

        drive(store, script)


class TestForms:
    """Two windows in the same field: nothing is lost unseen."""

    async def told(self, pilot: Pilot[None], theirs: str) -> None:
        """Saving says what the other wrote, and the form stays."""
        form = pilot.app.screen
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert pilot.app.screen is form
        assert seen(pilot.app, f"It was made “{theirs}” elsewhere meanwhile"), "\n".join(shown(pilot.app))
        assert seen(pilot.app, "ctrl+s again keeps yours")

    def test_a_person(self, store: Store, other: Store) -> None:
        """Both names are to be seen; the second ctrl+s keeps one's own, and u brings the other's back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("e")
            await type_text(pilot, " Junior")
            before = person("Amara Okafor")
            other.people.edit(AMARA, replace(before, name="Amara Eze"), before)
            await self.told(pilot, "Amara Eze")
            assert store.people.name(AMARA) == "Amara Eze"
            await pilot.press("ctrl+s")
            assert store.people.name(AMARA) == "Amara Okafor Junior"
            await pilot.press("u")
            assert store.people.name(AMARA) == "Amara Eze"

        drive(store, script)

    def test_leaving_keeps_theirs(self, store: Store, other: Store) -> None:
        """Who would rather have what the other wrote leaves, or takes back what they typed."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("e")
            await type_text(pilot, "!")
            before = person("Amara Okafor")
            other.people.edit(AMARA, replace(before, name="Amara Eze"), before)
            await self.told(pilot, "Amara Eze")
            await pilot.press("backspace", "ctrl+s")
            assert isinstance(pilot.app.screen, MainScreen)
            assert store.people.name(AMARA) == "Amara Eze"

        drive(store, script)

    def test_changed_once_more(self, store: Store, other: Store) -> None:
        """What changes after one was told is told again."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("e")
            await type_text(pilot, "!")
            names = ["Amara Okafor", "Amara Eze", "Amara Obi"]
            for first, then in pairwise(names):
                other.people.edit(AMARA, person(then), person(first))
                await self.told(pilot, then)
            await pilot.press("ctrl+s")
            assert store.people.name(AMARA) == "Amara Okafor!"

        drive(store, script)

    def test_an_entry(self, store: Store, other: Store) -> None:
        """Its text, and the group, which stands in the form by its name."""
        (coffee,) = (found.id for found in store.timeline.of(AMARA))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("2", "e")
            await type_text(pilot, "!")
            before = entry(AMARA, HANK, text="flew kites")
            other.timeline.edit(coffee, replace(before, text="flew\nowls"), before)
            await self.told(pilot, "flew · owls")
            await pilot.press("ctrl+s")
            found = store.timeline.get(coffee)
            assert found
            assert found.text == "flew kites!"

        drive(store, script)

    def test_a_give(self, store: Store, other: Store) -> None:
        """Its words."""
        give = queued(store, AMARA, "Send the paper")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "e")
            await type_text(pilot, "!")
            (before,) = (found.draft for found in store.gives.queue(TODAY) if found.id == give)
            other.gives.edit(give, replace(before, words="Send the book"), before)
            await self.told(pilot, "Send the book")
            await pilot.press("ctrl+s")
            assert "Send the paper!" in [found.words for found in store.gives.queue(TODAY)]

        drive(store, script)

    def test_a_group(self, store: Store, other: Store) -> None:
        """Its name."""
        group = only(frozenset(found.id for found in store.groups.all()))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("c", "e")
            await type_text(pilot, "!")
            other.groups.edit(group, replace(GROUP, name="Band"), GROUP)
            await self.told(pilot, "Band")
            await pilot.press("ctrl+s")
            assert [found.name for found in store.groups.all()] == ["Choir!"]

        drive(store, script)

    def test_it_can_not_be_kept_now(
        self, store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While another program writes for long, the form stays with all that was typed."""
        monkeypatch.setattr("netcrm.store.locks.LOCK_SECONDS", 0.05)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("e")
            await type_text(pilot, " Junior")
            with other._writer.transaction():
                await pilot.press("ctrl+s")
                assert seen(pilot.app, "Another program is writing")
                assert seen(pilot.app, "Amara Okafor Junior")
            await pilot.press("ctrl+s")
            assert store.people.name(AMARA) == "Amara Okafor Junior"

        drive(store, script)

    def test_a_line_that_can_not_be_kept_now(
        self, store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A line that could not be logged is offered when the prompt is opened again."""
        monkeypatch.setattr("netcrm.store.locks.LOCK_SECONDS", 0.05)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            with other._writer.transaction():
                await type_text(pilot, "a walk with Amara\n")
                assert seen(pilot.app, "Another program is writing")
            await pilot.press("l")
            assert seen(pilot.app, "a walk with Amara")
            await pilot.press("enter")
            assert store.timeline.of(AMARA)[0].text == "A walk with Amara"

        drive(store, script)


class TestReplaced:
    """Another program puts another file where the open one is."""

    @pytest.fixture
    def new(self, tmp_path: Path) -> Path:
        """Another book, as a synchroniser would bring it."""
        (tmp_path / "synced").mkdir()
        with a_store(tmp_path / "synced") as opened:
            for name in ("Zoe Vance", "Yann Roy"):
                added(opened, name)
        return opened.path

    @pytest.mark.parametrize("keys", [(), ("c",), ("r",), ("s",)], ids=["main", "groups", "review", "spark"])
    def test_the_app_goes_on_with_it(self, store: Store, new: Path, keys: Sequence[str]) -> None:
        """The new one is opened by itself; what one writes stands in it, and what was is kept."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*keys)
            new.rename(store.path)
            look_for_others(pilot.app)
            await settle(pilot)
            assert seen(pilot.app, "The file was replaced; the old one is kept in netcrm.db-backups.")
            assert seen(pilot.app, "Zoe Vance")
            assert not seen(pilot.app, "Amara")
            await pilot.press("l")
            await type_text(pilot, "coffee with Zoe\n")
            await pilot.press("u")
            assert seen(pilot.app, "Taken back: logged")

        drive(store, script)
        (copy,) = store.path.with_name("netcrm.db-backups").iterdir()
        with Store(copy, ticking()) as kept:
            assert kept.people.name(AMARA) == "Amara Okafor"

    def test_before_it_was_noticed(self, store: Store, new: Path) -> None:
        """A key that comes first writes nothing to the old one, and says so."""

        async def script(pilot: Pilot[None]) -> None:
            new.rename(store.path)
            await pilot.press("X")
            assert seen(pilot.app, "netcrm.db was replaced by another program: nothing was written")
            assert len(store.people.ids()) == 2

        drive(store, script)

    def test_a_form_is_open(self, store: Store, new: Path) -> None:
        """What is being typed stays, and is not written to somebody else; once left, the new one is there."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("e")
            await type_text(pilot, " Junior")
            new.rename(store.path)
            look_for_others(pilot.app)
            await settle(pilot)
            assert seen(pilot.app, "Amara Okafor Junior")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "was replaced by another program: nothing was written. Leave this first")
            assert seen(pilot.app, "Amara Okafor Junior")
            await pilot.press("escape", "escape")
            look_for_others(pilot.app)
            await settle(pilot)
            assert seen(pilot.app, "Zoe Vance")

        drive(store, script)

    def test_a_spark_is_being_typed(self, store: Store, new: Path) -> None:
        """Nor is the text of a spark taken from under one's hands."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "kites")
            new.rename(store.path)
            said = "was replaced by another program"
            for looks in range(20):  # what was being ranked may say its own in between
                look_for_others(pilot.app)
                await settle(pilot)
                if looks and seen(pilot.app, said):
                    break
            assert pilot.app.screen.query_one(TextArea).text == "kites"
            assert seen(pilot.app, said)

        drive(store, script)

    def test_gone_and_back(self, store: Store) -> None:
        """Without a file it says so; when it is back everything goes on."""
        away = store.path.with_name("away.db")

        async def script(pilot: Pilot[None]) -> None:
            store.path.rename(away)
            look_for_others(pilot.app)
            await settle(pilot)
            assert seen(pilot.app, "netcrm.db is gone: nothing was written. Put it back, or quit.")
            away.rename(store.path)
            look_for_others(pilot.app)
            await pilot.press("X")
            assert main_screen(pilot.app).people.count() == 1

        drive(store, script)
