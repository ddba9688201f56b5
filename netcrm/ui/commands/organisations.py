"""The keys of the organisations screen."""

from netcrm.ui.commands.command import Command

_PEOPLE = "now held told"

_SOME = f"list {_PEOPLE}"

ORGANISATIONS: tuple[Command, ...] = (
    Command(
        "organisation.mark",
        ("m",),
        "Mark all",
        "Mark everyone who works there, on the main screen: the next key is for all of them.",
        "mark_all(False)",
        _SOME,
        True,
    ),
    Command(
        "organisation.mark_before",
        ("M",),
        "Before too",
        "Mark everyone who works or worked there, on the main screen.",
        "mark_all(True)",
        _SOME,
        True,
    ),
    Command(
        "organisation.spark",
        ("s",),
        "Spark",
        "Something for all who work there: say what it is, and queue a give each.",
        "spark",
        _SOME,
        True,
    ),
    Command("organisation.people", ("enter",), "Who", "Go to its people.", "read", "list", True),
    Command(
        "organisation.show", ("enter",), "Show", "Show the person on the main screen.", "show", _PEOPLE, True
    ),
    Command(
        "organisation.forget",
        ("x",),
        "Never there",
        "Take it off that they worked there.",
        "forget",
        "held told",
        True,
    ),
    Command(
        "organisation.search", ("slash",), "Search", "Find an organisation as you type.", "search", "", True
    ),
    Command(
        "organisation.sort", ("S",), "Sort", "Order them by how many people, or by name.", "sort", _SOME, True
    ),
    Command("organisation.undo", ("u",), "Undo", "Take back the last act.", "undo", "", True),
    Command("organisation.redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "redo", ""),
    Command(
        "organisation.pane",
        ("tab", "shift+tab"),
        "Other side",
        "To the people, and back to the list.",
        "other_pane",
        "",
    ),
    Command("organisation.help", ("question_mark",), "Help", "Every key of this screen.", "help", ""),
    Command("organisation.back", ("escape", "q"), "Back", "One step back.", "leave", "", True),
)
"""The keys of the organisations screen, by what is highlighted there: an organisation of the list, or one of
its people, who works there now, held a position that is on record, or one that a life event tells of. Not
commands of the main screen."""
