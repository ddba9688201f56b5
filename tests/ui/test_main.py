"""The main screen: what a user sees and does there, through the keyboard."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from netcrm.store import Store
from tests.driving import (
    MEDIUM,
    NARROW,
    TINY,
    WIDE,
    drive,
    look_for_others,
    main_screen,
    opened,
    seen,
    shown,
    type_text,
)
from tests.world import TODAY, added, entry, person, queued


class TestTheMainJob:
    """Log what happened, queue something to give, give it, take it back; tomorrow all of it is there."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM])
    def test_a_day_with_netcrm(self, world_file: Path, tmp_path: Path, size: tuple[int, int]) -> None:
        """Search, log, see it, queue, give, see it logged, undo twice, and find all as it was left."""
        with opened(world_file, tmp_path) as store:
            (hank,) = store.people.named("hank morrow")
            before = len(store.timeline.of(hank.id))

            async def day(pilot: Pilot[None]) -> None:
                await pilot.press("slash")
                await type_text(pilot, "hank mor")
                await pilot.press("enter")
                main = main_screen(pilot.app)
                assert main.people.person_id == hank.id

                await pilot.press("l")
                await type_text(pilot, "yesterday: coffee with Hank #design **")
                await pilot.press("enter")
                assert seen(pilot.app, "Coffee with Hank")
                newest = store.timeline.of(hank.id)[0]
                assert newest.day == TODAY - timedelta(days=1)
                assert (newest.kind, newest.tags, newest.enjoyment) == ("met", ("design",), 2)

                await pilot.press("n")
                await type_text(pilot, "send the scout songbook by today")
                await pilot.press("enter")
                assert main.gives.give is not None
                assert (main.gives.give.words, main.gives.give.due) == ("Send the scout songbook", TODAY)

                await pilot.press("3", "space")
                await pilot.pause()
                assert store.timeline.of(hank.id)[0].text == "Sent the scout songbook"
                assert seen(pilot.app, "takes it back")
                assert all(give.words != "Send the scout songbook" for give in store.gives.queue(TODAY))

                await pilot.press("u", "u")
                assert len(store.timeline.of(hank.id)) == before + 1
                assert all(give.words != "Send the scout songbook" for give in store.gives.queue(TODAY))
                await pilot.press("q")

            drive(store, day, size)

        with opened(world_file, tmp_path) as store:
            kept = store.timeline.of(hank.id)
            assert len(kept) == before + 1
            assert kept[0].text == "Coffee with Hank"


class TestPeople:
    """The People pane."""

    def test_the_timeline_follows_the_highlight(self, world: Store) -> None:
        """Moving in People shows whose timeline it is at once."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            for _ in range(5):
                await pilot.press("j")
                assert main.people.person is not None
                assert any(main.people.person.name in line[30:] for line in shown(pilot.app))

        drive(world, script)

    def test_first_last_and_half_pages(self, world: Store) -> None:
        """g, G, ctrl+d and ctrl+u move as in vim, and stop at the ends."""

        async def script(pilot: Pilot[None]) -> None:
            people = main_screen(pilot.app).people
            await pilot.press("G")
            assert people.cursor == people.count() - 1
            await pilot.press("j")
            assert people.cursor == people.count() - 1
            await pilot.press("ctrl+u")
            assert 0 < people.cursor < people.count() - 1
            await pilot.press("g", "k")
            assert people.cursor == 0

        drive(world, script)

    def test_the_highlight_stays_on_the_person(self, world: Store) -> None:
        """A list that is filled again keeps the highlight by person, not by place."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("j", "j", "j")
            chosen = main.people.person_id
            world.people.add(person("Aaron Aardvark"))
            main.reload()
            assert main.people.person_id == chosen
            assert main.people.cursor == 4

        drive(world, script)

    def test_sorting_by_the_last_contact(self, world: Store) -> None:
        """S puts whom you were last in touch with first."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("S", "g")
            first = main_screen(pilot.app).people.person
            assert first is not None
            assert first.last_on == date(2026, 11, 21)
            assert seen(pilot.app, "by last contact")

        drive(world, script)

    def test_archiving_and_taking_it_back(self, world: Store) -> None:
        """X puts a person away; u brings them back."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            first, many = main.people.person_id, main.people.count()
            await pilot.press("X")
            assert main.people.count() == many - 1
            await pilot.press("u")
            assert main.people.count() == many
            assert first in world.people.ids()

        drive(world, script)

    def test_what_another_program_writes_appears(self, world: Store, tmp_path: Path) -> None:
        """A line logged in another terminal shows without a key."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            with opened(world.path, tmp_path) as other:
                other.people.add(person("Aaron Aardvark"))
            look_for_others(main.app)
            await pilot.pause()
            assert seen(pilot.app, "Aaron Aardvark")

        drive(world, script)


class TestSearch:
    """Searching as one types."""

    def test_each_letter_narrows(self, world: Store) -> None:
        """Letters find, accents and case folded; escape shows everyone again."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            everyone = main.people.count()
            await pilot.press("slash")
            await type_text(pilot, "KOVACS")
            assert main.people.person is not None
            assert main.people.person.name == "Bela Kovács"
            assert main.people.count() < everyone
            await pilot.press("escape")
            assert main.people.count() == everyone

        drive(world, script)

    def test_terms_combine(self, world: Store) -> None:
        """tag: and city: narrow together, and enter keeps what was found."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("slash")
            await type_text(pilot, "tag:design city:lisbon")
            await pilot.press("enter")
            found = [world.people.get(key) for key in main.people._ids]
            assert found
            assert all(one and "design" in one.profile.tags and one.profile.city == "Lisbon" for one in found)
            await pilot.press("escape")
            assert main.people.count() == world.people.count()

        drive(world, script)

    def test_a_wrong_term_is_explained(self, world: Store) -> None:
        """What makes no sense is said, and nothing breaks."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("slash")
            await type_text(pilot, 'foo:bar since:never "(*')
            assert seen(pilot.app, "is no")

        drive(world, script)


