"""The timeline of everything and the journal, through the keyboard."""

import pytest
from textual.pilot import Pilot

from netcrm.domain.groups import GroupDraft
from netcrm.domain.query import Query
from netcrm.store import Store
from netcrm.store.everything import ENTRIES
from netcrm.store.timeline import Cursor
from netcrm.ui.screens.everything import EverythingScreen
from netcrm.ui.screens.log import LogPrompt
from tests.driving import NARROW, drive, main_screen, seen, settle, shown, type_text
from tests.ui.test_hostile import hostile
from tests.world import added, entry, logged, person

AMARA, HANK, GRACE, HOPPER = 1, 2, 3, 4


@pytest.fixture
def book(store: Store) -> Store:
    """Four people, two of one first name, a group, and three entries."""
    for name in ("Amara Okafor", "Hank Morrow", "Grace Lindqvist", "Grace Hopper"):
        added(store, person(name))
    store.groups.found(GroupDraft(name="Lisbon Designers", members=(AMARA,)))
    logged(store, AMARA, days_ago=40, text="Comets", kind="call")
    logged(store, AMARA, HANK, days_ago=3, text="Kites")
    store.timeline.log(entry(days_ago=1, kind="event", text="Posters", group_id=1, enjoyment=2))
    return store


def screen_of(pilot: Pilot[None]) -> EverythingScreen:
    """The screen, when it is on top."""
    screen = pilot.app.screen
    assert isinstance(screen, EverythingScreen), screen
    return screen


def newest(store: Store) -> str:
    """What the newest entry says."""
    return store.everything.entries(Query(), limit=1)[0].text


class TestReading:
    """Moving through all there is."""

    def test_everybody(self, book: Store) -> None:
        """By month, each with who took part; the count follows; esc goes back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T")
            assert seen(pilot.app, "Amara Okafor and Hank Morrow  Kites")
            assert seen(pilot.app, "Lisbon Designers  Posters ★★") and seen(pilot.app, "October 2026")
            await settle(pilot)
            assert seen(pilot.app, "3 entries")
            await pilot.press("escape")
            main_screen(pilot.app)

        drive(book, script)

    def test_the_oldest_at_once(self, book: Store) -> None:
        """G reads a page from the other end and nothing between; from there one comes up to the newest."""
        ids = [logged(book, AMARA, days_ago=number, text=f"Day {number}") for number in range(41, 41 + 300)]
        asked: list[tuple[Cursor | None, bool]] = []

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T")
            screen = screen_of(pilot)
            read = screen.pane._read

            def counting(after: Cursor | None, oldest_first: bool) -> object:
                asked.append((after, oldest_first))
                return read(after, oldest_first)

            screen.pane._read = counting  # type: ignore[assignment]  # it hands on what it gets
            await pilot.press("G")
            assert screen.pane.entry and screen.pane.entry.id == ids[-1]
            assert shown(pilot.app)[-3].strip("│ ").endswith("Day 340")
            assert asked == [(None, True)]
            assert screen.pane.count() == ENTRIES
            met = [screen.pane.entry.id]
            for _ in range(302):
                screen.pane.action_move(-1)
                met.append(screen.pane.entry.id)
            everything = [one.id for one in book.everything.entries(Query(), limit=1000)]
            assert met == everything[::-1] and len(met) == 303
            screen.pane.action_page(1)
            screen.pane.action_page(-1)
            assert screen.pane.cursor == 0
            await pilot.press("G", "g")
            assert screen.pane.entry.text == "Posters"

        drive(book, script)

    def test_a_small_screen(self, book: Store) -> None:
        """It is drawn down to a single cell."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T")
            for size in ((1, 1), (7, 3), (30, 6), NARROW):
                await pilot.resize_terminal(*size)
                await pilot.press("G", "g", "j")
            assert seen(pilot.app, "Kites")

        drive(book, script)

    def test_hostile_text(self, store: Store) -> None:
        """What is not to be drawn is not, in names, texts and searches."""
        hostile(store)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "slash")
            await type_text(pilot, "[/] $x")
            await pilot.press("escape")
            assert not any("\x1b" in line or "\u202e" in line for line in shown(pilot.app))

        drive(store, script)


