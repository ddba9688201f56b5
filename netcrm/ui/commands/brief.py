"""The keys of the brief."""

from netcrm.ui.commands.command import Command

BRIEF: tuple[Command, ...] = (
    Command("brief.copy", ("y",), "Copy", "Copy it as text.", "copy", "", True),
    Command(
        "brief.whole", ("space",), "All of it", "Shorten nothing, and scroll; again fits it in.", "whole", ""
    ),
    Command("brief.log", ("l",), "Log", "Log how it was.", "log", "", True),
    Command("brief.help", ("question_mark",), "Help", "Every key of this screen.", "help", ""),
    Command("brief.back", ("escape", "q", "enter"), "Back", "Back.", "leave", "", True),
)
"""The keys of the brief. Not commands of the main screen."""
