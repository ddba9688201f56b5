"""The spark screen: something worth passing on, typed, understood, and queued for whom it would interest."""

import threading
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from textual.app import App
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot

from netcrm.domain.gives import Give, GiveDraft
from netcrm.domain.matching import Match
from netcrm.domain.sparks import SparkDraft
from netcrm.domain.sparktext import read_spark
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.store.matching import Ranking
from netcrm.ui import commands
from netcrm.ui.screens.spark import Ranked, SparkScreen
from tests.driving import MEDIUM, NARROW, TINY, WIDE, drive, main_screen, seen, shown, type_text
from tests.ui.test_hostile import ALL, hostile
from tests.world import TODAY, added, dump, only, person

LINE = "job: SRE lead at Acme, Berlin #kubernetes https://acme.example/7 until 4 Dec"

FIRST = "Grace Adeyemi"
"""Whom the line would interest most in the demo world."""


def spark_screen(app: App[None]) -> SparkScreen:
    """The spark screen, when it is on top."""
    screen = app.screen
    assert isinstance(screen, SparkScreen), screen
    return screen


async def ranked(pilot: Pilot[None]) -> None:
    """Wait until people are ranked for what stands in the text."""
    screen = spark_screen(pilot.app)
    for _ in range(400):
        await pilot.pause(0.01)
        if screen._text == screen.field.text and screen._ranked == screen._number and not screen._on_its_way:
            return
    raise AssertionError("the ranking did not come")


def listed(app: App[None]) -> Sequence[str]:
    """Whom the list holds."""
    return [whom.name for whom in spark_screen(app).whom.people]


def taught(app: App[None]) -> Sequence[str]:
    """The keys that the footer teaches."""
    return [command.shown_key for command in spark_screen(app).footer._commands]


class TestTheMainJob:
    """Pass an opening on to three people."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM])
    def test_by_the_footers_alone(self, world: Store, size: tuple[int, int]) -> None:
        """Each key pressed is one that the footer shows at that moment; undo takes all gives back."""
        before = dump(world)

        def of_line() -> list[Give]:
            return [
                give for give in world.gives.queue(TODAY) if give.source == "spark" and "SRE" in give.words
            ]

        async def script(pilot: Pilot[None]) -> None:
            assert seen(pilot.app, "s Spark")
            await pilot.press("s")
            await type_text(pilot, LINE)
            await ranked(pilot)
            assert taught(pilot.app)[0] == "tab"
            await pilot.press("tab")
            three = listed(pilot.app)[:3]
            assert three[0] == FIRST
            assert taught(pilot.app)[:2] == ["space", "enter"]
            await pilot.press("space", "space", "space")
            assert seen(pilot.app, "3 chosen")
            await pilot.press("enter")
            await pilot.pause()
            main = main_screen(pilot.app)
            assert seen(pilot.app, "Queued for 3: “SRE lead")
            queue = of_line()
            assert sorted(give.whom.name for give in queue) == sorted(three)
            words = next(give.words for give in queue if give.whom.name == FIRST)
            assert words == "Tell Grace of the opening: SRE lead at Acme, Berlin"
            assert all(give.why.startswith("because ") for give in queue)
            await pilot.press("u")
            await pilot.pause()
            assert not of_line()
            assert "#kubernetes" in world.sparks.all()[0].text
            await pilot.press("u")
            await pilot.pause()
            assert main.gives.give is not None
            assert dump(world) == before

        drive(world, script, size)

    def test_typed_ahead(self, world: Store) -> None:
        """A whole act in one breath: each key does what it would have done at leisure."""

        async def script(pilot: Pilot[None]) -> None:
            text = ("space" if c == " " else "enter" if c == "\n" else c for c in "job: kubernetes\nsre")
            keys = ("s", *text, "tab", "space", "j", "space", "enter")
            for key in keys:
                pilot.app.post_message(_key(key))
            for _ in range(200):
                await pilot.pause(0.02)
                if seen(pilot.app, ": “kubernetes”"):
                    break
            assert seen(pilot.app, ": “kubernetes”")
            (spark,) = [one for one in world.sparks.all() if one.title == "kubernetes"]
            assert len(world.sparks.given_to(spark.id)) == 2
            assert spark.text == "kubernetes\nsre"

        drive(world, script)

    def test_the_one_highlighted(self, world: Store) -> None:
        """With nobody chosen, enter queues it for the one highlighted."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, LINE)
            await pilot.press("tab", "j")
            second = listed(pilot.app)[1]
            await pilot.press("enter")
            await pilot.pause()
            spark = world.sparks.all()[0]
            assert [give.whom.name for give in world.sparks.given_to(spark.id)] == [second]

        drive(world, script)


