"""Letters: what one writes to each of two people, and to both once they have said yes; to be copied."""

from collections.abc import Sequence

from netcrm.domain.introductions import Introduction, short_names
from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Correspondent:
    """What a letter says of one of the two.

    Attributes:
        name: The full name.
        about: Title and organisation, or empty.
        reach: The address to write to, or empty.
    """

    name: str
    about: str = ""
    city: str = ""
    reach: str = ""


def asking(introduction: Introduction, to: Correspondent, about: Correspondent, *, to_one: bool) -> str:
    """A letter to one of the two, which asks whether they would like to meet the other.

    It gives no address of the other, who may not have been asked yet.

    Args:
        introduction: Of whom to whom.
        to: Who is written to.
        about: Whom they would meet.
        to_one: Whether that goes to the first of the two.
    """
    names = short_names(introduction.one, introduction.other)
    me, them = names if to_one else names[::-1]
    who = ", ".join(text for text in (about.about, about.city) if text)
    return "\n\n".join(
        text
        for text in (
            f"Hi {me},",
            f"There is someone I would love you to meet: {about.name}{f' ({who})' if who else ''}."
            f"{_because(introduction.why, me, them)}",
            "Would you like me to introduce you? If it is not for you, or not now, just say so.",
        )
        if text
    )


def joining(introduction: Introduction, one: Correspondent, other: Correspondent) -> str:
    """A letter to both once they have said yes, with both names and addresses."""
    first, second = short_names(introduction.one, introduction.other)
    return "\n\n".join(
        (
            f"Hi {first}, hi {second},",
            "You both said you would like to meet, so here you are.",
            "\n".join(_card(who) for who in (one, other)),
            f"{_because(introduction.why, '', '').strip()} I leave the rest to you. Enjoy!".strip(),
        )
    )


def _because(why: str, me: str, them: str) -> str:
    """The reason as one says it to one of them, or to both; empty where there is none."""
    if not why.strip():
        return ""
    pieces = [piece.strip() for piece in why.strip().rstrip(".").split(" · ")]
    said = [_to_them(piece, me, them) for piece in pieces]
    if said == pieces and not any(f" {verb} " in pieces[0] for verb in ("wants", "offers")):
        return f" What made me think of it: {why.strip().rstrip('.')}."
    joined = f"{', '.join(said[:-1])} and {said[-1]}" if said[1:] else said[0]
    return f" I thought of you two because {joined}."


def _to_them(piece: str, me: str, them: str) -> str:
    for start, instead in _SAID_TO_ONE if me else ():
        opening = start.format(me=me, them=them)
        if piece.startswith(opening):
            return instead.format(me=me, them=them) + piece.removeprefix(opening)
    for start, instead in _SAID_TO_BOTH:
        if piece.startswith(start):
            return instead + piece.removeprefix(start).replace("#", "")
    return piece


_SAID_TO_ONE: Sequence[tuple[str, str]] = (
    ("{me} wants ", "you are looking for "),
    ("{me} offers ", "you offer "),
    ("{me} is ", "you are "),
    ("{them} wants ", "{them} is looking for "),
)
_SAID_TO_BOTH: Sequence[tuple[str, str]] = (
    ("both care about ", "you both care about "),
    ("both in ", "you are both in "),
)


def _card(who: Correspondent) -> str:
    about = ", ".join(text for text in (who.about, who.city) if text)
    return " · ".join(text for text in (who.name, about, who.reach) if text)
