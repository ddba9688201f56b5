"""The real program in a real terminal: whatever ends it, the terminal comes back as it was."""
