"""``netcrm demo``: the app over a made-up network."""

import click

from netcrm.cli.asking import DB, command
from netcrm.cli.clock import now, today
from netcrm.cli.opening import need_a_terminal, run_over
from netcrm.cli.settings import settings


@command("demo", "netcrm demo")
@click.pass_context
def demo_command(ctx: click.Context) -> None:
    """Open the app on a made-up network.

    Some sixty people and two years with them, in a temporary file that is gone when you quit. Your own file
    is never touched.
    """
    if DB in ctx.find_root().meta:
        raise click.UsageError("The demo has a file of its own: leave --db out.", ctx)
    need_a_terminal()
    import tempfile
    from pathlib import Path

    from netcrm.demo.fill import fill
    from netcrm.demo.world import load
    from netcrm.store import Store

    day = today()
    with (
        tempfile.TemporaryDirectory(prefix="netcrm-demo-") as folder,
        Store(Path(folder) / "demo.db", now, settings().preferences) as store,
    ):
        fill(store, load(), day)
        code = run_over(store)
    ctx.exit(code)
