"""The keys of the timeline of everything."""

from netcrm.ui.commands.command import Command

EVERYTHING: tuple[Command, ...] = (
    Command(
        "everything.search",
        ("slash",),
        "Search",
        "Search by any word; kind: tag: group: place: with: since: until: stars: narrow it.",
        "search",
        "entry none",
        True,
    ),
    Command(
        "everything.kind",
        ("f",),
        "Kinds",
        "Show only the entries of a kind, or the bright moments.",
        "kinds",
        "entry none",
        True,
    ),
    Command("everything.open", ("enter", "e"), "Edit", "Edit the entry.", "edit", "entry", True),
    Command(
        "everything.person",
        ("right", "p"),
        "Person",
        "Show who took part on the main screen.",
        "person",
        "entry",
        True,
    ),
    Command(
        "everything.enjoy",
        ("asterisk",),
        "Enjoyed",
        "Say how good it was: a star more each time, up to three, then none.",
        "enjoy",
        "entry",
        True,
    ),
    Command("everything.remove", ("x",), "Remove", "Take the entry out.", "remove", "entry", True),
    Command(
        "everything.log",
        ("l",),
        "Log",
        "Log what happened, or what you promised, in one line.",
        "log",
        "entry none",
        True,
    ),
    Command(
        "everything.journal",
        ("at",),
        "Journal",
        "A note of your own; @Name mentions someone.",
        "journal",
        "entry none",
        True,
    ),
    Command("everything.undo", ("u",), "Undo", "Take back the last act, whole.", "undo", "entry none", True),
    Command("everything.redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "redo", "entry none"),
    Command("everything.help", ("question_mark",), "Help", "Every key of this screen.", "help", "entry none"),
    Command(
        "everything.back",
        ("escape", "q"),
        "Back",
        "One step back: out of a search, then to the people.",
        "leave",
        "",
        True,
    ),
)
"""The keys of the timeline of everything, by its places: on an entry, or where there is none."""

FINDING: tuple[Command, ...] = (
    Command("everything.keep", ("enter",), "Keep", "Keep the search.", ""),
    Command("everything.all", ("escape",), "Everything", "Leave the search.", "leave"),
)
"""What the footer teaches while one types a search; not commands of their own."""
