"""What is pasted, between the terminal and Textual: text, whatever stands in it, and never a key.

Textual looks for keys in what is pasted as well: an escape character there makes keys of what follows it, and
these would act on the screen as if they had been pressed.
"""

_BEGINS, _ENDS = "\x1b[200~", "\x1b[201~"
"""The marks around what is pasted (xterm's control sequences, Bracketed Paste Mode)."""


class Pastes:
    """Takes the escape characters out of what is pasted, and leaves all else as it comes."""

    def __init__(self) -> None:
        self._is_inside = False
        self._held = ""  # inside: what may be the beginning of the mark at the end
        self._before = ""  # outside: what has gone on already, and may be the beginning of the first mark

    def cleaned(self, said: str) -> str:
        """What is to be understood of what the terminal has sent.

        Args:
            said: What it has sent now; a mark may be divided between two of these.
        """
        out: list[str] = []
        while said:
            if self._is_inside:
                text, mark, said = (self._held + said).partition(_ENDS)
                self._held = "" if mark else _beginning_of(_ENDS, text)
                out += [text.removesuffix(self._held).replace("\x1b", ""), mark]
                self._is_inside = not mark
            else:
                passed = len(self._before)
                text, mark, said = (self._before + said).partition(_BEGINS)
                self._before = "" if mark else _beginning_of(_BEGINS, text)
                out.append((text + mark)[passed:])
                self._is_inside = bool(mark)
        return "".join(out)


def _beginning_of(mark: str, text: str) -> str:
    """As much of a mark as a text ends with; empty where it ends with nothing of it."""
    return next((mark[:size] for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), "")
