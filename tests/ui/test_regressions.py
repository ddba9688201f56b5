"""Bugs that were there once; each test names the one it keeps away."""

from datetime import date, timedelta
from time import monotonic

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot

from netcrm.store import Store
from netcrm.ui.app import NetcrmApp
from netcrm.ui.safety import LineField
from netcrm.ui.screens.main import MainScreen
from netcrm.ui.screens.prompt import Prompt
from tests.driving import drive, look_for_others, main_screen, opened, seen, shown, type_text
from tests.world import TODAY, added, entry, person


class TestOneSelection:
    """Every key is about the person whose timeline is shown."""

    def test_a_give_for_someone_whom_the_search_hides(self, world: Store) -> None:
        """After going to a give of someone not listed, e meant one person and t another."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash")
            await type_text(pilot, "hank")
            await pilot.press("enter", "3")
            await pilot.pause()
            assert main.gives.give is not None
            assert main._selected() == main.gives.give.person
            await pilot.press("t")
            await pilot.pause()
            assert seen(pilot.app, f"Tags · {main.gives.give.whom.name}")
            await pilot.press("escape", "1")
            await pilot.pause()
            selected = main._selected()
            assert selected is not None
            assert selected.name == "Hank Morrow"

        drive(world, script)

    def test_someone_added_during_a_search_is_seen(self, world: Store) -> None:
        """A newcomer whom the search did not find was added unseen."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash")
            await type_text(pilot, "hank")
            await pilot.press("enter", "l")
            await type_text(pilot, "met with Zebedee Quartermain")
            await pilot.press("enter", "1")
            await pilot.pause()
            selected = main._selected()
            assert selected is not None
            assert selected.name == "Zebedee Quartermain"
            assert not main.search.is_open

        drive(world, script)


class TestTags:
    """The prompt for tags."""

    @pytest.mark.parametrize("tags", [("book club",), ("book club", "design"), ("design",)])
    def test_nothing_typed_changes_nothing(self, store: Store, tags: tuple[str, ...]) -> None:
        """A tag with a space was torn apart by t and enter alone."""
        someone = added(store, person("Hank Morrow", tags=tags))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("t", "enter")
            await pilot.pause()

        drive(store, script)
        known = store.people.get(someone)
        assert known is not None
        assert known.profile.tags == tags

    def test_one_more_after_one_with_a_space(self, store: Store) -> None:
        """Tags may follow with a comma or without."""
        someone = added(store, person("Hank Morrow", tags=("book club",)))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("t")
            await type_text(pilot, "#design #lisbon")
            await pilot.press("enter")
            await pilot.pause()

        drive(store, script)
        known = store.people.get(someone)
        assert known is not None
        assert known.profile.tags == ("book club", "design", "lisbon")


class TestTimeline:
    """The highlight in the timeline."""

    def test_removing_keeps_the_place(self, store: Store) -> None:
        """A second x removed the newest entry instead of the next one."""
        someone = added(store)
        for number in range(6):
            store.timeline.log(entry(someone, days_ago=number, text=f"entry {number}"))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("2", "j", "j", "j", "x", "x")
            await pilot.pause()

        drive(store, script)
        assert [kept.text[-1] for kept in store.timeline.of(someone)] == ["0", "1", "2", "5"]

    def test_a_reload_keeps_the_place_beyond_the_first_page(self, store: Store) -> None:
        """Deep in a long timeline any reload jumped to the newest entry."""
        someone = added(store)
        for number in range(150):
            store.timeline.log(entry(someone, days_ago=number, text=f"entry {number}"))

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("2", "G", "k")
            main.reload()
            assert main.timeline.entry is not None
            assert main.timeline.entry.text == "entry 148"

        drive(store, script)


class TestGivePrompt:
    """The prompt for a new give."""

    @pytest.mark.parametrize("line", ["by friday", "tomorrow", "i'll"])
    def test_a_line_without_words_says_so(self, store: Store, line: str) -> None:
        """A give without words reached the store, which refused it with SQLite's own code."""
        added(store)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("n")
            await type_text(pilot, line)
            await pilot.press("enter")
            assert seen(pilot.app, "Say what you will do")

        drive(store, script)


