"""The introductions screen: who should meet, how far it has come, and what to write to each.

Who should meet is looked for in a thread with a connection of its own; what is under way is there at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from netcrm.domain.changes import Change
from netcrm.domain.introducing import Proposal
from netcrm.domain.introductions import Introduction, next_step, short_names
from netcrm.domain.letters import Correspondent, asking, joining
from netcrm.domain.people import Named, Person, PersonLine
from netcrm.domain.query import Query
from netcrm.domain.text import plain_lines, words
from netcrm.store import Store
from netcrm.store.errors import StoreError
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part
from netcrm.ui.screens.introducing import LinePrompt, WhoPrompt
from netcrm.ui.screens.pick import Option, Pick
from netcrm.ui.screens.sides import SidesScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.introduction_panes import (
    MADE,
    NOT_NOW,
    PROPOSED,
    UNDER_WAY,
    Meeting,
    Pair,
    PairPane,
    PairsPane,
    side_of,
)

_PROPOSED_MOST = 20
"""Proposals listed: more would be a chore."""

_THEIRS_MOST = 8
"""Proposals listed for one person."""

_FOUND_MOST = 7
"""People found while one types a name."""


@dataclass
class Found(Message):
    """Pairs have been looked for.

    Attributes:
        theirs: Those with the person the screen is about.
        others: All others.
    """

    theirs: Sequence[Proposal]
    others: Sequence[Proposal]


class IntroductionsScreen(SidesScreen[None]):
    """Two people who should meet.

    Args:
        store: The open file.
        today: The day.
        person: Whose introductions come first.
        at: Which introduction to begin at.
        pair: Two people to begin an introduction of at once.
    """

    TABLE: ClassVar = commands.INTRODUCTIONS

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    DEFAULT_CSS = "IntroductionsScreen.-wide #sides { grid-columns: 43fr 57fr; }"

    def __init__(
        self,
        store: Store,
        today: date,
        person: Named | None = None,
        *,
        at: int | None = None,
        pair: tuple[Named, Named] | None = None,
    ) -> None:
        super().__init__(store)
        self._today = today
        self._person = person
        self._at = at
        self._begin_with = pair
        self._theirs: Sequence[Proposal] = ()
        self._others: Sequence[Proposal] = ()
        self._looked = False
        self._other_letter = False
        self._stays: frozenset[int] = frozenset()
        self._acted = False

    def compose(self) -> ComposeResult:
        """The pairs, and the one that is highlighted."""
        yield TitleBar("Introductions", "who should meet whom? ask both first", self._today)
        with Container(id="sides"):
            yield PairsPane(self._follow)
            yield PairPane()
        yield FooterBar()

    def on_mount(self) -> None:
        """Show what is under way, and begin to look for others who should meet."""
        self.pairs, self.pair = self.query_one(PairsPane), self.query_one(PairPane)
        self._fill((self._at,) if self._at else None)
        self.set_focus(self.pairs)
        self._look()
        if self._begin_with is not None:
            self.call_after_refresh(self._begin_marked, *self._begin_with)

    # Showing

    def _fill(self, keep: tuple[int, ...] | None = None) -> None:
        """Read the introductions again, and list them with what is proposed."""
        pairs = self._listed(self._store.introductions.all())
        self.pairs.show(pairs, self._today, keep=keep, empty=_NONE if self._looked else _LOOKING)
        self._follow()

    def _listed(self, introductions: Sequence[Introduction]) -> Sequence[Pair]:
        """First all that the person is part of, then the others under way, proposed, made, and let go."""
        known = {frozenset((found.one.id, found.other.id)) for found in introductions}
        theirs = [proposal for proposal in self._theirs if proposal.pair not in known]
        named = {proposal.pair for proposal in theirs}
        others = [proposal for proposal in self._others if proposal.pair not in known | named]
        # A proposal that was put away leaves no trace here: nothing was asked of anybody.
        told = [found for found in introductions if found.closed_on is None or found.state != "idea"]
        mine: list[Pair] = []
        rest: list[Pair] = []
        for found in told:
            under = NOT_NOW if found.closed_on else MADE if found.made else UNDER_WAY
            with_them = self._person is not None and self._person.id in (found.one.id, found.other.id)
            (mine if with_them and under == UNDER_WAY else rest).append(Pair(under, found))
        mine += [Pair(PROPOSED, proposal=proposal) for proposal in theirs]
        if self._person is not None:
            mine = [replace(pair, heading=f"With {self._person.name}") for pair in mine]
        of = {heading: [pair for pair in rest if pair.heading == heading] for heading in _HEADINGS}
        of[PROPOSED] = [Pair(PROPOSED, proposal=proposal) for proposal in others]
        return [*mine, *(pair for heading in _HEADINGS for pair in of[heading])]

    def _follow(self) -> None:
        """The highlight has moved, or what it is on: the two, and what can be done."""
        self._other_letter = False
        self.bar.say("")
        self._show_pair()

    def _show_pair(self) -> None:
        pair = self.pairs.pair
        self.pair.show(self._meeting(pair) if pair else None, self._today)
        self.pair.border_title = "The two"
        self.show_footer()

    def _meeting(self, pair: Pair) -> Meeting:
        people = self._store.people
        one, other = (people.get(person.id) for person in pair.people)
        to, letter = self._letter(pair, one, other)
        return Meeting(pair, (one, other), to, letter)

    def _letter(self, pair: Pair, one: Person | None, other: Person | None) -> tuple[str, str]:
        """To whom one writes next, and what: to each, and, once both have said yes, to both."""
        found = pair.introduction or Introduction(
            id=0, uuid="", one=pair.people[0], other=pair.people[1], why=pair.why, since=self._today
        )
        if one is None or other is None or found.closed_on is not None:
            return "", ""
        both = _correspondent(one), _correspondent(other)
        names = short_names(found.one, found.other)
        if found.agreed or found.made:
            return f"{names[0]} and {names[1]}", joining(found, *both)
        sides = found.sides
        to_other = sides[0].yes if sides[1].asked else sides[0].asked
        if self._other_letter:
            to_other = not to_other
        if to_other:
            return names[1], asking(found, both[1], both[0], to_one=False)
        return names[0], asking(found, both[0], both[1], to_one=True)

    def show_footer(self) -> None:
        """The keys that do something with what is highlighted, and what the next step is."""
        kind = self.place()
        pair = self.pairs.pair
        labels: dict[str, str] = {}
        if pair is not None:
            labels = dict(
                zip(("introduction.one", "introduction.other"), short_names(*pair.people), strict=True)
            )
            step = next_step(pair.introduction) if pair.introduction else None
            offered = {"proposed": "Take it up", "closed": "Take up again"}.get(kind, "Next")
            labels["introduction.next"] = step.label if step else offered
            labels["introduction.pane"] = "List" if self.is_beside else "Read"
        table = commands.table_of(self.app, self.TABLE)
        if self.is_narrow:  # there the other pane is not to be seen, and its key comes first
            table = sorted(table, key=lambda one: one.id != "introduction.pane")
        shown = [one for one in table if one.footer and kind in (one.where.split() or [kind])]
        self.footer.show([replace(one, label=labels.get(one.id, one.label)) for one in shown])

    def place(self) -> str:
        """What is highlighted."""
        pair = self.pairs.pair
        return pair.kind if pair else "none"

    # Looking for others who should meet

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        """Look for pairs, aside."""
        theirs: Sequence[Proposal] = ()
        others: Sequence[Proposal] = ()
        try:
            with self._store.introductions.aside() as introducing:
                if self._person is not None:
                    theirs = introducing.proposals(_THEIRS_MOST, of=self._person.id)
                others = introducing.proposals(_PROPOSED_MOST)
        except StoreError:
            pass  # What is under way is shown all the same; pairs are looked for again after the next step.
        self.post_message(Found(theirs, others))

    @on(Found)
    def _has_found(self, message: Found) -> None:
        first = not self._looked
        self._theirs, self._others, self._looked = message.theirs, message.others, True
        begin = first and self._at is None and self.pairs.cursor == 0 and self._person is not None
        pairs = self._listed(self._store.introductions.all())
        keep = pairs[0].key if begin and pairs and not self._acted else None
        if self._stays:  # the pair of an introduction that was taken back is proposed again by now
            same = (pair.key for pair in pairs if {person.id for person in pair.people} == self._stays)
            keep, self._stays = next(same, keep), frozenset()
        self.pairs.show(pairs, self._today, keep=keep, empty=_NONE)
        self._show_pair()

    # What the keys do

    def refill(self, change: Change | None = None) -> None:
        """Show what became of the introductions, and look again for others who should meet."""
        before, changed = self.pairs.pair, change.introductions if change else frozenset()
        self._acted = True
        self._fill((min(changed),) if changed else None)
        if before is not None and before.introduction and before.introduction.id in changed:
            self._stays = frozenset(person.id for person in before.people)
        self._look()

    async def action_next(self) -> None:
        """Take the next step."""
        pair, shelf, today = self.pairs.pair, self._store.introductions, self._today
        if pair is None:
            return
        found, proposal = pair.introduction, pair.proposal
        if proposal is not None:
            one, other = proposal.one.id, proposal.other.id
            self.act(lambda: shelf.propose(one, other, proposal.why, today))
            return
        assert found is not None
        step = next_step(found)
        if step is None:
            self.act(lambda: shelf.reopen(found.id, today))
        elif step.kind == "tell":
            await self._tell(found)
        elif step.kind == "make":
            self.act(lambda: shelf.set_state(found.id, "made", today))
        elif step.person is not None:
            person, said = step.person.id, "asked" if step.kind == "ask" else "yes"
            self.act(lambda: shelf.mark(found.id, person, said, today))

    def action_side(self, place: int) -> None:
        """The next step of one side: asked, then a yes."""
        found = self._found()
        if found is None:
            return
        side, name = side_of(found, place)
        if side.yes:
            self.bar.say(f"{name} said yes already.")
            return
        said = "yes" if side.asked else "asked"
        self.act(lambda: self._store.introductions.mark(found.id, side.person.id, said, self._today))

    async def action_not_now(self) -> None:
        """Put a proposal away; of one under way ask who would rather not."""
        pair, shelf, today = self.pairs.pair, self._store.introductions, self._today
        if pair is None:
            return
        if pair.proposal is not None:
            proposal = pair.proposal
            self.act(lambda: shelf.put_away(proposal.one.id, proposal.other.id, proposal.why, today))
            return
        found = pair.introduction
        assert found is not None
        names = short_names(found.one, found.other)
        options = [
            *(Option(f"{name} would rather not") for name in names),
            Option("Let it go", "no need to say why"),
        ]

        def picked(place: int | None) -> None:
            if place is None:
                return
            if place == len(names):
                self.act(lambda: shelf.close(found.id, today))
            else:
                person = (found.one, found.other)[place].id
                self.act(lambda: shelf.mark(found.id, person, "no", today))

        await self.app.push_screen(Pick("Not now, and that is fine", options), picked)

    async def action_make(self) -> None:
        """Note that it is made; before two yeses only with a word on why."""
        found = self._found()
        if found is None:
            return
        shelf, today = self._store.introductions, self._today
        if found.agreed:
            self.act(lambda: shelf.set_state(found.id, "made", today))
            return
        missing = " and ".join(name for side, name in (side_of(found, 0), side_of(found, 1)) if not side.yes)
        about = [Part("It stands in both timelines, with the reason beside it.", "dim")]

        def said(note: str | None) -> None:
            if note:
                self.act(lambda: shelf.set_state(found.id, "made", today, note))

        await self.app.push_screen(
            LinePrompt(
                f"{missing} did not say yes yet · why is it made all the same?",
                about,
                example="they met by chance",
                missing="Say why, or leave with esc and ask first.",
            ),
            said,
        )

    async def _tell(self, found: Introduction) -> None:
        """Ask what came of it."""
        shelf, today = self._store.introductions, self._today
        one, other = short_names(found.one, found.other)

        def said(line: str | None) -> None:
            if line:
                self.act(lambda: shelf.set_state(found.id, "came of it", today, line))

        await self.app.push_screen(
            LinePrompt(
                f"{one} and {other} · what came of it?",
                [Part("It stays with the introduction: something to be glad of.", "dim")],
                value=found.came_of_it,
                example="they run a workshop together",
            ),
            said,
        )

    async def action_why(self) -> None:
        """Say otherwise why they should meet; of one that was made, what came of it."""
        found = self._found()
        if found is None:
            return
        if found.made:
            await self._tell(found)
            return
        shelf = self._store.introductions

        def said(why: str | None) -> None:
            if why is not None:
                self.act(lambda: shelf.reword(found.id, why))

        await self.app.push_screen(self._why_prompt((found.one, found.other), found.why), said)

    async def action_new(self) -> None:
        """Begin one by hand: whom, to whom, and why."""
        one = self._person

        def whom(person: Named | None) -> None:
            if person is not None:
                self.app.push_screen(self._to_whom(person), lambda other: with_other(person, other))

        def with_other(person: Named, other: Named | None) -> None:
            if other is not None:
                self._begin_marked(person, other)

        if one is None:
            await self.app.push_screen(WhoPrompt("Introduce · whom?", self._find), whom)
        else:
            await self.app.push_screen(self._to_whom(one), lambda other: with_other(one, other))

    def _to_whom(self, person: Named) -> WhoPrompt:
        return WhoPrompt(f"Introduce {person.name} · to whom?", self._find, without=person.id)

    def _begin_marked(self, one: Named, other: Named) -> None:
        """Begin with two people; those of whom one is under way are shown as they stand."""
        shelf, today = self._store.introductions, self._today
        under_way = [found for found in shelf.between(one.id, other.id) if found.under_way]
        if under_way:
            self._fill((under_way[0].id,))
            self.bar.say(f"{one.name} and {other.name} are being introduced already.")
            return

        def said(why: str | None) -> None:
            if why is not None:
                self.act(lambda: shelf.propose(one.id, other.id, why, today))

        self.app.push_screen(self._why_prompt((one, other), shelf.reason(one.id, other.id)), said)

    def _why_prompt(self, people: tuple[Named, Named], why: str) -> LinePrompt:
        one, other = short_names(*people)
        return LinePrompt(
            f"{people[0].name} and {people[1].name} · why should they meet?",
            [Part("In words you would say to both of them.", "dim")],
            value=why,
            example=f"{one} looks for …, {other} knows …"[:60],
        )

    def action_copy(self) -> None:
        """Copy what one would write, cleaned."""
        pair = self.pairs.pair
        if pair is None:
            return
        meeting = self._meeting(pair)
        if meeting.letter:
            self.app.copy_to_clipboard("\n".join(plain_lines(meeting.letter)))
            self.bar.say(f"Copied: what to write to {meeting.letter_to}.")

    def action_other_letter(self) -> None:
        """Show what one would write to the other of the two."""
        self._other_letter = not self._other_letter
        self._show_pair()

    def _found(self) -> Introduction | None:
        pair = self.pairs.pair
        return pair.introduction if pair else None

    def _find(self, text: str) -> Sequence[PersonLine]:
        """People by what was typed, those whose name it is first."""
        wanted = tuple(words(text))
        found = self._store.search.people(Query(words=wanted), limit=_FOUND_MOST) if wanted else ()
        lines = self._store.people.lines(found)
        return [lines[key] for key in found if key in lines]


def _correspondent(person: Person) -> Correspondent:
    profile = person.profile
    return Correspondent(
        name=profile.name,
        about=", ".join(text for text in (profile.title, profile.organisation) if text),
        city=profile.city,
        reach=next((point.value for point in profile.points if point.kind == "email"), ""),
    )


_HEADINGS = (UNDER_WAY, PROPOSED, MADE, NOT_NOW)

_LOOKING: Sequence[Line] = ([Part("Looking for who should meet …", "dim")],)

_NONE: Sequence[Line] = (
    [Part("Nobody comes to mind yet.", "strong")],
    (),
    [Part("n", "key"), Part(" introduces two people.", "dim")],
    (),
    [Part("Pairs are proposed once you note", "dim")],
    [Part("what people want and offer.", "dim")],
)
