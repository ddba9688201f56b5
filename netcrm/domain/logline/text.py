"""The text of a log line: what of it is stored, and what each part of it was taken for."""

from collections.abc import Iterable

from netcrm.domain.logline.meaning import Role, Span
from netcrm.domain.patterns import pattern

_LEADING = " \t\n,;:–—-"
_TRAILING = " ,;:"

_CLOSING = ",;:.!?)"

_PLAIN_WORD = pattern(r"[a-zà-öø-ÿ]+(?:['’-][^\W\d_]+)*(?=[,;:.!?]*(?:\s|$))")
"""A word that may be capitalised: letters in lower case, and one capital stands for the first."""


def without(line: str, start: int, end: int, holes: Iterable[tuple[int, int]]) -> str:
    """A stretch of the line without its holes, and without the blank that a hole would leave double."""
    kept: list[str] = []
    at = start
    for hole_start, hole_end in sorted(holes):
        if hole_end <= at or hole_start >= end:
            continue
        kept.append(line[at : max(at, hole_start)])
        at = hole_end
        closes = at >= end or line[at].isspace() or line[at] in _CLOSING
        if closes and kept[-1][-1:].isspace():
            kept[-1] = kept[-1].rstrip()
    kept.append(line[at:end] if at < end else "")
    return "".join(kept)


def tidy(text: str) -> str:
    """One line that begins with a capital and ends on a word or a full stop.

    ``iPhone`` and links keep their first letter.
    """
    flat = " ".join(text.split()).lstrip(_LEADING).rstrip(_TRAILING)
    while flat.endswith((" -", " –", " —")):
        flat = flat[:-2].rstrip(_TRAILING)
    return flat[0].upper() + flat[1:] if _PLAIN_WORD.match(flat) else flat


class Sheet:
    """A line on which each character belongs to one span at most."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._taken = bytearray(len(line))
        self._spans: list[Span] = []

    def claim(self, start: int, end: int, role: Role) -> None:
        """Take what is still free of a stretch, without the blanks around it."""
        at = start
        while at < end:
            stop = self._taken.find(1, at, end)
            stop = end if stop < 0 else stop
            self._enter(at, stop, role)
            free = self._taken.find(0, stop, end)
            at = end if free < 0 else free

    def spans(self) -> tuple[Span, ...]:
        """All spans in their order."""
        return tuple(sorted(self._spans, key=lambda span: span.start))

    def _enter(self, start: int, end: int, role: Role) -> None:
        text = self._line[start:end]
        start, end = end - len(text.lstrip()), start + len(text.rstrip())
        if start < end:
            self._spans.append(Span(start, end, role))
            self._taken[start:end] = b"\x01" * (end - start)