class TestSearching:
    """The same terms as in the search for people."""

    def test_as_one_types(self, book: Store) -> None:
        """Enter keeps it, esc shows everything again, around what was found."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "slash")
            await type_text(pilot, "kind:call com")
            assert seen(pilot.app, "Comets") and not seen(pilot.app, "Kites")
            await pilot.press("enter", "enter", "escape")
            await pilot.press("escape")
            await pilot.pause()
            screen = screen_of(pilot)
            assert seen(pilot.app, "Kites") and not screen.search.is_open
            assert screen.pane.entry and screen.pane.entry.text == "Comets"

        drive(book, script)

    def test_explained(self, book: Store) -> None:
        """A wrong term is explained, and one that only people have is said of who took part."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "slash")
            await type_text(pilot, "kind:dance")
            assert seen(pilot.app, "is no kind") and seen(pilot.app, "Kites")
            screen_of(pilot).search_for("city:nowhere")
            await pilot.pause()
            assert seen(pilot.app, "Nothing found.")

        drive(book, script)

    def test_kinds(self, book: Store) -> None:
        """F narrows to a kind or to what was bright, and widens again."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "f", "4")
            await pilot.pause()
            assert seen(pilot.app, "kind:call") and not seen(pilot.app, "Kites")
            await pilot.press("f", "2")
            await pilot.pause()
            assert seen(pilot.app, "stars:2") and seen(pilot.app, "Posters") and not seen(pilot.app, "Comets")
            await pilot.press("f", "1")
            await pilot.pause()
            assert seen(pilot.app, "Kites")

        drive(book, script)


class TestActing:
    """What the keys do to an entry."""

    def test_remove_edit_undo(self, book: Store) -> None:
        """Each leaves the highlight where it is; u takes it back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "j", "x")
            screen = screen_of(pilot)
            assert not seen(pilot.app, "Kites") and seen(pilot.app, "u takes it back")
            assert screen.pane.entry and screen.pane.entry.text == "Comets"
            await pilot.press("u")
            assert screen.pane.entry and screen.pane.entry.text == "Kites"
            await pilot.press("enter")
            await type_text(pilot, " at dusk")
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert screen.pane.entry and screen.pane.entry.text == "Kites at dusk"
            assert seen(pilot.app, "Kites at dusk")

        drive(book, script)

    def test_stars(self, book: Store) -> None:
        """A star more each time, as on the main screen; the footer teaches it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "j", "asterisk", "asterisk")
            screen = screen_of(pilot)
            assert screen.pane.entry and screen.pane.entry.text == "Kites"
            assert screen.pane.entry.enjoyment == 2
            assert seen(pilot.app, "* Enjoyed")
            await pilot.press("u")
            assert screen.pane.entry.enjoyment == 1

        drive(book, script)

    def test_to_a_person(self, book: Store) -> None:
        """P asks which of several, and shows them on the main screen."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "p")
            assert seen(pilot.app, "Nobody in particular took part.")
            await pilot.press("j", "right", "2")
            await pilot.pause()
            screen = main_screen(pilot.app)
            assert screen.people.person_id == HANK and screen.focused is screen.timeline

        drive(book, script)

    def test_log_there(self, book: Store) -> None:
        """A line that is logged is highlighted, even an older one."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "l")
            await type_text(pilot, "2026-10-20: tea with Hank")
            await pilot.press("enter")
            await pilot.pause()
            entry = screen_of(pilot).pane.entry
            assert entry and entry.text == "Tea with Hank"

        drive(book, script)


class TestJournal:
    """A note of one's own."""

    def test_mentions(self, book: Store) -> None:
        """It stands in the timeline of whom it mentions, and begins no rhythm."""

        async def script(pilot: Pilot[None]) -> None:
            before = [book.people.lines([key])[key].last_on for key in (AMARA, HANK)]
            await pilot.press("at")
            await type_text(pilot, "long walk; thought of @Hank and his kites *")
            assert seen(pilot.app, "a note of your own · mentions Hank Morrow")
            await pilot.press("enter")
            await pilot.pause()
            assert newest(book) == "Long walk; thought of @Hank and his kites"
            assert len(book.timeline.of(HANK)) == 2
            assert len(book.timeline.of(AMARA)) == 2
            assert [book.people.lines([key])[key].last_on for key in (AMARA, HANK)] == before
            assert main_screen(pilot.app).people.person_id == AMARA
            assert seen(pilot.app, "Logged a note on Hank Morrow")

        drive(book, script)

    def test_of_nobody(self, book: Store) -> None:
        """It stands in the timeline of everything alone; a begun one is kept apart from the log line."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("at")
            await type_text(pilot, "rain")
            await pilot.press("escape", "l")
            await pilot.pause()
            prompt = pilot.app.screen
            assert isinstance(prompt, LogPrompt) and prompt.text == ""
            await pilot.press("escape", "at", "enter")
            await pilot.pause()
            assert newest(book) == "Rain"
            assert seen(pilot.app, "Logged a note of your own")
            await pilot.press("T")
            assert seen(pilot.app, "· Rain")
            await pilot.press("enter")
            assert seen(pilot.app, "Edit a note of your own")

        drive(book, script)

    def test_whom(self, book: Store) -> None:
        """A name of two people asks which, a name of nobody offers to add them or to leave it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("at")
            await type_text(pilot, "thought of @Grace and @Zed")
            await pilot.press("enter")
            assert seen(pilot.app, "Which Grace?")
            await pilot.press("1")
            await pilot.pause()
            assert seen(pilot.app, "Nobody is called “Zed”") and seen(pilot.app, "just words")
            await pilot.press("2")
            await pilot.pause()
            (entry,) = book.everything.entries(Query(), limit=1)
            assert [one.id for one in entry.people] == [HOPPER]
            assert entry.text == "Thought of @Grace and @Zed"

        drive(book, script)


class TestGroups:
    """A group in the log line, and in an entry's form."""

    def test_the_group_alone(self, book: Store) -> None:
        """Nobody else is guessed, whoever is selected."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "met the Lisbon Designers about ink")
            assert seen(pilot.app, "who   with Lisbon Designers")
            await pilot.press("enter")
            (entry,) = book.everything.entries(Query(), limit=1)
            assert (entry.people, entry.group_id) == ((), 1)

        drive(book, script)

    def test_in_the_form(self, book: Store) -> None:
        """The beginning of its name will do; a wrong one is explained."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("T", "G", "enter", *["tab"] * 3)
            await type_text(pilot, "x")
            await pilot.press("ctrl+s")
            assert seen(pilot.app, "No group is called “x”")
            await pilot.press("backspace")
            await type_text(pilot, "lisb")
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert [one.text for one in book.everything.entries(Query(group=("lisbon",)))] == [
                "Posters",
                "Comets",
            ]

        drive(book, script)
