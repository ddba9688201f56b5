"""The one SQLite file: the only home of SQL and sqlite-utils."""