class TestLogging:
    """The log line."""

    def test_two_people_of_one_name_are_asked_about(self, world: Store) -> None:
        """Grace could be two people: a picker asks, and the one picked is logged."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "call with Grace about the freeze")
            assert seen(pilot.app, "Grace? 2 people")
            await pilot.press("enter", "2")
            await pilot.pause()
            (grace,) = world.people.named("grace lindqvist")
            assert world.timeline.of(grace.id)[0].text == "Call with Grace about the freeze"

        drive(world, script)

    def test_a_place_is_said_once(self, world: Store) -> None:
        """Where the words say it, it is marked in them; else it stands after them."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "lunch with Christina at The Cellar")
            assert seen(pilot.app, "at The Cellar") and not seen(pilot.app, "· The Cellar")

        drive(world, script)

    def test_somebody_new_is_added_on_the_way(self, world: Store) -> None:
        """A name nobody has offers to add them; one undo takes back both."""

        async def script(pilot: Pilot[None]) -> None:
            many = world.people.count()
            await pilot.press("l")
            await type_text(pilot, "met with Zebedee Quartermain")
            await pilot.press("enter", "1")
            await pilot.pause()
            assert world.people.count() == many + 1
            (new,) = world.people.named("zebedee quartermain")
            assert len(world.timeline.of(new.id)) == 1
            await pilot.press("u")
            assert world.people.count() == many

        drive(world, script)

    def test_a_promise_and_a_date(self, world: Store) -> None:
        """A promise is queued and a date remembered, shown before they are saved."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "I'll send Amara the paper by Friday")
            assert seen(pilot.app, "Send the paper")
            await pilot.press("enter")
            give = next(give for give in world.gives.queue(TODAY) if give.words == "Send the paper")
            assert (give.whom.name, give.due, give.promised) == ("Amara Okafor", date(2026, 11, 27), True)
            await pilot.press("l")
            await type_text(pilot, "Hank: daughter Mo graduates 12 Jun")
            await pilot.press("enter")
            (hank,) = world.people.named("hank morrow")
            known = world.people.get(hank.id)
            assert known is not None
            assert known.profile.occasions[-1].whose == "daughter Mo"

        drive(world, script)

    def test_a_line_that_names_nobody_is_about_the_one_selected(self, world: Store) -> None:
        """It says so before it is saved."""

        async def script(pilot: Pilot[None]) -> None:
            selected = main_screen(pilot.app).people.person_id
            await pilot.press("l")
            await type_text(pilot, "likes walnuts after all")
            assert seen(pilot.app, "selected")
            await pilot.press("enter")
            assert selected is not None
            assert world.timeline.of(selected)[0].text == "Likes walnuts after all"

        drive(world, script)

    def test_escape_saves_nothing(self, world: Store) -> None:
        """Leaving the line leaves the book as it was."""

        async def script(pilot: Pilot[None]) -> None:
            entries = world.timeline.count()
            await pilot.press("l")
            await type_text(pilot, "coffee with Hank")
            await pilot.press("escape")
            assert world.timeline.count() == entries
            main_screen(pilot.app)

        drive(world, script)


class TestGiving:
    """The Give pane."""

    def test_a_give_shows_its_person(self, world: Store) -> None:
        """Moving in the queue highlights the person and shows their timeline."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("3", "j")
            assert main.gives.give is not None
            assert main.people.person_id == main.gives.give.person_id
            assert main.timeline._person is not None
            assert main.timeline._person.id == main.gives.give.person_id

        drive(world, script)

    def test_snooze_in_words(self, world: Store) -> None:
        """With z a day in words moves a give there; what is no day is said and changes nothing."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("3")
            give = main.gives.give
            assert give is not None
            await pilot.press("z")
            await type_text(pilot, "gibberish")
            await pilot.press("enter")
            assert seen(pilot.app, "Not a day to come")
            await pilot.press("ctrl+u")
            await type_text(pilot, "2w")
            await pilot.press("enter")
            later = world.gives.get(give.id)
            assert later is not None
            assert (later.state, later.snoozed_until) == ("snoozed", TODAY + timedelta(days=14))

        drive(world, script)

    def test_dropping_is_remembered(self, world: Store) -> None:
        """The key x takes a give out of the queue and keeps that it was not for them."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3")
            give = main_screen(pilot.app).gives.give
            assert give is not None
            await pilot.press("x")
            dropped = world.gives.get(give.id)
            assert dropped is not None
            assert dropped.state == "dropped"

        drive(world, script)

    def test_a_full_week(self, store: Store) -> None:
        """Over the week's room a new give without a day stands under Later, with one calm line."""
        for number in range(5):
            queued(store, added(store, f"Person {number}"), f"Help {number}")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("n")
            await type_text(pilot, "lend the telescope")
            assert seen(pilot.app, "this week is full")
            await pilot.press("enter")
            assert store.gives.queue(TODAY)[-1].later

        drive(store, script)


