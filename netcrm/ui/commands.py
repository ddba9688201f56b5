"""The one table of commands: from it come the bindings, the footer, the palette, help and README's keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType

PANES = ("people", "timeline", "give")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something the user can do.

    Attributes:
        id: Stable, for remapping in the configuration: ``give.done``.
        keys: Its keys as Textual names them, the first being the one that is shown.
        label: One or two words, for the footer.
        help: One sentence, for help and the palette.
        action: The action that does it.
        where: ``everywhere`` on the main screen, ``list`` in any pane, or the name of one pane.
        footer: Whether the footer shows it.
        group: The heading it stands under in help.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    action: str
    where: str = "everywhere"
    footer: bool = False
    group: str = "Do"

    @property
    def shown_key(self) -> str:
        """The key as people write it."""
        return shown_key(self.keys[0]) if self.keys else ""

    @property
    def binding(self) -> Binding:
        """The binding of its keys."""
        return Binding(",".join(self.keys), self.action, self.label, show=False, id=self.id)


def shown_key(key: str) -> str:
    """A key as people write it: ``^p`` for ``ctrl+p``, ``?`` for ``question_mark``."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return _SHOWN.get(key, key)


_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "escape": "esc",
    "upper_g": "G",
    "down": "↓",
    "up": "↑",
    "shift+tab": "⇧tab",
    "pagedown": "pgdn",
    "pageup": "pgup",
}

