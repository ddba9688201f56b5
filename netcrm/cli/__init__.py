"""The command line: click commands, each importing what it needs when it runs."""

from netcrm.cli.starting import main

__all__ = ["main"]