class TestOthers:
    """What happens meanwhile."""

    def test_a_write_of_another_is_not_lost_from_view(self, world: Store) -> None:
        """An act that changed nothing hid what another program had written."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            with opened(world.path, world.path.parent) as other:
                other.people.add(person("Aaron Aardvark"))
            main.act(lambda: world.people.tag([1]))
            look_for_others(main.app)
            await pilot.pause()
            assert seen(pilot.app, "Aaron Aardvark")

        drive(world, script)

    def test_past_midnight(self, world: Store) -> None:
        """An app left open stayed in yesterday."""
        days = [TODAY]
        app = NetcrmApp(world, lambda: days[-1])

        async def script(pilot: Pilot[None]) -> None:
            days.append(TODAY + timedelta(days=1))
            main_screen(app)._look_at_the_day()
            await pilot.pause()
            assert "Mon 23 Nov" in shown(app)[0]

        drive(world, script, app=app)

    def test_saving_a_form_keeps_what_another_program_wrote(self, world: Store) -> None:
        """A form wrote back all that it had been opened with."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            selected = main.people.person_id
            assert selected is not None
            await pilot.press("e")
            await pilot.pause()
            with opened(world.path, world.path.parent) as other:
                other.people.tag([selected], add=["meanwhile"])
            await type_text(pilot, " Junior")
            await pilot.press("ctrl+s")
            await pilot.pause()
            known = world.people.get(selected)
            assert known is not None
            assert known.profile.name.endswith(" Junior")
            assert "meanwhile" in known.profile.tags

        drive(world, script)


class TestSearch:
    """The search line."""

    def test_escape_closes_it_after_tab(self, world: Store) -> None:
        """Left with tab while empty, the line could not be closed any more."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash", "tab", "escape", "escape")
            await pilot.pause()
            assert not main.search.is_open

        drive(world, script)

    def test_sorting_what_was_found(self, world: Store) -> None:
        """S said another order than the list had."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash")
            await type_text(pilot, "tag:design")
            await pilot.press("enter", "S")
            lines = world.people.lines(main.people._ids)
            days = [lines[key].last_on or date.min for key in main.people._ids]
            assert days == sorted(days, reverse=True)

        drive(world, script)


class TestEveryKey:
    """Every key, on a book with life in it."""

    @pytest.mark.parametrize("key", [*"nxzetXSuG", "space", "enter", "ctrl+r", "ctrl+d", "ctrl+u"])
    def test_none_breaks_it(self, world: Store, key: str) -> None:
        """Only the empty book had been tried with every key."""

        async def script(pilot: Pilot[None]) -> None:
            for pane in "123":
                await pilot.press(pane, "j", key, "escape", "escape")
            await pilot.pause()

        drive(world, script)


class TestTheQueue:
    """The highlight in the Give pane."""

    def test_looking_into_it_keeps_the_place(self, world: Store) -> None:
        """Tabbing through the queue lost whom one had selected."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            selected = main.people.person_id
            await pilot.press("tab", "tab", "tab")
            await pilot.pause()
            assert main.people.has_focus
            assert main.people.person_id == selected

        drive(world, script)

    def test_it_begins_with_what_waits_for_the_one_selected(self, world: Store) -> None:
        """Going to the queue from someone shows theirs."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("j", "3")
            await pilot.pause()
            assert main.gives.give is not None
            assert main.gives.give.whom.name == "Amara Okafor"

        drive(world, script)

    def test_undo_comes_back_to_the_give(self, world: Store) -> None:
        """After an undo the queue's highlight stood on another give than the one that came back."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("3")
            await pilot.pause()
            before = main.gives.give
            await pilot.press("space", "u")
            await pilot.pause()
            assert main.gives.give == before
            assert before is not None
            assert main._selected() == before.person

        drive(world, script)

    def test_a_give_that_another_program_gave(self, world: Store) -> None:
        """A second space on it did nothing, and the queue stayed stale."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("3")
            await pilot.pause()
            give = main.gives.give
            assert give is not None
            with opened(world.path, world.path.parent) as other:
                other.gives.give([give.id], TODAY)
            await pilot.press("space")
            assert main.gives.give != give
            assert [entry.text for entry in world.timeline.of(give.whom.id)].count(
                "Shared the Kestrel opening https://kestrel.example/jobs/118"
            ) == 1

        drive(world, script)


