"""The spark screen: type or paste something worth passing on, see whom it would interest, queue a give each.

People are ranked while one types, in a thread with a connection of its own, one ranking after the other:
while one is on its way only the newest text waits. A key that acts on somebody ranks at once what is not
ranked yet, so that keys typed ahead act on what they were meant for.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widgets import TextArea

from netcrm.domain.changes import Change
from netcrm.domain.gives import GiveDraft
from netcrm.domain.groups import Group
from netcrm.domain.matching import Match
from netcrm.domain.matching_groups import GroupMatch
from netcrm.domain.people import PersonLine, called_by
from netcrm.domain.sparks import SPARK_KINDS, Spark, SparkDraft, due_of
from netcrm.domain.sparktext import fill_in, posting, read_spark, wording, written
from netcrm.domain.values import dataclass
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.ui import commands
from netcrm.ui.commands import Command
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.safety import typed
from netcrm.ui.screens.lines import WordingPrompt
from netcrm.ui.screens.spark_rows import group_row, person_row, reason_of, says_room, went_to
from netcrm.ui.screens.working import WorkingScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.spark_panes import KeptPane, Whom, WhomPane
from netcrm.ui.widgets.spark_text import SparkFacts, SparkField, broken

_PAUSE_SECONDS = 0.03
"""How long a key waits for the next one before people are ranked: fast hands save a few rankings."""

_TEXT_MOST = 12_000
"""Characters of a text that people are ranked for: some ten pages."""

_SHARED_MOST = 8
"""Words that are coloured in the text, the weightiest: all of them would make a chequered flag."""

_GROUP_SEEN = 3
"""People who stand before the best group at most: each group stands where it fits among the people, whose own
order it does not touch, but one of a few is not to be looked for below many."""


@dataclass
class Ranked(Message):
    """People have been ranked.

    Attributes:
        number: Of which spark, as its screen counts them.
        matches: The people, best first.
        problem: Why there are none, if something went wrong.
        groups: The groups, best first.
    """

    number: int
    matches: Sequence[Match]
    problem: str = ""
    groups: Sequence[GroupMatch] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What one had in mind for a spark when one left it.

    Attributes:
        words: The wording for all; empty for netcrm's.
        own: Wordings for one, by person, or group.
        chosen: Who was chosen, groups among them.
    """

    words: str
    own: Mapping[int, str]
    chosen: Sequence[int]


