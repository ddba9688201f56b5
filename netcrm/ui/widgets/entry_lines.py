"""How an entry of a timeline is drawn, whoever's timeline it is."""

from collections.abc import Iterator, Sequence

from netcrm.domain.mentions import marked
from netcrm.domain.text import beginning, fold
from netcrm.domain.timeline import SIGNS, Interaction
from netcrm.ui.ink import Line, Part, part, wrap

SIGN_ROLES = {
    "met": "good",
    "event": "good",
    "call": "tag",
    "message": "tag",
    "email": "tag",
    "note": "dim",
    "life event": "warm",
    "learned": "good",
    "taught": "good",
    "gave": "accent",
    "received": "accent",
    "asked": "alert",
    "introduced": "accent",
}
"""The role in which each kind's sign is drawn."""

_VERBS = {"gave": "Gave", "received": "Got", "asked": "Asked", "introduced": "Introduced"}
"""What a text that begins in lower case reads on from; another brings its own verb."""

_LANDED = {"yes": "✓ landed", "no": "did not land"}
"""What is said of a give that is known to have landed, or not."""

_LEAST = 24
"""Cells below which the day is left out."""

_NAMED_MOST = 3
"""Names that are listed; of more people, how many."""


def entry_lines(
    entry: Interaction,
    width: int,
    *,
    same_day: bool = False,
    about: int | None = None,
    group: str = "",
    names_first: bool = False,
) -> list[Line]:
    """An entry as it stands in a timeline: its day, its sign, what it says.

    Args:
        entry: The entry.
        width: Cells a line may take; at least 1.
        same_day: Whether the entry above is of the same day, which is not said twice.
        about: The id of the person whose timeline it is; the others are named. None to name all.
        group: The name of its group, where that is to be said.
        names_first: Whether it begins with who took part, and the group, rather than ending with them.
    """
    day = "" if same_day else f"{entry.day:%a %d}"
    lead = [Part(f"{day:<7} ", "dim"), Part(SIGNS[entry.kind], SIGN_ROLES[entry.kind]), Part(" ")]
    indent = sum(len(text) for text, _ in lead)
    if width < _LEAST:
        lead, indent = lead[1:], 2
    lines = wrap(entry_said(entry, about=about, group=group, names_first=names_first), max(8, width - indent))
    return [[*lead, *lines[0]], *([Part(" " * indent), *line] for line in lines[1:])]


def entry_said(
    entry: Interaction, *, about: int | None = None, group: str = "", names_first: bool = False
) -> Line:
    """What an entry says, as one running text; the arguments are those of `entry_lines`."""
    text, said = beginning(entry.text), list[Part]()
    verb = _VERBS.get(entry.kind)
    loud = "" if names_first else "strong"
    if verb and (text[:1].islower() or (entry.kind == "introduced" and not _is_said(verb, text))):
        said.append(Part(f"{verb} ", loud))
    elif verb:
        first, space, text = text.partition(" ")
        said += [part(first, loud), Part(space)]
    mentioned = set[str]()
    for line in text.splitlines() or [""]:
        said += _with_mentions(line + " ", entry, mentioned)
    said[-1] = Part(said[-1].text.rstrip(), said[-1].role)
    others = [person.name for person in entry.people if person.id != about and person.name not in mentioned]
    if others and not names_first:
        said.append(part(f" · with {listed(others)}", "dim"))
    if group and not names_first:
        said.append(part(f" · {group}", "dim"))
    if entry.place and fold(entry.place) not in fold(beginning(entry.text)):
        said.append(part(f" · {entry.place}", "dim"))
    if entry.tags:
        said.append(part("".join(f" #{tag}" for tag in entry.tags), "tag"))
    if entry.enjoyment:
        said.append(Part(f" {entry.stars}", "warm"))
    if entry.answer:
        role = "good" if entry.answer == "yes" else "dim"
        said.append(Part(f" →\N{NO-BREAK SPACE}{entry.answer}", role))
    if entry.landed in _LANDED:
        said.append(Part(f" · {_LANDED[entry.landed]}", "good" if entry.landed == "yes" else "dim"))
    if not names_first:
        return said
    who = [part(listed(others), "strong")] if others else []
    if group:
        who.append(part(f" · {group}", "dim") if who else part(group, "strong"))
    return [*who, Part("  "), *said] if who else said


def _with_mentions(line: str, entry: Interaction, mentioned: set[str]) -> Iterator[Part]:
    """A line of an entry's text; in a note the ``@`` names stand out, and whose they are is noted."""
    at = 0
    if entry.kind == "note" and "@" in line:
        for name in marked(line, [person.name for person in entry.people]):
            if at < name.start:
                yield part(line[at : name.start])
            yield part(line[name.start : name.end], "tag")
            mentioned.add(name.name)
            at = name.end
    yield part(line[at:])


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: up to three, and how many more."""
    if len(names) <= _NAMED_MOST:
        return " and ".join(", ".join(names).rsplit(", ", 1))
    return f"{', '.join(names[:_NAMED_MOST])} and {len(names) - _NAMED_MOST} more"


def _is_said(verb: str, text: str) -> bool:
    """Whether a text begins with its verb already."""
    return fold(text).startswith(fold(verb))