class TestTimeline:
    """The Timeline pane."""

    def test_removing_an_entry(self, world: Store) -> None:
        """The key x takes the highlighted entry out; u puts it back."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("j", "2", "j")
            chosen = main.timeline.entry
            assert chosen is not None
            await pilot.press("x")
            assert world.timeline.get(chosen.id) is None
            await pilot.press("u")
            assert world.timeline.get(chosen.id) == chosen

        drive(world, script)

    def test_a_star_more(self, world: Store) -> None:
        """A key gives the entry one, two, three, and then none; the highlight stays, and u takes one back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*"jjjjjjjj", "2", "j")
            assert seen(pilot.app, "* Enjoyed")
            entry = main_screen(pilot.app).timeline.entry
            assert entry is not None and entry.enjoyment == 0
            stars = []
            for _ in range(4):
                await pilot.press("asterisk")
                found = main_screen(pilot.app).timeline.entry
                assert found is not None and found.id == entry.id
                stars.append(found.enjoyment)
            assert stars == [1, 2, 3, 0]
            await pilot.press("u")
            assert seen(pilot.app, "★★★ for") or seen(pilot.app, "took the stars off")
            found = world.timeline.get(entry.id)
            assert found is not None and found.enjoyment == 3

        drive(world, script)

    def test_ten_thousand_entries_are_read_by_the_page(self, store: Store) -> None:
        """The end of a long timeline is reached, and what was never seen is never wrapped."""
        someone = added(store)
        for number in range(300):
            store.timeline.log(entry(someone, days_ago=number, text=f"note {number}"))

        async def script(pilot: Pilot[None]) -> None:
            timeline = main_screen(pilot.app).timeline
            assert timeline.count() < 300
            await pilot.press("2", "G")
            assert timeline.entry is not None
            assert timeline.entry.text == "note 299"
            await pilot.press("g")
            assert timeline.top == 0

        drive(store, script)


class TestEmpty:
    """A book with nobody in it."""

    def test_it_says_what_to_press_first(self, store: Store) -> None:
        """Add, log, import."""

        async def script(pilot: Pilot[None]) -> None:
            assert seen(pilot.app, "a adds a person")
            assert seen(pilot.app, "netcrm import FILE")

        drive(store, script)

    @pytest.mark.parametrize("key", [*"nxzetXSuG123", "space", "enter", "tab", "ctrl+r", "ctrl+d"])
    def test_no_key_breaks_it(self, store: Store, key: str) -> None:
        """Every key does something sensible or nothing, in every pane."""

        async def script(pilot: Pilot[None]) -> None:
            for pane in "123":
                await pilot.press(pane, key, "escape")
            await pilot.pause()

        drive(store, script)