COMMANDS: tuple[Command, ...] = (
    Command(
        id="person.add",
        keys=("a",),
        label="Add",
        help="Add a person.",
        action="add_person",
        footer=True,
    ),
    Command(
        id="log",
        keys=("l",),
        label="Log",
        help="Log what happened, or what you promised, in one line.",
        action="log",
        footer=True,
    ),
    Command(
        id="give.new",
        keys=("n",),
        label="New give",
        help="Queue something to do for the person selected.",
        action="new_give",
        footer=True,
    ),
    Command(
        id="give.done",
        keys=("space",),
        label="Given",
        help="Given: it leaves the queue and stands in the timeline.",
        action="give_done",
        where="give",
        footer=True,
    ),
    Command(
        id="give.snooze",
        keys=("z",),
        label="Snooze",
        help="Let a give rest: 1d, 1w, next tuesday.",
        action="snooze",
        where="give",
        footer=True,
    ),
    Command(
        id="give.drop",
        keys=("x",),
        label="Not for them",
        help="Drop a give, and remember that it was not for them.",
        action="drop",
        where="give",
        footer=True,
    ),
    Command(
        id="person.archive",
        keys=("X",),
        label="Archive",
        help="Put the person away, out of lists and searches; or bring them back.",
        action="archive",
        where="people",
    ),
    Command(
        id="entry.remove",
        keys=("x",),
        label="Remove",
        help="Take the entry out of the timeline.",
        action="remove_entry",
        where="timeline",
        footer=True,
    ),
    Command(
        id="search",
        keys=("slash",),
        label="Search",
        help="Search people by any word; tag: city: org: kind: with: since: want: narrow it.",
        action="search",
        footer=True,
    ),
    Command(
        id="undo",
        keys=("u",),
        label="Undo",
        help="Take back the last act, whole. As often as you like, and after a restart too.",
        action="undo",
        footer=True,
    ),
    Command(id="redo", keys=("ctrl+r",), label="Redo", help="Do again what was taken back.", action="redo"),
    Command(
        id="open",
        keys=("enter",),
        label="Open",
        help="Open what is selected.",
        action="open",
    ),
    Command(
        id="sort",
        keys=("S",),
        label="Sort",
        help="Order people by name, or by the last contact.",
        action="sort",
        where="people",
    ),
    Command(id="help", keys=("question_mark",), label="Help", help="Every key.", action="help", footer=True),
    Command(
        id="person.edit",
        keys=("e",),
        label="Edit",
        help="Edit the person, entry or give selected.",
        action="edit",
        footer=True,
    ),
    Command(
        id="person.tags",
        keys=("t",),
        label="Tags",
        help="Put tags on the person selected, or take them off.",
        action="tags",
        footer=True,
    ),
    Command(
        id="palette",
        keys=("ctrl+p",),
        label="palette",
        help="Every command, by name.",
        action="app.command_palette",
    ),
    Command(id="theme", keys=(), label="Theme", help="Choose other colours.", action="app.change_theme"),
    Command(
        id="quit", keys=("q",), label="Quit", help="Quit. Everything is saved already.", action="app.quit"
    ),
    Command(
        id="pane.people",
        keys=("1",),
        label="People",
        help="Go to the people.",
        action="pane('people')",
        group="Move",
    ),
    Command(
        id="pane.timeline",
        keys=("2",),
        label="Timeline",
        help="Go to the timeline.",
        action="pane('timeline')",
        group="Move",
    ),
    Command(
        id="pane.give",
        keys=("3",),
        label="Give",
        help="Go to the give queue.",
        action="pane('give')",
        group="Move",
    ),
    Command(
        id="pane.next",
        keys=("tab",),
        label="Next pane",
        help="Go to the next pane.",
        action="next_pane(1)",
        group="Move",
    ),
    Command(
        id="pane.previous",
        keys=("shift+tab",),
        label="Previous pane",
        help="Go to the pane before.",
        action="next_pane(-1)",
        group="Move",
    ),
    Command(
        id="back",
        keys=("escape",),
        label="Back",
        help="One step back: out of a search, to the people.",
        action="back",
        group="Move",
    ),
    Command(
        id="move.down",
        keys=("j", "down"),
        label="Down",
        help="One down.",
        action="move(1)",
        where="list",
        group="Move",
    ),
    Command(
        id="move.up",
        keys=("k", "up"),
        label="Up",
        help="One up.",
        action="move(-1)",
        where="list",
        group="Move",
    ),
    Command(
        id="move.half_down",
        keys=("ctrl+d",),
        label="Half a page down",
        help="Half a page down.",
        action="half_page(1)",
        where="list",
        group="Move",
    ),
    Command(
        id="move.half_up",
        keys=("ctrl+u",),
        label="Half a page up",
        help="Half a page up.",
        action="half_page(-1)",
        where="list",
        group="Move",
    ),
    Command(
        id="move.page_down",
        keys=("pagedown", "ctrl+f"),
        label="A page down",
        help="A page down.",
        action="page(1)",
        where="list",
        group="Move",
    ),
    Command(
        id="move.page_up",
        keys=("pageup", "ctrl+b"),
        label="A page up",
        help="A page up.",
        action="page(-1)",
        where="list",
        group="Move",
    ),
    Command(
        id="move.first",
        keys=("g", "home"),
        label="First",
        help="To the first.",
        action="first",
        where="list",
        group="Move",
    ),
    Command(
        id="move.last",
        keys=("G", "end"),
        label="Last",
        help="To the last.",
        action="last",
        where="list",
        group="Move",
    ),
)

PANE_OF = {command.action: command.where for command in COMMANDS if command.where in PANES}
"""The pane to which an action belongs, of those that belong to one."""

SEARCHING: tuple[Command, ...] = (
    Command(id="search.keep", keys=("enter",), label="Keep", help="Keep the search.", action=""),
    Command(id="search.leave", keys=("escape",), label="Everyone", help="Leave the search.", action="back"),
    Command(
        id="search.terms",
        keys=("tag: city: org: kind: with: since: want:",),
        label="narrow it",
        help="Search terms.",
        action="",
    ),
)
"""What the footer teaches while one types a search; not commands of their own."""


def bindings(*where: str) -> list[BindingType]:
    """The bindings of the commands that belong to some places."""
    return [command.binding for command in COMMANDS if command.where in where and command.keys]


def footer(pane: str) -> Sequence[Command]:
    """What the footer teaches while a pane has the focus: first what only that pane does."""
    shown = [command for command in COMMANDS if command.footer and command.where in ("everywhere", pane)]
    return sorted(shown, key=lambda command: command.where != pane)
