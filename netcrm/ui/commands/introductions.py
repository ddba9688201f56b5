"""The keys of the introductions screen."""

from netcrm.ui.commands.command import Command

INTRODUCTIONS: tuple[Command, ...] = (
    Command(
        "introduction.next",
        ("space",),
        "Next",
        "Take the next step: asked, a yes, introduced, what came of it.",
        "next",
        "proposed open agreed made closed",
        True,
    ),
    Command(
        "introduction.one", ("1",), "First", "The next step of the first of them.", "side(0)", "open", True
    ),
    Command("introduction.other", ("2",), "Second", "The next step of the second.", "side(1)", "open", True),
    Command(
        "introduction.not_now",
        ("x",),
        "Not now",
        "Not now: put the pair away, or say who would rather not.",
        "not_now",
        "proposed open agreed",
        True,
    ),
    Command(
        "introduction.copy", ("y",), "Copy", "Copy what to write.", "copy", "proposed open agreed made", True
    ),
    Command(
        "introduction.other_letter",
        ("Y",),
        "Other letter",
        "See what to write to the other one.",
        "other_letter",
        "proposed open",
        True,
    ),
    Command(
        "introduction.new",
        ("n",),
        "New",
        "Introduce two people of your own choice.",
        "new",
        "proposed open agreed made closed none",
        True,
    ),
    Command(
        "introduction.why",
        ("e",),
        "Edit",
        "Say otherwise why they should meet, or what came of it.",
        "why",
        "open agreed made",
        True,
    ),
    Command(
        "introduction.make",
        ("m",),
        "Made already",
        "Made before both said yes: say why.",
        "make",
        "open",
        True,
    ),
    Command(
        "introduction.undo",
        ("u",),
        "Undo",
        "Take back the last act.",
        "undo",
        "proposed open agreed made closed none",
        True,
    ),
    Command("introduction.redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "redo", ""),
    Command("introduction.read", ("enter",), "Read", "Go to the two.", "read", ""),
    Command(
        "introduction.pane",
        ("tab", "shift+tab"),
        "Read",
        "To the two, and back to the list.",
        "other_pane",
        "",
        True,
    ),
    Command("introduction.help", ("question_mark",), "Help", "Every key of this screen.", "help", ""),
    Command("introduction.back", ("escape", "q"), "Back", "One step back.", "leave", "", True),
)
"""The keys of the introductions screen, by what is highlighted there: a pair that is proposed, one under way,
one to which both said yes, one that was made, one that was let go, or none; without any of them, always. Not
commands of the main screen."""
