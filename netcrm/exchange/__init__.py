"""Files of other programs, read into domain values: one module a format, each pure."""
