"""What is said to people: warm and short, and never a word that scolds.

netcrm keeps no score of anyone, and makes nobody feel bad for having been silent. Silence has words that
do not hurt (ripe, drifting, resting); a give that was not for them is dropped without blame; what could not
be done says what to do next. So the words below are said nowhere. Where one of them means something else,
the whole text that may stand is listed, with the reason.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

NEVER: Mapping[str, str] = {
    r"overdue": "a promise may be late, a person never is",
    r"neglect\w*": "whoever was silent had a life; they are ripe or drifting",
    r"fail\w*": "nothing between people is an exam; say what could not be done, and what to do",
    r"scor(?:e|es|ed|ing)": "there is no number on a human being",
    r"guilt\w*": "that is the feeling this must never give",
    r"(?:a)?sham(?:e|ed|eful)": "as guilt",
    r"blam(?:e|ed|ing)": "as guilt",
    r"ignor(?:e|ed|es|ing)": "nobody was ignored: they were busy, or it was not for them",
    r"(?:bad|poor|terrible) (?:friend|contact|person)": "nobody is judged",
    r"haven['’]t|have not (?:been|talked|called|written|met)": "say what could be done, not what was not",
    r"(?:you )?forgot(?:ten)?": "a reminder is an offer, not a reproach",
    r"you (?:should|must|ought|need to)|should have": "nobody is told what they owe",
    r"lazy|laziness": "nobody is judged",
    r"abandon\w*|lost touch|out of touch": "they are silent, and can be written to",
    r"inactive|dormant|delinquent": "words for accounts, not for people",
    r"falling behind|behind schedule|backlog": "giving is no work that piles up",
    r"streaks?": "what can be broken makes one come back out of fear",
    r"penalt(?:y|ies)|punish\w*": "nothing is taken away from anyone",
    r"worst|poorly|badly": "nobody comes last",
    r"oops|uh-oh|whoops": "nobody is nervous either",
    r"invalid|illegal|forbidden|denied": "a machine's words: say what was not understood, and how to say it",
    r"mandatory|compulsory": "as above",
    r"fatal|abort\w*": "as above",
    r"users?": "the one who reads this is addressed, and everyone else is a person",
}
"""What may not be said, as a pattern of whole words, and why."""

_HEADING = "the heading of gives whose day has passed: of a thing to do, and never of anyone"

ALLOWED: Mapping[tuple[str, str], str] = {
    ("netcrm/domain/gives.py", "Overdue"): _HEADING,
    ("netcrm/ui/widgets/give_pane.py", "Overdue"): _HEADING,
    ("netcrm/store/filling.py", "INSERT OR IGNORE INTO suggested (key, day) VALUES (?, ?)"): "SQL's own word",
}
"""Whole texts that may stand though they hold such a word, by the file, and why."""

_WORD = re.compile("|".join(rf"\b(?:{pattern})\b" for pattern in NEVER), re.IGNORECASE)


def texts_of(source: str) -> Iterator[tuple[int, str]]:
    """Every text of a module that may be shown, with its line: all but docstrings, and those of commands too.

    Click shows the docstring of a command as its help.
    """
    tree = ast.parse(source)
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.endswith("_command"):
            yield node.lineno, ast.get_docstring(node) or ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.lineno, node.value


def said() -> Iterator[tuple[str, int, str]]:
    """Every text of netcrm that may be shown: file, line, text."""
    for path in sorted((ROOT / "netcrm").rglob("*.py")):
        for line, text in texts_of(path.read_text(encoding="utf-8")):
            yield path.relative_to(ROOT).as_posix(), line, text


class TestWhatIsSaid:
    """Screens, commands and their help, sentences, labels of acts, problems of files."""

    def test_nothing_scolds(self) -> None:
        """No text of the app holds a word of the list."""
        found = [
            f"{file}:{line}: {word[0]!r} in {text!r}"
            for file, line, text in said()
            if (file, text) not in ALLOWED
            for word in _WORD.finditer(text)
        ]
        assert not found, "\n".join(found)

    def test_only_what_is_still_said_is_allowed(self) -> None:
        """A text that is gone, or holds no such word any more, is allowed no longer."""
        assert {(file, text) for file, _, text in said() if _WORD.search(text)} == set(ALLOWED)

    @pytest.mark.parametrize("file", ["netcrm/ui/screens/panes.py", "netcrm/cli/find.py", "netcrm/config.py"])
    def test_it_reads_them_all(self, file: str) -> None:
        """Files of every kind are read; a list that reads nothing would find nothing."""
        assert any(file == name for name, _, _ in said())


class TestTheList:
    """The list finds what it is meant to, and nothing else."""

    @pytest.mark.parametrize(
        "text",
        [
            "You haven’t talked to Hank for 3 months!",
            "Hank is overdue",
            "3 neglected people",
            "Saving failed.",
            "Your score: 12",
            "You should write to Hank",
            "Oops, invalid date",
        ],
    )
    def test_a_scolding_is_found(self, text: str) -> None:
        """In any case, and with any apostrophe."""
        assert _WORD.search(text)

    @pytest.mark.parametrize(
        "text",
        ["Hank Morrow · 2 days late", "drifting", "ripe: time to be in touch again", "Nobody was found."],
    )
    def test_what_is_said_is_not(self, text: str) -> None:
        """The words that are used instead."""
        assert not _WORD.search(text)

    def test_docstrings_are_not_shown_but_those_of_commands_are(self) -> None:
        """Nor are comments; parts of an f-string are."""
        module = '''
"""A module that failed."""
NAME = 1
"""Its score."""
def find_command():
    """Find the guilty."""
    # a shame
    return f"{NAME} overdue"
def other():
    """Not neglected."""
'''
        assert [text for _, text in texts_of(module)] == ["Find the guilty.", " overdue"]