class TestUnderstood:
    """What stands on the left while one types."""

    def test_facts(self, world: Store) -> None:
        """Kind, title, link and until are understood live."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, LINE)
            await ranked(pilot)
            for text in ("SRE lead at Acme, Berlin", "https://acme.example/7", "Fri 4 Dec  in 12 days"):
                assert seen(pilot.app, text)

        drive(world, script, (132, 36))

    def test_expired(self, world: Store) -> None:
        """What is over says so kindly."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "event: star party until 4 Nov 2026")
            await ranked(pilot)
            assert seen(pilot.app, "was of use until 4 Nov")

        drive(world, script)

    @pytest.mark.parametrize(
        ("until", "said"),
        [(3, "1 chosen · always let in: Wed"), (12, "1 chosen · under Later until near 4 Dec")],
    )
    def test_a_last_day(self, world: Store, until: int, said: str) -> None:
        """A last day is the gives' own: the foot says when they find room, and each give is due by it."""
        last = TODAY + timedelta(days=until)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, f"event: evening of kites and maps #design until {last.isoformat()}")
            await pilot.press("tab", "space")
            assert seen(pilot.app, said)
            await pilot.press("enter")
            (give,) = world.sparks.given_to(world.sparks.all()[0].id)
            assert (give.due, give.later) == (last, False)

        drive(world, script, (132, 36))

    def test_a_kind_by_hand(self, world: Store) -> None:
        """Right and left in the list choose another kind, and the wording follows."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "cartoon: a yak who runs kubernetes")
            await pilot.press("tab")
            assert seen(pilot.app, "✦ Make ")
            await pilot.press("right", "right")
            assert spark_screen(pilot.app)._draft.kind == "article"  # type: ignore[union-attr]
            assert seen(pilot.app, "the article: a yak")
            await pilot.press("left", "enter")
            await pilot.pause()
            assert world.sparks.all()[0].kind == "opening"

        drive(world, script)

    def test_a_click_on_a_kind(self, world: Store) -> None:
        """The mouse chooses a kind as well."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "a yak who runs kubernetes")
            await pilot.click("#facts", offset=(30, 0))
            assert spark_screen(pilot.app)._draft.kind == "event"  # type: ignore[union-attr]

        drive(world, script, (132, 36))

    def test_a_pasted_page(self, world: Store) -> None:
        """A paste is cleaned, and its longest lines are broken."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            field = spark_screen(pilot.app).field
            pilot.app.post_message(
                Paste("Rust in Lisbon\n" + "Rust and rivers \x1b]52;c;x\x07 for you. " * 40)
            )
            await pilot.pause()
            await ranked(pilot)
            assert "\x1b" not in field.text
            assert max(map(len, field.text.splitlines())) <= 400
            assert field.text.count("rivers") == 40
            assert listed(pilot.app)

        drive(world, script)

    def test_shared_words_are_coloured(self, world: Store) -> None:
        """The words of the highlighted one's reasons stand in colour in the text; those of links do not."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "kubernetes https://x.example/kubernetes")
            await pilot.press("tab")
            line = spark_screen(pilot.app).field.get_line(0)
            assert [(span.start, span.end) for span in line.spans] == [(0, 10)]

        drive(world, script)


