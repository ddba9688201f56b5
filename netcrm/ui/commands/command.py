"""What a command is, and how its keys are written."""

import re
import string
import unicodedata

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS

from netcrm.domain.values import dataclass

PANES = ("people", "timeline", "give")

HEADINGS = ("Give", "People", "What happened", "Do", "Move")
"""What commands stand under in help, in this order: giving first."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do.

    Attributes:
        id: Stable, for remapping in the configuration: ``give.done``.
        keys: Its keys as Textual names them, the first being the one that is shown.
        label: One or two words, for the footer.
        help: One sentence, for help and the palette.
        action: The action that does it.
        where: On the main screen ``everywhere``, ``list`` in any pane, or the name of one pane; on another
            screen the places there that it belongs to, parted by spaces, and empty for all of them.
        footer: Whether the footer shows it.
        group: The one of `HEADINGS` that it stands under in help.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    action: str
    where: str = "everywhere"
    footer: bool = False
    group: str = "Do"

    @property
    def shown_key(self) -> str:
        """The key as people write it."""
        return shown_key(self.keys[0]) if self.keys else ""

    @property
    def binding(self) -> Binding:
        """The binding of its keys."""
        return Binding(",".join(self.keys), self.action, self.label, show=False, id=self.id)


def shown_key(key: str) -> str:
    """A key as people write it: ``^p`` for ``ctrl+p``, ``?`` for ``question_mark``."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return _SHOWN.get(key) or SIGNS.get(key, key)


def named(sign: str) -> str:
    """What Textual calls the key of a sign: ``question_mark``."""
    spelled = re.sub("[ -]", "_", unicodedata.name(sign, "").lower())
    return KEY_NAME_REPLACEMENTS.get(spelled, spelled)


SIGNS = {named(sign): sign for sign in string.punctuation}
"""The signs on a keyboard, by what Textual calls their keys."""

_SHOWN = {
    "escape": "esc",
    "upper_g": "G",
    "down": "↓",
    "up": "↑",
    "shift+tab": "⇧tab",
    "right": "→",
    "left": "←",
    "pagedown": "pgdn",
    "pageup": "pgup",
}
