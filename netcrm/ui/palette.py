"""The command palette: every command of the table, by name.

Textual's own commands stay out of it, since its screenshot would write private text into a file.
"""

from collections.abc import Callable, Sequence
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from netcrm.ui.commands import PANES, Command, table_of


class CommandProvider(Provider):
    """Finds commands by their label and their sentence."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._listed():
            yield DiscoveryHit(_title(command), partial(self._run, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Those that meet what was typed."""
        matcher = self.matcher(query)
        for command in self._listed():
            title = _title(command)
            score = max(matcher.match(title), matcher.match(command.help))
            if score > 0:
                yield Hit(score, matcher.highlight(title), partial(self._run, command), help=command.help)

    def _listed(self) -> Sequence[Command]:
        """Those that the screen has where one is in it; else those of the table."""
        here: Callable[[], Sequence[Command]] | None = getattr(self.screen, "commands_here", None)
        table = here() if here else table_of(self.app)
        return [command for command in table if command.group != "Move" and command.id != "palette"]

    async def _run(self, command: Command) -> None:
        if command.where in PANES:
            await self.screen.run_action(f"pane({command.where!r})")
        await self.screen.run_action(command.action)


def commands_provider() -> type[CommandProvider]:
    """The provider, as Textual asks for it."""
    return CommandProvider


def _title(command: Command) -> str:
    return f"{command.label}   {command.shown_key}".rstrip()
