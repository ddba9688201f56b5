"""The one table of commands: from it come the bindings, the footer, the palette, help and README's keys."""

import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

PANES = ("people", "timeline", "give")


@dataclass(frozen=True, slots=True)
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
    return _SHOWN.get(key) or _SIGNS.get(key, key)


def _named(sign: str) -> str:
    """What Textual calls the key of a sign: ``question_mark``."""
    spelled = re.sub("[ -]", "_", unicodedata.name(sign, "").lower())
    return KEY_NAME_REPLACEMENTS.get(spelled, spelled)


_SIGNS = {_named(sign): sign for sign in string.punctuation}
"""The signs on a keyboard, by what Textual calls their keys."""

_SHOWN = {
    "escape": "esc",
    "upper_g": "G",
    "down": "↓",
    "up": "↑",
    "shift+tab": "⇧tab",
    "right": "→",
    "left": "←",
    "pagedown": "pgdn",
    "pageup": "pgup",
}

COMMANDS: tuple[Command, ...] = (
    Command("person.add", ("a",), "Add", "Add a person.", "add_person", footer=True),
    Command(
        "log", ("l",), "Log", "Log what happened, or what you promised, in one line.", "log", footer=True
    ),
    Command(
        "give.new",
        ("n",),
        "New give",
        "Queue something to do for the person selected.",
        "new_give",
        footer=True,
    ),
    Command(
        "spark",
        ("s",),
        "Spark",
        "Something worth passing on: who would it help or delight?",
        "spark",
        footer=True,
    ),
    Command(
        "give.done",
        ("space",),
        "Given",
        "Given: it leaves the queue and stands in the timeline.",
        "give_done",
        where="give",
        footer=True,
    ),
    Command(
        "give.snooze",
        ("z",),
        "Snooze",
        "Let a give rest: 1d, 1w, next tuesday.",
        "snooze",
        where="give",
        footer=True,
    ),
    Command(
        "give.drop",
        ("x",),
        "Not for them",
        "Drop a give, and remember that it was not for them.",
        "drop",
        where="give",
        footer=True,
    ),
    Command(
        "give.filter",
        ("F",),
        "Filter",
        "Show only some gives: of a kind, for a person, with a word.",
        "filter_gives",
        where="give",
        footer=True,
    ),
    Command(
        "give.theirs",
        ("equals_sign",),
        "Only theirs",
        "Show only what waits for the person selected; again shows all.",
        "only_theirs",
    ),
    Command(
        "give.landed",
        ("full_stop",),
        "Did it land?",
        "Say of what you gave a week ago whether it landed: y, n, or . when not sure.",
        "landed",
    ),
    Command(
        "mark",
        ("v",),
        "Mark",
        "Mark several people or gives; a key that acts on one then acts on all of them.",
        "mark",
    ),
    Command(
        "person.archive",
        ("X",),
        "Archive",
        "Put the person away, out of lists and searches; or bring them back.",
        "archive",
        where="people",
    ),
    Command(
        "entry.remove",
        ("x",),
        "Remove",
        "Take the entry out of the timeline.",
        "remove_entry",
        where="timeline",
        footer=True,
    ),
    Command(
        "introduce",
        ("i",),
        "Introduce",
        "See who should meet whom, and introduce them: the person selected, or two that are marked.",
        "introduce",
        footer=True,
    ),
    Command(
        "search",
        ("slash",),
        "Search",
        "Search people by any word; tag: city: org: kind: with: since: want: narrow it.",
        "search",
        footer=True,
    ),
    Command(
        "undo",
        ("u",),
        "Undo",
        "Take back the last act, whole. As often as you like, and after a restart too.",
        "undo",
        footer=True,
    ),
    Command("redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "redo"),
    Command("open", ("enter",), "Open", "Open what is selected.", "open"),
    Command("sort", ("S",), "Sort", "Order people by name, or by the last contact.", "sort", where="people"),
    Command("help", ("question_mark",), "Help", "Every key.", "help", footer=True),
    Command("person.edit", ("e",), "Edit", "Edit the person, entry or give selected.", "edit", footer=True),
    Command(
        "person.tags",
        ("t",),
        "Tags",
        "Put tags on the person selected, or take them off.",
        "tags",
        footer=True,
    ),
    Command(
        "person.wants",
        ("w",),
        "Wants",
        "What the person selected wants or offers, and whether it is still true.",
        "wants",
    ),
    Command(
        "person.ask",
        ("A",),
        "Ask",
        "Before you ask them for something: what has passed between you, for your eyes only.",
        "ask",
    ),
    Command(
        "person.rhythm",
        ("f",),
        "Rhythm",
        "Say how often to be in touch: monthly, 6w, never; or for a tag: #scouts monthly.",
        "rhythm",
    ),
    Command("person.bump", ("B",), "Bump", "Begin the rhythm again today, without a contact.", "bump"),
    Command(
        "sabbatical",
        (),
        "Sabbatical",
        "Be away until a day: till you are back, no day counts as silence.",
        "sabbatical",
    ),
    Command(
        "people.silent",
        (),
        "Long silent",
        "See who has been silent for a dozen times their rhythm, and is no longer suggested.",
        "long_silent",
    ),
    Command("palette", ("ctrl+p",), "palette", "Every command, by name.", "app.command_palette"),
    Command("theme", (), "Theme", "Choose other colours.", "app.change_theme"),
    Command("suspend", ("ctrl+z",), "Suspend", "Back to the shell; fg comes back.", "app.suspend_process"),
    Command("quit", ("q",), "Quit", "Quit. Everything is saved already.", "app.quit"),
    Command("pane.people", ("1",), "People", "Go to the people.", "pane('people')", group="Move"),
    Command("pane.timeline", ("2",), "Timeline", "Go to the timeline.", "pane('timeline')", group="Move"),
    Command("pane.give", ("3",), "Give", "Go to the give queue.", "pane('give')", group="Move"),
    Command("pane.next", ("tab",), "Next pane", "Go to the next pane.", "next_pane(1)", group="Move"),
    Command(
        "pane.previous",
        ("shift+tab",),
        "Previous pane",
        "Go to the pane before.",
        "next_pane(-1)",
        group="Move",
    ),
    Command(
        "back",
        ("escape",),
        "Back",
        "One step back: out of a search, a filter, marks; to the people.",
        "back",
        group="Move",
    ),
    Command("move.down", ("j", "down"), "Down", "One down.", "move(1)", where="list", group="Move"),
    Command("move.up", ("k", "up"), "Up", "One up.", "move(-1)", where="list", group="Move"),
    Command(
        "move.half_down",
        ("ctrl+d",),
        "Half a page down",
        "Half a page down.",
        "half_page(1)",
        where="list",
        group="Move",
    ),
    Command(
        "move.half_up",
        ("ctrl+u",),
        "Half a page up",
        "Half a page up.",
        "half_page(-1)",
        where="list",
        group="Move",
    ),
    Command(
        "move.page_down",
        ("pagedown", "ctrl+f"),
        "A page down",
        "A page down.",
        "page(1)",
        where="list",
        group="Move",
    ),
    Command(
        "move.page_up",
        ("pageup", "ctrl+b"),
        "A page up",
        "A page up.",
        "page(-1)",
        where="list",
        group="Move",
    ),
    Command("move.first", ("g", "home"), "First", "To the first.", "first", where="list", group="Move"),
    Command("move.last", ("G", "end"), "Last", "To the last.", "last", where="list", group="Move"),
)

PANE_OF = {command.action: command.where for command in COMMANDS if command.where in PANES}
"""The pane to which an action belongs, of those that belong to one."""

SEARCHING: tuple[Command, ...] = (
    Command("search.keep", ("enter",), "Keep", "Keep the search.", ""),
    Command("search.leave", ("escape",), "Everyone", "Leave the search.", "back"),
)
"""What the footer teaches while one types a search; not commands of their own."""

SPARK: tuple[Command, ...] = (
    Command(
        "spark.people",
        ("tab", "shift+tab"),
        "Choose people",
        "Go to those whom it would interest.",
        "to_list",
        "text",
        True,
    ),
    Command(
        "spark.kept",
        ("tab", "shift+tab"),
        "Kept sparks",
        "Go to the sparks that were kept.",
        "to_list",
        "empty",
        True,
    ),
    Command(
        "spark.choose",
        ("space",),
        "Choose",
        "Choose them, or no longer, and go on.",
        "choose",
        "people",
        True,
    ),
    Command(
        "spark.queue", ("enter",), "Queue", "Queue a give each, in the words below.", "queue", "people", True
    ),
    Command("spark.wording", ("e",), "Wording", "Say it otherwise to everyone.", "wording", "people", True),
    Command(
        "spark.open", ("enter",), "Open again", "See whom else it would interest.", "reopen", "kept", True
    ),
    Command("spark.remove", ("x",), "Let go", "Keep it no longer.", "let_go", "kept", True),
    Command(
        "spark.back",
        ("escape",),
        "Back",
        "One step back; what was typed is kept.",
        "leave",
        "text empty people kept",
        True,
    ),
    Command("spark.kind", ("right",), "Kind", "Make it another kind.", "kind(1)", "people", True),
    Command(
        "spark.own", ("E",), "Theirs alone", "Say it otherwise to this one.", "own_wording", "people", True
    ),
    Command("spark.kind_before", ("left",), "Kind before", "Make it the kind before.", "kind(-1)", "people"),
    Command("spark.text", ("tab", "shift+tab"), "Text", "Go to the text.", "to_text", "people kept"),
)
"""The keys of the spark screen, by its places: the text, the text while it is empty, the people, the sparks
that were kept. Not commands of the main screen; the screen's own footer teaches them."""

INTRODUCTIONS: tuple[Command, ...] = (
    Command("introduction.next", ("space",), "Next", "", "next", "proposed open agreed made closed", True),
    Command("introduction.one", ("1",), "First", "", "side(0)", "open", True),
    Command("introduction.other", ("2",), "Second", "", "side(1)", "open", True),
    Command("introduction.not_now", ("x",), "Not now", "", "not_now", "proposed open agreed", True),
    Command("introduction.copy", ("y",), "Copy", "", "copy", "proposed open agreed made", True),
    Command("introduction.other_letter", ("Y",), "Other letter", "", "other_letter", "proposed open", True),
    Command("introduction.new", ("n",), "New", "", "new", "proposed open agreed made closed none", True),
    Command("introduction.why", ("e",), "Edit", "", "why", "open agreed made", True),
    Command("introduction.make", ("m",), "Made already", "", "make", "open", True),
    Command("introduction.undo", ("u",), "Undo", "", "undo", "proposed open agreed made closed none", True),
    Command("introduction.redo", ("ctrl+r",), "Redo", "", "redo", ""),
    Command("introduction.read", ("enter",), "Read", "", "read", ""),
    Command("introduction.pane", ("tab", "shift+tab"), "Read", "", "other_pane", "", True),
    Command("introduction.back", ("escape", "q"), "Back", "", "leave", "", True),
)
"""The keys of the introductions screen, by what is highlighted there: a pair that is proposed, one under way,
one to which both said yes, one that was made, one that was let go, or none; without any of them, always. Not
commands of the main screen."""


def remapped(keys: Mapping[str, Sequence[str]]) -> Sequence[Command]:
    """The table with other keys for some commands.

    Args:
        keys: Keys by command id, as people write them: ``D``, ``ctrl+d`` or ``^d``, ``?``, ``space``.

    Raises:
        ValueError: A command or a key is not known, or two commands would have one key, in a sentence.
    """
    known = {command.id for command in COMMANDS}
    for name in keys:
        if name not in known:
            near = get_close_matches(name, known, 1)
            raise ValueError(
                f"keys.{name} is no command{f'; there is {near[0]}' if near else ''}."
                " netcrm config --init lists them."
            )
    table = [
        replace(command, keys=tuple(_key_named(command.id, key) for key in keys[command.id]))
        if command.id in keys
        else command
        for command in COMMANDS
    ]
    for pane in PANES:
        taken: dict[str, str] = {}
        for command in table:
            if command.where not in ("everywhere", "list", pane):
                continue
            for key in command.keys:
                other = taken.setdefault(key, command.id)
                if other != command.id:
                    raise ValueError(
                        f"{shown_key(key)} would be the key of both {other} and {command.id};"
                        " give one of them another."
                    )
    return tuple(table)


def _key_named(command_id: str, key: str) -> str:
    """A key as Textual names it."""
    if len(key) == 1:
        return key if key.isalnum() else _named(key)
    name = key.lower().replace("^", "ctrl+") if key.startswith("^") else key.lower()
    name = {"esc": "escape", "pgdn": "pagedown", "pgup": "pageup", "return": "enter"}.get(name, name)
    last = name.rsplit("+", 1)[-1]
    if len(last) == 1 and last.isalnum() and name.startswith(("ctrl+", "alt+", "shift+")):
        return name
    if name in {each.value for each in Keys} or name in _SIGNS:
        return name
    raise ValueError(f"keys.{command_id} has the key “{key}”, which is none: write D, ctrl+d, f2 or space.")


def table_of(app: object) -> Sequence[Command]:
    """The table of commands with the keys that an app was given."""
    table: Sequence[Command] = getattr(app, "table", COMMANDS)
    return table


def keymap_of(table: Sequence[Command]) -> Mapping[str, str]:
    """The table as Textual takes it, empty where every command has its own keys.

    All of it, and not just what differs: Textual takes a key away from all commands that share it with one
    that gets another.
    """
    if tuple(table) == COMMANDS:
        return {}
    return {command.id: ",".join(command.keys) for command in table if command.keys}


def key_of(command_id: str, table: Sequence[Command] = COMMANDS) -> str:
    """The key of a command, as people write it."""
    return next(command.shown_key for command in table if command.id == command_id)


def bindings(*where: str) -> list[BindingType]:
    """The bindings of the commands that belong to some places."""
    return [command.binding for command in COMMANDS if command.where in where and command.keys]


def footer(pane: str, table: Sequence[Command] = COMMANDS) -> Sequence[Command]:
    """What the footer teaches while a pane has the focus: first what only that pane does."""
    shown = [command for command in table if command.footer and command.where in ("everywhere", pane)]
    return sorted(shown, key=lambda command: command.where != pane)
