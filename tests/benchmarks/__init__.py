"""What takes how long, printed by hand; nothing here is run as a test."""
