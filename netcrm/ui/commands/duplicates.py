"""The keys of the screen of those who may be in the book twice."""

from netcrm.ui.commands.command import Command

DUPLICATES: tuple[Command, ...] = (
    Command(
        "duplicate.merge",
        ("m",),
        "Merge",
        "Make one person of the two; what loses stands in the note.",
        "merge",
        "list fields",
        True,
    ),
    Command(
        "duplicate.apart",
        ("x",),
        "Two people",
        "They are not one; they are not listed any more.",
        "apart",
        "list fields",
        True,
    ),
    Command("duplicate.fields", ("enter",), "Fields", "Choose field by field.", "read", "list", True),
    Command(
        "duplicate.left",
        ("left", "h"),
        "Left one's",
        "Of this field the left one's is to stand.",
        "take(False)",
        "fields",
        True,
    ),
    Command(
        "duplicate.right",
        ("right", "L"),
        "Right one's",
        "Of this field the right one's is to stand.",
        "take(True)",
        "fields",
        True,
    ),
    Command(
        "duplicate.choose",
        ("space",),
        "The other's",
        "Of this field the other's is to stand.",
        "choose",
        "fields",
    ),
    Command("duplicate.show", ("o",), "Show", "Show the left one on the main screen.", "show", "list fields"),
    Command("duplicate.undo", ("u",), "Undo", "Take back the last act.", "undo", "", True),
    Command("duplicate.redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "redo", ""),
    Command(
        "duplicate.pane",
        ("tab", "shift+tab"),
        "Other side",
        "To the fields, and back to the list.",
        "other_pane",
        "list fields",
    ),
    Command("duplicate.help", ("question_mark",), "Help", "Every key of this screen.", "help", ""),
    Command("duplicate.back", ("escape", "q"), "Back", "One step back.", "leave", "", True),
)
"""The keys, by where one is: at the list of pairs, or at the fields of one."""
