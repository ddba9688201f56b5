"""The joy jar: cartoons, jokes, good news; where each has gone, and whom it would suit next."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container

from netcrm.domain.changes import Change
from netcrm.domain.joy import delight_line, edited, has_own_text, read_delight, topics_of
from netcrm.domain.sparks import Spark, SparkDraft
from netcrm.domain.values import dataclass
from netcrm.store import Store
from netcrm.store.joy import EMPTY
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.prompt import Prompt
from netcrm.ui.screens.sides import SidesScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.joy_panes import Delight, DelightPane, JarPane


@dataclass(frozen=True, slots=True)
class AsSpark:
    """A delight is to be opened in the spark screen."""

    spark_id: int


class JoyScreen(SidesScreen[AsSpark | None]):
    """What there is to smile at, and to whom it could go; answers with what is to be opened as a spark.

    Args:
        store: The open file.
        today: The day.
    """

    TABLE: ClassVar = commands.JOY

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    DEFAULT_CSS = "JoyScreen.-wide #sides { grid-columns: 45fr 55fr; }"

    def __init__(self, store: Store, today: date) -> None:
        super().__init__(store)
        self._today = today

    def compose(self) -> ComposeResult:
        """The jar, and the one that is highlighted."""
        yield TitleBar("Joy jar", "something to smile at: who would like it?", self._today)
        with Container(id="sides"):
            yield JarPane(self._follow)
            yield DelightPane(self.show_footer)
        yield FooterBar()

    def on_mount(self) -> None:
        """Show what lies in the jar."""
        self.jar, self.delight = self.query_one(JarPane), self.query_one(DelightPane)
        self.refill()
        self.set_focus(self.jar)
        self.show_footer()

    # Showing

    def refill(self, change: Change | None = None) -> None:
        """Read the jar again; what a change was about is highlighted."""
        jar = self._store.joy.jar()
        lying = {jarred.spark.id for jarred in jar}
        changed = sorted(change.sparks & lying) if change else []
        self.jar.show(jar, self._today, keep=changed[-1] if changed else None, empty=_EMPTY_JAR)
        if not jar and self.is_beside:
            self.go_to_list()
        self._show_delight(change.people if change else ())

    def _follow(self) -> None:
        """The highlight has moved: show that one."""
        self.bar.say("")
        self._show_delight()

    def _show_delight(self, people: Collection[int] = ()) -> None:
        jarred, joy = self.jar.jarred, self._store.joy
        shown = None
        if jarred is not None:
            suited = joy.suits(jarred.spark, self._today)
            lines = self._store.people.lines([one.person.id for one in suited])
            warmth = {key: line.warmth(self._today) for key, line in lines.items()}
            shown = Delight(jarred, joy.gone(jarred.spark), suited, warmth)
        self.delight.show(shown, self._today, people)
        self.show_footer()

    # Where one is

    def place(self) -> str:
        """In the jar, or at the people; nowhere while the jar is empty."""
        if self.jar.jarred is None:
            return "none"
        return "whom" if self.is_beside else "jar"

    # What the keys do

    def action_queue(self) -> None:
        """Queue it for the person highlighted; where they are not to be seen, look at them first."""
        jarred, suited = self.jar.jarred, self.delight.suited
        if jarred is None:
            return
        if not self.delight.display:
            self.go_beside()
        elif suited is None:
            self.bar.say("nobody comes to mind for it yet: s finds more, by what you say of it")
        else:
            self.act(lambda: self._store.joy.queue(jarred.spark.id, suited, self._today))

    def action_queue_here(self) -> None:
        """Queue it for the person highlighted, whom one is at."""
        self.action_queue()

    async def action_add(self) -> None:
        """Put something into the jar."""

        def said(draft: SparkDraft | None) -> None:
            if draft is not None:
                self.act(lambda: self._store.joy.put_in(draft))

        await self.app.push_screen(DelightPrompt(self._today), said)

    async def action_edit(self) -> None:
        """Say it otherwise."""
        jarred = self.jar.jarred
        if jarred is None:
            return
        spark = jarred.spark

        def said(draft: SparkDraft | None) -> None:
            if draft is not None:
                self.act(lambda: self._store.joy.edit(spark.id, draft))

        await self.app.push_screen(DelightPrompt(self._today, spark), said)

    def action_take_out(self) -> None:
        """Take it out of the jar."""
        jarred = self.jar.jarred
        if jarred is not None:
            self.act(lambda: self._store.joy.take_out(jarred.spark.id))

    def action_spark(self) -> None:
        """Open it as a spark."""
        if self.jar.jarred is not None:
            self.dismiss(AsSpark(self.jar.jarred.spark.id))


class DelightPrompt(Prompt[SparkDraft]):
    """Asks for something to smile at, in one line.

    Args:
        today: The day.
        spark: The one that is edited; None for a new one.
    """

    ROWS: ClassVar[int] = 2

    def __init__(self, today: date, spark: Spark | None = None) -> None:
        super().__init__(
            "Joy jar · something to smile at" if spark is None else "Joy jar · say it otherwise",
            value=delight_line(spark) if spark else "",
            example="A penguin in a tie #cartoon https://…",
        )
        self._today = today
        self._spark = spark

    def preview(self, text: str) -> Sequence[Line]:
        """What was understood of it."""
        if not text.strip():
            return [[Part("A cartoon, a joke, a song, good news: with #tags for whom it is.", "dim")]]
        draft = self._draft(text)
        facts = [part(f"  {topics_of(draft)}", "tag")] if draft.tags else [Part(" ")]
        if draft.link:
            facts.append(part(f" {draft.link}", "dim"))
        if has_own_text(draft):
            facts.append(Part("  its text stays", "dim"))
        return [[Part("✦ ", "accent"), part(draft.title, "strong")], facts]

    def answer(self, text: str) -> None:
        """Take it."""
        draft = self._draft(text)
        if draft.title:
            self.dismiss(draft)
        else:
            self.complain(EMPTY)

    def _draft(self, text: str) -> SparkDraft:
        return edited(self._spark, text, self._today) if self._spark else read_delight(text, self._today)


_EMPTY_JAR: Sequence[Line] = (
    [Part("The jar is empty.", "strong")],
    (),
    [Part("n", "key"), Part(" puts something in: a cartoon,", "dim")],
    [Part("a joke, a song, good news.", "dim")],
    (),
    [Part("Now and then the queue offers", "dim")],
    [Part("one of them to somebody.", "dim")],
)