class TestTheList:
    """Whom it would interest."""

    def test_it_follows_typing(self, world: Store) -> None:
        """The list is there without any key, and again another one with other words."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "kubernetes")
            await ranked(pilot)
            first = listed(pilot.app)
            await type_text(pilot, " beekeeping honey")
            await ranked(pilot)
            assert first and listed(pilot.app) != first

        drive(world, script)

    def test_a_late_answer_is_dropped(self, world: Store) -> None:
        """An answer to an older text, or to one that was taken out, changes nothing."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "kubernetes")
            await ranked(pilot)
            screen = spark_screen(pilot.app)
            before, number = listed(pilot.app), screen._number
            screen.post_message(Ranked(number - 1, ()))
            await pilot.pause()
            assert listed(pilot.app) == before
            screen.field.clear()
            await pilot.pause()
            screen.post_message(Ranked(number, ()))
            await pilot.pause()
            assert screen.kept.display and not screen.whom.display

        drive(world, script)

    def test_typing_is_never_held_up(self, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """While a slow ranking is on its way keys are taken, and only one more follows it."""
        calls: list[str] = []
        go_on = threading.Event()
        really = Ranking.rank

        def rank(self: Ranking, spark: SparkDraft, today: date, *, spark_id: int = 0) -> Sequence[Match]:
            calls.append(spark.title)
            assert go_on.wait(20)
            return really(self, spark, today, spark_id=spark_id)

        monkeypatch.setattr(Ranking, "rank", rank)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            screen = spark_screen(pilot.app)
            await type_text(pilot, "kube")
            while not calls:
                await pilot.pause(0.01)
            await type_text(pilot, "rnetes")
            assert seen(pilot.app, "title  kubernetes")
            assert len(calls) == 1 and not screen.whom.people
            go_on.set()
            await ranked(pilot)
            assert len(calls) == 2 and calls[1] == "kubernetes"
            assert screen.whom.people

        drive(world, script)

    def test_the_highlight_stays_on_the_person(self, world: Store) -> None:
        """After a look at the list, more words leave the highlight where it was."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "kubernetes sre")
            await pilot.press("tab", "j")
            whom = spark_screen(pilot.app).whom
            assert whom.whom is not None
            name = whom.whom.name
            await pilot.press("shift+tab")
            await type_text(pilot, " recruiter outage")
            await ranked(pilot)
            assert whom.whom is not None and whom.whom.name == name

        drive(world, script)

    def test_who_was_chosen_stays(self, world: Store) -> None:
        """Whoever was chosen is still listed when other words come, and gets it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "kubernetes")
            await pilot.press("tab", "space", "shift+tab")
            chosen = listed(pilot.app)[0]
            await pilot.press(*["backspace"] * 9)
            await type_text(pilot, "iln pottery")
            await ranked(pilot)
            assert listed(pilot.app)[-1] == chosen
            await pilot.press("tab", "G")
            assert seen(pilot.app, "you chose them")
            await pilot.press("enter")
            await pilot.pause()
            assert [give.whom.name for give in world.sparks.given_to(world.sparks.all()[0].id)] == [chosen]

        drive(world, script)

    def test_nobody(self, world: Store) -> None:
        """With nobody found, enter says so and the text stays."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "zzyzx")
            await pilot.press("tab", "enter", "space", "e", "E", "j", "G")
            assert seen(pilot.app, "Nobody comes to mind yet.")
            assert seen(pilot.app, "nobody to pass it on to yet")
            assert spark_screen(pilot.app).field.text == "zzyzx"

        drive(world, script)

    def test_what_fails_loses_nothing(self, world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """When the file can't take it, the screen stays with everything in it."""

        def refuse(*_: object, **__: object) -> None:
            raise StoreError("The disk is full.")

        monkeypatch.setattr(world.sparks, "pass_on", refuse)
        monkeypatch.setattr(world.sparks, "keep", refuse)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, LINE)
            await pilot.press("tab", "enter")
            assert seen(pilot.app, "The disk is full.")
            await pilot.press("escape", "escape")
            assert spark_screen(pilot.app).field.text == LINE

        drive(world, script)


