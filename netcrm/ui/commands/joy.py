"""The keys of the joy jar."""

from netcrm.ui.commands.command import Command

JOY: tuple[Command, ...] = (
    Command("joy.queue", ("space",), "Queue", "Queue it for the one highlighted.", "queue", "jar whom", True),
    Command("joy.queue_too", ("enter",), "Queue", "Queue it for the one highlighted.", "queue_here", "whom"),
    Command("joy.read", ("enter",), "Whom", "Go to those whom it would suit.", "read", "jar", True),
    Command(
        "joy.add",
        ("n", "a"),
        "Put in",
        "Put something into the jar, in one line: A penguin in a tie #cartoon https://…",
        "add",
        "",
        True,
    ),
    Command("joy.edit", ("e",), "Edit", "Say it otherwise.", "edit", "jar whom", True),
    Command("joy.remove", ("x",), "Take out", "Take it out of the jar.", "take_out", "jar whom", True),
    Command(
        "joy.spark",
        ("s",),
        "Spark",
        "Open it as a spark: everyone whom it would interest, and the groups.",
        "spark",
        "jar whom",
        True,
    ),
    Command("joy.undo", ("u",), "Undo", "Take back the last act.", "undo", "", True),
    Command("joy.redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "redo", ""),
    Command(
        "joy.pane",
        ("tab", "shift+tab"),
        "Other side",
        "To the people, and back to the jar.",
        "other_pane",
        "jar whom",
    ),
    Command("joy.help", ("question_mark",), "Help", "Every key of this screen.", "help", ""),
    Command("joy.back", ("escape", "q"), "Back", "One step back.", "leave", "", True),
)
"""The keys of the joy jar, by what has the focus there: the jar, those whom a delight would suit, or nothing
while the jar is empty (``none``); without any of them, always."""