class SparkScreen(WorkingScreen[Change | None]):
    """Something worth passing on, and whom it would interest; answers with what was done.

    Args:
        store: The open file.
        today: The day.
        plans: What one had in mind for sparks while the app is open, by their UUID; it is added to.
        begin_with: The id of a kept spark to open at once; 0 for none.
        chosen: Who is chosen from the start, by their ids, each with why: ``works at Acme``, or empty. They
            stand first, also where the text says nothing to them.
    """

    TABLE: ClassVar = commands.SPARK

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-low"), (18, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    SparkScreen { background: $background; }
    SparkScreen #sides { layout: grid; height: 1fr; grid-size: 2 1; grid-columns: 39fr 61fr; }
    SparkScreen #what {
        border: round $foreground 25%; border-title-color: $foreground 55%; padding: 0 1; height: 100%;
    }
    SparkScreen #what:focus-within {
        border: round $primary; border-title-color: $primary; border-title-style: bold;
    }
    SparkScreen #who { height: 100%; }
    SparkScreen.-narrow #sides { grid-size: 1 2; grid-columns: 1fr; grid-rows: 2fr 3fr; }
    SparkScreen.-narrow #facts, SparkScreen.-low #facts { height: 1; }
    SparkScreen.-flat #facts { display: none; }
    SparkScreen.-flat TitleBar, SparkScreen.-flat FooterBar { display: none; }
    """

    def __init__(
        self,
        store: Store,
        today: date,
        plans: MutableMapping[str, Plan],
        *,
        begin_with: int = 0,
        chosen: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(store)
        self._begin_with = begin_with
        self._plans = plans
        self._first = dict(chosen or {})
        self._open = False
        self._today = today
        self._room = store.gives.room(today)
        self._spark: Spark | None = None
        self._spark_id = 0
        self._opened = ""
        self._text = ""
        self._kind = ""
        self._draft: SparkDraft | None = None
        self._words = ""
        self._own: dict[int, str] = {}
        self._number = 0
        self._ranked = 0
        self._on_its_way = False
        self._matches: Sequence[Match] = ()
        self._groups: Sequence[GroupMatch] = ()
        self._looked = False

    def compose(self) -> ComposeResult:
        """The text on one side, the people or what was kept on the other."""
        yield TitleBar("Spark", "something worth passing on: who would it help or delight?", self._today)
        with Container(id="sides"):
            with Vertical(id="what") as what:
                what.border_title = "What is it"
                yield SparkFacts(self._choose_kind)
                yield SparkField("", _EXAMPLE)
            with Container(id="who"):
                yield WhomPane(self._follow)
                yield KeptPane(self._follow)
        yield FooterBar()

    def on_mount(self) -> None:
        """Begin in the text, with what was kept beside it."""
        self.facts, self.field = self.query_one(SparkFacts), self.query_one(SparkField)
        self.whom, self.kept = self.query_one(WhomPane), self.query_one(KeptPane)
        self._fill_kept()
        if self._first:
            self.whom.border_title = "Whom is it for"
            self._choose_first()
        self._show_side()
        self.set_focus(self.field)
        self._prepare()
        self._open = True
        if self._begin_with and self.kept.highlight(self._begin_with):
            self.action_reopen()

    def on_unmount(self) -> None:
        """The app ends with this screen open, as when its terminal is closed: keep what was typed."""
        if not self._open:
            return
        self._open = False
        self._text = self.field.text
        if self._text.strip():
            self._draft, self._spark_id = self._read()
        else:
            self._draft = None
        keep = self._unkept()
        if keep:
            with suppress(StoreError, ValueError):
                keep()

    # What is typed

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._take()

    def _take(self) -> None:
        """Understand the text as it stands now, if it is another than before."""
        text = self.field.text
        if text == self._text:
            return
        self._text = text
        self.bar.say("")
        if text.strip():
            self._understand()
        else:
            self._begin_anew()
        self.show_footer()

    def _understand(self) -> None:
        """Read the text, and have people ranked for it."""
        self._draft, self._spark_id = self._read()
        self.facts.show(self._draft, self._today)
        self._number += 1
        self._show_side()
        if not self._on_its_way:
            self._on_its_way = True
            self.set_timer(_PAUSE_SECONDS, self._rank_newest)

    def _read(self) -> tuple[SparkDraft, int]:
        """The spark that the text says, and its id where it is kept."""
        spark = self._spark
        written_on = spark.created_on or self._today if spark else self._today
        draft = read_spark(self._text, written_on, self._kind)
        if spark is not None and self._text == self._opened and draft.kind == spark.kind:
            draft = spark.draft
        elif spark is not None and draft.until != spark.until:
            draft = read_spark(self._text, self._today, self._kind)
        kept = spark or self._store.sparks.same(draft)
        return draft, kept.id if kept else 0

    def _begin_anew(self) -> None:
        """The text was taken out: what comes now is another spark."""
        self._remember(self._spark_id)
        self._spark, self._spark_id, self._draft = None, 0, None
        self._kind, self._words, self._looked = "", "", False
        self._own.clear()
        self._number += 1
        self._ranked = self._number
        self._matches, self._groups = (), ()
        self._choose_first()
        self.facts.show(None, self._today)
        self._fill_kept()
        self._show_side()
        self._follow()

    def _choose_first(self) -> None:
        """Choose just those who are chosen from the start."""
        self.whom.choose_these(tuple(self._first))
        self._show_people()

    def refill(self, change: Change | None = None) -> None:
        """Read again what is shown; what was typed, and who was chosen, stays."""
        self._room = self._store.gives.room(self._today)
        self._fill_kept()
        if self._draft is None:
            self._show_people()
            self._follow()
            return
        self._number += 1
        if not self._on_its_way:
            self._on_its_way = True
            self._rank_newest()

    # Ranking

    @work(thread=True)
    def _prepare(self) -> None:
        """Read the list of synonyms while one begins to type: the first ranking needs it."""
        _ = self._store.synonyms

    def _rank_newest(self) -> None:
        """Rank people for the newest text, if there still is one that is not ranked."""
        if self._draft is None or self._ranked == self._number:
            self._on_its_way = False
        else:
            self._rank(self._number, _head(self._draft), self._spark_id)

    @work(thread=True)
    def _rank(self, number: int, draft: SparkDraft, spark_id: int) -> None:
        """Rank people, aside."""
        try:
            with self._store.sparks.aside() as ranking:
                matches = ranking.rank(draft, self._today, spark_id=spark_id)
                groups = ranking.groups(draft, self._today, spark_id=spark_id)
            self.post_message(Ranked(number, matches, groups=groups))
        except StoreError as error:
            self.post_message(Ranked(number, (), str(error)))

    @on(Ranked)
    def _has_ranked(self, message: Ranked) -> None:
        if message.number > self._ranked and self._draft is not None:
            self._ranked = message.number
            self._matches, self._groups = message.matches, message.groups
            self.bar.say(message.problem)
            self._show_people()
        self._rank_newest()

    def _settle(self) -> None:
        """Rank at once what is not ranked yet, before a key acts on it."""
        self._take()
        if self._draft is None or self._ranked == self._number:
            return
        self._ranked = self._number
        sparks, draft = self._store.sparks, _head(self._draft)
        try:
            self._matches = sparks.rank(draft, self._today, spark_id=self._spark_id)
            self._groups = sparks.rank_groups(draft, self._today, spark_id=self._spark_id)
        except StoreError as error:
            self._matches, self._groups = (), ()
            self.bar.say(str(error))
        self._show_people()

    # Showing

    def _show_people(self) -> None:
        """Show those ranked; who was chosen before and is not among them any more stands after them.

        Who is chosen from the start stands before them, unless the spark went to them already.
        """
        draft = self._draft
        if draft is None and not self._first:
            return
        gone = self._store.sparks.given_to(self._spark_id, draft.link) if draft else ()
        had = {give.person_id for give in gone}
        matches = {match.person.id: match for match in self._matches}
        first = [key for key in self._first if key not in had]
        ranked = [key for key in matches if key not in self._first]
        chosen = [key for key in self.whom.chosen if key > 0 and key not in {*self._first, *matches}]
        lines = self._store.people.lines([*first, *ranked, *chosen])
        fits = [*(match.fit for match in self._matches), *(match.fit for match in self._groups)]
        best = max(fits, default=1.0)
        first, ranked = ([key for key in keys if key in lines] for keys in (first, ranked))
        people = [self._row(lines[key], matches.get(key), best) for key in (*first, *ranked)]
        for group in reversed(self._groups):
            place = sum(matches[key].fit >= group.fit for key in ranked)
            place = min(place, _GROUP_SEEN) if group is self._groups[0] else place
            people.insert(len(first) + place, group_row(group.group, group, best))
        people += [self._row(lines[key], None, best) for key in chosen if key in lines]
        people += [group_row(group, None, best) for group in self._groups_missing()]
        self.whom.show(
            people,
            self._today,
            head=went_to(gone),
            empty=_NOBODY,
            follow=self._looked,
        )
        self._follow()

    def _row(self, line: PersonLine, match: Match | None, best: float) -> Whom:
        kind = self._draft.kind if self._draft else ""
        return person_row(line, match, best, kind, self._today, self._first.get(line.id, ""))

    def _groups_missing(self) -> Sequence[Group]:
        """The groups that were chosen and are not suggested any more."""
        ranked = [match.group.id for match in self._groups]
        missing = [-key for key in self.whom.chosen if key < 0 and -key not in ranked]
        return [group for key in missing if (group := self._store.groups.get(key))]

    def _fill_kept(self) -> None:
        sparks = self._store.sparks
        self.kept.show(sparks.all(), sparks.got(), self._today, empty=_NOTHING_KEPT)

    def _show_side(self) -> None:
        """The people where there are any to show, else what was kept. What has the focus is not hidden."""
        shown, hidden = (self.whom, self.kept) if self._has_people else (self.kept, self.whom)
        shown.display = True
        if self.focused is hidden:
            self.set_focus(shown)
        hidden.display = False

    @property
    def _has_people(self) -> bool:
        """Whether there may be people to choose: there is a text, or some are chosen from the start."""
        return self._draft is not None or bool(self._first)

    def _follow(self) -> None:
        """The highlight has moved, or what it is on: its words in the text, and what would be queued."""
        self.field.share(self._shared())
        whom = self.whom.whom
        if not self._has_people or whom is None:
            self.whom.show_foot(())
            self.whom.border_subtitle = ""
            return
        said = [Part("✦ ", "accent"), part(self._give_words(whom))] if self._draft else ()
        self.whom.show_foot(said)
        due = due_of(self._draft, self._today) if self._draft else None
        self.whom.border_subtitle = says_room(len(self._chosen()), self._room, due, self._today)

    def _chosen(self) -> Sequence[Whom]:
        """Those in the list who are chosen."""
        chosen = set(self.whom.chosen)
        return [whom for whom in self.whom.people if whom.id in chosen]

    def _shared(self) -> frozenset[str]:
        whom = self.whom.whom
        if self._draft is None or whom is None:
            return frozenset()
        match: Match | GroupMatch | None
        if whom.is_group:
            match = next((match for match in self._groups if match.group.id == -whom.id), None)
        else:
            match = next((match for match in self._matches if match.person.id == whom.id), None)
        return frozenset(reason.word for reason in match.because[:_SHARED_MOST]) if match else frozenset()

    def _give_words(self, whom: Whom) -> str:
        """What would be queued for someone, with their name in it."""
        usual = posting(self._draft) if whom.is_group and self._draft else self._wording()
        return fill_in(self._own.get(whom.id) or usual, self._called(whom))

    def _called(self, whom: Whom) -> str:
        """What somebody is called in a sentence; a group by its name."""
        if whom.is_group:
            return whom.name
        person = self._store.people.get(whom.id)
        return called_by(whom.name, person.profile.given if person else "")

    def _wording(self) -> str:
        return self._words or (wording(self._draft) if self._draft else "")

    # Where one is

    def place(self) -> str:
        """In the text, empty or not, or at the people, or at the sparks that were kept."""
        if self.focused is self.whom:
            return "people"
        if self.focused is self.kept:
            return "kept"
        return "text" if self.field.text.strip() or self._first else "empty"

    def commands_here(self) -> Sequence[Command]:
        """What can be done where one is; to those chosen already leads a label that says so."""
        chosen = len(self._chosen())
        if not chosen:
            return super().commands_here()
        label = f"To the {'one' if chosen == 1 else chosen} chosen"
        return [
            replace(command, label=label) if command.id == "spark.people" else command
            for command in super().commands_here()
        ]

    def action_to_list(self) -> None:
        """Go to the people, or to what was kept."""
        self._settle()
        self._looked = self._has_people
        self.set_focus(self.whom if self._has_people else self.kept)

    def action_to_text(self) -> None:
        """Go to the text."""
        self.set_focus(self.field)

    def action_leave(self) -> None:
        """One step back: from a list to the text, from the text out, with what was typed kept."""
        if self.focused is not self.field:
            self.action_to_text()
            return
        self._take()
        self._leave_after(self._unkept() or Change, self._spark_id)

    def _unkept(self) -> Callable[[], Change] | None:
        """What keeps the spark as it is said now; None where it is kept so already."""
        draft, spark = self._draft, self._spark
        if draft is None or (draft == spark.draft if spark else self._spark_id):
            return None
        if spark is None:
            return lambda: self._store.sparks.keep(draft)
        return lambda: self._store.sparks.edit(spark.id, draft)

    def _leave_after(self, do: Callable[[], Change], spark_id: int) -> None:
        """Do an act of the store and leave; when it can't be done, stay with everything as it is."""
        if self.left:
            return
        try:
            change = do()
        except (StoreError, ValueError) as error:
            self.bar.say(str(error))
            return
        self._remember(spark_id or next(iter(change.sparks), 0))
        self._open = False
        self.dismiss(change or None)

    def _remember(self, spark_id: int) -> None:
        """Remember who was chosen and how it was worded, for when the spark is opened again."""
        spark = self._store.sparks.get(spark_id) if spark_id else None
        if spark is not None:
            self._plans[spark.uuid] = Plan(self._words, dict(self._own), self.whom.chosen)

    # Acting on people

    def action_choose(self) -> None:
        """Choose the one highlighted, or no longer."""
        self._settle()
        self.whom.choose()
        self._follow()

    def action_kind(self, step: int) -> None:
        """Make it another kind."""
        if self._draft is not None:
            place = SPARK_KINDS.index(self._draft.kind) + step
            self._choose_kind(SPARK_KINDS[place % len(SPARK_KINDS)])

    def _choose_kind(self, kind: str) -> None:
        if self._draft is not None and kind != self._draft.kind:
            self._kind = kind
            self._understand()
            self._settle()

    async def action_wording(self) -> None:
        """Say it otherwise to everyone, or to the group; an empty line is what netcrm would say."""
        self._settle()
        whom = self.whom.whom
        if whom is None or self._draft is None:
            return
        if whom.is_group:
            await self.action_own_wording()
            return

        def said(words: str | None) -> None:
            if words is not None:
                self._words = words
                self._follow()

        title = "Wording · {name} is whom it is for"
        await self.app.push_screen(WordingPrompt(title, self._wording(), self._called(whom)), said)

    async def action_own_wording(self) -> None:
        """Say it otherwise to the one highlighted."""
        self._settle()
        whom = self.whom.whom
        if whom is None or self._draft is None:
            return

        def said(words: str | None) -> None:
            if words is not None:
                self._own[whom.id] = words
                self._follow()

        title = f"Wording · only for {whom.name}"
        await self.app.push_screen(WordingPrompt(title, self._give_words(whom), self._called(whom)), said)

    def action_queue(self) -> None:
        """Queue a give for each of those chosen, or for the one highlighted, and leave."""
        self._settle()
        draft = self._draft
        people = self._chosen()
        if not people and self.whom.whom is not None:
            people = [self.whom.whom]
        if draft is None:
            self.bar.say("first say what it is: a line will do")
            self.action_to_text()
            return
        if not people:
            self.bar.say("nobody to pass it on to yet: say more of what it is about")
            return
        gives = [
            GiveDraft(
                person_id=None if whom.is_group else whom.id,
                group_id=-whom.id if whom.is_group else None,
                words=self._give_words(whom),
                why=reason_of(whom),
            )
            for whom in people
        ]
        keep = None if self.left else self._unkept()
        if keep:
            # In an act of its own: taking the gives back leaves the spark, and its text, as it was kept.
            try:
                change = keep()
            except (StoreError, ValueError) as error:
                self.bar.say(str(error))
                return
            self._spark_id = self._spark_id or next(iter(change.sparks))
            self._spark = self._store.sparks.get(self._spark_id)
            self._opened = self._text
        spark_id = self._spark_id
        self._leave_after(
            lambda: self._store.sparks.pass_on(draft, gives, self._today, spark_id=spark_id), spark_id
        )

    # Acting on what was kept

    def action_reopen(self) -> None:
        """Open a kept spark again."""
        spark = self.kept.spark
        if spark is None:
            return
        self._begin_anew()
        self._spark = spark
        plan = self._plans.get(spark.uuid)
        if plan is not None:
            given = self._store.sparks.given_to(spark.id, spark.link)
            gone = {give.person_id or -(give.group_id or 0) for give in given}
            self._words = plan.words
            self._own.update(plan.own)
            self.whom.choose_these([key for key in plan.chosen if key not in gone])
        self._opened = broken(typed(written(spark), lines=True))
        self.field.load_text(self._opened)
        self.field.move_cursor(self.field.document.end)
        self._settle()
        self._looked = True
        self.set_focus(self.whom)

    def action_let_go(self) -> None:
        """Keep a spark no longer."""
        spark = self.kept.spark
        if spark is None:
            return
        try:
            self._store.sparks.remove(spark.id)
        except StoreError as error:
            self.bar.say(str(error))
        else:
            self.bar.say(f"let go of “{spark.title}”", "u on the main screen takes it back")
            self._fill_kept()


def _head(draft: SparkDraft) -> SparkDraft:
    """As much of a spark as people are ranked for: the rest of a longer one says little new."""
    return draft if len(draft.text) <= _TEXT_MOST else replace(draft, text=draft.text[:_TEXT_MOST])


_EXAMPLE = (
    "Type or paste it here: a line like\n"
    "job: SRE lead at Acme, Berlin #kubernetes https://acme.example/7 until 4 Dec\n"
    "or a whole page."
)

_NOBODY: Sequence[Line] = (
    [Part("Nobody comes to mind yet.", "strong")],
    (),
    [Part("Say more of what it is about,", "dim")],
    [Part("or note what people want: the w key.", "dim")],
)

_NOTHING_KEPT: Sequence[Line] = (
    [Part("Nothing kept yet.", "strong")],
    (),
    [Part("An opening, an article, an event, good news,", "dim")],
    [Part("a cartoon: whatever made you think of somebody.", "dim")],
)
