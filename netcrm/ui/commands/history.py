"""The keys of the history screen."""

from netcrm.ui.commands.command import Command

HISTORY: tuple[Command, ...] = (
    Command("history.undo", ("u",), "Back a step", "Take back the newest act that stands.", "undo", "", True),
    Command("history.redo", ("ctrl+r",), "Forth", "Do again what was taken back last.", "redo", "", True),
    Command(
        "history.all",
        ("U",),
        "To here",
        "Take back every act down to the one highlighted; or do again all up to it.",
        "turn_to",
        "acts what",
        True,
    ),
    Command("history.read", ("enter",), "What changed", "Go to what the act changed.", "read", "acts", True),
    Command(
        "history.pane",
        ("tab", "shift+tab"),
        "Other side",
        "To what the act changed, and back to the acts.",
        "other_pane",
        "acts what",
    ),
    Command("history.help", ("question_mark",), "Help", "Every key of this screen.", "help", ""),
    Command("history.back", ("escape", "q"), "Back", "One step back.", "leave", "", True),
)
"""The keys of the history screen, by what has the focus there: the acts, or what one of them changed; while
there are no acts, ``none``; without any of them, always."""
