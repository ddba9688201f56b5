"""``netcrm path``: where the file is."""

import click

from netcrm.cli.asking import command, json_option
from netcrm.cli.output import on_terminal, say_json
from netcrm.domain.text import plain


@command("path", 'ls -l "$(netcrm path)"')
@json_option
def path_command(as_json: bool) -> None:
    """Print where the file is.

    It need not be there yet.
    """
    from netcrm.cli.book import chosen

    path = chosen()
    if as_json:
        say_json({"path": str(path), "exists": path.exists()})
    else:
        click.echo(plain(str(path)) if on_terminal() else str(path))
