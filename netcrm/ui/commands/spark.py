"""The keys of the spark screen."""

from netcrm.ui.commands.command import Command

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
    Command("spark.help", ("question_mark",), "Help", "Every key of this screen.", "help", "people kept"),
    Command("spark.text", ("tab", "shift+tab"), "Text", "Go to the text.", "to_text", "people kept"),
)
"""The keys of the spark screen, by its places: the text, the text while it is empty, the people, the sparks
that were kept. Not commands of the main screen; the screen's own footer teaches them."""
