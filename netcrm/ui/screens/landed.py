"""Afterwards: the one quiet question, whether what was given landed."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from netcrm.domain.gives import Give, in_past
from netcrm.domain.rhythm import ago
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.once import Modal
from netcrm.ui.widgets.words import Words


class LandedQuestion(Modal[str | None]):
    """Asks of a give whether it landed; answers with one of `netcrm.domain.gives.LANDED`, None for later.

    Args:
        give: What was given.
        today: The day.
    """

    BINDINGS: ClassVar = [
        ("y", "answer('yes')", "Yes"),
        ("n", "answer('no')", "No"),
        ("full_stop", "answer('unsure')", "Not sure"),
        ("escape", "leave", "Later"),
    ]

    DEFAULT_CSS = """
    LandedQuestion { align: left bottom; background: $background 35%; }
    LandedQuestion #panel {
        height: auto; width: 100%; background: $surface; padding: 0 1;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $foreground 60%;
    }
    LandedQuestion Words { background: $surface; height: 4; }
    """

    def __init__(self, give: Give, today: date) -> None:
        super().__init__()
        self._give = give
        self._today = today

    def compose(self) -> ComposeResult:
        """What was given, to whom and when, and the three answers."""
        with Vertical(id="panel") as panel:
            panel.border_title = "Did it land?"
            panel.border_subtitle = "asked once · esc later"
            yield Words(self._lines())

    def _lines(self) -> list[Line]:
        give = self._give
        when = ago(give.given_on, self._today) if give.given_on else ""
        return [
            [Part("✦ ", "accent"), part(in_past(give.words), "strong")],
            [Part("  "), part(f"{give.whom.name} · {when}", "dim")],
            (),
            [
                Part("y", "key"),
                Part(" yes, it helped or pleased   "),
                Part("n", "key"),
                Part(" no   "),
                Part(".", "key"),
                Part(" not sure"),
            ],
        ]

    def action_answer(self, answer: str) -> None:
        """Answer."""
        self.dismiss(answer)

    def action_leave(self) -> None:
        """Later."""
        self.dismiss(None)
