"""The settings shelf: what the program itself remembers in the file, by name."""

import sqlite3

from netcrm.domain.changes import Change
from netcrm.store.write import Writer


class Settings:
    """Names and values, both text."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    def get(self, name: str, default: str = "") -> str:
        """A setting's value, or the default where it was never set."""
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default

    def put(self, name: str, value: str) -> Change:
        """Set a setting."""
        with self._writer.act(f"set {name}") as act:
            row = self._connection.execute("SELECT id FROM settings WHERE name = ?", (name,)).fetchone()
            if row:
                act.update("settings", row[0], {"value": value})
            else:
                act.insert("settings", {"name": name, "value": value})
        return act.change
