"""The keys of the relations screen."""

from netcrm.ui.commands.command import Command

NETWORK: tuple[Command, ...] = (
    Command(
        "network.centre", ("enter",), "Centre", "Put them into the middle.", "centre", "person tied", True
    ),
    Command(
        "network.show",
        ("m", "space"),
        "Open",
        "Open them on the main screen.",
        "show",
        "centre person tied",
        True,
    ),
    Command(
        "network.add",
        ("a",),
        "Add",
        "Add whom the one in the middle has to do with: daughter Ana, 18.",
        "add",
        "centre person tied outsider",
        True,
    ),
    Command("network.remove", ("x",), "Take out", "Take the relation out.", "remove", "tied outsider", True),
    Command("network.undo", ("u",), "Undo", "Take back the last act.", "undo", "", True),
    Command("network.redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "redo", ""),
    Command("network.help", ("question_mark",), "Help", "Every key of this screen.", "help", ""),
    Command(
        "network.back",
        ("escape", "q"),
        "Back",
        "To the one before in the middle; then out.",
        "leave",
        "",
        True,
    ),
)
"""The keys of the relations screen, by what is highlighted there: the one in the middle, one in the book,
one of those by a relation that can be taken out, or somebody who is not in the book. Not commands of the main
screen."""