class TestWording:
    """How it is said."""

    def test_to_everyone(self, world: Store) -> None:
        """`e` says it otherwise to all, each by their name."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "job: kubernetes sre")
            await pilot.press("tab", "space", "space", "g", "e")
            await pilot.press("ctrl+u")
            await type_text(pilot, "Ask {name} about {this}")
            await pilot.press("enter")
            assert seen(pilot.app, "✦ Ask Grace about {this}")
            await pilot.press("enter")
            await pilot.pause()
            spark = world.sparks.all()[0]
            assert [give.words for give in world.sparks.given_to(spark.id)] == [
                "Ask Grace about {this}",
                "Ask Fatou about {this}",
            ]

        drive(world, script)

    def test_to_one(self, world: Store) -> None:
        """`E` says it otherwise to the one highlighted; an empty line takes that back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "job: kubernetes sre")
            await pilot.press("tab", "space", "space", "g", "E", "ctrl+u")
            await type_text(pilot, "Ring her")
            await pilot.press("enter", "j", "E", "ctrl+u")
            await type_text(pilot, "Write")
            await pilot.press("enter", "E", "ctrl+u", "enter", "enter")
            await pilot.pause()
            spark = world.sparks.all()[0]
            assert [give.words for give in world.sparks.given_to(spark.id)] == [
                "Ring her",
                "Tell Fatou of the opening: kubernetes sre",
            ]

        drive(world, script)

    def test_left_as_it_was(self, world: Store) -> None:
        """Escape leaves the wording as it was."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "job: kubernetes sre")
            await pilot.press("tab", "e")
            await type_text(pilot, "XX")
            await pilot.press("escape")
            assert not seen(pilot.app, "XX")
            spark_screen(pilot.app)

        drive(world, script)


class TestLeaving:
    """Nothing typed is ever lost."""

    def test_steps(self, world: Store) -> None:
        """Escape leads from the list to the text, then out; what was typed is kept, until it is undone."""

        async def script(pilot: Pilot[None]) -> None:
            before = len(world.sparks.all())
            await pilot.press("s")
            await type_text(pilot, "A yak in the rain")
            await pilot.press("tab", "escape")
            assert spark_screen(pilot.app).focused is spark_screen(pilot.app).field
            await pilot.press("escape")
            await pilot.pause()
            main_screen(pilot.app)
            assert seen(pilot.app, "Kept “A yak in the rain”")
            await pilot.press("u")
            assert len(world.sparks.all()) == before

        drive(world, script)

    def test_nothing_typed(self, world: Store) -> None:
        """Who only looked has done nothing."""
        before = dump(world)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s", "tab", "j", "escape", "escape")
            main_screen(pilot.app)
            await pilot.press("s", "space", "enter", "escape")
            main_screen(pilot.app)

        drive(world, script)
        assert dump(world) == before

    def test_ctrl_q(self, world: Store) -> None:
        """Quitting from here goes one step back first, and keeps what was typed."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "A yak in the rain")
            await pilot.press("ctrl+q")
            await pilot.pause()
            main_screen(pilot.app)

        drive(world, script)
        assert world.sparks.all()[0].title == "A yak in the rain"

    def test_the_same_again(self, world: Store) -> None:
        """What was kept already is not kept twice."""

        async def script(pilot: Pilot[None]) -> None:
            for _ in range(2):
                await pilot.press("s")
                await type_text(pilot, "A yak in the rain")
                await pilot.press("escape")
                await pilot.pause()

        drive(world, script)
        assert [spark.title for spark in world.sparks.all()].count("A yak in the rain") == 1

    @pytest.mark.parametrize("keys", [(), ("tab", "space"), ("tab", "e")])
    def test_the_app_ends(self, world: Store, keys: Sequence[str]) -> None:
        """When the terminal is closed what was typed is kept as `esc` keeps it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "A yak in the kubernetes")
            await pilot.press(*keys)
            pilot.app.exit(return_code=129)

        drive(world, script)
        titles = [spark.title for spark in world.sparks.all()]
        assert titles.count("A yak in the kubernetes") == 1

    def test_the_app_ends_with_nothing_to_keep(self, world: Store) -> None:
        """Nothing was typed, or it was kept before: nothing is written."""
        for keys in (("s",), ("s", "tab", "enter"), ("s", "tab", "enter", "escape", "escape")):
            before = dump(world)

            async def script(pilot: Pilot[None], keys: Sequence[str] = keys) -> None:
                await pilot.press(*keys)
                pilot.app.exit()

            drive(world, script)
            assert dump(world) == before

    def test_what_was_in_mind(self, world: Store) -> None:
        """Opened again, a spark has the people chosen and the wordings as they were left; undo too."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "job: kubernetes sre")
            await pilot.press("tab", "space", "space", "g", "e", "ctrl+u")
            await type_text(pilot, "Ask {name}")
            await pilot.press("enter", "E", "ctrl+u")
            await type_text(pilot, "Ring her")
            await pilot.press("enter", "escape", "escape")
            await pilot.pause()
            for _ in range(2):
                await pilot.press("s", "tab", "enter")
                assert seen(pilot.app, "2 chosen") and seen(pilot.app, "✦ Ring her")
                await pilot.press("enter")
                await pilot.pause()
                gives = world.sparks.given_to(world.sparks.all()[0].id)
                assert [give.words for give in gives] == ["Ring her", "Ask Fatou"]
                await pilot.press("u")
                await pilot.pause()

        drive(world, script)


