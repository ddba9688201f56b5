"""The relations screen: a person's near network as a tree, and how one came to know them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult

from netcrm.domain.changes import Change
from netcrm.domain.fields import find_person
from netcrm.domain.network import Branch, tree
from netcrm.domain.people import Named, Relation
from netcrm.domain.relations import linked, read_relation
from netcrm.store import Store
from netcrm.ui import commands
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.prompt import Prompt
from netcrm.ui.screens.working import WorkingScreen
from netcrm.ui.widgets.bars import FooterBar, TitleBar
from netcrm.ui.widgets.network_pane import NetworkPane


class NetworkScreen(WorkingScreen[int]):
    """Whom somebody has to do with, two steps far; left with the id of whom to show on the main screen.

    Args:
        store: The open file.
        today: The day.
        person: Who is in the middle at first.
    """

    TABLE: ClassVar = commands.NETWORK

    BINDINGS: ClassVar = commands.bindings_of(TABLE)

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    NetworkScreen { background: $background; }
    NetworkScreen NetworkPane { height: 1fr; padding: 0 2; }
    NetworkScreen.-flat TitleBar, NetworkScreen.-flat FooterBar { display: none; }
    """

    def __init__(self, store: Store, today: date, person: Named) -> None:
        super().__init__(store)
        self._today = today
        self._centre = person.id
        self._before: list[tuple[int, int]] = []

    def compose(self) -> ComposeResult:
        """The tree."""
        yield TitleBar("Relations", "whom they have to do with, two steps far", self._today)
        yield NetworkPane(self._follow)
        yield FooterBar()

    def on_mount(self) -> None:
        """Show the one in the middle, and who is around."""
        self.pane = self.query_one(NetworkPane)
        self._show()
        self.set_focus(self.pane)

    # Showing

    def refill(self, change: Change | None = None) -> None:
        """Read it again, with the highlight where it was."""
        branch = self.pane.branch
        self._show(branch.key if branch else None)

    def _show(self, keep: int | None = None) -> None:
        network = self._store.networks.around(self._centre, self._today)
        if network is None:
            self.action_leave()
            return
        branches = tree(network)
        people = self._store.people.lines([branch.key for branch in branches if branch.key > 0])
        self.pane.say_above(network.names[self._centre])
        self.pane.show(network, branches, people, self._today, keep=keep)
        self.show_footer()

    def _follow(self) -> None:
        self.bar.say("")
        self.show_footer()

    def place(self) -> str:
        """What is highlighted."""
        branch = self._branch
        if branch is None or not branch.depth:
            return "centre"
        if branch.key < 0:
            return "outsider"
        return "tied" if branch.row_id else "person"

    @property
    def _branch(self) -> Branch | None:
        return self.pane.branch if self.is_mounted else None

    # What the keys do

    def action_centre(self) -> None:
        """Put the one highlighted into the middle."""
        branch = self._branch
        if branch is not None and branch.key > 0 and branch.depth:
            self._before.append((self._centre, branch.key))
            self._centre = branch.key
            self._show()

    def action_show(self) -> None:
        """Open the one highlighted on the main screen."""
        branch = self._branch
        if branch is not None and branch.key > 0:
            self.dismiss(branch.key)

    def action_leave(self) -> None:
        """One step back: to the one who was in the middle before, then out."""
        if self._before:
            self._centre, keep = self._before.pop()
            self._show(keep)
        else:
            self.dismiss(None)

    async def action_add(self) -> None:
        """Add whom the one in the middle has to do with."""
        whose = Named(self._centre, self._store.people.name(self._centre))
        relations = self._store.relations

        def said(relation: Relation | None) -> None:
            if relation is not None:
                self.act(lambda: relations.add(whose.id, relation))

        prompt = RelationPrompt(whose, self._today, self._store.people.named)
        await self.app.push_screen(prompt, said)

    def action_remove(self) -> None:
        """Take the relation out by which the one highlighted stands there."""
        branch = self._branch
        if branch is not None and branch.row_id:
            self.act(lambda: self._store.relations.remove(branch.row_id))


class RelationPrompt(Prompt[Relation]):
    """Asks for a relation in one line.

    Args:
        whose: Whose it is.
        today: The day on which somebody is so old.
        named: Finds people by name.
    """

    ROWS: ClassVar[int] = 2

    def __init__(self, whose: Named, today: date, named: Callable[[str], Sequence[Named]]) -> None:
        super().__init__(
            f"{whose.name} · whom do they have to do with?", example="daughter Ana, 18 · mentor: Don Orlando"
        )
        self._whose = whose
        self._today = today
        self._named = named

    def preview(self, text: str) -> Sequence[Line]:
        """What was understood: what they are, who, since when, and whether they are in the book."""
        if not text.strip():
            return [
                [Part("What they are, then who: sister Meg · boss Hank Morrow · neighbour Rui, 70", "dim")]
            ]
        try:
            relation = self._linked(text)
        except ValueError as missing:
            return [[part(str(missing), "dim")]]
        born = f", born {relation.born}" if relation.born is not None else ""
        there = "in the book" if relation.person_id else "not in the book"
        return [
            [
                part(f"{relation.kind} ", "good"),
                part(relation.name, "strong"),
                part(born),
                Part(f"  {there}", "dim"),
            ]
        ]

    def answer(self, text: str) -> None:
        """Take it, or say what is missing."""
        if not text:
            self.complain("Say what they are, then who; esc leaves.")
            return
        try:
            self.dismiss(self._linked(text))
        except ValueError as missing:
            self.complain(str(missing))

    def _linked(self, text: str) -> Relation:
        """What the line says, with whom it names in the book, if it is clear who that is.

        Raises:
            ValueError: If something is missing, or a name could be several people's.
        """
        read = read_relation(text, self._today)
        return linked(read, self._whose.id, self._named, find_person)
