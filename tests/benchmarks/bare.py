"""What Textual itself takes: the apps beside which netcrm is measured. Run as a script, by its path.

python bare.py hello          a line of text
python bare.py list           a list of fifty rows, and a line above it that narrows them
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, OptionList, Static

HELLO = "Hello, World!"

_TREES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ivy", "Juniper")

ROWS = tuple(f"{tree} {number:02}" for tree in _TREES for number in range(5))
"""Fifty rows."""


class HelloApp(App[None]):
    """A hello-world."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static(HELLO)


class ListApp(App[None]):
    """Fifty rows, as Textual's own list shows them."""

    BINDINGS = [("slash", "search", "Search")]  # noqa: RUF012
    CSS = "OptionList { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """The line, and the list."""
        yield Input()
        yield OptionList(*ROWS)

    def on_mount(self) -> None:
        """Highlight the first row."""
        self.query_one(OptionList).focus()
        self.query_one(OptionList).highlighted = 0

    def action_search(self) -> None:
        """Go to the line."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that begin so."""
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options([row for row in ROWS if row.lower().startswith(event.value.lower())])
        rows.highlighted = 0


if __name__ == "__main__":
    (HelloApp if sys.argv[1:] == ["hello"] else ListApp)().run()
