"""The table of commands, and what is made from it."""

from collections import Counter
from pathlib import Path

import pytest

from netcrm.ui.commands import COMMANDS, PANES, Command, footer, shown_key
from netcrm.ui.screens.main import MainScreen
from netcrm.ui.widgets.pane import Pane

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


class TestTheTable:
    """One table feeds bindings, footer, help, palette and README."""

    def test_ids_are_stable_names(self) -> None:
        """Each command has an id of its own, by which its key can be remapped."""
        assert max(Counter(command.id for command in COMMANDS).values()) == 1

    @pytest.mark.parametrize("pane", PANES)
    def test_a_key_does_one_thing_in_a_pane(self, pane: str) -> None:
        """No key is given to two commands that are there at once."""
        here = [command for command in COMMANDS if command.where in ("everywhere", "list", pane)]
        keys = Counter(key for command in here for key in command.keys)
        assert [key for key, count in keys.items() if count > 1] == []

    @pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
    def test_each_has_an_action(self, command: Command) -> None:
        """What a key is bound to exists."""
        name = command.action.partition("(")[0]
        owner: type = Pane if command.where == "list" else MainScreen
        if name.startswith("app."):
            from netcrm.ui.app import NetcrmApp

            owner, name = NetcrmApp, name.removeprefix("app.")
        assert hasattr(owner, f"action_{name}")

    @pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
    def test_the_readme_has_it(self, command: Command) -> None:
        """Every key stands in the README with the sentence of the table."""
        if command.keys:
            keys = " ".join(f"`{shown_key(key)}`" for key in command.keys)
            assert f"| {keys} | {command.help}" in README

    @pytest.mark.parametrize("pane", PANES)
    def test_the_footer_begins_with_what_only_the_pane_does(self, pane: str) -> None:
        """What is special here is taught first."""
        places = [command.where == pane for command in footer(pane)]
        assert places == sorted(places, reverse=True)
