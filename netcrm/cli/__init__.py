"""The command line: click commands, each importing what it needs when it runs."""