class TestKept:
    """The kept sparks, and opening one again."""

    def test_the_list(self, world: Store) -> None:
        """With the field empty they are listed newest first, with what became of them."""
        spark_id = only(world.sparks.keep(SparkDraft(kind="event", title="Comet", until=TODAY)).sparks)
        world.sparks.pass_on(
            SparkDraft(kind="event", title="Comet", until=TODAY - timedelta(days=2)),
            [GiveDraft(person_id=1, words="Tell")],
            TODAY,
            spark_id=spark_id,
        )

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            assert seen(pilot.app, "✦ Comet")
            assert seen(pilot.app, "event · was of use until 20 Nov · 1 person got it")
            await type_text(pilot, "x")
            assert not seen(pilot.app, "✦ Comet")
            await pilot.press("backspace")
            await pilot.pause()
            assert seen(pilot.app, "✦ Comet")

        drive(world, script)

    def test_open_again(self, world: Store) -> None:
        """It shows whom it went to, suggests nobody twice, and passes on as the same spark."""
        draft = read_spark(LINE, TODAY)
        grace, fatou, leo = (match.person for match in world.sparks.rank(draft, TODAY)[:3])
        gives = [GiveDraft(person_id=one.id, words=f"Tell {one.name}") for one in (grace, fatou, leo)]
        spark_id = only(world.sparks.pass_on(draft, gives, TODAY).sparks)
        first, second, _ = world.sparks.given_to(spark_id)
        world.gives.give([first.id], TODAY)
        world.gives.drop([second.id], TODAY)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s", "tab", "enter")
            screen = spark_screen(pilot.app)
            assert screen.field.text.startswith("job: SRE lead at Acme")
            assert not {grace.name, fatou.name, leo.name} & set(listed(pilot.app))
            assert seen(pilot.app, "went to Grace · queued for Leo · not for Fatou")
            await pilot.press("enter")
            await pilot.pause()
            assert len(world.sparks.given_to(spark_id)) == 4
            assert len([one for one in world.sparks.all() if one.title == draft.title]) == 1

        drive(world, script)

    def test_looked_at(self, world: Store) -> None:
        """Opened and left again, nothing has changed; edited, it is the same spark with other words."""
        before = dump(world)

        async def script(pilot: Pilot[None]) -> None:
            for _ in range(4):
                await pilot.press("s", "tab", *["j"] * _, "enter", "escape", "escape")
                await pilot.pause()
            assert dump(world) == before
            await pilot.press("s", "tab", "enter", "escape")
            newest = world.sparks.all()[0]
            await type_text(pilot, " Read it!")
            await pilot.press("escape")
            await pilot.pause()
            assert seen(pilot.app, "Edited “")
            edited = world.sparks.get(newest.id)
            assert edited is not None and edited.text.endswith("Read it!")
            assert (edited.title, edited.link, edited.kind) == (newest.title, newest.link, newest.kind)

        drive(world, script)

    def test_another_after_it(self, world: Store) -> None:
        """When the text of a kept one is taken out, what is typed next is a new spark."""
        before = world.sparks.all()

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s", "tab", "enter", "escape")
            spark_screen(pilot.app).field.clear()
            await pilot.pause()
            await type_text(pilot, "A yak")
            await pilot.press("escape")
            await pilot.pause()

        drive(world, script)
        assert world.sparks.all()[1:] == before

    def test_let_go(self, world: Store) -> None:
        """`x` lets go of one that nobody got; it can be brought back on the main screen."""
        world.sparks.keep(SparkDraft(kind="delight", title="Yak"))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s", "tab", "x")
            assert seen(pilot.app, "let go of “Yak”")
            await pilot.press("escape", "escape", "u")
            assert world.sparks.all()[0].title == "Yak"

        drive(world, script)

    def test_nothing_kept(self, store: Store) -> None:
        """An empty book says what a spark may be; no key there is an error."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            assert seen(pilot.app, "Nothing kept yet.")
            await pilot.press("tab", "enter", "x", "j", "G", "space", "e", "tab")
            await type_text(pilot, "moons")
            await pilot.press("tab", "enter")
            assert seen(pilot.app, "Nobody comes to mind yet.")

        drive(store, script)


class TestTheScreen:
    """Sizes, hostile text, keys and the palette."""

    @pytest.mark.parametrize(
        "size", [WIDE, (132, 36), (100, 30), MEDIUM, NARROW, TINY, (30, 8), (4, 40), (1, 1)]
    )
    def test_sizes(self, world: Store, size: tuple[int, int]) -> None:
        """It never crashes, and always queues."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "job: kubernetes sre")
            await pilot.press("tab", "space", "j", "e", "escape", "right", "left", "space")
            shown(pilot.app)
            await pilot.resize_terminal(80, 24)
            await pilot.resize_terminal(*size)
            await pilot.press("enter")
            await pilot.pause()
            assert len(world.sparks.given_to(world.sparks.all()[0].id)) == 2

        drive(world, script, size)

    def test_hostile(self, store: Store) -> None:
        """Whatever is in the book or in the text is only text."""
        hostile(store)
        key = added(store, person(f"Eve {ALL}", wants=(f"moons {ALL}",), tags=("moons",)))
        store.sparks.pass_on(
            SparkDraft(kind="article", title=ALL, link=ALL, text=f"moons {ALL}"),
            [GiveDraft(person_id=key, words=ALL)],
            TODAY,
        )

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s", "tab", "enter", "e", "escape", "G", "escape", "escape", "s")
            pilot.app.post_message(Paste(f"moons {ALL} pressed"))
            await pilot.press("tab", "space", "e", "enter", "E", "enter", "enter")
            await pilot.pause()
            drawn = "".join(shown(pilot.app))
            assert "\x1b" not in drawn and "\u202e" not in drawn

        drive(store, script)

    def test_every_key_is_taught(self) -> None:
        """Wherever one is the footer shows what can be done, and how to get back."""
        for place in ("text", "empty", "people", "kept"):
            here = [command for command in commands.SPARK if place in command.where.split()]
            assert any(command.shown_key == "esc" and command.footer for command in here)
            keys = [key for command in here for key in command.keys]
            assert len(keys) == len(set(keys))
            assert all(hasattr(SparkScreen, f"action_{command.action.partition('(')[0]}") for command in here)

    def test_the_palette(self, world: Store) -> None:
        """The palette lists what can be done here, and does it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "job: kubernetes sre")
            await pilot.press("tab", "ctrl+p")
            await type_text(pilot, "queue")
            await pilot.pause(0.3)
            await pilot.press("down", "enter")
            await pilot.pause(0.2)
            main_screen(pilot.app)
            assert world.sparks.all()[0].title == "kubernetes sre"

        drive(world, script)


def _key(key: str) -> Key:
    """A key as a terminal sends it."""
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    return Key(key, {"space": " ", "enter": "\r", "tab": "\t"}.get(key))


class TestGroups:
    """Groups in which it would be welcome."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM])
    def test_posted(self, world: Store, size: tuple[int, int]) -> None:
        """A group stands among the first, is chosen as people are, and gets a give of its own."""
        before = dump(world)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "article: new circus posters for touring shows https://posters.example/1")
            await pilot.press("tab")
            screen = spark_screen(pilot.app)
            place = listed(pilot.app).index("Circus Marketers")
            assert place <= 3
            people = [whom.id for whom in screen.whom.people if not whom.is_group]
            assert people == [match.person.id for match in screen._matches]
            await pilot.press(*["j"] * place)
            assert seen(pilot.app, "◇ Circus Marketers") and seen(pilot.app, "because talks of")
            assert screen.field.get_line(0).spans
            assert seen(pilot.app, "✦ Post the article in Circus Marketers")
            await pilot.press("space")
            assert seen(pilot.app, "◆ Circus Marketers")
            await pilot.press("g", "space", "enter")
            await pilot.pause()
            spark = world.sparks.all()[0]
            gives = world.sparks.given_to(spark.id)
            assert {give.group.name for give in gives if give.group} == {"Circus Marketers"}
            assert len(gives) == 2 and all(give.why.startswith("because ") for give in gives)
            assert not world.sparks.rank_groups(spark, TODAY, spark_id=spark.id)
            await pilot.press("u", "u")
            assert dump(world) == before

        drive(world, script, size)

    def test_words_of_its_own(self, world: Store) -> None:
        """The wording of a group is its own; whom one had chosen is remembered, and what had it named."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("s")
            await type_text(pilot, "article: circus posters and ticketing")
            await pilot.press("tab", *["j"] * listed(pilot.app).index("Circus Marketers"))
            await pilot.press("e", "home")
            await type_text(pilot, "Quietly ")
            await pilot.press("enter", "space")
            await pilot.press("shift+tab")
            await type_text(pilot, " beekeeping honey telescopes")
            await pilot.press("escape")
            await pilot.pause()
            await pilot.press("s", "tab", "enter")
            screen = spark_screen(pilot.app)
            assert [key for key in screen.whom.chosen if key < 0]
            await pilot.press("enter")
            await pilot.pause()
            spark = world.sparks.all()[0]
            (give,) = world.sparks.given_to(spark.id)
            assert give.words.startswith("Quietly Post the article in Circus Marketers")
            await pilot.press("s", "tab", "enter")
            assert seen(pilot.app, "queued for Circus Marketers")

        drive(world, script)