class TestSizes:
    """From one cell to a wall."""

    @pytest.mark.parametrize(
        "size", [(1, 1), (2, 3), (5, 2), TINY, (40, 10), NARROW, MEDIUM, (109, 30), (300, 100)]
    )
    def test_it_never_crashes(self, world: Store, size: tuple[int, int]) -> None:
        """Whatever the size, moving, logging, help and search draw without an error."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("j", "2", "j", "3", "j", "1", "G", "slash", "a", "escape")
            await pilot.press("l", "x", "escape", "n", "x", "escape", "question_mark", "escape")
            await pilot.pause()

        drive(world, script, size)

    def test_resizing_without_end(self, world: Store) -> None:
        """Each layout follows the size, and the focus stays in a pane that is shown."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3")
            for width, height in [(60, 20), (120, 36), (80, 24), (1, 1), (69, 9), (70, 9), (110, 40)]:
                await pilot.resize_terminal(width, height)
                await pilot.pause()
            main = main_screen(pilot.app)
            assert main.focused is main.gives

        drive(world, script)

    def test_a_narrow_terminal_shows_one_pane(self, world: Store) -> None:
        """Enter opens the timeline, escape goes back to the people."""

        async def script(pilot: Pilot[None]) -> None:
            main = main_screen(pilot.app)
            await pilot.press("enter")
            await pilot.pause()
            assert main.timeline.has_focus
            assert main.timeline.display
            assert not main.gives.display
            await pilot.press("escape")
            await pilot.pause()
            assert main.people.has_focus

        drive(world, script, NARROW)


class TestPicking:
    """Which of several, and who was nearly named."""

    def test_many_are_narrowed(self, store: Store) -> None:
        """Of more than fit letters show some, by any word; digits still pick, escape shows all first."""
        families = (*(f"Ek{n:02}" for n in range(30)), "Jonker", "Kask")
        people = [added(store, f"Anna {family}") for family in families]

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "call with Anna about maps")
            await pilot.press("enter")
            assert seen(pilot.app, "12 of 32 · type to narrow")
            await pilot.press("j")
            assert seen(pilot.app, "1 Anna Jonker")
            assert seen(pilot.app, "j · 1 of 32") and seen(pilot.app, "just words")
            await pilot.press("x")
            assert seen(pilot.app, "jx · 0 of 32")
            await pilot.press("escape")
            assert seen(pilot.app, "12 of 32")
            await pilot.press("k", "1")
            await pilot.pause()
            assert store.timeline.of(people[-1])[0].text == "Call with Anna about maps"

        drive(store, script)

    @pytest.mark.parametrize(("keys", "place"), [(("ctrl+n", "ctrl+n", "ctrl+p"), 1), (("down", "down"), 2)])
    def test_many_are_moved_in(self, store: Store, keys: tuple[str, ...], place: int) -> None:
        """Arrows move, and control with n and p do."""
        people = [added(store, f"Anna Ek{n:02}") for n in range(30)]

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "call with Anna about maps")
            await pilot.press("enter", *keys, "enter")
            await pilot.pause()
            assert store.timeline.of(people[place])

        drive(store, script)

    def test_few_move_by_letters(self, world: Store) -> None:
        """Of a few, j and k move as everywhere."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("l")
            await type_text(pilot, "call with Grace about the freeze")
            await pilot.press("enter", "j", "enter")
            await pilot.pause()
            (grace,) = world.people.named("grace lindqvist")
            assert world.timeline.of(grace.id)[0].text == "Call with Grace about the freeze"

        drive(world, script)

    def test_a_slip_of_the_hand(self, world: Store) -> None:
        """Who is nearly called so stands before adding someone new."""

        async def script(pilot: Pilot[None]) -> None:
            many = world.people.count()
            await pilot.press("l")
            await type_text(pilot, "call with Chistina about maps")
            await pilot.press("enter")
            assert seen(pilot.app, "Nobody is called “Chistina”") and seen(pilot.app, "1 Christina Vale?")
            assert seen(pilot.app, "2 Add Chistina") and seen(pilot.app, "3 Nobody")
            await pilot.press("enter")
            await pilot.pause()
            (vale,) = world.people.named("christina vale")
            assert world.timeline.of(vale.id)[0].day == TODAY
            assert world.people.count() == many

        drive(world, script)


class TestThePalette:
    """Textual's own list of commands."""

    @pytest.mark.parametrize("size", [(1, 1), (4, 10), (6, 10), (8, 3)])
    def test_in_a_tiny_terminal(self, world: Store, size: tuple[int, int]) -> None:
        """Opened there, or made so small while it is open: neither ends the app."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("ctrl+p", "down")
            await pilot.resize_terminal(*size)
            await pilot.press("down", "escape", "ctrl+p", "down", "a", "escape")
            await pilot.resize_terminal(120, 36)
            assert seen(pilot.app, "1 People")

        drive(world, script)
