"""The two themes of netcrm's own; every other theme of Textual's works as well."""

from textual.theme import Theme

NIGHT = Theme(
    name="netcrm-night",
    primary="#BB9AF7",
    secondary="#7AA2F7",
    accent="#FF9E64",
    warning="#E0AF68",
    error="#F7768E",
    success="#9ECE6A",
    foreground="#A9B1D6",
    background="#1A1B26",
    surface="#1F2335",
    panel="#24283B",
    dark=True,
    variables={
        "block-cursor-background": "#463A61",
        "block-cursor-foreground": "#C0CAF5",
        "input-selection-background": "#7AA2F7 35%",
        "footer-key-foreground": "#FF9E64",
    },
)

DAY = Theme(
    name="netcrm-day",
    primary="#7847BD",
    secondary="#2E5FBF",
    accent="#B8540A",
    warning="#8F5E15",
    error="#C4314B",
    success="#3F7D20",
    foreground="#343B58",
    background="#F2F0EA",
    surface="#E8E5DC",
    panel="#DDDACF",
    dark=False,
    variables={
        "block-cursor-background": "#D9CBEF",
        "block-cursor-foreground": "#2A2040",
        "input-selection-background": "#2E5FBF 30%",
        "footer-key-foreground": "#B8540A",
    },
)