class TestTheHead:
    """Who the timeline is about."""

    @pytest.mark.parametrize("size", [(100, 20), (80, 20), (80, 24)])
    def test_it_is_seen(self, world: Store, size: tuple[int, int]) -> None:
        """In a low terminal, or after a line was logged, the name had scrolled away."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("l")
            await type_text(pilot, "likes walnuts")
            await pilot.press("enter")
            await pilot.pause()
            assert main.timeline.top == 0

        drive(world, script, size)


class TestTypingAhead:
    """Keys that come in one burst, as over a slow line."""

    @pytest.mark.parametrize("key", ["l", "n", "t"])
    def test_a_prompt_gets_what_was_typed_ahead(self, world: Store, key: str) -> None:
        """What followed the key in the same burst was lost, or would have run as commands."""

        async def script(pilot: Pilot[None]) -> None:
            for character in f"{key}xeasy":
                pilot.app.post_message(Key(character, character))
            await pilot.pause()
            await pilot.pause()
            assert seen(pilot.app, "xeasy")

        drive(world, script)

    def test_a_search_gets_what_was_typed_ahead(self, world: Store) -> None:
        """The first letters of ``/anna`` opened the form that adds a person."""

        async def script(pilot: Pilot[None]) -> None:
            pilot.app.post_message(Key("slash", "/"))
            for character in "anhk":
                pilot.app.post_message(Key(character, character))
            await pilot.pause()
            await pilot.pause()
            assert main_screen(pilot.app).people.count() < world.people.count()
            assert seen(pilot.app, "/ anhk")

        drive(world, script)

    def test_a_form_gets_each_letter_where_it_was_meant_for(self, world: Store) -> None:
        """What followed a tab in the same burst, typed or pasted, landed in the field before."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("a")
            await pilot.pause()
            burst = [Key(letter, letter) for letter in "Cleo"]
            burst += [Key("tab", "\t"), *(Key(letter, letter) for letter in "Cle"), Key("tab", "\t")]
            for event in (*burst, Paste("Cartographer"), Key("shift+tab", None), Key("o", "o")):
                pilot.app.post_message(event)
            await pilot.press("ctrl+s")
            await pilot.pause()

        drive(world, script)
        (cleo,) = world.people.named("cleo")
        person = world.people.get(cleo.id)
        assert person is not None
        assert person.profile.name == "Cleo"
        assert person.profile.nicknames == ("Cleo",)
        assert person.profile.title == "Cartographer"

    def test_a_search_keeps_what_follows_its_enter_out(self, world: Store) -> None:
        """The letter behind the enter was searched for, too."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            letters = (Key(letter, letter) for letter in "an")
            for key in (Key("slash", "/"), *letters, Key("enter", "\r"), Key("j", "j")):
                pilot.app.post_message(key)
            await pilot.pause()
            await pilot.pause()
            assert seen(pilot.app, "/ an")
            assert not seen(pilot.app, "/ anj")
            assert main.people.cursor == 1

        drive(world, script)

    def test_the_keyboard_outlives_a_key_that_is_never_done_with(self, world: Store) -> None:
        """Should a key be lost on its way, the next is handed on after a while all the same."""

        async def script(pilot: Pilot[None]) -> None:
            app = pilot.app
            assert isinstance(app, NetcrmApp)
            app._since = monotonic()
            await pilot.press("j")
            assert main_screen(app).people.cursor == 0
            app._since = monotonic() - 2
            await pilot.press("j")
            assert main_screen(app).people.cursor == 2

        drive(world, script)


class TestDoubledKeys:
    """Two of the same key in one read of the terminal."""

    @pytest.mark.parametrize("key", ["l", "n", "t", "f", "e", "A", "question_mark", "s", "I"])
    @pytest.mark.parametrize("doubled", ["enter", "escape", "ctrl+s"])
    def test_a_screen_is_left_once(self, world: Store, key: str, doubled: str) -> None:
        """The second one took the main screen away, and left a black one."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(key)
            await pilot.pause()
            for _ in range(3):
                pilot.app.post_message(Key(doubled, None))
            await pilot.pause()
            await pilot.pause()
            assert any(isinstance(screen, MainScreen) for screen in pilot.app.screen_stack)

        drive(world, script)

    def test_two_lines_typed_at_once_log_one(self, world: Store) -> None:
        """What was typed is entered once."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "coffee with Hank Morrow")
            for _ in range(2):
                pilot.app.post_message(Key("enter", "\r"))
            await pilot.pause()
            await pilot.pause()
            assert any(isinstance(screen, MainScreen) for screen in pilot.app.screen_stack)

        before = world.timeline.count()
        drive(world, script)
        assert world.timeline.count() == before + 1


class TestBegunLines:
    """A line that was begun and left."""

    def test_a_log_line_is_offered_again(self, world: Store) -> None:
        """Esc lost what had been typed."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "coffee with Hank Morrow")
            await pilot.press("escape", "l")
            await pilot.pause()
            assert seen(pilot.app, "coffee with Hank Morrow")
            assert seen(pilot.app, "as you left it")
            await pilot.press("enter", "l")
            await pilot.pause()
            assert pilot.app.screen.query_one(LineField).value == ""
            await type_text(pilot, "x")
            await pilot.press("escape", "l", "backspace", "escape", "l")
            await pilot.pause()
            assert pilot.app.screen.query_one(LineField).value == ""

        before = world.timeline.count()
        drive(world, script)
        assert world.timeline.count() == before + 1

    def test_a_give_is_offered_for_the_same_person(self, world: Store) -> None:
        """What was begun for one person is not offered for another."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("n")
            await type_text(pilot, "lend the tent")
            await pilot.press("escape", "down", "n")
            await pilot.pause()
            assert pilot.app.screen.query_one(LineField).value == ""
            await pilot.press("escape", "up", "n")
            await pilot.pause()
            assert pilot.app.screen.query_one(LineField).value == "lend the tent"

        drive(world, script)


class TestPastedLines:
    """Several lines put into one."""

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n  "])
    def test_a_paste_is_joined(self, world: Store, end: str) -> None:
        """Only the first line was kept."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await pilot.pause()
            pilot.app.post_message(Paste(f"coffee with Hank{end}about the moon{end}"))
            await pilot.pause()
            assert pilot.app.screen.query_one(LineField).value == "coffee with Hank about the moon"

        drive(world, script)

    def test_a_line_feed_parts_words(self, world: Store) -> None:
        """What a terminal sends without saying that it is pasted ran together."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l", "a", "ctrl+j", "b")
            await pilot.pause()
            assert pilot.app.screen.query_one(LineField).value == "a b"

        drive(world, script)


class TestQuietKeys:
    """Keys that say and do no more than they should."""

    def test_a_cadence_that_cannot_be_read(self, world: Store) -> None:
        """The same error stood there twice."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("f")
            await type_text(pilot, "whenever")
            before = sum("whenever" in line for line in shown(pilot.app))
            await pilot.press("enter")
            await pilot.pause()
            assert before == sum("whenever" in line for line in shown(pilot.app))
            lines = [line for line in shown(pilot.app)[-6:] if len(line.strip("│ ")) > 12]
            assert len(lines) == len(set(lines))

        drive(world, script)

    @pytest.mark.parametrize("cadence", [0, None])
    def test_no_rhythm_to_begin_again(self, store: Store, cadence: int | None) -> None:
        """B said that a rhythm began with someone who has no reminders."""
        someone = added(store, person("Hank Morrow"))
        store.people.set_cadence([someone], cadence)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("B")
            await pilot.pause()
            assert seen(pilot.app, "There is no rhythm with Hank Morrow; f sets one")

        before = store.people.get(someone)
        drive(store, script)
        assert store.people.get(someone) == before

    def test_a_filter_can_be_added_to(self, world: Store) -> None:
        """A word typed after = and F ran together with the name."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "equals_sign", "F")
            await type_text(pilot, "kind:opening")
            assert pilot.app.screen.query_one(LineField).value.endswith('" kind:opening')

        drive(world, script)

    def test_the_ask_is_no_field_before_enter(self, world: Store) -> None:
        """What looked like a field swallowed the letters typed into it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("A")
            await pilot.pause()
            assert seen(pilot.app, "enter begins to write it")
            await pilot.press("enter")
            await pilot.pause()
            assert seen(pilot.app, "for a reference by Friday")

        drive(world, script)


