"""The keys of the review."""

from netcrm.ui.commands.command import Command

_WEEK = "map-week list-week"
_YEAR = "map-year list-year"
_MAP = "map-week map-year"
_LIST = "list-week list-year"

_BACK = ("left", "h", "left_square_bracket")
_ON = ("right", "l", "right_square_bracket")

REVIEW: tuple[Command, ...] = (
    Command("review.back", _BACK, "Week back", "To the week before.", "turn(-1)", _WEEK, True),
    Command("review.on", _ON, "Week on", "To the week after.", "turn(1)", _WEEK, True),
    Command(
        "review.back_year",
        _BACK,
        "Year back",
        "While a year is shown: to the year before.",
        "turn(-1)",
        _YEAR,
        True,
    ),
    Command(
        "review.on_year", _ON, "Year on", "While a year is shown: to the year after.", "turn(1)", _YEAR, True
    ),
    Command("review.year", ("y",), "Year", "See the whole year.", "span('year')", _WEEK, True),
    Command(
        "review.week",
        ("y",),
        "Week",
        "While a year is shown: only the week again.",
        "span('week')",
        _YEAR,
        True,
    ),
    Command(
        "review.entries",
        ("enter",),
        "Entries",
        "On the map: go to the entries of the day.",
        "entries",
        _MAP,
        True,
    ),
    Command("review.open", ("enter",), "Open", "In a list: open what is highlighted.", "open", _LIST, True),
    Command("review.leave", ("escape", "q"), "Back", "One step back.", "leave", "", True),
    Command("review.pane", ("tab",), "Next pane", "Go to the next pane.", "next_pane(1)", "", True),
    Command(
        "review.pane_before", ("shift+tab",), "Pane before", "Go to the pane before.", "next_pane(-1)", ""
    ),
    Command("review.today", ("t",), "Today", "Back to today.", "today", "", True),
    Command(
        "review.far_back",
        ("left_curly_bracket",),
        "A year back",
        "A year back.",
        "far(-1)",
        _WEEK,
        group="Move",
    ),
    Command(
        "review.far_on", ("right_curly_bracket",), "A year on", "A year on.", "far(1)", _WEEK, group="Move"
    ),
    Command("review.help", ("question_mark",), "Help", "Every key of this screen.", "help", "", True),
)
"""The keys of the review, by whether the map or a list has the focus, and whether a week or a year is shown;
without any of them, always. Not commands of the main screen."""
