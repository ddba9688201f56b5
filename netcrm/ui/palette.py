"""The command palette: every command of the table, by name.

Textual's own commands stay out of it, since its screenshot would write private text into a file.
"""

from collections.abc import Sequence
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from netcrm.ui.commands import PANES, Command, table_of


class CommandProvider(Provider):
    """Finds commands by their label and their sentence."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in _listed(table_of(self.app)):
            yield DiscoveryHit(_title(command), partial(self._run, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Those that meet what was typed."""
        matcher = self.matcher(query)
        for command in _listed(table_of(self.app)):
            title = _title(command)
            score = max(matcher.match(title), matcher.match(command.help))
            if score > 0:
                yield Hit(score, matcher.highlight(title), partial(self._run, command), help=command.help)

    async def _run(self, command: Command) -> None:
        if command.where in PANES:
            await self.screen.run_action(f"pane({command.where!r})")
        await self.screen.run_action(command.action)


def commands_provider() -> type[CommandProvider]:
    """The provider, as Textual asks for it."""
    return CommandProvider


def _listed(table: Sequence[Command]) -> list[Command]:
    return [command for command in table if command.group != "Move" and command.id != "palette"]


def _title(command: Command) -> str:
    return f"{command.label}   {command.shown_key}".rstrip()
