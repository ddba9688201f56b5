"""The screen: Textual's app, screens and widgets."""
