"""The keys of the groups screen."""

from netcrm.ui.commands.command import Command

_GROUP = "list member question settled entry page"
"""Wherever a group is shown that has not been put away."""

GROUPS: tuple[Command, ...] = (
    Command("group.read", ("enter",), "Read", "Go to the group's page.", "read", "list away", True),
    Command(
        "group.person",
        ("enter",),
        "Show",
        "Show the person on the main screen.",
        "person",
        "member both",
        True,
    ),
    Command(
        "group.settle",
        ("space", "enter"),
        "Settle",
        "Settle the question, with what came of it.",
        "settle",
        "question",
        True,
    ),
    Command(
        "group.reopen", ("space",), "Open again", "Carry the settled question on.", "reopen", "settled", True
    ),
    Command(
        "group.log",
        ("l",),
        "Log",
        "Log a meeting: who was there, and then a line of what it was about.",
        "log",
        _GROUP,
        True,
    ),
    Command(
        "group.found", ("n",), "New", "Found a group, in one line.", "found", _GROUP + " away none both", True
    ),
    Command(
        "group.edit",
        ("e", "enter"),
        "Edit",
        "Edit the entry.",
        "edit",
        "entry",
        True,
    ),
    Command(
        "group.form",
        ("e",),
        "Edit",
        "Edit the group: its name, kind, link, cadence, topics.",
        "edit",
        "list member page",
        True,
    ),
    Command(
        "group.reword", ("e",), "Reword", "Say the question otherwise.", "edit", "question settled", True
    ),
    Command(
        "group.put_away",
        ("x",),
        "Put away",
        "Put the group away, out of the list.",
        "put_away",
        "list page",
        True,
    ),
    Command("group.bring_back", ("x",), "Bring back", "Bring the group back.", "put_away", "away", True),
    Command(
        "group.take_out", ("x",), "Take out", "Take the member out of the group.", "take_out", "member", True
    ),
    Command(
        "group.drop_question", ("x",), "Remove", "Remove the question.", "take_out", "question settled", True
    ),
    Command(
        "group.remove_entry",
        ("x",),
        "Remove",
        "Take the entry out of the timeline.",
        "take_out",
        "entry",
        True,
    ),
    Command(
        "group.members",
        ("a",),
        "Add",
        "Add members: type a name, pick, and go on.",
        "members",
        _GROUP,
        True,
    ),
    Command("group.question", ("Q",), "Question", "Note a question to carry on.", "question", _GROUP, True),
    Command(
        "group.learned",
        ("L",),
        "Learned",
        "A line of what you learned from them.",
        "lesson('learned')",
        _GROUP,
        True,
    ),
    Command(
        "group.taught", ("T",), "Taught", "A line of what you taught them.", "lesson('taught')", _GROUP, True
    ),
    Command("group.next", ("m",), "Meets", "Say when it meets next.", "next_meeting", _GROUP, True),
    Command(
        "group.spark",
        ("s",),
        "Spark",
        "Something worth passing on: who would it help or delight?",
        "spark",
        _GROUP,
        True,
    ),
    Command("group.copy", ("y",), "Copy link", "Copy the group's link.", "copy_link", _GROUP),
    Command("group.undo", ("u",), "Undo", "Take back the last act.", "undo", "", True),
    Command("group.redo", ("ctrl+r",), "Redo", "Do again what was taken back.", "redo", ""),
    Command(
        "group.pane",
        ("tab", "shift+tab"),
        "Other side",
        "To the group's page, and back to the list.",
        "other_pane",
        _GROUP + " away",
    ),
    Command("group.help", ("question_mark",), "Help", "Every key of this screen.", "help", ""),
    Command("group.back", ("escape", "q"), "Back", "One step back.", "leave", "", True),
)
"""The keys of the groups screen, by what is highlighted there: a group in the list, one that was put away,
none, or someone who cares about the same; on its page a member, an open question, a settled one, an entry, or
nothing. Not commands of the main screen."""