class TestResizedUnseen:
    """A terminal that is made smaller and larger again while another screen is on top."""

    def test_the_panes_beneath(self, world: Store) -> None:
        """The timeline was read again while it had no width, and stood there a letter a line."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("j", "j")
            await pilot.pause()
            before = shown(pilot.app)
            await pilot.press("T")
            await pilot.pause()
            await pilot.resize_terminal(60, 20)
            await pilot.press("l")
            await pilot.pause()
            await pilot.resize_terminal(120, 36)
            await pilot.pause()
            await pilot.press("escape", "escape")
            await pilot.pause()
            assert main_screen(pilot.app)
            assert shown(pilot.app) == before

        drive(world, script)


class TestEmptyLines:
    """Enter on an empty line says what to write; what is typed next goes into the line still."""

    @pytest.mark.parametrize(
        "keys", ["l", "at", "n", "c n", "c a", "c Q", "c l enter", "c L enter", "c m", "R a"]
    )
    def test_the_prompt_stays(self, world: Store, keys: str) -> None:
        """It closed without a word, and what was typed next ran as commands."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("slash")
            await type_text(pilot, "hank\n")
            for key in keys.split():
                await pilot.press(key)
                await pilot.pause()
            prompt = pilot.app.screen
            assert isinstance(prompt, Prompt), prompt
            await pilot.press("enter")
            await pilot.pause()
            assert pilot.app.screen is prompt
            assert seen(pilot.app, "; esc leaves") or seen(pilot.app, ". esc leaves") or keys == "n"
            await type_text(pilot, "q")
            assert pilot.app.screen.query_one(LineField).value == "q"

        drive(world, script)

    def test_wants(self, store: Store) -> None:
        """So does what asks for wants, where none is there to be still true."""
        added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("w", "enter")
            await type_text(pilot, "a kite\n")
            assert main_screen(pilot.app)

        drive(store, script)
        assert [want.text for want in store.wants.of(1)] == ["a kite"]
