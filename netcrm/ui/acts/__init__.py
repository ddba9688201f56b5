"""What the keys do on the main screen, a module a subject; `MainScreen` puts them together."""
